import { TerraformProvider } from 'cdktf';
import { IConstruct } from 'constructs';
import { validateBandwidthLimits } from './checks/bandwidth-limits';
import { Condition } from './checks/condition';
import { InternetChargeType } from './internet-charge-type';
import { Ipv6EgressOnlyRuleOptions } from './ipv6-egress-only-rule';
import { IIpv6Gateway } from './ipv6-gateway';
import { VpcIpv6InternetBandwidthTimeouts } from './provider-alicloud/vpc-ipv6-internet-bandwidth';
import { ConstructError } from './validation/construct-error';
import { PropsValidator } from './validation/props-validator';

/** Options for Internet bandwidth of one address, or of each address of a set. */
export interface Ipv6InternetBandwidthOptions {
  /** Mbit/s, a whole number: 1 to 2000 with `PAY_BY_BANDWIDTH`, 1 to 1000 with `PAY_BY_TRAFFIC`. Changed in place. */
  readonly bandwidth: number;

  /**
   * The IPv6 gateway of the address's VPC. A change replaces the bandwidth.
   *
   * @default - the gateway of the VPC of a looked-up address; required for an `Ipv6Address` that the stack creates
   */
  readonly ipv6Gateway?: IIpv6Gateway;

  /**
   * Billing method. A change replaces the bandwidth.
   *
   * @default InternetChargeType.PAY_BY_BANDWIDTH
   */
  readonly internetChargeType?: InternetChargeType;

  /**
   * Adds an egress-only rule, which closes inbound within seconds of the purchase. The API accepts a rule only for an address with
   * bandwidth.
   *
   * @default - open inbound, with a warning; `false` means open inbound without a warning
   */
  readonly egressOnly?: boolean;

  /**
   * Options for the egress-only rule. Requires `egressOnly: true`.
   *
   * @default - no name, no description
   */
  readonly egressOnlyRule?: Ipv6EgressOnlyRuleOptions;

  /**
   * Values of `AssociatedInstanceType` that are allowed in addition to the empty one, `EcsInstance` and `NetworkInterface`. The plan checks the
   * type of a looked-up address.
   *
   * @default - none (OperationDenied.UnSupportedBindTypeCloudInstance)
   */
  readonly supportedBindTypes?: string[];

  /**
   * Timeouts of `create`, `update` and `delete`, such as `"10m"`.
   *
   * @default - 5 minutes each
   */
  readonly timeouts?: VpcIpv6InternetBandwidthTimeouts;

  /**
   * The provider block, of the same stack.
   *
   * @default - the provider of the lookup, or the stack's default provider
   */
  readonly provider?: TerraformProvider;
}

/** The warning of a bandwidth without `egressOnly`. */
export const INBOUND_OPEN = 'the Internet can open connections to this address, because egressOnly is undefined: '
  + 'set egressOnly to true, which closes inbound within seconds of the purchase, or to false to keep inbound open';

/**
 * Validates the options: throws for a wrong literal.
 *
 * @returns the charge type, and a function that adds the conditions of the limits to the plan and returns the preconditions of the bandwidth
 */
export function validateBandwidthOptions(
  construct: IConstruct, options: Ipv6InternetBandwidthOptions,
): { chargeType: string; checkLimits: () => readonly Condition[] } {
  const validate = new PropsValidator(construct);
  const chargeType = options.internetChargeType ?? InternetChargeType.PAY_BY_BANDWIDTH;
  if (options.ipv6Gateway !== undefined) {
    validate.construct('ipv6Gateway', options.ipv6Gateway, 'ipv6GatewayId', 'pass an Ipv6Gateway, such as Ipv6Gateway.fromIpv6GatewayId(scope, id, \'ipv6gw-…\')');
  }
  const checkLimits = validateBandwidthLimits(construct, options.bandwidth, chargeType);
  validate.optionalBoolean('egressOnly', options.egressOnly);
  validate.optionalStrings('supportedBindTypes', options.supportedBindTypes);
  validate.optionalTimeouts('timeouts', options.timeouts, 'create', 'update', 'delete');
  validate.optionalProvider('provider', options.provider);
  if (options.egressOnlyRule !== undefined && options.egressOnly !== true) {
    throw new ConstructError(construct, {
      problem: 'egressOnly must be true with egressOnlyRule',
      actual: options.egressOnly,
      remediation: 'set egressOnly to true, or remove egressOnlyRule',
    });
  }
  return { chargeType, checkLimits };
}

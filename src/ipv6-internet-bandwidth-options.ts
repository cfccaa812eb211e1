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

/**
 * What Internet bandwidth can be given, of one address or of each address of a set.
 */
export interface Ipv6InternetBandwidthOptions {
  /**
   * Mbit/s, a whole number: 1 to 2000 with `PAY_BY_BANDWIDTH`, 1 to 1000 with `PAY_BY_TRAFFIC`. Changed in place.
   */
  readonly bandwidth: number;

  /**
   * The IPv6 gateway of the address's VPC. A change replaces the bandwidth.
   *
   * @default - of an address that is looked up, the gateway of its VPC; an address that the stack owns needs it given
   */
  readonly ipv6Gateway?: IIpv6Gateway;

  /**
   * How the bandwidth is paid for. A change replaces the bandwidth.
   *
   * @default InternetChargeType.PAY_BY_BANDWIDTH
   */
  readonly internetChargeType?: InternetChargeType;

  /**
   * Whether the Internet is kept from opening connections to the address, by an egress-only rule: it closes inbound within
   * seconds of the purchase, because the API takes a rule only for an address that has bandwidth.
   *
   * @default - inbound is open, and a warning says so; `false` says that this is meant
   */
  readonly egressOnly?: boolean;

  /**
   * What the egress-only rule is given. Needs `egressOnly: true`.
   *
   * @default - no name, no description
   */
  readonly egressOnlyRule?: Ipv6EgressOnlyRuleOptions;

  /**
   * What the address may be bound to, as the API's `AssociatedInstanceType` says it, beside nothing, `EcsInstance` and
   * `NetworkInterface`: for kinds that the API has come to support. Checked at plan, of an address that is looked up.
   *
   * @default - nothing else (OperationDenied.UnSupportedBindTypeCloudInstance)
   */
  readonly supportedBindTypes?: string[];

  /**
   * How long to wait for `create`, `update` and `delete`, each such as `"10m"`.
   *
   * @default - 5 minutes each
   */
  readonly timeouts?: VpcIpv6InternetBandwidthTimeouts;

  /**
   * The provider block to buy it with, of the same stack.
   *
   * @default - the one that the address is looked up with; else the stack's default provider
   */
  readonly provider?: TerraformProvider;
}

/** The warning of a bandwidth without a word about its direction. */
export const INBOUND_OPEN = 'the Internet can open connections to this address, because egressOnly is undefined: '
  + 'set egressOnly to true, which closes inbound within seconds of the purchase, or to false to keep inbound open';

/** Bandwidth options that are valid. */
export interface ValidBandwidthOptions {
  readonly chargeType: string;
  /** Adds the conditions of the limits to the plan, and returns the preconditions of the bandwidth itself. */
  readonly checkLimits: () => readonly Condition[];
}

/** Validates the options: throws for a wrong literal. */
export function validateBandwidthOptions(construct: IConstruct, options: Ipv6InternetBandwidthOptions): ValidBandwidthOptions {
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

import { TerraformProvider, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { ExpectedGateway } from './checks/address-checks';
import { Condition } from './checks/condition';
import { InternetChargeType } from './internet-charge-type';
import { Ipv6EgressOnlyRuleOptions } from './ipv6-egress-only-rule';
import { IIpv6Gateway } from './ipv6-gateway';
import { AddressLookup } from './lookups/address-lookup';
import { isLookedUpGateway } from './lookups/bandwidth-gateway';
import { LookupContext } from './lookups/lookup-context';
import { VpcIpv6InternetBandwidthTimeouts } from './provider-alicloud/vpc-ipv6-internet-bandwidth';
import { createdByStack } from './terraform/created-by-stack';
import { partOfExpression } from './terraform/locals';
import { comparisonKey, isExpression } from './terraform/tokens';
import { ConstructError } from './validation/construct-error';
import { ConstructRegistry } from './validation/construct-registry';
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
export const INBOUND_OPEN = 'the Internet can open connections to this address: '
  + 'write egressOnly: true, which closes inbound within seconds of the purchase, or egressOnly: false to say that inbound is meant';

/** Validates the literals of the options, and returns the charge type. */
export function validateBandwidthOptions(construct: IConstruct, options: Ipv6InternetBandwidthOptions): InternetChargeType {
  const validate = new PropsValidator(construct);
  const chargeType = options.internetChargeType ?? InternetChargeType.PAY_BY_BANDWIDTH;
  if (options.ipv6Gateway !== undefined) {
    validate.construct('ipv6Gateway', options.ipv6Gateway, 'ipv6GatewayId', 'pass an Ipv6Gateway: of an id, Ipv6Gateway.fromIpv6GatewayId(scope, id, \'ipv6gw-…\')');
  }
  validate.internetChargeType(chargeType);
  validate.bandwidth(options.bandwidth, chargeType);
  validate.optionalBoolean('egressOnly', options.egressOnly);
  validate.optionalStrings('supportedBindTypes', options.supportedBindTypes);
  validate.optionalTimeouts('timeouts', options.timeouts, 'create', 'update', 'delete');
  validate.optionalProvider('provider', options.provider);
  if (options.egressOnlyRule !== undefined && options.egressOnly !== true) {
    throw new ConstructError(construct, {
      problem: 'egressOnlyRule is given, but there is to be no rule: egressOnly must be true',
      actual: options.egressOnly,
      remediation: 'write egressOnly: true, or leave egressOnlyRule out',
    });
  }
  return chargeType;
}

/** The gateway of a bandwidth: its id as an argument, and what it says about the VPC that the address must be in. */
export interface BandwidthGateway {
  readonly id: string;
  readonly expected: ExpectedGateway;
  /** The conditions that the bandwidth waits for, because the plan may not know them. */
  readonly conditions: readonly Condition[];
  /** Whether every plan knows what the gateway says, without asking a resource or module. */
  readonly isKnown: boolean;
}

/**
 * The gateway that a bandwidth is given.
 *
 * @param known   what the synthesis knows of the address, or of where the addresses of a set are looked up
 * @param lookup  the lookup of the address, if it is looked up
 */
export function givenGateway(
  construct: Construct,
  context: LookupContext,
  gateway: IIpv6Gateway,
  known: { readonly vpcId?: string; readonly ipv6GatewayId?: string },
  lookup: AddressLookup | undefined,
): BandwidthGateway {
  refuseOtherVpc(construct, gateway, known, lookup !== undefined || isLookedUpGateway(gateway));
  const { id, conditions } = isLookedUpGateway(gateway) ? gateway._gatewayInStack(context, construct) : { id: gateway.ipv6GatewayId, conditions: [] };
  new PropsValidator(gateway).id('ipv6GatewayId', id, 'IPv6 gateway');
  if (!lookup) return { id, expected: { inferred: true }, conditions, isKnown: true };
  const { stack } = context;
  return gateway.vpcId !== undefined && lookup.isComplete
    ? { id, expected: { vpcId: partOfExpression(stack, gateway.vpcId) }, conditions, isKnown: createdByStack(stack, gateway.vpcId) === undefined }
    : { id, expected: { gatewayId: partOfExpression(stack, id) }, conditions, isKnown: createdByStack(stack, id) === undefined };
}

/** Refuses a bandwidth that would read the gateway of a VPC from a lookup, where the app creates the gateway. */
export function refuseGatewayOfApp(construct: IConstruct, stack: TerraformStack, vpcId: string | undefined): void {
  if (vpcId === undefined) return;
  const registry = ConstructRegistry.of(construct);
  const vpcKey = comparisonKey(stack, vpcId);
  const own = registry.find('gateway', vpcKey);
  if (own) {
    throw new ConstructError(construct, {
      problem: 'the gateway of the address\'s VPC is created by this app, and may not be there yet when the address is looked up',
      apiErrorCode: 'OperationFailed.Ipv6GatewayNotExist',
      remediation: `pass it: ipv6Gateway is ${own.node.path}`,
    });
  }
  registry.register('inferred gateway', vpcKey, construct);
}

/** Refuses a gateway of which the synthesis knows that it is in another VPC. */
function refuseOtherVpc(
  construct: IConstruct, gateway: IIpv6Gateway, known: { readonly vpcId?: string; readonly ipv6GatewayId?: string }, isLookedUp: boolean,
): void {
  const pairs: [string, string | undefined, string | undefined][] = [['VPC', known.vpcId, gateway.vpcId]];
  if (!isLookedUp) pairs.push(['IPv6 gateway', known.ipv6GatewayId, gateway.ipv6GatewayId]);
  for (const [what, ofAddress, ofGateway] of pairs) {
    if (ofAddress === undefined || ofGateway === undefined || ofAddress === ofGateway) continue;
    if (isExpression(ofAddress) || isExpression(ofGateway)) continue;
    throw new ConstructError(construct, {
      problem: `the ${what} of the address is ${ofAddress}, that of ipv6Gateway another`,
      actual: ofGateway,
      apiErrorCode: 'OperationFailed.Ipv6GatewayDisMatchIpv6Address',
      remediation: 'pass the gateway of the address\'s own VPC',
    });
  }
}

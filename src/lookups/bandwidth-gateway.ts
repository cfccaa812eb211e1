import { TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { AddressLookup } from './address-lookup';
import { GatewayInStack, GatewayOfVpc } from './gateway-of-vpc';
import { LookupContext } from './lookup-context';
import { ExpectedGateway } from '../checks/address-checks';
import { createdByStack } from '../terraform/created-by-stack';
import { partOfExpression } from '../terraform/locals';
import { comparisonKey, isExpression } from '../terraform/tokens';
import { ConstructError } from '../validation/construct-error';
import { ConstructRegistry } from '../validation/construct-registry';
import { PropsValidator } from '../validation/props-validator';

/** A gateway by its public interface. */
type Gateway = IConstruct & { readonly ipv6GatewayId: string; readonly vpcId?: string };

/** The gateway of a bandwidth: its id as an argument, and the expected VPC of the address. */
export interface BandwidthGateway extends GatewayInStack {
  readonly expected: ExpectedGateway;
  /** True if every plan knows the expected VPC, because no resource or module creates it. */
  readonly isKnown: boolean;
}

/**
 * Returns the gateway of the `ipv6Gateway` property.
 *
 * @param known   the attributes of the address, or of the lookup of a set, that are known at synth
 * @param lookup  the lookup of the address, if it is looked up
 */
export function givenGateway(
  construct: Construct, context: LookupContext, gateway: Gateway,
  known: { readonly vpcId?: string; readonly ipv6GatewayId?: string }, lookup: AddressLookup | undefined,
): BandwidthGateway {
  const isLookedUp = gateway instanceof GatewayOfVpc;
  refuseOther(construct, 'VPC', known.vpcId, gateway.vpcId);
  // A read of the id of what is looked up would create an export.
  if (!lookup && !isLookedUp) refuseOther(construct, 'IPv6 gateway', known.ipv6GatewayId, gateway.ipv6GatewayId);
  const { id, conditions } = isLookedUp ? gateway.inStack(context, construct) : { id: gateway.ipv6GatewayId, conditions: [] };
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
      problem: 'ipv6Gateway must be set, because this app creates the gateway of the VPC',
      actual: undefined,
      apiErrorCode: 'OperationFailed.Ipv6GatewayNotExist',
      remediation: `pass the Ipv6Gateway ${own.node.path} as ipv6Gateway`,
    });
  }
  registry.register('inferred gateway', vpcKey, construct);
}

/** Throws for a gateway that is provably in another VPC. */
function refuseOther(construct: IConstruct, what: 'VPC' | 'IPv6 gateway', ofAddress: string | undefined, ofGateway: string | undefined): void {
  if (ofAddress === undefined || ofGateway === undefined || ofAddress === ofGateway) return;
  if (isExpression(ofAddress) || isExpression(ofGateway)) return;
  throw new ConstructError(construct, {
    problem: `the ${what} of ipv6Gateway must be that of the address, ${ofAddress}`,
    actual: ofGateway,
    apiErrorCode: 'OperationFailed.Ipv6GatewayDisMatchIpv6Address',
    remediation: 'pass the gateway of the address\'s own VPC',
  });
}

import { TerraformProvider, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { AddressLookup } from './address-lookup';
import { LookupContext } from './lookup-context';
import { FoundById } from '../checks/checks';
import { Condition } from '../checks/condition';
import { createdByStack } from '../terraform/created-by-stack';
import { Expression, Template } from '../terraform/hcl';
import { comparisonKey, isExpression } from '../terraform/tokens';
import { ConstructRegistry, RegistrationKeys } from '../validation/construct-registry';
import { PropsValidator } from '../validation/props-validator';

/** An address that is looked up. */
export interface FoundAddress {
  /** The id, as an argument takes it. */
  readonly id: string;
  readonly lookup: AddressLookup;
  /** The result of the lookup: a list with one address, if all is well. */
  readonly rows: Expression;
  /** The wanted address in words. */
  readonly wanted: Template;
  /** The literal id that it is found by, if it is found by that alone. */
  readonly byId?: FoundById;
  /** The id of the gateway of its VPC, as an argument; an empty string where there is none. */
  readonly gatewayId: string;
}

/** The kind of id by which an address is found, as in the exposure report. */
export type AddressFoundBy = 'owned' | 'id' | 'instance' | 'interface' | 'as given';

/** All that a bandwidth needs of its address. */
export interface BoundAddress {
  /** The id, as an argument takes it. */
  readonly id: string;
  /** True if every plan knows the id, because no resource or module creates it. Call it at synthesis. */
  readonly isKnown: () => boolean;
  /** The keys by which an app registers the bandwidth and the egress-only rule of the address. */
  readonly keys: RegistrationKeys;
  /** The address as messages name it, such as `the address of i-…`. */
  readonly subject: string;
  readonly foundBy: AddressFoundBy;
  /** The id of the instance or network interface that the address is found by. */
  readonly instanceId?: string;
  /** The stack and the provider block of the bandwidth. */
  readonly context: LookupContext;
  readonly found?: FoundAddress;
  /** The conditions that the bandwidth waits for, because the plan may not know where the address is looked up. */
  readonly conditions: readonly Condition[];
}

/** The member of an address of this library that a bandwidth uses in addition to the public interface. */
export interface BandwidthAddress {
  /**
   * Registers the only bandwidth of the address, and binds the address to it. A lookup is made in the stack of the bandwidth.
   *
   * @param provider  the provider block of the bandwidth, if it has one
   * @internal
   */
  _bind(bandwidth: IConstruct, provider?: TerraformProvider): BoundAddress;
}

type Address = IConstruct & { readonly ipv6AddressId: string } & Partial<BandwidthAddress>;

/** Binds an address to a bandwidth. An address of another library is used by its id, without a lookup. */
export function bindAddress(address: Address, bandwidth: IConstruct, provider?: TerraformProvider): BoundAddress {
  if (address._bind) return address._bind(bandwidth, provider);
  new PropsValidator(address).id('ipv6AddressId', address.ipv6AddressId, 'IPv6 address', 'MissingParam.Ipv6InstanceId');
  return bindById(address, address.ipv6AddressId, 'as given', bandwidth, provider);
}

/** Binds an address that is not looked up. */
export function bindById(
  address: IConstruct, id: string, foundBy: AddressFoundBy, bandwidth: IConstruct, provider: TerraformProvider | undefined,
): BoundAddress {
  const keys = { own: comparisonKey(TerraformStack.of(address), id) };
  const subject = subjectOf(address, 'the address', id);
  registerBandwidth(bandwidth, keys, subject);
  const stack = TerraformStack.of(bandwidth);
  return { id, isKnown: () => createdByStack(stack, id) === undefined, keys, subject, foundBy, context: { stack, provider }, conditions: [] };
}

/** Returns an address as messages name it: by its literal id or that of its instance, otherwise by its construct. */
export function subjectOf(address: IConstruct, of: 'the address' | 'the address of', id: string): string {
  return isExpression(id) ? `the address ${address.node.path}` : `${of} ${id}`;
}

/** Registers the bandwidth of an address. Throws if the app has another one. */
export function registerBandwidth(bandwidth: IConstruct, keys: RegistrationKeys, subject: string): void {
  ConstructRegistry.of(bandwidth).registerOnly('bandwidth', keys, bandwidth, (first) => ({
    problem: `${subject} already has bandwidth from ${first.node.path}`,
    apiErrorCode: 'OperationFailed.InternetBandwidthAlreadyExisted',
    remediation: 'remove one of them, and set the bandwidth of the other to the sum',
  }));
}

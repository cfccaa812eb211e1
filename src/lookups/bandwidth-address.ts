import { TerraformProvider, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { AddressLookup } from './address-lookup';
import { LookupContext } from './lookup-context';
import { Condition } from '../checks/condition';
import { createdByStack } from '../terraform/created-by-stack';
import { Expression, Template } from '../terraform/hcl';
import { comparisonKey } from '../terraform/tokens';
import { RegistrationKeys } from '../validation/construct-registry';
import { PropsValidator } from '../validation/props-validator';

/** An address as one stack refers to it. */
export interface AddressInStack {
  /** Its id, as an argument takes it. */
  readonly id: string;
  /** Whether every plan knows the id, without asking another resource or module. Asked at synthesis. */
  readonly isKnown: () => boolean;
  readonly found?: FoundAddress;
}

/** An address that is looked up. */
export interface FoundAddress {
  readonly lookup: AddressLookup;
  /** What the lookup finds, a list of addresses: one, if all is well. */
  readonly rows: Expression;
  /** What is looked for, in words. */
  readonly wanted: Template;
  /** The id of the gateway of its VPC, as an argument; an empty string where there is none. */
  readonly gatewayId: string;
  /** The conditions that the user of the address waits for, because the plan may not know where it is looked up. */
  readonly conditions: readonly Condition[];
}

/** How an address is found, as the exposure report says it. */
export type AddressFoundBy = 'owned' | 'id' | 'instance' | 'interface' | 'as given';

/**
 * What a bandwidth asks of its address beyond the public interface.
 *
 * @internal
 */
export interface BandwidthAddress {
  readonly _foundBy: AddressFoundBy;
  /** The id of the instance or network interface that the address is found by. */
  readonly _instanceId?: string;
  /** The provider block that the address is looked up with, unless the stack's default one. */
  readonly _lookupProvider?: TerraformProvider;
  /** The keys by which an app registers the bandwidth and the egress-only rule of the address. */
  _registrationKeys(): RegistrationKeys;
  /** Refers to the address from a stack, for a bandwidth; looks it up there, where that is how it is found. */
  _inStack(context: LookupContext, user: IConstruct): AddressInStack;
}

type Address = IConstruct & { readonly ipv6AddressId: string };

/** An address of this library answers itself; any other is taken as given, by its public interface. */
export function bandwidthAddressOf(address: Address): BandwidthAddress {
  return '_inStack' in address ? address as Address & BandwidthAddress : new AddressAsGiven(address);
}

/** An address of which only the id is known. Nothing is looked up. */
class AddressAsGiven implements BandwidthAddress {
  readonly _foundBy = 'as given';
  private readonly id: string;

  constructor(private readonly address: Address) {
    this.id = address.ipv6AddressId;
    new PropsValidator(address).id('ipv6AddressId', this.id, 'IPv6 address', 'MissingParam.Ipv6InstanceId');
  }

  _registrationKeys(): RegistrationKeys {
    return { own: comparisonKey(TerraformStack.of(this.address), this.id) };
  }

  _inStack({ stack }: LookupContext): AddressInStack {
    return referenceById(stack, this.id);
  }
}

/** An address that is not looked up. */
export function referenceById(stack: TerraformStack, id: string): AddressInStack {
  return { id, isKnown: () => createdByStack(stack, id) === undefined };
}

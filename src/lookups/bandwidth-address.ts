import { TerraformProvider, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { AddressLookup } from './address-lookup';
import { LookupContext } from './lookup-context';
import { createdByStack } from '../terraform/created-by-stack';
import { Expression } from '../terraform/hcl';
import { partOfExpression } from '../terraform/locals';
import { comparisonKey } from '../terraform/tokens';
import { RegistrationKeys } from '../validation/construct-registry';
import { PropsValidator } from '../validation/props-validator';

/** An address as one stack refers to it. */
export interface AddressInStack {
  /** Its id, as an argument takes it. */
  readonly id: string;
  /** Its id, as a part of an expression: an id that is a token becomes a local of the stack. */
  readonly idInExpression: () => string | Expression;
  readonly found?: FoundAddress;
}

/** How an address is looked up. */
export interface FoundAddress {
  readonly lookup: AddressLookup;
  /** The message (an expression) for an address that is not there. */
  readonly notFound: Expression;
  /** Whether the lookup is asked for literals alone: then no other resource is waited for to find the address. */
  readonly byLiterals: boolean;
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
  /** Refers to the address from a stack; looks it up there, where that is how it is found. */
  _inStack(context: LookupContext): AddressInStack;
  /** Why a plan of the stack may not know the id, if it may not. */
  _unknownAtPlan(stack: TerraformStack): string | undefined;
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

  _unknownAtPlan(stack: TerraformStack): string | undefined {
    return createdHere(stack, 'its id', this.id);
  }
}

/** An address that is not looked up. */
export function referenceById(stack: TerraformStack, id: string): AddressInStack {
  return { id, idInExpression: () => partOfExpression(stack, id) };
}

/** That a value comes from a resource or module of the stack, in words, if it does. */
export function createdHere(stack: TerraformStack, what: string, value: string | undefined): string | undefined {
  const created = value !== undefined && createdByStack(stack, value);
  return created ? `${what} comes from ${created}, which this stack creates` : undefined;
}

import { TerraformLocal, TerraformProvider, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { AddressListLookup, AddressLookup, canonicalAddress, SingleAddressLookup } from './address-lookup';
import { AddressFoundBy, AddressInStack, BandwidthAddress, createdHere } from './bandwidth-address';
import { Ipv6AddressLookup } from './ipv6-address-lookup';
import { LookupContext } from './lookup-context';
import { Expression, hcl, orNull, template } from '../terraform/hcl';
import { findOrCreate, hash, partOfExpression } from '../terraform/locals';
import { comparisonKey, isExpression } from '../terraform/tokens';
import { RegistrationKeys } from '../validation/construct-registry';
import { PropsValidator } from '../validation/props-validator';

/** Where an address is looked up. */
export interface AddressLookupOptions {
  readonly vpcId?: string;
  readonly vswitchId?: string;
  readonly lookup?: Ipv6AddressLookup;
  readonly provider?: TerraformProvider;
}

/** An existing address, which each stack that uses it looks up at plan. */
abstract class LookedUpAddress extends Construct implements BandwidthAddress {
  readonly vpcId?: string;
  readonly _lookupProvider?: TerraformProvider;
  protected readonly filter: { readonly vpcId?: string; readonly vswitchId?: string };
  protected readonly lookup?: Ipv6AddressLookup;
  abstract readonly _foundBy: AddressFoundBy;

  constructor(scope: Construct, id: string, options: AddressLookupOptions, validateId: (validate: PropsValidator) => void) {
    super(scope, id);
    const validate = new PropsValidator(this);
    validateLookupOptions(validate, options);
    validateId(validate);
    this.vpcId = options.vpcId;
    this.filter = { vpcId: options.vpcId, vswitchId: options.vswitchId };
    this.lookup = options.lookup;
    this._lookupProvider = options.provider;
  }

  get ipv6AddressId(): string {
    const { id } = this.inOwnStack();
    return isExpression(id) ? this.exported('ipv6-address-id', id) : id;
  }

  get ipv6AddressLiteral(): string | undefined {
    if (!this.inOwnStack().found!.lookup.isComplete) return undefined;
    return this.exported('ipv6-address', this.foundAttribute('ipv6_address'));
  }

  get ipv6GatewayId(): string | undefined {
    return this.exported('ipv6-gateway-id', this.foundAttribute('ipv6_gateway_id'));
  }

  abstract _registrationKeys(): RegistrationKeys;
  abstract _inStack(context: LookupContext): AddressInStack;
  abstract _unknownAtPlan(stack: TerraformStack): string | undefined;

  /** Whether one of the values, or the VPC, is known to Terraform only. */
  protected hasExpression(...values: (string | undefined)[]): boolean {
    return [...values, this.vpcId].some((value) => value !== undefined && isExpression(value));
  }

  private inOwnStack(): AddressInStack {
    return this._inStack({ stack: TerraformStack.of(this), provider: this._lookupProvider });
  }

  private foundAttribute(attribute: string): string {
    const { idInExpression, found } = this.inOwnStack();
    return found!.lookup.attributeOf(idInExpression(), attribute).toArgument();
  }

  /**
   * A value as a local of the address: cdktf hands the token of a local to other stacks too. It is made when the property
   * is read, so that an address of which nothing is read adds nothing to its stack.
   */
  private exported(name: string, value: string): string {
    return findOrCreate(this, name, () => new TerraformLocal(this, name, value)).asString;
  }
}

/** An address that is looked up by its id. */
export class AddressById extends LookedUpAddress {
  readonly _foundBy = 'id';

  constructor(scope: Construct, id: string, private readonly addressId: string, options: AddressLookupOptions) {
    super(scope, id, options, (validate) => validate.id('ipv6AddressId', addressId, 'IPv6 address', 'MissingParam.Ipv6InstanceId'));
  }

  _registrationKeys(): RegistrationKeys {
    return { own: comparisonKey(TerraformStack.of(this), this.addressId) };
  }

  _inStack(context: LookupContext): AddressInStack {
    const idInExpression = partOfExpression(context.stack, this.addressId);
    const lookup: AddressLookup = this.lookup === Ipv6AddressLookup.EACH
      ? SingleAddressLookup.findOrCreate(context).ofId(idInExpression)
      : AddressListLookup.findOrCreate(context, this.filter).list();
    const notFound = template`no address ${orNull(idInExpression)} in ${lookup.where} (ResourceNotFound.Ipv6Address): check the id, the vpcId and the provider's region; of an address that this stack creates, pass the construct`;
    const byLiterals = !this.hasExpression(this.addressId);
    return { id: this.addressId, idInExpression: () => idInExpression, found: { lookup, notFound: notFound.toExpression(), byLiterals } };
  }

  _unknownAtPlan(stack: TerraformStack): string | undefined {
    return createdHere(stack, 'its id', this.addressId) ?? createdHere(stack, 'its VPC', this.vpcId) ?? createdHere(stack, 'its vSwitch', this.filter.vswitchId);
  }
}

/** The address of an ECS instance or a network interface, by its owner's id; by the address itself too, where the owner has several. */
export class AddressOfInstance extends LookedUpAddress {
  private readonly address?: string;

  constructor(
    scope: Construct,
    id: string,
    readonly _foundBy: 'instance' | 'interface',
    readonly _instanceId: string,
    options: AddressLookupOptions & { readonly ipv6Address?: string },
  ) {
    super(scope, id, options, (validate) => {
      if (_foundBy === 'instance') validate.id('instanceId', _instanceId, 'ECS instance');
      else validate.id('networkInterfaceId', _instanceId, 'network interface');
      validate.optionalIpv6Literal('ipv6Address', options.ipv6Address);
    });
    this.address = options.ipv6Address === undefined ? undefined : canonical(options.ipv6Address);
  }

  _registrationKeys(): RegistrationKeys {
    const stack = TerraformStack.of(this);
    const instance = comparisonKey(stack, this._instanceId);
    // The only address of an instance may be any that another construct names.
    if (this.address === undefined) return { own: `${instance} *`, conflicting: [instance], further: [instance] };
    return { own: `${instance} ${comparisonKey(stack, this.address)}`, conflicting: [`${instance} *`], further: [instance] };
  }

  _inStack(context: LookupContext): AddressInStack {
    const { stack } = context;
    const lookup = isExpression(this._instanceId)
      ? AddressListLookup.findOrCreate(context, { ...this.filter, associatedInstanceId: this._instanceId })
      : AddressListLookup.findOrCreate(context, this.filter).ofInstance(this._instanceId, this.lookup);
    const instance = partOfExpression(stack, this._instanceId);
    const ids = lookup.idsByInstance.at(instance);
    const none = template`no IPv6 address of ${orNull(instance)} in ${lookup.where} (ResourceNotFound.Ipv6Address): assign one to it, or check the id, the vpcId and the provider's region`;
    const localName = `of-${isExpression(this._instanceId) ? hash(comparisonKey(stack, this._instanceId)) : this._instanceId}`;
    if (this.address === undefined) {
      const several = template`${instance} has ${hcl`length(${ids})`} IPv6 addresses, not one: say which with ipv6Address`;
      return this.reference(lookup, lookup.local(localName, () => hcl`try(one(${ids}), "")`), hcl`try(${several}, ${none})`);
    }
    const address = partOfExpression(stack, this.address);
    const key = template`${instance} ${address instanceof Expression ? canonicalAddress(address) : address}`;
    const addresses = hcl`join(", ", [for id in ${ids} : ${lookup.byId}[id].ipv6_address])`;
    const others = template`${instance} has the IPv6 address ${addresses}, not ${orNull(address)} (ResourceNotFound.Ipv6Address): correct ipv6Address`;
    return this.reference(
      lookup,
      lookup.local(`${localName}-${hash(comparisonKey(stack, this.address))}`, () => hcl`try(${lookup.idByInstanceAndAddress.at(key)}, "")`),
      hcl`try(${others}, ${none})`,
    );
  }

  _unknownAtPlan(stack: TerraformStack): string | undefined {
    return createdHere(stack, 'its instance', this._instanceId)
      ?? createdHere(stack, 'the address itself', this.address)
      ?? createdHere(stack, 'its VPC', this.vpcId)
      ?? createdHere(stack, 'its vSwitch', this.filter.vswitchId);
  }

  private reference(lookup: AddressLookup, id: Expression, notFound: Expression): AddressInStack {
    const byLiterals = !this.hasExpression(this._instanceId, this.address);
    return { id: id.toArgument(), idInExpression: () => id, found: { lookup, notFound, byLiterals } };
  }
}

/** Validates where and how addresses are looked up. */
export function validateLookupOptions(validate: PropsValidator, options: AddressLookupOptions): void {
  validate.object(options);
  validate.optionalId('vpcId', options.vpcId, 'VPC');
  validate.optionalId('vswitchId', options.vswitchId, 'vSwitch');
  validate.optionalEnum('lookup', options.lookup, Ipv6AddressLookup, 'Ipv6AddressLookup');
  validate.optionalProvider('provider', options.provider);
}

/** The canonical form of a literal address (RFC 5952), which Terraform's `cidrhost` writes too. */
function canonical(address: string): string {
  return isExpression(address) ? address : new URL(`http://[${address}]`).hostname.slice(1, -1);
}

import { TerraformProvider, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { AddressListLookup, AddressLookup, orEmpty, SingleAddressLookup } from './address-lookup';
import { AddressFoundBy, BandwidthAddress, BoundAddress, FoundAddress, registerBandwidth, subjectOf } from './bandwidth-address';
import { AssociatedIpv6AddressLookupOptions, Ipv6AddressLookup, Ipv6AddressLookupOptions } from '../ipv6-address-lookup';
import { checkPlace, LookupContext, lookupContextOf } from './lookup-context';
import { createdByStack } from '../terraform/created-by-stack';
import { Expression, hcl, Operand, orNull, template, unmarked } from '../terraform/hcl';
import { exportedLocal, partOfExpression } from '../terraform/locals';
import { comparisonKey, isExpression } from '../terraform/tokens';
import { RegistrationKeys } from '../validation/construct-registry';
import { PropsValidator } from '../validation/props-validator';

/** An existing address, which each stack that uses it looks up at plan. */
abstract class LookedUpAddress extends Construct implements BandwidthAddress {
  protected abstract readonly foundBy: AddressFoundBy;
  protected readonly instanceId?: string;
  protected abstract readonly keys: RegistrationKeys;
  /** The values that the address is found by. */
  protected abstract readonly ids: readonly [id: string, address?: string];
  protected readonly options: Ipv6AddressLookupOptions;

  constructor(scope: Construct, id: string, options: Ipv6AddressLookupOptions, validateId: (validate: PropsValidator) => void) {
    super(scope, id);
    this.options = { ...options };
    const validate = new PropsValidator(this);
    validateLookupOptions(validate, options);
    validateId(validate);
  }

  get vpcId(): string | undefined {
    return this.options.vpcId;
  }

  get ipv6AddressId(): string {
    const { id } = this.lookUpHere();
    return isExpression(id) ? exportedLocal(this, 'ipv6-address-id', () => id).asString : id;
  }

  get ipv6AddressLiteral(): string | undefined {
    const { lookup, rows } = this.lookUpHere();
    return lookup.isComplete ? exportedLocal(this, 'ipv6-address', () => orEmpty(hcl`one(${rows}).ipv6_address`).toArgument()).asString : undefined;
  }

  get ipv6GatewayId(): string | undefined {
    const { gatewayId } = this.lookUpHere();
    return exportedLocal(this, 'ipv6-gateway-id', () => gatewayId).asString;
  }

  _bind(bandwidth: IConstruct, provider?: TerraformProvider): BoundAddress {
    const { keys, foundBy, instanceId, ids, options: { vpcId, vswitchId } } = this;
    const subject = subjectOf(this, instanceId === undefined ? 'the address' : 'the address of', ids[0]);
    registerBandwidth(bandwidth, keys, subject);
    const context = lookupContextOf(bandwidth, provider, this, this.options.provider);
    const found = this.lookUp(context);
    const isKnown = [vpcId, vswitchId, ...ids].every((value) => value === undefined || createdByStack(context.stack, value) === undefined);
    const conditions = checkPlace(context, bandwidth, { vpcId, vswitchId });
    return { id: found.id, isKnown: () => isKnown, keys, subject, foundBy, instanceId, context, found, conditions };
  }

  protected abstract lookUp(context: LookupContext): FoundAddress;

  /** Looks the address up in its own stack. */
  private lookUpHere(): FoundAddress {
    const context = { stack: TerraformStack.of(this), provider: this.options.provider };
    checkPlace(context, this, this.options);
    return this.lookUp(context);
  }
}

/** An address that is looked up by its id. */
export class AddressById extends LookedUpAddress {
  protected readonly foundBy = 'id';

  constructor(scope: Construct, id: string, private readonly addressId: string, options: Ipv6AddressLookupOptions) {
    super(scope, id, options, (validate) => validate.id('ipv6AddressId', addressId, 'IPv6 address', 'MissingParam.Ipv6InstanceId'));
  }

  protected get keys(): RegistrationKeys {
    return { own: comparisonKey(TerraformStack.of(this), this.addressId) };
  }

  protected get ids(): readonly [string] {
    return [this.addressId];
  }

  protected lookUp(context: LookupContext): FoundAddress {
    const id = partOfExpression(context.stack, this.addressId);
    const lookup: AddressLookup = this.options.lookup === Ipv6AddressLookup.EACH
      ? SingleAddressLookup.findOrCreate(context).ask(this, id, Ipv6AddressLookup.EACH)
      : AddressListLookup.findOrCreate(context, this.options).list();
    const found = (key: string | Expression) => hcl`try([${lookup.byId.at(key)}[0]], [])`;
    const wanted = (key: Operand) => template`address ${key} in ${lookup.where}`;
    return {
      id: this.addressId,
      lookup,
      rows: found(unmarked(id)),
      gatewayId: orEmpty(hcl`${lookup.byId.at(id)}[0].ipv6_gateway_id`).toArgument(),
      wanted: wanted(orNull(id)),
      byId: typeof id === 'string' ? { id, kind: `${lookup.node.id} by id`, found, wanted } : undefined,
    };
  }
}

/** The address of an ECS instance or a network interface, by its owner's id; by the address itself too, where the owner has several. */
export class AddressOfInstance extends LookedUpAddress {
  private readonly address?: string;

  constructor(
    scope: Construct,
    id: string,
    protected readonly foundBy: 'instance' | 'interface',
    protected readonly instanceId: string,
    options: AssociatedIpv6AddressLookupOptions,
  ) {
    super(scope, id, options, (validate) => {
      if (foundBy === 'instance') validate.id('instanceId', instanceId, 'ECS instance');
      else validate.id('networkInterfaceId', instanceId, 'network interface');
      validate.optionalIpv6Literal('ipv6Address', options.ipv6Address);
    });
    this.address = options.ipv6Address === undefined ? undefined : canonical(options.ipv6Address);
  }

  protected get keys(): RegistrationKeys {
    const stack = TerraformStack.of(this);
    const instance = comparisonKey(stack, this.instanceId);
    // An instance without a named address may have the address that another construct names.
    if (this.address === undefined) return { own: `${instance} *`, conflicting: [instance], further: [instance] };
    return { own: `${instance} ${comparisonKey(stack, this.address)}`, conflicting: [`${instance} *`], further: [instance] };
  }

  protected get ids(): readonly [string, string?] {
    return [this.instanceId, this.address];
  }

  protected lookUp(context: LookupContext): FoundAddress {
    const { stack } = context;
    const lookup = isExpression(this.instanceId)
      ? AddressListLookup.findOrCreate(context, this.options, this.instanceId)
      : AddressListLookup.findOrCreate(context, this.options).ask(this, this.instanceId, this.options.lookup);
    const instance = partOfExpression(stack, this.instanceId);
    const rowsOf = (key: string | Expression, address?: string | Expression): Expression => {
      const rows = lookup.byInstance.at(key);
      return address === undefined ? rows : hcl`[for a in ${rows} : a if ${canonicalAddress(new Expression('a.ipv6_address'))} == ${address}]`;
    };
    const address = this.address === undefined ? undefined : partOfExpression(stack, this.address);
    const inOneForm = address instanceof Expression ? canonicalAddress(address) : address;
    const one = hcl`one(${rowsOf(instance, inOneForm)})`;
    const which = address === undefined ? template`IPv6 address` : template`IPv6 address ${orNull(address)}`;
    const found = (key: string | Expression, literal?: string | Expression) => hcl`try(${rowsOf(key, literal)}, [])`;
    const wanted = (key: Operand) => template`${which} of ${key} in ${lookup.where}`;
    return {
      id: hcl`try(${one.attribute('id')}, "")`.toArgument(),
      lookup,
      rows: found(unmarked(instance), inOneForm && unmarked(inOneForm)),
      gatewayId: orEmpty(one.attribute('ipv6_gateway_id')).toArgument(),
      wanted: wanted(orNull(instance)),
      byId: typeof instance === 'string' && address === undefined ? { id: instance, kind: lookup.node.id, found, wanted } : undefined,
    };
  }
}

/** Validates where and how addresses are looked up. */
export function validateLookupOptions(validate: PropsValidator, options: Ipv6AddressLookupOptions): void {
  validate.object('options', options, 'pass { vpcId: \'vpc-…\' } as the fourth argument, or no fourth argument');
  validate.givenId('vpcId', options, 'VPC');
  validate.givenId('vswitchId', options, 'vSwitch');
  validate.optionalEnum('lookup', options.lookup, Ipv6AddressLookup, 'Ipv6AddressLookup');
  validate.optionalProvider('provider', options.provider);
}

/** Returns the canonical form of a literal address (RFC 5952), which Terraform's `cidrhost` writes too. */
function canonical(address: string): string {
  return isExpression(address) ? address : new URL(`http://[${address}]`).hostname.slice(1, -1);
}

/** Returns an address in the canonical form of Terraform. Any other text stays as it is. */
function canonicalAddress(address: Expression): Expression {
  return hcl`try(cidrhost("\${${address}}/128", 0), ${address})`;
}

import { TerraformLocal, TerraformProvider, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { AddressListLookup, AddressLookup, orEmpty, SingleAddressLookup } from './address-lookup';
import { validateLookupOptions } from './looked-up-address';
import { findOrCreateLookup, LookupContext } from './lookup-context';
import { BANDWIDTH_BIND_TYPES, ID_PREFIXES, IdKind } from '../api/limits';
import { Ipv6AddressLookup, Ipv6AddressLookupOptions } from '../ipv6-address-lookup';
import { createdByResource, createdByStack } from '../terraform/created-by-stack';
import { Expression, hasValue, hcl, join, template } from '../terraform/hcl';
import { findOrCreate, findOrCreateLocal, hash } from '../terraform/locals';
import { comparisonKey, isExpression, listArgument } from '../terraform/tokens';
import { PropsValidator } from '../validation/props-validator';

/** The result of a lookup for a set. */
interface FoundRows {
  readonly lookup: AddressLookup;
  /** A list of addresses. */
  readonly rows: Expression;
  /** Lists of messages. */
  readonly refusals: readonly Expression[];
}

/** The source of the addresses of a set. */
export abstract class AddressSetSource {
  /** The kind of ids by which the set is found, as in the exposure report. */
  abstract readonly foundBy: 'instances' | 'interfaces' | 'ids' | 'VPC' | 'vSwitch';
  /** The ids for the report: literals, or the expression that yields them. */
  abstract readonly given: string | readonly string[];
  /** The place and the method of the lookup. */
  abstract readonly options: Ipv6AddressLookupOptions;
  /** Types of the instances, for a set of all addresses of a VPC or vSwitch. */
  protected readonly instanceTypes: readonly string[] = [];

  constructor(protected readonly set: Construct) {}

  /** The number of addresses; undefined where it is unknown at synth. */
  get count(): number | undefined {
    return undefined;
  }

  /** The literal ids of the set, which the app registers to find duplicates. */
  get literals(): readonly string[] {
    return [];
  }

  inStack(context: LookupContext): AddressSetInStack {
    const name = `${this.set.node.id.replace(/[^\w-]/g, '')}_${hash(this.set.node.path)}`;
    const inStack = () => findOrCreateLookup(context, name, (scope, id, localName) => new AddressSetInStack(scope, id, localName, this, context));
    const former = inStack();
    // A set that was taken out of the tree may have had the same path.
    if (former.source !== this) former.node.scope!.node.tryRemoveChild(former.node.id);
    return inStack();
  }

  /** Looks the addresses up, with locals of the set in the stack. */
  abstract find(inStack: AddressSetInStack, context: LookupContext): FoundRows;

  /** Returns a key, equal for equal sources; undefined for a source without ids. */
  key(stack: TerraformStack): string | undefined {
    const ids = [this.given].flat();
    return ids.length === 0 ? undefined : [this.foundBy, ...ids.map((id) => comparisonKey(stack, id)).sort(), ...[...this.instanceTypes].sort()].join(' ');
  }

  /** Returns the reason why a plan may not know the keys of `for_each`; undefined if it knows them. */
  unknownAtPlan(stack: TerraformStack): string | undefined {
    for (const [what, value] of this.values) {
      const created = value !== undefined && createdByResource(stack, value);
      if (created) return `${what} comes from ${created}, which this stack creates`;
    }
    return undefined;
  }

  /** Returns true if every plan knows the set, because no resource or module creates it. Call it at synthesis. */
  isKnown(stack: TerraformStack): boolean {
    return this.values.every(([, value]) => value === undefined || createdByStack(stack, value) === undefined);
  }

  /** The values that the set is found by, with their names in messages. */
  protected get values(): [what: string, value: string | undefined][] {
    return [['the VPC', this.options.vpcId], ['the vSwitch', this.options.vswitchId]];
  }
}

/** A set of addresses as one stack reads it: expressions that the plan knows. */
export class AddressSetInStack extends Construct {
  readonly lookup: AddressLookup;
  /** The gateways of the addresses that are found, by the ids of the addresses: a map. */
  readonly gatewayIdById: Expression;
  /** The ids of the addresses that are found, a list. */
  readonly ids: Expression;
  /** Lists of messages: what is wrong with the set itself, such as an id for which no address is found. */
  readonly refusals: readonly Expression[];

  constructor(scope: Construct, id: string, private readonly localName: string, readonly source: AddressSetSource, context: LookupContext) {
    super(scope, id);
    const { lookup, rows, refusals } = source.find(this, context);
    this.lookup = lookup;
    this.gatewayIdById = this.local('found', () => hcl`{ for a in ${rows} : a.id => ${orEmpty(new Expression('a.ipv6_gateway_id'))} }`);
    this.ids = hcl`keys(${this.gatewayIdById})`;
    this.refusals = refusals;
  }

  local(name: string, expression: () => Expression): Expression {
    return findOrCreateLocal(this, name, expression, this.nameOf(name));
  }

  /** Returns a value of the program as a local: a list that may contain tokens, or a token of a list. */
  given(value: string | string[]): Expression {
    const local = findOrCreate(this, 'given', () => {
      const created = new TerraformLocal(this, 'given', value);
      created.overrideLogicalId(this.nameOf('given'));
      return created;
    });
    return new Expression(`local.${local.friendlyUniqueId}`);
  }

  private nameOf(name: string): string {
    return name === 'found' ? this.localName : `${this.localName}_${name}`;
  }
}

/** Addresses that are found by ids: their own, or those of what they are assigned to. */
abstract class ListedSource extends AddressSetSource {
  readonly given: string | string[];
  readonly options: Ipv6AddressLookupOptions;
  private readonly prefix: string;
  private readonly pattern: string;

  constructor(set: Construct, private readonly property: string, kind: IdKind, ids: string[], options: Ipv6AddressLookupOptions) {
    super(set);
    const validate = new PropsValidator(set);
    validateLookupOptions(validate, options);
    validate.ids(property, ids, kind);
    this.given = listArgument(ids);
    this.options = { ...options };
    this.prefix = ID_PREFIXES[kind];
    this.pattern = `^${this.prefix}[A-Za-z0-9]`;
  }

  get literals(): readonly string[] {
    return [this.given].flat().filter((id) => !isExpression(id));
  }

  get count(): number | undefined {
    const isLiteral = this.literals.length === [this.given].flat().length;
    return isLiteral ? new Set(this.literals).size : undefined;
  }

  protected get values(): [what: string, value: string | undefined][] {
    return [...[this.given].flat().map((id): [string, string] => [this.property, id]), ...super.values];
  }

  /** Returns the distinct ids. A value of another type yields none, and the plan refuses it. */
  protected wanted(inStack: AddressSetInStack): Expression {
    return inStack.local('wanted', () => {
      const ids = hcl`try([for id in ${inStack.given(this.given)} : tostring(id)], [])`;
      // distinct() would compare each element with all elements before it.
      return hcl`tolist(toset([for id in ${ids} : id if can(regex(${this.pattern}, id))]))`;
    });
  }

  /** Returns the messages for values that are not ids. The synthesis refuses wrong literals. */
  protected malformed(inStack: AddressSetInStack): Expression[] {
    if (this.count !== undefined) return [];
    const { property, prefix, pattern } = this;
    const given = inStack.given(this.given);
    const notId = template`${property} has ${hcl`jsonencode(id)`}, which is not an id (${prefix}…): remove it`;
    const notList = template`${property} must be a list of ids (${prefix}…), got another type: pass a list of strings`;
    return [
      hcl`can([for id in ${given} : tostring(id)]) ? [] : [${notList}]`,
      hcl`[for id in try([for id in ${given} : tostring(id)], []) : ${notId} if !can(regex(${pattern}, id))]`,
    ];
  }
}

/** The addresses of ECS instances or network interfaces, one of each. */
export class AddressesOfInstances extends ListedSource {
  constructor(set: Construct, readonly foundBy: 'instances' | 'interfaces', ids: string[], options: Ipv6AddressLookupOptions) {
    super(set, foundBy === 'instances' ? 'instanceIds' : 'networkInterfaceIds', foundBy === 'instances' ? 'ECS instance' : 'network interface', ids, options);
  }

  find(inStack: AddressSetInStack, context: LookupContext): FoundRows {
    const lookup = AddressListLookup.findOrCreate(context, this.options);
    const wanted = this.wanted(inStack);
    if (this.count === undefined) lookup.askEach(this.set, wanted, this.options.lookup);
    else this.literals.forEach((id) => lookup.ask(this.set, id, this.options.lookup));
    const ids = hcl`${lookup.byInstance}[id]`;
    const none = template`no IPv6 address of ${hcl`id`} in ${lookup.where} (ResourceNotFound.Ipv6Address): assign one to it, or check the id and the provider's region`;
    const several = template`${hcl`id`} has ${hcl`length(${ids})`} IPv6 addresses, not one: name one of them with Ipv6Addresses.fromIpv6AddressIds`;
    return {
      lookup,
      rows: hcl`flatten([for id in ${wanted} : try(${ids}, [])])`,
      refusals: [...this.malformed(inStack), hcl`[for id in ${wanted} : can(${ids}) ? ${several} : ${none} if try(length(${ids}), 0) != 1]`],
    };
  }
}

/** Addresses by their own ids. */
export class AddressesByIds extends ListedSource {
  readonly foundBy = 'ids';

  constructor(set: Construct, ids: string[], options: Ipv6AddressLookupOptions) {
    super(set, 'ipv6AddressIds', 'IPv6 address', ids, options);
  }

  find(inStack: AddressSetInStack, context: LookupContext): FoundRows {
    const wanted = this.wanted(inStack);
    const lookup = this.options.lookup === Ipv6AddressLookup.EACH
      ? SingleAddressLookup.findOrCreate(context).askEach(this.set, wanted, Ipv6AddressLookup.EACH)
      : AddressListLookup.findOrCreate(context, this.options).list();
    const none = template`no address ${hcl`id`} in ${lookup.where} (ResourceNotFound.Ipv6Address): check the id and the provider's region`;
    return {
      lookup,
      rows: hcl`[for id in ${wanted} : ${lookup.byId}[id][0] if can(${lookup.byId}[id])]`,
      refusals: [...this.malformed(inStack), hcl`[for id in ${wanted} : ${none} if !can(${lookup.byId}[id])]`],
    };
  }
}

/** All addresses of a VPC or a vSwitch that belong to an instance: neither prefixes nor unique local addresses. */
export class AddressesOfPlace extends AddressSetSource {
  readonly options: Ipv6AddressLookupOptions;
  protected readonly instanceTypes: readonly string[];

  constructor(set: Construct, readonly foundBy: 'VPC' | 'vSwitch', readonly given: string, options: { readonly instanceTypes?: string[]; readonly provider?: TerraformProvider }) {
    super(set);
    const validate = new PropsValidator(set);
    const property = foundBy === 'VPC' ? 'vpcId' : 'vswitchId';
    validate.id(property, given, foundBy);
    validate.object('options', options, 'pass { instanceTypes: [\'EcsInstance\'] } as the fourth argument, or no fourth argument');
    validate.optionalStrings('instanceTypes', options.instanceTypes);
    validate.notEmpty('instanceTypes', options.instanceTypes, 'remove it for all types that support bandwidth, or name a type: EcsInstance, NetworkInterface');
    validate.optionalProvider('provider', options.provider);
    this.options = { [property]: given, provider: options.provider };
    this.instanceTypes = options.instanceTypes ?? BANDWIDTH_BIND_TYPES.filter((type) => type !== '');
  }

  find(_inStack: AddressSetInStack, context: LookupContext): FoundRows {
    const lookup = AddressListLookup.findOrCreate(context, this.options).list();
    const conditions = join([
      hasValue(new Expression('a.associated_instance_id')),
      hcl`contains(${this.instanceTypes}, ${orEmpty(new Expression('a.associated_instance_type'))})`,
      hcl`!can(regex("/|^[fF][cCdD]", a.ipv6_address))`,
    ], ' && ');
    return { lookup, rows: hcl`[for a in [for as in values(${lookup.byId}) : as[0]] : a if ${conditions}]`, refusals: [] };
  }
}

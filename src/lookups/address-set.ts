import { TerraformLocal, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { AddressListLookup, AddressLookup, orEmpty, SingleAddressLookup } from './address-lookup';
import { Ipv6AddressLookup } from '../ipv6-address-lookup';
import { LookupContext, Lookups } from './lookup-context';
import { ID_PREFIXES, IdKind } from '../api/limits';
import { createdByResource, createdByStack } from '../terraform/created-by-stack';
import { Expression, hasValue, hcl, join, template } from '../terraform/hcl';
import { findOrCreate, findOrCreateLocal, hash } from '../terraform/locals';
import { comparisonKey, isExpression, listArgument } from '../terraform/tokens';

/** A set of addresses as one stack reads it: expressions that the plan knows. */
export interface AddressSetInStack {
  readonly lookup: AddressLookup;
  /** The gateways of the addresses that are found, by the ids of the addresses: a map. */
  readonly gatewayIdById: Expression;
  /** The ids of the addresses that are found, a list. */
  readonly ids: Expression;
  /** Lists of messages: what is wrong with the set itself, such as an id for which no address is found. */
  readonly refusals: readonly Expression[];
  /** True if every plan knows the set, because no resource or module creates it. Call it at synthesis. */
  readonly isKnown: () => boolean;
}

/** The result of a lookup for a set. */
interface FoundRows {
  readonly lookup: AddressLookup;
  /** A list of addresses. */
  readonly rows: Expression;
  /** Lists of messages. */
  readonly refusals: readonly Expression[];
}

/** The kind of ids by which a set is found, as in the exposure report. */
export type AddressSetFoundBy = 'instances' | 'interfaces' | 'ids' | 'VPC' | 'vSwitch';

/** The place and the method of the lookup of a set. */
export interface AddressSetFilter {
  readonly vpcId?: string;
  readonly vswitchId?: string;
  readonly lookup?: Ipv6AddressLookup;
}

/** The source of the addresses of a set. */
export abstract class AddressSetSource {
  abstract readonly foundBy: AddressSetFoundBy;
  /** The ids for the report: literals, or the expression that yields them. */
  abstract readonly given: string | readonly string[];

  /** Types of the instances, for a set of all addresses of a VPC or vSwitch. */
  readonly instanceTypes?: readonly string[];

  constructor(readonly filter: AddressSetFilter) {}

  /** The number of addresses; undefined where it is unknown at synth. */
  get count(): number | undefined {
    return undefined;
  }

  /** The literal ids of the set, which the app registers to find duplicates. */
  abstract get literals(): readonly string[];

  inStack(set: Construct, context: LookupContext): AddressSetInStack {
    const name = `${set.node.id.replace(/[^\w-]/g, '')}_${hash(set.node.path)}`;
    const found = (): FoundSet => Lookups.findOrCreate(context, name, (scope, id, localName) => new FoundSet(scope, id, localName, set));
    const former = found();
    // A set that was taken out of the tree may have had the same path.
    if (former.set !== set) former.node.scope!.node.tryRemoveChild(former.node.id);
    const foundSet = found();
    const { lookup, rows, refusals } = this.find(foundSet, context);
    const gatewayIdById = foundSet.local('', () => hcl`{ for a in ${rows} : a.id => ${orEmpty(new Expression('a.ipv6_gateway_id'))} }`);
    const { vpcId, vswitchId } = this.filter;
    const given = [vpcId, vswitchId, ...[this.given].flat()].filter((value) => value !== undefined);
    return {
      lookup,
      gatewayIdById,
      ids: hcl`keys(${gatewayIdById})`,
      refusals,
      isKnown: () => given.every((value) => createdByStack(context.stack, value) === undefined),
    };
  }

  protected abstract find(found: FoundSet, context: LookupContext): FoundRows;

  /** Returns the reason why a plan may not know the keys of `for_each`; undefined if it knows them. */
  unknownAtPlan(stack: TerraformStack): string | undefined {
    const { vpcId, vswitchId } = this.filter;
    return this.valuesUnknownAtPlan(stack) ?? createdByResourceHere(stack, 'the VPC', vpcId) ?? createdByResourceHere(stack, 'the vSwitch', vswitchId);
  }

  protected valuesUnknownAtPlan(_stack: TerraformStack): string | undefined {
    return undefined;
  }
}

/** The locals of a set in a stack that uses it. */
class FoundSet extends Construct {
  constructor(scope: Construct, id: string, private readonly localName: string, readonly set: Construct) {
    super(scope, id);
  }

  local(name: string, expression: () => Expression): Expression {
    return findOrCreateLocal(this, name || 'found', expression, this.nameOf(name));
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
    return name === '' ? this.localName : `${this.localName}_${name}`;
  }
}

/** Addresses that are found by ids: their own, or those of what they are assigned to. */
abstract class ListedSource extends AddressSetSource {
  readonly given: string | string[];

  constructor(private readonly property: string, private readonly kind: IdKind, ids: string[], filter: AddressSetFilter) {
    super(filter);
    this.given = listArgument(ids);
  }

  get literals(): readonly string[] {
    return typeof this.given === 'string' ? [] : this.given.filter((id) => !isExpression(id));
  }

  get count(): number | undefined {
    return this.isLiteral ? new Set(this.literals).size : undefined;
  }

  protected valuesUnknownAtPlan(stack: TerraformStack): string | undefined {
    return [this.given].flat().map((id) => createdByResourceHere(stack, this.property, id)).find((unknown) => unknown !== undefined);
  }

  /** True if all ids are literals. */
  protected get isLiteral(): boolean {
    return typeof this.given !== 'string' && this.literals.length === this.given.length;
  }

  private get prefix(): string {
    return ID_PREFIXES[this.kind];
  }

  private get pattern(): string {
    return `^${this.prefix}[A-Za-z0-9]`;
  }

  /** Returns the distinct ids. A value of another type yields none, and the plan refuses it. */
  protected wanted(found: FoundSet): Expression {
    return found.local('wanted', () => {
      const ids = hcl`try([for id in ${found.given(this.given)} : tostring(id)], [])`;
      // distinct() would compare each element with all elements before it.
      return hcl`tolist(toset([for id in ${ids} : id if can(regex(${this.pattern}, id))]))`;
    });
  }

  /** Returns the messages for values that are not ids. The synthesis refuses wrong literals. */
  protected malformed(found: FoundSet): Expression[] {
    if (this.isLiteral) return [];
    const given = found.given(this.given);
    const { prefix } = this;
    const notId = template`${this.property} has ${hcl`jsonencode(id)`}, which is not an id (${prefix}…): remove it`;
    const notList = template`${this.property} must be a list of ids (${prefix}…), got another type: pass a list of strings`;
    return [
      hcl`can([for id in ${given} : tostring(id)]) ? [] : [${notList}]`,
      hcl`[for id in try([for id in ${given} : tostring(id)], []) : ${notId} if !can(regex(${this.pattern}, id))]`,
    ];
  }
}

/** The addresses of ECS instances or network interfaces, one of each. */
export class AddressesOfInstances extends ListedSource {
  constructor(readonly foundBy: 'instances' | 'interfaces', ids: string[], filter: AddressSetFilter) {
    super(foundBy === 'instances' ? 'instanceIds' : 'networkInterfaceIds', foundBy === 'instances' ? 'ECS instance' : 'network interface', ids, filter);
  }

  protected find(found: FoundSet, context: LookupContext): FoundRows {
    const lookup = AddressListLookup.findOrCreate(context, this.filter);
    const wanted = this.wanted(found);
    if (this.isLiteral) this.literals.forEach((id) => lookup.ofInstance(id, this.filter.lookup));
    else lookup.ofInstances(found.set, wanted, this.filter.lookup);
    const ids = hcl`${lookup.byInstance}[id]`;
    const none = template`no IPv6 address of ${hcl`id`} in ${lookup.where} (ResourceNotFound.Ipv6Address): assign one to it, or check the id and the provider's region`;
    const several = template`${hcl`id`} has ${hcl`length(${ids})`} IPv6 addresses, not one: name one of them with Ipv6Addresses.fromIpv6AddressIds`;
    return {
      lookup,
      rows: hcl`flatten([for id in ${wanted} : try(${ids}, [])])`,
      refusals: [
        ...this.malformed(found),
        hcl`[for id in ${wanted} : can(${ids}) ? ${several} : ${none} if try(length(${ids}), 0) != 1]`,
      ],
    };
  }
}

/** Addresses by their own ids. */
export class AddressesByIds extends ListedSource {
  readonly foundBy = 'ids';

  constructor(ids: string[], filter: AddressSetFilter) {
    super('ipv6AddressIds', 'IPv6 address', ids, filter);
  }

  protected find(found: FoundSet, context: LookupContext): FoundRows {
    const wanted = this.wanted(found);
    const lookup = this.filter.lookup === Ipv6AddressLookup.EACH
      ? SingleAddressLookup.findOrCreate(context).ofIds(found.set, wanted)
      : AddressListLookup.findOrCreate(context, this.filter).list();
    const none = template`no address ${hcl`id`} in ${lookup.where} (ResourceNotFound.Ipv6Address): check the id and the provider's region`;
    return {
      lookup,
      rows: hcl`[for id in ${wanted} : ${lookup.byId}[id][0] if can(${lookup.byId}[id])]`,
      refusals: [...this.malformed(found), hcl`[for id in ${wanted} : ${none} if !can(${lookup.byId}[id])]`],
    };
  }
}

/** All addresses of a VPC or a vSwitch that belong to an instance: neither prefixes nor unique local addresses. */
export class AddressesOfPlace extends AddressSetSource {
  readonly literals: readonly string[] = [];
  readonly foundBy: 'VPC' | 'vSwitch';
  readonly given: string;

  constructor(filter: AddressSetFilter, readonly instanceTypes: readonly string[]) {
    super(filter);
    this.foundBy = filter.vswitchId === undefined ? 'VPC' : 'vSwitch';
    this.given = (filter.vswitchId ?? filter.vpcId)!;
  }

  protected find(_found: FoundSet, context: LookupContext): FoundRows {
    const lookup = AddressListLookup.findOrCreate(context, this.filter).list();
    const conditions = join([
      hasValue(new Expression('a.associated_instance_id')),
      hcl`contains(${this.instanceTypes}, try(coalesce(a.associated_instance_type), ""))`,
      hcl`!can(regex("/|^[fF][cCdD]", a.ipv6_address))`,
    ], ' && ');
    return { lookup, rows: hcl`[for a in [for as in values(${lookup.byId}) : as[0]] : a if ${conditions}]`, refusals: [] };
  }
}

/** Returns the resource of the stack that a value comes from, in words; undefined if there is none. */
function createdByResourceHere(stack: TerraformStack, what: string, value: string | undefined): string | undefined {
  const created = value !== undefined && createdByResource(stack, value);
  return created ? `${what} comes from ${created}, which this stack creates` : undefined;
}

/** Returns the key of a source, equal for equal sources; undefined for a source without ids. */
export function sourceKey(stack: TerraformStack, { foundBy, given, instanceTypes = [] }: AddressSetSource): string | undefined {
  const ids = [given].flat();
  return ids.length === 0 ? undefined : [foundBy, ...ids.map((id) => comparisonKey(stack, id)).sort(), ...[...instanceTypes].sort()].join(' ');
}

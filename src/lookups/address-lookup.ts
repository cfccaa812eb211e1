import { Lazy, TerraformDataSource, TerraformProvider } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { Ipv6AddressLookup, Ipv6AddressLookupOptions } from '../ipv6-address-lookup';
import { findOrCreateLookup, LookupContext, nameOf } from './lookup-context';
import { mustBeKnown } from '../checks/known-at-plan';
import type * as providerAlicloud from '../provider-alicloud';
import { DataAlicloudVpcIpv6Addresses } from '../provider-alicloud/data-alicloud-vpc-ipv6-addresses';
import * as lazyIndex from '../provider-alicloud/lazy-index';
import { Expression, hasValue, hcl } from '../terraform/hcl';
import { findOrCreateLocal } from '../terraform/locals';
import { isExpression } from '../terraform/tokens';

// An app that looks up no single address does not load the bindings of that data source.
const bindings = lazyIndex as unknown as typeof providerAlicloud;

/**
 * Maximum number of ids that are looked up one by one. For more ids, one list is read.
 *
 * A list costs a call for every 50 addresses of the VPC, one after the other, and the synthesis does not know how many there
 * are. Single lookups cost a call for each address, ten of them at a time: 20 cost no more than a list of 1,000.
 */
const MOST_ASKED_ONE_BY_ONE = 20;

/**
 * The IPv6 addresses that one data source finds, and the tables that the expressions of a stack read them from. The data source makes one
 * call for each requested id (`for_each`), or reads one list of everything.
 *
 * Terraform evaluates each table once for the stack, and a bandwidth reads it by key.
 */
export abstract class AddressLookup extends Construct {
  /** The place of the lookup in messages: a vSwitch, a VPC, or the region. */
  abstract readonly where: string;
  /** True if an answer contains all attributes of an address, and not its gateway alone. */
  abstract readonly isComplete: boolean;
  /** The addresses that the data source finds, as one list. It is read at synthesis, when the constructs have added their requests. */
  protected abstract readonly addresses: Expression;
  private readonly ids = new Set<string>();
  /** Lists of ids that only Terraform knows, and the paths of their sets. */
  private readonly lists = new Map<string, string>();
  /** The paths of the constructs that want an id which only Terraform knows. */
  private readonly paths = new Set<string>();
  private readonly countedIds = new Set<string>();
  private hasCountedList = false;
  private isList = false;

  protected constructor(scope: Construct, id: string, protected readonly name: string) {
    super(scope, id);
  }

  /** Requests the full list. */
  list(): this {
    this.isList = true;
    return this;
  }

  /** Requests one id for a construct: a literal, or an expression that the plan knows. */
  ask(construct: IConstruct, id: string | Expression, lookup?: Ipv6AddressLookup): this {
    const { code } = hcl`${id}`;
    this.ids.add(code);
    if (id instanceof Expression) this.paths.add(construct.node.path);
    if (lookup === undefined) this.countedIds.add(code);
    if (lookup === Ipv6AddressLookup.LIST) this.isList = true;
    return this;
  }

  /** Requests the ids of a list that the plan knows, for a set. */
  askEach(set: IConstruct, ids: Expression, lookup?: Ipv6AddressLookup): this {
    this.lists.set(ids.code, set.node.path);
    if (lookup === undefined) this.hasCountedList = true;
    if (lookup === Ipv6AddressLookup.LIST) this.isList = true;
    return this;
  }

  /** The addresses by id. */
  get byId(): Expression {
    // (A list that is read in pages may have an address twice.)
    const code = () => Lazy.stringValue({ produce: () => hcl`{ for a in ${this.addresses} : a.id => a... }`.code });
    return findOrCreateLocal(this, 'by-id', () => new Expression(code()), this.name);
  }

  /** The argument of the data source that an id is asked for by. */
  protected get argument(): string {
    return Lazy.stringValue({ produce: () => this.forEach && '${each.value}' });
  }

  /** Gives the data source the name of the lookup and the requests, and returns a reference to it. */
  protected read(data: TerraformDataSource, hasRequests: boolean): Expression {
    data.overrideLogicalId(this.name);
    if (hasRequests) data.addOverride('for_each', Lazy.stringValue({ produce: () => this.forEach?.toArgument() }));
    return new Expression(`data.${data.terraformResourceType}.${this.name}`);
  }

  /** Returns all answers of the data source as one list. */
  protected answers(data: Expression, attribute: string): Expression {
    return this.forEach === undefined ? data.attribute(attribute) : new Expression(`flatten(values(${data.code})[*].${attribute})`);
  }

  /**
   * The `for_each` of the data source, whose values are the ids to ask for; undefined for a plain list.
   *
   * The number of ids in a list is known at plan only: the plan decides, and a list of everything has the value null.
   */
  private get forEach(): Expression | undefined {
    if (this.isList || this.ids.size + this.lists.size === 0 || this.countedIds.size > MOST_ASKED_ONE_BY_ONE) return undefined;
    const single = `[${[...this.ids].join(', ')}]`;
    if (this.lists.size === 0) {
      return this.paths.size === 0 ? new Expression(`toset(${single})`) : mustBeKnown(this.paths, new Expression(`toset(compact(${single}))`));
    }
    const ids = new Expression(`toset(compact(concat(${[single, ...this.lists.keys()].join(', ')})))`);
    const oneByOne = hcl`tomap({ for id in ${ids} : id => id })`;
    return mustBeKnown(new Set([...this.lists.values(), ...this.paths]), this.hasCountedList
      ? hcl`length(${ids}) <= ${MOST_ASKED_ONE_BY_ONE} ? ${oneByOne} : tomap({ all = tostring(null) })`
      : oneByOne);
  }
}

/** Addresses of a region, a VPC or a vSwitch: a list of all of them, or only those of the requested instances. */
export class AddressListLookup extends AddressLookup {
  /** @param instanceId  only an id that is a token: a list that was read earlier does not contain a resource that the stack creates */
  static findOrCreate(context: LookupContext, { vpcId, vswitchId }: Ipv6AddressLookupOptions, instanceId?: string): AddressListLookup {
    const place = [vpcId && nameOf(context, 'vpc', vpcId), vswitchId && nameOf(context, 'vswitch', vswitchId)].filter((name) => name !== undefined).join('_') || 'region';
    const id = instanceId === undefined ? place : `${nameOf(context, 'instance', instanceId)}_in_${place}`;
    return findOrCreateLookup(context, id, (scope, scopedId, name) =>
      new AddressListLookup(scope, scopedId, name, { vpcId, vswitchId, provider: context.provider }, instanceId));
  }

  readonly where: string;
  readonly isComplete = true;
  private readonly data: Expression;

  private constructor(scope: Construct, id: string, name: string, { vpcId, vswitchId, provider }: Ipv6AddressLookupOptions, instanceId?: string) {
    super(scope, id, name);
    this.where = vswitchId !== undefined
      ? isExpression(vswitchId) ? 'the vSwitch' : vswitchId
      : vpcId === undefined ? 'the region' : isExpression(vpcId) ? 'the VPC' : vpcId;
    const associatedInstanceId = instanceId ?? this.argument;
    // No `depends_on`: if a dependency changed, Terraform would read the lookup during apply. Its values would be unknown at plan, and Terraform
    // would replace the bandwidths that read them.
    this.data = this.read(new DataAlicloudVpcIpv6Addresses(this, 'Resource', { vpcId, vswitchId, associatedInstanceId, provider }), instanceId === undefined);
  }

  /** The addresses, a list for each instance or interface that they are assigned to. */
  get byInstance(): Expression {
    const instanceId = new Expression('as[0].associated_instance_id');
    return findOrCreateLocal(this, 'by_instance', () =>
      hcl`{ for as in values(${this.byId}) : ${instanceId} => as[0]... if ${hasValue(instanceId)} }`, `${this.name}_by_instance`);
  }

  protected get addresses(): Expression {
    return this.answers(this.data, 'addresses');
  }
}

/** Lookup of addresses by their ids, one call each. Of the checked attributes, an answer contains the gateway only. */
export class SingleAddressLookup extends AddressLookup {
  static findOrCreate(context: LookupContext): SingleAddressLookup {
    return findOrCreateLookup(context, 'single_addresses', (scope, id, name) => new SingleAddressLookup(scope, id, name, context.provider));
  }

  readonly where = 'the region';
  readonly isComplete = false;
  private readonly data: Expression;

  private constructor(scope: Construct, id: string, name: string, provider?: TerraformProvider) {
    super(scope, id, name);
    const { DataAlicloudVpcIpv6InternetBandwidths } = bindings.dataAlicloudVpcIpv6InternetBandwidths;
    this.data = this.read(new DataAlicloudVpcIpv6InternetBandwidths(this, 'Resource', { ipv6AddressId: this.argument, provider }), true);
  }

  protected get addresses(): Expression {
    return hcl`[for b in ${this.answers(this.data, 'bandwidths')} : { id = b.ipv6_address_id, ipv6_gateway_id = b.ipv6_gateway_id }]`;
  }
}

/** Returns a text, or an empty string if it is missing. The checks report a missing value. */
export function orEmpty(value: Expression): Expression {
  return hcl`try(coalesce(${value}), "")`;
}

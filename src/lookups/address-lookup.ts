import { Lazy, TerraformDataSource, TerraformProvider } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { Ipv6AddressLookup } from '../ipv6-address-lookup';
import { LookupContext, Lookups } from './lookup-context';
import { Questions } from './questions';
import type * as providerAlicloud from '../provider-alicloud';
import { DataAlicloudVpcIpv6Addresses } from '../provider-alicloud/data-alicloud-vpc-ipv6-addresses';
import * as lazyIndex from '../provider-alicloud/lazy-index';
import { Expression, hasValue, hcl, Operand } from '../terraform/hcl';
import { findOrCreateLocal, hash } from '../terraform/locals';
import { comparisonKey, isExpression } from '../terraform/tokens';

// An app that looks up no single address does not load the bindings of that data source.
const bindings = lazyIndex as unknown as typeof providerAlicloud;

/** The place of a lookup. */
export interface AddressFilter {
  readonly vpcId?: string;
  readonly vswitchId?: string;
  /** Only for an id that is a token: a list that was read earlier does not contain a resource that the stack creates. */
  readonly associatedInstanceId?: string;
}

/**
 * The IPv6 addresses that one data source finds, and the tables that the expressions of a stack read them from.
 *
 * Terraform evaluates each table once for the stack, and a bandwidth reads it by key.
 */
export abstract class AddressLookup extends Construct {
  /** The place of the lookup in messages: a vSwitch, a VPC, or the region. */
  abstract readonly where: string;
  /** True if an answer contains all attributes of an address, and not its gateway alone. */
  abstract readonly isComplete: boolean;
  protected readonly questions = new Questions();

  protected constructor(scope: Construct, id: string, private readonly name: string) {
    super(scope, id);
  }

  /** The addresses by id. */
  get byId(): Expression {
    // (A list that is read in pages may have an address twice.)
    const byId = () => Lazy.stringValue({ produce: () => hcl`{ for a in ${this.answers()} : a.id => a... }`.code });
    return findOrCreateLocal(this, 'by-id', () => new Expression(byId()), this.name);
  }

  /** Returns an attribute of one address, or an empty string where the lookup does not find the address. */
  attributeOf(addressId: Operand, attribute: string): Expression {
    return orEmpty(hcl`${this.byId.at(addressId)}[0].${new Expression(attribute)}`);
  }

  protected abstract answers(): Expression;

  protected local(id: string, expression: () => Expression): Expression {
    return findOrCreateLocal(this, id, expression, `${this.name}_${id}`);
  }

  /** Gives the data source the name of the lookup. */
  protected named<T extends TerraformDataSource>(data: T): T {
    data.overrideLogicalId(this.name);
    return data;
  }
}

/** Addresses of a region, a VPC or a vSwitch: a list of all of them, or only those of the requested instances. */
export class AddressListLookup extends AddressLookup {
  static findOrCreate(context: LookupContext, filter: AddressFilter): AddressListLookup {
    const { vpcId, vswitchId, associatedInstanceId } = filter;
    const keyOf = (value: string) => comparisonKey(context.stack, value);
    const nameOf = (kind: string, value: string) => isExpression(value) ? `${kind}-${hash(keyOf(value))}` : value;
    const place = [vpcId && nameOf('vpc', vpcId), vswitchId && nameOf('vswitch', vswitchId)].filter((name) => name !== undefined).join('_') || 'region';
    const id = associatedInstanceId === undefined ? place : `${nameOf('instance', associatedInstanceId)}_in_${place}`;
    return Lookups.findOrCreate(context, id, (scope, scopedId, name) => new AddressListLookup(scope, scopedId, name, filter, context.provider));
  }

  readonly where: string;
  readonly isComplete = true;
  private readonly data: DataAlicloudVpcIpv6Addresses;

  private constructor(scope: Construct, id: string, name: string, filter: AddressFilter, provider?: TerraformProvider) {
    super(scope, id, name);
    const { vpcId, vswitchId, associatedInstanceId } = filter;
    this.where = vswitchId !== undefined
      ? isExpression(vswitchId) ? 'the vSwitch' : vswitchId
      : vpcId === undefined ? 'the region' : isExpression(vpcId) ? 'the VPC' : vpcId;
    // No `depends_on`: if a dependency changed, Terraform would read the lookup during apply. Its values would be unknown at plan, and Terraform
    // would replace the bandwidths that read them.
    this.data = this.named(new DataAlicloudVpcIpv6Addresses(this, 'Resource', {
      ...vpcId !== undefined ? { vpcId } : {},
      ...vswitchId !== undefined ? { vswitchId } : {},
      associatedInstanceId: associatedInstanceId ?? this.questions.argument,
      provider,
    }));
    if (associatedInstanceId === undefined) this.questions.askedBy(this.data);
  }

  /** Requests the full list. */
  list(): this {
    this.questions.list();
    return this;
  }

  /** Requests the addresses of an instance or a network interface. */
  ofInstance(instanceId: string, lookup?: Ipv6AddressLookup): this {
    this.questions.ask(instanceId, undefined, lookup);
    return this;
  }

  /** Requests the addresses of the instances of a list, for a set. */
  ofInstances(set: IConstruct, instanceIds: Expression, lookup?: Ipv6AddressLookup): this {
    this.questions.askEach(set.node.path, instanceIds, lookup);
    return this;
  }

  /** The addresses, a list for each instance or interface that they are assigned to. */
  get byInstance(): Expression {
    return this.local('by_instance', () =>
      hcl`{ for as in values(${this.byId}) : as[0].associated_instance_id => as[0]... if ${hasValue(new Expression('as[0].associated_instance_id'))} }`);
  }

  protected answers(): Expression {
    return this.questions.answers(this.data, 'addresses');
  }
}

/** Lookup of addresses by their ids, one call each. Of the checked attributes, an answer contains the gateway only. */
export class SingleAddressLookup extends AddressLookup {
  static findOrCreate(context: LookupContext): SingleAddressLookup {
    return Lookups.findOrCreate(context, 'single_addresses', (scope, id, name) => new SingleAddressLookup(scope, id, name, context.provider));
  }

  readonly where = 'the region';
  readonly isComplete = false;
  private readonly data: providerAlicloud.dataAlicloudVpcIpv6InternetBandwidths.DataAlicloudVpcIpv6InternetBandwidths;

  private constructor(scope: Construct, id: string, name: string, provider?: TerraformProvider) {
    super(scope, id, name);
    this.data = this.named(new bindings.dataAlicloudVpcIpv6InternetBandwidths.DataAlicloudVpcIpv6InternetBandwidths(this, 'Resource', {
      ipv6AddressId: this.questions.argument,
      provider,
    }));
    this.questions.askedBy(this.data);
  }

  /** Requests the address of an id. */
  ofId(address: IConstruct, addressId: string | Expression): this {
    this.questions.ask(addressId, address.node.path, Ipv6AddressLookup.EACH);
    return this;
  }

  /** Requests the addresses of a list of ids, for a set. */
  ofIds(set: IConstruct, addressIds: Expression): this {
    this.questions.askEach(set.node.path, addressIds, Ipv6AddressLookup.EACH);
    return this;
  }

  protected answers(): Expression {
    return hcl`[for b in ${this.questions.answers(this.data, 'bandwidths')} : { id = b.ipv6_address_id, ipv6_gateway_id = b.ipv6_gateway_id }]`;
  }
}

/** Returns a text, or an empty string if it is missing. The checks report a missing value. */
export function orEmpty(value: Expression): Expression {
  return hcl`try(coalesce(${value}), "")`;
}

import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { Ipv6AddressLookup } from './ipv6-address-lookup';
import { LookupContext, Lookups } from './lookup-context';
import { Questions } from './questions';
import { AddressExpectations, addressProblems, expectationsKey } from '../guards/address-problems';
import type * as providerAlicloud from '../provider-alicloud';
import { DataAlicloudVpcIpv6Addresses } from '../provider-alicloud/data-alicloud-vpc-ipv6-addresses';
import * as lazyIndex from '../provider-alicloud/lazy-index';
import { Expression, hasValue, hcl, Operand, template } from '../terraform/hcl';
import { findOrCreateLazyLocal, findOrCreateLocal, hash } from '../terraform/locals';
import { comparisonKey, isExpression } from '../terraform/tokens';

// An app that asks for no single address need not load the bindings of that data source.
const bindings = lazyIndex as unknown as typeof providerAlicloud;

/** Which addresses a lookup can find. */
export interface AddressFilter {
  readonly vpcId?: string;
  readonly vswitchId?: string;
  /** Only for an id that is a token: what the stack itself creates is in no list that was read before. */
  readonly associatedInstanceId?: string;
}

/**
 * The IPv6 addresses that one data source finds, and the tables that the expressions of a stack read them from.
 *
 * Terraform evaluates each table once for the stack, and a bandwidth reads it by key.
 */
export abstract class AddressLookup extends Construct {
  /** What is looked in, for messages: a vSwitch, a VPC, or the region. */
  abstract readonly where: string;
  /** Whether an answer says all of an address, and not its gateway alone. */
  abstract readonly isComplete: boolean;
  /** The addresses by id. */
  abstract readonly byId: Expression;

  private readonly problemTables = new Map<string, Expression>();
  private readonly suffix: string;

  protected constructor(scope: Construct, id: string) {
    super(scope, id);
    this.suffix = hash(this.node.path);
  }

  /** The gateway of each address's VPC, by address id: an empty string where the VPC has none. */
  get gatewayIdById(): Expression {
    return this.local('gateway-id-by-id', () => hcl`{ for id, a in ${this.byId} : id => try(coalesce(${gatewayOf}), "") }`);
  }

  /** The gateways of the VPCs that the addresses are in. */
  get gatewayIds(): Expression {
    return this.local('gateway-ids', () => hcl`toset([for a in values(${this.byId}) : ${gatewayOf} if ${hasValue(gatewayOf)}])`);
  }

  /** The problems of the addresses, by id: one table for all bandwidths that expect the same. */
  problems(expectations: AddressExpectations): Expression {
    const key = expectationsKey(expectations);
    let table = this.problemTables.get(key);
    if (!table) {
      this.problemTables.set(key, table = this.local(`problems-${hash(key)}`, () => addressProblems(this.byId, expectations, this.isComplete)));
    }
    return table;
  }

  /** An attribute of one address, or an empty string where the lookup does not find the address. */
  attributeOf(addressId: Operand, attribute: string): Expression {
    return hcl`try(${this.byId.at(addressId).attribute(attribute)}, "")`;
  }

  /** A local of the lookup. Its name is short, because Terraform parses each expression that reads a table a dozen times and more. */
  local(id: string, expression: () => Expression): Expression {
    return findOrCreateLocal(this, id, expression, this.localName(id));
  }

  /** A local whose expression is made at the synthesis, when it is known what the data source is asked for. */
  protected lazyLocal(id: string, expression: () => Expression): Expression {
    return findOrCreateLazyLocal(this, id, expression, this.localName(id));
  }

  private localName(id: string): string {
    return `ipv6-${id}_${this.suffix}`;
  }
}

/** Addresses of a region, a VPC or a vSwitch: a list of all that live there, or those of the instances that the stack wants. */
export class AddressListLookup extends AddressLookup {
  static findOrCreate(context: LookupContext, filter: AddressFilter): AddressListLookup {
    const { vpcId, vswitchId, associatedInstanceId } = filter;
    const keyOf = (value: string) => comparisonKey(context.stack, value);
    const nameOf = (kind: string, value: string) => isExpression(value) ? `${kind}-${hash(keyOf(value))}` : value;
    const place = [vpcId && nameOf('vpc', vpcId), vswitchId && nameOf('vswitch', vswitchId)].filter((name) => name !== undefined).join('-') || 'region';
    const id = associatedInstanceId === undefined
      ? place
      : `instance-${hash([associatedInstanceId, ...vswitchId === undefined ? [vpcId ?? ''] : [vpcId ?? '', vswitchId]].map(keyOf).join(' '))}`;
    return Lookups.findOrCreate(context, id, (scope, scopedId) => new AddressListLookup(scope, scopedId, filter, context.provider));
  }

  readonly where: string;
  readonly isComplete = true;
  private readonly data: DataAlicloudVpcIpv6Addresses;
  private readonly questions = new Questions();

  private constructor(scope: Construct, id: string, filter: AddressFilter, provider?: TerraformProvider) {
    super(scope, id);
    const { vpcId, vswitchId, associatedInstanceId } = filter;
    this.where = vswitchId !== undefined
      ? isExpression(vswitchId) ? 'the vSwitch' : vswitchId
      : vpcId === undefined ? 'the region' : isExpression(vpcId) ? 'the VPC' : vpcId;
    // No `depends_on`, ever: Terraform would read the lookup again at apply whenever what it depends on changes, its values
    // would be unknown at plan, and the bandwidths that read them would be replaced.
    this.data = new DataAlicloudVpcIpv6Addresses(this, 'Resource', {
      ...vpcId !== undefined ? { vpcId } : {},
      ...vswitchId !== undefined ? { vswitchId } : {},
      associatedInstanceId: associatedInstanceId ?? this.questions.argument,
      provider,
    });
    if (associatedInstanceId === undefined) this.questions.askedBy(this.data);
  }

  /** The stack wants addresses that only a list of all can find. */
  list(): this {
    this.questions.list();
    return this;
  }

  /** The stack wants the addresses of an instance or a network interface. */
  ofInstance(instanceId: string, lookup?: Ipv6AddressLookup): this {
    this.questions.ask(instanceId, lookup);
    return this;
  }

  /** The stack wants the addresses of the instances of a list, for a set. */
  ofInstances(path: string, instanceIds: Expression, lookup?: Ipv6AddressLookup): this {
    this.questions.askEach(path, instanceIds, lookup);
    return this;
  }

  get byId(): Expression {
    return this.lazyLocal('by-id', () => hcl`{ for a in ${this.questions.answers(this.data, 'addresses')} : a.id => a }`);
  }

  /** The ids of the addresses by the instance or interface that they are assigned to. */
  get idsByInstance(): Expression {
    return this.local('by-instance', () => hcl`{ for id, a in ${this.byId} : a.associated_instance_id => id... if ${hasValue(instanceOf)} }`);
  }

  /** The ids of the addresses by instance or interface and by the address itself, as Terraform writes it canonically. */
  get idByInstanceAndAddress(): Expression {
    const key = template`${instanceOf} ${canonicalAddress(literalOf)}`;
    return this.local('by-instance-and-literal', () =>
      hcl`{ for id, a in ${this.byId} : ${key} => id if ${hasValue(instanceOf)} && ${hasValue(literalOf)} }`);
  }
}

/** Addresses that are asked for by their ids, one call each. The answer says their gateway, and nothing else that is checked. */
export class SingleAddressLookup extends AddressLookup {
  static findOrCreate(context: LookupContext): SingleAddressLookup {
    return Lookups.findOrCreate(context, 'single-addresses', (scope, id) => new SingleAddressLookup(scope, id, context.provider));
  }

  readonly where = 'the region';
  readonly isComplete = false;
  private readonly data: providerAlicloud.dataAlicloudVpcIpv6InternetBandwidths.DataAlicloudVpcIpv6InternetBandwidths;
  private readonly questions = new Questions();

  private constructor(scope: Construct, id: string, provider?: TerraformProvider) {
    super(scope, id);
    this.data = new bindings.dataAlicloudVpcIpv6InternetBandwidths.DataAlicloudVpcIpv6InternetBandwidths(this, 'Resource', {
      ipv6AddressId: this.questions.argument,
      provider,
    });
    this.questions.askedBy(this.data);
  }

  /** The stack wants the address of an id. */
  ofId(addressId: string | Expression): this {
    this.questions.ask(addressId, Ipv6AddressLookup.EACH);
    return this;
  }

  /** The stack wants the addresses of a list of ids, for a set. */
  ofIds(path: string, addressIds: Expression): this {
    this.questions.askEach(path, addressIds, Ipv6AddressLookup.EACH);
    return this;
  }

  get byId(): Expression {
    return this.lazyLocal('by-id', () =>
      hcl`{ for a in ${this.questions.answers(this.data, 'bandwidths')} : a.ipv6_address_id => { ipv6_gateway_id = a.ipv6_gateway_id } }`);
  }
}

// Attributes of the addresses in the `for` expressions of the tables.
const instanceOf = new Expression('a.associated_instance_id');
const literalOf = new Expression('a.ipv6_address');
const gatewayOf = new Expression('a.ipv6_gateway_id');

/** An address in the one way in which Terraform writes it; what is no address stays as it is. */
export function canonicalAddress(address: Expression): Expression {
  return hcl`try(cidrhost(${template`${address}/128`}, 0), ${address})`;
}

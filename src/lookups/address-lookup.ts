import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { LookupContext, Lookups } from './lookup-context';
import { AddressExpectations, addressProblems, expectationsKey } from '../guards/address-problems';
import { DataAlicloudVpcIpv6Addresses } from '../provider-alicloud/data-alicloud-vpc-ipv6-addresses';
import { Expression, hasValue, hcl, Operand, template } from '../terraform/hcl';
import { findOrCreateLocal, hash } from '../terraform/locals';
import { comparisonKey, isExpression } from '../terraform/tokens';

/** Which addresses a lookup lists: all of the region, of a VPC, or of one instance or network interface. */
export interface AddressFilter {
  readonly vpcId?: string;
  /** Only for an id that is a token: a list of the VPC is read before the stack creates the instance. */
  readonly associatedInstanceId?: string;
}

/**
 * The IPv6 addresses that one data source lists, and the tables that the expressions of a stack read them from.
 *
 * Terraform evaluates each table once for the stack, and a bandwidth reads it by key.
 */
export class AddressLookup extends Construct {
  static findOrCreate(context: LookupContext, filter: AddressFilter): AddressLookup {
    const { vpcId, associatedInstanceId } = filter;
    const keyOf = (value: string) => comparisonKey(context.stack, value);
    const id = associatedInstanceId !== undefined
      ? `instance-${hash([associatedInstanceId, vpcId ?? ''].map(keyOf).join(' '))}`
      : vpcId === undefined ? 'region' : isExpression(vpcId) ? `vpc-${hash(keyOf(vpcId))}` : vpcId;
    return Lookups.findOrCreate(context, id, (scope, scopedId) => new AddressLookup(scope, scopedId, filter, context.provider));
  }

  /** What is listed, for messages: a VPC, or the region. */
  readonly where: string;
  private readonly data: DataAlicloudVpcIpv6Addresses;
  private readonly problemTables = new Map<string, Expression>();
  private readonly suffix: string;

  private constructor(scope: Construct, id: string, filter: AddressFilter, provider?: TerraformProvider) {
    super(scope, id);
    const { vpcId, associatedInstanceId } = filter;
    this.suffix = hash(this.node.path);
    this.where = vpcId === undefined ? 'the region' : isExpression(vpcId) ? 'the VPC' : vpcId;
    // No `depends_on`, ever: Terraform would read the lookup again at apply whenever what it depends on changes, its values
    // would be unknown at plan, and the bandwidths that read them would be replaced.
    this.data = new DataAlicloudVpcIpv6Addresses(this, 'Resource', {
      vpcId,
      ...(associatedInstanceId !== undefined ? { associatedInstanceId } : {}),
      provider,
    });
  }

  /** The addresses by id. */
  get byId(): Expression {
    return this.local('by-id', () => hcl`{ for a in ${new Expression(`data.${this.data.terraformResourceType}.${this.data.friendlyUniqueId}.addresses`)} : a.id => a }`);
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
    if (!table) this.problemTables.set(key, table = this.local(`problems-${hash(key)}`, () => addressProblems(this.byId, expectations)));
    return table;
  }

  /** An attribute of one address, or an empty string where the lookup does not find the address. */
  attributeOf(addressId: Operand, attribute: string): Expression {
    return hcl`try(${this.byId.at(addressId).attribute(attribute)}, "")`;
  }

  /** A local of the lookup. Its name is short, because Terraform parses each expression that reads a table a dozen times and more. */
  local(id: string, expression: () => Expression): Expression {
    return findOrCreateLocal(this, id, expression, `ipv6-${id}_${this.suffix}`);
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

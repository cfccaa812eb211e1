import { TerraformLocal, TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { BANDWIDTH_BIND_TYPES } from './api-limits';
import { escapeTemplate, hash, identity, inTemplate, isExpression, present } from './expression';
import { LookupReader, Lookups } from './lookups';
import { DataAlicloudVpcIpv6Addresses } from '../provider-alicloud/data-alicloud-vpc-ipv6-addresses';

/** Which addresses a lookup lists: all of the region, of a VPC, or of one instance or interface. */
export interface AddressFilter {
  readonly vpcId?: string;
  /** Only where the id is a token: what a stack creates itself is in no list that was read before. */
  readonly associatedInstanceId?: string;
}

/** What the gateway of a bandwidth says of the VPC that its address must be in. */
export type ExpectedGateway =
  | { readonly inferred: true }
  /** The operand of a VPC's id. */
  | { readonly vpcId: string }
  /** The operand of a gateway's id; whether it is a literal. */
  | { readonly gatewayId: string; readonly literal: boolean };

/**
 * The IPv6 addresses that one data source lists for a stack, and the tables that Terraform makes of them.
 *
 * Each table is made once for the stack; what a bandwidth wants of it costs one reading by key.
 */
export class AddressLookup extends Construct {
  static for(reader: LookupReader, filter: AddressFilter): AddressLookup {
    const { vpcId, associatedInstanceId } = filter;
    const id = associatedInstanceId !== undefined
      ? `instance-${hash([associatedInstanceId, vpcId ?? ''].map((value) => identity(reader.stack, value)).join(' '))}`
      : vpcId === undefined ? 'region' : isExpression(vpcId) ? `vpc-${hash(identity(reader.stack, vpcId))}` : vpcId;
    return Lookups.find(reader, id, (scope, scopedId) => new AddressLookup(scope, scopedId, filter, reader.provider));
  }

  /** Where the lookup looks, for messages. */
  readonly where: string;
  private readonly data: DataAlicloudVpcIpv6Addresses;
  private readonly problemTables = new Map<string, string>();
  private readonly suffix: string;

  private constructor(scope: Construct, id: string, filter: AddressFilter, provider?: TerraformProvider) {
    super(scope, id);
    const { vpcId, associatedInstanceId } = filter;
    this.suffix = hash(this.node.path);
    this.where = vpcId === undefined ? 'the region' : isExpression(vpcId) ? 'the VPC' : vpcId;
    // No `depends_on`, ever: the lookup would be read again at apply whenever that changes, its values be unknown at plan,
    // and what they feed be replaced.
    this.data = new DataAlicloudVpcIpv6Addresses(this, 'Resource', {
      vpcId,
      ...(associatedInstanceId !== undefined ? { associatedInstanceId } : {}),
      provider,
    });
  }

  /** The addresses by id. */
  get byId(): string {
    return this.table('by-id', () => `{ for a in data.${this.data.terraformResourceType}.${this.data.friendlyUniqueId}.addresses : a.id => a }`);
  }

  /** The ids of the addresses by the instance or interface that they are assigned to. */
  get byInstance(): string {
    return this.table('by-instance', () => `{ for id, a in ${this.byId} : a.associated_instance_id => id... if ${present('a.associated_instance_id')} }`);
  }

  /** The ids of the addresses by instance or interface and by the address itself, as Terraform writes it canonically. */
  get byInstanceAndLiteral(): string {
    return this.table('by-instance-and-literal', () =>
      `{ for id, a in ${this.byId} : "\${a.associated_instance_id} \${try(cidrhost("\${a.ipv6_address}/128", 0), a.ipv6_address)}" => id if ${present('a.associated_instance_id')} && ${present('a.ipv6_address')} }`);
  }

  /** The gateway of each address's VPC, by address id: an empty string where it has none. */
  get gatewayIdById(): string {
    return this.table('gateway-id-by-id', () => `{ for id, a in ${this.byId} : id => try(coalesce(a.ipv6_gateway_id), "") }`);
  }

  /** The gateways of the VPCs that the addresses are in. */
  get gatewayIds(): string {
    return this.table('gateway-ids', () => `toset([for a in values(${this.byId}) : a.ipv6_gateway_id if ${present('a.ipv6_gateway_id')}])`);
  }

  /**
   * What stands against Internet bandwidth, by address id: an empty string where nothing does.
   *
   * One table serves all bandwidths that expect the same of their addresses.
   */
  problems(gateway: ExpectedGateway, furtherBindTypes: readonly string[] = []): string {
    const bindTypes = [...BANDWIDTH_BIND_TYPES, ...furtherBindTypes];
    const variant = JSON.stringify([gateway, bindTypes]);
    let table = this.problemTables.get(variant);
    if (!table) {
      const checks = [...ADDRESS_CHECKS, bindTypeCheck(bindTypes), gatewayCheck(gateway)];
      table = this.table(`problems-${hash(variant)}`, () => `{ for id, a in ${this.byId} : id => join("; ", compact([${checks.join(', ')}])) }`);
      this.problemTables.set(variant, table);
    }
    return table;
  }

  /** One value out of the tables, under a name by which all that want it read it. */
  value(name: string, expression: string): string {
    return this.table(name, () => expression);
  }

  private table(id: string, expression: () => string): string {
    const known = this.node.tryFindChild(id) as TerraformLocal | undefined;
    if (known) return `local.${known.friendlyUniqueId}`;
    const local = new TerraformLocal(this, id, `\${${expression()}}`);
    // A short name: Terraform parses each expression that reads the table a dozen times and more.
    local.overrideLogicalId(`ipv6-${id}_${this.suffix}`);
    return `local.${local.friendlyUniqueId}`;
  }
}

/** Each yields nothing, or what is wrong, with the value seen, the API's code and the way out. */
const ADDRESS_CHECKS = [
  'a.status == "Available" ? "" : "the address ${id} is ${a.status == null ? "null" : a.status}, not Available (IncorrectStatus.Ipv6Instance): plan again once it is"',
  'can(regex("^[fF][cCdD]", a.ipv6_address)) ? "${a.ipv6_address} is a unique local address, fc00::/7 (OperationUnsupported.ULA): take an address of a global block" : ""',
  'can(regex("/", a.ipv6_address)) ? "${a.ipv6_address} is a prefix, not an address (IllegalParam.Ipv6Address): take a single address" : ""',
];

function bindTypeCheck(bindTypes: readonly string[]): string {
  const listed = bindTypes.map((type) => `"${escapeTemplate(type)}"`).join(',');
  return `contains([${listed}], try(coalesce(a.associated_instance_type), "")) ? "" : "the address \${id} is bound to \${a.associated_instance_id}, \${a.associated_instance_type}`
    + ' (OperationDenied.UnSupportedBindTypeCloudInstance): take an address of an ECS instance or a network interface, or name the type in supportedBindTypes"';
}

function gatewayCheck(gateway: ExpectedGateway): string {
  const missing = '"${a.vpc_id}, the VPC of the address ${id}, has no IPv6 gateway (OperationFailed.Ipv6GatewayNotExist): create one with Ipv6Gateway, and pass it as ipv6Gateway"';
  const otherVpc = '(OperationFailed.Ipv6GatewayDisMatchIpv6Address): pass the gateway of the address\'s own VPC';
  if ('inferred' in gateway) return `${present('a.ipv6_gateway_id')} ? "" : ${missing}`;
  if ('vpcId' in gateway) {
    return `a.vpc_id == ${gateway.vpcId} ? "" : "the address \${id} is in \${a.vpc_id}, the IPv6 gateway in ${inTemplate(gateway.vpcId)} ${otherVpc}"`;
  }
  // The stack may be about to create a gateway that only Terraform knows: then the VPC has none yet.
  const none = gateway.literal ? missing : '""';
  return `!${present('a.ipv6_gateway_id')} ? ${none} : a.ipv6_gateway_id == ${gateway.gatewayId} ? "" : "the VPC of the address \${id} has the IPv6 gateway \${a.ipv6_gateway_id}, not ${inTemplate(gateway.gatewayId)} ${otherVpc}"`;
}

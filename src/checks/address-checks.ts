import { Condition, refuseUnless } from './condition';
import { BANDWIDTH_BIND_TYPES } from '../api/limits';
import { Expression, hasValue, hcl, template, Template } from '../terraform/hcl';

/** The VPC that the address of a bandwidth must be in, according to the gateway. */
export type ExpectedGateway =
  /** The bandwidth takes the gateway of the address's VPC: there must be one. */
  | { readonly inferred: true }
  /** The id of the gateway's VPC. */
  | { readonly vpcId: string | Expression }
  /** The id of the gateway alone. */
  | { readonly gatewayId: string | Expression };

/** The expected properties of an address. */
export interface AddressExpectations {
  readonly gateway: ExpectedGateway;
  /** Further types that it may be bound to, in addition to nothing, an ECS instance and a network interface. */
  readonly furtherBindTypes: readonly string[];
  /** True if it has an egress-only rule, and must belong to an instance. */
  readonly isEgressOnly: boolean;
  /** True if the lookup returns all attributes of an address, and not its gateway alone. */
  readonly isComplete: boolean;
}

/** Maximum number of problems in one message. */
const MOST_NAMED = 20;

// The variables of the `for` expressions in which the checks are: an address, and the path of its construct.
const a = new Expression('a');
const id = a.attribute('id');
const path = new Expression('path');

/**
 * Returns lists of messages: the reasons why addresses cannot have Internet bandwidth. A plan evaluates them.
 *
 * @param found  a table of the addresses found (lists of objects) by construct path
 */
export function addressProblems(found: Expression, expectations: AddressExpectations): Expression[] {
  const { gateway, furtherBindTypes, isEgressOnly, isComplete } = expectations;
  const requirements = [gatewayRequirement(gateway, isComplete)];
  if (isComplete) requirements.unshift(...ownRequirements([...BANDWIDTH_BIND_TYPES, ...furtherBindTypes]));
  if (isComplete && isEgressOnly) {
    const problem = template`the address ${id} belongs to no instance, and does not support an egress-only rule: remove egressOnly, or use the address of an instance`;
    requirements.push([hasValue(a.attribute('associated_instance_id')), problem]);
  }
  return requirements.map(([isMet, problem]) => hcl`flatten([for path, as in ${found} : [for a in as : ${template`${path}: ${problem}`} if !(${isMet})]])`);
}

/**
 * Returns the messages for constructs that want one address, if the lookup finds none or several.
 *
 * @param wanted  a table of the wanted addresses by construct path
 * @param what    a description of the address, in which `id` is a value of the table
 */
export function foundProblems(found: Expression, wanted: Expression, what: Template): Expression[] {
  const count = hcl`length(${found}[path])`;
  return [
    hcl`[for path, id in ${wanted} : ${template`${path}: no ${what} (ResourceNotFound.Ipv6Address): check the ids and the provider's region, or assign an address; pass what this stack creates as a construct`} if ${count} == 0]`,
    hcl`[for path, id in ${wanted} : ${template`${path}: found ${count} addresses for one ${what}: name one of them with ipv6Address`} if ${count} > 1]`,
  ];
}

/** A condition of an address, and the message if it is false. */
type Requirement = [Expression, Template];

function ownRequirements(bindTypes: readonly string[]): Requirement[] {
  const address = a.attribute('ipv6_address');
  return [
    [
      hcl`try(a.status == "Available", false)`,
      template`the address ${id} is ${text('status', 'null')}, not Available (IncorrectStatus.Ipv6Instance): plan again when it is Available`,
    ],
    [
      hcl`!can(regex("^[fF][cCdD]", ${address}))`,
      template`${address} is a unique local address, fc00::/7 (OperationUnsupported.ULA): use a global address`,
    ],
    [
      hcl`!can(regex("/", ${address}))`,
      template`${address} is a prefix, not an address (IllegalParam.Ipv6Address): use a single address`,
    ],
    [
      hcl`contains(${bindTypes}, ${text('associated_instance_type')})`,
      template`the address ${id} is bound to ${text('associated_instance_id')}, ${text('associated_instance_type')} (OperationDenied.UnSupportedBindTypeCloudInstance): use the address of an instance or interface, or name the type in supportedBindTypes`,
    ],
  ];
}

function gatewayRequirement(gateway: ExpectedGateway, isVpcKnown: boolean): Requirement {
  const vpc = isVpcKnown ? template`${text('vpc_id')}, the VPC of ${id},` : template`the VPC of ${id}`;
  const missing = template`${vpc} has no IPv6 gateway (OperationFailed.Ipv6GatewayNotExist): create an Ipv6Gateway, and pass it as ipv6Gateway`;
  const otherVpc = '(OperationFailed.Ipv6GatewayDisMatchIpv6Address): pass the gateway of the address\'s own VPC';
  const hasGateway = hasValue(a.attribute('ipv6_gateway_id'));
  if ('inferred' in gateway) return [hasGateway, missing];
  if ('vpcId' in gateway) {
    return [hcl`try(a.vpc_id == ${gateway.vpcId}, false)`, template`the address ${id} is in ${text('vpc_id')}, the IPv6 gateway in ${shown(gateway.vpcId)} ${otherVpc}`];
  }
  const isSame = hcl`try(a.ipv6_gateway_id == ${gateway.gatewayId}, false)`;
  const other = template`${vpc} has the IPv6 gateway ${a.attribute('ipv6_gateway_id')}, not ${shown(gateway.gatewayId)} ${otherVpc}`;
  // The stack may be about to create the gateway whose id only Terraform knows: before, the VPC has none.
  if (gateway.gatewayId instanceof Expression) return [hcl`!${hasGateway} || ${isSame}`, other];
  return [isSame, template`${hcl`${hasGateway} ? ${other} : ${missing}`}`];
}

/** Refuses two bandwidths of one address. @param idsByConstruct a table of texts, with spaces between ids, by path */
export function uniqueAddresses(stackPath: string, idsByConstruct: Expression): Condition {
  const ids = hcl`compact(flatten([for ids in compact(values(${idsByConstruct})) : split(" ", ids)]))`;
  const pathsById = hcl`{ for r in flatten([for path, ids in ${idsByConstruct} : [for id in split(" ", ids) : { id = id, path = path }] if try(length(ids) > 0, false)]) : r.id => r.path... }`;
  return refuseUnless(
    hcl`length(toset(${ids})) == length(${ids})`,
    template`${stackPath}: more than one Internet bandwidth for ${hcl`join(", ", [for id, paths in ${pathsById} : "\${id} (\${join(" and ", paths)})" if length(paths) > 1])`} (OperationFailed.InternetBandwidthAlreadyExisted): keep one of them for each address`,
  );
}

/** Refuses a plan that has problems. The message has a line for each of the first, and a note about further ones. */
export function refuseProblems(problems: Expression): Condition {
  return refuseUnless(
    hcl`length(${problems}) == 0`,
    template`${hcl`join("\\n", [for i, problem in ${problems} : i < ${MOST_NAMED} ? problem : "and more" if i <= ${MOST_NAMED}])`}`,
  );
}

/** Returns an attribute of the address as a text: the provider leaves some null. */
function text(attribute: string, otherwise = ''): Expression {
  return hcl`try(coalesce(${a.attribute(attribute)}), ${otherwise})`;
}

/** Returns a value of the program as a message shows it. */
function shown(value: string | Expression): string | Expression {
  return value instanceof Expression ? hcl`try(coalesce(${value}), "null")` : value;
}

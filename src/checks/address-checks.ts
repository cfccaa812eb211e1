import { Condition, refuseUnless } from './condition';
import { BANDWIDTH_BIND_TYPES } from '../api/limits';
import { Expression, hcl, template, Template } from '../terraform/hcl';

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

/** Returns a key that is equal for equal expectations. */
export function expectationsKey({ gateway, ...others }: AddressExpectations): string {
  const asked = Object.entries(gateway).map(([name, value]) => [name, value instanceof Expression ? { code: value.code } : value]);
  return JSON.stringify([asked, others]);
}

/** Maximum number of problems in one message. */
const MOST_NAMED = 20;

// The variables of the `for` expressions in which the checks are: an address, and the path of its construct.
const a = new Expression('a');
const id = a.attribute('id');
const path = new Expression('path');

/**
 * Returns the conditions that addresses can have Internet bandwidth.
 *
 * @param found   a table: the addresses that are found (lists of objects) by the paths of constructs
 * @param wanted  a table: what is looked for, in words, by the paths of the constructs that want one address
 */
export function addressChecks(found: Expression, wanted: Expression | undefined, expectations: AddressExpectations): Condition[] {
  const { gateway, furtherBindTypes, isEgressOnly, isComplete } = expectations;
  const check = (isRight: Expression, otherwise: Template): Condition => refuseUnless(
    hcl`alltrue(flatten([for as in values(${found}) : [for a in as : ${isRight}]]))`,
    listed(hcl`flatten([for path, as in ${found} : [for a in as : ${template`${path}: ${otherwise}`} if !(${isRight})]])`),
  );
  return [
    ...wanted ? foundChecks(found, wanted) : [],
    ...isComplete ? ofAddress(check, [...BANDWIDTH_BIND_TYPES, ...furtherBindTypes]) : [],
    gatewayCheck(check, gateway, isComplete),
    ...isEgressOnly && isComplete ? [check(
      hasText('associated_instance_id'),
      template`the address ${id} belongs to no instance, and does not support an egress-only rule: remove egressOnly, or use the address of an instance`,
    )] : [],
  ];
}

function foundChecks(found: Expression, wanted: Expression): Condition[] {
  const what = hcl`${wanted}[path]`;
  return [
    refuseUnless(
      hcl`alltrue([for path, w in ${wanted} : length(${found}[path]) > 0])`,
      listed(hcl`[for path, w in ${wanted} : ${template`${path}: no ${hcl`w`} (ResourceNotFound.Ipv6Address): check the ids and the provider's region, or assign an address; pass what this stack creates as a construct`} if length(${found}[path]) == 0]`),
    ),
    refuseUnless(
      hcl`alltrue([for path, w in ${wanted} : length(${found}[path]) < 2])`,
      listed(hcl`[for path, w in ${wanted} : ${template`${path}: found ${hcl`length(${found}[path])`} addresses for one ${what}: name one of them with ipv6Address`} if length(${found}[path]) > 1]`),
    ),
  ];
}

type Check = (isRight: Expression, otherwise: Template) => Condition;

function ofAddress(check: Check, bindTypes: readonly string[]): Condition[] {
  return [
    check(
      hcl`try(a.status == "Available", false)`,
      template`the address ${id} is ${text('status', 'null')}, not Available (IncorrectStatus.Ipv6Instance): plan again when it is Available`,
    ),
    check(
      hcl`!can(regex("^[fF][cCdD]", a.ipv6_address))`,
      template`${a.attribute('ipv6_address')} is a unique local address, fc00::/7 (OperationUnsupported.ULA): use a global address`,
    ),
    check(
      hcl`!can(regex("/", a.ipv6_address))`,
      template`${a.attribute('ipv6_address')} is a prefix, not an address (IllegalParam.Ipv6Address): use a single address`,
    ),
    check(
      hcl`contains(${bindTypes}, ${text('associated_instance_type')})`,
      template`the address ${id} is bound to ${text('associated_instance_id')}, ${text('associated_instance_type')} (OperationDenied.UnSupportedBindTypeCloudInstance): use the address of an instance or interface, or name the type in supportedBindTypes`,
    ),
  ];
}

function gatewayCheck(check: Check, gateway: ExpectedGateway, isVpcKnown: boolean): Condition {
  const vpc = isVpcKnown ? template`${text('vpc_id')}, the VPC of ${id},` : template`the VPC of ${id}`;
  const missing = template`${vpc} has no IPv6 gateway (OperationFailed.Ipv6GatewayNotExist): create an Ipv6Gateway, and pass it as ipv6Gateway`;
  const otherVpc = '(OperationFailed.Ipv6GatewayDisMatchIpv6Address): pass the gateway of the address\'s own VPC';
  if ('inferred' in gateway) return check(hasText('ipv6_gateway_id'), missing);
  if ('vpcId' in gateway) {
    return check(hcl`try(a.vpc_id == ${gateway.vpcId}, false)`, template`the address ${id} is in ${text('vpc_id')}, the IPv6 gateway in ${shown(gateway.vpcId)} ${otherVpc}`);
  }
  const isSame = hcl`try(a.ipv6_gateway_id == ${gateway.gatewayId}, false)`;
  const other = template`${vpc} has the IPv6 gateway ${a.attribute('ipv6_gateway_id')}, not ${shown(gateway.gatewayId)} ${otherVpc}`;
  // The stack may be about to create the gateway whose id only Terraform knows: before, the VPC has none.
  return typeof gateway.gatewayId === 'string'
    ? check(isSame, template`${hcl`${hasText('ipv6_gateway_id')} ? ${other} : ${missing}`}`)
    : check(hcl`!${hasText('ipv6_gateway_id')} || ${isSame}`, other);
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

/** Refuses lists of problems (messages) of a set. */
export function setHasNoProblem(setPath: string, problems: Expression): Condition {
  return refuseUnless(hcl`length(${problems}) == 0`, listed(hcl`[for problem in ${problems} : ${template`${setPath}: ${hcl`problem`}`}]`));
}

/** Returns the first messages of a list, a line each, and a note about further ones. */
function listed(problems: Expression): Template {
  return template`${hcl`join("\\n", [for i, problem in ${problems} : i < ${MOST_NAMED} ? problem : "and more" if i <= ${MOST_NAMED}])`}`;
}

/** Returns the condition that an attribute of the address is neither null nor an empty string. */
function hasText(attribute: string): Expression {
  return hcl`try(length(${a.attribute(attribute)}) > 0, false)`;
}

/** Returns an attribute of the address as a text: the provider leaves some null. */
function text(attribute: string, otherwise = ''): Expression {
  return hcl`try(coalesce(${a.attribute(attribute)}), ${otherwise})`;
}

/** Returns a value of the program as a message shows it. */
function shown(value: string | Expression): string | Expression {
  return value instanceof Expression ? hcl`try(coalesce(${value}), "null")` : value;
}

import { Condition, refuseUnless } from './condition';
import { BANDWIDTH_BIND_TYPES } from '../api/limits';
import { Expression, hasValue, hcl, join, orNull, template } from '../terraform/hcl';

/** What the gateway of a bandwidth says about the VPC that its address must be in. */
export type ExpectedGateway =
  /** The bandwidth takes the gateway of the address's VPC: there must be one. */
  | { readonly inferred: true }
  /** The id of the gateway's VPC. */
  | { readonly vpcId: string | Expression }
  /** The id of the gateway alone. */
  | { readonly gatewayId: string | Expression };

/** What an address is checked for: addresses that are checked for the same have one table of problems. */
export interface AddressExpectations {
  readonly gateway: ExpectedGateway;
  readonly bindTypes: readonly string[];
}

export function addressExpectations(gateway: ExpectedGateway, furtherBindTypes: readonly string[] = []): AddressExpectations {
  return { gateway, bindTypes: [...BANDWIDTH_BIND_TYPES, ...furtherBindTypes] };
}

/** The same for two expectations that ask for the same. */
export function expectationsKey({ gateway, bindTypes }: AddressExpectations): string {
  const code = (value: string | Expression) => hcl`${value}`.code;
  const asked = 'inferred' in gateway
    ? gateway
    : 'vpcId' in gateway ? { vpcId: code(gateway.vpcId) } : { gatewayId: code(gateway.gatewayId), literal: typeof gateway.gatewayId === 'string' };
  return JSON.stringify([asked, bindTypes]);
}

// The variables of the `for` expression in which the checks stand.
const id = new Expression('id');
const address = new Expression('a');

/**
 * The problems of each address, by its id: an empty string for an address that can have Internet bandwidth.
 *
 * Each check yields an empty string or a message with the value seen, the API's error code, and what to do.
 *
 * @param isComplete  whether the table says all of an address; of its gateway alone, only the gateway is checked
 */
export function addressProblems(addressesById: Expression, { gateway, bindTypes }: AddressExpectations, isComplete: boolean): Expression {
  const ofAddress = isComplete ? [statusCheck(), ulaCheck(), prefixCheck(), bindTypeCheck(bindTypes)] : [];
  const checks = join([...ofAddress, gatewayCheck(gateway, isComplete)], ', ');
  return hcl`{ for ${id}, ${address} in ${addressesById} : ${id} => join("; ", compact([${checks}])) }`;
}

/** Refuses a bandwidth whose address has a problem, or (`notFound`, an expression) is not there. */
export function addressHasNoProblem(path: string, problem: Expression, notFound: Expression): Condition {
  return refuseUnless(hcl`try(${problem}, "-") == ""`, template`${path}: ${hcl`try(${problem}, ${notFound})`}`);
}

function statusCheck(): Expression {
  const status = address.attribute('status');
  return hcl`${status} == "Available" ? "" : ${template`the address ${id} is ${orNull(status)}, not Available (IncorrectStatus.Ipv6Instance): plan again once it is`}`;
}

function ulaCheck(): Expression {
  const literal = address.attribute('ipv6_address');
  return hcl`can(regex("^[fF][cCdD]", ${literal})) ? ${template`${literal} is a unique local address, fc00::/7 (OperationUnsupported.ULA): take an address of a global block`} : ""`;
}

function prefixCheck(): Expression {
  const literal = address.attribute('ipv6_address');
  return hcl`can(regex("/", ${literal})) ? ${template`${literal} is a prefix, not an address (IllegalParam.Ipv6Address): take a single address`} : ""`;
}

function bindTypeCheck(bindTypes: readonly string[]): Expression {
  const type = address.attribute('associated_instance_type');
  const refusal = template`the address ${id} is bound to ${address.attribute('associated_instance_id')}, ${type} (OperationDenied.UnSupportedBindTypeCloudInstance): take an address of an ECS instance or a network interface, or name the type in supportedBindTypes`;
  return hcl`contains(${bindTypes}, try(coalesce(${type}), "")) ? "" : ${refusal}`;
}

function gatewayCheck(gateway: ExpectedGateway, isVpcKnown: boolean): Expression {
  const vpcId = address.attribute('vpc_id');
  const gatewayId = address.attribute('ipv6_gateway_id');
  const vpc = isVpcKnown ? template`${vpcId}, the VPC of the address ${id},` : template`the VPC of the address ${id}`;
  const missing = template`${vpc} has no IPv6 gateway (OperationFailed.Ipv6GatewayNotExist): create one with Ipv6Gateway, and pass it as ipv6Gateway`;
  const remediation = '(OperationFailed.Ipv6GatewayDisMatchIpv6Address): pass the gateway of the address\'s own VPC';
  if ('inferred' in gateway) return hcl`${hasValue(gatewayId)} ? "" : ${missing}`;
  if ('vpcId' in gateway) {
    return hcl`${vpcId} == ${gateway.vpcId} ? "" : ${template`the address ${id} is in ${vpcId}, the IPv6 gateway in ${gateway.vpcId} ${remediation}`}`;
  }
  // The stack may be about to create the gateway whose id only Terraform knows: before, the VPC has none.
  const withoutGateway = typeof gateway.gatewayId === 'string' ? missing : '';
  const other = template`the VPC of the address ${id} has the IPv6 gateway ${gatewayId}, not ${gateway.gatewayId} ${remediation}`;
  return hcl`!${hasValue(gatewayId)} ? ${withoutGateway} : ${gatewayId} == ${gateway.gatewayId} ? "" : ${other}`;
}

import { Expression, hcl, Template, template } from '../terraform/hcl';

/** The postcondition of a lookup of gateways: the VPC has one. */
export const VPC_HAS_GATEWAY: Expression = hcl`length(self.gateways) == 1`;

/** What the plan says where a VPC has no gateway: it names the first constructs that need one. */
export function vpcHasNoGateway(paths: Iterable<string>): Template {
  return template`${[...paths].slice(0, 3).join(', ')}: ${hcl`self.vpc_id`} has no IPv6 gateway (OperationFailed.Ipv6GatewayNotExist): create one with Ipv6Gateway, and pass that instead of Ipv6Gateway.fromVpcId`;
}

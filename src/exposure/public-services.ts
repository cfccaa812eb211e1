import { hasExpression } from './reference';
import { isIgnored, Json } from '../terraform/json-syntax';

/** The arguments that make a load balancer public over IPv6, with their values, and whether the service's default is that value. */
const PUBLIC: Readonly<Record<string, readonly [argument: string, value: string, isDefault: boolean][]>> = {
  alicloud_alb_load_balancer: [['ipv6_address_type', 'internet', false], ['address_ip_version', 'dualstack', true]],
  alicloud_nlb_load_balancer: [['ipv6_address_type', 'internet', false], ['address_ip_version', 'dualstack', true]],
  alicloud_slb: [['address_ip_version', 'ipv6', false], ['address_type', 'internet', true]],
  alicloud_slb_load_balancer: [['address_ip_version', 'ipv6', false], ['address_type', 'internet', true]],
};

/** Whether resources of a type can have an address of their own that the Internet reaches over IPv6. */
export function isService(type: string): boolean {
  return Object.hasOwn(PUBLIC, type);
}

/** Whether a resource has, or may have, such an address: an argument that is not literal may have any value. */
export function isPublicService(type: string, args: Json): boolean {
  return isService(type) && PUBLIC[type].every(([argument, value, isDefault]) => {
    const written = args[argument] ?? undefined;
    if (isIgnored(args, argument)) return true;
    return written === undefined ? isDefault : hasExpression(written) || String(written).toLowerCase() === value;
  });
}

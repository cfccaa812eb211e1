// The resources of the provider that can have a public IPv6 address of their own, and the arguments that give it to them.
//
// From the provider's source, version 1.289.0: all resources with an argument or attribute for IPv6 (`ipv6`, `ip_version`, `ip_type`,
// `ip_stack`, `dual_stack`, `address_type`), without those that only name addresses (access lists, DNS, flow logs, prefix lists, routes),
// that only connect networks (CEN, Express Connect, PrivateLink, Gateway Load Balancer, NAS), and without ECS, ESS, ECI and ACK: their
// addresses are of a VPC, and public by an Internet bandwidth alone.
//
// @see https://github.com/aliyun/terraform-provider-alicloud/tree/v1.289.0/alicloud
import { UNKNOWN } from './unknown';

/** A resource that has a public IPv6 address, or may have one. */
export interface PublicService {
  readonly kind: 'load balancer' | 'service';
  readonly isUnknown: boolean;
}

/** The value of an argument, texts in lower case; `UNKNOWN` for a value that the witness cannot know. */
type Values = (argument: string) => unknown;

/** Returns true for a public resource, and `UNKNOWN` for unknown values. */
type Test = (values: Values) => boolean | typeof UNKNOWN;

const is = (argument: string, ...publicValues: unknown[]): Test => (values) => {
  const value = values(argument);
  return value === UNKNOWN ? UNKNOWN : publicValues.includes(value);
};

/** A dual stack whose IPv6 side is on the Internet. IPv4 alone has no such side. */
const isDualStack = allOf((values) => values('address_ip_version') !== 'ipv4', is('ipv6_address_type', 'internet'));
/** The service makes a load balancer public if it is in no vSwitch. */
const isClassic = allOf(is('address_ip_version', 'ipv6'), (values) => values('address_type') === undefined ? !values('vswitch_id') : is('address_type', 'internet')(values));

const LOAD_BALANCERS: Readonly<Record<string, Test>> = {
  alicloud_alb_load_balancer: isDualStack,
  alicloud_nlb_load_balancer: isDualStack,
  alicloud_slb: isClassic,
  alicloud_slb_load_balancer: isClassic,
};

/** Services that no rule judges. */
const OTHERS: Readonly<Record<string, Test>> = {
  alicloud_api_gateway_instance: is('ipv6_enabled', true),
  alicloud_apig_gateway: (values) => anyOf(values('load_balancers'), (one) => Array.isArray(one.ipv6_addresses) && one.ipv6_addresses.length > 0),
  alicloud_ddosbgp_instance: is('ip_type', 'ipv6'),
  alicloud_ddoscoo_instance: is('address_type', 'ipv6'),
  alicloud_ens_instance: is('ip_type', 'ipv6', 'ipv4andipv6'),
  alicloud_esa_site: is('ipv6_enable', 'on'),
  alicloud_esa_transport_layer_application: is('ipv6', 'on'),
  alicloud_ga_ip_set: is('ip_version', 'ipv6', 'dual_stack'),
  alicloud_wafv3_domain: (values) => anyOf(values('listen'), (one) => one.ipv6_enabled === true),
};

/** The types that are looked at. */
export const PUBLIC_TYPES: readonly string[] = [...Object.keys(LOAD_BALANCERS), ...Object.keys(OTHERS)].sort();

/**
 * Returns the public IPv6 side of a resource; undefined if it has none.
 *
 * @param valueOf the value of an argument; undefined for the service's default, `UNKNOWN` for a value that the witness cannot know
 */
export function publicService(type: string, valueOf: Values): PublicService | undefined {
  const kind = Object.hasOwn(LOAD_BALANCERS, type) ? 'load balancer' : Object.hasOwn(OTHERS, type) ? 'service' : undefined;
  if (kind === undefined) return undefined;
  const result = (kind === 'load balancer' ? LOAD_BALANCERS : OTHERS)[type]((argument) => {
    const value = valueOf(argument) ?? undefined;
    return typeof value === 'string' ? value.toLowerCase() : value;
  });
  return result === false ? undefined : { kind, isUnknown: result === UNKNOWN };
}

function allOf(...tests: readonly Test[]): Test {
  return (values) => {
    const results = tests.map((test) => test(values));
    return results.includes(false) ? false : results.includes(UNKNOWN) ? UNKNOWN : true;
  };
}

function anyOf(list: unknown, matches: (one: Readonly<Record<string, unknown>>) => boolean): boolean | typeof UNKNOWN {
  if (list === UNKNOWN) return UNKNOWN;
  return Array.isArray(list) && list.some((one) => typeof one === 'object' && one !== null && matches(one));
}

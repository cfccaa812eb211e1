/**
 * Mbit/s that one address can have, by charge type: from 1 to these.
 *
 * The provider lets 5000 through; the API does not.
 *
 * @see https://www.alibabacloud.com/help/en/ipv6-gateway/product-overview/limits
 */
export const MAX_BANDWIDTH = { PayByBandwidth: 2000, PayByTraffic: 1000 } as const;

/** The prefix that the service gives the ids of each kind of thing. */
export const ID_PREFIXES = {
  'IPv6 address': 'ipv6-',
  'IPv6 gateway': 'ipv6gw-',
  'Internet bandwidth': 'ipv6bw-',
  'VPC': 'vpc-',
  'vSwitch': 'vsw-',
  'ECS instance': 'i-',
  'network interface': 'eni-',
  'resource group': 'rg-',
} as const;

/** A kind of thing that has an id. */
export type IdKind = keyof typeof ID_PREFIXES;

/**
 * What an address can be bound to and have Internet bandwidth: nothing, an ECS instance, or a network interface.
 *
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-describeipv6addresses
 */
export const BANDWIDTH_BIND_TYPES: readonly string[] = ['', 'EcsInstance', 'NetworkInterface'];

/**
 * Egress-only rules that one gateway can have, unless the quota is raised.
 *
 * @see https://www.alibabacloud.com/help/en/ipv6-gateway/product-overview/limits
 */
export const MAX_EGRESS_ONLY_RULES = 200;

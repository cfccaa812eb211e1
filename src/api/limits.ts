/**
 * Maximum Mbit/s of one address, by charge type. The minimum is 1.
 *
 * The provider accepts up to 5000, but the API refuses more than the maximum. The console also offers 0, which makes the address private.
 *
 * @see https://help.aliyun.com/zh/ipv6-gateway/product-overview/limits
 */
export const MAX_BANDWIDTH = { PayByBandwidth: 2000, PayByTraffic: 1000 } as const;

/** Returns the maximum Mbit/s of a charge type. For an unknown type it is the highest maximum. */
export function maxBandwidth(chargeType: string): number {
  return MAX_BANDWIDTH[chargeType as keyof typeof MAX_BANDWIDTH] ?? MAX_BANDWIDTH.PayByBandwidth;
}

/** The prefix of the ids that the service gives to each kind of resource. */
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

/** A kind of resource, by which messages name it. */
export type IdKind = keyof typeof ID_PREFIXES;

/**
 * The types of instances whose addresses can have Internet bandwidth; an empty string for an address that belongs to none.
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

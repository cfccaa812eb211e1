export const BANDWIDTH = 'alicloud_vpc_ipv6_internet_bandwidth';
export const EGRESS_RULE = 'alicloud_vpc_ipv6_egress_rule';
export const GATEWAY = 'alicloud_vpc_ipv6_gateway';
export const ADDRESS = 'alicloud_vpc_ipv6_address';

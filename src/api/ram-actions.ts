/** A call that the provider makes for a block, and the resources that RAM can narrow its permission to. */
interface RamAction {
  /** The API's name of the action; RAM calls it `vpc:` and this. */
  readonly action: string;
  /**
   * The end of the resource's ARN, after `acs:vpc:{region}:{account}:`, with `*` for its id. Undefined if the API's page has no ARN for the type
   * of resource: then only `*` grants the action.
   */
  readonly on?: string;
  /** The argument without which the provider never makes the call. */
  readonly when?: 'tags' | 'resource_group_id';
}

const GATEWAY = 'ipv6gateway/*';
const ADDRESS = 'ipv6address/*';
const BANDWIDTH = 'ipv6bandwidth/*';
const VPC = 'vpc/*';

// The API's pages of these actions name VPCs, so the permission applies to the VPC of an address.
const DESCRIBE_ADDRESSES: RamAction = { action: 'DescribeIpv6Addresses', on: VPC };
const DESCRIBE_GATEWAYS: RamAction = { action: 'DescribeIpv6Gateways', on: GATEWAY };
const DESCRIBE_RULES: RamAction = { action: 'DescribeIpv6EgressOnlyRules', on: GATEWAY };

// RAM has no resource type for the tags of gateways and addresses, so only `*` grants them.
const TAGS: RamAction[] = [{ action: 'TagResources', when: 'tags' }, { action: 'UnTagResources', when: 'tags' }];

/**
 * The calls that creating, reading, changing and destroying each kind of block makes.
 *
 * The calls are those of the provider's source, version 1.289.0; the ARNs are those of the RAM table on each action's page of
 * the API reference.
 *
 * @see https://github.com/aliyun/terraform-provider-alicloud/tree/v1.289.0/alicloud
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-overview
 */
export const RAM_ACTIONS: { readonly [kind in 'resource' | 'data']: { readonly [type: string]: readonly RamAction[] } } = {
  resource: {
    alicloud_vpc_ipv6_internet_bandwidth: [
      { action: 'AllocateIpv6InternetBandwidth', on: BANDWIDTH },
      DESCRIBE_ADDRESSES,
      { action: 'ModifyIpv6InternetBandwidth', on: BANDWIDTH },
      { action: 'DeleteIpv6InternetBandwidth', on: BANDWIDTH },
    ],
    alicloud_vpc_ipv6_egress_rule: [
      { action: 'CreateIpv6EgressOnlyRule', on: GATEWAY },
      DESCRIBE_RULES,
      { action: 'DeleteIpv6EgressOnlyRule', on: GATEWAY },
    ],
    alicloud_vpc_ipv6_gateway: [
      { action: 'CreateIpv6Gateway', on: GATEWAY },
      { action: 'DescribeIpv6GatewayAttribute', on: GATEWAY },
      { action: 'ModifyIpv6GatewayAttribute', on: GATEWAY },
      { action: 'DeleteIpv6Gateway', on: GATEWAY },
      { action: 'MoveResourceGroup', on: GATEWAY, when: 'resource_group_id' },
      ...TAGS,
    ],
    alicloud_vpc_ipv6_address: [
      { action: 'AllocateIpv6Address', on: ADDRESS },
      DESCRIBE_ADDRESSES,
      { action: 'ModifyIpv6AddressAttribute', on: VPC },
      { action: 'ReleaseIpv6Address', on: ADDRESS },
      { action: 'MoveResourceGroup', when: 'resource_group_id' },
      ...TAGS,
    ],
  },
  data: {
    alicloud_vpc_ipv6_addresses: [DESCRIBE_ADDRESSES],
    alicloud_vpc_ipv6_internet_bandwidths: [DESCRIBE_ADDRESSES],
    alicloud_vpc_ipv6_gateways: [DESCRIBE_GATEWAYS],
    alicloud_vpc_ipv6_egress_rules: [DESCRIBE_RULES],
  },
};

/**
 * The calls of `alicloud-ipv6 audit`, by the product whose API has them: they only read. RAM calls each by the product and the action.
 *
 * The ARNs are those of each action's page of the API reference. They begin with `acs:{product}:{region}:{account}:`.
 *
 * @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describesecuritygroupattribute
 */
export const AUDIT_ACTIONS: { readonly [product in 'ecs' | 'vpc']: readonly RamAction[] } = {
  ecs: [{ action: 'DescribeNetworkInterfaces' }, { action: 'DescribeSecurityGroupAttribute', on: 'securitygroup/*' }],
  vpc: [DESCRIBE_ADDRESSES, DESCRIBE_RULES],
};

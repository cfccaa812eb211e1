/** The accepted values of a string. Most rules are those of the provider's schema, which is stricter than its documentation and the API. */
export interface StringRule {
  readonly accepts: (value: string) => boolean;
  /** The accepted values in messages. */
  readonly description: string;
}

/** @see https://github.com/aliyun/terraform-provider-alicloud/blob/v1.289.0/alicloud/resource_alicloud_vpc_ipv6_gateway.go */
export const GATEWAY_NAME = identifier(2, 129);
export const GATEWAY_DESCRIPTION = identifier(3, 257);

/** @see https://github.com/aliyun/terraform-provider-alicloud/blob/v1.289.0/alicloud/resource_alicloud_vpc_ipv6_egress_rule.go */
export const RULE_NAME = identifier(3, 129);

/**
 * The provider counts bytes here, not characters.
 *
 * @see https://github.com/aliyun/terraform-provider-alicloud/blob/v1.289.0/alicloud/resource_alicloud_vpc_ipv6_egress_rule.go
 */
export const RULE_DESCRIPTION: StringRule = {
  accepts: (value) => Buffer.byteLength(value) >= 2 && Buffer.byteLength(value) <= 256,
  description: '2 to 256 bytes',
};

/**
 * The provider checks neither name nor description of an address; these are the API's rules.
 *
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-allocateipv6address
 */
export const ADDRESS_NAME = textThatIsNoUrl(2, 128);
export const ADDRESS_DESCRIPTION = textThatIsNoUrl(2, 256);

/** A timeout, as the provider parses it. @see https://pkg.go.dev/time#ParseDuration */
export const DURATION: StringRule = {
  accepts: (value) => /^(\d+(\.\d+)?(ms|s|m|h))+$/.test(value),
  description: 'a duration such as "10m" or "1h30m"',
};

function identifier(min: number, max: number): StringRule {
  const pattern = new RegExp(`^[a-zA-Z\\u4E00-\\u9FA5][\\u4E00-\\u9FA5A-Za-z0-9_-]{${min - 1},${max - 1}}$`);
  return { accepts: (value) => pattern.test(value), description: `${min} to ${max} characters: letters, digits, "_" and "-", a letter first (no spaces)` };
}

function textThatIsNoUrl(min: number, max: number): StringRule {
  const pattern = new RegExp(`^(?!https?://)[^]{${min},${max}}$`, 'u');
  return { accepts: (value) => pattern.test(value), description: `${min} to ${max} characters, not beginning with http:// or https://` };
}

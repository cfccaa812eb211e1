/** The accepted values of a string. Most rules are those of the provider's schema, which is stricter than its documentation and the API. */
export interface StringRule {
  readonly accepts: (value: string) => boolean;
  /** The accepted values in messages. */
  readonly description: string;
}

const NAME_CHARACTERS = 'letters, digits, "_" and "-", a letter first (no spaces)';

/** @see https://github.com/aliyun/terraform-provider-alicloud/blob/v1.289.0/alicloud/resource_alicloud_vpc_ipv6_gateway.go */
export const GATEWAY_NAME: StringRule = {
  accepts: matches(/^[a-zA-Z\u4E00-\u9FA5][\u4E00-\u9FA5A-Za-z0-9_-]{1,128}$/),
  description: `2 to 129 characters: ${NAME_CHARACTERS}`,
};

/** @see https://github.com/aliyun/terraform-provider-alicloud/blob/v1.289.0/alicloud/resource_alicloud_vpc_ipv6_gateway.go */
export const GATEWAY_DESCRIPTION: StringRule = {
  accepts: matches(/^[a-zA-Z\u4E00-\u9FA5][\u4E00-\u9FA5A-Za-z0-9_-]{2,256}$/),
  description: `3 to 257 characters: ${NAME_CHARACTERS}`,
};

/** @see https://github.com/aliyun/terraform-provider-alicloud/blob/v1.289.0/alicloud/resource_alicloud_vpc_ipv6_egress_rule.go */
export const RULE_NAME: StringRule = {
  accepts: matches(/^[a-zA-Z\u4E00-\u9FA5][\u4E00-\u9FA5A-Za-z0-9_-]{2,128}$/),
  description: `3 to 129 characters: ${NAME_CHARACTERS}`,
};

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
export const ADDRESS_NAME: StringRule = {
  accepts: matches(/^(?!https?:\/\/)[^]{2,128}$/u),
  description: '2 to 128 characters, not beginning with http:// or https://',
};

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-allocateipv6address */
export const ADDRESS_DESCRIPTION: StringRule = {
  accepts: matches(/^(?!https?:\/\/)[^]{2,256}$/u),
  description: '2 to 256 characters, not beginning with http:// or https://',
};

/** A timeout, as the provider parses it. @see https://pkg.go.dev/time#ParseDuration */
export const DURATION: StringRule = {
  accepts: matches(/^(\d+(\.\d+)?(ms|s|m|h))+$/),
  description: 'a duration such as "10m" or "1h30m"',
};

function matches(pattern: RegExp): (value: string) => boolean {
  return (value) => pattern.test(value);
}

/** What a text may be: mostly what the provider's schema accepts, which is stricter than its documentation and the API. */
export interface TextRule {
  readonly accepts: (text: string) => boolean;
  readonly says: string;
}

const NAME_CHARACTERS = 'letters, digits, "_" and "-", a letter first (no spaces)';

/** @see https://github.com/aliyun/terraform-provider-alicloud/blob/v1.289.0/alicloud/resource_alicloud_vpc_ipv6_gateway.go */
export const GATEWAY_NAME: TextRule = {
  accepts: matches(/^[a-zA-Z\u4E00-\u9FA5][\u4E00-\u9FA5A-Za-z0-9_-]{1,128}$/),
  says: `2 to 129 characters: ${NAME_CHARACTERS}`,
};

/** @see https://github.com/aliyun/terraform-provider-alicloud/blob/v1.289.0/alicloud/resource_alicloud_vpc_ipv6_gateway.go */
export const GATEWAY_DESCRIPTION: TextRule = {
  accepts: matches(/^[a-zA-Z\u4E00-\u9FA5][\u4E00-\u9FA5A-Za-z0-9_-]{2,256}$/),
  says: `3 to 257 characters: ${NAME_CHARACTERS}`,
};

/** @see https://github.com/aliyun/terraform-provider-alicloud/blob/v1.289.0/alicloud/resource_alicloud_vpc_ipv6_egress_rule.go */
export const RULE_NAME: TextRule = {
  accepts: matches(/^[a-zA-Z\u4E00-\u9FA5][\u4E00-\u9FA5A-Za-z0-9_-]{2,128}$/),
  says: `3 to 129 characters: ${NAME_CHARACTERS}`,
};

/**
 * The provider counts bytes here, not characters.
 *
 * @see https://github.com/aliyun/terraform-provider-alicloud/blob/v1.289.0/alicloud/resource_alicloud_vpc_ipv6_egress_rule.go
 */
export const RULE_DESCRIPTION: TextRule = {
  accepts: (text) => Buffer.byteLength(text) >= 2 && Buffer.byteLength(text) <= 256,
  says: '2 to 256 bytes',
};

/**
 * The provider checks neither name nor description of an address; these are the API's rules.
 *
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-allocateipv6address
 */
export const ADDRESS_NAME: TextRule = {
  accepts: matches(/^(?!https?:\/\/)[^]{2,128}$/u),
  says: '2 to 128 characters, not beginning with http:// or https://',
};

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-allocateipv6address */
export const ADDRESS_DESCRIPTION: TextRule = {
  accepts: matches(/^(?!https?:\/\/)[^]{2,256}$/u),
  says: '2 to 256 characters, not beginning with http:// or https://',
};

/** What the provider can read as a timeout. @see https://pkg.go.dev/time#ParseDuration */
export const DURATION: TextRule = {
  accepts: matches(/^(\d+(\.\d+)?(ms|s|m|h))+$/),
  says: 'a duration such as "10m" or "1h30m"',
};

function matches(pattern: RegExp): (text: string) => boolean {
  return (text) => pattern.test(text);
}

/**
 * Features of the provider aliyun/alicloud by the version that they require, the latest first.
 *
 * @see https://github.com/aliyun/terraform-provider-alicloud/blob/v1.289.0/CHANGELOG.md
 */
export const PROVIDER_VERSIONS: readonly { readonly since: string; readonly has: string }[] = [
  { since: '1.289.0', has: 'the library is tested with 1.289' },
  { since: '1.245.0', has: 'ipv6Address of an Ipv6Address requires 1.245' },
  { since: '1.216.0', has: 'Ipv6Address requires 1.216' },
  { since: '1.205.0', has: 'tags and resourceGroupId of an Ipv6Gateway require 1.205' },
  { since: '1.143.0', has: 'Internet bandwidth requires 1.143' },
];

/**
 * What the versions of the provider aliyun/alicloud before the one that this library is made for do not have, the latest first.
 *
 * @see https://github.com/aliyun/terraform-provider-alicloud/blob/v1.289.0/CHANGELOG.md
 */
export const PROVIDER_VERSIONS: readonly { readonly since: string; readonly has: string }[] = [
  { since: '1.289.0', has: 'what plans keep and replace was tried with 1.289' },
  { since: '1.245.0', has: 'an Ipv6Address takes ipv6Address from 1.245 on' },
  { since: '1.216.0', has: 'Ipv6Address from 1.216 on' },
  { since: '1.205.0', has: 'tags and resourceGroupId of an Ipv6Gateway from 1.205 on' },
  { since: '1.143.0', has: 'Internet bandwidth from 1.143 on' },
];

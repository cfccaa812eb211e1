export * from './internet-charge-type';
export * from './ipv6-address';
export * from './ipv6-egress-only-rule';
export * from './ipv6-gateway';
export * from './ipv6-internet-bandwidth';
export * as providerAlicloud from './provider-alicloud';

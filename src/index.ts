export * from './internet-charge-type';
export * from './ipv6-address';
export * from './ipv6-egress-only-rule';
export * from './ipv6-exposure-report';
export * from './ipv6-exposure-rules';
export * from './ipv6-gateway';
export * from './ipv6-internet-bandwidth';
export * from './ipv6-ram-policy';
export * as providerAlicloud from './provider-alicloud';

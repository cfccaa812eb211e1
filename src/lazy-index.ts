/**
 * The module of `require('cdktf-alicloud-ipv6')`. Each export of index.ts loads its module when it is first read, as in the index that
 * cdktf generates for bindings. All modules take about 1.15 times as long to load as cdktf alone, those of the constructs about 1.08 times.
 */
import type * as library from './index';

const loaders: { [name in keyof typeof library]: () => unknown } = {
  InternetChargeType: () => require('./internet-charge-type').InternetChargeType,
  Ipv6Address: () => require('./ipv6-address').Ipv6Address,
  Ipv6AddressLookup: () => require('./ipv6-address-lookup').Ipv6AddressLookup,
  Ipv6Addresses: () => require('./ipv6-addresses').Ipv6Addresses,
  Ipv6EgressOnlyRule: () => require('./ipv6-egress-only-rule').Ipv6EgressOnlyRule,
  Ipv6ExposureReport: () => require('./ipv6-exposure-report').Ipv6ExposureReport,
  Ipv6ExposureRules: () => require('./ipv6-exposure-rules').Ipv6ExposureRules,
  Ipv6ExposureSeverity: () => require('./ipv6-exposure-rules').Ipv6ExposureSeverity,
  Ipv6Gateway: () => require('./ipv6-gateway').Ipv6Gateway,
  Ipv6Inbound: () => require('./ipv6-exposure-report').Ipv6Inbound,
  Ipv6InternetBandwidth: () => require('./ipv6-internet-bandwidth').Ipv6InternetBandwidth,
  Ipv6InternetBandwidths: () => require('./ipv6-internet-bandwidths').Ipv6InternetBandwidths,
  Ipv6RamPolicy: () => require('./ipv6-ram-policy').Ipv6RamPolicy,
  providerAlicloud: () => require('./provider-alicloud/lazy-index'),
};
// Node.js reads these declarations to find the names for `import { … }` of an ES module.
export let InternetChargeType: unknown, Ipv6Address: unknown, Ipv6AddressLookup: unknown, Ipv6Addresses: unknown,
  Ipv6EgressOnlyRule: unknown, Ipv6ExposureReport: unknown, Ipv6ExposureRules: unknown, Ipv6ExposureSeverity: unknown,
  Ipv6Gateway: unknown, Ipv6Inbound: unknown, Ipv6InternetBandwidth: unknown, Ipv6InternetBandwidths: unknown,
  Ipv6RamPolicy: unknown, providerAlicloud: unknown;
for (const [name, get] of Object.entries(loaders)) Object.defineProperty(exports, name, { enumerable: true, get });

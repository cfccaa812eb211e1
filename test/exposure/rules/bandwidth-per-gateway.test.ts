import { BandwidthFact } from '../../../src/exposure/facts';
import { applied, bandwidthFact, findingsIn, shown } from '../facts';

const find = (...bandwidths: Partial<BandwidthFact>[]) =>
  shown(findingsIn({ bandwidths: bandwidths.map(bandwidthFact) }, [applied('Ipv6BandwidthPerGateway', 100)]));

test.each<[string, Partial<BandwidthFact>[]]>([
  ['the maximum', [{ mbps: 60 }, { mbps: 40 }]],
  ['the maximum of each of two gateways', [{ mbps: 100 }, { mbps: 100, gateway: 'ipv6gw-2' }]],
  ['the maximum with an unknown gateway', [{ mbps: 60 }, { mbps: 40, gateway: undefined }]],
  ['the maximum of unknown gateways together', [{ mbps: 60, gateway: undefined }, { mbps: 40, gateway: undefined }]],
])('%s is compliant', (_, bandwidths) => {
  expect(find(...bandwidths)).toEqual([]);
});

test.each<[string, Partial<BandwidthFact>[], [string, string, boolean]]>([
  ['one more', [{ mbps: 60 }, { mbps: 41 }], ['ipv6gw-1', '101 Mbit/s in all', false]],
  ['the addresses of a set', [{ mbps: 10, addresses: 11 }], ['ipv6gw-1', '110 Mbit/s in all', false]],
  ['too much, and an unknown number', [{ mbps: 101 }, { mbps: undefined }], ['ipv6gw-1', '101, and 1 unknown Mbit/s in all', false]],
  ['an unknown number', [{ mbps: 1 }, { mbps: undefined }], ['ipv6gw-1', '1, and 1 unknown Mbit/s, with all bandwidth whose gateway is unknown', true]],
  ['an unknown number of addresses', [{ addresses: undefined }], ['ipv6gw-1', 'unknown Mbit/s, with all bandwidth whose gateway is unknown', true]],
  ['a gateway that may be an unknown one', [{ mbps: 60 }, { mbps: 60, gateway: undefined }], ['ipv6gw-1', '120 Mbit/s, with all bandwidth whose gateway is unknown', true]],
  ['unknown gateways that may be one', [{ mbps: 60, gateway: undefined }, { mbps: 60, gateway: undefined }],
    ['a gateway whose id is unknown', '120 Mbit/s in all', false]],
])('%s is non-compliant', (_, bandwidths, finding) => {
  expect(find(...bandwidths)).toEqual([finding]);
});

import { applied, bandwidthFact, findingsIn, shown } from '../facts';

const find = (mbps: number | undefined, differences = {}) =>
  shown(findingsIn({ bandwidths: [bandwidthFact({ mbps, ...differences })] }, [applied('Ipv6BandwidthPerAddress', 100)]));

test('the maximum is compliant', () => {
  expect(find(100)).toEqual([]);
});

test('a bandwidth that another program buys is compliant', () => {
  expect(find(undefined, { isElsewhere: true })).toEqual([]);
});

test.each([[101, '101 Mbit/s', false], [undefined, 'unknown Mbit/s', true]])('%s Mbit/s is non-compliant', (mbps, actual, isUnknown) => {
  expect(find(mbps)).toEqual([['stack/B', actual, isUnknown]]);
});

import { bandwidthFact } from './facts';
import { addressTotals, gatewayTotals, showSum } from '../../src/exposure/totals';

const NONE = { bandwidths: [], egressOnlyRules: [], gateways: [], opaque: [] };

test.each([
  [{ known: 3, unknown: 0 }, '3'],
  [{ known: 0, unknown: 0 }, '0'],
  [{ known: 0, unknown: 2 }, 'unknown'],
  [{ known: 3, unknown: 2 }, '3, and 2 unknown'],
])('the sum %j is shown as %s', (sum, text) => {
  expect(showSum(sum)).toBe(text);
});

test('addresses are counted, and an unknown number is never one or none', () => {
  const bandwidths = [bandwidthFact({ addresses: 30, inbound: 'open' }), bandwidthFact({ addresses: undefined }), bandwidthFact({ mbps: undefined })];
  expect(addressTotals(bandwidths, () => 'all')).toEqual([{
    name: 'all', addresses: { known: 31, unknown: 1 }, open: { known: 30, unknown: 0 }, mbps: { known: 300, unknown: 2 },
  }]);
});

test('totals are sorted by name', () => {
  expect(addressTotals(['b', 'a', 'Z'].map((gateway) => bandwidthFact({ gateway })), ({ gateway }) => gateway!).map(({ name }) => name)).toEqual(['Z', 'a', 'b']);
});

test('a bandwidth with an unknown gateway counts for each gateway, or has its own total if there is no gateway', () => {
  const unknown = bandwidthFact({ gateway: undefined, mbps: 5 });
  expect(gatewayTotals({ ...NONE, bandwidths: [bandwidthFact(), unknown] })).toMatchObject([
    { gateway: 'ipv6gw-1', mbps: { known: 10 }, atMost: { mbps: { known: 15 } } },
  ]);
  expect(gatewayTotals({ ...NONE, bandwidths: [unknown] })).toMatchObject([
    { gateway: undefined, mbps: { known: 5 }, atMost: { mbps: { known: 5 } } },
  ]);
});

test('a bandwidth that another program buys adds no Mbit/s', () => {
  expect(gatewayTotals({ ...NONE, bandwidths: [bandwidthFact({ isElsewhere: true })] })).toEqual([]);
});

describe('the place of a total', () => {
  const placeOf = (paths: string[], gateways: { path: string; subject: string; gateway: string }[] = []) =>
    gatewayTotals({ ...NONE, gateways, bandwidths: paths.map((path) => bandwidthFact({ path })) })[0].place;

  test('is the gateway, if it is known', () => {
    expect(placeOf(['a/B'], [{ path: 'network/Gateway', subject: 'network/Gateway', gateway: 'ipv6gw-1' }])).toMatchObject({ path: 'network/Gateway' });
  });

  test.each([
    [['a/B'], 'a/B'],
    [['a/x/B', 'a/x/C'], 'a/x'],
    [['a/B', 'a/BC'], 'a'],
    [['a/B', 'b/B'], ''],
  ])('is the common path of %j, with the id of the gateway', (paths, path) => {
    expect(placeOf(paths)).toEqual({ path, block: 'ipv6gw-1', subject: 'ipv6gw-1' });
  });
});

import { applied, bandwidthFact, findingsIn, shown } from '../facts';

const find = (chargeType: string | undefined, allowed: string[]) =>
  shown(findingsIn({ bandwidths: [bandwidthFact({ chargeType })] }, [applied('Ipv6ChargeTypeAllowed', allowed)]));

test('an allowed charge type is compliant', () => {
  expect(find('PayByTraffic', ['PayByBandwidth', 'PayByTraffic'])).toEqual([]);
});

test.each([['PayByTraffic', 'PayByTraffic', false], [undefined, 'an unknown charge type', true]])('%s is non-compliant if another one is allowed', (chargeType, actual, isUnknown) => {
  expect(find(chargeType, ['PayByBandwidth'])).toEqual([['stack/B', actual, isUnknown]]);
});

import { BandwidthFact, OpaqueFact } from '../../../src/exposure/facts';
import { applied, bandwidthFact, findingsIn, shown } from '../facts';

const RULES = [applied('Ipv6EgressOnlyRequired', true)];
const find = (differences: Partial<BandwidthFact>) => shown(findingsIn({ bandwidths: [bandwidthFact(differences)] }, RULES));

test('a closed address is compliant', () => {
  expect(find({ inbound: 'closed' })).toEqual([]);
});

test.each<[BandwidthFact['inbound'], string, boolean]>([
  ['open', 'the Internet can open connections to the address (because)', false],
  ['unproven', 'inbound is not provably closed (because)', true],
])('an address that is %s is non-compliant', (inbound, actual, isUnknown) => {
  expect(find({ inbound, reason: 'because' })).toEqual([['stack/B', actual, isUnknown]]);
});

test('a service with a public IPv6 address is non-compliant, and another rule checks modules', () => {
  const opaque = (kind: OpaqueFact['kind']): OpaqueFact => ({ kind, path: `stack/${kind}`, subject: `stack/${kind}` });
  expect(shown(findingsIn({ opaque: [opaque('service'), opaque('module'), opaque('file')] }, RULES)))
    .toEqual([['stack/service', 'a service with a public IPv6 address of its own, which is not checked', true]]);
});

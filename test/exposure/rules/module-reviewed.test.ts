import { OpaqueFact } from '../../../src/exposure/facts';
import { applied, bandwidthFact, findingsIn } from '../facts';

const RULES = [applied('Ipv6ModuleReviewed', true)];

test.each<[OpaqueFact['kind'], string[]]>([
  ['module', ['a module, whose resources the synthesis cannot read']],
  ['file', ['another file that Terraform reads with the stack']],
  ['service', []],
])('a %s', (kind, actual) => {
  expect(findingsIn({ opaque: [{ kind, path: 'stack/M', subject: 'stack/M' }] }, RULES).map((finding) => finding.actual)).toEqual(actual);
});

test('a bandwidth is compliant', () => {
  expect(findingsIn({ bandwidths: [bandwidthFact()] }, RULES)).toEqual([]);
});

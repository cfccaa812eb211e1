import { applied, bandwidthFact, findingsIn, shown } from './facts';
import { ExposureFacts } from '../../src/exposure/facts';
import { judge } from '../../src/exposure/findings';
import { EXPOSURE_RULES } from '../../src/exposure/rules';

const OPEN = bandwidthFact({ path: 'stack/Open', inbound: 'open' });
const UNPROVEN = bandwidthFact({ path: 'stack/Unproven', inbound: 'unproven' });
const REQUIRED = applied('Ipv6EgressOnlyRequired', true);
const ruleId = 'Ipv6EgressOnlyRequired';
const reason = 'a web server';

test('a finding has the severity of its rule, and one whose value is unknown has that of unknown values', () => {
  expect(findingsIn({ bandwidths: [OPEN, UNPROVEN] }, [REQUIRED]).map(({ severity }) => severity)).toEqual(['error', 'warning']);
});

test('a rule applies to its scope and to all paths below it', () => {
  const bandwidths = ['stack', 'stack/Open', 'stack/Open/Inner', 'stack/Opener'].map((path) => bandwidthFact({ path, inbound: 'open' }));
  expect(shown(findingsIn({ bandwidths }, [{ ...REQUIRED, scope: 'stack/Open' }])).map(([path]) => path)).toEqual(['stack/Open', 'stack/Open/Inner']);
});

describe('an acknowledgement', () => {
  const acknowledged = (facts: Partial<ExposureFacts>, ...acknowledgements: { path: string; block?: string; ruleId?: string }[]) =>
    findingsIn(facts, EXPOSURE_RULES.map((rule) => applied(rule.id, rule.setBy === 'maxBandwidthPerGateway' ? 1 : rule.defaultLimit ?? 1000)).filter(({ rule }) =>
      ['Ipv6EgressOnlyRequired', 'Ipv6BandwidthPerGateway', 'Ipv6ModuleReviewed'].includes(rule.id)), acknowledgements.map((each) => ({ ruleId, reason, ...each })))
      .filter(({ acknowledgement }) => acknowledgement).map((finding) => [finding.ruleId, finding.place.subject]);

  test.each([
    ['the path', { path: 'stack/Open' }, 1],
    ['a parent', { path: 'stack' }, 0],
    ['the app', { path: '' }, 0],
    ['a path below', { path: 'stack/Open/Inner' }, 0],
    ['the path and a block', { path: 'stack/Open', block: 'alicloud_vpc_ipv6_internet_bandwidth.b' }, 0],
    ['the path, with another rule', { path: 'stack/Open', ruleId: 'Ipv6LibraryConstructRequired' }, 0],
  ])('of %s', (_, acknowledgement, findings) => {
    expect(acknowledged({ bandwidths: [OPEN] }, acknowledgement)).toHaveLength(findings);
  });

  test.each([
    ['the path and the block', { path: 'stack', block: 'x.b' }, 1],
    ['the path alone', { path: 'stack' }, 0],
    ['another block', { path: 'stack', block: 'x.c' }, 0],
  ])('of %s, for a block that no construct writes', (_, acknowledgement, findings) => {
    expect(acknowledged({ bandwidths: [{ ...OPEN, path: 'stack', block: 'x.b' }] }, acknowledgement)).toHaveLength(findings);
  });

  test('of a module covers the resources in it, and nothing else', () => {
    const inModule = { ...OPEN, path: 'stack/Module', isInModule: true };
    const acknowledgement = { path: 'stack/Module', ruleId: 'Ipv6ModuleReviewed' };
    expect(acknowledged({ bandwidths: [inModule] }, acknowledgement)).toEqual([['Ipv6EgressOnlyRequired', 'stack/Open']]);
    expect(acknowledged({ bandwidths: [{ ...inModule, isInModule: false }] }, acknowledgement)).toEqual([]);
  });

  test.each([
    ['the shared path and the gateway', { path: 'stack/Open', block: 'ipv6gw-1' }, 1],
    ['the shared path alone', { path: 'stack/Open' }, 0],
    ['a parent and the gateway', { path: 'stack', block: 'ipv6gw-1' }, 0],
    ['the app', { path: '' }, 0],
  ])('of %s, for the total of a gateway that no construct creates', (_, acknowledgement, findings) => {
    const closed = { ...OPEN, inbound: 'closed' as const };
    expect(acknowledged({ bandwidths: [closed] }, { ...acknowledgement, ruleId: 'Ipv6BandwidthPerGateway' })).toHaveLength(findings);
  });
});

describe('a stale acknowledgement', () => {
  const stale = (acknowledgement: object) =>
    judge({ bandwidths: [OPEN], egressOnlyRules: [], gateways: [], opaque: [] }, [{ ...REQUIRED, scope: 'stack' }], [{ ruleId, reason, path: 'stack/Open', ...acknowledgement }]).stale;

  test.each([
    ['of a finding', {}, 0],
    ['of a path without a finding', { path: 'stack/Closed' }, 1],
    ['with a block that no finding has', { block: 'x.b' }, 1],
    ['of a rule that is not applied', { ruleId: 'Ipv6ModuleReviewed', path: 'stack/Closed' }, 0],
    ['of a path that the rule does not apply to', { path: 'other/Closed' }, 0],
  ])('%s', (_, acknowledgement, found) => {
    expect(stale(acknowledgement)).toHaveLength(found);
  });
});

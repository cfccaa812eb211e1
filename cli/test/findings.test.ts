import { BANDWIDTH, bandwidth, change, planNamed, planWith, RULE, rule } from './plans';
import { EXPOSURE_RULES } from '../../src/exposure/rules';
import { exposureOf } from '../src/exposure';
import { Finding, findingsOf } from '../src/findings';
import { Plan } from '../src/plan';
import { LIMITS, RulesFile } from '../src/rules-file';

const create = (address: string, after: Readonly<Record<string, unknown>>) => change(address, ['create'], { after });

/** What rules find in a plan with these changes. */
function found(rules: readonly object[], changes: readonly object[], more: object = {}): Finding[] {
  const file = RulesFile.parse(JSON.stringify({ format: 1, rules, ...more }));
  return findingsOf(exposureOf(Plan.parse(planWith({ changes }))), file.ofStack(undefined, undefined));
}

/** The rules of a CDKTF app with one stack. */
function ofStack(rules: readonly object[], constructs: Record<string, string>, acknowledgements: readonly object[] = []): RulesFile {
  return RulesFile.parse(JSON.stringify({ format: 1, stacks: { web: { path: 'web', rules, constructs, acknowledgements } } }));
}

function foundInStack(file: RulesFile, changes: readonly object[]): string[] {
  return findingsOf(exposureOf(Plan.parse(planWith({ changes }))), file.ofStack(undefined, 'web'))
    .map(({ ruleId, path, isForbidden, acknowledgement }) => `${isForbidden ? 'forbidden' : acknowledgement?.reason ?? 'warning'}: ${ruleId} ${path}`);
}

const A = create(`${BANDWIDTH}.a`, bandwidth('ipv6-a'));
const CLOSED = [A, create(`${RULE}.a`, rule('ipv6-a'))];

test('the rules are those of the library', () => {
  expect(Object.keys(LIMITS)).toEqual(EXPOSURE_RULES.map(({ id }) => id));
});

describe.each<[string, unknown, readonly object[], readonly object[], string]>([
  ['Ipv6EgressOnlyRequired', true, CLOSED, [A], 'the Internet can open connections to the address: no egress-only rule of this plan is for it'],
  ['Ipv6BandwidthPerAddress', 10, [A], [create(`${BANDWIDTH}.a`, bandwidth('ipv6-a', { bandwidth: 11 }))], '11 Mbit/s'],
  ['Ipv6BandwidthPerAddress', 10, [A], [create(`${BANDWIDTH}.a`, bandwidth('ipv6-a', { bandwidth: undefined }))], 'known after apply Mbit/s'],
  ['Ipv6ChargeTypeAllowed', ['PayByBandwidth'], [A], [create(`${BANDWIDTH}.a`, bandwidth('ipv6-a', { internet_charge_type: 'PayByTraffic' }))], 'PayByTraffic'],
  ['Ipv6ChargeTypeAllowed', ['PayByBandwidth'], [A], [create(`${BANDWIDTH}.a`, bandwidth('ipv6-a', { internet_charge_type: undefined }))], 'known after apply'],
  ['Ipv6BandwidthPerGateway', 10, [A], [A, create(`${BANDWIDTH}.b`, bandwidth('ipv6-b', { bandwidth: 1 }))], '11 Mbit/s'],
  ['Ipv6BandwidthPerGateway', 10, [A], [A, create(`${BANDWIDTH}.b`, bandwidth('ipv6-b', { ipv6_gateway_id: undefined, bandwidth: 1 }))], '11 Mbit/s'],
  ['Ipv6BandwidthPerGateway', 10, [A], [create(`${BANDWIDTH}.a`, bandwidth('ipv6-a', { bandwidth: undefined }))], '0 Mbit/s, and 1 times known after apply'],
  ['Ipv6BandwidthPerGateway', 10, [A, create(`${BANDWIDTH}.b`, bandwidth('ipv6-b', { ipv6_gateway_id: 'ipv6gw-2' }))], [create(`${BANDWIDTH}.a`, bandwidth('ipv6-a', { ipv6_gateway_id: undefined, bandwidth: 11 }))], '11 Mbit/s'],
  ['Ipv6EgressOnlyRulesPerGateway', 1, CLOSED, [...CLOSED, create(`${RULE}.b`, rule('ipv6-b'))], '2 egress-only rules'],
])('%s of %j', (id, limit, compliant, not, actual) => {
  test('finds what is not compliant', () => {
    expect(found([{ id, limit }], compliant)).toEqual([]);
    expect(found([{ id, limit }], not)).toMatchObject([{ ruleId: id, isForbidden: true, actual }]);
  });
});

test('a rule of false, and one of what only the synthesis knows, finds nothing', () => {
  expect(found([{ id: 'Ipv6EgressOnlyRequired', limit: false }, { id: 'Ipv6LibraryConstructRequired' }, { id: 'Ipv6ModuleReviewed' }], [A])).toEqual([]);
});

test('what the plan takes away is judged no more, and what it leaves is', () => {
  const gone = change(`${BANDWIDTH}.a`, ['delete'], { before: bandwidth('ipv6-a') });
  expect(found([{ id: 'Ipv6EgressOnlyRequired' }], [gone])).toEqual([]);
  const stays = change(`${BANDWIDTH}.a`, ['no-op'], { before: bandwidth('ipv6-a'), after: bandwidth('ipv6-a') });
  expect(found([{ id: 'Ipv6EgressOnlyRequired' }], [stays])).toHaveLength(1);
});

describe('with the rules of a CDKTF app', () => {
  const constructs = { [`${BANDWIDTH}.a`]: 'web/A', [`${BANDWIDTH}.b`]: 'web/Part/B', [`${BANDWIDTH}.hidden`]: 'web', 'module.m': 'web/Module' };
  const egressOnly = { id: 'Ipv6EgressOnlyRequired', severity: 'error', scope: '', limit: true };
  const all = [
    A, create(`${BANDWIDTH}.b`, bandwidth('ipv6-b')), create(`${BANDWIDTH}.hidden`, bandwidth('ipv6-c')), create(`module.m["k"].${BANDWIDTH}.x[0]`, bandwidth('ipv6-d')),
  ];
  const acknowledged = (path: string, more: object = {}) => ({ ruleId: 'Ipv6EgressOnlyRequired', reason: 'meant', path, ...more });

  test('a rule is for the constructs in its scope', () => {
    const paths = (scope: string) => foundInStack(ofStack([{ ...egressOnly, scope }], constructs), all).map((line) => line.split(' ')[2]);
    expect(paths('')).toEqual(['web/A', 'web/Part/B', 'web', 'web/Module']);
    expect(paths('web')).toEqual(paths(''));
    expect(paths('web/Part')).toEqual(['web/Part/B']);
    expect(paths('web/P')).toEqual([]);
  });

  test('a warning forbids nothing', () => {
    expect(foundInStack(ofStack([{ ...egressOnly, severity: 'warning' }], constructs), [A])).toEqual(['warning: Ipv6EgressOnlyRequired web/A']);
  });

  test.each([
    ['of the construct', acknowledged('web/A'), 0],
    ['of a part, for all in it', acknowledged('web/Part'), undefined],
    ['of the stack, for a block that it does not name', acknowledged('web'), undefined],
    ['of the stack, for the block', acknowledged('web', { block: `${BANDWIDTH}.hidden` }), 2],
    ['of the stack, for another block', acknowledged('web', { block: `${BANDWIDTH}.other` }), undefined],
    ['of the module', acknowledged('web/Module'), 3],
    ['of the module, as reviewed', acknowledged('web/Module', { ruleId: 'Ipv6ModuleReviewed' }), 3],
    ['of a construct, as a reviewed module', acknowledged('web/A', { ruleId: 'Ipv6ModuleReviewed' }), undefined],
    ['of another rule', acknowledged('web/A', { ruleId: 'Ipv6BandwidthPerAddress' }), undefined],
  ])('an acknowledgement %s', (_, acknowledgement, which) => {
    const lines = foundInStack(ofStack([egressOnly], constructs, [acknowledgement]), all);
    expect(lines.map((line) => line.startsWith('meant: '))).toEqual(all.map((__, i) => i === which));
  });

  test('a total of a gateway is acknowledged at the gateway, or at what holds its bandwidths', () => {
    const gateway = change('alicloud_vpc_ipv6_gateway.g', ['no-op'], { before: { id: 'ipv6gw-1' }, after: { id: 'ipv6gw-1' } });
    const perGateway = { ...egressOnly, id: 'Ipv6BandwidthPerGateway', limit: 15 };
    const named = { ...constructs, 'alicloud_vpc_ipv6_gateway.g': 'web/Gateway' };
    const line = (path: string, changes: readonly object[]) =>
      foundInStack(ofStack([perGateway], named, [acknowledged(path, { ruleId: 'Ipv6BandwidthPerGateway' })]), changes);
    expect(line('web/Gateway', [...all.slice(0, 2), gateway])).toEqual(['meant: Ipv6BandwidthPerGateway web/Gateway']);
    expect(line('', all.slice(0, 2))).toEqual(['meant: Ipv6BandwidthPerGateway web']);
    expect(line('web/A', all.slice(0, 2))).toEqual(['forbidden: Ipv6BandwidthPerGateway web']);
  });
});

describe('with rules that were written by hand', () => {
  test('paths are Terraform addresses, without keys', () => {
    const changes = [create(`${BANDWIDTH}.a["x"]`, bandwidth('ipv6-a')), create(`module.m[0].${BANDWIDTH}.b`, bandwidth('ipv6-b'))];
    const acknowledgements = [{ ruleId: 'Ipv6EgressOnlyRequired', reason: 'a web server', path: `${BANDWIDTH}.a` }];
    expect(found([{ id: 'Ipv6EgressOnlyRequired' }], changes, { acknowledgements }).map(({ path, isForbidden }) => [path, isForbidden]))
      .toEqual([[`${BANDWIDTH}.a`, false], ['module.m', true]]);
  });

  test('real plans are held against them', () => {
    const file = RulesFile.parse('{"format":1,"rules":[{"id":"Ipv6EgressOnlyRequired"},{"id":"Ipv6BandwidthPerAddress","limit":10}]}');
    const findings = findingsOf(exposureOf(planNamed('for-each-and-modules')), file.ofStack(undefined, undefined));
    expect(findings.map(({ ruleId, subject }) => `${ruleId} ${subject.replace(`${BANDWIDTH}.`, '')}`)).toEqual([
      'Ipv6EgressOnlyRequired fleet["a"]', 'Ipv6EgressOnlyRequired fleet["e"]', 'Ipv6EgressOnlyRequired module.server["s2"].this', 'Ipv6BandwidthPerAddress fleet["b"]',
    ]);
  });
});

describe('a file of rules that cannot be used is refused', () => {
  test.each<[string, string, string]>([
    ['no JSON', '{', 'is not valid JSON'],
    ['no object', '[]', 'it has no "format"'],
    ['another format', '{"format":2}', 'has format 2, and this command reads format 1'],
    ['a rule that it does not know', '{"format":1,"rules":[{"id":"Ipv6Other"}]}', 'rules[0] is Ipv6Other, which this command does not know'],
    ['a rule that JavaScript knows', '{"format":1,"rules":[{"id":"toString"}]}', 'rules[0] is toString, which this command does not know'],
    ['a limit that is none', '{"format":1,"rules":[{"id":"Ipv6BandwidthPerAddress","limit":"10"}]}', 'must be a whole number from 1'],
    ['a limit that is left out', '{"format":1,"rules":[{"id":"Ipv6BandwidthPerAddress"}]}', 'must be a whole number from 1'],
    ['a severity that there is not', '{"format":1,"rules":[{"id":"Ipv6EgressOnlyRequired","severity":"info"}]}', 'must be "error" or "warning"'],
    ['an acknowledgement without a reason', '{"format":1,"rules":[],"acknowledgements":[{"ruleId":"Ipv6EgressOnlyRequired","path":"a","reason":" "}]}', 'acknowledgements[0] needs'],
    ['no rules', '{"format":1,"rule":[]}', '"rules" is not a list of objects'],
    ['rules that are no list', '{"format":1,"rules":{}}', '"rules" is not a list of objects'],
    ['stacks that are none', '{"format":1,"stacks":[]}', '"stacks" is not an object'],
    ['a stack without a path', '{"format":1,"stacks":{"a":{}}}', 'stacks.a has no "path"'],
  ])('%s', (_, text, message) => {
    expect(() => RulesFile.parse(text).ofStack(undefined, undefined)).toThrow(message);
  });
});

describe('the stack of a plan', () => {
  const file = RulesFile.parse(JSON.stringify({
    format: 1, stacks: Object.fromEntries(['web', 'network'].map((name) => [name, { path: name, rules: [], constructs: {}, acknowledgements: [] }])),
  }));

  test('is the one that is named, or whose folder the plan is in, or the only one', () => {
    expect(file.ofStack('web', 'network').pathOf('')).toBe('web');
    expect(file.ofStack(undefined, 'network').pathOf('')).toBe('network');
    expect(ofStack([], {}).ofStack(undefined, 'elsewhere').pathOf('')).toBe('web');
  });

  test('has to be said otherwise', () => {
    expect(() => file.ofStack(undefined, 'elsewhere')).toThrow('has the stacks web, network: say with --stack which one the plan is of');
    expect(() => file.ofStack('other', 'web')).toThrow('has no stack other, but web, network');
  });
});

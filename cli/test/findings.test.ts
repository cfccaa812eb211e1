import { BANDWIDTH, bandwidth, change, judged, planText, planWith, RULE, rule } from './plans';
import { Finding } from '../../src/exposure/findings';
import { RulesFile } from '../src/rules-file';

const GATEWAY = 'alicloud_vpc_ipv6_gateway';

const keep = (address: string, values: Readonly<Record<string, unknown>>) => change(address, ['no-op'], { before: values, after: values });
const create = (address: string, after: Readonly<Record<string, unknown>>) => change(address, ['create'], { after });

/** The findings in a plan with these changes, by rules that were written by hand. */
function found(rules: readonly object[], changes: readonly object[], more: object = {}): readonly Finding[] {
  return judged(planWith({ changes }), { format: 1, rules, ...more }).findings;
}

interface StackRules {
  readonly rules: readonly object[];
  readonly constructs?: Record<string, string>;
  readonly acknowledgements?: readonly object[];
}

/** The findings in the plan of a stack of a CDKTF app, and its unused acknowledgements. */
function inStack({ rules, constructs = {}, acknowledgements = [] }: StackRules, changes: readonly object[]) {
  const { findings, stale } = judged(planWith({ changes }), { format: 1, stacks: { web: { path: 'web', rules, constructs, acknowledgements } } });
  return {
    lines: findings.map(({ ruleId, place: { path, block }, severity, acknowledgement }) =>
      `${acknowledgement?.reason ?? severity}: ${ruleId} ${path}${block === undefined ? '' : ` ${block}`}`),
    stale: stale.map(({ path, block }) => [path, block].filter(Boolean).join(' ')),
  };
}

const A = keep(`${BANDWIDTH}.a`, bandwidth('ipv6-a'));
const CLOSED = [A, keep(`${RULE}.a`, rule('ipv6-a'))];
const PLAIN = { severity: 'error', isUnknown: false };
const UNKNOWN = { severity: 'error', isUnknown: true };

describe.each<[string, unknown, readonly object[], readonly object[], object]>([
  ['Ipv6EgressOnlyRequired', true, CLOSED, [A], { ...PLAIN, actual: 'the Internet can open connections to the address (no egress-only rule in this plan matches this address)' }],
  ['Ipv6EgressOnlyRequired', true, CLOSED, [A, keep(`${RULE}.a`, rule('ipv6-a', { instance_type: undefined })), create(`${RULE}.b`, rule(undefined))],
    { ...UNKNOWN, actual: expect.stringContaining('inbound is not provably closed (the plan does not show') }],
  ['Ipv6EgressOnlyRequired', true, CLOSED, [create('alicloud_nlb_load_balancer.a', { ipv6_address_type: 'Internet' })], { ...PLAIN, actual: 'a load balancer with a public IPv6 address' }],
  ['Ipv6EgressOnlyRequired', true, CLOSED, [change(`${RULE}.a`, ['delete'], { before: rule('ipv6-a') })], { ...PLAIN, actual: expect.stringContaining('is deleted, and its bandwidth is not in this plan') }],
  ['Ipv6BandwidthPerAddress', 10, [A], [create(`${BANDWIDTH}.a`, bandwidth('ipv6-a', { bandwidth: 11 }))], { ...PLAIN, actual: '11 Mbit/s' }],
  ['Ipv6BandwidthPerAddress', 10, [A], [create(`${BANDWIDTH}.a`, bandwidth('ipv6-a', { bandwidth: undefined }))], { ...UNKNOWN, actual: 'unknown Mbit/s' }],
  ['Ipv6ChargeTypeAllowed', ['PayByBandwidth'], [A], [create(`${BANDWIDTH}.a`, bandwidth('ipv6-a', { internet_charge_type: 'PayByTraffic' }))], { ...PLAIN, actual: 'PayByTraffic' }],
  ['Ipv6ChargeTypeAllowed', ['PayByBandwidth'], [A], [create(`${BANDWIDTH}.a`, bandwidth('ipv6-a', { internet_charge_type: undefined }))], { ...UNKNOWN, actual: 'an unknown charge type' }],
  ['Ipv6BandwidthPerGateway', 10, [A], [A, create(`${BANDWIDTH}.b`, bandwidth('ipv6-b', { bandwidth: 1 }))], { ...PLAIN, actual: '11 Mbit/s in all' }],
  ['Ipv6BandwidthPerGateway', 10, [A], [A, create(`${BANDWIDTH}.b`, bandwidth('ipv6-b', { ipv6_gateway_id: undefined, bandwidth: 1 }))], { ...UNKNOWN, actual: '11 Mbit/s, with all bandwidth whose gateway is unknown' }],
  ['Ipv6BandwidthPerGateway', 10, [A], [create(`${BANDWIDTH}.a`, bandwidth('ipv6-a', { bandwidth: undefined }))], { ...UNKNOWN, actual: 'unknown Mbit/s, with all bandwidth whose gateway is unknown' }],
  ['Ipv6BandwidthPerGateway', 10, [A, create(`${BANDWIDTH}.b`, bandwidth('ipv6-b', { ipv6_gateway_id: 'ipv6gw-2' }))],
    [create(`${BANDWIDTH}.a`, bandwidth('ipv6-a', { ipv6_gateway_id: undefined, bandwidth: 11 }))], { ...PLAIN, actual: '11 Mbit/s in all' }],
  ['Ipv6EgressOnlyRulesPerGateway', 1, CLOSED, [...CLOSED, create(`${RULE}.b`, rule('ipv6-b'))], { ...PLAIN, actual: '2 egress-only rules' }],
])('%s of %j', (id, limit, compliant, notCompliant, finding) => {
  test('finds a plan that is not compliant', () => {
    expect(found([{ id, limit }], compliant)).toEqual([]);
    expect(found([{ id, limit }], notCompliant)).toMatchObject([{ ruleId: id, ...finding }]);
  });
});

test('a sensitive value is unknown to the rules, and no finding prints it', () => {
  const secret = { bandwidth: 1717, internet_charge_type: 'PayBySecret', ipv6_gateway_id: 'ipv6gw-secret' };
  const rules = [
    { id: 'Ipv6BandwidthPerAddress', limit: 10 },
    { id: 'Ipv6ChargeTypeAllowed', limit: ['PayByTraffic'] },
    { id: 'Ipv6BandwidthPerGateway', limit: 10 },
  ];
  const marks = { bandwidth: true, internet_charge_type: true, ipv6_gateway_id: true };
  const findings = (sensitive: Readonly<Record<string, boolean>>) =>
    found(rules, [change(`${BANDWIDTH}.a`, ['create'], { after: bandwidth('ipv6-a', secret), change: { after_sensitive: sensitive } })]);
  expect(findings(marks).map(({ isUnknown }) => isUnknown)).toEqual([true, true, true]);
  expect(JSON.stringify(findings(marks))).not.toMatch(/1717|ecret/);
  expect(JSON.stringify(findings({}))).toMatch(/1717/);
});

test('a rule with the limit false, and a rule that only the synthesis checks, find nothing', () => {
  expect(found([{ id: 'Ipv6EgressOnlyRequired', limit: false }, { id: 'Ipv6LibraryConstructRequired' }, { id: 'Ipv6ModuleReviewed' }], [A])).toEqual([]);
});

test('bandwidth that the plan deletes has no findings', () => {
  expect(found([{ id: 'Ipv6EgressOnlyRequired' }], [change(`${BANDWIDTH}.a`, ['delete'], { before: bandwidth('ipv6-a') })])).toEqual([]);
  expect(found([{ id: 'Ipv6EgressOnlyRequired' }], [A])).toHaveLength(1);
});

test('an address with 0 Mbit/s is closed', () => {
  expect(found([{ id: 'Ipv6EgressOnlyRequired' }], [keep(`${BANDWIDTH}.a`, bandwidth('ipv6-a', { bandwidth: 0 }))])).toEqual([]);
});

describe('with the rules of a CDKTF app', () => {
  const constructs = { [`${BANDWIDTH}.a`]: 'web/A', [`${BANDWIDTH}.b`]: 'web/Part/B', 'module.m': 'web/Module' };
  const egressOnly = { id: 'Ipv6EgressOnlyRequired', severity: 'error', scope: '', limit: true };
  const [b, hidden, ofModule] = [
    keep(`${BANDWIDTH}.b`, bandwidth('ipv6-b')), keep(`${BANDWIDTH}.hidden`, bandwidth('ipv6-c')), keep(`module.m["k"].${BANDWIDTH}.x[0]`, bandwidth('ipv6-d')),
  ];
  const all = [A, b, hidden, ofModule];
  const acknowledged = (path: string, more: object = {}) => ({ ruleId: 'Ipv6EgressOnlyRequired', reason: 'intended', path, ...more });

  test('a rule applies to the constructs in its scope', () => {
    const paths = (scope: string) => inStack({ rules: [{ ...egressOnly, scope }], constructs }, all).lines.map((line) => line.split(' ')[2]);
    expect(paths('')).toEqual(['web/A', 'web/Part/B', 'web', 'web/Module']);
    expect(paths('web')).toEqual(paths(''));
    expect(paths('web/Part')).toEqual(['web/Part/B']);
    expect(paths('web/P')).toEqual([]);
  });

  test('a warning forbids nothing', () => {
    expect(inStack({ rules: [{ ...egressOnly, severity: 'warning' }], constructs }, [A]).lines).toEqual(['warning: Ipv6EgressOnlyRequired web/A']);
  });

  test.each<[string, object, number | undefined]>([
    ['of the construct', acknowledged('web/A'), 0],
    ['of a parent does not apply to its children', acknowledged('web/Part'), undefined],
    ['of the app does not apply to its children', acknowledged(''), undefined],
    ['of the stack without a block', acknowledged('web'), undefined],
    ['of the stack with the block', acknowledged('web', { block: `${BANDWIDTH}.hidden` }), 2],
    ['of the stack with another block', acknowledged('web', { block: `${BANDWIDTH}.other` }), undefined],
    ['of the construct with a block that the construct does not need', acknowledged('web/A', { block: `${BANDWIDTH}.other` }), undefined],
    ['of the module', acknowledged('web/Module'), 3],
    ['of the module with Ipv6ModuleReviewed', acknowledged('web/Module', { ruleId: 'Ipv6ModuleReviewed' }), 3],
    ['of a construct with Ipv6ModuleReviewed', acknowledged('web/A', { ruleId: 'Ipv6ModuleReviewed' }), undefined],
    ['of another rule', acknowledged('web/A', { ruleId: 'Ipv6BandwidthPerAddress' }), undefined],
  ])('an acknowledgement %s', (_, acknowledgement, index) => {
    const { lines } = inStack({ rules: [egressOnly], constructs, acknowledgements: [acknowledgement] }, all);
    expect(lines.map((line) => line.startsWith('intended: '))).toEqual(all.map((__, i) => i === index));
  });

  test('an acknowledgement that matches no finding is reported, and one of a rule that does not apply is not', () => {
    const { stale } = inStack({
      rules: [egressOnly],
      constructs,
      acknowledgements: [acknowledged('web/A'), acknowledged('web/Gone'), acknowledged('web', { block: `${BANDWIDTH}.gone` }), acknowledged('web/A', { ruleId: 'Ipv6BandwidthPerAddress' })],
    }, all);
    expect(stale).toEqual(['web/Gone', `web ${BANDWIDTH}.gone`]);
  });

  describe('the total of a gateway', () => {
    const perGateway = { ...egressOnly, id: 'Ipv6BandwidthPerGateway', limit: 15 };
    const gateway = keep(`${GATEWAY}.g`, { id: 'ipv6gw-1' });
    const other = [keep(`${GATEWAY}.h`, { id: 'ipv6gw-2' }), keep(`${BANDWIDTH}.h`, bandwidth('ipv6-h', { ipv6_gateway_id: 'ipv6gw-2', bandwidth: 20 }))];
    const lines = (changes: readonly object[], gateways: Record<string, string>, path: string, block?: string) =>
      inStack({ rules: [perGateway], constructs: { ...constructs, ...gateways }, acknowledgements: [acknowledged(path, { ruleId: 'Ipv6BandwidthPerGateway', block })] }, changes).lines;
    const named = { [`${GATEWAY}.g`]: 'web/Gateway', [`${GATEWAY}.h`]: 'web/Other' };

    test('is acknowledged at its construct, and not at another gateway', () => {
      expect(lines([A, b, gateway, ...other], named, 'web/Gateway')).toEqual(['intended: Ipv6BandwidthPerGateway web/Gateway', 'error: Ipv6BandwidthPerGateway web/Other']);
    });

    test.each(['', 'web', 'web/A'])('is not acknowledged at %j', (path) => {
      expect(lines([A, b, gateway], named, path)).toEqual(['error: Ipv6BandwidthPerGateway web/Gateway']);
    });

    test('of a block without a construct is acknowledged by its name', () => {
      expect(lines([A, b, gateway], {}, 'web', `${GATEWAY}.g`)).toEqual([`intended: Ipv6BandwidthPerGateway web ${GATEWAY}.g`]);
      expect(lines([A, b, gateway], {}, 'web', `${GATEWAY}.h`)).toEqual([`error: Ipv6BandwidthPerGateway web ${GATEWAY}.g`]);
    });

    test('of a gateway that is not in the plan is acknowledged by its id', () => {
      expect(lines([A, b], named, 'web', 'ipv6gw-1')).toEqual(['intended: Ipv6BandwidthPerGateway web ipv6gw-1']);
      expect(lines([A, b], named, 'web')).toEqual(['error: Ipv6BandwidthPerGateway web ipv6gw-1']);
    });
  });
});

describe('with rules that were written by hand', () => {
  test('paths are Terraform addresses without keys', () => {
    const changes = [keep(`${BANDWIDTH}.a["x"]`, bandwidth('ipv6-a')), keep(`module.m[0].${BANDWIDTH}.b`, bandwidth('ipv6-b'))];
    const acknowledgements = [{ ruleId: 'Ipv6EgressOnlyRequired', reason: 'a web server', path: `${BANDWIDTH}.a` }];
    expect(found([{ id: 'Ipv6EgressOnlyRequired' }], changes, { acknowledgements }).map(({ place: { path }, acknowledgement }) => [path, acknowledgement?.reason]))
      .toEqual([[`${BANDWIDTH}.a`, 'a web server'], [`module.m.${BANDWIDTH}.b`, undefined]]);
  });

  test('a plan of Terraform has the expected findings', () => {
    const { findings } = judged(planText('for-each-and-modules'), { format: 1, rules: [{ id: 'Ipv6EgressOnlyRequired' }, { id: 'Ipv6BandwidthPerAddress', limit: 10 }] });
    expect(findings.map(({ ruleId, place: { subject } }) => `${ruleId} ${subject.replace(`${BANDWIDTH}.`, '')}`)).toEqual([
      'Ipv6EgressOnlyRequired fleet["a"]', 'Ipv6EgressOnlyRequired fleet["e"]', 'Ipv6EgressOnlyRequired module.server["s2"].this', 'Ipv6BandwidthPerAddress fleet["b"]',
    ]);
  });
});

describe('a rules file is refused', () => {
  const withAcknowledgement = (acknowledgement: object) => JSON.stringify({ format: 1, rules: [], acknowledgements: [acknowledgement] });
  test.each<[string, string, string]>([
    ['that is not JSON', '{', 'is not valid JSON'],
    ['that is not an object', '[]', 'it has no "format"'],
    ['with another format', '{"format":2}', 'has format 2, and this command reads format 1'],
    ['with an unknown rule', '{"format":1,"rules":[{"id":"Ipv6Other"}]}', 'rules[0] is Ipv6Other, an unknown rule: use one of'],
    ['with the name of a method as a rule', '{"format":1,"rules":[{"id":"toString"}]}', 'rules[0] is toString, an unknown rule: use one of'],
    ['with a limit of another type', '{"format":1,"rules":[{"id":"Ipv6BandwidthPerAddress","limit":"10"}]}', 'must be a whole number from 1'],
    ['without a limit', '{"format":1,"rules":[{"id":"Ipv6BandwidthPerAddress"}]}', 'must be a whole number from 1'],
    ['with an unknown severity', '{"format":1,"rules":[{"id":"Ipv6EgressOnlyRequired","severity":"info"}]}', 'must be "error" or "warning"'],
    ['with an acknowledgement without a reason', withAcknowledgement({ ruleId: 'Ipv6EgressOnlyRequired', path: 'a', reason: ' ' }), 'acknowledgements[0] requires "ruleId"'],
    ['with an acknowledgement of an unknown rule', withAcknowledgement({ ruleId: 'Ipv6Other', path: 'a', reason: 'a' }), 'acknowledgements[0] is Ipv6Other, an unknown rule: use one of'],
    ['with a block that is not a string', withAcknowledgement({ ruleId: 'Ipv6EgressOnlyRequired', path: 'a', reason: 'a', block: 5 }), 'acknowledgements[0].block must be a string'],
    ['without rules', '{"format":1,"rule":[]}', '"rules" is not a list of objects'],
    ['with rules that are not a list', '{"format":1,"rules":{}}', '"rules" is not a list of objects'],
    ['with rules next to stacks', '{"format":1,"rules":[],"stacks":{}}', 'has "rules" next to "stacks"'],
    ['with stacks that are not an object', '{"format":1,"stacks":[]}', '"stacks" is not an object'],
    ['with a stack without a path', '{"format":1,"stacks":{"a":{}}}', 'stacks.a has no "path"'],
  ])('%s', (_, text, message) => {
    expect(() => RulesFile.parse(text).ofStack(undefined, undefined)).toThrow(message);
  });
});

describe('the stack of a plan', () => {
  const stacks = (...names: string[]) => RulesFile.parse(JSON.stringify({
    format: 1, stacks: Object.fromEntries(names.map((name) => [name, { path: name, rules: [], constructs: {}, acknowledgements: [] }])),
  }));

  test('is the named one, otherwise the one whose folder contains the plan, otherwise the only one', () => {
    expect(stacks('web', 'network').ofStack('web', 'network').stackPath).toBe('web');
    expect(stacks('web', 'network').ofStack(undefined, 'network').stackPath).toBe('network');
    expect(stacks('web').ofStack(undefined, 'elsewhere').stackPath).toBe('web');
  });

  test('must be named otherwise', () => {
    expect(() => stacks('web', 'network').ofStack(undefined, 'elsewhere')).toThrow('has the stacks web, network: name one with --stack');
    expect(() => stacks('web', 'network').ofStack('other', 'web')).toThrow('has no stack other, but web, network');
  });
});

import { BANDWIDTH, bandwidth, byTerraformAddress, change, configuration, planNamed, planWith, RULE, rule } from './plans';
import { ExposureRow } from '../src/exposure';
import { Plan } from '../src/plan';
import { planExposure } from '../src/plan-exposure';

function rowsOf(plan: Plan): readonly ExposureRow[] {
  return planExposure(plan, byTerraformAddress).rows;
}

/** The rows of a plan, by the first resource and the address. */
function shown(plan: Plan): Record<string, string> {
  return Object.fromEntries(rowsOf(plan).map(({ address, resources, effect, before, after }) =>
    [`${resources[0].replace(`${BANDWIDTH}.`, '')} ${address}`, `${effect}: ${before}, ${after}`]));
}

/** The row of a plan with these changes, without rows of rules for other addresses. */
function only(changes: readonly object[], more: object = {}): ExposureRow {
  const rows = rowsOf(Plan.parse(planWith({ changes, ...more }))).filter(({ resources }) => changes.length === 1 || !resources[0].startsWith(RULE));
  expect(rows).toHaveLength(1);
  return rows[0];
}

const create = (type: string, after: Readonly<Record<string, unknown>>, name = 'a') => change(`${type}.${name}`, ['create'], { after });
const keep = (type: string, values: Readonly<Record<string, unknown>>, name = 'a') => change(`${type}.${name}`, ['no-op'], { before: values, after: values });
const remove = (type: string, before: Readonly<Record<string, unknown>>, name = 'a') => change(`${type}.${name}`, ['delete'], { before });

/** A rule that refers to the bandwidth next to it. */
const WRITTEN = configuration({ [`${BANDWIDTH}.a`]: {}, [`${RULE}.a`]: { instance_id: [`${BANDWIDTH}.a.ipv6_address_id`, `${BANDWIDTH}.a`] } });

describe('a plan of Terraform', () => {
  test('with for_each and modules has a rule, or none, for each instance', () => {
    expect(shown(planNamed('for-each-and-modules'))).toEqual({
      'fleet["a"] ipv6-00000005': 'opens: closed, open',
      'fleet["b"] ipv6-00000007': 'unchanged: closed, closed',
      'fleet["c"] ipv6-00000009': 'closes: open, closed',
      'fleet["d"] ipv6-00000011': 'adds (outbound only): none, closed',
      'fleet["e"] ipv6-00000013': 'opens: none, open',
      'module.server["s0"].this ipv6-00000015': 'unchanged: closed, closed',
      'module.server["s1"].this ipv6-00000017': 'closes: open, closed',
      'module.server["s2"].this ipv6-00000019': 'opens: none, open',
    });
  });

  test('with unknown addresses proves nothing by references if a rule may be for any address', () => {
    expect(new Set(Object.values(shown(planNamed('known-after-apply'))))).toEqual(new Set(['opens: none, unproven']));
  });

  test('moves, forgets, imports and replaces', () => {
    const plan = planNamed('moves-imports-and-replacements');
    expect(shown(plan)).toEqual({
      'deleted ipv6-00000015': 'closes: open, none',
      'forgotten ipv6-00000007': 'unchanged: open, open',
      'imported ipv6-00000019': 'unchanged: open, open',
      'readdressed ipv6-00000017': 'opens: closed, open',
      'readdressed ipv6-00000021': expect.stringContaining(': none, '),
      'recharged ipv6-00000009': 'opens: closed, unproven',
      'renamed ipv6-00000005': 'unchanged: closed, closed',
      'rule_forgotten ipv6-00000013': 'opens: closed, unproven',
      'rule_replaced ipv6-00000011': 'replaces: closed, closed',
    });
    const notes = Object.fromEntries(rowsOf(plan).map(({ address, notes: each }) => [address, each.join('; ')]));
    expect(notes).toMatchObject({
      'ipv6-00000005': `moved from ${BANDWIDTH}.old`,
      'ipv6-00000007': `${BANDWIDTH}.forgotten is forgotten: the old bandwidth stays, and Terraform no longer keeps it`,
      'ipv6-00000009': expect.stringContaining('no Internet access from the deletion of the old bandwidth until the new one is bought'),
      'ipv6-00000011': 'open while its egress-only rule is replaced',
      'ipv6-00000017': expect.stringContaining('in place, which the API refuses'),
      'ipv6-00000019': expect.stringContaining('exists, and is imported'),
    });
  });

  test('with -target leaves the other addresses as the state has them', () => {
    const plan = planNamed('only-a-target');
    expect(shown(plan)).toEqual({
      'one ipv6-00000005': 'unchanged: unproven, unproven',
      'three ipv6-00000009': 'opens: none, open',
      'two ipv6-00000007': 'unchanged: open, open',
    });
    expect(plan.isComplete).toBe(false);
  });
});

describe('an address with a known id', () => {
  test('is closed by a new rule with the same id that is ordered after the bandwidth', () => {
    expect(only([create(BANDWIDTH, bandwidth('ipv6-a')), create(RULE, rule('ipv6-a'))], WRITTEN)).toMatchObject({ effect: 'adds (outbound only)', after: 'closed' });
  });

  test('is closed by a rule that exists', () => {
    expect(only([keep(BANDWIDTH, bandwidth('ipv6-a')), keep(RULE, rule('ipv6-a'))])).toMatchObject({ effect: 'unchanged', after: 'closed' });
  });

  test.each<[string, Readonly<Record<string, unknown>>, string, string]>([
    ['of another address', rule('ipv6-b'), 'open', 'no egress-only rule'],
    ['of another type of instance', rule('ipv6-a', { instance_type: 'Ipv6Prefix' }), 'open', 'no egress-only rule'],
    ['of an unknown type of instance', rule('ipv6-a', { instance_type: undefined }), 'unproven', 'the plan does not show which address'],
    ['of an empty id', rule(''), 'open', 'no egress-only rule'],
    ['of another gateway', rule('ipv6-a', { ipv6_gateway_id: 'ipv6gw-2' }), 'open', 'is of another gateway'],
    ['of an unknown gateway', rule('ipv6-a', { ipv6_gateway_id: undefined }), 'unproven', 'has the same gateway'],
    ['whose id is the name of the bandwidth', rule(`of ${BANDWIDTH}.a`), 'open', 'no egress-only rule'],
  ])('is not closed by a rule %s', (_, after, inbound, reason) => {
    expect(only([create(BANDWIDTH, bandwidth('ipv6-a')), create(RULE, after)], WRITTEN)).toMatchObject({ effect: 'opens', after: inbound, reason: expect.stringContaining(reason) });
  });

  test('is not closed by a rule that nothing orders after the bandwidth', () => {
    const literal = configuration({ [`${BANDWIDTH}.a`]: {}, [`${RULE}.a`]: {} });
    expect(only([create(BANDWIDTH, bandwidth('ipv6-a')), create(RULE, rule('ipv6-a'))], literal)).toMatchObject({ after: 'open', reason: expect.stringContaining('add depends_on') });
  });

  test('is not provably closed by a rule that is older than the bandwidth', () => {
    const replaced = change(`${BANDWIDTH}.a`, ['delete', 'create'], { before: bandwidth('ipv6-a'), after: bandwidth('ipv6-a') });
    expect(only([replaced, keep(RULE, rule('ipv6-a'))], WRITTEN)).toMatchObject({ after: 'unproven', reason: expect.stringContaining('is older than the bandwidth') });
  });

  test('is not closed by a rule of another provider block', () => {
    const of = (...keys: string[]) => only([keep(BANDWIDTH, bandwidth('ipv6-a')), keep(RULE, rule('ipv6-a'))], {
      configuration: { root_module: { resources: [BANDWIDTH, RULE].map((type, i) => ({ address: `${type}.a`, provider_config_key: keys[i] })) } },
    }).after;
    expect(of('alicloud.west', 'alicloud.west')).toBe('closed');
    expect(of('alicloud.west', 'alicloud')).toBe('open');
  });

  test('is not provably closed if the provider block has instances', () => {
    const root_module = { resources: [BANDWIDTH, RULE].map((type) => ({ address: `${type}.a`, provider_config_key: 'alicloud.by' })) };
    const provider_config = { 'alicloud.by': { name: 'alicloud', alias: 'by', expressions: { region: { references: ['each.value'] } } } };
    expect(only([keep(BANDWIDTH, bandwidth('ipv6-a')), keep(RULE, rule('ipv6-a'))], { configuration: { root_module, provider_config } }))
      .toMatchObject({ after: 'unproven', reason: expect.stringContaining('which instance of its provider block') });
  });

  test.each([
    ['the attribute of the same bandwidth', [`${BANDWIDTH}.a.ipv6_gateway_id`, `${BANDWIDTH}.a`], 'closed'],
    ['the same reference', ['alicloud_vpc_ipv6_gateway.g.id', 'alicloud_vpc_ipv6_gateway.g'], 'closed'],
    ['the other attribute with the id of the same gateway', ['alicloud_vpc_ipv6_gateway.g.ipv6_gateway_id', 'alicloud_vpc_ipv6_gateway.g'], 'closed'],
    ['another gateway', ['alicloud_vpc_ipv6_gateway.h.id', 'alicloud_vpc_ipv6_gateway.h'], 'unproven'],
    ['the attribute of another bandwidth', [`${BANDWIDTH}.b.ipv6_gateway_id`, `${BANDWIDTH}.b`], 'unproven'],
    ['no reference', [], 'unproven'],
  ])('and with an unknown gateway is judged by its reference: %s', (_, references, after) => {
    const gateway = { ipv6_gateway_id: undefined };
    expect(only([create(BANDWIDTH, bandwidth('ipv6-a', gateway)), create(RULE, rule('ipv6-a', gateway))], configuration({
      [`${BANDWIDTH}.a`]: { ipv6_gateway_id: ['alicloud_vpc_ipv6_gateway.g.id', 'alicloud_vpc_ipv6_gateway.g'] },
      [`${RULE}.a`]: { instance_id: [`${BANDWIDTH}.a.ipv6_address_id`, `${BANDWIDTH}.a`], ipv6_gateway_id: references },
    })).after).toBe(after);
  });
});

test.each([
  ['the same for all instances', ['alicloud_vpc_ipv6_gateway.g.id', 'alicloud_vpc_ipv6_gateway.g'], ['alicloud_vpc_ipv6_gateway.g.id', 'alicloud_vpc_ipv6_gateway.g'], 'closed'],
  ['by a key that an expression may compute', ['alicloud_vpc_ipv6_gateway.g', 'each.key'], ['alicloud_vpc_ipv6_gateway.g', 'each.key'], 'unproven'],
  ['one of two by a condition', ['alicloud_vpc_ipv6_gateway.g.id', 'alicloud_vpc_ipv6_gateway.h.id'], ['alicloud_vpc_ipv6_gateway.g.id', 'alicloud_vpc_ipv6_gateway.h.id'], 'unproven'],
  ['that of a bandwidth, which is the same for all', ['var.gateway'], [`${BANDWIDTH}.a`, 'each.key'], 'closed'],
  ['that of a bandwidth, which may be another one', ['alicloud_vpc_ipv6_gateway.g', 'each.key'], [`${BANDWIDTH}.a`, 'each.key'], 'unproven'],
])('in HCL an unknown gateway is %s', (_, ofBandwidth, ofRule, after) => {
  const gateway = { ipv6_gateway_id: undefined };
  const keys = ['x', 'y'];
  const rows = rowsOf(Plan.parse(planWith({
    changes: keys.flatMap((key) => [
      change(`${BANDWIDTH}.a["${key}"]`, ['create'], { after: bandwidth(`ipv6-${key}`, gateway) }), change(`${RULE}.a["${key}"]`, ['create'], { after: rule(`ipv6-${key}`, gateway) }),
    ]),
    ...configuration({ [`${BANDWIDTH}.a`]: { ipv6_gateway_id: ofBandwidth }, [`${RULE}.a`]: { instance_id: [`${BANDWIDTH}.a`, 'each.key'], ipv6_gateway_id: ofRule } }),
  })));
  expect(rows.map((row) => row.after)).toEqual([after, after]);
});

describe('an egress-only rule that the plan removes', () => {
  const forget = (after?: Readonly<Record<string, unknown>>) => change(`${RULE}.a`, ['forget'], { before: rule('ipv6-a'), after });
  const deferred = { deferred_changes: [{ reason: 'resource_config_unknown', resource_change: change(`${RULE}.a`, ['update'], { before: rule('ipv6-a'), after: rule('ipv6-a') }) }] };
  const deposed = change(`${RULE}.a`, ['delete'], { before: rule('ipv6-a'), deposed: '12345678' });

  test.each<[string, readonly object[], object, string, string]>([
    ['deleted', [remove(RULE, rule('ipv6-a'))], {}, 'open', 'is deleted'],
    ['forgotten', [forget()], {}, 'unproven', 'forgets its egress-only rule'],
    ['forgotten, with its values', [forget(rule('ipv6-a'))], {}, 'unproven', 'forgets its egress-only rule'],
    ['deferred', [], deferred, 'unproven', 'to a later plan'],
    ['deposed', [deposed], {}, 'open', 'is deleted'],
  ])('opens the address when it is %s', (_, changes, more, after, reason) => {
    expect(only([keep(BANDWIDTH, bandwidth('ipv6-a')), ...changes], more)).toMatchObject({ effect: 'opens', before: 'closed', after, reason: expect.stringContaining(reason) });
  });

  test.each<[string, object, string, string]>([
    ['deleted', remove(RULE, rule('ipv6-a')), 'opens: closed, open', 'is deleted, and its bandwidth is not in this plan'],
    ['forgotten', forget(), 'opens: closed, unproven', 'is forgotten, and its bandwidth is not in this plan'],
    ['moved to another address', change(`${RULE}.a`, ['delete', 'create'], { before: rule('ipv6-a'), after: rule('ipv6-b') }), 'opens: closed, open', 'is deleted'],
    ['replaced', change(`${RULE}.a`, ['delete', 'create'], { before: rule('ipv6-a'), after: rule('ipv6-a') }), 'replaces: closed, closed', ''],
  ])('has a row of its own when its bandwidth is not in the plan, and is %s', (_, each, effect, reason) => {
    const row = only([each]);
    expect(`${row.effect}: ${row.before}, ${row.after}`).toBe(effect);
    expect(row).toMatchObject({ address: 'ipv6-a', resources: [`${RULE}.a`] });
    expect(row.reason ?? '').toContain(reason);
  });

  test('is a fact for the rules, without its own bandwidth', () => {
    const { facts } = planExposure(Plan.parse(planWith({ changes: [remove(RULE, rule('ipv6-a'))] })), byTerraformAddress);
    expect(facts.bandwidths).toMatchObject([{ path: `${RULE}.a`, address: 'ipv6-a', addresses: 1, inbound: 'open', isElsewhere: true }]);
  });

  test('and creates for another address opens the first address and closes the second', () => {
    const moved = change(`${RULE}.a`, ['delete', 'create'], { before: rule('ipv6-a'), after: rule('ipv6-b') });
    const rows = rowsOf(Plan.parse(planWith({ changes: [keep(BANDWIDTH, bandwidth('ipv6-a')), keep(BANDWIDTH, bandwidth('ipv6-b'), 'b'), moved] })));
    expect(rows.map(({ address, effect }) => [address, effect])).toEqual([['ipv6-a', 'opens'], ['ipv6-b', 'closes']]);
  });
});

describe('an address with an unknown id', () => {
  const changes = [create(BANDWIDTH, bandwidth(undefined)), create(RULE, rule(undefined))];

  test.each([
    ['the bandwidth', [`${BANDWIDTH}.a.ipv6_address_id`, `${BANDWIDTH}.a`], 'closed'],
    ['the address of the bandwidth', ['alicloud_vpc_ipv6_address.a.id', 'alicloud_vpc_ipv6_address.a'], 'unproven'],
    ['another bandwidth', [`${BANDWIDTH}.b.ipv6_address_id`, `${BANDWIDTH}.b`], 'unproven'],
    ['another attribute', [`${BANDWIDTH}.a.id`, `${BANDWIDTH}.a`], 'unproven'],
    ['an instance that does not exist', [`${BANDWIDTH}.a["x"].ipv6_address_id`, `${BANDWIDTH}.a["x"]`, `${BANDWIDTH}.a`], 'unproven'],
    ['the bandwidth and a variable', [`${BANDWIDTH}.a.ipv6_address_id`, `${BANDWIDTH}.a`, 'var.other'], 'unproven'],
    ['two bandwidths', [`${BANDWIDTH}.a.ipv6_address_id`, `${BANDWIDTH}.a`, `${BANDWIDTH}.b.ipv6_address_id`, `${BANDWIDTH}.b`], 'unproven'],
    ['the value of a loop', ['each.value.ipv6_address_id', 'each.value'], 'unproven'],
    ['nothing', [], 'unproven'],
  ])('is judged by the references of the rule: %s', (_, references, after) => {
    const written = configuration({
      [`${BANDWIDTH}.a`]: { ipv6_address_id: ['alicloud_vpc_ipv6_address.a.id', 'alicloud_vpc_ipv6_address.a'] },
      [`${RULE}.a`]: { instance_id: references },
    });
    expect(only(changes, written).after).toBe(after);
  });

  test('is closed by a rule with the same reference, if that rule is ordered after the bandwidth', () => {
    const address = ['alicloud_vpc_ipv6_address.a.id', 'alicloud_vpc_ipv6_address.a'];
    const resources = [
      { address: `${BANDWIDTH}.a`, expressions: { ipv6_address_id: { references: address } } },
      { address: `${RULE}.a`, expressions: { instance_id: { references: address } }, depends_on: [`${BANDWIDTH}.a`] },
    ];
    expect(only(changes, { configuration: { root_module: { resources } } }).after).toBe('closed');
  });

  test.each([
    ['${REF}', 'closed'], ['${upper(REF)}', 'unproven'], ['${REF == "" ? "ipv6-b" : REF}', 'unproven'], ['x${REF}', 'unproven'], ['${REF}${REF}', 'unproven'],
  ])('is judged by the text of JSON syntax, which the plan shows: %s', (text, after) => {
    const [whole, part] = [`${BANDWIDTH}.a.ipv6_address_id`, `${BANDWIDTH}.a`];
    const instance_id = { constant_value: text.replaceAll('REF', whole), references: [whole, part] };
    const resources = [{ address: `${BANDWIDTH}.a`, expressions: {} }, { address: `${RULE}.a`, expressions: { instance_id } }];
    expect(only(changes, { configuration: { root_module: { resources } } }).after).toBe(after);
  });

  test.each([
    ['"${x}"', '"$${x}"', 'closed'], ['"${x}"', '"${var.x}"', 'unproven'], ['"%{if}"', '"%%{if}"', 'closed'], ['"a\\u2028b"', '"a\u2028b"', 'closed'], ['"ü"', '"\\u00fc"', 'closed'],
    ['"a}b"', '"a}b"', 'closed'], ['"a"', '"b"', 'unproven'],
  ])('of the instance with the key %s is judged by the text of JSON syntax with the key %s', (key, written, after) => {
    const [each, part] = [change(`${BANDWIDTH}.größe[${key}]`, ['create'], { after: bandwidth(undefined) }), `${BANDWIDTH}.größe`];
    const instance_id = { constant_value: `\${${BANDWIDTH}.größe[${written}].ipv6_address_id}`, references: [part] };
    const resources = [{ address: part, expressions: {}, for_each_expression: {} }, { address: `${RULE}.a`, expressions: { instance_id } }];
    expect(only([each, create(RULE, rule(undefined))], { configuration: { root_module: { resources } } }).after).toBe(after);
  });

  test('is unproven if the plan has no configuration', () => {
    expect(only(changes)).toMatchObject({ effect: 'opens', after: 'unproven', reason: expect.stringContaining('the plan does not show which address') });
  });

  test('is unproven if a new rule has a literal id, which may be the same', () => {
    expect(only([create(BANDWIDTH, bandwidth(undefined)), create(RULE, rule('ipv6-a'))])).toMatchObject({ after: 'unproven', reason: expect.stringContaining('may be for it') });
  });

  test.each([
    ['covers all instances', ['x', 'y'], ['each.value.ipv6_address_id', 'each.value'], ['closed', 'closed']],
    ['covers one of two instances', ['x'], ['each.value.ipv6_address_id', 'each.value'], ['unproven', 'unproven']],
    ['reads the address: a plan does not show the attribute behind a computed key', ['x', 'y'], [`${BANDWIDTH}.a`, 'each.key'], ['unproven', 'unproven']],
    ['has another reference', ['x', 'y'], [`${BANDWIDTH}.a`, 'var.keys'], ['unproven', 'unproven']],
    ['names one instance', ['x', 'y'], [`${BANDWIDTH}.a["x"].ipv6_address_id`, `${BANDWIDTH}.a["x"]`, `${BANDWIDTH}.a`], ['unproven', 'unproven']],
  ])('of for_each is closed only if the rule %s', (_, keys, references, after) => {
    const all = [
      ...['x', 'y'].map((key) => change(`${BANDWIDTH}.a["${key}"]`, ['create'], { after: bandwidth(undefined) })),
      ...keys.map((key) => change(`${RULE}.a["${key}"]`, ['create'], { after: rule(undefined) })),
    ];
    const ofRule = { expressions: { instance_id: { references } }, for_each_expression: { references: [`${BANDWIDTH}.a`] }, depends_on: [`${BANDWIDTH}.a`] };
    const resources = [{ address: `${BANDWIDTH}.a`, expressions: {} }, { address: `${RULE}.a`, ...ofRule }];
    expect(rowsOf(Plan.parse(planWith({ changes: all, configuration: { root_module: { resources } } }))).map((row) => row.after)).toEqual(after);
  });

  test('is not closed by a rule of another module, or of another instance of the module', () => {
    const module = { resources: [{ address: `${BANDWIDTH}.a`, expressions: {} }, { address: `${RULE}.a`, expressions: { instance_id: { references: [`${BANDWIDTH}.a.ipv6_address_id`, `${BANDWIDTH}.a`] } } }] };
    const written = { configuration: { root_module: { ...module, module_calls: { m: { module } } } } };
    const of = (bandwidthModule: string, ruleModule: string) => only([
      change(`${bandwidthModule}${BANDWIDTH}.a`, ['create'], { after: bandwidth(undefined) }), change(`${ruleModule}${RULE}.a`, ['create'], { after: rule(undefined) }),
    ], written).after;
    expect(of('module.m["x"].', 'module.m["x"].')).toBe('closed');
    expect(of('module.m["x"].', 'module.m["y"].')).toBe('unproven');
    expect(of('', 'module.m["x"].')).toBe('unproven');
    expect(of('module.m["x"].', '')).toBe('unproven');
  });
});

describe('a bandwidth', () => {
  test('that another resource buys again is one row, without Internet access in between', () => {
    expect(only([remove(BANDWIDTH, bandwidth('ipv6-a'), 'old'), create(BANDWIDTH, bandwidth('ipv6-a', { bandwidth: 20 }), 'new')])).toMatchObject({
      effect: 'replaces', mbps: { before: '10', after: '20' }, notes: ['no Internet access from the deletion of the old bandwidth until the new one is bought'],
    });
  });

  test('that is bought again for an unknown address may be for the same address: nothing closes', () => {
    const replaced = change(`${BANDWIDTH}.a`, ['delete', 'create'], { before: bandwidth('ipv6-a'), after: bandwidth(undefined) });
    expect(only([replaced])).toMatchObject({
      address: 'ipv6-a', effect: 'replaces', before: 'open', after: 'open', notes: expect.arrayContaining(['may be for another address, which is known after apply']),
    });
    expect(only([change(`${BANDWIDTH}.a`, ['update'], { before: bandwidth('ipv6-a'), after: bandwidth(undefined) })])).toMatchObject({ before: 'open', after: 'open' });
  });

  test('that is deposed is deleted, and does not hide the current one', () => {
    expect(only([change(`${BANDWIDTH}.a`, ['delete'], { before: bandwidth('ipv6-a'), deposed: '12345678' })])).toMatchObject({ effect: 'closes', after: 'none' });
  });

  test('that is forgotten while a new one is created stays, and has no interruption', () => {
    const rows = rowsOf(Plan.parse(planWith({ changes: [change(`${BANDWIDTH}.a`, ['create', 'forget'], { before: bandwidth('ipv6-a'), after: bandwidth('ipv6-b') })] })));
    expect(rows.map(({ address, before, after }) => [address, before, after])).toEqual([['ipv6-a', 'open', 'open'], ['ipv6-b', 'none', 'open']]);
    expect(JSON.stringify(rows)).not.toContain('until the new one is bought');
  });

  test('that Terraform defers is unproven, which counts as open', () => {
    const deferred = { deferred_changes: [{ reason: 'instance_count_unknown', resource_change: change(`${BANDWIDTH}.a`, ['create'], { after: bandwidth('ipv6-a') }) }] };
    expect(only([create(RULE, rule('ipv6-a'))], deferred)).toMatchObject({ effect: 'opens', after: 'unproven', reason: expect.stringContaining('instance_count_unknown') });
  });

  test('whose rule was deleted by hand was open, and the plan closes it', () => {
    const drift = { resource_drift: [remove(RULE, rule('ipv6-a'))] };
    expect(only([keep(BANDWIDTH, bandwidth('ipv6-a')), create(RULE, rule('ipv6-a'))], drift)).toMatchObject({ effect: 'closes', before: 'open', after: 'closed' });
  });

  test.each([[0, 10, 'opens: none, open'], [10, 0, 'closes: open, none'], [0, 0, 'unchanged: none, none']])('of %d Mbit/s that becomes %d Mbit/s: 0 Mbit/s is private', (had, has, effect) => {
    const row = only([change(`${BANDWIDTH}.a`, ['update'], { before: bandwidth('ipv6-a', { bandwidth: had }), after: bandwidth('ipv6-a', { bandwidth: has }) })]);
    expect(`${row.effect}: ${row.before}, ${row.after}`).toBe(effect);
  });

  test('shows its Mbit/s and charge type, or why they are unknown', () => {
    const of = (after: Readonly<Record<string, unknown>>, marks: object = {}) => {
      const { address, mbps, chargeType } = only([change(`${BANDWIDTH}.a`, ['create'], { after, change: { after_sensitive: marks } })]);
      return [address, mbps.after, chargeType.after];
    };
    expect(of(bandwidth('ipv6-a'))).toEqual(['ipv6-a', '10', 'PayByBandwidth']);
    expect(of(bandwidth(undefined, { bandwidth: undefined, internet_charge_type: undefined }))).toEqual(['known after apply', 'known after apply', 'known after apply']);
    expect(of(bandwidth('ipv6-a'), { ipv6_address_id: true, bandwidth: true })).toEqual(['sensitive', 'sensitive', 'PayByBandwidth']);
  });

  test('is not a data source or another resource', () => {
    const changes = [create('alicloud_vpc', {}), { ...change('alicloud_vpc_ipv6_addresses.a', ['read'], { after: {} }), mode: 'data' }];
    expect(rowsOf(Plan.parse(planWith({ changes })))).toEqual([]);
  });
});

describe('a load balancer', () => {
  test.each<[string, Readonly<Record<string, unknown>>, boolean]>([
    ['nlb', { ipv6_address_type: 'Internet' }, true],
    ['nlb', { ipv6_address_type: undefined }, true],
    ['nlb', { ipv6_address_type: 'Intranet' }, false],
    ['alb', { ipv6_address_type: 'Internet' }, true],
    ['alb', {}, false],
    ['slb', { address_ip_version: 'ipv6', address_type: 'internet' }, true],
    ['slb', { address_ip_version: 'ipv6', address_type: 'intranet' }, false],
    ['slb', { address_ip_version: 'ipv4', address_type: 'internet' }, false],
  ])('%s with %j is a public service or not', (kind, after, isPublic) => {
    const plan = Plan.parse(planWith({ changes: [create(`alicloud_${kind}_load_balancer`, after)] }));
    expect(planExposure(plan, byTerraformAddress).facts.opaque.map(({ subject }) => subject)).toEqual(isPublic ? [`alicloud_${kind}_load_balancer.a`] : []);
  });

  test('that is deleted has no row', () => {
    const plan = Plan.parse(planWith({ changes: [remove('alicloud_nlb_load_balancer', { ipv6_address_type: 'Internet' })] }));
    expect(planExposure(plan, byTerraformAddress).facts.opaque).toEqual([]);
  });
});

import { BANDWIDTH, bandwidth, change, planNamed, planWith, RULE, rule } from './plans';
import { exposureOf } from '../src/exposure';
import { Plan } from '../src/plan';

/** What is said of each address, by the resource that stands after the apply. */
function said(plan: Plan): Record<string, string> {
  return Object.fromEntries(exposureOf(plan).addresses.map(({ address, resources, effect, before, after }) =>
    [`${resources[0].address.replace(`${BANDWIDTH}.`, '')} ${address}`, `${effect}: ${before}, ${after}`]));
}

/** What is said of the only address of a plan with these changes. */
function only(changes: readonly object[], more: object = {}) {
  const { addresses } = exposureOf(Plan.parse(planWith({ changes, ...more })));
  expect(addresses).toHaveLength(1);
  return addresses[0];
}

/** The configuration of resources, with the references of one argument each. */
function configuration(resources: Record<string, Record<string, readonly string[]>>): object {
  return {
    configuration: {
      root_module: {
        resources: Object.entries(resources).map(([address, expressions]) =>
          ({ address, expressions: Object.fromEntries(Object.entries(expressions).map(([argument, references]) => [argument, { references }])) })),
      },
    },
  };
}

describe('plans that Terraform made', () => {
  test('for_each and modules: each instance has its own rule, or none', () => {
    expect(said(planNamed('for-each-and-modules'))).toEqual({
      'fleet["a"] ipv6-00000005': 'opens: outbound only, open',
      'fleet["b"] ipv6-00000007': 'leaves: outbound only, outbound only',
      'fleet["c"] ipv6-00000009': 'closes: open, outbound only',
      'fleet["d"] ipv6-00000011': 'leaves: no bandwidth, outbound only',
      'fleet["e"] ipv6-00000013': 'opens: no bandwidth, open',
      'module.server["s0"].this ipv6-00000015': 'leaves: outbound only, outbound only',
      'module.server["s1"].this ipv6-00000017': 'closes: open, outbound only',
      'module.server["s2"].this ipv6-00000019': 'opens: no bandwidth, open',
    });
  });

  test('addresses that only the apply knows are closed by a rule that refers to exactly that bandwidth', () => {
    expect(said(planNamed('known-after-apply'))).toEqual({
      'chosen known after apply': 'opens: no bandwidth, open',
      'closed known after apply': 'leaves: no bandwidth, outbound only',
      'each["x"] known after apply': 'leaves: no bandwidth, outbound only',
      'each["y"] known after apply': 'opens: no bandwidth, open',
      'open known after apply': 'opens: no bandwidth, open',
    });
  });

  test('what is moved, forgotten, imported, replaced or moved in place', () => {
    const plan = planNamed('moves-imports-and-replacements');
    expect(said(plan)).toEqual({
      'deleted ipv6-00000015': 'closes: open, no bandwidth',
      'forgotten ipv6-00000007': 'leaves: open, open',
      'imported ipv6-00000019': 'leaves: open, open',
      'readdressed ipv6-00000017': 'opens: outbound only, open',
      'readdressed ipv6-00000021': 'leaves: no bandwidth, outbound only',
      'recharged ipv6-00000009': 'leaves: outbound only, outbound only',
      'renamed ipv6-00000005': 'leaves: outbound only, outbound only',
      'rule_forgotten ipv6-00000013': 'opens: outbound only, open',
      'rule_replaced ipv6-00000011': 'leaves: outbound only, outbound only',
    });
    const notes = Object.fromEntries(exposureOf(plan).addresses.map(({ address, notes: each }) => [address, each.join('; ')]));
    expect(notes).toMatchObject({
      'ipv6-00000005': `moved from ${BANDWIDTH}.old`,
      'ipv6-00000007': `${BANDWIDTH}.forgotten is forgotten: the bandwidth stays, and Terraform no longer keeps it`,
      'ipv6-00000009': 'without Internet from the deletion of the old bandwidth until the new one is bought',
      'ipv6-00000011': 'open while its egress-only rule is replaced',
      'ipv6-00000017': expect.stringContaining('in place, which the API refuses'),
      'ipv6-00000019': expect.stringContaining('exists already, and is imported'),
    });
  });

  test('what a plan with -target leaves out stays as the state has it', () => {
    const plan = planNamed('only-a-target');
    expect(said(plan)).toEqual({
      'one ipv6-00000005': 'leaves: outbound only, outbound only',
      'three ipv6-00000009': 'opens: no bandwidth, open',
      'two ipv6-00000007': 'leaves: open, open',
    });
    expect(plan.isComplete).toBe(false);
  });
});

describe('a rule closes an address', () => {
  const create = (type: string, after: Readonly<Record<string, unknown>>, name = 'a') => change(`${type}.${name}`, ['create'], { after });
  const stands = (type: string, values: Readonly<Record<string, unknown>>, name = 'a') => change(`${type}.${name}`, ['no-op'], { before: values, after: values });

  test('with the same id', () => {
    expect(only([create(BANDWIDTH, bandwidth('ipv6-a')), create(RULE, rule('ipv6-a'))])).toMatchObject({ effect: 'leaves', after: 'outbound only' });
  });

  test.each([
    ['of another address', rule('ipv6-b')],
    ['whose address only the apply knows', rule(undefined)],
    ['of another type of instance', rule('ipv6-a', { instance_type: 'Ipv6Prefix' })],
    ['of an empty id', rule('')],
    ['of another gateway', rule('ipv6-a', { ipv6_gateway_id: 'ipv6gw-2' })],
    ['of a gateway that only the apply knows', rule('ipv6-a', { ipv6_gateway_id: undefined })],
    ['that has the address of the bandwidth for its id', rule(`of ${BANDWIDTH}.a`)],
  ])('not one %s', (_, after) => {
    expect(only([create(BANDWIDTH, bandwidth('ipv6-a')), create(RULE, after)])).toMatchObject({ effect: 'opens', after: 'open' });
  });

  test('not one of another provider block', () => {
    const of = (...keys: string[]) => only([create(BANDWIDTH, bandwidth('ipv6-a')), create(RULE, rule('ipv6-a'))], {
      configuration: { root_module: { resources: [BANDWIDTH, RULE].map((type, i) => ({ address: `${type}.a`, provider_config_key: keys[i] })) } },
    }).after;
    expect(of('alicloud.west', 'alicloud.west')).toBe('outbound only');
    expect(of('alicloud.west', 'alicloud')).toBe('open');
  });

  test.each([
    ['that of the bandwidth', [`${BANDWIDTH}.a.ipv6_gateway_id`, `${BANDWIDTH}.a`], 'outbound only'],
    ['the same as it is written there', ['alicloud_vpc_ipv6_gateway.g.id', 'alicloud_vpc_ipv6_gateway.g'], 'outbound only'],
    ['another one', ['alicloud_vpc_ipv6_gateway.h.id', 'alicloud_vpc_ipv6_gateway.h'], 'open'],
    ['that of another bandwidth', [`${BANDWIDTH}.b.ipv6_gateway_id`, `${BANDWIDTH}.b`], 'open'],
    ['not told', [], 'open'],
  ])('whose gateway only the apply knows: %s', (_, references, after) => {
    const gateway = { ipv6_gateway_id: undefined };
    expect(only([create(BANDWIDTH, bandwidth('ipv6-a', gateway)), create(RULE, rule('ipv6-a', gateway))], configuration({
      [`${BANDWIDTH}.a`]: { ipv6_gateway_id: ['alicloud_vpc_ipv6_gateway.g.id', 'alicloud_vpc_ipv6_gateway.g'] }, [`${RULE}.a`]: { ipv6_gateway_id: references },
    })).after).toBe(after);
  });

  test.each([['deleted', ['delete'], undefined], ['forgotten', ['forget'], undefined], ['forgotten, as it was', ['forget'], rule('ipv6-a')]])('not one that is %s', (_, actions, after) => {
    const { effect, because } = only([stands(BANDWIDTH, bandwidth('ipv6-a')), change(`${RULE}.a`, actions, { before: rule('ipv6-a'), after })]);
    expect(effect).toBe('opens');
    expect(because).toContain(`${RULE}.a`);
  });

  test('not one that the plan leaves for a later one', () => {
    const deferred = { deferred_changes: [{ reason: 'resource_config_unknown', resource_change: change(`${RULE}.a`, ['update'], { before: rule('ipv6-a'), after: rule('ipv6-a') }) }] };
    expect(only([stands(BANDWIDTH, bandwidth('ipv6-a'))], deferred)).toMatchObject({ effect: 'opens', because: expect.stringContaining('left for a later plan') });
  });

  test('not one that a replacement has left behind', () => {
    const deposed = change(`${RULE}.a`, ['delete'], { before: rule('ipv6-a'), deposed: '12345678' });
    expect(only([stands(BANDWIDTH, bandwidth('ipv6-a')), deposed])).toMatchObject({ before: 'outbound only', after: 'open' });
  });

  test('that moves to another address opens the first', () => {
    const moved = change(`${RULE}.a`, ['delete', 'create'], { before: rule('ipv6-a'), after: rule('ipv6-b') });
    const { addresses } = exposureOf(Plan.parse(planWith({ changes: [stands(BANDWIDTH, bandwidth('ipv6-a')), stands(BANDWIDTH, bandwidth('ipv6-b'), 'b'), moved] })));
    expect(addresses.map(({ address, effect }) => [address, effect])).toEqual([['ipv6-a', 'opens'], ['ipv6-b', 'closes']]);
  });

  describe('whose id only the apply knows, by reference', () => {
    const bandwidths = [create(BANDWIDTH, bandwidth(undefined)), create(RULE, rule(undefined))];

    test.each([
      ['to the bandwidth', [`${BANDWIDTH}.a.ipv6_address_id`, `${BANDWIDTH}.a`], 'outbound only'],
      ['to the bandwidth\'s address', ['alicloud_vpc_ipv6_address.a.id', 'alicloud_vpc_ipv6_address.a'], 'outbound only'],
      ['to another bandwidth', [`${BANDWIDTH}.b.ipv6_address_id`, `${BANDWIDTH}.b`], 'open'],
      ['to another attribute', [`${BANDWIDTH}.a.id`, `${BANDWIDTH}.a`], 'open'],
      ['to an instance', [`${BANDWIDTH}.a["x"].ipv6_address_id`, `${BANDWIDTH}.a["x"]`, `${BANDWIDTH}.a`], 'open'],
      ['to the bandwidth and a variable', [`${BANDWIDTH}.a.ipv6_address_id`, `${BANDWIDTH}.a`, 'var.other'], 'open'],
      ['to two bandwidths', [`${BANDWIDTH}.a.ipv6_address_id`, `${BANDWIDTH}.a`, `${BANDWIDTH}.b.ipv6_address_id`, `${BANDWIDTH}.b`], 'open'],
      ['to the whole bandwidth', [`${BANDWIDTH}.a`], 'open'],
      ['to an attribute of a value of the loop', ['each.value.ipv6_address_id', 'each.value'], 'open'],
      ['to nothing', [], 'open'],
    ])('%s', (_, references, after) => {
      const written = configuration({
        [`${BANDWIDTH}.a`]: { ipv6_address_id: ['alicloud_vpc_ipv6_address.a.id', 'alicloud_vpc_ipv6_address.a'] },
        [`${RULE}.a`]: { instance_id: references },
      });
      expect(only(bandwidths, written).after).toBe(after);
    });

    test.each([
      ['${REF}', 'outbound only'], ['${upper(REF)}', 'open'], ['${REF == "" ? "ipv6-b" : REF}', 'open'], ['x${REF}', 'open'], ['${REF}${REF}', 'open'],
    ])('in JSON syntax, of which a plan gives the text, as %s', (text, after) => {
      const [whole, part] = [`${BANDWIDTH}.a.ipv6_address_id`, `${BANDWIDTH}.a`];
      const instance_id = { constant_value: text.replaceAll('REF', whole), references: [whole, part] };
      expect(only(bandwidths, { configuration: { root_module: { resources: [{ address: `${RULE}.a`, expressions: { instance_id } }] } } }).after).toBe(after);
    });

    test('not where the configuration does not have the rule', () => {
      expect(only(bandwidths).after).toBe('open');
    });

    test.each([
      ['"x"', '"x"', `${BANDWIDTH}.a`, 'each.key', 'outbound only'], ['"x"', '"y"', `${BANDWIDTH}.a`, 'each.key', 'open'],
      ['0', '0', `${BANDWIDTH}.a`, 'count.index', 'outbound only'], ['0', '1', `${BANDWIDTH}.a`, 'count.index', 'open'],
      ['"x"', '"x"', `${BANDWIDTH}.a`, 'each.value', 'open'], ['0', '0', `${BANDWIDTH}.a`, 'each.key', 'open'],
    ])('the instance %s by the rule %s that refers to %s and %s', (key, ruleKey, resource, own, after) => {
      const changes = [change(`${BANDWIDTH}.a[${key}]`, ['create'], { after: bandwidth(undefined) }), change(`${RULE}.a[${ruleKey}]`, ['create'], { after: rule(undefined) })];
      expect(only(changes, configuration({ [`${RULE}.a`]: { instance_id: [resource, own] } })).after).toBe(after);
    });

    test('not from another module, nor another instance of the module', () => {
      const module = { resources: [{ address: `${RULE}.a`, expressions: { instance_id: { references: [`${BANDWIDTH}.a.ipv6_address_id`, `${BANDWIDTH}.a`] } } }] };
      const written = { configuration: { root_module: { ...module, module_calls: { m: { module } } } } };
      const of = (bandwidthModule: string, ruleModule: string) => only([
        change(`${bandwidthModule}${BANDWIDTH}.a`, ['create'], { after: bandwidth(undefined) }), change(`${ruleModule}${RULE}.a`, ['create'], { after: rule(undefined) }),
      ], written).after;
      expect(of('module.m["x"].', 'module.m["x"].')).toBe('outbound only');
      expect(of('module.m["x"].', 'module.m["y"].')).toBe('open');
      expect(of('', 'module.m["x"].')).toBe('open');
      expect(of('module.m["x"].', '')).toBe('open');
    });
  });
});

describe('a bandwidth', () => {
  test('that is bought anew by another resource is one address, without Internet in between', () => {
    expect(only([
      change(`${BANDWIDTH}.old`, ['delete'], { before: bandwidth('ipv6-a') }), change(`${BANDWIDTH}.new`, ['create'], { after: bandwidth('ipv6-a', { bandwidth: 20 }) }),
    ])).toMatchObject({
      effect: 'leaves', had: [{ mbps: 10 }], has: [{ mbps: 20 }], notes: ['without Internet from the deletion of the old bandwidth until the new one is bought'],
    });
  });

  test('that a replacement has left behind goes', () => {
    expect(only([change(`${BANDWIDTH}.a`, ['delete'], { before: bandwidth('ipv6-a'), deposed: '12345678' })])).toMatchObject({ effect: 'closes', after: 'no bandwidth' });
  });

  test('that is forgotten while a new one is made stays, and both are said', () => {
    const { addresses } = exposureOf(Plan.parse(planWith({ changes: [change(`${BANDWIDTH}.a`, ['create', 'forget'], { before: bandwidth('ipv6-a'), after: bandwidth('ipv6-b') })] })));
    expect(addresses.map(({ address, before, after }) => [address, before, after])).toEqual([['ipv6-a', 'open', 'open'], ['ipv6-b', 'no bandwidth', 'open']]);
  });

  test('that the plan leaves for a later one counts as open', () => {
    const deferred = { deferred_changes: [{ reason: 'instance_count_unknown', resource_change: change(`${BANDWIDTH}.a`, ['create'], { after: bandwidth('ipv6-a') }) }] };
    const rules = [change(`${RULE}.a`, ['create'], { after: rule('ipv6-a') })];
    expect(only(rules, deferred)).toMatchObject({ effect: 'opens', because: expect.stringContaining('instance_count_unknown') });
  });

  test('whose rule was deleted by somebody was open already: the plan closes it', () => {
    const values = bandwidth('ipv6-a');
    const drift = { resource_drift: [change(`${RULE}.a`, ['delete'], { before: rule('ipv6-a') })] };
    expect(only([change(`${BANDWIDTH}.a`, ['no-op'], { before: values, after: values }), change(`${RULE}.a`, ['create'], { after: rule('ipv6-a') })], drift)).toMatchObject({ effect: 'closes' });
  });

  test('has its Mbit/s and charge type, or says why not', () => {
    const of = (after: Readonly<Record<string, unknown>>, marks: object = {}) => {
      const { address, has: [{ mbpsText, chargeTypeText }] } = only([change(`${BANDWIDTH}.a`, ['create'], { after, change: { after_sensitive: marks } })]);
      return [address, mbpsText, chargeTypeText];
    };
    expect(of(bandwidth('ipv6-a'))).toEqual(['ipv6-a', '10', 'PayByBandwidth']);
    expect(of(bandwidth(undefined, { bandwidth: undefined, internet_charge_type: undefined }))).toEqual(['known after apply', 'known after apply', 'known after apply']);
    expect(of(bandwidth('ipv6-a'), { ipv6_address_id: true, bandwidth: true })).toEqual(['sensitive', 'sensitive', 'PayByBandwidth']);
  });

  test('in a plan of data sources and other resources alone is none', () => {
    const changes = [change('alicloud_vpc.a', ['create'], { after: {} }), { ...change('alicloud_vpc_ipv6_addresses.a', ['read'], { after: {} }), mode: 'data' }];
    expect(exposureOf(Plan.parse(planWith({ changes }))).addresses).toEqual([]);
  });
});

import { change, planWith } from './plans';
import { judge } from '../../src/exposure/findings';
import { PUBLIC_TYPES } from '../../src/exposure/public-services';
import { ruleOf } from '../../src/exposure/rules';
import { Places } from '../src/exposure';
import { Plan } from '../src/plan';
import { planExposure } from '../src/plan-exposure';
import { State, stateExposure } from '../src/state';

const PLACES: Places = { placeOf: ({ address }) => ({ path: address, subject: address }) };
const RULES = ['Ipv6EgressOnlyRequired', 'Ipv6OpenPorts'].map((id) => {
  const rule = ruleOf(id)!;
  return { rule, limit: rule.defaultLimit ?? { tcp: [443] }, severity: 'error' as const, unknownSeverity: 'error' as const, scope: '' };
});

type Values = Readonly<Record<string, unknown>>;
const DUAL_STACK = { address_ip_version: 'DualStack', ipv6_address_type: 'Internet' };

function ofPlan(type: string, actions: readonly string[], sides: { before?: Values; after?: Values }, written: readonly string[] = []) {
  const expressions = Object.fromEntries(written.map((argument) => [argument, { references: ['var.x'] }]));
  const { rows, facts } = planExposure(Plan.parse(planWith({
    changes: [change(`${type}.a`, actions, sides)], configuration: { root_module: { resources: [{ address: `${type}.a`, expressions }] } },
  })), PLACES);
  return { rows: rows.map(({ effect, before, after }) => `${effect}: ${before}, ${after}`), kinds: facts.opaque.map(({ kind }) => kind), findings: judge(facts, RULES, []).findings.length };
}

describe.each(['alicloud_nlb_load_balancer', 'alicloud_alb_load_balancer'])('%s', (type) => {
  test.each<[string, Values, readonly string[], string[]]>([
    ['on the Internet', DUAL_STACK, [], ['opens: none, open']],
    ['inside', { ...DUAL_STACK, ipv6_address_type: 'Intranet' }, [], []],
    ['of IPv4', { address_ip_version: 'IPv4', ipv6_address_type: 'Internet' }, [], []],
    ['on the Internet, without a version', { address_ip_version: undefined, ipv6_address_type: 'Internet' }, [], ['opens: none, open']],
    ['with unknown values that are not in the configuration', { address_ip_version: undefined, ipv6_address_type: undefined }, [], []],
    ['with an unknown type that is in the configuration', { ...DUAL_STACK, ipv6_address_type: undefined }, ['ipv6_address_type'], ['opens: none, unproven']],
  ])('%s', (_, after, written, rows) => {
    const found = ofPlan(type, ['create'], { after }, written);
    expect(found.rows).toEqual(rows);
    expect(found.findings).toBe(rows.length * 2);
  });

  test('changes and goes', () => {
    const inside = { ...DUAL_STACK, ipv6_address_type: 'Intranet' };
    expect(ofPlan(type, ['update'], { before: inside, after: DUAL_STACK }).rows).toEqual(['opens: none, open']);
    expect(ofPlan(type, ['update'], { before: DUAL_STACK, after: inside }).rows).toEqual(['closes: open, none']);
    expect(ofPlan(type, ['delete'], { before: DUAL_STACK }).rows).toEqual(['closes: open, none']);
    expect(ofPlan(type, ['forget'], { before: DUAL_STACK }).rows).toEqual(['unchanged: open, open']);
    expect(ofPlan(type, ['delete', 'create'], { before: DUAL_STACK, after: DUAL_STACK }).rows).toEqual(['replaces: open, open']);
  });
});

test.each<[Values, number]>([
  [{ address_ip_version: 'ipv6', address_type: 'internet' }, 1],
  [{ address_ip_version: 'ipv6', address_type: undefined }, 1],
  [{ address_ip_version: 'ipv6', address_type: undefined, vswitch_id: 'vsw-1' }, 0],
  [{ address_ip_version: 'ipv6', address_type: 'intranet' }, 0],
  [{ address_ip_version: 'ipv4', address_type: 'internet' }, 0],
])('a classic load balancer %j has %d row', (after, count) => {
  expect(ofPlan('alicloud_slb_load_balancer', ['create'], { after }).rows).toHaveLength(count);
});

test.each<[string, Values, Values]>([
  ['alicloud_api_gateway_instance', { ipv6_enabled: true }, { ipv6_enabled: false }],
  ['alicloud_apig_gateway', { load_balancers: [{ ipv6_addresses: ['2001:db8::1'] }] }, { load_balancers: [{ ipv6_addresses: [] }] }],
  ['alicloud_ddosbgp_instance', { ip_type: 'IPv6' }, { ip_type: 'IPv4' }],
  ['alicloud_ddoscoo_instance', { address_type: 'Ipv6' }, { address_type: 'Ipv4' }],
  ['alicloud_ens_instance', { ip_type: 'ipv4Andipv6' }, { ip_type: 'ipv4' }],
  ['alicloud_esa_site', { ipv6_enable: 'on' }, { ipv6_enable: 'off' }],
  ['alicloud_esa_transport_layer_application', { ipv6: 'on' }, {}],
  ['alicloud_ga_ip_set', { ip_version: 'DUAL_STACK' }, { ip_version: 'IPv4' }],
  ['alicloud_wafv3_domain', { listen: [{ ipv6_enabled: true }] }, { listen: [{}] }],
])('%s is named, and is no row', (type, isPublic, isPrivate) => {
  expect(ofPlan(type, ['create'], { after: isPublic })).toEqual({ rows: [], kinds: ['service'], findings: 2 });
  expect(ofPlan(type, ['create'], { after: isPrivate })).toEqual({ rows: [], kinds: [], findings: 0 });
});

test('a state has the same', () => {
  const resources = PUBLIC_TYPES.map((type) => ({
    address: `${type}.a`,
    mode: 'managed',
    type,
    name: 'a',
    values: { ...DUAL_STACK, ...type.startsWith('alicloud_slb') ? { address_ip_version: 'ipv6', address_type: 'internet' } : {} },
  }));
  const { rows } = stateExposure(State.of({ format_version: '1.0', values: { root_module: { resources } } }), PLACES);
  expect(rows.map(({ resources: [name] }) => name)).toEqual(['alb_load_balancer', 'nlb_load_balancer', 'slb', 'slb_load_balancer'].map((type) => `alicloud_${type}.a`));
});

// Plans of Terraform in which the verdict is easily wrong.
import * as fs from 'node:fs';
import { BANDWIDTH, byTerraformAddress, judged, planNamed, planText, RULE } from './plans';
import { Plan } from '../src/plan';
import { planExposure } from '../src/plan-exposure';

/** The rows of a kept plan, by the name of the first resource. */
function rowsOf(name: string): Record<string, string> {
  return Object.fromEntries(planExposure(planNamed(name), byTerraformAddress).rows.map(({ resources, address, effect, before, after, reason }) =>
    [`${resources[0].replace(`${BANDWIDTH}.`, '')} ${address}`, `${effect}: ${before}, ${after}${reason ? `: ${reason}` : ''}`]));
}

const containing = (...parts: string[]) => expect.stringMatching(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*'));

test.each<[string, string, Record<string, unknown>]>([
  ['any-expression-of-the-bandwidth', 'a rule in HCL whose expression may yield another bandwidth proves nothing', Object.fromEntries([
    ...['k1["a"]', 'k2["a"]', 'k3', 'k4', 'k5'].map((name) => `${name} known after apply`), 'k3b ipv6-w39', 'k4b ipv6-w38', 'k5b ipv6-w37',
  ].map((name) => [name, containing('opens: none, unproven', 'the plan does not show which address')]))],
  ['deposed-target-omits', 'a deposed object does not hide the current bandwidth', {
    'a ipv6-fake000000000238': 'closes: open, none',
    'a ipv6-fake000000000240': containing('unchanged: open, open'),
  }],
  ['false-open-literal-key-newgw', 'a rule that names one instance by its key closes this one', {
    'b["db"] known after apply': 'adds (outbound only): none, closed',
    'b["web"] known after apply': containing('opens: none, open'),
  }],
  ['false-open-mod-gw-two-attrs', 'a gateway has its id in two attributes', {
    'module.a.this known after apply': 'adds (outbound only): none, closed',
  }],
  ['forget-create', 'a bandwidth that is forgotten stays, and its rule is deleted', {
    'web ipv6-a': containing('opens: closed, open', 'is deleted'),
    'web ipv6-b': containing('opens: none, unproven', 'has no configuration'),
  }],
  ['gateway-block', 'bandwidths without rules are open', {
    'a ipv6-1': containing('opens: none, open'), 'b ipv6-2': containing('opens: none, open'),
  }],
  ['nodependency', 'a rule that nothing orders after the bandwidth closes nothing', Object.fromEntries([0, 1, 2, 3].map((i) =>
    [`b${i} ipv6-u0${i}`, containing('opens: none, open', `nothing orders ${RULE}.r${i} after the bandwidth`, 'add depends_on')]))],
  ['rule-deleted-alone', 'a rule that is deleted opens an address whose bandwidth is not in the plan', {
    [`${RULE}.r ipv6-a`]: containing('opens: closed, open', 'is deleted, and its bandwidth is not in this plan'),
  }],
  ['taint-target', 'a tainted rule outside of the plan proves nothing', { 'a ipv6-t1': containing('unchanged: unproven, unproven', 'is tainted') }],
  ['target-drift', 'a rule that the plan did not read proves nothing', { 'a ipv6-t1': containing('unchanged: unproven, unproven', 'did not read it from the service') }],
  ['update-in-place', 'an open address stays open', { 'web ipv6-a': containing('unchanged: open, open') }],
  ['zero-mbps', 'an address with 0 Mbit/s is private, and opens with more', { 'web ipv6-a': containing('opens: none, open') }],
])('%s: %s', (name, _, rows) => {
  expect(rowsOf(`cases/${name}`)).toEqual(rows);
});

describe('names in any script, and keys that HCL escapes', () => {
  const verdicts = (text: string) => planExposure(Plan.parse(text), byTerraformAddress).rows.map(({ after }) => after);

  test('are the same in an address and in a reference', () => {
    expect(verdicts(planText('names-and-keys'))).toEqual(Array.from({ length: 12 }, () => 'closed'));
  });

  test.each(['$${x}', 'a\\u2028b', 'ü漢', '😀'])('do not close an instance without a rule: the key %s', (key) => {
    const plan = JSON.parse(planText('names-and-keys'));
    const ofKey = ({ address }: { address: string }) => address === `${BANDWIDTH}.東京["${key}"]`;
    expect(plan.resource_changes.filter(ofKey)).toHaveLength(1);
    const resources: { expressions: { instance_id?: { references: string[] } } }[] = plan.configuration.root_module.resources;
    const [rule] = resources.filter(({ expressions: { instance_id: id } }) => id?.references[0] === `${BANDWIDTH}.東京["${key}"].ipv6_address_id`);
    rule.expressions.instance_id!.references = rule.expressions.instance_id!.references.map((reference) => reference.replace(key, 'other'));
    expect(verdicts(JSON.stringify(plan))).not.toContain('closed');
  });
});

const PROVIDER_INSTANCE = 'which instance of its provider block';

test.each<[string, string, Record<string, unknown>]>([
  ['computed-values', 'a constant of the expression may be another address', Object.fromEntries([
    ...['id', 'can', 'startswith', 'lookup'].map((name) => `${name} known after apply`), 'existing ipv6-00000005',
  ].map((name) => [name, containing('opens: none, unproven', 'the plan does not show which address')]))],
  ['gateways-by-key', 'a gateway by a computed key may be another one', {
    'fleet["a"] ipv6-00000005': containing('opens: none, unproven', 'has the same gateway'),
    'fleet["b"] ipv6-00000007': containing('opens: none, unproven', 'has the same gateway'),
  }],
  ['first-deployment', 'a rule with count, a new gateway, a literal key and the same data source close', {
    'single known after apply': 'adds (outbound only): none, closed',
    'fleet["db"] known after apply': 'adds (outbound only): none, closed',
    'fleet["web"] known after apply': 'adds (outbound only): none, closed',
    'found known after apply': 'adds (outbound only): none, closed',
  }],
  ['literal-rules', 'a rule by a literal id needs depends_on', {
    'ordered ipv6-00000007': 'adds (outbound only): none, closed',
    'unordered ipv6-00000005': containing('opens: none, open', 'add depends_on'),
  }],
  ['rules-alone', 'a plan without bandwidth opens addresses by their rules', {
    [`${RULE}.deleted ipv6-00000005`]: containing('opens: closed, open', 'its bandwidth is not in this plan'),
    [`${RULE}.replaced ipv6-00000007`]: 'replaces: closed, closed',
    [`${RULE}.forgotten ipv6-00000009`]: containing('opens: closed, unproven', 'is forgotten'),
  }],
  ['tofu-exclude', 'an excluded rule proves nothing', { 'one ipv6-00000005': containing('unchanged: unproven, unproven', 'is not part of this plan') }],
  ['tofu-provider-instances', 'the instance of a provider block is not in the plan', { 'one ipv6-00000005': containing('opens: none, unproven', PROVIDER_INSTANCE) }],
  ['tofu-kept-on-replacement', 'a bandwidth that is not deleted is not interrupted', { 'one ipv6-00000005': containing('replaces: open, open') }],
])('%s: %s', (name, _, rows) => {
  expect(rowsOf(name)).toEqual(rows);
});

test('computed-instances: arithmetic with keys, element, reverse and one prove nothing', () => {
  const rows = rowsOf('computed-instances');
  expect(Object.keys(rows)).toHaveLength(13);
  for (const row of Object.values(rows)) expect(row).toMatch(/^opens: none, unproven: the plan does not show which address/);
});

test('load-balancers: each kind with public IPv6 is a load balancer', () => {
  const { facts } = planExposure(planNamed('load-balancers'), byTerraformAddress);
  expect(facts.opaque.map(({ kind, subject }) => [kind, subject])).toEqual(['alb', 'nlb', 'slb'].map((kind) => ['load balancer', `alicloud_${kind}_load_balancer.public`]));
});

test('key-arithmetic: no key that an expression computes proves anything', () => {
  const rows = rowsOf('cases/key-arithmetic');
  expect(Object.keys(rows)).toHaveLength(24);
  for (const row of Object.values(rows)) expect(row).toMatch(/^opens: none, unproven: the plan does not show which address/);
});

test.each(['cases/forget-create', 'tofu-kept-on-replacement'])('%s: nothing is deleted, so nothing is interrupted', (name) => {
  const { rows } = planExposure(planNamed(name), byTerraformAddress);
  expect(JSON.stringify(rows)).not.toContain('until the new one is bought');
});

test('gateway-block: an acknowledgement with the block of one gateway does not acknowledge another one', () => {
  const rules = fs.readFileSync(`${__dirname}/plans/cases/gateway-block.rules.json`, 'utf8');
  const { findings } = judged(planText('cases/gateway-block'), rules);
  expect(findings.map(({ place: { subject }, severity, acknowledgement }) => [subject, severity, acknowledgement?.reason])).toEqual([
    ['alicloud_vpc_ipv6_gateway.one', 'error', 'ok'], ['alicloud_vpc_ipv6_gateway.two', 'error', undefined],
  ]);
});

test('each kept case has a test', () => {
  const kept = fs.readdirSync(`${__dirname}/plans/cases`).map((file) => file.replace(/(\.rules)?\.json$/, ''));
  const self = fs.readFileSync(__filename, 'utf8');
  expect(kept.filter((name) => !self.includes(name))).toEqual([]);
});

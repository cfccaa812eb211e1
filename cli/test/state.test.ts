// After an apply, the program, the state and a plan without changes have the same facts.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { BANDWIDTH, bandwidth, byTerraformAddress, change, judged, planWith, RULE, rule } from './plans';
import { planOf, SCENARIOS } from './scenarios';
import { judge } from '../../src/exposure/findings';
import { programFacts } from '../../src/exposure/program/program-facts';
import { ruleOf } from '../../src/exposure/rules';
import { WrittenStack } from '../../src/terraform/written-stack';
import { missing } from '../../test/e2e/terraform';
import { ExposureRow } from '../src/exposure';
import { jsonOf } from '../src/plan';
import { State, stateExposure } from '../src/state';

jest.setTimeout(300_000);

type Values = Readonly<Record<string, unknown>>;

interface Resource {
  readonly address: string;
  readonly values: Values;
  readonly more?: object;
}

/** A state as `terraform show -json` prints it. */
function stateWith(...resources: readonly Resource[]): string {
  return JSON.stringify({
    format_version: '1.0',
    values: {
      root_module: {
        resources: resources.map(({ address, values, more }) => {
          const [type, name] = address.split('.');
          return { address, mode: 'managed', type, name, values, ...more };
        }),
      },
    },
  });
}

function rowOf(state: string): ExposureRow {
  const { rows } = stateExposure(State.of(jsonOf(state)), byTerraformAddress);
  expect(rows).toHaveLength(1);
  return rows[0];
}

const A = { address: `${BANDWIDTH}.a`, values: bandwidth('ipv6-a') };

test.each<[string, readonly Resource[], string, string | undefined]>([
  ['without a rule is open', [A], 'open', 'no egress-only rule in this state'],
  ['with a rule is closed', [A, { address: `${RULE}.a`, values: rule('ipv6-a') }], 'closed', undefined],
  ['with a rule of another address is open', [A, { address: `${RULE}.a`, values: rule('ipv6-b') }], 'open', 'no egress-only rule in this state'],
  ['with a rule of another gateway is open', [A, { address: `${RULE}.a`, values: rule('ipv6-a', { ipv6_gateway_id: 'ipv6gw-2' }) }], 'open', 'is of another gateway'],
  ['with a rule for another type of instance is open', [A, { address: `${RULE}.a`, values: rule('ipv6-a', { instance_type: 'Ipv6Prefix' }) }], 'open', 'no egress-only rule in this state'],
  ['with a tainted rule is unproven', [A, { address: `${RULE}.a`, values: rule('ipv6-a'), more: { tainted: true } }], 'unproven', 'is tainted'],
  ['with a deposed rule is unproven', [A, { address: `${RULE}.a`, values: rule('ipv6-a'), more: { deposed_key: '12345678' } }], 'unproven', 'left behind'],
  ['with 0 Mbit/s is private', [{ address: `${BANDWIDTH}.a`, values: bandwidth('ipv6-a', { bandwidth: 0 }) }], 'none', undefined],
])('in a state, an address %s', (_, resources, after, reason) => {
  const row = rowOf(stateWith(...resources));
  expect(row).toMatchObject({ address: 'ipv6-a', effect: 'unchanged', before: after, after });
  if (reason !== undefined) expect(row.reason).toContain(reason);
});

/** Two addresses, one of them closed, and a gateway. */
const RESOURCES: readonly Resource[] = [
  A, { address: `${BANDWIDTH}.b`, values: bandwidth('ipv6-b', { bandwidth: 20, internet_charge_type: 'PayByTraffic' }) },
  { address: `${RULE}.a`, values: rule('ipv6-a') }, { address: 'alicloud_vpc_ipv6_gateway.g', values: { id: 'ipv6gw-1' } },
  { address: 'alicloud_nlb_load_balancer.n', values: { ipv6_address_type: 'Internet' } },
];

/** The findings of a rule in a program that writes the resources. */
function findingsOfProgram(id: string, limit: unknown): [string, boolean][] {
  const stack = new TerraformStack(new App({ outdir: fs.mkdtempSync(path.join(os.tmpdir(), 'alicloud-ipv6-')) }), 'web');
  for (const { address, values } of RESOURCES) {
    const [type, name] = address.split('.');
    stack.addOverride(`resource.${type}.${name}`, { ...values, ...type === RULE ? { depends_on: [`${BANDWIDTH}.${name}`] } : {} });
  }
  const checked = { rule: ruleOf(id)!, limit, severity: 'error' as const, unknownSeverity: 'error' as const, scope: '' };
  const { findings } = judge(programFacts([WrittenStack.ofConstructs(stack)]), [checked], []);
  return findings.map(({ actual, isUnknown }) => [withoutReason(actual), isUnknown]);
}

/** Only the reason names what was read. */
function withoutReason(actual: string): string {
  return actual.replace(/ \(no egress-only rule .*\)$/, '');
}

test.each<[string, unknown]>([
  ['Ipv6EgressOnlyRequired', true], ['Ipv6BandwidthPerAddress', 10], ['Ipv6BandwidthPerGateway', 20], ['Ipv6ChargeTypeAllowed', ['PayByBandwidth']], ['Ipv6EgressOnlyRulesPerGateway', 1],
])('%s finds the same in a program, in a plan and in a state', (id, limit) => {
  const rules = { format: 1, rules: [{ id, limit }] };
  const plan = planWith({ changes: RESOURCES.map(({ address, values }) => change(address, ['no-op'], { before: values, after: values })) });
  // Only the sentence names what was read.
  const findings = (text: string) => JSON.parse(JSON.stringify(judged(text, rules).findings).replaceAll('in this plan', 'in this state'));
  expect(findings(stateWith(...RESOURCES))).toEqual(findings(plan));
  const shown = judged(plan, rules).findings.map(({ actual, isUnknown }): [string, boolean] => [withoutReason(actual), isUnknown]);
  expect(findingsOfProgram(id, limit).sort()).toEqual(shown.sort());
  if (id !== 'Ipv6EgressOnlyRulesPerGateway') expect(findings(plan)).not.toEqual([]);
});

const reason = missing();
if (reason) process.stderr.write(`skipped: plans are not compared with states of Terraform: ${reason}\n`);

(reason ? test.skip : test)('a plan without changes and the state have the same rows and findings', async () => {
  const rules = { format: 1, rules: [{ id: 'Ipv6EgressOnlyRequired' }, { id: 'Ipv6BandwidthPerGateway', limit: 1 }] };
  let [plan, state] = ['', ''];
  await planOf(SCENARIOS.find(({ name }) => name === 'for-each-and-modules')!, async (workspace) => {
    await workspace.applyPlanned();
    state = await workspace.command('show', '-json');
    plan = await workspace.plan();
  });
  const [ofPlan, ofState] = [plan, state].map((text) => judged(text, rules));
  const shown = ({ rows }: typeof ofPlan) => rows
    .map(({ address, effect, before, after, resources, mbps, chargeType }) => ({ address, effect, before, after, resources, mbps, chargeType }))
    .sort((one, other) => one.address.localeCompare(other.address));
  expect(shown(ofState)).toEqual(shown(ofPlan));
  expect(ofPlan.rows).toHaveLength(8);
  const found = ({ findings }: typeof ofPlan) => findings
    .map(({ ruleId, place, severity, isUnknown }) => JSON.stringify([ruleId, place.path, place.subject, severity, isUnknown])).sort();
  expect(found(ofState)).toEqual(found(ofPlan));
});

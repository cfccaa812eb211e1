// Plans and states that are checked together.
import { alicloudIpv6 } from './command-line';
import { BANDWIDTH, bandwidth, change, planWith, RULE, rule } from './plans';
import { testFolder } from './test-folder';

jest.setTimeout(60_000);

const { file } = testFolder();

const GATEWAY = 'alicloud_vpc_ipv6_gateway';
const PER_GATEWAY = { id: 'Ipv6BandwidthPerGateway', limit: 15, severity: 'error', scope: '' };

/** The plan of a stack that gives an address 10 Mbit/s, in the folder of the stack. */
function planOf(stack: string, more: readonly object[] = [], gateway = 'ipv6gw-1'): string {
  const values = bandwidth(`ipv6-${stack}`, { ipv6_gateway_id: gateway });
  return file(`stacks/${stack}/plan.json`, planWith({ changes: [change(`${BANDWIDTH}.a`, ['create'], { after: values }), ...more] }));
}

function stackRules(stack: string, more: object = {}): object {
  return { path: stack, rules: [PER_GATEWAY], constructs: { [`${BANDWIDTH}.a`]: `${stack}/A`, [`${GATEWAY}.g`]: `${stack}/Gateway` }, acknowledgements: [], ...more };
}

async function exposure(...args: string[]): Promise<{ code: number | null; errors: string; json: any }> {
  const { code, output, errors } = await alicloudIpv6(['exposure', '--json', ...args]);
  return { code, errors, json: output === '' ? undefined : JSON.parse(output) };
}

describe('the total of a gateway', () => {
  const rulesOf = (more: object = {}) => file('rules.json', { format: 1, stacks: { web: stackRules('web', more), api: stackRules('api') } });

  test('is added up over all plans, even if no single plan is above the limit', async () => {
    const plans = [planOf('web'), planOf('api')];
    for (const plan of plans) expect((await exposure('--rules', rulesOf(), plan)).code).toBe(0);
    const { code, json } = await exposure('--rules', rulesOf(), ...plans);
    expect(code).toBe(1);
    expect(json.results.map(({ name, findings, addresses }: any) => [name, findings, addresses.map(({ address }: any) => address)]))
      .toEqual([[plans[0], [], ['ipv6-web']], [plans[1], [], ['ipv6-api']]]);
    // The app's rule is in both stacks, and is one rule.
    expect(json.findings).toMatchObject([{ ruleId: 'Ipv6BandwidthPerGateway', subject: 'ipv6gw-1', path: '', block: 'ipv6gw-1', actual: '20 Mbit/s in all' }]);
  });

  test('is separate for the gateways of different plans', async () => {
    expect(await exposure('--rules', rulesOf(), planOf('web'), planOf('api', [], 'ipv6gw-2'))).toMatchObject({ code: 0, json: { findings: [] } });
  });

  test('is a finding of the plan that has the gateway', async () => {
    const gateway = change(`${GATEWAY}.g`, ['no-op'], { before: { id: 'ipv6gw-1' }, after: { id: 'ipv6gw-1' } });
    const { json } = await exposure('--rules', rulesOf(), planOf('web'), planOf('api', [gateway]));
    expect(json.results.map(({ findings }: any) => findings.map(({ path: at }: any) => at))).toEqual([[], ['api/Gateway']]);
    expect(json.findings).toEqual([]);
  });

  test.each([
    ['of the app, in one of the stacks', { ruleId: 'Ipv6BandwidthPerGateway', path: '', block: 'ipv6gw-1', reason: 'agreed' }, 0],
    ['of another gateway', { ruleId: 'Ipv6BandwidthPerGateway', path: '', block: 'ipv6gw-2', reason: 'agreed' }, 1],
    ['of a stack', { ruleId: 'Ipv6BandwidthPerGateway', path: 'web', block: 'ipv6gw-1', reason: 'agreed' }, 1],
  ])('is acknowledged by an acknowledgement %s: %#', async (_, acknowledgement, code) => {
    expect((await exposure('--rules', rulesOf({ acknowledgements: [acknowledgement] }), planOf('web'), planOf('api'))).code).toBe(code);
  });

  test('contains a state next to a plan, with rules written by hand', async () => {
    const rules = file('rules.json', { format: 1, rules: [{ id: 'Ipv6BandwidthPerGateway', limit: 15 }] });
    const state = file('state.json', {
      format_version: '1.0',
      values: { root_module: { resources: [{ address: `${BANDWIDTH}.s`, mode: 'managed', type: BANDWIDTH, name: 's', values: bandwidth('ipv6-s', { bandwidth: 6 }) }] } },
    });
    const { code, json } = await exposure('--rules', rules, planOf('web'), state);
    expect([code, json.findings[0].actual, json.results.map(({ kind }: any) => kind)]).toEqual([1, '16 Mbit/s in all', ['plan', 'state']]);
  });
});

test('an unused acknowledgement is shown once, and one of a stack that was not passed is not shown', async () => {
  const acknowledgement = (at: string) => ({ ruleId: 'Ipv6BandwidthPerGateway', path: at, reason: 'agreed' });
  const acknowledgements = [acknowledgement('web/Gone'), acknowledgement('other/Gateway')];
  const rules = file('rules.json', { format: 1, stacks: { web: stackRules('web', { acknowledgements }), api: stackRules('api', { acknowledgements }) } });
  expect((await exposure('--rules', rules, planOf('web'), planOf('api'))).json.unusedAcknowledgements).toMatchObject([{ path: 'web/Gone' }]);
});

test('each finding stays with its plan, even if Terraform addresses are the same', async () => {
  const rules = file('rules.json', { format: 1, rules: [{ id: 'Ipv6EgressOnlyRequired' }] });
  const closed = planOf('api', [change(`${RULE}.a`, ['create'], { after: rule('ipv6-api'), depends_on: [] })]);
  const { json } = await exposure('--rules', rules, planOf('web'), closed);
  expect(json.results[0].findings).toMatchObject([{ subject: `${BANDWIDTH}.a` }]);
});

test.each(['table', 'markdown', 'github'])('%s has the totals of each plan and of all', async (format) => {
  const { output } = await alicloudIpv6(['exposure', '--format', format, planOf('web'), planOf('api')]);
  expect(output.match(/opens \d+, closes 0; after the apply \d+ open, 0 unproven, 0 outbound only; Mbit\/s in all: 0 to \d+/g)!.map((line) => line.match(/\d+/g)).sort())
    .toEqual([['1', '0', '1', '0', '0', '0', '10'], ['1', '0', '1', '0', '0', '0', '10'], ['2', '0', '2', '0', '0', '0', '20']]);
});

test('--stack requires one plan', async () => {
  const rules = file('rules.json', { format: 1, stacks: { web: stackRules('web') } });
  expect(await exposure('--rules', rules, '--stack', 'web', planOf('web'))).toMatchObject({ code: 0 });
  expect(await exposure('--rules', rules, '--stack', 'web', planOf('web'), planOf('api'))).toMatchObject({ code: 2, errors: expect.stringContaining('--stack names the stack of one plan') });
});

describe('--fail-on-open', () => {
  const closed = () => file('closed.json', planWith({
    changes: [change(`${BANDWIDTH}.a`, ['no-op'], { before: bandwidth('ipv6-a'), after: bandwidth('ipv6-a') }), change(`${RULE}.a`, ['no-op'], { before: rule('ipv6-a'), after: rule('ipv6-a') })],
  }));
  const unproven = () => file('unproven.json', planWith({
    changes: [change(`${BANDWIDTH}.a`, ['create'], { after: bandwidth(undefined) }), change(`${RULE}.a`, ['create'], { after: rule(undefined) })],
  }));
  const balancer = () => file('balancer.json', planWith({ changes: [change('alicloud_nlb_load_balancer.a', ['create'], { after: { ipv6_address_type: 'Internet' } })] }));
  const gone = () => file('gone.json', planWith({ changes: [change(`${BANDWIDTH}.a`, ['delete'], { before: bandwidth('ipv6-a') })] }));

  test.each<[string, () => string, number]>([
    ['is open', () => planOf('web'), 1],
    ['is unproven', unproven, 1],
    ['is of a load balancer', balancer, 1],
    ['is outbound only', closed, 0],
    ['is closed by the apply', gone, 0],
  ])('an address that %s ends with its code', async (_, plan, code) => {
    expect((await exposure('--fail-on-open', plan())).code).toBe(code);
    expect((await exposure(plan())).code).toBe(0);
  });

  test('fails if one of several plans is open', async () => {
    expect((await exposure('--fail-on-open', closed(), planOf('web'))).code).toBe(1);
  });

  test('is replaced by a rule in a rules file', async () => {
    const rules = file('rules.json', { format: 1, rules: [{ id: 'Ipv6EgressOnlyRequired' }] });
    expect(await exposure('--fail-on-open', '--rules', rules, closed())).toMatchObject({ code: 2, errors: expect.stringContaining("cannot be used with option '--rules") });
  });
});

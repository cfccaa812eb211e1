import * as fs from 'node:fs';
import { createServer, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { alicloudIpv6, Run } from './command-line';
import { askedByCommand, onlyAsks } from './only-asks';
import { BANDWIDTH, bandwidth, change, planNamed, planWith, RULE, rule } from './plans';
import { VpcApi as StandIn } from '../../test/e2e/vpc-api';
import { ALLOCATE_BANDWIDTH_ERRORS, ApiErrorCode } from '../../test/e2e/vpc-api-errors';
import { endpointOf } from '../src/endpoint';
import { Plan } from '../src/plan';
import { preflight as ask, Question, questionsOf, Verdict } from '../src/preflight';
import { Regions } from '../src/regions';
import { VpcApi } from '../src/vpc-api';

jest.setTimeout(120_000);

const ALLOCATE = 'AllocateIpv6InternetBandwidth';
const SECRETS = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'canary-access-key', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'canary-secret', ALIBABA_CLOUD_SECURITY_TOKEN: 'canary-token' };

type Env = Readonly<Record<string, string>>;

let api: StandIn;
let addresses: string[];
let gatewayId: string;

beforeEach(async () => {
  api = await StandIn.start();
  const vpcId = api.seedVpc();
  gatewayId = api.seedGateway(vpcId).Ipv6GatewayId;
  const vSwitchId = api.seedVSwitch(vpcId);
  addresses = Array.from({ length: 8 }, () => api.seedInstance({ vSwitchId }).primary.Ipv6AddressId);
});

afterEach(async () => {
  const { calls } = api;
  await api.stop();
  // Whatever a test is about, nothing was bought. (only-asks.ts looks at what was asked.)
  expect(calls.filter(({ writes, status }) => writes && status >= 200 && status < 300)).toEqual([]);
  expect(api.events).toEqual([]);
});

/** What a plan asks, where --region is given or not. */
function questions(of: Plan, given?: string): Question[] {
  return questionsOf(of, new Regions({ plan: of, providerText: () => undefined }, given));
}

/** A plan that buys bandwidth for so many addresses. */
function plan(count: number, more: Readonly<Record<string, unknown>> = {}): string {
  return planWith({ changes: addresses.slice(0, count).map((id, i) => change(`${BANDWIDTH}.a[${i}]`, ['create'], { after: bandwidth(id, { ipv6_gateway_id: gatewayId, ...more }) })) });
}

async function preflight(input: string, args: readonly string[] = [], env: Env = SECRETS): Promise<Run & { verdicts: any[] }> {
  const run = await alicloudIpv6(['preflight', '--json', '--endpoint', `http://127.0.0.1:${api.port}`, ...args, '-'], { input, env });
  expect(`${run.output}${run.errors}`).not.toContain('canary');
  return { ...run, verdicts: run.output === '' ? [] : JSON.parse(run.output).plans[0].verdicts };
}

test('a write that the API would accept passes', async () => {
  const { code, errors, verdicts } = await preflight(plan(3));
  expect([code, errors]).toEqual([0, '']);
  expect(verdicts).toEqual([0, 1, 2].map((i) => ({ resource: `${BANDWIDTH}.a[${i}]`, action: ALLOCATE, outcome: 'would pass' })));
  expect(api.calls.map(({ params: { ClientToken: _, ...params } }) => params)).toEqual(expect.arrayContaining([
    { Ipv6AddressId: addresses[0], Ipv6GatewayId: gatewayId, Bandwidth: '10', InternetChargeType: 'PayByBandwidth', RegionId: 'cn-hangzhou', DryRun: 'true' },
  ]));
  expect(new Set(api.calls.map(({ params }) => params.ClientToken)).size).toBe(3);
  expect(api.calls.every(({ params }) => /^[\da-f-]{36}$/.test(params.ClientToken))).toBe(true);
});

test('only-asks.ts distinguishes a dry run from a write, and sees the calls of the command', async () => {
  await preflight(plan(1));
  expect(askedByCommand().at(-1)).toMatchObject({ action: ALLOCATE, params: { DryRun: 'true' } });
  expect(onlyAsks({ action: ALLOCATE, params: { DryRun: 'true' } })).toBe(true);
  expect(onlyAsks({ action: ALLOCATE, params: {} })).toBe(false);
  expect(onlyAsks({ action: 'TagResources', params: { DryRun: 'true' } })).toBe(false);
  expect(onlyAsks({ action: 'DescribeIpv6Addresses', params: {} })).toBe(true);
});

test('a table shows the answers', async () => {
  api.fail(ALLOCATE, { kind: 'error', code: 'OperationFailed.OpenCdtServiceFirst', where: { Ipv6AddressId: addresses[1] } });
  const { code, output } = await alicloudIpv6(['preflight', '--endpoint', `http://127.0.0.1:${api.port}`, '-'], { input: plan(2), env: SECRETS });
  expect(code).toBe(1);
  expect(output).toContain('standard input: 1 refused, 1 would pass');
  expect(output).toMatch(/refused +alicloud_vpc_ipv6_internet_bandwidth\.a\[1\] +AllocateIpv6InternetBandwidth +OperationFailed\.OpenCdtServiceFirst: the billing method needs CDT billing to be enabled; activate CDT .*docs\/errors\.md#cdt-billing/);
});

/** Asks in this process, so that repetitions need not be waited for. */
async function verdictsOf(text: string, { timeout = 5_000, endpoint = `http://127.0.0.1:${api.port}` } = {}): Promise<Verdict[]> {
  const before = { ...process.env };
  Object.assign(process.env, SECRETS, { ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true' });
  try {
    const client = new VpcApi({ endpoint: endpointOf(endpoint, '--endpoint'), timeout, firstDelay: 1, version: '0.0.0' });
    return await ask(client, questions(Plan.parse(text)), 1, () => undefined);
  } finally {
    process.env = before;
  }
}

describe('each of the 23 codes', () => {
  const anchors = [...fs.readFileSync(path.join(__dirname, '../../docs/errors.md'), 'utf8').matchAll(/^#+ (.+)$/gm)]
    .map(([, heading]) => heading.toLowerCase().replace(/[^\w -]/g, '').replace(/ /g, '-'));
  const codes = Object.keys(ALLOCATE_BANDWIDTH_ERRORS) as (keyof typeof ALLOCATE_BANDWIDTH_ERRORS)[];

  test.each(codes.filter((code) => code !== 'SystemBusy'))('%s is reported before the first write, with its meaning, the fix and a link', async (code) => {
    api.fail(ALLOCATE, { kind: 'error', code, times: 99 });
    const [{ outcome, refusal }] = await verdictsOf(plan(1));
    expect(outcome).toBe('refused');
    expect(refusal).toMatchObject({ code, meaning: expect.stringMatching(/./), wayOut: expect.stringMatching(/./) });
    expect(anchors).toContain(refusal!.link!.split('#')[1]);
  });

  test('SystemBusy is not an answer', async () => {
    api.fail(ALLOCATE, { kind: 'error', code: 'SystemBusy', times: 99 });
    expect(await verdictsOf(plan(1))).toEqual([{ resource: `${BANDWIDTH}.a[0]`, action: ALLOCATE, outcome: 'could not ask', reason: 'SystemBusy, after 5 tries' }]);
  });

  test('are also found by their cause', async () => {
    api.account.cdt = 'closed';
    expect(await verdictsOf(plan(1, { internet_charge_type: 'PayByTraffic' }))).toMatchObject([{ refusal: { code: 'OperationFailed.OpenCdtServiceFirst' } }]);
    const other = api.seedGateway().Ipv6GatewayId;
    expect(await verdictsOf(plan(1, { ipv6_gateway_id: other }))).toMatchObject([{ refusal: { code: 'OperationFailed.Ipv6GatewayDisMatchIpv6Address' } }]);
    expect(await verdictsOf(plan(1, { bandwidth: 2001 }))).toMatchObject([{ refusal: { code: 'IllegalParam.Bandwidth' } }]);
  });
});

describe('a call is repeated with the same token', () => {
  test.each<[string, ApiErrorCode]>([['throttling', 'Throttling.User'], ['an error of the service', 'InternalError'], ['a service that is not there', 'ServiceUnavailable'], ['a busy service', 'SystemBusy']])('after %s', async (_, code) => {
    api.fail(ALLOCATE, { kind: 'error', code, times: 4 });
    expect(await verdictsOf(plan(1))).toMatchObject([{ outcome: 'would pass' }]);
    expect(api.countCalls()).toBe(5);
    expect(new Set(api.calls.map(({ params }) => params.ClientToken)).size).toBe(1);
  });

  test.each([['cutBeforeWrite', undefined], ['cutAfterWrite', undefined], ['slow', 3_000]] as const)('after the connection fault %s', async (kind, delayMs) => {
    api.fail(ALLOCATE, { kind, delayMs, times: 2 } as any);
    expect(await verdictsOf(plan(1), { timeout: 300 })).toMatchObject([{ outcome: 'would pass' }]);
    expect(api.countCalls()).toBe(3);
    expect(new Set(api.calls.map(({ params }) => params.ClientToken)).size).toBe(1);
  });

  test('at most five times', async () => {
    api.fail(ALLOCATE, { kind: 'cutBeforeWrite', times: 99 });
    expect(await verdictsOf(plan(1))).toMatchObject([{ outcome: 'could not ask', reason: 'ECONNRESET, after 5 tries' }]);
    expect(api.countCalls()).toBe(5);
  });

  test('and not after a refusal', async () => {
    api.fail(ALLOCATE, { kind: 'error', code: 'OperationUnsupported.PrivateGUA', times: 99 });
    await verdictsOf(plan(1));
    expect(api.countCalls()).toBe(1);
  });
});

describe('an answer that is not from the API', () => {
  const answers: Record<string, (response: ServerResponse) => void> = {
    'a page of a proxy': (response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<html>canary</html>'),
    'a page': (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>canary</html>'),
    'nothing': (response) => response.writeHead(200).end(),
    'a body that never ends': (response) => response.writeHead(400).write('{"Code":"DryRun'),
    'an error without a code': (response) => response.writeHead(400).end('{"canary":1}'),
    'a code that is none': (response) => response.writeHead(400).end('{"Code":{"canary":1}}'),
  };

  async function answeredBy(answer: (response: ServerResponse) => void): Promise<{ verdict: Verdict; requests: number }> {
    let requests = 0;
    const server = createServer((_, response) => {
      requests++;
      answer(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const [verdict] = await verdictsOf(plan(1), { timeout: 300, endpoint: `http://127.0.0.1:${port}` });
      return { verdict, requests };
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  test.each(Object.entries(answers))('%s', async (_, answer) => {
    const { verdict, requests } = await answeredBy(answer);
    expect(verdict).toMatchObject({ outcome: 'could not ask', reason: expect.stringMatching(/^(no answer that could be read|no answer in time)/) });
    expect(requests).toBe(5);
  });

  test('that reports a completed write produces a clear message, and no second call', async () => {
    const { verdict, requests } = await answeredBy((response) => response.writeHead(200).end('{"InternetBandwidthId":"ipv6bw-1"}'));
    expect(verdict).toMatchObject({ outcome: 'could not ask', reason: expect.stringContaining('as if this had been no dry run') });
    expect(requests).toBe(1);
  });

  test('a redirection is not followed', async () => {
    const { verdict } = await answeredBy((response) => response.writeHead(307, { location: `http://127.0.0.1:${api.port}/` }).end());
    expect(verdict.outcome).toBe('could not ask');
    expect(api.countCalls()).toBe(0);
  });
});

describe('a call without an answer is reported, and ends with 2', () => {
  test.each<[ApiErrorCode]>([['Forbidden.RAM'], ['NoPermission']])('%s: the message names the missing RAM action', async (code) => {
    api.fail(ALLOCATE, { kind: 'error', code, times: 99 });
    const run = await preflight(plan(2));
    expect(run.code).toBe(2);
    expect(run.verdicts).toMatchObject([0, 1].map(() => ({ outcome: 'could not ask', missingPermission: 'vpc:AllocateIpv6InternetBandwidth', reason: expect.stringContaining(code) })));
  });

  test.each<[ApiErrorCode]>([['InvalidAccessKeyId.NotFound'], ['SignatureDoesNotMatch']])('%s: the credentials are refused', async (code) => {
    api.fail(ALLOCATE, { kind: 'error', code, times: 99 });
    expect(await preflight(plan(1))).toMatchObject({ code: 2, verdicts: [{ outcome: 'could not ask', reason: `the credentials are refused (${code})` }] });
  });

  test('missing credentials produce one note for all resources', async () => {
    const run = await alicloudIpv6(['preflight', '--endpoint', `http://127.0.0.1:${api.port}`, '-'], { input: plan(8) });
    expect(run.code).toBe(2);
    expect(run.output.match(/ALIBABA_CLOUD_ACCESS_KEY_ID/g)).toHaveLength(1);
    expect(run.output).toContain('note: no credentials were found: set ALIBABA_CLOUD_ACCESS_KEY_ID');
    expect(run.output.match(/could not ask .* no credentials$/gm)).toHaveLength(8);
    expect(api.countCalls()).toBe(0);
  });

  const PROVIDER = { ALICLOUD_ACCESS_KEY: 'canary-of-the-provider', ALICLOUD_SECRET_KEY: 'canary-of-the-provider', ALICLOUD_SECURITY_TOKEN: 'canary-token' };

  test('the provider\'s variables are used if the official chain has no credentials, and one line reports this', async () => {
    const run = await preflight(plan(2), [], PROVIDER);
    expect(run).toMatchObject({ code: 0, verdicts: [{ outcome: 'would pass' }, { outcome: 'would pass' }] });
    expect(JSON.parse(run.output).plans[0].notes).toEqual(['the credentials are those of ALICLOUD_ACCESS_KEY, ALICLOUD_SECRET_KEY and ALICLOUD_SECURITY_TOKEN']);
    const page = fs.readFileSync(path.join(__dirname, '../README.md'), 'utf8');
    expect(Object.keys(PROVIDER).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  test('the official chain comes first, and one line reports it if the provider would use other credentials', async () => {
    expect(JSON.parse((await preflight(plan(1))).output).plans[0].notes).toEqual([]);
    expect(JSON.parse((await preflight(plan(1), [], { ...SECRETS, ...PROVIDER })).output).plans[0].notes).toEqual([
      'the credentials are those of the official SDKs, not those of ALICLOUD_ACCESS_KEY',
    ]);
  });

  test('an unreachable endpoint', async () => {
    const run = await alicloudIpv6(['preflight', '--endpoint', 'http://127.0.0.1:1', '-'], { input: plan(1), env: SECRETS });
    expect(run).toMatchObject({ code: 2, output: expect.stringContaining('ECONNREFUSED, after 5 tries') });
  });

  test('after five calls without an answer, there are no more calls', async () => {
    api.fail(ALLOCATE, { kind: 'cutBeforeWrite', times: 999 });
    const reasons = (await verdictsOf(plan(8))).map(({ outcome, reason }) => [outcome, reason]);
    expect(reasons).toEqual([
      ...Array.from({ length: 5 }, () => ['could not ask', 'ECONNRESET, after 5 tries']), ...Array.from({ length: 3 }, () => ['could not ask', 'not asked: 5 before it had no answer']),
    ]);
    expect(api.countCalls()).toBe(25);
  });

  test('next to a refusal, the exit code is that of the refusal', async () => {
    api.fail(ALLOCATE, { kind: 'error', code: 'Forbidden.RAM', where: { Ipv6AddressId: addresses[0] }, times: 9 });
    api.fail(ALLOCATE, { kind: 'error', code: 'OperationUnsupported.ULA', where: { Ipv6AddressId: addresses[1] }, times: 9 });
    expect((await preflight(plan(2))).code).toBe(1);
  });
});

test('--parallel sets the number of concurrent calls', async () => {
  api.fail(ALLOCATE, { kind: 'slow', delayMs: 200, times: 99 });
  /** The milliseconds between the first question and the last. */
  const span = async (parallel: string) => {
    const before = api.calls.length;
    await preflight(plan(8), ['--parallel', parallel]);
    const times = api.calls.slice(before).map(({ at }) => at.getTime());
    return Math.max(...times) - Math.min(...times);
  };
  const oneByOne = await span('1');
  expect(oneByOne).toBeGreaterThan(7 * 190);
  expect(await span('8')).toBeLessThan(oneByOne / 2);
});

describe('writes that cannot be asked', () => {
  const reasons = (name: string): Record<string, string> => Object.fromEntries(questions(planNamed(name), 'cn-hangzhou')
    .map((question) => [question.change.address.replace('alicloud_vpc_ipv6_', ''), 'reason' in question ? question.reason : 'asked']));

  test('an id that is known after apply, and a rule whose bandwidth the same apply buys', () => {
    expect(reasons('known-after-apply')).toEqual(Object.fromEntries([
      ...['chosen', 'closed', 'each["x"]', 'each["y"]', 'open'].map((name) => [`internet_bandwidth.${name}`, 'its ipv6_address_id is known after apply']),
      ...['chosen', 'closed', 'each["x"]'].map((name) => [`egress_rule.${name}`, 'its instance_id is known after apply']),
    ]));
    expect(reasons('for-each-and-modules')).toMatchObject({
      'internet_bandwidth.fleet["d"]': 'asked',
      'egress_rule.fleet["c"]': 'asked',
      'egress_rule.fleet["d"]': 'it needs the bandwidth, which the same apply buys',
    });
  });

  test('a replacement of existing bandwidth, and an import', () => {
    const asked = questions(planNamed('moves-imports-and-replacements'), 'cn-hangzhou')
      .map((question) => [question.action, question.change.address.replace('alicloud_vpc_ipv6_', ''), 'reason' in question ? question.reason : 'asked']);
    expect(asked).toEqual([
      ['DeleteIpv6InternetBandwidth', 'internet_bandwidth.deleted', 'asked'],
      ['AllocateIpv6InternetBandwidth', 'internet_bandwidth.imported', 'it exists, and is imported: nothing is created'],
      ['ModifyIpv6InternetBandwidth', 'internet_bandwidth.readdressed', 'asked'],
      ['DeleteIpv6InternetBandwidth', 'internet_bandwidth.recharged', expect.stringMatching(/egress_rule\.recharged still exists, which the same apply deletes first$|^asked$/)],
      ['AllocateIpv6InternetBandwidth', 'internet_bandwidth.recharged', 'the old one still exists, and the API would refuse a second one'],
      ['DeleteIpv6EgressOnlyRule', 'egress_rule.readdressed', 'asked'],
      ['CreateIpv6EgressOnlyRule', 'egress_rule.readdressed', 'asked'],
      ['DeleteIpv6EgressOnlyRule', 'egress_rule.rule_replaced', 'asked'],
      ['CreateIpv6EgressOnlyRule', 'egress_rule.rule_replaced', 'the old one still exists, and the API would refuse a second one'],
    ]);
  });

  test('end with 2 with --strict, and otherwise with 0', async () => {
    const input = planWith({
      changes: [change(`${BANDWIDTH}.a`, ['create'], { after: bandwidth(undefined) })],
      configuration: { root_module: { resources: [{ address: `${BANDWIDTH}.a`, expressions: { ipv6_address_id: { references: ['terraform_data.a.output', 'terraform_data.a'] } } }] } },
    });
    expect((await preflight(input)).code).toBe(0);
    expect((await preflight(input, ['--strict'])).code).toBe(2);
  });
});

describe('the region is the one that the plan proves, or that of --region', () => {
  const UNPROVEN = (provider: string) => `the plan does not prove the region of the provider ${provider}: give it with --region`;

  afterEach(() => {
    delete process.env.ALICLOUD_REGION;
    delete process.env.ALIBABA_CLOUD_REGION;
  });

  test('in HCL a variable proves nothing: a plan contains the variable, and not the expression', () => {
    const regions = (given?: string) => Object.fromEntries(questions(planNamed('providers'), given)
      .map((question) => [question.change.address.replace(`${BANDWIDTH}.`, ''), 'region' in question ? question.region : 'reason' in question && question.reason]));
    const proven = { 'west': 'us-west-1', 'module.server.this': 'us-west-1' };
    expect(regions()).toEqual({ ...proven, default: UNPROVEN('alicloud'), computed: UNPROVEN('alicloud.computed') });
    expect(regions('eu-central-1')).toEqual({ ...proven, default: 'eu-central-1', computed: 'eu-central-1' });
  });

  interface Case {
    readonly provider?: object;
    /** The text in the synthesized stack. */
    readonly text?: string;
    readonly given?: string;
    readonly more?: object;
    readonly env?: Readonly<Record<string, string>>;
  }

  function regionOf({ provider = {}, text, given, more, env = {} }: Case): object {
    Object.assign(process.env, env);
    const json = planWith({
      changes: [change(`${BANDWIDTH}.a`, ['create'], { after: bandwidth('ipv6-a') })],
      variables: { region: { value: 'us-west-1' }, r: { value: 'us' } },
      configuration: { provider_config: { alicloud: { name: 'alicloud', ...provider } }, root_module: {} },
      ...more,
    });
    const of = Plan.parse(json);
    const [question] = questionsOf(of, new Regions({ plan: of, providerText: () => text }, given));
    return 'region' in question ? { region: question.region } : { reason: 'reason' in question ? question.reason : '' };
  }

  const written = (region: object, more: object = {}) => ({ expressions: { region }, ...more });

  test.each<[string, Case, string]>([
    ['a literal', { provider: written({ constant_value: 'ap-southeast-1' }) }, 'ap-southeast-1'],
    ['a plain variable, whose text is in the plan', { provider: written({ constant_value: '${var.region}', references: ['var.region'] }) }, 'us-west-1'],
    ['a plain variable, whose text is in the synthesized stack', { provider: written({ references: ['var.region'] }), text: '${var.region}' }, 'us-west-1'],
    ['the region of the environment, if the block has none', { env: { ALICLOUD_REGION: 'eu-west-1' } }, 'eu-west-1'],
    ['a region that is new to the command, if --region has the same', { provider: written({ constant_value: 'cn-new-1' }), given: 'cn-new-1' }, 'cn-new-1'],
    ['the region of --region, if the plan proves none', { provider: written({ references: ['local.r'] }), given: 'cn-new-1' }, 'cn-new-1'],
    ['the proven region, even with another --region', { provider: written({ constant_value: 'ap-southeast-1' }), given: 'us-west-1' }, 'ap-southeast-1'],
  ])('%s', (_, given, region) => {
    expect(regionOf(given)).toEqual({ region });
  });

  test.each<[string, Case]>([
    ['a part of a text', { provider: written({ constant_value: '${var.r}-west-1', references: ['var.r'] }) }],
    ['a part of a text in HCL', { provider: written({ references: ['var.r'] }) }],
    ['a part of a text that the synthesized stack has', { provider: written({ references: ['var.r'] }), text: '${var.r}-west-1' }],
    ['a lookup', { provider: written({ references: ['var.region', 'var.r'] }), text: '${lookup(var.region, var.r)}' }],
    ['a condition', { provider: written({ references: ['var.region'] }), text: '${var.region == "" ? "us-east-1" : var.region}' }],
    ['a local, even with a region in the environment', { provider: written({ references: ['local.r'] }), env: { ALIBABA_CLOUD_REGION: 'cn-hangzhou' } }],
    ['a variable of a module', { provider: written({ references: ['var.region'] }, { module_address: 'module.m' }), text: '${var.region}' }],
    ['a block without a region, with two regions in the environment', { env: { ALICLOUD_REGION: 'eu-west-1', ALIBABA_CLOUD_REGION: 'us-west-1' } }],
    ['none at all', {}],
  ])('%s proves no region', (_, given) => {
    expect(regionOf(given)).toEqual({ reason: UNPROVEN('alicloud') });
  });

  test('an unknown region is refused', () => {
    expect(regionOf({ provider: written({ constant_value: 'cn-hangzou' }) })).toEqual({ reason: expect.stringContaining('is none that this command knows') });
  });

  test('a resource without a block has a region only if there is one provider block', () => {
    const regions = (aliases: readonly string[]) => {
      const provider_config = Object.fromEntries(['alicloud', ...aliases].map((key) => [key, { name: 'alicloud', ...written({ constant_value: 'cn-hangzhou' }) }]));
      const of = Plan.parse(planWith({ changes: [change(`${BANDWIDTH}.a`, ['delete'], { before: { ...bandwidth('ipv6-a'), id: 'ipv6bw-a' } })], configuration: { provider_config, root_module: {} } }));
      return questions(of);
    };
    expect(regions([])).toMatchObject([{ action: 'DeleteIpv6InternetBandwidth', region: 'cn-hangzhou' }]);
    expect(regions(['alicloud.west'])).toMatchObject([{ reason: expect.stringContaining('several provider blocks') }]);
  });
});

test('an unknown id is not left out of the call, even without a configuration', () => {
  const json = planWith({ changes: [change(`${BANDWIDTH}.a`, ['create'], { after: bandwidth(undefined) })] });
  expect(questions(Plan.parse(json))).toMatchObject([{ reason: 'its ipv6_address_id is known after apply' }]);
});

describe('resources other than bandwidth', () => {
  test('gateways, addresses, and rules of existing bandwidth are asked for', async () => {
    const vpcId = api.seedVpc();
    const vSwitchId = api.seedVSwitch(vpcId);
    const changes = [
      change('alicloud_vpc_ipv6_gateway.a', ['create'], { after: { vpc_id: vpcId, ipv6_gateway_name: 'web', description: null } }),
      change('alicloud_vpc_ipv6_address.a', ['create'], { after: { vswitch_id: vSwitchId, ipv6_address: undefined, address_type: undefined } }),
      change(`${RULE}.a`, ['create'], { after: rule(addresses[0], { ipv6_gateway_id: gatewayId }) }),
    ];
    expect((await preflight(planWith({ changes }))).verdicts).toMatchObject([
      { action: 'CreateIpv6Gateway', outcome: 'would pass' },
      { action: 'AllocateIpv6Address', outcome: 'would pass' },
      { action: 'CreateIpv6EgressOnlyRule', outcome: 'refused', refusal: { code: 'OperationFailed.InternetBandwidthNotExist', meaning: 'The IPv6 address has no Internet bandwidth.' } },
    ]);
    expect(api.calls.map(({ params: { ClientToken: _, ...params } }) => params)).toEqual(expect.arrayContaining([
      { VpcId: vpcId, Name: 'web', RegionId: 'cn-hangzhou', DryRun: 'true' },
      { VSwitchId: vSwitchId, RegionId: 'cn-hangzhou', DryRun: 'true' },
    ]));
  });

  test('a bandwidth without a charge type is asked for without a charge type', async () => {
    await preflight(plan(1, { internet_charge_type: undefined }));
    expect(api.calls[0].params).not.toHaveProperty('InternetChargeType');
  });

  test('the same address twice in one plan is refused, although each dry run would pass', async () => {
    const changes = ['a', 'b'].map((name) => change(`${BANDWIDTH}.${name}`, ['create'], { after: bandwidth(addresses[0], { ipv6_gateway_id: gatewayId }) }));
    const { code, verdicts } = await preflight(planWith({ changes }));
    expect(code).toBe(1);
    expect(verdicts).toMatchObject([{ outcome: 'would pass' }, { outcome: 'refused', refusal: { code: 'OperationFailed.InternetBandwidthAlreadyExisted', meaning: expect.stringContaining(`${BANDWIDTH}.a`) } }]);
  });
});

describe('updates, deletions and replacements', () => {
  const GATEWAY = 'alicloud_vpc_ipv6_gateway';
  const ADDRESS = 'alicloud_vpc_ipv6_address';

  /** Buys bandwidth as somebody else would: returns it as the plan's state has it. */
  function bought(index: number, Bandwidth = '10', InternetChargeType = 'PayByBandwidth') {
    const Ipv6AddressId = addresses[index];
    const { InternetBandwidthId: id } = api.outOfBand('AllocateIpv6InternetBandwidth', { Ipv6AddressId, Bandwidth, InternetChargeType });
    api.events.length = 0;
    const values = { ipv6_gateway_id: gatewayId, bandwidth: Number(Bandwidth), internet_charge_type: InternetChargeType };
    return { ...bandwidth(Ipv6AddressId, values), id: String(id) };
  }

  function closed(index: number) {
    const { Ipv6EgressRuleId: id } = api.outOfBand('CreateIpv6EgressOnlyRule', { InstanceId: addresses[index], Ipv6GatewayId: gatewayId });
    api.events.length = 0;
    return { ...rule(addresses[index], { ipv6_gateway_id: gatewayId }), id: `${gatewayId}:${String(id)}` };
  }

  const asked = () => api.calls.map(({ action, params: { ClientToken: _token, RegionId: _region, DryRun: _dryRun, ...params } }) => [action, params]);

  test('a change to more Mbit/s than the charge type can have is refused before the apply', async () => {
    const before = bought(0, '10', 'PayByTraffic');
    const to = (mbps: number) => planWith({ changes: [change(`${BANDWIDTH}.a`, ['update'], { before, after: { ...before, bandwidth: mbps } })] });
    const run = await preflight(to(1500));
    expect([run.code, run.verdicts]).toEqual([1, [expect.objectContaining({ action: 'ModifyIpv6InternetBandwidth', outcome: 'refused', refusal: expect.objectContaining({ code: 'IllegalParam.Bandwidth' }) })]]);
    expect(asked()).toEqual([['ModifyIpv6InternetBandwidth', { Ipv6InternetBandwidthId: before.id, Ipv6AddressId: addresses[0], Bandwidth: '1500' }]]);
    expect((await preflight(to(1000))).verdicts).toEqual([{ resource: `${BANDWIDTH}.a`, action: 'ModifyIpv6InternetBandwidth', outcome: 'would pass' }]);
  });

  test('a bandwidth that moves to another address in place is refused', async () => {
    const before = bought(0);
    const { verdicts } = await preflight(planWith({ changes: [change(`${BANDWIDTH}.a`, ['update'], { before, after: { ...before, ipv6_address_id: addresses[1] } })] }));
    expect(verdicts).toMatchObject([{ outcome: 'refused', refusal: { code: 'InvalidIpv6Instance.NotFound' } }]);
  });

  test('names and descriptions of gateways and addresses', async () => {
    const owned = api.seedAddress();
    await preflight(planWith({
      changes: [
        change(`${GATEWAY}.a`, ['update'], { before: { id: gatewayId, ipv6_gateway_name: 'old', description: 'old' }, after: { id: gatewayId, ipv6_gateway_name: 'new', description: 'old' } }),
        change(`${ADDRESS}.a`, ['update'], { before: { id: owned.Ipv6AddressId, ipv6_address_name: 'old' }, after: { id: owned.Ipv6AddressId, ipv6_address_name: null, ipv6_address_description: 'new' } }),
      ],
    }));
    expect(asked()).toEqual(expect.arrayContaining([
      ['ModifyIpv6GatewayAttribute', { Ipv6GatewayId: gatewayId, Name: 'new' }],
      ['ModifyIpv6AddressAttribute', { Ipv6AddressId: owned.Ipv6AddressId, Name: '', Description: 'new' }],
    ]));
  });

  test('updates without a dry run are reported', () => {
    const values = { id: gatewayId, ipv6_gateway_name: 'web' };
    const json = planWith({
      changes: [change(`${GATEWAY}.a`, ['update'], { before: { ...values, tags: {}, resource_group_id: 'rg-1' }, after: { ...values, tags: { team: 'web' }, resource_group_id: 'rg-2' } })],
    });
    expect(questions(Plan.parse(json))).toMatchObject([
      { action: 'MoveResourceGroup', reason: 'it changes resource_group_id, for which the API has no dry run' }, { action: 'TagResources', reason: 'it changes tags, for which the API has no dry run' },
    ]);
    // An update that sends nothing: timeouts, or tags that were null and are empty.
    const nothing = planWith({ changes: [change(`${GATEWAY}.a`, ['update'], { before: { ...values, tags: null }, after: { ...values, tags: {} } })] });
    expect(questions(Plan.parse(nothing))).toEqual([]);
  });

  test('deletions, each by the id that the API knows', async () => {
    const [open, ofRule] = [bought(0), closed(bought(1) && 1)];
    const owned = api.seedAddress();
    const { verdicts } = await preflight(planWith({
      changes: [
        change(`${BANDWIDTH}.a`, ['delete'], { before: open }), change(`${RULE}.a`, ['delete'], { before: ofRule }),
        change(`${GATEWAY}.a`, ['delete'], { before: { id: api.seedGateway().Ipv6GatewayId } }), change(`${ADDRESS}.a`, ['delete'], { before: { id: owned.Ipv6AddressId } }),
      ],
    }));
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(['would pass', 'would pass', 'would pass', 'would pass']);
    expect(asked()).toEqual(expect.arrayContaining([
      ['DeleteIpv6InternetBandwidth', { Ipv6InternetBandwidthId: open.id, Ipv6AddressId: addresses[0] }],
      ['DeleteIpv6EgressOnlyRule', { Ipv6EgressOnlyRuleId: ofRule.id.split(':')[1] }],
      ['ReleaseIpv6Address', { Ipv6AddressId: owned.Ipv6AddressId }],
    ]));
  });

  test('a deletion that another resource blocks is refused, unless the same apply deletes that resource first', async () => {
    const [open, ofRule] = [bought(0), closed(0)];
    const deletion = (type: string, before: object) => change(`${type}.a`, ['delete'], { before: before as any });
    const verdictsOfAll = async (...changes: object[]) => Object.fromEntries((await preflight(planWith({ changes }))).verdicts
      .map(({ action, outcome, refusal, reason }) => [action, refusal?.code ?? reason ?? outcome]));
    expect(await verdictsOfAll(deletion(BANDWIDTH, open))).toEqual({ DeleteIpv6InternetBandwidth: 'DependencyViolation.Ipv6EgressOnlyRule' });
    expect(await verdictsOfAll(deletion(GATEWAY, { id: gatewayId }))).toEqual({ DeleteIpv6Gateway: 'DependencyViolation.Ipv6EgressOnlyRule' });
    expect(await verdictsOfAll(deletion(BANDWIDTH, open), deletion(RULE, ofRule), deletion(GATEWAY, { id: gatewayId }))).toEqual({
      DeleteIpv6InternetBandwidth: `${RULE}.a still exists, which the same apply deletes first`,
      DeleteIpv6EgressOnlyRule: 'would pass',
      DeleteIpv6Gateway: `${RULE}.a still exists, which the same apply deletes first`,
    });
  });

  test('a replacement is a deletion, and a creation that cannot be asked', async () => {
    const before = bought(0);
    const { verdicts } = await preflight(planWith({ changes: [change(`${BANDWIDTH}.a`, ['delete', 'create'], { before, after: { ...before, internet_charge_type: 'PayByTraffic' } })] }), ['--cdt-endpoint', `http://127.0.0.1:${api.port}`]);
    expect(verdicts.slice(0, 2)).toMatchObject([
      { action: 'DeleteIpv6InternetBandwidth', outcome: 'would pass' },
      { action: ALLOCATE, outcome: 'cannot be asked', reason: 'the old one still exists, and the API would refuse a second one' },
    ]);
  });

  test('a replacement that creates first is asked, and the API refuses it', async () => {
    const before = bought(0);
    const { verdicts } = await preflight(planWith({ changes: [change(`${BANDWIDTH}.a`, ['create', 'delete'], { before, after: before })] }));
    expect(verdicts).toMatchObject([
      { action: ALLOCATE, outcome: 'refused', refusal: { code: 'OperationFailed.InternetBandwidthAlreadyExisted', wayOut: expect.stringContaining('`alicloud-ipv6 import PLAN`') } },
      { action: 'DeleteIpv6InternetBandwidth', outcome: 'would pass' },
    ]);
  });

  test('a forgotten, moved or unchanged resource is no write', () => {
    const values = { ...bandwidth('ipv6-a'), id: 'ipv6bw-a' };
    const json = planWith({
      changes: [
        change(`${BANDWIDTH}.forgotten`, ['forget'], { before: values }), change(`${BANDWIDTH}.moved`, ['no-op'], { before: values, after: values, previous_address: `${BANDWIDTH}.old` }),
        change(`${BANDWIDTH}.written`, ['delete'], { before: values }),
      ],
    });
    expect(questions(Plan.parse(json)).map(({ change: { address } }) => address)).toEqual([`${BANDWIDTH}.written`]);
  });
});

describe('Cloud Data Transfer', () => {
  const byTraffic = planWith({
    changes: [0, 1].map((i) => change(`${BANDWIDTH}.a[${i}]`, ['create'], { after: bandwidth(undefined, { internet_charge_type: 'PayByTraffic' }) })),
    configuration: { root_module: { resources: [{ address: `${BANDWIDTH}.a`, expressions: { ipv6_address_id: { references: ['terraform_data.a.output', 'terraform_data.a'] } } }] } },
  });

  async function cdt(status: number, body: object, args: (port: number) => string[] = (port) => ['--cdt-endpoint', `http://127.0.0.1:${port}`], input = byTraffic) {
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(`${String(request.headers['x-acs-action'])} ${String(request.headers['x-acs-version'])} ${request.url!}`);
      response.writeHead(status).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { code, verdicts } = await preflight(input, args((server.address() as AddressInfo).port));
      return { code, seen, verdict: verdicts.find(({ action }) => action === 'GetCdtServiceStatus') };
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  const ASKED = ['GetCdtServiceStatus 2021-08-13 /'];

  test.each<[string, number, object, number, object]>([
    ['is on', 200, { Enabled: true }, 0, { outcome: 'would pass' }],
    ['is off', 200, { Enabled: false }, 1, { outcome: 'refused', refusal: { code: 'OperationFailed.OpenCdtServiceFirst' } }],
    ['is unknown without permission, which is no error', 403, { Code: 'NoPermission' }, 0, { outcome: 'cannot be asked', missingPermission: 'cdt:GetCdtServiceStatus' }],
    ['has another answer', 200, {}, 2, { outcome: 'could not ask' }],
  ])('%s: asked once', async (_, status, body, code, verdict) => {
    const run = await cdt(status, body);
    expect(run).toMatchObject({ code, verdict });
    expect(run.seen).toEqual(ASKED);
  });

  test('is not queried if a dry run shows it, or if nothing is bought by traffic', async () => {
    expect(await cdt(200, { Enabled: false }, undefined, plan(2, { internet_charge_type: 'PayByTraffic' }))).toEqual({ code: 0, seen: [], verdict: undefined });
    expect(await cdt(200, { Enabled: false }, undefined, byTraffic.replaceAll('PayByTraffic', 'PayByBandwidth'))).toEqual({ code: 0, seen: [], verdict: undefined });
  });

  test('is not queried if --endpoint is only for the VPC API', async () => {
    expect(await cdt(200, { Enabled: true }, () => [])).toMatchObject({ code: 0, seen: [], verdict: { outcome: 'cannot be asked', reason: expect.stringContaining('--cdt-endpoint') } });
  });
});

test('a provider block with another identity produces a note, without its values', async () => {
  const provider = { expressions: { region: { constant_value: 'cn-hangzhou' }, secret_key: { constant_value: 'canary' }, assume_role: [{ role_arn: { constant_value: 'canary' } }] } };
  const changes = [change(`${BANDWIDTH}.a`, ['create'], { after: bandwidth(addresses[0]) })];
  const { output } = await preflight(planWith({ changes, configuration: { provider_config: { alicloud: provider }, root_module: {} } }));
  expect(JSON.parse(output).plans[0].notes).toEqual([expect.stringContaining('the provider block alicloud sets secret_key, assume_role')]);
});

describe('no secret is printed', () => {
  const debug = { DEBUG: '*' };

  test.each<[string, Env]>([['with debug output', debug], ['without', {}]])('%s, with each kind of error', async (_, env) => {
    for (const kind of ['cutBeforeWrite', 'cutAfterWrite'] as const) api.fail(ALLOCATE, { kind, times: 1 });
    for (const code of ['SignatureDoesNotMatch', 'InternalError', 'IllegalParam.Bandwidth', 'Forbidden.RAM'] as const) api.fail(ALLOCATE, { kind: 'error', code });
    // `preflight` looks for the canaries in what is printed.
    expect((await preflight(plan(4), [], { ...SECRETS, ...env })).verdicts).toHaveLength(4);
  });

  test.each<[string, (home: string) => Env]>([
    ['in a profile that cannot be read', (home) => {
      fs.mkdirSync(path.join(home, '.aliyun'));
      fs.writeFileSync(path.join(home, '.aliyun/config.json'), '{"current":"default","profiles":[{"name":"default","mode":"AK","access_key_secret":"canary"},}');
      return { HOME: home };
    }],
    ['in a token that the server refuses', (home) => {
      fs.writeFileSync(path.join(home, 'token'), 'canary');
      return {
        HOME: home, ALIBABA_CLOUD_ROLE_ARN: 'acs:ram::1:role/canary', ALIBABA_CLOUD_OIDC_PROVIDER_ARN: 'canary', ALIBABA_CLOUD_OIDC_TOKEN_FILE: path.join(home, 'token'), ALIBABA_CLOUD_STS_REGION: 'localhost:1/canary?',
      };
    }],
  ])('%s', async (_, env) => {
    const home = fs.mkdtempSync(path.join(os.tmpdir(), 'alicloud-ipv6-'));
    try {
      expect(await preflight(plan(1), ['--timeout', '2'], { ...env(home), ...debug })).toMatchObject({ code: 2 });
    } finally {
      fs.rmSync(home, { recursive: true });
    }
  });
});

test('NODE_DEBUG does not make Node.js print secrets', async () => {
  expect(await preflight(plan(1), [], { ...SECRETS, NODE_DEBUG: 'http' })).toMatchObject({ code: 2, errors: expect.stringContaining('unset it') });
  expect(api.countCalls()).toBe(0);
});

test('one file of the code sends requests', () => {
  const folder = path.join(__dirname, '../src');
  const sending = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')
    && /callApi|doRPCRequest|\bfetch\(|https?\.request|\brequest\(|execute\(|from 'undici'|node:https?|node:net/.test(fs.readFileSync(path.join(folder, file), 'utf8')));
  expect(sending).toEqual(['transport.ts']);
});

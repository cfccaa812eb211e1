import * as fs from 'node:fs';
import { createServer, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { alicloudIpv6, Run } from './command-line';
import { BANDWIDTH, bandwidth, change, planNamed, planWith, RULE, rule } from './plans';
import { VpcApi as StandIn } from '../../test/e2e/vpc-api';
import { ALLOCATE_BANDWIDTH_ERRORS, ApiErrorCode } from '../../test/e2e/vpc-api-errors';
import { Plan } from '../src/plan';
import { preflight as ask, questionsOf, Verdict } from '../src/preflight';
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
  // Whatever a test is about: what was asked was a dry run, and nothing was bought.
  expect(calls.filter(({ params }) => params.DryRun !== 'true')).toEqual([]);
  expect(calls.filter(({ status }) => status >= 200 && status < 300)).toEqual([]);
  expect(api.events).toEqual([]);
});

/** A plan that buys bandwidth for so many addresses. */
function plan(count: number, more: Readonly<Record<string, unknown>> = {}): string {
  return planWith({ changes: addresses.slice(0, count).map((id, i) => change(`${BANDWIDTH}.a[${i}]`, ['create'], { after: bandwidth(id, { ipv6_gateway_id: gatewayId, ...more }) })) });
}

async function preflight(input: string, args: readonly string[] = [], env: Env = SECRETS): Promise<Run & { verdicts: any[] }> {
  const run = await alicloudIpv6(['preflight', '--json', '--endpoint', `http://127.0.0.1:${api.port}`, ...args, '-'], { input, env });
  expect(`${run.output}${run.errors}`).not.toContain('canary');
  return { ...run, verdicts: run.output === '' ? [] : JSON.parse(run.output).plans[0].verdicts };
}

test('what the API would take passes', async () => {
  const { code, errors, verdicts } = await preflight(plan(3));
  expect([code, errors]).toEqual([0, '']);
  expect(verdicts).toEqual([0, 1, 2].map((i) => ({ resource: `${BANDWIDTH}.a[${i}]`, action: ALLOCATE, outcome: 'would pass' })));
  expect(api.calls.map(({ params: { ClientToken: _, ...params } }) => params)).toEqual(expect.arrayContaining([
    { Ipv6AddressId: addresses[0], Ipv6GatewayId: gatewayId, Bandwidth: '10', InternetChargeType: 'PayByBandwidth', RegionId: 'cn-hangzhou', DryRun: 'true' },
  ]));
  expect(new Set(api.calls.map(({ params }) => params.ClientToken)).size).toBe(3);
  expect(api.calls.every(({ params }) => /^[\da-f-]{36}$/.test(params.ClientToken))).toBe(true);
});

test('a table says it to a person', async () => {
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
    const client = new VpcApi({ endpoint, timeout, firstDelay: 1 });
    return await ask(client, questionsOf(Plan.parse(text), undefined), 1, () => undefined);
  } finally {
    process.env = before;
  }
}

describe('each of the 23 codes', () => {
  const anchors = [...fs.readFileSync(path.join(__dirname, '../../docs/errors.md'), 'utf8').matchAll(/^#+ (.+)$/gm)]
    .map(([, heading]) => heading.toLowerCase().replace(/[^\w -]/g, '').replace(/ /g, '-'));
  const codes = Object.keys(ALLOCATE_BANDWIDTH_ERRORS) as (keyof typeof ALLOCATE_BANDWIDTH_ERRORS)[];

  test.each(codes.filter((code) => code !== 'SystemBusy'))('%s is told before the first write, with what it means, the way out and a link', async (code) => {
    api.fail(ALLOCATE, { kind: 'error', code, times: 99 });
    const [{ outcome, refusal }] = await verdictsOf(plan(1));
    expect(outcome).toBe('refused');
    expect(refusal).toMatchObject({ code, meaning: expect.stringMatching(/./), wayOut: expect.stringMatching(/./) });
    expect(anchors).toContain(refusal!.link!.split('#')[1]);
  });

  test('SystemBusy is no answer', async () => {
    api.fail(ALLOCATE, { kind: 'error', code: 'SystemBusy', times: 99 });
    expect(await verdictsOf(plan(1))).toEqual([{ resource: `${BANDWIDTH}.a[0]`, action: ALLOCATE, outcome: 'could not ask', reason: 'SystemBusy, after 5 tries' }]);
  });

  test('are told by their cause, too', async () => {
    api.account.cdt = 'closed';
    expect(await verdictsOf(plan(1, { internet_charge_type: 'PayByTraffic' }))).toMatchObject([{ refusal: { code: 'OperationFailed.OpenCdtServiceFirst' } }]);
    const other = api.seedGateway().Ipv6GatewayId;
    expect(await verdictsOf(plan(1, { ipv6_gateway_id: other }))).toMatchObject([{ refusal: { code: 'OperationFailed.Ipv6GatewayDisMatchIpv6Address' } }]);
    expect(await verdictsOf(plan(1, { bandwidth: 2001 }))).toMatchObject([{ refusal: { code: 'IllegalParam.Bandwidth' } }]);
  });
});

describe('a question is repeated with the same token', () => {
  test.each<[string, ApiErrorCode]>([['throttling', 'Throttling.User'], ['an error of the service', 'InternalError'], ['a service that is not there', 'ServiceUnavailable'], ['a busy service', 'SystemBusy']])('after %s', async (_, code) => {
    api.fail(ALLOCATE, { kind: 'error', code, times: 4 });
    expect(await verdictsOf(plan(1))).toMatchObject([{ outcome: 'would pass' }]);
    expect(api.countCalls()).toBe(5);
    expect(new Set(api.calls.map(({ params }) => params.ClientToken)).size).toBe(1);
  });

  test.each([['cutBeforeWrite', undefined], ['cutAfterWrite', undefined], ['slow', 3_000]] as const)('where the connection is %s', async (kind, delayMs) => {
    api.fail(ALLOCATE, { kind, delayMs, times: 2 } as any);
    expect(await verdictsOf(plan(1), { timeout: 300 })).toMatchObject([{ outcome: 'would pass' }]);
    expect(api.countCalls()).toBe(3);
    expect(new Set(api.calls.map(({ params }) => params.ClientToken)).size).toBe(1);
  });

  test('and no further than five times', async () => {
    api.fail(ALLOCATE, { kind: 'cutBeforeWrite', times: 99 });
    expect(await verdictsOf(plan(1))).toMatchObject([{ outcome: 'could not ask', reason: 'ECONNRESET, after 5 tries' }]);
    expect(api.countCalls()).toBe(5);
  });

  test('but not after a refusal', async () => {
    api.fail(ALLOCATE, { kind: 'error', code: 'OperationUnsupported.PrivateGUA', times: 99 });
    await verdictsOf(plan(1));
    expect(api.countCalls()).toBe(1);
  });
});

describe('an answer that is none of the API', () => {
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

  test('one as if the call had been carried out is said loudly, and not repeated', async () => {
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

describe('what could not be asked is said, and ends with 2', () => {
  test.each<[ApiErrorCode]>([['Forbidden.RAM'], ['NoPermission']])('%s: the RAM action that is missing', async (code) => {
    api.fail(ALLOCATE, { kind: 'error', code, times: 99 });
    const run = await preflight(plan(2));
    expect(run.code).toBe(2);
    expect(run.verdicts).toMatchObject([0, 1].map(() => ({ outcome: 'could not ask', missingPermission: 'vpc:AllocateIpv6InternetBandwidth', reason: expect.stringContaining(code) })));
  });

  test.each<[ApiErrorCode]>([['InvalidAccessKeyId.NotFound'], ['SignatureDoesNotMatch']])('%s: the credentials are refused', async (code) => {
    api.fail(ALLOCATE, { kind: 'error', code, times: 99 });
    expect(await preflight(plan(1))).toMatchObject({ code: 2, verdicts: [{ outcome: 'could not ask', reason: `the credentials are refused (${code})` }] });
  });

  test('no credentials: which are looked for', async () => {
    const run = await preflight(plan(1), [], { ALICLOUD_ACCESS_KEY: 'canary-of-the-provider', ALICLOUD_SECRET_KEY: 'canary-of-the-provider' });
    expect(run).toMatchObject({ code: 2, verdicts: [{ outcome: 'could not ask', reason: expect.stringContaining('ALIBABA_CLOUD_ACCESS_KEY_ID') }] });
    expect(api.countCalls()).toBe(0);
  });

  test('an endpoint where nobody answers', async () => {
    const run = await alicloudIpv6(['preflight', '--endpoint', 'http://127.0.0.1:1', '-'], { input: plan(1), env: SECRETS });
    expect(run).toMatchObject({ code: 2, output: expect.stringContaining('ECONNREFUSED, after 5 tries') });
  });

  test('without an answer to five questions, no more are asked', async () => {
    api.fail(ALLOCATE, { kind: 'cutBeforeWrite', times: 999 });
    const reasons = (await verdictsOf(plan(8))).map(({ outcome, reason }) => [outcome, reason]);
    expect(reasons).toEqual([
      ...Array.from({ length: 5 }, () => ['could not ask', 'ECONNRESET, after 5 tries']), ...Array.from({ length: 3 }, () => ['could not ask', 'not asked: 5 before it had no answer']),
    ]);
    expect(api.countCalls()).toBe(25);
  });

  test('beside a refusal, which counts more', async () => {
    api.fail(ALLOCATE, { kind: 'error', code: 'Forbidden.RAM', where: { Ipv6AddressId: addresses[0] }, times: 9 });
    api.fail(ALLOCATE, { kind: 'error', code: 'OperationUnsupported.ULA', where: { Ipv6AddressId: addresses[1] }, times: 9 });
    expect((await preflight(plan(2))).code).toBe(1);
  });
});

test('so many questions are under way at a time', async () => {
  api.fail(ALLOCATE, { kind: 'slow', delayMs: 100, times: 99 });
  const most = async (args: readonly string[]) => {
    api.clearCalls();
    const started = Date.now();
    await preflight(plan(8), args);
    return Date.now() - started;
  };
  expect(await most(['--parallel', '1'])).toBeGreaterThan(800);
  expect(await most(['--parallel', '8'])).toBeLessThan(800);
});

describe('what cannot be asked', () => {
  const reasons = (name: string): Record<string, string> => Object.fromEntries(questionsOf(planNamed(name), undefined)
    .map((question) => [question.change.address.replace('alicloud_vpc_ipv6_', ''), 'reason' in question ? question.reason : 'asked']));

  test('an id that only the apply knows, and a rule whose bandwidth the same apply buys', () => {
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

  test('a replacement of what still stands, and an import', () => {
    expect(reasons('moves-imports-and-replacements')).toEqual({
      'internet_bandwidth.imported': 'it exists, and is imported: nothing is created',
      'internet_bandwidth.recharged': 'what it replaces still stands, and the API would refuse a second one',
      'egress_rule.readdressed': 'asked',
      'egress_rule.rule_replaced': 'what it replaces still stands, and the API would refuse a second one',
    });
  });

  test('with --strict it ends with 2, and else with 0', async () => {
    const input = planWith({
      changes: [change(`${BANDWIDTH}.a`, ['create'], { after: bandwidth(undefined) })],
      configuration: { root_module: { resources: [{ address: `${BANDWIDTH}.a`, expressions: { ipv6_address_id: { references: ['terraform_data.a.output', 'terraform_data.a'] } } }] } },
    });
    expect((await preflight(input)).code).toBe(0);
    expect((await preflight(input, ['--strict'])).code).toBe(2);
  });
});

test('the region is that of the provider block, of a variable, or of --region', () => {
  const regions = (fallback?: string) => Object.fromEntries(questionsOf(planNamed('providers'), fallback)
    .map((question) => [question.change.address.replace(`${BANDWIDTH}.`, ''), 'region' in question ? question.region : 'reason' in question && question.reason]));
  const told = { 'default': 'cn-hangzhou', 'west': 'us-west-1', 'module.server.this': 'us-west-1' };
  expect(regions()).toEqual({ ...told, computed: 'the plan does not tell the region of the provider alicloud.computed: give it with --region' });
  expect(regions('eu-central-1')).toEqual({ ...told, computed: 'eu-central-1' });
});

test.each([
  ['a variable', { constant_value: '${var.region}', references: ['var.region'] }, undefined, 'us-west-1'],
  ['more than a variable', { constant_value: '${var.region}-1', references: ['var.region'] }, undefined, undefined],
  ['a variable of a module', { references: ['var.region'] }, 'module.m', undefined],
])('the region of a provider block is %s', (_, written, module_address, region) => {
  const json = planWith({
    changes: [change(`${BANDWIDTH}.a`, ['create'], { after: bandwidth('ipv6-a') })],
    variables: { region: { value: 'us-west-1' } },
    configuration: { provider_config: { alicloud: { module_address, expressions: { region: written } } }, root_module: {} },
  });
  expect(questionsOf(Plan.parse(json), undefined)).toMatchObject([region ? { region } : { reason: expect.stringContaining('--region') }]);
});

test('an id that is not known is not left out of the question, whatever the configuration has', () => {
  const json = planWith({ changes: [change(`${BANDWIDTH}.a`, ['create'], { after: bandwidth(undefined) })] });
  expect(questionsOf(Plan.parse(json), undefined)).toMatchObject([{ reason: 'its ipv6_address_id is known after apply' }]);
});

describe('beside bandwidth', () => {
  test('gateways, addresses, and rules of bandwidth that stands are asked for', async () => {
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

  test('a bandwidth without a charge type is asked for without one', async () => {
    await preflight(plan(1, { internet_charge_type: undefined }));
    expect(api.calls[0].params).not.toHaveProperty('InternetChargeType');
  });

  test('the same address twice in one plan is refused, which no single dry run finds', async () => {
    const changes = ['a', 'b'].map((name) => change(`${BANDWIDTH}.${name}`, ['create'], { after: bandwidth(addresses[0], { ipv6_gateway_id: gatewayId }) }));
    const { code, verdicts } = await preflight(planWith({ changes }));
    expect(code).toBe(1);
    expect(verdicts).toMatchObject([{ outcome: 'would pass' }, { outcome: 'refused', refusal: { code: 'OperationFailed.InternetBandwidthAlreadyExisted', meaning: expect.stringContaining(`${BANDWIDTH}.a`) } }]);
  });
});

test('a provider block that acts as somebody else is a note, without what it says', async () => {
  const provider = { expressions: { region: { constant_value: 'cn-hangzhou' }, secret_key: { constant_value: 'canary' }, assume_role: [{ role_arn: { constant_value: 'canary' } }] } };
  const changes = [change(`${BANDWIDTH}.a`, ['create'], { after: bandwidth(addresses[0]) })];
  const { output } = await preflight(planWith({ changes, configuration: { provider_config: { alicloud: provider }, root_module: {} } }));
  expect(JSON.parse(output).plans[0].notes).toEqual([expect.stringContaining('the provider block alicloud sets secret_key, assume_role')]);
});

describe('no secret is printed', () => {
  const debug = { DEBUG: '*' };

  test.each<[string, Env]>([['with debug output', debug], ['without', {}]])('%s, whatever goes wrong', async (_, env) => {
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
    ['in a token that nobody takes', (home) => {
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

test('Node.js itself would print secrets with NODE_DEBUG, and is not let', async () => {
  expect(await preflight(plan(1), [], { ...SECRETS, NODE_DEBUG: 'http' })).toMatchObject({ code: 2, errors: expect.stringContaining('unset it') });
  expect(api.countCalls()).toBe(0);
});

test('there is one place where a request is made, and it says that it is a dry run', () => {
  const folder = path.join(__dirname, '../src');
  const calls = fs.readdirSync(folder).flatMap((file) => fs.readFileSync(path.join(folder, file), 'utf8').split('\n').filter((line) => /callApi|doRPCRequest|\bfetch\(|http\.request|execute\(/.test(line)));
  expect(calls).toHaveLength(1);
  expect(fs.readFileSync(path.join(folder, 'vpc-api.ts'), 'utf8')).toMatch(/const query = \{ \.\.\.question, DryRun: 'true' \};\n +const call = client\.callApi\(/);
});

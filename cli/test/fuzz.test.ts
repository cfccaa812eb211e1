// Whatever a plan, a file of rules or an answer holds: the command says something in text that does not act, or refuses it in one
// line. FUZZ_SECONDS says how long each is tried; what is found becomes a case of input.test.ts.
import * as fs from 'node:fs';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import fc from 'fast-check';
import { BANDWIDTH, bandwidth, change, planText, planWith, RULE, rule } from './plans';
import { run } from '../src/command';
import { endpointOf } from '../src/endpoint';
import { existing } from '../src/existing';
import { importJson, importText } from '../src/import-output';
import { Plan } from '../src/plan';
import { preflight, questionsOf } from '../src/preflight';
import { preflightJson, preflightTable } from '../src/preflight-output';
import { Regions } from '../src/regions';
import { VpcApi } from '../src/vpc-api';

const SECONDS = Number(process.env.FUZZ_SECONDS ?? 3);

jest.setTimeout(SECONDS * 1_000 + 60_000);

const LIMITS: fc.Parameters<any> = { numRuns: 1_000_000, interruptAfterTimeLimit: SECONDS * 1_000, markInterruptAsFailure: false };

// eslint-disable-next-line no-control-regex
const ACTING = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]|##\[/;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'alicloud-ipv6-'));

afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', '\u001b[31m', '::error::', '##[error]', '\u202e', '\n', '`', '${var.a}', '__proto__', 'constructor', 'each.key', 'ipv6-a', 'ipv6gw-1', 'module.m', '["', '\ud800', `${BANDWIDTH}.a`),
);
const hostileValue = fc.oneof({ weight: 3, arbitrary: hostileText }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) }, {
  weight: 1, arbitrary: fc.constantFrom(null, true, 0, -1, 1e308, [], {}, [{}], ['create', 'delete'], ['delete']),
});

/** A JSON document, changed in some places: a text is longer, a value or a name is another, something is left out. */
function changed(documents: readonly string[]): fc.Arbitrary<string> {
  const mutations = fc.array(fc.tuple(fc.nat(), fc.constantFrom('text', 'text', 'value', 'name', 'removal', 'copy'), hostileValue, hostileText), { minLength: 1, maxLength: 6 });
  return fc.tuple(fc.constantFrom(...documents), mutations).map(([document, changes]) => {
    const json = { root: JSON.parse(document) };
    // Copies: fast-check draws the same object again, which would then contain itself.
    for (const [which, kind, value, name] of changes) {
      const places = placesOf(json);
      if (places.length === 0) break;
      const [parent, key] = places[which % places.length];
      if (kind === 'text' && typeof parent[key] === 'string') {
        parent[key] += name;
      } else if (kind === 'value' || kind === 'text') {
        parent[key] = structuredClone(value);
      } else if (kind === 'removal') {
        delete parent[key];
      } else if (kind === 'copy' && Array.isArray(parent)) {
        parent.push(structuredClone(parent[key as number]));
      } else if (!Array.isArray(parent)) {
        Object.defineProperty(parent, name, { value: structuredClone(parent[key]), enumerable: true, configurable: true, writable: true });
      }
    }
    return JSON.stringify(json.root) ?? '';
  });
}

function placesOf(json: any): [any, string | number][] {
  const places: [any, string | number][] = [];
  const walk = (value: any): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value)) {
      places.push([value, key]);
      walk(value[key]);
    }
  };
  walk(json);
  return places;
}

const SMALL_PLAN = planWith({
  changes: [
    change(`${BANDWIDTH}.a["k"]`, ['create'], { after: bandwidth(undefined, { ipv6_gateway_id: undefined }) }), change(`module.m[0].${BANDWIDTH}.b`, ['update'], { before: { ...bandwidth('ipv6-b'), id: 'ipv6bw-b' }, after: bandwidth('ipv6-b', { bandwidth: 20 }) }),
    change(`${BANDWIDTH}.c`, ['delete', 'create'], { before: { ...bandwidth('ipv6-c'), id: 'ipv6bw-c' }, after: bandwidth('ipv6-d') }), change(`${RULE}.a["k"]`, ['create'], { after: rule(undefined) }),
    change(`${RULE}.b`, ['delete'], { before: { ...rule('ipv6-b'), id: 'ipv6gw-1:r' } }), change('alicloud_vpc_ipv6_gateway.a', ['create'], { after: { vpc_id: 'vpc-a' } }),
  ],
  configuration: {
    provider_config: { 'alicloud': { name: 'alicloud', expressions: { region: { constant_value: 'cn-hangzhou' } } }, 'alicloud.b': { name: 'alicloud', alias: 'b', expressions: { region: { references: ['var.r'] } } } },
    root_module: {
      resources: [
        { address: `${BANDWIDTH}.a`, provider_config_key: 'alicloud', expressions: { ipv6_address_id: { references: ['alicloud_vpc_ipv6_address.a.id', 'alicloud_vpc_ipv6_address.a'] } } },
        { address: `${RULE}.a`, provider_config_key: 'alicloud.b', expressions: { instance_id: { references: [`${BANDWIDTH}.a`, 'each.key'] } } },
      ],
      module_calls: { m: { module: { resources: [{ address: `${BANDWIDTH}.b`, provider_config_key: 'alicloud' }] } } },
    },
  },
  prior_state: { values: { root_module: { child_modules: [{ address: 'module.m', resources: [{ address: `module.m.${RULE}.s`, type: RULE, name: 's', values: rule('ipv6-a') }] }] } } },
  variables: { r: { value: 'us-west-1' } },
});
const PLANS = [SMALL_PLAN, SMALL_PLAN, planText('for-each-and-modules'), planText('moves-imports-and-replacements'), planText('known-after-apply')];
const RULES = JSON.stringify({
  format: 1,
  stacks: {
    web: {
      path: 'web',
      constructs: { [`${BANDWIDTH}.a`]: 'web/A' },
      rules: [{ id: 'Ipv6EgressOnlyRequired' }, { id: 'Ipv6BandwidthPerGateway', limit: 10, scope: 'web', severity: 'warning' }, { id: 'Ipv6ChargeTypeAllowed', limit: ['PayByTraffic'] }],
      acknowledgements: [{ ruleId: 'Ipv6EgressOnlyRequired', reason: 'a', path: 'web/A' }],
    },
  },
});

/** Runs the command in this process. */
async function runs(...args: string[]): Promise<{ code: number; output: string; errors: string }> {
  let [output, errors] = ['', ''];
  const write = (to: (text: string) => void) => ((text: string, then?: () => void) => {
    to(text);
    then?.();
    return true;
  }) as any;
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation(write((text) => output += text)), jest.spyOn(process.stderr, 'write').mockImplementation(write((text) => errors += text)),
  ];
  try {
    return { code: await run(args, '0.0.0'), output, errors };
  } finally {
    spies.forEach((spy) => spy.mockRestore());
  }
}

function expectText({ code, output, errors }: { code: number; output: string; errors: string }): void {
  expect(output + errors).not.toMatch(ACTING);
  if (errors === '') return;
  expect([code, output, errors.trim().split('\n').length]).toEqual([2, '', 1]);
}

test('plans', async () => {
  const plan = path.join(folder, 'plan.json');
  await fc.assert(fc.asyncProperty(changed(PLANS), fc.constantFrom('table', 'markdown', 'json'), async (text, format) => {
    fs.writeFileSync(plan, text);
    const result = await runs('exposure', '--format', format, plan);
    expectText(result);
    if (format === 'json' && result.output !== '') JSON.parse(result.output);
  }), LIMITS);
});

test('files of rules', async () => {
  const [plan, rules] = ['plan.json', 'rules.json'].map((name) => path.join(folder, name));
  fs.writeFileSync(plan, SMALL_PLAN);
  await fc.assert(fc.asyncProperty(changed([RULES]), async (text) => {
    fs.writeFileSync(rules, text);
    expectText(await runs('exposure', '--rules', rules, plan));
  }), LIMITS);
});

test('JSON of any kind', async () => {
  const plan = path.join(folder, 'plan.json');
  await fc.assert(fc.asyncProperty(fc.oneof(fc.json({ maxDepth: 5 }), fc.string({ unit: 'binary' }), fc.uint8Array()), async (content) => {
    fs.writeFileSync(plan, content);
    const result = await runs('exposure', plan);
    expectText(result);
    expect(result.code).toBe(2);
  }), { ...LIMITS, interruptAfterTimeLimit: SECONDS * 300 });
});

test('answers of the API, and plans for preflight', async () => {
  const described = JSON.stringify({
    Ipv6Addresses: { Ipv6Address: [{ Ipv6AddressId: 'ipv6-a', VSwitchId: 'vsw-a', Ipv6Address: '2001:db8::1', Ipv6GatewayId: 'ipv6gw-1', Ipv6InternetBandwidth: { Bandwidth: 10, InternetChargeType: 'PayByTraffic', Ipv6InternetBandwidthId: 'ipv6bw-a' } }] },
    Ipv6Gateways: { Ipv6Gateway: [{ VpcId: 'vpc-a', Ipv6GatewayId: 'ipv6gw-a', Tags: { Tag: [{ Key: 'a', Value: 'b' }] } }] },
    Ipv6EgressOnlyRules: { Ipv6EgressOnlyRule: [{ InstanceId: 'ipv6-a', Ipv6EgressOnlyRuleId: 'ipv6py-a', Name: 'a' }] },
  });
  const refused = JSON.stringify({ Code: 'DryRunOperation', Message: 'a', RequestId: 'a' });
  const plan = planWith({
    changes: [
      change(`${BANDWIDTH}.a["k"]`, ['create'], { after: bandwidth('ipv6-a') }), change(`${RULE}.a`, ['create'], { after: rule('ipv6-a') }), change('alicloud_vpc_ipv6_gateway.a', ['create'], { after: { vpc_id: 'vpc-a' } }),
      change('alicloud_vpc_ipv6_address.a', ['create'], { after: { vswitch_id: 'vsw-a', ipv6_address: '2001:db8::1' } }), change(`${BANDWIDTH}.b`, ['delete'], { before: { ...bandwidth('ipv6-b'), id: 'ipv6bw-b' } }),
    ],
  });
  let [status, body]: [number, string | Uint8Array] = [200, ''];
  const server = createServer((_, response) => response.writeHead(status).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const before = { ...process.env };
  Object.assign(process.env, { ALIBABA_CLOUD_ACCESS_KEY_ID: 'stand-in', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'stand-in', ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true' });
  const api = new VpcApi({ endpoint: endpointOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, ''), timeout: 2_000, firstDelay: 0, version: '0' });
  try {
    await fc.assert(fc.asyncProperty(
      fc.constantFrom(200, 200, 400, 403, 500, 302),
      fc.oneof(changed([described, refused]), fc.json({ maxDepth: 4 }), fc.uint8Array()),
      fc.oneof(fc.constant(plan), changed([plan])),
      async (answers, answer, text) => {
        [status, body] = [answers, answer];
        let read: Plan;
        try {
          read = Plan.parse(text);
        } catch {
          return;
        }
        const regions = new Regions({ plan: read, providerText: () => undefined }, undefined);
        const verdicts = await preflight(api, questionsOf(read, regions), 3, () => undefined);
        const results = [{ plan: 'a', verdicts, notes: [] }];
        expect(preflightTable(results)).not.toMatch(ACTING);
        JSON.parse(preflightJson(results));
        if (!String(body).includes('DryRunOperation')) expect(verdicts.filter(({ outcome }) => outcome === 'would pass')).toEqual([]);
        const lookups = await existing(api, read, regions, 3, () => undefined);
        for (const form of ['cdktf', 'hcl', 'command'] as const) {
          const imports = [{ plan: 'a', lookups, notes: [], form, constructPathOf: () => 'web/A/Resource' }];
          expect(importText(imports)).not.toMatch(ACTING);
          JSON.parse(importJson(imports));
        }
      },
    ), LIMITS);
  } finally {
    process.env = before;
    await api.close();
    server.closeAllConnections();
    server.close();
  }
});

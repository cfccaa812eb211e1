// alicloud-ipv6 import: what a plan would create and the API has already.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { alicloudIpv6, Run } from './command-line';
import { askedByCommand } from './only-asks';
import { BANDWIDTH, bandwidth, change, planWith, RULE, rule } from './plans';
import { VpcApi as StandIn } from '../../test/e2e/vpc-api';

jest.setTimeout(60_000);

const GATEWAY = 'alicloud_vpc_ipv6_gateway';
const ADDRESS = 'alicloud_vpc_ipv6_address';
const SECRETS = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'stand-in', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'stand-in' };

let api: StandIn;
let vpcId: string;
let vSwitchId: string;
let gatewayId: string;
let addresses: string[];
let folder: string;

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'alicloud-ipv6-'));
  api = await StandIn.start();
  vpcId = api.seedVpc();
  gatewayId = api.seedGateway(vpcId).Ipv6GatewayId;
  vSwitchId = api.seedVSwitch(vpcId);
  addresses = Array.from({ length: 4 }, () => api.seedInstance({ vSwitchId }).primary.Ipv6AddressId);
});

afterEach(async () => {
  await api.stop();
  fs.rmSync(folder, { recursive: true });
});

function buy(address: string, Bandwidth = '10', InternetChargeType = 'PayByBandwidth'): string {
  return String(api.outOfBand('AllocateIpv6InternetBandwidth', { Ipv6AddressId: address, Bandwidth, InternetChargeType }).InternetBandwidthId);
}

function close(address: string, names: Readonly<Record<string, string>> = {}): string {
  return `${gatewayId}:${String(api.outOfBand('CreateIpv6EgressOnlyRule', { InstanceId: address, Ipv6GatewayId: gatewayId, ...names }).Ipv6EgressRuleId)}`;
}

const creates = (address: string, after: object) => change(address, ['create'], { after: after as any });
const buys = (name: string, address: string | undefined, more: object = {}) => creates(`${BANDWIDTH}.${name}`, bandwidth(address, { ipv6_gateway_id: gatewayId, ...more }));
const closes = (name: string, address: string | undefined, more: object = {}) => creates(`${RULE}.${name}`, rule(address, { ipv6_gateway_id: gatewayId, ...more }));

/** Runs the command on a plan, with a synthesized stack next to it if there is one. */
async function imports(changes: readonly object[], args: readonly string[] = [], stack?: object): Promise<Run> {
  const plan = path.join(folder, 'plan.json');
  fs.writeFileSync(plan, planWith({ changes }));
  if (stack) fs.writeFileSync(path.join(folder, 'cdk.tf.json'), JSON.stringify(stack));
  return alicloudIpv6(['import', '--endpoint', `http://127.0.0.1:${api.port}`, ...args, plan], { env: SECRETS });
}

async function found(changes: readonly object[], args: readonly string[] = []): Promise<Record<string, any>> {
  const { output } = await imports(changes, ['--json', ...args]);
  return Object.fromEntries(JSON.parse(output).plans[0].resources.map(({ resource, ...rest }: any) => [resource, rest]));
}

describe('resources that exist', () => {
  test('bandwidth, rules, gateways and addresses with a literal are found, and nothing is written', async () => {
    const ids = [buy(addresses[0]), close(addresses[0])];
    const owned = api.seedAddress({ VSwitchId: vSwitchId });
    const changes = [
      buys('a', addresses[0]), buys('b', addresses[1]), closes('a', addresses[0]), closes('b', addresses[1]),
      creates(`${GATEWAY}.a`, { vpc_id: vpcId }), creates(`${GATEWAY}.b`, { vpc_id: api.seedVpc() }),
      creates(`${ADDRESS}.a`, { vswitch_id: vSwitchId, ipv6_address: owned.Ipv6Address }), creates(`${ADDRESS}.b`, { vswitch_id: vSwitchId, ipv6_address: '2001:db8::ffff' }),
    ];
    const events = api.events.length;
    const result = await found(changes);
    expect(Object.entries(result).map(([resource, { outcome, id }]) => [resource.replace('alicloud_vpc_ipv6_', ''), outcome, id])).toEqual(expect.arrayContaining([
      ['internet_bandwidth.a', 'exists', ids[0]], ['internet_bandwidth.b', 'does not exist', undefined],
      ['egress_rule.a', 'exists', ids[1]], ['egress_rule.b', 'does not exist', undefined],
      ['gateway.a', 'exists', gatewayId], ['gateway.b', 'does not exist', undefined],
      ['address.a', 'exists', owned.Ipv6AddressId], ['address.b', 'does not exist', undefined],
    ]));
    expect(Object.values(result).flatMap(({ differences = [] }) => differences)).toEqual([]);
    expect(api.events).toHaveLength(events);
    expect(new Set(askedByCommand().map(({ action }) => action))).toEqual(new Set(['DescribeIpv6Addresses', 'DescribeIpv6EgressOnlyRules', 'DescribeIpv6Gateways']));
  });

  test('an address without a literal is always new, and is not looked up', async () => {
    api.seedAddress({ VSwitchId: vSwitchId });
    expect(await found([creates(`${ADDRESS}.a`, { vswitch_id: vSwitchId, ipv6_address: null })])).toEqual({});
    expect(api.countCalls()).toBe(0);
  });

  test('one call looks up twenty addresses', async () => {
    const many = Array.from({ length: 45 }, () => api.seedInstance({ vSwitchId }).primary.Ipv6AddressId);
    const id = buy(many[44]);
    const result = await found(many.map((address, i) => buys(`a["${i}"]`, address)));
    expect(Object.values(result).filter(({ outcome }) => outcome === 'exists')).toMatchObject([{ id }]);
    expect(api.calls.map(({ params }) => params.Ipv6AddressId.split(',').length).sort((a, b) => a - b)).toEqual([5, 20, 20]);
  });
});

describe('differing arguments', () => {
  const differences = async (changes: readonly object[]) => Object.values(await found(changes)).flatMap((each) => each.differences);

  test('of a bandwidth: the charge type and the gateway would replace it, Mbit/s would not', async () => {
    buy(addresses[0], '20', 'PayByTraffic');
    expect(await differences([buys('a', addresses[0], { ipv6_gateway_id: 'ipv6gw-other' })])).toEqual([
      { argument: 'ipv6_gateway_id', written: 'ipv6gw-other', exists: gatewayId, replaces: true },
      { argument: 'bandwidth', written: '10', exists: '20', replaces: false },
      { argument: 'internet_charge_type', written: 'PayByBandwidth', exists: 'PayByTraffic', replaces: true },
    ]);
    expect(await differences([buys('a', addresses[0], { bandwidth: 20, internet_charge_type: undefined })])).toEqual([]);
  });

  test('of a rule: its name and description would replace it', async () => {
    buy(addresses[0]);
    close(addresses[0], { Name: 'console', Description: 'made by hand' });
    expect(await differences([closes('a', addresses[0], { ipv6_egress_rule_name: 'mine' })])).toEqual([
      { argument: 'ipv6_egress_rule_name', written: 'mine', exists: 'console', replaces: true }, { argument: 'description', written: 'unset', exists: 'made by hand', replaces: true },
    ]);
  });

  test('of a gateway: its name and tags would be changed', async () => {
    api.outOfBand('ModifyIpv6GatewayAttribute', { Ipv6GatewayId: gatewayId, Name: 'console' });
    api.outOfBand('TagResources', { 'ResourceId.1': gatewayId, 'ResourceType': 'IPV6GATEWAY', 'Tag.1.Key': 'team', 'Tag.1.Value': 'web', 'Tag.2.Key': 'acs:made-by', 'Tag.2.Value': 'the service' });
    expect(await differences([creates(`${GATEWAY}.a`, { vpc_id: vpcId })])).toEqual([
      { argument: 'ipv6_gateway_name', written: 'unset', exists: 'console', replaces: false }, { argument: 'tags', written: 'unset', exists: '{"team":"web"}', replaces: false },
    ]);
    expect(await differences([creates(`${GATEWAY}.a`, { vpc_id: vpcId, ipv6_gateway_name: 'console', tags: { team: 'web' } })])).toEqual([]);
  });

  test('a sensitive value is not shown', async () => {
    buy(addresses[0], '20');
    const { output } = await imports([change(`${BANDWIDTH}.a`, ['create'], { after: bandwidth(addresses[0], { ipv6_gateway_id: gatewayId, bandwidth: 1717 }), change: { after_sensitive: { bandwidth: true } } })]);
    expect(output).toContain('bandwidth is sensitive in the plan and not shown in the account: Terraform would change it');
    expect(output).not.toContain('1717');
  });
});

describe('resources in the state', () => {
  test('are left out: replaced and unchanged ones', async () => {
    const before = { ...bandwidth(addresses[0], { ipv6_gateway_id: gatewayId }), id: buy(addresses[0]) };
    expect(await found([
      change(`${BANDWIDTH}.replaced`, ['delete', 'create'], { before, after: { ...before, internet_charge_type: 'PayByTraffic' } }), change(`${BANDWIDTH}.left`, ['no-op'], { before, after: before }),
    ])).toEqual({});
    expect(api.countCalls()).toBe(0);
  });

  test('are reported if another resource would create them again', async () => {
    const id = buy(addresses[0]);
    const before = { ...bandwidth(addresses[0], { ipv6_gateway_id: gatewayId }), id };
    const run = await imports([change(`${BANDWIDTH}.old`, ['delete'], { before }), buys('new', addresses[0])]);
    expect(run).toMatchObject({ code: 0, output: expect.stringContaining(`# ${BANDWIDTH}.new: ${id} is in the state as ${BANDWIDTH}.old: write a moved block from there\n`) });
    expect(run.output).not.toContain('import {');
  });

  test('are looked up if the plan replaces them for another address', async () => {
    const before = { ...bandwidth(addresses[0], { ipv6_gateway_id: gatewayId }), id: buy(addresses[0]) };
    const id = buy(addresses[1]);
    expect(await found([change(`${BANDWIDTH}.a`, ['delete', 'create'], { before, after: { ...before, ipv6_address_id: addresses[1] } })])).toMatchObject({ [`${BANDWIDTH}.a`]: { outcome: 'exists', id } });
  });
});

describe('the output', () => {
  const code = ({ output }: Run, comment = /^(#|\/\/)/) => output.split('\n').filter((line) => line !== '' && !comment.test(line));

  test('import blocks are the default of HCL, and everything else is a comment', async () => {
    const id = buy(addresses[0], '20');
    const run = await imports([buys('a["x"]', addresses[0]), buys('b', addresses[1]), buys('c', undefined), closes('c', undefined)]);
    expect([run.code, run.errors]).toEqual([1, '']);
    expect(code(run)).toEqual(['import {', `  to = ${BANDWIDTH}.a["x"]`, `  id = "${id}"`, '}']);
    expect(run.output.split('\n')[0]).toBe(`# ${path.join(folder, 'plan.json')}: 1 to import, 1 new, 2 cannot be asked`);
    expect(run.output).toContain(`# cannot be asked, its ipv6_address_id is known after apply: ${BANDWIDTH}.c\n`);
    expect(run.output).toContain('# bandwidth is 10 in the plan and 20 in the account: Terraform would change it\n');
  });

  test('commands quote what a shell would read', async () => {
    const id = buy(addresses[0]);
    const run = await imports([buys('a["it\'s $(x)"]', addresses[0])], ['--as', 'command']);
    expect(code(run)).toEqual([`terraform import '${BANDWIDTH}.a["it'\\''s $(x)"]' '${id}'`]);
  });

  test('a key that would not stay in its line is escaped in a block, and not written into a command', async () => {
    buy(addresses[0]);
    const changes = [buys(`a[${JSON.stringify('x\u2028\u202e')}]`, addresses[0])];
    expect(code(await imports(changes))[1]).toBe(`  to = ${BANDWIDTH}.a["x\\u2028\\u202e"]`);
    const run = await imports(changes, ['--as', 'command']);
    expect(code(run)).toEqual([]);
    expect(run.output).toContain('# its address cannot be written in one line of a shell: use --as hcl');
  });

  test('lines of the program are the default of CDKTF', async () => {
    const [one, ofSet, other] = [buy(addresses[0]), buy(addresses[1]), buy(addresses[2])];
    const [ofOne, ofSetRule, alone] = [close(addresses[0], { Name: 'console' }), close(addresses[1]), close(addresses[2])];
    const block = (at: string) => ({ '//': { metadata: { path: at } } });
    const stack = {
      resource: {
        [BANDWIDTH]: { Shop: block('web/Shop/Resource'), Fleet: block('web/Team/Fleet/Resource'), Raw: block('web/Raw') },
        [RULE]: { Shop: block('web/Shop/EgressOnlyRule/Resource'), Fleet: block('web/Team/Fleet/EgressOnlyRule'), Rule: block('web/Raw Rule/Resource') },
        [GATEWAY]: { Gateway: block('web/Gateway/Resource') },
      },
    };
    const run = await imports([
      buys('Shop', addresses[0]), closes('Shop', addresses[0]),
      buys(`Fleet["${addresses[1]}"]`, addresses[1]), closes(`Fleet["${addresses[1]}"]`, addresses[1]),
      buys('Raw', addresses[2]), closes('Rule', addresses[2]),
      creates(`${GATEWAY}.Gateway`, { vpc_id: vpcId }),
    ], [], stack);
    expect(code(run)).toEqual([
      `gateway.resource.importFrom('${gatewayId}'); // web/Gateway`,
      `shop.resource.importFrom('${one}'); // web/Shop`,
      `fleet.importAddressFrom('${addresses[1]}', '${ofSet}'); // web/Team/Fleet`,
      `raw.importFrom('${other}'); // web/Raw`,
      `shop.egressOnlyRule!.resource.importFrom('${ofOne}'); // web/Shop`,
      `fleet.importEgressOnlyRuleFrom('${addresses[1]}', '${ofSetRule}'); // web/Team/Fleet`,
      `rawRule.resource.importFrom('${alone}'); // web/Raw Rule`,
    ]);
    expect(run.output).toContain('// ipv6_egress_rule_name is unset in the plan and console in the account: it stays as it is\n');
  });

  test('a resource that no construct can import is a block', async () => {
    const ids = [buy(addresses[0]), buy(addresses[1])];
    const run = await imports([creates(`module.m.${BANDWIDTH}.a`, bandwidth(addresses[0])), buys('Own["x"]', addresses[1])], ['--as', 'cdktf'], {
      resource: { [BANDWIDTH]: { a: { '//': { metadata: { path: 'web/A/Resource' } } }, Own: { '//': { metadata: { path: 'web/Own' } } } } },
    });
    expect(code(run)).toEqual([]);
    expect(run.output).toContain('// no construct has a method for it: put this block into a .tf file next to cdk.tf.json\n');
    expect(run.output).toContain(`//   to = module.m.${BANDWIDTH}.a\n//   id = "${ids[0]}"\n`);
    expect(run.output).toContain(`//   to = ${BANDWIDTH}.Own["x"]\n//   id = "${ids[1]}"\n`);
  });
});

test('of two resources for one existing bandwidth, one is imported', async () => {
  const id = buy(addresses[0]);
  expect(await found([buys('a', addresses[0]), buys('b', addresses[0])])).toMatchObject({
    [`${BANDWIDTH}.a`]: { outcome: 'exists', id }, [`${BANDWIDTH}.b`]: { outcome: 'cannot be asked', reason: `the plan creates ${id} twice: the other is ${BANDWIDTH}.a` },
  });
});

describe('calls without a usable answer', () => {
  test('a missing permission is reported, and ends with 2', async () => {
    api.fail('DescribeIpv6Addresses', { kind: 'error', code: 'Forbidden.RAM', times: 9 });
    const run = await imports([buys('a', addresses[0])]);
    expect(run).toMatchObject({ code: 2, output: expect.stringContaining('could not ask: the credentials may not ask (Forbidden.RAM): they need vpc:DescribeIpv6Addresses') });
  });

  test('an answer of another shape is not used', async () => {
    api.fail('DescribeIpv6Addresses', { kind: 'error', code: 'IllegalParam.PageSize', times: 9 });
    expect(await imports([buys('a', addresses[0])])).toMatchObject({ code: 2, output: expect.stringContaining('IllegalParam.PageSize') });
  });

  test.each(['ipv6-a,ipv6-b', 'ipv6-a b', '', 5])('an invalid id is not sent: %p', async (id) => {
    const run = await imports([buys('a', id as string)]);
    expect(run).toMatchObject({ code: 0, output: expect.stringContaining('cannot be asked, its ipv6_address_id is no id') });
    expect(api.countCalls()).toBe(0);
  });

  test('a throttled call is repeated later', async () => {
    buy(addresses[0]);
    api.fail('DescribeIpv6Addresses', { kind: 'error', code: 'Throttling.User', times: 1 });
    expect((await imports([buys('a', addresses[0])])).code).toBe(1);
  });
});

test('preflight refers to import', async () => {
  buy(addresses[0]);
  const { code, output } = await alicloudIpv6(['preflight', '--endpoint', `http://127.0.0.1:${api.port}`, '-'], { input: planWith({ changes: [buys('a', addresses[0])] }), env: SECRETS });
  expect([code, output]).toEqual([1, expect.stringContaining('`alicloud-ipv6 import PLAN` prints how to import the one that exists')]);
});

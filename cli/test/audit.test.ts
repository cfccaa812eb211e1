import * as fs from 'node:fs';
import * as path from 'node:path';
import { alicloudIpv6, Run } from './command-line';
import { testFolder } from './test-folder';
import { Workspace } from './workspace';
import { AUDIT_ACTIONS } from '../../src/api/ram-actions';
import { missing } from '../../test/e2e/terraform';
import { VpcApi as StandIn } from '../../test/e2e/vpc-api';
import { ACCOUNT_ACTIONS, readAccount } from '../src/account';
import { permissionOf, READ_ONLY_ACTIONS } from '../src/api-actions';
import { endpointOf } from '../src/endpoint';
import { VpcApi } from '../src/vpc-api';

jest.setTimeout(300_000);

const SECRETS = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'canary-access-key', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'canary-secret', ALIBABA_CLOUD_SECURITY_TOKEN: 'canary-token' };

const { file } = testFolder();

let api: StandIn;
/** The API that a suite shares. */
let network: StandIn;

beforeEach(async () => {
  api = await StandIn.start();
});

afterEach(async () => {
  const { calls } = api;
  if (api !== network) await api.stop();
  expect(calls.filter(({ userAgent, action }) => userAgent.startsWith('alicloud-ipv6/') && !(READ_ONLY_ACTIONS as readonly string[]).includes(action))).toEqual([]);
});

async function audit(...args: string[]): Promise<Run & { addresses: any[]; findings: any[] }> {
  const host = `http://127.0.0.1:${api.port}`;
  const run = await alicloudIpv6(['audit', '--json', '--region', 'cn-hangzhou', '--endpoint', host, '--ecs-endpoint', host, ...args], { env: SECRETS });
  expect(`${run.output}${run.errors}`).not.toContain('canary');
  const [{ addresses, findings }] = run.output === '' ? [{ addresses: [], findings: [] }] : JSON.parse(run.output).results;
  return { ...run, addresses, findings };
}

/** A VPC with a gateway, and an address of an instance with bandwidth. */
function seed({ rule = false, group = true } = {}) {
  const vpcId = api.seedVpc();
  const gatewayId = api.seedGateway(vpcId).Ipv6GatewayId;
  const vSwitchId = api.seedVSwitch(vpcId);
  const { instanceId, primary: { Ipv6AddressId: id } } = api.seedInstance({ vSwitchId });
  buy(id);
  if (rule) close(gatewayId, id);
  const groupId = group ? api.seedSecurityGroup(vpcId, [instanceId]) : '';
  return { vpcId, gatewayId, vSwitchId, instanceId, id, groupId };
}

function buy(id: string): void {
  api.outOfBand('AllocateIpv6InternetBandwidth', { Ipv6AddressId: id, Bandwidth: '10', InternetChargeType: 'PayByBandwidth' });
}

/** Creates an egress-only rule, which is Pending until it was described. */
function close(Ipv6GatewayId: string, InstanceId: string): void {
  api.outOfBand('CreateIpv6EgressOnlyRule', { Ipv6GatewayId, InstanceId });
  api.outOfBand('DescribeIpv6EgressOnlyRules', { Ipv6GatewayId });
}

const HTTPS = { IpProtocol: 'tcp', PortRange: '443/443', Ipv6SourceCidrIp: '::/0' };

describe('an account', () => {
  test('shows its addresses with bandwidth, and the ports of those that are open', async () => {
    const open = seed();
    const closed = seed({ rule: true });
    api.seedAddress();
    api.seedIngressRule(open.groupId, HTTPS);
    api.seedIngressRule(open.groupId, { IpProtocol: 'tcp', PortRange: '22/22', SourceCidrIp: '0.0.0.0/0' });
    api.seedIngressRule(closed.groupId, HTTPS);
    const { code, addresses, errors } = await audit();
    expect([code, errors]).toEqual([0, '']);
    expect(addresses).toEqual([
      expect.objectContaining({ address: open.id, after: expect.objectContaining({ inbound: 'open', mbps: 10 }), differences: [] }),
      expect.objectContaining({ address: closed.id, after: expect.objectContaining({ inbound: 'closed' }) }),
    ]);
    expect(addresses[0].ports.openings).toEqual([{ protocol: 'tcp', from: 443, to: 443, sources: [{ prefix: '::/0', except: [] }] }]);
    expect(addresses[1].ports).toBeUndefined();
    // Only the groups of open addresses are read.
    expect(api.calls.filter(({ action }) => action === 'DescribeSecurityGroupAttribute').map(({ params }) => params.SecurityGroupId)).toEqual([open.groupId]);
  });

  test('is a table for a person', async () => {
    const { groupId } = seed();
    api.seedIngressRule(groupId, HTTPS);
    const host = `http://127.0.0.1:${api.port}`;
    const { output, errors } = await alicloudIpv6(['audit', '--region', 'cn-hangzhou', '--endpoint', host, '--ecs-endpoint', host], { env: SECRETS });
    expect(output).toMatch(/^cn-hangzhou: 1 open, 0 unproven, 0 outbound only/);
    expect(output).toContain('open: tcp 443 from ::/0');
    // No bar where nobody looks.
    expect(errors).toBe('');
  });

  test('has unknown ports for an address whose interface or group is missing', async () => {
    const noGroup = seed({ group: false });
    const { id: unassociated } = (() => {
      const { vpcId } = seed();
      const { Ipv6AddressId } = api.seedAddress({ VpcId: vpcId });
      buy(Ipv6AddressId);
      return { id: Ipv6AddressId };
    })();
    const { addresses } = await audit('--rules', file('rules.json', { format: 1, rules: [] }));
    const reasons = Object.fromEntries(addresses.map(({ address, ports }: any) => [address, ports.unknown]));
    expect(reasons[noGroup.id]).toEqual(['its network interface was not found']);
    expect(reasons[unassociated]).toEqual(['it belongs to no instance, and no security group filters it']);
  });

  test('has rules whose senders or ports are in a list, and rules for a part of the traffic', async () => {
    const { groupId } = seed();
    const permission = { Direction: 'ingress', IpProtocol: 'TCP', PortRange: '22/22', Ipv6SourceCidrIp: '::/0', Policy: 'Accept', Priority: '1' };
    (api as any).groupTable.get(groupId).permissions.push(
      { ...permission, PortRange: '8080/8080' },
      { ...permission, PortRange: '8080/8080', Policy: 'Drop', SourcePortRange: '1/1024' },
      { ...permission, Ipv6SourceCidrIp: '', SourcePrefixListId: 'pl-1', SecurityGroupRuleId: 'sgr-1' },
      { ...permission, PortRange: '', PortRangeListId: 'prl-1', SecurityGroupRuleId: 'sgr-2' },
      { ...permission, Direction: 'egress' },
      { ...permission, Ipv6SourceCidrIp: '', SourceGroupId: 'sg-other' },
    );
    const { addresses: [{ ports }] } = await audit();
    expect(ports).toEqual({
      openings: [{ protocol: 'tcp', from: 8080, to: 8080, sources: [{ prefix: '::/0', except: [] }] }],
      unknown: [`sgr-1 of ${groupId}: its source is unknown`, `sgr-2 of ${groupId}: its ports are unknown`],
    });
  });

  test('has rules of security groups in several parts', async () => {
    const { groupId } = seed();
    for (let port = 1; port <= 1_200; port++) api.seedIngressRule(groupId, { ...HTTPS, PortRange: `${port * 2}/${port * 2}` });
    const { addresses } = await audit();
    expect(addresses[0].ports.openings).toHaveLength(1_200);
    expect(api.countCalls('DescribeSecurityGroupAttribute')).toBe(2);
  });

  test('is checked by the rules, even if a rule applies to one construct', async () => {
    const { id, groupId } = seed();
    api.seedIngressRule(groupId, { ...HTTPS, PortRange: '22/22' });
    const rules = (allowed: object, acknowledgements: object[] = []) => file('rules.json', {
      format: 1, stacks: { web: { path: 'web', rules: [{ id: 'Ipv6OpenPorts', limit: allowed, scope: 'web/Fleet' }], acknowledgements } },
    });
    const refused = await audit('--rules', rules({ tcp: [443] }));
    expect(refused.code).toBe(1);
    expect(refused.findings).toMatchObject([{ ruleId: 'Ipv6OpenPorts', path: id, actual: 'tcp 22 from ::/0' }]);
    expect((await audit('--rules', rules({ tcp: [22] }))).code).toBe(0);
    expect((await audit('--rules', rules({}, [{ ruleId: 'Ipv6OpenPorts', path: id, reason: 'until the move' }]))).code).toBe(0);
  });

  test('can be limited to one VPC', async () => {
    const [one] = [seed(), seed()];
    expect((await audit('--vpc', one.vpcId)).addresses.map(({ address }) => address)).toEqual([one.id]);
  });

  test('whose rule is not in effect yet is unproven', async () => {
    const { id } = seed({ rule: true });
    (api as any).ruleTable.get(id).Status = 'Deleting';
    expect((await audit()).addresses).toMatchObject([{ after: { inbound: 'unproven' }, reason: expect.stringContaining('has the status Deleting') }]);
  });
});

test('the policy of the library has the permissions that it needs, and no others', () => {
  const granted = Object.entries(AUDIT_ACTIONS).flatMap(([product, actions]) => actions.map(({ action }) => `${product}:${action}`));
  expect(granted.sort()).toEqual(ACCOUNT_ACTIONS.map(permissionOf).sort());
  const page = fs.readFileSync(path.join(__dirname, '../../docs/audit.md'), 'utf8');
  const [, policy] = /<!-- policy -->\n```json\n([^]*?)```/.exec(page)!;
  const documented = JSON.parse(policy).Statement.flatMap(({ Action }: { Action: string[] }) => Action);
  expect(documented.sort()).toEqual(granted.sort());
});

test('the nightly workflow of the page runs, and fails if it must open an issue', async () => {
  const { id } = seed();
  const page = fs.readFileSync(path.join(__dirname, '../../docs/audit.md'), 'utf8');
  const [, line] = /run: npx alicloud-ipv6 (audit .*) > audit\.md/.exec(page)!;
  const host = `http://127.0.0.1:${api.port}`;
  const args = line.replace('state.json', file('state.json', { format_version: '1.0' })).split(' ');
  const { code, output } = await alicloudIpv6([...args, '--endpoint', host, '--ecs-endpoint', host], { env: SECRETS });
  expect(code).toBe(1);
  expect(output).toMatch(new RegExp(`\\| unchanged \\| \`${id}\` .*no code knows this`));
});

describe('ends with 2', () => {
  test.each(ACCOUNT_ACTIONS)('without the permission %s, which it names', async (action) => {
    seed();
    api.fail(action, { kind: 'error', code: 'Forbidden.RAM', times: 99 });
    const { code, output, errors } = await audit();
    expect([code, output]).toEqual([2, '']);
    expect(errors).toContain(`the credentials lack ${permissionOf(action)}: `);
  });

  test('without several permissions, and names all of them and no other', async () => {
    for (const action of ['DescribeIpv6Addresses', 'DescribeSecurityGroupAttribute']) api.fail(action, { kind: 'error', code: 'NoPermission', times: 99 });
    const { code, errors } = await audit();
    expect(code).toBe(2);
    expect(errors).toContain('the credentials lack vpc:DescribeIpv6Addresses, ecs:DescribeSecurityGroupAttribute: ');
  });

  test('with credentials that are refused, or with none', async () => {
    api.fail('DescribeIpv6Addresses', { kind: 'error', code: 'InvalidAccessKeyId.NotFound', times: 99 });
    expect(await audit()).toMatchObject({ code: 2, errors: expect.stringContaining('the credentials are refused (InvalidAccessKeyId.NotFound)') });
    const host = `http://127.0.0.1:${api.port}`;
    expect(await alicloudIpv6(['audit', '--region', 'cn-hangzhou', '--endpoint', host, '--ecs-endpoint', host]))
      .toMatchObject({ code: 2, errors: expect.stringContaining('no credentials were found') });
  });

  test.each([
    ['no region', ['audit'], '--region must be the id of a region'],
    ['no known code to compare with', ['audit', '--region', 'cn-hangzhou', '--fail-on-unknown'], '--fail-on-unknown requires --known: add it'],
    ['one of two endpoints', ['audit', '--region', 'cn-hangzhou', '--endpoint', 'vpc.example.com'], '--endpoint and --ecs-endpoint must be set together: add the other one'],
    ['a known file that is not a plan', ['audit', '--region', 'cn-hangzhou', '--known', '/nonexistent'], '/nonexistent does not exist'],
  ])('with %s, and asks nothing', async (_, args, message) => {
    expect(await alicloudIpv6(args, { env: SECRETS })).toMatchObject({ code: 2, output: '', errors: expect.stringContaining(message) });
    expect(api.calls).toEqual([]);
  });

  test('if the list changes while it is read', async () => {
    const { vSwitchId } = seed();
    for (let i = 0; i < 60; i++) api.seedInstance({ vSwitchId });
    const { perform } = api as any;
    (api as any).perform = (action: string, params: { PageNumber?: string }) => {
      if (action === 'DescribeIpv6Addresses' && params.PageNumber === '2') api.loseAddress(api.addresses()[0].Ipv6AddressId);
      return perform.call(api, action, params);
    };
    expect(await audit()).toMatchObject({ code: 2, errors: expect.stringContaining('changes while it is read: run the command again') });
  });
});

describe('a region of 20,000 addresses', () => {
  beforeEach(() => {
    for (let vpc = 0; vpc < 10; vpc++) {
      const vpcId = api.seedVpc();
      api.seedGateway(vpcId);
      const vSwitchId = api.seedVSwitch(vpcId);
      const instances = Array.from({ length: 2_000 }, () => api.seedInstance({ vSwitchId }));
      instances.forEach(({ primary }) => buy(primary.Ipv6AddressId));
      api.seedIngressRule(api.seedSecurityGroup(vpcId, instances.map(({ instanceId }) => instanceId)), HTTPS);
    }
    for (const action of ACCOUNT_ACTIONS) api.fail(action, { kind: 'slow', delayMs: 10, times: 1e6 });
  });

  test('is read within a minute, if an answer takes 10 ms', async () => {
    const started = Date.now();
    const { code, addresses } = await audit();
    const seconds = (Date.now() - started) / 1000;
    expect(code).toBe(0);
    expect(addresses).toHaveLength(20_000);
    expect(addresses.every(({ ports }) => ports.unknown.length === 0 && ports.openings.length === 1)).toBe(true);
    expect(seconds).toBeLessThan(60);
    if (process.env.SHOW_SECONDS) process.stderr.write(`20,000 addresses: ${seconds} s, ${api.calls.length} calls\n`);
  });
});

describe('in this process', () => {
  const before = { ...process.env };
  beforeEach(() => Object.assign(process.env, SECRETS, { ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true' }));
  afterEach(() => {
    process.env = { ...before };
  });

  function client(): VpcApi {
    const endpoint = endpointOf(`http://127.0.0.1:${api.port}`, '--endpoint');
    return new VpcApi({ endpoint, ecsEndpoint: endpoint, timeout: 5_000, firstDelay: 20, version: '0.0.0' });
  }

  test('throttling delays all calls, and none is lost', async () => {
    const { vSwitchId } = seed();
    for (let i = 0; i < 400; i++) buy(api.seedInstance({ vSwitchId }).primary.Ipv6AddressId);
    api.fail('DescribeIpv6Addresses', { kind: 'error', code: 'Throttling.User', times: 3 });
    const account = await readAccount(client(), { region: 'cn-hangzhou' }, 5, () => undefined);
    expect(account.addresses).toHaveLength(401);
    const throttled = api.calls.filter(({ code }) => code === 'Throttling.User');
    expect(throttled).toHaveLength(3);
  });

  test('each answer updates the progress', async () => {
    seed();
    const told: number[][] = [];
    await readAccount(client(), { region: 'cn-hangzhou' }, 1, (answered, of) => told.push([answered, of]));
    expect(told.map(([answered]) => answered)).toEqual(told.map((_, i) => i + 1));
    expect(told.every(([answered, of]) => answered <= of)).toBe(true);
  });
});

// ---- against the state of the same network

const NETWORK = `
terraform {
  required_providers {
    alicloud = { source = "aliyun/alicloud" }
  }
}

provider "alicloud" {
  region = "cn-hangzhou"
  PROVIDER
}

resource "alicloud_vpc" "this" {
  cidr_block  = "10.0.0.0/16"
  enable_ipv6 = true
}

resource "alicloud_vswitch" "this" {
  vpc_id               = alicloud_vpc.this.id
  zone_id              = "cn-hangzhou-k"
  cidr_block           = "10.0.1.0/24"
  ipv6_cidr_block_mask = 1
}

resource "alicloud_security_group" "this" {
  vpc_id = alicloud_vpc.this.id
}

resource "alicloud_security_group_rule" "https" {
  security_group_id = alicloud_security_group.this.id
  type              = "ingress"
  ip_protocol       = "tcp"
  port_range        = "443/443"
  ipv6_cidr_ip      = "::/0"
}

resource "alicloud_instance" "this" {
  for_each             = toset(["web", "worker"])
  instance_type        = "ecs.g7.large"
  image_id             = "aliyun_3_x64_20G_alibase_20250101.vhd"
  vswitch_id           = alicloud_vswitch.this.id
  security_groups      = [alicloud_security_group.this.id]
  system_disk_category = "cloud_essd"
  ipv6_address_count   = 1
}

resource "alicloud_vpc_ipv6_gateway" "this" {
  vpc_id = alicloud_vpc.this.id
}

data "alicloud_vpc_ipv6_addresses" "this" {
  for_each               = alicloud_instance.this
  associated_instance_id = each.value.id
}

resource "alicloud_vpc_ipv6_internet_bandwidth" "this" {
  for_each             = alicloud_instance.this
  ipv6_address_id      = data.alicloud_vpc_ipv6_addresses.this[each.key].addresses[0].id
  ipv6_gateway_id      = alicloud_vpc_ipv6_gateway.this.id
  bandwidth            = 10
  internet_charge_type = "PayByBandwidth"
}

resource "alicloud_vpc_ipv6_egress_rule" "worker" {
  instance_id     = alicloud_vpc_ipv6_internet_bandwidth.this["worker"].ipv6_address_id
  instance_type   = "Ipv6Address"
  ipv6_gateway_id = alicloud_vpc_ipv6_internet_bandwidth.this["worker"].ipv6_gateway_id
}
`;

const reason = missing();
if (reason) process.stderr.write(`skipped: audit is not compared with a state of Terraform: ${reason}\n`);

(reason ? describe.skip : describe)('an account next to the state of the same network', () => {
  let workspace: Workspace;
  let [state, plan] = ['', ''];

  beforeAll(async () => {
    network = await StandIn.start();
    workspace = new Workspace(network);
    workspace.write({ 'main.tf': NETWORK });
    await workspace.apply();
    [state, plan] = ['state', 'plan'].map((name) => path.join(workspace.folder, `${name}.json`));
    fs.writeFileSync(state, await workspace.show());
    fs.writeFileSync(plan, await workspace.plan());
  });

  afterAll(async () => {
    workspace.remove();
    await network.stop();
  });

  /** Each test finds the network as it was applied. */
  beforeEach(async () => {
    await api.stop();
    api = network;
  });

  /** The differences by the Terraform address, or the id of an address that no code knows. */
  async function differences(...known: string[]): Promise<[code: number | null, differences: Record<string, string[]>]> {
    const { code, addresses } = await audit('--known', ...known.length === 0 ? [state] : known, '--fail-on-unknown');
    const marked = addresses.filter((each) => each.differences.length > 0);
    return [code, Object.fromEntries(marked.map((each) => [each.resources[0]?.replace(/.*\.this/, 'this') ?? each.address, each.differences]))];
  }

  test('has no address that the code lacks', async () => {
    expect(await differences()).toEqual([0, {}]);
    expect(await differences(plan)).toEqual([0, {}]);
    const empty = file('empty.json', { format_version: '1.0' });
    expect((await differences(empty))[0]).toBe(1);
    expect(await differences(empty, state)).toEqual([0, {}]);
  });

  test('has an address that the console opened', async () => {
    const { primary: { Ipv6AddressId: id } } = api.seedInstance({ vSwitchId: api.addresses()[0].VSwitchId });
    buy(id);
    expect(await differences()).toEqual([1, { [id]: ['no code knows this'] }]);
    api.loseAddress(id);
  });

  test('lacks a rule that was deleted by hand', async () => {
    const [{ Ipv6EgressOnlyRuleId, InstanceId, Ipv6GatewayId }] = api.rules();
    api.outOfBand('DeleteIpv6EgressOnlyRule', { Ipv6EgressOnlyRuleId });
    expect(await differences()).toEqual([1, { 'this["worker"]': ['the code closes it with alicloud_vpc_ipv6_egress_rule.worker, which is not in effect'] }]);
    close(Ipv6GatewayId, InstanceId);
  });

  test('may be more closed than the code', async () => {
    const [{ InstanceId: closed, Ipv6GatewayId }] = api.rules();
    const { Ipv6AddressId: open } = api.bandwidths().find(({ Ipv6AddressId }) => Ipv6AddressId !== closed)!;
    close(Ipv6GatewayId, open);
    expect(await differences()).toEqual([0, {}]);
    api.outOfBand('DeleteIpv6EgressOnlyRule', { Ipv6EgressOnlyRuleId: api.rules().find(({ InstanceId }) => InstanceId === open)!.Ipv6EgressOnlyRuleId });
  });

  test('has a port that was opened by hand', async () => {
    const { securityGroupIds: [groupId] } = [...(api as any).instanceTable.values()][0];
    api.seedIngressRule(groupId, { IpProtocol: 'tcp', PortRange: '22/22', Ipv6SourceCidrIp: '::/0' });
    expect(await differences()).toEqual([1, { 'this["web"]': ['no code opens tcp 22 from ::/0'] }]);
  });
});

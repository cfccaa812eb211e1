// What `alicloud-ipv6 import` prints, given to the real Terraform and the real provider.
import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { alicloudIpv6, Run } from './command-line';
import { Workspace } from './workspace';
import { describeWithTerraform } from '../../test/e2e/terraform';
import { VpcApi as StandIn } from '../../test/e2e/vpc-api';

jest.setTimeout(300_000);

describeWithTerraform('what exists and is in no state', () => {
  let api: StandIn;
  let workspace: Workspace;
  let vpcId: string;
  let gatewayId: string;
  let addresses: string[];

  beforeEach(async () => {
    api = await StandIn.start();
    vpcId = api.seedVpc();
    gatewayId = api.seedGateway(vpcId).Ipv6GatewayId;
    const vSwitchId = api.seedVSwitch(vpcId);
    addresses = Array.from({ length: 2 }, () => api.seedInstance({ vSwitchId }).primary.Ipv6AddressId);
    for (const Ipv6AddressId of addresses) {
      api.outOfBand('AllocateIpv6InternetBandwidth', { Ipv6AddressId, Bandwidth: '10', InternetChargeType: 'PayByTraffic' });
      api.outOfBand('CreateIpv6EgressOnlyRule', { InstanceId: Ipv6AddressId, Ipv6GatewayId: gatewayId, Name: 'console' });
    }
    workspace = new Workspace(api);
  });

  afterEach(async () => {
    workspace.remove();
    await api.stop();
  });

  function configuration({ mbps = 10, chargeType = 'PayByTraffic', ruleName = 'console', gatewayName = '' }): string {
    return `
terraform {
  required_providers {
    alicloud = { source = "aliyun/alicloud", version = "~> 1.289" }
  }
}

provider "alicloud" {
  region = "cn-hangzhou"
  PROVIDER
}

locals {
  addresses = { "the 'first'" = "${addresses[0]}", second = "${addresses[1]}" }
}

resource "alicloud_vpc_ipv6_gateway" "web" {
  vpc_id            = "${vpcId}"
  ipv6_gateway_name = ${gatewayName ? `"${gatewayName}"` : 'null'}
}

resource "alicloud_vpc_ipv6_internet_bandwidth" "web" {
  for_each             = local.addresses
  ipv6_address_id      = each.value
  ipv6_gateway_id      = "${gatewayId}"
  bandwidth            = ${mbps}
  internet_charge_type = "${chargeType}"
}

resource "alicloud_vpc_ipv6_egress_rule" "web" {
  for_each              = local.addresses
  instance_id           = alicloud_vpc_ipv6_internet_bandwidth.web[each.key].ipv6_address_id
  ipv6_gateway_id       = "${gatewayId}"
  ipv6_egress_rule_name = "${ruleName}"
}
`;
  }

  const imports = (plan: string, ...args: string[]): Promise<Run> => alicloudIpv6(['import', '--endpoint', `http://127.0.0.1:${api.port}`, ...args, '-'], {
    input: plan, env: { ALIBABA_CLOUD_ACCESS_KEY_ID: 'stand-in', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'stand-in' },
  });

  /** The actions of a plan, without what it leaves alone. */
  const actionsOf = (plan: string): Record<string, string> => Object.fromEntries(JSON.parse(plan).resource_changes
    .filter(({ change: { actions } }: any) => actions.join() !== 'no-op').map(({ address, change: { actions } }: any) => [address, actions.join()]));

  test('is imported by the printed blocks, and the next plan is empty', async () => {
    const main = configuration({});
    workspace.write({ 'main.tf': main });
    const { code, output } = await imports(await workspace.plan());
    expect(code).toBe(1);
    const events = api.events.length;
    workspace.write({ 'main.tf': main, 'imports.tf': output });
    await workspace.apply();
    expect(api.events).toHaveLength(events);
    workspace.write({ 'main.tf': main });
    const plan = await workspace.plan();
    expect(actionsOf(plan)).toEqual({});
    expect(await imports(plan)).toMatchObject({ code: 0, output: expect.stringContaining('creates nothing that could exist already') });
  });

  test('is imported by the printed commands', async () => {
    workspace.write({ 'main.tf': configuration({}) });
    const { output } = await imports(await workspace.plan(), '--as', 'command');
    fs.writeFileSync(path.join(workspace.folder, 'import.sh'), output);
    await promisify(execFile)('sh', ['-e', 'import.sh'], { cwd: workspace.folder, env: { ...process.env, CHECKPOINT_DISABLE: '1' } });
    expect(actionsOf(await workspace.plan())).toEqual({});
  });

  test.each([
    ['Mbit/s', { mbps: 20 }], ['the charge type', { chargeType: 'PayByBandwidth' }], ['the name of a rule', { ruleName: 'another' }], ['the name of a gateway', { gatewayName: 'another' }],
  ])('if %s differs, Terraform does what the command reports', async (_, options) => {
    const main = configuration(options);
    workspace.write({ 'main.tf': main });
    const plan = await workspace.plan();
    const { output } = await imports(plan);
    const { plans: [{ resources }] } = JSON.parse((await imports(plan, '--json')).output);
    const said = Object.fromEntries(resources.filter(({ differences }: any) => differences.length > 0)
      .map(({ resource, differences }: any) => [resource, differences.some(({ replaces }: any) => replaces) ? 'delete,create' : 'update']));
    expect(Object.keys(said)).not.toEqual([]);
    workspace.write({ 'main.tf': main, 'imports.tf': output });
    expect(actionsOf(await workspace.plan())).toMatchObject(said);
  });
});

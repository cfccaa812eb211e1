import { TerraformStack } from 'cdktf';
import { describeWithTerraform, unlessCreationTriggers } from './terraform';
import { stackWithProvider, World } from './world';
import { Ipv6Address, Ipv6Gateway, Ipv6InternetBandwidth, providerAlicloud } from '../../src';

jest.setTimeout(300_000);

const OLD = 'alicloud_vpc_ipv6_internet_bandwidth.old';
const BANDWIDTH = 'alicloud_vpc_ipv6_internet_bandwidth.Bandwidth_08EE4F9B';
const RULE = 'alicloud_vpc_ipv6_egress_rule.Bandwidth_08EE4F9B_EgressOnlyRule';
const OWN_RECORDS = { 'terraform_data.Bandwidth_08EE4F9B_AddressId': 'create', 'terraform_data.Ipv6DestroyBeforeCreate': 'create' };
const RECORDED = { ...OWN_RECORDS, 'terraform_data.Ipv6Checks': 'create' };

describeWithTerraform('resources that were written by hand', () => {
  let world: World;
  let ids: { ipv6AddressId: string; ipv6GatewayId: string };

  beforeEach(async () => {
    world = await World.begin({ instances: 1 });
    ids = { ipv6AddressId: world.addresses[0], ipv6GatewayId: world.api.gateways()[0].Ipv6GatewayId };
  });

  afterEach(() => world.end());

  const writes = () => world.api.calls.filter((call) => call.writes);

  function synth(build: (stack: TerraformStack) => void): void {
    world.deployment.synth((app) => build(stackWithProvider(app, 'web')));
  }

  async function deployedByHand(): Promise<void> {
    synth((stack) => {
      const bandwidth = new providerAlicloud.vpcIpv6InternetBandwidth.VpcIpv6InternetBandwidth(stack, 'old', {
        ...ids, bandwidth: 10, internetChargeType: 'PayByBandwidth',
      });
      new providerAlicloud.vpcIpv6EgressRule.VpcIpv6EgressRule(stack, 'old-rule', {
        instanceId: bandwidth.ipv6AddressId, instanceType: 'Ipv6Address', ipv6GatewayId: bandwidth.ipv6GatewayId,
      });
    });
    expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
    world.api.clearCalls();
  }

  /** Plans and applies, and expects that nothing is bought, changed or destroyed. */
  async function moved(changes: object): Promise<void> {
    expect((await world.deployment.plan('web')).changes).toEqual(changes);
    expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
    expect(writes()).toEqual([]);
    expect((await world.deployment.plan('web')).changes).toEqual({});
  }

  test('are moved to the construct by their Terraform addresses, and nothing is replaced', async () => {
    await deployedByHand();
    synth((stack) => {
      const ipv6Address = Ipv6Address.fromIpv6AddressId(stack, 'Address', ids.ipv6AddressId, { vpcId: world.vpcId });
      const bandwidth = new Ipv6InternetBandwidth(stack, 'Bandwidth', { ipv6Address, bandwidth: 10, egressOnly: true });
      bandwidth.resource.moveFromId(OLD);
      bandwidth.egressOnlyRule!.resource.moveFromId('alicloud_vpc_ipv6_egress_rule.old-rule');
    });
    await moved(RECORDED);
  });

  unlessCreationTriggers('keep their addresses, and nothing is replaced', async () => {
    await deployedByHand();
    synth((stack) => {
      const ipv6Address = Ipv6Address.fromIpv6AddressId(stack, 'Address', ids.ipv6AddressId, { vpcId: world.vpcId });
      const bandwidth = new Ipv6InternetBandwidth(stack, 'Bandwidth', { ipv6Address, bandwidth: 10, egressOnly: true });
      bandwidth.resource.overrideLogicalId('old');
      bandwidth.egressOnlyRule!.resource.overrideLogicalId('old-rule');
    });
    await moved({ 'terraform_data.old_AddressId': 'create', 'terraform_data.Ipv6DestroyBeforeCreate': 'create', 'terraform_data.Ipv6Checks': 'create' });
  });

  test('are moved with an address and a gateway that the stack owns, and nothing is replaced', async () => {
    const vpcId = world.api.seedVpc();
    const vswitchId = world.api.seedVSwitch(vpcId);
    synth((stack) => {
      const gateway = new providerAlicloud.vpcIpv6Gateway.VpcIpv6Gateway(stack, 'old-gateway', { vpcId });
      const address = new providerAlicloud.vpcIpv6Address.VpcIpv6Address(stack, 'old-address', { vswitchId });
      new providerAlicloud.vpcIpv6InternetBandwidth.VpcIpv6InternetBandwidth(stack, 'old', {
        ipv6AddressId: address.id, ipv6GatewayId: gateway.id, bandwidth: 10,
      });
    });
    expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
    world.api.clearCalls();

    synth((stack) => {
      const ipv6Gateway = new Ipv6Gateway(stack, 'Gateway', { vpcId });
      const ipv6Address = new Ipv6Address(stack, 'Address', { vswitchId });
      ipv6Gateway.resource.moveFromId('alicloud_vpc_ipv6_gateway.old-gateway');
      ipv6Address.resource.moveFromId('alicloud_vpc_ipv6_address.old-address');
      const bandwidth = new Ipv6InternetBandwidth(stack, 'Bandwidth', { ipv6Address, ipv6Gateway, bandwidth: 10, egressOnly: false });
      bandwidth.resource.moveFromId(OLD);
    });
    await moved(OWN_RECORDS);
  });

  test('are replaced once they are moved, unless preventDestroy forbids it', async () => {
    await deployedByHand();
    const build = (ipv6AddressId: string, preventDestroy: boolean, move = false) => synth((stack) => {
      const ipv6Address = Ipv6Address.fromIpv6AddressId(stack, 'Address', ipv6AddressId, { vpcId: world.vpcId });
      const bandwidth = new Ipv6InternetBandwidth(stack, 'Bandwidth', { ipv6Address, bandwidth: 10, egressOnly: true });
      if (move) bandwidth.resource.moveFromId(OLD);
      if (move) bandwidth.egressOnlyRule!.resource.moveFromId('alicloud_vpc_ipv6_egress_rule.old-rule');
      bandwidth.resource.lifecycle = { preventDestroy };
    });
    const other = world.api.seedInstance({ vSwitchId: world.vSwitchId }).primary.Ipv6AddressId;
    build(other, false, true);
    const early = await world.deployment.plan('web');
    expect(early.code).toBe(1);
    expect(early.output).toContain('(InvalidIpv6Instance.NotFound)');
    build(ids.ipv6AddressId, true, true);
    await moved(RECORDED);

    build(other, true);
    const { code, output } = await world.deployment.plan('web');
    expect(code).toBe(1);
    expect(output).toMatch(/[Ii]nstance cannot be destroyed/);

    build(other, false);
    expect((await world.deployment.plan('web')).changes).toEqual({
      [BANDWIDTH]: 'delete,create', [RULE]: 'delete,create', 'terraform_data.Bandwidth_08EE4F9B_AddressId': 'update', 'terraform_data.Ipv6DestroyBeforeCreate': 'update',
    });
  });
});

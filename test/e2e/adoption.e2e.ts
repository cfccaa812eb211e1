import { describeWithTerraform } from './terraform';
import { stackWithProvider, World } from './world';
import { Ipv6Address, Ipv6Gateway, Ipv6InternetBandwidth } from '../../src';

jest.setTimeout(300_000);

describeWithTerraform('what exists already', () => {
  let world: World;

  afterEach(() => world.end());

  const buy = (addressId: string) => world.api.outOfBand('AllocateIpv6InternetBandwidth', {
    Ipv6AddressId: addressId, Ipv6GatewayId: world.api.gateways()[0].Ipv6GatewayId, Bandwidth: '10', InternetChargeType: 'PayByBandwidth',
  });
  const writes = () => world.api.calls.filter((call) => call.writes).map(({ action }) => action).sort();

  test('a bandwidth is adopted at its address, and bought where there is none', async () => {
    world = await World.begin();
    const [first, second] = world.addresses;
    buy(first);
    world.web({ A: first, B: second }, { adoptExisting: true });
    expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
    expect(writes()).toEqual(['AllocateIpv6InternetBandwidth']);
    expect(world.bought.bandwidths).toEqual([first, second].sort());
    expect((await world.deployment.plan('web')).changes).toEqual({});
    expect(await world.deployment.destroy('web')).toMatchObject({ code: 0 });
    expect(world.bought.bandwidths).toEqual([]);
  });

  test('without adoption the same bandwidth ends in the API\'s refusal', async () => {
    world = await World.begin();
    buy(world.addresses[0]);
    world.web({ A: world.addresses[0] });
    const outcome = await world.deployment.apply('web');
    expect(outcome.code).toBe(1);
    expect(outcome.output).toContain('OperationFailed.InternetBandwidthAlreadyExisted');
  });

  test('a rule is adopted with its bandwidth', async () => {
    world = await World.begin();
    const [first] = world.addresses;
    buy(first);
    world.api.outOfBand('CreateIpv6EgressOnlyRule', { InstanceId: first, InstanceType: 'Ipv6Address', Ipv6GatewayId: world.api.gateways()[0].Ipv6GatewayId });
    world.web({ A: first }, { adoptExisting: true, egressOnly: true });
    expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
    expect(writes()).toEqual([]);
    expect((await world.deployment.plan('web')).changes).toEqual({});
    expect(await world.deployment.destroy('web')).toMatchObject({ code: 0 });
    expect(world.bought).toEqual({ bandwidths: [], rules: [] });
  });

  test.each([true, false])('a gateway is adopted or created, and its bandwidth with it (there is one: %s)', async (gateway) => {
    world = await World.begin({ gateway });
    const { vpcId, vSwitchId, deployment, api } = world;
    const build = () => deployment.synth((app) => {
      const stack = stackWithProvider(app, 'web');
      const ipv6Gateway = new Ipv6Gateway(stack, 'Gateway', { vpcId, adoptExisting: true });
      const ipv6Address = new Ipv6Address(stack, 'Address', { vswitchId: vSwitchId });
      new Ipv6InternetBandwidth(stack, 'Bandwidth', { ipv6Address, ipv6Gateway, bandwidth: 5, egressOnly: false });
      const lookedUp = Ipv6Address.fromIpv6AddressId(stack, 'LookedUp', world.addresses[0], { vpcId });
      new Ipv6InternetBandwidth(stack, 'Other', { ipv6Address: lookedUp, ipv6Gateway, bandwidth: 5, egressOnly: true, adoptExisting: true });
    });
    build();
    expect(await deployment.apply('web')).toMatchObject({ code: 0 });
    expect(api.gateways()).toHaveLength(1);
    expect(api.countCalls('CreateIpv6Gateway')).toBe(gateway ? 0 : 1);
    expect((await deployment.plan('web')).changes).toEqual({});
    expect(await deployment.destroy('web')).toMatchObject({ code: 0 });
    expect([api.gateways(), api.bandwidths(), api.rules()]).toEqual([[], [], []]);
  });
});

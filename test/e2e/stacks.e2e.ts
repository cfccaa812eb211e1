import { describeWithTerraform } from './terraform';
import { stackWithProvider, World } from './world';
import { Ipv6Address, Ipv6Gateway, Ipv6InternetBandwidth } from '../../src';

jest.setTimeout(300_000);

describeWithTerraform('stacks of one app', () => {
  let world: World;

  afterEach(() => world.end());

  test('two stacks share a gateway and an address of a third one, and the gateway is deleted last', async () => {
    world = await World.begin({ gateway: false });
    const { deployment, api, vpcId, vSwitchId, addresses: [first, second] } = world;
    deployment.synth((app) => {
      const network = stackWithProvider(app, 'network');
      const ipv6Gateway = new Ipv6Gateway(network, 'Gateway', { vpcId });
      const owned = new Ipv6Address(network, 'Address', { vswitchId: vSwitchId });
      const one = stackWithProvider(app, 'one');
      new Ipv6InternetBandwidth(one, 'Bandwidth', {
        ipv6Address: Ipv6Address.fromIpv6AddressId(one, 'Address', first, { vpcId }), ipv6Gateway, bandwidth: 5, egressOnly: false,
      });
      const two = stackWithProvider(app, 'two');
      new Ipv6InternetBandwidth(two, 'Bandwidth', {
        ipv6Address: Ipv6Address.fromIpv6AddressId(two, 'Address', second, { vpcId }), ipv6Gateway, bandwidth: 5, egressOnly: true,
      });
      new Ipv6InternetBandwidth(two, 'Owned', { ipv6Address: owned, ipv6Gateway, bandwidth: 5, egressOnly: false });
    });
    const stacks = ['network', 'one', 'two'];
    for (const stack of stacks) expect(await deployment.apply(stack)).toMatchObject({ code: 0 });
    expect(api.bandwidths()).toHaveLength(3);
    expect(world.openings(second)).toEqual(['bandwidthAllocated - ruleCreated']);
    for (const stack of stacks) expect((await deployment.plan(stack)).changes).toEqual({});
    for (const stack of stacks.reverse()) expect(await deployment.destroy(stack)).toMatchObject({ code: 0 });
    expect([api.gateways(), api.bandwidths(), api.rules()]).toEqual([[], [], []]);
  });

  test('the stack of the bandwidth looks up the address of an instance, and the gateway', async () => {
    world = await World.begin();
    const { deployment, api, vpcId } = world;
    const { secondary: [{ AssociatedInstanceId: eni, Ipv6AddressId }] } = api.seedInstance({ vSwitchId: world.vSwitchId, secondaryInterfaces: 1 });
    deployment.synth((app) => {
      const elsewhere = stackWithProvider(app, 'elsewhere');
      const ipv6Address = Ipv6Address.fromNetworkInterfaceId(elsewhere, 'Address', eni, { vpcId });
      const ipv6Gateway = Ipv6Gateway.fromVpcId(elsewhere, 'Gateway', vpcId);
      new Ipv6InternetBandwidth(stackWithProvider(app, 'web'), 'Bandwidth', { ipv6Address, ipv6Gateway, bandwidth: 5, egressOnly: true });
    });
    expect(await deployment.apply('web')).toMatchObject({ code: 0 });
    expect(world.bought).toEqual({ bandwidths: [Ipv6AddressId], rules: [Ipv6AddressId] });
    expect((await deployment.plan('web')).changes).toEqual({});
  });

  test('a VPC without a gateway, and an instance without an address, fail the plan before anything is written', async () => {
    world = await World.begin({ gateway: false });
    const { deployment, api, vpcId, addresses: [first] } = world;
    deployment.synth((app) => {
      const stack = stackWithProvider(app, 'web');
      new Ipv6InternetBandwidth(stack, 'A', { ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'a', first, { vpcId }), bandwidth: 5, egressOnly: false });
      new Ipv6InternetBandwidth(stack, 'B', { ipv6Address: Ipv6Address.fromInstanceId(stack, 'b', 'i-none', { vpcId }), bandwidth: 5, egressOnly: false });
    });
    const { code, output } = await deployment.apply('web');
    expect(code).toBe(1);
    expect(output.replace(/\s+/g, ' ')).toContain(`web/A: ${vpcId}, the VPC of ${first}, has no IPv6 gateway (OperationFailed.Ipv6GatewayNotExist)`);
    expect(output.replace(/\s+/g, ' ')).toContain('web/B: no IPv6 address of i-none in');
    expect(api.calls.filter((call) => call.writes)).toEqual([]);
  });
});

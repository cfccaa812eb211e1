import { describeWithTerraform } from './terraform';
import { stackWithProvider, World } from './world';
import { Ipv6Address, Ipv6Gateway, Ipv6InternetBandwidth, Ipv6RamPolicy } from '../../src';

jest.setTimeout(300_000);

describeWithTerraform('the RAM policy', () => {
  let world: World;

  afterEach(() => world.end());

  const called = () => [...new Set(world.api.calls.map(({ action }) => `vpc:${action}`))].sort();

  test('allows exactly the calls that deploy, change and destroy a stack with all constructs', async () => {
    world = await World.begin({ gateway: false });
    const { deployment, api, vpcId, vSwitchId, addresses: [first] } = world;
    let allowed: string[] = [];
    const build = (n: number) => deployment.synth((app) => {
      const stack = stackWithProvider(app, 'web');
      const organized = { description: `text-${n}`, resourceGroupId: `rg-${n}`, tags: { [`n${n}`]: 'x' } };
      const ipv6Gateway = new Ipv6Gateway(stack, 'Gateway', { vpcId, ...organized });
      const ipv6Address = new Ipv6Address(stack, 'Address', { vswitchId: vSwitchId, ...organized });
      new Ipv6InternetBandwidth(stack, 'Owned', { ipv6Address, ipv6Gateway, bandwidth: n, egressOnly: false });
      new Ipv6InternetBandwidth(stack, 'LookedUp', {
        ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'LookedUpAddress', first, { vpcId }), ipv6Gateway, bandwidth: n, egressOnly: true,
      });
      allowed = Ipv6RamPolicy.of(app).actions;
    });
    for (const n of [1, 2]) {
      build(n);
      expect(await deployment.apply('web')).toMatchObject({ code: 0 });
    }
    expect(await deployment.destroy('web')).toMatchObject({ code: 0 });
    expect(api.bandwidths()).toEqual([]);
    expect(called()).toEqual([...allowed].sort());
  });

  test('allows no action for gateways, tags and resource groups in a stack without them', async () => {
    world = await World.begin();
    const { deployment, vpcId, addresses: [first] } = world;
    let allowed: string[] = [];
    const build = (bandwidth: number) => deployment.synth((app) => {
      const stack = stackWithProvider(app, 'web');
      const ipv6Address = Ipv6Address.fromIpv6AddressId(stack, 'Address', first, { vpcId });
      new Ipv6InternetBandwidth(stack, 'Bandwidth', { ipv6Address, bandwidth, egressOnly: false });
      allowed = Ipv6RamPolicy.of(app).actions;
    });
    for (const bandwidth of [10, 20]) {
      build(bandwidth);
      expect(await deployment.apply('web')).toMatchObject({ code: 0 });
    }
    expect(await deployment.destroy('web')).toMatchObject({ code: 0 });
    expect(allowed).toHaveLength(4);
    expect(called()).toEqual([...allowed].sort());
  });
});

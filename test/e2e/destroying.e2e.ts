import { describeWithTerraform } from './terraform';
import { stackWithProvider, World } from './world';

jest.setTimeout(300_000);

// What docs/destroying.md says.
describeWithTerraform('destroying', () => {
  test('a bandwidth that removed blocks forget stays in the cloud with its rule, and another stack imports it', async () => {
    const world = await World.begin({ instances: 1 });
    const [address] = world.addresses;
    try {
      world.web({ Bandwidth: address }, { egressOnly: true });
      expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
      const { output } = await world.deployment.command('web', 'state', 'list');
      const [bandwidth, rule] = ['alicloud_vpc_ipv6_internet_bandwidth.', 'alicloud_vpc_ipv6_egress_rule.']
        .map((type) => output.split('\n').find((line) => line.startsWith(type))!);

      world.deployment.synth((app) => {
        stackWithProvider(app, 'web').addOverride('removed', [
          { from: bandwidth, lifecycle: { destroy: false } },
          { from: rule, lifecycle: { destroy: false } },
        ]);
      });
      const forgotten = await world.deployment.apply('web');
      expect(forgotten.output).toMatch(/will (no longer be managed by Terraform,|be removed from the OpenTofu state) but will not be destroyed/);
      expect(world.bought).toEqual({ bandwidths: [address], rules: [address] });
      expect((await world.deployment.command('web', 'state', 'list')).output).toBe('');

      world.api.clearCalls();
      const [[{ Ipv6InternetBandwidthId }], [{ Ipv6GatewayId, Ipv6EgressOnlyRuleId }]] = [world.api.bandwidths(), world.api.rules()];
      world.web({ Imported: address }, { egressOnly: true }, ({ resource, egressOnlyRule }) => {
        resource.importFrom(Ipv6InternetBandwidthId);
        egressOnlyRule!.resource.importFrom(`${Ipv6GatewayId}:${Ipv6EgressOnlyRuleId}`);
      });
      expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
      expect(world.api.calls.filter(({ writes }) => writes)).toEqual([]);
      expect(await world.deployment.plan('web')).toMatchObject({ code: 0, changes: {} });
    } finally {
      await world.end();
    }
  });

  test('the rule is deleted before its bandwidth, and imported resources are deleted too', async () => {
    const world = await World.begin({ instances: 1 });
    const [address] = world.addresses;
    try {
      const [{ Ipv6GatewayId }] = world.api.gateways();
      world.api.outOfBand('AllocateIpv6InternetBandwidth', { Ipv6AddressId: address, Ipv6GatewayId, Bandwidth: '10' });
      const [{ Ipv6InternetBandwidthId: id }] = world.api.bandwidths();
      world.web({ Bandwidth: address }, { egressOnly: true }, ({ resource }) => resource.importFrom(id));
      expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
      world.api.clearCalls();
      expect(await world.deployment.destroy('web')).toMatchObject({ code: 0 });
      expect(world.api.calls.filter(({ writes }) => writes).map(({ action }) => action)).toEqual(['DeleteIpv6EgressOnlyRule', 'DeleteIpv6InternetBandwidth']);
      expect(world.bought).toEqual({ bandwidths: [], rules: [] });
      expect(world.api.gateways()).toHaveLength(1);
    } finally {
      await world.end();
    }
  });
});

import { Deployment, describeWithTerraform } from './terraform';
import { VpcApi } from './vpc-api';
import { stackWithProvider, World } from './world';
import { Ipv6Address, Ipv6InternetBandwidth, providerAlicloud } from '../../src';

jest.setTimeout(300_000);

describeWithTerraform('a bandwidth that the console has set to 0 Mbit/s', () => {
  let world: World;

  afterEach(() => world.end());

  const closed = async () => {
    world = await World.begin();
    const [first] = world.addresses;
    world.web({ Bandwidth: first });
    expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
    world.api.closeInConsole(first);
    return first;
  };

  test('is opened by the next plan, as an update that the plan shows', async () => {
    await closed();
    const { managed, changes } = await world.deployment.plan('web');
    expect(Object.values(changes)).toEqual(['update']);
    expect(managed.find(({ change }) => change.actions.join() === 'update')!.change).toMatchObject({ before: { bandwidth: 0 }, after: { bandwidth: 10 } });
  });

  test('is opened by an import', async () => {
    const first = await closed();
    const { api, deployment, vpcId } = world;
    deployment.synth((app) => {
      const stack = stackWithProvider(app, 'other');
      const bandwidth = new Ipv6InternetBandwidth(stack, 'Bandwidth', {
        ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'Address', first, { vpcId }), bandwidth: 10, egressOnly: false,
      });
      bandwidth.resource.importFrom(api.bandwidths()[0].Ipv6InternetBandwidthId);
    });
    const { managed } = await deployment.plan('other');
    expect(managed.find(({ type }) => type === 'alicloud_vpc_ipv6_internet_bandwidth')!.change)
      .toMatchObject({ actions: ['update'], before: { bandwidth: 0 }, after: { bandwidth: 10 } });
    expect(api.bandwidths()).toMatchObject([{ Bandwidth: 0 }]);
  });
});

describeWithTerraform('a VPC with the IPv6 blocks of several ISPs', () => {
  test('shows the ISP of each block, and has an empty second plan', async () => {
    const api = await VpcApi.start();
    const deployment = new Deployment(api);
    try {
      deployment.synth((app) => {
        const stack = stackWithProvider(app, 'net');
        new providerAlicloud.vpc.Vpc(stack, 'Vpc', { vpcName: 'net', cidrBlock: '10.0.0.0/16', enableIpv6: true, ipv6Isp: 'BGP' });
      });
      expect(await deployment.apply('net')).toMatchObject({ code: 0 });
      api.addIpv6Block(api.calls.find(({ action }) => action === 'DescribeVpcAttribute')!.params.VpcId, { Ipv6CidrBlock: '2001:db8:1::/56', Ipv6Isp: 'ChinaTelecom' });
      const { managed, changes } = await deployment.plan('net');
      expect(changes).toEqual({});
      expect(managed[0].change.after!.ipv6_cidr_blocks.map((block: { ipv6_isp: string }) => block.ipv6_isp)).toEqual(['BGP', 'ChinaTelecom']);
    } finally {
      await api.stop();
      deployment.remove();
    }
  });
});

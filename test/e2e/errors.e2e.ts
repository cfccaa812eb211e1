import * as fs from 'node:fs';
import * as path from 'node:path';
import { describeWithTerraform } from './terraform';
import { World } from './world';
import { ApiErrorCode } from '../../src/api/error-codes';

jest.setTimeout(300_000);

/** What the API finds by itself alone, once it is asked to allocate. */
const ONLY_THE_API: ApiErrorCode[] = [
  'OperationFailed.OpenCdtServiceFirst',
  'OperationFailed.UpgradeCdtServiceFirst',
  'UnsupportedFeature.InternetChargeTypeOnFreeIpv6Address',
  'UnsupportedFeature.InternetChargeTypeOnStaticIsp',
  'OperationUnsupported.PrivateGUA',
];

const PASSING: ApiErrorCode[] = ['SystemBusy', 'OperationFailed.QueryAccountInfo', 'OperationFailed.SaleValidate'];

describeWithTerraform('errors of the API', () => {
  let world: World;

  beforeEach(async () => {
    world = await World.begin({ instances: 1 });
    world.web({ A: world.addresses[0] });
  });

  afterEach(() => world.end());

  const writes = () => world.api.calls.filter((call) => call.writes).map(({ code }) => code);

  test('an unknown region fails the plan', async () => {
    const override = path.join(world.deployment.folder, 'stacks', 'web', 'override.tf.json');
    const { provider } = JSON.parse(fs.readFileSync(override, 'utf8'));
    const inRegion = (region: string, skipped = false) => {
      const blocks = provider.alicloud.map((block: object) => ({ ...block, region, skip_region_validation: skipped }));
      fs.writeFileSync(override, JSON.stringify({ provider: { alicloud: blocks } }));
      return world.deployment.plan('web');
    };

    const { code, output } = await inRegion('cn-hangzou');
    expect(code).toBe(1);
    expect(output).toContain('Invalid Alibaba Cloud region: cn-hangzou');
    expect(world.api.calls).toEqual([]);

    const lookedUp = await inRegion('cn-hangzou', true);
    expect(lookedUp.code).toBe(1);
    expect(lookedUp.output).toContain('InvalidRegionId.NotFound');

    expect(await inRegion('cn-hangzhou')).toMatchObject({ code: 0 });
  });

  test('no request asks for a subscription', async () => {
    expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
    const [{ params }] = world.api.calls.filter(({ action }) => action === 'AllocateIpv6InternetBandwidth');
    expect(Object.keys(params).sort()).toEqual(['Bandwidth', 'ClientToken', 'InternetChargeType', 'Ipv6AddressId', 'Ipv6GatewayId', 'RegionId']);
  });

  test.each(PASSING)('the provider retries %s', async (code) => {
    world.api.fail('AllocateIpv6InternetBandwidth', { kind: 'error', code });
    expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
    expect(writes()).toEqual([code, undefined]);
    expect(world.bought.bandwidths).toEqual(world.addresses);
  });

  test('an error that only the API knows ends the apply with its code, and the next apply buys the bandwidth', async () => {
    for (const code of ONLY_THE_API) world.api.fail('AllocateIpv6InternetBandwidth', { kind: 'error', code });
    for (const code of ONLY_THE_API) {
      const outcome = await world.deployment.apply('web');
      expect(outcome.code).toBe(1);
      expect(outcome.output).toContain(code);
      expect(world.bought.bandwidths).toEqual([]);
    }
    expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
    expect(writes()).toEqual([...ONLY_THE_API, undefined]);
  });
});

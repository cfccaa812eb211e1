import { describeWithTerraform } from './terraform';
import { World } from './world';
import { InternetChargeType } from '../../src';

jest.setTimeout(300_000);

const BANDWIDTH = expect.stringContaining('alicloud_vpc_ipv6_internet_bandwidth.');

describeWithTerraform('what a change does', () => {
  let world: World;
  let first: string, second: string, third: string, fourth: string;

  beforeEach(async () => {
    world = await World.begin();
    [first, second, third, fourth] = world.addresses;
  });

  afterEach(() => world.end());

  /** Deploys, and forgets how. */
  async function deployed(addresses: Record<string, string>, props = {}): Promise<void> {
    world.web(addresses, props);
    expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
    expect((await world.deployment.plan('web')).changes).toEqual({});
    world.api.clearCalls();
  }

  const writes = () => world.api.calls.filter((call) => call.writes).map(({ action }) => action);

  test('an added address does not change the other three', async () => {
    await deployed({ A: first, B: second, C: third });
    world.web({ A: first, B: second, C: third, D: fourth });
    expect(Object.entries((await world.deployment.plan('web')).changes)).toEqual([
      [BANDWIDTH, 'create'], [expect.stringMatching(/^terraform_data\.D_\w+_AddressId$/), 'create'], ['terraform_data.Ipv6DestroyBeforeCreate', 'update'],
    ]);
    expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
    expect(writes()).toEqual(['AllocateIpv6InternetBandwidth']);
    expect(world.bought.bandwidths).toEqual([first, second, third, fourth].sort());
  });

  test('a changed address replaces only its own bandwidth and rule, and destroys the old ones first', async () => {
    await deployed({ A: first, B: second }, { egressOnly: true });
    world.web({ A: third, B: second }, { egressOnly: true });
    expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
    expect(writes()).toEqual(['DeleteIpv6EgressOnlyRule', 'DeleteIpv6InternetBandwidth', 'AllocateIpv6InternetBandwidth', 'CreateIpv6EgressOnlyRule']);
    expect(world.bought).toEqual({ bandwidths: [second, third].sort(), rules: [second, third].sort() });
    expect(world.openings(third)).toEqual(['bandwidthAllocated - ruleCreated']);
    expect((await world.deployment.plan('web')).changes).toEqual({});
  });

  test('a changed bandwidth is updated in place', async () => {
    await deployed({ A: first });
    world.web({ A: first }, { bandwidth: 20 });
    expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
    expect(writes()).toEqual(['ModifyIpv6InternetBandwidth']);
    expect(world.api.bandwidths()).toMatchObject([{ Bandwidth: 20 }]);
  });

  test('a changed charge type replaces the bandwidth and its rule', async () => {
    await deployed({ A: first }, { egressOnly: true });
    world.web({ A: first }, { egressOnly: true, internetChargeType: InternetChargeType.PAY_BY_TRAFFIC });
    expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
    expect(writes()).toEqual(['DeleteIpv6EgressOnlyRule', 'DeleteIpv6InternetBandwidth', 'AllocateIpv6InternetBandwidth', 'CreateIpv6EgressOnlyRule']);
    expect(world.api.bandwidths()).toMatchObject([{ InternetChargeType: 'PayByTraffic' }]);
    expect((await world.deployment.plan('web')).changes).toEqual({});
  });

  test('egressOnly closes inbound without touching the bandwidth, and opens it again', async () => {
    await deployed({ A: first });
    world.web({ A: first }, { egressOnly: true });
    expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
    world.web({ A: first });
    expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
    expect(writes()).toEqual(['CreateIpv6EgressOnlyRule', 'DeleteIpv6EgressOnlyRule']);
  });

  test('the next apply completes one that was killed during the deletion of the old bandwidth', async () => {
    await deployed({ A: first, B: second });
    world.web({ A: third, B: second });
    world.api.fail('DeleteIpv6InternetBandwidth', { kind: 'slow', delayMs: 10_000 });
    const applying = world.deployment.apply('web');
    await called('DeleteIpv6InternetBandwidth');
    world.deployment.kill();
    await applying;
    expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
    expect(world.bought.bandwidths).toEqual([second, third].sort());
    expect((await world.deployment.plan('web')).changes).toEqual({});
  });

  test('the next apply completes one that failed to delete the old bandwidth', async () => {
    await deployed({ A: first });
    world.web({ A: second });
    world.api.fail('DeleteIpv6InternetBandwidth', { kind: 'error', code: 'IncorrectStatus.Ipv6Instance' });
    expect(await world.deployment.apply('web')).toMatchObject({ code: 1 });
    expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
    expect(world.bought.bandwidths).toEqual([second]);
  });

  async function called(action: string): Promise<void> {
    const giveUp = Date.now() + 60_000;
    while (world.api.countCalls(action) === 0 && Date.now() < giveUp) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(world.api.countCalls(action)).toBeGreaterThan(0);
  }
});

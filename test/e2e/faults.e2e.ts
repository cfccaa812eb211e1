import { describeWithTerraform } from './terraform';
import { Fault } from './vpc-api-faults';
import { World } from './world';

jest.setTimeout(600_000);

/** The faults of the API; whether the provider repeats a creation until it succeeds, and the exit code of a destroy. */
const FAULTS: [string, Fault, { mended: boolean; destroyed: number }][] = [
  ['throttling', { kind: 'error', code: 'Throttling.User' }, { mended: true, destroyed: 0 }],
  ['a 503', { kind: 'error', code: 'ServiceUnavailable' }, { mended: true, destroyed: 0 }],
  ['a slow answer', { kind: 'slow', delayMs: 3_000 }, { mended: true, destroyed: 0 }],
  ['a connection that is cut before the write', { kind: 'cutBeforeWrite', times: 4 }, { mended: false, destroyed: 1 }],
  ['an answer that is lost after the write, and its repetitions', { kind: 'cutAfterWrite', times: 4 }, { mended: false, destroyed: 1 }],
];

describeWithTerraform('under faults', () => {
  /** An egress-only address in a world of its own: bandwidth and rule. */
  async function within(test: (world: World, address: string) => Promise<void>): Promise<void> {
    const world = await World.begin({ instances: 1 });
    try {
      await test(world, world.addresses[0]);
    } finally {
      await world.end();
    }
  }

  test.concurrent.each(FAULTS)('%s while it is created leaves one bandwidth, in the state', async (_, fault, { mended }) => within(async (world, address) => {
    world.api.fail('AllocateIpv6InternetBandwidth', fault);
    world.web({ A: address }, { egressOnly: true });
    expect(await world.deployment.apply('web')).toMatchObject({ code: mended ? 0 : 1 });
    if (!mended) {
      // The README's recovery: what is there is imported, what is not is created.
      const [bandwidth] = world.api.bandwidths();
      world.web({ A: address }, { egressOnly: true }, ({ resource }) => bandwidth && resource.importFrom(bandwidth.Ipv6InternetBandwidthId));
      expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
    }
    expect(world.bought).toEqual({ bandwidths: [address], rules: [address] });
    expect(world.openings(address)).toEqual(['bandwidthAllocated - ruleCreated']);
    expect((await world.deployment.plan('web')).changes).toEqual({});
    expect(await world.deployment.destroy('web')).toMatchObject({ code: 0 });
    expect(world.bought).toEqual({ bandwidths: [], rules: [] });
  }));

  test.concurrent.each(FAULTS)('%s while it is destroyed leaves nothing', async (_, fault, { destroyed }) => within(async (world, address) => {
    world.web({ A: address }, { egressOnly: true });
    expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
    world.api.fail('DeleteIpv6InternetBandwidth', { ...fault, times: 1 });
    // The provider does not repeat a deletion whose connection is cut.
    expect(await world.deployment.destroy('web')).toMatchObject({ code: destroyed });
    if (destroyed !== 0) expect(await world.deployment.destroy('web')).toMatchObject({ code: 0 });
    expect(world.bought).toEqual({ bandwidths: [], rules: [] });
    expect(world.openings(address)).toEqual(['bandwidthAllocated - ruleCreated', 'ruleDeleted - bandwidthDeleted']);
  }));

  test.concurrent('a rule whose answer is lost is imported by the next apply', async () => within(async (world, address) => {
    world.api.fail('CreateIpv6EgressOnlyRule', { kind: 'cutAfterWrite', times: 4 });
    world.web({ A: address }, { egressOnly: true });
    expect(await world.deployment.apply('web')).toMatchObject({ code: 1 });
    const [{ Ipv6GatewayId, Ipv6EgressOnlyRuleId }] = world.api.rules();
    world.web({ A: address }, { egressOnly: true }, ({ egressOnlyRule }) => egressOnlyRule!.resource.importFrom(`${Ipv6GatewayId}:${Ipv6EgressOnlyRuleId}`));
    expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
    expect(world.bought).toEqual({ bandwidths: [address], rules: [address] });
    expect((await world.deployment.plan('web')).changes).toEqual({});
  }));

  test.concurrent('an address that is Pending fails the plan with its guard, and passes once it is Available', async () => within(async (world, address) => {
    world.api.keepPending(address, 1);
    world.web({ A: address });
    const { code, output } = await world.deployment.apply('web');
    expect(code).toBe(1);
    expect(output.replace(/\s+/g, ' ')).toContain(`web/A: the address ${address} is Pending, not Available (IncorrectStatus.Ipv6Instance)`);
    expect(world.api.calls.filter((call) => call.writes)).toEqual([]);
    expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
  }));

  test.concurrent('an address that is Pending for a while when its bandwidth goes holds nothing up', async () => within(async (world, address) => {
    world.web({ A: address });
    expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
    world.api.keepPending(address, 1);
    expect(await world.deployment.destroy('web')).toMatchObject({ code: 0 });
    expect(world.bought).toEqual({ bandwidths: [], rules: [] });
  }));

  test.concurrent('an apply that is killed while it buys is finished by an import', async () => within(async (world, address) => {
    world.api.fail('AllocateIpv6InternetBandwidth', { kind: 'slow', delayMs: 30_000 });
    world.web({ A: address }, { egressOnly: true });
    const applying = world.deployment.apply('web');
    const giveUp = Date.now() + 60_000;
    while (world.api.bandwidths().length === 0 && Date.now() < giveUp) await new Promise((resolve) => setTimeout(resolve, 50));
    world.deployment.kill();
    await applying;
    expect(world.bought).toEqual({ bandwidths: [address], rules: [] });
    const [{ Ipv6InternetBandwidthId }] = world.api.bandwidths();
    world.web({ A: address }, { egressOnly: true }, ({ resource }) => resource.importFrom(Ipv6InternetBandwidthId));
    expect(await world.deployment.apply('web')).toMatchObject({ code: 0 });
    expect(world.bought).toEqual({ bandwidths: [address], rules: [address] });
    expect((await world.deployment.plan('web')).changes).toEqual({});
  }));
});

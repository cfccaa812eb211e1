import * as fs from 'node:fs';
import * as path from 'node:path';
import { describeWithTerraform } from './terraform';
import { stackWithProvider, World } from './world';
import { Ipv6Address, Ipv6InternetBandwidth } from '../../src';

jest.setTimeout(300_000);

describeWithTerraform('a plan costs what is asked for', () => {
  const WANTED = 3;

  /** Deploys bandwidth for three instances of a VPC, and says what the next plan and the state cost. */
  async function costs(): Promise<(further: number) => Promise<{ calls: number; bytes: number }>> {
    const world = await World.begin({ instances: WANTED });
    worlds.push(world);
    const instances = world.api.addresses().map(({ AssociatedInstanceId }) => AssociatedInstanceId);
    world.deployment.synth((app) => {
      const stack = stackWithProvider(app, 'web');
      for (const [i, id] of instances.entries()) {
        const ipv6Address = Ipv6Address.fromInstanceId(stack, `A${i}`, id, { vpcId: world.vpcId });
        new Ipv6InternetBandwidth(stack, `B${i}`, { ipv6Address, bandwidth: 5, egressOnly: false });
      }
    });
    return async (further) => {
      for (let i = 0; i < further; i++) world.api.seedAddress({ VSwitchId: world.vSwitchId, AssociatedInstanceId: `i-other${i}` });
      const { code } = await world.deployment.apply('web');
      expect(code).toBe(0);
      world.api.clearCalls();
      expect((await world.deployment.plan('web')).changes).toEqual({});
      const state = path.join(world.deployment.folder, 'terraform.web.tfstate');
      return { calls: world.api.countCalls(), bytes: fs.statSync(state).size };
    };
  }
  const worlds: World[] = [];
  afterAll(async () => {
    for (const world of worlds) await world.end();
  });

  test('three instances in a VPC of 20,000 addresses need as many calls as in a VPC of three, and less than 0.1 MB of state', async () => {
    const cost = await costs();
    // A lookup of each address, and a refresh of each bandwidth.
    const callsEach = 2;
    expect((await cost(0)).calls).toBe(WANTED * callsEach);
    const { calls, bytes } = await cost(20_000);
    expect(calls).toBe(WANTED * callsEach);
    expect(bytes).toBeLessThan(100_000);
  });
});

import { all, bandwidth, Changed, OverTime, Program, REPLACED, REPLACED_WITH_RULE, Server } from './over-time';
import { Ipv6Address } from '../../../src';
import { describeWithTerraform } from '../terraform';

jest.setTimeout(300_000);

const time = new OverTime();

describeWithTerraform('bandwidth whose address changes is replaced, the old one first', () => {
  const newAddress = () => time.world.api.addresses().find(({ AssociatedInstanceId }) => AssociatedInstanceId === '')!.Ipv6AddressId;

  test('from an owned address to a new one and to an existing one', async () => {
    await time.deploy(time.owned('A', 'Own1'));
    expect(bandwidthWrites(await time.change(all(time.own('Own1'), time.owned('A', 'Own2'))))).toEqual(REPLACED);
    expect(await time.change(all(time.own('Own2'), time.owned('A', 'Own1')))).toMatchObject({ code: 0, writes: REPLACED });
  });

  test('when two owned addresses are swapped', async () => {
    await time.deploy(all(time.owned('A', 'Own1'), time.owned('B', 'Own2')));
    const before = time.bandwidths;
    const { code, writes, bandwidths } = await time.change(all(time.owned('A', 'Own2'), time.owned('B', 'Own1')));
    expect({ code, writes }).toEqual({ code: 0, writes: [REPLACED[0], REPLACED[0], REPLACED[1], REPLACED[1]] });
    expect(Object.keys(bandwidths)).toEqual(expect.arrayContaining(Object.keys(before)));
  });

  test('when two looked-up addresses are swapped', async () => {
    await time.deploy(all(time.one('A', time.first), time.one('B', time.second)));
    const { code, writes } = await time.change(all(time.one('A', time.second), time.one('B', time.first)));
    expect({ code, writes }).toEqual({ code: 0, writes: [REPLACED[0], REPLACED[0], REPLACED[1], REPLACED[1]] });
  });

  test('when one owned address is renamed, and another one too', async () => {
    await time.deploy(time.owned('A', 'Own1'));
    expect(bandwidthWrites(await time.change(time.owned('A', 'Own2')))).toEqual(REPLACED);
    expect(Object.keys(time.bandwidths)).toEqual([newAddress()]);
  });

  test('but not when an owned address is renamed with a moved block', async () => {
    await time.deploy(time.owned('A', 'Own1'));
    const from = time.ask((stack) => `alicloud_vpc_ipv6_address.${new Ipv6Address(stack, 'Own1', { vswitchId: time.world.vSwitchId }).resource.friendlyUniqueId}`);
    await time.keeps((stack) => {
      time.owned('A', 'Own2')(stack);
      (stack.node.findChild('Own2') as Ipv6Address).resource.moveFromId(from);
    });
  });

  test('from a looked-up address to an owned one, and back', async () => {
    await time.deploy(all(time.one('A', time.first), time.own('Own')));
    expect(await time.change(time.owned('A'))).toMatchObject({ code: 0, writes: REPLACED });
    expect(await time.change(all(time.one('A', time.first), time.own('Own')))).toMatchObject({ code: 0, writes: REPLACED });
    expect(Object.keys(time.bandwidths)).toEqual([time.first]);
  });

  test('from a looked-up address to an owned one that does not exist yet', async () => {
    await time.deploy(time.one('A', time.first));
    expect(bandwidthWrites(await time.change(time.owned('A')))).toEqual(REPLACED);
  });

  test('from a literal instance to one that the stack creates, and back', async () => {
    const [instance1, instance2] = time.instanceIds;
    const literal: Program = (stack) => void bandwidth(stack, 'A', Ipv6Address.fromInstanceId(stack, 'Address', instance1, { vpcId: time.vpcId }));
    await time.deploy(literal);
    expect(await time.change((stack) => {
      const server = new Server(stack, 'Server', instance2);
      bandwidth(stack, 'A', Ipv6Address.fromInstanceId(stack, 'Address', server.serverId));
    })).toMatchObject({ code: 0, writes: REPLACED });
    expect(Object.keys(time.bandwidths)).toEqual([time.second]);
    expect(await time.change((stack) => {
      new Server(stack, 'Server', instance2);
      literal(stack);
    })).toMatchObject({ code: 0, writes: REPLACED });
    expect(Object.keys(time.bandwidths)).toEqual([time.first]);
  });

  test('when an instance of the stack is replaced', async () => {
    const [instance1, instance2] = time.instanceIds;
    const program = (id: string): Program => (stack) => void bandwidth(stack, 'A', Ipv6Address.fromInstanceId(stack, 'Address', new Server(stack, 'Server', id).serverId));
    await time.deploy(program(instance1));
    expect(await time.change(program(instance2))).toMatchObject({ code: 0, writes: REPLACED });
    expect(Object.keys(time.bandwidths)).toEqual([time.second]);
  });

  test('when the address of an instance is released, and its literal assigned again as another', async () => {
    const [instance] = time.instanceIds;
    const program: Program = (stack) => void bandwidth(stack, 'A', Ipv6Address.fromInstanceId(stack, 'Address', instance, { vpcId: time.vpcId }));
    await time.deploy(program);
    const { api } = time.world;
    const { Ipv6Address: literal, VSwitchId } = api.addresses().find(({ Ipv6AddressId }) => Ipv6AddressId === time.first)!;
    api.loseAddress(time.first);
    const next = api.seedAddress({ VSwitchId, AssociatedInstanceId: instance, Ipv6Address: literal }).Ipv6AddressId;
    expect(await time.change(program)).toMatchObject({ code: 0, writes: ['AllocateIpv6InternetBandwidth'] });
    expect(Object.keys(time.bandwidths)).toEqual([next]);
  });

  test('in the change after a rename with a moved block, and not in the same change', async () => {
    await time.deploy(time.one('A', time.first));
    const from = time.addressOf('A');
    await time.refuses(time.moved(from, 'B', time.second), `exists with ipv6_address_id ${time.first}, not ${time.second}`, 'deploy with its own address first');
    await time.keeps(time.moved(from, 'B', time.first));
    expect(await time.change(time.one('B', time.second))).toMatchObject({ code: 0, writes: REPLACED });
  });

  test('one bandwidth with -target, and the second one at the next apply', async () => {
    await time.deploy(all(time.one('A', time.first), time.one('B', time.second)));
    const after = all(time.one('A', time.third), time.one('B', time.addresses[3]));
    const target = time.addressOf('A');
    expect(await time.change(after, `-target=${target}`)).toMatchObject({ code: 0, writes: REPLACED });
    expect(await time.change(after)).toMatchObject({ code: 0, writes: REPLACED });
    expect(Object.keys(time.bandwidths).sort()).toEqual([time.third, time.addresses[3]].sort());
  });

  test('with -replace, for the same address', async () => {
    await time.deploy(time.one('A', time.first));
    expect(await time.change(time.one('A', time.first), `-replace=${time.addressOf('A')}`)).toMatchObject({ code: 0, writes: REPLACED });
    await time.keeps(time.one('A', time.first));
  });

  test('with the rule of its address, in the order that leaves both addresses open for the shortest time', async () => {
    await time.deploy(time.one('A', time.first, { egressOnly: true }));
    expect(await time.change(time.one('B', time.second, { egressOnly: true }))).toMatchObject({ code: 0, writes: expect.arrayContaining(REPLACED_WITH_RULE) });
    expect(time.world.openings(time.first)).toEqual(['bandwidthAllocated - ruleCreated', 'ruleDeleted - bandwidthDeleted']);
    expect(time.world.openings(time.second)).toEqual(['bandwidthAllocated - ruleCreated']);
  });

  test('when another construct takes over the address, without a moved block', async () => {
    await time.deploy(time.one('A', time.first));
    expect(await time.change(time.one('B', time.first))).toMatchObject({ code: 0, writes: REPLACED });
  });

  describe('and the next apply completes an interrupted one', () => {
    const kinds: [string, () => { before: Program; after: Program }][] = [
      ['looked up by id', () => ({ before: time.one('A', time.first), after: time.one('A', time.second) })],
      ['owned', () => ({ before: all(time.owned('A', 'Own1'), time.own('Own2')), after: all(time.own('Own1'), time.owned('A', 'Own2')) })],
      ['of an instance', () => {
        const [instance1, instance2] = time.instanceIds;
        const of = (id: string): Program => (stack) => void bandwidth(stack, 'A', Ipv6Address.fromInstanceId(stack, 'Address', id, { vpcId: time.vpcId }));
        return { before: of(instance1), after: of(instance2) };
      }],
      ['of an instance that the stack creates', () => {
        const [instance1, instance2] = time.instanceIds;
        const of = (id: string): Program => (stack) => void bandwidth(stack, 'A', Ipv6Address.fromInstanceId(stack, 'Address', new Server(stack, 'Server', id).serverId));
        return { before: of(instance1), after: of(instance2) };
      }],
    ];

    test.each(kinds)('by a deletion that fails, with an address %s', async (_, programs) => {
      const { before, after } = programs();
      await time.deploy(before);
      time.world.api.fail('DeleteIpv6InternetBandwidth', { kind: 'error', code: 'IncorrectStatus.Ipv6Instance' });
      expect(await time.change(after)).toMatchObject({ code: 1, writes: ['DeleteIpv6InternetBandwidth'] });
      expect(await time.change(after)).toMatchObject({ code: 0, writes: REPLACED });
    });

    test.each(kinds)('by a purchase that fails, with an address %s', async (_, programs) => {
      const { before, after } = programs();
      await time.deploy(before);
      time.world.api.fail('AllocateIpv6InternetBandwidth', { kind: 'error', code: 'IncorrectStatus.Ipv6Instance' });
      expect(await time.change(after)).toMatchObject({ code: 1, writes: REPLACED });
      expect(await time.change(after)).toMatchObject({ code: 0, writes: ['AllocateIpv6InternetBandwidth'] });
    });

    test.each(kinds)('by a kill, with an address %s', async (_, programs) => {
      const { before, after } = programs();
      await time.deploy(before);
      time.world.api.fail('DeleteIpv6InternetBandwidth', { kind: 'slow', delayMs: 10_000 });
      time.synth(after);
      time.world.api.clearCalls();
      const applying = time.world.deployment.apply('web');
      const giveUp = Date.now() + 60_000;
      while (time.world.api.countCalls('DeleteIpv6InternetBandwidth') === 0 && Date.now() < giveUp) await new Promise((resolve) => setTimeout(resolve, 50));
      time.world.deployment.kill();
      await applying;
      expect(await time.change(after)).toMatchObject({ code: 0 });
      expect(Object.keys(time.bandwidths)).toHaveLength(1);
    });
  });
});

/** What a change that went through did to bandwidths, and not to addresses. */
function bandwidthWrites({ code, output, writes }: Changed): string[] {
  if (code !== 0) throw new Error(output);
  return writes.filter((action) => action.endsWith('Ipv6InternetBandwidth'));
}

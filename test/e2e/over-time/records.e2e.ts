import { all, bandwidth, BANDWIDTH_TYPE, OverTime, Program, REPLACED, Server } from './over-time';
import { Ipv6Address } from '../../../src';
import { describeWithTerraform, unlessCreationTriggers } from '../terraform';

jest.setTimeout(300_000);

const time = new OverTime();

describeWithTerraform('an address that changes where the library has no record is refused, never updated in place', () => {
  test('of a hand-written bandwidth that is moved', async () => {
    await time.deploy(time.byHand(time.first));
    await time.refuses(time.moved(`${BANDWIDTH_TYPE}.old`, 'A', time.second), `exists with ipv6_address_id ${time.first}, not ${time.second}`, '(InvalidIpv6Instance.NotFound)');
    await time.keeps(time.moved(`${BANDWIDTH_TYPE}.old`, 'A', time.first));
    expect(await time.change(time.one('A', time.second))).toMatchObject({ code: 0, writes: REPLACED });
  });

  // OpenTofu from 1.12 on replaces it.
  unlessCreationTriggers('of a hand-written bandwidth whose name is kept, and -replace replaces it', async () => {
    const named: Program = (stack) => bandwidth(stack, 'A', time.byId(stack, 'A', time.second)).resource.overrideLogicalId('old');
    await time.deploy(time.byHand(time.first));
    await time.refuses(named, `-replace=${BANDWIDTH_TYPE}.old`);
    expect(await time.change(named, `-replace=${BANDWIDTH_TYPE}.old`)).toMatchObject({ code: 0, writes: REPLACED });
  });

  test('of a bandwidth that is imported', async () => {
    const id = time.buy(time.first);
    await time.refuses((stack) => bandwidth(stack, 'A', time.byId(stack, 'A', time.second)).resource.importFrom(id), `exists with ipv6_address_id ${time.first}, not ${time.second}`);
  });
});

describeWithTerraform('no bandwidth waits for another', () => {
  test.each(['directly', 'through a local'])('an instance that depends on bandwidth, and has bandwidth itself: its id is read %s', async (how) => {
    const [instance1, instance2] = time.instanceIds;
    const program: Program = (stack) => {
      const needed = bandwidth(stack, 'First', Ipv6Address.fromInstanceId(stack, 'FirstAddress', instance1, { vpcId: time.vpcId }));
      const server = new Server(stack, 'Second', instance2, [needed.resource]);
      if (how === 'through a local') stack.addOverride('locals.second', server.serverId);
      const id = how === 'through a local' ? '${local.second}' : server.serverId;
      bandwidth(stack, 'Own', Ipv6Address.fromInstanceId(stack, 'OwnAddress', id));
    };
    expect(await time.change(program)).toMatchObject({ code: 0, writes: ['AllocateIpv6InternetBandwidth', 'AllocateIpv6InternetBandwidth'] });
    expect(Object.keys(time.bandwidths).sort()).toEqual([time.first, time.second].sort());
    expect(await time.world.deployment.destroy('web')).toMatchObject({ code: 0 });
    expect(time.bandwidths).toEqual({});
  });

  test('two lookups that find one address are refused by the plan', async () => {
    const [instance] = time.instanceIds;
    await time.refuses(all(time.one('A', time.first), (stack) => void bandwidth(stack, 'B', Ipv6Address.fromInstanceId(stack, 'Other', instance, { vpcId: time.vpcId }))),
      `more than one Internet bandwidth for ${time.first} (web/A and web/B)`);
  });
});

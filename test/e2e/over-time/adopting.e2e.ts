import { bandwidth, all, BANDWIDTH_TYPE, OverTime, Program, REPLACED, RULE_TYPE } from './over-time';
import { Ipv6EgressOnlyRule, Ipv6Gateway, Ipv6InternetBandwidth } from '../../../src';
import { describeWithTerraform } from '../terraform';

jest.setTimeout(300_000);

const time = new OverTime();

describeWithTerraform('adopting never loses what it adopts', () => {
  test('an adopted bandwidth under another construct is refused, and kept with the moved block that the message names', async () => {
    time.buy(time.first);
    time.close(time.first);
    const props = { adoptExisting: true, egressOnly: true };
    await time.deploy(time.one('A', time.first, props));
    const from = time.addressOf('A');
    await time.refuses(time.one('B', time.first, props), 'web/B: adoptExisting would take over what the state has as', `write resource.moveFromId("${from}") to keep it`);
    await time.keeps(time.moved(from, 'B', time.first, props));
    await time.keeps(time.one('B', time.first, props));
    await time.keeps(time.one('B', time.first, { egressOnly: true }));
  });

  test('so is one that was not adopted, where the other construct adopts', async () => {
    await time.deploy(all(time.one('A', time.first), time.one('Z', time.second, { adoptExisting: true })));
    await time.refuses(all(time.one('B', time.first, { adoptExisting: true }), time.one('Z', time.second, { adoptExisting: true })), `moveFromId("${time.addressOf('A')}")`);
    await time.keeps(all(time.moved(time.addressOf('A'), 'B', time.first, { adoptExisting: true }), time.one('Z', time.second, { adoptExisting: true })));
    await time.keeps(all(time.one('B', time.first, { adoptExisting: true }), time.one('Z', time.second)));
    await time.keeps(all(time.one('B', time.first), time.one('Z', time.second)));
  });

  test('a moved block that names nothing takes over nothing', async () => {
    time.buy(time.first);
    await time.deploy(time.one('A', time.first, { adoptExisting: true }));
    const { code, writes } = await time.change(time.moved(`${BANDWIDTH_TYPE}.nothing`, 'B', time.first, { adoptExisting: true }));
    expect({ code, writes }).toEqual({ code: 0, writes: REPLACED });
    expect(Object.keys(time.bandwidths)).toEqual([time.first]);
  });

  test('a separate rule that becomes egressOnly: true, and back, stays as it is', async () => {
    const separate: Program = (stack) => {
      const ipv6InternetBandwidth = bandwidth(stack, 'A', time.byId(stack, 'A', time.first), { adoptExisting: true, egressOnly: undefined });
      new Ipv6EgressOnlyRule(stack, 'Rule', { ipv6InternetBandwidth });
    };
    await time.deploy(separate);
    const rules = time.world.api.rules();
    await time.keeps(time.one('A', time.first, { adoptExisting: true, egressOnly: true }));
    await time.keeps(separate);
    expect(time.world.api.rules()).toEqual(rules);
  });

  test('the rule of a bandwidth that is written elsewhere is refused to another construct', async () => {
    const id = time.buy(time.first);
    await time.deploy((stack) => {
      const given = Ipv6InternetBandwidth.fromIpv6InternetBandwidthAttributes(stack, 'Given', { internetBandwidthId: id, ipv6AddressId: time.first, ipv6GatewayId: time.gatewayId });
      new Ipv6EgressOnlyRule(stack, 'Rule', { ipv6InternetBandwidth: given });
    });
    await time.refuses(time.one('A', time.first, { adoptExisting: true, egressOnly: true }), `adoptExisting would take over what the state has as ${RULE_TYPE}.Rule_`);
    expect(time.world.bought.rules).toEqual([time.first]);
  });

  test('an adopted gateway under another construct is refused, and kept with a moved block', async () => {
    const gateway = (id: string, from?: string): Program => (stack) => {
      const { resource } = new Ipv6Gateway(stack, id, { vpcId: time.vpcId, adoptExisting: true });
      if (from) resource.moveFromId(from);
    };
    const gateways = time.world.api.gateways();
    await time.deploy(gateway('G'));
    const from = time.ask((stack) => `alicloud_vpc_ipv6_gateway.${new Ipv6Gateway(stack, 'G', { vpcId: time.vpcId }).resource.friendlyUniqueId}`);
    await time.refuses(gateway('H'), `web/H: adoptExisting would take over what the state has as ${from}`);
    await time.keeps(gateway('H', from));
    await time.keeps(gateway('H'));
    expect(time.world.api.gateways()).toEqual(gateways);
  });

  test('a changed address is refused while adopting, before the old bandwidth goes, and taken over by a new construct', async () => {
    await time.deploy(time.one('A', time.first, { adoptExisting: true }));
    const existing = time.buy(time.second);
    await time.refuses(time.one('A', time.second, { adoptExisting: true }), `is for the address ${time.first}, not ${time.second}, and cannot be given another`, 'leave adoptExisting out, and it is replaced');
    expect(await time.change(time.one('B', time.second, { adoptExisting: true }))).toMatchObject({ code: 0, writes: ['DeleteIpv6InternetBandwidth'], bandwidths: { [time.second]: existing } });
  });

  test('after a purchase that lost its answer, the flag takes the bandwidth over', async () => {
    await time.deploy(time.one('A', time.first));
    time.synth(time.one('A', time.second));
    const existing = time.buy(time.second);
    expect(await time.change(time.one('A', time.second))).toMatchObject({ code: 1, writes: REPLACED });
    await time.keeps(time.one('A', time.second, { adoptExisting: true }));
    expect(time.bandwidths).toEqual({ [time.second]: existing });
  });
});

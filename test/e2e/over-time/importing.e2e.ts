import { all, bandwidth, BANDWIDTH_TYPE, OverTime, Program, REPLACED } from './over-time';
import { InternetChargeType, Ipv6EgressOnlyRule, Ipv6Gateway, Ipv6InternetBandwidth } from '../../../src';
import { describeWithTerraform } from '../terraform';

jest.setTimeout(300_000);

const time = new OverTime();

describeWithTerraform('what exists is imported', () => {
  const importing = (id: string, props = {}): Program => (stack) => bandwidth(stack, 'A', time.byId(stack, 'A', time.first), props).resource.importFrom(id);

  test('a bandwidth, and kept when the import is taken out', async () => {
    const id = time.buy(time.first);
    await time.keeps(importing(id));
    await time.keeps(time.one('A', time.first));
    expect(await time.change(time.one('A', time.second))).toMatchObject({ code: 0, writes: REPLACED });
  });

  test('a rule with a name and a description, without a replacement until they are written', async () => {
    const id = time.buy(time.first);
    const rule = `${time.gatewayId}:${time.close(time.first, { Name: 'console', Description: 'made by hand' })}`;
    const closed: Program = (stack) => {
      const { resource, egressOnlyRule } = bandwidth(stack, 'A', time.byId(stack, 'A', time.first), { egressOnly: true });
      resource.importFrom(id);
      egressOnlyRule!.resource.importFrom(rule);
    };
    await time.keeps(closed);
    await time.keeps(time.one('A', time.first, { egressOnly: true }));
    expect(time.world.openings(time.first)).toEqual(['bandwidthAllocated - ruleCreated']);
  });

  test('a gateway', async () => {
    const gateways = time.world.api.gateways();
    const gateway = (id?: string): Program => (stack) => {
      const { resource } = new Ipv6Gateway(stack, 'G', { vpcId: time.vpcId });
      if (id) resource.importFrom(id);
    };
    await time.keeps(gateway(time.gatewayId));
    await time.keeps(gateway());
    expect(time.world.api.gateways()).toEqual(gateways);
  });

  test('and refused with the value to write, if the plan would replace the bandwidth', async () => {
    const [one, two] = [time.buy(time.first), time.buy(time.second)];
    await time.refuses(importing(one, { internetChargeType: InternetChargeType.PAY_BY_TRAFFIC }), `web/A: ${one} exists with internet_charge_type PayByBandwidth, not PayByTraffic: write the existing value`);
    await time.refuses(importing(two), `web/A: ${two} exists with ipv6_address_id ${time.second}, not ${time.first}`);
  });

  test('the rule of bandwidth that another program manages', async () => {
    const id = time.buy(time.first);
    const rule = `${time.gatewayId}:${time.close(time.first)}`;
    const given = (from?: string): Program => (stack) => {
      const ipv6InternetBandwidth = Ipv6InternetBandwidth.fromIpv6InternetBandwidthAttributes(stack, 'Given', { internetBandwidthId: id, ipv6AddressId: time.first, ipv6GatewayId: time.gatewayId });
      const { resource } = new Ipv6EgressOnlyRule(stack, 'Rule', { ipv6InternetBandwidth });
      if (from) resource.importFrom(from);
    };
    await time.keeps(given(rule));
    await time.keeps(given());
  });

  test('after a purchase that lost its answer', async () => {
    await time.deploy(time.one('A', time.second));
    const id = time.buy(time.first);
    expect(await time.change(time.one('A', time.first))).toMatchObject({ code: 1, writes: REPLACED });
    await time.keeps(importing(id));
    expect(time.bandwidths).toEqual({ [time.first]: id });
  });

  test('a moved block from a missing resource has no effect', async () => {
    await time.deploy(time.one('A', time.first));
    const { code, writes } = await time.change(time.moved(`${BANDWIDTH_TYPE}.nothing`, 'B', time.first));
    expect({ code, writes }).toEqual({ code: 0, writes: REPLACED });
    expect(Object.keys(time.bandwidths)).toEqual([time.first]);
  });
});

describeWithTerraform('rules of existing bandwidths', () => {
  test('are swapped in one apply', async () => {
    const [one, two] = [time.buy(time.first), time.buy(time.second)];
    const rule = (id: string, addressId: string, bandwidthId: string): Program => (stack) => {
      const ipv6InternetBandwidth = Ipv6InternetBandwidth.fromIpv6InternetBandwidthAttributes(stack, `${id}Given`, { internetBandwidthId: bandwidthId, ipv6AddressId: addressId, ipv6GatewayId: time.gatewayId });
      new Ipv6EgressOnlyRule(stack, id, { ipv6InternetBandwidth });
    };
    await time.deploy(all(rule('A', time.first, one), rule('B', time.second, two)));
    const { code, output } = await time.change(all(rule('A', time.second, two), rule('B', time.first, one)));
    expect({ code, output }).toEqual({ code: 0, output: expect.any(String) });
    expect(time.world.bought.rules).toEqual([time.first, time.second].sort());
  });
});

import { Fn, TerraformIterator, TerraformStack, TerraformVariable, Token } from 'cdktf';
import { all, BANDWIDTH_TYPE, OverTime, Program, REPLACED_WITH_RULE, RULE_TYPE } from './over-time';
import { Ipv6Address, Ipv6Addresses, Ipv6AddressLookup, Ipv6InternetBandwidth, Ipv6InternetBandwidths, Ipv6InternetBandwidthsProps, InternetChargeType } from '../../../src';
import { describeWithTerraform } from '../terraform';

jest.setTimeout(300_000);

const time = new OverTime();

/** A set of what a variable holds. */
function setOf(ids: string[], props: Partial<Ipv6InternetBandwidthsProps> = {}, id = 'Fleet', moved?: (set: Ipv6InternetBandwidths) => void): Program {
  return (stack) => {
    const given = new TerraformVariable(stack, `${id}Ids`, { type: 'list(string)', default: ids }).listValue;
    const ipv6Addresses = Ipv6Addresses.fromIpv6AddressIds(stack, `${id}Addresses`, given, { vpcId: time.vpcId });
    const set = new Ipv6InternetBandwidths(stack, id, { ipv6Addresses, bandwidth: 5, egressOnly: false, ...props });
    moved?.(set);
  };
}

function moving(addressId: string, from: string): (set: Ipv6InternetBandwidths) => void {
  return (set) => set.moveAddressFromId(addressId, from);
}

function importing(addressId: string, bandwidthId: string, ruleId: string): (set: Ipv6InternetBandwidths) => void {
  return (set) => {
    set.importAddressFrom(addressId, bandwidthId);
    set.importEgressOnlyRuleFrom(addressId, ruleId);
  };
}

/** The address in the state of what holds an address in a set. */
async function heldBy(addressId: string, type = BANDWIDTH_TYPE): Promise<string> {
  const { output } = await time.world.deployment.command('web', 'state', 'list');
  return output.split('\n').find((line) => line.startsWith(`${type}.`) && line.includes(`["${addressId}"]`))!.trim();
}

describeWithTerraform('a set over time', () => {
  test('a new address is one purchase, a removed address is one deletion, and no other address changes', async () => {
    const [first, second, third, fourth] = time.addresses;
    await time.deploy(setOf([first, second, third]));
    await time.keeps(setOf([third, first, second]));
    const added = await time.change(setOf([first, second, third, fourth]));
    expect({ code: added.code, writes: added.writes }).toEqual({ code: 0, writes: ['AllocateIpv6InternetBandwidth'] });
    await time.keeps(setOf([first, second, third, fourth]));
    const removed = await time.change(setOf([first, third, fourth]));
    expect({ code: removed.code, writes: removed.writes }).toEqual({ code: 0, writes: ['DeleteIpv6InternetBandwidth'] });
    expect(Object.keys(time.bandwidths).sort()).toEqual([first, third, fourth].sort());
    const none = await time.change(setOf([]));
    expect({ code: none.code, bought: time.bandwidths }).toEqual({ code: 0, bought: {} });
  });

  test('each kind of set buys bandwidth for exactly its addresses', async () => {
    const [first, second, third, fourth] = time.instanceIds;
    const { addresses } = time;
    const inVSwitch = time.world.api.seedVSwitch(time.vpcId);
    const fifth = time.world.api.seedInstance({ vSwitchId: inVSwitch }).primary.Ipv6AddressId;
    const sets: Record<string, (stack: TerraformStack) => Ipv6Addresses> = {
      Variable: (stack) => {
        const ids = new TerraformVariable(stack, 'ids', { type: 'set(string)', default: [first] }).listValue;
        return Ipv6Addresses.fromInstanceIds(stack, 'A', ids, { vpcId: time.vpcId });
      },
      Iterator: (stack) => {
        const servers = new TerraformVariable(stack, 'servers', { type: 'list(object({ id = string }))', default: [{ id: second }] });
        return Ipv6Addresses.fromInstanceIds(stack, 'B', Token.asList(TerraformIterator.fromList(servers.listValue).pluckProperty('id')));
      },
      Literals: (stack) => Ipv6Addresses.fromInstanceIds(stack, 'C', [third, fourth], { vpcId: time.vpcId, lookup: Ipv6AddressLookup.EACH }),
      VSwitch: (stack) => Ipv6Addresses.fromVswitchId(stack, 'D', inVSwitch),
    };
    await time.deploy((stack) => {
      for (const [id, make] of Object.entries(sets)) {
        new Ipv6InternetBandwidths(stack, id, { ipv6Addresses: make(stack), bandwidth: 5, egressOnly: false });
      }
    });
    expect(Object.keys(time.bandwidths).sort()).toEqual([...addresses, fifth].sort());
  });

  test('another charge type replaces a bandwidth and its rule, in the order that the API requires', async () => {
    await time.deploy(setOf([time.first], { egressOnly: true }));
    const { code, writes } = await time.change(setOf([time.first], { egressOnly: true, internetChargeType: InternetChargeType.PAY_BY_TRAFFIC }));
    expect({ code, writes }).toEqual({ code: 0, writes: REPLACED_WITH_RULE });
    expect(time.world.bought).toEqual({ bandwidths: [time.first], rules: [time.first] });
  });

  test('a new address of a closed set touches no rule of another address, and one bandwidth is bought again with its rule', async () => {
    const closed = (...ids: string[]) => setOf(ids, { egressOnly: true });
    await time.deploy(closed(time.first, time.second));
    const added = await time.change(closed(time.first, time.second, time.third));
    expect(added).toMatchObject({ code: 0, writes: ['AllocateIpv6InternetBandwidth', 'CreateIpv6EgressOnlyRule'] });
    const both = [await heldBy(time.first), await heldBy(time.first, RULE_TYPE)].map((held) => `-replace=${held}`);
    expect(await time.change(closed(time.first, time.second, time.third), ...both)).toMatchObject({ code: 0, writes: REPLACED_WITH_RULE });
    const removed = await time.change(closed(time.second, time.third));
    expect(removed).toMatchObject({ code: 0, writes: ['DeleteIpv6EgressOnlyRule', 'DeleteIpv6InternetBandwidth'] });
    expect(time.world.bought).toEqual({ bandwidths: [time.second, time.third], rules: [time.second, time.third] });
  });

  test.each(['moved', 'imported'])('a %s rule stays if another purchase fails, and the lines are removed before the next apply', async (how) => {
    const [first, second, third] = time.addresses;
    const closed = { egressOnly: true };
    await time.deploy(all(how === 'moved' ? time.one('A', first, { bandwidth: 5, ...closed }) : () => undefined, setOf([second], closed)));
    const takeOver = how === 'moved' ? moving(first, time.addressOf('A')) : importing(first, time.buy(first), `${time.gatewayId}:${time.close(first)}`);
    time.world.api.fail('AllocateIpv6InternetBandwidth', { kind: 'error', code: 'OperationFailed.InternetBandwidthAlreadyExisted', where: { Ipv6AddressId: third } });
    expect((await time.change(setOf([first, second, third], closed, 'Fleet', takeOver))).code).toBe(1);
    expect(await time.change(setOf([first, second, third], closed))).toMatchObject({ code: 0, writes: ['AllocateIpv6InternetBandwidth', 'CreateIpv6EgressOnlyRule'] });
  });

  test('single bandwidths become a set and single ones again, with moves, and nothing is bought', async () => {
    await time.deploy(time.one('A', time.first, { bandwidth: 5, egressOnly: true }));
    const single = time.addressOf('A');
    await time.keeps(setOf([time.first], { egressOnly: true }, 'Fleet', (set) => set.moveAddressFromId(time.first, single)));
    await time.keeps(setOf([time.first], { egressOnly: true }));
    const member = await heldBy(time.first);
    await time.keeps(time.moved(member, 'A', time.first, { bandwidth: 5, egressOnly: true }));
    await time.keeps(time.one('A', time.first, { bandwidth: 5, egressOnly: true }));
  });

  test('a set of another name is kept with one move', async () => {
    await time.deploy(setOf([time.first, time.second]));
    const former = (await heldBy(time.first)).replace(/\[.*/, '');
    await time.keeps(setOf([time.first, time.second], {}, 'Renamed', (set) => set.moveFromId(former)));
    await time.keeps(setOf([time.first, time.second], {}, 'Renamed'));
  });

  test('without moves, addresses pass between single bandwidths and sets in one apply, each with one bandwidth at a time', async () => {
    await time.deploy(all(time.one('A', time.first), setOf([time.second, time.third])));
    const { code, output } = await time.change(all(time.one('A', time.second), setOf([time.first]), setOf([time.third], {}, 'Other')));
    expect({ code, output }).toEqual({ code: 0, output: expect.any(String) });
    expect(Object.keys(time.bandwidths).sort()).toEqual([time.first, time.second, time.third].sort());
    await time.keeps(all(time.one('A', time.second), setOf([time.first]), setOf([time.third], {}, 'Other')));
  });

  test('existing bandwidth is imported, and missing bandwidth is bought', async () => {
    const bought = time.buy(time.first);
    const rule = time.close(time.first);
    const ids = [time.first, time.second];
    const imported = setOf(ids, { egressOnly: true }, 'Fleet', (set) => {
      set.importAddressFrom(time.first, bought);
      set.importEgressOnlyRuleFrom(time.first, `${time.gatewayId}:${rule}`);
    });
    const { code, output, writes } = await time.change(imported);
    expect({ code, output, writes: writes.sort() }).toEqual({ code: 0, output: expect.any(String), writes: ['AllocateIpv6InternetBandwidth', 'CreateIpv6EgressOnlyRule', 'ModifyIpv6InternetBandwidth'] });
    expect(time.bandwidths[time.first]).toBe(bought);
    await time.keeps(imported);
    await time.keeps(setOf(ids, { egressOnly: true }));
  });

  test('an import of the bandwidth of another address, or with another charge type, is refused', async () => {
    const [one, two] = [time.buy(time.first), time.buy(time.second)];
    const wrongly = (addressId: string, id: string, props = {}) => setOf([time.first, time.second], props, 'Fleet', (set) => set.importAddressFrom(addressId, id));
    await time.refuses(wrongly(time.first, two), `web/Fleet: ${two} exists with ipv6_address_id ${time.second}, not ${time.first}`);
    await time.refuses(wrongly(time.first, one, { internetChargeType: InternetChargeType.PAY_BY_TRAFFIC }), `web/Fleet: ${one} exists with internet_charge_type PayByBandwidth, not PayByTraffic: write the existing value`);
  });

  test('a move of the bandwidth of another address is refused', async () => {
    await time.deploy(time.one('A', time.second, { bandwidth: 5 }));
    const single = time.addressOf('A');
    await time.refuses(setOf([time.first], {}, 'Fleet', (set) => set.moveAddressFromId(time.first, single)), `exists with ipv6_address_id ${time.second}, not ${time.first}`);
  });

  test('other partitions are refused, and kept with moves', async () => {
    await time.deploy(setOf([time.first, time.second]));
    const name = (await heldBy(time.first)).replace(/\[.*/, '');
    await time.refuses(setOf([time.first, time.second], { partitions: 4 }), 'web/Fleet: partitions must stay 1, got 4', 'call moveAddressFromId for each address');
    const moved = setOf([time.first, time.second], { partitions: 4 }, 'Fleet', (set) => [time.first, time.second].forEach((id) => set.moveAddressFromId(id, `${name}["${id}"]`)));
    await time.keeps(moved);
    await time.keeps(setOf([time.first, time.second], { partitions: 4 }));
    await time.refuses(setOf([time.first, time.second]), 'web/Fleet: partitions must stay 4, got 1');
  });

  test('ids that the plan does not know are refused with a fix', async () => {
    await time.refuses((stack) => {
      stack.addOverride('resource.terraform_data.later', {});
      stack.addOverride('locals.later', '${terraform_data.later.id}');
      const ids = Token.asList('${[for id in [terraform_data.later.id] : "ipv6-${id}"]}');
      stack.addOverride('module', undefined);
      // (The synthesis refuses what it can tell: here it cannot.)
      const ipv6Addresses = Ipv6Addresses.fromIpv6AddressIds(stack, 'Addresses', ['${var.ids}'], { vpcId: time.vpcId });
      new TerraformVariable(stack, 'ids', { type: 'string', default: time.first });
      new Ipv6InternetBandwidths(stack, 'Fleet', { ipv6Addresses, bandwidth: 5, egressOnly: false });
      for (const [name] of Object.entries((stack.toTerraform() as any).locals)) {
        if (name.endsWith('_given')) stack.addOverride(`locals.${name}`, Token.asString(ids));
      }
    }, 'web/Fleet: the addresses of a set must be known before apply: use one Ipv6InternetBandwidth for each address');
  });
});

describeWithTerraform('a set of sensitive ids', () => {
  const sensitive = (ids: (list: string[]) => string[]): Program => (stack) => {
    const list = new TerraformVariable(stack, 'ids', { type: 'list(string)', default: [time.first], sensitive: true }).listValue;
    const ipv6Addresses = Ipv6Addresses.fromIpv6AddressIds(stack, 'Addresses', ids(list), { vpcId: time.vpcId });
    new Ipv6InternetBandwidths(stack, 'Fleet', { ipv6Addresses, bandwidth: 5, egressOnly: false });
  };

  test('is refused with a fix, and bought after the ids are nonsensitive', async () => {
    await time.refuses(sensitive((list) => list), 'web/Fleet: the addresses of a set must be known before apply', 'wrap a sensitive list in Fn.nonsensitive');
    await time.deploy(sensitive((list) => Token.asList(Fn.nonsensitive(list))));
    expect(Object.keys(time.bandwidths)).toEqual([time.first]);
  });
});

describeWithTerraform('a lookup over time', () => {
  const byInstance = (lookup?: Ipv6AddressLookup, count = 1): Program => (stack) => {
    for (const [i, instanceId] of time.instanceIds.slice(0, count).entries()) {
      new Ipv6InternetBandwidth(stack, `B${i}`, {
        ipv6Address: Ipv6Address.fromInstanceId(stack, `A${i}`, instanceId, { vpcId: time.vpcId, lookup }), bandwidth: 5, egressOnly: false,
      });
    }
  };
  const byId = (lookup?: Ipv6AddressLookup): Program => (stack) => {
    new Ipv6InternetBandwidth(stack, 'B0', { ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'A0', time.first, { vpcId: time.vpcId, lookup }), bandwidth: 5, egressOnly: false });
  };

  test.each([['instance', byInstance], ['id', byId]])('another lookup of an address by its %s changes nothing', async (_, program) => {
    await time.deploy(program());
    await time.keeps(program(Ipv6AddressLookup.LIST));
    await time.keeps(program(Ipv6AddressLookup.EACH));
    await time.keeps(program());
  });

  test('the 21st instance, which switches to a list, changes no existing bandwidth', async () => {
    for (let i = time.instanceIds.length; i < 21; i++) time.world.api.seedInstance({ vSwitchId: time.world.vSwitchId });
    await time.deploy(byInstance(undefined, 20));
    const { code, writes } = await time.change(byInstance(undefined, 21));
    expect({ code, writes }).toEqual({ code: 0, writes: ['AllocateIpv6InternetBandwidth'] });
    await time.keeps(byInstance(undefined, 21));
  });

  test('an address by its id alone is refused if it does not exist, or if its VPC has no gateway', async () => {
    const each = (id: string): Program => (stack) => {
      new Ipv6InternetBandwidth(stack, 'B', { ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'A', id, { lookup: Ipv6AddressLookup.EACH }), bandwidth: 5, egressOnly: false });
    };
    const elsewhere = time.world.api.seedInstance().primary.Ipv6AddressId;
    await time.refuses(each('ipv6-nowhere'), 'no address ipv6-nowhere in the region (ResourceNotFound.Ipv6Address)');
    await time.refuses(each(elsewhere), `the VPC of ${elsewhere} has no IPv6 gateway`);
    await time.deploy(each(time.first));
  });
});

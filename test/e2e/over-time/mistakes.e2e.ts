import * as fs from 'node:fs';
import * as path from 'node:path';
import { Fn, TerraformHclModule, TerraformStack, TerraformVariable, Token } from 'cdktf';
import { Construct } from 'constructs';
import { all, bandwidth, BANDWIDTH_TYPE, OverTime, Program, REPLACED, RULE_TYPE, Server } from './over-time';
import {
  Ipv6Address, Ipv6Addresses, Ipv6AddressLookup, Ipv6EgressOnlyRule, Ipv6Gateway, Ipv6InternetBandwidth, Ipv6InternetBandwidths,
  Ipv6InternetBandwidthsProps, providerAlicloud,
} from '../../../src';
import { creationTriggers, describeWithTerraform, unlessCreationTriggers } from '../terraform';
import { stackWithProvider } from '../world';

jest.setTimeout(300_000);

const time = new OverTime();

type Props = Partial<Ipv6InternetBandwidthsProps>;

function setOf(ids: string[], props: Props = {}, then: (set: Ipv6InternetBandwidths) => void = () => {}): Program {
  return (stack) => {
    const ipv6Addresses = Ipv6Addresses.fromIpv6AddressIds(stack, 'FleetAddresses', ids, { vpcId: time.vpcId });
    then(new Ipv6InternetBandwidths(stack, 'Fleet', { ipv6Addresses, bandwidth: 10, egressOnly: false, ...props }));
  };
}

/** The address in the state of an address of the set. */
const memberOf = (addressId: string): string => time.ask((stack) => {
  let name = '';
  setOf([time.first], {}, ({ resources: [{ friendlyUniqueId }] }) => { name = friendlyUniqueId; })(stack);
  return `${BANDWIDTH_TYPE}.${name}["${addressId}"]`;
});

/** A hand-written rule of a hand-written bandwidth. */
const ruleByHand: Program = (stack) => void new providerAlicloud.vpcIpv6EgressRule.VpcIpv6EgressRule(stack, 'old-rule', {
  instanceId: `\${${BANDWIDTH_TYPE}.old.ipv6_address_id}`, instanceType: 'Ipv6Address', ipv6GatewayId: `\${${BANDWIDTH_TYPE}.old.ipv6_gateway_id}`,
});

describeWithTerraform('an import', () => {
  test('of what the same state has under another name is a deletion in the plan, and a move keeps it', async () => {
    await time.deploy(setOf([time.first, time.second]));
    const id = time.bandwidths[time.second];
    const member = memberOf(time.second);
    time.synth(all(setOf([time.first]), (stack) => bandwidth(stack, 'B', time.byId(stack, 'B', time.second)).resource.importFrom(id)));
    expect((await time.world.deployment.plan('web')).changes).toMatchObject({ [member]: 'delete' });
    await time.keeps(all(setOf([time.first]), time.moved(member, 'B', time.second)));
    await time.keeps(all(setOf([time.first]), time.one('B', time.second)));
  });

  test('of a gateway that was found by a variable stays the same gateway', async () => {
    const gateways = time.world.api.gateways();
    const gateway = (literal: boolean): Program => (stack) => {
      const vpcId = literal ? time.vpcId : new TerraformVariable(stack, 'vpc', { type: 'string', default: time.vpcId }).stringValue;
      new Ipv6Gateway(stack, 'G', { vpcId }).resource.importFrom(gateways[0].Ipv6GatewayId);
    };
    await time.keeps(gateway(false));
    await time.keeps(gateway(true));
    expect(time.world.api.gateways()).toEqual(gateways);
  });

  test('of a bandwidth whose address only the apply knows', async () => {
    const [, instance2] = time.instanceIds;
    const id = time.buy(time.second);
    const program = (imported: boolean): Program => (stack) => {
      const { resource } = bandwidth(stack, 'A', Ipv6Address.fromInstanceId(stack, 'Address', new Server(stack, 'Server', instance2).serverId));
      if (imported) resource.importFrom(id);
    };
    await time.keeps(program(true));
    await time.keeps(program(false));
  });

  test('of what was imported and forgotten is not refused', async () => {
    const id = time.buy(time.first);
    await time.keeps((stack) => bandwidth(stack, 'A', time.byId(stack, 'A', time.first)).resource.importFrom(id));
    await time.world.deployment.command('web', 'state', 'rm', time.addressOf('A'));
    await time.keeps((stack) => bandwidth(stack, 'A', time.byId(stack, 'A', time.first)).resource.importFrom(id));
  });
});

describeWithTerraform('a move', () => {
  test('takes a hand-written bandwidth and its rule into a set', async () => {
    await time.deploy(all(time.byHand(time.first), ruleByHand));
    await time.keeps(setOf([time.first], { egressOnly: true }, (set) => {
      set.moveAddressFromId(time.first, `${BANDWIDTH_TYPE}.old`);
      set.moveEgressOnlyRuleFromId(time.first, `${RULE_TYPE}.old-rule`);
    }));
    await time.keeps(setOf([time.first], { egressOnly: true }));
    expect(time.world.openings(time.first)).toEqual(['bandwidthAllocated - ruleCreated']);
  });

  test('takes a hand-written bandwidth and its rule into a construct that is found by its instance', async () => {
    await time.deploy(all(time.byHand(time.first), ruleByHand));
    const program = (moved: boolean): Program => (stack) => {
      const made = bandwidth(stack, 'A', Ipv6Address.fromInstanceId(stack, 'Address', time.instanceIds[0]), { egressOnly: true });
      if (!moved) return;
      made.resource.moveFromId(`${BANDWIDTH_TYPE}.old`);
      made.egressOnlyRule!.resource.moveFromId(`${RULE_TYPE}.old-rule`);
    };
    await time.keeps(program(true));
    await time.keeps(program(false));
    expect(time.world.openings(time.first)).toEqual(['bandwidthAllocated - ruleCreated']);
  });

  test('takes a single rule into a set, which imports the bandwidth of the rule', async () => {
    const id = time.buy(time.first);
    const single: Program = (stack) => void new Ipv6EgressOnlyRule(stack, 'Rule', {
      ipv6InternetBandwidth: Ipv6InternetBandwidth.fromIpv6InternetBandwidthAttributes(stack, 'Given', { internetBandwidthId: id, ipv6AddressId: time.first, ipv6GatewayId: time.gatewayId }),
    });
    await time.deploy(single);
    const { output } = await time.world.deployment.command('web', 'state', 'list');
    const rule = output.split('\n').find((line) => line.startsWith(RULE_TYPE))!;
    await time.keeps(setOf([time.first], { egressOnly: true }, (set) => {
      set.importAddressFrom(time.first, id);
      set.moveEgressOnlyRuleFromId(time.first, rule);
    }));
    await time.keeps(setOf([time.first], { egressOnly: true }));
    expect(time.world.openings(time.first)).toEqual(['bandwidthAllocated - ruleCreated']);
  });

  test('of the bandwidth of another address into a set is refused by each plan', async () => {
    await time.deploy(time.one('A', time.second));
    const single = time.addressOf('A');
    const wrong = setOf([time.first], {}, (set) => set.moveAddressFromId(time.first, single));
    for (let i = 0; i < 2; i++) await time.refuses(wrong, `exists with ipv6_address_id ${time.second}, not ${time.first}`);
    await time.keeps(setOf([time.second], {}, (set) => set.moveAddressFromId(time.second, single)));
  });

  // docs/moving.md: the rule needs its own move.
  test('of a hand-written bandwidth without its rule opens the address until the rule is created: by the next apply, if it is refused', async () => {
    await time.deploy(all(time.byHand(time.first), ruleByHand));
    const moved = time.moved(`${BANDWIDTH_TYPE}.old`, 'A', time.first, { egressOnly: true });
    time.world.api.fail('DeleteIpv6EgressOnlyRule', { kind: 'error', code: 'Throttling.User' });
    const { bandwidths } = time;
    // The synthesis warns of it (test/resources/stack-rules.test.ts).
    expect(await time.change(moved)).toMatchObject({ code: 1, bandwidths, output: expect.stringContaining('EgressOnlyRuleAlreadyExisted') });
    expect(await time.change(moved)).toMatchObject({ code: 0, bandwidths });
    expect(time.world.openings(time.first)).toEqual(['bandwidthAllocated - ruleCreated', 'ruleDeleted - ruleCreated']);
  });
});

describeWithTerraform('addresses that rotate between single constructs', () => {
  const REPLACED_ALL = [...Array<string>(3).fill(REPLACED[0]), ...Array<string>(3).fill(REPLACED[1])];

  test.each([
    ['throttled', { kind: 'error', code: 'Throttling.User' }], ['slow', { kind: 'slow', delayMs: 3_000 }],
  ] as const)('by the index of a list have one bandwidth at a time, with a deletion that is %s', async (_, fault) => {
    const rotated = (ids: string[]): Program => (stack) => {
      const list = new TerraformVariable(stack, 'ids', { type: 'list(string)', default: ids }).listValue;
      for (const i of [0, 1, 2]) bandwidth(stack, `B${i}`, time.byId(stack, `B${i}`, Token.asString(Fn.element(list, i))));
    };
    await time.deploy(rotated([time.first, time.second, time.third]));
    time.world.api.fail('DeleteIpv6InternetBandwidth', fault);
    const { code, output, writes } = await time.change(rotated([time.second, time.third, time.first]));
    expect({ code, output }).toEqual({ code: 0, output: expect.any(String) });
    expect(writes.slice(-6)).toEqual(REPLACED_ALL);
  });

  test('of instances of another stack have one bandwidth at a time', async () => {
    const [one, two, three] = time.instanceIds;
    const deployed = async (ids: string[]) => {
      time.world.deployment.synth((app) => {
        const servers = stackWithProvider(app, 'servers');
        const web = stackWithProvider(app, 'web');
        for (const [i, id] of ids.entries()) {
          const server = new Server(servers, `Server${i}`, id);
          bandwidth(web, `B${i}`, Ipv6Address.fromInstanceId(web, `Address${i}`, server.serverId));
        }
      });
      time.world.api.clearCalls();
      for (const stack of ['servers', 'web']) expect(await time.world.deployment.apply(stack)).toMatchObject({ code: 0 });
    };
    await deployed([one, two, three]);
    time.world.api.fail('DeleteIpv6InternetBandwidth', { kind: 'error', code: 'Throttling.User' });
    await deployed([two, three, one]);
    expect(time.writes.slice(-6)).toEqual(REPLACED_ALL);
    expect((await time.world.deployment.plan('web')).changes).toEqual({});
  });
});

describeWithTerraform('what a plan does not know', () => {
  test('an address of a data source that waits for a change is replaced, though it is the same', async () => {
    const program = (revision: string): Program => (stack) => {
      stack.addOverride('resource.terraform_data.release', { input: revision });
      const data = new providerAlicloud.dataAlicloudVpcIpv6Addresses.DataAlicloudVpcIpv6Addresses(stack, 'Mine', { associatedInstanceId: time.instanceIds[0] });
      data.addOverride('depends_on', ['terraform_data.release']);
      bandwidth(stack, 'A', Ipv6Address.fromIpv6AddressAttributes(stack, 'Address', {
        ipv6AddressId: `\${${data.fqn}.addresses[0].id}`, ipv6GatewayId: time.gatewayId,
      }));
    };
    await time.deploy(program('1'));
    // The synthesis warns of it (test/resources/stack-rules.test.ts).
    expect(await time.change(program('2'))).toMatchObject({ code: 0, writes: REPLACED });
    expect(Object.keys(time.bandwidths)).toEqual([time.first]);
  });

  test('a module may wait for a bandwidth, and name the instances of a set', async () => {
    const source = path.join(time.world.deployment.folder, 'module');
    fs.mkdirSync(source);
    fs.writeFileSync(path.join(source, 'main.tf'), 'variable "ids" { type = list(string) }\nresource "terraform_data" "x" {}\noutput "ids" { value = var.ids }\n');
    const [one, two] = time.instanceIds;
    const program = (ids: string[]): Program => (stack) => {
      const { resource } = bandwidth(stack, 'A', time.byId(stack, 'A', time.third));
      const module = new TerraformHclModule(stack, 'Servers', { source, skipAssetCreationFromLocalModules: true, variables: { ids }, dependsOn: [resource] });
      const ipv6Addresses = Ipv6Addresses.fromInstanceIds(stack, 'Addresses', Token.asList(module.get('ids')), { vpcId: time.vpcId });
      new Ipv6InternetBandwidths(stack, 'Fleet', { ipv6Addresses, bandwidth: 10, egressOnly: false });
    };
    await time.deploy(program([one]));
    const { code, output, writes } = await time.change(program([one, two]));
    expect({ code, output, writes }).toEqual({ code: 0, output: expect.any(String), writes: ['AllocateIpv6InternetBandwidth'] });
    expect(Object.keys(time.bandwidths).sort()).toEqual([time.first, time.second, time.third].sort());
    expect(await time.world.deployment.destroy('web')).toMatchObject({ code: 0 });
    expect(time.bandwidths).toEqual({});
  });

  // docs/moving.md: the plan reads the addresses of an instance before the apply changes them.
  test('addresses of an instance that change during the apply are those of the next plan', async () => {
    const [instance] = time.instanceIds;
    const program = (revision: string): Program => (stack) => {
      stack.addOverride('resource.terraform_data.instance', { input: revision });
      bandwidth(stack, 'A', Ipv6Address.fromInstanceId(stack, 'Address', instance, { vpcId: time.vpcId }));
    };
    await time.deploy(program('1'));
    time.synth(program('2'));
    expect((await time.world.deployment.plan('web')).changes).toEqual({ 'terraform_data.instance': 'update' });
    time.world.api.loseAddress(time.first);
    const next = time.world.api.seedAddress({ VSwitchId: time.world.vSwitchId, AssociatedInstanceId: instance }).Ipv6AddressId;
    expect(await time.world.deployment.applyPlanned('web')).toMatchObject({ code: 0 });
    expect(time.bandwidths).toEqual({});
    expect(await time.change(program('2'))).toMatchObject({ code: 0, writes: ['AllocateIpv6InternetBandwidth'] });
    expect(Object.keys(time.bandwidths)).toEqual([next]);
  });

  test.each(['null elements', 'sensitive ids'])('%s of a set that asks for each address', async (what) => {
    const program = (type: string, ids: unknown): Program => (stack) => {
      new TerraformVariable(stack, 'ids', { type, default: ids, sensitive: what === 'sensitive ids' ? true : undefined });
      const list = Token.asList('${[for id in var.ids : id == "" ? null : id]}');
      const ipv6Addresses = Ipv6Addresses.fromIpv6AddressIds(stack, 'Addresses', list, { lookup: Ipv6AddressLookup.EACH });
      new Ipv6InternetBandwidths(stack, 'Fleet', { ipv6Addresses, bandwidth: 10, egressOnly: false });
    };
    if (what === 'null elements') await time.deploy(program('list(string)', [time.first]));
    await time.refuses(program('list(string)', [time.first, '']), what === 'null elements' ? 'ipv6AddressIds has null, which is not an id' : 'the addresses of a set must be known before apply');
  });
});

describeWithTerraform('a location that is no longer given', () => {
  const MAKE: [string, (stack: TerraformStack, id: string) => Ipv6Addresses, () => string][] = [
    ['vpcId', (stack, id) => Ipv6Addresses.fromVpcId(stack, 'Addresses', id), () => time.vpcId],
    ['vswitchId', (stack, id) => Ipv6Addresses.fromVswitchId(stack, 'Addresses', id), () => time.world.vSwitchId],
  ];
  test.each(MAKE.flatMap(([property, make, value]) => [null, ''].map((none) => [property, none, make, value] as const)))('%s %p of a set is refused', async (property, none, make, value) => {
    const program = (id: string | null): Program => (stack) => {
      const place = id === null ? '${null}' : new TerraformVariable(stack, 'place', { type: 'string', default: id }).stringValue;
      new Ipv6InternetBandwidths(stack, 'Fleet', { ipv6Addresses: make(stack, place), bandwidth: 10, egressOnly: false });
    };
    await time.deploy(program(value()));
    await time.refuses(program(none), `web/Fleet: ${property} is ${none === null ? 'null' : ''}, not the id of a`);
  });
});

describeWithTerraform('destroy', () => {
  test.each<[string, () => void]>([
    ['an address', () => time.world.api.loseAddress(time.first)],
    ['the gateway', () => {
      const { api } = time.world;
      api.outOfBand('DeleteIpv6InternetBandwidth', { Ipv6AddressId: time.first, Ipv6InternetBandwidthId: time.bandwidths[time.first] });
      api.outOfBand('DeleteIpv6Gateway', { Ipv6GatewayId: time.gatewayId });
    }],
    ['the VPC', () => {
      const { api } = time.world;
      for (const id of time.addresses) api.loseAddress(id);
      api.outOfBand('DeleteIpv6Gateway', { Ipv6GatewayId: time.gatewayId });
    }],
  ])('goes through though %s is gone', async (_, lose) => {
    await time.deploy(all((stack) => {
      const ipv6Gateway = Ipv6Gateway.fromVpcId(stack, 'Gateway', time.vpcId);
      bandwidth(stack, 'A', Ipv6Address.fromInstanceId(stack, 'Address', time.instanceIds[0], { vpcId: time.vpcId }), { ipv6Gateway });
    }));
    lose();
    const { code, output } = await time.world.deployment.destroy('web');
    expect({ code, output }).toEqual({ code: 0, output: expect.any(String) });
    expect(time.bandwidths).toEqual({});
  });
});

describeWithTerraform('a hand-written resource below a construct of the same path', () => {
  class ByHand extends Construct {
    constructor(scope: Construct, id: string, addressId: string) {
      super(scope, id);
      new providerAlicloud.vpcIpv6InternetBandwidth.VpcIpv6InternetBandwidth(this, 'Resource', {
        ipv6AddressId: addressId, ipv6GatewayId: time.gatewayId, bandwidth: 10, internetChargeType: 'PayByBandwidth',
      });
    }
  }

  unlessCreationTriggers('is kept for the same address', async () => {
    await time.deploy((stack) => void new ByHand(stack, 'A', time.first));
    await time.keeps(time.one('A', time.first));
  });

  // docs/moving.md: OpenTofu from 1.12 on replaces it at once.
  test('is replaced for another address, by Terraform with -replace alone', async () => {
    await time.deploy((stack) => void new ByHand(stack, 'A', time.first));
    const other = time.one('A', time.second);
    const changed = await time.change(other);
    if (creationTriggers()) {
      expect(changed).toMatchObject({ code: 0, writes: REPLACED });
    } else {
      expect(changed).toMatchObject({ code: 1, writes: ['ModifyIpv6InternetBandwidth'], output: expect.stringContaining('InvalidIpv6Instance.NotFound') });
      expect(await time.change(other, `-replace=${time.addressOf('A')}`)).toMatchObject({ code: 0, writes: REPLACED });
    }
    await time.keeps(other);
  });
});

describeWithTerraform('two stacks', () => {
  test('a set of the second has the instances of the first', async () => {
    const [one, two] = time.instanceIds;
    const deployed = async (ids: string[]) => {
      time.world.deployment.synth((app) => {
        const servers = stackWithProvider(app, 'servers');
        const web = stackWithProvider(app, 'web');
        const ipv6Addresses = Ipv6Addresses.fromInstanceIds(web, 'Addresses', ids.map((id, i) => new Server(servers, `Server${i}`, id).serverId), { vpcId: time.vpcId });
        new Ipv6InternetBandwidths(web, 'Fleet', { ipv6Addresses, bandwidth: 10, egressOnly: false });
      });
      time.world.api.clearCalls();
      for (const stack of ['servers', 'web']) expect(await time.world.deployment.apply(stack)).toMatchObject({ code: 0 });
    };
    await deployed([one]);
    expect(time.writes).toEqual(['AllocateIpv6InternetBandwidth']);
    await deployed([one, two]);
    expect(time.writes).toEqual(['AllocateIpv6InternetBandwidth']);
    expect(Object.keys(time.bandwidths).sort()).toEqual([time.first, time.second].sort());
  });
});

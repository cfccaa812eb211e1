import { TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { all, bandwidth, BANDWIDTH_TYPE, Forgotten, OverTime, Program, RULE_TYPE } from './over-time';
import { Ipv6Address, Ipv6Gateway, Ipv6InternetBandwidth } from '../../../src';
import { describeWithTerraform, unlessCreationTriggers } from '../terraform';
import { stackWithProvider } from '../world';

jest.setTimeout(300_000);

const time = new OverTime();

describeWithTerraform('bandwidth that exists is kept', () => {
  test('when a hand-written one is moved into a stack that has a construct already', async () => {
    await time.deploy(all(time.one('A', time.first), time.byHand(time.second)));
    await time.keeps(all(time.one('A', time.first), time.moved(`${BANDWIDTH_TYPE}.old`, 'B', time.second)));
    await time.keeps(all(time.one('A', time.first), time.one('B', time.second)));
  });

  test('when a construct takes the name of a hand-written one, and imports it until it is deployed', async () => {
    const named = (id?: string): Program => (stack) => {
      const { resource } = bandwidth(stack, 'B', time.byId(stack, 'B', time.second));
      resource.overrideLogicalId('old');
      if (id) resource.importFrom(id);
    };
    await time.deploy(all(time.one('A', time.first), time.byHand(time.second)));
    await time.keeps(all(time.one('A', time.first), named(time.bandwidths[time.second])));
    await time.keeps(all(time.one('A', time.first), named()));
  });

  // OpenTofu from 1.12 on replaces it: docs/moving.md says to import it until it is deployed.
  unlessCreationTriggers('when a construct takes the name of a hand-written one, without an import', async () => {
    const named: Program = (stack) => bandwidth(stack, 'B', time.byId(stack, 'B', time.second)).resource.overrideLogicalId('old');
    await time.deploy(all(time.one('A', time.first), time.byHand(time.second)));
    await time.keeps(all(time.one('A', time.first), named));
  });

  test.each([['alone, and its rule', undefined, true], ['beside another', 'Other', false]])('when its construct is renamed with a moved block, %s', async (_, other, egressOnly) => {
    const rest: Program = other ? time.one(other, time.second) : () => {};
    await time.deploy(all(rest, time.one('A', time.first, { egressOnly })));
    await time.keeps(all(rest, time.moved(time.addressOf('A'), 'B', time.first, { egressOnly })));
    await time.keeps(all(rest, time.one('B', time.first, { egressOnly })));
  });

  test('when its construct is moved to another scope', async () => {
    await time.deploy(time.one('A', time.first, { egressOnly: false }));
    const from = time.addressOf('A');
    await time.keeps((stack) => {
      const scope = new Construct(stack, 'Part');
      new Ipv6InternetBandwidth(scope, 'A', { ipv6Address: time.byId(stack, 'A', time.first), bandwidth: 10, egressOnly: false }).resource.moveFromId(from);
    });
  });

  unlessCreationTriggers('when a further address is imported by the command line', async () => {
    await time.deploy(time.one('A', time.first));
    const id = time.buy(time.second);
    const program = all(time.one('A', time.first), time.one('B', time.second));
    const to = time.addressOf('B');
    time.synth(program);
    expect(await time.world.deployment.command('web', 'import', '-input=false', to, id)).toMatchObject({ code: 0 });
    await time.keeps(program);
  });

  test('when a resource is imported by cdktf\'s own importFrom', async () => {
    await time.deploy(time.one('A', time.first));
    const id = time.buy(time.second);
    await time.keeps(all(time.one('A', time.first), (stack) => bandwidth(stack, 'B', time.byId(stack, 'B', time.second)).resource.importFrom(id)));
    await time.keeps(all(time.one('A', time.first), time.one('B', time.second)));
  });

  test('when the variables of an instance id and a VPC id are replaced with their values', async () => {
    const [instance] = time.instanceIds;
    const variable = (stack: TerraformStack, id: string, value: string) => new TerraformVariable(stack, id, { type: 'string', default: value }).stringValue;
    await time.deploy((stack) => void bandwidth(stack, 'A', Ipv6Address.fromInstanceId(stack, 'Address', variable(stack, 'i', instance), { vpcId: variable(stack, 'v', time.vpcId) })));
    await time.keeps((stack) => void bandwidth(stack, 'A', Ipv6Address.fromInstanceId(stack, 'Address', variable(stack, 'i', instance), { vpcId: time.vpcId })));
    await time.keeps((stack) => void bandwidth(stack, 'A', Ipv6Address.fromInstanceId(stack, 'Address', instance, { vpcId: time.vpcId })));
  });

  test('with each kind of lookup of its address', async () => {
    const [instance] = time.instanceIds;
    await time.deploy((stack) => void bandwidth(stack, 'A', time.byId(stack, 'A', time.first), { egressOnly: true }));
    await time.keeps((stack) => void bandwidth(stack, 'A', time.byId(stack, 'A', time.first, {}), { egressOnly: true }));
    await time.keeps((stack) => void bandwidth(stack, 'A', Ipv6Address.fromInstanceId(stack, 'Address', instance), { egressOnly: true }));
    await time.keeps((stack) => void bandwidth(stack, 'A', Ipv6Address.fromInstanceId(stack, 'Address', instance, { vpcId: time.vpcId }), { egressOnly: true }));
    await time.keeps((stack) => void bandwidth(stack, 'A', Ipv6Address.fromIpv6AddressAttributes(stack, 'Address', { ipv6AddressId: time.first, ipv6GatewayId: time.gatewayId }), { egressOnly: true }));
    await time.keeps((stack) => void bandwidth(stack, 'A', time.byId(stack, 'A', time.first), { egressOnly: true }));
  });

  test('with each kind of lookup of its gateway', async () => {
    await time.deploy(time.one('A', time.first));
    await time.keeps((stack) => void bandwidth(stack, 'A', time.byId(stack, 'A', time.first), { ipv6Gateway: Ipv6Gateway.fromIpv6GatewayId(stack, 'Gateway', time.gatewayId) }));
    await time.keeps((stack) => void bandwidth(stack, 'A', time.byId(stack, 'A', time.first), { ipv6Gateway: Ipv6Gateway.fromVpcId(stack, 'Gateway', time.vpcId) }));
    await time.keeps((stack) => {
      const ipv6Gateway = new Ipv6Gateway(stack, 'OwnGateway', { vpcId: time.vpcId });
      ipv6Gateway.resource.importFrom(time.gatewayId);
      bandwidth(stack, 'A', time.byId(stack, 'A', time.first), { ipv6Gateway });
    });
    const gateway = time.ask((stack) => new Ipv6Gateway(stack, 'OwnGateway', { vpcId: time.vpcId }).resource.friendlyUniqueId);
    await time.keeps((stack) => {
      new Forgotten(stack, 'Forgotten', `alicloud_vpc_ipv6_gateway.${gateway}`);
      bandwidth(stack, 'A', time.byId(stack, 'A', time.first), { ipv6Gateway: Ipv6Gateway.fromVpcId(stack, 'Gateway', time.vpcId) });
    });
  });

  test('when its construct moves to another stack, which imports the bandwidth that the first one forgets', async () => {
    await time.deploy(time.one('A', time.first, { egressOnly: true }));
    const bandwidthAddress = time.addressOf('A');
    const before = time.bandwidths;
    time.world.deployment.synth((app) => {
      const web = stackWithProvider(app, 'web');
      new Forgotten(web, 'Bandwidth', bandwidthAddress);
      new Forgotten(web, 'Rule', `${bandwidthAddress.replace(BANDWIDTH_TYPE, RULE_TYPE)}_EgressOnlyRule`);
      const other = stackWithProvider(app, 'other');
      const { resource, egressOnlyRule } = bandwidth(other, 'A', time.byId(other, 'A', time.first), { egressOnly: true });
      resource.importFrom(before[time.first]);
      egressOnlyRule!.resource.importFrom(`${time.gatewayId}:${time.world.api.rules()[0].Ipv6EgressOnlyRuleId}`);
    });
    time.world.api.clearCalls();
    for (const stack of ['web', 'other']) expect(await time.world.deployment.apply(stack)).toMatchObject({ code: 0 });
    expect(time.writes).toEqual([]);
    expect(time.bandwidths).toEqual(before);
    for (const stack of ['web', 'other']) expect((await time.world.deployment.plan(stack)).changes).toEqual({});
  });

  test('with each change of egressOnly', async () => {
    await time.deploy(time.one('A', time.first, { egressOnly: false }));
    const before = time.bandwidths;
    for (const [egressOnly, writes] of [
      [true, ['CreateIpv6EgressOnlyRule']], [undefined, ['DeleteIpv6EgressOnlyRule']], [true, ['CreateIpv6EgressOnlyRule']],
      [false, ['DeleteIpv6EgressOnlyRule']], [undefined, []], [false, []],
    ] as const) {
      expect(await time.change(time.one('A', time.first, { egressOnly }))).toMatchObject({ code: 0, writes });
      expect(time.bandwidths).toEqual(before);
    }
  });
});

import { App, Lazy, TerraformElement, TerraformHclModule, TerraformStack } from 'cdktf';
import { bandwidth, handWritten, rows } from './written';
import { Ipv6Address, Ipv6Addresses, Ipv6Gateway, Ipv6InternetBandwidth, Ipv6InternetBandwidths, providerAlicloud } from '../../../src';
import { ProgramFacts, programFacts } from '../../../src/exposure/program/program-facts';
import { stacksOf } from '../../../src/terraform/stacks';
import { WrittenStack } from '../../../src/terraform/written-stack';
import { BANDWIDTH, makeApp, makeStack, numberVariable, RULE, textVariable } from '../../synth';

/** The facts of an app, before and after its synthesis: both say the same. */
function factsOf(make: (stack: TerraformStack, app: App) => unknown): ProgramFacts {
  const app = makeApp();
  make(makeStack(app), app);
  const [before, after] = [
    () => programFacts(stacksOf(app).map((stack) => WrittenStack.ofConstructs(stack))),
    () => {
      app.synth();
      return programFacts(stacksOf(app).map((stack) => WrittenStack.ofFile(app, stack)));
    },
  ].map((read) => read());
  const comparable = ({ bandwidths, constructs, ...others }: ProgramFacts) => ({
    ...others,
    constructs: [...constructs.values()].map((paths) => Object.fromEntries(paths)),
    bandwidths: bandwidths.map(({ arguments: _, stack, construct, ...fact }) => [stack.node.path, construct.node.path, fact]),
  });
  expect(comparable(after)).toEqual(comparable(before));
  return before;
}

const first = (make: (stack: TerraformStack, app: App) => unknown) => factsOf(make).bandwidths[0];

describe('Mbit/s', () => {
  test.each<[string, (stack: TerraformStack) => unknown, number | undefined]>([
    ['a literal', (stack) => bandwidth(stack, 'B', { bandwidth: 7 }), 7],
    ['a number that is produced late', (stack) => bandwidth(stack, 'B', { bandwidth: Lazy.numberValue({ produce: () => 7 }) }), 7],
    ['a hand-written number', (stack) => handWritten(stack, 'B', { bandwidth: 7 }), 7],
    ['a hand-written text', (stack) => handWritten(stack, 'B', { bandwidth: '7' }), 7],
    ['an override', (stack) => bandwidth(stack, 'B').resource.addOverride('bandwidth', 7), 7],
    ['a change of the resource', (stack) => { bandwidth(stack, 'B').resource.bandwidth = 7; }, 7],
    ['a variable', (stack) => bandwidth(stack, 'B', { bandwidth: numberVariable(stack, 'mbps') }), undefined],
    ['an expression', (stack) => handWritten(stack, 'B', { bandwidth: '${5 * 3}' }), undefined],
    ['an override by a variable', (stack) => bandwidth(stack, 'B').resource.addOverride('bandwidth', '${var.mbps}'), undefined],
    ['an empty text', (stack) => handWritten(stack, 'B', { bandwidth: '' }), undefined],
    ['an ignored number', (stack) => handWritten(stack, 'B', { lifecycle: { ignore_changes: ['bandwidth'] } }), undefined],
    ['a number that is ignored with all others', (stack) => handWritten(stack, 'B', { lifecycle: [{ ignore_changes: 'all' }] }), undefined],
  ])('of %s', (_, make, mbps) => {
    expect(first(make).mbps).toBe(mbps);
  });
});

describe('the charge type', () => {
  test.each<[string, (stack: TerraformStack) => unknown, string | undefined]>([
    ['the default of the library', (stack) => bandwidth(stack, 'B'), 'PayByBandwidth'],
    ['a literal', (stack) => handWritten(stack, 'B', { internet_charge_type: 'PayByTraffic' }), 'PayByTraffic'],
    ['a hand-written bandwidth without a charge type', (stack) => handWritten(stack, 'B', { internet_charge_type: undefined }), undefined],
    ['a variable', (stack) => handWritten(stack, 'B', { internet_charge_type: textVariable(stack, 'type') }), undefined],
    ['an ignored one', (stack) => handWritten(stack, 'B', { lifecycle: { ignore_changes: ['internet_charge_type'] } }), undefined],
  ])('of %s', (_, make, chargeType) => {
    expect(first(make).chargeType).toBe(chargeType);
  });
});

describe('the number of addresses', () => {
  test.each<[string, Record<string, unknown>, number | undefined]>([
    ['one block', {}, 1],
    ['a count', { count: 3 }, 3],
    ['a map', { for_each: { a: 'x', b: 'y' } }, 2],
    ['a variable count', { count: '${var.count}' }, undefined],
    ['a local', { for_each: '${local.ids}' }, undefined],
    ['a block that OpenTofu may disable', { lifecycle: { enabled: '${var.on}' } }, undefined],
  ])('of %s', (_, args, addresses) => {
    expect(first((stack) => handWritten(stack, 'B', args)).addresses).toBe(addresses);
  });

  test('a block without addresses is no fact', () => {
    expect(factsOf((stack) => handWritten(stack, 'B', { count: 0 })).bandwidths).toEqual([]);
  });

  const set = (stack: TerraformStack, ids: string[], props = {}) => new Ipv6InternetBandwidths(stack, 'Set', {
    ipv6Addresses: Ipv6Addresses.fromIpv6AddressIds(stack, 'Addresses', ids, { vpcId: 'vpc-1' }), bandwidth: 10, egressOnly: true, ...props,
  });

  test.each<[string, string[], number | undefined]>([['literal ids', ['ipv6-a', 'ipv6-b', 'ipv6-c'], 3], ['an id that only Terraform knows', ['${var.id}'], undefined]])('of a set of %s is that of one fact, and so is the number of its rules', (_, ids, addresses) => {
    const { bandwidths, egressOnlyRules } = factsOf((stack) => set(stack, ids));
    expect(bandwidths).toMatchObject([{ path: 'stack/Set', addresses, mbps: 10, inbound: 'closed' }]);
    expect(egressOnlyRules.map(({ path, rules }) => [path, rules])).toEqual([['stack/Set', addresses]]);
  });

  test('of an empty set is 0', () => {
    expect(factsOf((stack) => set(stack, [])).bandwidths).toEqual([]);
  });

  test('of a partition that an override makes different is unknown', () => {
    const { bandwidths } = factsOf((stack) => set(stack, ['ipv6-a', 'ipv6-b'], { partitions: 2 }).resources[0].addOverride('bandwidth', 2000));
    expect(bandwidths.map(({ mbps }) => mbps).sort()).toEqual([10, 2000]);
    expect(bandwidths.filter(({ addresses }) => addresses === undefined)).toHaveLength(1);
  });

  test('of an override of the addresses of a set counts next to the set', () => {
    const { bandwidths } = factsOf((stack) => {
      const { terraformResourceType: type, friendlyUniqueId: name } = set(stack, ['ipv6-a']).resources[0];
      stack.addOverride(`resource.${type}.${name}.for_each`, { 'ipv6-b': '', 'ipv6-c': '' });
    });
    expect(bandwidths).toContainEqual(expect.objectContaining({ path: 'stack/Set', addresses: 2, inbound: 'unproven' }));
  });
});

describe('the gateway', () => {
  const imported = (stack: TerraformStack) => Ipv6Gateway.fromIpv6GatewayId(stack, 'Gateway', 'ipv6gw-1');
  test.each<[string, (stack: TerraformStack, app: App) => unknown, string | undefined]>([
    ['a literal id', (stack) => handWritten(stack, 'B'), 'ipv6gw-hand'],
    ['an imported gateway', (stack) => bandwidth(stack, 'B', { ipv6Gateway: imported(stack) }), 'ipv6gw-1'],
    ['a gateway that the stack creates', (stack) => bandwidth(stack, 'B', { ipv6Gateway: new Ipv6Gateway(stack, 'Gateway', { vpcId: 'vpc-1' }) }), 'stack/Gateway'],
    ['a gateway that another stack creates', (stack, app) => bandwidth(stack, 'B', { ipv6Gateway: new Ipv6Gateway(makeStack(app, 'network'), 'Gateway', { vpcId: 'vpc-1' }) }), 'network/Gateway'],
    ['a reference to a gateway of the stack', (stack) => handWritten(stack, 'B', { ipv6_gateway_id: new Ipv6Gateway(stack, 'Gateway', { vpcId: 'vpc-1' }).ipv6GatewayId }), 'stack/Gateway'],
    ['a reference to a hand-written gateway', (stack) => {
      handWritten(stack, 'Gateway', { vpc_id: 'vpc-1' }, 'alicloud_vpc_ipv6_gateway').overrideLogicalId('g');
      handWritten(stack, 'B', { ipv6_gateway_id: '${alicloud_vpc_ipv6_gateway.g.ipv6_gateway_id}' });
    }, 'stack/Gateway'],
    ['an override of the stack', (stack) => {
      stack.addOverride('resource.alicloud_vpc_ipv6_gateway.g.vpc_id', 'vpc-1');
      handWritten(stack, 'B', { ipv6_gateway_id: '${alicloud_vpc_ipv6_gateway.g.id}' });
    }, 'stack (alicloud_vpc_ipv6_gateway.g)'],
    ['a set through a gateway of another stack', (stack, app) => new Ipv6InternetBandwidths(stack, 'B', {
      ipv6Addresses: Ipv6Addresses.fromIpv6AddressIds(stack, 'A', ['ipv6-a'], { vpcId: 'vpc-1' }),
      bandwidth: 1,
      egressOnly: true,
      ipv6Gateway: new Ipv6Gateway(makeStack(app, 'network'), 'Gateway', { vpcId: 'vpc-1' }),
    }), 'network/Gateway'],
    ['an override by another gateway', (stack) => bandwidth(stack, 'B', { ipv6Gateway: new Ipv6Gateway(stack, 'Gateway', { vpcId: 'vpc-1' }) }).resource.addOverride('ipv6_gateway_id', '${var.other}'), undefined],
    ['a gateway that is looked up', (stack) => bandwidth(stack, 'B'), undefined],
    ['an element of a resource with count', (stack) => handWritten(stack, 'B', { ipv6_gateway_id: '${alicloud_vpc_ipv6_gateway.g[0].id}' }), undefined],
    ['a variable', (stack) => handWritten(stack, 'B', { ipv6_gateway_id: textVariable(stack, 'gateway') }), undefined],
    ['an ignored one', (stack) => handWritten(stack, 'B', { lifecycle: { ignore_changes: ['ipv6_gateway_id'] } }), undefined],
  ])('of %s', (_, make, gateway) => {
    const { bandwidths: [{ gateway: found }], egressOnlyRules } = factsOf(make);
    expect(found).toBe(gateway);
    // A rule of the library has the gateway of its bandwidth.
    expect(egressOnlyRules.map((rule) => rule.gateway)).toEqual(egressOnlyRules.map(() => gateway));
  });

  test('of a construct in another stack is the place of the totals', () => {
    const { gateways } = factsOf((stack, app) => bandwidth(stack, 'B', { ipv6Gateway: new Ipv6Gateway(makeStack(app, 'network'), 'Gateway', { vpcId: 'vpc-1' }) }));
    expect(new Set(gateways.map(({ path, gateway }) => `${path} ${gateway}`))).toEqual(new Set(['network/Gateway network/Gateway']));
  });
});

describe('inbound', () => {
  test.each<[string, (stack: TerraformStack, app: App) => unknown]>([
    ['egressOnly: true', (stack) => bandwidth(stack, 'B')],
    ['a rule that comes later', (stack) => bandwidth(stack, 'B', { egressOnly: undefined }).addEgressOnlyRule()],
    ['a hand-written rule for the address of the bandwidth', (stack) => {
      const { resource } = bandwidth(stack, 'B', { egressOnly: false });
      handWritten(stack, 'R', { instance_id: resource.ipv6AddressId, ipv6_gateway_id: resource.ipv6GatewayId, instance_type: 'Ipv6Address' }, RULE);
    }],
    ['a hand-written rule for the literal id', (stack) => {
      const { terraformResourceType, friendlyUniqueId } = handWritten(stack, 'B', { ipv6_address_id: 'ipv6-x' });
      handWritten(stack, 'R', { instance_id: 'ipv6-x', depends_on: [`${terraformResourceType}.${friendlyUniqueId}`] }, RULE);
    }],
    ['another rule with a computed address, next to the rule of the library', (stack) => {
      bandwidth(stack, 'B');
      handWritten(stack, 'R', { instance_id: '${var.id}' }, RULE);
    }],
  ])('of %s is closed', (_, make) => {
    const { inbound, reason } = first(make);
    expect([inbound, reason]).toEqual(['closed', undefined]);
  });

  const owned = (stack: TerraformStack, egressOnly?: boolean) => new Ipv6InternetBandwidth(stack, 'B', {
    ipv6Address: new Ipv6Address(stack, 'A', { vswitchId: 'vsw-1' }), ipv6Gateway: Ipv6Gateway.fromIpv6GatewayId(stack, 'G', 'ipv6gw-1'), bandwidth: 1, egressOnly,
  });
  test.each<[string, (stack: TerraformStack, app: App) => unknown, 'open' | 'unproven', string, string]>([
    ['egressOnly: false', (stack) => bandwidth(stack, 'B', { egressOnly: false }), 'open', 'egressOnly: false', 'write egressOnly: true'],
    ['egressOnly: false next to a closed set', (stack) => {
      bandwidth(stack, 'B', { egressOnly: false });
      new Ipv6InternetBandwidths(stack, 'Set', { ipv6Addresses: Ipv6Addresses.fromIpv6AddressIds(stack, 'Addresses', ['ipv6-a'], { vpcId: 'vpc-1' }), bandwidth: 10, egressOnly: true });
    }, 'open', 'egressOnly: false', 'write egressOnly: true'],
    ['no egressOnly', (stack) => bandwidth(stack, 'B', { egressOnly: undefined }), 'open', 'no egress-only rule', 'write egressOnly: true'],
    ['an address that belongs to no instance', (stack) => owned(stack), 'open', 'no egress-only rule', 'take the address of an instance, with egressOnly: true'],
    ['a hand-written bandwidth', (stack) => handWritten(stack, 'B'), 'open', 'no egress-only rule', 'write it as an Ipv6InternetBandwidth'],
    ['a rule in another stack', (stack, app) => {
      handWritten(stack, 'B', { ipv6_address_id: 'ipv6-x' });
      handWritten(makeStack(app, 'other'), 'R', { instance_id: 'ipv6-x' }, RULE);
    }, 'open', 'no egress-only rule', 'write it as an Ipv6InternetBandwidth'],
    ['a rule for prefixes', (stack) => bandwidth(stack, 'B').egressOnlyRule!.resource.addOverride('instance_type', 'Ipv6Prefix'), 'open', 'no egress-only rule', 'remove the override'],
    ['a rule that is overridden to another address', (stack) => bandwidth(stack, 'B').egressOnlyRule!.resource.addOverride('instance_id', 'ipv6-other'), 'open', 'no egress-only rule', 'remove the override'],
    ['all rules replaced by an override', (stack) => {
      bandwidth(stack, 'B');
      stack.addOverride(`resource.${RULE}`, undefined);
    }, 'open', 'no egress-only rule', 'remove the override'],
    ['a rule that is not ordered', (stack) => {
      handWritten(stack, 'B', { ipv6_address_id: 'ipv6-x' });
      handWritten(stack, 'R', { instance_id: 'ipv6-x' }, RULE);
    }, 'unproven', 'nothing orders it', 'write it as an Ipv6InternetBandwidth'],
    ['a rule that may be for any address', (stack) => {
      handWritten(stack, 'B', { ipv6_address_id: 'ipv6-x' });
      handWritten(stack, 'R', { instance_id: '${var.id}' }, RULE);
    }, 'unproven', 'computes the id of its address', 'write it as an Ipv6InternetBandwidth'],
  ])('of %s is not', (_, make, inbound, reason, remediation) => {
    expect(first(make)).toMatchObject({ inbound, reason: expect.stringContaining(reason), remediation: expect.stringContaining(remediation) });
  });
});

describe('the place', () => {
  const { VpcIpv6InternetBandwidth } = providerAlicloud.vpcIpv6InternetBandwidth;
  const config = { ipv6AddressId: 'ipv6-1', ipv6GatewayId: 'ipv6gw-1', bandwidth: 1 };
  test.each<[string, (stack: TerraformStack) => unknown, string, boolean]>([
    ['the library\'s construct', (stack) => bandwidth(stack, 'B'), 'stack/B', false],
    ['a resource of other bindings', (stack) => handWritten(stack, 'B'), 'stack/B', true],
    ['a resource of the library\'s own bindings', (stack) => new VpcIpv6InternetBandwidth(stack, 'B', config), 'stack/B', true],
    ['a resource below a construct of the library', (stack) => new VpcIpv6InternetBandwidth(bandwidth(stack, 'B'), 'C', config), 'stack/B/C', true],
    ['a resource in a stack inside a stack', (stack) => handWritten(makeStack(stack as unknown as App, 'inner'), 'B'), 'stack/inner/B', true],
    ['a custom element', (stack) => new class extends TerraformElement {
      toTerraform() {
        return { resource: [{ [BANDWIDTH]: { own: { ipv6_address_id: 'ipv6-1', ipv6_gateway_id: 'ipv6gw-1', bandwidth: 1 } } }] };
      }
    }(stack, 'B'), `stack (${BANDWIDTH}.own)`, true],
    ['an override of the stack', (stack) => stack.addOverride(`resource.${BANDWIDTH}.own`, { bandwidth: 1 }), `stack (${BANDWIDTH}.own)`, true],
    ['an override in lists', (stack) => stack.addOverride('resource', [{ [BANDWIDTH]: [{ own: [{ bandwidth: 1 }] }] }]), `stack (${BANDWIDTH}.own)`, true],
  ])('of %s', (_, make, subject, isHandWritten) => {
    expect(factsOf(make).bandwidths).toContainEqual(expect.objectContaining({ subject, isHandWritten }));
  });
});

test('blocks that the synthesis cannot read are listed', () => {
  const { opaque } = factsOf((stack) => {
    new TerraformHclModule(stack, 'Module', { source: 'example/network/alicloud' });
    stack.addOverride('module.hidden', { source: 'example/hidden/alicloud' });
    const balancer = handWritten(stack, 'Balancer', { address_ip_version: 'DualStack', ipv6_address_type: 'Internet' }, 'alicloud_nlb_load_balancer');
    handWritten(stack, 'Private', { ipv6_address_type: 'Intranet' }, balancer.terraformResourceType);
  });
  expect(opaque.map(({ kind, subject }) => [kind, subject])).toEqual([
    ['module', 'stack/Module'], ['module', 'stack (module.hidden)'], ['load balancer', 'stack/Balancer'],
  ]);
});

describe('an address in the report', () => {
  const options = { vpcId: 'vpc-1' };
  const of = (stack: TerraformStack, ipv6Address: Ipv6InternetBandwidth['ipv6Address']) => bandwidth(stack, 'B', {
    ipv6Address, egressOnly: false, ipv6Gateway: Ipv6Gateway.fromIpv6GatewayId(stack, 'Gateway', 'ipv6gw-1'),
  });
  const set = (stack: TerraformStack, ipv6Addresses: Ipv6Addresses) => new Ipv6InternetBandwidths(stack, 'Set', { ipv6Addresses, bandwidth: 1, egressOnly: true });

  test.each<[string, (stack: TerraformStack) => unknown]>([
    ['ipv6-1', (stack) => of(stack, Ipv6Address.fromIpv6AddressId(stack, 'A', 'ipv6-1', options))],
    ['instance i-1', (stack) => of(stack, Ipv6Address.fromInstanceId(stack, 'A', 'i-1', options))],
    ['interface eni-1', (stack) => of(stack, Ipv6Address.fromNetworkInterfaceId(stack, 'A', 'eni-1', options))],
    ['instance unknown', (stack) => of(stack, Ipv6Address.fromInstanceId(stack, 'A', textVariable(stack, 'instance'), options))],
    ['stack/A', (stack) => of(stack, new Ipv6Address(stack, 'A', { vswitchId: 'vsw-1' }))],
    ['unknown', (stack) => of(stack, Ipv6Address.fromIpv6AddressAttributes(stack, 'A', { ipv6AddressId: textVariable(stack, 'address') }))],
    ['unknown', (stack) => of(stack, Ipv6Address.fromInstanceId(stack, 'A', 'i-1', options)).resource.addOverride('ipv6_address_id', '${var.other}')],
    ['ipv6-other', (stack) => of(stack, Ipv6Address.fromInstanceId(stack, 'A', 'i-1', options)).resource.addOverride('ipv6_address_id', 'ipv6-other')],
    ['unknown', (stack) => handWritten(stack, 'B', { ipv6_address_id: textVariable(stack, 'address') })],
    ['ipv6-a, ipv6-b', (stack) => set(stack, Ipv6Addresses.fromIpv6AddressIds(stack, 'A', ['ipv6-a', 'ipv6-b'], options))],
    ['instances i-1, i-2', (stack) => set(stack, Ipv6Addresses.fromInstanceIds(stack, 'A', ['i-1', 'i-2'], options))],
    ['VPC vpc-1', (stack) => set(stack, Ipv6Addresses.fromVpcId(stack, 'A', 'vpc-1'))],
  ])('is shown as %s', (text, make) => {
    const stack = makeStack();
    make(stack);
    expect(rows(stack).map(({ address }) => address)).toEqual([text]);
  });
});

import { Fn, Lazy, TerraformIterator, TerraformOutput, TerraformStack, TerraformVariable, Token } from 'cdktf';
import { Construct } from 'constructs';
import { expectRefusal } from './mistakes';
import { ADDRESSES, BANDWIDTH, dataSources, makeApp, makeStack, only, otherResource, resources, resolved, RULE, synth, warnings, writtenOut } from './synth';
import {
  InternetChargeType, Ipv6Address, Ipv6Addresses, Ipv6AddressLookup, Ipv6ExposureReport, Ipv6ExposureRules, Ipv6Gateway, Ipv6Inbound,
  Ipv6InternetBandwidth, Ipv6InternetBandwidths, Ipv6InternetBandwidthsProps, Ipv6RamPolicy,
} from '../src';

function instancesOf(stack: TerraformStack, ids: string[] = ['i-1', 'i-2'], id = 'Addresses'): Ipv6Addresses {
  return Ipv6Addresses.fromInstanceIds(stack, id, ids, { vpcId: 'vpc-1' });
}

function fleet(stack: TerraformStack, props: Partial<Ipv6InternetBandwidthsProps> = {}, id = 'Fleet'): Ipv6InternetBandwidths {
  const ipv6Addresses = props.ipv6Addresses ?? instancesOf(stack);
  return new Ipv6InternetBandwidths(stack, id, { ipv6Addresses, bandwidth: 5, egressOnly: false, ...props });
}

function listVariable(stack: TerraformStack, id = 'ids'): string[] {
  return new TerraformVariable(stack, id, { type: 'list(string)' }).listValue;
}

describe('the resources of a set', () => {
  test('have the default arguments, and an instance for each address by its id', () => {
    const stack = makeStack();
    const set = fleet(stack, { egressOnly: true });
    const tf = synth(stack);
    const [bandwidths, rules] = [resources(tf, BANDWIDTH), resources(tf, RULE)];
    expect(Object.keys(bandwidths)).toEqual(expect.arrayContaining(set.resources.map(({ friendlyUniqueId }) => friendlyUniqueId)));
    expect([Object.keys(bandwidths), Object.keys(rules)]).toEqual([['Fleet_30813DF3'], ['Fleet_30813DF3_EgressOnlyRule']]);
    expect(set.node.defaultChild).toBe(set.resources[0]);
    for (const [name, block] of Object.entries(bandwidths)) {
      const { for_each: forEach, ...args } = block;
      expect(args).toEqual({
        bandwidth: 5,
        internet_charge_type: 'PayByBandwidth',
        ipv6_address_id: '${each.key}',
        ipv6_gateway_id: '${each.value}',
        depends_on: ['terraform_data.Ipv6DestroyBeforeCreate'],
      });
      // The rule of an address is repeated for the same set, and made anew with its bandwidth.
      expect(rules[`${name}_EgressOnlyRule`]).toEqual({
        for_each: forEach,
        instance_id: '${each.key}',
        instance_type: 'Ipv6Address',
        ipv6_gateway_id: '${each.value}',
        depends_on: [`terraform_data.${name}_InternetChargeType`],
        lifecycle: { replace_triggered_by: [`terraform_data.${name}_InternetChargeType.output`], ignore_changes: ['ipv6_egress_rule_name', 'description'] },
      });
      expect(resources(tf, 'terraform_data')[`${name}_InternetChargeType`]).toEqual({ input: 'PayByBandwidth', depends_on: [`${BANDWIDTH}.${name}`] });
    }
    expect(tf.terraform!.required_version).toBe('>= 1.4.0');
  });

  test.each<[keyof Ipv6InternetBandwidthsProps, any, RegExp]>([
    ['ipv6Addresses', ['i-1'], /^ipv6Addresses must be a construct/],
    ['bandwidth', 0, /^bandwidth must be an integer from 1 to 2000 Mbit\/s/],
    ['ipv6Gateway', 'ipv6gw-1', /^ipv6Gateway must be a construct/],
    ['internetChargeType', 'paybytraffic', /^internetChargeType must be PayByBandwidth or PayByTraffic/],
    ['egressOnly', 'true', /^egressOnly must be true or false/],
    ['supportedBindTypes', 'NewKind', /^supportedBindTypes must be a list of strings/],
    ['timeouts', '10m', /^timeouts must be an object/],
    ['provider', 'alicloud.beijing', /^provider must be a provider construct/],
    ['partitions', 65, /^partitions must be an integer from 1 to 64/],
  ])('do not exist where %s is invalid', (property, actual, problem) => {
    expectRefusal(() => fleet(makeStack(), { [property]: actual }), { path: 'stack/Fleet', actual, problem });
  });

  test.each<[string, any, RegExp]>([
    ['ipv6EgressOnlyRuleName', 'no spaces', /^egressOnlyRule\.ipv6EgressOnlyRuleName must be 3 to 129 characters/],
    ['description', 'x', /^egressOnlyRule\.description must be 2 to 256 bytes/],
    ['timeouts', '10m', /^egressOnlyRule\.timeouts must be an object/],
  ])('do not exist where egressOnlyRule.%s is invalid', (property, actual, problem) => {
    expectRefusal(() => fleet(makeStack(), { egressOnly: true, egressOnlyRule: { [property]: actual } }), { path: 'stack/Fleet', actual, problem });
  });

  test('produce a warning if one resource has too many addresses', () => {
    const warned = (count: number, props = {}) => {
      const stack = makeStack();
      fleet(stack, { ipv6Addresses: instancesOf(stack, Array.from({ length: count }, (_, i) => `i-${i}`)), ...props });
      return warnings(stack).length;
    };
    expect([warned(300), warned(301), warned(301, { partitions: 1 })]).toEqual([0, 1, 0]);
  });

  test('have each address in one partition, by the hash of its id', () => {
    const stack = makeStack();
    fleet(stack, { partitions: 16 });
    const tf = synth(stack);
    expect(Object.keys(resources(tf, BANDWIDTH))).toEqual(expect.arrayContaining(['Fleet_30813DF3_0', 'Fleet_30813DF3_15']));
    const read = Object.values(resources(tf, BANDWIDTH)).map(({ for_each: forEach }) => writtenOut(tf, forEach).match(/by-partition_\w+\[\\"(\d+)\\"\]/)![1]);
    expect(read.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, i) => i));
  });

  test('keep their names if other constructs are renamed', () => {
    const names = (build: (stack: TerraformStack) => Ipv6Addresses) => {
      const stack = makeStack();
      fleet(stack, { ipv6Addresses: build(stack) });
      return Object.keys(resources(synth(stack), BANDWIDTH));
    };
    expect(names((stack) => instancesOf(stack, ['i-1'], 'Renamed'))).toEqual(names((stack) => Ipv6Addresses.fromVpcId(stack, 'Addresses', 'vpc-1')));
  });

  test('have the options of the set', () => {
    const stack = makeStack();
    fleet(stack, {
      internetChargeType: InternetChargeType.PAY_BY_TRAFFIC,
      timeouts: { create: '10m' },
      ipv6Gateway: Ipv6Gateway.fromIpv6GatewayId(stack, 'Gateway', 'ipv6gw-1'),
      egressOnly: true,
      egressOnlyRule: { ipv6EgressOnlyRuleName: 'fleet-out', description: 'outbound only', timeouts: { delete: '2m' } },
    });
    const tf = synth(stack);
    for (const block of Object.values(resources(tf, BANDWIDTH))) {
      expect(block).toMatchObject({ internet_charge_type: 'PayByTraffic', timeouts: { create: '10m' }, ipv6_gateway_id: 'ipv6gw-1' });
    }
    for (const block of Object.values(resources(tf, RULE))) {
      expect(block).toMatchObject({ ipv6_egress_rule_name: 'fleet-out', description: 'outbound only', timeouts: { delete: '2m' }, ipv6_gateway_id: 'ipv6gw-1' });
    }
  });

});

describe('a set can be looked up', () => {
  test.each<[string, (stack: TerraformStack) => Ipv6Addresses, object]>([
    ['by literal instance ids, with one call each', (stack) => instancesOf(stack), { vpc_id: 'vpc-1', for_each: '${toset(["i-1", "i-2"])}' }],
    ['of literal interfaces', (stack) => Ipv6Addresses.fromNetworkInterfaceIds(stack, 'A', ['eni-1']), { for_each: '${toset(["eni-1"])}' }],
    ['of many literal instances, which are listed', (stack) => instancesOf(stack, Array.from({ length: 21 }, (_, i) => `i-${i}`)), { vpc_id: 'vpc-1' }],
    ['of a vSwitch, which is listed', (stack) => Ipv6Addresses.fromVswitchId(stack, 'A', 'vsw-1'), { vswitch_id: 'vsw-1' }],
    ['of a VPC, which is listed', (stack) => Ipv6Addresses.fromVpcId(stack, 'A', 'vpc-1'), { vpc_id: 'vpc-1' }],
    ['of ids, which are listed', (stack) => Ipv6Addresses.fromIpv6AddressIds(stack, 'A', ['ipv6-1'], { vpcId: 'vpc-1' }), { vpc_id: 'vpc-1' }],
  ])('%s', (_, make, asked) => {
    const stack = makeStack();
    fleet(stack, { ipv6Addresses: make(stack) });
    const data = only(dataSources(synth(stack), ADDRESSES));
    expect(data).toEqual({ ...asked, ...'for_each' in asked ? { associated_instance_id: '${each.value}' } : {} });
  });

  test.each<[string, (stack: TerraformStack) => string[]]>([
    ['of a variable', (stack) => listVariable(stack)],
    ['of the values of an iterator', (stack) => Token.asList(TerraformIterator.fromList(listVariable(stack)).pluckProperty('id'))],
    ['of the result of a function', (stack) => Fn.concat([listVariable(stack), ['i-3']])],
    ['of an expression that is written by hand', () => ['${var.id}']],
    ['of tokens and literals together', (stack) => ['i-1', new TerraformVariable(stack, 'one', { type: 'string' }).stringValue]],
    ['of the output of a module', () => Token.asList('${module.fleet.instance_ids}')],
  ])('%s: the plan decides how they are asked for', (_, idsOf) => {
    const stack = makeStack();
    fleet(stack, { ipv6Addresses: instancesOf(stack, idsOf(stack)) });
    const { for_each: forEach, associated_instance_id: asked } = only(dataSources(synth(stack), ADDRESSES));
    expect(forEach).toMatch(/^\$\{\/\* stack\/Addresses: the addresses of a set must be known before apply.*? \*\/ length\((.+)\) <= 20 \? tomap\(\{ for id in \1 : id => id \}\) : tomap\(\{ all = tostring\(null\) \}\)\}$/);
    expect(asked).toBe('${each.value}');
  });

  test('by ids with single calls, without the attributes that the answers lack', () => {
    const stack = makeStack();
    const ipv6Addresses = Ipv6Addresses.fromIpv6AddressIds(stack, 'A', listVariable(stack), { lookup: Ipv6AddressLookup.EACH });
    fleet(stack, { ipv6Addresses, egressOnly: true });
    const tf = synth(stack);
    expect(Object.keys(tf.data!)).toEqual(['alicloud_vpc_ipv6_internet_bandwidths']);
    expect(JSON.stringify(tf.locals)).not.toContain('a.status');
    for (const property of ['ipv6AddressLiterals', 'ipv6AddressLiteralsByInstanceId'] as const) {
      expectRefusal(() => ipv6Addresses[property], { path: 'stack/A', actual: 'Ipv6AddressLookup.EACH', remediation: /remove lookup$/ });
    }
  });
});

test.each<[string, (stack: TerraformStack) => string[], boolean]>([
  ['a variable', (stack) => listVariable(stack), true],
  ['a module, which may wait for a bandwidth of the stack', () => Token.asList('${module.fleet.instance_ids}'), false],
])('a set of %s: the record of the other bandwidths reads what is found only if the plan knows the set', (_, idsOf, isRead) => {
  const stack = makeStack();
  fleet(stack, { ipv6Addresses: instancesOf(stack, idsOf(stack)), egressOnly: false });
  for (const i of [1, 2]) {
    new Ipv6InternetBandwidth(stack, `Web${i}`, { ipv6Address: Ipv6Address.fromInstanceId(stack, `Address${i}`, `i-${i}`), bandwidth: 5, egressOnly: false });
  }
  const tf = synth(stack);
  const record = writtenOut(tf, JSON.stringify(resources(tf, 'terraform_data').Ipv6DestroyBeforeCreate.input));
  expect(record.includes('local.ipv6_found')).toBe(isRead);
  expect(record.includes('module.fleet')).toBe(false);
});

describe('the values of a set', () => {
  test('can be outputs', () => {
    const stack = makeStack();
    const ipv6Addresses = instancesOf(stack);
    const set = fleet(stack, { ipv6Addresses });
    const values = {
      bandwidths: set.internetBandwidthIds,
      ids: ipv6Addresses.ipv6AddressIds,
      literals: ipv6Addresses.ipv6AddressLiterals,
      byInstance: ipv6Addresses.ipv6AddressLiteralsByInstanceId,
    };
    for (const [id, value] of Object.entries(values)) new TerraformOutput(stack, id, { value });
    const tf = synth(stack);
    const text = (id: string) => writtenOut(tf, tf.output![id].value);
    expect(text('bandwidths')).toContain(`for id, b in ${BANDWIDTH}.${set.resources[0].friendlyUniqueId} : id => b.id`);
    expect(text('ids')).toMatch(/^\$\{local\./);
    expect(text('literals')).toContain('[id][0].ipv6_address }');
    expect(text('byInstance')).toContain('[id][0].ipv6_address... if');
  });

  test('can be read in other stacks', () => {
    const app = makeApp();
    const stack = makeStack(app);
    const { internetBandwidthIds } = fleet(stack);
    const other = makeStack(app, 'other');
    new TerraformOutput(other, 'ids', { value: internetBandwidthIds });
    expect(resolved(other, internetBandwidthIds)).toBeDefined();
    expect(() => app.synth()).not.toThrow();
  });

  test('produces a warning if egressOnly is undefined', () => {
    const stack = makeStack();
    fleet(stack, { egressOnly: undefined });
    fleet(stack, { ipv6Addresses: instancesOf(stack, ['i-3'], 'Others') }, 'Said');
    synth(stack);
    expect(warnings(stack)).toEqual([['stack/Fleet', expect.stringContaining('the Internet can open connections to this address')]]);
  });
});

describe('a set is refused', () => {
  test('with one error for all wrong ids, at the line of the program', () => {
    const stack = makeStack();
    expect(() => Ipv6Addresses.fromInstanceIds(stack, 'Addresses', ['i-1', 'eni-2', 'i-3', 'i 4'])).toThrow([
      'stack/Addresses: instanceIds[1] must be the id of an ECS instance (i-…), got "eni-2": pass the id of an ECS instance, not that of a network interface',
      'stack/Addresses: instanceIds[3] must be the id of an ECS instance (i-…), got "i 4": pass the id, i-…',
    ].join('\n'));
  });

  test.each<[string, (stack: TerraformStack) => unknown, Parameters<typeof expectRefusal>[1]]>([
    ['for another object', (stack) => fleet(stack, { ipv6Addresses: Ipv6Address.fromInstanceId(stack, 'A', 'i-1') as any }), { path: 'stack/Fleet', remediation: /pass Ipv6Addresses/ } as any],
    ['for the name of a rule without a rule', (stack) => fleet(stack, { egressOnlyRule: {} }), { path: 'stack/Fleet', actual: false, remediation: /egressOnly( to|:) true/ }],
    ['for an id of another kind', (stack) => instancesOf(stack, ['i-1', 'ipv6-1']), { path: 'stack/Addresses', actual: 'ipv6-1', remediation: /pass the id of an ECS instance/ }],
    ['for a string instead of a list', (stack) => instancesOf(stack, 'i-1' as any), { path: 'stack/Addresses', actual: 'i-1', remediation: /write \['i-…'\]/ }],
    ['for nothing', (stack) => instancesOf(stack, null as any), { path: 'stack/Addresses', actual: null, remediation: /write \['i-…'\]/ }],
    ['for an empty list of instance types', (stack) => Ipv6Addresses.fromVpcId(stack, 'A', 'vpc-1', { instanceTypes: [] }), { path: 'stack/A', actual: [], remediation: /remove it for all types/ }],
    ['for a construct that has ids, but is not a set', (stack) => {
      class Server extends Construct { readonly ipv6AddressIds = ['ipv6-1']; }
      fleet(stack, { ipv6Addresses: new Server(stack, 'Server') as any });
    }, { path: 'stack/Fleet', remediation: /pass Ipv6Addresses/ } as any],
    ['next to another set of the same VPC', (stack) => {
      fleet(stack, { ipv6Addresses: Ipv6Addresses.fromVpcId(stack, 'A', 'vpc-1', { instanceTypes: ['EcsInstance', 'NetworkInterface'] }) });
      fleet(stack, { ipv6Addresses: Ipv6Addresses.fromVpcId(stack, 'B', 'vpc-1', { instanceTypes: ['NetworkInterface', 'EcsInstance'] }) }, 'Second');
    }, { path: 'stack/Second', code: 'OperationFailed.InternetBandwidthAlreadyExisted', remediation: /remove it from one of them/ } as any],
    ['for a string instead of a list of instance types', (stack) => Ipv6Addresses.fromVpcId(stack, 'A', 'vpc-1', { instanceTypes: 'EcsInstance' as any }), { path: 'stack/A', actual: 'EcsInstance', remediation: /write the strings as literals$/ }],
    ['next to a single bandwidth for one of its instances', (stack) => {
      new Ipv6InternetBandwidth(stack, 'Web', { ipv6Address: Ipv6Address.fromInstanceId(stack, 'A', 'i-2'), bandwidth: 1 });
      fleet(stack);
    }, { path: 'stack/Fleet', code: 'OperationFailed.InternetBandwidthAlreadyExisted', remediation: /remove it from one of them/ } as any],
    ['next to another set with one of its ids', (stack) => {
      fleet(stack, { ipv6Addresses: Ipv6Addresses.fromIpv6AddressIds(stack, 'A', ['ipv6-1', 'ipv6-2']) });
      fleet(stack, { ipv6Addresses: Ipv6Addresses.fromIpv6AddressIds(stack, 'B', ['ipv6-2']) }, 'Second');
    }, { path: 'stack/Second', code: 'OperationFailed.InternetBandwidthAlreadyExisted', remediation: /remove it from one of them/ } as any],
    ['next to another set of the same variable', (stack) => {
      const ids = listVariable(stack);
      fleet(stack, { ipv6Addresses: instancesOf(stack, ids, 'A') });
      fleet(stack, { ipv6Addresses: instancesOf(stack, ids, 'B') }, 'Second');
    }, { path: 'stack/Second', code: 'OperationFailed.InternetBandwidthAlreadyExisted', remediation: /remove it from one of them/ } as any],
    ['without the gateway that the app creates for its VPC', (stack) => {
      new Ipv6Gateway(stack, 'Gateway', { vpcId: 'vpc-1' });
      fleet(stack);
    }, { path: 'stack/Fleet', code: 'OperationFailed.Ipv6GatewayNotExist', remediation: /pass the Ipv6Gateway stack\/Gateway/ } as any],
    ['with the gateway of another VPC', (stack) => fleet(stack, {
      ipv6Gateway: Ipv6Gateway.fromIpv6GatewayAttributes(stack, 'Gateway', { ipv6GatewayId: 'ipv6gw-1', vpcId: 'vpc-2' }),
    }), { path: 'stack/Fleet', actual: 'vpc-2', code: 'OperationFailed.Ipv6GatewayDisMatchIpv6Address', remediation: /own VPC/ }],
    ['for instances that the stack creates', (stack) => fleet(stack, { ipv6Addresses: instancesOf(stack, ['i-1', otherResource(stack, 'Web', 'alicloud_instance').getStringAttribute('id')]) }),
      { path: 'stack/Fleet', remediation: /one Ipv6InternetBandwidth for each address/ } as any],
    ['for the list of a resource that the stack creates', (stack) => fleet(stack, { ipv6Addresses: instancesOf(stack, otherResource(stack, 'Group', 'alicloud_group').getListAttribute('ids')) }),
      { path: 'stack/Fleet', remediation: /one Ipv6InternetBandwidth for each address/ } as any],
    ['for a VPC that the stack creates', (stack) => fleet(stack, { ipv6Addresses: Ipv6Addresses.fromVpcId(stack, 'A', otherResource(stack, 'Vpc', 'alicloud_vpc').getStringAttribute('id')) }),
      { path: 'stack/Fleet', remediation: /deployed after this one$/ } as any],
  ])('%s', (_, make, refusal) => {
    expectRefusal(() => make(makeStack()), refusal);
  });

  describe.each([['undefined', undefined], ['null', null], ['an empty text', '']])('for a location that is %s, which would be the whole region', (_, none: any) => {
    const refusal = (property: string) => ({ path: 'stack/A', actual: none, problem: new RegExp(`^${property} must be`), remediation: /pass the id/ });
    test.each<[string, string, (stack: TerraformStack) => unknown]>([
      ['the VPC of a set', 'vpcId', (stack) => Ipv6Addresses.fromVpcId(stack, 'A', none)],
      ['the vSwitch of a set', 'vswitchId', (stack) => Ipv6Addresses.fromVswitchId(stack, 'A', none)],
      ['the VPC of a set of instances', 'vpcId', (stack) => Ipv6Addresses.fromInstanceIds(stack, 'A', ['i-1'], { vpcId: none })],
      ['the VPC of a set of ids', 'vpcId', (stack) => Ipv6Addresses.fromIpv6AddressIds(stack, 'A', ['ipv6-1'], { vpcId: none })],
      ['the vSwitch of a set of ids', 'vswitchId', (stack) => Ipv6Addresses.fromIpv6AddressIds(stack, 'A', ['ipv6-1'], { vswitchId: none })],
      ['the VPC of an address', 'vpcId', (stack) => Ipv6Address.fromInstanceId(stack, 'A', 'i-1', { vpcId: none })],
      ['the vSwitch of an address', 'vswitchId', (stack) => Ipv6Address.fromIpv6AddressId(stack, 'A', 'ipv6-1', { vswitchId: none })],
      ['the VPC of a gateway', 'vpcId', (stack) => Ipv6Gateway.fromVpcId(stack, 'A', none)],
    ])('%s', (_what, property, make) => {
      expectRefusal(() => make(makeStack()), refusal(property));
    });
  });

  test('but not next to another address', () => {
    const stack = makeStack();
    new Ipv6InternetBandwidth(stack, 'Web', { ipv6Address: Ipv6Address.fromInstanceId(stack, 'A', 'i-9'), bandwidth: 1 });
    fleet(stack);
    fleet(stack, { ipv6Addresses: instancesOf(stack, listVariable(stack, 'one'), 'B') }, 'Second');
    fleet(stack, { ipv6Addresses: instancesOf(stack, listVariable(stack, 'other'), 'C') }, 'Third');
    expect(() => synth(stack)).not.toThrow();
  });
});

describe('two sets', () => {
  test('may be of one VPC, each of another type of instances', () => {
    const stack = makeStack();
    for (const type of ['EcsInstance', 'NetworkInterface']) {
      fleet(stack, { ipv6Addresses: Ipv6Addresses.fromVpcId(stack, `${type}Addresses`, 'vpc-1', { instanceTypes: [type] }) }, type);
    }
    expect(() => synth(stack)).not.toThrow();
  });

  test('may both be empty', () => {
    const stack = makeStack();
    fleet(stack, { ipv6Addresses: instancesOf(stack, [], 'A') });
    fleet(stack, { ipv6Addresses: instancesOf(stack, [], 'B') }, 'Second');
    expect(() => synth(stack)).not.toThrow();
  });

  test('may have the same path, if the first one was removed: the addresses are those of the second', () => {
    const stack = makeStack();
    fleet(stack, { ipv6Addresses: instancesOf(stack, ['i-1']) });
    ['Fleet', 'Addresses'].forEach((id) => stack.node.tryRemoveChild(id));
    fleet(stack, { ipv6Addresses: instancesOf(stack, ['i-2']) });
    const given = Object.entries(synth(stack).locals!).filter(([name]) => name.endsWith('_given'));
    expect(given).toEqual([[expect.any(String), ['i-2']]]);
  });
});

describe('a lazy list', () => {
  test('may have no value before the synthesis', () => {
    const stack = makeStack();
    let ids: string[] | undefined;
    fleet(stack, { ipv6Addresses: instancesOf(stack, Lazy.listValue({ produce: () => ids })) });
    ids = ['i-1'];
    expect(Object.values(synth(stack).locals!)).toContainEqual(['i-1']);
  });
});

describe('an iterator', () => {
  const WAY_OUT = /Ipv6Addresses\.fromInstanceIds\(scope, id, list\)/;
  const iterator = (stack: TerraformStack) => TerraformIterator.fromList(listVariable(stack));

  test.each<[string, (stack: TerraformStack) => unknown, string]>([
    ['its value as an instance', (stack) => Ipv6Address.fromInstanceId(stack, 'A', iterator(stack).value), 'instanceId must not be each.value'],
    ['a string of it as an interface', (stack) => Ipv6Address.fromNetworkInterfaceId(stack, 'A', iterator(stack).getString('id')), 'networkInterfaceId must not be each.value'],
    ['its token as a string', (stack) => Ipv6Address.fromInstanceId(stack, 'A', Token.asString(iterator(stack).value)), 'instanceId must not be each.value'],
    ['each.key that is written by hand', (stack) => Ipv6Address.fromIpv6AddressId(stack, 'A', '${each.key}'), 'ipv6AddressId must not be each.key'],
    ['count.index', (stack) => Ipv6Address.fromInstanceId(stack, 'A', '${var.ids[count.index]}'), 'instanceId must not be count.index'],
    ['an address by its attributes', (stack) => Ipv6Address.fromIpv6AddressAttributes(stack, 'A', { ipv6AddressId: '${each.value.id}' }), 'ipv6AddressId must not be each.value'],
    ['Mbit/s', (stack) => new Ipv6InternetBandwidth(stack, 'B', { ipv6Address: Ipv6Address.fromInstanceId(stack, 'A', 'i-1'), bandwidth: iterator(stack).getNumber('mbps') }), 'bandwidth must not be each.value'],
    ['an element of a list of ids', (stack) => instancesOf(stack, [iterator(stack).getString('id')]), 'instanceIds[0] must not be each.value'],
  ])('is refused with a fix: %s', (_, make, problem) => {
    const message = messageOf(() => make(makeStack()));
    expect(message).toContain(`${problem}, because this construct is not repeated`);
    expect(message).toMatch(WAY_OUT);
  });

  test('a string that only resembles one is accepted', () => {
    expect(() => Ipv6Address.fromInstanceId(makeStack(), 'A', '${var.each["each.value"]}')).not.toThrow();
  });

  const single = (stack: TerraformStack) => new Ipv6InternetBandwidth(stack, 'B', { ipv6Address: Ipv6Address.fromIpv6AddressAttributes(stack, 'A', { ipv6AddressId: 'ipv6-1', ipv6GatewayId: 'ipv6gw-1' }), bandwidth: 1, egressOnly: true });

  test.each<[string, (stack: TerraformStack) => unknown, string]>([
    ['forEach of a bandwidth', (stack) => single(stack).resource.forEach = iterator(stack), 'for_each'],
    ['count of a bandwidth', (stack) => single(stack).resource.count = 2, 'count'],
    ['count = 0 of a rule', (stack) => single(stack).egressOnlyRule!.resource.count = 0, 'count'],
    ['an override of a bandwidth', (stack) => single(stack).resource.addOverride('for_each', '${toset(["a"])}'), 'for_each'],
    ['count of a gateway', (stack) => new Ipv6Gateway(stack, 'G', { vpcId: 'vpc-1' }).resource.count = 2, 'count'],
    ['forEach of an address', (stack) => new Ipv6Address(stack, 'O', { vswitchId: 'vsw-1' }).resource.forEach = iterator(stack), 'for_each'],
    ['count of a set\'s resource', (stack) => fleet(stack).resources[0].count = 1, 'count'],
  ])('is refused at synth: %s', (_, make, argument) => {
    const stack = makeStack();
    make(stack);
    expect(messageOf(() => synth(stack))).toContain(`${argument} is not supported on the resource of this construct, because other blocks refer to one instance, got `);
  });

  test('without an iterator, all constructs are synthesized', () => {
    const stack = makeStack();
    single(stack);
    new Ipv6Address(stack, 'O', { vswitchId: 'vsw-1' });
    fleet(stack);
    expect(() => synth(stack)).not.toThrow();
  });
});

describe('a set that is moved to', () => {
  test('keeps single bandwidths with their rules', () => {
    const stack = makeStack();
    const set = fleet(stack, { egressOnly: true });
    set.moveAddressFromId('ipv6-bp1web', `${BANDWIDTH}.Web_0A1B2C3D`);
    const block = set.resources[0].friendlyUniqueId;
    expect(synth(stack).moved).toEqual([
      { from: `${BANDWIDTH}.Web_0A1B2C3D`, to: `${BANDWIDTH}.${block}["ipv6-bp1web"]` },
      { from: `${RULE}.Web_0A1B2C3D_EgressOnlyRule`, to: `${RULE}.${block}_EgressOnlyRule["ipv6-bp1web"]` },
    ]);
  });

  test('keeps the bandwidths of a set with another name', () => {
    const stack = makeStack();
    const set = fleet(stack, { egressOnly: true });
    set.moveFromId(`${BANDWIDTH}.Old_0A1B2C3D`);
    const { moved } = synth(stack);
    expect(moved).toEqual([
      { from: `${BANDWIDTH}.Old_0A1B2C3D`, to: `${BANDWIDTH}.${set.resources[0].friendlyUniqueId}` },
      { from: `${RULE}.Old_0A1B2C3D_EgressOnlyRule`, to: `${RULE}.${set.resources[0].friendlyUniqueId}_EgressOnlyRule` },
    ]);
  });

  test.each([
    `${BANDWIDTH}.Web`, `${BANDWIDTH}.web[0]`, `${BANDWIDTH}.web["a.b"]`, `module.fleet["a"].module.x.${BANDWIDTH}.Web_7["ipv6-1"]`,
  ])('takes the address %s', (from) => {
    const stack = makeStack();
    fleet(stack).moveAddressFromId('ipv6-1', from);
    expect(synth(stack).moved).toContainEqual({ from, to: expect.stringContaining('["ipv6-1"]') });
  });

  test.each<[string, any]>([
    ['another resource', `${RULE}.Web`], ['a name alone', 'Web_0A1B2C3D'], ['an expression', '${var.from}'], ['a key that does not end', `${BANDWIDTH}.Web["a`],
    ['an expression in a key', `${BANDWIDTH}.Web["\${var.id}"]`], ['nothing', undefined], ['a data source', `data.${BANDWIDTH}.Web`],
  ])('refuses a source that Terraform could not move: %s', (_, from) => {
    const set = fleet(makeStack());
    const refusal = { path: 'stack/Fleet', actual: from, remediation: /from terraform state list/ };
    expectRefusal(() => set.moveAddressFromId('ipv6-1', from), refusal);
    expectRefusal(() => set.moveFromId(from), refusal);
  });

  test('refuses an address that is provably not in the set', () => {
    const stack = makeStack();
    const of = (id: string, ids: string[]) => fleet(stack, { ipv6Addresses: Ipv6Addresses.fromIpv6AddressIds(stack, `${id}Addresses`, ids) }, id);
    const move = (set: Ipv6InternetBandwidths) => set.moveAddressFromId('ipv6-2', `${BANDWIDTH}.Web`);
    expectRefusal(() => move(of('One', ['ipv6-1'])), { path: 'stack/One', actual: 'ipv6-2', problem: /would destroy the bandwidth/, remediation: /add it to the set/ });
    expect(() => move(of('Two', ['ipv6-2']))).not.toThrow();
    expect(() => move(of('Variable', listVariable(stack)))).not.toThrow();
  });

  test('refuses the Terraform address of one member instead of that of a set', () => {
    const from = `${BANDWIDTH}.Fleet_0A1B2C3D_7["ipv6-1"]`;
    expectRefusal(() => fleet(makeStack()).moveFromId(from), { path: 'stack/Fleet', actual: from, problem: /without the key/, remediation: /such as/ });
  });

  test.each([undefined, 4])('imports the bandwidth and the rule of an address, with partitions %s', (partitions) => {
    const stack = makeStack();
    const set = fleet(stack, { egressOnly: true, partitions });
    set.importAddressFrom('ipv6-1', 'ipv6bw-1');
    set.importEgressOnlyRuleFrom('ipv6-1', 'ipv6gw-1:ipv6py-1');
    set.moveEgressOnlyRuleFromId('ipv6-2', `${RULE}.by_hand`);
    const tf = synth(stack);
    const [bandwidth, rule] = tf.import!.map(({ to }: { to: string }) => to);
    expect(tf.import).toEqual([{ id: 'ipv6bw-1', to: bandwidth }, { id: 'ipv6gw-1:ipv6py-1', to: rule }]);
    expect(bandwidth).toMatch(/^alicloud_vpc_ipv6_internet_bandwidth\.\w+\["ipv6-1"\]$/);
    expect(rule).toBe(bandwidth.replace(BANDWIDTH, RULE).replace('[', '_EgressOnlyRule['));
    expect(tf.moved).toEqual([{ from: `${RULE}.by_hand`, to: expect.stringMatching(/^alicloud_vpc_ipv6_egress_rule\.\w+_EgressOnlyRule\["ipv6-2"\]$/) }]);
    for (const { lifecycle } of [...Object.values<any>(resources(tf, BANDWIDTH)), ...Object.values<any>(resources(tf, RULE))]) {
      expect(lifecycle.postcondition).toContainEqual({ condition: expect.stringContaining('each.key'), error_message: expect.any(String) });
    }
  });

  test.each<[string, (set: Ipv6InternetBandwidths) => void]>([
    ['an import of a rule', (set) => set.importEgressOnlyRuleFrom('ipv6-1', 'ipv6gw-1:ipv6py-1')],
    ['a move of a rule', (set) => set.moveEgressOnlyRuleFromId('ipv6-1', `${RULE}.by_hand`)],
  ])('refuses %s without egress-only rules', (_, act) => {
    const set = fleet(makeStack());
    expectRefusal(() => act(set), { path: 'stack/Fleet', actual: 'ipv6-1', problem: /requires a set with egress-only rules/, remediation: /(set egressOnly to true|write egressOnly: true)/ });
  });

  test.each<[string, (set: Ipv6InternetBandwidths) => void, string]>([
    ['a move into a whole block', ({ resources: [block] }) => block.moveFromId(`${BANDWIDTH}.Web`), `${BANDWIDTH}.Web`],
    ['a move away', ({ resources: [block] }) => block.moveTo('target'), 'target'],
    ['a move away by an address', ({ resources: [block] }) => block.moveToId(`${BANDWIDTH}.Web`), `${BANDWIDTH}.Web`],
    ['an import into a whole block', ({ resources: [block] }) => block.importFrom('ipv6bw-1'), 'ipv6bw-1'],
  ])('refuses %s of its resources', (_, act, actual) => {
    const set = fleet(makeStack());
    expectRefusal(() => act(set), { path: 'stack/Fleet', actual, remediation: /remove the construct|importAddressFrom|moveAddressFromId/ });
  });

  test('refuses an id that it cannot hash', () => {
    const stack = makeStack();
    expectRefusal(() => fleet(stack).moveAddressFromId('${var.id}', `${BANDWIDTH}.Web`), { path: 'stack/Fleet', actual: '${var.id}', remediation: /write the id/ });
  });

  test('can lose a member to a single bandwidth', () => {
    const stack = makeStack();
    const { resource } = new Ipv6InternetBandwidth(stack, 'Web', { ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'A', 'ipv6-1'), bandwidth: 1, egressOnly: true });
    resource.moveFromId(`${BANDWIDTH}.Fleet_0A1B2C3D_7["ipv6-1"]`);
    expect(synth(stack).moved).toEqual(expect.arrayContaining([
      { from: `${BANDWIDTH}.Fleet_0A1B2C3D_7["ipv6-1"]`, to: `${BANDWIDTH}.${resource.friendlyUniqueId}` },
      { from: `${RULE}.Fleet_0A1B2C3D_7_EgressOnlyRule["ipv6-1"]`, to: `${RULE}.${resource.friendlyUniqueId}_EgressOnlyRule` },
    ]));
  });
});

describe('the exposure of a set', () => {
  test('is one row', () => {
    const app = makeApp();
    const stack = makeStack(app);
    fleet(stack, { egressOnly: true });
    fleet(stack, { ipv6Addresses: Ipv6Addresses.fromVpcId(stack, 'All', 'vpc-2') }, 'Open');
    expect(Ipv6ExposureReport.addTo(app).rows()).toEqual([
      expect.objectContaining({ constructPath: 'stack/Fleet', address: 'instances i-1, i-2', addresses: 2, inbound: Ipv6Inbound.CLOSED, handWritten: false }),
      expect.objectContaining({ constructPath: 'stack/Open', address: 'VPC vpc-2', addresses: undefined, inbound: Ipv6Inbound.OPEN }),
    ]);
  });

  test('is one finding, at the set, which can be acknowledged', () => {
    const app = makeApp();
    const stack = makeStack(app);
    const set = fleet(stack, { ipv6Addresses: instancesOf(stack, listVariable(stack)) });
    const rules = Ipv6ExposureRules.addTo(app, { maxBandwidthPerAddress: 4 });
    expect(rules.findings().map(({ constructPath, ruleId }) => [constructPath, ruleId])).toEqual([['stack/Fleet', 'Ipv6EgressOnlyRequired'], ['stack/Fleet', 'Ipv6BandwidthPerAddress']]);
    for (const rule of ['Ipv6BandwidthPerAddress', 'Ipv6EgressOnlyRequired']) Ipv6ExposureRules.acknowledge(set, rule, { reason: 'a mirror' });
    expect(rules.findings().map(({ acknowledgedReason }) => acknowledgedReason)).toEqual(['a mirror', 'a mirror']);
    expect(() => app.synth()).not.toThrow();
  });

  test('is added up for its gateway if the synthesis knows the number of addresses', () => {
    const app = makeApp();
    const stack = makeStack(app);
    fleet(stack, { ipv6Addresses: instancesOf(stack, ['i-1', 'i-2', 'i-3']), egressOnly: true });
    expect(Ipv6ExposureRules.addTo(app, { maxBandwidthPerGateway: 15 }).findings()).toEqual([]);
    expect(Ipv6ExposureRules.addTo(app, { maxBandwidthPerGateway: 14 }).findings().map(({ actual }) => actual)).toEqual(['15 Mbit/s in all']);
    expect(Ipv6ExposureRules.addTo(app, { maxEgressOnlyRulesPerGateway: 2 }).findings().map(({ actual }) => actual)).toEqual(['3 egress-only rules']);
  });

  test.each<[string, (set: Ipv6InternetBandwidths) => unknown]>([
    ['one of its rules is for another address', (set) => set.egressOnlyRuleResources[0].addOverride('instance_id', 'ipv6-other')],
    ['one of its bandwidths is for another set', (set) => set.resources[0].addOverride('ipv6_address_id', '${each.value}')],
  ])('is not closed if %s', (_, change) => {
    const app = makeApp();
    const stack = makeStack(app);
    const set = fleet(stack, { egressOnly: true });
    const report = Ipv6ExposureReport.addTo(app);
    expect(report.rows().map(({ inbound }) => inbound)).toEqual([Ipv6Inbound.CLOSED]);
    change(set);
    expect(report.rows().map(({ inbound }) => inbound)).toEqual([expect.not.stringMatching('closed')]);
  });

  test('has the permissions of its resources and lookups', () => {
    const stack = makeStack();
    fleet(stack, { egressOnly: true });
    expect(Ipv6RamPolicy.of(stack).actions).toEqual(expect.arrayContaining(['vpc:AllocateIpv6InternetBandwidth', 'vpc:CreateIpv6EgressOnlyRule', 'vpc:DescribeIpv6Addresses']));
  });
});

function messageOf(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
}

import { TerraformOutput, TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { IIpv6Address, Ipv6Address, Ipv6AddressLookup, Ipv6Gateway, Ipv6InternetBandwidth } from '../../src';
import { BandwidthAddress, bindAddress } from '../../src/lookups/bandwidth-address';
import {
  ADDRESSES, aliasedProvider, BANDWIDTH, BANDWIDTHS, checksOf, problemsOf, dataSources, GATEWAYS, makeStack, only, otherResource,
  resources, resolved, RULE,
  synth, Synthesized, textVariable, writtenOut,
} from '../synth';

function bandwidthFor(ipv6Address: IIpv6Address, stack: TerraformStack, props = {}) {
  return new Ipv6InternetBandwidth(stack, `Bandwidth${stack.node.children.length}`, { ipv6Address, bandwidth: 5, egressOnly: false, ...props });
}

function lookups(tf: Synthesized): any[] {
  return Object.values(dataSources(tf, ADDRESSES));
}

/** The data sources that a bandwidth's arguments are read from. */
function readFrom(tf: Synthesized, args: any): string[] {
  const text = writtenOut(tf, `${args.ipv6_address_id} ${args.ipv6_gateway_id}`);
  return [...new Set([...text.matchAll(/data\.\w+\.([\w-]+)/g)].map(([, name]) => name))];
}

describe('one lookup', () => {
  test('serves 1,000 addresses of a VPC', () => {
    const stack = makeStack();
    for (let i = 0; i < 500; i++) bandwidthFor(Ipv6Address.fromIpv6AddressId(stack, `ById${i}`, `ipv6-${i}`, { vpcId: 'vpc-1' }), stack);
    for (let i = 0; i < 250; i++) bandwidthFor(Ipv6Address.fromInstanceId(stack, `ByInstance${i}`, `i-${i}`, { vpcId: 'vpc-1' }), stack);
    for (let i = 0; i < 250; i++) bandwidthFor(Ipv6Address.fromNetworkInterfaceId(stack, `ByInterface${i}`, `eni-${i}`, { vpcId: 'vpc-1' }), stack, { egressOnly: true });
    const tf = synth(stack);
    expect(Object.keys(resources(tf, BANDWIDTH))).toHaveLength(1000);
    expect(tf.data).toEqual({ [ADDRESSES]: { [Object.keys(tf.data![ADDRESSES])[0]]: { vpc_id: 'vpc-1' } } });

    // Nor does a table grow in number: each is made once, and read by key.
    const tables = Object.values(tf.locals!).filter((value) => typeof value === 'string' && value.startsWith('${{ for'));
    expect(tables.length).toBeLessThanOrEqual(5);
  });

  test('lists the region for all addresses without a VPC', () => {
    const stack = makeStack();
    for (let i = 0; i < 5; i++) bandwidthFor(Ipv6Address.fromIpv6AddressId(stack, `Address${i}`, `ipv6-${i}`), stack);
    expect(lookups(synth(stack))).toEqual([{}]);
  });

  test('serves constructs inside modules', () => {
    const stack = makeStack();
    for (const id of ['a', 'b']) {
      const module = otherResource(stack, id, 'alicloud_module');
      new Ipv6InternetBandwidth(module, 'Bandwidth', { ipv6Address: Ipv6Address.fromIpv6AddressId(module, 'Address', `ipv6-${id}`), bandwidth: 5 });
    }
    expect(lookups(synth(stack))).toEqual([{}]);
  });

  test('serves reads of the attributes of addresses and gateways too', () => {
    const stack = makeStack();
    const address = Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-1', { vpcId: 'vpc-1' });
    bandwidthFor(address, stack);
    for (const read of ['ipv6AddressLiteral', 'ipv6GatewayId'] as const) expect(resolved(stack, address[read])).toMatch(/^\$\{local\.Address_/);
    expect(lookups(synth(stack))).toEqual([{ vpc_id: 'vpc-1' }]);
  });

  test('serves all constructs that look up the gateway of a VPC', () => {
    const stack = makeStack();
    for (let i = 0; i < 5; i++) {
      const ipv6Gateway = Ipv6Gateway.fromVpcId(stack, `Gateway${i}`, 'vpc-1');
      bandwidthFor(Ipv6Address.fromIpv6AddressAttributes(stack, `Address${i}`, { ipv6AddressId: `ipv6-${i}` }), stack, { ipv6Gateway });
    }
    const tf = synth(stack);
    const data = only(dataSources(tf, GATEWAYS));
    expect(data.vpc_id).toBe('vpc-1');
    // No condition is of the data source: it would stop a destroy.
    expect(data.lifecycle).toBeUndefined();
    expect(checksOf(tf).filter(({ error_message: message }) => /^stack\/Bandwidth\d+, stack\/Bandwidth\d+, stack\/Bandwidth\d+ and 2 more: .* has no IPv6 gateway/.test(message))).toHaveLength(1);
  });

  test('serves constructs that read the same VPC id with different tokens', () => {
    const stack = makeStack();
    const vpc = otherResource(stack, 'Vpc', 'alicloud_vpc');
    for (const i of [1, 2]) bandwidthFor(Ipv6Address.fromIpv6AddressId(stack, `Address${i}`, `ipv6-${i}`, { vpcId: vpc.getStringAttribute('id') }), stack);
    expect(lookups(synth(stack))).toEqual([{ vpc_id: `\${alicloud_vpc.${vpc.friendlyUniqueId}.id}` }]);
  });

  test('is created only if a construct uses it', () => {
    const stack = makeStack();
    Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-1');
    Ipv6Gateway.fromVpcId(stack, 'Gateway', 'vpc-1');
    expect(synth(stack).data).toBeUndefined();
  });
});

describe('a lookup of its own', () => {
  test('is created for each VPC', () => {
    const stack = makeStack();
    const found = ['vpc-1', 'vpc-2', undefined, '${var.a}', '${var.b}'].map((vpcId, i) =>
      bandwidthFor(Ipv6Address.fromIpv6AddressId(stack, `Address${i}`, `ipv6-${i}`, vpcId === undefined ? {} : { vpcId }), stack));
    const tf = synth(stack);
    expect(lookups(tf)).toHaveLength(5);
    const read = found.map(({ resource }) => readFrom(tf, resources(tf, BANDWIDTH)[resource.friendlyUniqueId]));
    expect(read.map((names) => names.map((name) => tf.data![ADDRESSES][name].vpc_id))).toEqual([['vpc-1'], ['vpc-2'], [undefined], ['${var.a}'], ['${var.b}']]);
  });

  test('is created for each provider block of a lookup or a bandwidth', () => {
    const stack = makeStack();
    const providers = [undefined, aliasedProvider(stack), aliasedProvider(stack, 'shanghai')];
    for (let i = 0; i < 6; i++) {
      bandwidthFor(Ipv6Address.fromIpv6AddressId(stack, `Address${i}`, `ipv6-${i}`, { vpcId: 'vpc-1', provider: providers[i % 3] }), stack);
    }
    bandwidthFor(Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-last', { vpcId: 'vpc-1' }), stack, { provider: providers[1] });
    const tf = synth(stack);
    expect(lookups(tf).map(({ provider }) => provider).sort()).toEqual(['alicloud.beijing', 'alicloud.shanghai', undefined]);
    for (const args of Object.values(resources(tf, BANDWIDTH))) {
      for (const name of readFrom(tf, args)) expect(tf.data![ADDRESSES][name].provider).toBe(args.provider);
    }
  });

  test('is created for an instance of the stack, whose addresses are in no earlier list', () => {
    const stack = makeStack();
    const instance = otherResource(stack, 'Instance', 'alicloud_instance');
    bandwidthFor(Ipv6Address.fromInstanceId(stack, 'Address', instance.getStringAttribute('id'), { vpcId: 'vpc-1' }), stack);
    bandwidthFor(Ipv6Address.fromInstanceId(stack, 'Known', 'i-1', { vpcId: 'vpc-1' }), stack);
    bandwidthFor(Ipv6Address.fromNetworkInterfaceId(stack, 'Later', textVariable(stack, 'eni')), stack);
    expect(lookups(synth(stack))).toEqual(expect.arrayContaining([
      { vpc_id: 'vpc-1', associated_instance_id: `\${alicloud_instance.${instance.friendlyUniqueId}.id}` },
      { vpc_id: 'vpc-1', for_each: '${toset(["i-1"])}', associated_instance_id: '${each.value}' },
      { associated_instance_id: '${var.eni}' },
    ]));
  });

  test('is shared by two addresses of that instance', () => {
    const stack = makeStack();
    const instance = otherResource(stack, 'Instance', 'alicloud_instance');
    for (const ipv6Address of ['2408::1', '2408::2']) {
      bandwidthFor(Ipv6Address.fromInstanceId(stack, `Address${ipv6Address.slice(-1)}`, instance.getStringAttribute('id'), { ipv6Address }), stack);
    }
    expect(lookups(synth(stack))).toHaveLength(1);
  });

  test('is not shared by two VPCs that name the same instance token', () => {
    const stack = makeStack();
    const gateway = { ipv6Gateway: Ipv6Gateway.fromIpv6GatewayId(stack, 'Gateway', 'ipv6gw-1') };
    const instance = textVariable(stack, 'instance');
    bandwidthFor(Ipv6Address.fromInstanceId(stack, 'A', instance, { vpcId: 'vpc-1', ipv6Address: '2408::1' }), stack, gateway);
    bandwidthFor(Ipv6Address.fromInstanceId(stack, 'B', instance, { vpcId: 'vpc-2', ipv6Address: '2408::2' }), stack, gateway);
    const tf = synth(stack);
    expect(lookups(tf).map(({ vpc_id: vpcId }) => vpcId).sort()).toEqual(['vpc-1', 'vpc-2']);
  });
});

test('provider blocks whose paths differ in their separators alone have lookups of their own', () => {
  const stack = makeStack();
  const inner = aliasedProvider(new Construct(stack, 'x') as TerraformStack, 'y');
  const other = aliasedProvider(stack, 'x--y');
  bandwidthFor(Ipv6Address.fromIpv6AddressId(stack, 'A', 'ipv6-1', { provider: inner }), stack);
  bandwidthFor(Ipv6Address.fromIpv6AddressId(stack, 'B', 'ipv6-2', { provider: other }), stack);
  expect(lookups(synth(stack)).map(({ provider }) => provider).sort()).toEqual(['alicloud.x--y', 'alicloud.y']);
});

test.each(['Ipv6Lookups', 'Ipv6AddressIds', 'Ipv6DestroyBeforeCreate', 'Ipv6UniqueAddresses', 'Ipv6RequiredVersion'])('an output of the user\'s may be named %s, before and after', (name) => {
  for (const first of [true, false]) {
    const stack = makeStack();
    const output = () => new TerraformOutput(stack, name, { value: 'the user\'s' });
    if (first) output();
    bandwidthFor(Ipv6Address.fromIpv6AddressId(stack, 'A', 'ipv6-1'), stack);
    bandwidthFor(Ipv6Address.fromInstanceId(stack, 'B', 'i-1'), stack);
    if (!first) output();
    const tf = synth(stack);
    expect(tf.output).toEqual({ [name]: { value: 'the user\'s' } });
    expect(tf.terraform!.required_version).toBe('>= 1.4.0');
    expect(Object.keys(resources(tf, BANDWIDTH))).toHaveLength(2);
  }
});

describe('instances and interfaces', () => {
  const EACH = { vpc_id: 'vpc-1', associated_instance_id: '${each.value}' };

  function lookupOf(count: number, options: { lookup?: Ipv6AddressLookup } = {}, further?: (stack: TerraformStack) => void): any[] {
    const stack = makeStack();
    for (let i = 0; i < count; i++) {
      bandwidthFor(Ipv6Address.fromInstanceId(stack, `Address${i}`, `i-${i}`, { vpcId: 'vpc-1', ...options }), stack);
    }
    further?.(stack);
    return lookups(synth(stack));
  }

  test.each([
    ['20 instances are looked up one by one', 20, {}, true],
    ['21 instances are looked up in a list', 21, {}, false],
    ['1 instance is looked up in a list with LIST', 1, { lookup: Ipv6AddressLookup.LIST }, false],
    ['50 instances are looked up one by one with EACH', 50, { lookup: Ipv6AddressLookup.EACH }, true],
  ])('%s', (_, count, options, oneByOne) => {
    const ids = Array.from({ length: count }, (__, i) => `"i-${i}"`).join(', ');
    expect(lookupOf(count, options)).toEqual([oneByOne ? { ...EACH, for_each: `\${toset([${ids}])}` } : { vpc_id: 'vpc-1' }]);
  });

  test('use a list that an address by its id needs anyway', () => {
    expect(lookupOf(3, {}, (stack) => bandwidthFor(Ipv6Address.fromIpv6AddressId(stack, 'ById', 'ipv6-1', { vpcId: 'vpc-1' }), stack))).toEqual([{ vpc_id: 'vpc-1' }]);
  });

  test('can be looked up in a vSwitch', () => {
    const stack = makeStack();
    bandwidthFor(Ipv6Address.fromInstanceId(stack, 'Address', 'i-1', { vpcId: 'vpc-1', vswitchId: 'vsw-1' }), stack);
    expect(lookups(synth(stack))).toEqual([{ ...EACH, vswitch_id: 'vsw-1', for_each: '${toset(["i-1"])}' }]);
  });
});

describe('an address by its id alone', () => {
  const EACH = { for_each: '${toset(["ipv6-1"])}', ipv6_address_id: '${each.value}' };

  test('is looked up by one call, whose answer has its gateway', () => {
    const stack = makeStack();
    bandwidthFor(Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-1', { vpcId: 'vpc-1', lookup: Ipv6AddressLookup.EACH }), stack, { egressOnly: true });
    const tf = synth(stack);
    expect(tf.data).toEqual({ [BANDWIDTHS]: { [Object.keys(tf.data![BANDWIDTHS])[0]]: EACH } });
    expect(writtenOut(tf, only(resources(tf, BANDWIDTH)).ipv6_gateway_id)).toContain('ipv6_gateway_id = b.ipv6_gateway_id');
    // Nothing is checked of which the answer says nothing.
    expect(JSON.stringify(problemsOf(tf))).not.toMatch(/a\.(status|ipv6_address|associated_instance_type|vpc_id)\b/);
    expect(only(resources(tf, RULE)).lifecycle.precondition).toBeUndefined();
  });

  test('is compared by the id of its gateway, and not by its VPC', () => {
    const stack = makeStack();
    bandwidthFor(Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-1', { vpcId: 'vpc-1', lookup: Ipv6AddressLookup.EACH }), stack, {
      ipv6Gateway: Ipv6Gateway.fromIpv6GatewayAttributes(stack, 'Gateway', { ipv6GatewayId: 'ipv6gw-1', vpcId: 'vpc-1' }),
    });
    const tf = synth(stack);
    expect(problemsOf(tf).join()).toContain('a.ipv6_gateway_id == "ipv6gw-1"');
  });

  test('has no literal address', () => {
    const stack = makeStack();
    expect(Ipv6Address.fromIpv6AddressId(stack, 'Each', 'ipv6-1', { lookup: Ipv6AddressLookup.EACH }).ipv6AddressLiteral).toBeUndefined();
    expect(Ipv6Address.fromIpv6AddressId(stack, 'List', 'ipv6-1').ipv6AddressLiteral).toBeDefined();
  });
});

test.each(['Each', 'List'] as Ipv6AddressLookup[])('a lookup can be %s, and no other string', (lookup) => {
  const stack = makeStack();
  expect(() => Ipv6Address.fromInstanceId(stack, 'Good', 'i-1', { lookup })).not.toThrow();
  expect(() => Ipv6Address.fromInstanceId(stack, 'Bad', 'i-1', { lookup: 'each' as Ipv6AddressLookup }))
    .toThrow('stack/Bad: lookup must be Ipv6AddressLookup.LIST or Ipv6AddressLookup.EACH, known at synth, got "each": use Ipv6AddressLookup');
});

describe('a lookup\'s arguments', () => {
  test('have no depends_on, even if the stack creates other resources', () => {
    const stack = makeStack();
    const ipv6Gateway = new Ipv6Gateway(stack, 'Gateway', { vpcId: 'vpc-1' });
    bandwidthFor(Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-1', { vpcId: 'vpc-1' }), stack, { ipv6Gateway, egressOnly: true });
    bandwidthFor(new Ipv6Address(stack, 'Owned', { vswitchId: 'vsw-1' }), stack, { ipv6Gateway });
    const tf = synth(stack);
    expect(Object.keys(tf.data!)).toEqual([ADDRESSES]);
    const { [ADDRESSES]: addresses, ...others } = tf.data!;
    expect(JSON.stringify(tf.data)).not.toContain('depends_on');
    expect(JSON.stringify(addresses)).not.toContain('${');
    expect(JSON.stringify(others)).not.toMatch(/\$\{[^}]*alicloud_vpc_ipv6_(gateway|address|internet_bandwidth)\./);
  });

  test('name no owned address', () => {
    const stack = makeStack();
    bandwidthFor(new Ipv6Address(stack, 'Owned', { vswitchId: 'vsw-1' }), stack, { ipv6Gateway: new Ipv6Gateway(stack, 'Gateway', { vpcId: 'vpc-1' }) });
    expect(synth(stack).data).toBeUndefined();
  });

  test('do not change when an address is added to a list', () => {
    const build = (count: number) => {
      const stack = makeStack();
      for (let i = 0; i < count; i++) {
        bandwidthFor(Ipv6Address.fromInstanceId(stack, `Address${i}`, `i-${i}`, { vpcId: 'vpc-1', lookup: Ipv6AddressLookup.LIST }), stack, { ipv6Gateway: Ipv6Gateway.fromVpcId(stack, `Gateway${i}`, 'vpc-1') });
      }
      return synth(stack);
    };
    const [few, more] = [build(3), build(4)];
    expect(few.data![ADDRESSES]).toEqual(more.data![ADDRESSES]);
    expect(Object.keys(few.data![GATEWAYS])).toEqual(Object.keys(more.data![GATEWAYS]));
    for (const [name, args] of Object.entries(resources(few, BANDWIDTH))) expect(resources(more, BANDWIDTH)[name]).toEqual(args);
    for (const [name, value] of Object.entries(few.locals!).filter(([, local]) => typeof local === 'string')) expect(more.locals![name]).toBe(value);
  });
});

test('a path with marks of Terraform\'s templates or quotes in it stays a text', () => {
  const stack = makeStack();
  const ipv6Address = Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-1');
  new Ipv6InternetBandwidth(stack, 'a ${b} %{c} "d"', { ipv6Address, bandwidth: 5 });
  expect(Object.keys(JSON.parse(Testing.synth(stack)).locals.ipv6_wanted)).toEqual([expect.stringMatching(/^stack\/a \$\$\{b\} %%\{c\} /)]);
});

// jsii refuses a clause `implements` of an internal interface: the compiler checks it here.
test('an Ipv6Address binds itself to a bandwidth', () => {
  const stack = makeStack();
  const address: Ipv6Address & BandwidthAddress = new Ipv6Address(stack, 'Address', { vswitchId: 'vsw-a' });
  expect(bindAddress(address, new Construct(stack, 'Bandwidth')).foundBy).toBe('owned');
});

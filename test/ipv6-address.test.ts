import { Testing } from 'cdktf';
import { Construct } from 'constructs';
import { expectRefusal } from './mistakes';
import {
  ADDRESS, addressOf, ADDRESSES, aliasedProvider, dataSources, makeApp, makeStack, only, resolved, resources, synth,
  Synthesized, textVariable, writtenOut,
} from './synth';
import { IIpv6Address, Ipv6Address, Ipv6AddressProps, Ipv6InternetBandwidth, providerAlicloud } from '../src';

function make(props: Partial<Record<keyof Ipv6AddressProps, any>>, scope: Construct = makeStack()) {
  return new Ipv6Address(scope, 'Address', { vswitchId: 'vsw-1', ...props });
}

/** What an attribute of a looked-up address is in the end, its locals written out. */
function valueOf(address: IIpv6Address, attribute: 'ipv6AddressId' | 'ipv6AddressLiteral' | 'ipv6GatewayId'): { tf: Synthesized; text: string } {
  const stack = address.node.scope as any;
  const value = resolved(stack, address[attribute]);
  const tf = synth(stack);
  return { tf, text: writtenOut(tf, value) };
}

test('has the Terraform resource as its default child', () => {
  const address = make({});
  expect(address.node.defaultChild).toBe(address.resource);
  expect(address.resource).toBeInstanceOf(providerAlicloud.vpcIpv6Address.VpcIpv6Address);
});

describe('the synthesized resource', () => {
  test('passes all props to their arguments', () => {
    const stack = makeStack();
    new Ipv6Address(stack, 'Address', {
      vswitchId: 'vsw-1',
      ipv6Address: '2408:4005:1234:5600::1',
      ipv6AddressName: 'to the data centre',
      description: 'routed, not assigned',
      resourceGroupId: 'rg-1',
      tags: { team: 'network' },
      timeouts: { create: '10m', update: '11m', delete: '12m' },
      provider: aliasedProvider(stack),
    });
    expect(only(resources(synth(stack), ADDRESS))).toEqual({
      vswitch_id: 'vsw-1',
      ipv6_address: '2408:4005:1234:5600::1',
      ipv6_address_name: 'to the data centre',
      ipv6_address_description: 'routed, not assigned',
      resource_group_id: 'rg-1',
      tags: { team: 'network' },
      timeouts: { create: '10m', update: '11m', delete: '12m' },
      provider: 'alicloud.beijing',
    });
  });

  test('writes only the arguments that are set', () => {
    const stack = makeStack();
    make({}, stack);
    const tf = synth(stack);
    expect(only(resources(tf, ADDRESS))).toEqual({ vswitch_id: 'vsw-1' });
    expect(tf.data).toBeUndefined();
    expect(tf.terraform!.required_version).toBeUndefined();
  });

  test('has an id, a literal and a status, and neither gateway nor VPC', () => {
    const stack = makeStack();
    const address: IIpv6Address & Ipv6Address = make({}, stack);
    expect(resolved(stack, [address.ipv6AddressId, address.ipv6AddressLiteral, address.status])).toEqual(
      ['id', 'ipv6_address', 'status'].map((attribute) => `\${${addressOf(address.resource)}.${attribute}}`),
    );
    expect([(address as IIpv6Address).ipv6GatewayId, (address as IIpv6Address).vpcId]).toEqual([undefined, undefined]);
  });
});

test.each<[keyof Ipv6AddressProps, any, RegExp]>([
  ['vswitchId', undefined, /^vswitchId must be the id of a vSwitch/],
  ['ipv6Address', 'fc00::1', /^ipv6Address must not be a unique local address/],
  ['ipv6AddressName', 'n', /^ipv6AddressName must be 2 to 128 characters/],
  ['description', 'http://a', /^description must be 2 to 256 characters/],
  ['resourceGroupId', 'vpc-1', /^resourceGroupId must be the id of a resource group/],
  ['tags', 'team', /^tags must be a map of strings/],
  ['timeouts', '10m', /^timeouts must be an object/],
  ['provider', 'alicloud.beijing', /^provider must be a provider construct/],
])('%s is validated', (property, actual, problem) => {
  expectRefusal(() => make({ [property]: actual }), { path: 'stack/Address', actual, problem });
});

test('the props are validated', () => {
  expectRefusal(() => new Ipv6Address(makeStack(), 'Address', undefined as any), { path: 'stack/Address', actual: undefined, remediation: /: pass / });
});

test('accepts a value that only Terraform knows', () => {
  const stack = makeStack();
  make({ vswitchId: textVariable(stack, 'vswitch'), ipv6Address: '${var.literal}', ipv6AddressName: '${var.name}', description: '${var.text}', resourceGroupId: textVariable(stack, 'group') }, stack);
  expect(only(resources(synth(stack), ADDRESS))).toEqual({
    vswitch_id: '${var.vswitch}', ipv6_address: '${var.literal}', ipv6_address_name: '${var.name}', ipv6_address_description: '${var.text}', resource_group_id: '${var.group}',
  });
});

describe('fromIpv6AddressAttributes', () => {
  test('creates nothing, looks nothing up, and returns the given attributes', () => {
    const stack = makeStack();
    const address = Ipv6Address.fromIpv6AddressAttributes(stack, 'Address', { ipv6AddressId: 'ipv6-1', ipv6GatewayId: 'ipv6gw-1', vpcId: 'vpc-1' });
    expect([address.ipv6AddressId, address.ipv6GatewayId, address.vpcId, address.ipv6AddressLiteral]).toEqual(['ipv6-1', 'ipv6gw-1', 'vpc-1', undefined]);
    const tf = synth(stack);
    expect([tf.resource, tf.data, tf.locals]).toEqual([undefined, undefined, undefined]);
  });

  const good = { ipv6AddressId: 'ipv6-1', ipv6GatewayId: 'ipv6gw-1', vpcId: 'vpc-1' };
  test.each([
    ['ipv6AddressId', null, 'MissingParam.Ipv6InstanceId'], ['ipv6GatewayId', 'vpc-1', undefined], ['vpcId', 'vsw-1', undefined],
  ] as const)('validates %s', (attribute, actual, code) => {
    expectRefusal(() => Ipv6Address.fromIpv6AddressAttributes(makeStack(), 'Address', { ...good, [attribute]: actual }), {
      path: 'stack/Address', actual, code, problem: new RegExp(`^${attribute} must be the id of`),
    });
  });

  test('accepts a value that only Terraform knows', () => {
    const stack = makeStack();
    const address = Ipv6Address.fromIpv6AddressAttributes(stack, 'Address', { ipv6AddressId: textVariable(stack, 'a'), ipv6GatewayId: textVariable(stack, 'b'), vpcId: textVariable(stack, 'c') });
    expect(resolved(stack, [address.ipv6AddressId, address.ipv6GatewayId, address.vpcId])).toEqual(['${var.a}', '${var.b}', '${var.c}']);
  });

  test.each([['nothing', undefined, undefined], ['null', null, null], ['no id', { vpcId: 'vpc-1' }, undefined]])('fails when given %s', (_, attrs, actual) => {
    expectRefusal(() => Ipv6Address.fromIpv6AddressAttributes(makeStack(), 'Address', attrs as any), { path: 'stack/Address', actual, remediation: /pass (\{ ipv6AddressId|the id)/ });
  });
});

const LOOKUPS: [method: 'fromIpv6AddressId' | 'fromInstanceId' | 'fromNetworkInterfaceId', prefix: 'ipv6-' | 'i-' | 'eni-', prop: string][] = [
  ['fromIpv6AddressId', 'ipv6-', 'ipv6AddressId'],
  ['fromInstanceId', 'i-', 'instanceId'],
  ['fromNetworkInterfaceId', 'eni-', 'networkInterfaceId'],
];

describe.each(LOOKUPS)('%s', (method, prefix, prop) => {
  const goodId = `${prefix}bp1a2b3c4d`;
  const find = (id: any, options?: any, scope: Construct = makeStack()) => Ipv6Address[method](scope, 'Address', id, options);

  test('creates nothing', () => {
    const stack = makeStack();
    find(goodId, {}, stack);
    const tf = synth(stack);
    expect([tf.resource, tf.data, tf.locals]).toEqual([undefined, undefined, undefined]);
  });

  test('validates the id', () => {
    expectRefusal(() => find(undefined), {
      path: 'stack/Address',
      actual: undefined,
      code: method === 'fromIpv6AddressId' ? 'MissingParam.Ipv6InstanceId' : undefined,
      problem: new RegExp(`^${prop} must be the id of`),
      remediation: new RegExp(`pass the id, ${prefix}`),
    });
  });

  test.each(['vpcId', 'vswitchId'])('validates %s', (option) => {
    expectRefusal(() => find(goodId, { [option]: 'rg-1' }), { path: 'stack/Address', actual: 'rg-1', problem: new RegExp(`^${option} must be`), remediation: /pass (the|its) id/ });
  });

  test('accepts a value that only Terraform knows', () => {
    const stack = makeStack();
    const { ipv6AddressId, ipv6GatewayId } = find(textVariable(stack, 'id'), { vpcId: textVariable(stack, 'vpc') }, stack);
    const written = resolved(stack, [ipv6AddressId, ipv6GatewayId]);
    const tf = synth(stack);
    expect(writtenOut(tf, written[0])).toContain('${var.id}');
    expect(writtenOut(tf, written[1])).toContain('ipv6_gateway_id');
    expect(only(dataSources(tf, ADDRESSES)).vpc_id).toBe('${var.vpc}');
  });

  test('fails when the options are null, or the provider is of another stack', () => {
    const app = makeApp();
    const provider = aliasedProvider(makeStack(app, 'elsewhere'));
    expectRefusal(() => find(goodId, null), { path: 'stack/Address', actual: null, remediation: /: pass / });
    expectRefusal(() => find(goodId, { provider }, makeStack(app)), { path: 'stack/Address', actual: provider, remediation: /create an AlicloudProvider/ });
  });

  test('looks in the VPC, with the provider block of the options', () => {
    const stack = makeStack();
    const { tf, text } = valueOf(find(goodId, { vpcId: 'vpc-1', provider: aliasedProvider(stack) }, stack), 'ipv6GatewayId');
    expect(only(dataSources(tf, ADDRESSES))).toMatchObject({ vpc_id: 'vpc-1', provider: 'alicloud.beijing' });
    expect(text).toContain(`data.${ADDRESSES}.`);
    expect(text).toMatch(/^\$\{local\.[\w-]+\}/);
    expect(text).toContain('.ipv6_gateway_id');
  });

  test('has the literal of the found address', () => {
    const { text } = valueOf(find(goodId), 'ipv6AddressLiteral');
    expect(text).toContain('.ipv6_address');
    expect(text).toContain(goodId);
  });

  test('has the same values at a second read, and the same bytes in a second synthesis', () => {
    const stack = makeStack();
    const address = find(goodId, { vpcId: 'vpc-1' }, stack);
    expect(resolved(stack, address.ipv6AddressId)).toBe(resolved(stack, address.ipv6AddressId));
    expect(resolved(stack, address.ipv6GatewayId)).toBe(resolved(stack, address.ipv6GatewayId));
    expect(Testing.synth(stack)).toBe(Testing.synth(stack));
  });
});

describe('fromIpv6AddressId', () => {
  test('names the method for a literal address if the id is one', () => {
    expectRefusal(() => Ipv6Address.fromIpv6AddressId(makeStack(), 'Address', '2408:4005::1'), {
      path: 'stack/Address', actual: '2408:4005::1', problem: /not the address itself/, code: 'MissingParam.Ipv6InstanceId', remediation: /Ipv6Address\.fromInstanceId/,
    });
  });

  test('keeps a literal id', () => {
    expect(Ipv6Address.fromIpv6AddressId(makeStack(), 'Address', 'ipv6-1').ipv6AddressId).toBe('ipv6-1');
  });
});

test('an address is looked up in the VPC that its options had', () => {
  const stack = makeStack();
  const options = { vpcId: 'vpc-1' };
  const addresses = ['i-1', 'i-2'].map((id, i) => Ipv6Address.fromInstanceId(stack, id, id, Object.assign(options, { vpcId: `vpc-${i + 1}` })));
  addresses.forEach((ipv6Address, i) => new Ipv6InternetBandwidth(stack, `Bandwidth${i}`, { ipv6Address, bandwidth: 5, egressOnly: false }));
  expect(Object.values(dataSources(synth(stack), ADDRESSES)).map(({ for_each: ids, vpc_id: vpcId }) => [ids, vpcId])).toEqual([
    ['${toset(["i-1"])}', 'vpc-1'], ['${toset(["i-2"])}', 'vpc-2'],
  ]);
});

describe.each([['fromInstanceId', 'i-1'], ['fromNetworkInterfaceId', 'eni-1']] as const)('%s', (method, id) => {
  test('validates the literal', () => {
    expectRefusal(() => Ipv6Address[method](makeStack(), 'Address', id, { ipv6Address: 'fc00::1' }), {
      path: 'stack/Address', actual: 'fc00::1', problem: /unique local address/, code: 'OperationUnsupported.ULA', remediation: /write an address/,
    });
  });

  test.each(['2408:4005:1234:5600::1', '${var.literal}'])('takes the literal %s', (ipv6Address) => {
    const { tf, text } = valueOf(Ipv6Address[method](makeStack(), 'Address', id, { ipv6Address }), 'ipv6AddressId');
    expect(only(dataSources(tf, ADDRESSES))).toEqual({ for_each: `\${toset(["${id}"])}`, associated_instance_id: '${each.value}' });
    expect(text).toContain(id);
  });

  test('finds a literal in any notation', () => {
    const [short, long] = ['2408:4005::1', '2408:4005:0000:0:0:0:0:0001'].map((ipv6Address) =>
      valueOf(Ipv6Address[method](makeStack(), 'Address', id, { ipv6Address }), 'ipv6AddressId').text);
    expect(long).toBe(short);
  });

  test('uses the only address if no literal is set', () => {
    const { text } = valueOf(Ipv6Address[method](makeStack(), 'Address', id), 'ipv6AddressId');
    expect(text).toMatch(/try\(one\(local\.[\w-]+\[\\"(i|eni)-1\\"\]\)\.id, \\"\\"\)/);
  });

  test('asks the API for the addresses of an instance whose id only Terraform knows', () => {
    const stack = makeStack();
    const { tf } = valueOf(Ipv6Address[method](stack, 'Address', textVariable(stack, 'instance'), { vpcId: 'vpc-1' }), 'ipv6AddressId');
    expect(only(dataSources(tf, ADDRESSES))).toEqual({ vpc_id: 'vpc-1', associated_instance_id: '${var.instance}' });
  });
});

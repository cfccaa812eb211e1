import { Testing } from 'cdktf';
import { Construct } from 'constructs';
import { BAD_TAGS, BAD_TIMEOUTS, badIds, EXPRESSION, EXPRESSIONS, expectRefusal, GOOD_TIMEOUTS, goodId } from './mistakes';
import {
  ADDRESS, addressOf, ADDRESSES, aliasedProvider, dataSources, foreignProvider, makeApp, makeStack, only, resolved, resources, synth,
  Synthesized, textVariable, writtenOut,
} from './synth';
import { IIpv6Address, Ipv6Address, Ipv6AddressProps, providerAlicloud } from '../src';

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

describe('what is synthesized', () => {
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

  test('writes nothing that was not given', () => {
    const stack = makeStack();
    make({}, stack);
    const tf = synth(stack);
    expect(only(resources(tf, ADDRESS))).toEqual({ vswitch_id: 'vsw-1' });
    expect(tf.data).toBeUndefined();
    expect(tf.terraform!.required_version).toBeUndefined();
  });

  test('offers its id, literal and status, and knows neither gateway nor VPC', () => {
    const stack = makeStack();
    const address: IIpv6Address & Ipv6Address = make({}, stack);
    expect(resolved(stack, [address.ipv6AddressId, address.ipv6AddressLiteral, address.status])).toEqual(
      ['id', 'ipv6_address', 'status'].map((attribute) => `\${${addressOf(address.resource)}.${attribute}}`),
    );
    expect([(address as IIpv6Address).ipv6GatewayId, (address as IIpv6Address).vpcId]).toEqual([undefined, undefined]);
  });
});

describe('vswitchId', () => {
  test.each([['undefined', undefined], ...badIds('vsw-')])('fails when it is %s', (_, vswitchId) => {
    expectRefusal(() => make({ vswitchId }), { path: 'stack/Address', actual: vswitchId, problem: /^vswitchId must be the id of a vSwitch \(vsw-…\)/, remediation: /pass (the|its) id/ });
  });

  test('takes an id', () => {
    const stack = makeStack();
    make({ vswitchId: goodId('vsw-') }, stack);
    expect(only(resources(synth(stack), ADDRESS)).vswitch_id).toBe(goodId('vsw-'));
  });

  test.each(EXPRESSIONS)('takes %s', (_, value) => {
    const stack = makeStack();
    make({ vswitchId: value(stack) }, stack);
    expect(only(resources(synth(stack), ADDRESS)).vswitch_id).toMatch(EXPRESSION);
  });
});

describe('resourceGroupId', () => {
  test.each(badIds('rg-'))('fails when it is %s', (_, resourceGroupId) => {
    expectRefusal(() => make({ resourceGroupId }), { path: 'stack/Address', actual: resourceGroupId, problem: /^resourceGroupId must be/, remediation: /pass (the|its) id/ });
  });
});

const ULA: [string, string, RegExp, string][] = ['fc00::1', 'fd12::1', 'FC00::1', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff']
  .map((literal) => [literal, literal, /unique local address \(fc00::\/7\)/, 'OperationUnsupported.ULA']);
const BAD_LITERALS: [what: string, value: any, problem: RegExp, code: string][] = [
  ...ULA,
  ['a prefix', '2408:4005:1234:5600::/64', /one address, not a prefix/, 'IllegalParam.Ipv6Address'],
  ['a prefix of one address', '2408:4005:1234:5600::1/128', /one address, not a prefix/, 'IllegalParam.Ipv6Address'],
  ['a ULA prefix', 'fc00::/7', /one address, not a prefix/, 'IllegalParam.Ipv6Address'],
  ...['fe00::1', 'fbff::1', 'fe80::1', 'febf::1', 'fec0::1', 'ff02::1', '::1', '::', '::ffff:192.0.2.1', '1fff::1', '4000::1', 'fc::1']
    .map((literal): [string, string, RegExp, string] => [literal, literal, /global unicast address \(2000::\/3\)/, 'IllegalParam.Ipv6Address']),
  ...[
    ['empty', ''], ['an IPv4 address', '192.0.2.1'], ['an id', 'ipv6-1'], ['too long', '2408:1:2:3:4:5:6:7:8'], ['with a zone', '2408:4005::1%eth0'],
    ['in brackets', '[2408:4005::1]'], ['with a space', '2408:4005::1 '], ['a number', 5], ['null', null], ['an object', {}],
  ].map(([what, value]): [string, any, RegExp, string] => [what as string, value, /must be an IPv6 address/, 'IllegalParam.Ipv6Address']),
];
const GOOD_LITERALS: [string][] = [['2000::'], ['2408:4005:1234:5600::1'], ['2408:4005:1234:5600:0:0:0:1'], ['240E::A'], ['3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'], ['${var.literal}']];

describe('ipv6Address', () => {
  test.each(BAD_LITERALS)('fails when it is %s', (_, ipv6Address, problem, code) => {
    expectRefusal(() => make({ ipv6Address }), { path: 'stack/Address', actual: ipv6Address, problem, code, remediation: /(take|write) (an|one|the) address/ });
  });

  test.each(GOOD_LITERALS)('takes %s', (ipv6Address) => {
    const stack = makeStack();
    make({ ipv6Address }, stack);
    expect(only(resources(synth(stack), ADDRESS)).ipv6_address).toBe(ipv6Address);
  });
});

describe.each([['ipv6AddressName', 2, 128, 'ipv6_address_name'], ['description', 2, 256, 'ipv6_address_description']] as const)('%s', (prop, min, max, argument) => {
  test.each([
    ['empty', ''], ['one too short', 'n'.repeat(min - 1)], ['one too long', 'n'.repeat(max + 1)], ['with http:// first', 'http://a'], ['with https:// first', 'https://a'],
    ['a number', 5], ['null', null],
  ])('fails when it is %s', (_, value) => {
    expectRefusal(() => make({ [prop]: value }), {
      path: 'stack/Address', actual: value, problem: new RegExp(`^${prop} must be ${min} to ${max} characters`), remediation: /change it, because the provider refuses it$/,
    });
  });

  test.each([
    ['the shortest', 'n'.repeat(min)], ['the longest', 'n'.repeat(max)], ['the longest of wide characters', '𝒏'.repeat(max)], ['with spaces', 'a name, see http://a'],
    ['an expression', '${var.name}'],
  ])('takes one that is %s', (_, value) => {
    const stack = makeStack();
    make({ [prop]: value }, stack);
    expect(only(resources(synth(stack), ADDRESS))[argument]).toBe(value);
  });
});

describe('tags', () => {
  test.each(BAD_TAGS)('fails when they are %s', (_, tags) => {
    expectRefusal(() => make({ tags }), { path: 'stack/Address', actual: tags, problem: /^tags must be a map of strings/, remediation: /write \{ key: 'value' \}$/ });
  });
});

describe('timeouts', () => {
  test.each(BAD_TIMEOUTS)('fails when they are %s', (_, timeouts, actual, remediation) => {
    expectRefusal(() => make({ timeouts }), { path: 'stack/Address', actual, problem: /^timeouts/, remediation });
  });

  test.each(GOOD_TIMEOUTS)('takes %s', (_, timeouts) => {
    const stack = makeStack();
    make({ timeouts }, stack);
    expect(only(resources(synth(stack), ADDRESS)).timeouts ?? {}).toEqual(JSON.parse(JSON.stringify(timeouts)));
  });
});

describe('provider', () => {
  test('fails when it is of something else than Alibaba Cloud', () => {
    const stack = makeStack();
    const provider = foreignProvider(stack);
    expectRefusal(() => make({ provider }, stack), {
      path: 'stack/Address', actual: provider, problem: /^provider must be an alicloud provider, not one of random/, remediation: /AlicloudProvider of this stack$/,
    });
  });

  test('fails when it is of another stack', () => {
    const app = makeApp();
    const provider = aliasedProvider(makeStack(app, 'elsewhere'));
    expectRefusal(() => make({ provider }, makeStack(app)), { path: 'stack/Address', actual: provider, problem: /of the same stack/, remediation: /create an AlicloudProvider/ });
  });
});

describe('props', () => {
  test.each([['undefined', undefined], ['null', null], ['a text', 'vsw-1']])('fails when they are %s', (_, props) => {
    expectRefusal(() => new Ipv6Address(makeStack(), 'Address', props as any), { path: 'stack/Address', actual: props, remediation: /pass \{/ });
  });
});

describe('fromIpv6AddressAttributes', () => {
  test('creates nothing, looks nothing up, and gives back what it was given', () => {
    const stack = makeStack();
    const address = Ipv6Address.fromIpv6AddressAttributes(stack, 'Address', { ipv6AddressId: 'ipv6-1', ipv6GatewayId: 'ipv6gw-1', vpcId: 'vpc-1' });
    expect([address.ipv6AddressId, address.ipv6GatewayId, address.vpcId, address.ipv6AddressLiteral]).toEqual(['ipv6-1', 'ipv6gw-1', 'vpc-1', undefined]);
    const tf = synth(stack);
    expect([tf.resource, tf.data, tf.locals]).toEqual([undefined, undefined, undefined]);
  });

  const good = { ipv6AddressId: 'ipv6-1', ipv6GatewayId: 'ipv6gw-1', vpcId: 'vpc-1' };
  describe.each([['ipv6AddressId', 'ipv6-'], ['ipv6GatewayId', 'ipv6gw-'], ['vpcId', 'vpc-']] as const)('%s', (attribute, prefix) => {
    const code = attribute === 'ipv6AddressId' ? 'MissingParam.Ipv6InstanceId' : undefined;

    test.each(badIds(prefix))('fails when it is %s', (_, value) => {
      expectRefusal(() => Ipv6Address.fromIpv6AddressAttributes(makeStack(), 'Address', { ...good, [attribute]: value }), {
        path: 'stack/Address', actual: value, code, problem: new RegExp(`^${attribute} must be the id of`), remediation: /pass (the|its) id/,
      });
    });

    test.each(EXPRESSIONS)('takes %s', (_, value) => {
      const stack = makeStack();
      const address = Ipv6Address.fromIpv6AddressAttributes(stack, 'Address', { ...good, [attribute]: value(stack) });
      expect(resolved(stack, address[attribute])).toMatch(EXPRESSION);
    });
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
  const find = (id: any, options?: any, scope: Construct = makeStack()) => Ipv6Address[method](scope, 'Address', id, options);

  test('creates nothing', () => {
    const stack = makeStack();
    find(goodId(prefix), {}, stack);
    const tf = synth(stack);
    expect([tf.resource, tf.data, tf.locals]).toEqual([undefined, undefined, undefined]);
  });

  test.each([['undefined', undefined], ...badIds(prefix)])('fails when the id is %s', (_, id) => {
    expectRefusal(() => find(id), {
      path: 'stack/Address',
      actual: id,
      code: method === 'fromIpv6AddressId' ? 'MissingParam.Ipv6InstanceId' : undefined,
      problem: new RegExp(`^${prop} must be the id of`),
      remediation: /pass (the|its) id/,
    });
  });

  test.each(EXPRESSIONS)('takes %s', (_, value) => {
    const stack = makeStack();
    const { ipv6AddressId } = find(value(stack), {}, stack);
    expect(writtenOut(synth(stack), resolved(stack, ipv6AddressId))).toMatch(/\$\{var\.[Kk]nown[-_]later\}/);
  });

  test.each(badIds('vpc-'))('fails when the VPC is %s', (_, vpcId) => {
    expectRefusal(() => find(goodId(prefix), { vpcId }), { path: 'stack/Address', actual: vpcId, problem: /^vpcId must be/, remediation: /pass (the|its) id/ });
  });

  test.each(EXPRESSIONS)('takes %s for the VPC', (_, value) => {
    const stack = makeStack();
    const { ipv6GatewayId } = find(goodId(prefix), { vpcId: value(stack) }, stack);
    expect(writtenOut(synth(stack), resolved(stack, ipv6GatewayId))).toMatch(/ipv6_gateway_id/);
    expect(only(dataSources(synth(stack), ADDRESSES)).vpc_id).toMatch(EXPRESSION);
  });

  test('fails when the options are null, or the provider is of another stack', () => {
    const app = makeApp();
    const provider = aliasedProvider(makeStack(app, 'elsewhere'));
    expectRefusal(() => find(goodId(prefix), null), { path: 'stack/Address', actual: null, remediation: /pass \{/ });
    expectRefusal(() => find(goodId(prefix), { provider }, makeStack(app)), { path: 'stack/Address', actual: provider, remediation: /create an AlicloudProvider/ });
  });

  test('looks in the VPC, with the provider', () => {
    const stack = makeStack();
    const { tf, text } = valueOf(find(goodId(prefix), { vpcId: 'vpc-1', provider: aliasedProvider(stack) }, stack), 'ipv6GatewayId');
    expect(only(dataSources(tf, ADDRESSES))).toMatchObject({ vpc_id: 'vpc-1', provider: 'alicloud.beijing' });
    expect(text).toContain(`data.${ADDRESSES}.`);
    expect(text).toMatch(/^\$\{local\.[\w-]+\}/);
    expect(text).toContain('.ipv6_gateway_id');
  });

  test('gives the literal of what it finds', () => {
    const { text } = valueOf(find(goodId(prefix)), 'ipv6AddressLiteral');
    expect(text).toContain('.ipv6_address');
    expect(text).toContain(goodId(prefix));
  });

  test('reads the same twice, and gives the same bytes', () => {
    const stack = makeStack();
    const address = find(goodId(prefix), { vpcId: 'vpc-1' }, stack);
    expect(resolved(stack, address.ipv6AddressId)).toBe(resolved(stack, address.ipv6AddressId));
    expect(resolved(stack, address.ipv6GatewayId)).toBe(resolved(stack, address.ipv6GatewayId));
    expect(Testing.synth(stack)).toBe(Testing.synth(stack));
  });
});

describe('fromIpv6AddressId', () => {
  test('tells somebody with the address itself how to find its id', () => {
    expectRefusal(() => Ipv6Address.fromIpv6AddressId(makeStack(), 'Address', '2408:4005::1'), {
      path: 'stack/Address', actual: '2408:4005::1', problem: /not the address itself/, code: 'MissingParam.Ipv6InstanceId', remediation: /Ipv6Address\.fromInstanceId/,
    });
  });

  test('keeps a literal id', () => {
    expect(Ipv6Address.fromIpv6AddressId(makeStack(), 'Address', 'ipv6-1').ipv6AddressId).toBe('ipv6-1');
  });
});

describe.each([['fromInstanceId', 'i-1'], ['fromNetworkInterfaceId', 'eni-1']] as const)('%s', (method, id) => {
  test.each(BAD_LITERALS)('fails when the literal is %s', (_, ipv6Address, problem, code) => {
    expectRefusal(() => Ipv6Address[method](makeStack(), 'Address', id, { ipv6Address }), {
      path: 'stack/Address', actual: ipv6Address, problem, code, remediation: /(take|write) (an|one|the) address/,
    });
  });

  test.each(GOOD_LITERALS)('takes the literal %s', (ipv6Address) => {
    const { tf, text } = valueOf(Ipv6Address[method](makeStack(), 'Address', id, { ipv6Address }), 'ipv6AddressId');
    expect(only(dataSources(tf, ADDRESSES))).toEqual({ for_each: `\${toset(["${id}"])}`, associated_instance_id: '${each.value}' });
    expect(text).toContain(id);
  });

  test('finds a literal however it is written', () => {
    const [short, long] = ['2408:4005::1', '2408:4005:0000:0:0:0:0:0001'].map((ipv6Address) =>
      valueOf(Ipv6Address[method](makeStack(), 'Address', id, { ipv6Address }), 'ipv6AddressId').text);
    expect(long).toBe(short);
  });

  test('takes the only address where no literal picks one', () => {
    const { text } = valueOf(Ipv6Address[method](makeStack(), 'Address', id), 'ipv6AddressId');
    expect(text).toMatch(/try\(one\(local\.[\w-]+\[\\"(i|eni)-1\\"\]\)\.id, \\"\\"\)/);
  });

  test('asks the API for what is assigned to an instance that only Terraform knows', () => {
    const stack = makeStack();
    const { tf } = valueOf(Ipv6Address[method](stack, 'Address', textVariable(stack, 'instance'), { vpcId: 'vpc-1' }), 'ipv6AddressId');
    expect(only(dataSources(tf, ADDRESSES))).toEqual({ vpc_id: 'vpc-1', associated_instance_id: '${var.instance}' });
  });
});

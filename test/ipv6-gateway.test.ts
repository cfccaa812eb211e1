import { Testing } from 'cdktf';
import { Construct } from 'constructs';
import {
  BAD_TAGS, BAD_TIMEOUTS, badIds, EXPRESSION, EXPRESSIONS, expectRefusal, GOOD_TIMEOUTS, goodId, letters, nested,
} from './mistakes';
import {
  addressOf, aliasedProvider, checksOf, dataSources, foreignProvider, GATEWAY, GATEWAYS, makeApp, makeStack, only, otherResource, resolved, resources,
  synth, textVariable,
} from './synth';
import { Ipv6Gateway, Ipv6GatewayProps, providerAlicloud } from '../src';

function make(props: Partial<Record<keyof Ipv6GatewayProps, any>>, scope: Construct = makeStack()) {
  return new Ipv6Gateway(scope, 'Gateway', { vpcId: 'vpc-1', ...props });
}

test('has the Terraform resource as its default child', () => {
  const gateway = make({});
  expect(gateway.node.defaultChild).toBe(gateway.resource);
  expect(gateway.resource).toBeInstanceOf(providerAlicloud.vpcIpv6Gateway.VpcIpv6Gateway);
});

describe('what is synthesized', () => {
  test('passes all props to their arguments', () => {
    const stack = makeStack();
    new Ipv6Gateway(stack, 'Gateway', {
      vpcId: 'vpc-1',
      ipv6GatewayName: 'edge',
      description: 'to-the-internet',
      resourceGroupId: 'rg-1',
      tags: { team: 'network' },
      timeouts: { create: '10m', update: '11m', delete: '12m' },
      provider: aliasedProvider(stack),
    });
    expect(only(resources(synth(stack), GATEWAY))).toEqual({
      vpc_id: 'vpc-1',
      ipv6_gateway_name: 'edge',
      description: 'to-the-internet',
      resource_group_id: 'rg-1',
      tags: { team: 'network' },
      timeouts: { create: '10m', update: '11m', delete: '12m' },
      provider: 'alicloud.beijing',
      depends_on: ['terraform_data.Ipv6DestroyBeforeCreate'],
    });
  });

  test('writes nothing that was not given', () => {
    const stack = makeStack();
    make({}, stack);
    const tf = synth(stack);
    expect(only(resources(tf, GATEWAY))).toEqual({ vpc_id: 'vpc-1', depends_on: ['terraform_data.Ipv6DestroyBeforeCreate'] });
    expect(tf.data).toBeUndefined();
    expect(tf.import).toBeUndefined();
    expect(tf.terraform!.required_version).toBe('>= 1.4.0');
  });

  test('offers its id, VPC and status', () => {
    const stack = makeStack();
    const gateway = make({}, stack);
    expect(gateway.vpcId).toBe('vpc-1');
    expect(resolved(stack, gateway.ipv6GatewayId)).toBe(`\${${addressOf(gateway.resource)}.id}`);
    expect(resolved(stack, gateway.status)).toBe(`\${${addressOf(gateway.resource)}.status}`);
  });

  test('gives the same bytes twice', () => {
    const stack = makeStack();
    make({}, stack);
    expect(Testing.synth(stack)).toBe(Testing.synth(stack));
  });
});

describe('vpcId', () => {
  test.each([['undefined', undefined], ...badIds('vpc-')])('fails when it is %s', (_, vpcId) => {
    expectRefusal(() => make({ vpcId }), { path: 'stack/Gateway', actual: vpcId, problem: /^vpcId must be the id of a VPC \(vpc-…\)/, remediation: /pass (the|its) id/ });
  });

  test('takes an id', () => {
    const stack = makeStack();
    make({ vpcId: goodId('vpc-') }, stack);
    expect(only(resources(synth(stack), GATEWAY)).vpc_id).toBe(goodId('vpc-'));
  });

  test.each(EXPRESSIONS)('takes %s', (_, value) => {
    const stack = makeStack();
    make({ vpcId: value(stack) }, stack);
    expect(only(resources(synth(stack), GATEWAY)).vpc_id).toMatch(EXPRESSION);
  });

  test('says whose id it is when it is another kind\'s', () => {
    expectRefusal(() => make({ vpcId: 'vsw-1' }), { path: 'stack/Gateway', actual: 'vsw-1', remediation: /pass the id of a VPC, not that of a vSwitch$/ });
  });

  test('does not call a malformed id one of another kind', () => {
    expectRefusal(() => make({ vpcId: 'vpc-a b' }), { path: 'stack/Gateway', actual: 'vpc-a b', remediation: /: pass the id, vpc-…$/ });
  });
});

describe('resourceGroupId', () => {
  test.each(badIds('rg-'))('fails when it is %s', (_, resourceGroupId) => {
    expectRefusal(() => make({ resourceGroupId }), { path: 'stack/Gateway', actual: resourceGroupId, problem: /^resourceGroupId must be/, remediation: /pass (the|its) id/ });
  });

  test.each(EXPRESSIONS)('takes %s', (_, value) => {
    const stack = makeStack();
    make({ resourceGroupId: value(stack) }, stack);
    expect(only(resources(synth(stack), GATEWAY)).resource_group_id).toMatch(EXPRESSION);
  });
});

describe.each([['ipv6GatewayName', 2, 129], ['description', 3, 257]] as const)('%s', (prop, min, max) => {
  const argument = prop === 'description' ? 'description' : 'ipv6_gateway_name';

  test.each([
    ['empty', ''], ['one too short', letters(min - 1)], ['one too long', letters(max + 1)], ['with a space', 'edge gateway'], ['with a digit first', '1edge'],
    ['with a dash first', '-edge'], ['with a line break', 'edge\n'], ['a number', 5], ['null', null],
  ])('fails when it is %s', (_, value) => {
    expectRefusal(() => make({ [prop]: value }), {
      path: 'stack/Gateway', actual: value, problem: new RegExp(`^${prop} must be ${min} to ${max} characters`), remediation: /change it, because the provider refuses it$/,
    });
  });

  test.each([
    ['the shortest', letters(min)], ['the longest', letters(max)], ['of Chinese characters', '网关网关'], ['of all that is allowed', 'a_B-9'], ['an expression', '${var.name}'],
  ])('takes one that is %s', (_, value) => {
    const stack = makeStack();
    make({ [prop]: value }, stack);
    expect(only(resources(synth(stack), GATEWAY))[argument]).toBe(value);
  });
});

describe('tags', () => {
  test.each(BAD_TAGS)('fails when they are %s', (_, tags) => {
    expectRefusal(() => make({ tags }), { path: 'stack/Gateway', actual: tags, problem: /^tags must be a map of strings/, remediation: /write \{ key: 'value' \}$/ });
  });

  test('takes expressions as values', () => {
    const stack = makeStack();
    make({ tags: { a: textVariable(stack, 'a'), b: '${var.b}' } }, stack);
    expect(only(resources(synth(stack), GATEWAY)).tags).toEqual({ a: '${var.a}', b: '${var.b}' });
  });
});

describe('timeouts', () => {
  test.each(BAD_TIMEOUTS)('fails when they are %s', (_, timeouts, actual, remediation) => {
    expectRefusal(() => make({ timeouts }), { path: 'stack/Gateway', actual, problem: /^timeouts/, remediation });
  });

  test.each(GOOD_TIMEOUTS)('takes %s', (_, timeouts) => {
    const stack = makeStack();
    make({ timeouts }, stack);
    expect(only(resources(synth(stack), GATEWAY)).timeouts ?? {}).toEqual(JSON.parse(JSON.stringify(timeouts)));
  });
});

describe('provider', () => {
  test('fails when it is of something else than Alibaba Cloud', () => {
    const stack = makeStack();
    const provider = foreignProvider(stack);
    expectRefusal(() => make({ provider }, stack), {
      path: 'stack/Gateway', actual: provider, problem: /^provider must be an alicloud provider, not one of random/, remediation: /AlicloudProvider of this stack$/,
    });
  });

  test('fails when it is of another stack', () => {
    const app = makeApp();
    const provider = aliasedProvider(makeStack(app, 'elsewhere'));
    expectRefusal(() => make({ provider }, makeStack(app)), {
      path: 'stack/Gateway', actual: provider, problem: /of the same stack/, remediation: /create an AlicloudProvider in this stack/,
    });
  });

  test.each([['null', null], ['a text', 'alicloud.beijing'], ['an object', {}]])('fails when it is %s', (_, provider) => {
    expectRefusal(() => make({ provider }), { path: 'stack/Gateway', actual: provider, problem: /^provider must be a provider construct/, remediation: /AlicloudProvider of this stack$/ });
  });
});

describe('props', () => {
  test.each([['undefined', undefined], ['null', null], ['a text', 'vpc-1']])('fails when they are %s', (_, props) => {
    expectRefusal(() => new Ipv6Gateway(makeStack(), 'Gateway', props as any), { path: 'stack/Gateway', actual: props, remediation: /pass \{/ });
  });
});

describe('a second gateway for a VPC', () => {
  const refusal = { problem: /^the VPC.* already has an IPv6 gateway in this app, stack\/Gateway: /, remediation: /remove one of them, and pass the other to all bandwidths of the VPC$/ };

  test('fails when both name the same id', () => {
    const stack = makeStack();
    make({}, stack);
    expectRefusal(() => new Ipv6Gateway(stack, 'Second', { vpcId: 'vpc-1' }), { ...refusal, path: 'stack/Second' });
  });

  test('fails when both read the id of the same resource, which makes a new token each time', () => {
    const stack = makeStack();
    const vpc = otherResource(stack, 'Vpc', 'alicloud_vpc');
    make({ vpcId: vpc.getStringAttribute('id') }, stack);
    expectRefusal(() => new Ipv6Gateway(stack, 'Second', { vpcId: vpc.getStringAttribute('id') }), { ...refusal, path: 'stack/Second' });
  });

  test('fails when both are the same expression written by hand', () => {
    const stack = makeStack();
    make({ vpcId: '${var.vpc}' }, stack);
    expectRefusal(() => new Ipv6Gateway(stack, 'Second', { vpcId: '${var.vpc}' }), { ...refusal, path: 'stack/Second' });
  });

  test('fails inside a module and in another stack', () => {
    const app = makeApp();
    const stack = makeStack(app);
    const other = makeStack(app, 'other');
    make({}, stack);
    expectRefusal(() => make({}, nested(stack)), { ...refusal, path: 'stack/Module/Inner/Gateway' });
    expectRefusal(() => make({}, other), { ...refusal, path: 'other/Gateway' });
  });

  test('fails when the other stack reads the id of the same resource', () => {
    const app = makeApp();
    const stack = makeStack(app);
    const other = makeStack(app, 'other');
    const vpc = otherResource(stack, 'Vpc', 'alicloud_vpc');
    make({ vpcId: vpc.getStringAttribute('id') }, stack);
    expectRefusal(() => make({ vpcId: vpc.getStringAttribute('id') }, other), { ...refusal, path: 'other/Gateway' });
  });

  test('is accepted for another VPC, in another app, and where the first was removed', () => {
    const stack = makeStack();
    make({}, stack);
    new Ipv6Gateway(stack, 'OfAnotherVpc', { vpcId: 'vpc-2' });
    make({});
    stack.node.tryRemoveChild('Gateway');
    new Ipv6Gateway(stack, 'Second', { vpcId: 'vpc-1' });
    expect(Object.values(resources(synth(stack), GATEWAY)).map((args) => args.vpc_id)).toEqual(['vpc-2', 'vpc-1']);
  });

  test('is accepted where an expression of the same text means another thing: in another stack', () => {
    const app = makeApp();
    const stacks = ['a', 'b'].map((id) => makeStack(app, id));
    stacks.forEach((stack) => make({ vpcId: '${var.vpc}' }, stack));
    stacks.forEach((stack) => expect(only(resources(synth(stack), GATEWAY)).vpc_id).toBe('${var.vpc}'));
  });

  test('is accepted for the attributes of two resources', () => {
    const stack = makeStack();
    for (const id of ['A', 'B']) new Ipv6Gateway(stack, `Gateway${id}`, { vpcId: otherResource(stack, `Vpc${id}`, 'alicloud_vpc').getStringAttribute('id') });
    expect(Object.keys(resources(synth(stack), GATEWAY))).toHaveLength(2);
  });
});

describe('fromIpv6GatewayId', () => {
  test('creates nothing and looks nothing up', () => {
    const stack = makeStack();
    const gateway = Ipv6Gateway.fromIpv6GatewayId(stack, 'Gateway', 'ipv6gw-1');
    expect(gateway.ipv6GatewayId).toBe('ipv6gw-1');
    expect(gateway.vpcId).toBeUndefined();
    const tf = synth(stack);
    expect(tf.resource).toBeUndefined();
    expect(tf.data).toBeUndefined();
    expect(tf.locals).toBeUndefined();
  });

  test.each([['undefined', undefined], ...badIds('ipv6gw-')])('fails when the id is %s', (_, id) => {
    expectRefusal(() => Ipv6Gateway.fromIpv6GatewayId(makeStack(), 'Gateway', id), {
      path: 'stack/Gateway', actual: id, problem: /^ipv6GatewayId must be the id of an IPv6 gateway/, remediation: /pass (the|its) id/,
    });
  });

  test.each(EXPRESSIONS)('takes %s', (_, value) => {
    const stack = makeStack();
    expect(resolved(stack, Ipv6Gateway.fromIpv6GatewayId(stack, 'Gateway', value(stack)).ipv6GatewayId)).toMatch(EXPRESSION);
  });
});

describe('fromIpv6GatewayAttributes', () => {
  test('creates nothing and gives back what it was given', () => {
    const stack = makeStack();
    const gateway = Ipv6Gateway.fromIpv6GatewayAttributes(stack, 'Gateway', { ipv6GatewayId: 'ipv6gw-1', vpcId: 'vpc-1' });
    expect([gateway.ipv6GatewayId, gateway.vpcId]).toEqual(['ipv6gw-1', 'vpc-1']);
    expect(synth(stack).resource).toBeUndefined();
  });

  test.each(badIds('vpc-'))('fails when the VPC is %s', (_, vpcId) => {
    expectRefusal(() => Ipv6Gateway.fromIpv6GatewayAttributes(makeStack(), 'Gateway', { ipv6GatewayId: 'ipv6gw-1', vpcId }), {
      path: 'stack/Gateway', actual: vpcId, problem: /^vpcId must be/, remediation: /pass (the|its) id/,
    });
  });

  test('fails without attributes', () => {
    expectRefusal(() => Ipv6Gateway.fromIpv6GatewayAttributes(makeStack(), 'Gateway', undefined as any), { path: 'stack/Gateway', actual: undefined, remediation: /pass \{/ });
  });
});

describe('fromVpcId', () => {
  test('looks nothing up until its id is wanted', () => {
    const stack = makeStack();
    expect(Ipv6Gateway.fromVpcId(stack, 'Gateway', 'vpc-1').vpcId).toBe('vpc-1');
    expect(synth(stack).data).toBeUndefined();
  });

  test('finds the one gateway of the VPC, and says so at plan where there is none', () => {
    const stack = makeStack();
    const gateway = Ipv6Gateway.fromVpcId(stack, 'Gateway', 'vpc-1', { provider: aliasedProvider(stack) });
    const [, local] = /^\$\{local\.([\w-]+)\}$/.exec(resolved(stack, gateway.ipv6GatewayId))!;
    const tf = synth(stack);
    expect(tf.locals).toHaveProperty(local);
    const data = only(dataSources(tf, GATEWAYS));
    expect(data).toMatchObject({ vpc_id: 'vpc-1', provider: 'alicloud.beijing' });
    expect(data.depends_on).toBeUndefined();
    expect(checksOf(tf)).toEqual([{
      condition: expect.stringMatching(/gateways\) == 1\}$/),
      error_message: 'stack/Gateway: vpc-1 has no IPv6 gateway (OperationFailed.Ipv6GatewayNotExist): create an Ipv6Gateway, and pass it instead of Ipv6Gateway.fromVpcId',
    }]);
  });

  test('is one lookup, however many ask', () => {
    const stack = makeStack();
    ['A', 'B', 'C'].forEach((id) => Ipv6Gateway.fromVpcId(stack, id, 'vpc-1').ipv6GatewayId);
    expect(Object.keys(dataSources(synth(stack), GATEWAYS))).toHaveLength(1);
  });

  test('reads the same id each time', () => {
    const stack = makeStack();
    const gateway = Ipv6Gateway.fromVpcId(stack, 'Gateway', 'vpc-1');
    expect(resolved(stack, gateway.ipv6GatewayId)).toBe(resolved(stack, gateway.ipv6GatewayId));
  });

  test('fails when the stack itself creates the gateway', () => {
    const stack = makeStack();
    make({}, stack);
    expectRefusal(() => Ipv6Gateway.fromVpcId(stack, 'Found', 'vpc-1').ipv6GatewayId, {
      path: 'stack/Found', code: 'OperationFailed.Ipv6GatewayNotExist', problem: /gateway that this stack creates/, remediation: /pass the Ipv6Gateway stack\/Gateway( as ipv6Gateway)?$/,
    });
  });

  test('finds the gateway of another VPC than the stack creates one for', () => {
    const stack = makeStack();
    make({}, stack);
    expect(resolved(stack, Ipv6Gateway.fromVpcId(stack, 'Found', 'vpc-2').ipv6GatewayId)).toMatch(/^\$\{local\.Found_/);
    expect(only(dataSources(synth(stack), GATEWAYS))).toMatchObject({ vpc_id: 'vpc-2' });
  });

  test.each([['undefined', undefined], ...badIds('vpc-')])('fails when the VPC is %s', (_, vpcId) => {
    expectRefusal(() => Ipv6Gateway.fromVpcId(makeStack(), 'Gateway', vpcId), { path: 'stack/Gateway', actual: vpcId, problem: /^vpcId must be/, remediation: /pass (the|its) id/ });
  });

  test.each(EXPRESSIONS)('takes %s', (_, value) => {
    const stack = makeStack();
    expect(resolved(stack, Ipv6Gateway.fromVpcId(stack, 'Gateway', value(stack)).ipv6GatewayId)).toMatch(/^\$\{local\.Gateway_/);
    expect(only(dataSources(synth(stack), GATEWAYS)).vpc_id).toMatch(EXPRESSION);
  });

  test('fails when the provider is of another stack', () => {
    const app = makeApp();
    const provider = aliasedProvider(makeStack(app, 'elsewhere'));
    expectRefusal(() => Ipv6Gateway.fromVpcId(makeStack(app), 'Gateway', 'vpc-1', { provider }), {
      path: 'stack/Gateway', actual: provider, remediation: /create an AlicloudProvider/,
    });
  });
});

test('fails when a gateway is created that the same stack has looked up before', () => {
  const stack = makeStack();
  const looked = Ipv6Gateway.fromVpcId(stack, 'LookedUp', 'vpc-1');
  expect(resolved(stack, looked.ipv6GatewayId)).toMatch(/^\$\{local\.LookedUp_/);
  expectRefusal(() => new Ipv6Gateway(stack, 'Gateway', { vpcId: 'vpc-1' }), {
    path: 'stack/Gateway',
    actual: looked,
    code: 'OperationFailed.Ipv6GatewayNotExist',
    remediation: /create the Ipv6Gateway first/,
  });
  expect(new Ipv6Gateway(stack, 'OfAnotherVpc', { vpcId: 'vpc-2' }).resource.vpcIdInput).toBe('vpc-2');
});

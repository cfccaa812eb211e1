import { TerraformOutput, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { expectRefusal, nested } from './mistakes';
import {
  addressOf, aliasedProvider, checksOf, dataSources, GATEWAY, GATEWAYS, makeApp, makeStack, only, otherResource, resolved, resources,
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

describe('the synthesized resource', () => {
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

  test('has no arguments that its props do not have', () => {
    const stack = makeStack();
    make({ id: 'edge', count: 2, lifecycle: { ignoreChanges: 'all' } } as any, stack);
    expect(only(resources(synth(stack), GATEWAY))).toEqual({ vpc_id: 'vpc-1', depends_on: ['terraform_data.Ipv6DestroyBeforeCreate'] });
  });

  test('writes only the arguments that are set', () => {
    const stack = makeStack();
    make({}, stack);
    const tf = synth(stack);
    expect(only(resources(tf, GATEWAY))).toEqual({ vpc_id: 'vpc-1', depends_on: ['terraform_data.Ipv6DestroyBeforeCreate'] });
    expect(tf.data).toBeUndefined();
    expect(tf.import).toBeUndefined();
    expect(tf.terraform!.required_version).toBe('>= 1.4.0');
  });

  test('has an id, a VPC and a status', () => {
    const stack = makeStack();
    const gateway = make({}, stack);
    expect(gateway.vpcId).toBe('vpc-1');
    expect(resolved(stack, gateway.ipv6GatewayId)).toBe(`\${${addressOf(gateway.resource)}.id}`);
    expect(resolved(stack, gateway.status)).toBe(`\${${addressOf(gateway.resource)}.status}`);
  });

  test('has the same bytes in a second synthesis', () => {
    const stack = makeStack();
    make({}, stack);
    expect(Testing.synth(stack)).toBe(Testing.synth(stack));
  });
});

test.each<[keyof Ipv6GatewayProps, any, RegExp]>([
  ['vpcId', undefined, /^vpcId must be the id of a VPC/],
  ['ipv6GatewayName', '1edge', /^ipv6GatewayName must be 2 to 129 characters/],
  ['description', 'ab', /^description must be 3 to 257 characters/],
  ['resourceGroupId', 'vpc-1', /^resourceGroupId must be the id of a resource group/],
  ['tags', 'team', /^tags must be a map of strings/],
  ['timeouts', '10m', /^timeouts must be an object/],
  ['provider', 'alicloud.beijing', /^provider must be a provider construct/],
])('%s is validated', (property, actual, problem) => {
  expectRefusal(() => make({ [property]: actual }), { path: 'stack/Gateway', actual, problem });
});

test('the props are validated', () => {
  expectRefusal(() => new Ipv6Gateway(makeStack(), 'Gateway', undefined as any), { path: 'stack/Gateway', actual: undefined, remediation: /: pass / });
});

test('accepts a value that only Terraform knows', () => {
  const stack = makeStack();
  make({ vpcId: textVariable(stack, 'vpc'), ipv6GatewayName: '${var.name}', description: '${var.text}', resourceGroupId: textVariable(stack, 'group'), tags: { a: '${var.a}' }, timeouts: { create: '${var.t}' } }, stack);
  expect(only(resources(synth(stack), GATEWAY))).toMatchObject({
    vpc_id: '${var.vpc}', ipv6_gateway_name: '${var.name}', description: '${var.text}', resource_group_id: '${var.group}', tags: { a: '${var.a}' }, timeouts: { create: '${var.t}' },
  });
});

describe('a second gateway for a VPC', () => {
  const refusal = { problem: /^the VPC.* already has an IPv6 gateway in this app, stack\/Gateway: /, remediation: /remove one of them, and pass the other to all bandwidths of the VPC$/ };

  test('fails when both name the same id', () => {
    const stack = makeStack();
    make({}, stack);
    expectRefusal(() => new Ipv6Gateway(stack, 'Second', { vpcId: 'vpc-1' }), { ...refusal, path: 'stack/Second' });
  });

  test('fails when both read the id of the same resource, which creates two tokens', () => {
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

  test('is accepted for another VPC, in another app, and after the first was removed', () => {
    const stack = makeStack();
    make({}, stack);
    new Ipv6Gateway(stack, 'OfAnotherVpc', { vpcId: 'vpc-2' });
    make({});
    stack.node.tryRemoveChild('Gateway');
    new Ipv6Gateway(stack, 'Second', { vpcId: 'vpc-1' });
    expect(Object.values(resources(synth(stack), GATEWAY)).map((args) => args.vpc_id)).toEqual(['vpc-2', 'vpc-1']);
  });

  test('is accepted in another stack, where the same expression has another value', () => {
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

  test('validates the id', () => {
    expectRefusal(() => Ipv6Gateway.fromIpv6GatewayId(makeStack(), 'Gateway', undefined as any), {
      path: 'stack/Gateway', actual: undefined, problem: /^ipv6GatewayId must be the id of an IPv6 gateway/, remediation: /pass (the|its) id/,
    });
  });

  test('accepts a value that only Terraform knows', () => {
    const stack = makeStack();
    expect(resolved(stack, Ipv6Gateway.fromIpv6GatewayId(stack, 'Gateway', textVariable(stack, 'gateway')).ipv6GatewayId)).toBe('${var.gateway}');
  });
});

describe('fromIpv6GatewayAttributes', () => {
  test('creates nothing and returns the given attributes', () => {
    const stack = makeStack();
    const gateway = Ipv6Gateway.fromIpv6GatewayAttributes(stack, 'Gateway', { ipv6GatewayId: 'ipv6gw-1', vpcId: 'vpc-1' });
    expect([gateway.ipv6GatewayId, gateway.vpcId]).toEqual(['ipv6gw-1', 'vpc-1']);
    expect(synth(stack).resource).toBeUndefined();
  });

  test.each([['ipv6GatewayId', 'vpc-1', /^ipv6GatewayId must be/], ['vpcId', null, /^vpcId must be/]])('validates %s', (attribute, actual, problem) => {
    expectRefusal(() => Ipv6Gateway.fromIpv6GatewayAttributes(makeStack(), 'Gateway', { ipv6GatewayId: 'ipv6gw-1', vpcId: 'vpc-1', [attribute]: actual }), {
      path: 'stack/Gateway', actual, problem,
    });
  });

  test('fails without attributes', () => {
    expectRefusal(() => Ipv6Gateway.fromIpv6GatewayAttributes(makeStack(), 'Gateway', undefined as any), { path: 'stack/Gateway', actual: undefined, remediation: /pass \{/ });
  });
});

describe('fromVpcId', () => {
  test('looks nothing up until its id is read', () => {
    const stack = makeStack();
    expect(Ipv6Gateway.fromVpcId(stack, 'Gateway', 'vpc-1').vpcId).toBe('vpc-1');
    expect(synth(stack).data).toBeUndefined();
  });

  test('finds the gateway of the VPC, and fails the plan if there is none', () => {
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

  test('the checks name a gateway once, however often the program reads its id', () => {
    const stack = makeStack();
    const gateway = Ipv6Gateway.fromVpcId(stack, 'Gateway', textVariable(stack, 'vpc'));
    for (const id of ['first', 'second']) new TerraformOutput(stack, id, { value: gateway.ipv6GatewayId });
    const messages = checksOf(synth(stack)).map(({ error_message: message }) => message);
    expect(messages).toHaveLength(2);
    for (const message of messages) expect(message).toMatch(/^stack\/Gateway: /);
  });

  test('is one lookup for all constructs of a stack', () => {
    const stack = makeStack();
    ['A', 'B', 'C'].forEach((id) => Ipv6Gateway.fromVpcId(stack, id, 'vpc-1').ipv6GatewayId);
    expect(Object.keys(dataSources(synth(stack), GATEWAYS))).toHaveLength(1);
  });

  test('yields the same id at each read', () => {
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

  test('validates the id of the VPC', () => {
    expectRefusal(() => Ipv6Gateway.fromVpcId(makeStack(), 'Gateway', undefined as any), { path: 'stack/Gateway', actual: undefined, problem: /^vpcId must be/, remediation: /pass (the|its) id/ });
  });

  test('accepts a value that only Terraform knows', () => {
    const stack = makeStack();
    expect(resolved(stack, Ipv6Gateway.fromVpcId(stack, 'Gateway', textVariable(stack, 'vpc')).ipv6GatewayId)).toMatch(/^\$\{local\.Gateway_/);
    expect(only(dataSources(synth(stack), GATEWAYS)).vpc_id).toBe('${var.vpc}');
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

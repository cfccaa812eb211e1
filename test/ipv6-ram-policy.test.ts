import { Construct } from 'constructs';
import { Ipv6Address, Ipv6Gateway, Ipv6RamPolicy } from '../src';
import { bandwidth, handWritten } from './exposure/program/written';
import { ADDRESS, aliasedProvider, GATEWAY, makeApp, makeStack, otherResource, RULE, textVariable } from './synth';

const BANDWIDTH_ACTIONS = [
  'vpc:AllocateIpv6InternetBandwidth', 'vpc:DeleteIpv6InternetBandwidth', 'vpc:DescribeIpv6Addresses', 'vpc:ModifyIpv6InternetBandwidth',
];
const RULE_ACTIONS = ['vpc:CreateIpv6EgressOnlyRule', 'vpc:DeleteIpv6EgressOnlyRule', 'vpc:DescribeIpv6EgressOnlyRules'];
const GATEWAY_ACTIONS = ['vpc:CreateIpv6Gateway', 'vpc:DeleteIpv6Gateway', 'vpc:DescribeIpv6GatewayAttribute', 'vpc:ModifyIpv6GatewayAttribute'];
const ADDRESS_ACTIONS = ['vpc:AllocateIpv6Address', 'vpc:DescribeIpv6Addresses', 'vpc:ModifyIpv6AddressAttribute', 'vpc:ReleaseIpv6Address'];

/** The resources that an action is granted for. */
function granted(policy: Ipv6RamPolicy, action: string): string[] {
  return policy.document.Statement.filter(({ Action }: any) => Action.includes(action)).flatMap(({ Resource }: any) => Resource);
}

test('the document is a valid RAM policy', () => {
  const stack = makeStack();
  handWritten(stack, 'B');
  expect(Ipv6RamPolicy.of(stack, { accountId: '123' }).document).toEqual({
    Version: '1',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['vpc:AllocateIpv6InternetBandwidth', 'vpc:DeleteIpv6InternetBandwidth', 'vpc:ModifyIpv6InternetBandwidth'],
        Resource: ['acs:vpc:cn-hangzhou:123:ipv6bandwidth/*'],
      },
      { Effect: 'Allow', Action: ['vpc:DescribeIpv6Addresses'], Resource: ['acs:vpc:cn-hangzhou:123:vpc/*'] },
    ],
  });
});

test('the text contains the document', () => {
  const stack = makeStack();
  bandwidth(stack, 'B');
  const policy = Ipv6RamPolicy.of(stack);
  expect(JSON.parse(policy.toJson())).toEqual(policy.document);
  expect(policy.toJson()).toBe(Ipv6RamPolicy.of(stack).toJson());
});

test.each([
  ['nothing', () => undefined, []],
  ['a bandwidth for an address by its attributes', (stack: any) => bandwidth(stack, 'B', {
    ipv6Address: Ipv6Address.fromIpv6AddressAttributes(stack, 'A', { ipv6AddressId: 'ipv6-1', ipv6GatewayId: 'ipv6gw-1' }), egressOnly: false,
  }), BANDWIDTH_ACTIONS],
  ['a bandwidth with a rule', (stack: any) => bandwidth(stack, 'B'), [...BANDWIDTH_ACTIONS, ...RULE_ACTIONS]],
  ['a gateway', (stack: any) => new Ipv6Gateway(stack, 'G', { vpcId: 'vpc-1' }), GATEWAY_ACTIONS],
  ['a gateway with tags', (stack: any) => new Ipv6Gateway(stack, 'G', { vpcId: 'vpc-1', tags: { a: 'b' } }), [...GATEWAY_ACTIONS, 'vpc:TagResources', 'vpc:UnTagResources']],
  ['a gateway with empty tags', (stack: any) => new Ipv6Gateway(stack, 'G', { vpcId: 'vpc-1', tags: {} }), GATEWAY_ACTIONS],
  ['a gateway in a resource group', (stack: any) => new Ipv6Gateway(stack, 'G', { vpcId: 'vpc-1', resourceGroupId: 'rg-1' }), [...GATEWAY_ACTIONS, 'vpc:MoveResourceGroup']],
  ['a gateway that is looked up', (stack: any) => bandwidth(stack, 'B', { ipv6Gateway: Ipv6Gateway.fromVpcId(stack, 'G', 'vpc-1'), egressOnly: false }),
    [...BANDWIDTH_ACTIONS, 'vpc:DescribeIpv6Gateways']],
  ['an address', (stack: any) => new Ipv6Address(stack, 'A', { vswitchId: 'vsw-1' }), ADDRESS_ACTIONS],
  ['an address with a resource group and tags', (stack: any) => new Ipv6Address(stack, 'A', { vswitchId: 'vsw-1', resourceGroupId: 'rg-1', tags: { a: 'b' } }),
    [...ADDRESS_ACTIONS, 'vpc:MoveResourceGroup', 'vpc:TagResources', 'vpc:UnTagResources']],
  ['a hand-written rule', (stack: any) => handWritten(stack, 'R', {}, RULE), RULE_ACTIONS],
  ['an override of the stack', (stack: any) => stack.addOverride(`resource.${GATEWAY}.own`, { tags: { a: 'b' } }), [...GATEWAY_ACTIONS, 'vpc:TagResources', 'vpc:UnTagResources']],
])('%s needs its own actions and no more', (_, make, actions) => {
  const app = makeApp();
  const stack = makeStack(app);
  make(stack);
  expect(Ipv6RamPolicy.of(app).actions).toEqual([...actions].sort());
  app.synth();
  expect(Ipv6RamPolicy.of(app).actions).toEqual([...actions].sort());
});

test('a policy has the actions of its scope', () => {
  const app = makeApp();
  const stack = makeStack(app);
  bandwidth(stack, 'B', { egressOnly: false });
  const part = new Construct(stack, 'Part');
  new Ipv6Gateway(part, 'G', { vpcId: 'vpc-2' });
  const policy = Ipv6RamPolicy.of(part);
  expect(policy.actions).toEqual(GATEWAY_ACTIONS);
  expect(Ipv6RamPolicy.of(makeStack(app, 'other')).actions).toEqual([]);
  handWritten(part as any, 'Later');
  expect(policy.actions).toEqual([...GATEWAY_ACTIONS, ...BANDWIDTH_ACTIONS].sort());
});

test('the ARNs are limited to the region of the provider, or to the region and account of the options', () => {
  const app = makeApp();
  const stack = makeStack(app);
  handWritten(stack, 'B');
  const policy = (options = {}) => granted(Ipv6RamPolicy.of(app, options), 'vpc:AllocateIpv6InternetBandwidth');
  expect(policy()).toEqual(['acs:vpc:cn-hangzhou:*:ipv6bandwidth/*']);
  expect(policy({ region: 'cn-beijing', accountId: '123' })).toEqual(['acs:vpc:cn-beijing:123:ipv6bandwidth/*']);
  handWritten(stack, 'C', { provider: aliasedProvider(stack).fqn });
  expect(policy()).toEqual(['acs:vpc:cn-beijing:*:ipv6bandwidth/*', 'acs:vpc:cn-hangzhou:*:ipv6bandwidth/*']);
  const unknown = aliasedProvider(stack, 'unknown');
  unknown.region = textVariable(stack, 'region');
  handWritten(stack, 'D', { provider: unknown.fqn });
  expect(policy()).toContain('acs:vpc:*:*:ipv6bandwidth/*');
});

test('an action is granted for all resources if no page of the API has its ARN', () => {
  const stack = makeStack();
  new Ipv6Gateway(stack, 'G', { vpcId: 'vpc-1', tags: { a: 'b' }, resourceGroupId: 'rg-1' });
  const policy = () => Ipv6RamPolicy.of(stack, { accountId: '123' });
  expect(granted(policy(), 'vpc:TagResources')).toEqual(['*']);
  expect(granted(policy(), 'vpc:MoveResourceGroup')).toEqual(['acs:vpc:cn-hangzhou:123:ipv6gateway/*']);
  handWritten(stack, 'A', { resource_group_id: 'rg-1' }, ADDRESS);
  expect(granted(policy(), 'vpc:MoveResourceGroup')).toEqual(['*', 'acs:vpc:cn-hangzhou:123:ipv6gateway/*']);
});

test('the policy of an audit only allows reads, in the region and account of the options', () => {
  const stack = makeStack();
  expect(Ipv6RamPolicy.of(stack).auditDocument).toEqual({
    Version: '1',
    Statement: [
      { Effect: 'Allow', Action: ['ecs:DescribeNetworkInterfaces'], Resource: ['*'] },
      { Effect: 'Allow', Action: ['ecs:DescribeSecurityGroupAttribute'], Resource: ['acs:ecs:*:*:securitygroup/*'] },
      { Effect: 'Allow', Action: ['vpc:DescribeIpv6EgressOnlyRules'], Resource: ['acs:vpc:*:*:ipv6gateway/*'] },
      { Effect: 'Allow', Action: ['vpc:DescribeIpv6Addresses'], Resource: ['acs:vpc:*:*:vpc/*'] },
    ],
  });
  const { Statement } = Ipv6RamPolicy.of(stack, { region: 'cn-beijing', accountId: '123' }).auditDocument;
  expect(Statement.map(({ Resource }: { Resource: string[] }) => Resource[0])).toEqual([
    '*', 'acs:ecs:cn-beijing:123:securitygroup/*', 'acs:vpc:cn-beijing:123:ipv6gateway/*', 'acs:vpc:cn-beijing:123:vpc/*',
  ]);
});

test('the types that the policy does not cover are listed', () => {
  const stack = makeStack();
  bandwidth(stack, 'B');
  otherResource(stack, 'Vpc', 'alicloud_vpc');
  otherResource(stack, 'Disk', 'aws_ebs_volume');
  expect(Ipv6RamPolicy.of(stack).typesNotCovered).toEqual(['alicloud_vpc']);
});

test.each([
  [{ region: 'cn hangzhou' }, 'stack: region of the RAM policy must be the id of a region, got "cn hangzhou": write an id such as "cn-hangzhou"'],
  [{ region: '*' }, 'stack: region of the RAM policy must be the id of a region'],
  [null, 'stack: options must be an object, got null: pass { region, accountId } as the second argument'],
  [{ accountId: 'acs:123' }, 'stack: accountId of the RAM policy must be the id of an account, got "acs:123": write its digits as a string'],
  [{ accountId: '${var.account}' }, 'stack: accountId of the RAM policy must be the id of an account'],
])('%j is refused', (options, message) => {
  expect(() => Ipv6RamPolicy.of(makeStack(), options as any)).toThrow(message);
});

test('an invalid region or account of an app is refused with the name of the option', () => {
  expect(() => Ipv6RamPolicy.of(makeApp(), { region: '' })).toThrow(/^app: region of the RAM policy must be the id of a region, got "": /);
});

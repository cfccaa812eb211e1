import { createRequire } from 'node:module';
import { disagreements, Exchange, fieldsNeverAnswered, OFFICIAL_SDK, requiredParameters } from './official-models';
import { VpcApi } from './vpc-api';
import { API_ERRORS, ApiErrorCode } from './vpc-api-errors';

// Without their types: to compile against thousands of models takes longer than everything else here.
const load = createRequire(__filename);

const VPC = '2016-04-28';
const ECS = '2014-05-26';

/** A request by its names on the wire, lists and objects included. */
type Request = Record<string, unknown>;

// The clients are loaded by the first call.
jest.setTimeout(60_000);

/** Calls an action as a program of the official SDK does, and returns the answer as the SDK has read it. */
async function callWithSdk(api: VpcApi, version: string, action: string, request: Request): Promise<Record<string, unknown>> {
  const sdk = load(OFFICIAL_SDK[version]);
  const { $OpenApiUtil } = load('@alicloud/openapi-core');
  const { cast } = load('@darabonba/typescript');
  const client = new sdk.default(new $OpenApiUtil.Config({
    accessKeyId: 'stand-in', accessKeySecret: 'stand-in', regionId: api.region, protocol: 'http', endpoint: `127.0.0.1:${api.port}`,
  }));
  const method = Object.getOwnPropertyNames(sdk.default.prototype).find((name) => name.toLowerCase() === action.toLowerCase())!;
  const { body } = await client[method](cast({ RegionId: api.region, ...request }, new sdk[`${action}Request`]({})));
  return body.toMap();
}

let api: VpcApi;
let exchanges: Exchange[];

beforeEach(async () => {
  api = await VpcApi.start();
  exchanges = [];
  api.recorder = (exchange) => exchanges.push(exchange);
});

afterEach(() => api.stop());

/** Calls each action of the stand-in, from an empty account to an empty account. */
async function callEverything(): Promise<void> {
  const ask = (version: string) => (action: string, request: Request = {}) => callWithSdk(api, version, action, request) as Promise<any>;
  const [vpc, ecs] = [ask(VPC), ask(ECS)];

  const { VpcId } = await vpc('CreateVpc', { CidrBlock: '10.0.0.0/16', EnableIpv6: true, Ipv6Isp: 'BGP', VpcName: 'net' });
  await vpc('DescribeVpcAttribute', { VpcId });
  await vpc('DescribeVpcs', { VpcName: 'net' });
  const { VSwitchId } = await vpc('CreateVSwitch', { VpcId, CidrBlock: '10.0.1.0/24', ZoneId: `${api.region}-k`, Ipv6CidrBlock: 1, VSwitchName: 'a' });
  await vpc('DescribeVSwitchAttributes', { VSwitchId });
  await vpc('DescribeVSwitches', { VpcId });
  const { RouteTableId } = await vpc('CreateRouteTable', { VpcId, RouteTableName: 'in', AssociateType: 'Gateway' });
  await vpc('DescribeRouteTableList', { RouteTableId });

  const { SecurityGroupId } = await ecs('CreateSecurityGroup', { VpcId, SecurityGroupName: 'web' });
  const rule = { IpProtocol: 'tcp', PortRange: '443/443', Ipv6SourceCidrIp: '::/0', Priority: '1' };
  await ecs('AuthorizeSecurityGroup', { SecurityGroupId, Permissions: [rule] });
  await ecs('DescribeSecurityGroups', { SecurityGroupId });
  await ecs('DescribeSecurityGroupAttribute', { SecurityGroupId });
  await ecs('RevokeSecurityGroup', { SecurityGroupId, Permissions: [rule] });

  await ecs('DescribeImages', { ImageOwnerAlias: 'system' });
  const { InstanceIdSets } = await ecs('RunInstances', {
    VSwitchId, SecurityGroupIds: [SecurityGroupId], ImageId: 'aliyun_3', InstanceType: 'ecs.g7.large', Ipv6AddressCount: 1, SystemDisk: { Category: 'cloud_essd' },
  });
  const [InstanceId] = InstanceIdSets.InstanceIdSet;
  const InstanceIds = JSON.stringify([InstanceId]);
  const { Instances } = await ecs('DescribeInstances', { InstanceIds });
  await ecs('DescribeDisks', { InstanceId });
  await ecs('DescribeInstanceAttachmentAttributes', { InstanceIds });
  await ecs('DescribeInstanceAttribute', { InstanceId });
  await ecs('DescribeInstanceMaintenanceAttributes', { InstanceId: [InstanceId] });
  await ecs('DescribeInstanceRamRole', { InstanceIds });
  await ecs('DescribeTags', { ResourceId: InstanceId, ResourceType: 'instance' });
  await ecs('DescribeUserData', { InstanceId });
  await ecs('DescribeNetworkInterfaces', { NetworkInterfaceId: [Instances.Instance[0].NetworkInterfaces.NetworkInterface[0].NetworkInterfaceId] });

  const Tag = [{ Key: 'team', Value: 'net' }];
  const { Ipv6GatewayId } = await vpc('CreateIpv6Gateway', { VpcId, Name: 'gateway', Description: 'a way', Tag });
  await vpc('ModifyIpv6GatewayAttribute', { Ipv6GatewayId, Name: 'gw' });
  await vpc('MoveResourceGroup', { ResourceId: Ipv6GatewayId, ResourceType: 'IPV6GATEWAY', NewResourceGroupId: 'rg-1' });
  await vpc('TagResources', { ResourceId: [Ipv6GatewayId], ResourceType: 'IPV6GATEWAY', Tag: [{ Key: 'stage', Value: 'test' }] });
  await vpc('DescribeIpv6GatewayAttribute', { Ipv6GatewayId });
  await vpc('DescribeIpv6Gateways', { VpcId });

  const { Ipv6Addresses } = await vpc('DescribeIpv6Addresses', { AssociatedInstanceId: InstanceId });
  const [{ Ipv6AddressId }] = Ipv6Addresses.Ipv6Address;
  const { InternetBandwidthId: Ipv6InternetBandwidthId } = await vpc('AllocateIpv6InternetBandwidth', {
    Ipv6AddressId, Ipv6GatewayId, Bandwidth: 10, InternetChargeType: 'PayByTraffic', ClientToken: 'a',
  });
  const { Ipv6EgressRuleId } = await vpc('CreateIpv6EgressOnlyRule', { Ipv6GatewayId, InstanceId: Ipv6AddressId, InstanceType: 'Ipv6Address', Name: 'out' });
  await vpc('DescribeIpv6EgressOnlyRules', { Ipv6GatewayId });
  await vpc('ModifyIpv6InternetBandwidth', { Ipv6InternetBandwidthId, Ipv6AddressId, Bandwidth: 20 });
  const spare = await vpc('AllocateIpv6Address', { VSwitchId, Ipv6AddressName: 'spare', Tag });
  await vpc('ModifyIpv6AddressAttribute', { Ipv6AddressId: spare.Ipv6AddressId, Name: 'other' });
  await vpc('ListTagResources', { ResourceType: 'IPV6ADDRESS', ResourceId: [spare.Ipv6AddressId] });
  await vpc('DescribeIpv6Addresses', { VpcId });

  await vpc('UnTagResources', { ResourceId: [Ipv6GatewayId], ResourceType: 'IPV6GATEWAY', TagKey: ['stage'] });
  await vpc('ReleaseIpv6Address', { Ipv6AddressId: spare.Ipv6AddressId });
  await vpc('DeleteIpv6EgressOnlyRule', { Ipv6EgressOnlyRuleId: Ipv6EgressRuleId });
  await vpc('DeleteIpv6InternetBandwidth', { Ipv6InternetBandwidthId });
  await ecs('DeleteInstance', { InstanceId });
  await vpc('DeleteIpv6Gateway', { Ipv6GatewayId });
  await ecs('DeleteSecurityGroup', { SecurityGroupId });
  await vpc('DeleteRouteTable', { RouteTableId });
  await vpc('DeleteVSwitch', { VSwitchId });
  await vpc('DeleteVpc', { VpcId });
}

/** The fields of the official answers that the stand-in has for no address and no gateway: orders that take effect later, and route tables. */
const NOT_SIMULATED = {
  DescribeIpv6Addresses: ['HasReservationData', 'ReservationActiveTime', 'ReservationBandwidth', 'ReservationInternetChargeType', 'ReservationOrderType']
    .map((field) => `Ipv6Addresses.Ipv6Address[].Ipv6InternetBandwidth.${field}`),
  DescribeIpv6GatewayAttribute: ['GatewayRouteTableId'],
};

describe('the stand-in', () => {
  test('accepts every action of the official client, and answers with its models', async () => {
    await callEverything();
    expect([...new Set(exchanges.map(({ action }) => action))].sort()).toEqual(api.actionNames);
    expect(exchanges.flatMap(disagreements)).toEqual([]);
  });

  // Of the network around the addresses it has what the provider reads: an apply and an empty plan after it show that.
  test('answers with every field that the official answers of the IPv6 actions have', async () => {
    await callEverything();
    const actions = api.actionNames.filter((action) => /Ipv6|TagResources|MoveResourceGroup/.test(action));
    const missing = actions.map((action) => {
      const bodies = exchanges.filter((exchange) => exchange.action === action).map(({ body }) => body);
      return [action, fieldsNeverAnswered(VPC, action, bodies)] as const;
    });
    expect(Object.fromEntries(missing.filter(([, fields]) => fields.length > 0))).toEqual(NOT_SIMULATED);
  });

  test('answers with values that the SDK reads unchanged', async () => {
    const { VpcId } = await callWithSdk(api, VPC, 'CreateVpc', { EnableIpv6: true, VpcName: 'net' });
    const read = await callWithSdk(api, VPC, 'DescribeVpcAttribute', { VpcId });
    expect(read).toMatchObject({ VpcName: 'net', EnabledIpv6: true });
    expect(exchanges.at(-1)!.body).toEqual(JSON.parse(JSON.stringify(read)));
  });

  test.each(Object.entries(API_ERRORS))('refuses with %s in the form that the SDK reads as an error', async (code, [statusCode, message]) => {
    api.fail('DescribeIpv6Gateways', { kind: 'error', code: code as ApiErrorCode });
    await expect(callWithSdk(api, VPC, 'DescribeIpv6Gateways', {}))
      .rejects.toMatchObject({ code, statusCode, data: { Code: code, Message: message, RequestId: expect.any(String) } });
  });

  test('reports a request or an answer that the SDK does not have', async () => {
    const lax = await VpcApi.start();
    await fetch(`http://127.0.0.1:${lax.port}/?Action=DescribeIpv6Gateways&Version=${VPC}&RegionId=${lax.region}&Colour=red`);
    await expect(lax.stop()).rejects.toThrow('DescribeIpv6Gateways request: Colour is no parameter of the official SDK');
  });
});

describe('the check against the official models', () => {
  /** An exchange that is right. */
  async function addresses(): Promise<Exchange> {
    const gateway = api.seedGateway();
    const { Ipv6AddressId } = api.seedAddress({ VpcId: gateway.VpcId });
    api.outOfBand('AllocateIpv6InternetBandwidth', { Ipv6AddressId, Bandwidth: '10' });
    await callWithSdk(api, VPC, 'DescribeIpv6Addresses', { Tag: [], PageSize: 50, VpcId: gateway.VpcId });
    return structuredClone(exchanges.at(-1)!);
  }
  const firstOf = (exchange: Exchange) => (exchange.body as any).Ipv6Addresses.Ipv6Address[0];
  const renamed = (record: any, from: string, to: string) => {
    record[to] = record[from];
    delete record[from];
  };

  test('finds nothing in a correct exchange', async () => {
    expect(disagreements(await addresses())).toEqual([]);
  });

  test.each<[string, (exchange: any) => void, string]>([
    ['a renamed field', (exchange) => renamed(firstOf(exchange), 'NetworkType', 'NetType'),
      'DescribeIpv6Addresses answer: Ipv6Addresses.Ipv6Address[].NetType is no field of the official SDK'],
    ['a field with another capital', (exchange) => renamed(firstOf(exchange), 'VSwitchId', 'VswitchId'),
      'DescribeIpv6Addresses answer: Ipv6Addresses.Ipv6Address[].VswitchId is no field of the official SDK'],
    ['a string for a number', (exchange) => Object.assign(firstOf(exchange), { RealBandwidth: '10' }),
      'DescribeIpv6Addresses answer: Ipv6Addresses.Ipv6Address[].RealBandwidth must be a number, and is a string: "10"'],
    ['a number for a string', (exchange) => Object.assign(firstOf(exchange), { Status: 1 }),
      'DescribeIpv6Addresses answer: Ipv6Addresses.Ipv6Address[].Status must be a string, and is a number: 1'],
    ['an object for a list', (exchange) => Object.assign(exchange.body, { Ipv6Addresses: { Ipv6Address: {} } }),
      'DescribeIpv6Addresses answer: Ipv6Addresses.Ipv6Address must be a list, and is an object: {}'],
    ['a null', (exchange) => Object.assign(firstOf(exchange), { Status: null }),
      'DescribeIpv6Addresses answer: Ipv6Addresses.Ipv6Address[].Status must be a string, and is null'],
    ['a parameter that there is not', (exchange) => Object.assign(exchange.params, { VpcID: 'vpc-1' }),
      'DescribeIpv6Addresses request: VpcID is no parameter of the official SDK'],
    ['a part of a parameter that there is not', (exchange) => Object.assign(exchange.params, { 'Tag.1.Name': 'x' }),
      'DescribeIpv6Addresses request: Tag.1.Name is no parameter of the official SDK'],
    ['a text for a number in a request', (exchange) => Object.assign(exchange.params, { PageSize: 'all' }),
      'DescribeIpv6Addresses request: PageSize must be a number, and is "all"'],
    ['a required parameter that is missing', (exchange) => delete exchange.params.RegionId,
      'DescribeIpv6Addresses request: RegionId is required, and missing'],
    ['an action that there is not', (exchange) => Object.assign(exchange, { action: 'DescribeIpv6Address' }),
      'DescribeIpv6Address: no action of version 2016-04-28 in the official SDK'],
    ['an error without its code', (exchange) => Object.assign(exchange, { status: 400, body: { Message: 'no', RequestId: '1' } }),
      'DescribeIpv6Addresses error: Code must be a string that is not empty'],
  ])('finds %s', async (_name, mutate, expected) => {
    const exchange = await addresses();
    mutate(exchange);
    expect(disagreements(exchange)).toContain(expected);
  });

  test('finds a field that is never answered', async () => {
    const exchange = await addresses();
    delete firstOf(exchange).Ipv6Isp;
    expect(fieldsNeverAnswered(VPC, exchange.action, [exchange.body])).toContain('Ipv6Addresses.Ipv6Address[].Ipv6Isp');
  });

  test('does not check the fields of a refused request', async () => {
    const exchange = { ...await addresses(), params: { Colour: 'red' }, status: 400, body: { Code: 'IllegalParam', Message: 'no', RequestId: '1' } };
    expect(disagreements(exchange)).toEqual([]);
  });

  test.each([
    [VPC, 'AllocateIpv6InternetBandwidth', ['Bandwidth', 'Ipv6AddressId', 'RegionId']],
    [VPC, 'CreateIpv6EgressOnlyRule', ['InstanceId', 'Ipv6GatewayId', 'RegionId']],
    [VPC, 'CreateIpv6Gateway', ['RegionId', 'VpcId']],
    [ECS, 'DeleteInstance', ['InstanceId']],
  ])('knows what version %s of %s requires', (version, action, required) => {
    expect(requiredParameters(version, action).sort()).toEqual(required);
  });
});

import { VpcApi } from './vpc-api';
import { ALLOCATE_BANDWIDTH_ERRORS } from './vpc-api-errors';
import { Ipv6Address } from './vpc-api-resources';

let api: VpcApi;

beforeEach(async () => {
  api = await VpcApi.start();
});

afterEach(async () => {
  await api.stop();
});

async function call(action: string, params: Record<string, string> = {}) {
  const response = await fetch(`http://127.0.0.1:${api.port}/?Action=${action}&Version=2016-04-28`, {
    method: 'POST',
    body: new URLSearchParams({ RegionId: api.region, ...params }),
  });
  return { status: response.status, body: await response.json() as any };
}

/** The address of an ECS instance in a VPC with a gateway, and what allocates bandwidth for it. */
function suited(traits: Partial<Ipv6Address> = {}) {
  const gateway = api.seedGateway();
  const address = api.seedAddress({ VpcId: gateway.VpcId, AssociatedInstanceId: 'i-1', ...traits });
  const params: Record<string, string> = {
    Ipv6AddressId: address.Ipv6AddressId, Ipv6GatewayId: gateway.Ipv6GatewayId, Bandwidth: '10',
  };
  return { gateway, address, params };
}

async function describedAddress(id: string) {
  const { body } = await call('DescribeIpv6Addresses', { Ipv6AddressId: id });
  return body.Ipv6Addresses.Ipv6Address[0];
}

describe('AllocateIpv6InternetBandwidth', () => {
  test('makes the address public', async () => {
    const { address, params } = suited();
    expect((await describedAddress(address.Ipv6AddressId)).NetworkType).toBe('Private');

    const { status, body } = await call('AllocateIpv6InternetBandwidth', params);

    expect(status).toBe(200);
    expect(body).toMatchObject({ Ipv6AddressId: address.Ipv6AddressId, InternetBandwidthId: expect.stringMatching(/^ipv6bw-/) });
    expect(await describedAddress(address.Ipv6AddressId)).toMatchObject({
      NetworkType: 'Public',
      Ipv6GatewayId: params.Ipv6GatewayId,
      Ipv6InternetBandwidth: { Ipv6InternetBandwidthId: body.InternetBandwidthId, Bandwidth: 10, InternetChargeType: 'PayByBandwidth' },
    });
  });

  test('accepts an unassociated address, and needs no gateway id', async () => {
    const { params } = suited({ AssociatedInstanceId: '' });
    const { Ipv6GatewayId: _, ...withoutGateway } = params;

    expect((await call('AllocateIpv6InternetBandwidth', withoutGateway)).status).toBe(200);
  });

  const causes: Record<keyof typeof ALLOCATE_BANDWIDTH_ERRORS, () => Record<string, string>> = {
    'IllegalParam.Bandwidth': () => ({ ...suited().params, Bandwidth: '2001' }),
    'MissingParam.Ipv6InstanceId': () => ({ Bandwidth: '10' }),
    'InvalidIpv6Instance.NotFound': () => {
      const { address, params } = suited({ AssociatedInstanceId: '' });
      api.outOfBand('ReleaseIpv6Address', { Ipv6AddressId: address.Ipv6AddressId });
      return params;
    },
    'IllegalParam.ChargeType': () => ({ ...suited().params, ChargeType: 'Prepaid' }),
    'IllegalParam.InternetChargeType': () => ({ ...suited().params, InternetChargeType: 'PayByOld95' }),
    'OperationUnsupported.PrePaid': () => ({ ...suited().params, ChargeType: 'PrePaid' }),
    'OperationFailed.Ipv6GatewayDisMatchIpv6Address': () => ({ ...suited().params, Ipv6GatewayId: api.seedGateway().Ipv6GatewayId }),
    'OperationFailed.InternetBandwidthAlreadyExisted': () => {
      const { params } = suited();
      api.outOfBand('AllocateIpv6InternetBandwidth', params);
      return params;
    },
    'OperationFailed.Ipv6GatewayNotExist': () => {
      const { gateway, params } = suited();
      api.outOfBand('DeleteIpv6Gateway', { Ipv6GatewayId: gateway.Ipv6GatewayId });
      return params;
    },
    'IncorrectStatus.Ipv6Instance': () => suited({ Status: 'Pending' }).params,
    'IllegalParam.Ipv6Address': () => {
      const { address, params } = suited();
      return { ...params, Ipv6AddressId: address.Ipv6Address };
    },
    'UnsupportedFeature.InternetChargeTypeOnFreeIpv6Address': () => ({ ...suited({ kind: 'free' }).params, InternetChargeType: 'PayByTraffic' }),
    'UnsupportedFeature.InternetChargeTypeOnStaticIsp': () => ({ ...suited({ kind: 'staticIsp' }).params, InternetChargeType: 'PayByTraffic' }),
    'OperationUnsupported.ULA': () => suited({ Ipv6Address: 'fd00:1::1' }).params,
    'OperationFailed.OpenCdtServiceFirst': () => {
      api.account.cdt = 'closed';
      return { ...suited().params, InternetChargeType: 'PayByTraffic' };
    },
    'OperationFailed.UpgradeCdtServiceFirst': () => {
      api.account.cdt = 'outdated';
      return { ...suited().params, InternetChargeType: 'PayByTraffic' };
    },
    'OperationUnsupported.PrivateGUA': () => suited({ kind: 'privateGua' }).params,
    'OperationDenied.UnSupportedBindTypeCloudInstance': () => suited({ AssociatedInstanceId: 'nlb-1', AssociatedInstanceType: 'Nlb' }).params,
    'OperationFailed.QueryAccountInfo': () => {
      api.account.canBeQueried = false;
      return suited().params;
    },
    'OperationFailed.SaleValidate': () => {
      api.account.saleCanBeValidated = false;
      return suited().params;
    },
    'SystemBusy': () => {
      api.busy = true;
      return suited().params;
    },
    'InvalidRegionId.NotFound': () => ({ ...suited().params, RegionId: 'cn-nowhere' }),
    'ResourceNotFound.Ipv6Address': () => ({ ...suited().params, Ipv6AddressId: 'ipv6-none' }),
  };

  test.each(Object.entries(causes))('fails with %s if its cause is present', async (code, cause) => {
    const params = cause();
    const before = api.bandwidths();

    const { status, body } = await call('AllocateIpv6InternetBandwidth', params);

    expect(body).toEqual({ RequestId: expect.any(String), Code: code, Message: expect.any(String) });
    expect(status).toBe(ALLOCATE_BANDWIDTH_ERRORS[code as keyof typeof causes][0]);
    expect(api.bandwidths()).toEqual(before);
  });

  test('has no message that the provider treats as a missing resource', () => {
    const messages = Object.values(ALLOCATE_BANDWIDTH_ERRORS).map(([, message]) => message);
    expect(messages).not.toEqual([]);
    expect(messages.filter((message) => message.includes('NotFound'))).toEqual([]);
  });

  test.each([
    ['PayByBandwidth', '0', 400], ['PayByBandwidth', '1', 200], ['PayByBandwidth', '2000', 200], ['PayByBandwidth', '2001', 400],
    ['PayByTraffic', '1000', 200], ['PayByTraffic', '1001', 400], ['PayByTraffic', '1.5', 400],
  ])('%s with %s Mbit/s: %i', async (InternetChargeType, Bandwidth, expected) => {
    expect((await call('AllocateIpv6InternetBandwidth', { ...suited().params, InternetChargeType, Bandwidth })).status).toBe(expected);
  });
});

describe('the life of a bandwidth', () => {
  test('is modified by either id, or by both if they belong together', async () => {
    const { params } = suited();
    const other = suited();
    const { body: { InternetBandwidthId } } = await call('AllocateIpv6InternetBandwidth', params);

    const mismatch = await call('ModifyIpv6InternetBandwidth', {
      Ipv6InternetBandwidthId: InternetBandwidthId, Ipv6AddressId: other.address.Ipv6AddressId, Bandwidth: '20',
    });
    expect(mismatch.body.Code).toBe('InvalidIpv6Instance.NotFound');
    expect(api.bandwidths()[0].Bandwidth).toBe(10);

    await call('ModifyIpv6InternetBandwidth', { Ipv6InternetBandwidthId: InternetBandwidthId, Bandwidth: '20' });
    expect(api.bandwidths()[0].Bandwidth).toBe(20);
  });

  test('a gateway has room for 200 egress-only rules', async () => {
    const { gateway, params } = suited();
    const allocated = Array.from({ length: 201 }, () => {
      const { Ipv6AddressId } = api.seedAddress({ VpcId: gateway.VpcId, AssociatedInstanceId: 'i-1' });
      api.outOfBand('AllocateIpv6InternetBandwidth', { ...params, Ipv6AddressId });
      return { Ipv6GatewayId: gateway.Ipv6GatewayId, InstanceId: Ipv6AddressId };
    });
    allocated.slice(1).forEach((rule) => api.outOfBand('CreateIpv6EgressOnlyRule', rule));

    expect((await call('CreateIpv6EgressOnlyRule', allocated[0])).body.Code).toBe('QuotaExceeded.Ipv6EgressOnlyRule');
    expect((await call('DescribeIpv6EgressOnlyRules', { Ipv6GatewayId: gateway.Ipv6GatewayId })).body.TotalCount).toBe(200);
  });

  test('an egress-only rule is created after it and deleted before it, and the gateway is deleted last', async () => {
    const { gateway, address, params } = suited();
    const rule = { Ipv6GatewayId: gateway.Ipv6GatewayId, InstanceId: address.Ipv6AddressId };
    const codes = async (...actions: Array<[string, Record<string, string>]>) => {
      const seen = [];
      for (const [action, given] of actions) {
        seen.push((await call(action, given)).body.Code ?? 'ok');
      }
      return seen;
    };

    expect(await codes(
      ['CreateIpv6EgressOnlyRule', rule],
      ['AllocateIpv6InternetBandwidth', params],
      ['CreateIpv6EgressOnlyRule', rule],
      ['CreateIpv6EgressOnlyRule', rule],
      ['DeleteIpv6InternetBandwidth', { Ipv6AddressId: address.Ipv6AddressId }],
      ['DeleteIpv6Gateway', { Ipv6GatewayId: gateway.Ipv6GatewayId }],
    )).toEqual(['OperationFailed.InternetBandwidthNotExist', 'ok', 'ok', 'OperationFailed.Ipv6EgressOnlyRuleAlreadyExisted',
      'DependencyViolation.Ipv6EgressOnlyRule', 'DependencyViolation.Ipv6EgressOnlyRule']);
    expect(await codes(
      ['DeleteIpv6EgressOnlyRule', { Ipv6EgressOnlyRuleId: api.rules()[0].Ipv6EgressOnlyRuleId }],
      ['DeleteIpv6Gateway', { Ipv6GatewayId: gateway.Ipv6GatewayId }],
      ['DeleteIpv6InternetBandwidth', { Ipv6AddressId: address.Ipv6AddressId }],
      ['DeleteIpv6Gateway', { Ipv6GatewayId: gateway.Ipv6GatewayId }],
    )).toEqual(['ok', 'DependencyViolation.Ipv6InternetBandwidth', 'ok', 'ok']);
    expect(api.events.map(({ kind }) => kind)).toEqual(['bandwidthAllocated', 'ruleCreated', 'ruleDeleted', 'bandwidthDeleted']);
    const sequences = api.events.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
  });

  test('an unassociated address gets no egress-only rule', async () => {
    const { gateway, address, params } = suited({ AssociatedInstanceId: '' });
    await call('AllocateIpv6InternetBandwidth', params);

    const { body } = await call('CreateIpv6EgressOnlyRule', { Ipv6GatewayId: gateway.Ipv6GatewayId, InstanceId: address.Ipv6AddressId });

    expect(body.Code).toBe('OperationDenied.UnassociatedIpv6Address');
  });
});

describe('addresses and gateways', () => {
  test('lists 120 addresses in pages of 50, and refuses larger ones', async () => {
    const VSwitchId = api.seedVSwitch();
    const seeded = Array.from({ length: 120 }, () => api.seedAddress({ VSwitchId }).Ipv6AddressId);
    api.seedAddress();

    const pages = await Promise.all(['1', '2', '3'].map((PageNumber) => call('DescribeIpv6Addresses', { VSwitchId, PageSize: '50', PageNumber })));
    const listed = pages.map(({ body }) => body.Ipv6Addresses.Ipv6Address.map((address: Ipv6Address) => address.Ipv6AddressId));

    expect(listed.map((page) => page.length)).toEqual([50, 50, 20]);
    expect(listed.flat()).toEqual(seeded);
    expect(pages[0].body.TotalCount).toBe(120);
    expect((await call('DescribeIpv6Addresses', { PageSize: '51' })).body.Code).toBe('IllegalParam.PageSize');
  });

  test('filters addresses as the provider asks', async () => {
    const { instanceId, primary, secondary } = api.seedInstance({ secondaryInterfaces: 1 });
    const gateway = api.seedGateway(primary.VpcId);
    const { InternetBandwidthId } = api.outOfBand('AllocateIpv6InternetBandwidth', { Ipv6AddressId: primary.Ipv6AddressId, Bandwidth: '1' });
    api.outOfBand('TagResources', { 'ResourceType': 'IPV6ADDRESS', 'ResourceId.1': primary.Ipv6AddressId, 'Tag.1.Key': 'k', 'Tag.1.Value': 'v' });
    api.seedAddress();
    const found = async (params: Record<string, string>) => (await call('DescribeIpv6Addresses', params)).body.Ipv6Addresses.Ipv6Address
      .map((address: Ipv6Address) => address.Ipv6AddressId);

    expect(await found({ VpcId: gateway.VpcId })).toEqual([primary.Ipv6AddressId, secondary[0].Ipv6AddressId]);
    expect(await found({ AssociatedInstanceId: secondary[0].AssociatedInstanceId })).toEqual([secondary[0].Ipv6AddressId]);
    const onlyPrimary: Array<Record<string, string>> = [
      { Ipv6AddressId: primary.Ipv6AddressId },
      { AssociatedInstanceId: instanceId },
      { Ipv6InternetBandwidthId: InternetBandwidthId as string },
      { 'Tag.1.Key': 'k', 'Tag.1.Value': 'v' },
    ];
    for (const params of [...onlyPrimary, { NetworkType: 'Public' }]) {
      expect(await found(params)).toEqual([primary.Ipv6AddressId]);
    }
  });

  test('lists prefixes only if the call asks for them', async () => {
    const single = api.seedAddress();
    const prefix = api.seedAddress({ VSwitchId: single.VSwitchId, AddressType: 'IPv6Prefix' });
    const found = async (params: Record<string, string>) => (await call('DescribeIpv6Addresses', params)).body.Ipv6Addresses.Ipv6Address
      .map((address: Ipv6Address) => address.Ipv6AddressId);

    expect(await found({})).toEqual([single.Ipv6AddressId]);
    expect(await found({ Ipv6AddressId: prefix.Ipv6AddressId })).toEqual([]);
    expect(await found({ AddressType: 'IPv6Prefix' })).toEqual([prefix.Ipv6AddressId]);
  });

  test.each([
    [20, undefined],
    [21, 'IllegalParam.Ipv6AddressId'],
  ])('answers a call with %d ids with the code %s', async (count, code) => {
    const ids = Array.from({ length: count }, (_, i) => `ipv6-${i}`);
    expect((await call('DescribeIpv6Addresses', { Ipv6AddressId: ids.join() })).body.Code).toBe(code);
  });

  test('an address has its ISP, the flag of a managing service, and its rate', async () => {
    const { address, params } = suited({ kind: 'staticIsp', ServiceManaged: 1 });
    expect(await describedAddress(address.Ipv6AddressId)).toMatchObject({ Ipv6Isp: 'ChinaTelecom', ServiceManaged: 1, RealBandwidth: 0 });
    await call('AllocateIpv6InternetBandwidth', params);
    expect(await describedAddress(address.Ipv6AddressId)).toMatchObject({ RealBandwidth: 10 });
  });

  test('an unassociated address is allocated, modified, tagged, moved and released', async () => {
    const VSwitchId = api.seedVSwitch();
    const { body: { Ipv6AddressId } } = await call('AllocateIpv6Address', {
      VSwitchId, 'Ipv6AddressName': 'one', 'Tag.1.Key': 'a', 'Tag.1.Value': '1',
    });
    const resource = { 'ResourceType': 'ipv6address', 'ResourceId.1': Ipv6AddressId };
    expect(api.tags(Ipv6AddressId)).toEqual({ a: '1' });

    await call('ModifyIpv6AddressAttribute', { Ipv6AddressId, Name: 'two' });
    await call('TagResources', { ...resource, 'Tag.1.Key': 'b', 'Tag.1.Value': '2' });
    await call('UnTagResources', { ...resource, 'TagKey.1': 'a' });
    await call('MoveResourceGroup', { ResourceType: 'ipv6address', ResourceId: Ipv6AddressId, NewResourceGroupId: 'rg-2' });

    expect(api.addresses()).toMatchObject([{ VSwitchId, Ipv6AddressName: 'two', ResourceGroupId: 'rg-2', AssociatedInstanceId: '' }]);
    expect((await call('ListTagResources', resource)).body.TagResources.TagResource).toMatchObject([{ TagKey: 'b', TagValue: '2' }]);
    expect((await call('ReleaseIpv6Address', { Ipv6AddressId })).status).toBe(200);
    expect(api.addresses()).toEqual([]);
  });

  const refusals: Array<[string, string, () => Record<string, string>]> = [
    ['ReleaseIpv6Address', 'OperationFailed.AssociationExist', () => suited().params],
    ['ReleaseIpv6Address', 'IncorrectStatus.Ipv6Instance', () => suited({ AssociatedInstanceId: '', Status: 'Pending' }).params],
    ['ReleaseIpv6Address', 'ResourceNotFound.Ipv6InstanceId', () => ({ Ipv6AddressId: 'ipv6-none' })],
    ['ReleaseIpv6Address', 'DependencyViolation.Ipv6InternetBandwidth', () => {
      const { params } = suited({ AssociatedInstanceId: '' });
      api.outOfBand('AllocateIpv6InternetBandwidth', params);
      return params;
    }],
    ['AllocateIpv6Address', 'InvalidVSwitchId.NotFound', () => ({ VSwitchId: 'vsw-none' })],
    ['AllocateIpv6Address', 'IllegalParam.Ipv6Address', () => ({ VSwitchId: api.seedVSwitch(), Ipv6Address: '192.0.2.1' })],
    ['AllocateIpv6Address', 'IllegalParam.Ipv6Address', () => {
      const { VSwitchId, Ipv6Address: literal } = api.seedAddress();
      return { VSwitchId, Ipv6Address: literal };
    }],
    ['CreateIpv6Gateway', 'InvalidVpcId.NotFound', () => ({ VpcId: 'vpc-none' })],
    ['CreateIpv6EgressOnlyRule', 'OperationFailed.Ipv6GatewayDisMatchIpv6Address', () => (
      { InstanceId: suited().address.Ipv6AddressId, Ipv6GatewayId: api.seedGateway().Ipv6GatewayId })],
    ['DeleteIpv6EgressOnlyRule', 'ResourceNotFound.Ipv6EgressOnlyRule', () => ({ Ipv6EgressOnlyRuleId: 'ipv6py-none' })],
    ['DeleteIpv6InternetBandwidth', 'InvalidIpv6Instance.NotFound', () => ({ Ipv6InternetBandwidthId: 'ipv6bw-none' })],
    ['ModifyIpv6GatewayAttribute', 'ResourceNotFound.Ipv6Gateway', () => ({ Ipv6GatewayId: 'ipv6gw-none' })],
  ];

  test.each(refusals)('%s is refused: %s', async (action, code, cause) => {
    expect((await call(action, cause())).body.Code).toBe(code);
  });

  test('a VPC has one gateway, which is created and deleted in the background, and a deleted one has an empty status', async () => {
    const VpcId = api.seedVpc();
    const { body: { Ipv6GatewayId } } = await call('CreateIpv6Gateway', { VpcId, Name: 'one' });
    expect((await call('CreateIpv6Gateway', { VpcId })).body.Code).toBe('OperationFailed.Ipv6GatewayAlreadyExisted');

    await call('ModifyIpv6GatewayAttribute', { Ipv6GatewayId, Description: 'first' });
    expect((await call('DescribeIpv6Gateways', { VpcId })).body.Ipv6Gateways.Ipv6Gateway)
      .toMatchObject([{ Ipv6GatewayId, Name: 'one', Description: 'first' }]);

    await call('DeleteIpv6Gateway', { Ipv6GatewayId });
    expect((await call('DescribeIpv6GatewayAttribute', { Ipv6GatewayId })).body.Status).toBe('Deleting');
    expect((await call('DescribeIpv6GatewayAttribute', { Ipv6GatewayId })).body.Status).toBe('');
  });

  test.each([
    ['CreateIpv6Gateway', 'DescribeIpv6Gateways', ({ body }: any) => body.Ipv6Gateways.Ipv6Gateway[0].Status],
    ['CreateIpv6EgressOnlyRule', 'DescribeIpv6EgressOnlyRules', ({ body }: any) => body.Ipv6EgressOnlyRules.Ipv6EgressOnlyRule[0].Status],
  ])('a resource of %s is Pending in the first describe call', async (create, describe, status) => {
    const { gateway, address, params } = suited();
    await call('AllocateIpv6InternetBandwidth', params);
    const VpcId = api.seedVpc();
    await call(create, create === 'CreateIpv6Gateway' ? { VpcId } : { Ipv6GatewayId: gateway.Ipv6GatewayId, InstanceId: address.Ipv6AddressId });
    const asked: Record<string, string> = create === 'CreateIpv6Gateway' ? { VpcId } : { Ipv6GatewayId: gateway.Ipv6GatewayId };
    expect(status(await call(describe, asked))).toBe('Pending');
    expect(status(await call(describe, asked))).toBe('Available');
  });

  test('an address stays Pending for the given number of describe calls', async () => {
    const { address, params } = suited();
    api.keepPending(address.Ipv6AddressId, 2);

    expect((await call('AllocateIpv6InternetBandwidth', params)).body.Code).toBe('IncorrectStatus.Ipv6Instance');
    expect((await describedAddress(address.Ipv6AddressId)).Status).toBe('Pending');
    expect((await describedAddress(address.Ipv6AddressId)).Status).toBe('Pending');
    expect((await describedAddress(address.Ipv6AddressId)).Status).toBe('Available');
    expect((await call('AllocateIpv6InternetBandwidth', params)).status).toBe(200);
  });
});

describe('protocol', () => {
  test('a repeated client token gets the same answer, and writes once', async () => {
    const { params } = suited();
    const first = await call('AllocateIpv6InternetBandwidth', { ...params, ClientToken: 'token' });
    const again = await call('AllocateIpv6InternetBandwidth', { ...params, ClientToken: 'token' });
    const other = await call('AllocateIpv6InternetBandwidth', { ...params, ClientToken: 'other' });

    expect(again.body.InternetBandwidthId).toBe(first.body.InternetBandwidthId);
    expect(other.body.Code).toBe('OperationFailed.InternetBandwidthAlreadyExisted');
    expect(api.events).toHaveLength(1);
  });

  test('a dry run checks and changes nothing', async () => {
    const { params } = suited();

    expect((await call('AllocateIpv6InternetBandwidth', { ...params, DryRun: 'true' })).body.Code).toBe('DryRunOperation');
    expect((await call('AllocateIpv6InternetBandwidth', { ...params, DryRun: 'true', Bandwidth: '0' })).body.Code).toBe('IllegalParam.Bandwidth');
    expect(api.bandwidths()).toEqual([]);
  });

  test('an unknown action is refused and remembered', async () => {
    expect((await call('DescribeRegions')).body.Code).toBe('InvalidAction.NotFound');
    api.clearCalls();
    expect(api.unknownActions).toEqual(['DescribeRegions']);
  });

  test('calls are logged without the parameters of the protocol', async () => {
    const { params } = suited();
    await fetch(`http://127.0.0.1:${api.port}/?${new URLSearchParams({
      Action: 'AllocateIpv6InternetBandwidth', Version: '2016-04-28', Signature: 's', SignatureNonce: 'n', Timestamp: 't', RegionId: api.region, ...params,
    })}`);
    await call('AllocateIpv6InternetBandwidth', params);
    await call('DescribeIpv6Addresses');

    expect(api.calls).toMatchObject([
      { action: 'AllocateIpv6InternetBandwidth', status: 200, writes: true },
      { action: 'AllocateIpv6InternetBandwidth', status: 400, code: 'OperationFailed.InternetBandwidthAlreadyExisted', writes: true },
      { action: 'DescribeIpv6Addresses', status: 200, writes: false },
    ]);
    expect(api.calls[0].params).toEqual({ RegionId: api.region, ...params });
    expect([api.countCalls(), api.countCalls('DescribeIpv6Addresses')]).toEqual([3, 1]);
    api.clearCalls();
    expect(api.countCalls()).toBe(0);
  });
});

describe('faults', () => {
  const allocate = 'AllocateIpv6InternetBandwidth';

  test.each([['Throttling.User', 400], ['ServiceUnavailable', 503], ['InternalError', 500]] as const)(
    '%s as often as asked for', async (code, status) => {
      const { params } = suited();
      api.fail(allocate, { kind: 'error', code, times: 2 });

      expect(await call(allocate, params)).toMatchObject({ status, body: { Code: code } });
      expect(await call(allocate, params)).toMatchObject({ status, body: { Code: code } });
      expect((await call(allocate, params)).status).toBe(200);
    });

  test.each([['cutBeforeWrite', 0], ['cutAfterWrite', 1]] as const)('%s leaves %i bandwidth', async (kind, left) => {
    const { params } = suited();
    api.fail(allocate, { kind });

    await expect(call(allocate, params)).rejects.toThrow('fetch failed');

    expect(api.bandwidths()).toHaveLength(left);
    expect(api.calls).toMatchObject([{ action: allocate, status: 0, writes: true }]);
  });

  test('a lost answer is repeated for the same token', async () => {
    const params = { ...suited().params, ClientToken: 'token' };
    api.fail(allocate, { kind: 'cutAfterWrite' });
    await expect(call(allocate, params)).rejects.toThrow('fetch failed');

    expect((await call(allocate, params)).body.InternetBandwidthId).toBe(api.bandwidths()[0].Ipv6InternetBandwidthId);
  });

  test('a slow answer comes late, after the write', async () => {
    const { params } = suited();
    api.fail(allocate, { kind: 'slow', delayMs: 200 });
    const started = Date.now();

    const answer = call(allocate, params);
    await call('DescribeIpv6Gateways');
    expect(api.bandwidths()).toHaveLength(1);

    expect((await answer).status).toBe(200);
    expect(Date.now() - started).toBeGreaterThanOrEqual(190);
  });

  test('faults of one action happen in order, and only for matching calls', async () => {
    const [one, two] = [suited().params, suited().params];
    api.fail(allocate, { kind: 'error', code: 'Throttling.User', where: { Ipv6AddressId: two.Ipv6AddressId } });
    api.fail(allocate, { kind: 'error', code: 'ServiceUnavailable', where: { Ipv6AddressId: two.Ipv6AddressId } });

    expect((await call(allocate, one)).status).toBe(200);
    expect((await call(allocate, two)).body.Code).toBe('Throttling.User');
    expect((await call(allocate, two)).body.Code).toBe('ServiceUnavailable');
    expect((await call(allocate, two)).status).toBe(200);
  });

  test('stopping does not wait for a slow answer', async () => {
    const slow = await VpcApi.start();
    slow.fail('DescribeIpv6Gateways', { kind: 'slow', delayMs: 60_000 });
    const answer = fetch(`http://127.0.0.1:${slow.port}/?Action=DescribeIpv6Gateways&Version=2016-04-28&RegionId=${slow.region}`);
    while (slow.countCalls() === 0) {
      await new Promise(setImmediate);
    }

    await slow.stop();

    await expect(answer).rejects.toThrow('fetch failed');
  });
});

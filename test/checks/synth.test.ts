import { InternetChargeType, Ipv6Address, Ipv6Gateway, Ipv6InternetBandwidth, Ipv6InternetBandwidthProps } from '../../src';
import { expectRefusal } from '../mistakes';
import { BANDWIDTH, makeStack, only, resources, synth } from '../synth';

/*
 * The errors of the API that are stopped at synth, each beside what is nearest to it and passes. What the props take in
 * all their detail is with the construct's own tests.
 */

const ID = 'ipv6-bp1a2b3c4d';

function make(props: Partial<Ipv6InternetBandwidthProps> = {}, stack = makeStack()) {
  return new Ipv6InternetBandwidth(stack, 'Web', {
    ipv6Address: Ipv6Address.fromIpv6AddressAttributes(stack, 'Address', { ipv6AddressId: ID, ipv6GatewayId: 'ipv6gw-bp1', vpcId: 'vpc-bp1' }),
    bandwidth: 1,
    egressOnly: false,
    ...props,
  });
}

test('a bandwidth out of range is refused at once', () => {
  const { PAY_BY_TRAFFIC } = InternetChargeType;
  expectRefusal(() => make({ bandwidth: 0 }), { path: 'stack/Web', actual: 0, code: 'IllegalParam.Bandwidth', remediation: /write (an integer|a number without quotes,) from 1 to 2000/ });
  expectRefusal(() => make({ bandwidth: 2001 }), { path: 'stack/Web', actual: 2001, code: 'IllegalParam.Bandwidth', remediation: /write (an integer|a number without quotes,) from 1 to 2000/ });
  expectRefusal(() => make({ bandwidth: 1001, internetChargeType: PAY_BY_TRAFFIC }), {
    path: 'stack/Web', actual: 1001, code: 'IllegalParam.Bandwidth', remediation: /lower it, or use InternetChargeType.PAY_BY_BANDWIDTH/,
  });

  expect(() => make({ bandwidth: 2000 })).not.toThrow();
  expect(() => make({ bandwidth: 1000, internetChargeType: PAY_BY_TRAFFIC })).not.toThrow();
});

test('a bandwidth without an address is refused at once', () => {
  const refusal = { path: 'stack/Web', code: 'MissingParam.Ipv6InstanceId', remediation: /pass an Ipv6Address/ };
  expectRefusal(() => make({ ipv6Address: undefined }), { ...refusal, actual: undefined });
  expectRefusal(() => make({ ipv6Address: ID as any }), { ...refusal, actual: ID });
  expectRefusal(() => Ipv6Address.fromIpv6AddressId(makeStack(), 'Address', ''), {
    path: 'stack/Address', actual: '', code: 'MissingParam.Ipv6InstanceId', remediation: /pass (the|its) id/,
  });

  expect(() => make()).not.toThrow();
});

test('an unknown charge type is refused at once', () => {
  expectRefusal(() => make({ internetChargeType: 'PayByOld95' as any }), {
    path: 'stack/Web', actual: 'PayByOld95', code: 'IllegalParam.InternetChargeType', remediation: /use InternetChargeType/,
  });

  for (const internetChargeType of Object.values(InternetChargeType)) expect(() => make({ internetChargeType })).not.toThrow();
});

test('no argument can ask for a subscription', () => {
  const stack = makeStack();
  make({ internetChargeType: InternetChargeType.PAY_BY_TRAFFIC, timeouts: { create: '10m' } }, stack);

  const { lifecycle, depends_on: _holders, ...args } = only(resources(synth(stack), BANDWIDTH));
  expect(args).toEqual({
    bandwidth: 1, internet_charge_type: 'PayByTraffic', ipv6_address_id: ID, ipv6_gateway_id: 'ipv6gw-bp1', timeouts: { create: '10m' },
  });
});

test('a gateway of another VPC is refused at once', () => {
  const inVpc = (vpcId: string) => {
    const stack = makeStack();
    return make({ ipv6Gateway: Ipv6Gateway.fromIpv6GatewayAttributes(stack, 'Gateway', { ipv6GatewayId: 'ipv6gw-bp1', vpcId }) }, stack);
  };
  expectRefusal(() => inVpc('vpc-bp2'), {
    path: 'stack/Web', actual: 'vpc-bp2', code: 'OperationFailed.Ipv6GatewayDisMatchIpv6Address', remediation: /pass the gateway of the address's own VPC/,
  });

  expect(() => inVpc('vpc-bp1')).not.toThrow();
});

test('a second bandwidth for an address is refused at once', () => {
  const stack = makeStack();
  const second = (ipv6AddressId: string, id: string) => new Ipv6InternetBandwidth(stack, id, {
    ipv6Address: Ipv6Address.fromIpv6AddressAttributes(stack, `${id} address`, { ipv6AddressId, ipv6GatewayId: 'ipv6gw-bp1' }),
    bandwidth: 1,
  });
  make({}, stack);
  expectRefusal(() => second(ID, 'Second'), {
    path: 'stack/Second', problem: /stack\/Web/, code: 'OperationFailed.InternetBandwidthAlreadyExisted', remediation: /remove one of them/,
  });

  expect(() => second('ipv6-bp9z8y7x6w', 'Other')).not.toThrow();
});

test('an address that is not looked up and has no gateway is refused at once', () => {
  const given = (ipv6GatewayId?: string) => {
    const stack = makeStack();
    return make({ ipv6Address: Ipv6Address.fromIpv6AddressAttributes(stack, 'Given', { ipv6AddressId: ID, ipv6GatewayId }) }, stack);
  };
  expectRefusal(() => given(), { path: 'stack/Web', code: 'OperationFailed.Ipv6GatewayNotExist', remediation: /write ipv6Gateway: Ipv6Gateway.fromVpcId/ });

  expect(() => given('ipv6gw-bp1')).not.toThrow();
});

test('a literal that is not a public address is refused at once', () => {
  const literal = (ipv6Address: string) => new Ipv6Address(makeStack(), 'Address', { vswitchId: 'vsw-bp1', ipv6Address });
  const refusal = (actual: string, code: string, remediation: RegExp) => expectRefusal(() => literal(actual), { path: 'stack/Address', actual, code, remediation });
  refusal('fd12:3456:789a::1', 'OperationUnsupported.ULA', /write an address of the vSwitch's global block/);
  refusal('2408:4005:3c5:6e00::/64', 'IllegalParam.Ipv6Address', /write one address, because a prefix/);
  refusal('fe80::1', 'IllegalParam.Ipv6Address', /write an address of the vSwitch's global block/);

  expect(() => literal('2408:4005:3c5:6e00::fd')).not.toThrow();
});

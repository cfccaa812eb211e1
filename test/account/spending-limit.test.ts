import { describeLimit, limitFor, SpendingGuard } from './spending-limit';

const TYPE = 'ecs.t6-c1m1.large';
const limit = limitFor(TYPE);
const purchase = { Bandwidth: '1', InternetChargeType: 'PayByTraffic' };
const instance = { InstanceType: TYPE };

let guard: SpendingGuard;

beforeEach(() => {
  guard = new SpendingGuard(limit);
});

test('the limit lists the allowed actions', () => {
  expect(describeLimit(limit)).toContain(`at most 2 pay-as-you-go instances of the type ${TYPE}`);
  expect(describeLimit(limit)).toContain('at most 3 purchases of Internet bandwidth, each of at most 2 Mbit/s, paid by traffic: at most 2.7 GB outbound');
});

test.each<[string, Record<string, string>]>([
  ['DescribeIpv6Addresses', {}],
  ['DeleteVpc', {}],
  ['CreateVpc', {}],
  ['AllocateIpv6InternetBandwidth', purchase],
  ['AllocateIpv6InternetBandwidth', { ...purchase, Bandwidth: '2' }],
  ['ModifyIpv6InternetBandwidth', { Bandwidth: '2' }],
  ['RunInstances', instance],
  ['RunInstances', { ...instance, 'Amount': '1', 'InstanceChargeType': 'PostPaid', 'InternetMaxBandwidthOut': '0', 'SystemDisk.Size': '40' }],
])('%s is sent with %j', (action, params) => {
  expect(guard.refusal(action, params)).toBeUndefined();
});

test.each<[string, Record<string, string>]>([
  ['AllocateIpv6InternetBandwidth', { ...purchase, Bandwidth: '3' }],
  ['AllocateIpv6InternetBandwidth', { ...purchase, InternetChargeType: 'PayByBandwidth' }],
  ['AllocateIpv6InternetBandwidth', { Bandwidth: '1' }],
  ['AllocateIpv6InternetBandwidth', { InternetChargeType: 'PayByTraffic' }],
  ['ModifyIpv6InternetBandwidth', { Bandwidth: '3' }],
  ['RunInstances', { InstanceType: 'ecs.g7.large' }],
  ['RunInstances', { ...instance, Amount: '2' }],
  ['RunInstances', { ...instance, InstanceChargeType: 'PrePaid' }],
  ['RunInstances', { ...instance, InternetMaxBandwidthOut: '1' }],
  ['RunInstances', { ...instance, 'SystemDisk.Size': '41' }],
  ['RunInstances', { ...instance, 'DataDisk.1.Size': '20' }],
  ['AllocateEipAddress', {}],
])('%s is not sent with %j', (action, params) => {
  expect(guard.refusal(action, params)).toEqual(expect.any(String));
});

test('each purchase and each instance counts', () => {
  const sent = (action: string, params: Record<string, string>, times: number) =>
    Array.from({ length: times }, () => guard.refusal(action, params) === undefined);
  expect(sent('AllocateIpv6InternetBandwidth', purchase, 4)).toEqual([true, true, true, false]);
  expect(sent('RunInstances', instance, 3)).toEqual([true, true, false]);
});

test('after its time limit, a run may only read and delete', () => {
  let now = 0;
  const timed = new SpendingGuard(limit, 0, () => now);
  expect(timed.refusal('CreateVpc', {})).toBeUndefined();
  now = 60 * 60_000 + 1;
  expect(timed.refusal('CreateVpc', {})).toBe('the 60 minutes of the run are over');
  expect(timed.refusal('DeleteVpc', {})).toBeUndefined();
  expect(timed.refusal('DescribeVpcs', {})).toBeUndefined();
});

import { TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { Ipv6Address, Ipv6Addresses, Ipv6Gateway, Ipv6InternetBandwidth } from '../../src';
import { makeStack } from '../synth';

const bandwidth = (scope: Construct, id: string, props: object) =>
  new Ipv6InternetBandwidth(scope, id, { ipv6Address: Ipv6Address.fromInstanceId(scope, `${id}-address`, 'i-1'), bandwidth: 5, ...props });
const variable = (scope: Construct): any => new TerraformVariable(scope, 'Variable', { type: 'string' }).value;

test.each<[mistake: string, make: (scope: Construct) => unknown, message: string]>([
  ['a VPC id instead of the options', (scope) => Ipv6Address.fromInstanceId(scope, 'A', 'i-1', 'vpc-1' as any),
    'stack/A: options must be an object, got the string "vpc-1": pass { vpcId: \'vpc-…\' } as the fourth argument, or no fourth argument'],
  ['an untyped variable as an id', (scope) => Ipv6Address.fromInstanceId(scope, 'A', variable(scope)),
    'stack/A: instanceId must be the id of an ECS instance (i-…), got a token without a type: pass stringValue of the TerraformVariable, or Token.asString(token)'],
  ['an untyped variable as Mbit/s', (scope) => bandwidth(scope, 'B', { bandwidth: variable(scope) }),
    'stack/B: bandwidth must be an integer from 1 to 2000 Mbit/s for PayByBandwidth, got a token without a type (IllegalParam.Bandwidth): '
    + 'pass numberValue of the TerraformVariable, or Token.asNumber(token)'],
  ['undefined', (scope) => Ipv6Address.fromInstanceId(scope, 'A', undefined as any),
    'stack/A: instanceId must be the id of an ECS instance (i-…), got undefined: pass the id, i-…'],
  ['a number in quotes', (scope) => bandwidth(scope, 'B', { bandwidth: '100' }),
    'stack/B: bandwidth must be an integer from 1 to 2000 Mbit/s for PayByBandwidth, got the string "100" (IllegalParam.Bandwidth): write a number without quotes, from 1 to 2000'],
  ['a construct of another kind', (scope) => bandwidth(scope, 'B', { ipv6Address: Ipv6Gateway.fromIpv6GatewayId(scope, 'G', 'ipv6gw-1') }),
    'stack/B: ipv6Address must be a construct with an ipv6AddressId, got the construct stack/G (MissingParam.Ipv6InstanceId): '
    + 'pass an Ipv6Address, such as Ipv6Address.fromIpv6AddressId(scope, id, \'ipv6-…\')'],
  ['an instance twice in a loop', (scope) => ['i-1', 'i-2', 'i-1'].map((id, i) => bandwidth(scope, `B${i}`, { ipv6Address: Ipv6Address.fromInstanceId(scope, `A${i}`, id) })),
    'stack/B2: the address of i-1 already has bandwidth from stack/B0 (OperationFailed.InternetBandwidthAlreadyExisted): remove one of them, and set the bandwidth of the other to the sum'],
  ['a string instead of a list', (scope) => Ipv6Addresses.fromInstanceIds(scope, 'A', 'i-1' as any),
    'stack/A: instanceIds must be a list of ids (i-…), got the string "i-1": write [\'i-…\'], or pass listValue of a TerraformVariable, or Token.asList(iterator.pluckProperty(\'id\')) of an iterator'],
])('the message of %s names the type and the fix', (_, make, message) => {
  expect(() => make(makeStack())).toThrow(new Error(message));
});

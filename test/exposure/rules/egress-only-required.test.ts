import { bandwidth, findings, handWritten, said } from './exposed';
import { Ipv6Address, Ipv6Gateway, Ipv6InternetBandwidth } from '../../../src';
import { makeStack, numberVariable, RULE } from '../../synth';

const RULE_ID = 'Ipv6EgressOnlyRequired';
const OPEN: [string, string] = ['the Internet can open connections to the address', 'outbound only'];

test.each([
  ['egressOnly: true', (stack: any) => bandwidth(stack, 'B')],
  ['a rule that comes later', (stack: any) => bandwidth(stack, 'B', { egressOnly: undefined }).addEgressOnlyRule()],
  ['a hand-written rule for the id of the address', (stack: any) => {
    handWritten(stack, 'B', { ipv6_address_id: 'ipv6-x' });
    handWritten(stack, 'R', { instance_id: 'ipv6-x' }, RULE);
  }],
  ['a hand-written rule for the address of a bandwidth', (stack: any) => {
    const { resource } = bandwidth(stack, 'B', { egressOnly: false });
    handWritten(stack, 'R', { instance_id: resource.ipv6AddressId, ipv6_gateway_id: resource.ipv6GatewayId, instance_type: 'Ipv6Address' }, RULE);
  }],
  ['no address at all', (stack: any) => handWritten(stack, 'B', { count: 0 })],
])('%s is compliant', (_, make) => {
  expect(findings(RULE_ID, {}, make)).toEqual([]);
});

test('open bandwidth is compliant where the rule is not asked for', () => {
  expect(findings(RULE_ID, { egressOnlyRequired: false }, (stack) => bandwidth(stack, 'B', { egressOnly: false }))).toEqual([]);
});

/** A bandwidth, and a rule for its address that stands a number of times. */
function repeatedRule(stack: any, count: number): void {
  handWritten(stack, 'B', { ipv6_address_id: 'ipv6-x' });
  handWritten(stack, 'R', { instance_id: 'ipv6-x', count }, RULE);
}

test.each([
  ['egressOnly: false', (stack: any) => bandwidth(stack, 'B', { egressOnly: false })],
  ['nothing said', (stack: any) => bandwidth(stack, 'B', { egressOnly: undefined })],
  ['a hand-written bandwidth', (stack: any) => handWritten(stack, 'B')],
  ['an address that belongs to no instance', (stack: any) => new Ipv6InternetBandwidth(stack, 'B', {
    ipv6Address: new Ipv6Address(stack, 'A', { vswitchId: 'vsw-1' }), ipv6Gateway: Ipv6Gateway.fromIpv6GatewayId(stack, 'G', 'ipv6gw-1'), bandwidth: 1,
  })],
  ['a rule that is overridden to another address', (stack: any) => bandwidth(stack, 'B').egressOnlyRule!.resource.addOverride('instance_id', 'ipv6-other')],
  ['a hand-written rule that there is none of', (stack: any) => repeatedRule(stack, 0)],
  ['a hand-written rule of which only Terraform knows how many there are', (stack: any) => repeatedRule(stack, numberVariable(stack, 'count'))],
  ['a rule for prefixes', (stack: any) => bandwidth(stack, 'B').egressOnlyRule!.resource.addOverride('instance_type', 'Ipv6Prefix')],
  ['a bandwidth that is overridden to another address', (stack: any) => {
    bandwidth(stack, 'B', { egressOnly: false }).resource.addOverride('ipv6_address_id', 'ipv6-other');
  }],
  ['a rule in another stack', (stack: any) => {
    handWritten(stack, 'B', { ipv6_address_id: 'ipv6-x' });
    handWritten(makeStack(stack.node.root, 'other'), 'R', { instance_id: 'ipv6-x' }, RULE);
  }],
])('%s is non-compliant', (_, make) => {
  expect(said(findings(RULE_ID, {}, make))).toEqual([['stack/B', ...OPEN]]);
});

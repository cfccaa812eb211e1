import { TerraformElement } from 'cdktf';
import { bandwidth, findings, handWritten, said } from './exposed';
import { providerAlicloud } from '../../../src';
import { BANDWIDTH, makeStack } from '../../synth';

const RULE_ID = 'Ipv6LibraryConstructRequired';
const { VpcIpv6InternetBandwidth } = providerAlicloud.vpcIpv6InternetBandwidth;
const config = { ipv6AddressId: 'ipv6-1', ipv6GatewayId: 'ipv6gw-1', bandwidth: 1 };

test('the library\'s constructs are compliant, whatever is overridden', () => {
  expect(findings(RULE_ID, {}, (stack) => bandwidth(stack, 'B').resource.addOverride('bandwidth', 5))).toEqual([]);
});

test('a hand-written bandwidth is compliant where the rule is not asked for', () => {
  expect(findings(RULE_ID, { libraryConstructRequired: false }, (stack) => handWritten(stack, 'B'))).toEqual([]);
});

test.each([
  ['of other bindings', (stack: any) => handWritten(stack, 'B'), 'stack/B'],
  ['of the library\'s own bindings', (stack: any) => new VpcIpv6InternetBandwidth(stack, 'B', config), 'stack/B'],
  ['below one of the library\'s constructs', (stack: any) => new VpcIpv6InternetBandwidth(bandwidth(stack, 'B'), 'C', config), 'stack/B/C'],
  ['in a stack inside a stack', (stack: any) => handWritten(makeStack(stack, 'inner'), 'B'), 'stack/inner/B'],
  ['of an element of somebody\'s own making', (stack: any) => new (class extends TerraformElement {
    toTerraform() {
      return { resource: { [BANDWIDTH]: { own: { ipv6_address_id: 'ipv6-1', ipv6_gateway_id: 'ipv6gw-1', bandwidth: 1 } } } };
    }
  })(stack, 'B'), `stack (${BANDWIDTH}.own)`],
  ['of an override of the stack', (stack: any) => stack.addOverride(`resource.${BANDWIDTH}.own`, { bandwidth: 1 }), `stack (${BANDWIDTH}.own)`],
])('a hand-written bandwidth %s is non-compliant', (_, make, path) => {
  expect(said(findings(RULE_ID, {}, make))).toEqual([
    [path, 'a hand-written alicloud_vpc_ipv6_internet_bandwidth', 'bandwidth of the library\'s constructs'],
  ]);
});

import { TerraformStack } from 'cdktf';
import { bandwidth, findings, handWritten, said } from './exposed';
import { Ipv6EgressOnlyRule, Ipv6Gateway, Ipv6InternetBandwidth } from '../../../src';
import { RULE } from '../../synth';

const RULE_ID = 'Ipv6EgressOnlyRulesPerGateway';

function fleet(stack: TerraformStack, size: number): void {
  const ipv6Gateway = Ipv6Gateway.fromIpv6GatewayAttributes(stack, 'Gateway', { ipv6GatewayId: 'ipv6gw-1', vpcId: 'vpc-1' });
  for (let n = 0; n < size; n++) bandwidth(stack, `B${n}`, { ipv6Gateway });
}

test('as many rules as the service allows are compliant', () => {
  expect(findings(RULE_ID, {}, (stack) => fleet(stack, 200))).toEqual([]);
});

test('one more is non-compliant', () => {
  expect(said(findings(RULE_ID, {}, (stack) => fleet(stack, 201))))
    .toEqual([['stack/Gateway', 'ipv6gw-1 has 201 egress-only rules', '200 egress-only rules for a gateway']]);
});

test('a raised quota is compliant', () => {
  expect(findings(RULE_ID, { maxEgressOnlyRulesPerGateway: 201 }, (stack) => fleet(stack, 201))).toEqual([]);
});

test('hand-written rules, and rules of bandwidth that exists, count too', () => {
  const limits = { maxEgressOnlyRulesPerGateway: 3 };
  expect(said(findings(RULE_ID, limits, (stack) => {
    fleet(stack, 1);
    handWritten(stack, 'Three', { ipv6_gateway_id: 'ipv6gw-1', instance_id: 'ipv6-x', count: 2 }, RULE);
    const ipv6InternetBandwidth = Ipv6InternetBandwidth.fromIpv6InternetBandwidthAttributes(stack, 'Existing', {
      internetBandwidthId: 'ipv6bw-1', ipv6AddressId: 'ipv6-existing', ipv6GatewayId: 'ipv6gw-1',
    });
    new Ipv6EgressOnlyRule(stack, 'Four', { ipv6InternetBandwidth });
  }))).toEqual([['stack/Gateway', 'ipv6gw-1 has 4 egress-only rules', '3 egress-only rules for a gateway']]);
});

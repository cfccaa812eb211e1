import { App, TerraformStack } from 'cdktf';
import { bandwidth, findings, handWritten, said } from './exposed';
import { Ipv6Address, Ipv6Gateway, Ipv6InternetBandwidth } from '../../../src';
import { makeStack, numberVariable } from '../../synth';

const RULE_ID = 'Ipv6BandwidthPerGateway';
const LIMIT = '100 Mbit/s for a gateway';
const find = (make: (stack: TerraformStack, app: App) => unknown) => said(findings(RULE_ID, { maxBandwidthPerGateway: 100 }, make));

test('as much as is allowed is compliant, for each gateway', () => {
  expect(find((stack) => {
    bandwidth(stack, 'A', { bandwidth: 60 });
    bandwidth(stack, 'B', { bandwidth: 40 });
    bandwidth(stack, 'C', { bandwidth: 100, vpcId: 'vpc-2' });
  })).toEqual([]);
});

test('any sum is compliant where no ceiling is given', () => {
  expect(findings(RULE_ID, {}, (stack) => [1, 2].forEach((n) => bandwidth(stack, `B${n}`, { bandwidth: 2000 })))).toEqual([]);
});

test('what goes through the gateway of one VPC is summed up, however it is named', () => {
  expect(find((stack, app) => {
    const gateway = new Ipv6Gateway(stack, 'Gateway', { vpcId: 'vpc-1' });
    bandwidth(stack, 'Owned', { ipv6Gateway: gateway, bandwidth: 30 });
    const other = makeStack(app, 'other');
    bandwidth(other, 'AcrossStacks', { ipv6Gateway: gateway, bandwidth: 30 });
    handWritten(other, 'HandWritten', { ipv6_gateway_id: gateway.ipv6GatewayId, bandwidth: 30 });
    bandwidth(other, 'ById', { ipv6Gateway: Ipv6Gateway.fromIpv6GatewayAttributes(other, 'G', { ipv6GatewayId: 'ipv6gw-1', vpcId: 'vpc-1' }), bandwidth: 30 });
    handWritten(other, 'ByLiteral', { ipv6_gateway_id: 'ipv6gw-1', bandwidth: 30 });
  })).toEqual([['stack/Gateway', '150 Mbit/s in all', LIMIT]]);
});

test('an inferred gateway and one that is looked up count for the same VPC', () => {
  expect(find((stack) => {
    bandwidth(stack, 'Inferred', { bandwidth: 60 });
    bandwidth(stack, 'LookedUp', { ipv6Gateway: Ipv6Gateway.fromVpcId(stack, 'Gateway', 'vpc-1'), bandwidth: 60 });
  })).toEqual([['stack', 'the gateway of vpc-1 has 120 Mbit/s in all', LIMIT]]);
});

test('a hand-written bandwidth counts for each of its addresses', () => {
  expect(find((stack) => handWritten(stack, 'B', { bandwidth: 40, count: 3 }))).toEqual([['stack/B', 'ipv6gw-hand has 120 Mbit/s in all', LIMIT]]);
  expect(find((stack) => handWritten(stack, 'B', { bandwidth: 40, for_each: { a: 1, b: 2 } }))).toEqual([]);
});

test('what cannot be summed up is non-compliant', () => {
  expect(find((stack) => bandwidth(stack, 'B', { bandwidth: numberVariable(stack, 'mbps') })))
    .toEqual([['stack/B', 'the gateway of vpc-1 has 0 Mbit/s in all, beside what is known to Terraform only (1)', LIMIT]]);
  const [[path, seen]] = find((stack) => new Ipv6InternetBandwidth(stack, 'B', {
    ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'A', 'ipv6-1'), bandwidth: 1, egressOnly: true,
  }));
  expect(path).toBe('stack/B');
  expect(seen).toMatch(/^the gateway \$\{try\(.*, known to Terraform only$/);
});

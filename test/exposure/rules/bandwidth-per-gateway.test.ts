import { App, TerraformStack } from 'cdktf';
import { bandwidth, findings, handWritten, said } from './exposed';
import { Ipv6Address, Ipv6Addresses, Ipv6Gateway, Ipv6InternetBandwidth, Ipv6InternetBandwidths } from '../../../src';
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

describe('a gateway that only Terraform knows may be any other', () => {
  const through = (id: string, gatewayId: string) => (stack: TerraformStack) => handWritten(stack, id, { ipv6_gateway_id: gatewayId, bandwidth: 60 });

  test.each<[string, (stack: TerraformStack) => unknown]>([
    ['two literals', (stack) => [through('A', 'ipv6gw-1')(stack), through('B', 'ipv6gw-2')(stack)]],
    ['two gateways of the stack', (stack) => ['a', 'b'].map((id) =>
      bandwidth(stack, id, { vpcId: `vpc-${id}`, bandwidth: 60, ipv6Gateway: new Ipv6Gateway(stack, `Gateway-${id}`, { vpcId: `vpc-${id}` }) }))],
    ['the gateways of two VPCs that Terraform manages', (stack) => ['a', 'b'].map((id) => bandwidth(stack, id, { vpcId: `\${alicloud_vpc.${id}.id}`, bandwidth: 60 }))],
    ['a variable twice, with as much as is allowed', (stack) => [through('A', '${var.gateway}')(stack), handWritten(stack, 'B', { ipv6_gateway_id: '${var.gateway}', bandwidth: 40 })]],
  ])('%s are compliant', (_, make) => {
    expect(find(make)).toEqual([]);
  });

  test.each<[string, (stack: TerraformStack) => unknown, string]>([
    ['a variable and a literal', (stack) => [through('A', 'ipv6gw-1')(stack), through('B', '${var.gateway}')(stack)], 'ipv6gw-1, if it is ${var.gateway}, has 120 Mbit/s in all'],
    ['two variables', (stack) => [through('A', '${var.one}')(stack), through('B', '${var.other}')(stack)], '${var.one}, if it is ${var.other}, has 120 Mbit/s in all'],
    ['the VPCs of two vSwitches', (stack) => ['a', 'b'].map((id) => bandwidth(stack, id, { vpcId: `\${alicloud_vswitch.${id}.vpc_id}`, bandwidth: 60 })),
      'the gateway of ${alicloud_vswitch.a.vpc_id}, if it is the gateway of ${alicloud_vswitch.b.vpc_id}, has 120 Mbit/s in all'],
    ['a variable and many literals, said once', (stack) => ['1', '2', '3', '${var.gateway}'].map((id) => through(`B${id.length}${id[0]}`, id.length > 1 ? id : `ipv6gw-${id}`)(stack)),
      'ipv6gw-1, if it is ${var.gateway}, has 120 Mbit/s in all'],
  ])('%s are non-compliant', (_, make, seen) => {
    expect(find(make)).toEqual([['stack', seen, LIMIT]]);
  });
});

describe('what only Terraform knows', () => {
  const unknown = (id: string, props: object = {}) => (stack: TerraformStack) => bandwidth(stack, id, { bandwidth: numberVariable(stack, `mbps${id}`), ...props });
  const created = (stack: TerraformStack) => {
    stack.addOverride('resource.terraform_data.created', { input: 1 });
    return '${terraform_data.created.output}' as unknown as number;
  };

  test.each<[string, (stack: TerraformStack, app: App) => unknown]>([
    ['a variable', unknown('B')],
    ['variables and numbers, however the gateway is named', (stack) => {
      unknown('A')(stack);
      unknown('B', { ipv6Gateway: Ipv6Gateway.fromVpcId(stack, 'Gateway', 'vpc-1') })(stack);
      bandwidth(stack, 'C', { bandwidth: 40 });
    }],
    ['the same variable twice', (stack) => {
      const mbps = numberVariable(stack, 'mbps');
      for (const id of ['A', 'B']) bandwidth(stack, id, { bandwidth: mbps });
    }],
    ['a gateway of the stack', (stack) => unknown('B', { ipv6Gateway: new Ipv6Gateway(stack, 'Gateway', { vpcId: 'vpc-1' }) })(stack)],
    ['another gateway in another stack', (stack, app) => {
      unknown('B')(stack);
      bandwidth(makeStack(app, 'other'), 'B', { vpcId: 'vpc-2' });
    }],
  ])('is compliant where one plan adds it up: %s', (_, make) => {
    expect(find(make)).toEqual([]);
  });

  test.each<[string, (stack: TerraformStack, app: App) => unknown, string]>([
    ['the numbers alone are too many', (stack) => {
      unknown('A')(stack);
      bandwidth(stack, 'C', { bandwidth: 101 });
    }, '101 Mbit/s in all, beside what is known to Terraform only (1)'],
    ['a hand-written bandwidth goes through the gateway too', (stack) => {
      const ipv6Gateway = Ipv6Gateway.fromIpv6GatewayAttributes(stack, 'G', { ipv6GatewayId: 'ipv6gw-1', vpcId: 'vpc-1' });
      unknown('A', { ipv6Gateway })(stack);
      handWritten(stack, 'B', { ipv6_gateway_id: 'ipv6gw-1', bandwidth: 1 });
    }, '1 Mbit/s in all, beside what is known to Terraform only (1)'],
    ['one of another stack goes through the gateway too', (stack, app) => {
      unknown('A')(stack);
      bandwidth(makeStack(app, 'other'), 'B', { bandwidth: 1 });
    }, '1 Mbit/s in all, beside what is known to Terraform only (1)'],
    ['a variable is overridden by another', (stack) => {
      unknown('A')(stack).resource.addOverride('bandwidth', '${var.other}');
    }, '0 Mbit/s in all, beside what is known to Terraform only (1)'],
    ['a number is overridden by a higher one', (stack) => {
      unknown('A')(stack);
      bandwidth(stack, 'B', { bandwidth: 1 }).resource.addOverride('bandwidth', 2);
    }, '2 Mbit/s in all, beside what is known to Terraform only (1)'],
    ['a set of addresses is beside it', (stack) => {
      unknown('A')(stack);
      const ids = ['${var.id}'];
      new Ipv6InternetBandwidths(stack, 'Set', { ipv6Addresses: Ipv6Addresses.fromIpv6AddressIds(stack, 'SetAddresses', ids, { vpcId: 'vpc-1' }), bandwidth: 1, egressOnly: true });
    }, '0 Mbit/s in all, beside what is known to Terraform only (2)'],
    ['the check is taken out', (stack) => {
      unknown('A')(stack);
      stack.addOverride('resource.terraform_data.Ipv6GatewaySums.count', 0);
    }, '0 Mbit/s in all, beside what is known to Terraform only (1)'],
    ['a plan may not know it', (stack) => bandwidth(stack, 'A', { bandwidth: created(stack) }), '0 Mbit/s in all, beside what is known to Terraform only (1)'],
  ])('is non-compliant where %s', (_, make, seen) => {
    const found = find(make);
    expect(found).toHaveLength(1);
    expect(found[0][1]).toContain(seen);
  });

  test('is non-compliant where the rule only warns, because a condition of the plan would refuse', () => {
    const warned = findings(RULE_ID, { maxBandwidthPerGateway: 100, warnings: [RULE_ID] }, unknown('A'));
    expect(said(warned)).toEqual([['stack/A', 'the gateway of vpc-1 has 0 Mbit/s in all, beside what is known to Terraform only (1)', LIMIT]]);
  });

  test('is non-compliant where it is the gateway', () => {
    const [[path, seen]] = find((stack) => new Ipv6InternetBandwidth(stack, 'B', {
      ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'A', 'ipv6-1'), bandwidth: 1, egressOnly: true,
    }));
    expect(path).toBe('stack/B');
    expect(seen).toMatch(/^the gateway \$\{try\(.*, known to Terraform only$/);
  });
});

import { TerraformStack, Testing, Token } from 'cdktf';
import { Construct } from 'constructs';
import { expectRefusal, nested } from './mistakes';
import {
  ADDRESS, addressOf, ADDRESSES, aliasedProvider, BANDWIDTH, checksOf, dataSources, GATEWAY, makeApp, makeStack, problemsOf,
  numberVariable, only, otherResource, resolved,
  resources, RULE, synth, synthApp, Synthesized, textVariable, triggeringValue, warnings, writtenOut,
} from './synth';
import {
  IIpv6Address, IIpv6Gateway, InternetChargeType, Ipv6Address, Ipv6Gateway, Ipv6InternetBandwidth, Ipv6InternetBandwidthProps, providerAlicloud,
} from '../src';

type LooseProps = Partial<Record<keyof Ipv6InternetBandwidthProps, any>>;

function gatewayIn(scope: Construct): IIpv6Gateway {
  return scope.node.tryFindChild('GivenGateway') as any ?? Ipv6Gateway.fromIpv6GatewayId(scope, 'GivenGateway', 'ipv6gw-1');
}

function addressIn(scope: Construct, ipv6AddressId = 'ipv6-1'): IIpv6Address {
  return Ipv6Address.fromIpv6AddressAttributes(scope, `Given-${scope.node.children.length}`, { ipv6AddressId });
}

/** Bandwidth for an address that is taken as given: nothing but the bandwidth is synthesized. */
function make(props: LooseProps = {}, scope: Construct = makeStack(), id = 'Bandwidth') {
  const ipv6Address = props.ipv6Address ?? addressIn(scope);
  return new Ipv6InternetBandwidth(scope, id, { ipv6Address, bandwidth: 5, ipv6Gateway: gatewayIn(scope), egressOnly: false, ...props });
}

function owned(scope: Construct, id = 'Address') {
  return new Ipv6Address(scope, id, { vswitchId: 'vsw-1' });
}

/** The arguments of the only bandwidth. */
function synthesized(props: LooseProps, stack = makeStack()): any {
  make(props, stack);
  return only(resources(synth(stack), BANDWIDTH));
}

function bandwidthOf(tf: Synthesized, bandwidth: Ipv6InternetBandwidth): any {
  return resources(tf, BANDWIDTH)[bandwidth.resource.friendlyUniqueId];
}

test('has the Terraform resource as its default child', () => {
  const bandwidth = make();
  expect(bandwidth.node.defaultChild).toBe(bandwidth.resource);
  expect(bandwidth.resource).toBeInstanceOf(providerAlicloud.vpcIpv6InternetBandwidth.VpcIpv6InternetBandwidth);
});

describe('the synthesized resource', () => {
  test('passes all props to their arguments', () => {
    const stack = makeStack();
    const args = synthesized({
      bandwidth: 20,
      internetChargeType: InternetChargeType.PAY_BY_TRAFFIC,
      timeouts: { create: '10m', update: '11m', delete: '12m' },
      provider: aliasedProvider(stack),
    }, stack);
    expect(args).toEqual({
      ipv6_address_id: 'ipv6-1',
      ipv6_gateway_id: 'ipv6gw-1',
      bandwidth: 20,
      internet_charge_type: 'PayByTraffic',
      timeouts: { create: '10m', update: '11m', delete: '12m' },
      provider: 'alicloud.beijing',
      depends_on: ['terraform_data.Ipv6DestroyBeforeCreate'],
      lifecycle: { replace_triggered_by: [expect.any(String)] },
    });
  });

  test('writes the default charge type', () => {
    expect(synthesized({}).internet_charge_type).toBe('PayByBandwidth');
  });

  test('uses the gateway that the address has', () => {
    const stack = makeStack();
    const ipv6Address = Ipv6Address.fromIpv6AddressAttributes(stack, 'Address', { ipv6AddressId: 'ipv6-1', ipv6GatewayId: 'ipv6gw-2' });
    expect(synthesized({ ipv6Address, ipv6Gateway: undefined }, stack).ipv6_gateway_id).toBe('ipv6gw-2');
  });

  test('uses the gateway of the VPC of a looked-up address', () => {
    const stack = makeStack();
    make({ ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-1'), ipv6Gateway: undefined }, stack);
    const tf = synth(stack);
    const args = only(resources(tf, BANDWIDTH));
    expect(args.ipv6_address_id).toBe('ipv6-1');
    expect(args.ipv6_gateway_id).toBe('${try(coalesce(local.ipv6_region["ipv6-1"][0].ipv6_gateway_id), "")}');
    expect(writtenOut(tf, args.ipv6_gateway_id)).toContain(`data.${ADDRESSES}.`);
  });

  test('has id, address, gateway and status as attributes of the resource', () => {
    const stack = makeStack();
    const { internetBandwidthId, ipv6AddressId, ipv6GatewayId, status, resource } = make({}, stack);
    expect(resolved(stack, [internetBandwidthId, ipv6AddressId, ipv6GatewayId, status])).toEqual(
      ['id', 'ipv6_address_id', 'ipv6_gateway_id', 'status'].map((attribute) => `\${${addressOf(resource)}.${attribute}}`),
    );
  });

  test('requires a Terraform version', () => {
    const stack = makeStack();
    make({}, stack);
    expect(synth(stack).terraform!.required_version).toBe('>= 1.4.0');
  });

  test('has the same bytes in a second synthesis', () => {
    const build = () => {
      const stack = makeStack();
      make({ ipv6Address: Ipv6Address.fromInstanceId(stack, 'Address', textVariable(stack, 'instance')), bandwidth: numberVariable(stack, 'mbps'), egressOnly: true }, stack);
      make({ ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'Other', 'ipv6-2'), ipv6Gateway: undefined }, stack, 'Adopted');
      return stack;
    };
    const stack = build();
    const bytes = Testing.synth(stack);
    expect(Testing.synth(stack)).toBe(bytes);
    expect(Testing.synth(build())).toBe(bytes);
  });
});

test.each<[keyof Ipv6InternetBandwidthProps, any, RegExp]>([
  ['ipv6Address', 'ipv6-1', /^ipv6Address must be a construct.* \(MissingParam\.Ipv6InstanceId\): pass an Ipv6Address.*fromIpv6AddressId/],
  ['bandwidth', 0, /^bandwidth must be an integer from 1 to 2000 Mbit\/s/],
  ['ipv6Gateway', 'ipv6gw-1', /^ipv6Gateway must be a construct.*: pass an Ipv6Gateway.*fromIpv6GatewayId/],
  ['internetChargeType', 'paybytraffic', /^internetChargeType must be PayByBandwidth or PayByTraffic/],
  ['egressOnly', 'true', /^egressOnly must be true or false/],
  ['supportedBindTypes', 'NewKind', /^supportedBindTypes must be a list of strings/],
  ['timeouts', '10m', /^timeouts must be an object/],
  ['provider', 'alicloud.beijing', /^provider must be a provider construct/],
])('%s is validated', (property, actual, problem) => {
  expectRefusal(() => make({ [property]: actual }), { path: 'stack/Bandwidth', actual, problem });
});

test('egressOnlyRule is validated', () => {
  expectRefusal(() => make({ egressOnly: true, egressOnlyRule: 'outbound' }), { path: 'stack/Bandwidth', actual: 'outbound', remediation: /: pass / });
});

test('the props are validated', () => {
  expectRefusal(() => new Ipv6InternetBandwidth(makeStack(), 'Bandwidth', undefined as any), { path: 'stack/Bandwidth', actual: undefined, remediation: /: pass / });
});

describe('bandwidth', () => {
  const code = 'IllegalParam.Bandwidth';
  const never: [any][] = [[0], [-0], [-1], [1.5], [0.9999], [NaN], [Infinity], [-Infinity], ['5'], [''], [null], [undefined], [true], [{}], [[5]], [2001]];

  test('a number of Terraform is no charge type', () => {
    expect(() => make({ internetChargeType: Token.asNumber('${var.type}') as any })).toThrow('internetChargeType must be PayByBandwidth or PayByTraffic, got a token');
  });

  describe.each([[InternetChargeType.PAY_BY_BANDWIDTH, 2000], [InternetChargeType.PAY_BY_TRAFFIC, 1000]])('%s', (internetChargeType, max) => {
    test.each(never)('fails when it is %p', (bandwidth) => {
      expectRefusal(() => make({ bandwidth, internetChargeType }), {
        path: 'stack/Bandwidth',
        actual: bandwidth,
        code,
        problem: new RegExp(`^bandwidth must be an integer from 1 to ${max} Mbit/s for ${internetChargeType},`),
        remediation: new RegExp(`: write (an integer|a number without quotes,) from 1 to ${max}$`),
      });
    });

    test.each([[1], [2], [999], [1000], [max]])('takes %p', (bandwidth) => {
      expect(synthesized({ bandwidth, internetChargeType })).toMatchObject({ bandwidth, internet_charge_type: internetChargeType });
    });

    test.each([['2001 and more', 5000], ['what the provider would let through', 2001]])('fails when it is %s', (_, bandwidth) => {
      expectRefusal(() => make({ bandwidth, internetChargeType }), { path: 'stack/Bandwidth', actual: bandwidth, code, remediation: /write an integer from/ });
    });
  });

  test.each([[1001], [2000]])('points to PayByBandwidth when it is %p with PayByTraffic', (bandwidth) => {
    expectRefusal(() => make({ bandwidth, internetChargeType: InternetChargeType.PAY_BY_TRAFFIC }), {
      path: 'stack/Bandwidth', actual: bandwidth, code, remediation: /: lower it, or use InternetChargeType\.PAY_BY_BANDWIDTH \(up to 2000\)$/,
    });
    expect(synthesized({ bandwidth }).bandwidth).toBe(bandwidth);
  });

  test.each([
    ['a number variable', (scope: Construct) => numberVariable(scope, 'mbps')],
    ['a text variable', (scope: Construct) => textVariable(scope, 'mbps')],
    ['a number token of another kind', (scope: Construct) => Token.asNumber(textVariable(scope, 'mbps'))],
    ['an expression written by hand', () => '${var.mbps}'],
  ])('is checked at plan when it is %s', (_, value) => {
    const stack = makeStack();
    make({ bandwidth: value(stack), internetChargeType: InternetChargeType.PAY_BY_TRAFFIC }, stack);
    const tf = synth(stack);
    const args = only(resources(tf, BANDWIDTH));
    expect(args.bandwidth).toBe('${var.mbps}');
    const [guard] = checksOf(tf);
    expect(guard.condition).toMatch(/^\$\{try\((local\.[\w-]+) >= 1 && \1 <= 1000 && floor\(\1\) == \1, false\)\}$/);
    expect(writtenOut(tf, guard.condition)).toContain('${var.mbps}');
    expect(guard.error_message).toMatch(/^stack\/Bandwidth: bandwidth is \$\{.*local\.[\w-]+.*\}, not an integer from 1 to .*1000.* Mbit\/s for PayByTraffic \(IllegalParam\.Bandwidth\): [a-z].*[^.]$/);
  });

  test('needs no check at plan when it is a literal', () => {
    expect(synthesized({}).lifecycle.precondition).toBeUndefined();
  });
});

describe('internetChargeType', () => {
  test.each([['PayByOld95'], ['paybytraffic'], ['PAY_BY_TRAFFIC'], [''], [5], [true], [{}], [['PayByTraffic']]])('fails when it is %p', (internetChargeType) => {
    expectRefusal(() => make({ internetChargeType }), {
      path: 'stack/Bandwidth',
      actual: internetChargeType,
      code: 'IllegalParam.InternetChargeType',
      problem: /^internetChargeType must be PayByBandwidth or PayByTraffic/,
      remediation: /use InternetChargeType\.PAY_BY_BANDWIDTH or InternetChargeType\.PAY_BY_TRAFFIC$/,
    });
  });

  test.each([['PayByBandwidth'], ['PayByTraffic']])('takes %s', (internetChargeType) => {
    expect(synthesized({ internetChargeType }).internet_charge_type).toBe(internetChargeType);
  });

  test.each([['a variable', (scope: Construct) => textVariable(scope, 'type')], ['an expression written by hand', () => '${var.type}']])('is checked at plan when it is %s', (_, value) => {
    const stack = makeStack();
    make({ internetChargeType: value(stack), bandwidth: 1500 }, stack);
    const tf = synth(stack);
    const args = only(resources(tf, BANDWIDTH));
    expect(args.internet_charge_type).toBe('${var.type}');
    const [type, mbps] = checksOf(tf);
    expect(type.condition).toMatch(/^\$\{try\(contains\(\["PayByBandwidth","PayByTraffic"\], local\.[\w-]+\), false\)\}$/);
    expect(type.error_message).toMatch(/^stack\/Bandwidth: internetChargeType is \$\{.*local\.[\w-]+.*\}, not .*\(IllegalParam\.InternetChargeType\): /);
    expect(mbps.condition).toMatch(/^\$\{try\(1500 >= 1 && 1500 <= \(local\.[\w-]+ == "PayByTraffic" \? 1000 : 2000\) && floor\(1500\) == 1500, false\)\}$/);
    expect(mbps.error_message).toContain('(IllegalParam.Bandwidth)');
    expect(writtenOut(tf, type.condition)).toContain('${var.type}');
  });

  test('refuses a literal that no charge type allows at once, even if the type is known later', () => {
    const stack = makeStack();
    expectRefusal(() => make({ internetChargeType: '${var.type}', bandwidth: 2001 }, stack), {
      path: 'stack/Bandwidth', actual: 2001, code: 'IllegalParam.Bandwidth', problem: /^bandwidth must be an integer from 1 to 2000 Mbit\/s,/, remediation: /write an integer from/,
    });
  });
});

describe('ipv6Address', () => {
  test('fails when it is a construct of another kind', () => {
    const stack = makeStack();
    [gatewayIn(stack), new Construct(stack, 'Other'), stack].forEach((ipv6Address, i) => expectRefusal(() => make({ ipv6Address }, stack, `Bandwidth${i}`), {
      path: `stack/Bandwidth${i}`, actual: ipv6Address, code: 'MissingParam.Ipv6InstanceId', remediation: /pass an Ipv6Address/,
    }));
  });

  test('fails when it is another bandwidth', () => {
    const stack = makeStack();
    const given = Ipv6InternetBandwidth.fromIpv6InternetBandwidthAttributes(stack, 'Given', { internetBandwidthId: 'ipv6bw-1', ipv6AddressId: 'ipv6-2', ipv6GatewayId: 'ipv6gw-1' });
    [make({}, stack), given].forEach((ipv6Address, i) => expectRefusal(() => make({ ipv6Address }, stack, `Second${i}`), {
      path: `stack/Second${i}`, actual: ipv6Address, code: 'OperationFailed.InternetBandwidthAlreadyExisted', remediation: /pass an Ipv6Address/,
    }));
  });

  test('uses an address of another library by its id', () => {
    class Own extends Construct implements IIpv6Address {
      readonly ipv6AddressId = 'ipv6-own';
    }
    const stack = makeStack();
    const ipv6Address = new Own(stack, 'Own');
    expect(synthesized({ ipv6Address }, stack)).toMatchObject({ ipv6_address_id: 'ipv6-own', ipv6_gateway_id: 'ipv6gw-1' });
  });

  test('validates the id of an address of another library', () => {
    class Own extends Construct {
      readonly ipv6AddressId = '2408::1';
    }
    const stack = makeStack();
    expectRefusal(() => make({ ipv6Address: new Own(stack, 'Own') }, stack), {
      path: 'stack/Own', actual: '2408::1', code: 'MissingParam.Ipv6InstanceId', problem: /^ipv6AddressId must be/, remediation: /pass (the|its) id/,
    });
  });
});

describe('ipv6Gateway', () => {
  test('validates the id of a gateway of another library', () => {
    class Own extends Construct {
      readonly ipv6GatewayId = '2408::1';
    }
    const stack = makeStack();
    expectRefusal(() => make({ ipv6Gateway: new Own(stack, 'Own') }, stack), { path: 'stack/Own', actual: '2408::1', problem: /^ipv6GatewayId must be/, remediation: /pass (the|its) id/ });
  });

  test('is required for an owned address', () => {
    const stack = makeStack();
    const ipv6Address = owned(stack);
    expectRefusal(() => make({ ipv6Address, ipv6Gateway: undefined }, stack), {
      path: 'stack/Bandwidth', actual: undefined, code: 'OperationFailed.Ipv6GatewayNotExist', problem: /^ipv6Gateway must be set for the address/, remediation: /ipv6Gateway: Ipv6Gateway\.fromVpcId/,
    });
  });

  test('is required for an address by its attributes without a gateway', () => {
    const stack = makeStack();
    expectRefusal(() => make({ ipv6Gateway: undefined }, stack), { path: 'stack/Bandwidth', code: 'OperationFailed.Ipv6GatewayNotExist', remediation: /Ipv6Gateway\.fromVpcId/ });
  });

  test('fails when it is looked up in the stack that creates it', () => {
    const stack = makeStack();
    new Ipv6Gateway(stack, 'Gateway', { vpcId: 'vpc-1' });
    const ipv6Gateway = Ipv6Gateway.fromVpcId(stack, 'Found', 'vpc-1');
    expectRefusal(() => make({ ipv6Gateway }, stack), {
      path: 'stack/Bandwidth', actual: ipv6Gateway, code: 'OperationFailed.Ipv6GatewayNotExist', problem: /gateway that this stack creates/, remediation: /pass the Ipv6Gateway stack\/Gateway( as ipv6Gateway)?$/,
    });
  });

  test('fails when the app creates it, and the bandwidth would read it from a lookup', () => {
    const stack = makeStack();
    new Ipv6Gateway(stack, 'Gateway', { vpcId: 'vpc-1' });
    const ipv6Address = Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-1', { vpcId: 'vpc-1' });
    expectRefusal(() => make({ ipv6Address, ipv6Gateway: undefined }, stack), {
      path: 'stack/Bandwidth', code: 'OperationFailed.Ipv6GatewayNotExist', remediation: /pass the Ipv6Gateway stack\/Gateway( as ipv6Gateway)?$/,
    });
  });

  test('is looked up by its VPC', () => {
    const stack = makeStack();
    make({ ipv6Address: owned(stack), ipv6Gateway: Ipv6Gateway.fromVpcId(stack, 'Gateway', 'vpc-1') }, stack);
    const tf = synth(stack);
    const { ipv6_gateway_id: id } = only(resources(tf, BANDWIDTH));
    expect(id).toBe('${try(one(data.alicloud_vpc_ipv6_gateways.ipv6_gateway_of_vpc-1.gateways).ipv6_gateway_id, "")}');
    expect(checksOf(tf)).toEqual([{ condition: expect.stringContaining('gateways) == 1'), error_message: expect.stringContaining('vpc-1 has no IPv6 gateway (OperationFailed.Ipv6GatewayNotExist)') }]);
  });

  describe('in another VPC than the address', () => {
    const refusal = { path: 'stack/Bandwidth', code: 'OperationFailed.Ipv6GatewayDisMatchIpv6Address', remediation: /pass the gateway of the address's own VPC$/ };
    const addresses: [string, (stack: TerraformStack, vpcId: string) => IIpv6Address][] = [
      ['looked up by id', (stack, vpcId) => Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-1', { vpcId })],
      ['looked up by instance', (stack, vpcId) => Ipv6Address.fromInstanceId(stack, 'Address', 'i-1', { vpcId })],
      ['looked up by interface', (stack, vpcId) => Ipv6Address.fromNetworkInterfaceId(stack, 'Address', 'eni-1', { vpcId })],
      ['used by its attributes', (stack, vpcId) => Ipv6Address.fromIpv6AddressAttributes(stack, 'Address', { ipv6AddressId: 'ipv6-1', vpcId })],
    ];
    const gateways: [string, (stack: TerraformStack, vpcId: string) => IIpv6Gateway][] = [
      ['created', (stack, vpcId) => new Ipv6Gateway(stack, 'Gateway', { vpcId })],
      ['looked up', (stack, vpcId) => Ipv6Gateway.fromVpcId(stack, 'Gateway', vpcId)],
      ['used by its attributes', (stack, vpcId) => Ipv6Gateway.fromIpv6GatewayAttributes(stack, 'Gateway', { ipv6GatewayId: 'ipv6gw-1', vpcId })],
    ];
    const pairs = addresses.flatMap(([address, makeAddress]) =>
      gateways.map(([gateway, makeGateway]) => [address, gateway, makeAddress, makeGateway] as const));

    test.each(pairs)('fails when the address is %s and the gateway %s', (_a, _g, makeAddress, makeGateway) => {
      const stack = makeStack();
      const props = { ipv6Address: makeAddress(stack, 'vpc-1'), ipv6Gateway: makeGateway(stack, 'vpc-2') };
      expectRefusal(() => make(props, stack), { ...refusal, actual: 'vpc-2', problem: /^the VPC of ipv6Gateway must be that of the address, vpc-1/ });
    });

    test.each(pairs)('is accepted when the VPCs are the same: the address %s, the gateway %s', (_a, _g, makeAddress, makeGateway) => {
      const stack = makeStack();
      const bandwidth = synthesized({ ipv6Address: makeAddress(stack, 'vpc-1'), ipv6Gateway: makeGateway(stack, 'vpc-1') }, stack);
      expect(bandwidth).toMatchObject({ ipv6_address_id: expect.any(String), ipv6_gateway_id: expect.any(String) });
    });

    test.each(pairs)('is checked by the plan when only Terraform knows the VPC: the address %s, the gateway %s', (_a, _g, makeAddress, makeGateway) => {
      const stack = makeStack();
      const { ipv6Address, ipv6Gateway } = { ipv6Address: makeAddress(stack, '${var.a}'), ipv6Gateway: makeGateway(stack, 'vpc-1') };
      make({ ipv6Address, ipv6Gateway }, stack);
      const { locals, resource } = synth(stack);
      expect(JSON.stringify([locals, resource]).includes('OperationFailed.Ipv6GatewayDisMatchIpv6Address')).toBe(_a !== 'used by its attributes');
    });

    test('fails when the attributes of the address have another gateway', () => {
      const stack = makeStack();
      const ipv6Address = Ipv6Address.fromIpv6AddressAttributes(stack, 'Address', { ipv6AddressId: 'ipv6-1', ipv6GatewayId: 'ipv6gw-2' });
      expectRefusal(() => make({ ipv6Address }, stack), { ...refusal, actual: 'ipv6gw-1', problem: /^the IPv6 gateway of ipv6Gateway must be that of the address, ipv6gw-2/ });
    });
  });
});

describe('the plan-time checks of a looked-up address', () => {
  /** The conditions of the stack's one check. */
  function problems(props: (stack: TerraformStack) => LooseProps): string {
    const stack = makeStack();
    make({ ipv6Gateway: undefined, ...props(stack) }, stack);
    const tf = synth(stack);
    expect(only(resources(tf, BANDWIDTH)).lifecycle.precondition).toBeUndefined();
    expect(Object.keys(tf.locals!.ipv6_wanted)).toEqual(['stack/Bandwidth']);
    return problemsOf(tf).join('\n');
  }

  test('name every code, once for the whole stack', () => {
    const condition = problems((stack) => ({ ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-1') }));
    for (const code of [
      'ResourceNotFound.Ipv6Address',
      'IncorrectStatus.Ipv6Instance', 'OperationUnsupported.ULA', 'IllegalParam.Ipv6Address', 'OperationDenied.UnSupportedBindTypeCloudInstance', 'OperationFailed.Ipv6GatewayNotExist',
    ]) {
      expect(condition).toContain(`(${code})`);
    }
  });

  test('compare the VPCs if the VPC of the gateway is known, and otherwise the gateways', () => {
    const find = (stack: TerraformStack) => Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-1');
    const byVpc = problems((stack) => ({ ipv6Address: find(stack), ipv6Gateway: new Ipv6Gateway(stack, 'Gateway', { vpcId: 'vpc-1' }) }));
    const byId = problems((stack) => ({ ipv6Address: find(stack), ipv6Gateway: gatewayIn(stack) }));
    expect(byVpc).toContain('a.vpc_id == "vpc-1"');
    expect(byId).toContain('a.ipv6_gateway_id == "ipv6gw-1"');
    for (const condition of [byVpc, byId]) expect(condition).toContain('(OperationFailed.Ipv6GatewayDisMatchIpv6Address)');
  });

  test('show the number of addresses of an instance', () => {
    const message = problems((stack) => ({ ipv6Address: Ipv6Address.fromInstanceId(stack, 'Address', 'i-1', { vpcId: 'vpc-1' }) }));
    expect(message).toMatch(/found \$\{length\(.*\)\} addresses for one IPv6 address of \$\{id\} in vpc-1: name one of them with ipv6Address/);
  });

  test('accept the types in supportedBindTypes', () => {
    const find = (stack: TerraformStack) => Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-1');
    expect(problems((stack) => ({ ipv6Address: find(stack) }))).not.toContain('NewKind');
    expect(problems((stack) => ({ ipv6Address: find(stack), supportedBindTypes: ['NewKind'] }))).toContain('NewKind');
    expect(problems((stack) => ({ ipv6Address: find(stack), supportedBindTypes: ['NewKind'] }))).toContain('EcsInstance');
  });
});

describe('egressOnly', () => {
  test('adds a rule when true', () => {
    const stack = makeStack();
    const bandwidth = make({ egressOnly: true, egressOnlyRule: { ipv6EgressOnlyRuleName: 'outbound', description: 'no way in', timeouts: { create: '9m' } } }, stack);
    expect(bandwidth.egressOnlyRule!.node.path).toBe('stack/Bandwidth/EgressOnlyRule');
    expect(only(resources(synth(stack), RULE))).toMatchObject({
      ipv6_egress_rule_name: 'outbound', description: 'no way in', timeouts: { create: '9m' }, instance_id: `\${${addressOf(bandwidth.resource)}.ipv6_address_id}`,
    });
  });

  test.each([[false], [undefined]])('adds none when %p', (egressOnly) => {
    const stack = makeStack();
    expect(make({ egressOnly }, stack).egressOnlyRule).toBeUndefined();
    expect(resources(synth(stack), RULE)).toEqual({});
  });

  test.each([[false], [undefined]])('fails when it is %p and egressOnlyRule is given', (egressOnly) => {
    expectRefusal(() => make({ egressOnly, egressOnlyRule: {} }), {
      path: 'stack/Bandwidth', actual: egressOnly, problem: /^egressOnly must be true with egressOnlyRule/, remediation: /set egressOnly to true, or remove egressOnlyRule$/,
    });
  });

  test('fails when true for an address that the stack owns', () => {
    const stack = makeStack();
    const ipv6Address = owned(stack);
    expectRefusal(() => make({ ipv6Address, egressOnly: true }, stack), {
      path: 'stack/Bandwidth/EgressOnlyRule', actual: ipv6Address, problem: /requires the address of an instance/, remediation: /set egressOnly to false and remove the rule, or pass the address of an instance$/,
    });
  });
});

describe('warnings', () => {
  const TEXT = /the Internet can open connections to this address, because egressOnly is undefined: set egressOnly to true, which closes inbound within seconds of the purchase, or to false to keep inbound open/;

  test('report open inbound once when egressOnly is undefined', () => {
    const stack = makeStack();
    make({ egressOnly: undefined }, stack);
    Testing.synth(stack);
    expect(warnings(stack)).toEqual([['stack/Bandwidth', expect.stringMatching(TEXT)]]);
    Testing.synth(stack);
    expect(warnings(stack)).toHaveLength(1);
  });

  test.each([[true], [false]])('are not produced when egressOnly is %p', (egressOnly) => {
    const stack = makeStack();
    make({ egressOnly }, stack);
    Testing.synth(stack);
    expect(warnings(stack)).toEqual([]);
  });

  test('are not produced when a rule was added later', () => {
    const stack = makeStack();
    const bandwidth = make({ egressOnly: undefined }, stack);
    make({ egressOnly: undefined, ipv6Address: addressIn(stack, 'ipv6-2') }, stack, 'Open');
    bandwidth.addEgressOnlyRule();
    Testing.synth(stack);
    expect(warnings(stack).map(([path]) => path)).toEqual(['stack/Open']);
  });

  test('are not produced when a rule was added later to an address whose id comes from another stack', () => {
    const app = makeApp();
    const ipv6AddressId = otherResource(makeStack(app, 'elsewhere'), 'Assigned', 'alicloud_assigned').getStringAttribute('ipv6_id');
    const stack = makeStack(app);
    const bandwidth = make({ egressOnly: undefined, ipv6Address: addressIn(stack, ipv6AddressId) }, stack);
    bandwidth.addEgressOnlyRule();
    app.synth();
    expect(warnings(stack)).toEqual([]);
    expect(bandwidth.egressOnlyRule?.node.path).toBe('stack/Bandwidth/EgressOnlyRule');
  });

  test('are in the manifest, where cdktf synth reads them', () => {
    const app = makeApp();
    make({ egressOnly: undefined }, makeStack(app));
    app.synth();
    expect(app.manifest.stacks.stack.annotations).toEqual([expect.objectContaining({ constructPath: 'stack/Bandwidth', level: '@cdktf/warn', message: expect.stringMatching(TEXT) })]);
  });
});

describe('a second bandwidth for one address', () => {
  const code = 'OperationFailed.InternetBandwidthAlreadyExisted';
  const remediation = /remove one of them, and set the bandwidth of the other to the sum$/;
  const byId = (scope: Construct, id: string, ipv6AddressId = 'ipv6-1') => Ipv6Address.fromIpv6AddressId(scope, id, ipv6AddressId);
  const byInstance = (scope: Construct, id: string, ipv6Address?: string) => Ipv6Address.fromInstanceId(scope, id, 'i-1', { ipv6Address });

  const same: [string, (stack: TerraformStack) => [IIpv6Address, IIpv6Address]][] = [
    ['the same construct', (stack) => { const address = byId(stack, 'A'); return [address, address]; }],
    ['two lookups of one id', (stack) => [byId(stack, 'A'), byId(stack, 'B')]],
    ['a lookup and an import of one id', (stack) => [byId(stack, 'A'), addressIn(stack)]],
    ['one id looked up in different VPCs', (stack) => [byId(stack, 'A'), Ipv6Address.fromIpv6AddressId(stack, 'B', 'ipv6-1', { vpcId: 'vpc-1' })]],
    ['an owned address twice', (stack) => { const address = owned(stack); return [address, address]; }],
    ['an owned address, and its id', (stack) => { const address = owned(stack); return [address, addressIn(stack, address.ipv6AddressId)]; }],
    ['the id of an owned address, read twice', (stack) => { const { resource } = owned(stack); return [addressIn(stack, resource.id), addressIn(stack, resource.getStringAttribute('id'))]; }],
    ['one expression written by hand', (stack) => [addressIn(stack, '${var.a}'), byId(stack, 'B', '${var.a}')]],
    ['the only address of an instance', (stack) => [byInstance(stack, 'A'), byInstance(stack, 'B')]],
    ['a named address of an instance, then its only address', (stack) => [byInstance(stack, 'A', '2408::1'), byInstance(stack, 'B')]],
    ['the only address of an instance, then a named one', (stack) => [byInstance(stack, 'A'), byInstance(stack, 'B', '2408::1')]],
    ['a named address of an instance, in two notations', (stack) => [byInstance(stack, 'A', '2408::1'), byInstance(stack, 'B', '2408:0:0:0:0:0:0:01')]],
    ['the only address of an interface', (stack) => [Ipv6Address.fromNetworkInterfaceId(stack, 'A', 'eni-1'), Ipv6Address.fromNetworkInterfaceId(stack, 'B', 'eni-1')]],
    ['the instance of one resource, read twice', (stack) => {
      const instance = otherResource(stack, 'Instance', 'alicloud_instance');
      return [Ipv6Address.fromInstanceId(stack, 'A', instance.getStringAttribute('id')), Ipv6Address.fromInstanceId(stack, 'B', instance.getStringAttribute('id'))];
    }],
  ];

  test.each(same)('fails when it is %s', (_, addresses) => {
    const stack = makeStack();
    const [first, second] = addresses(stack);
    make({ ipv6Address: first }, stack, 'First');
    expectRefusal(() => make({ ipv6Address: second }, stack, 'Second'), {
      path: 'stack/Second', code, problem: /^the address .*already has bandwidth from stack\/First/, remediation,
    });
  });

  test.each(same)('is accepted when the first was removed: %s', (_, addresses) => {
    const stack = makeStack();
    const [first, second] = addresses(stack);
    make({ ipv6Address: first }, stack, 'First');
    stack.node.tryRemoveChild('First');
    const kept = make({ ipv6Address: second }, stack, 'Second');
    const tf = synth(stack);
    expect(Object.keys(resources(tf, BANDWIDTH))).toEqual([kept.resource.friendlyUniqueId]);
    // An entry that stays behind would make the plan fail: two bandwidths for one address.
    expect(JSON.stringify(tf.resource!.terraform_data)).not.toMatch(/First|Ipv6UniqueAddresses/);
  });

  test('fails when the first is inside a module, or the second', () => {
    const stack = makeStack();
    make({}, nested(stack), 'First');
    expectRefusal(() => make({}, nested(stack, 'Other'), 'Second'), { path: 'stack/Other/Inner/Second', code, problem: /already has bandwidth from stack\/Module\/Inner\/First/, remediation });
  });

  test('is accepted when the module with the first was removed', () => {
    const stack = makeStack();
    make({}, nested(stack), 'First');
    stack.node.tryRemoveChild('Module');
    make({}, stack, 'Second');
    expect(Object.keys(resources(synth(stack), BANDWIDTH))).toEqual([expect.stringMatching(/^Second_/)]);
  });

  test('fails when the first is in another stack', () => {
    const app = makeApp();
    const [a, b] = [makeStack(app, 'a'), makeStack(app, 'b')];
    const address = owned(a, 'Owned');
    make({ ipv6Address: address }, a, 'Owned-bandwidth');
    make({}, a, 'First');
    expectRefusal(() => make({}, b, 'Second'), { path: 'b/Second', code, problem: /already has bandwidth from a\/First/, remediation });
    expectRefusal(() => make({ ipv6Address: address }, b, 'Third'), { path: 'b/Third', code, problem: /already has bandwidth from a\/Owned-bandwidth/, remediation });
    expectRefusal(() => make({ ipv6Address: addressIn(b, address.ipv6AddressId) }, b, 'Fourth'), { path: 'b/Fourth', code, remediation });
  });

  test('is accepted in another stack, where the same expression has another value', () => {
    const app = makeApp();
    const stacks = ['a', 'b'].map((id) => makeStack(app, id));
    stacks.forEach((stack) => make({ ipv6Address: addressIn(stack, '${var.a}') }, stack));
    stacks.forEach((stack) => expect(only(resources(synth(stack), BANDWIDTH)).ipv6_address_id).toBe('${var.a}'));
  });

  test('is accepted for another address: by id, by literal, by instance, of another resource, in another app', () => {
    const stack = makeStack();
    [
      byId(stack, 'A'), byId(stack, 'B', 'ipv6-2'), byInstance(stack, 'C', '2408::1'), byInstance(stack, 'D', '2408::2'), Ipv6Address.fromInstanceId(stack, 'E', 'i-2'),
      owned(stack, 'F'), owned(stack, 'G'), addressIn(stack, '${var.a}'), addressIn(stack, '${var.b}'),
    ].forEach((ipv6Address, i) => make({ ipv6Address }, stack, `Bandwidth${i}`));
    make();
    expect(Object.keys(resources(synth(stack), BANDWIDTH))).toHaveLength(9);
  });

  test('fails for an instance if one of its two addresses still has bandwidth', () => {
    const stack = makeStack();
    make({ ipv6Address: byInstance(stack, 'A', '2408::1') }, stack, 'First');
    make({ ipv6Address: byInstance(stack, 'B', '2408::2') }, stack, 'Removed');
    stack.node.tryRemoveChild('Removed');
    expectRefusal(() => make({ ipv6Address: byInstance(stack, 'C') }, stack, 'Second'), { path: 'stack/Second', code, problem: /already has bandwidth from stack\/First/, remediation });
  });
});

describe('the required_version of the user', () => {
  test.each([['before', true], ['after', false]])('is kept in addition to the version that the blocks need, if it is set %s', (_, before) => {
    const stack = makeStack();
    if (before) stack.addOverride('terraform.required_version', '>= 1.3');
    make({}, stack);
    if (!before) stack.addOverride('terraform.required_version', '>= 1.3');
    expect(synth(stack).terraform!.required_version).toBe('>= 1.3, >= 1.4.0');
    expect(synth(stack).terraform!.required_version).toBe('>= 1.3, >= 1.4.0');
  });
});

describe('replacement', () => {
  function withOne(): TerraformStack {
    const stack = makeStack();
    make({}, stack);
    return stack;
  }

  test('refuses another address only if the bandwidth may be older than its terraform_data', () => {
    const lifecycleOf = (prepare: (bandwidth: Ipv6InternetBandwidth) => void, props: LooseProps = {}) => {
      const stack = makeStack();
      const bandwidth = make({ ipv6Address: addressIn(stack, 'ipv6-1'), ...props }, stack);
      prepare(bandwidth);
      return only(resources(synth(stack), BANDWIDTH)).lifecycle;
    };
    const refusing = { ignore_changes: ['ipv6_address_id'], postcondition: [{ condition: expect.stringMatching(/^\$\{self\.ipv6_address_id == terraform_data\.\w+_AddressId\.input\.id\}$/), error_message: expect.stringContaining('(InvalidIpv6Instance.NotFound)') }] };
    expect(lifecycleOf(() => {})).toEqual({ replace_triggered_by: [expect.any(String)] });
    // OpenTofu would take a record that is created with it for a trigger.
    for (const lifecycle of [
      lifecycleOf(({ resource }) => resource.moveFromId(`${BANDWIDTH}.old`)), lifecycleOf(({ resource }) => resource.importFrom('ipv6bw-1')),
    ]) {
      expect(lifecycle).not.toHaveProperty('replace_triggered_by');
    }
    expect(lifecycleOf(({ resource }) => resource.moveFromId(`${BANDWIDTH}.old`))).toMatchObject(refusing);
    expect(lifecycleOf(({ resource }) => resource.importFrom('ipv6bw-1'))).toMatchObject({
      ignore_changes: ['ipv6_address_id', 'internet_charge_type', 'ipv6_gateway_id'],
      postcondition: [expect.anything(), { condition: '${self.internet_charge_type == "PayByBandwidth"}', error_message: expect.stringContaining('write the existing value') }, expect.anything()],
    });
    expect(lifecycleOf(({ resource }) => resource.overrideLogicalId('old'))).toMatchObject(refusing);
  });

  test.each([['moveTo', 'somewhere'], ['moveToId', `${BANDWIDTH}.other`]] as const)('fails when %s moves the resource away', (method, target) => {
    const stack = makeStack();
    const bandwidth = make({ egressOnly: true, ipv6Address: addressIn(stack, 'ipv6-1') }, stack);
    for (const [path, resource] of [['stack/Bandwidth', bandwidth.resource], ['stack/Bandwidth/EgressOnlyRule', bandwidth.egressOnlyRule!.resource]] as const) {
      expectRefusal(() => resource[method](target), { path, actual: target, problem: /^moveTo and moveToId are not supported/, remediation: /remove the construct/ });
    }
  });

  test('replaces the bandwidth when the id of the address changes', () => {
    const stack = makeStack();
    make({}, stack);
    const tf = synth(stack);
    const [trigger, ...others] = only(resources(tf, BANDWIDTH)).lifecycle.replace_triggered_by;
    expect(others).toEqual([]);
    expect(triggeringValue(tf, trigger)).toBe('ipv6-1');
  });

  test('replaces the bandwidth when the lookup finds another address', () => {
    const stack = makeStack();
    make({ ipv6Address: Ipv6Address.fromInstanceId(stack, 'Address', 'i-1') }, stack);
    const tf = synth(stack);
    const args = only(resources(tf, BANDWIDTH));
    expect(triggeringValue(tf, args.lifecycle.replace_triggered_by[0])).toBe(args.ipv6_address_id);
  });

  test('replaces the bandwidth when the stack replaces its own address', () => {
    const stack = makeStack();
    const ipv6Address = owned(stack);
    make({ ipv6Address }, stack);
    const tf = synth(stack);
    expect(triggeringValue(tf, only(resources(tf, BANDWIDTH)).lifecycle.replace_triggered_by[0])).toBe(`\${${addressOf(ipv6Address.resource)}.id}`);
    expect(tf.terraform!.required_version).toBe('>= 1.4.0');
  });

  test('is named in the record of the stack once, by a logical id of the user\'s too', () => {
    const stack = makeStack();
    const [web, db] = ['i-1', 'i-2'].map((id) => make({ ipv6Address: Ipv6Address.fromInstanceId(stack, `Address-${id}`, id) }, stack, `Bandwidth-${id}`));
    db.resource.overrideLogicalId('db');
    const { locals } = synth(stack);
    expect(locals!.ipv6_bandwidths_listed).toEqual({ [`${db.node.path} (db)`]: expect.stringContaining('["i-2"]') });
    expect(locals!.ipv6_bandwidths).toContain(`if !contains(["${db.node.path}"], path)`);
    expect(Object.keys(locals!.ipv6_wanted)).toContain(web.node.path);
  });

  test('has a terraform_data for each bandwidth, one for the order, and one for the checks', () => {
    const stack = makeStack();
    for (let i = 0; i < 5; i++) make({ ipv6Address: addressIn(stack, `ipv6-${i}`) }, stack, `Bandwidth${i}`);
    const tf = synth(stack);
    expect(Object.keys(resources(tf, 'terraform_data')).map((name) => name.replace(/^Bandwidth\d_\w{8}_/, '')).sort())
      .toEqual([...Array<string>(5).fill('AddressId'), 'Ipv6Checks', 'Ipv6DestroyBeforeCreate']);
    expect(Object.keys(resources(synth(withOne()), 'terraform_data')).sort()).toEqual([expect.stringMatching(/_AddressId$/), 'Ipv6DestroyBeforeCreate']);
    // No other block waits for the check, which waits for all addresses.
    expect(JSON.stringify({ ...tf, resource: { ...tf.resource, terraform_data: undefined } })).not.toContain('Ipv6Checks');
    const values = Object.values(resources(tf, BANDWIDTH)).map((args) => triggeringValue(tf, args.lifecycle.replace_triggered_by[0]));
    expect(values).toEqual(Object.values(resources(tf, BANDWIDTH)).map((args) => args.ipv6_address_id));
  });

  test.each<[string, (bandwidth: Ipv6InternetBandwidth) => void]>([
    ['its lifecycle', ({ resource }) => { resource.lifecycle = { createBeforeDestroy: true }; }],
    ['an override', ({ resource }) => resource.addOverride('lifecycle.create_before_destroy', true)],
    ['an override of the whole lifecycle', ({ resource }) => resource.addOverride('lifecycle', { create_before_destroy: true })],
    ['the lifecycle of its rule, which Terraform passes on', (bandwidth) => { bandwidth.addEgressOnlyRule().resource.lifecycle = { createBeforeDestroy: true }; }],
    ['an override of its rule', (bandwidth) => bandwidth.addEgressOnlyRule().resource.addOverride('lifecycle.create_before_destroy', true)],
  ])('fails when %s creates the new bandwidth first', (_, ask) => {
    const stack = makeStack();
    const bandwidth = make({ egressOnly: undefined }, stack);
    ask(bandwidth);
    expectRefusal(() => synth(stack), {
      path: bandwidth.egressOnlyRule?.node.path ?? 'stack/Bandwidth',
      actual: true,
      code: 'OperationFailed.InternetBandwidthAlreadyExisted',
      problem: /^createBeforeDestroy is not supported/,
      remediation: /remove it$/,
      atSynth: true,
    });
  });

  test('takes createBeforeDestroy: false', () => {
    const stack = makeStack();
    make({}, stack).resource.lifecycle = { createBeforeDestroy: false };
    expect(only(resources(synth(stack), BANDWIDTH)).lifecycle).toEqual({ create_before_destroy: false, replace_triggered_by: [expect.any(String)] });
  });
});

describe('a lifecycle of the user\'s', () => {
  const own = { condition: '${var.allowed}', error_message: 'not now' };

  test('is joined to the library\'s when set on the resource', () => {
    const stack = makeStack();
    const bandwidth = make({ bandwidth: numberVariable(stack, 'mbps') }, stack);
    bandwidth.resource.lifecycle = {
      preventDestroy: true,
      ignoreChanges: ['bandwidth'],
      precondition: [{ condition: own.condition, errorMessage: own.error_message }],
      postcondition: [{ condition: own.condition, errorMessage: own.error_message }],
      replaceTriggeredBy: ['alicloud_other.a.id'],
    };
    expect(only(resources(synth(stack), BANDWIDTH)).lifecycle).toEqual({
      prevent_destroy: true,
      ignore_changes: ['bandwidth'],
      precondition: [own],
      postcondition: [own],
      replace_triggered_by: [expect.stringMatching(/^terraform_data\./), 'alicloud_other.a.id'],
    });
  });

  test('is joined to the library\'s when overridden', () => {
    const stack = makeStack();
    const { resource } = make({ bandwidth: numberVariable(stack, 'mbps') }, stack);
    resource.addOverride('lifecycle.prevent_destroy', true);
    resource.addOverride('lifecycle.precondition', [own]);
    resource.addOverride('lifecycle.replace_triggered_by', ['alicloud_other.a.id']);
    const { lifecycle } = only(resources(synth(stack), BANDWIDTH));
    expect(lifecycle.prevent_destroy).toBe(true);
    expect(lifecycle.precondition).toEqual([own]);
    expect(lifecycle.replace_triggered_by).toEqual([expect.stringMatching(/^terraform_data\./), 'alicloud_other.a.id']);
  });

  test('is not changed by a synthesis', () => {
    const stack = makeStack();
    const { resource } = make({}, stack);
    resource.lifecycle = { preventDestroy: true };
    synth(stack);
    expect(resource.lifecycle).toEqual({ preventDestroy: true });
  });
});

describe('provider', () => {
  test('fails when the address is looked up with one of another stack', () => {
    const app = makeApp();
    const elsewhere = makeStack(app, 'elsewhere');
    const provider = aliasedProvider(elsewhere);
    const ipv6Address = Ipv6Address.fromIpv6AddressId(elsewhere, 'Address', 'ipv6-1', { provider });
    const stack = makeStack(app);
    expectRefusal(() => make({ ipv6Address }, stack), { path: 'stack/Bandwidth', actual: provider, problem: /provider of the address must be in this stack/, remediation: /pass it as provider$/ });
    expect(synthesized({ ipv6Address, provider: aliasedProvider(stack, 'beijing') }, makeStackLike(stack))).toMatchObject({ provider: 'alicloud.beijing' });
  });

  /** The same stack without what was refused. */
  function makeStackLike(stack: TerraformStack): TerraformStack {
    stack.node.tryRemoveChild('Bandwidth');
    return stack;
  }

  test('fails when the address is looked up with another one of the stack', () => {
    const stack = makeStack();
    const [beijing, shanghai] = ['beijing', 'shanghai'].map((alias) => aliasedProvider(stack, alias));
    const ipv6Address = Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-1', { provider: beijing });
    expectRefusal(() => make({ ipv6Address, provider: shanghai }, stack), {
      path: 'stack/Bandwidth', actual: shanghai, problem: /^provider must be the provider of the address, stack\/beijing/, remediation: /pass the same provider to both/,
    });
    stack.node.tryRemoveChild('Bandwidth');
    expect(() => make({ ipv6Address, provider: beijing }, stack)).not.toThrow();
  });

  test('fails when the address is made in a stack of another region, where it would not be looked up', () => {
    const inRegions = (there: string, here: string) => {
      const app = makeApp();
      const [home, stack] = [['elsewhere', there], ['stack', here]].map(([id, region]) => {
        const each = new TerraformStack(app, id);
        new providerAlicloud.provider.AlicloudProvider(each, 'Provider', { region });
        return each;
      });
      make({ ipv6Address: Ipv6Address.fromIpv6AddressId(home, 'Address', 'ipv6-1') }, stack);
      return () => synth(stack);
    };
    expect(inRegions('cn-beijing', 'cn-hangzhou')).toThrow('stack/Bandwidth: the address elsewhere/Address is in a stack of cn-beijing, and this stack would look it up in cn-hangzhou: create the address in this stack, or pass a provider for cn-beijing');
    expect(inRegions('cn-hangzhou', 'cn-hangzhou')).not.toThrow();
  });

  test('is that of the lookup, unless it is set; the rule has the bandwidth\'s', () => {
    const stack = makeStack();
    make({ ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-1', { provider: aliasedProvider(stack) }), egressOnly: true }, stack);
    const tf = synth(stack);
    expect([BANDWIDTH, RULE].map((type) => only(resources(tf, type)).provider)).toEqual(['alicloud.beijing', 'alicloud.beijing']);
    expect(only(dataSources(tf, ADDRESSES)).provider).toBe('alicloud.beijing');
  });
});

describe('dependency order', () => {
  test('comes from references and from the record of the holders: no lookup waits', () => {
    const stack = makeStack();
    const gateway = new Ipv6Gateway(stack, 'Gateway', { vpcId: 'vpc-1' });
    make({ ipv6Address: owned(stack), ipv6Gateway: gateway }, stack, 'Owned');
    make({ ipv6Address: Ipv6Address.fromInstanceId(stack, 'Found', textVariable(stack, 'instance')), ipv6Gateway: gateway, egressOnly: true }, stack, 'Found-bandwidth');
    make({ ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'ById', 'ipv6-1', { vpcId: 'vpc-1' }), ipv6Gateway: gateway }, stack, 'ById-bandwidth');
    const tf = synth(stack);
    expect(JSON.stringify(tf.data)).not.toContain('depends_on');
    expect(JSON.stringify(tf.data)).not.toMatch(/\$\{alicloud_/);
    for (const args of Object.values(resources(tf, BANDWIDTH))) expect(args.ipv6_gateway_id).toBe(`\${${GATEWAY}.${gateway.resource.friendlyUniqueId}.id}`);
  });

  test('creates a bandwidth after the address that the stack owns', () => {
    const stack = makeStack();
    const ipv6Address = owned(stack);
    expect(synthesized({ ipv6Address }, stack).ipv6_address_id).toBe(`\${${ADDRESS}.${ipv6Address.resource.friendlyUniqueId}.id}`);
  });
});

describe('fromIpv6InternetBandwidthAttributes', () => {
  const good = { internetBandwidthId: 'ipv6bw-1', ipv6AddressId: 'ipv6-1', ipv6GatewayId: 'ipv6gw-1' };

  test('creates nothing and returns the given attributes', () => {
    const stack = makeStack();
    expect(Ipv6InternetBandwidth.fromIpv6InternetBandwidthAttributes(stack, 'Bandwidth', good)).toMatchObject(good);
    const tf = synth(stack);
    expect([tf.resource, tf.data, tf.locals]).toEqual([undefined, undefined, undefined]);
  });

  test.each(['internetBandwidthId', 'ipv6AddressId', 'ipv6GatewayId'] as const)('validates %s', (attribute) => {
    expectRefusal(() => Ipv6InternetBandwidth.fromIpv6InternetBandwidthAttributes(makeStack(), 'Bandwidth', { ...good, [attribute]: 'vpc-1' }), {
      path: 'stack/Bandwidth', actual: 'vpc-1', problem: new RegExp(`^${attribute} must be the id of`), remediation: /pass (the|its) id/,
    });
  });

  test('accepts a value that only Terraform knows', () => {
    const stack = makeStack();
    const attrs = { internetBandwidthId: textVariable(stack, 'a'), ipv6AddressId: textVariable(stack, 'b'), ipv6GatewayId: textVariable(stack, 'c') };
    const given = Ipv6InternetBandwidth.fromIpv6InternetBandwidthAttributes(stack, 'Bandwidth', attrs);
    expect(resolved(stack, [given.internetBandwidthId, given.ipv6AddressId, given.ipv6GatewayId])).toEqual(['${var.a}', '${var.b}', '${var.c}']);
  });
});

test('passes values that are known later through an app\'s files', () => {
  const app = makeApp();
  const stack = makeStack(app);
  const bandwidth = make({ ipv6Address: addressIn(stack, textVariable(stack, 'address')), bandwidth: numberVariable(stack, 'mbps') }, stack);
  expect(bandwidthOf(synthApp(app).stack, bandwidth)).toMatchObject({ ipv6_address_id: '${var.address}', bandwidth: '${var.mbps}' });
});

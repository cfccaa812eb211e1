import { Testing } from 'cdktf';
import { Construct } from 'constructs';
import { expectRefusal, letters, nested } from './mistakes';
import {
  ADDRESSES, addressOf, aliasedProvider, BANDWIDTH, dataSources, makeApp, makeStack, only, problemsOf, resolved, resources, RULE,
  synth, textVariable, warnings,
} from './synth';
import {
  IIpv6Address, IIpv6InternetBandwidth,
  Ipv6Address, Ipv6EgressOnlyRule, Ipv6EgressOnlyRuleProps, Ipv6Gateway, Ipv6InternetBandwidth, providerAlicloud,
} from '../src';

function bandwidthFor(ipv6Address: IIpv6Address, scope: Construct, props: { egressOnly?: boolean; provider?: any } = {}, id = 'Bandwidth') {
  return new Ipv6InternetBandwidth(scope, id, {
    ipv6Address, bandwidth: 5, ipv6Gateway: Ipv6Gateway.fromIpv6GatewayId(scope, `${id}-gateway`, 'ipv6gw-1'), ...props,
  });
}

function given(scope: Construct, ipv6AddressId = 'ipv6-1', id = 'Address'): IIpv6Address {
  return Ipv6Address.fromIpv6AddressAttributes(scope, id, { ipv6AddressId });
}

function imported(scope: Construct, ipv6AddressId = 'ipv6-1', id = 'Imported'): IIpv6InternetBandwidth {
  return Ipv6InternetBandwidth.fromIpv6InternetBandwidthAttributes(scope, id, { internetBandwidthId: 'ipv6bw-1', ipv6AddressId, ipv6GatewayId: 'ipv6gw-1' });
}

/** A rule of bandwidth that the stack has. */
function make(props: Partial<Record<keyof Ipv6EgressOnlyRuleProps, any>> = {}, scope: Construct = makeStack()) {
  return new Ipv6EgressOnlyRule(scope, 'Rule', { ipv6InternetBandwidth: props.ipv6InternetBandwidth ?? bandwidthFor(given(scope), scope), ...props });
}

test('has the Terraform resource as its default child', () => {
  const rule = make();
  expect(rule.node.defaultChild).toBe(rule.resource);
  expect(rule.resource).toBeInstanceOf(providerAlicloud.vpcIpv6EgressRule.VpcIpv6EgressRule);
});

describe('the synthesized resource', () => {
  test('passes all props to their arguments', () => {
    const stack = makeStack();
    const ipv6InternetBandwidth = bandwidthFor(given(stack), stack);
    new Ipv6EgressOnlyRule(stack, 'Rule', {
      ipv6InternetBandwidth,
      ipv6EgressOnlyRuleName: 'outbound',
      description: 'nobody gets in',
      timeouts: { create: '10m', delete: '12m' },
      provider: aliasedProvider(stack),
    });
    const bandwidth = addressOf(ipv6InternetBandwidth.resource);
    expect(only(resources(synth(stack), RULE))).toEqual({
      instance_id: `\${${bandwidth}.ipv6_address_id}`,
      instance_type: 'Ipv6Address',
      ipv6_gateway_id: `\${${bandwidth}.ipv6_gateway_id}`,
      ipv6_egress_rule_name: 'outbound',
      description: 'nobody gets in',
      timeouts: { create: '10m', delete: '12m' },
      provider: 'alicloud.beijing',
      lifecycle: { replace_triggered_by: [`${bandwidth}.id`] },
    });
  });

  test('is ordered by references, without depends_on', () => {
    const stack = makeStack();
    make({}, stack);
    expect(JSON.stringify(synth(stack).resource![RULE])).not.toContain('depends_on');
  });

  test('has an id and a status', () => {
    const stack = makeStack();
    const { ipv6EgressOnlyRuleId, status, resource } = make({}, stack);
    expect(resolved(stack, [ipv6EgressOnlyRuleId, status])).toEqual([`\${${addressOf(resource)}.ipv6_egress_rule_id}`, `\${${addressOf(resource)}.status}`]);
  });

  test('fails the plan for an address that belongs to no instance', () => {
    const stack = makeStack();
    make({ ipv6InternetBandwidth: bandwidthFor(Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-1'), stack) }, stack);
    const tf = synth(stack);
    expect(only(resources(tf, RULE)).lifecycle.precondition).toBeUndefined();
    expect(problemsOf(tf).join()).toContain('belongs to no instance, and does not support an egress-only rule');
    expect(Object.keys(dataSources(tf, ADDRESSES))).toHaveLength(1);
  });

  test('uses the ids of existing bandwidth, and is recorded as the holder of the address\'s rule', () => {
    const stack = makeStack();
    make({ ipv6InternetBandwidth: imported(stack) }, stack);
    const tf = synth(stack);
    expect(only(resources(tf, RULE))).toEqual({
      instance_id: 'ipv6-1',
      instance_type: 'Ipv6Address',
      ipv6_gateway_id: 'ipv6gw-1',
      depends_on: ['terraform_data.Ipv6DestroyBeforeCreate'],
      lifecycle: { ignore_changes: ['ipv6_egress_rule_name', 'description'] },
    });
    expect(resources(tf, 'terraform_data').Ipv6DestroyBeforeCreate.input).toEqual({ others: 'stack/Rule ipv6-1' });
    expect(resources(tf, BANDWIDTH)).toEqual({});
  });

  test('has the provider of its bandwidth, unless given', () => {
    const stack = makeStack();
    make({ ipv6InternetBandwidth: bandwidthFor(given(stack), stack, { provider: aliasedProvider(stack) }) }, stack);
    expect(only(resources(synth(stack), RULE)).provider).toBe('alicloud.beijing');
  });

  test('has the same bytes in a second synthesis', () => {
    const stack = makeStack();
    make({}, stack);
    expect(Testing.synth(stack)).toBe(Testing.synth(stack));
  });
});

describe('ipv6InternetBandwidth', () => {
  test('fails when it is an address', () => {
    const stack = makeStack();
    const ipv6InternetBandwidth = given(stack);
    expectRefusal(() => make({ ipv6InternetBandwidth }, stack), { path: 'stack/Rule', actual: ipv6InternetBandwidth, remediation: /pass an Ipv6InternetBandwidth/ });
  });

  const ids = { internetBandwidthId: 'ipv6bw-1', ipv6AddressId: 'ipv6-1', ipv6GatewayId: 'ipv6gw-1' };
  test.each([['ipv6AddressId', undefined], ['ipv6AddressId', '2408::1'], ['ipv6GatewayId', null], ['ipv6GatewayId', 'vpc-1']])('fails when it is of another library, and its %s is %p', (id, value) => {
    const stack = makeStack();
    const own = Object.assign(new Construct(stack, 'Own'), ids);
    expect(resolved(stack, make({ ipv6InternetBandwidth: own }, nested(stack)).resource.instanceIdInput)).toBe('ipv6-1');
    const bad = Object.assign(new Construct(stack, 'Bad'), ids, { ipv6AddressId: 'ipv6-2', [id]: value });
    expectRefusal(() => make({ ipv6InternetBandwidth: bad }, stack), { path: 'stack/Bad', actual: value, problem: new RegExp(`^${id} must be the id of`), remediation: /pass (the|its) id/ });
  });

  test('fails when its address is one that the stack owns', () => {
    const stack = makeStack();
    const ipv6Address = new Ipv6Address(stack, 'Owned', { vswitchId: 'vsw-1' });
    const ipv6InternetBandwidth = bandwidthFor(ipv6Address, stack);
    expectRefusal(() => make({ ipv6InternetBandwidth }, stack), {
      path: 'stack/Rule', actual: ipv6Address, problem: /requires the address of an instance or a network interface/, remediation: /set egressOnly to false and remove the rule, or pass the address of an instance$/,
    });
    expectRefusal(() => ipv6InternetBandwidth.addEgressOnlyRule(), { path: 'stack/Bandwidth/EgressOnlyRule', actual: ipv6Address, remediation: /remove the rule/ });
  });

  test('fails when it is in another stack', () => {
    const app = makeApp();
    const a = makeStack(app, 'a');
    const ipv6InternetBandwidth = bandwidthFor(given(a), a);
    expectRefusal(() => make({ ipv6InternetBandwidth }, makeStack(app, 'b')), {
      path: 'b/Rule', actual: ipv6InternetBandwidth, problem: /must be in the stack of its bandwidth/, remediation: /addEgressOnlyRule\(\)$/,
    });
    expect(make({ ipv6InternetBandwidth }, a)).toBe(ipv6InternetBandwidth.egressOnlyRule);
  });

  test('fails when its bandwidth has egressOnly: false', () => {
    const stack = makeStack();
    const ipv6InternetBandwidth = bandwidthFor(given(stack), stack, { egressOnly: false });
    const refusal = { actual: false, problem: /^egressOnly must not be false/, remediation: /remove egressOnly: false, or remove the rule$/ };
    expectRefusal(() => ipv6InternetBandwidth.addEgressOnlyRule(), { ...refusal, path: 'stack/Bandwidth/EgressOnlyRule' });
    expectRefusal(() => make({ ipv6InternetBandwidth }, stack), { ...refusal, path: 'stack/Rule' });
  });
});

describe('addEgressOnlyRule', () => {
  test('creates the same rule as egressOnly: true', () => {
    const [added, asked] = [undefined, true].map((egressOnly) => {
      const stack = makeStack();
      const bandwidth = bandwidthFor(given(stack), stack, { egressOnly });
      if (!egressOnly) expect(bandwidth.addEgressOnlyRule()).toBe(bandwidth.egressOnlyRule);
      return Testing.synth(stack);
    });
    expect(added).toBe(asked);
  });

  test('passes its options', () => {
    const stack = makeStack();
    bandwidthFor(given(stack), stack).addEgressOnlyRule({ ipv6EgressOnlyRuleName: 'outbound', description: 'no', timeouts: { delete: '9m' } });
    expect(only(resources(synth(stack), RULE))).toMatchObject({ ipv6_egress_rule_name: 'outbound', description: 'no', timeouts: { delete: '9m' } });
  });

  test('validates its options', () => {
    const stack = makeStack();
    const bandwidth = bandwidthFor(given(stack), stack);
    expectRefusal(() => bandwidth.addEgressOnlyRule(null as any), { path: 'stack/Bandwidth', actual: null, remediation: /: pass / });
  });
});

describe('a second rule for one address', () => {
  const remediation = /remove one of them$/;
  const problem = (first: string) => new RegExp(`^the address .*already has the egress-only rule ${first}: `);

  test('fails when the bandwidth has a rule from egressOnly: true', () => {
    const stack = makeStack();
    const bandwidth = bandwidthFor(given(stack), stack, { egressOnly: true });
    expectRefusal(() => bandwidth.addEgressOnlyRule(), { path: 'stack/Bandwidth', problem: problem('stack/Bandwidth/EgressOnlyRule'), remediation });
    expectRefusal(() => make({ ipv6InternetBandwidth: bandwidth }, stack), { path: 'stack/Rule', problem: problem('stack/Bandwidth/EgressOnlyRule'), remediation });
  });

  test('fails when it is added twice', () => {
    const stack = makeStack();
    const bandwidth = bandwidthFor(given(stack), stack);
    bandwidth.addEgressOnlyRule();
    expectRefusal(() => bandwidth.addEgressOnlyRule(), { path: 'stack/Bandwidth', problem: problem('stack/Bandwidth/EgressOnlyRule'), remediation });
  });

  test('fails when it is added after a separate Ipv6EgressOnlyRule', () => {
    const stack = makeStack();
    const bandwidth = bandwidthFor(given(stack), stack);
    const rule = make({ ipv6InternetBandwidth: bandwidth }, nested(stack));
    expect(bandwidth.egressOnlyRule).toBe(rule);
    expectRefusal(() => bandwidth.addEgressOnlyRule(), { path: 'stack/Bandwidth', problem: problem('stack/Module/Inner/Rule'), remediation });
  });

  test('fails when both are for existing bandwidth, in other stacks too', () => {
    const app = makeApp();
    const [a, b] = [makeStack(app, 'a'), makeStack(app, 'b')];
    make({ ipv6InternetBandwidth: imported(a) }, a);
    expectRefusal(() => make({ ipv6InternetBandwidth: imported(b) }, b), { path: 'b/Rule', problem: problem('a/Rule'), remediation });
  });

  test('is accepted for another address, and after the first was removed', () => {
    const stack = makeStack();
    const bandwidth = bandwidthFor(given(stack), stack, { egressOnly: true });
    make({ ipv6InternetBandwidth: bandwidthFor(given(stack, 'ipv6-2', 'Other'), stack, {}, 'Other-bandwidth') }, stack);
    bandwidth.node.tryRemoveChild('EgressOnlyRule');
    expect(bandwidth.egressOnlyRule).toBeUndefined();
    const rule = bandwidth.addEgressOnlyRule();
    expect(bandwidth.egressOnlyRule).toBe(rule);
    expect(Object.keys(resources(synth(stack), RULE))).toHaveLength(2);
  });
});

test.each<[keyof Ipv6EgressOnlyRuleProps, any, unknown, RegExp]>([
  ['ipv6InternetBandwidth', 'ipv6bw-1', 'ipv6bw-1', /^ipv6InternetBandwidth must be a construct/],
  ['ipv6EgressOnlyRuleName', 'no spaces', 'no spaces', /^ipv6EgressOnlyRuleName must be 3 to 129 characters/],
  ['description', letters(257), letters(257), /^description must be 2 to 256 bytes/],
  ['timeouts', { update: '10m' }, '10m', /^timeouts\.update is not supported.*: use create, delete$/],
  ['provider', 'alicloud.beijing', 'alicloud.beijing', /^provider must be a provider construct/],
])('%s is validated', (property, value, actual, problem) => {
  expectRefusal(() => make({ [property]: value }), { path: 'stack/Rule', actual, problem });
});

test('the props are validated', () => {
  expectRefusal(() => new Ipv6EgressOnlyRule(makeStack(), 'Rule', undefined as any), { path: 'stack/Rule', actual: undefined, remediation: /: pass / });
});

test('accepts a value that only Terraform knows', () => {
  const stack = makeStack();
  make({ ipv6EgressOnlyRuleName: '${var.name}', description: textVariable(stack, 'text'), timeouts: { create: '${var.t}' } }, stack);
  expect(only(resources(synth(stack), RULE))).toMatchObject({ ipv6_egress_rule_name: '${var.name}', description: '${var.text}', timeouts: { create: '${var.t}' } });
});

describe('a lifecycle of the user\'s', () => {
  const own = { condition: '${var.allowed}', error_message: 'not now' };

  test('is joined to the library\'s', () => {
    const stack = makeStack();
    const bandwidth = bandwidthFor(Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-1'), stack);
    const { resource } = bandwidth.addEgressOnlyRule();
    resource.lifecycle = {
      preventDestroy: true,
      ignoreChanges: 'all',
      precondition: [{ condition: own.condition, errorMessage: own.error_message }],
      replaceTriggeredBy: ['alicloud_other.a.id'],
    };
    expect(only(resources(synth(stack), RULE)).lifecycle).toEqual({
      prevent_destroy: true,
      ignore_changes: 'all',
      precondition: [own],
      replace_triggered_by: [`${addressOf(bandwidth.resource)}.id`, 'alicloud_other.a.id'],
    });
  });
});

test('removes the warning about open inbound, as a separate construct or inside a module', () => {
  const stack = makeStack();
  make({}, stack);
  make({ ipv6InternetBandwidth: bandwidthFor(given(stack, 'ipv6-2', 'Second'), stack, {}, 'Second-bandwidth') }, nested(stack));
  Testing.synth(stack);
  expect(warnings(stack)).toEqual([]);
});

describe('fromIpv6EgressOnlyRuleId', () => {
  test('creates nothing', () => {
    const stack = makeStack();
    expect(Ipv6EgressOnlyRule.fromIpv6EgressOnlyRuleId(stack, 'Rule', 'ipv6py-1').ipv6EgressOnlyRuleId).toBe('ipv6py-1');
    const tf = synth(stack);
    expect([tf.resource, tf.data, tf.locals]).toEqual([undefined, undefined, undefined]);
  });

  test('validates the id', () => {
    expectRefusal(() => Ipv6EgressOnlyRule.fromIpv6EgressOnlyRuleId(makeStack(), 'Rule', ''), {
      path: 'stack/Rule', actual: '', problem: /^ipv6EgressOnlyRuleId must be a string/, remediation: /pass the id$/,
    });
  });

  test('accepts a value that only Terraform knows', () => {
    const stack = makeStack();
    expect(resolved(stack, Ipv6EgressOnlyRule.fromIpv6EgressOnlyRuleId(stack, 'Rule', textVariable(stack, 'rule')).ipv6EgressOnlyRuleId)).toBe('${var.rule}');
  });
});

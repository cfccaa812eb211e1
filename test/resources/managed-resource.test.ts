import { Ipv6Address, Ipv6EgressOnlyRule, Ipv6InternetBandwidth } from '../../src';
import { BANDWIDTH, makeStack, resources, RULE, synth } from '../synth';

function bandwidthWithRule() {
  const stack = makeStack();
  const ipv6Address = Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-bp1a2b3c4d');
  const bandwidth = new Ipv6InternetBandwidth(stack, 'Bandwidth', { ipv6Address, bandwidth: 10, egressOnly: true });
  return { stack, bandwidth, rule: bandwidth.egressOnlyRule! };
}

test('a bandwidth and its rule keep the logical ids of hand-written resources', () => {
  const { stack, bandwidth, rule } = bandwidthWithRule();
  bandwidth.resource.overrideLogicalId('old');
  rule.resource.overrideLogicalId('old-rule');

  const tf = synth(stack);
  expect(resources(tf, BANDWIDTH)).toMatchObject({ old: { lifecycle: { replace_triggered_by: ['terraform_data.old_AddressId.output.id'] } } });
  expect(resources(tf, RULE)).toMatchObject({
    'old-rule': {
      instance_id: `\${${BANDWIDTH}.old.ipv6_address_id}`,
      ipv6_gateway_id: `\${${BANDWIDTH}.old.ipv6_gateway_id}`,
      lifecycle: { replace_triggered_by: [`${BANDWIDTH}.old.id`] },
    },
  });
});

test('a bandwidth and its rule are moved from the Terraform addresses of hand-written resources', () => {
  const { stack, bandwidth, rule } = bandwidthWithRule();
  bandwidth.resource.moveFromId(`${BANDWIDTH}.old`);
  rule.resource.moveFromId(`${RULE}.old-rule`);

  const name = bandwidth.resource.friendlyUniqueId;
  expect(synth(stack).moved).toEqual([
    { from: `${BANDWIDTH}.old`, to: `${BANDWIDTH}.${name}` },
    { from: 'terraform_data.old_AddressId', to: `terraform_data.${name}_AddressId` },
    { from: `${RULE}.old-rule`, to: `${RULE}.${rule.resource.friendlyUniqueId}` },
  ]);
});

test('an imported rule is refused if it is for another address', () => {
  const { stack, rule } = bandwidthWithRule();
  rule.resource.importFrom('ipv6gw-1:ipv6py-1');
  const tf = synth(stack);
  expect(tf.import).toEqual([{ id: 'ipv6gw-1:ipv6py-1', to: `${RULE}.${rule.resource.friendlyUniqueId}` }]);
  const { lifecycle: { ignore_changes: ignored, postcondition } } = resources(tf, RULE)[rule.resource.friendlyUniqueId];
  expect(ignored).toEqual(expect.arrayContaining(['instance_id', 'ipv6_gateway_id']));
  expect(postcondition.map(({ condition }: { condition: string }) => condition)).toEqual([
    expect.stringContaining('self.instance_id == '), expect.stringContaining('self.ipv6_gateway_id == '),
  ]);
});

test('the rule and the record of a bandwidth move with it', () => {
  const { stack, bandwidth } = bandwidthWithRule();
  bandwidth.resource.moveFromId(`module.net.${BANDWIDTH}.Old_12345678`);

  const name = bandwidth.resource.friendlyUniqueId;
  expect(synth(stack).moved).toEqual([
    { from: `module.net.${BANDWIDTH}.Old_12345678`, to: `${BANDWIDTH}.${name}` },
    { from: 'module.net.terraform_data.Old_12345678_AddressId', to: `terraform_data.${name}_AddressId` },
    { from: `module.net.${RULE}.Old_12345678_EgressOnlyRule`, to: `${RULE}.${name}_EgressOnlyRule` },
  ]);
});

test('the rule of a bandwidth has the same name, whichever construct makes it', () => {
  const [byProperty, bySeparateConstruct] = [true, undefined].map((egressOnly) => {
    const stack = makeStack();
    const ipv6Address = Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-bp1a2b3c4d');
    const ipv6InternetBandwidth = new Ipv6InternetBandwidth(stack, 'Bandwidth', { ipv6Address, bandwidth: 10, egressOnly });
    if (!egressOnly) new Ipv6EgressOnlyRule(stack, 'Rule', { ipv6InternetBandwidth });
    return Object.keys(resources(synth(stack), RULE));
  });
  expect(bySeparateConstruct).toEqual(byProperty);
});

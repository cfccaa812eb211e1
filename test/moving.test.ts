import { BANDWIDTH, makeStack, resources, RULE, synth } from './synth';
import { Ipv6Address, Ipv6InternetBandwidth } from '../src';

function bandwidthWithRule() {
  const stack = makeStack();
  const ipv6Address = Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-bp1a2b3c4d');
  const bandwidth = new Ipv6InternetBandwidth(stack, 'Bandwidth', { ipv6Address, bandwidth: 10, egressOnly: true });
  return { stack, bandwidth, rule: bandwidth.egressOnlyRule! };
}

test('a bandwidth and its rule keep the logical ids of what was written by hand', () => {
  const { stack, bandwidth, rule } = bandwidthWithRule();
  bandwidth.resource.overrideLogicalId('old');
  rule.resource.overrideLogicalId('old-rule');

  const tf = synth(stack);
  expect(resources(tf, BANDWIDTH)).toMatchObject({ old: { lifecycle: { replace_triggered_by: ['terraform_data.Ipv6AddressIds.input.old'] } } });
  expect(resources(tf, RULE)).toMatchObject({
    'old-rule': {
      instance_id: `\${${BANDWIDTH}.old.ipv6_address_id}`,
      ipv6_gateway_id: `\${${BANDWIDTH}.old.ipv6_gateway_id}`,
      lifecycle: { replace_triggered_by: [`${BANDWIDTH}.old.id`] },
    },
  });
});

test('a bandwidth and its rule are moved from the addresses of what was written by hand', () => {
  const { stack, bandwidth, rule } = bandwidthWithRule();
  bandwidth.resource.moveFromId(`${BANDWIDTH}.old`);
  rule.resource.moveFromId(`${RULE}.old-rule`);

  expect(synth(stack).moved).toEqual([
    { from: `${BANDWIDTH}.old`, to: `${BANDWIDTH}.${bandwidth.resource.friendlyUniqueId}` },
    { from: `${RULE}.old-rule`, to: `${RULE}.${rule.resource.friendlyUniqueId}` },
  ]);
});

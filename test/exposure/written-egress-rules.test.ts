import { WrittenEgressRules } from '../../src/exposure/written-egress-rules';
import { BANDWIDTH, RULE } from '../synth';

type Args = Record<string, unknown>;
const own = (attribute: string, key = '', name = 'b') => `\${${BANDWIDTH}.${name}${key}.${attribute}}`;
const after = { depends_on: [`${BANDWIDTH}.b`] };

/** What rules say about one bandwidth. */
function verdict(bandwidth: Args, ...rules: Args[]) {
  const of = (args: Args) => ({ ipv6_gateway_id: 'ipv6gw-1', ...args });
  return new WrittenEgressRules(rules.map((args, i) => ({ address: `${RULE}.r${i}`, arguments: of(args) })))
    .verdictOn({ address: `${BANDWIDTH}.b`, arguments: of({ ipv6_address_id: 'ipv6-a', bandwidth: 1, ...bandwidth }) });
}

test.each<[string, Args, Args]>([
  ['the same literal', {}, { instance_id: 'ipv6-a', ...after }],
  ['the bandwidth\'s attribute', {}, { instance_id: own('ipv6_address_id') }],
  ['the bandwidth\'s attribute, even with ignore_changes', { lifecycle: { ignore_changes: ['ipv6_address_id'] } }, { instance_id: own('ipv6_address_id') }],
  ['the bandwidth\'s gateway', {}, { instance_id: own('ipv6_address_id'), ipv6_gateway_id: own('ipv6_gateway_id') }],
  ['the same gateway by another attribute', { ipv6_gateway_id: '${alicloud_vpc_ipv6_gateway.g.id}' },
    { instance_id: own('ipv6_address_id'), ipv6_gateway_id: '${alicloud_vpc_ipv6_gateway.g.ipv6_gateway_id}' }],
  ['the same provider', { provider: 'alicloud.beijing' }, { instance_id: 'ipv6-a', provider: 'alicloud.beijing', ...after }],
  ['the same set by key', { for_each: '${local.ids}', ipv6_address_id: '${each.key}' }, { for_each: '${local.ids}', instance_id: '${each.key}', ...after }],
  ['the bandwidth of the same key', { for_each: '${local.ids}', ipv6_address_id: '${each.value}' }, { for_each: '${local.ids}', instance_id: own('ipv6_address_id', '[each.key]') }],
  ['the bandwidth of the same index', { count: 3, ipv6_address_id: '${var.ids[count.index]}' }, { count: 3, instance_id: own('ipv6_address_id', '[count.index]') }],
  ['each of the bandwidths', { for_each: '${local.ids}', ipv6_address_id: '${each.value}' },
    { for_each: `\${${BANDWIDTH}.b}`, instance_id: '${each.value.ipv6_address_id}', ipv6_gateway_id: '${each.value.ipv6_gateway_id}' }],
  ['each of the bandwidths by a literal gateway', { for_each: '${local.ids}', ipv6_address_id: '${each.value}' }, { for_each: `\${${BANDWIDTH}.b}`, instance_id: '${each.value.ipv6_address_id}' }],
])('a rule for %s closes', (_, bandwidth, rule) => {
  expect(verdict(bandwidth, rule)).toEqual({ inbound: 'closed' });
});

test.each<[string, string, Args[], object]>([
  ['waits for the bandwidth', 'terraform_data.ids', [{ input: own('id') }], { inbound: 'closed' }],
  ['waits for another bandwidth', 'terraform_data.ids', [{ input: own('id', '', 'c') }], { inbound: 'unproven' }],
  ['is not written', 'terraform_data.ids', [], { inbound: 'unproven' }],
])('a rule that waits for a record that %s', (_, record, records, expected) => {
  const rules = [{ address: `${RULE}.r`, arguments: { instance_id: 'ipv6-a', ipv6_gateway_id: 'ipv6gw-1', depends_on: [record] } }];
  expect(new WrittenEgressRules(rules, records.map((args) => ({ address: record, arguments: args })))
    .verdictOn({ address: `${BANDWIDTH}.b`, arguments: { ipv6_address_id: 'ipv6-a', ipv6_gateway_id: 'ipv6gw-1', bandwidth: 1 } })).toMatchObject(expected);
});

test('0 Mbit/s is closed', () => {
  expect(verdict({ bandwidth: 0 })).toEqual({ inbound: 'closed', reason: '0 Mbit/s: the address is private' });
});

test.each<[string, Args, Args[]]>([
  ['no rule', {}, []],
  ['a rule for another address', {}, [{ instance_id: 'ipv6-b', ...after }]],
  ['a rule of another provider', {}, [{ instance_id: 'ipv6-a', provider: 'alicloud.beijing', ...after }]],
  ['a rule for prefixes', {}, [{ instance_id: 'ipv6-a', instance_type: 'Ipv6Prefix', ...after }]],
  ['a rule for another bandwidth', {}, [{ instance_id: own('ipv6_address_id', '', 'c') }]],
])('with %s it is open', (_, bandwidth, rules) => {
  expect(verdict(bandwidth, ...rules)).toMatchObject({ inbound: 'open', reason: expect.stringContaining('no egress-only rule') });
});

const EACH = { for_each: '${local.ids}', ipv6_address_id: '${each.key}' };
test.each<[string, Args, Args, string]>([
  ['without an order', {}, { instance_id: 'ipv6-a' }, `nothing orders it after ${BANDWIDTH}.b: add depends_on`],
  ['of another gateway', {}, { instance_id: 'ipv6-a', ipv6_gateway_id: 'ipv6gw-2', ...after }, 'its gateway may be another one'],
  ['of a gateway that the bandwidth ignores', { lifecycle: { ignore_changes: 'all' } }, { instance_id: own('ipv6_address_id') }, 'its gateway may be another one'],
  ['of the same gateway, which the bandwidth ignores', { ipv6_gateway_id: '${alicloud_vpc_ipv6_gateway.g.id}', lifecycle: { ignore_changes: ['ipv6_gateway_id'] } },
    { instance_id: own('ipv6_address_id'), ipv6_gateway_id: '${alicloud_vpc_ipv6_gateway.g.id}' }, 'its gateway may be another one'],
  ['that is repeated, for one bandwidth', {}, { count: 1, instance_id: 'ipv6-a', ...after }, 'it is not repeated for the same instances'],
  ['that OpenTofu may disable', {}, { instance_id: 'ipv6-a', lifecycle: { enabled: '${var.on}' }, ...after }, 'it is not repeated for the same instances'],
  ['that ignores its address', {}, { instance_id: 'ipv6-a', lifecycle: { ignore_changes: ['instance_id'] }, ...after }, 'ignore_changes may keep another address or gateway'],
  ['whose instance_type is computed', {}, { instance_id: 'ipv6-a', instance_type: '${var.type}', ...after }, 'its instance_type is computed'],
  ['of another set', EACH, { for_each: '${local.others}', instance_id: '${each.key}', ...after }, 'it is not repeated for the same instances'],
  ['of the same set by value', EACH, { for_each: '${local.ids}', instance_id: '${each.value}', ...after }, 'computes the id of its address'],
  ['of one key', EACH, { for_each: '${local.ids}', instance_id: own('ipv6_address_id', '["a"]') }, 'it is not for each of the same addresses'],
  ['of the next index', { count: 2, ipv6_address_id: '${var.ids[count.index]}' }, { count: 2, instance_id: own('ipv6_address_id', '[count.index + 1]') }, 'computes the id of its address'],
  ['with a function around the reference', {}, { instance_id: `\${lower(${BANDWIDTH}.b.ipv6_address_id)}` }, 'computes the id of its address'],
  ['of another attribute', {}, { instance_id: own('id') }, 'it is not for each of the same addresses'],
  ['by a value that differs at each evaluation', { ipv6_address_id: '${var.ids[length(uuid()) % 2]}' }, { instance_id: '${var.ids[length(uuid()) % 2]}', ...after }, 'it is not for each of the same addresses'],
  ['of a set that differs at each evaluation', { ...EACH, for_each: '${toset([uuid()])}' }, { for_each: '${toset([uuid()])}', instance_id: '${each.key}', ...after }, 'it is not repeated for the same instances'],
  ['of each attribute of one bandwidth', {}, { for_each: `\${${BANDWIDTH}.b}`, instance_id: '${each.value.ipv6_address_id}' }, 'it is not repeated for the same instances'],
  ['of each of the bandwidths, where each has another value', { for_each: '${local.ids}', ipv6_address_id: '${each.value.id}', ipv6_gateway_id: '${each.value.gateway}' },
    { for_each: `\${${BANDWIDTH}.b}`, instance_id: '${each.value.ipv6_address_id}', ipv6_gateway_id: '${each.value.gateway}' }, 'its gateway may be another one'],
  ['by a literal, for a computed address', { ipv6_address_id: '${var.id}' }, { instance_id: 'ipv6-a', ...after }, 'may be for it'],
])('a rule %s proves nothing', (_, bandwidth, rule, reason) => {
  expect(verdict(bandwidth, rule)).toEqual({ inbound: 'unproven', reason: expect.stringContaining(reason) });
});

test('one closing rule is enough', () => {
  expect(verdict({}, { instance_id: '${var.id}' }, { instance_id: 'ipv6-a' }, { instance_id: 'ipv6-a', ...after })).toEqual({ inbound: 'closed' });
});

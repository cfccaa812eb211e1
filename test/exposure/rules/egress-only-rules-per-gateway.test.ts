import { EgressOnlyRuleFact } from '../../../src/exposure/facts';
import { applied, findingsIn, shown } from '../facts';

const find = (...rules: Pick<EgressOnlyRuleFact, 'rules' | 'gateway'>[]) =>
  shown(findingsIn({ egressOnlyRules: rules.map((rule) => ({ path: 'stack/R', subject: 'stack/R', ...rule })) }, [applied('Ipv6EgressOnlyRulesPerGateway', 3)]));
const gateway = 'ipv6gw-1';

test.each<[string, Pick<EgressOnlyRuleFact, 'rules' | 'gateway'>[]]>([
  ['the maximum', [{ gateway, rules: 2 }, { gateway, rules: 1 }]],
  ['the maximum of each of two gateways', [{ gateway, rules: 3 }, { gateway: 'ipv6gw-2', rules: 3 }]],
  ['an unknown number, because the service refuses too many', [{ gateway, rules: undefined }]],
])('%s is compliant', (_, rules) => {
  expect(find(...rules)).toEqual([]);
});

test.each<[string, Pick<EgressOnlyRuleFact, 'rules' | 'gateway'>[], boolean]>([
  ['one more', [{ gateway, rules: 4 }], false],
  ['one more, if an unknown gateway is the same', [{ gateway, rules: 3 }, { rules: 1 }], true],
])('%s is non-compliant', (_, rules, isUnknown) => {
  expect(find(...rules)).toEqual([[gateway, '4 egress-only rules', isUnknown]]);
});

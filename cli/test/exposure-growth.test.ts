// The time of the verdict grows with the plan, and not with its square.
import { BANDWIDTH, bandwidth, byTerraformAddress, change, planWith, RULE, rule } from './plans';
import { Plan } from '../src/plan';
import { planExposure } from '../src/plan-exposure';

jest.setTimeout(120_000);

const BLOCKS = 5_000;
/** Of the processor, which other programs may share. */
const MOST_MS = 3_000;

function milliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

interface Kind {
  readonly isKnown: boolean;
  /** The address and the rule of a block, as the configuration of a plan shows their expressions. */
  readonly expression: (address: string) => object;
  readonly isRepeated?: boolean;
  /** What the address of each bandwidth refers to, if it is the same for all. */
  readonly source?: string;
}

const references = (address: string) => [`${address}.ipv6_address_id`, address];

const KINDS: Record<string, Kind> = {
  'known ids': { isKnown: true, expression: (address) => ({ references: references(address) }) },
  'unknown ids in JSON syntax': { isKnown: false, expression: (address) => ({ constant_value: `\${${address}.ipv6_address_id}`, references: references(address) }) },
  'unknown ids in HCL': { isKnown: false, expression: (address) => ({ references: references(address) }) },
  'unknown ids in HCL with for_each': { isKnown: false, isRepeated: true, expression: () => ({ references: ['each.value.ipv6_address_id', 'each.value'] }) },
  'unknown ids that no rule proves': { isKnown: false, expression: () => ({ references: ['var.ids'] }) },
  'unknown ids of one expression': { isKnown: false, expression: () => ({ references: ['var.ids'] }), source: 'var.ids' },
  'known ids of computed rules': { isKnown: true, expression: () => ({ references: ['var.ids'] }) },
};

function planOf({ isKnown, expression, isRepeated, source }: Kind, action: string): Plan {
  const names = Array.from({ length: BLOCKS }, (_, i) => isRepeated ? `all["k${i}"]` : `n${i}`);
  const ruleIsKnown = isKnown && !JSON.stringify(expression('')).includes('var.');
  const changes = names.flatMap((name, i) => [
    [`${BANDWIDTH}.${name}`, bandwidth(isKnown ? `ipv6-${i}` : undefined)] as const,
    [`${RULE}.${name}`, rule(ruleIsKnown ? `ipv6-${i}` : undefined)] as const,
  ]).map(([address, values]) => change(address, [action], action === 'delete' ? { before: values } : { after: values }));
  const resources = (isRepeated ? ['all'] : names).flatMap((name) => [
    { address: `${BANDWIDTH}.${name}`, expressions: { ipv6_address_id: { references: source ? [source] : [`terraform_data.${name}.output`, `terraform_data.${name}`] }, ipv6_gateway_id: { constant_value: 'ipv6gw-1' } } },
    {
      address: `${RULE}.${name}`,
      expressions: { instance_id: expression(`${BANDWIDTH}.${name}`), ipv6_gateway_id: { constant_value: 'ipv6gw-1' } },
      depends_on: [`${BANDWIDTH}.${name}`],
      ...isRepeated ? { for_each_expression: { references: [`${BANDWIDTH}.${name}`] } } : {},
    },
  ]);
  return Plan.parse(planWith({ changes, configuration: { provider_config: { alicloud: { name: 'alicloud' } }, root_module: { resources } } }));
}

test.each(Object.entries(KINDS))('5,000 bandwidths and rules with %s', (_, kind) => {
  const plan = planOf(kind, 'create');
  const begin = milliseconds();
  const { rows } = planExposure(plan, byTerraformAddress);
  expect(milliseconds() - begin).toBeLessThan(MOST_MS);
  expect(rows).toHaveLength(BLOCKS);
  const after = JSON.stringify(kind.expression('')).includes('var.') ? 'unproven' : 'closed';
  expect(rows.every((row) => row.after === after)).toBe(true);
});

test.each([['the gateway of the bandwidths', 'ipv6gw-1', 'closed'], ['another gateway', 'ipv6gw-2', 'unproven']])('5,000 bandwidths and rules of one id, with %s', (_, ipv6_gateway_id, after) => {
  const changes = Array.from({ length: BLOCKS }, (__, i) => [
    change(`${BANDWIDTH}.n${i}`, ['no-op'], { before: bandwidth('ipv6-a'), after: bandwidth('ipv6-a') }),
    change(`${RULE}.n${i}`, ['no-op'], { before: rule('ipv6-a', { ipv6_gateway_id }), after: rule('ipv6-a', { ipv6_gateway_id }) }),
  ]).flat();
  const plan = Plan.parse(planWith({ changes }));
  const begin = milliseconds();
  const { rows } = planExposure(plan, byTerraformAddress);
  expect(milliseconds() - begin).toBeLessThan(MOST_MS);
  expect(rows).toMatchObject([{ address: 'ipv6-a', after }]);
});

test('5,000 rules that are deleted without their bandwidths', () => {
  const changes = Array.from({ length: BLOCKS }, (_, i) => change(`${RULE}.n${i}`, ['delete'], { before: rule(`ipv6-${i}`) }));
  const plan = Plan.parse(planWith({ changes }));
  const begin = milliseconds();
  expect(planExposure(plan, byTerraformAddress).rows).toHaveLength(BLOCKS);
  expect(milliseconds() - begin).toBeLessThan(MOST_MS);
});

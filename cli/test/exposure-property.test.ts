// Random plans in JSON, which the test reads a second time: no open address is closed, and none is missing.
import * as fc from 'fast-check';
import { BANDWIDTH, bandwidth, byTerraformAddress, change, planWith, RULE, rule } from './plans';
import { Plan } from '../src/plan';
import { planExposure } from '../src/plan-exposure';

const ADDRESSES = ['ipv6-a', 'ipv6-b', 'ipv6-c', undefined];
const GATEWAYS = ['ipv6gw-1', 'ipv6gw-2', undefined];
const ACTIONS = [['no-op'], ['create'], ['delete'], ['update'], ['delete', 'create'], ['create', 'delete'], ['forget'], ['create', 'forget']];

interface Drawn {
  readonly actions: string[];
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly gateway: string | undefined;
  readonly isDeferred: boolean;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  actions: fc.constantFrom(...ACTIONS),
  before: fc.constantFrom(...ADDRESSES.slice(0, 3)),
  after: fc.constantFrom(...ADDRESSES),
  gateway: fc.constantFrom(...GATEWAYS),
  isDeferred: fc.nat(9).map((number) => number === 0),
});

/** The address before and after the apply. A no-op keeps the address. */
function sides({ actions, before, after }: Drawn): { before?: string; after?: string | null } {
  const [had, has] = [!(actions.length === 1 && actions[0] === 'create'), !['delete', 'forget'].includes(actions.join())];
  return { before: had ? before : undefined, after: has ? (actions.join() === 'no-op' ? before : after) ?? null : undefined };
}

function changeOf(type: string, values: typeof bandwidth, each: Drawn, i: number): object {
  const { before, after } = sides(each);
  return change(`${type}.r${i}`, each.actions, {
    before: before === undefined ? undefined : values(before, { ipv6_gateway_id: each.gateway ?? 'ipv6gw-1' }),
    after: after === undefined ? undefined : values(after ?? undefined, { ipv6_gateway_id: each.gateway }),
  });
}

test('no address is closed without a rule, and no address is missing', () => {
  fc.assert(fc.property(fc.array(drawn, { maxLength: 5 }), fc.array(drawn, { maxLength: 5 }), (bandwidths, rules) => {
    const all = [
      ...bandwidths.map((each, i) => ({ each, json: changeOf(BANDWIDTH, bandwidth, each, i) })),
      ...rules.map((each, i) => ({ each, json: changeOf(RULE, rule, each, i) })),
    ];
    const { rows, facts } = planExposure(Plan.parse(planWith({
      changes: all.filter(({ each }) => !each.isDeferred).map(({ json }) => json),
      deferred_changes: all.filter(({ each }) => each.isDeferred).map(({ json }) => ({ reason: 'deferred_prereq', resource_change: json })),
    })), byTerraformAddress);
    const byAddress = new Map(rows.map((row) => [row.address, row]));

    // Without configuration, only a known id and gateway prove anything.
    const closes = (address: string, gateway: string | undefined) => gateway !== undefined && rules.some((each) =>
      !each.isDeferred && sides(each).after === address && each.gateway === gateway);
    for (const each of bandwidths) {
      const { after } = sides(each);
      if (typeof after === 'string' && !closes(after, each.gateway)) expect([after, byAddress.get(after)?.after]).toEqual([after, expect.stringMatching(/^(open|unproven)$/)]);
    }
    // A rule that is taken away has a row, too, and no other address has one.
    const known = new Set([...bandwidths, ...rules].flatMap((each) => [sides(each).before, sides(each).after]));
    for (const { address } of rows) expect(known.has(address === 'known after apply' ? null : address)).toBe(true);
    for (const each of rules) {
      const { before } = sides(each);
      if (before !== undefined && each.actions.join() === 'delete' && !each.isDeferred) expect(byAddress.has(before)).toBe(true);
    }
    // An address has no bandwidth if its bandwidth is deleted and no other one stays.
    for (const { address, after, mbps } of rows) {
      const stays = bandwidths.some((each) => sides(each).after === address
        || (sides(each).before === address && (sides(each).after === null || each.isDeferred || each.actions.includes('forget') || each.actions.join() === 'update')));
      const isOfRuleAlone = mbps.before === undefined && mbps.after === undefined;
      if (address !== 'known after apply' && !isOfRuleAlone) expect([address, after !== 'none']).toEqual([address, stays]);
    }
    // Each open or unproven address is a fact for the rules.
    for (const { address, after } of rows) {
      if (after === 'open' || after === 'unproven') expect(facts.bandwidths.some((fact) => (fact.address === address || fact.address === undefined) && fact.inbound !== 'closed')).toBe(true);
    }
  }), { numRuns: 2_000 });
});

// Random plans, read a second time by the test: what is open after the apply is said to be open.
import * as fc from 'fast-check';
import { BANDWIDTH, bandwidth, change, planWith, RULE, rule } from './plans';
import { exposureOf } from '../src/exposure';
import { Plan } from '../src/plan';

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

/** The address before and after: nothing changes what it keeps. */
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

test('what is open after the apply is said to be open, and what the plan takes away is gone', () => {
  fc.assert(fc.property(fc.array(drawn, { maxLength: 5 }), fc.array(drawn, { maxLength: 5 }), (bandwidths, rules) => {
    const all = [
      ...bandwidths.map((each, i) => ({ each, json: changeOf(BANDWIDTH, bandwidth, each, i) })),
      ...rules.map((each, i) => ({ each, json: changeOf(RULE, rule, each, i) })),
    ];
    const { addresses } = exposureOf(Plan.parse(planWith({
      changes: all.filter(({ each }) => !each.isDeferred).map(({ json }) => json),
      deferred_changes: all.filter(({ each }) => each.isDeferred).map(({ json }) => ({ reason: 'deferred_prereq', resource_change: json })),
    })));

    // Without configuration, an id that is not known closes nothing.
    const closes = (address: string, gateway: string | undefined) => gateway !== undefined && rules.some((each) =>
      !each.isDeferred && sides(each).after === address && each.gateway === gateway);
    const said = new Map(addresses.map(({ address, after }) => [address, after]));
    for (const each of bandwidths) {
      const { after } = sides(each);
      if (typeof after === 'string' && !closes(after, each.gateway)) expect([after, said.get(after)]).toEqual([after, 'open']);
    }
    // And nothing is said of an address that no bandwidth has or had.
    const known = new Set(bandwidths.flatMap((each) => [sides(each).before, sides(each).after]));
    for (const { address } of addresses) expect(known.has(address === 'known after apply' ? null : address)).toBe(true);
    // An address that a bandwidth had, and that no other has, is gone unless that one stays.
    for (const { address, after } of addresses) {
      const stays = bandwidths.some((each) => sides(each).after === address
        || (sides(each).before === address && (each.isDeferred || each.actions.includes('forget') || each.actions.join() === 'update')));
      if (address !== 'known after apply') expect([address, after !== 'no bandwidth']).toEqual([address, stays]);
    }
  }), { numRuns: 2_000 });
});

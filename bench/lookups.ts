// What a plan costs by the way in which addresses are asked for, with the real provider against a stand-in for the API on loopback.
import { withLibrary } from './apps';
import { Program, withFleet } from './plan';
import { Ipv6AddressLookup } from 'cdktf-alicloud-ipv6';

/** What a plan for some instances of a VPC costs. */
export interface LookupCost {
  /** Addresses that the VPC has. */
  readonly vpc: number;
  readonly wanted: number;
  readonly way: string;
  /** Whether the library asks in this way unless it is said otherwise. */
  readonly isChosen: boolean;
  readonly calls: number;
  readonly seconds: number;
  readonly stateBytes: number;
}

export interface LookupSizes {
  readonly vpcs: readonly number[];
  readonly wanted: readonly number[];
}

/** Up to how many addresses the benchmark asks for one by one. */
const MOST_ONE_BY_ONE = 500;

export async function lookupCosts({ vpcs, wanted }: LookupSizes, note: (line: string) => void): Promise<LookupCost[]> {
  const costs: LookupCost[] = [];
  for (const size of vpcs) {
    await withFleet(size, async (api, fleet) => {
      for (const count of wanted.filter((some) => some <= size)) {
        const some = { ...fleet, instanceIds: fleet.instanceIds.slice(0, count) };
        const program = (lookup?: Ipv6AddressLookup) => new Program(api, (app) => withLibrary('instance', false, lookup)(app, some));
        const chosen = program();
        await chosen.prepare();
        for (const [way, lookup] of [['one by one', Ipv6AddressLookup.EACH], ['a list', Ipv6AddressLookup.LIST]] as const) {
          // (Thousands of calls take minutes, and nobody would ask so.)
          if (lookup === Ipv6AddressLookup.EACH && count > MOST_ONE_BY_ONE) continue;
          note(`${count} of ${size} addresses, ${way}`);
          const said = program(lookup);
          await said.prepare();
          costs.push({ vpc: size, wanted: count, way, isChosen: said.lookups === chosen.lookups, ...await measured(said) });
          said.remove();
        }
        chosen.remove();
      }
    });
  }
  return costs;
}

async function measured(program: Program): Promise<Pick<LookupCost, 'calls' | 'seconds' | 'stateBytes'>> {
  let { calls, seconds } = await program.plan();
  // Other programs on the machine can only slow a plan: the fastest of three, where a plan is short.
  for (let round = 1; round < 3 && seconds < 10; round++) seconds = Math.min(seconds, (await program.plan()).seconds);
  return { calls, seconds, stateBytes: await program.stateOfLookups() };
}

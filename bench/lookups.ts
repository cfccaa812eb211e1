// What a plan costs by the way in which addresses are asked for, and by whether they are a set, with the real provider against a
// stand-in for the API on loopback.
import { Instances, set, single } from './apps';
import { Program } from './plan';
import { VpcApi } from '../test/e2e/vpc-api';
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

/** What a plan of a set costs, and one of as many single constructs. */
export interface SetCost {
  readonly addresses: number;
  readonly egressOnly: boolean;
  readonly set: number;
  readonly single: number;
}

export interface LookupSizes {
  readonly vpcs: readonly number[];
  readonly wanted: readonly number[];
  readonly sets: readonly number[];
}

/** Up to how many addresses the benchmark asks for one by one. */
const MOST_ONE_BY_ONE = 500;

export async function lookupCosts({ vpcs, wanted }: LookupSizes, note: (line: string) => void): Promise<LookupCost[]> {
  const costs: LookupCost[] = [];
  for (const size of vpcs) {
    await withVpc(size, async (api, instances) => {
      for (const count of wanted.filter((some) => some <= size)) {
        const some = { ...instances, ids: instances.ids.slice(0, count) };
        const program = (lookup?: Ipv6AddressLookup) => new Program(api, (app) => single(app, some, { egressOnly: false, lookup }));
        const chosen = program();
        await chosen.prepare();
        for (const [way, lookup] of [['one by one', Ipv6AddressLookup.EACH], ['a list', Ipv6AddressLookup.LIST]] as const) {
          // (Thousands of calls take minutes, and nobody would ask so.)
          if (lookup === Ipv6AddressLookup.EACH && count > MOST_ONE_BY_ONE) continue;
          note(`${count} of ${size} addresses, ${way}`);
          const said = program(lookup);
          await said.prepare();
          costs.push({ vpc: size, wanted: count, way, isChosen: said.lookups === chosen.lookups, ...await measured(api, said) });
          said.remove();
        }
        chosen.remove();
      }
    });
  }
  return costs;
}

async function measured(api: VpcApi, program: Program): Promise<Pick<LookupCost, 'calls' | 'seconds' | 'stateBytes'>> {
  api.clearCalls();
  let seconds = await program.plan();
  const calls = api.countCalls();
  // What else the machine does can only add to it: the fastest of three, of those that are over soon.
  for (let round = 1; round < 3 && seconds < 10; round++) seconds = Math.min(seconds, await program.plan());
  return { calls, seconds, stateBytes: await program.stateOfLookups() };
}

/** In turn, so that what else the machine does meets both. */
export async function setCosts({ sets }: LookupSizes, note: (line: string) => void): Promise<SetCost[]> {
  const costs: SetCost[] = [];
  for (const addresses of sets) {
    await withVpc(addresses, async (api, instances) => {
      for (const egressOnly of [false, true]) {
        note(`a set of ${addresses} and as many single constructs${egressOnly ? ', egress only' : ''}`);
        const programs = [set, single].map((write) => new Program(api, (app) => write(app, instances, { egressOnly })));
        try {
          for (const program of programs) await program.prepare();
          const seconds = [Infinity, Infinity];
          for (let round = 0; round < 3; round++) {
            for (const [i, program] of programs.entries()) {
              if (seconds[i] === Infinity || seconds[i] < 10) seconds[i] = Math.min(seconds[i], await program.plan());
            }
          }
          costs.push({ addresses, egressOnly, set: seconds[0], single: seconds[1] });
        } finally {
          programs.forEach((program) => program.remove());
        }
      }
    });
  }
  return costs;
}

async function withVpc(size: number, use: (api: VpcApi, instances: Instances) => Promise<void>): Promise<void> {
  const api = await VpcApi.start();
  try {
    const vpcId = api.seedVpc();
    api.seedGateway(vpcId);
    const vSwitchId = api.seedVSwitch(vpcId);
    await use(api, { vpcId, ids: Array.from({ length: size }, () => api.seedInstance({ vSwitchId }).instanceId) });
  } finally {
    await api.stop();
  }
}

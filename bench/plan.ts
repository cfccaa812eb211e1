// What a plan costs Terraform and the API, measured with the real provider against a stand-in for the API on loopback.
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { App } from 'cdktf';
import { Fleet, lookupEach, set, STACK, withLibrary, withoutChecks } from './apps';
import { Deployment, missing } from '../test/e2e/terraform';
import { VpcApi } from '../test/e2e/vpc-api';

/** Terraform, or what stands in for it. */
export const BINARY = process.env.TERRAFORM_BINARY_NAME ?? 'terraform';

/** Resources of one plan. */
export interface Plan {
  /** Seconds of processor time, of Terraform and its providers: other programs on the machine add little to it. */
  readonly cpu: number;
  /** Seconds by the clock. */
  readonly seconds: number;
  /** Calls of the API. */
  readonly calls: number;
}

/** A plan of the library, and of Terraform written by hand without checks. */
export interface PlanCost {
  readonly what: string;
  readonly addresses: number;
  readonly library: Plan;
  /** The same resources; for a set, single bandwidths and rules. */
  readonly byHand: Plan;
  /** Bandwidths and rules alone, for singles: without the records that replace a bandwidth whose address changes. */
  readonly withoutRecords?: Plan;
}

export interface PlanSizes {
  /** Addresses that a stack of single constructs is for. */
  readonly single: readonly number[];
  /** Addresses of a set, and its partitions. */
  readonly sets: readonly (readonly [addresses: number, partitions: number])[];
}

export { missing };

/** The name of a way to write bandwidths: of singles by the id of the address or of its instance, or of a set. */
export function wayOf(by: 'id' | 'instance' | 'set', rules: boolean): string {
  return `${by === 'set' ? 'a set' : `by ${by}`}${rules ? ', with egress-only rules' : ''}`;
}

export async function planCosts({ single, sets }: PlanSizes, note: (line: string) => void): Promise<PlanCost[]> {
  const costs: PlanCost[] = [];
  for (const addresses of single) {
    for (const by of ['id', 'instance'] as const) {
      for (const rules of [false, true]) {
        note(`plan of ${addresses} addresses ${wayOf(by, rules)}, and by hand`);
        const programs = [withLibrary(by, rules), withoutChecks(by, rules, true), withoutChecks(by, rules, false)];
        const [library, byHand, withoutRecords] = await measure(addresses, programs);
        costs.push({ what: wayOf(by, rules), addresses, library, byHand, withoutRecords });
      }
    }
  }
  for (const [addresses, partitions] of sets) {
    for (const rules of [false, true]) {
      const what = `${wayOf('set', rules)}${partitions > 1 ? `, in ${partitions} partitions` : ''}`;
      note(`plan of ${addresses} addresses, ${what}, and single resources by hand`);
      const asSet: Write = (app, fleet) => set(app, fleet, { egressOnly: rules, partitions });
      const [library, byHand] = await measure(addresses, [asSet, withoutChecks('instance', rules, false)]);
      costs.push({ what, addresses, library, byHand });
    }
  }
  return costs;
}

/** The calls of a plan that has a data source for each address. */
export async function callsOfLookupEach(addresses: number): Promise<number> {
  const [{ calls }] = await measure(addresses, [lookupEach], 1);
  return calls;
}

/** Writes a program for a fleet. */
type Write = (app: App, fleet: Required<Fleet>) => void;

/** Plans the programs in turn, so that other programs on the machine slow all of them, and returns the fastest plan of each. */
async function measure(addresses: number, programs: readonly Write[], rounds = addresses < 1_000 ? 3 : addresses < 2_000 ? 2 : 1): Promise<Plan[]> {
  return withFleet(addresses, async (api, fleet) => {
    const written = programs.map((write) => new Program(api, (app) => write(app, fleet)));
    try {
      for (const program of written) await program.prepare();
      const plans = written.map((): Plan[] => []);
      for (let round = 0; round < rounds; round++) {
        for (const [i, program] of written.entries()) plans[i].push(await program.plan());
      }
      return plans.map((ofOne) => ({
        cpu: Math.min(...ofOne.map(({ cpu }) => cpu)), seconds: Math.min(...ofOne.map(({ seconds }) => seconds)), calls: ofOne[0].calls,
      }));
    } finally {
      written.forEach((program) => program.remove());
    }
  });
}

/** Runs a stand-in for the API that has a VPC with some instances, each with an address. */
export async function withFleet<T>(addresses: number, use: (api: VpcApi, fleet: Required<Fleet>) => Promise<T>): Promise<T> {
  const api = await VpcApi.start();
  try {
    const vpcId = api.seedVpc();
    api.seedGateway(vpcId);
    const vSwitchId = api.seedVSwitch(vpcId);
    const seeded = Array.from({ length: addresses }, () => api.seedInstance({ vSwitchId }).primary);
    return await use(api, {
      vpcId,
      addressIds: seeded.map(({ Ipv6AddressId }) => Ipv6AddressId),
      instanceIds: seeded.map(({ AssociatedInstanceId }) => AssociatedInstanceId),
    });
  } finally {
    await api.stop();
  }
}

/** A program that is synthesized into a folder of its own. */
export class Program {
  private readonly deployment: Deployment;

  constructor(private readonly api: VpcApi, private readonly build: (app: App) => void) {
    this.deployment = new Deployment(api);
  }

  async prepare(): Promise<void> {
    this.deployment.synth(this.build);
    const { code, output } = await this.deployment.validate(STACK);
    if (code !== 0) throw new Error(output);
  }

  /** The data sources that were written, as JSON. */
  get lookups(): string {
    return JSON.stringify(JSON.parse(fs.readFileSync(path.join(this.folder, 'cdk.tf.json'), 'utf8')).data);
  }

  async plan(): Promise<Plan> {
    this.api.clearCalls();
    const start = performance.now();
    const cpu = await terraform(['plan', '-input=false', '-lock=false', '-no-color'], this.folder);
    return { cpu, seconds: (performance.now() - start) / 1000, calls: this.api.countCalls() };
  }

  /** The bytes of a state that holds what the plan looked up, and nothing that it would create. */
  async stateOfLookups(): Promise<number> {
    await terraform(['apply', '-refresh-only', '-auto-approve', '-input=false', '-lock=false', '-no-color'], this.folder);
    const [state] = fs.readdirSync(this.deployment.folder).filter((name) => name.endsWith('.tfstate'));
    return fs.statSync(path.join(this.deployment.folder, state)).size;
  }

  remove(): void {
    this.deployment.remove();
  }

  private get folder(): string {
    return path.join(this.deployment.folder, 'stacks', STACK);
  }
}

/**
 * Runs Terraform, and returns its seconds of processor time, which the shell knows: Node.js does not tell those of a child.
 * (Not synchronously: the API that Terraform calls is in this process.)
 */
function terraform(args: string[], cwd: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', LC_ALL: 'C', TIMEFORMAT: '%U %S' };
    const child = spawn('bash', ['-c', 'time "$@"', 'bash', BINARY, ...args], { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk) => errors += chunk);
    child.on('error', reject);
    child.on('close', (code) => {
      const [, user, system] = /([\d.]+) ([\d.]+)\s*$/.exec(errors) ?? [];
      if (code === 0) resolve(Number(user) + Number(system));
      else reject(new Error(errors));
    });
  });
}

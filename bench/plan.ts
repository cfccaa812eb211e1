// What a plan costs Terraform and the API, measured with the real provider against a stand-in for the API on loopback.
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { App } from 'cdktf';
import { Fleet, lookupEach, STACK, withLibrary, withoutChecks } from './apps';
import { Deployment, missing } from '../test/e2e/terraform';
import { VpcApi } from '../test/e2e/vpc-api';

/** Terraform, or what stands in for it. */
export const BINARY = process.env.TERRAFORM_BINARY_NAME ?? 'terraform';

/** What one plan cost. */
export interface PlanCost {
  readonly name: string;
  readonly addresses: number;
  readonly seconds: number;
  readonly calls: number;
}

export interface PlanSize {
  /** Addresses that the region has. */
  readonly region: number;
  /** Of how many of them bandwidth is planned, with one shared lookup. */
  readonly shared: readonly number[];
  /** Of how many of them with a data source for each. */
  readonly each: readonly number[];
}

/** What is missing to plan, if anything. */
export { missing };

export async function planCosts({ region, shared, each }: PlanSize, note: (line: string) => void): Promise<PlanCost[]> {
  const api = await VpcApi.start();
  try {
    const vpcId = api.seedVpc();
    api.seedGateway(vpcId);
    const vSwitchId = api.seedVSwitch(vpcId);
    const seeded = Array.from({ length: region }, () => api.seedInstance({ vSwitchId }).primary);
    const addressIds = seeded.map(({ Ipv6AddressId }) => Ipv6AddressId);
    const costs: PlanCost[] = [];
    const measure = async (ways: readonly Way[], addresses: number) => {
      note(`plan of ${addresses} addresses: ${ways.map(({ name }) => name).join(', and ')}`);
      const instanceIds = seeded.slice(0, addresses).map(({ AssociatedInstanceId }) => AssociatedInstanceId);
      const fleet = { vpcId, addressIds: addressIds.slice(0, addresses), instanceIds };
      const programs = ways.map(({ write }) => new Program(api, (app) => write(app, fleet)));
      try {
        const calls: number[] = [];
        const seconds = ways.map(() => Infinity);
        // What else the machine does can only add to it: the fastest of two, in turn, so that it adds to all of them.
        for (let round = 0; round < 2; round++) {
          for (const [i, program] of programs.entries()) {
            if (round === 0) await program.prepare();
            if (seconds[i] !== Infinity && seconds[i] > 20) continue;
            api.clearCalls();
            seconds[i] = Math.min(seconds[i], await program.plan());
            calls[i] = api.countCalls();
          }
        }
        ways.forEach(({ name }, i) => costs.push({ name, addresses, seconds: seconds[i], calls: calls[i] }));
      } finally {
        programs.forEach((program) => program.remove());
      }
    };
    for (const count of shared) {
      for (const by of ['id', 'instance'] as const) {
        for (const rules of [false, true]) {
          const what = `by ${by}${rules ? ', with egress-only rules' : ''}`;
          await measure([{ name: `by hand without checks, ${what}`, write: withoutChecks(by, rules) }, { name: `the library, ${what}`, write: withLibrary(by, rules) }], count);
        }
      }
    }
    for (const count of each) await measure([{ name: 'by hand: one data source an address', write: lookupEach }], count);
    return costs;
  } finally {
    await api.stop();
  }
}

/** A way to write bandwidths for a fleet. */
interface Way {
  readonly name: string;
  readonly write: (app: App, fleet: Fleet) => void;
}

/** A program that is synthesized into a folder of its own. */
export class Program {
  private readonly deployment: Deployment;

  constructor(api: VpcApi, private readonly build: (app: App) => void) {
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

  /** Plans, and returns the seconds that it took. */
  async plan(): Promise<number> {
    const start = performance.now();
    await terraform(['plan', '-input=false', '-lock=false', '-no-color'], this.folder);
    return (performance.now() - start) / 1000;
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

/** (Not synchronously: the API that it calls is in this process.) */
function terraform(args: string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(BINARY, args, { cwd, env: { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' }, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk) => errors += chunk);
    child.on('error', reject);
    child.on('close', (code) => code === 0 ? resolve() : reject(new Error(errors)));
  });
}

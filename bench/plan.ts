// What a plan costs Terraform and the API, measured with the real provider against a stand-in for the API on loopback.
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { App } from 'cdktf';
import { Fleet, l2, lookupEach, STACK, withSharedTrigger } from './apps';
import { Deployment, missing } from '../test/e2e/terraform';
import { VpcApi } from '../test/e2e/vpc-api';

/** Terraform, or what stands in for it. */
export const BINARY = process.env.TERRAFORM_BINARY_NAME ?? 'terraform';

/** The library's Terraform with one trigger for all, which would be wrong: what the records cost is the ratio to it. */
export const SHARED_TRIGGER = 'the same with one trigger for the stack, as it was';

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
    const addressIds = Array.from({ length: region }, () => api.seedInstance({ vSwitchId }).primary.Ipv6AddressId);
    const costs: PlanCost[] = [];
    const measure = async (name: string, write: (app: App, fleet: Fleet) => void, addresses: number, edit?: (json: any) => void) => {
      note(`plan of ${addresses} addresses: ${name}`);
      costs.push({ name, addresses, ...await plan(api, (app) => write(app, { vpcId, addressIds: addressIds.slice(0, addresses) }), edit) });
    };
    for (const count of shared) await measure('the library: one lookup for the VPC', l2, count);
    for (const count of shared) await measure(SHARED_TRIGGER, l2, count, withSharedTrigger);
    for (const count of each) await measure('by hand: one data source an address', lookupEach, count);
    return costs;
  } finally {
    await api.stop();
  }
}

async function plan(api: VpcApi, build: (app: App) => void, edit?: (json: any) => void): Promise<{ seconds: number; calls: number }> {
  const deployment = new Deployment(api);
  try {
    deployment.synth(build);
    if (edit) {
      const file = path.join(deployment.folder, 'stacks', STACK, 'cdk.tf.json');
      const json = JSON.parse(fs.readFileSync(file, 'utf8'));
      edit(json);
      fs.writeFileSync(file, JSON.stringify(json));
    }
    const { code, output } = await deployment.validate(STACK);
    if (code !== 0) throw new Error(output);
    api.clearCalls();
    const start = performance.now();
    const folder = path.join(deployment.folder, 'stacks', STACK);
    await terraform(['plan', '-input=false', '-lock=false', '-no-color'], folder);
    const calls = api.countCalls();
    const first = performance.now() - start;
    if (first > 20_000) return { seconds: first / 1000, calls };
    // What else the machine does can only add to it: the fastest of five.
    const others: number[] = [];
    for (let run = 0; run < 4; run++) {
      const again = performance.now();
      await terraform(['plan', '-input=false', '-lock=false', '-no-color'], folder);
      others.push(performance.now() - again);
    }
    return { seconds: Math.min(first, ...others) / 1000, calls };
  } finally {
    deployment.remove();
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

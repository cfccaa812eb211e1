// What `alicloud-ipv6 exposure` costs on a large plan, in a process of its own.
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const CLI = path.join(__dirname, '..', 'cli');
const MAIN = path.join(CLI, 'lib', 'cli', 'src', 'main.js');
/** The plan of examples/new-network. */
const PLAN = path.join(CLI, 'test', 'plans', 'new-network', 'plan.json');

export interface ExposureCost {
  readonly resources: number;
  /** Bytes of the plan. */
  readonly bytes: number;
  /** By the clock, and of the processor: the fastest of the runs. */
  readonly seconds: number;
  readonly processor: number;
  /** Bytes of memory at the peak, of the whole process: the most of any run. */
  readonly memory: number;
}

/** What is missing to measure it, if anything. */
export function missingCommand(): string | undefined {
  if (!fs.existsSync(path.join(CLI, 'node_modules', 'commander'))) return 'the command is not installed (npm ci --prefix cli)';
  return fs.existsSync(MAIN) ? undefined : 'the command is not compiled (npm --prefix cli run compile)';
}

/** What a plan of so many workers costs, each with five resources. */
export function exposureCost(workers: number, runs: number): ExposureCost {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  try {
    const file = path.join(folder, 'plan.json');
    const plan = planOf(workers);
    fs.writeFileSync(file, JSON.stringify(plan));
    const costs = Array.from({ length: runs }, () => measure(file));
    if (costs.some(({ open }) => open !== workers / 2)) throw new Error('the command does not find what the plan opens');
    return {
      resources: plan.resource_changes.length,
      bytes: fs.statSync(file).size,
      seconds: Math.min(...costs.map(({ seconds }) => seconds)),
      processor: Math.min(...costs.map(({ processor }) => processor)),
      memory: Math.max(...costs.map(({ memory }) => memory)),
    };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function measure(file: string): Pick<ExposureCost, 'seconds' | 'processor' | 'memory'> & { readonly open: number } {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', `
    process.on('exit', () => process.stderr.write(JSON.stringify(process.resourceUsage())));
    process.argv.splice(1, 0, 'alicloud-ipv6');
    require(${JSON.stringify(MAIN)});
  `, 'exposure', file], { encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(stderr);
  const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(stderr);
  return {
    seconds: (performance.now() - start) / 1_000,
    processor: (userCPUTime + systemCPUTime) / 1e6,
    memory: maxRSS * 1024,
    open: Number(/opens (\d+)/.exec(stdout)?.[1]),
  };
}

/**
 * A first plan of so many workers, each with an instance, a security group, bandwidth, the library's record of its address, and an
 * egress-only rule. They are copies of the worker of examples/new-network, as Terraform planned it. The rule of every second worker is
 * for the address of the worker before it.
 */
function planOf(workers: number): { readonly resource_changes: readonly object[] } {
  const plan = JSON.parse(fs.readFileSync(PLAN, 'utf8'));
  const copies = (resources: readonly { readonly address: string }[]): object[] => {
    const ofWorker = resources.filter(({ address }) => /^\w+\.Worker/.test(address)).map((resource) => JSON.stringify(resource));
    const copy = (json: string, i: number): object => JSON.parse(json
      .replace(/"address":"alicloud_vpc_ipv6_egress_rule.*/, (rule) => rule.replace(/internet_bandwidth\.Worker/g, `$&${i - i % 2}`))
      .replace(/Worker(?!\d)|d2a2a95a/g, `$&${i}`));
    return Array.from({ length: workers }, (_, i) => ofWorker.map((json) => copy(json, i))).flat();
  };
  return {
    ...plan,
    planned_values: { root_module: { resources: copies(plan.planned_values.root_module.resources) } },
    resource_changes: copies(plan.resource_changes),
    configuration: { ...plan.configuration, root_module: { resources: copies(plan.configuration.root_module.resources) } },
  };
}

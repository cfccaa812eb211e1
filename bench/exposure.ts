// What `alicloud-ipv6 exposure` costs on a large plan, in a process of its own.
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const CLI = path.join(__dirname, '..', 'cli');
const MAIN = path.join(CLI, 'lib', 'cli', 'src', 'main.js');

export interface ExposureCost {
  readonly resources: number;
  /** Bytes of the plan. */
  readonly bytes: number;
  readonly seconds: number;
  /** Bytes of memory at the peak, of the whole process. */
  readonly memory: number;
}

/** What is missing to measure it, if anything. */
export function missingCommand(): string | undefined {
  if (!fs.existsSync(path.join(CLI, 'node_modules', 'commander'))) return 'the command is not installed (npm ci --prefix cli)';
  return fs.existsSync(MAIN) ? undefined : 'the command is not compiled (npm --prefix cli run compile)';
}

/** The fastest of so many runs. */
export function exposureCost(resources: number, runs: number): ExposureCost {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  try {
    const file = path.join(folder, 'plan.json');
    const plan = JSON.stringify(planOf(resources / 2));
    fs.writeFileSync(file, plan);
    const costs = Array.from({ length: runs }, () => measure(file));
    if (costs.some(({ open }) => open !== resources / 4)) throw new Error('the command does not find what the plan opens');
    const fastest = costs.reduce((one, other) => one.seconds < other.seconds ? one : other);
    return { resources, bytes: Buffer.byteLength(plan), seconds: fastest.seconds, memory: fastest.memory };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function measure(file: string): { seconds: number; memory: number; open: number } {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', `
    process.on('exit', () => process.stderr.write(String(process.resourceUsage().maxRSS * 1024)));
    process.argv.splice(1, 0, 'alicloud-ipv6');
    require(${JSON.stringify(MAIN)});
  `, 'exposure', file], { encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(stderr);
  return { seconds: (performance.now() - start) / 1000, memory: Number(stderr), open: Number(/opens (\d+)/.exec(stdout)?.[1]) };
}

/** A first plan of so many bandwidths with an egress-only rule each, as Terraform writes it; of every second rule the address is another. */
function planOf(count: number): object {
  const type = { bandwidth: 'alicloud_vpc_ipv6_internet_bandwidth', rule: 'alicloud_vpc_ipv6_egress_rule' };
  const provider_name = 'registry.terraform.io/aliyun/alicloud';
  const id = (i: number) => `ipv6-bp1${String(i).padStart(17, '0')}`;
  const each = <T>(make: (name: string, i: number) => T[]) => Array.from({ length: count }, (_, i) => make(`Fleet_Worker${i}_08EE4F9B`, i)).flat();
  const values = (i: number) => ({
    bandwidth: { bandwidth: 10, internet_charge_type: 'PayByBandwidth', ipv6_address_id: id(i), ipv6_gateway_id: 'ipv6gw-bp1000000000000000000', timeouts: null },
    rule: { description: null, instance_id: i % 2 === 0 ? id(i) : 'ipv6-other', instance_type: 'Ipv6Address', ipv6_egress_rule_name: null, ipv6_gateway_id: 'ipv6gw-bp1000000000000000000', timeouts: null },
  });
  const kinds = ['bandwidth', 'rule'] as const;
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: {
      root_module: {
        resources: each((name, i) => kinds.map((kind) => ({
          address: `${type[kind]}.${name}`, mode: 'managed', type: type[kind], name, provider_name, schema_version: 0, values: values(i)[kind], sensitive_values: {},
        }))),
      },
    },
    resource_changes: each((name, i) => kinds.map((kind) => ({
      address: `${type[kind]}.${name}`,
      mode: 'managed',
      type: type[kind],
      name,
      provider_name,
      change: { actions: ['create'], before: null, after: values(i)[kind], after_unknown: { id: true, status: true }, before_sensitive: false, after_sensitive: {} },
    }))),
    configuration: {
      provider_config: { alicloud: { name: 'alicloud', full_name: provider_name, expressions: { region: { constant_value: 'cn-hangzhou' } } } },
      root_module: {
        resources: each((name) => kinds.map((kind) => ({
          address: `${type[kind]}.${name}`,
          mode: 'managed',
          type: type[kind],
          name,
          provider_config_key: 'alicloud',
          expressions: {
            [kind === 'rule' ? 'instance_id' : 'ipv6_address_id']: { references: [`local.ipv6-of-${name}`, `${type.bandwidth}.${name}.ipv6_address_id`, `${type.bandwidth}.${name}`] },
            ipv6_gateway_id: { constant_value: 'ipv6gw-bp1000000000000000000' },
          },
          schema_version: 0,
        }))),
      },
    },
    timestamp: '2026-01-01T00:00:00Z',
    applyable: true,
    complete: true,
    errored: false,
  };
}

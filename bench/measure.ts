// One measurement, in a process of its own: what it prints is read by run.ts.
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as os from 'node:os';
import * as path from 'node:path';
import { App } from 'cdktf';
import * as apps from './apps';

/** What one synthesis cost. */
export interface Synthesis {
  /** Milliseconds by the clock. */
  readonly construct: number;
  readonly synth: number;
  /** Milliseconds of processor time, of all threads: what else the machine does adds little to it. */
  readonly cpu: number;
  /** Bytes of memory at the peak, of the whole process. */
  readonly memory: number;
  /** Bytes of the stack's JSON. */
  readonly bytes: number;
  /** Milliseconds in the uniqueness check, where it was asked for. */
  readonly claims?: number;
}

const [writing, count, flag] = process.argv.slice(2);
const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
const fleet = apps.fleetOf(Number(count));
const claims = flag === '--claims' ? countRegistrations() : undefined;

const cpuBefore = process.cpuUsage();
const start = performance.now();
const app = new App({ outdir });
({ l1: apps.l1, l2: apps.l2, rules: apps.rules })[writing as 'l1' | 'l2' | 'rules'](app, fleet);
const constructed = performance.now();
app.synth();
const end = performance.now();
const cpu = process.cpuUsage(cpuBefore);

const file = path.join(outdir, 'stacks', apps.STACK, 'cdk.tf.json');
const result: Synthesis = {
  construct: constructed - start,
  synth: end - constructed,
  cpu: (cpu.user + cpu.system) / 1000,
  memory: process.resourceUsage().maxRSS * 1024,
  bytes: fs.statSync(file).size,
  claims: claims?.(),
};
if (flag?.startsWith('--keep=')) fs.renameSync(file, flag.slice('--keep='.length));
fs.rmSync(outdir, { recursive: true });
process.stdout.write(JSON.stringify(result));

/** Puts a clock around the uniqueness check. */
function countRegistrations(): () => number {
  const loaded = createRequire(__filename)(path.join(__dirname, '..', '..', 'lib', 'validation', 'construct-registry'));
  const { ConstructRegistry } = loaded as { ConstructRegistry: { prototype: { registerOnly: (...args: unknown[]) => void } } };
  const { registerOnly } = ConstructRegistry.prototype;
  let spent = 0;
  ConstructRegistry.prototype.registerOnly = function (...args) {
    const before = performance.now();
    registerOnly.apply(this, args);
    spent += performance.now() - before;
  };
  return () => spent;
}

import { ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App } from 'cdktf';
import { Certificate } from './certificate';

/** Terraform, or what TERRAFORM_BINARY_NAME names, as cdktf has it (`npm run test:e2e -- --engine tofu` sets it). */
const BINARY = process.env.TERRAFORM_BINARY_NAME ?? 'terraform';
const ENV = { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_LOG: '' };

/** A test of what holds where a created `terraform_data` is no trigger: in Terraform, and in OpenTofu before 1.12. */
export function unlessCreationTriggers(name: string, body: () => Promise<void>): void {
  (creationTriggers() ? test.skip : test)(name, body);
}

/** A test of what OpenTofu does otherwise in every version. */
export function onlyWithTerraform(name: string, body: () => Promise<void>): void {
  (openTofu() ? test.skip : test)(name, body);
}

/** Whether the program takes a created resource for a trigger of `replace_triggered_by`, as OpenTofu does from 1.12 on. */
export function creationTriggers(): boolean {
  const version = openTofu();
  return version !== undefined && (version.major > 1 || version.minor >= 12);
}

/** The version of OpenTofu, if the program is one. */
function openTofu(): { major: number; minor: number } | undefined {
  try {
    const version = /^OpenTofu v(\d+)\.(\d+)/.exec(execFileSync(BINARY, ['version'], { encoding: 'utf8', env: ENV }));
    return version ? { major: Number(version[1]), minor: Number(version[2]) } : undefined;
  } catch {
    return undefined;
  }
}

/** What is missing to run the suite, if anything. */
export function missing(): string | undefined {
  try {
    execFileSync(BINARY, ['version'], { stdio: 'ignore', env: ENV });
  } catch {
    return `${BINARY} is not installed`;
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'e2e-provider-'));
  try {
    fs.writeFileSync(path.join(folder, 'main.tf.json'), JSON.stringify({
      terraform: { required_providers: { alicloud: { source: 'aliyun/alicloud', version: '~> 1.289' } } },
    }));
    const init = spawnSync(BINARY, ['init', '-input=false', '-no-color'], { cwd: folder, encoding: 'utf8', env: ENV });
    if (init.status === 0) return undefined;
    // Each program has a registry of its own, and looks for the provider under that one's name only.
    const [address = 'the provider aliyun/alicloud'] = /[\w.]+\/aliyun\/alicloud/.exec(init.stderr) ?? [];
    const error = init.stderr.replace(/[│╷╵]/g, ' ').replace(/\s+/g, ' ').trim();
    return `${BINARY} cannot install ${address} ~> 1.289, from its registry or from a mirror that TF_CLI_CONFIG_FILE names: ${error}`;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * `describe`, or a skipped one that says in one line what is missing. Who names an engine (`--engine`) wants it tried: then
 * that is a failure.
 */
export function describeWithTerraform(name: string, tests: () => void): void {
  const reason = missing();
  if (reason && process.env.E2E_REQUIRED) throw new Error(reason);
  if (reason) process.stderr.write(`skipped: ${name}: ${reason}\n`);
  (reason ? describe.skip : describe)(name, tests);
}

/** What a run of Terraform said. */
export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** A planned change: `create`, `update`, `delete`, or several of them for a replacement. */
export type Changes = Record<string, string>;

/** A managed resource as `terraform show -json` writes its planned change. */
export interface PlannedChange {
  readonly address: string;
  /** The address in the state before, if a `moved` block names another. */
  readonly previous_address?: string;
  readonly type: string;
  readonly change: {
    readonly actions: string[];
    readonly before: Record<string, any> | null;
    readonly after: Record<string, any> | null;
    readonly after_unknown: Record<string, any>;
  };
}

/** What stands on 127.0.0.1 for the service: the stand-in, or what passes each request on. */
export interface Service {
  readonly region: string;
  readonly port: number;
  /** What the provider has to trust where it speaks HTTPS. */
  readonly certificate?: Certificate;
}

/** The synthesized stacks of an app, deployed by the real Terraform to a stand-in for the API. */
export class Deployment {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'e2e-'));
  private running?: ChildProcess;

  constructor(private readonly api: Service) {}

  /** Synthesizes an app: what it said before is replaced, the state stays. */
  synth(build: (app: App) => void): void {
    const outdir = fs.mkdtempSync(path.join(this.folder, 'out-'));
    const app = new App({ outdir });
    build(app);
    app.synth();
    this.take(outdir);
  }

  /** Takes over what somebody else has synthesized. */
  take(outdir: string): void {
    for (const stack of fs.readdirSync(path.join(outdir, 'stacks'))) {
      const folder = this.stack(stack);
      fs.mkdirSync(folder, { recursive: true });
      // cdktf keeps local states in the folder that it is run in.
      const text = fs.readFileSync(path.join(outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8').replaceAll(process.cwd() + path.sep, this.folder + path.sep);
      fs.writeFileSync(path.join(folder, 'cdk.tf.json'), text);
      fs.writeFileSync(path.join(folder, 'override.tf.json'), JSON.stringify({ provider: { alicloud: providerOf(this.api, text) } }));
    }
  }

  async validate(stack: string): Promise<Outcome> {
    await this.init(stack);
    return this.run(stack, ['validate']);
  }

  async apply(stack: string, ...options: string[]): Promise<Outcome> {
    await this.init(stack);
    return this.run(stack, ['apply', '-input=false', '-auto-approve', ...options]);
  }

  async destroy(stack: string): Promise<Outcome> {
    return this.run(stack, ['destroy', '-input=false', '-auto-approve']);
  }

  /** What a plan would change, by the resource's address. */
  async plan(stack: string, ...options: string[]): Promise<Outcome & { changes: Changes; managed: PlannedChange[] }> {
    await this.init(stack);
    const outcome = await this.run(stack, ['plan', '-input=false', '-out=planned', ...options]);
    if (outcome.code !== 0) return { ...outcome, changes: {}, managed: [] };
    const shown = await this.run(stack, ['show', '-json', 'planned'], { mute: true });
    const plan = JSON.parse(shown.output) as { resource_changes?: (PlannedChange & { mode: string })[] };
    const managed = (plan.resource_changes ?? []).filter(({ mode }) => mode === 'managed');
    const changes = managed.map(({ address, change }) => [address, change.actions.join()]).filter(([, actions]) => actions !== 'no-op');
    return { ...outcome, changes: Object.fromEntries(changes), managed };
  }

  /** Applies what was planned last. */
  async applyPlanned(stack: string): Promise<Outcome> {
    return this.run(stack, ['apply', '-input=false', 'planned']);
  }

  /** `terraform import`, or another command that works on the state. */
  async command(stack: string, ...args: string[]): Promise<Outcome> {
    await this.init(stack);
    return this.run(stack, args);
  }

  /** Ends the apply that is under way as a crash of the machine would. */
  kill(): void {
    if (this.running?.pid && this.running.exitCode === null) process.kill(-this.running.pid, 'SIGKILL');
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private stack(name: string): string {
    return path.join(this.folder, 'stacks', name);
  }

  private async init(stack: string): Promise<void> {
    if (fs.existsSync(path.join(this.stack(stack), '.terraform'))) return;
    const outcome = await this.run(stack, ['init', '-input=false']);
    if (outcome.code !== 0) throw new Error(outcome.output);
  }

  private run(stack: string, args: string[], { mute } = { mute: false }): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      // `init` asks registries, which have other certificates.
      const env = this.api.certificate && args[0] !== 'init' ? { ...ENV, SSL_CERT_FILE: this.api.certificate.file } : ENV;
      // A process group of its own, so that the provider goes with it when it is killed.
      const child = spawn(BINARY, mute ? args : [...args, '-no-color'], { cwd: this.stack(stack), env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
      this.running = child;
      let output = '';
      child.stdout.on('data', (chunk) => output += chunk);
      child.stderr.on('data', (chunk) => output += chunk);
      child.on('error', reject);
      child.on('close', (code) => resolve({ code: code ?? -1, output }));
    });
  }
}

/** The provider blocks of a stack, led to the stand-in; nothing in them is secret, or asks the real service. */
function providerOf(api: Service, stackJson: string): object[] {
  const blocks = (JSON.parse(stackJson).provider?.alicloud ?? [{}]) as { alias?: string }[];
  return blocks.map(({ alias }) => ({
    ...(alias ? { alias } : {}),
    region: api.region,
    access_key: 'stand-in',
    secret_key: 'stand-in',
    account_type: 'Domestic',
    protocol: 'HTTP',
    skip_region_validation: true,
    endpoints: { vpc: `127.0.0.1:${api.port}`, ecs: `127.0.0.1:${api.port}` },
  }));
}

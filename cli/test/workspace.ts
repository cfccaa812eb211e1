import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { VpcApi } from '../../test/e2e/vpc-api';

const BINARY = process.env.TERRAFORM_BINARY_NAME ?? 'terraform';

/** A folder with hand-written Terraform, which the real Terraform and the real provider deploy to a stand-in for the API. */
export class Workspace {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'alicloud-ipv6-'));

  constructor(private readonly api: VpcApi, private readonly program = BINARY) {}

  /** Writes the configuration: what it was before is gone, the state stays. */
  write(files: Readonly<Record<string, string>>): void {
    for (const file of fs.readdirSync(this.folder)) {
      if (/\.tf(\.json)?$/.test(file)) fs.rmSync(path.join(this.folder, file));
    }
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(this.folder, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text.replaceAll('PROVIDER', providerArguments(this.api)));
    }
  }

  async apply(...options: string[]): Promise<string> {
    await this.terraform('init', '-input=false');
    return this.terraform('apply', '-input=false', '-auto-approve', '-no-color', ...options);
  }

  /** Plans into the file `planned`, and returns what `terraform show -json` says of it. */
  async plan(...options: string[]): Promise<string> {
    await this.terraform('init', '-input=false');
    await this.terraform('plan', '-input=false', '-no-color', '-out=planned', ...options);
    return this.terraform('show', '-json', 'planned');
  }

  /** What `terraform show -json` says of the state. */
  async show(): Promise<string> {
    return this.terraform('show', '-json');
  }

  async applyPlanned(): Promise<void> {
    await this.terraform('apply', '-input=false', '-no-color', 'planned');
  }

  /** Runs another command of Terraform, such as `taint`, and returns what it prints. */
  async command(...args: string[]): Promise<string> {
    return this.terraform(...args);
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** (Not synchronously: the API that the provider calls is in this process.) */
  private terraform(...args: string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.program, args, { cwd: this.folder, env: { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_LOG: '' } });
      let [output, errors] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (chunk) => output += chunk);
      child.stderr.setEncoding('utf8').on('data', (chunk) => errors += chunk);
      child.on('error', reject);
      child.on('close', (code) => code === 0 ? resolve(output) : reject(new Error(`${args.join(' ')}: ${output}${errors}`)));
    });
  }
}

/** What leads a provider block to the stand-in; nothing in it is secret, or asks the real service. */
function providerArguments(api: VpcApi): string {
  return [
    'access_key = "stand-in"',
    'secret_key = "stand-in"',
    'account_type = "Domestic"',
    'protocol = "HTTP"',
    'skip_region_validation = true',
    'endpoints {',
    `  vpc = "127.0.0.1:${api.port}"`,
    `  ecs = "127.0.0.1:${api.port}"`,
    '}',
  ].join('\n  ');
}

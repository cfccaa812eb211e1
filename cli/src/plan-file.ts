import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { InputError } from './input-error';
import { all } from './input-limits';

/** The fix where Terraform does not show a plan file, by the kind of the file. */
const FIXES = {
  archive: 'run it in the folder of the plan, and give its output',
  encrypted: 'set TERRAFORM_BINARY_NAME=tofu, and give OpenTofu the key of the encrypted plan (the encryption block, or TF_ENCRYPTION)',
  cloud: 'run `terraform login`, because the plan is in HCP Terraform',
} as const;

type Kind = keyof typeof FIXES;

/** Bytes at the beginning of a file that tell its kind. */
const HEAD = 16_384;

export function isPlanFile(file: string): boolean {
  return kindOf(file) !== undefined;
}

/** The one plan file in a folder. */
export function planFileIn(folder: string): string {
  const files = fs.readdirSync(folder).filter((name) => isPlanFile(path.join(folder, name)));
  if (files.length === 0) throw new InputError('is a folder without a plan file: run `terraform plan -out=plan` in it');
  if (files.length > 1) throw new InputError(`is a folder with several plan files (${files.join(', ')}): name one of them`);
  return path.join(folder, files[0]);
}

/** Returns the output of `terraform show -json` for a plan file. Terraform runs in the folder of the file, with the providers there. */
export async function show(file: string): Promise<Buffer> {
  const [folder, name] = [path.dirname(file), path.basename(file)];
  const program = process.env.TERRAFORM_BINARY_NAME || 'terraform';
  const child = spawn(program, ['show', '-json', '-no-color', name], {
    cwd: folder, env: { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', () => reject(new InputError(`needs ${program}, which cannot be run: set TERRAFORM_BINARY_NAME, or give what \`terraform show -json\` prints`)));
    child.on('close', resolve);
  });
  const [code, said, errors] = await Promise.all([ended, all(child.stdout), all(child.stderr)]);
  if (code !== 0) {
    const first = /Error: (.+)/.exec(errors.toString('utf8'))?.[1] ?? `it ended with ${code}`;
    const remediation = FIXES[kindOf(file)!];
    throw new InputError(`could not be shown by \`${program} show -json ${name}\` (${first}): ${remediation}`);
  }
  return said;
}

/**
 * The kind of a plan file, or undefined for another file. It may be a link to one.
 *
 * Terraform writes a ZIP archive whose first entry is named tfplan. OpenTofu writes JSON around an encrypted one. A plan that runs in
 * HCP Terraform is saved as JSON with the id of the run.
 */
function kindOf(file: string): Kind | undefined {
  if (!fs.statSync(file, { throwIfNoEntry: false })?.isFile()) return undefined;
  const bytes = Buffer.alloc(HEAD);
  const descriptor = fs.openSync(file, 'r');
  let length: number;
  try {
    length = fs.readSync(descriptor, bytes, 0, HEAD, 0);
  } finally {
    fs.closeSync(descriptor);
  }
  const head = bytes.toString('latin1', 0, length);
  if (head.startsWith('PK\u0003\u0004') && head.startsWith('tfplan', 30)) return 'archive';
  if (/^\s*\{\s*"meta":\s*(null|\{[^{}]*\}),\s*"encrypted_data":/.test(head)) return 'encrypted';
  return /^\s*\{\s*"remote_plan_format":/.test(head) ? 'cloud' : undefined;
}

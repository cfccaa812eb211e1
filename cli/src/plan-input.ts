import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { InputError } from './input-error';
import { isObject, Plan } from './plan';
import { oneLine } from './text';

/** A plan that was read, and where it came from. */
export interface PlanInput {
  readonly name: string;
  readonly plan: Plan;
  /** The name of the folder that it is in: for CDKTF, the stack. */
  readonly folder: string | undefined;
  /** The construct that wrote a resource or module of the configuration, where the synthesized stack stands beside the plan. */
  constructPathOf(configAddress: string): string | undefined;
}

/** Reads what `terraform show -json` printed, from a file or standard input; or a folder with a plan file, of which it asks Terraform. */
export async function readPlan(source: string): Promise<PlanInput> {
  const isStandardInput = source === '-';
  const name = isStandardInput ? 'standard input' : source;
  try {
    const isFolder = !isStandardInput && stat(source).isDirectory();
    const text = isStandardInput ? await buffer(process.stdin) : isFolder ? await show(source) : fs.readFileSync(source);
    const folder = isStandardInput ? undefined : path.resolve(isFolder ? source : path.dirname(source));
    return { name, plan: Plan.parse(decode(text)), folder: folder && path.basename(folder), constructPathOf: constructPaths(folder) };
  } catch (error) {
    throw new InputError(`${oneLine(name)} ${reasonOf(error)}`);
  }
}

/** Reads a file that is no plan. */
export function readText(file: string): string {
  try {
    return decode(fs.readFileSync(file));
  } catch (error) {
    throw new InputError(`${oneLine(file)} ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof InputError) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'does not exist';
  if (code === 'EISDIR') return 'is a folder';
  if (code !== undefined) return `cannot be read (${code})`;
  throw error;
}

function stat(source: string): fs.Stats {
  return fs.statSync(source);
}

/** PowerShell writes what a program prints in UTF-16, with a mark in front. */
function decode(bytes: Buffer): string {
  if (bytes.length > 1 && bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
  const text = bytes.toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** What Terraform says of the plan file in a folder. */
async function show(folder: string): Promise<Buffer> {
  const files = fs.readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && isPlanFile(path.join(folder, entry.name)));
  if (files.length === 0) throw new InputError('is a folder without a plan file: run `terraform plan -out=plan` in it');
  if (files.length > 1) throw new InputError(`is a folder with several plan files: ${files.map((file) => oneLine(file.name)).join(', ')}`);
  const program = process.env.TERRAFORM_BINARY_NAME || 'terraform';
  const child = spawn(program, ['show', '-json', '-no-color', files[0].name], {
    cwd: folder, env: { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', () => reject(new InputError(`needs ${oneLine(program)}, which cannot be run: set TERRAFORM_BINARY_NAME, or give what \`terraform show -json\` prints`)));
    child.on('close', resolve);
  });
  const [code, said, errors] = await Promise.all([ended, buffer(child.stdout), buffer(child.stderr)]);
  if (code !== 0) {
    const first = /Error: (.+)/.exec(errors.toString('utf8'))?.[1] ?? `it ended with ${code}`;
    throw new InputError(`could not be shown by \`${oneLine(program)} show -json ${oneLine(files[0].name)}\`: ${oneLine(first)}`);
  }
  return said;
}

/** A plan file is a ZIP archive whose first entry is named tfplan. */
function isPlanFile(file: string): boolean {
  const head = Buffer.alloc(36);
  const descriptor = fs.openSync(file, 'r');
  try {
    fs.readSync(descriptor, head, 0, head.length, 0);
  } finally {
    fs.closeSync(descriptor);
  }
  return head.toString('latin1', 0, 4) === 'PK\u0003\u0004' && head.toString('latin1', 30) === 'tfplan';
}

/** The metadata that cdktf writes into a synthesized stack. */
function constructPaths(folder: string | undefined): PlanInput['constructPathOf'] {
  const file = folder && path.join(folder, 'cdk.tf.json');
  if (!file || !fs.existsSync(file)) return () => undefined;
  let stack: unknown;
  try {
    stack = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return () => undefined;
  }
  return (configAddress) => {
    const [type, name] = configAddress.split('.');
    const block = property(type === 'module' ? property(stack, 'module') : property(property(stack, 'resource'), type), name);
    const constructPath = property(property(property(block, '//'), 'metadata'), 'path');
    return typeof constructPath === 'string' ? constructPath : undefined;
  };
}

function property(json: unknown, name: string): unknown {
  return isObject(json) && Object.hasOwn(json, name) ? json[name] : undefined;
}

import * as fs from 'node:fs';
import * as path from 'node:path';
import { InputError } from './input-error';
import { all, checkSize, MOST_BYTES, tooLarge } from './input-limits';
import { isObject, Json } from './json';
import { Plan } from './plan';
import { isPlanFile, planFileIn, show } from './plan-file';
import { ConfigurationLines, SourceLocation } from './source-location';
import { parsePlanOrState, State } from './state';

/** An input and its source. */
export interface Input<T> {
  readonly name: string;
  /** The absolute path; undefined for standard input. */
  readonly file: string | undefined;
  readonly content: T;
  /** The name of the folder that it is in: for CDKTF, the stack. */
  readonly folder: string | undefined;
  /** True if a synthesized stack of CDKTF is next to the plan. */
  readonly isOfCdktf: boolean;
  /** The local values of the synthesized stack, where one is next to the plan. */
  readonly locals: Json;
  /** The construct that wrote a resource or module of the configuration, where the synthesized stack is next to the plan. */
  constructPathOf(configAddress: string): string | undefined;
  /** The line of a resource's block, where the configuration is next to the plan. */
  lineOf(address: string): SourceLocation | undefined;
  /** The text of a provider block's argument, where the synthesized stack is next to the plan. */
  providerText(provider: string, argument: string): string | undefined;
}

export type PlanInput = Input<Plan> & { readonly plan: Plan };

/** Reads a plan, or throws an InputError. */
export async function readPlan(source: string): Promise<PlanInput> {
  const input = await read(source, (text) => Plan.parse(text));
  return { ...input, plan: input.content };
}

/** Reads a plan or a state, or throws an InputError. */
export async function readPlanOrState(source: string): Promise<Input<Plan | State>> {
  return read(source, parsePlanOrState);
}

/** Reads what `terraform show -json` printed, from a file or standard input. A plan file, alone or in a folder, is shown by Terraform. */
async function read<T>(source: string, parse: (text: string) => T): Promise<Input<T>> {
  const isStandardInput = source === '-';
  const name = isStandardInput ? 'standard input' : source;
  try {
    const isFolder = !isStandardInput && fs.statSync(source).isDirectory();
    const planFile = isStandardInput ? undefined : isFolder ? planFileIn(source) : isPlanFile(source) ? source : undefined;
    const text = planFile ? decode(await show(planFile)) : isStandardInput ? decode(await all(process.stdin)) : readFile(source);
    checkSize(text);
    const folder = isStandardInput ? undefined : path.resolve(isFolder ? source : path.dirname(source));
    const stack = synthesizedStack(folder);
    const lines = new ConfigurationLines(folder);
    return {
      name,
      file: isStandardInput ? undefined : path.resolve(source),
      content: parse(text),
      folder: folder && path.basename(folder),
      isOfCdktf: stack !== undefined,
      locals: localsOf(stack),
      constructPathOf: (configAddress) => constructPathOf(stack, configAddress),
      lineOf: (address) => lines.lineOf(address),
      providerText: (provider, argument) => isOverridden(folder) ? undefined : providerText(stack, provider, argument),
    };
  } catch (error) {
    throw new InputError(`${name} ${reasonOf(error)}`);
  }
}

/** Reads a file that is no plan. */
export function readText(file: string): string {
  try {
    const text = readFile(file);
    checkSize(text);
    return text;
  } catch (error) {
    throw new InputError(`${file} ${reasonOf(error)}`);
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

/** Reads a file as text. Its bytes are not kept next to the text: a plan may have many. */
function readFile(file: string): string {
  if (fs.statSync(file).size > MOST_BYTES) throw tooLarge();
  const text = fs.readFileSync(file, 'utf8');
  return text.startsWith(UTF16_MARK) ? withoutMark(fs.readFileSync(file, 'utf16le')) : withoutMark(text);
}

function decode(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return withoutMark(text.startsWith(UTF16_MARK) ? bytes.toString('utf16le') : text);
}

/** The mark in front of UTF-16, which PowerShell writes, as UTF-8: two bytes that UTF-8 does not have. */
const UTF16_MARK = '\ufffd\ufffd';

function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** Returns the output of cdktf next to the plan. */
function synthesizedStack(folder: string | undefined): unknown {
  const file = folder && path.join(folder, 'cdk.tf.json');
  if (!file || !fs.existsSync(file)) return undefined;
  try {
    const text = readFile(file);
    checkSize(text);
    return JSON.parse(text);
  } catch {
    // The plan can be read without it.
    return undefined;
  }
}

/** The path in the metadata that cdktf writes for each block. */
function constructPathOf(stack: unknown, configAddress: string): string | undefined {
  const [type, name] = configAddress.split('.');
  const block = property(type === 'module' ? property(stack, 'module') : property(property(stack, 'resource'), type), name);
  const constructPath = property(property(property(block, '//'), 'metadata'), 'path');
  return typeof constructPath === 'string' ? constructPath : undefined;
}

/** Returns true if a file next to the stack may change a block of it. */
function isOverridden(folder: string | undefined): boolean {
  return folder !== undefined && fs.readdirSync(folder).some((name) => /(^|_)override\.(tf|tofu)(\.json)?$/.test(name));
}

function localsOf(stack: unknown): Json {
  const locals = property(stack, 'locals');
  return isObject(locals) ? locals : {};
}

function providerText(stack: unknown, provider: string, argument: string): string | undefined {
  const [name, alias] = provider.split('.');
  const written = property(property(stack, 'provider'), name);
  const blocks = (Array.isArray(written) ? written : [written]).filter((block) => property(block, 'alias') === alias);
  const text = blocks.length === 1 ? property(blocks[0], argument) : undefined;
  return typeof text === 'string' ? text : undefined;
}

function property(json: unknown, name: string): unknown {
  return isObject(json) && Object.hasOwn(json, name) ? json[name] : undefined;
}

import * as fs from 'node:fs';
import * as path from 'node:path';
import { MOST_BYTES } from './input-limits';
import { NAME } from '../../src/terraform/json-syntax';

/** A line of a file of the configuration. */
export interface SourceLocation {
  /** The absolute path. */
  readonly file: string;
  readonly line: number;
}

/** Finds the blocks of a root module whose files are next to a plan: cdk.tf.json, or HCL. */
export class ConfigurationLines {
  private blocks: ReadonlyMap<string, SourceLocation> | undefined;

  constructor(private readonly folder: string | undefined) {}

  /** The line of a resource's block, or of the block of the module that contains it. */
  lineOf(address: string): SourceLocation | undefined {
    this.blocks ??= new Map(filesIn(this.folder).flatMap(blocksIn));
    const [first, second] = address.split(/[.[]/);
    return this.blocks.get(`${first}.${second}`);
  }
}

/** A file as hosts of repositories name it: relative to the repository, with `/`. A file elsewhere keeps its absolute path. */
export function inRepository(file: string): string {
  const relative = path.relative(process.env.GITHUB_WORKSPACE || process.cwd(), file);
  return (relative.startsWith('..') || path.isAbsolute(relative) ? file : relative).split(path.sep).join('/');
}

function filesIn(folder: string | undefined): string[] {
  if (folder === undefined) return [];
  try {
    return fs.readdirSync(folder).filter((name) => name === 'cdk.tf.json' || /\.(tf|tofu)$/.test(name)).map((name) => path.join(folder, name));
  } catch {
    // A finding without a line is a finding.
    return [];
  }
}

/** The blocks of resources and modules in a file, by their Terraform addresses. */
function blocksIn(file: string): [string, SourceLocation][] {
  const addressIn = file.endsWith('.json') ? jsonReader() : addressInHcl;
  return linesOf(file).flatMap((text, i): [string, SourceLocation][] => {
    const address = addressIn(text);
    return address === undefined ? [] : [[address, { file, line: i + 1 }]];
  });
}

const HCL_BLOCK = new RegExp(`^\\s*(?:(module)|resource\\s+"?(${NAME})"?)\\s+"?(${NAME})"?\\s*\\{`, 'u');
const JSON_BLOCK = new RegExp(`^((?: {2}){1,3})"(${NAME})": [{[]`, 'u');

function addressInHcl(text: string): string | undefined {
  const [, module, type, name] = HCL_BLOCK.exec(text) ?? [];
  return name === undefined ? undefined : `${module ?? type}.${name}`;
}

/** Reads JSON line by line, as cdktf indents it: by two. */
function jsonReader(): (text: string) => string | undefined {
  const keys: string[] = [];
  return (text) => {
    const [, indent, key] = JSON_BLOCK.exec(text) ?? [];
    if (key === undefined) return undefined;
    keys.splice(indent.length / 2 - 1, keys.length, key);
    const [section, ...names] = keys;
    if (section === 'module' && names.length === 1) return keys.join('.');
    return section === 'resource' && names.length === 2 ? names.join('.') : undefined;
  };
}

function linesOf(file: string): string[] {
  try {
    const stats = fs.statSync(file);
    return stats.isFile() && stats.size <= MOST_BYTES ? fs.readFileSync(file, 'utf8').split('\n') : [];
  } catch {
    return [];
  }
}

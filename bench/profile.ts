// Whose code the time goes to.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { outFile, synthesize, Writing } from './children';

const ROOT = path.join(__dirname, '..');

interface CpuProfile {
  readonly nodes: { readonly id: number; readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number } }[];
  readonly samples: number[];
  readonly timeDeltas: number[];
}

/** Whose code a function is. */
export type Owner = 'cdktf' | 'constructs' | 'the library' | 'the bindings' | 'the app' | 'garbage collection' | 'Node.js';

/** Where the time of one run went. */
export interface Profile {
  /** Milliseconds by owner. */
  readonly byOwner: Map<Owner, number>;
  /** The functions, the most costly first. */
  readonly functions: { readonly name: string; readonly owner: Owner; readonly spent: number }[];
}

export function profile(writing: Writing, count: number): Profile {
  const folder = outFile(`profile-${writing}`);
  fs.rmSync(folder, { recursive: true, force: true });
  synthesize(writing, count, undefined, ['--cpu-prof', `--cpu-prof-dir=${folder}`]);
  const { nodes, samples, timeDeltas } = JSON.parse(fs.readFileSync(path.join(folder, fs.readdirSync(folder)[0]), 'utf8')) as CpuProfile;

  const self = new Map<number, number>();
  samples.forEach((id, i) => self.set(id, (self.get(id) ?? 0) + timeDeltas[i] / 1000));
  const byOwner = new Map<Owner, number>();
  const functions = new Map<string, Profile['functions'][number]>();
  for (const { id, callFrame } of nodes) {
    const { functionName, url, lineNumber } = callFrame;
    if (functionName === '(root)' || functionName === '(idle)') continue;
    const spent = self.get(id) ?? 0;
    const owner = ownerOf(functionName, url);
    byOwner.set(owner, (byOwner.get(owner) ?? 0) + spent);
    if (owner === 'Node.js' || owner === 'garbage collection') continue;
    const file = url.startsWith('file:') ? path.relative(ROOT, fileURLToPath(url)).replace(/^node_modules\//, '') : url;
    const name = `${functionName || '(anonymous)'}, ${file}:${lineNumber + 1}`;
    const known = functions.get(name);
    functions.set(name, { name, owner, spent: spent + (known?.spent ?? 0) });
  }
  return { byOwner, functions: [...functions.values()].sort((a, b) => b.spent - a.spent) };
}

function ownerOf(functionName: string, url: string): Owner {
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (url.includes('/node_modules/cdktf/')) return 'cdktf';
  if (url.includes('/node_modules/constructs/')) return 'constructs';
  if (url.includes('/lib/provider-alicloud/')) return 'the bindings';
  if (url.includes('/bench/out/')) return 'the app';
  return url.startsWith('file:') && url.includes('/lib/') ? 'the library' : 'Node.js';
}

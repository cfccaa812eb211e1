// Fresh processes of plain Node, so that nothing but what is measured is in them.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import type { Synthesis } from './measure';

const OUT = path.join(__dirname, 'out');

/** How an app is written: by hand, with the library, and with the library under rules of exposure. */
export type Writing = 'l1' | 'l2' | 'rules';

/** Translates what runs in the children: ts-node in them would be measured too. */
export function prepare(): void {
  fs.mkdirSync(OUT, { recursive: true });
  for (const name of ['apps', 'measure']) {
    const source = fs.readFileSync(path.join(__dirname, `${name}.ts`), 'utf8');
    const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
    const { outputText } = ts.transpileModule(source, { compilerOptions });
    fs.writeFileSync(path.join(OUT, `${name}.js`), outputText);
  }
}

/** A file that a child writes, and the parent reads. */
export function outFile(name: string): string {
  return path.join(OUT, name);
}

export function synthesize(writing: Writing, count: number, flag?: string, nodeOptions: string[] = []): Synthesis {
  const script = path.join(OUT, 'measure.js');
  return JSON.parse(node([...nodeOptions, script, writing, String(count), ...(flag ? [flag] : [])])) as Synthesis;
}

/** Milliseconds to load some modules and read what is used of them. */
export function load(...expressions: string[]): number {
  const code = `const start = performance.now(); ${expressions.join('; ')}; process.stdout.write(String(performance.now() - start));`;
  return Number(node(['-e', code]));
}

function node(args: string[]): string {
  return execFileSync(process.execPath, args, { cwd: path.join(__dirname, '..'), encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } });
}

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

const root = path.join(__dirname, '..', '..');

/** Runs an example, with its text edited, as its reader would. Returns the folder of what it synthesizes. */
export function synthesizeExample(folder: string, name: string, edit: (text: string) => string): string {
  return runBesideExample(folder, name, edit(fs.readFileSync(path.join(root, 'examples', name, 'main.ts'), 'utf8')));
}

/** Runs a program beside an example. */
export function runBesideExample(folder: string, name: string, program: string): string {
  const outdir = fs.mkdtempSync(path.join(folder, 'out-'));
  const main = path.join(root, 'examples', name, `edited-${process.pid}-${path.basename(outdir)}.ts`);
  fs.writeFileSync(main, program);
  try {
    execFileSync(process.execPath, ['-r', 'ts-node/register/transpile-only', main], {
      cwd: root,
      env: { ...process.env, CDKTF_OUTDIR: outdir, TS_NODE_PROJECT: path.join(root, 'examples', 'tsconfig.json') },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } finally {
    fs.rmSync(main);
  }
  return outdir;
}

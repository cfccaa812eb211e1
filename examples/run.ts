// Synthesizes every example, and says what each stack holds and where its Terraform lies.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

interface Stack {
  readonly synthesizedStackPath: string;
  readonly annotations: { level: string; constructPath: string; message: string }[];
}

const here = __dirname;
const examples = fs.readdirSync(here).filter((name) => fs.existsSync(path.join(here, name, 'main.ts'))).sort();

for (const example of examples) {
  const folder = path.join(here, example);
  execFileSync(process.execPath, ['-r', 'ts-node/register/transpile-only', 'main.ts'], {
    cwd: folder,
    env: { ...process.env, CDKTF_OUTDIR: 'cdktf.out', TS_NODE_PROJECT: path.join(here, 'tsconfig.json') },
    stdio: ['ignore', 'inherit', 'inherit'],
  });

  const out = path.join(folder, 'cdktf.out');
  const manifest = JSON.parse(fs.readFileSync(path.join(out, 'manifest.json'), 'utf8')) as { stacks: Record<string, Stack> };
  for (const [stack, { synthesizedStackPath, annotations }] of Object.entries(manifest.stacks)) {
    const file = path.join(out, synthesizedStackPath);
    const { data = {}, resource = {} } = JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, Record<string, object>>;
    console.log(`${example}: stack ${stack} in ${path.relative(process.cwd(), file)}`);
    for (const [kind, blocks] of Object.entries({ resource, data })) {
      for (const [type, named] of Object.entries(blocks)) {
        for (const name of Object.keys(named)) console.log(`  ${kind === 'data' ? 'data.' : ''}${type}.${name}`);
      }
    }
    for (const { level, constructPath, message } of annotations) console.log(`  ${level} [${constructPath}] ${message}`);
  }
}

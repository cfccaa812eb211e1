/** Packs the command alicloud-ipv6 under the version of the library, which a release has given to package.json. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { CACHE, DIST_COMMAND, readJson, ROOT, run } from './toolchain';

async function main(): Promise<void> {
  const from = path.join(ROOT, 'cli');
  const copy = path.join(CACHE, 'command');
  const { version } = readJson(ROOT, 'package.json');
  fs.rmSync(copy, { recursive: true, force: true });
  for (const file of ['README.md', 'LICENSE', 'lib']) fs.cpSync(path.join(from, file), path.join(copy, file), { recursive: true });
  fs.writeFileSync(path.join(copy, 'package.json'), `${JSON.stringify({ ...readJson(from, 'package.json'), version }, undefined, 2)}\n`);
  const target = path.join(DIST_COMMAND, 'js');
  fs.rmSync(target, { recursive: true, force: true });
  fs.mkdirSync(target, { recursive: true });
  await run('npm', ['pack', '--silent', '--pack-destination', target], { cwd: copy });
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

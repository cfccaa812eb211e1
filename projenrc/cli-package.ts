/** Packs the command alicloud-ipv6 with the version of the library, which a release sets in the package.json of the repository. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { CACHE, DIST_COMMAND, main, readJson, ROOT, run } from './toolchain';

main(async () => {
  const { version } = readJson(ROOT, 'package.json');
  const folder = path.join(CACHE, 'command');
  const target = path.join(DIST_COMMAND, 'js');
  for (const each of [folder, target]) fs.rmSync(each, { recursive: true, force: true });
  for (const each of [folder, target]) fs.mkdirSync(each, { recursive: true });
  const tarball = (await run('npm', ['pack', './cli', '--silent', '--pack-destination', folder])).trim();
  await run('tar', ['-xzf', tarball], { cwd: folder });
  for (const [file, pattern] of [['package.json', /(?<="version": ")[^"]+/], ['lib/cli/src/version.js', /(?<=VERSION = ')[^']+/]] as const) {
    const text = fs.readFileSync(path.join(folder, 'package', file), 'utf8');
    if (!pattern.test(text)) throw new Error(`cli/${file} has no version`);
    fs.writeFileSync(path.join(folder, 'package', file), text.replace(pattern, version));
  }
  await run('npm', ['pack', './package', '--silent', '--pack-destination', target], { cwd: folder });
});

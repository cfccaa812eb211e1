/**
 * The version that a change is compared with: the last release, or a commit that the user names.
 *
 *     last-release.ts [--against REF]     prints a folder with that version, compiled
 */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { sections } from './changelog';
import { CACHE, main, ROOT, run } from './toolchain';

/** The tag of the last release, which is in CHANGELOG.md below the section of the next one; before the first, the last commit. */
export function lastRelease(): string {
  const [, last] = sections(fs.readFileSync(path.join(ROOT, 'CHANGELOG.md'), 'utf8'));
  return last ? `v${last.version}` : 'HEAD';
}

/**
 * Checks out a commit in a folder of the cache, and compiles it there.
 *
 * The folder is inside of this repository and so finds the peers that the repository is compiled with: newer ones would be a
 * difference by themselves.
 */
export async function compiled(reference: string): Promise<string> {
  let hash: string;
  try {
    hash = execFileSync('git', ['rev-parse', '--verify', `${reference}^{commit}`], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    throw new Error(`there is no commit ${reference} in this clone: fetch it, a tag with \`git fetch --depth 1 origin tag ${reference}\``);
  }
  const folder = path.join(CACHE, 'commits', hash);
  if (!fs.existsSync(path.join(folder, 'lib', 'index.js'))) {
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    execFileSync('tar', ['-x', '-C', folder], { input: execFileSync('git', ['archive', '--format=tar', hash], { cwd: ROOT, maxBuffer: 2 ** 28 }) });
    fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
    await run('jsii', ['--silence-warnings=reserved-word'], { cwd: folder });
  }
  return folder;
}

if (require.main === module) {
  main(async () => {
    const [, reference = lastRelease()] = process.argv.slice(2);
    process.stdout.write(await compiled(reference));
  });
}

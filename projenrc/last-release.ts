/** What a change is compared with: the last release, or another commit. */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { bin, CACHE, readJson, ROOT, run, timed } from './toolchain';

export interface Baseline {
  /** How reports call it. */
  readonly name: string;
  /** A release; a commit that somebody named; or the last commit, while users have nothing that could break. */
  readonly kind: 'release' | 'commit' | 'unreleased';
  /** The compiled library. */
  readonly library: string;
  /** The repository at that version, with its examples and consumers. */
  programs(): string;
}

/**
 * What a check compares with: the commit that `against` names; without it the last release, or while there is none, the
 * last commit.
 */
export async function baseline(against?: string): Promise<Baseline> {
  if (against !== undefined) return commit(against);
  const { name } = readJson(ROOT, 'package.json');
  const version = await publishedVersion(name);
  if (version === undefined) return { ...await commit('HEAD'), name: 'the last commit (nothing is released yet)', kind: 'unreleased' };
  return {
    name: `${name} ${version}`,
    kind: 'release',
    library: await publishedPackage(name, version),
    programs: () => checkedOut(resolved(`v${version}`)),
  };
}

/** The version that users get, or nothing before the first release. That the registry cannot be asked is an error. */
async function publishedVersion(name: string): Promise<string | undefined> {
  try {
    return (await run('npm', ['view', name, 'version', '--prefer-online', '--loglevel=error'])).trim();
  } catch (error) {
    if (String(error).includes('E404')) return undefined;
    throw new Error(`the registry does not say which release of ${name} is the last; name a commit with --against\n${error}`);
  }
}

/**
 * The package of a release. It lies inside of this repository, and so finds the peers that the repository is compiled with:
 * newer ones would differ by themselves.
 */
async function publishedPackage(name: string, version: string): Promise<string> {
  const folder = path.join(CACHE, 'releases', version);
  if (!fs.existsSync(path.join(folder, 'package', '.jsii'))) {
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    const tarball = (await run('npm', ['pack', '--silent', '--pack-destination', folder, `${name}@${version}`])).trim();
    execFileSync('tar', ['-xzf', tarball], { cwd: folder });
  }
  return path.join(folder, 'package');
}

async function commit(reference: string): Promise<Baseline> {
  const hash = resolved(reference);
  const folder = checkedOut(hash);
  if (!fs.existsSync(path.join(folder, 'lib', 'index.js'))) {
    await timed(`${hash}, compiled`, () => run(bin('jsii'), ['--silence-warnings=reserved-word'], { cwd: folder }));
  }
  return { name: hash, kind: 'commit', library: folder, programs: () => folder };
}

/** The hash of a commit. */
function resolved(reference: string): string {
  try {
    return execFileSync('git', ['rev-parse', '--verify', `${reference}^{commit}`], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    const shallow = execFileSync('git', ['rev-parse', '--is-shallow-repository'], { cwd: ROOT, encoding: 'utf8' }).trim() === 'true';
    const wayOut = shallow ? `this clone is shallow: \`git fetch --depth 1 origin tag ${reference}\` brings a tag` : '`git fetch --tags` brings tags';
    throw new Error(`there is no commit ${reference} in this clone; ${wayOut}`);
  }
}

/** The files of a commit, in a folder of their own. */
function checkedOut(hash: string): string {
  const folder = path.join(CACHE, 'commits', hash);
  if (!fs.existsSync(folder)) {
    const fresh = `${folder}.part`;
    fs.rmSync(fresh, { recursive: true, force: true });
    fs.mkdirSync(fresh, { recursive: true });
    const archive = execFileSync('git', ['archive', '--format=tar', hash], { cwd: ROOT, maxBuffer: 2 ** 28 });
    execFileSync('tar', ['-x', '-C', fresh], { input: archive });
    fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(fresh, 'node_modules'));
    fs.renameSync(fresh, folder);
  }
  return folder;
}

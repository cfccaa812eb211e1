import { execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

export const ROOT = path.join(__dirname, '..');
export const DIST = path.join(ROOT, 'dist');

/** The packages of the fork and of the command lie apart: what publishes a folder, or unpacks its tarball, takes all that is there. */
export const DIST_CDKTN = path.join(DIST, 'cdktn');
export const DIST_COMMAND = path.join(DIST, 'command');

/** What is downloaded or built on the way is kept here, which git ignores, and nowhere else. */
export const CACHE = path.join(ROOT, '.cache');
export const MAVEN_REPOSITORY = path.join(CACHE, 'maven');

/** The Maven repository of what the library depends on and Maven Central may not have. */
export const MAVEN_DEPENDENCIES = path.join(CACHE, 'maven-dependencies', 'java');

/** What a language's packages are built and tried with. */
export const TOOLCHAINS = {
  typescript: ['npm'],
  python: ['python3'],
  java: ['mvn', 'java'],
  go: ['go'],
};
export type Language = keyof typeof TOOLCHAINS;
export const LANGUAGES = Object.keys(TOOLCHAINS) as Language[];

/** The programs of a language's toolchain that are not on the PATH. */
export function missingPrograms(language: Language): string[] {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return TOOLCHAINS[language].filter((program) => !folders.some((folder) => fs.existsSync(path.join(folder, program))));
}

/** The variables by which the package managers are told where to keep their downloads: folders of the cache. */
export const DOWNLOADS = { npm_config_cache: 'npm', PIP_CACHE_DIR: 'pip', GOMODCACHE: 'go/mod', GOCACHE: 'go/build' };

/** Go's flag by which the files of its cache can be deleted again. */
export const GO_FLAGS = '-modcacherw';

/** The environment of the package managers. */
export const ENVIRONMENT: NodeJS.ProcessEnv = {
  ...process.env,
  ...Object.fromEntries(Object.entries(DOWNLOADS).map(([name, folder]) => [name, path.join(CACHE, folder)])),
  GOFLAGS: `${process.env.GOFLAGS ?? ''} ${GO_FLAGS}`.trim(),
  JSII_RUNTIME_PACKAGE_CACHE: 'disabled',
  // Which versions of Node.js the library supports is for package.json to say.
  JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: process.versions.node.split('.')[0],
  CHECKPOINT_DISABLE: '1',
};

/** Runs a program to its end and returns what it wrote; its failure carries all of it. */
export async function run(program: string, args: string[], options: { cwd?: string; show?: boolean; env?: NodeJS.ProcessEnv } = {}): Promise<string> {
  const child = spawn(program, args, { cwd: options.cwd ?? ROOT, env: { ...ENVIRONMENT, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let all = '';
  child.stdout.on('data', (data) => {
    stdout += data;
    all += data;
    if (options.show) process.stdout.write(data);
  });
  child.stderr.on('data', (data) => {
    all += data;
    if (options.show) process.stderr.write(data);
  });
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`${[program, ...args].join(' ')} ended with ${code}${options.show ? '' : `:\n${all}`}`);
  return stdout;
}

/** What publishes, in the workflows and in the rehearsal. */
export const PUBLIB = '0.2.1061';

/** A program of this project's own development dependencies. */
export function bin(name: string): string {
  return path.join(ROOT, 'node_modules', '.bin', name);
}

/**
 * Makes packages of one jsii module.
 *
 * @param folder   the compiled module
 * @param outdir   where the packages go, one folder a language
 * @param targets  jsii's names of the languages
 */
export async function pacmak(folder: string, outdir: string, targets: string[]): Promise<void> {
  await run(bin('jsii-pacmak'), [
    ...targets.flatMap((target) => ['--target', target]),
    '--outdir', outdir,
    '--no-npmignore',
    '--maven-local-repository', MAVEN_REPOSITORY,
    folder,
  ], { cwd: ROOT });
}

/** Says how long a step took. */
export async function timed<T>(step: string, action: () => Promise<T>): Promise<T> {
  const start = Date.now();
  const result = await action();
  console.log(`${step}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

/** Copies a folder tree whatever the modes of its files are. */
export function copyFresh(from: string, to: string): void {
  fs.rmSync(to, { recursive: true, force: true });
  fs.mkdirSync(path.dirname(to), { recursive: true });
  fs.cpSync(from, to, { recursive: true, dereference: true });
  execFileSync('chmod', ['-R', 'u+w', to]);
}

export function readJson(...file: string[]): any {
  return JSON.parse(fs.readFileSync(path.join(...file), 'utf8'));
}

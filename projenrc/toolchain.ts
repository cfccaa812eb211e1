import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';

export const ROOT = path.join(__dirname, '..');
export const DIST = path.join(ROOT, 'dist');

/** The packages of the fork and of the command have folders of their own: publib publishes all files of a folder. */
export const DIST_CDKTN = path.join(DIST, 'cdktn');
export const DIST_COMMAND = path.join(DIST, 'command');

/** Downloads and builds that a task keeps for the next run. */
export const CACHE = path.join(ROOT, '.cache');
export const MAVEN_REPOSITORY = path.join(CACHE, 'maven');
/** A Maven repository with cdktf for Java, because Maven Central does not have every release. */
export const MAVEN_DEPENDENCIES = path.join(CACHE, 'maven-dependencies', 'java');

/** The programs that build and try the packages of each language. */
export const TOOLCHAINS = { typescript: ['npm'], python: ['python3'], java: ['mvn', 'java'], go: ['go'] };
export type Language = keyof typeof TOOLCHAINS;
export const LANGUAGES = Object.keys(TOOLCHAINS) as Language[];

/** The programs of a language's toolchain that are not on the PATH. */
export function missingPrograms(language: Language): string[] {
  return TOOLCHAINS[language].filter((program) => !isOnPath(program));
}

export function isOnPath(program: string): boolean {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => fs.existsSync(path.join(folder, program)));
}

/** The version of publib in the release workflow and in the rehearsal. */
export const PUBLIB = '0.2.1061';

/** Runs a program and returns its standard output; the error of a failure contains everything that the program printed. */
export async function run(program: string, args: string[], options: { cwd?: string; show?: boolean; env?: NodeJS.ProcessEnv } = {}): Promise<string> {
  const running = promisify(execFile)(program, args, { cwd: options.cwd ?? ROOT, env: { ...process.env, ...options.env }, maxBuffer: 2 ** 30 });
  if (options.show) {
    running.child.stdout!.pipe(process.stdout);
    running.child.stderr!.pipe(process.stderr);
  }
  const { stdout } = await running.catch(({ code, stdout: printed, stderr }) => {
    throw new Error(`${[program, ...args].join(' ')} ended with ${code}${options.show ? '' : `:\n${printed}${stderr}`}`);
  });
  return stdout;
}

/** Runs a TypeScript program without checking its types. */
export async function runTypeScript(file: string, args: string[], options: Parameters<typeof run>[2] = {}): Promise<string> {
  const env = { ...options.env, TS_NODE_PROJECT: path.join(ROOT, 'projenrc', 'tsconfig.json') };
  return run(process.execPath, ['-r', require.resolve('ts-node/register/transpile-only'), file, ...args], { ...options, env });
}

/** Prints how long a step took. */
export async function timed<T>(step: string, action: () => Promise<T>): Promise<T> {
  const start = Date.now();
  const result = await action();
  console.log(`${step}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

export function readJson(...file: string[]): any {
  return JSON.parse(fs.readFileSync(path.join(...file), 'utf8'));
}

/** Ends the process with 1 and the message of the error when the main function of a script fails. */
export function main(action: () => Promise<void> | void): void {
  Promise.resolve().then(action).catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}

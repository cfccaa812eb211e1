/**
 * Compares the Terraform that two versions of the library make of the same programs, byte for byte: the examples, the
 * TypeScript consumers, and apps that are drawn at random.
 *
 *     npm run behaviour -- --against REF [--own-programs] [--random N]
 *
 * The programs are those of REF, a commit or a tag. After a public name has changed they no longer run here: with
 * `--own-programs` each version runs the programs of its own commit. (The apps that are drawn at random are always those
 * of this tree.)
 */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { bin, CACHE, readJson, ROOT, run, timed } from './toolchain';

const FOLDER = path.join(CACHE, 'behaviour');

/** The folder of the library at a commit, compiled. */
async function compiledAt(commit: string): Promise<string> {
  const folder = path.join(FOLDER, commit);
  if (fs.existsSync(path.join(folder, 'lib', 'index.js'))) return folder;
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const archive = execFileSync('git', ['archive', '--format=tar', commit], { cwd: ROOT, maxBuffer: 2 ** 28 });
  execFileSync('tar', ['-x', '-C', folder], { input: archive });
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  await timed(`${commit}, compiled`, () => run(bin('jsii'), ['--silence-warnings=reserved-word'], { cwd: folder }));
  return folder;
}

/** The programs of a version, by the names of their output folders. */
function programsOf(version: string): Map<string, string> {
  const programs = new Map<string, string>();
  const add = (folder: string, isProgram: (name: string) => boolean) => {
    for (const file of fs.readdirSync(path.join(version, folder), { recursive: true }).map(String).filter(isProgram).sort()) {
      programs.set(path.join(folder, file).replace(/\.ts$/, '').replace(/\W+/g, '-'), path.join(version, folder, file));
    }
  };
  add('examples', (file) => /^[\w-]+\/main\.ts$/.test(file));
  add('test/consumers/typescript', (file) => /^\w+\.ts$/.test(file));
  return programs;
}

/** Runs programs with one version of the library, and returns the files that they wrote, by their names. */
async function synthesize(side: string, library: string, programs: Map<string, string>, random: string): Promise<Map<string, string>> {
  const folder = path.join(FOLDER, side);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(path.join(folder, 'node_modules'), { recursive: true });
  // A package of its own, or Node.js would take the library's name for the repository that the folder lies in.
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: `behaviour-${side}`, private: true }));
  fs.symlinkSync(library, path.join(folder, 'node_modules', readJson(ROOT, 'package.json').name));
  const out = path.join(folder, 'out');
  fs.mkdirSync(out);

  const start = async (program: string, outdir: string, args: string[] = []) => {
    const env = { CDKTF_OUTDIR: outdir, TS_NODE_PROJECT: path.join(ROOT, 'projenrc', 'tsconfig.json') };
    await run(process.execPath, ['-r', require.resolve('ts-node/register/transpile-only'), program, ...args], { cwd: folder, env });
  };
  for (const [name, file] of programs) {
    const copy = path.join(folder, 'programs', `${name}.ts`);
    fs.mkdirSync(path.dirname(copy), { recursive: true });
    fs.copyFileSync(file, copy);
    await start(copy, path.join(out, name));
  }
  fs.cpSync(path.join(ROOT, 'test', 'random-app.ts'), path.join(folder, 'test', 'random-app.ts'));
  fs.cpSync(path.join(ROOT, 'test', 'behaviour'), path.join(folder, 'test', 'behaviour'), { recursive: true });
  await start(path.join(folder, 'test', 'behaviour', 'random-apps.ts'), path.join(out, 'unused'), [out, random]);

  const written = fs.readdirSync(out, { recursive: true }).map(String).filter((file) => /(^|\/)(cdk\.tf|outcome)\.json$/.test(file));
  // The path of a local backend's state is where the program ran.
  return new Map(written.sort().map((file) => [file, fs.readFileSync(path.join(out, file), 'utf8').replaceAll(folder, '.')]));
}

/** The first line in which two texts differ. */
function firstDifference(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const at = old.findIndex((line, i) => line !== now[i]);
  return `line ${at + 1}\n    before: ${old[at]?.trim()}\n    after:  ${now[at]?.trim()}`;
}

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { 'against': { type: 'string', default: 'HEAD' }, 'own-programs': { type: 'boolean', default: false }, 'random': { type: 'string', default: '500' } },
  });
  const commit = execFileSync('git', ['rev-parse', '--verify', `${values.against}^{commit}`], { cwd: ROOT, encoding: 'utf8' }).trim();
  const other = await compiledAt(commit);
  const before = await synthesize('before', other, programsOf(other), values.random);
  const after = await synthesize('after', ROOT, programsOf(values['own-programs'] ? ROOT : other), values.random);

  const differences = [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((file) => {
    const [theirs, ours] = [before.get(file), after.get(file)];
    if (theirs === ours) return [];
    return [`${file}: ${theirs === undefined ? 'new' : ours === undefined ? 'gone' : firstDifference(theirs, ours)}`];
  });
  differences.forEach((difference) => console.log(difference));
  const refused = [...after.values()].filter((text) => text === '"refused"').length;
  console.log(`${before.size} files of ${programsOf(other).size} programs and ${values.random} random apps (${refused} refused): ${differences.length} differ from ${commit}`);
  if (differences.length > 0) process.exitCode = 1;
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

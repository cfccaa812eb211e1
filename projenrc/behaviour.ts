/**
 * Compares the Terraform that this tree makes of the programs of the last release, its examples, its TypeScript consumers and
 * apps that are drawn at random, with what that release makes of them.
 *
 *     npm run behaviour -- [--against REF] [--exact] [--own-programs] [--random N]
 *
 * What counts is what is deployed (terraform-changes.ts); with `--exact`, every byte does. Once a public name has changed, the
 * programs of REF do not run here: with `--own-programs` each version runs those of its own commit.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { Change, conclude } from './accepted-changes';
import { baseline } from './last-release';
import { terraformChanges } from './terraform-changes';
import { CACHE, readJson, ROOT, run } from './toolchain';

const FOLDER = path.join(CACHE, 'behaviour');

/** The programs of a version, by the names of their output folders. */
export function programsOf(version: string): Map<string, string> {
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
export async function synthesize(
  folder: string, library: string, programs: Map<string, string>, random?: { of: string; number: string },
): Promise<Map<string, string>> {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(path.join(folder, 'node_modules'), { recursive: true });
  // A package of its own, or Node.js would take the library's name for the repository that the folder lies in.
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: `behaviour-${path.basename(folder)}`, private: true }));
  fs.symlinkSync(library, path.join(folder, 'node_modules', readJson(ROOT, 'package.json').name));
  const out = path.join(folder, 'out');
  fs.mkdirSync(out);

  const start = async (program: string, outdir: string, args: string[] = []) => {
    const env = { CDKTF_OUTDIR: outdir, TS_NODE_PROJECT: path.join(ROOT, 'projenrc', 'tsconfig.json') };
    await run(process.execPath, ['-r', require.resolve('ts-node/register/transpile-only'), program, ...args], { cwd: folder, env });
  };
  for (const [name, file] of programs) {
    // With the files beside it, which it may import.
    const copy = path.join(folder, 'programs', name);
    fs.cpSync(path.dirname(file), copy, { recursive: true, filter: (source) => !/(^|\/)(node_modules|cdktf\.out)(\/|$)/.test(path.relative(path.dirname(file), source)) });
    await start(path.join(copy, path.basename(file)), path.join(out, name));
  }
  if (random) {
    fs.cpSync(path.join(random.of, 'test', 'random-app.ts'), path.join(folder, 'test', 'random-app.ts'));
    fs.cpSync(path.join(random.of, 'test', 'behaviour'), path.join(folder, 'test', 'behaviour'), { recursive: true });
    await start(path.join(folder, 'test', 'behaviour', 'random-apps.ts'), path.join(out, 'unused'), [out, random.number]);
  }

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

/** The changes of the files that two versions wrote. */
export function changes(before: Map<string, string>, after: Map<string, string>, exact = false): Change[] {
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((file): Change[] => {
    const [theirs, ours] = [before.get(file), after.get(file)];
    if (theirs === ours) return [];
    // What random apps made, or that they were refused.
    if (exact || !file.endsWith('cdk.tf.json')) {
      return [{ key: file, text: theirs === undefined ? 'new' : ours === undefined ? 'gone' : firstDifference(theirs, ours) }];
    }
    const stack = file.replace('/stacks/', '/').replace('/cdk.tf.json', '');
    return terraformChanges(stack, theirs && JSON.parse(theirs), ours && JSON.parse(ours));
  });
}

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      'against': { type: 'string' },
      'exact': { type: 'boolean', default: false },
      'own-programs': { type: 'boolean', default: false },
      'random': { type: 'string', default: '500' },
    },
  });
  const other = await baseline(values.against);
  const theirs = other.programs();
  const ours = values['own-programs'] ? ROOT : theirs;
  const number = values.random;
  const before = await synthesize(path.join(FOLDER, 'before'), other.library, programsOf(theirs), { of: ours, number });
  const after = await synthesize(path.join(FOLDER, 'after'), ROOT, programsOf(ours), { of: ours, number });

  const refused = [...after.values()].filter((text) => text === '"refused"').length;
  conclude('behaviour', changes(before, after, values.exact), other,
    `${before.size} files of ${programsOf(theirs).size} programs and ${number} random apps (${refused} refused)`);
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}

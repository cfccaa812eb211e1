/**
 * Compares what this tree and the last release make of the same programs: the release's examples and TypeScript consumers, and
 * apps drawn at random.
 *
 *     npm run behaviour -- [--against REF] [--exact] [--own-programs] [--random N]
 *
 * A change that alters what is deployed (terraform-changes.ts) fails, unless a line `KEY # REASON` of .accepted-changes names it;
 * `*` in a key matches any text. With `--exact`, every byte is compared. The programs of REF do not run here after a public name
 * changed: with `--own-programs`, each version runs the programs of its own commit.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { compiled, lastRelease } from './last-release';
import { Change, terraformChanges } from './terraform-changes';
import { CACHE, main, readJson, ROOT, runTypeScript } from './toolchain';

/** The programs of a version, by the names of their output folders. */
export function programsOf(version: string): Map<string, string> {
  const programs = new Map<string, string>();
  for (const [folder, isProgram] of [['examples', /^[\w-]+\/main\.ts$/], ['test/consumers/typescript', /^\w+\.ts$/]] as const) {
    for (const file of fs.readdirSync(path.join(version, folder), { recursive: true }).map(String).filter((name) => isProgram.test(name)).sort()) {
      programs.set(path.join(folder, file).replace(/\.ts$/, '').replace(/\W+/g, '-'), path.join(version, folder, file));
    }
  }
  return programs;
}

/** Runs programs with one version of the library, and returns the files that they wrote, by their names. */
export async function synthesize(
  folder: string, library: string, programs: Map<string, string>, random?: { of: string; number: string },
): Promise<Map<string, string>> {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(path.join(folder, 'node_modules'), { recursive: true });
  // Without a package of its own, the folder would belong to the repository around it, which has the library's name.
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: `behaviour-${path.basename(folder)}`, private: true }));
  fs.symlinkSync(library, path.join(folder, 'node_modules', readJson(ROOT, 'package.json').name));
  const out = path.join(folder, 'out');
  fs.mkdirSync(out);

  for (const [name, file] of programs) {
    // A program may import the files next to it.
    const copy = path.join(folder, 'programs', name);
    fs.cpSync(path.dirname(file), copy, { recursive: true, filter: (source) => !/(^|\/)(node_modules|cdktf\.out)(\/|$)/.test(path.relative(path.dirname(file), source)) });
    await runTypeScript(path.join(copy, path.basename(file)), [], { cwd: folder, env: { CDKTF_OUTDIR: path.join(out, name) } });
  }
  if (random) {
    for (const part of ['random-app.ts', 'behaviour']) fs.cpSync(path.join(random.of, 'test', part), path.join(folder, 'test', part), { recursive: true });
    await runTypeScript(path.join(folder, 'test', 'behaviour', 'random-apps.ts'), [out, random.number], { cwd: folder, env: { CDKTF_OUTDIR: path.join(out, 'unused') } });
  }
  const written = fs.readdirSync(out, { recursive: true }).map(String).filter((file) => /(^|\/)(cdk\.tf|outcome)\.json$/.test(file));
  // A local backend's state has an absolute path.
  return new Map(written.sort().map((file) => [file, fs.readFileSync(path.join(out, file), 'utf8').replaceAll(folder, '.')]));
}

/** The changes of the files that two versions wrote. */
export function changes(before: Map<string, string>, after: Map<string, string>, exact = false): Change[] {
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((file): Change[] => {
    const [theirs, ours] = [before.get(file), after.get(file)];
    if (theirs === ours) return [];
    // The outcome of a random app (outcome.json) has no Terraform to compare.
    if (exact || !file.endsWith('cdk.tf.json')) return [{ key: file, text: firstDifference(theirs ?? '', ours ?? '') }];
    return terraformChanges(file.replace('/stacks/', '/').replace('/cdk.tf.json', ''), theirs && JSON.parse(theirs), ours && JSON.parse(ours));
  });
}

function firstDifference(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const at = old.findIndex((line, i) => line !== now[i]);
  return `line ${at + 1}: ${old[at]?.trim()}\n-> ${now[at]?.trim()}`;
}

/** The changes that no line accepts, and the lines that accept nothing: a line of an earlier release would hide the next change. */
export function unaccepted(found: Change[], accepted: string): { changes: Change[]; stale: string[] } {
  const lines = accepted.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  const patterns = lines.map((line) => {
    const [, key, reason] = /^(.*?)\s+#\s*(.*)$/.exec(line) ?? [];
    if (!reason) throw new Error(`.accepted-changes: a line must be "KEY # REASON", got "${line}"`);
    return new RegExp(`^${key.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`);
  });
  return {
    changes: found.filter(({ key }) => !patterns.some((pattern) => pattern.test(key))),
    stale: lines.filter((_, i) => !found.some(({ key }) => patterns[i].test(key))),
  };
}

if (require.main === module) {
  main(async () => {
    const { values: { against, exact, random, 'own-programs': own } } = parseArgs({
      options: {
        'against': { type: 'string' },
        'exact': { type: 'boolean' },
        'own-programs': { type: 'boolean' },
        'random': { type: 'string', default: '500' },
      },
    });
    const reference = against ?? lastRelease();
    const theirs = await compiled(reference);
    const ours = own ? ROOT : theirs;
    const folder = path.join(CACHE, 'behaviour');
    const before = await synthesize(path.join(folder, 'before'), theirs, programsOf(theirs), { of: ours, number: random });
    const after = await synthesize(path.join(folder, 'after'), ROOT, programsOf(ours), { of: ours, number: random });

    const found = changes(before, after, exact);
    const left = unaccepted(found, against === undefined ? fs.readFileSync(path.join(ROOT, '.accepted-changes'), 'utf8') : '');
    for (const { key, text } of left.changes) console.log(`${key}\n  ${text.replaceAll('\n', '\n  ')}`);
    for (const line of left.stale) console.log(`.accepted-changes: remove this line, no change has its key: ${line}`);
    const refused = [...after.values()].filter((text) => text === '"refused"').length;
    console.log(`${before.size} files of ${programsOf(theirs).size} programs and ${random} random apps (${refused} refused), compared with ${reference}: `
      + `${found.length} changes, ${found.length - left.changes.length} of them accepted`);
    if (left.changes.length + left.stale.length > 0) process.exitCode = 1;
  });
}

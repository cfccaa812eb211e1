/**
 * Builds the packages of the compiled library into dist/: of the languages that are named, or of all whose toolchain is here.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { bin, CACHE, copyFresh, DIST, Language, LANGUAGES, MAVEN_REPOSITORY, missingPrograms, readJson, ROOT, run, timed } from './toolchain';

/** The Maven repository of what the library depends on and Maven Central may not have. */
export const MAVEN_DEPENDENCIES = path.join(CACHE, 'maven-dependencies', 'java');

const TARGETS: Record<Language, string> = { typescript: 'js', python: 'python', java: 'java', go: 'go' };

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

/** Not every release of cdktf is in Maven Central: its Java binding is made of the npm package that the library is compiled with. */
async function cdktfForJava(): Promise<void> {
  const installed = path.join(ROOT, 'node_modules', 'cdktf');
  const { version, jsii } = readJson(installed, 'package.json');
  const { groupId, artifactId } = jsii.targets.java.maven as { groupId: string; artifactId: string };
  const inRepository = path.join(...groupId.split('.'), artifactId);
  if (!fs.existsSync(path.join(MAVEN_DEPENDENCIES, inRepository, version, `${artifactId}-${version}.jar`))) {
    const copy = path.join(CACHE, 'cdktf-for-java');
    copyFresh(installed, copy);
    await timed('cdktf for Java', () => pacmak(copy, path.dirname(MAVEN_DEPENDENCIES), ['java']));
    fs.rmSync(copy, { recursive: true });
  }
  fs.cpSync(path.join(MAVEN_DEPENDENCIES, inRepository), path.join(MAVEN_REPOSITORY, inRepository), { recursive: true });
}

async function main(named: string[]): Promise<void> {
  const wanted = LANGUAGES.filter((language) => named.length === 0 || named.includes(language));
  const unknown = named.filter((language) => !LANGUAGES.includes(language as Language));
  if (unknown.length > 0) throw new Error(`no language ${unknown.join(', ')}: there are ${LANGUAGES.join(', ')}`);
  const languages = wanted.filter((language) => {
    const missing = missingPrograms(language);
    if (missing.length > 0) console.log(`${language}: skipped, not on the PATH: ${missing.join(', ')}`);
    return missing.length === 0;
  });

  for (const language of languages) fs.rmSync(path.join(DIST, TARGETS[language]), { recursive: true, force: true });
  if (languages.includes('java')) await cdktfForJava();
  await timed(`packages for ${languages.join(', ')}`, () => pacmak(ROOT, DIST, languages.map((language) => TARGETS[language])));
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}

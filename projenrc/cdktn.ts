/**
 * Builds cdktn-alicloud-ipv6, the same library for the fork of cdktf, in a folder of its own that git ignores.
 *
 * `package` makes its npm tarball and its wheel, in dist/cdktn/; `test` compares its public API with the one of
 * cdktf-alicloud-ipv6, and runs the tests of the constructs on the fork's runtime.
 */
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { apiDifferences } from './cdktn-api';
import { forCdktn } from './cdktn-names';
import { generateBindings, SCHEMA_FILE } from './provider-generate';
import { bin, DIST_CDKTN, missingPrograms, pacmak, readJson, ROOT, run, timed } from './toolchain';

/** The fork that the package is compiled with, exactly: the least that its users need. */
const CDKTN_VERSION = '0.24.0';
const FOLDER = path.join(ROOT, '.cdktn');

/** Tests that are not run with the fork: of this repository's own files, of Terraform, and of random apps. */
const OTHER_TESTS = ['behaviour', 'consumers', 'e2e', 'repository', 'tsconfig.json', 'properties.test.ts', 'random-app.ts', 'well-formed.ts'];

/** Copies a folder of the repository, with the fork's names. */
function copyForCdktn(folder: string, leftOut: string[]): void {
  const from = path.join(ROOT, folder);
  for (const entry of fs.readdirSync(from, { recursive: true, withFileTypes: true })) {
    const file = path.relative(from, path.join(entry.parentPath, entry.name));
    const out = leftOut.some((name) => file.split(path.sep)[0] === name || entry.name === `${name}.snap`);
    if (!entry.isFile() || out) continue;
    const target = path.join(FOLDER, folder, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, forCdktn(fs.readFileSync(path.join(from, file), 'utf8')));
  }
}

/** The README with the fork's names in its code, and a word on which package it is. */
function readmeForCdktn(readme: string): string {
  const notice = '> This is the package for [CDK Terrain](https://cdktn.io) (`cdktn`), made from the same sources as `cdktf-alicloud-ipv6`, the one for CDKTF.';
  const notBuilt = /<details><summary>(Java|Go)<\/summary>[^]*?<\/details>\n+/g;
  const code = /^```[^]*?^```|`cdktf [^`]*`/gm;
  return readme.replace(notBuilt, '').replace(code, (block) => forCdktn(block).replace(/\bcdktf\b/g, 'cdktn')).replace(/^# .*\n/, `# cdktn-alicloud-ipv6\n\n${notice}\n`);
}

/** What npm, jsii and the users of the fork's package read. */
function packageJson(constructsRange: string, constructsVersion: string): object {
  const ours = readJson(ROOT, 'package.json');
  const kept = ['repository', 'author', 'license', 'stability', 'version', 'engines', 'main', 'types', 'exports', 'files', 'publishConfig'];
  return {
    name: forCdktn(ours.name),
    description: ours.description.replace('CDKTF', 'CDK Terrain'),
    keywords: ours.keywords.map((keyword: string) => keyword === 'cdktf' ? 'cdktn' : keyword),
    ...Object.fromEntries(kept.map((key) => [key, ours[key]])),
    jsii: {
      outdir: 'dist',
      targets: { python: JSON.parse(forCdktn(JSON.stringify(ours.jsii.targets.python))) },
      tsconfig: 'tsconfig.json',
      validateTsconfig: 'strict',
    },
    peerDependencies: { cdktn: `^${CDKTN_VERSION}`, constructs: constructsRange },
    devDependencies: {
      '@cdktn/provider-generator': CDKTN_VERSION,
      'cdktn': CDKTN_VERSION,
      'constructs': constructsVersion,
    },
  };
}

/** Installs the fork and its generator, unless they are there. */
async function install(): Promise<void> {
  const installed = path.join(FOLDER, 'node_modules', 'cdktn', 'package.json');
  const wanted = JSON.stringify(readJson(FOLDER, 'package.json').devDependencies);
  const mark = path.join(FOLDER, 'node_modules', '.installed-for-cdktn');
  if (fs.existsSync(installed) && fs.existsSync(mark) && fs.readFileSync(mark, 'utf8') === wanted) return;
  fs.rmSync(path.join(FOLDER, 'node_modules'), { recursive: true, force: true });
  await timed('cdktn and its generator, installed', () =>
    run('npm', ['install', '--prefer-offline', '--no-package-lock', '--no-audit', '--no-fund'], { cwd: FOLDER }));
  fs.writeFileSync(mark, wanted);
}

/** Whatever the rewriting missed would load cdktf beside the fork. */
function refuseCdktf(folder: string): void {
  for (const entry of fs.readdirSync(folder, { recursive: true }).map(String).filter((file) => file.endsWith('.ts'))) {
    const line = fs.readFileSync(path.join(folder, entry), 'utf8').split('\n').find((text) => /\b(from|import|require)\b[ (]*['"]@?cdktf['"/]/.test(text));
    if (line) throw new Error(`${path.join(folder, entry)} still refers to cdktf: ${line.trim()}`);
  }
}

async function build(): Promise<void> {
  fs.mkdirSync(FOLDER, { recursive: true });
  for (const entry of fs.readdirSync(FOLDER).filter((name) => name !== 'node_modules')) {
    fs.rmSync(path.join(FOLDER, entry), { recursive: true });
  }
  copyForCdktn('src', ['provider-alicloud']);
  for (const file of ['LICENSE', 'CHANGELOG.md', 'tsconfig.json']) fs.copyFileSync(path.join(ROOT, file), path.join(FOLDER, file));
  fs.writeFileSync(path.join(FOLDER, 'README.md'), readmeForCdktn(fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8')));

  // constructs in the range that the fork takes, compiled with the least of it.
  const peers = JSON.parse(await run('npm', ['view', `cdktn@${CDKTN_VERSION}`, 'peerDependencies', '--json', '--prefer-offline'])) as Record<string, string>;
  const least = peers.constructs.match(/\d+\.\d+\.\d+/);
  if (!least) throw new Error(`cdktn takes constructs ${peers.constructs}: no least version in it`);
  fs.writeFileSync(path.join(FOLDER, 'package.json'), JSON.stringify(packageJson(peers.constructs, least[0]), undefined, 2));
  await install();

  const required = createRequire(path.join(FOLDER, 'package.json'));
  const { TerraformProviderGenerator, TerraformProviderConstraint } = required('@cdktn/provider-generator');
  const { ConstructsMakerProviderTarget, Language } = required('@cdktn/commons');
  await generateBindings(readJson(SCHEMA_FILE), path.join(FOLDER, 'src', 'provider-alicloud'), {
    TerraformProviderGenerator, TerraformProviderConstraint, ConstructsMakerProviderTarget, typescript: Language.TYPESCRIPT,
  });
  refuseCdktf(path.join(FOLDER, 'src'));
  await timed('cdktn-alicloud-ipv6, compiled', () => run(bin('jsii'), ['--silence-warnings=reserved-word'], { cwd: FOLDER }));
}

async function packages(): Promise<void> {
  const targets = missingPrograms('python').length === 0 ? ['js', 'python'] : ['js'];
  if (!targets.includes('python')) console.log('python: skipped, not on the PATH: python3');
  fs.rmSync(DIST_CDKTN, { recursive: true, force: true });
  await run(bin('jsii-rosetta'), ['extract', '--directory', '.'], { cwd: FOLDER });
  await timed(`cdktn packages for ${targets.join(', ')}`, () => pacmak(FOLDER, DIST_CDKTN, targets));
}

async function tests(): Promise<void> {
  const differences = apiDifferences(readJson(ROOT, '.jsii'), readJson(FOLDER, '.jsii'));
  if (differences.length > 0) throw new Error(`the public APIs of the two packages differ:\n${differences.join('\n')}`);
  console.log('the public APIs of the two packages are the same');

  copyForCdktn('test', OTHER_TESTS);
  refuseCdktf(path.join(FOLDER, 'test'));
  fs.writeFileSync(path.join(FOLDER, 'test', 'tsconfig.json'), JSON.stringify({
    extends: '../tsconfig.json',
    compilerOptions: { noEmit: true, rootDir: '..', isolatedModules: true },
    include: ['**/*.ts'],
  }));
  const config = JSON.parse(forCdktn(JSON.stringify(readJson(ROOT, 'jest.config.json'))));
  fs.writeFileSync(path.join(FOLDER, 'jest.config.json'), JSON.stringify({ ...config, rootDir: FOLDER, testPathIgnorePatterns: ['/node_modules/'] }));
  await run(bin('jest'), ['--ci', '--config', path.join(FOLDER, 'jest.config.json')], { cwd: FOLDER, show: true });
}

async function main([action]: string[]): Promise<void> {
  if (action !== 'package' && action !== 'test') throw new Error('usage: cdktn.ts package|test');
  await build();
  await (action === 'package' ? packages() : tests());
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

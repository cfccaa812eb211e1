/**
 * Builds cdktn-alicloud-ipv6, the same library for the fork of cdktf, in a folder of its own that git ignores.
 *
 * `package` makes its npm tarball and its wheel, in dist/cdktn/; `test` compares its public API with the one of
 * cdktf-alicloud-ipv6, and runs the tests of the constructs on the fork's runtime.
 */
import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { forCdktn, readmeForCdktn } from './cdktn-names';
import { generateBindings, SCHEMA_FILE } from './provider-generate';
import { DIST_CDKTN, main, missingPrograms, readJson, ROOT, run, timed } from './toolchain';

/** The release of the fork that the package is compiled with, which is the least that its users need, and the constructs that it takes. */
const CDKTN_VERSION = '0.24.0';
const CONSTRUCTS = '>=10.6.0 <10.8.0';
const FOLDER = path.join(ROOT, '.cdktn');

/** Tests that are not run with the fork: those of the repository's own files, of Terraform, of an account, and of random apps. */
const OTHER_TESTS = ['account', 'behaviour', 'consumers', 'e2e', 'repository', 'tsconfig.json', 'properties.test.ts', 'random-app.ts', 'well-formed.ts'];

/** Copies a folder of the repository, with the fork's names. */
function copyForCdktn(folder: string, leftOut: string[]): void {
  const from = path.join(ROOT, folder);
  for (const entry of fs.readdirSync(from, { recursive: true, withFileTypes: true })) {
    const file = path.relative(from, path.join(entry.parentPath, entry.name));
    if (!entry.isFile() || leftOut.some((name) => file.split(path.sep)[0] === name || entry.name === `${name}.snap`)) continue;
    const target = path.join(FOLDER, folder, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, forCdktn(fs.readFileSync(path.join(from, file), 'utf8')));
  }
}

/** The package.json of the fork's package: ours, with the fork's names, peers and languages. */
function packageJson(): object {
  const { jsii, peerDependencies, devDependencies, ...ours } = readJson(ROOT, 'package.json');
  const { jsii: theirs, ...renamed } = JSON.parse(forCdktn(JSON.stringify({ ...ours, jsii }).replace('CDKTF', 'CDK Terrain')));
  return {
    ...renamed,
    repository: ours.repository,
    author: ours.author,
    scripts: {},
    jsii: { ...theirs, targets: { python: theirs.targets.python } },
    peerDependencies: { cdktn: `^${CDKTN_VERSION}`, constructs: CONSTRUCTS },
    // The least versions that users may have.
    devDependencies: { '@cdktn/provider-generator': CDKTN_VERSION, 'cdktn': CDKTN_VERSION, 'constructs': /\d+\.\d+\.\d+/.exec(CONSTRUCTS)![0] },
  };
}

/** Refuses an import of cdktf that was not renamed: both frameworks would be loaded. */
async function refuseCdktf(folder: string): Promise<void> {
  const script = '! grep -rnE "(from|import|require)[ (]*[\'\\"]@?cdktf[\'\\"/]" --include="*.ts" "$0"';
  await run('bash', ['-c', script, path.join(FOLDER, folder)]);
}

async function build(): Promise<void> {
  fs.mkdirSync(FOLDER, { recursive: true });
  for (const entry of fs.readdirSync(FOLDER).filter((name) => !['node_modules', 'package-lock.json'].includes(name))) {
    fs.rmSync(path.join(FOLDER, entry), { recursive: true });
  }
  copyForCdktn('src', ['provider-alicloud']);
  for (const file of ['LICENSE', 'CHANGELOG.md', 'tsconfig.json']) fs.copyFileSync(path.join(ROOT, file), path.join(FOLDER, file));
  fs.writeFileSync(path.join(FOLDER, 'README.md'), readmeForCdktn(fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8')));
  fs.writeFileSync(path.join(FOLDER, 'package.json'), JSON.stringify(packageJson(), undefined, 2));
  await timed('cdktn and its generator, installed', () => run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: FOLDER }));

  const required = createRequire(path.join(FOLDER, 'package.json'));
  await generateBindings(readJson(SCHEMA_FILE), path.join(FOLDER, 'src', 'provider-alicloud'), { ...required('@cdktn/commons'), ...required('@cdktn/provider-generator') });
  await refuseCdktf('src');
  await timed('cdktn-alicloud-ipv6, compiled', () => run('jsii', ['--silence-warnings=reserved-word'], { cwd: FOLDER }));
}

async function packages(): Promise<void> {
  const targets = missingPrograms('python').length === 0 ? ['js', 'python'] : ['js'];
  if (!targets.includes('python')) console.log('python: skipped, not on the PATH: python3');
  await run('jsii-rosetta', ['extract', '--directory', '.'], { cwd: FOLDER });
  fs.rmSync(DIST_CDKTN, { recursive: true, force: true });
  await timed(`cdktn packages for ${targets.join(', ')}`, () =>
    run('jsii-pacmak', [...targets.flatMap((target) => ['--target', target]), '--outdir', DIST_CDKTN, '--no-npmignore', FOLDER]));
}

/** The public API of a compiled package, with the fork's names. */
function api(folder: string): unknown {
  const { types, submodules } = readJson(folder, '.jsii');
  const names = Object.keys(submodules).filter((name) => name.includes('-alicloud-ipv6'));
  return JSON.parse(forCdktn(JSON.stringify({ types, names })).replace(/"cdktf\./g, '"cdktn.'), (key, value) => {
    // Documentation and places in the sources are no API; a member that repeats one of the framework has the framework's differences.
    if (['docs', 'locationInModule', 'symbolId'].includes(key)) return undefined;
    const kept = Array.isArray(value) ? value.filter((member) => !/^cdktn\./.test(member?.overrides ?? '')) : value;
    return Array.isArray(kept) && kept.length === 0 ? undefined : kept;
  });
}

async function tests(): Promise<void> {
  assert.deepEqual(api(FOLDER), api(ROOT));
  console.log('the public APIs of the two packages are the same');

  copyForCdktn('test', OTHER_TESTS);
  await refuseCdktf('test');
  fs.writeFileSync(path.join(FOLDER, 'test', 'tsconfig.json'), JSON.stringify({
    extends: '../tsconfig.json',
    compilerOptions: { noEmit: true, rootDir: '..', isolatedModules: true },
    include: ['**/*.ts'],
  }));
  const config = JSON.parse(forCdktn(JSON.stringify(readJson(ROOT, 'jest.config.json'))));
  fs.writeFileSync(path.join(FOLDER, 'jest.config.json'), JSON.stringify({ ...config, rootDir: FOLDER }));
  await run('jest', ['--ci', '--config', path.join(FOLDER, 'jest.config.json')], { cwd: FOLDER, show: true });
}

main(async () => {
  await build();
  await (process.argv[2] === 'package' ? packages() : tests());
});

import { cdk, github, javascript, ReleasableCommits, release } from 'projen';
import { addCommandPackage } from './projenrc/cli';
import { DOWNLOADS, GO_FLAGS, PUBLIB, TOOLCHAINS } from './projenrc/toolchain';
import { addWorkflows, ENVIRONMENT, NODE } from './projenrc/workflows';

/** The peers that users bring; the library is compiled and documented against exactly these. */
const cdktfVersion = '0.21.0';
const constructsVersion = '10.4.2';

const script = 'ts-node --transpile-only --project projenrc/tsconfig.json';

/** The least of src/ that the tests cover, in percent: a little below what they do. */
const COVERED = { statements: 97, branches: 96, functions: 97, lines: 97 };

const project = new cdk.JsiiProject({
  name: 'cdktf-alicloud-ipv6',
  description: 'CDKTF constructs that give Alibaba Cloud IPv6 addresses public Internet bandwidth, with every mistake refused as early as it can be',
  keywords: ['cdktf', 'cdk', 'terraform', 'alicloud', 'alibaba-cloud', 'ipv6', 'vpc', 'internet-bandwidth', 'egress-only'],
  author: 'cdktf-alicloud-ipv6 contributors',
  authorOrganization: true,
  authorAddress: 'https://github.com/cdktf-alicloud-ipv6',
  repositoryUrl: 'https://github.com/cdktf-alicloud-ipv6/cdktf-alicloud-ipv6.git',
  license: 'Apache-2.0',
  copyrightOwner: 'The cdktf-alicloud-ipv6 authors',
  defaultReleaseBranch: 'main',
  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.0.0',
  workflowNodeVersion: NODE,

  // A maintainer starts a release by hand, with a dry run first; the version is the one that CHANGELOG.md gives it.
  release: true,
  releaseTrigger: release.ReleaseTrigger.workflowDispatch(),
  releasableCommits: ReleasableCommits.everyCommit(),
  nextVersionCommand: `${script} projenrc/changelog.ts version`,
  releaseWorkflowEnv: { DRY_RUN: '${{ inputs.dry_run }}' },
  releaseEnvironment: ENVIRONMENT,
  releaseFailureIssue: true,
  jsiiReleaseVersion: PUBLIB,
  // Newer ones need a newer Node.js than the library does.
  bumpPackage: 'commit-and-tag-version@^12',
  npmTrustedPublishing: true,
  npmProvenance: true,

  githubOptions: {
    projenCredentials: github.GithubCredentials.fromApp(),
    mergify: false,
    // No version is made of the titles of pull requests.
    pullRequestLint: false,
    dependencyReview: true,
  },
  buildWorkflowOptions: { mutableBuild: false },
  stale: true,
  staleOptions: { pullRequest: { daysBeforeStale: 60, daysBeforeClose: 30 }, issues: { enabled: false } },
  pullRequestTemplateContents: [
    'What changes for users, and why:',
    '',
    '- [ ] `npm test` passes; a behaviour that is new or mended has a test that failed before',
    '- [ ] what the change can break was run too (CONTRIBUTING.md lists the commands): `npm run test:e2e`, `npm run test:consumers`, `npm run behaviour`',
    '- [ ] CHANGELOG.md has a line, where a user would notice',
    '',
    'By submitting this pull request, I confirm that my contribution is made under the terms of the Apache-2.0 license.',
  ],
  // A version that is some days old has been looked at by others; what a user would get wrong is pinned above.
  depsUpgradeOptions: {
    cooldown: 7,
    exclude: ['cdktf', 'constructs', '@cdktf/commons', '@cdktf/provider-generator'],
    workflowOptions: { schedule: javascript.UpgradeDependenciesSchedule.WEEKLY },
  },

  jsiiVersion: '~6.0.0',
  // ts-jest wants less than 7; jsii 6 brings the same minor.
  typescriptVersion: '~6.0.0',
  projenVersion: '0.103.25',

  publishToPypi: { distName: 'cdktf-alicloud-ipv6', module: 'cdktf_alicloud_ipv6', trustedPublishing: true },
  publishToMaven: {
    mavenGroupId: 'io.github.cdktf-alicloud-ipv6',
    mavenArtifactId: 'cdktf-alicloud-ipv6',
    javaPackage: 'io.github.cdktf_alicloud_ipv6',
  },
  publishToGo: { moduleName: 'github.com/cdktf-alicloud-ipv6/cdktf-alicloud-ipv6-go', packageName: 'alicloudipv6' },

  // What the npm package holds is listed below; a list of what it does not hold forgets something.
  npmignoreEnabled: false,
  // Compiled files carry no copy of their source.
  tsconfig: { compilerOptions: { inlineSourceMap: false, inlineSources: false } },

  peerDeps: [`cdktf@^${cdktfVersion}`, `constructs@^${constructsVersion}`],
  devDeps: [
    `@cdktf/provider-generator@${cdktfVersion}`,
    `@cdktf/commons@${cdktfVersion}`,
    'codemaker',
    'fast-check',
    'jsii-rosetta@~6.0.0',
    'remark-cli',
    'remark-validate-links',
    'ts-node',
  ],

  // jest 30 and eslint-import-resolver-typescript 4 depend on optional binaries that break `npm ci`.
  jestOptions: {
    jestVersion: '^29',
    junitReporting: false,
    configFilePath: 'jest.config.json',
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      moduleNameMapper: { '^cdktf-alicloud-ipv6$': '<rootDir>/src' },
      modulePathIgnorePatterns: ['<rootDir>/(.cache|.cdktn|dist)/'],
      collectCoverage: false,
      collectCoverageFrom: ['src/**/*.ts', '!src/provider-alicloud/**'],
      coverageReporters: ['text', 'lcov'],
      coverageThreshold: COVERED,
    },
  },
  typecheckTests: true,
  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'examples', 'bench', 'projenrc'],
    commandOptions: { fix: false },
    ignorePatterns: ['*.js', '*.d.ts', 'node_modules/', 'coverage', 'src/provider-alicloud/', 'lib/'],
  },
});
project.addDevDeps('eslint-import-resolver-typescript@~3.6.3');

// The layers of src/, the lowest first: a file imports from its own layer and from those below, and no two files import each other.
const constructs = [
  'internet-charge-type', 'ipv6-address', 'ipv6-addresses', 'ipv6-gateway', 'ipv6-internet-bandwidth-base', 'ipv6-egress-only-rule',
  'ipv6-internet-bandwidth-options', 'ipv6-internet-bandwidth', 'ipv6-internet-bandwidths',
]
  .map((name) => `./src/${name}.ts`);
const layers = [
  ['./src/provider-alicloud', './src/api'],
  ['./src/terraform'],
  ['./src/validation'],
  ['./src/guards'],
  ['./src/lookups'],
  ['./src/lifecycle'],
  constructs,
  ['./src/exposure'],
  ['./src/ipv6-exposure-report.ts', './src/ipv6-exposure-rules.ts', './src/ipv6-ram-policy.ts'],
  ['./src/index.ts', './src/lazy-index.ts'],
];
project.eslint!.addRules({
  'import/no-cycle': ['error'],
  'import/no-restricted-paths': ['error', {
    zones: layers.flatMap((layer, i) => layer.map((target) => ({
      target,
      from: layers.slice(i + 1).flat(),
      message: 'the layers above must not be imported here (CONTRIBUTING.md, "How the code is laid out")',
    }))),
  }],
});

// It loads modules when their exports are read.
project.eslint!.addOverride({ files: ['src/lazy-index.ts'], rules: { '@typescript-eslint/no-require-imports': 'off' } });

project.package.addField('files', ['lib/**/*.js', 'lib/**/*.d.ts', '.jsii', 'CHANGELOG.md']);

// Examples and consumers import the library by its own name: the package resolves to itself.
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/lazy-index.js' },
  './package.json': './package.json',
  './.jsii': './.jsii',
});
new javascript.TypescriptConfig(project, {
  fileName: 'examples/tsconfig.json',
  extends: javascript.TypescriptConfigExtends.fromPaths(['../tsconfig.json']),
  compilerOptions: { noEmit: true, rootDir: '..', types: ['node'] },
  include: ['**/*.ts'],
  exclude: ['node_modules'],
});
new javascript.TypescriptConfig(project, {
  fileName: 'bench/tsconfig.json',
  extends: javascript.TypescriptConfigExtends.fromPaths(['../tsconfig.json']),
  compilerOptions: { noEmit: true, rootDir: '..', types: ['node', 'jest'] },
  include: ['**/*.ts'],
  exclude: ['node_modules'],
});

// API.md documents the constructs; the bindings are documented by the provider.
const docgen = 'jsii-docgen -s root -o';
project.tasks.tryFind('docgen')!.reset(`${docgen} API.md`);

// One command does what a change must pass: it compiles, type-checks, tests, lints, and finds what is stale.
project.testTask.prependSpawn(project.compileTask);
project.testTask.exec('tsc --noEmit -p examples/tsconfig.json', { name: 'Type-check the examples' });
project.testTask.exec('tsc --noEmit -p bench/tsconfig.json', { name: 'Type-check the benchmark' });
project.testTask.exec(`mkdir -p .projen-check && ${docgen} .projen-check/API.md && cmp API.md .projen-check/API.md`, { name: 'API.md is what the code says (npx projen docgen makes it)' });
project.testTask.exec('jsii-rosetta extract --strict --directory .', { name: 'The snippets of the documentation compile' });
// Links between files, to headings, and to the repository's own address, as the READMEs of the packages have them. Nothing is fetched.
project.testTask.exec(
  `remark --frail --quiet --use 'remark-validate-links=repository:"${project.package.manifest.repository.url}"' README.md CONTRIBUTING.md CHANGELOG.md docs`,
  { name: 'The links of the documentation lead somewhere' },
);
project.gitignore.exclude('.projen-check-snippets-*/');
project.gitignore.exclude('.projen-check/', '.cdktn/', 'bench/out/', 'edited-*.ts', 'cdktf.out/', 'terraform.*.tfstate', '.jsii.tabl.json');

project.addTask('example', {
  description: 'Synthesize every example, and say what it holds and where its Terraform lies',
  steps: [{ spawn: 'compile' }, { exec: 'ts-node --transpile-only --project examples/tsconfig.json examples/run.ts' }],
});

project.addTask('bench', {
  description: 'Measure the constructs against the same Terraform written by hand, and write docs/performance.md; --quick: a small run that writes nothing',
  steps: [
    { spawn: 'compile' },
    { exec: 'npm --prefix cli ci && npm --prefix cli run compile', name: 'The command, whose cost on a plan is measured' },
    { exec: 'ts-node --transpile-only --project bench/tsconfig.json bench/run.ts', receiveArgs: true },
  ],
});

project.addTask('test:e2e', {
  description: 'Run the real Terraform, or --engine PROGRAM, and the real provider against a stand-in for the VPC API on loopback; skips without them',
  // The examples are run as their readers run them, on the compiled library.
  steps: [{ spawn: 'compile' }, { exec: 'ts-node --transpile-only --project test/tsconfig.json test/e2e/run.ts', receiveArgs: true }],
});

project.addTask('provider:generate', {
  description: 'Generate src/provider-alicloud from the provider\'s schema: asked of Terraform, or --schema FILE',
  // Nothing here may ask a version service.
  env: { CHECKPOINT_DISABLE: '1' },
  exec: 'ts-node --transpile-only --project projenrc/tsconfig.json projenrc/provider-generate.ts',
  receiveArgs: true,
});

// Whether a version of Node.js is still maintained is not for each command to say.
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

// The packages of all languages, and of the fork. A language whose toolchain is not there is left out. (NuGet has its own
// task, package:dotnet.) Nothing is downloaded or kept outside of the repository.
const packageAll = project.tasks.tryFind('package-all')!;
packageAll.reset();
for (const [language, programs] of Object.entries(TOOLCHAINS)) {
  const target = language === 'typescript' ? 'js' : language;
  const task = project.tasks.tryFind(`package:${target}`)!;
  task.reset();
  task.addCondition(...programs.map((program) => `which ${program}`));
  for (const [name, folder] of Object.entries(DOWNLOADS)) task.env(name, `$(echo "$PWD/.cache/${folder}")`);
  task.env('GOFLAGS', `$(echo "$GOFLAGS ${GO_FLAGS}")`);
  if (target !== 'js') task.exec('jsii-rosetta extract --directory .', { name: 'Translate the snippets of the README' });
  // A workflow packages each language in a job of its own, which has the compiled library, and not the translated snippets.
  task.exec('jsii-rosetta extract --directory .', { name: 'Translate the snippets of the README', condition: 'node -e "if (require(\'fs\').existsSync(\'.jsii.tabl.json\')) process.exit(1)"' });
  if (target === 'java') task.exec(`${script} projenrc/java-dependencies.ts`, { name: 'What Maven Central may not have' });
  task.exec(`jsii-pacmak -v --target ${target} --no-npmignore --maven-local-repository .cache/maven`);
  packageAll.spawn(task);
}
const compat = project.tasks.tryFind('compat')!;
compat.reset(`${script} projenrc/compat.ts`, { receiveArgs: true });
compat.description = 'Compare the public API with the last release, or with a commit: --against REF';
compat.prependSpawn(project.compileTask);
const packageCdktn = project.addTask('package:cdktn', {
  description: 'Build the npm tarball and the wheel of cdktn-alicloud-ipv6 from the same sources',
  exec: `${script} projenrc/cdktn.ts package`,
});
const packageCommand = project.addTask('package:command', {
  description: 'Build the npm tarball of the command alicloud-ipv6',
  steps: [{ exec: 'npm ci --prefix cli && npm run compile --prefix cli' }, { exec: `${script} projenrc/cli-package.ts` }],
});
const billOfMaterials = project.addTask('package:sbom', {
  description: 'Write the bills of materials of the npm packages in dist/, and check the licenses of what they install',
  exec: `${script} projenrc/bill-of-materials.ts`,
});

// projen's package task, whose steps for a workflow and for a machine at hand stay: the one builds the npm package, of which a job
// for each language makes the others. The fork's and the command's are built with it, in folders of their own.
const given = project.packageTask.steps;
project.packageTask.reset();
project.packageTask.description = 'Build the packages of all languages and of the fork into dist/';
project.packageTask.exec(`rm -rf lib ${['js', 'python', 'java', 'go', 'cdktn', 'command', 'sbom'].map((folder) => `dist/${folder}`).join(' ')}`, { name: 'Leave nothing of a source that is gone' });
project.packageTask.spawn(compat);
project.packageTask.exec('jsii-rosetta extract --directory .', { name: 'Translate the snippets of the README' });
project.packageTask.addSteps(...given);
project.packageTask.spawn(packageCdktn);
project.packageTask.spawn(packageCommand);
project.packageTask.spawn(billOfMaterials);
project.packageTask.exec(`${script} projenrc/changelog.ts notes dist/changelog.md`, { name: 'The notes of the release', condition: 'node -e "if (!process.env.RELEASE) process.exit(1)"' });

project.addTask('test:consumers', {
  description: 'Try the built packages as the users of each language would',
  exec: `${script} test/consumers/run.ts`,
  receiveArgs: true,
});

project.addTask('release:rehearsal', {
  description: 'Publish the packages in dist/ to registries on loopback, install them from there, and run their quickstarts',
  exec: `${script} projenrc/release-rehearsal.ts`,
});

project.addTask('provider:drift', {
  description: 'Say what of a newer provider concerns the library: --schema FILE, as `terraform providers schema -json` writes it',
  exec: `${script} projenrc/provider-drift.ts`,
  receiveArgs: true,
});

project.addTask('coverage', {
  description: 'Run the tests, and fail where they cover less of src/ than jest.config.json asks for',
  steps: [{ spawn: 'compile' }, { exec: 'jest --ci --coverage', receiveArgs: true }],
});

project.addTask('lint:workflows', {
  description: 'Lint the workflows in .github/ with actionlint',
  exec: `${script} projenrc/lint-workflows.ts`,
});

project.addTask('audit', {
  description: 'Ask the registry for vulnerabilities of what users install',
  exec: `${script} projenrc/audit.ts`,
});

project.addTask('behaviour', {
  description: 'Compare the Terraform of the last release\'s programs with what this tree makes of them, or with a commit: --against REF',
  steps: [{ spawn: 'compile' }, { exec: `${script} projenrc/behaviour.ts`, receiveArgs: true }],
});

project.addTask('test:cdktn', {
  description: 'Build cdktn-alicloud-ipv6, compare its public API with this package\'s, and run the tests of the constructs on cdktn',
  steps: [{ spawn: 'compile' }, { exec: `${script} projenrc/cdktn.ts test` }],
});

addCommandPackage(project);
addWorkflows(project);

project.synth();

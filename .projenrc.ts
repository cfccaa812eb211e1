import * as fs from 'node:fs';
import { cdk, github, javascript, ReleasableCommits, release, TaskShell, TaskStep } from 'projen';
import { addCommandPackage } from './projenrc/cli';
import { PUBLIB, TOOLCHAINS } from './projenrc/toolchain';
import { addWorkflows, CDKTN_TO_PYPI, ENVIRONMENT, NODE } from './projenrc/workflows';

/** The peers that users bring; the library is compiled and documented against exactly these. */
const cdktfVersion = '0.21.0';
const constructsVersion = '10.4.2';

const script = 'ts-node --transpile-only --project projenrc/tsconfig.json';

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

  // A maintainer starts a release by hand, with a dry run first. CHANGELOG.md names the version.
  release: true,
  releaseTrigger: release.ReleaseTrigger.workflowDispatch(),
  releasableCommits: ReleasableCommits.everyCommit(),
  nextVersionCommand: `${script} projenrc/changelog.ts version`,
  releaseWorkflowEnv: { DRY_RUN: '${{ inputs.dry_run }}' },
  releaseEnvironment: ENVIRONMENT,
  releaseFailureIssue: true,
  jsiiReleaseVersion: PUBLIB,
  // Newer versions need a newer Node.js than the library does.
  bumpPackage: 'commit-and-tag-version@^12',

  // No version depends on the titles of pull requests.
  githubOptions: { projenCredentials: github.GithubCredentials.fromApp(), mergify: false, pullRequestLint: false, dependencyReview: true },
  buildWorkflowOptions: { mutableBuild: false },
  stale: false,
  pullRequestTemplate: false,
  // The community has seen a version that is some days old. The peers are upgraded by hand, above.
  depsUpgradeOptions: {
    cooldown: 7,
    exclude: ['cdktf', 'constructs', '@cdktf/commons', '@cdktf/provider-generator'],
    workflowOptions: { schedule: javascript.UpgradeDependenciesSchedule.WEEKLY },
  },

  jsiiVersion: '~6.0.0',
  // ts-jest needs less than 7, and jsii 6 uses the same minor version.
  typescriptVersion: '~6.0.0',
  projenVersion: '0.103.25',

  // addWorkflows publishes to npm: the tarball is built once, and the packages of the fork and of the command go with it.
  releaseToNpm: false,
  publishToPypi: { distName: 'cdktf-alicloud-ipv6', module: 'cdktf_alicloud_ipv6', trustedPublishing: true, postPublishSteps: [CDKTN_TO_PYPI] },
  publishToMaven: { mavenGroupId: 'io.github.cdktf-alicloud-ipv6', mavenArtifactId: 'cdktf-alicloud-ipv6', javaPackage: 'io.github.cdktf_alicloud_ipv6' },
  publishToGo: { moduleName: 'github.com/cdktf-alicloud-ipv6/cdktf-alicloud-ipv6-go', packageName: 'alicloudipv6' },

  // The npm package contains the files that are listed below; a list of what to leave out forgets something.
  npmignoreEnabled: false,
  // The package contains no copy of the sources.
  tsconfig: { compilerOptions: { inlineSourceMap: false, inlineSources: false, stripInternal: true } },
  // Editors complete no internal member. (The strict rules of jsii refuse `stripInternal`.)
  validateTsconfig: cdk.ValidateTsconfig.MINIMAL,

  peerDeps: [`cdktf@^${cdktfVersion}`, `constructs@^${constructsVersion}`],
  devDeps: [
    `@cdktf/provider-generator@${cdktfVersion}`, `@cdktf/commons@${cdktfVersion}`, 'codemaker', 'jsii-rosetta@~6.0.0', 'ts-node',
    'fast-check', 'remark-cli', 'remark-validate-links',
    // The official SDK, which the tests compare the stand-in with. An upgrade shows what a newer one changes.
    '@alicloud/ecs20140526@7.11.6', '@alicloud/openapi-core@^1.0.8', '@alicloud/vpc20160428@7.3.2', '@darabonba/typescript@^1.0.4',
    // Parsers of other projects, which the tests read the formats of the command with.
    'ajv@^8', 'ajv-draft-04@^1', 'ajv-formats@^3', 'junit2json@^4', 'remark@^15', 'remark-gfm@^4',
    // The parser and the passive voice of prose/linter.ts.
    'retext@^9', 'retext-english@^5', 'retext-passive@^5',
  ],

  // jest 30 and eslint-import-resolver-typescript 4 depend on optional binaries that break `npm ci`.
  jestOptions: {
    jestVersion: '^29',
    junitReporting: false,
    configFilePath: 'jest.config.json',
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    // The checks of the repository's own files are `npm run check`.
    extraCliOptions: ['--testPathIgnorePatterns=/node_modules/', '--testPathIgnorePatterns=/test/repository/'],
    jestConfig: {
      // By default jest leaves one core unused: one of two.
      maxWorkers: '100%',
      moduleNameMapper: { '^cdktf-alicloud-ipv6$': '<rootDir>/src' },
      modulePathIgnorePatterns: ['<rootDir>/(.cache|.cdktn|dist)/'],
      collectCoverage: false,
      collectCoverageFrom: ['src/**/*.ts', '!src/provider-alicloud/**'],
      coverageReporters: ['text', 'lcov'],
      // A little below the present.
      coverageThreshold: { statements: 97, branches: 96, functions: 97, lines: 97 },
    },
  },
  typecheckTests: true,
  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'examples', 'bench', 'prose', 'projenrc'],
    commandOptions: { fix: false, extraArgs: ['--cache'] },
    ignorePatterns: ['*.js', '*.d.ts', 'node_modules/', 'coverage', 'src/provider-alicloud/', 'lib/'],
  },
});
project.addDevDeps('eslint-import-resolver-typescript@~3.6.3');

// The layers of src/, the lowest first: a file imports from its own layer and from those below, and no two files import each other.
const tops = ['ipv6-exposure-report', 'ipv6-exposure-rules', 'ipv6-ram-policy'].map((name) => `./src/${name}.ts`);
const indexes = ['./src/index.ts', './src/lazy-index.ts'];
const lookup = './src/ipv6-address-lookup.ts';
const constructs = fs.readdirSync('src').filter((name) => name.endsWith('.ts')).sort().map((name) => `./src/${name}`)
  .filter((file) => ![...tops, ...indexes, lookup].includes(file));
const layers = [
  ['./src/provider-alicloud', './src/provider', './src/api', lookup],
  ['./src/terraform'],
  ['./src/validation'],
  ['./src/checks'],
  ['./src/lookups'],
  ['./src/resources', './src/state'],
  constructs,
  ['./src/exposure'],
  tops,
  indexes,
];
// The core of exposure and its imports: the command compiles these files too.
const CORE = 'the core of exposure has no framework: it imports src/api, src/terraform/groups.ts, src/terraform/json-syntax.ts and itself';
const core = ['./src/exposure/*.ts', './src/exposure/rules/*.ts'];
// (Without ignoreExternal, the linter follows the imports of cdktf too, for half a minute.)
project.eslint!.addOverride({ files: ['src/**/*.ts'], rules: { 'import/no-cycle': ['error', { ignoreExternal: true }] } });
project.eslint!.addRules({
  'import/no-restricted-paths': ['error', {
    zones: [
      ...layers.flatMap((layer, i) => layer.map((target) => ({
        target,
        from: layers.slice(i + 1).flat(),
        message: 'the layers above must not be imported here (CONTRIBUTING.md, "Layout of the code")',
      }))),
      ...core.flatMap((target) => [
        { target, from: './src', except: ['./api', './terraform/groups.ts', './terraform/json-syntax.ts', './exposure'], message: CORE },
        { target, from: './src/exposure/program', message: CORE },
      ]),
    ],
  }],
});
project.eslint!.addOverride({
  files: ['src/exposure/*.ts', 'src/exposure/rules/*.ts', 'src/api/*.ts', 'src/terraform/groups.ts', 'src/terraform/json-syntax.ts'],
  rules: { 'no-restricted-imports': ['error', { paths: ['cdktf', 'constructs'].map((name) => ({ name, message: CORE })) }] },
});

// The first loads modules when their exports are read, the second one that only CDK Terrain has.
project.eslint!.addOverride({ files: ['src/lazy-index.ts', 'src/validation/required-version.ts'], rules: { '@typescript-eslint/no-require-imports': 'off' } });

project.package.addField('files', ['lib/**/*.js', 'lib/**/*.d.ts', '.jsii', 'CHANGELOG.md']);

// Examples and consumers import the library by its own name: the package resolves to itself.
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/lazy-index.js' },
  './package.json': './package.json',
  './.jsii': './.jsii',
});
project.gitattributes.addAttributes('/projenrc/provider-schema.json', 'linguist-generated');
project.gitignore.exclude('.projen-check-snippets-*/', '.projen-check/', '.cdktn/', 'bench/out/', 'edited-*.ts', 'cdktf.out/', 'terraform.*.tfstate', 'account-record.jsonl', '.jsii.tabl.json');

// No command reports that a version of Node.js is no longer maintained, asks a version service, or reads the library from
// jsii's cache of packages, which knows it by its version.
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
project.tasks.addEnvironment('JSII_RUNTIME_PACKAGE_CACHE', 'disabled');
project.tasks.addEnvironment('CHECKPOINT_DISABLE', '1');

// `npm test` is what every change must pass.
project.testTask.prependSpawn(project.compileTask);
project.tsconfigDev.addInclude('../examples/**/*.ts');
project.tsconfigDev.addInclude('../bench/**/*.ts');

// API.md documents the constructs; the provider documents the bindings.
const docgen = (file: string) => `jsii-docgen -s root -o ${file} && ${script} projenrc/api-reference.ts ${file}`;
project.tasks.tryFind('docgen')!.reset(docgen('API.md'));

const check = project.addTask('check', { description: 'Check the files of the repository: documentation, snippets, links, bindings, tools' });
check.spawn(project.compileTask);
check.exec(`mkdir -p .projen-check && ${docgen('.projen-check/API.md')} && cmp API.md .projen-check/API.md`, { name: 'API.md is what the code says (npx projen docgen makes it)' });
check.exec('jsii-rosetta extract --strict --directory .', { name: 'The snippets of docstrings and README compile' });
// Links to files, headings and the repository's own address. Nothing is fetched.
check.exec(
  `remark --frail --quiet --use 'remark-validate-links=repository:"${project.package.manifest.repository.url}"' README.md CONTRIBUTING.md RELEASING.md CHANGELOG.md SECURITY.md cli/README.md docs`,
  { name: 'Links lead somewhere' },
);
check.exec(`${script} prose/linter.ts`, { name: 'The prose follows the rules of prose/linter.ts' });
check.exec('jest --ci test/repository', { receiveArgs: true });

/** Adds a task that runs a TypeScript program, and before it others. */
function addProgram(name: string, description: string, program: string, ...before: TaskStep[]): void {
  project.addTask(name, { description, steps: [...before, { exec: `${script} ${program}`, receiveArgs: true }] });
}
const compiled: TaskStep = { spawn: 'compile' };
addProgram('example', 'Synthesize every example and print its resources and the folder of its Terraform', 'examples/run.ts', compiled);
addProgram('bench', 'Measure the constructs against the same Terraform written by hand, and write docs/performance.md; --quick: a small run that writes nothing', 'bench/run.ts',
  compiled, { exec: 'npm --prefix cli ci && npm --prefix cli run compile' });
addProgram('test:e2e', 'Run the real Terraform, or --engine PROGRAM, and the real provider against a stand-in for the VPC API on loopback; skips without them', 'test/e2e/run.ts', compiled);
addProgram('test:account', 'Deploy, change and destroy two examples in an account, which costs money: --region REGION --zone ZONE --instance-type TYPE --yes-spend', 'test/account/run.ts', compiled);
addProgram('test:cdktn', 'Build cdktn-alicloud-ipv6, compare its public API with this package\'s, and run the tests of the constructs on cdktn', 'projenrc/cdktn.ts test', compiled);
addProgram('behaviour', 'Compare the Terraform of the last release\'s programs with what this tree makes of them, or with a commit: --against REF', 'projenrc/behaviour.ts', compiled);
addProgram('provider:generate', 'Generate src/provider-alicloud from the provider\'s schema: asked of Terraform, or --schema FILE', 'projenrc/provider-generate.ts');
addProgram('test:consumers', 'Try the packages in dist/ as the users of each language would', 'test/consumers/run.ts');
addProgram('release:rehearsal', 'Publish the packages in dist/ to registries on loopback, and try them from there as test:consumers does', 'projenrc/release-rehearsal.ts');

// The last release is compared in a folder of the repository, with the same peers: projen's own task installs the newest.
const compat = project.tasks.tryFind('compat')!;
compat.reset();
compat.description = 'Compare the public API with the last release, or with a commit: --against REF';
compat.spawn(project.compileTask);
compat.exec(`jsii-diff "$(${script} projenrc/last-release.ts "$@")" . --keys --ignore-file .compatignore`, { receiveArgs: true });

project.addTask('lint:workflows', {
  description: 'Lint the workflows in .github/ with actionlint, where Go can build it',
  condition: 'which go',
  // Some words in the scripts of projen are not quoted, and have no spaces.
  env: { SHELLCHECK_OPTS: '--severity=warning' },
  exec: 'go run github.com/rhysd/actionlint/cmd/actionlint@v1.7.12',
});

// Packages: a language without its toolchain is left out.
const unless = (file: string) => `node -e "if (require('fs').existsSync('${file}')) process.exit(1)"`;
for (const [language, programs] of Object.entries(TOOLCHAINS)) {
  const target = language === 'typescript' ? 'js' : language;
  const task = project.tasks.tryFind(`package:${target}`)!;
  task.reset();
  task.addCondition(...programs.map((program) => `which ${program}`));
  // A workflow packages each language in a job of its own, which has the compiled library without the translated snippets.
  task.exec('jsii-rosetta extract --directory .', { name: 'Translate the snippets of the README', condition: unless('.jsii.tabl.json') });
  if (target === 'java') {
    task.exec('rm -rf .cache/cdktf && mkdir -p .cache && cp -R node_modules/cdktf .cache/cdktf && chmod -R u+w .cache/cdktf && '
      + 'jsii-pacmak --target java --outdir .cache/maven-dependencies --no-npmignore --maven-local-repository .cache/maven .cache/cdktf && rm -r .cache/cdktf', {
      name: 'cdktf for Java, because Maven Central does not have every release',
      condition: unless(`.cache/maven-dependencies/java/com/hashicorp/cdktf/${cdktfVersion}`),
    });
    task.exec('mkdir -p .cache/maven && cp -R .cache/maven-dependencies/java/. .cache/maven/');
  }
  task.exec(`jsii-pacmak -v --target ${target} --no-npmignore --maven-local-repository .cache/maven`);
}

// projen's steps stay: a workflow builds the npm package here, and those of the languages in jobs of their own.
const given = project.packageTask.steps;
project.packageTask.reset('rm -rf lib .jsii.tabl.json dist/js dist/python dist/java dist/go dist/cdktn dist/command dist/sbom');
project.packageTask.description = 'Build the packages of all languages, of the fork and of the command into dist/';
project.packageTask.spawn(project.compileTask);
project.packageTask.addSteps(...given);
project.packageTask.exec(`${script} projenrc/cdktn.ts package`, { name: 'The packages of the fork' });
project.packageTask.exec(`npm ci --prefix cli && npm run compile --prefix cli && ${script} projenrc/cli-package.ts`, { name: 'The package of the command' });
project.packageTask.exec('mkdir -p dist/sbom; for file in dist/js/*.tgz dist/*/js/*.tgz; do folder=$(mktemp -d) '
  + '&& echo "{\\"name\\": \\"installation\\", \\"version\\": \\"0.0.0\\"}" > "$folder/package.json" '
  + '&& npm install --prefix "$folder" --package-lock-only --no-audit --no-fund --prefer-offline "$file" '
  + '&& npm sbom --prefix "$folder" --package-lock-only --sbom-format cyclonedx > "dist/sbom/$(basename "$file" .tgz).cdx.json" || exit 1; done', {
  name: 'A bill of materials of what each npm package installs',
  shell: TaskShell.bash(),
});
project.packageTask.exec(`${script} projenrc/changelog.ts notes dist/changelog.md`, { name: 'The notes of the release', condition: 'node -e "if (!process.env.RELEASE) process.exit(1)"' });

addCommandPackage(project);
addWorkflows(project);

// Nobody needs these tasks of projen: jest has --watch and --updateSnapshot, and jsii -w.
for (const name of ['clobber', 'eject', 'test:update', 'test:watch', 'watch']) project.removeTask(name);

project.synth();

import { cdk, javascript, JsonFile } from 'projen';

/**
 * The package of the command `alicloud-ipv6`, in cli/: plain TypeScript, with a lock file of its own.
 *
 * It lists what it needs at run time alone: what compiles, lints and tests it are the tools of the library, which Node.js
 * finds in the node_modules of the parent folder.
 */
export function addCommandPackage(library: cdk.JsiiProject): void {
  const cli = new javascript.NodeProject({
    parent: library,
    outdir: 'cli',
    // What is typed after npx is the name of the package: nobody else's package can be run by mistake.
    name: 'alicloud-ipv6',
    description: 'Says what a Terraform plan opens to the Internet through Alibaba Cloud IPv6 addresses, and asks the API whether it would take the plan',
    keywords: ['terraform', 'opentofu', 'alicloud', 'alibaba-cloud', 'ipv6', 'vpc', 'internet-bandwidth', 'dry-run', 'exposure'],
    authorName: 'cdktf-alicloud-ipv6 contributors',
    authorOrganization: true,
    authorUrl: 'https://github.com/cdktf-alicloud-ipv6',
    repository: 'https://github.com/cdktf-alicloud-ipv6/cdktf-alicloud-ipv6.git',
    repositoryDirectory: 'cli',
    license: 'Apache-2.0',
    copyrightOwner: 'The cdktf-alicloud-ipv6 authors',
    defaultReleaseBranch: 'main',
    packageManager: javascript.NodePackageManager.NPM,
    minNodeVersion: '20.0.0',
    github: false,
    release: false,
    depsUpgrade: false,
    jest: false,
    package: false,
    npmignoreEnabled: false,
    deps: ['@alicloud/credentials@^2.4.7', '@alicloud/openapi-core@^1.0.8', 'commander@^14'],
    bin: { 'alicloud-ipv6': 'lib/cli/src/main.js' },
    entrypoint: '',
  });
  cli.package.addField('files', ['lib/**/*.js']);
  cli.gitignore.exclude('/lib/');

  // rootDir is the repository: the facts of the API in src/api are compiled into the package, from the library's own files.
  // The types of Node.js are those of the tools: the client brings some of an old version.
  const shared = { rootDir: '..', typeRoots: ['../node_modules/@types'] };
  const base = javascript.TypescriptConfigExtends.fromPaths(['../tsconfig.json']);
  new javascript.TypescriptConfig(cli, {
    fileName: 'tsconfig.json',
    extends: base,
    compilerOptions: { ...shared, noEmit: true, isolatedModules: true, types: ['node', 'jest'] },
    include: ['src/**/*.ts', 'test/**/*.ts'],
    exclude: ['node_modules'],
  });
  new javascript.TypescriptConfig(cli, {
    fileName: 'tsconfig.build.json',
    extends: base,
    compilerOptions: { ...shared, outDir: 'lib', declaration: false, types: ['node'] },
    include: ['src/**/*.ts'],
    exclude: ['node_modules'],
  });
  new JsonFile(cli, 'jest.config.json', {
    obj: {
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.json' }] },
      clearMocks: true,
    },
  });

  cli.compileTask.exec('rm -rf lib && tsc -p tsconfig.build.json');
  cli.testTask.reset();
  cli.testTask.spawn(cli.compileTask);
  cli.testTask.exec('tsc --noEmit', { name: 'Type-check the tests' });
  cli.testTask.exec('jest --ci', { receiveArgs: true });
  cli.testTask.exec('ESLINT_USE_FLAT_CONFIG=false NODE_NO_WARNINGS=1 eslint --ext .ts src test', { name: 'Lint' });

  cli.addTask('test:package', {
    description: 'Install the packed command in an empty folder, from the registry, and try it',
    steps: [{ spawn: 'compile' }, { exec: 'jest --ci --testMatch "<rootDir>/test/packed.install.ts"' }],
  });

  // The tests take apps and the stand-in from the library, and so what the library depends on.
  library.eslint!.addOverride({ files: ['cli/test/**/*.ts'], rules: { 'import/no-extraneous-dependencies': 'off' } });
  library.addTask('test:cli', {
    description: 'Compile, test and lint the command alicloud-ipv6; needs npm ci --prefix cli',
    steps: [{ exec: 'npm --prefix cli test --', receiveArgs: true }],
  });
}

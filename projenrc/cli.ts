import { cdk, javascript } from 'projen';

/**
 * Adds the package of the command `alicloud-ipv6`, in cli/: plain TypeScript, with a lock file of its own.
 *
 * Its dependencies are those at run time. The tools of the library compile, lint and test it, from the node_modules of the
 * parent folder.
 */
export function addCommandPackage(library: cdk.JsiiProject): void {
  const cli = new javascript.NodeProject({
    parent: library,
    outdir: 'cli',
    // npx takes the name of the package: another name of the command could run somebody else's package.
    name: 'alicloud-ipv6',
    description: 'Shows which Alibaba Cloud IPv6 addresses a Terraform plan opens to the Internet, asks the API whether it would accept the plan, and finds what to import',
    keywords: ['terraform', 'opentofu', 'alicloud', 'alibaba-cloud', 'ipv6', 'vpc', 'internet-bandwidth', 'dry-run', 'exposure'],
    authorName: library.package.manifest.author.name,
    authorOrganization: true,
    authorUrl: library.package.manifest.author.url,
    repository: library.package.manifest.repository.url,
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
    deps: ['@alicloud/credentials@^2.4.7', 'commander@^14', 'proxy-from-env@^2.1.0', 'undici@^6.29.1'],
    bin: { 'alicloud-ipv6': 'lib/cli/src/main.js' },
    entrypoint: '',
  });
  cli.package.addField('files', ['lib/**/*.js', 'schema/*.json']);
  cli.gitignore.exclude('/lib/');

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
  // The library has no dependencies to audit, only peers.
  library.addTask('audit', { description: 'Ask the registry for vulnerabilities of what the command depends on', exec: 'npm --prefix cli audit --omit=dev' });
  library.addTask('test:cli', { description: 'Compile, test and lint the command alicloud-ipv6; needs npm ci --prefix cli', exec: 'npm --prefix cli test --', receiveArgs: true });
}

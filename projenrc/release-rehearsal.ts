/**
 * Rehearses a release: publishes the packages in dist/ with publib, as the release workflow does, to registries on loopback,
 * tries them from there (test/consumers), and publishes them again, which must not fail.
 *
 * The registries are verdaccio for npm, pypiserver for PyPI, a file:// repository for Maven, and a bare git repository for Go.
 * Everything happens in a temporary HOME, and ends with the script.
 */
import { ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { CACHE, DIST, DIST_CDKTN, DIST_COMMAND, LANGUAGES, main, MAVEN_REPOSITORY, missingPrograms, PUBLIB, readJson, ROOT, run, runTypeScript, timed } from './toolchain';

/** Newer releases of verdaccio need a newer Node.js than the library does. */
const VERDACCIO = '6.8.0';
const PYPISERVER = '2.4.1';

const TOOLS = path.join(CACHE, 'rehearsal');
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'rehearsal-'));
const started: ChildProcess[] = [];
const { version, jsii } = readJson(ROOT, 'package.json');

type Environment = Record<string, string>;

/** What publib prints for packages that are published already, by their folders. (A file:// repository accepts them again.) */
const AGAIN = { js: /SKIPPING: already published/, python: /Skipping [^]*already\s+exist/, java: /All Done/, go: /No changes. Skipping release|All tags already exist/ };

/** Starts a server on a random port of loopback, and returns its address when it listens. */
async function serve(program: string, args: (port: number) => string[]): Promise<string> {
  const port = 20_000 + randomInt(20_000);
  const child = spawn(program, args(port), { cwd: temporary, env: { ...process.env, HOME: temporary }, stdio: ['ignore', 'ignore', 'inherit'] });
  started.push(child);
  for (let tries = 0; tries < 240 && child.exitCode === null; tries++) {
    if (await fetch(`http://127.0.0.1:${port}`).then(() => true, () => false)) return `127.0.0.1:${port}`;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`${path.basename(program)} does not listen on port ${port}`);
}

/** Installs publib and the servers in the cache. */
async function tools(): Promise<void> {
  fs.mkdirSync(TOOLS, { recursive: true });
  // publib depends on a tag of node-fetch, which a mirror of the registry need not have.
  const dependencies = { publib: PUBLIB, verdaccio: VERDACCIO };
  fs.writeFileSync(path.join(TOOLS, 'package.json'), JSON.stringify({ name: 'rehearsal', private: true, dependencies, overrides: { 'node-fetch': '2.7.0' } }));
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: TOOLS });
  await run('python3', ['-m', 'venv', 'venv'], { cwd: TOOLS });
  await run(path.join(TOOLS, 'venv', 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `pypiserver==${PYPISERVER}`]);
}

/** Starts a registry that has the packages of this repository, and all others from the registry that npm is configured with. */
async function startNpm(): Promise<string> {
  const upstream = (await run('npm', ['config', 'get', 'registry'])).trim();
  const config = path.join(temporary, 'verdaccio.yaml');
  const own = ['cdktf-alicloud-ipv6', 'cdktn-alicloud-ipv6', 'alicloud-ipv6'].map((name) => `  '${name}': { access: $all, publish: $all }\n`);
  fs.writeFileSync(config, `storage: ${path.join(temporary, 'npm')}
uplinks: { upstream: { url: '${upstream}' } }
packages:
${own.join('')}  '**': { access: $all, proxy: upstream }
log: { type: stdout, format: pretty, level: warn }
`);
  const verdaccio = path.join(TOOLS, 'node_modules', 'verdaccio', 'bin', 'verdaccio');
  return serve(process.execPath, (port) => [verdaccio, '--config', config, '--listen', `127.0.0.1:${port}`]);
}

async function startPyPI(): Promise<string> {
  fs.mkdirSync(path.join(temporary, 'pypi'));
  const args = ['run', '--host', '127.0.0.1', '--passwords', '.', '--authenticate', '.', '--disable-fallback', path.join(temporary, 'pypi'), '--port'];
  return `http://${await serve(path.join(TOOLS, 'venv', 'bin', 'pypi-server'), (port) => [...args, String(port)])}`;
}

/** Makes an empty repository for the Go module, and returns the settings with which git uses it instead of the host's. */
async function startGo(module: string): Promise<Environment> {
  const repository = path.join(temporary, 'go.git');
  await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', repository]);
  const config = path.join(temporary, 'gitconfig');
  // git appends `.git` to the address that it replaced.
  fs.writeFileSync(config, `[url "${repository.slice(0, -'.git'.length)}"]\ninsteadOf = https://rehearsal@${module}\ninsteadOf = https://${module}\n`);
  return { GIT_CONFIG_GLOBAL: config, GIT_TERMINAL_PROMPT: '0' };
}

/** Publishes all packages with publib, as the release workflow does. */
async function publish(env: Environment, again: boolean): Promise<void> {
  // publib logs in to npm in the home folder, installs twine with --user, and reads what npm prints, whatever `npm run -s` set.
  const home = { HOME: temporary, npm_config_userconfig: path.join(temporary, '.npmrc'), npm_config_loglevel: 'notice', PIP_BREAK_SYSTEM_PACKAGES: '1', CI: 'true' };
  for (const folder of [DIST, DIST_CDKTN, DIST_COMMAND]) {
    const publib = ['-c', '"$0" "$1" 2>&1', path.join(TOOLS, 'node_modules', '.bin', 'publib'), folder];
    const printed = await timed(`publib ${path.relative(ROOT, folder)}`, () => run('bash', publib, { env: { ...home, ...env } }));
    for (const [language, pattern] of Object.entries(AGAIN)) {
      if (again && fs.existsSync(path.join(folder, language)) && !pattern.test(printed)) throw new Error(`publib printed nothing like ${pattern}:\n${printed}`);
    }
  }
}

async function rehearse(): Promise<void> {
  const missing = LANGUAGES.flatMap(missingPrograms);
  if (missing.length > 0) throw new Error(`a release has all packages; not on the PATH: ${missing.join(', ')}`);
  for (const folder of [DIST, DIST_CDKTN, DIST_COMMAND]) {
    if (!fs.existsSync(path.join(folder, 'js'))) throw new Error(`there are no packages in ${folder}: npm run package makes them`);
  }
  await timed('publib and the registries, installed', tools);
  const npm = await startNpm();
  const pypi = await startPyPI();
  const module = jsii.targets.go.moduleName;
  const git = await startGo(module);
  const maven = path.join(temporary, 'maven');

  const registries = {
    ...{ NPM_TOKEN: 'rehearsal', NPM_REGISTRY: npm, DISABLE_HTTPS: '1', NPM_DIST_TAG: 'latest' },
    ...{ TWINE_USERNAME: 'rehearsal', TWINE_PASSWORD: 'rehearsal', TWINE_REPOSITORY_URL: pypi },
    ...{ MAVEN_SERVER_ID: 'rehearsal', MAVEN_REPOSITORY_URL: `file://${maven}`, MAVEN_USERNAME: 'rehearsal', MAVEN_PASSWORD: 'rehearsal' },
    // Java reads the home of the user from the system, not from HOME.
    MAVEN_OPTS: `-Duser.home=${temporary} -Dmaven.repo.local=${MAVEN_REPOSITORY}`,
    ...{ ...git, GITHUB_TOKEN: 'rehearsal', GIT_USER_NAME: 'rehearsal', GIT_USER_EMAIL: 'rehearsal@example.com' },
  };
  await publish(registries, false);

  // A module cache of its own: each rehearsal publishes the same version.
  const [goCache, goProxy] = (await run('go', ['env', 'GOMODCACHE', 'GOPROXY'])).trim().split('\n');
  const go = { GOPRIVATE: module, GOMODCACHE: path.join(temporary, 'gomod'), GOFLAGS: '-modcacherw', GOPROXY: `file://${goCache}/cache/download,${goProxy}` };
  const consumers = { npm_config_registry: `http://${npm}/`, PIP_EXTRA_INDEX_URL: `${pypi}/simple/`, ...git, ...go };
  await runTypeScript(path.join(ROOT, 'test', 'consumers', 'run.ts'), ['--published', maven], { env: consumers, show: true });
  await publish(registries, true);
  console.log(`${version} was published, tried, and published again`);
}

main(() => rehearse().finally(() => {
  for (const child of started) child.kill();
  fs.rmSync(temporary, { recursive: true, force: true });
}));

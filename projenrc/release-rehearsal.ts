/**
 * Rehearses a release: publishes the packages in dist/ with publib, as the release workflow does, to registries on loopback,
 * installs each from there in an empty folder, runs its quickstart, and publishes again, which must not fail.
 *
 * The registries are real: verdaccio for npm, pypiserver for PyPI, a file:// repository for Maven, a bare git repository for Go.
 * All of it happens in a temporary HOME, and what was started is stopped. Ends with one line for each package of a registry.
 */
import { ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { forCdktn } from './cdktn-names';
import { CACHE, copyFresh, DIST, DIST_CDKTN, DIST_COMMAND, MAVEN_DEPENDENCIES, MAVEN_REPOSITORY, missingPrograms, PUBLIB, readJson, ROOT, run, timed } from './toolchain';
import { compiledByMaven } from '../test/consumers/maven';

/** What the registries are made of; newer releases of verdaccio need a newer Node.js than the library does. */
const VERDACCIO = '6.8.0';
const PYPISERVER = '2.4.1';
const GO_REPOSITORY = 'github.com/cdktf-alicloud-ipv6/cdktf-alicloud-ipv6-go';

const TOOLS = path.join(CACHE, 'rehearsal');
const CONSUMERS = path.join(ROOT, 'test', 'consumers');
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'rehearsal-'));
const started: ChildProcess[] = [];

type Environment = Record<string, string>;

/** A package on its way through a registry. */
interface Publication {
  readonly registry: string;
  readonly name: string;
  /** The program of publib, and the folder whose content it publishes. */
  readonly publish: [program: string, folder: string];
  readonly env: Environment;
  /** What publib says when it is there already. (A file:// repository takes it once more.) */
  readonly again: RegExp;
  /** Installs the package from the registry in an empty folder, and runs the quickstart there. */
  installAndRun(folder: string): Promise<void>;
}

const { version, peerDependencies } = readJson(ROOT, 'package.json');

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().on('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Starts a server, and waits until it listens. */
async function serve(program: string, args: string[], port: number): Promise<void> {
  const child = spawn(program, args, { cwd: temporary, env: { ...process.env, HOME: temporary }, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  let said = '';
  child.stdout.on('data', (data) => said += data);
  child.stderr.on('data', (data) => said += data);
  for (let tries = 0; tries < 240; tries++) {
    if (child.exitCode !== null) break;
    const listens = await new Promise<boolean>((resolve) => {
      const socket = net.connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (listens) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`${path.basename(program)} does not listen:\n${said}`);
}

/** Installs publib and the servers in the cache, unless they are there. */
async function tools(): Promise<void> {
  const wanted = JSON.stringify({ VERDACCIO, PYPISERVER, PUBLIB });
  const mark = path.join(TOOLS, 'installed.json');
  if (fs.existsSync(mark) && fs.readFileSync(mark, 'utf8') === wanted) return;
  fs.rmSync(TOOLS, { recursive: true, force: true });
  fs.mkdirSync(TOOLS, { recursive: true });
  fs.writeFileSync(path.join(TOOLS, 'package.json'), JSON.stringify({
    name: 'rehearsal',
    private: true,
    dependencies: { publib: PUBLIB, verdaccio: VERDACCIO },
    // It asks for a tag of node-fetch, which a mirror of the registry need not have.
    overrides: { 'node-fetch': '2.7.0' },
  }));
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: TOOLS });
  await run('python3', ['-m', 'venv', 'venv'], { cwd: TOOLS });
  await run(path.join(TOOLS, 'venv', 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `pypiserver==${PYPISERVER}`]);
  fs.writeFileSync(mark, wanted);
}

async function startNpm(): Promise<string> {
  const port = await freePort();
  const own = ['cdktf-alicloud-ipv6', 'cdktn-alicloud-ipv6', 'alicloud-ipv6'].map((name) => `  '${name}':\n    access: $all\n    publish: $all\n`);
  // Everything else comes from the registry that npm is configured with.
  const upstream = (await run('npm', ['config', 'get', 'registry'])).trim();
  const config = path.join(temporary, 'verdaccio.yaml');
  fs.writeFileSync(config, `storage: ${path.join(temporary, 'npm')}
uplinks:
  upstream:
    url: ${upstream}
packages:
${own.join('')}  '**':
    access: $all
    proxy: upstream
log: { type: stdout, format: pretty, level: warn }
`);
  await serve(process.execPath, [path.join(TOOLS, 'node_modules', 'verdaccio', 'bin', 'verdaccio'), '--config', config, '--listen', `127.0.0.1:${port}`], port);
  return `127.0.0.1:${port}`;
}

async function startPyPI(): Promise<string> {
  const port = await freePort();
  fs.mkdirSync(path.join(temporary, 'pypi'));
  await serve(path.join(TOOLS, 'venv', 'bin', 'pypi-server'), [
    'run', '--host', '127.0.0.1', '--port', String(port), '--passwords', '.', '--authenticate', '.', '--disable-fallback', path.join(temporary, 'pypi'),
  ], port);
  return `http://127.0.0.1:${port}`;
}

/** The quickstart of a language, in the words of a framework. */
function quickstart(file: string, target: string, fork: boolean): void {
  const program = fs.readFileSync(path.join(CONSUMERS, file), 'utf8');
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, fork ? forCdktn(program) : program);
}

function onNpm(registry: string, name: string, dist: string, peers: string[]): Publication {
  return {
    registry: 'npm',
    name,
    publish: ['publib-npm', path.join(dist, 'js')],
    env: { NPM_TOKEN: 'rehearsal', NPM_REGISTRY: registry, DISABLE_HTTPS: '1', NPM_DIST_TAG: 'latest' },
    again: /SKIPPING: already published/,
    async installAndRun(folder) {
      fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'rehearsal', private: true }));
      const from = `http://${registry}/`;
      await run('npm', ['install', '--registry', from, '--no-audit', '--no-fund', '--no-package-lock', `${name}@${version}`, ...peers], { cwd: folder });
      quickstart('typescript/quickstart.ts', path.join(folder, 'quickstart.ts'), dist !== DIST);
      await run(process.execPath, ['-r', require.resolve('ts-node/register/transpile-only'), 'quickstart.ts'], {
        cwd: folder, env: { TS_NODE_PROJECT: path.join(ROOT, 'projenrc', 'tsconfig.json') },
      });
      synthesized(folder);
    },
  };
}

function commandOnNpm(registry: string): Publication {
  return {
    ...onNpm(registry, 'alicloud-ipv6', DIST_COMMAND, []),
    async installAndRun(folder) {
      fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'rehearsal', private: true }));
      await run('npm', ['install', '--registry', `http://${registry}/`, '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', `alicloud-ipv6@${version}`], { cwd: folder });
      const [plan] = fs.readdirSync(path.join(ROOT, 'cli', 'test', 'plans')).filter((file) => file.endsWith('.json')).sort();
      await run(path.join(folder, 'node_modules', '.bin', 'alicloud-ipv6'), ['exposure', path.join(ROOT, 'cli', 'test', 'plans', plan)], { cwd: folder });
    },
  };
}

function onPyPI(registry: string, name: string, dist: string): Publication {
  return {
    registry: 'PyPI',
    name,
    publish: ['publib-pypi', path.join(dist, 'python')],
    env: {
      TWINE_USERNAME: 'rehearsal',
      TWINE_PASSWORD: 'rehearsal',
      TWINE_REPOSITORY_URL: registry,
      // It installs twine with --user, into the temporary HOME.
      PIP_BREAK_SYSTEM_PACKAGES: '1',
    },
    again: /Skipping [^]*already\s+exist/,
    async installAndRun(folder) {
      const python = path.join(folder, 'venv', 'bin', 'python');
      await run('python3', ['-m', 'venv', 'venv'], { cwd: folder });
      const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `${name}==${version}`];
      // The package from here, and then what it needs from where pip is configured to ask.
      await run(python, [...install, '--no-deps', '--index-url', `${registry}/simple/`], { cwd: folder });
      await run(python, install, { cwd: folder });
      quickstart('python/quickstart.py', path.join(folder, 'quickstart.py'), dist !== DIST);
      await run(python, ['quickstart.py'], { cwd: folder });
      synthesized(folder);
    },
  };
}

function onMaven(): Publication {
  const repository = path.join(temporary, 'maven');
  return {
    registry: 'Maven',
    name: 'io.github.cdktf-alicloud-ipv6:cdktf-alicloud-ipv6',
    publish: ['publib-maven', path.join(DIST, 'java')],
    env: {
      MAVEN_SERVER_ID: 'rehearsal',
      MAVEN_REPOSITORY_URL: `file://${repository}`,
      MAVEN_USERNAME: 'rehearsal',
      MAVEN_PASSWORD: 'rehearsal',
      // Java takes the home of the user, whatever HOME says.
      MAVEN_OPTS: `-Duser.home=${temporary} -Dmaven.repo.local=${MAVEN_REPOSITORY}`,
    },
    again: /All Done/,
    async installAndRun(folder) {
      copyFresh(path.join(CONSUMERS, 'java'), folder);
      const classpath = await compiledByMaven(folder, [repository, MAVEN_DEPENDENCIES]);
      await run('java', ['-cp', classpath, 'consumer.Quickstart'], { cwd: folder });
      synthesized(folder);
    },
  };
}

async function onGo(): Promise<Publication> {
  const repository = path.join(temporary, 'go.git');
  await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', repository]);
  const addresses = [`https://rehearsal@${GO_REPOSITORY}`, `https://${GO_REPOSITORY}`];
  const env: Environment = {
    GITHUB_TOKEN: 'rehearsal',
    GIT_USER_NAME: 'rehearsal',
    GIT_USER_EMAIL: 'rehearsal@example.com',
    GIT_CONFIG_COUNT: String(addresses.length),
    GIT_TERMINAL_PROMPT: '0',
  };
  // git reads what follows an address, `.git`, after it has replaced it.
  addresses.forEach((address, n) => Object.assign(env, { [`GIT_CONFIG_KEY_${n}`]: `url.${repository.slice(0, -'.git'.length)}.insteadOf`, [`GIT_CONFIG_VALUE_${n}`]: address }));
  return {
    registry: 'Go',
    name: `${GO_REPOSITORY}/alicloudipv6`,
    publish: ['publib-golang', path.join(DIST, 'go')],
    env,
    again: /No changes. Skipping release|All tags already exist/,
    async installAndRun(folder) {
      fs.cpSync(path.join(CONSUMERS, 'go', 'quickstart'), path.join(folder, 'quickstart'), { recursive: true });
      fs.copyFileSync(path.join(CONSUMERS, 'go', 'go.mod'), path.join(folder, 'go.mod'));
      // The module itself straight from its repository; a cache of its own, as each rehearsal publishes the same version.
      const direct = { ...env, GOPRIVATE: GO_REPOSITORY, GOMODCACHE: path.join(temporary, 'gomod'), GOPROXY: `file://${path.join(CACHE, 'go', 'mod', 'cache', 'download')},${await goProxy()}` };
      await run('go', ['mod', 'edit', `-require=${GO_REPOSITORY}/alicloudipv6@v${version}`], { cwd: folder, env: direct });
      await run('go', ['build', '-mod=mod', '-o', 'bin/', './quickstart'], { cwd: folder, env: direct });
      await run(path.join(folder, 'bin', 'quickstart'), [], { cwd: folder });
      synthesized(folder);
    },
  };
}

async function goProxy(): Promise<string> {
  return (await run('go', ['env', 'GOPROXY'])).trim();
}

/** A quickstart that ended well has written its stack. */
function synthesized(folder: string): void {
  if (!fs.existsSync(path.join(folder, 'cdktf.out', 'stacks', 'web', 'cdk.tf.json'))) throw new Error(`${folder}: the quickstart synthesized nothing`);
}

/** Publishes with publib, as the release workflow does, and returns what it said. */
async function publish({ publish: [program, folder], env }: Publication): Promise<string> {
  // publib reads what npm says, whatever `npm run -s` asked for.
  const home = { HOME: temporary, npm_config_userconfig: path.join(temporary, '.npmrc'), npm_config_loglevel: 'notice', CI: 'true' };
  const log = path.join(temporary, 'publib.log');
  await run('bash', ['-c', '"$0" "$1" > "$2" 2>&1 || { cat "$2"; exit 1; }', path.join(TOOLS, 'node_modules', '.bin', program), folder, log], { env: { ...home, ...env } });
  return fs.readFileSync(log, 'utf8');
}

/** What happened to a package, as its closing line says it. */
async function rehearse(publication: Publication): Promise<string[]> {
  const { registry, name, again } = publication;
  const step = `${registry}: ${name} ${version}`;
  await timed(`${step}, published`, () => publish(publication));
  const folder = path.join(temporary, `${registry}-${name.replace(/\W/g, '-')}`);
  fs.mkdirSync(folder);
  await timed(`${step}, installed and run`, () => publication.installAndRun(folder));
  const said = await timed(`${step}, published again`, () => publish(publication));
  if (!again.test(said)) throw new Error(`${step}: published a second time, publib said neither ${again} nor failed:\n${said}`);
  return [registry, name, version, 'installed', 'ran'];
}

async function main(): Promise<void> {
  const missing = (['typescript', 'python', 'java', 'go'] as const).flatMap(missingPrograms);
  if (missing.length > 0) throw new Error(`a release has all packages; not on the PATH: ${missing.join(', ')}`);
  for (const folder of [DIST, DIST_CDKTN, DIST_COMMAND]) {
    if (!fs.existsSync(path.join(folder, 'js'))) throw new Error(`nothing in ${folder}: npm run package makes it`);
  }
  await timed('publib and the registries, installed', tools);
  const npm = await startNpm();
  const pypi = await startPyPI();
  const publications = [
    onNpm(npm, 'cdktf-alicloud-ipv6', DIST, [`cdktf@${peerDependencies.cdktf}`, `constructs@${peerDependencies.constructs}`]),
    onNpm(npm, 'cdktn-alicloud-ipv6', DIST_CDKTN, ['cdktn', 'constructs@>=10.6 <10.8']),
    commandOnNpm(npm),
    onPyPI(pypi, 'cdktf-alicloud-ipv6', DIST),
    onPyPI(pypi, 'cdktn-alicloud-ipv6', DIST_CDKTN),
    onMaven(),
    await onGo(),
  ];
  const lines: string[][] = [];
  for (const publication of publications) lines.push(await rehearse(publication));
  for (const line of lines) console.log(line.join(', '));
}

main()
  .catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  })
  .finally(() => {
    for (const child of started) child.kill();
    fs.rmSync(temporary, { recursive: true, force: true });
  });

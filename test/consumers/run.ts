/**
 * Tries the built packages as their users would: in each language, an empty environment that installs the package, and
 * the same programs. Their Terraform must be that of the TypeScript programs.
 *
 *     run.ts [LANGUAGE...]                    takes the packages from dist/; without languages, tries all
 *     run.ts --published MAVEN_REPOSITORY     takes them from the registries that the environment configures
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { contents, surplus } from './contents';
import { follow, TUTORIALS } from './pages';
import { forCdktn } from '../../projenrc/cdktn-names';
import { DIST, DIST_CDKTN, DIST_COMMAND, isOnPath, Language, LANGUAGES, MAVEN_DEPENDENCIES, MAVEN_REPOSITORY, missingPrograms, readJson, ROOT, run, timed } from '../../projenrc/toolchain';

type Framework = 'cdktf' | 'cdktn';
type Command = [program: string, ...args: string[]];

interface Consumer {
  readonly language: Language;
  readonly framework: Framework;
  /** What the mistake ends in, as the program names it. */
  readonly exception: string;
  /** The arguments by which a program of the language runs the unit tests of docs/unit-testing.md. */
  readonly unitTests?: string[];
  /** Installs the package in the consumer's folder, and says how a program of it is run. */
  install(folder: string): Promise<(program: string) => Command>;
}

const PROGRAMS = ['quickstart', 'network'];
/** The version in the names that the pages give the packages: that of a clone. */
const CLONE = '0.0.0';
const { version, peerDependencies, devDependencies } = readJson(ROOT, 'package.json');
const { values: { published }, positionals: named } = parseArgs({ options: { published: { type: 'string' } }, allowPositionals: true });

const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'consumers-'));
let passed = 0;
let failed = 0;

function check(name: string, problem: string | undefined): void {
  if (problem === undefined) passed += 1;
  else failed += 1;
  console.log(problem === undefined ? `ok: ${name}` : `NOT OK: ${name}\n${problem}`);
}

/** Where the packages of a framework lie. */
function dist(framework: Framework): string {
  return framework === 'cdktf' ? DIST : DIST_CDKTN;
}

function typescript(framework: Framework): Consumer {
  return {
    language: 'typescript',
    framework,
    exception: 'ConstructError',
    async install(folder) {
      await run('npm', ['init', '-y'], { cwd: folder });
      await run('npm', [
        'install', '--prefer-offline', '--no-audit', '--no-fund',
        published ? `${framework}-alicloud-ipv6@${version}` : path.join(dist(framework), 'js', `${framework}-alicloud-ipv6@${version}.jsii.tgz`),
        ...framework === 'cdktf' ? [`cdktf@${peerDependencies.cdktf}`, 'constructs'] : ['cdktn', 'constructs@>=10.6 <10.8'],
        `typescript@${devDependencies.typescript}`,
        `@types/node@${devDependencies['@types/node']}`,
      ], { cwd: folder });
      await run(path.join(folder, 'node_modules', '.bin', 'tsc'), [
        '--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'node16', '--types', 'node',
        ...PROGRAMS.map((program) => `${program}.ts`),
      ], { cwd: folder });
      return (program) => [process.execPath, path.join(folder, `${program}.js`)];
    },
  };
}

function python(framework: Framework): Consumer {
  return {
    language: 'python',
    framework,
    exception: 'RuntimeError',
    unitTests: ['-m', 'unittest', 'test_web'],
    async install(folder) {
      const programs = path.join(folder, 'venv', process.platform === 'win32' ? 'Scripts' : 'bin');
      await run('python3', ['-m', 'venv', 'venv'], { cwd: folder });
      await run(path.join(programs, 'python'), [
        '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check',
        published ? `${framework}-alicloud-ipv6==${version}` : path.join(dist(framework), 'python', `${framework}_alicloud_ipv6-${version}-py3-none-any.whl`),
      ], { cwd: folder });
      return (program) => [path.join(programs, 'python'), path.join(folder, `${program}.py`)];
    },
  };
}

const java: Consumer = {
  language: 'java',
  framework: 'cdktf',
  exception: 'JsiiError',
  async install(folder) {
    // The local repository keeps the downloads of an earlier run, but must not keep the package that is tried.
    fs.rmSync(path.join(MAVEN_REPOSITORY, 'io', 'github', 'cdktf-alicloud-ipv6'), { recursive: true, force: true });
    const repositories = [published ?? path.join(DIST, 'java'), MAVEN_DEPENDENCIES]
      .map((repository, n) => `<repository><id>packages-${n}</id><url>file://${repository}</url></repository>`);
    const settings = path.join(folder, 'settings.xml');
    fs.writeFileSync(settings, `<settings><localRepository>${MAVEN_REPOSITORY}</localRepository>
<profiles><profile><id>packages</id><repositories>${repositories.join('')}</repositories></profile></profiles>
<activeProfiles><activeProfile>packages</activeProfile></activeProfiles></settings>`);
    await run('mvn', [
      '--quiet', '--batch-mode', '--settings', settings, `-Dcdktf-alicloud-ipv6.version=${version}`,
      'compile', 'org.apache.maven.plugins:maven-dependency-plugin:3.6.0:build-classpath', '-Dmdep.outputFile=classpath.txt',
    ], { cwd: folder });
    const classpath = [path.join(folder, 'target', 'classes'), fs.readFileSync(path.join(folder, 'classpath.txt'), 'utf8').trim()].join(path.delimiter);
    return (program) => ['java', '-cp', classpath, `consumer.${program[0].toUpperCase()}${program.slice(1)}`];
  },
};

const go: Consumer = {
  language: 'go',
  framework: 'cdktf',
  exception: 'panic',
  async install(folder) {
    const module = 'github.com/cdktf-alicloud-ipv6/cdktf-alicloud-ipv6-go/alicloudipv6';
    const replaced = published ? [] : [`-replace=${module}=${path.join(DIST, 'go', 'alicloudipv6')}`];
    await run('go', ['mod', 'edit', `-require=${module}@v${version}`, ...replaced], { cwd: folder });
    await run('go', ['build', '-mod=mod', '-o', 'bin/', ...PROGRAMS.map((program) => `./${program}`)], { cwd: folder });
    return (program) => [path.join(folder, 'bin', program)];
  },
};

const CONSUMERS: Consumer[] = [typescript('cdktf'), python('cdktf'), java, go, typescript('cdktn'), python('cdktn')];

/** What a consumer's programs wrote, without the metadata, and what they said. */
interface Outcome {
  readonly files: Map<string, string>;
  readonly said: string[];
}

function consumerFolder({ language, framework }: Consumer): string {
  const folder = path.join(temporary, `${language}-${framework}`);
  fs.cpSync(path.join(__dirname, language), folder, { recursive: true });
  if (framework === 'cdktn') {
    for (const file of fs.readdirSync(folder)) {
      fs.writeFileSync(path.join(folder, file), forCdktn(fs.readFileSync(path.join(folder, file), 'utf8')));
    }
  }
  return folder;
}

/** The programs of all consumers run in one folder, as the Terraform holds its path. */
async function synthesize(command: (program: string) => Command): Promise<Outcome> {
  const folder = path.join(temporary, 'run');
  fs.mkdirSync(folder);
  try {
    let said = '';
    for (const program of PROGRAMS) {
      const [name, ...args] = command(program);
      said += await run(name, args, { cwd: folder });
    }
    const out = path.join(folder, 'cdktf.out');
    const written = fs.readdirSync(out, { recursive: true })
      .map(String)
      .filter((file) => fs.statSync(path.join(out, file)).isFile() && path.basename(file) !== 'manifest.json')
      .sort();
    const files = written.map((file): [string, string] => [file, withoutMetadata(fs.readFileSync(path.join(out, file), 'utf8'), file)]);
    return { files: new Map(files), said: said.trim().split('\n') };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function withoutMetadata(text: string, file: string): string {
  if (path.basename(file) !== 'cdk.tf.json') return text;
  return JSON.stringify(JSON.parse(text, (key, value) => key === '//' ? undefined : value), undefined, 2);
}

/** The first line in which two texts differ. */
function difference(seen: string | undefined, expected: string | undefined): string | undefined {
  if (seen === expected) return undefined;
  const [ours, theirs] = [seen ?? '', expected ?? ''].map((text) => text.split('\n'));
  const line = ours.findIndex((text, n) => text !== theirs[n]);
  return `  line ${line + 1} is    ${ours[line]}\n  and not  ${theirs[line]}`;
}

/** That the programs of the measure do what they are for, or all would agree on nothing. */
function emptiness({ files, said }: Outcome): string | undefined {
  const network = JSON.parse(files.get('stacks/network/cdk.tf.json') ?? '{}');
  const missing = ['address', 'egress_rule', 'gateway', 'internet_bandwidth'].filter((type) => !network.resource?.[`alicloud_vpc_ipv6_${type}`]);
  if (!network.import) missing.push('import');
  if (!files.has('stacks/web/cdk.tf.json')) missing.push('the stack of the quickstart');
  if (!/: mistake\/Bandwidth: bandwidth must be .*, got 2001 \(IllegalParam\.Bandwidth\): /.test(said.at(-1)!)) missing.push('the library\'s message');
  return missing.length > 0 ? `  missing: ${missing.join(', ')}` : undefined;
}

/** That the command, which is for no language, installs and runs. */
async function tryCommand(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(temporary, 'command-'));
  const from = published ? `alicloud-ipv6@${version}` : path.join(DIST_COMMAND, 'js', `alicloud-ipv6-${version}.tgz`);
  await run('npm', ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', from]);
  const printed = await run(path.join(folder, 'node_modules', '.bin', 'alicloud-ipv6'), ['--version']);
  check('the command prints the version of the package', difference(printed.trim(), version));
}

/** Follows the pages with the packages in dist/. */
async function followPages(languages: Set<Language>): Promise<void> {
  const npmPackage = [`cdktf-alicloud-ipv6-${CLONE}.tgz`, path.join(DIST, 'js', `cdktf-alicloud-ipv6@${version}.jsii.tgz`)];
  const wheel = [`cdktf_alicloud_ipv6-${CLONE}-py3-none-any.whl`, path.join(DIST, 'python', `cdktf_alicloud_ipv6-${version}-py3-none-any.whl`)];
  for (const tutorial of TUTORIALS.filter(({ language }) => languages.has(language))) {
    const name = tutorial.pages.join(', then ');
    const packages = Object.fromEntries([tutorial.language === 'python' ? wheel : npmPackage]);
    const folder = fs.mkdtempSync(path.join(temporary, 'pages-'));
    const problem = await timed(name, () => follow(tutorial, folder, packages).catch((error) => String(error)));
    check(`a reader can follow ${name}`, problem);
  }
}

async function main(): Promise<void> {
  const unknown = named.filter((language) => !LANGUAGES.includes(language as Language));
  if (unknown.length > 0) throw new Error(`no language ${unknown.join(', ')}: there are ${LANGUAGES.join(', ')}`);
  const skipped = new Set<Language>();
  for (const language of LANGUAGES) {
    const missing = missingPrograms(language);
    if (missing.length === 0) continue;
    console.log(`${language}: skipped, not on the PATH: ${missing.join(', ')}`);
    skipped.add(language);
  }
  const consumers = CONSUMERS.filter(({ language }) =>
    !skipped.has(language) && (named.length === 0 || language === 'typescript' || named.includes(language)));

  for (const { name, holds, files } of contents(new Set(consumers.map(({ language }) => language)))) {
    check(`${name} holds what it should, and nothing else`, surplus(files(), holds));
  }

  if (named.length === 0) await tryCommand();
  if (isOnPath('terraform')) await followPages(new Set(consumers.map(({ language }) => language)));
  else console.log('the pages: skipped, not on the PATH: terraform');
  const measures = new Map<Framework, Outcome>();
  for (const consumer of consumers) {
    const { language, framework } = consumer;
    const name = `${language} on ${framework}`;
    try {
      const folder = consumerFolder(consumer);
      const command = await timed(`${name}, installed`, () => consumer.install(folder));
      const outcome = await timed(`${name}, synthesized`, () => synthesize(command));
      if (language === 'typescript') {
        measures.set(framework, outcome);
        check(`${name} synthesizes every construct`, emptiness(outcome));
      }
      const measure = measures.get('cdktf') ?? outcome;
      for (const file of new Set([...measure.files.keys(), ...outcome.files.keys()])) {
        check(`${name} writes ${file} as TypeScript does`, difference(outcome.files.get(file), measure.files.get(file)));
      }
      const expected = measure.said.map((line) => line.replace(/^ConstructError/, consumer.exception));
      // Behind the message, Java shows where in the library it was thrown.
      const seen = outcome.said.slice(0, expected.length);
      check(`${name} refuses the mistake`, difference(seen.join('\n'), expected.join('\n')));
      if (consumer.unitTests) {
        const [interpreter] = command('quickstart');
        check(`${name} runs the unit tests of the documentation`, await run(interpreter, consumer.unitTests, { cwd: folder }).then(() => undefined, String));
      }
    } catch (error) {
      check(name, error instanceof Error ? error.message : String(error));
    }
  }
}

main()
  .catch((error) => check('the consumers', String(error)))
  .finally(() => {
    fs.rmSync(temporary, { recursive: true, force: true });
    console.log(`${passed} passed, ${failed} failed`);
    if (failed > 0 || passed === 0) process.exitCode = 1;
  });

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import { ROOT } from './pages';

type Core = Record<string, unknown>;

const core = (name: string): any => jest.requireActual<Core>(name);

const WRITES = [
  'writeFileSync', 'writeFile', 'appendFileSync', 'appendFile', 'mkdirSync', 'mkdir', 'mkdtempSync', 'mkdtemp', 'createWriteStream', 'rmSync', 'rm', 'unlinkSync', 'unlink',
  'renameSync', 'rename', 'copyFileSync', 'copyFile', 'cpSync', 'cp', 'writeSync', 'write',
];
const PROCESSES = ['exec', 'execSync', 'execFile', 'execFileSync', 'spawn', 'spawnSync', 'fork'];
const SOCKETS: [string, string[]][] = [['node:net', ['connect', 'createConnection']], ['node:http', ['request', 'get']], ['node:https', ['request', 'get']]];

function spyOn(module: string, names: string[]): [string, jest.SpyInstance][] {
  return names.map((name) => [`${module}.${name}`, jest.spyOn(core(module), name)]);
}

afterEach(() => jest.restoreAllMocks());

/** What is called while the library is loaded afresh, with all that it loads. */
function callsOfLoading(file: string): string[] {
  const load = () => jest.isolateModules(() => jest.requireActual(file));
  // The first time, the test runner compiles what it loads, and keeps that.
  load();
  const spies = [...spyOn('node:fs', WRITES), ...spyOn('node:child_process', PROCESSES), ...SOCKETS.flatMap(([module, names]) => spyOn(module, names))];
  load();
  return spies.filter(([, spy]) => spy.mock.calls.length > 0).map(([name]) => name);
}

describe('importing the library', () => {
  test('writes no file, starts no process and opens no connection', () => {
    expect(callsOfLoading('../../src')).toEqual([]);
  });

  test('is detected by these checks if it does work', () => {
    const { writeFileSync, rmSync, mkdtempSync } = core('node:fs');
    const folder = mkdtempSync(core('node:path').join(core('node:os').tmpdir(), 'ipv6-test-'));
    const file = core('node:path').join(folder, 'works.js');
    writeFileSync(file, 'require("node:child_process").execFileSync(process.execPath, ["--version"]); require("node:fs").mkdirSync(__dirname + "/made", { recursive: true });');
    try {
      expect(callsOfLoading(file)).toEqual(['node:fs.mkdirSync', 'node:child_process.execFileSync']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('exports the constructs, the charge types and the bindings, and nothing private', () => {
    expect(Object.keys(jest.requireActual('../../src')).sort()).toEqual(expect.arrayContaining([
      'InternetChargeType', 'Ipv6Address', 'Ipv6EgressOnlyRule', 'Ipv6Gateway', 'Ipv6InternetBandwidth', 'providerAlicloud',
    ]));
    expect(Object.keys(jest.requireActual('../../src')).filter((name) => /(?<!Address)Lookup|Claims|ConstructError|Props$|Source$|Linked|Triggers|RequiredVersion/.test(name))).toEqual([]);
  });

  test('gives an ES module all of these names', () => {
    const program = 'import("cdktf-alicloud-ipv6").then((names) => console.log(JSON.stringify(Object.keys(names))))';
    const names = JSON.parse(execFileSync(process.execPath, ['-e', program], { cwd: path.resolve(__dirname, '../..'), encoding: 'utf8' })) as string[];
    expect(names).toEqual(expect.arrayContaining(Object.keys(jest.requireActual('../../src'))));
  });

  test('changes no state of the process', () => {
    const listeners = () => process.eventNames().map((name) => `${String(name)} ${process.listenerCount(name)}`);
    const before = [listeners(), { ...process.env }, process.cwd()];
    jest.isolateModules(() => jest.requireActual('../../src'));
    expect([listeners(), { ...process.env }, process.cwd()]).toEqual(before);
  });
});

describe('the declarations in the package', () => {
  const declarations = fs.readdirSync(path.join(ROOT, 'lib')).filter((name) => name.endsWith('.d.ts'));
  const internalMembers = (text: string) => text.match(/(?<=^\s+(?:(?:static|readonly|abstract|protected|get|set) )*)_\w+/gm) ?? [];

  test('have no internal members that an editor would suggest', () => {
    expect(declarations).toContain('ipv6-internet-bandwidth.d.ts');
    for (const name of declarations) {
      expect([name, ...internalMembers(fs.readFileSync(path.join(ROOT, 'lib', name), 'utf8'))]).toEqual([name]);
    }
    expect(internalMembers('export declare class A {\n    readonly _foundBy: string;\n    get _isClosed(): boolean;\n}')).toEqual(['_foundBy', '_isClosed']);
  });

  test('compile without the members that are left out', () => {
    const index = path.join(ROOT, 'lib', 'index.d.ts');
    const program = ts.createProgram([index], { module: ts.ModuleKind.Node16, target: ts.ScriptTarget.ES2022, strict: true, noEmit: true, types: ['node'] });
    const errors = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(path.join(ROOT, 'lib')) && !fileName.includes('provider-alicloud'))
      .flatMap((file) => program.getSemanticDiagnostics(file).map(({ messageText }) => `${file.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`));
    expect(errors).toEqual([]);
    expect(program.getSourceFile(index)).toBeDefined();
  });
});

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as cdktf from 'cdktf';
import * as ts from 'typescript';
import { PAGES, ROOT, Snippet, snippetsOf } from './pages';
import * as library from '../../src';
import { makeApp, temporaryFolder } from '../synth';

// Every fenced block of every page is checked here by its language, or has a test elsewhere:
const ELSEWHERE: Record<string, string> = {
  '': 'output, which the tests of its page compare where it is generated',
  'diff': 'the same',
  'go': 'test/consumers',
  'java': 'test/consumers',
  'mermaid': 'the same as other output',
  'python': 'test/consumers',
  'text': 'the same',
  'yaml': 'cli/test/pipelines.test.ts',
};

const snippets = PAGES.flatMap(snippetsOf);
/** Bindings as `cdktf get` makes them: the library's own are made by the same generator. */
const OWN_BINDINGS = './.gen/providers/alicloud';
const BINDINGS = path.join(ROOT, 'src', 'provider-alicloud');
const nameOf = ({ page, line }: Snippet) => `${page}:${line}`;
const inLanguages = (...languages: string[]): [string, Snippet][] =>
  snippets.filter(({ language }) => languages.includes(language)).map((snippet) => [nameOf(snippet), snippet]);
const quoted = snippets.filter(({ marks }) => marks.has('quoted')).map((snippet): [string, Snippet] => [nameOf(snippet), snippet]);
/** What is quoted of a file is compiled and run with that file. */
const typescript = inLanguages('ts').filter(([, { marks }]) => !marks.has('quoted'));

/** A snippet that is a program, or a file of one, as it stands; any other is a part of the constructor of a stack. */
function isWhole({ text }: Snippet): boolean {
  return /^import /m.test(text);
}

/** The file that a block is: the one that its page names, `web.ts` say, or one that only the tests see. */
function fileNameOf({ line, marks }: Snippet): string {
  return [...marks.keys()].find((mark) => mark.endsWith('.ts')) ?? `line-${line}.ts`;
}

/** The snippet as a file: what it leaves out is there before it, all names of cdktf and of the library among that. */
function asFile(snippet: Snippet): string {
  if (isWhole(snippet)) return snippet.text;
  const given = snippet.marks.get('given')!;
  return [
    `import { ${namesOf(cdktf).join(', ')} } from 'cdktf';`,
    `import { ${namesOf(library).join(', ')} } from 'cdktf-alicloud-ipv6';`,
    'import { Construct } from \'constructs\';',
    'export class Snippet extends TerraformStack {',
    '  constructor(public readonly app: App) {',
    '    super(app, \'stack\');',
    '    const stack = this;',
    given,
    '    {',
    snippet.text,
    '    }',
    '  }',
    '}',
  ].join('\n');
}

function namesOf(module: object): string[] {
  return Object.keys(module).filter((name) => name !== 'default' && /^[A-Za-z]\w*$/.test(name));
}

describe('the TypeScript of the pages', () => {
  test('compiles', () => {
    const folder = fs.mkdtempSync(path.join(ROOT, '.projen-check-snippets-'));
    try {
      const files = typescript.map(([, snippet]) => {
        const file = path.join(folder, snippet.page, fileNameOf(snippet));
        fs.mkdirSync(path.dirname(file), { recursive: true });
        fs.writeFileSync(file, asFile(snippet));
        return file;
      });
      for (const page of new Set(files.map((file) => path.dirname(file)))) {
        fs.mkdirSync(path.dirname(path.join(page, OWN_BINDINGS)), { recursive: true });
        fs.symlinkSync(BINDINGS, path.join(page, OWN_BINDINGS));
      }
      const { config } = ts.readConfigFile(path.join(ROOT, 'test', 'tsconfig.json'), (name) => fs.readFileSync(name, 'utf8'));
      const { options } = ts.convertCompilerOptionsFromJson({
        ...JSON.parse(fs.readFileSync(path.join(ROOT, 'tsconfig.json'), 'utf8')).compilerOptions,
        ...config.compilerOptions,
        noEmit: true,
        rootDir: '..',
        noUnusedLocals: false,
        noUnusedParameters: false,
        types: ['node', 'jest'],
        paths: { 'cdktf-alicloud-ipv6': [path.join(ROOT, 'src/index.ts')] },
      }, path.join(ROOT, 'test'));
      const problems = ts.getPreEmitDiagnostics(ts.createProgram(files, options)).map((problem) => {
        const line = problem.file?.getLineAndCharacterOfPosition(problem.start!).line;
        const text = problem.file?.text.split('\n')[line!].trim();
        return `${problem.file && path.relative(folder, problem.file.fileName)}: ${ts.flattenDiagnosticMessageText(problem.messageText, '\n')}: ${text}`;
      });
      expect(problems).toEqual([]);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  }, 60_000);

  test.each(typescript)('%s runs', (_, snippet) => {
    const refused = snippet.marks.get('refused');
    const run = () => isWhole(snippet) ? runWhole(snippet) : runPart(snippet);
    if (refused === undefined) run();
    else expect(run).toThrow(refused);
  });
});

/** Runs a program as its reader would, into a folder of its own; the tests that are in it are run. */
function runWhole(snippet: Snippet): void {
  const before = process.env.CDKTF_OUTDIR;
  process.env.CDKTF_OUTDIR = temporaryFolder();
  const runTest = (_name: string, body: () => void) => body();
  try {
    execute(snippet, { test: runTest, it: runTest, describe: runTest });
  } finally {
    process.env.CDKTF_OUTDIR = before;
    if (before === undefined) delete process.env.CDKTF_OUTDIR;
  }
}

/** Makes a stack of a snippet, and synthesizes it. */
function runPart(snippet: Snippet): void {
  const stack = new (execute(snippet).Snippet as new (app: cdktf.App) => cdktf.TerraformStack)(makeApp());
  if (!stack.node.findAll().some((construct) => cdktf.TerraformProvider.isTerraformProvider(construct))) {
    new library.providerAlicloud.provider.AlicloudProvider(stack, 'alicloud', { region: 'cn-hangzhou' });
  }
  (stack.node.root as cdktf.App).synth();
}

function execute(snippet: Snippet, globals: Record<string, unknown> = {}): Record<string, unknown> {
  const { outputText } = ts.transpileModule(asFile(snippet), { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const exports: Record<string, unknown> = {};
  const load = (name: string) => {
    const ofPage = typescript.find(([, { page, marks }]) => page === snippet.page && marks.has(`${name.slice(2)}.ts`));
    if (ofPage) return execute(ofPage[1]);
    return jest.requireActual(name === 'cdktf-alicloud-ipv6' ? '../../src' : name.replace(OWN_BINDINGS, BINDINGS));
  };
  new Function('require', 'exports', ...Object.keys(globals), outputText)(load, exports, ...Object.values(globals));
  return exports;
}

test.each(quoted)('%s is the same as in the quoted file', (_, { text, marks }) => {
  expect(fs.readFileSync(path.join(ROOT, marks.get('quoted')!), 'utf8')).toContain(text);
});

describe('the other languages of the pages', () => {
  test('are each checked by a test', () => {
    const checked = ['ts', 'json', 'terraform', 'hcl', 'sh', 'shell', 'console', ...Object.keys(ELSEWHERE)];
    expect(snippets.filter(({ language }) => !checked.includes(language)).map(nameOf)).toEqual([]);
  });

  test.each(inLanguages('json'))('%s is JSON', (_, { text }) => {
    expect(() => JSON.parse(text)).not.toThrow();
  });

  const terraform = process.env.TERRAFORM_BINARY_NAME ?? 'terraform';
  const withTerraform = spawnSync(terraform, ['version']).status === 0 ? test : test.skip;
  withTerraform.each(inLanguages('terraform', 'hcl'))('%s is what terraform fmt writes', (_, { text }) => {
    const { status, stdout } = spawnSync(terraform, ['fmt', '-'], { input: text, encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, text]);
  });

  const { scripts } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  test.each(inLanguages('sh', 'shell', 'console'))('%s is a script, and its tasks exist', (_, { text }) => {
    const commands = text.replace(/^\$ /gm, '').replaceAll('…', '');
    expect(spawnSync('bash', ['-n'], { input: commands, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
    for (const [, task] of commands.matchAll(/\bnpm run ([\w:-]+)/g)) expect(Object.keys(scripts)).toContain(task);
  });
});

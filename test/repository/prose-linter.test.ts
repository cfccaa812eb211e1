import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ROOT } from './pages';
import { temporaryFolder } from '../synth';

jest.setTimeout(60_000);

/** Lints files with the given contents, and returns the errors and the warnings with the names of the files in front. */
function lint(files: Record<string, string>): { code: number | null; errors: string[]; warnings: string[] } {
  const folder = temporaryFolder();
  const paths = Object.entries(files).map(([name, text]) => {
    fs.writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  });
  const { status, stdout, stderr } = spawnSync('npx', ['ts-node', '--transpile-only', '--project', 'projenrc/tsconfig.json', 'prose/linter.ts', ...paths], { cwd: ROOT, encoding: 'utf8' });
  const lines = (text: string) => text.trim().split('\n').filter((line) => line !== '').map((line) => line.slice(line.lastIndexOf(`${path.basename(folder)}/`) + path.basename(folder).length + 1));
  return { code: status, errors: lines(stderr), warnings: lines(stdout) };
}

const WRONG = [
  'All but for one.', 'Rules of which one applies.', 'The schema and the names thereof.', 'It is open for certain.', 'It accepts whatever comes.', 'Whoever reads it.',
  'A file beside the plan.', 'It creates it anew.', 'It takes the id as given.', 'The name is said here.', 'The page says so.', 'It stands in a file.', 'The list holds ids.',
  'Somebody wants it.', 'It is for others.', 'The one is open, the other is closed.', 'It shall wait.', 'It is in the place of a rule.', 'An instance comes and goes.',
  'It knows of a rule.', 'It takes along an address.', 'This is meant.', 'What is open is closed.', 'Where ids are known, it works.', 'Of a list, pass the token.', 'It is for users.',
];

const MESSAGE = "throw new Error('the file beside the plan is wrong');";

test('each word is an error in Markdown, in comments and in messages, and code is no prose', () => {
  const found = lint({
    'wrong.md': WRONG.join('\n\n'),
    'table.md': '| what | why |\n|---|---|\n| the list holds ids | a `holds` |\n',
    'wrong.ts': `// It stands here.\nconst a = 1;\n/** Whether it is open. */\nconst b = 2;\n/**\n * The id.\n *\n * @default - as given\n */\n${MESSAGE}\n`,
    'right.md': 'The list contains ids.\n\n```sh\necho whatever\n```\n\n`whatever` is code. What does it do? A stand-in answers.\n',
    'right.ts': '/** True if `holds` is open. */\nconst beside = \'a holds\';\n',
  });
  expect(found.code).toBe(1);
  const of = (name: string) => found.errors.filter((line) => line.startsWith(`${name}:`)).map((line) => Number(line.split(':')[1]));
  expect(new Set(of('wrong.md'))).toEqual(new Set(WRONG.map((_, i) => 2 * i + 1)));
  expect(of('table.md')).toEqual([3]);
  expect(of('wrong.ts')).toEqual([1, 3, 8, 10]);
  expect([...of('right.md'), ...of('right.ts')]).toEqual([]);
});

test('a clean text passes, and long sentences and the passive voice are warnings', () => {
  const long = `The plan reads ${'one '.repeat(30)}list.`;
  const found = lint({ 'clean.md': `A short sentence.\n\n${long}\n\nThe rule was written by hand, and is deleted.\n` });
  expect(found).toMatchObject({ code: 0, errors: [] });
  expect(found.warnings).toEqual([
    expect.stringContaining('clean.md:3: warning: a sentence of 34 words'),
    expect.stringContaining('clean.md:5: warning: passive voice: written'),
    expect.stringContaining('clean.md:5: warning: passive voice: is deleted'),
  ]);
});

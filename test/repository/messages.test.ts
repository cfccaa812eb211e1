import * as ts from 'typescript';
import { Message, messages } from './messages';

const all = messages();
const KINDS: [kind: Message['kind'], title: string][] = [
  ['error', 'Errors of the program'],
  ['fix', 'Fixes of errors that several places have in common'],
  ['validation', 'Errors at synthesis'],
  ['condition', 'Errors at plan'],
  ['warning', 'Warnings'],
  ['finding', 'Findings of exposure rules'],
  ['command', 'Errors of the command'],
];

/** Returns the messages that lack a part. A fix stands for itself; the file name in front of an error of the command is its place. */
function incomplete(found: readonly Message[]): string[] {
  return found.filter(({ kind, hasPath, hasValue, hasFix }) => !hasPath || !hasFix || (!hasValue && kind !== 'fix' && kind !== 'command')).map(({ file, text }) => `${file}: ${text}`);
}

test('every message names its construct, its value and its fix', () => {
  expect(incomplete(all)).toEqual([]);
});

test.each([
  ['a fix', 'throw new ConstructError(this, { problem: `${name} must be short`, actual: value, remediation: \'it is too long\' });'],
  ['a value', 'throw new ConstructError(this, { problem: \'this is wrong\', remediation: \'remove it\' });'],
  ['a construct', 'refuseUnless(condition, template`the value ${id} is wrong here: remove it`);'],
])('a message without %s would be found', (_, code) => {
  const source = ts.createSourceFile('src/sample.ts', code, ts.ScriptTarget.Latest, true);
  expect(incomplete(messages(new Map([['src/sample.ts', source]])))).toHaveLength(1);
});

// All messages from top to bottom, for a reviewer: `npx jest test/repository/messages -u` writes a change.
test.each(KINDS)('%s messages are those of the reviewed list: %s', (kind) => {
  const texts = [...new Set(all.filter((message) => message.kind === kind).map(({ text }) => text))];
  expect(texts.length).toBeGreaterThan(2);
  expect(texts).toMatchSnapshot();
});

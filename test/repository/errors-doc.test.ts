import * as fs from 'node:fs';
import * as path from 'node:path';
import { TESTS_OF_ERROR_CODES } from './error-code-tests';
import { API_ERRORS } from '../../src/api/error-codes';

const ROOT = path.join(__dirname, '../..');
const STOPS = ['synth', 'plan', 'never', 'preflight', 'provider', 'API'];
const BEFORE_THE_API = ['synth', 'plan', 'never'];
/** Where a pipeline has the step between the plan and the apply. */
const BEFORE_THE_FIRST_WRITE = [...BEFORE_THE_API, 'preflight'];

interface Row {
  readonly code: string;
  readonly stops: string[];
  readonly by: string;
  readonly remediation: string;
}

const page = read('docs/errors.md');
const rows = section('## The codes').split('\n').filter((line) => line.startsWith('| `')).map(rowOf);

function read(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), 'utf8');
}

function section(heading: string): string {
  return page.split(`${heading}\n`)[1].split('\n## ')[0];
}

function rowOf(line: string): Row {
  const [code, stops, by, remediation] = line.split('|').slice(1, -1).map((cell) => cell.trim());
  return {
    code: code.replace(/`/g, ''),
    stops: stops.split(', '),
    by,
    remediation,
  };
}

/** The anchors that the page's headings have. */
const anchors = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => `#${heading.toLowerCase().replace(/[^\w -]/g, '').replace(/ /g, '-')}`);

test('every code has one row', () => {
  expect(rows.map(({ code }) => code)).toEqual(Object.keys(API_ERRORS));
});

test.each(rows)('the row of $code has where it is stopped, by what, and the fix', ({ code, stops, by, remediation }) => {
  expect(STOPS).toEqual(expect.arrayContaining(stops));
  expect(remediation).not.toBe('');
  const explained = [...`${by} ${remediation}`.matchAll(/\]\((#[^)]+)\)/g)].map(([, anchor]) => anchor);
  expect(anchors).toEqual(expect.arrayContaining(explained));
  const stoppedAt = stops.filter((stop) => BEFORE_THE_FIRST_WRITE.includes(stop));
  if (stoppedAt.length > 0) {
    expect(by).not.toBe('');
    expect(TESTS_OF_ERROR_CODES[code]?.length).toBeGreaterThanOrEqual(stoppedAt.length);
  }
  if (!stops.every((stop) => BEFORE_THE_API.includes(stop))) expect(explained).not.toEqual([]);
});

const tests = Object.entries(TESTS_OF_ERROR_CODES).flatMap(([code, named]) => named.map(([file, title]) => ({ code, file, title })));

test.each(tests)('$code: $file has a test "$title"', ({ code, file, title }) => {
  expect(rows.map((row) => row.code)).toContain(code);
  const literal = title.replace(/'/g, '\\\'');
  expect(read(file)).toMatch(new RegExp(`(test|passes|refuses)(\\.each\\([^]*?\\))?\\(\\s*'${literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}'`));
});

test('at least fifteen codes are stopped before any call of the API', () => {
  const stopped = rows.filter(({ stops }) => stops.every((stop) => BEFORE_THE_API.includes(stop)));
  expect(stopped.length).toBeGreaterThanOrEqual(15);
  expect(page).toContain(`${stopped.length} of the ${rows.length}`);
});

test('at least twenty codes are stopped before the first write', () => {
  const stopped = rows.filter(({ stops }) => stops.some((stop) => BEFORE_THE_FIRST_WRITE.includes(stop)));
  expect(stopped.length).toBeGreaterThanOrEqual(20);
  expect(page.replace(/\s+/g, ' ')).toContain(`${stopped.length} of the ${rows.length} are stopped before the first write`);
});

test.each(STOPS)('the number of codes at %s is the number of rows', (stop) => {
  const count = rows.filter(({ stops }) => stops.includes(stop)).length;
  expect(page).toMatch(new RegExp(`^\\| ${stop} \\|.*\\| ${count} \\|$`, 'm'));
});

// Input that somebody else chose: what is too large or too deep is refused in one line, and nothing acts where it is printed.
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { alicloudIpv6, MAIN, Run } from './command-line';
import { BANDWIDTH, bandwidth, change, planFile, planWith, RULE, rule } from './plans';
import { testFolder } from './test-folder';
import { code, columns, json, line, lines, oneLine } from '../src/text';

jest.setTimeout(120_000);

const folder = testFolder();
const { file } = folder;

const creates = (address: string, id = 'ipv6-a', more: object = {}) => change(address, ['create'], { after: bandwidth(id), ...more });
const PLAN = planWith({ changes: [creates(`${BANDWIDTH}.a`)] });
const REFUSES = ({ code: ended, output, errors }: Run) => [ended, output, errors.trim().split('\n').length];
// eslint-disable-next-line no-control-regex
const ACTING = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]|^\s*::|##\[/m;

describe('a plan of any size and depth', () => {
  /** Modules in modules, so many levels. */
  function nested(levels: number): string {
    const head = planWith({ changes: [creates(`${BANDWIDTH}.a`)] }).replace('"root_module":{}}}', '"root_module":');
    return `${head}${'{"module_calls":{"m":{"module":'.repeat(levels)}{}${'}}}'.repeat(levels)}}}`;
  }

  test('10,000 nested modules are refused, and 100 are read', async () => {
    const run = await alicloudIpv6(['exposure', file('deep.json', nested(10_000))]);
    expect([...REFUSES(run), run.errors]).toEqual([2, '', 1, expect.stringContaining('nests deeper than 500 levels, which is more than this command reads')]);
    expect(await alicloudIpv6(['exposure', file('plan.json', nested(100))])).toMatchObject({ code: 0, output: expect.stringContaining('opens 1') });
  });

  test('200,000 modules on one level are read', async () => {
    const child_modules = Array.from({ length: 200_000 }, (_, i) => ({ address: `module.m[${i}]` }));
    const plan = file('plan.json', planWith({ changes: [creates(`${BANDWIDTH}.a`)], prior_state: { values: { root_module: { child_modules } } } }));
    expect(await alicloudIpv6(['exposure', plan])).toMatchObject({ code: 0, output: expect.stringContaining('opens 1') });
  });

  test('brackets in a string do not count as nesting', async () => {
    const plan = planWith({ changes: [creates(`${BANDWIDTH}.a`)], variables: { a: { value: '[{"\\'.repeat(2_000) } } });
    expect((await alicloudIpv6(['exposure', '-'], { input: plan })).code).toBe(0);
  });

  test.each([1_000_000, 20_000_000])('an address of %d characters is refused', async (length) => {
    const run = await alicloudIpv6(['exposure', file('plan.json', planWith({ changes: [creates(`${BANDWIDTH}.a["${'x'.repeat(length)}"]`)] }))]);
    expect([...REFUSES(run), run.errors]).toEqual([2, '', 1, expect.stringMatching(/has an address of \d+ characters in resource_changes\[0\], and this command reads 10000: give a plan of Terraform\n$/)]);
  });

  test('a long key or id does not widen the other rows', async () => {
    const changes = Array.from({ length: 2_000 }, (_, i) => creates(i === 0 ? `${BANDWIDTH}.a["${'x'.repeat(9_000)}"]` : `${BANDWIDTH}.a["${i}"]`, i === 1 ? `ipv6-${'y'.repeat(1_000_000)}` : `ipv6-${i}`));
    for (const format of ['table', 'markdown', 'json']) {
      const run = await alicloudIpv6(['exposure', '--format', format, '-'], { input: planWith({ changes }) });
      expect([run.code, run.errors]).toEqual([0, '']);
      expect(run.output.length).toBeLessThan(5_000_000);
    }
  });

  test('a key of a million characters in a plan of 2,000 rows is refused', async () => {
    const plan = (length: number) => planWith({ changes: Array.from({ length: 2_000 }, (_, i) => creates(`${BANDWIDTH}.a["${i === 1_000 ? 'x'.repeat(length) : i}"]`, `ipv6-${i}`)) });
    const run = await alicloudIpv6(['exposure', '-'], { input: plan(1_000_000) });
    expect([...REFUSES(run), run.errors]).toEqual([2, '', 1, expect.stringContaining('in resource_changes[1000], and this command reads 10000: give a plan')]);
    expect(await alicloudIpv6(['exposure', '-'], { input: plan(9_000) })).toMatchObject({ code: 0, output: expect.stringContaining('opens 2000') });
  });

  test('a reference and an expression of 20 million characters prove nothing', async () => {
    const plan = (reference: string) => {
      const instance_id = { constant_value: `\${${reference}}`, references: [reference, `${BANDWIDTH}.a`] };
      return planWith({
        changes: [change(`${BANDWIDTH}.a`, ['create'], { after: bandwidth(undefined) }), change(`${RULE}.a`, ['create'], { after: rule(undefined) })],
        configuration: { root_module: { resources: [{ address: `${BANDWIDTH}.a`, expressions: {} }, { address: `${RULE}.a`, expressions: { instance_id } }] } },
      });
    };
    const run = (key: string) => alicloudIpv6(['exposure', file('plan.json', plan(`${BANDWIDTH}.a${key}.ipv6_address_id`))]);
    expect(await run(`["${'x'.repeat(20_000_000)}"]`)).toMatchObject({ code: 0, errors: '', output: expect.stringContaining('1 unproven') });
    expect(await run('')).toMatchObject({ code: 0, errors: '', output: expect.stringContaining('1 outbound only') });
  });

  test('200,000 backticks are code in Markdown', async () => {
    const run = await alicloudIpv6(['exposure', '--format', 'markdown', '-'], { input: planWith({ changes: [creates(`${BANDWIDTH}.a`, '` '.repeat(200_000)), creates(`${BANDWIDTH}.b`, 'ipv6-b')] }) });
    expect([run.code, run.errors]).toEqual([0, '']);
    expect(run.output.split('\n').filter((row) => row.includes('`ipv6-b`'))).toHaveLength(1);
    expect(run.output.length).toBeLessThan(65_536);
  });

  test('long rows that do not fit into a comment hide no later rows', async () => {
    const long = Array.from({ length: 30 }, (_, i) => creates(`${BANDWIDTH}.a["${i}${'x'.repeat(3_000)}"]`, `ipv6-${i}${'x'.repeat(3_000)}`));
    const { output } = await alicloudIpv6(['exposure', '--format', 'markdown', '-'], { input: planWith({ changes: [...long, creates(`${BANDWIDTH}.b`, 'ipv6-b'), creates(`${BANDWIDTH}.c`, 'ipv6-c')] }) });
    expect(output).toMatch(/and \d\d more addresses/);
    expect(output.match(/^\| \*\*opens\*\* \| `ipv6-[bc]` /gm)).toHaveLength(2);
    expect(output.length).toBeLessThan(65_536);
  });

  test('a future action is ignored for another resource, and refused for a resource of the provider', async () => {
    const other = { address: 'other.a', mode: 'managed', type: 'other', name: 'a', change: { actions: ['renew'] } };
    const [read, refused] = [[other], [{ ...other, type: BANDWIDTH }]].map((changes) => planWith({ changes: [creates(`${BANDWIDTH}.a`), ...changes] }));
    expect(await alicloudIpv6(['exposure', '-'], { input: read })).toMatchObject({ code: 0, output: expect.stringContaining('opens 1') });
    expect(await alicloudIpv6(['exposure', '-'], { input: refused })).toMatchObject({ code: 2, errors: expect.stringContaining('resource_changes[1].change.actions is of another form') });
  });
});

describe('a text with control characters or commands', () => {
  const HOSTILE = '\u001b[31m\n::error::x\r\n\u202e\u2028##[error]x';

  test.each<[string, string, string[]]>([
    ['the format of a plan', planWith({ changes: [], format_version: `9.${HOSTILE}` }), []],
    ['the name of a file', PLAN, ['--rules', `/nonexistent/${HOSTILE}`]],
  ])('in %s is printed in one line', async (_, input, args) => {
    const { code: ended, errors } = await alicloudIpv6(['exposure', ...args, '-'], { input });
    expect(ended).toBe(2);
    expect(errors).not.toMatch(ACTING);
    expect(errors.trim().split('\n')).toHaveLength(1);
    expect(errors).toContain('\\u{1b}[31m\\u{a}::error::x');
  });

  test.each<[string, object]>([
    ['the id of a rule', { format: 1, rules: [{ id: HOSTILE }] }], ['the format of the rules', { format: HOSTILE, rules: [] }],
    ['the name of a stack', { format: 1, stacks: { [HOSTILE]: { path: 'a', rules: [] }, other: {} } }],
  ])('in %s is printed in one line', async (_, rules) => {
    const { code: ended, errors } = await alicloudIpv6(['exposure', '--rules', file('rules.json', JSON.stringify(rules)), '-'], { input: PLAN });
    expect(ended).toBe(2);
    expect(errors).not.toMatch(ACTING);
    expect(errors.trim().split('\n')).toHaveLength(1);
  });

  test('in a plan has no effect in any command and format', async () => {
    const input = planWith({ changes: [creates(`${BANDWIDTH}.a["${'k'}"]`, HOSTILE)] }).replaceAll('[\\"k\\"]', `[\\"${JSON.stringify(HOSTILE).slice(1, -1)}\\"]`);
    for (const args of [['exposure'], ['exposure', '--format', 'markdown'], ['exposure', '--json'], ['preflight', '--endpoint', 'http://127.0.0.1:1'], ['import', '--json', '--endpoint', 'http://127.0.0.1:1'], ['import']]) {
      const { output, errors } = await alicloudIpv6([...args, '-'], { input });
      expect(output).toContain('error');
      expect(output + errors).not.toMatch(ACTING);
      if (args.includes('--json')) expect(JSON.stringify(JSON.parse(output))).toContain('\u202e\u2028##[error]x');
    }
  });
});

describe('making a text printable', () => {
  test('escapes invisible characters, and shortens long texts', () => {
    expect(oneLine('a\u001b\n\u202e\u{e0001}ü漢')).toBe('a\\u{1b}\\u{a}\\u{202e}\\u{e0001}ü漢');
    expect(oneLine('##[x]')).toBe('#\\u{23}[x]');
    expect(oneLine('x'.repeat(5_000))).toBe(`${'x'.repeat(4_000)}… (5000 characters)`);
    expect(oneLine('x'.repeat(4_000))).toBe('x'.repeat(4_000));
  });

  test('keeps the text of a template, and prints its values in one line', () => {
    expect(line`a\n${'b\n'}${1}${undefined}c`).toBe('a\nb\\u{a}1c');
    expect(lines('a\n\u001bb')).toBe('a\n\\u{1b}b');
  });

  test('writes JSON with the same values', () => {
    const value = { 'a\u202e': ['\u2028', '##[x]', '\u{e0001}', 'ü漢😀', '\ud800'] };
    expect(JSON.parse(json(value))).toEqual(value);
    expect(json(value)).not.toMatch(ACTING);
    expect(json(value)).toContain('ü漢😀');
  });

  test('fences code with more backticks than it contains in a row', () => {
    expect(code('a``b')).toBe('```a``b```');
    expect(code('`'.repeat(3))).toBe(`\`\`\`\` ${'`'.repeat(3)} \`\`\`\``);
    expect(code('')).toBe('');
  });

  test('limits the width of a column', () => {
    expect(columns([['a', 'b'], ['x'.repeat(400), 'y'.repeat(400)], ['', 'z']]).split('\n').map(({ length }) => length)).toEqual([304, 703, 304]);
  });
});

test('only a Text is printed: few files print, and fewer create a Text', () => {
  const source = path.join(__dirname, '../src');
  const filesWith = (pattern: RegExp) => fs.readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && pattern.test(fs.readFileSync(path.join(source, name), 'utf8')));
  expect(filesWith(/console\.|process\.std(out|err)\.write/)).toEqual(['asking.ts', 'output.ts']);
  expect(filesWith(/ as Text\b|<Text>/).sort()).toEqual(['formats/github.ts', 'formats/junit.ts', 'formats/markdown.ts', 'text.ts']);
});

describe('a folder', () => {
  const zip = Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(26), Buffer.from('tfplan')]);

  test('may contain a link to the plan file, which is accepted too, and broken links', async () => {
    file('elsewhere/planned', zip);
    fs.mkdirSync(path.join(folder.path, 'stack'));
    fs.symlinkSync('../elsewhere/planned', path.join(folder.path, 'stack/plan'));
    fs.symlinkSync('nowhere', path.join(folder.path, 'stack/broken'));
    const program = file('show', `#!/bin/sh\n[ "$*" = "show -json -no-color plan" ] && cat <<'END'\n${PLAN}\nEND\n`);
    fs.chmodSync(program, 0o755);
    for (const source of ['stack', 'stack/plan']) {
      expect(await alicloudIpv6(['exposure', path.join(folder.path, source)], { env: { TERRAFORM_BINARY_NAME: program } })).toMatchObject({ code: 0, output: expect.stringContaining('opens 1') });
    }
    expect(await alicloudIpv6(['exposure', path.join(folder.path, 'stack/broken')])).toMatchObject({ code: 2, errors: expect.stringContaining('does not exist') });
  });
});

describe('output that cannot be written', () => {
  const full = fs.existsSync('/dev/full');

  (full ? test : test.skip).each(['exposure', 'exposure --json', 'preflight', 'import', '--help'])('%s ends with 2 on a full disk', (args) => {
    const words = [...args.split(' '), ...(args === '--help' ? [] : [planFile('known-after-apply')])];
    const run = (stdout: string) => {
      const to = fs.openSync(stdout, 'w');
      try {
        return spawnSync(process.execPath, [MAIN, ...words], { stdio: ['ignore', to, 'pipe'], encoding: 'utf8', env: { PATH: process.env.PATH, ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true' } });
      } finally {
        fs.closeSync(to);
      }
    };
    expect(run('/dev/full')).toMatchObject({ status: 2, stderr: 'alicloud-ipv6: the output cannot be written (ENOSPC)\n' });
    expect(run('/dev/null')).toMatchObject({ status: 0, stderr: '' });
  });

  test.each([['nothing', [], 0], ['something', [{ id: 'Ipv6EgressOnlyRequired' }], 1]])('because its reader stopped ends with the usual code if the rules forbid %s', (_, rules, ended) => {
    const rulesFile = file('rules.json', JSON.stringify({ format: 1, rules }));
    // The plan is large enough to fill the pipe.
    const plan = file('plan.json', planWith({ changes: Array.from({ length: 2_000 }, (__, i) => creates(`${BANDWIDTH}.a["${i}"]`, `ipv6-${i}`)) }));
    const { status, stdout, stderr } = spawnSync('bash', ['-c', `"${process.execPath}" "${MAIN}" exposure --json --rules "${rulesFile}" "${plan}" | head -c 1; exit \${PIPESTATUS[0]}`], { encoding: 'utf8' });
    expect([status, stdout, stderr]).toEqual([ended, '{', '']);
  });
});

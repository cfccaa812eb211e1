import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import { temporaryFolder } from '../synth';

const root = path.join(__dirname, '../..');
const program = fs.readFileSync(path.join(root, 'examples/fleet/main.ts'), 'utf8');
const pages = Object.fromEntries(['review-exposure', 'forbid-inbound', 'pipeline-permissions', 'rules']
  .map((name) => [name, fs.readFileSync(path.join(root, 'docs', `${name}.md`), 'utf8')]));

/** Runs a program as its reader would, into a folder of its own. */
function run(text: string, env: Record<string, string> = {}): string {
  const before = { ...process.env };
  const folder = temporaryFolder();
  Object.assign(process.env, { CDKTF_OUTDIR: folder }, env);
  try {
    const { outputText } = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
    new Function('require', 'exports', outputText)((name: string) => jest.requireActual(name === 'cdktf-alicloud-ipv6' ? '../../src' : name), {});
    return folder;
  } finally {
    process.env = before;
  }
}

function written(folder: string, name: string): string {
  return fs.readFileSync(path.join(folder, name), 'utf8');
}

/** The fenced block behind a marker. */
function block(page: string, marker: string): string {
  return new RegExp(`<!-- ${marker} -->\\n\`\`\`\\w+\\n([^]*?)\`\`\``).exec(pages[page])![1];
}

function linesWith(text: string): string {
  return program.split('\n').filter((line) => line.includes(text)).map((line) => `${line.trim()}\n`).join('');
}

test('the page shows the report of the fleet', () => {
  expect(/<!-- report -->\n([^]*?)<!-- \/report -->/.exec(pages['review-exposure'])![1]).toBe(`\n${written(run(program), 'ipv6-exposure.md')}\n`);
});

test('the page shows the policy of the fleet', () => {
  expect(block('pipeline-permissions', 'policy')).toBe(written(run(program), 'ipv6-exposure.ram-policy.json'));
});

test('two reports of the fleet have the same bytes', () => {
  const [one, other] = [run(program), run(program)];
  for (const name of ['ipv6-exposure.json', 'ipv6-exposure.md', 'ipv6-exposure.ram-policy.json']) expect(written(one, name)).toBe(written(other, name));
});

test('without its acknowledgements, the fleet fails as the page shows, with each finding once', () => {
  const open = program.split('\n').filter((line) => !line.includes('acknowledge(')).join('\n');
  expect(open).not.toBe(program);
  const folder = temporaryFolder();
  const file = path.join(folder, 'main.ts');
  fs.writeFileSync(file, open.replace('\'cdktf-alicloud-ipv6\'', JSON.stringify(path.join(root, 'src'))).replace('\'cdktf\'', JSON.stringify(require.resolve('cdktf'))));
  const { status, stderr } = spawnSync(process.execPath, ['--require', require.resolve('ts-node/register/transpile-only'), file], {
    cwd: folder, encoding: 'utf8', env: { ...process.env, CDKTF_OUTDIR: path.join(folder, 'cdktf.out'), TS_NODE_PROJECT: path.join(root, 'tsconfig.json') },
  });
  expect(status).toBe(1);
  const shown = block('forbid-inbound', 'finding').split('\n').slice(1).join('\n');
  expect(stderr).toContain(shown);
  expect(stderr.match(/Ipv6EgressOnlyRequired: /g)).toHaveLength(shown.match(/Ipv6EgressOnlyRequired: /g)!.length);
});

test('the lines that the pages quote of the fleet are in its program', () => {
  expect(block('forbid-inbound', 'acknowledge')).toBe(linesWith('acknowledge('));
  expect(block('forbid-inbound', 'rules')).toBe(linesWith('Ipv6ExposureRules.addTo('));
  expect(block('pipeline-permissions', 'program')).toBe(linesWith('Ipv6ExposureReport.addTo('));
  expect(pages.rules).toContain(linesWith('acknowledge('));
  expect(pages.rules).toContain(linesWith('Ipv6ExposureRules.addTo('));
});

test('the page shows the contents of the rules file', () => {
  const shape = ({ format, stacks }: any) => {
    const [{ rules: [rule], constructs, acknowledgements: [acknowledgement], ...stack }] = Object.values<any>(stacks);
    const addresses = Object.keys(constructs).filter((address) => /^alicloud_vpc_ipv6_internet_bandwidth\.\w/.test(address));
    return { format, stack: Object.keys(stack), rule: Object.keys(rule), acknowledgement: Object.keys(acknowledgement), named: addresses.length > 0 };
  };
  expect(shape(JSON.parse(block('rules', 'file')))).toEqual(shape(JSON.parse(written(run(program), 'ipv6-exposure-rules.json'))));
});

test('the pipeline\'s check of the report fails for a report that was never committed, and for one that changed', () => {
  const folder = temporaryFolder();
  const check = /^test -z .*$/m.exec(pages['review-exposure'])![0];
  const sh = (command: string) => spawnSync('sh', ['-c', command], { cwd: folder, env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' } }).status;
  const commit = () => sh('git add -A && git -c user.name=test -c user.email=test@example.com commit -qm report');
  expect(sh('git init -q && mkdir docs && echo one > docs/ipv6-exposure.md')).toBe(0);
  expect(sh(check)).toBe(1);
  expect([commit(), sh(check)]).toEqual([0, 0]);
  expect(sh('echo two > docs/ipv6-exposure.md')).toBe(0);
  expect(sh(check)).toBe(1);
});


test('each page that offers egressOnly: true states that inbound is open for seconds', () => {
  const read = (name: string) => fs.readFileSync(path.join(root, name), 'utf8').replace(/\s*\n[\s*]*/g, ' ');
  for (const name of ['README.md', 'docs/forbid-inbound.md', 'docs/review-exposure.md', 'API.md', 'src/ipv6-internet-bandwidth-options.ts']) {
    expect([name, /closes inbound within seconds of the purchase/.test(read(name))]).toEqual([name, true]);
  }
});

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { alicloudIpv6 } from './command-line';
import { BANDWIDTH, bandwidth, change, planFile, planWith, RULE, rule } from './plans';
import { testFolder } from './test-folder';

jest.setTimeout(60_000);

const folder = testFolder();
const { file } = folder;

const PLAN = planWith({ changes: [change(`${BANDWIDTH}.a`, ['create'], { after: bandwidth('ipv6-a') })] });

test('shows in a table the addresses that a plan opens, closes and keeps, the opened ones first', async () => {
  const { code, output, errors } = await alicloudIpv6(['exposure', planFile('for-each-and-modules')]);
  expect([code, errors]).toEqual([0, '']);
  const lines = output.split('\n');
  expect(lines[0]).toContain('opens 3, closes 2; after the apply 3 open, 0 unproven, 5 outbound only');
  expect(lines.slice(3).map((line) => line.split(' ')[0])).toEqual(['opens', 'opens', 'opens', 'closes', 'closes', 'adds', 'unchanged', 'unchanged', '']);
  expect(output).toMatch(/unchanged +ipv6-00000007 +outbound only +outbound only +10 to 20 +PayByBandwidth/);
});

test('shows the same in Markdown and in JSON, for several plans', async () => {
  const plans = [planFile('for-each-and-modules'), planFile('only-a-target')];
  const markdown = await alicloudIpv6(['exposure', '--format', 'markdown', ...plans]);
  expect(markdown.output.match(/^### IPv6 exposure/gm)).toHaveLength(2);
  expect(markdown.output.match(/^\| \*\*opens\*\* \|/gm)).toHaveLength(4);
  expect(markdown.output).toContain('The plan is not complete');
  const json = JSON.parse((await alicloudIpv6(['exposure', '--json', ...plans])).output);
  expect(json.results.map(({ complete, addresses }: any) => [complete, addresses.length])).toEqual([[true, 8], [false, 3]]);
  expect(json.results[0].addresses[0]).toMatchObject({ address: 'ipv6-00000005', effect: 'opens', after: { inbound: 'open', mbps: 10, chargeType: 'PayByBandwidth' }, resources: [`${BANDWIDTH}.fleet["a"]`] });
});

test.each([['-', PLAN], ['- in UTF-16, as PowerShell writes', Buffer.from(`\ufeff${PLAN}`, 'utf16le')], ['- with a mark in front', `\ufeff${PLAN}`]])('reads %s', async (_, input) => {
  const { code, output } = await alicloudIpv6(['exposure', '-'], { input });
  expect(code).toBe(0);
  expect(output).toContain('standard input: opens 1');
});

test('shows the addresses of a state', async () => {
  const resources = [
    { address: `${BANDWIDTH}.a`, type: BANDWIDTH, name: 'a', mode: 'managed', values: bandwidth('ipv6-a') },
    { address: `${BANDWIDTH}.b`, type: BANDWIDTH, name: 'b', mode: 'managed', values: bandwidth('ipv6-b') },
    { address: `${RULE}.a`, type: RULE, name: 'a', mode: 'managed', values: rule('ipv6-a') },
  ];
  const { code, output } = await alicloudIpv6(['exposure', '-'], { input: JSON.stringify({ format_version: '1.0', values: { root_module: { resources } } }) });
  expect(code).toBe(0);
  expect(output).toContain('standard input: 1 open, 0 unproven, 1 outbound only');
  expect(output).toMatch(/unchanged +ipv6-b +open +open/);
});

test('ends with 1 for a finding of a rule, and warns of an acknowledgement that matches nothing', async () => {
  const rules = (acknowledgements: object[]) => file('rules.json', JSON.stringify({ format: 1, rules: [{ id: 'Ipv6EgressOnlyRequired' }], acknowledgements }));
  const at = (name: string) => ({ ruleId: 'Ipv6EgressOnlyRequired', path: `${BANDWIDTH}.${name}`, reason: 'serves the shop' });
  const forbidden = await alicloudIpv6(['exposure', '--rules', rules([at('gone')]), '-'], { input: PLAN });
  expect(forbidden.code).toBe(1);
  expect(forbidden.output).toMatch(/^forbidden: Ipv6EgressOnlyRequired: .*\.a: the Internet can open connections/m);
  expect(forbidden.output).toMatch(/^warning: Ipv6EgressOnlyRequired: .*\.gone: the acknowledgement matches no finding/m);
  const acknowledged = await alicloudIpv6(['exposure', '--rules', rules([at('a')]), '-'], { input: PLAN });
  expect(acknowledged.code).toBe(0);
  expect(acknowledged.output).toMatch(/^acknowledged: Ipv6EgressOnlyRequired: .*: serves the shop$/m);
});

test('names public IPv6 that it does not check', async () => {
  const input = planWith({ changes: [change('alicloud_ga_ip_set.a', ['create'], { after: { ip_version: 'IPv6' } })] });
  expect((await alicloudIpv6(['exposure', '-'], { input })).output).toContain('Public IPv6 that is not checked: alicloud_ga_ip_set.a');
});

describe('a file that is no plan produces one line and exit code 2', () => {
  const hostile = (json: object) => JSON.stringify({ ...JSON.parse(PLAN), ...json });
  test.each<[string, string | Buffer, string]>([
    ['empty', '', 'is empty'],
    ['blank', ' \n', 'is empty'],
    ['truncated', PLAN.slice(0, -30), 'is not valid JSON, and may have been cut off: write it again'],
    ['text', 'Terraform will perform the following actions', 'is not JSON'],
    ['a list', '[]', 'is not a plan that this command can read'],
    ['null', 'null', 'is not a plan that this command can read'],
    ['other JSON', '{"a":1}', 'is JSON, but not a plan: give what `terraform show -json PLANFILE` prints'],
    ['a schema', '{"format_version":"1.0","provider_schemas":{}}', 'is JSON, but not a plan: give what'],
    ['the log of a plan', '{"@level":"info","@message":"Terraform 1.11.4"}\n{"@level":"info"}', 'is the log of `terraform plan -json`'],
    ['a binary plan', Buffer.from('PK\u0003\u0004\u0014\u0000\u0008\u0000tfplan'), 'is a binary plan file'],
    ['bytes', Buffer.from([0x80, 0xff, 0x00, 0x01]), 'is not JSON'],
    ['an old format', hostile({ format_version: '0.2' }), 'is a plan of format 0.2'],
    ['an unknown format', hostile({ format_version: '2.0' }), 'is a plan of format 2.0'],
    ['a plan with an error', hostile({ errored: true }), 'ended in an error'],
    ['changes that are not a list', hostile({ resource_changes: {} }), '(resource_changes is of another form)'],
    ['a change that is not an object', hostile({ resource_changes: [null] }), '(resource_changes[0] is of another form)'],
    ['a change without actions', hostile({ resource_changes: [{ address: `${BANDWIDTH}.b`, type: BANDWIDTH, change: {} }] }), 'resource_changes[0].change.actions is of another form'],
    ['an unknown action', hostile({ resource_changes: [{ address: `${BANDWIDTH}.b`, type: BANDWIDTH, change: { actions: ['open'] } }] }), 'resource_changes[0].change.actions is of another form'],
    ['a configuration that is not an object', hostile({ configuration: [] }), '(configuration is of another form)'],
    ['a deep nest', '['.repeat(200_000), 'nests deeper than 500 levels'],
  ])('%s', async (_, content, message) => {
    const plan = file('plan.json', content);
    const { code, output, errors } = await alicloudIpv6(['exposure', plan]);
    expect(errors).toMatch(`alicloud-ipv6: ${plan} `);
    expect(errors).toContain(message);
    expect(errors.trim().split('\n')).toHaveLength(1);
    expect([code, output]).toEqual([2, '']);
    expect(await alicloudIpv6(['preflight', plan])).toEqual({ code: 2, output: '', errors });
  });

  test.each([
    ['a state file', '{"version":4,"serial":1,"lineage":"a","resources":[]}', 'is a state file'],
    ['a shown state', '{"format_version":"1.0","terraform_version":"1.11.4","values":{}}', undefined],
    ['a shown state without resources', '{"format_version":"1.0"}', undefined],
  ])('%s, for preflight', async (_, content, message) => {
    const state = file('state.json', content);
    expect(await alicloudIpv6(['preflight', state])).toMatchObject({ code: 2, errors: expect.stringContaining('is a state, not a plan') });
    expect(await alicloudIpv6(['exposure', state])).toMatchObject(message === undefined
      ? { code: 0, output: expect.stringContaining('no IPv6 address has Internet bandwidth') } : { code: 2, errors: expect.stringContaining(message) });
  });

  test.each([
    ['a missing file', ['exposure', '/nonexistent/plan.json'], 'does not exist'],
    ['no plan', ['exposure'], 'missing required argument'],
    ['an unknown option', ['exposure', '--rulez', 'a', '-'], 'unknown option'],
    ['an unknown output format', ['exposure', '--format', 'html', '-'], 'Allowed choices are table, markdown, json'],
    ['an unknown command', ['expose'], 'unknown command'],
    ['an invalid --parallel', ['preflight', '--parallel', '0', '-'], 'whole number'],
    ['a region that is a host', ['preflight', '--region', 'example.com/', '-'], '--region must be the id of a region'],
    ['an invalid endpoint', ['preflight', '--endpoint', 'a b', '-'], '--endpoint must be a host'],
    ['an endpoint without TLS', ['preflight', '--endpoint', 'http://vpc.aliyuncs.com', '-'], 'on this machine only'],
    ['an endpoint without TLS that resembles this machine', ['preflight', '--endpoint', 'http://localhost.example.com', '-'], 'on this machine only'],
  ])('%s', async (_, args, message) => {
    const { code, output, errors } = await alicloudIpv6(args, { input: PLAN });
    expect(errors).toContain(message);
    expect([code, output]).toEqual([2, '']);
  });
});

test('shows its version', async () => {
  expect((await alicloudIpv6(['--version'])).output).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('shows its help, and ends with 0', async () => {
  for (const args of [['--help'], ['exposure', '--help'], ['preflight', '--help']]) {
    const { code, output } = await alicloudIpv6(args);
    expect(code).toBe(0);
    expect(output).toMatch(/Usage: alicloud-ipv6/);
  }
});

describe('a value of a plan is printed as text', () => {
  const NAME = '"a|b`c``\u001b[31m\n@team <img src=x> \u202e]\\"';
  const hostile = planWith({ changes: [change(`${BANDWIDTH}.a[${JSON.stringify(NAME)}]`, ['create'], { after: bandwidth(`ipv6-|\`${NAME}`, { internet_charge_type: '@all | `x`' }) })] });

  test('in Markdown', async () => {
    const { output } = await alicloudIpv6(['exposure', '--format', 'markdown', '-'], { input: hostile });
    const row = output.split('\n').find((line) => line.startsWith('| **opens**'))!;
    expect(row.split(/(?<!\\)\|/)).toHaveLength(11);
    // Outside of inline code there is nothing of the plan.
    const outside = row.replace(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, '');
    expect(outside).not.toMatch(/@|<|`|a/);
    // eslint-disable-next-line no-control-regex
    expect(output).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  test('in a table', async () => {
    const { output } = await alicloudIpv6(['exposure', '-'], { input: hostile });
    expect(output.trim().split('\n')).toHaveLength(4);
    // eslint-disable-next-line no-control-regex
    expect(output).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(output).toContain('\\u{1b}[31m\\u{a}@team');
  });

  test('with keys of JavaScript objects', async () => {
    const changes = ['__proto__', 'constructor', 'toString'].map((key) => change(`${BANDWIDTH}.a[${JSON.stringify(key)}]`, ['create'], { after: bandwidth(`ipv6-${key}`) }));
    const plan = planWith({ changes }).replace('"expressions":{', '"__proto__":{"expressions":{}},"expressions":{');
    expect((await alicloudIpv6(['exposure', '-'], { input: plan })).output).toContain('opens 3');
  });

  test('and is unknown if its type differs from the provider\'s', async () => {
    const after = { ipv6_address_id: { toString: 1 }, bandwidth: '10', internet_charge_type: [1], ipv6_gateway_id: 5 };
    const { code, output } = await alicloudIpv6(['exposure', '-'], { input: planWith({ changes: [change(`${BANDWIDTH}.a`, ['create'], { after }), change(`${RULE}.a`, ['create'], { after: rule('ipv6-a') })] }) });
    expect(code).toBe(0);
    expect(output).toMatch(/opens +known after apply +no bandwidth +unproven \(counts as open\): the plan does not show.* known after apply +known after apply/);
  });
});

test('a comment with many addresses is not longer than GitHub accepts, and shows the address that opens', async () => {
  const changes = Array.from({ length: 3_000 }, (_, i) => change(`${BANDWIDTH}.a["${i}"]`, i === 2_999 ? ['create'] : ['no-op'], {
    before: i === 2_999 ? undefined : bandwidth(`ipv6-${i}`), after: bandwidth(`ipv6-${i}`),
  }));
  const { output } = await alicloudIpv6(['exposure', '--format', 'markdown', '-'], { input: planWith({ changes }) });
  expect(output.length).toBeLessThan(65_536);
  expect(output).toContain('| **opens** | `ipv6-2999` |');
  expect(output).toMatch(/and \d+ more addresses: `--json` shows all/);
});

test('shows the construct of the synthesized stack next to the plan, without its child Resource', async () => {
  const plan = file('stacks/web/plan.json', planWith({
    changes: [change(`${BANDWIDTH}.a`, ['create'], { after: bandwidth('ipv6-a') }), change(`module.m.${BANDWIDTH}.a`, ['create'], { after: bandwidth('ipv6-b') })],
  }));
  const metadata = (at: string) => ({ '//': { metadata: { path: at } } });
  file('stacks/web/cdk.tf.json', JSON.stringify({ resource: { [BANDWIDTH]: { a: metadata('web/A/Resource') } }, module: { m: metadata('web/Module') } }));
  const { results: [{ addresses }] } = JSON.parse((await alicloudIpv6(['exposure', '--json', plan])).output);
  expect(addresses.map(({ constructPath }: any) => constructPath)).toEqual(['web/A', 'web/Module']);
});

describe('a folder', () => {
  test('without a plan file, or with several', async () => {
    expect((await alicloudIpv6(['exposure', folder.path])).errors).toContain('is a folder without a plan file');
    for (const name of ['one', 'two']) file(name, Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(26), Buffer.from('tfplan')]));
    expect(await alicloudIpv6(['exposure', folder.path])).toMatchObject({ code: 2, errors: expect.stringContaining('is a folder with several plan files (one, two') });
  });

  test('is shown by the program that TERRAFORM_BINARY_NAME names', async () => {
    file('plan', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(26), Buffer.from('tfplan')]));
    const program = file('bin/show', `#!/bin/sh\n[ "$*" = "show -json -no-color plan" ] && cat <<'END'\n${PLAN}\nEND\n`);
    fs.chmodSync(program, 0o755);
    expect(await alicloudIpv6(['exposure', folder.path], { env: { TERRAFORM_BINARY_NAME: program } })).toMatchObject({ code: 0, output: expect.stringContaining('opens 1') });
    expect(await alicloudIpv6(['exposure', folder.path], { env: { TERRAFORM_BINARY_NAME: '/nonexistent/tofu' } })).toMatchObject({
      code: 2, errors: expect.stringContaining('needs /nonexistent/tofu, which cannot be run'),
    });
    fs.writeFileSync(program, '#!/bin/sh\necho "Error: Failed to read plan\u001b[0m" >&2\necho "secret" >&2\nexit 1\n');
    expect(await alicloudIpv6(['exposure', folder.path], { env: { TERRAFORM_BINARY_NAME: program } })).toMatchObject({
      code: 2, errors: expect.stringMatching(/could not be shown by .* \(Failed to read plan\\u\{1b\}\[0m\): run it in the folder of the plan, and give its output\n$/),
    });
  });
});

test('ends without an error if its reader closes the pipe', () => {
  const out = execFileSync('sh', ['-c', `"${process.execPath}" lib/cli/src/main.js exposure --json ${planFile('for-each-and-modules')} | head -c 1`], { cwd: path.join(__dirname, '..'), stdio: ['ignore', 'pipe', 'pipe'] });
  expect(out.toString()).toBe('{');
});

// Each format is read by a parser that is not this project's.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import Ajv04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import { alicloudIpv6 } from './command-line';
import { BANDWIDTH, bandwidth, change, planFile, planWith, RULE, rule } from './plans';
import { testFolder } from './test-folder';
import { report, Unjudged } from '../src/exposure-report';
import { exposureGithub } from '../src/formats/github';
import { exposureJson } from '../src/formats/json';
import { exposureJunit } from '../src/formats/junit';
import { exposureMarkdown } from '../src/formats/markdown';
import { exposureSarif } from '../src/formats/sarif';
import { Plan } from '../src/plan';
import { planExposure } from '../src/plan-exposure';
import { RulesFile } from '../src/rules-file';

jest.setTimeout(120_000);

// The version is in the file of the package, which is elsewhere for the compiled command.
jest.mock('../src/asking', () => ({ version: () => '1.2.3' }));

const schema = (name: string) => JSON.parse(fs.readFileSync(path.join(__dirname, name), 'utf8'));
const sarifSchema = addFormats(new Ajv04({ strict: false })).compile(schema('schemas/sarif-schema-2.1.0.json'));
const jsonSchema = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema('../schema/exposure.schema.json'));

/** What a parser makes of a text. */
function parsed(parser: 'junit' | 'markdown', text: string): any {
  return JSON.parse(execFileSync(process.execPath, [path.join(__dirname, 'parsers.mjs'), parser], { input: text, maxBuffer: 100_000_000 }).toString());
}

const folder = testFolder();
const { file } = folder;

const EGRESS_ONLY = { id: 'Ipv6EgressOnlyRequired' };
const create = (address: string, after: Readonly<Record<string, unknown>>) => change(address, ['create'], { after });
const OPEN = create(`${BANDWIDTH}.a`, bandwidth('ipv6-a'));
const ACKNOWLEDGED = create(`${BANDWIDTH}.shop`, bandwidth('ipv6-shop'));
const CLOSED = [change(`${BANDWIDTH}.b`, ['no-op'], { before: bandwidth('ipv6-b'), after: bandwidth('ipv6-b') }), change(`${RULE}.b`, ['no-op'], { before: rule('ipv6-b'), after: rule('ipv6-b') })];
const BALANCER = create('alicloud_ga_ip_set.x', { ip_version: 'IPv6' });

/** A plan with a finding of each kind, and its rules: forbidden, acknowledged, a warning, an unused acknowledgement. */
function everything(): [string, string] {
  const rules = file('rules.json', {
    format: 1,
    rules: [EGRESS_ONLY, { id: 'Ipv6BandwidthPerGateway', limit: 20, severity: 'warning' }],
    acknowledgements: [
      { ruleId: 'Ipv6EgressOnlyRequired', path: `${BANDWIDTH}.shop`, reason: 'serves the "shop" & <more>' },
      { ruleId: 'Ipv6EgressOnlyRequired', path: `${BANDWIDTH}.gone`, reason: 'it was' },
    ],
  });
  return [rules, file('plan.json', planWith({ changes: [OPEN, ACKNOWLEDGED, BALANCER, ...CLOSED], complete: false }))];
}

/** An input as the command reads it, from changes. */
function input(changes: readonly object[], more: Partial<Unjudged> = {}): Unjudged {
  const place = ({ address, configAddress }: { address: string; configAddress: string }) => ({ path: configAddress, subject: address });
  const rules = RulesFile.parse(JSON.stringify({ format: 1, rules: [EGRESS_ONLY] })).ofStack(undefined, undefined);
  return {
    name: 'plan.json',
    file: '/nowhere/plan.json',
    kind: 'plan',
    isIncomplete: false,
    lineOf: () => undefined,
    exposure: planExposure(Plan.parse(planWith({ changes })), { placeOf: place }),
    ...rules,
    ...more,
  };
}

/** Names that try to be something else. */
const hostile = fc.oneof(
  fc.constantFrom('a|b', 'a\\|b', 'a\\\\|b', '`|`', '``` |\n\n# h', '\\', '`', ' ` ', '|', '@team', '<img src=x>', '</details>', '--> x', '::error::x', '%0A::error::x', ']]>', '"><failure>', '\u0000\ufffe\uffff\u202e'),
  fc.string({ unit: fc.constantFrom('|', '\\', '`', ' ', '\n', 'a', '<', '&', '*', ']', ':', '%'), maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

const hostilePlan = (name: string) => [
  change(`${BANDWIDTH}.a[${JSON.stringify(name)}]`, ['create'], { after: bandwidth(name || 'ipv6-a', { internet_charge_type: name, ipv6_gateway_id: name }) }),
  ...CLOSED,
];

describe('SARIF', () => {
  async function sarif(...args: string[]): Promise<any> {
    const { output, errors } = await alicloudIpv6(['exposure', '--format', 'sarif', ...args]);
    expect(errors).toBe('');
    const log = JSON.parse(output);
    expect([sarifSchema(log), sarifSchema.errors]).toEqual([true, null]);
    return log.runs[0];
  }

  test('the schema refuses other JSON', () => {
    expect(sarifSchema({ version: '2.1.0', runs: [{}] })).toBe(false);
  });

  test('has a result for each finding, with its level, its suppression and its place', async () => {
    const [rules, plan] = everything();
    const { results, tool, invocations } = await sarif('--rules', rules, plan);
    const nameOf = ({ locations: [{ logicalLocations: [{ fullyQualifiedName }] }] }: any) => fullyQualifiedName;
    expect(results.map((result: any) => [result.ruleId, result.level, result.suppressions.length, nameOf(result)])).toEqual([
      ['Ipv6EgressOnlyRequired', 'error', 0, `${BANDWIDTH}.a`],
      ['Ipv6EgressOnlyRequired', 'error', 1, `${BANDWIDTH}.shop`],
      ['Ipv6EgressOnlyRequired', 'error', 0, 'alicloud_ga_ip_set.x'],
      ['Ipv6BandwidthPerGateway', 'warning', 0, 'ipv6gw-1'],
    ]);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(new Set(results.map(({ partialFingerprints }: any) => partialFingerprints['findingPlace/v1'])).size).toBe(4);
    expect(invocations[0].toolExecutionNotifications.map(({ message }: any) => message.text)).toEqual([
      expect.stringContaining('not complete'), expect.stringContaining('not checked'), expect.stringContaining(`${BANDWIDTH}.gone: the acknowledgement matches no finding`),
    ]);
  });

  test('without rules shows open addresses as warnings', async () => {
    const { results } = await sarif(planFile('for-each-and-modules'));
    expect(results.map(({ level }: any) => level)).toEqual(['warning', 'warning', 'warning']);
  });

  test('of a plan that opens nothing is valid, and has no results', async () => {
    expect((await sarif(file('plan.json', planWith({ changes: [] })))).results).toEqual([]);
  });

  const physical = async (plan: string) => (await sarif(plan)).results[0].locations[0].physicalLocation;

  test('points to the block in cdk.tf.json', async () => {
    const plan = file('plan.json', planWith({ changes: [create(`${BANDWIDTH}.b`, bandwidth('ipv6-a'))] }));
    const stack = { data: { [BANDWIDTH]: { b: {} } }, resource: { other: { b: {} }, [BANDWIDTH]: { a: {}, b: { bandwidth: 10 } } } };
    const at = file('cdk.tf.json', JSON.stringify(stack, null, 2));
    const { artifactLocation, region } = await physical(plan);
    expect(artifactLocation.uri).toBe(`file://${at}`);
    expect(fs.readFileSync(at, 'utf8').split('\n').slice(region.startLine - 1, region.startLine + 1)).toEqual(['      "b": {', '        "bandwidth": 10']);
  });

  test.each([
    ['a resource', `${BANDWIDTH}.a["x"]`, 'web.tf', 3],
    ['a module, for a resource in it', `module.m[0].${BANDWIDTH}.a`, 'modules.tofu', 2],
  ])('points to %s in HCL', async (_, address, name, line) => {
    file('web.tf', `# a comment\n\nresource "${BANDWIDTH}" "a" {\n}\n`);
    file('modules.tofu', 'module "mm" {}\nmodule "m" {\n}\n');
    const { artifactLocation, region } = await physical(file('plan.json', planWith({ changes: [create(address, bandwidth('ipv6-a'))] })));
    expect([path.basename(artifactLocation.uri), region.startLine]).toEqual([name, line]);
  });

  test('points to the plan if the configuration is elsewhere, and to nothing for standard input', async () => {
    expect(await physical(planFile('for-each-and-modules'))).toEqual({
      artifactLocation: { uri: 'test/plans/for-each-and-modules.json', uriBaseId: '%SRCROOT%' }, region: { startLine: 1 },
    });
    const { output } = await alicloudIpv6(['exposure', '--format', 'sarif', '-'], { input: planWith({ changes: [OPEN] }) });
    expect(JSON.parse(output).runs[0].results[0].locations).toEqual([{ logicalLocations: [{ fullyQualifiedName: `${BANDWIDTH}.a`, kind: 'resource' }] }]);
  });

  test('is valid with any names', () => {
    fc.assert(fc.property(hostile, (name) => {
      expect([sarifSchema(JSON.parse(exposureSarif(report([input(hostilePlan(name), { name })]), '1.2.3'))), sarifSchema.errors]).toEqual([true, null]);
    }), { numRuns: 50 });
  });
});

describe('JUnit', () => {
  test('has a test for each finding and for each other address', async () => {
    const [rules, plan] = everything();
    const { code, output } = await alicloudIpv6(['exposure', '--format', 'junit', '--rules', rules, plan]);
    expect(code).toBe(1);
    const { testsuite } = parsed('junit', output);
    expect(testsuite.map(({ name, tests, failures, skipped }: any) => [name, tests, failures, skipped])).toEqual([[plan, 7, 2, 3], ['all plans and states', 1, 0, 1]]);
    const cases = testsuite[0].testcase;
    expect(cases[0]).toMatchObject({ name: `Ipv6EgressOnlyRequired: ${BANDWIDTH}.a`, failure: [{ type: 'Ipv6EgressOnlyRequired', message: expect.stringContaining('the Internet can open connections') }] });
    expect(cases[1]).toMatchObject({ skipped: [{ message: expect.stringContaining('serves the "shop" & <more>') }] });
    expect(cases[3]['system-out'][0]).toContain('30 Mbit/s in all');
    expect(cases.filter(({ failure, skipped, 'system-out': warning }: any) => !failure && !skipped && !warning).map(({ name }: any) => name)).toEqual([`${BANDWIDTH}.b (ipv6-b)`]);
  });

  test('has a test of a plan that opens nothing', async () => {
    const { output } = await alicloudIpv6(['exposure', '--format', 'junit', '-'], { input: planWith({ changes: [] }) });
    expect(parsed('junit', output).testsuite).toMatchObject([{ tests: 1, failures: 0, testcase: [{ name: 'no IPv6 address has Internet bandwidth' }] }]);
  });

  test('keeps its suites with any names', () => {
    const names = fc.sample(hostile, { numRuns: 200, seed: 1 });
    const { testsuite } = parsed('junit', exposureJunit(report(names.map((name) => input(hostilePlan(name), { name })))));
    expect(testsuite.map(({ tests, failures, testcase }: any) => [tests, failures, testcase.length])).toEqual(names.map(() => [2, 1, 2]));
  });
});

describe('annotations of GitHub Actions', () => {
  /** The commands as the runner reads them. */
  const commands = (output: string) => output.split('\n').filter((line) => line.trimStart().startsWith('::')).map((line) => {
    const [, command, properties, message] = /^::(\w+) ([^]*?)::([^]*)$/.exec(line)!;
    const decode = (text: string) => text.replace(/%3A/g, ':').replace(/%2C/g, ',').replace(/%0D/g, '\r').replace(/%0A/g, '\n').replace(/%25/g, '%');
    return { command, ...Object.fromEntries(properties.split(',').map((property) => property.split('=')).map(([name, value]) => [name, decode(value)])), message: decode(message) };
  });

  test('has errors first, and a notice for each acknowledged finding', async () => {
    const [rules, plan] = everything();
    file('web.tf', `resource "${BANDWIDTH}" "a" {}`);
    const { code, output } = await alicloudIpv6(['exposure', '--format', 'github', '--rules', rules, plan], { env: { GITHUB_WORKSPACE: folder.path } });
    expect(code).toBe(1);
    expect(commands(output).map(({ command }) => command)).toEqual(['error', 'error', 'warning', 'warning', 'warning', 'warning', 'notice']);
    expect(commands(output)[0]).toMatchObject({ file: 'web.tf', line: '1', title: 'Ipv6EgressOnlyRequired', message: expect.stringContaining(`${BANDWIDTH}.a: the Internet can open connections`) });
    expect(output.trimEnd().split('\n').pop()).toMatch(/^IPv6 exposure of .*: opens 2, closes 0/);
  });

  test('has one command for a finding with any names', () => {
    fc.assert(fc.property(hostile, (name) => {
      const lines = exposureGithub(report([input(hostilePlan(name), { name, lineOf: () => ({ file: `/x/${name}`, line: 1 }) })])).split('\n');
      expect(lines).toHaveLength(2);
      expect(lines[0]).toMatch(/^::error file=[^:,]*,line=1,title=Ipv6EgressOnlyRequired::/);
      expect(lines[0].match(/%(?!25|3A|2C)/)).toBeNull();
      expect(lines[1]).toMatch(/^IPv6 exposure of /);
    }));
  });
});

describe('JSON', () => {
  test.each(['for-each-and-modules', 'known-after-apply', 'moves-imports-and-replacements', 'only-a-target', 'providers'])('of the plan %s matches the schema', async (name) => {
    const { output } = await alicloudIpv6(['exposure', '--json', '--fail-on-open', planFile(name)]);
    jsonSchema(JSON.parse(output));
    expect(jsonSchema.errors).toBeNull();
  });

  test('with findings of each kind matches the schema, and other JSON does not', async () => {
    const [rules, plan] = everything();
    const json = JSON.parse((await alicloudIpv6(['exposure', '--json', '--rules', rules, plan])).output);
    jsonSchema(json);
    expect(jsonSchema.errors).toBeNull();
    expect(json).toMatchObject({ format: 1, results: [{ complete: false, publicServices: ['alicloud_ga_ip_set.x'] }], unusedAcknowledgements: [{ path: `${BANDWIDTH}.gone` }] });
    expect(jsonSchema({ ...json, format: 2 })).toBe(false);
    expect(jsonSchema({ ...json, other: 1 })).toBe(false);
  });

  test('of a state, and of unknown and sensitive values, matches the schema', () => {
    const after = bandwidth('ipv6-a', { bandwidth: undefined });
    const changes = [change(`${BANDWIDTH}.a`, ['create'], { after, change: { after_sensitive: { internet_charge_type: true } } })];
    const json = JSON.parse(exposureJson(report([input(changes, { kind: 'state' })])));
    jsonSchema(json);
    expect(jsonSchema.errors).toBeNull();
    expect(json.results[0].addresses[0].after).toEqual({ inbound: 'open', mbps: 'known after apply', chargeType: 'sensitive' });
  });
});

describe('Markdown', () => {
  const nodes = (node: any): any[] => [node, ...(node.children ?? []).flatMap(nodes)];
  const tables = (tree: any) => nodes(tree).filter(({ type }) => type === 'table');
  const html = (tree: any) => nodes(tree).filter(({ type }) => type === 'html').map(({ value }) => value);

  test('has a first line to search for, and folds unchanged addresses', async () => {
    const { output } = await alicloudIpv6(['exposure', '--format', 'markdown', planFile('for-each-and-modules')]);
    const tree = parsed('markdown', output);
    expect(tree.children[0]).toMatchObject({ type: 'html', value: '<!-- alicloud-ipv6 -->' });
    expect(html(tree)).toEqual(['<!-- alicloud-ipv6 -->', '<details>\n<summary>2 unchanged</summary>', '</details>']);
    expect(tables(tree).map(({ children }) => children.length - 1)).toEqual([6, 2]);
    expect(output).toContain('Mbit/s in all: 40 to 75');
  });

  test('keeps each value in its cell, with any names', () => {
    const names = fc.sample(hostile, { numRuns: 300, seed: 2 });
    const tree = parsed('markdown', names.map((name) => exposureMarkdown(report([input(hostilePlan(name), { name })]))).join('\n\n'));
    // The first table has what opens, the second one what is unchanged.
    expect(tables(tree).map(({ children }) => children.map((row: any) => row.children.length))).toEqual(names.flatMap(() => [[9, 9], [9, 9]]));
    for (const row of tables(tree).flatMap(({ children }) => children.slice(1))) {
      for (const cell of row.children.slice(1)) expect(cell.children.map(({ type }: any) => type)).toEqual(cell.children.length > 0 ? ['inlineCode'] : []);
    }
    expect(new Set(html(tree))).toEqual(new Set(['<!-- alicloud-ipv6 -->', '<details>\n<summary>1 unchanged</summary>', '</details>']));
    expect(nodes(tree).filter(({ type }) => ['link', 'image', 'emphasis', 'delete', 'footnoteReference'].includes(type))).toEqual([]);
    expect(nodes(tree).filter(({ type }) => type === 'heading')).toHaveLength(names.length);
    expect(nodes(tree).filter(({ type }) => type === 'listItem')).toHaveLength(names.length);
  });

  test('shows a pipe as it is', () => {
    const [table] = tables(parsed('markdown', exposureMarkdown(report([input([create(`${BANDWIDTH}.a`, bandwidth('a|b'))])]))));
    expect(table.children[1].children[1].children).toMatchObject([{ type: 'inlineCode', value: 'a|b' }]);
  });

  test.each([1, 2, 60, 200])('of %d plans with many addresses is no longer than a host accepts, and has the total and the opened addresses', (plans) => {
    const inputs = Array.from({ length: plans }, (_, i) => input([
      ...Array.from({ length: 3_000 / Math.min(plans, 60) }, (__, j) => change(`${BANDWIDTH}.a["${j}"]`, ['no-op'], { before: bandwidth(`ipv6-${i}-${j}`), after: bandwidth(`ipv6-${i}-${j}`) })),
      create(`${BANDWIDTH}.new`, bandwidth(`ipv6-${i}-new`)),
    ], { name: `${'folder/'.repeat(40)}stack-${i}/plan.json` }));
    const markdown = exposureMarkdown(report(inputs));
    expect(markdown.length).toBeLessThanOrEqual(60_000);
    expect(markdown).toMatch(/and .*\d+ more addresses: `--json` shows all\./);
    const tree = parsed('markdown', markdown);
    expect(tables(tree).every(({ children }) => children.every((row: any) => row.children.length === 9))).toBe(true);
    expect(html(tree).filter((value) => value.startsWith('<details>'))).toHaveLength(html(tree).filter((value) => value === '</details>').length);
    const headings = nodes(tree).filter(({ type }) => type === 'heading').length;
    if (plans <= 60) expect(headings).toBe(plans);
    else expect(markdown).toContain(`and ${plans - headings} more plans and states`);
    if (plans > 1) expect(markdown).toMatch(new RegExp(`\\*\\*${plans} plans and states: opens ${plans}, closes 0`));
    else expect(markdown).toContain('| **opens** | `ipv6-0-new` |');
  });

  test('shows findings of all plans before unchanged addresses of the first one', () => {
    const closed = (i: number) => bandwidth(`ipv6-${i}`, { bandwidth: 0 });
    const unchanged = Array.from({ length: 1_000 }, (_, i) => change(`${BANDWIDTH}.a["${i}"]`, ['no-op'], { before: closed(i), after: closed(i) }));
    const markdown = exposureMarkdown(report([input(unchanged, { name: 'first' }), input([OPEN], { name: 'second' })]));
    expect(markdown).toContain(`- **forbidden**: \`Ipv6EgressOnlyRequired: ${BANDWIDTH}.a`);
    expect(markdown).toContain('| **opens** | `ipv6-a` |');
  });
});

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { TerraformStack, Testing } from 'cdktf';
import * as ts from 'typescript';
import { PAGES, read } from './pages';
import { withoutMetadata } from './without-metadata';
import { Ipv6Address, Ipv6InternetBandwidth, InternetChargeType, providerAlicloud } from '../../src';
import { warnings } from '../synth';

const root = path.join(__dirname, '../..');
const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8');
const terraformPage = fs.readFileSync(path.join(root, 'docs/terraform.md'), 'utf8');

/** The text of the first fenced block of a language behind a marker. */
function block(language: string, marker = '', page = readme): string {
  const fence = '```';
  const match = page.slice(page.indexOf(marker)).match(new RegExp(`${fence}${language}\\n([^]*?)${fence}`));
  if (!match) throw new Error(`there is no ${language} block behind ${marker || 'the beginning'}`);
  return match[1];
}

/** Runs a program of the README as its reader would, and returns the Terraform of its one stack. */
function run(program: string, stack: string): Record<string, unknown> {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'readme-'));
  const before = process.env.CDKTF_OUTDIR;
  process.env.CDKTF_OUTDIR = outdir;
  try {
    const { outputText } = ts.transpileModule(program, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
    new Function('require', 'exports', outputText)((name: string) => jest.requireActual(name === 'cdktf-alicloud-ipv6' ? '../../src' : name), {});
    return withoutMetadata(JSON.parse(fs.readFileSync(path.join(outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8')));
  } finally {
    process.env.CDKTF_OUTDIR = before;
    if (before === undefined) delete process.env.CDKTF_OUTDIR;
    fs.rmSync(outdir, { recursive: true });
  }
}

test('the ten lines synthesize the Terraform that docs/terraform.md shows', () => {
  const { terraform, ...shown } = run(block('ts'), 'web') as any;
  delete terraform.backend;
  expect(JSON.parse(block('json', '<!-- synthesized -->', terraformPage))).toEqual({ ...shown, terraform });
});

test('the mistakes read as the README shows them', () => {
  const stack = new TerraformStack(Testing.app(), 'web');
  const ipv6Address = Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-bp1abc');
  const message = (make: () => unknown): string => {
    try {
      make();
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error('nothing was refused');
  };
  expect(block('text', '<!-- mistakes -->').trim().split('\n')).toEqual([
    message(() => new Ipv6InternetBandwidth(stack, 'Bandwidth', { ipv6Address, bandwidth: 1500, internetChargeType: InternetChargeType.PAY_BY_TRAFFIC })),
    message(() => Ipv6Address.fromIpv6AddressId(stack, 'Other', '2408:4005:1234:5600::1')),
    message(() => [1, 2].forEach((n) => new Ipv6InternetBandwidth(stack, `Bandwidth${n}`, { ipv6Address, bandwidth: 10 }))),
  ]);
});

test('the warning reads as the README shows it', () => {
  const stack = new TerraformStack(Testing.app(), 'web');
  new providerAlicloud.provider.AlicloudProvider(stack, 'alicloud', { region: 'cn-hangzhou' });
  new Ipv6InternetBandwidth(stack, 'Bandwidth', { ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-bp1abc'), bandwidth: 10 });
  Testing.synth(stack, true);
  expect(warnings(stack).map(([construct, message]) => `WARN [${construct}]: ${message}\n`)).toEqual([block('text', '<!-- warning -->')]);
});

test('its links are absolute, because npm and PyPI show it too', () => {
  expect([...readme.matchAll(/\]\((?!https:|#)[^)]*\)/g)].map(([link]) => link)).toEqual([]);
});

test('the README is shorter than 150 lines, and each page is shorter than 120', () => {
  const limits = PAGES.filter((page) => /^(README|docs\/|cli\/)/.test(page))
    .map((page): [string, number] => [page, page === 'README.md' ? 150 : 120]);
  expect(limits.length).toBeGreaterThan(25);
  expect(limits.filter(([page, limit]) => read(page).trimEnd().split('\n').length >= limit)).toEqual([]);
});

test('every page and every example is named in it', () => {
  const folders = ['docs', 'examples'].flatMap((folder) => fs.readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`));
  const named = folders.filter((name) => name.endsWith('.md') || fs.existsSync(path.join(root, name, 'main.ts')));
  expect(named.filter((name) => !readme.includes(`/blob/main/${name}`))).toEqual([]);
});

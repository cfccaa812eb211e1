import * as fs from 'node:fs';
import * as path from 'node:path';
import { changes, programsOf, synthesize, unaccepted } from '../../projenrc/behaviour';
import { terraformChanges } from '../../projenrc/terraform-changes';
import { CACHE, ROOT } from '../../projenrc/toolchain';

jest.setTimeout(120_000);

/** The folder lies in the repository, where the library's peers are found. */
const FOLDER = path.join(CACHE, 'release-guards', String(process.pid));
afterAll(() => fs.rmSync(FOLDER, { recursive: true, force: true }));

/** A copy of the compiled library with one text of one file replaced. */
function mutant(name: string, file: string, text: string | RegExp, replacement: string): string {
  const folder = path.join(FOLDER, name, 'library');
  fs.mkdirSync(folder, { recursive: true });
  for (const part of ['lib', '.jsii', 'package.json']) fs.cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
  const seen = fs.readFileSync(path.join(folder, file), 'utf8');
  const changed = seen.replace(text, replacement);
  if (changed === seen) throw new Error(`${file} has no ${text}: the mutation has to be written anew`);
  fs.writeFileSync(path.join(folder, file), changed);
  return folder;
}

describe('the Terraform of the programs of the last release', () => {
  const programs = new Map([...programsOf(ROOT)].filter(([name]) => ['examples-ecs-public-main', 'examples-unassociated-main'].includes(name)));
  let before: Map<string, string>;
  beforeAll(async () => {
    before = await synthesize(path.join(FOLDER, 'before'), ROOT, programs);
  });

  async function keysOf(name: string, library: string): Promise<string[]> {
    const after = await synthesize(path.join(FOLDER, name, 'programs'), library, programs);
    return changes(before, after).map(({ key }) => key);
  }

  test.each<[string, string, string | RegExp, string, RegExp]>([
    ['a renamed logical id', 'lib/resources/internet-bandwidth-resource.js', /= 'AddressId'/, "= 'AddressOf'", /removed terraform_data\.\w+_AddressId$/],
    ['an added resource', 'lib/ipv6-gateway.js', /this\.resource = /, "new (require('cdktf').DataResource)(this, 'More'); this.resource = ", /added terraform_data\.\w+_More\w*$/],
    ['a removed argument', 'lib/ipv6-internet-bandwidth.js', /bandwidth: props\.bandwidth,/, '', /removed alicloud_vpc_ipv6_internet_bandwidth\.\w+ bandwidth$/],
    ['a changed argument', 'lib/ipv6-internet-bandwidth.js', /bandwidth: props\.bandwidth/, 'bandwidth: 1 + props.bandwidth', /changed alicloud_vpc_ipv6_internet_bandwidth\.\w+ bandwidth$/],
  ])('finds %s', async (name, file, text, replacement, key) => {
    expect(await keysOf(name.replace(/\W/g, '-'), mutant(name.replace(/\W/g, '-'), file, text, replacement))).toContainEqual(expect.stringMatching(key));
  });

  test('ignores the wording of messages', async () => {
    const library = mutant('wording', 'lib/checks/address-checks.js', 'has no IPv6 gateway', 'lacks a gateway');
    const after = await synthesize(path.join(FOLDER, 'wording', 'programs'), library, programs);
    expect([...after.values()].join()).toContain('lacks a gateway');
    expect(changes(before, after)).toEqual([]);
  });
});

describe('two versions of a stack', () => {
  const stack = () => ({
    '//': { metadata: { version: '1' } },
    'data': { alicloud_vpcs: { All: { name_regex: 'a' } } },
    'locals': { inner: '${data.alicloud_vpcs.All.ids}', outer: '${local.inner[0]}' },
    'import': [{ to: 'alicloud_vpc.A', id: 'vpc-1' }],
    'moved': [{ from: 'alicloud_vpc.B', to: 'alicloud_vpc.A' }],
    'resource': {
      alicloud_vpc: {
        A: { vpc_name: '${local.outer}', lifecycle: { precondition: [{ condition: '${true}', error_message: 'no' }], replace_triggered_by: ['alicloud_vpc.C'] } },
      },
    },
    'terraform': { required_providers: { alicloud: { source: 'aliyun/alicloud', version: '~> 1.289' } }, required_version: '>= 1.4.0' },
  }) as any;
  const keys = (change: (changed: any) => void) => {
    const after = stack();
    change(after);
    return terraformChanges('s', stack(), after).map(({ key }) => key);
  };

  test.each<[string, (after: any) => void]>([
    ['nothing', () => undefined],
    ['the metadata', (after) => { after['//'].metadata.version = '2'; }],
    ['the name of a local', (after) => { after.locals = { i: '${data.alicloud_vpcs.All.ids}', o: '${local.i[0]}' }; after.resource.alicloud_vpc.A.vpc_name = '${local.o}'; }],
    ['the name of a data source', (after) => { after.data.alicloud_vpcs = { Other: { name_regex: 'a' } }; after.locals.inner = '${data.alicloud_vpcs.Other.ids}'; }],
    ['a plan-time check and its wording', (after) => { after.resource.alicloud_vpc.A.lifecycle.precondition = [{ condition: '${1 == 1}', error_message: 'never' }]; }],
    ['a local that nothing refers to', (after) => { after.locals.more = 1; }],
  ])('do not differ by %s', (_, change) => {
    expect(keys(change)).toEqual([]);
  });

  test.each<[string, string[], (after: any) => void]>([
    ['the value of a local', ['s changed alicloud_vpc.A vpc_name'], (after) => { after.locals.outer = '${local.inner[1]}'; }],
    ['the arguments of a data source', ['s changed alicloud_vpc.A vpc_name'], (after) => { after.data.alicloud_vpcs.All.name_regex = 'b'; }],
    ['an added argument', ['s added alicloud_vpc.A cidr_block'], (after) => { after.resource.alicloud_vpc.A.cidr_block = 'c'; }],
    ['a removed argument', ['s removed alicloud_vpc.A vpc_name'], (after) => { delete after.resource.alicloud_vpc.A.vpc_name; }],
    ['the trigger of a replacement', ['s changed alicloud_vpc.A lifecycle.replace_triggered_by'], (after) => { after.resource.alicloud_vpc.A.lifecycle.replace_triggered_by = []; }],
    ['an import', ['s removed import {"id":"vpc-1","to":"alicloud_vpc.A"}'], (after) => { delete after.import; }],
    ['a move', ['s added moved {"from":"alicloud_vpc.C","to":"alicloud_vpc.A"}'], (after) => { after.moved.push({ from: 'alicloud_vpc.C', to: 'alicloud_vpc.A' }); }],
    ['the version of a provider', ['s changed terraform required_providers'], (after) => { after.terraform.required_providers.alicloud.version = '~> 2.0'; }],
    ['the version of Terraform', ['s changed terraform required_version'], (after) => { after.terraform.required_version = '>= 1.7.0'; }],
    ['a resource of another name', ['s added alicloud_vpc.Z', 's removed alicloud_vpc.A'], (after) => { after.resource.alicloud_vpc = { Z: {} }; }],
  ])('differ by %s', (_, expected, change) => {
    expect(keys(change)).toEqual(expect.arrayContaining(expected));
  });

  test('a removed stack is a change', () => {
    expect(terraformChanges('s', stack(), undefined)).toEqual([{ key: 's gone', text: 'a whole stack' }]);
  });
});

describe('intended changes', () => {
  const found = [{ key: 'app/web added terraform_data.More', text: '{}' }, { key: 'app/web changed terraform required_version', text: '' }];

  test('are accepted by lines that name the change and a reason', () => {
    const { changes: left, stale } = unaccepted(found, '# for 2.0.0\n\n*/web added terraform_data.* # the record of holders\n');
    expect(left.map(({ key }) => key)).toEqual(['app/web changed terraform required_version']);
    expect(stale).toEqual([]);
  });

  test('a line that matches no change is stale', () => {
    expect(unaccepted(found, 'app/other * # of the release before').stale).toEqual(['app/other * # of the release before']);
  });

  test.each(['app/web added terraform_data.More', 'app/web # '])('a line without a change or without a reason is refused: %s', (line) => {
    expect(() => unaccepted(found, line)).toThrow(`got "${line.trim()}"`);
  });
});

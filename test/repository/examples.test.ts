import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { withoutMetadata } from './without-metadata';

const examples = path.join(__dirname, '../..', 'examples');
const names = fs.readdirSync(examples).filter((name) => fs.existsSync(path.join(examples, name, 'main.ts')));

/** Runs an example, and returns the Terraform of its stacks. */
function synthesize(name: string): Record<string, any> {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'example-'));
  process.env.CDKTF_OUTDIR = outdir;
  try {
    jest.isolateModules(() => jest.requireActual(path.join(examples, name, 'main.ts')));
    return Object.fromEntries(fs.readdirSync(path.join(outdir, 'stacks')).map((stack) => {
      const { terraform, ...rest } = JSON.parse(fs.readFileSync(path.join(outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8').replaceAll(process.cwd(), '.'));
      return [stack, withoutMetadata({ ...rest, terraform })];
    }));
  } finally {
    delete process.env.CDKTF_OUTDIR;
    fs.rmSync(outdir, { recursive: true });
  }
}

// (The 64 resources of a set are alike, and their number is not for a snapshot.)
test.each(names.filter((name) => name !== 'instances-by-tag'))('the example %s synthesizes what was reviewed', (name) => {
  expect(synthesize(name)).toMatchSnapshot();
});

test('instances with a tag are a set whose members the plan knows', () => {
  const { resource, data } = synthesize('instances-by-tag')['instances-by-tag'];
  expect(data.alicloud_instances.Workers).toEqual({ vpc_id: 'vpc-bp1fleet00000000001', tags: { role: 'worker' }, enable_details: false });
  for (const type of ['alicloud_vpc_ipv6_internet_bandwidth', 'alicloud_vpc_ipv6_egress_rule']) {
    const blocks = Object.values<any>(resource[type]);
    expect(blocks.map(({ for_each }) => for_each)).not.toContain(undefined);
    expect(new Set(blocks.map(({ for_each }) => for_each)).size).toBe(blocks.length);
  }
});

test('the fleet has one lookup for all of its addresses', () => {
  const { fleet } = synthesize('fleet');
  expect(Object.keys(fleet.resource.alicloud_vpc_ipv6_internet_bandwidth)).toHaveLength(5);
  expect(Object.keys(fleet.data.alicloud_vpc_ipv6_addresses)).toHaveLength(1);
});

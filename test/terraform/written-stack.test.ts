import * as fs from 'node:fs';
import * as path from 'node:path';
import { TerraformHclModule } from 'cdktf';
import { WrittenStack } from '../../src/terraform/written-stack';
import { aliasedProvider, makeApp, makeStack, otherResource, textVariable } from '../synth';

const everyType = () => true;

function stackWith(overrides: Record<string, unknown>) {
  const stack = makeStack();
  for (const [key, value] of Object.entries(overrides)) stack.addOverride(key, value);
  return WrittenStack.ofConstructs(stack);
}

test('a resource is found with its construct, and with what an override writes into it', () => {
  const stack = makeStack();
  const vpc = otherResource(stack, 'Vpc', 'alicloud_vpc');
  vpc.addOverride('cidr_block', '10.0.0.0/8');
  otherResource(stack, 'Disk', 'alicloud_disk');
  const [block, ...others] = WrittenStack.ofConstructs(stack).blocks('resource', (type) => type === 'alicloud_vpc');
  expect(others).toEqual([]);
  expect(block).toMatchObject({ kind: 'resource', type: 'alicloud_vpc', address: 'alicloud_vpc.Vpc', arguments: { cidr_block: '10.0.0.0/8' } });
  expect(block.construct).toBe(vpc);
});

test('a resource that only an override writes has the stack for its construct', () => {
  const written = stackWith({ 'resource.alicloud_vpc.raw': { cidr_block: '10.0.0.0/8' } });
  const [block] = written.blocks('resource', everyType);
  expect([block.address, block.construct]).toEqual(['alicloud_vpc.raw', written.stack]);
});

test('a module is found', () => {
  const stack = makeStack();
  const module = new TerraformHclModule(stack, 'Net', { source: 'example/net/alicloud' });
  expect(WrittenStack.ofConstructs(stack).modules()).toEqual([
    { kind: 'module', type: 'module', address: 'module.Net', construct: module, arguments: expect.objectContaining({ source: 'example/net/alicloud' }) },
  ]);
});

test('the data sources that a resource reads are found through locals, other data sources and imports', () => {
  const written = stackWith({
    'locals': { direct: '${data.alicloud_zones.through_local.id}', unread: '${data.alicloud_zones.unread.id}' },
    'data.alicloud_zones': {
      through_local: { name: '${data.alicloud_zones.through_data.id}' }, through_data: {}, through_import: {}, quoted: {}, unread: {},
    },
    'resource.alicloud_vpc.it': { name: '${local.direct}', description: '${"data.alicloud_zones.quoted"}' },
    'import': [{ to: 'alicloud_vpc.it', id: '${data.alicloud_zones.through_import.id}' }, { to: 'alicloud_vpc.other', id: '${data.alicloud_zones.unread.id}' }],
  });
  const read = written.dataSourcesReadBy(written.blocks('resource', everyType)).map(({ address }) => address);
  expect(read.sort()).toEqual(['through_data', 'through_import', 'through_local'].map((name) => `alicloud_zones.${name}`));
});

test('provider blocks are found by the names that resources refer to', () => {
  const stack = makeStack();
  aliasedProvider(stack);
  const written = WrittenStack.ofConstructs(stack);
  expect(written.providers('alicloud').map(([reference, { region }]) => [reference, region])).toEqual([['alicloud', 'cn-hangzhou'], ['alicloud.beijing', 'cn-beijing']]);
  expect(written.providers('random')).toEqual([]);
});

describe('the file of a stack', () => {
  function written() {
    const app = makeApp();
    const stack = makeStack(app);
    otherResource(stack, 'Vpc', 'alicloud_vpc').addOverride('vpc_name', textVariable(stack, 'name'));
    app.synth();
    return { app, stack, folder: path.join(app.outdir, 'stacks', 'stack') };
  }

  test('has its expressions resolved', () => {
    const { app, stack } = written();
    const fromFile = WrittenStack.ofFile(app, stack);
    expect(fromFile.blocks('resource', everyType).map(({ arguments: args }) => args.vpc_name)).toEqual(['${var.name}']);
    expect(fromFile.otherFiles).toEqual([]);
  });

  test('is read with the names of the other files of Terraform', () => {
    const { app, stack, folder } = written();
    for (const name of ['b.tofu', 'a.tf', 'c.tf.json', 'notes.md']) fs.writeFileSync(path.join(folder, name), '');
    expect(WrittenStack.ofFile(app, stack).otherFiles).toEqual(['a.tf', 'b.tofu', 'c.tf.json']);
  });

  test('must be JSON', () => {
    const { app, stack, folder } = written();
    fs.writeFileSync(path.join(folder, 'cdk.tf.json'), '{');
    expect(() => WrittenStack.ofFile(app, stack)).toThrow(/^stack: .*cdk\.tf\.json must be readable as JSON/);
  });
});

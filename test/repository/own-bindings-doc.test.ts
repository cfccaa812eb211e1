import * as fs from 'node:fs';
import * as path from 'node:path';
import { TerraformProvider, TerraformStack } from 'cdktf';
import { Ipv6Gateway, providerAlicloud } from '../../src';
import { makeApp, synth } from '../synth';

const page = fs.readFileSync(path.join(__dirname, '../../docs/own-bindings.md'), 'utf8');

test('the page lists every module of providerAlicloud, and no other', () => {
  const listed = [.../<!-- bindings -->([^]*?)<!-- \/bindings -->/.exec(page)![1].matchAll(/`(\w+)`/g)].map(([, name]) => name);
  expect(listed.sort()).toEqual(Object.keys(providerAlicloud).sort());
});

test('a second provider block is refused as the page of own bindings shows it', () => {
  const stack = new TerraformStack(makeApp(), 'web');
  for (const id of ['alicloud', 'Own']) {
    new class extends TerraformProvider {}(stack, id, {
      terraformResourceType: 'alicloud', terraformGeneratorMetadata: { providerName: 'alicloud' }, terraformProviderSource: 'aliyun/alicloud',
    });
  }
  new Ipv6Gateway(stack, 'Gateway', { vpcId: 'vpc-1' });
  const shown = /<!-- second-block -->\n```text\n([^]*?)\n```/.exec(page)![1];
  expect(() => synth(stack)).toThrow(shown);
});

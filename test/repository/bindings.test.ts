import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { TerraformProvider, TerraformResource, TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { Ipv6Address, Ipv6Gateway, Ipv6InternetBandwidth } from '../../src';
import { ADDRESSES, BANDWIDTH, dataSources, makeApp, makeStack, only, resources, RULE, synth, temporaryFolder } from '../synth';

const ROOT = path.resolve(__dirname, '../..');
const COMMITTED = path.join(ROOT, 'src', 'provider-alicloud');

function files(folder: string): Record<string, string> {
  return Object.fromEntries(fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
    .filter((name) => fs.statSync(path.join(folder, name)).isFile())
    .map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]));
}

describe('the committed bindings', () => {
  test('are the output of provider:generate for the committed schema', () => {
    const target = path.join(temporaryFolder(), 'bindings');
    execFileSync(process.execPath, [path.join(ROOT, 'node_modules', '.bin', 'projen'), 'provider:generate', '--schema', path.join(ROOT, 'projenrc/provider-schema.json'), '--out', target], { cwd: ROOT, stdio: 'pipe' });
    const [made, committed] = [files(target), files(COMMITTED)];
    expect(Object.keys(committed)).toEqual(Object.keys(made));
    for (const [name, text] of Object.entries(made)) expect([name, committed[name] === text]).toEqual([name, true]);
  }, 60_000);

  test('require the provider by a version constraint, not by one version', () => {
    expect(synth(makeStack()).terraform!.required_providers).toEqual({ alicloud: { source: 'aliyun/alicloud', version: expect.stringMatching(/^~> /) } });
  });
});

/** A provider block as a user's own bindings have it, made by `cdktf get` of another version. */
class OwnProvider extends TerraformProvider {
  constructor(scope: Construct, id: string, private readonly config: { region: string; alias?: string }) {
    super(scope, id, {
      terraformResourceType: 'alicloud',
      terraformGeneratorMetadata: { providerName: 'alicloud', providerVersion: '1.289.0', providerVersionConstraint: '1.289.0' },
      terraformProviderSource: 'aliyun/alicloud',
    });
  }

  get alias() {
    return this.config?.alias;
  }

  protected synthesizeAttributes() {
    return { region: this.config.region };
  }
}

/** A resource of such bindings. */
class OwnInstance extends TerraformResource {
  constructor(scope: Construct, id: string) {
    super(scope, id, { terraformResourceType: 'alicloud_instance', terraformGeneratorMetadata: { providerName: 'alicloud', providerVersion: '1.289.0' } });
  }

  get id() {
    return this.getStringAttribute('id');
  }

  get vpcId() {
    return this.getStringAttribute('vpc_id');
  }
}

describe('the bindings of an app', () => {
  /** The modules of the bindings that a program loads which imports the compiled library, as its users do. */
  function loaded(program: string): string[] {
    const code = `${program}; process.stdout.write(JSON.stringify(Object.keys(require.cache)));`;
    const modules = JSON.parse(execFileSync(process.execPath, ['-e', code], { cwd: ROOT, encoding: 'utf8' })) as string[];
    return modules.map((file) => /provider-alicloud[\\/](.*)[\\/]index\.js$/.exec(file)?.[1]).filter((name) => name !== undefined).sort();
  }

  test('are loaded when they are used, and no others', () => {
    const library = 'const library = require("cdktf-alicloud-ipv6")';
    expect(loaded(library)).toEqual([]);
    expect(loaded(`${library}; library.Ipv6InternetBandwidth`)).not.toContain('instance');
    expect(loaded(`${library}; library.providerAlicloud.vpc`)).toEqual(['vpc']);
  });
});

describe('bindings of the user\'s own', () => {
  function build() {
    const stack = new TerraformStack(makeApp(), 'stack');
    new OwnProvider(stack, 'Own', { region: 'cn-hangzhou' });
    return stack;
  }

  test('give their provider block to the library\'s resources: there is one', () => {
    const stack = build();
    const instance = new OwnInstance(stack, 'Instance');
    new Ipv6InternetBandwidth(stack, 'Bandwidth', {
      ipv6Address: Ipv6Address.fromInstanceId(stack, 'Address', instance.id),
      ipv6Gateway: new Ipv6Gateway(stack, 'Gateway', { vpcId: instance.vpcId }),
      bandwidth: 5,
      egressOnly: true,
    });
    const tf = synth(stack);
    expect(tf.provider).toEqual({ alicloud: [{ region: 'cn-hangzhou' }] });
    expect(tf.terraform!.required_providers).toEqual({ alicloud: { source: 'aliyun/alicloud', version: '1.289.0' } });
    expect(only(dataSources(tf, ADDRESSES)).associated_instance_id).toBe(`\${alicloud_instance.${instance.friendlyUniqueId}.id}`);
    for (const type of [BANDWIDTH, RULE]) expect(only(resources(tf, type)).provider).toBeUndefined();
  });

  test('can be named as the provider', () => {
    const stack = build();
    const provider = new OwnProvider(stack, 'Beijing', { region: 'cn-beijing', alias: 'beijing' });
    const ipv6Address = Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-1', { provider });
    new Ipv6InternetBandwidth(stack, 'Bandwidth', { ipv6Address, bandwidth: 5, egressOnly: true });
    const tf = synth(stack);
    expect(tf.provider!.alicloud).toEqual([{ region: 'cn-hangzhou' }, { region: 'cn-beijing', alias: 'beijing' }]);
    for (const block of [only(dataSources(tf, ADDRESSES)), only(resources(tf, BANDWIDTH)), only(resources(tf, RULE))]) expect(block.provider).toBe('alicloud.beijing');
  });

  test('pass the validation that a stack has every provider it uses; without any, it fails', () => {
    const [own, without] = [build(), new TerraformStack(makeApp(), 'stack')];
    for (const stack of [own, without]) {
      new Ipv6InternetBandwidth(stack, 'Bandwidth', { ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-1'), bandwidth: 5, egressOnly: true });
    }
    expect(() => Testing.synth(without, true)).toThrow(/alicloud/);
    expect(synth(own)).toBeDefined();
  });
});

import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Testing } from 'cdktf';
import {
  ADDRESS, ADDRESSES, BANDWIDTH, problemsOf, dataSources, GATEWAY, makeApp, makeStack, only, otherResource, resources, RULE, synth, synthApp,
  Synthesized, temporaryFolder, textVariable,
  triggeringValue, warnings, writtenOut,
} from './synth';
import { Ipv6Address, Ipv6Gateway, Ipv6InternetBandwidth } from '../src';

const REMOTE_STATE = 'terraform_remote_state';

/** What a value of another stack reads: the output of the stack that it names. */
function expectHandedOver(apps: Record<string, Synthesized>, from: string, value: string, attribute: string): void {
  const [, stack, output] = /data\.terraform_remote_state\.cross-stack-reference-input-(\w+)\.outputs\.([\w-]+)/.exec(value)!;
  expect(stack).toBe(from);
  expect(apps[from].output![output].value).toBe(attribute);
}

describe('an address of one stack, and its bandwidth in another', () => {
  test('is looked up only in the stack of the bandwidth', () => {
    const app = makeApp();
    const [a, b] = [makeStack(app, 'a'), makeStack(app, 'b')];
    const addresses = [
      Ipv6Address.fromIpv6AddressId(a, 'ById', 'ipv6-1', { vpcId: 'vpc-1' }),
      Ipv6Address.fromInstanceId(a, 'ByInstance', 'i-1', { vpcId: 'vpc-1' }),
      Ipv6Address.fromNetworkInterfaceId(a, 'ByInterface', 'eni-1', { vpcId: 'vpc-1', ipv6Address: '2408::1' }),
    ];
    addresses.forEach((ipv6Address, i) => new Ipv6InternetBandwidth(b, `Bandwidth${i}`, { ipv6Address, bandwidth: 5, egressOnly: true }));
    const tf = synthApp(app);
    expect([tf.a.resource, tf.a.data, tf.a.locals, tf.a.output]).toEqual([undefined, undefined, undefined, undefined]);
    expect(only(dataSources(tf.b, ADDRESSES))).toMatchObject({ vpc_id: 'vpc-1' });
    expect(dataSources(tf.b, REMOTE_STATE)).toEqual({});
    expect(Object.keys(resources(tf.b, BANDWIDTH))).toHaveLength(3);
    expect(Object.keys(resources(tf.b, RULE))).toHaveLength(3);
  });

  test('is read from the state of the stack that owns it', () => {
    const app = makeApp();
    const [a, b] = [makeStack(app, 'a'), makeStack(app, 'b')];
    const ipv6Address = new Ipv6Address(a, 'Address', { vswitchId: 'vsw-1' });
    new Ipv6InternetBandwidth(b, 'Bandwidth', { ipv6Address, bandwidth: 5, ipv6Gateway: Ipv6Gateway.fromVpcId(b, 'Gateway', 'vpc-1'), egressOnly: false });
    const tf = synthApp(app);
    const args = only(resources(tf.b, BANDWIDTH));
    expectHandedOver(tf, 'a', args.ipv6_address_id, `\${${ADDRESS}.${ipv6Address.resource.friendlyUniqueId}.id}`);
    expect(resources(tf.b, ADDRESS)).toEqual({});
    expect(resources(tf.a, BANDWIDTH)).toEqual({});

    // A trigger cannot name another stack's resource: the id is kept in this stack's state.
    const [trigger] = args.lifecycle.replace_triggered_by;
    expect(triggeringValue(tf.b, trigger)).toBe(args.ipv6_address_id);
  });

  test('is looked up through the API by an instance of the other stack', () => {
    const app = makeApp();
    const [a, b] = [makeStack(app, 'a'), makeStack(app, 'b')];
    const instance = otherResource(a, 'Instance', 'alicloud_instance');
    const ipv6Address = Ipv6Address.fromInstanceId(a, 'Address', instance.getStringAttribute('id'));
    new Ipv6InternetBandwidth(b, 'Bandwidth', { ipv6Address, bandwidth: 5, egressOnly: true });
    const tf = synthApp(app);
    expectHandedOver(tf, 'a', only(dataSources(tf.b, ADDRESSES)).associated_instance_id, `\${alicloud_instance.${instance.friendlyUniqueId}.id}`);
    expect(dataSources(tf.a, ADDRESSES)).toEqual({});
    const id = only(resources(tf.b, BANDWIDTH)).ipv6_address_id;
    expectHandedOver(tf, 'a', writtenOut(tf.b, id), `\${alicloud_instance.${instance.friendlyUniqueId}.id}`);
  });

  test('is deployed before that bandwidth', () => {
    const app = makeApp();
    const [a, b] = [makeStack(app, 'a'), makeStack(app, 'b')];
    const ipv6Address = new Ipv6Address(a, 'Address', { vswitchId: 'vsw-1' });
    new Ipv6InternetBandwidth(b, 'Bandwidth', { ipv6Address, bandwidth: 5, ipv6Gateway: Ipv6Gateway.fromIpv6GatewayId(b, 'Gateway', 'ipv6gw-1') });
    app.synth();
    expect(app.manifest.stacks.b.dependencies).toEqual(['a']);
    expect(app.manifest.stacks.a.dependencies).toEqual([]);
  });
});

describe('a gateway of one stack', () => {
  test('serves bandwidths of two others, for owned and for looked-up addresses', () => {
    const app = makeApp();
    const [a, b, c] = ['a', 'b', 'c'].map((id) => makeStack(app, id));
    const ipv6Gateway = new Ipv6Gateway(a, 'Gateway', { vpcId: 'vpc-1' });
    new Ipv6InternetBandwidth(b, 'Bandwidth', { ipv6Address: new Ipv6Address(b, 'Address', { vswitchId: 'vsw-1' }), bandwidth: 5, ipv6Gateway });
    new Ipv6InternetBandwidth(c, 'Bandwidth', { ipv6Address: Ipv6Address.fromInstanceId(c, 'Address', 'i-1', { vpcId: 'vpc-1' }), bandwidth: 5, ipv6Gateway });
    const tf = synthApp(app);
    for (const stack of [tf.b, tf.c]) {
      expectHandedOver(tf, 'a', only(resources(stack, BANDWIDTH)).ipv6_gateway_id, `\${${GATEWAY}.${ipv6Gateway.resource.friendlyUniqueId}.id}`);
      expect(resources(stack, GATEWAY)).toEqual({});
    }
    expect(Object.keys(tf.c.locals!.ipv6_wanted)).toEqual(['c/Bandwidth']);
  });

  test('is compared by VPC in another stack, even if the VPC is a resource of the first one', () => {
    const app = makeApp();
    const [a, b] = [makeStack(app, 'a'), makeStack(app, 'b')];
    const vpc = otherResource(a, 'Vpc', 'alicloud_vpc');
    const ipv6Gateway = new Ipv6Gateway(a, 'Gateway', { vpcId: vpc.getStringAttribute('id') });
    new Ipv6InternetBandwidth(b, 'Bandwidth', { ipv6Address: Ipv6Address.fromIpv6AddressId(b, 'Address', 'ipv6-1'), bandwidth: 5, ipv6Gateway });
    const tf = synthApp(app);
    const problems = problemsOf(tf.b).find((expression) => /a\.vpc_id == local\./.test(expression))!;
    expectHandedOver(tf, 'a', writtenOut(tf.b, problems), `\${alicloud_vpc.${vpc.friendlyUniqueId}.id}`);
  });

  test('is looked up in each stack that uses it', () => {
    const app = makeApp();
    const [a, b] = [makeStack(app, 'a'), makeStack(app, 'b')];
    const ipv6Gateway = Ipv6Gateway.fromVpcId(a, 'Gateway', 'vpc-1');
    const ipv6Address = Ipv6Address.fromIpv6AddressAttributes(b, 'Address', { ipv6AddressId: 'ipv6-1' });
    new Ipv6InternetBandwidth(b, 'Bandwidth', { ipv6Address, bandwidth: 5, ipv6Gateway });
    const tf = synthApp(app);
    expect(tf.a.data).toBeUndefined();
    expect(Object.keys(tf.b.data!)).toEqual(['alicloud_vpc_ipv6_gateways']);
  });
});

describe('independent stacks', () => {
  test('have their own lookups, triggers and versions', () => {
    const app = makeApp();
    const stacks = ['a', 'b'].map((id) => makeStack(app, id));
    stacks.forEach((stack, i) => new Ipv6InternetBandwidth(stack, 'Bandwidth', {
      ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'Address', `ipv6-${i}`, { vpcId: 'vpc-1' }), bandwidth: 5,
    }));
    makeStack(app, 'c');
    const tf = synthApp(app);
    for (const id of ['a', 'b']) {
      expect(Object.keys(dataSources(tf[id], ADDRESSES))).toHaveLength(1);
      expect(tf[id].locals!.ipv6_bandwidths).toEqual({ [`${id}/Bandwidth`]: `ipv6-${['a', 'b'].indexOf(id)}` });
    }
    expect(['a', 'b', 'c'].map((id) => tf[id].terraform!.required_version)).toEqual(['>= 1.4.0', '>= 1.4.0', undefined]);
    expect(app.manifest.stacks.a.dependencies).toEqual([]);
  });
});

describe('required_version', () => {
  const VERSIONS: [string, string[], string][] = [
    ['only an owned address', ['owned'], '>= 1.4.0'],
    ['a given address', ['given'], '>= 1.4.0'],
    ['several kinds, in one order', ['imported', 'owned', 'given'], '>= 1.5.0'],
    ['several kinds, in the other order', ['given', 'owned', 'imported'], '>= 1.5.0'],
  ];

  function build(kinds: string[], authors?: string) {
    const stack = makeStack();
    if (authors) stack.addOverride('terraform.required_version', authors);
    for (const kind of kinds) {
      const { resource } = new Ipv6InternetBandwidth(stack, kind, {
        ipv6Address: kind === 'owned' ? new Ipv6Address(stack, 'Owned', { vswitchId: 'vsw-1' }) : Ipv6Address.fromIpv6AddressAttributes(stack, `${kind}-address`, { ipv6AddressId: `ipv6-${kind}` }),
        bandwidth: 5,
        ipv6Gateway: Ipv6Gateway.fromIpv6GatewayId(stack, `${kind}-gateway`, 'ipv6gw-1'),
      });
      if (kind === 'imported') resource.importFrom('ipv6bw-1');
    }
    return stack;
  }

  test.each(VERSIONS)('has the version that the blocks need for %s', (_, kinds, version) => {
    expect(synth(build(kinds)).terraform!.required_version).toBe(version);
  });

  test.each([['>= 1.3'], ['~> 1.9'], ['>= 1.3, < 2.0.0'], ['= 1.7.0']])('keeps the author\'s %s', (authors) => {
    const stack = build(['imported'], authors);
    expect(synth(stack).terraform!.required_version).toBe(`${authors}, >= 1.5.0`);
    expect(synth(stack).terraform!.required_version).toBe(`${authors}, >= 1.5.0`);
  });

  test('does not repeat the constraint of the user', () => {
    expect(synth(build(['imported'], '>= 1.5.0')).terraform!.required_version).toBe('>= 1.5.0');
  });

  test('keeps the other overrides of the user', () => {
    const stack = build(['given']);
    stack.addOverride('terraform.experiments', ['something']);
    expect(synth(stack).terraform).toMatchObject({ required_version: '>= 1.4.0', experiments: ['something'] });
  });
});

describe('adding constructs to a stack', () => {
  /** A stack with one of each; the more, the more there is of each, the new ones first or last. */
  function build(parts: number[]) {
    const stack = makeStack();
    const ipv6Gateway = new Ipv6Gateway(stack, 'Gateway', { vpcId: 'vpc-1' });
    for (const i of parts) {
      const addresses = {
        owned: new Ipv6Address(stack, `Owned${i}`, { vswitchId: 'vsw-1' }),
        byId: Ipv6Address.fromIpv6AddressId(stack, `ById${i}`, `ipv6-${i}`, { vpcId: 'vpc-1' }),
        byInstance: Ipv6Address.fromInstanceId(stack, `ByInstance${i}`, `i-${i}`, { vpcId: 'vpc-1' }),
        byToken: Ipv6Address.fromInstanceId(stack, `ByToken${i}`, otherResource(stack, `Instance${i}`, 'alicloud_instance').getStringAttribute('id')),
        given: Ipv6Address.fromIpv6AddressAttributes(stack, `Given${i}`, { ipv6AddressId: textVariable(stack, `Variable${i}`) }),
      };
      for (const [kind, ipv6Address] of Object.entries(addresses)) {
        new Ipv6InternetBandwidth(stack, `${kind}${i}`, { ipv6Address, bandwidth: 5, ipv6Gateway, egressOnly: kind !== 'owned' });
      }
    }
    return synth(stack);
  }

  test.each([['after', [1, 2]], ['before', [2, 1]]])('addresses and bandwidths %s the others changes no argument of those', (_, parts) => {
    const [before, after] = [build([1]), build(parts)];
    for (const type of [BANDWIDTH, RULE, ADDRESS, GATEWAY]) {
      for (const [name, args] of Object.entries(resources(before, type))) expect(resources(after, type)[name]).toEqual(args);
    }
    for (const [type, blocks] of Object.entries(before.data!)) {
      for (const [name, args] of Object.entries(blocks)) expect(after.data![type][name]).toEqual(args);
    }
    for (const args of Object.values(resources(before, BANDWIDTH))) {
      const [trigger] = args.lifecycle.replace_triggered_by;
      if (trigger.startsWith('terraform_data')) expect(triggeringValue(after, trigger)).toBe(triggeringValue(before, trigger));
    }
    expect(Object.keys(resources(after, BANDWIDTH))).toHaveLength(10);
  });

  test('keeps the logical ids of existing resources', () => {
    expect(Object.keys(resources(build([1, 2]), BANDWIDTH))).toEqual(expect.arrayContaining(Object.keys(resources(build([1]), BANDWIDTH))));
  });
});

describe('an app', () => {
  function build(outdir: string): App {
    const app = new App({ outdir });
    const [a, b] = [makeStack(app, 'a'), makeStack(app, 'b')];
    const ipv6Gateway = new Ipv6Gateway(a, 'Gateway', { vpcId: 'vpc-1' });
    new Ipv6InternetBandwidth(a, 'Bandwidth', { ipv6Address: new Ipv6Address(a, 'Address', { vswitchId: 'vsw-1' }), bandwidth: 5, ipv6Gateway });
    const found = Ipv6Address.fromInstanceId(a, 'Found', textVariable(b, 'instance'));
    new Ipv6InternetBandwidth(b, 'Bandwidth', { ipv6Address: found, bandwidth: 5, ipv6Gateway }).addEgressOnlyRule();
    return app;
  }

  function files(folder: string): Record<string, string> {
    return Object.fromEntries(fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => fs.statSync(path.join(folder, name)).isFile())
      .map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8').replace(/"stacktrace": \[[^\]]*\]/g, '')]));
  }

  test('synthesizes to the same bytes twice', () => {
    const folders = [temporaryFolder(), temporaryFolder()];
    folders.forEach((folder) => build(folder).synth());
    expect(Object.keys(files(folders[0]))).toEqual(expect.arrayContaining(['manifest.json', path.join('stacks', 'a', 'cdk.tf.json'), path.join('stacks', 'b', 'cdk.tf.json')]));
    expect(files(folders[1])).toEqual(files(folders[0]));
  });

  test('of Testing.app writes into its outdir, and warns if egressOnly is undefined', () => {
    const outdir = temporaryFolder();
    const app = Testing.app({ outdir });
    const stack = makeStack(app);
    new Ipv6InternetBandwidth(stack, 'Open', { ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-1'), bandwidth: 5 });
    expect(Object.keys(synthApp(app))).toEqual(['stack']);
    expect(fs.existsSync(path.join(outdir, 'stacks', 'stack', 'cdk.tf.json'))).toBe(true);
    expect(warnings(stack)).toHaveLength(1);
  });
});

import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, TerraformStack, TerraformVariable, Token } from 'cdktf';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { RandomApp, steps, unlessRefused } from './random-app';
import { aliasedProvider, foreignProvider, makeStack, otherResource, Synthesized, temporaryFolder } from './synth';
import { problemsOf, unreadTablesOf } from './well-formed';
import { IIpv6Address, IIpv6Gateway, Ipv6Address, Ipv6EgressOnlyRule, Ipv6Gateway, Ipv6InternetBandwidth } from '../src';

// The same apps each time, unless another seed is asked for; PROPERTIES_RUNS=5000 looks further.
const SEED = Number(process.env.PROPERTIES_SEED ?? 20_240);
const RUNS = Number(process.env.PROPERTIES_RUNS ?? 100);
const parameters = { seed: SEED, numRuns: RUNS };

jest.setTimeout(60_000 + RUNS * 100);
beforeAll(() => process.stderr.write(`properties: PROPERTIES_SEED=${SEED} PROPERTIES_RUNS=${RUNS}\n`));

const outdir = temporaryFolder();

/** The stacks as they are written, or nothing where the app is refused. */
function synthesize(build: (app: App) => void): Record<string, string> | undefined {
  fs.rmSync(outdir, { recursive: true, force: true });
  return unlessRefused(() => {
    const app = new App({ outdir, context: { cdktfRelativeModules: [] } });
    build(app);
    app.synth();
    const stacks = path.join(outdir, 'stacks');
    return Object.fromEntries(fs.readdirSync(stacks).map((name) => [name, fs.readFileSync(path.join(stacks, name, 'cdk.tf.json'), 'utf8')]));
  });
}

function expectWellFormed(stacks: Record<string, string>): void {
  for (const [name, text] of Object.entries(stacks)) {
    expect([name, ...problemsOf(JSON.parse(text) as Synthesized)]).toEqual([name]);
  }
}

test('each kind of mistake in a stack is found', () => {
  const of = (tf: object) => problemsOf(tf as Synthesized);
  const bandwidth = { bandwidth: 10, ipv6_address_id: 'ipv6-a', ipv6_gateway_id: 'ipv6gw-a' };
  const resource = (args: object) => ({ resource: { alicloud_vpc_ipv6_internet_bandwidth: { it: { ...bandwidth, ...args } } } });

  expect(of(resource({}))).toEqual([]);
  expect(of(resource({ ipv6_address_id: '${"${local.a}"}' }))).toEqual([expect.stringContaining('refers to local.a, which there is not')]);
  expect(of(resource({ ipv6_address_id: null }))).toEqual([expect.stringContaining('not "string"'), expect.stringContaining('lacks ipv6_address_id')]);
  expect(of(resource({ bandwidth: '10' }))).toEqual([expect.stringContaining('not "number"')]);
  expect(of(resource({ status: 'Normal' }))).toEqual([expect.stringContaining('read-only')]);
  expect(of(resource({ color: 'red' }))).toEqual([expect.stringContaining('has no color')]);
  expect(of(resource({ ipv6_gateway_id: '${try(a["b)}' }))).toEqual([expect.stringContaining('does not end')]);
  expect(of({ ...resource({ ipv6_gateway_id: '${local.a}' }), locals: { a: ['${alicloud_vpc_ipv6_internet_bandwidth.it.id}'] } })).toEqual([expect.stringContaining('a circle')]);
  expect(of(resource({ lifecycle: { replace_triggered_by: ['terraform_data.ids.input.it'] } }))).toEqual([expect.stringContaining('terraform_data.ids, which there is not')]);
});

test('a table that nothing reads is found', () => {
  const tf = { locals: { ipv6_a: 'a', ipv6_b: '${local.ipv6_a}', other: 'c' } } as unknown as Synthesized;
  expect(unreadTablesOf(tf)).toEqual(['local.ipv6_b']);
});

describe('any app of the four constructs', () => {
  const seen = { synthesized: 0, refused: 0, made: 0, refusedSteps: 0, allRead: 0 };

  test('is refused, or is valid Terraform without a cycle, and is the same each time', () => {
    fc.assert(fc.property(steps, (drawn) => {
      const { refusedSteps } = seen;
      const build = (app: App) => {
        const made = new RandomApp(app);
        drawn.forEach((each, i) => made.take(each, i));
        seen.made += made.counts.made;
        seen.refusedSteps += made.counts.refused;
      };
      const stacks = synthesize(build);
      seen[stacks ? 'synthesized' : 'refused']++;
      if (stacks) expectWellFormed(stacks);
      // (A lookup stays when the construct that asked is taken out again, and a refused construct may have asked.)
      if (stacks && !drawn.some(({ kind }) => kind === 'remove') && refusedSteps === seen.refusedSteps) {
        for (const text of Object.values(stacks)) expect(unreadTablesOf(JSON.parse(text))).toEqual([]);
        seen.allRead++;
      }
      expect(synthesize(build)).toEqual(stacks);
    }), parameters);
  });

  test('is accepted often enough for this test to be meaningful', () => {
    expect(seen.synthesized).toBeGreaterThan(seen.refused);
    expect(seen.made).toBeGreaterThan(seen.refusedSteps);
    expect(seen.allRead).toBeGreaterThan(0);
  });
});

test('an instance can depend on the bandwidth of another instance', () => {
  const stacks = synthesize((app) => {
    const stack = makeStack(app);
    const first = new Ipv6InternetBandwidth(stack, 'First', { ipv6Address: Ipv6Address.fromInstanceId(stack, 'FirstAddress', 'i-a'), bandwidth: 10, egressOnly: true });
    const server = otherResource(stack, 'server', 'alicloud_instance');
    server.addOverride('user_data', first.internetBandwidthId);
    const ipv6Address = Ipv6Address.fromInstanceId(stack, 'SecondAddress', server.getStringAttribute('id'));
    new Ipv6InternetBandwidth(stack, 'Second', { ipv6Address, bandwidth: 10, egressOnly: true });
  });
  expectWellFormed(stacks!);
});

/** A construct or a static, all that it can be given, and a use by which what it was given reaches Terraform. */
interface Target {
  readonly args: (scope: Construct) => Record<string, unknown>;
  readonly make: (scope: Construct, args: any) => unknown;
}

const anAddress = (scope: Construct) => Ipv6Address.fromIpv6AddressId(scope, 'Address', 'ipv6-a', { vpcId: 'vpc-a' });
const aGateway = (scope: Construct) => Ipv6Gateway.fromIpv6GatewayId(scope, 'Gateway', 'ipv6gw-a');
const aBandwidth = (scope: Construct) => new Ipv6InternetBandwidth(scope, 'Bandwidth', { ipv6Address: anAddress(scope), bandwidth: 10 });
const aProvider = (scope: Construct) => aliasedProvider(TerraformStack.of(scope), 'other');
const TIMEOUTS = { create: '10m' };

const withBandwidth = (scope: Construct, props: { ipv6Address?: IIpv6Address; ipv6Gateway?: IIpv6Gateway }) => {
  const ipv6Address = props.ipv6Address ?? anAddress(scope);
  return new Ipv6InternetBandwidth(scope, 'User', { ipv6Address, ipv6Gateway: props.ipv6Gateway ?? aGateway(scope), bandwidth: 10, egressOnly: true });
};

const TARGETS: Record<string, Target> = {
  'Ipv6Gateway': {
    args: (scope) => ({
      vpcId: 'vpc-a', ipv6GatewayName: 'name', description: 'text', resourceGroupId: 'rg-a', tags: { team: 'web' }, timeouts: TIMEOUTS, provider: aProvider(scope),
    }),
    make: (scope, props) => withBandwidth(scope, { ipv6Gateway: new Ipv6Gateway(scope, 'It', props) }),
  },
  'Ipv6Gateway.fromIpv6GatewayId': {
    args: () => ({ ipv6GatewayId: 'ipv6gw-a' }),
    make: (scope, { ipv6GatewayId }) => withBandwidth(scope, { ipv6Gateway: Ipv6Gateway.fromIpv6GatewayId(scope, 'It', ipv6GatewayId) }),
  },
  'Ipv6Gateway.fromIpv6GatewayAttributes': {
    args: () => ({ ipv6GatewayId: 'ipv6gw-a', vpcId: 'vpc-a' }),
    make: (scope, attrs) => withBandwidth(scope, { ipv6Gateway: Ipv6Gateway.fromIpv6GatewayAttributes(scope, 'It', attrs) }),
  },
  'Ipv6Gateway.fromVpcId': {
    args: (scope) => ({ vpcId: 'vpc-a', options: { provider: aProvider(scope) } }),
    make: (scope, { vpcId, options }) => withBandwidth(scope, { ipv6Gateway: Ipv6Gateway.fromVpcId(scope, 'It', vpcId, options) }),
  },
  'Ipv6Gateway.fromVpcId, its options': {
    args: (scope) => ({ provider: aProvider(scope) }),
    make: (scope, options) => withBandwidth(scope, { ipv6Gateway: Ipv6Gateway.fromVpcId(scope, 'It', 'vpc-a', options) }),
  },
  'Ipv6Address': {
    args: (scope) => ({
      vswitchId: 'vsw-a', ipv6Address: '2408::1', ipv6AddressName: 'name', description: 'text', resourceGroupId: 'rg-a', tags: { team: 'web' }, timeouts: TIMEOUTS, provider: aProvider(scope),
    }),
    make: (scope, props) => {
      const ipv6Address = new Ipv6Address(scope, 'It', props);
      return new Ipv6InternetBandwidth(scope, 'User', { ipv6Address, ipv6Gateway: aGateway(scope), bandwidth: 10, egressOnly: false });
    },
  },
  'Ipv6Address.fromIpv6AddressAttributes': {
    args: () => ({ ipv6AddressId: 'ipv6-a', ipv6GatewayId: 'ipv6gw-a', vpcId: 'vpc-a' }),
    make: (scope, attrs) => withBandwidth(scope, { ipv6Address: Ipv6Address.fromIpv6AddressAttributes(scope, 'It', attrs) }),
  },
  ...Object.fromEntries((['fromIpv6AddressId', 'fromInstanceId', 'fromNetworkInterfaceId'] as const).flatMap((from): [string, Target][] => {
    const id = { fromIpv6AddressId: 'ipv6-a', fromInstanceId: 'i-a', fromNetworkInterfaceId: 'eni-a' }[from];
    const use = (scope: Construct, ipv6Address: IIpv6Address) => {
      otherResource(scope, 'Reader', 'alicloud_vpc').addOverride('read', [ipv6Address.ipv6AddressId, ipv6Address.ipv6AddressLiteral, ipv6Address.ipv6GatewayId]);
      return withBandwidth(scope, { ipv6Address });
    };
    return [
      [`Ipv6Address.${from}`, {
        args: () => ({ id, options: { vpcId: 'vpc-a' } }),
        make: (scope, args) => use(scope, Ipv6Address[from](scope, 'It', args.id, args.options)),
      }],
      [`Ipv6Address.${from}, its options`, {
        args: (scope) => ({ vpcId: 'vpc-a', ipv6Address: '2408::1', provider: aProvider(scope) }),
        make: (scope, options) => use(scope, Ipv6Address[from](scope, 'It', id, options)),
      }],
    ];
  })),
  'Ipv6InternetBandwidth': {
    args: (scope) => ({
      ipv6Address: anAddress(scope),
      bandwidth: 10,
      ipv6Gateway: aGateway(scope),
      internetChargeType: 'PayByTraffic',
      egressOnly: true,
      egressOnlyRule: { description: 'text' },
      supportedBindTypes: ['Other'],
      timeouts: TIMEOUTS,
      provider: undefined,
    }),
    make: (scope, props) => {
      const bandwidth = new Ipv6InternetBandwidth(scope, 'It', props);
      otherResource(scope, 'Reader', 'alicloud_vpc').addOverride('read', [bandwidth.internetBandwidthId, bandwidth.ipv6AddressId, bandwidth.ipv6GatewayId, bandwidth.status]);
    },
  },
  'Ipv6InternetBandwidth.fromIpv6InternetBandwidthAttributes': {
    args: () => ({ internetBandwidthId: 'ipv6bw-a', ipv6AddressId: 'ipv6-a', ipv6GatewayId: 'ipv6gw-a' }),
    make: (scope, attrs) => {
      const ipv6InternetBandwidth = Ipv6InternetBandwidth.fromIpv6InternetBandwidthAttributes(scope, 'It', attrs);
      return new Ipv6EgressOnlyRule(scope, 'User', { ipv6InternetBandwidth });
    },
  },
  'addEgressOnlyRule': {
    args: () => ({ ipv6EgressOnlyRuleName: 'name', description: 'text', timeouts: TIMEOUTS }),
    make: (scope, options) => aBandwidth(scope).addEgressOnlyRule(options),
  },
  'Ipv6EgressOnlyRule': {
    args: (scope) => ({ ipv6InternetBandwidth: aBandwidth(scope), ipv6EgressOnlyRuleName: 'name', description: 'text', timeouts: TIMEOUTS, provider: undefined }),
    make: (scope, props) => new Ipv6EgressOnlyRule(scope, 'It', props),
  },
  'Ipv6EgressOnlyRule.fromIpv6EgressOnlyRuleId': {
    args: () => ({ id: 'rule-a' }),
    make: (scope, { id }) => otherResource(scope, 'Reader', 'alicloud_vpc').addOverride('read', Ipv6EgressOnlyRule.fromIpv6EgressOnlyRuleId(scope, 'It', id).ipv6EgressOnlyRuleId),
  },
};

/** What can be handed in by a caller without types. Some are made in the app: constructs, and tokens. */
type Bad = (scope: Construct) => unknown;

const CONSTRUCTS: Record<string, Bad> = {
  'a construct': (scope) => new Construct(scope, 'Bad'),
  'the stack': (scope) => TerraformStack.of(scope),
  'the app': (scope) => scope.node.root,
  'an address': (scope) => Ipv6Address.fromIpv6AddressId(scope, 'Bad', 'ipv6-bad'),
  'a gateway': (scope) => Ipv6Gateway.fromVpcId(scope, 'Bad', 'vpc-bad'),
  'a bandwidth': (scope) => new Ipv6InternetBandwidth(scope, 'Bad', { ipv6Address: Ipv6Address.fromIpv6AddressId(scope, 'BadAddress', 'ipv6-bad'), bandwidth: 1 }),
  'existing bandwidth': (scope) => Ipv6InternetBandwidth.fromIpv6InternetBandwidthAttributes(
    scope, 'Bad', { internetBandwidthId: 'ipv6bw-bad', ipv6AddressId: 'ipv6-bad', ipv6GatewayId: 'ipv6gw-bad' }),
  'a rule': (scope) => Ipv6EgressOnlyRule.fromIpv6EgressOnlyRuleId(scope, 'Bad', 'rule-bad'),
  'a resource': (scope) => otherResource(scope, 'Bad', 'alicloud_vpc'),
  'a provider of something else': (scope) => foreignProvider(TerraformStack.of(scope)),
  'a provider of another stack': (scope) => aliasedProvider(makeStack(scope.node.root as App, 'elsewhere'), 'elsewhere'),
  'a construct that is like an address': (scope) => Object.assign(new Construct(scope, 'Bad'), { ipv6AddressId: 5, ipv6GatewayId: {}, vpcId: [] }),
  'a construct that is like a bandwidth': (scope) => Object.assign(new Construct(scope, 'Bad'), { internetBandwidthId: null, ipv6AddressId: null, ipv6GatewayId: null }),
  'a token of a text': (scope) => new TerraformVariable(scope, 'bad', {}).stringValue,
  'a token of a number': (scope) => new TerraformVariable(scope, 'bad', {}).numberValue,
  'a token of a list': (scope) => new TerraformVariable(scope, 'bad', {}).listValue,
  'a token of a flag': (scope) => new TerraformVariable(scope, 'bad', {}).booleanValue,
  'a token of a map': (scope) => Token.asStringMap(new TerraformVariable(scope, 'bad', {}).value),
  'a token of anything': (scope) => Token.asAny(new TerraformVariable(scope, 'bad', {}).value),
};

const TEXTS = [
  '', ' ', '\n', '\0', '"', '\\', '\\"', '\ud800', '漢字', '__proto__', 'constructor', 'toString', 'PayByBandwidth', '1e999', 'NaN', '10m', '-1s',
  '${', '${}', '%{', '%{if true}', '%{ if true }x%{ endif }', '}', '$${', '%%{', '${"', '${[}', '${var.}', '${${}}', 'a${b}"c', '${TfToken[TOKEN.999999]}',
  '2408::1%eth0', '2408::1/64', '::ffff:1.2.3.4', 'fe80::1', '[2408::1]',
];
const PREFIXES = ['ipv6-', 'ipv6gw-', 'vpc-', 'vsw-', 'i-', 'eni-', 'rg-', 'ipv6bw-'];
const text: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom('$', '{', '}', '"', '%', '\\', '[', ']', 'a', '-', '.', '\n'), maxLength: 12 }),
  fc.constantFrom(1e3, 1e5).map((length) => 'x'.repeat(length)),
);
/** As it is shown when it finds something. */
const named = (what: string, make: Bad): Bad => Object.assign((scope: Construct) => make(scope), { toString: () => what });
const bad: fc.Arbitrary<Bad> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(...Object.entries(CONSTRUCTS)).map(([what, make]) => named(what, make)),
  },
  ...[
    fc.constantFrom<unknown>(
      undefined, null, NaN, Infinity, -Infinity, -0, 0, 1, 1.5, -1e308, 2 ** 53, true, false, 5n, Symbol('bad'), Symbol.iterator, () => 'ipv6-a',
      class Bad {}, {}, [], [[]], [undefined], [null], Object.create(null), new Date(0), new Date(NaN), /x/, new Map(), new Error('bad'), Promise.resolve(),
      { toString: null }, { resolve: 5 }, { create: {} }, { node: {} }, { constructor: null },
    ),
    text,
    fc.tuple(fc.constantFrom(...PREFIXES, 'ab', '${var.text}'), text).map(([prefix, end]) => prefix + end),
    fc.dictionary(text, fc.oneof(text, fc.constantFrom<unknown>(undefined, null, 5, Symbol('bad'), {}, [], true)), { maxKeys: 3 }),
    fc.dictionary(fc.constantFrom('create', 'update', 'delete', 'team', 'description', 'vpcId', 'provider'), fc.oneof(text, fc.anything()), { maxKeys: 3 }),
    fc.array(fc.oneof(text, fc.anything()), { maxLength: 3 }),
    fc.anything({
      withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withObjectString: true, withSparseArray: true, withTypedArray: true,
    }),
  ].map((values) => ({
    weight: 1,
    arbitrary: (values as fc.Arbitrary<unknown>).map((value) => named(fc.stringify(value), () => value)),
  })),
);

/** What a target says to one bad value, in place of one of its props or of all of them. */
function tryOut({ args, make }: Target, prop: string | undefined, value: Bad): void {
  const stacks = synthesize((app) => {
    const stack = makeStack(app);
    new TerraformVariable(stack, 'text', { type: 'string' });
    const good = args(stack);
    make(stack, prop === undefined ? value(stack) : { ...good, [prop]: value(stack) });
  });
  if (stacks) expectWellFormed(stacks);
}

const propsOf = ({ args }: Target) => Object.keys(args(makeStack()));

describe.each(Object.entries(TARGETS))('bad values for %s', (_name, target) => {
  const props = propsOf(target);

  test('good values are accepted', () => {
    const stacks = synthesize((app) => {
      const stack = makeStack(app);
      target.make(stack, target.args(stack));
    });
    expectWellFormed(stacks!);
  });

  test('end in the library\'s own error, or in Terraform that the provider takes', () => {
    const numRuns = Math.max(60, RUNS);
    fc.assert(fc.property(fc.constantFrom(...props), bad, (prop, value) => tryOut(target, prop, value)), { ...parameters, numRuns });
  });
});

describe('bad values instead of all props', () => {
  const inPlaceOfAll = Object.entries(TARGETS).filter(([name]) => !/\.from(\w+Id)$/.test(name)).map(([, target]) => target);

  test('end in the library\'s own error, or in Terraform that the provider takes', () => {
    fc.assert(fc.property(fc.constantFrom(...inPlaceOfAll), bad, (target, value) => tryOut(target, undefined, value)), parameters);
  });
});

// What must not be called outbound only, and what must not go by unseen.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, TerraformElement, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { bandwidth, handWritten } from './rules/exposed';
import {
  InternetChargeType, Ipv6Address, Ipv6Addresses, Ipv6EgressOnlyRule, Ipv6ExposureReport, Ipv6ExposureRules, Ipv6Gateway, Ipv6InternetBandwidth,
  Ipv6InternetBandwidths, Ipv6RamPolicy,
} from '../../src';
import { BANDWIDTH, makeApp, makeStack, otherResource, RULE, temporaryFolder, warnings } from '../synth';

/** Which rows of a stack are open, by the ids of their constructs. */
function open(make: (stack: TerraformStack, app: App) => unknown): string[] {
  const app = makeApp();
  make(makeStack(app), app);
  const report = Ipv6ExposureReport.addTo(app);
  const of = (rows: { constructPath: string; openBecause?: string }[]) =>
    rows.filter(({ openBecause }) => openBecause).map(({ constructPath }) => constructPath).sort();
  const before = of(report.rows());
  app.synth();
  const written = JSON.parse(fs.readFileSync(path.join(app.outdir, 'ipv6-exposure.json'), 'utf8')).rows;
  // What the constructs would write, and what is written, say the same.
  expect(of(written)).toEqual(before);
  return before;
}

const rule = (stack: TerraformStack, id: string, args: Record<string, unknown>) => handWritten(stack, id, args, RULE);

describe('repeated resources', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>, boolean]>([
    ['three addresses, and a rule for one', { for_each: '${toset(["a", "b", "c"])}', ipv6_address_id: '${each.value}' }, { for_each: '${toset(["a"])}', instance_id: '${each.value}' }, true],
    ['two sets that have nothing in common', { for_each: { a: 'a' }, ipv6_address_id: '${each.value}' }, { for_each: { b: 'b' }, instance_id: '${each.value}' }, true],
    ['count 3 against 1', { count: 3, ipv6_address_id: '${var.ids[count.index]}' }, { count: 1, instance_id: '${var.ids[count.index]}' }, true],
    ['a rule that is repeated, for one address', { ipv6_address_id: 'ipv6-a' }, { count: 1, instance_id: 'ipv6-a' }, true],
    ['a rule that may be there no time', { ipv6_address_id: 'ipv6-a' }, { count: '${var.rules}', instance_id: 'ipv6-a' }, true],
    ['the same set by another value', { for_each: { a: 'b' }, ipv6_address_id: '${each.key}' }, { for_each: { a: 'b' }, instance_id: '${each.value}' }, true],
    ['the same set', { for_each: '${var.ids}', ipv6_address_id: '${each.value}' }, { for_each: '${var.ids}', instance_id: '${each.value}' }, false],
    ['the same count', { count: 3, ipv6_address_id: '${var.ids[count.index]}' }, { count: 3, instance_id: '${var.ids[count.index]}' }, false],
    ['the bandwidth of the same key', { for_each: '${var.ids}', ipv6_address_id: '${each.value}' }, { for_each: '${var.ids}', instance_id: `\${${BANDWIDTH}.B[each.key].ipv6_address_id}` }, false],
    ['each of the bandwidths', { for_each: '${var.ids}', ipv6_address_id: '${each.value}' }, { for_each: `\${${BANDWIDTH}.B}`, instance_id: '${each.value.ipv6_address_id}' }, false],
    ['one address', { ipv6_address_id: 'ipv6-a' }, { instance_id: 'ipv6-a' }, false],
    ['one address by another provider', { ipv6_address_id: 'ipv6-a' }, { instance_id: 'ipv6-a', provider: 'alicloud.beijing' }, true],
    ['one address by the same provider', { ipv6_address_id: 'ipv6-a', provider: 'alicloud.beijing' }, { instance_id: 'ipv6-a', provider: 'alicloud.beijing' }, false],
    ['one address by another gateway', { ipv6_address_id: 'ipv6-a' }, { instance_id: 'ipv6-a', ipv6_gateway_id: 'ipv6gw-other' }, true],
    ['one address by the gateway of the bandwidth', { ipv6_address_id: 'ipv6-a' }, { instance_id: 'ipv6-a', ipv6_gateway_id: `\${${BANDWIDTH}.B.ipv6_gateway_id}` }, false],
    ['one address by a rule that a plan may leave at another', { ipv6_address_id: 'ipv6-a' }, { instance_id: 'ipv6-a', lifecycle: { ignore_changes: ['instance_id'] } }, true],
    ['one address by a rule that a plan may leave as it is', { ipv6_address_id: 'ipv6-a' }, { instance_id: 'ipv6-a', lifecycle: [{ ignore_changes: 'all' }] }, true],
    ['an address that a plan may leave at another', { ipv6_address_id: 'ipv6-a', lifecycle: { ignore_changes: ['ipv6_address_id'] } }, { instance_id: 'ipv6-a' }, true],
    ['the address that the bandwidth has, whatever a plan leaves', { ipv6_address_id: 'ipv6-a', lifecycle: { ignore_changes: ['ipv6_address_id'] } }, { instance_id: `\${${BANDWIDTH}.B.ipv6_address_id}` }, false],
    ['a rule that OpenTofu may leave out', { ipv6_address_id: 'ipv6-a' }, { instance_id: 'ipv6-a', lifecycle: { enabled: '${var.closed}' } }, true],
    ['an id that is another at each reading', { ipv6_address_id: '${var.ids[length(uuid()) % 2]}' }, { instance_id: '${var.ids[length(uuid()) % 2]}' }, true],
    ['the address of the bandwidth', { ipv6_address_id: 'ipv6-a' }, { instance_id: `\${${BANDWIDTH}.B.ipv6_address_id}` }, false],
  ])('%s', (_, ofBandwidth, ofRule, isOpen) => {
    expect(open((stack) => {
      new TerraformVariable(stack, 'ids', {});
      handWritten(stack, 'B', ofBandwidth);
      rule(stack, 'R', ofRule);
    })).toEqual(isOpen ? ['stack/B'] : []);
  });
});

describe('a set in blocks, each with its rules over the same addresses', () => {
  const addresses = '${local.addresses}';
  const ofBandwidth = { for_each: addresses, ipv6_address_id: '${each.key}', ipv6_gateway_id: '${each.value}' };
  const ofRule = { for_each: addresses, instance_id: '${each.key}', ipv6_gateway_id: '${each.value}' };
  const own = (attribute: string, key = 'each.key', name = 'B') => `\${${BANDWIDTH}.${name}[${key}].${attribute}}`;

  test.each<[string, Record<string, unknown>, boolean]>([
    ['the key', {}, false],
    ['the address of the bandwidth with the key', { instance_id: own('ipv6_address_id') }, false],
    ['its gateway too', { instance_id: own('ipv6_address_id'), ipv6_gateway_id: own('ipv6_gateway_id') }, false],
    ['the same map written out', { for_each: '${{ for id in var.ids : id => "ipv6gw-1" }}' }, false],
    ['another set', { for_each: '${local.others}' }, true],
    ['a part of the set', { for_each: '${{ for id, gateway in local.addresses : id => gateway if id != "ipv6-a" }}' }, true],
    ['the keys alone', { for_each: '${toset(keys(local.addresses))}', ipv6_gateway_id: 'ipv6gw-1' }, true],
    ['the value', { instance_id: '${each.value}' }, true],
    ['a part of the key', { instance_id: '${substr(each.key, 0, 6)}' }, true],
    ['one key', { instance_id: own('ipv6_address_id', '"ipv6-a"') }, true],
    ['another block', { instance_id: own('ipv6_address_id', 'each.key', 'C') }, true],
    ['another gateway', { ipv6_gateway_id: 'ipv6gw-other' }, true],
    ['a count', { for_each: undefined, count: '${length(local.addresses)}' }, true],
    ['no set', { for_each: undefined }, true],
  ])('rules for %s', (_, differences, isOpen) => {
    expect(open((stack) => {
      stack.addOverride('locals', { addresses: '${{ for id in var.ids : id => "ipv6gw-1" }}', others: '${{ for id in var.ids : id => "ipv6gw-2" }}' });
      handWritten(stack, 'B', ofBandwidth);
      const { for_each, ...others } = { ...ofRule, ...differences };
      rule(stack, 'R', for_each === undefined ? others : { for_each, ...others });
    })).toEqual(isOpen ? ['stack/B'] : []);
  });
});

describe('what an override or a custom element writes', () => {
  const HIDDEN = { ipv6_address_id: 'ipv6-hidden', ipv6_gateway_id: 'ipv6gw-1', bandwidth: 1 };

  test('as a list is seen', () => {
    expect(open((stack) => stack.addOverride('resource', [{ [BANDWIDTH]: [{ hidden: [HIDDEN] }] }]))).toEqual([`stack (${BANDWIDTH}.hidden)`]);
    expect(open((stack) => new class extends TerraformElement {
      toTerraform() {
        return { resource: [{ [BANDWIDTH]: { hidden: HIDDEN } }] };
      }
    }(stack, 'Custom'))).toEqual([`stack (${BANDWIDTH}.hidden)`]);
  });

  test('in place of all rules opens what they closed, and ends in no TypeError', () => {
    expect(open((stack) => {
      bandwidth(stack, 'B');
      stack.addOverride(`resource.${RULE}`, undefined);
    })).toEqual(['stack/B']);
  });

  test('of the addresses in a block of a set counts beside the set, and opens them', () => {
    const app = makeApp();
    const stack = makeStack(app);
    const set = new Ipv6InternetBandwidths(stack, 'Set', {
      ipv6Addresses: Ipv6Addresses.fromIpv6AddressIds(stack, 'Addresses', ['ipv6-a'], { vpcId: 'vpc-1' }), bandwidth: 10, egressOnly: true,
    });
    const rules = Ipv6ExposureRules.addTo(app, { maxBandwidthPerGateway: 20 });
    expect(rules.findings()).toEqual([]);
    const { terraformResourceType: type, friendlyUniqueId: name } = set.resources[0];
    stack.addOverride(`resource.${type}.${name}.for_each`, { 'ipv6-b': '', 'ipv6-c': '' });
    expect(rules.findings().map(({ ruleId, actual }) => [ruleId, actual])).toEqual([
      ['Ipv6EgressOnlyRequired', 'the Internet can open connections to the address'],
      ['Ipv6BandwidthPerGateway', 'the gateway of vpc-1 has 30 Mbit/s in all'],
    ]);
  });

  test('of one rule opens its address', () => {
    expect(open((stack) => bandwidth(stack, 'B').egressOnlyRule!.resource.addOverride('instance_id', 'ipv6-other'))).toEqual(['stack/B']);
  });

  test('cannot pass for a construct that is acknowledged', () => {
    const app = makeApp();
    const stack = makeStack(app);
    const web = bandwidth(stack, 'B', { egressOnly: false });
    Ipv6ExposureRules.acknowledge(web, 'Ipv6EgressOnlyRequired', { reason: 'a web server' });
    stack.addOverride(`resource.${BANDWIDTH}.hidden`, { ...HIDDEN, '//': { metadata: { path: web.resource.node.path } } });
    Ipv6ExposureRules.addTo(app, { libraryConstructRequired: false });
    expect(() => app.synth()).toThrow(`Ipv6EgressOnlyRequired: stack (${BANDWIDTH}.hidden): the Internet can open connections`);
  });

  test('is acknowledged by its name, and the next override is not', () => {
    const app = makeApp();
    const stack = makeStack(app);
    Ipv6ExposureRules.addTo(app, { libraryConstructRequired: false });
    stack.addOverride(`resource.${BANDWIDTH}.first`, { ...HIDDEN, ipv6_address_id: 'ipv6-first' });
    expect(() => app.synth()).toThrow(`{ reason, block: '${BANDWIDTH}.first' })`);
    Ipv6ExposureRules.acknowledge(stack, 'Ipv6EgressOnlyRequired', { reason: 'a web server', block: `${BANDWIDTH}.first` });
    app.synth();
    stack.addOverride(`resource.${BANDWIDTH}.next`, { ...HIDDEN, ipv6_address_id: 'ipv6-next' });
    expect(() => app.synth()).toThrow(`Ipv6EgressOnlyRequired: stack (${BANDWIDTH}.next)`);
    const said = { constructPath: `stack (${BANDWIDTH}.first)`, ruleId: 'Ipv6EgressOnlyRequired', reason: 'a web server' };
    expect(Ipv6ExposureReport.addTo(app).rows().map(({ constructPath, acknowledgements }) => [constructPath, acknowledgements])).toEqual([
      [`stack (${BANDWIDTH}.first)`, [said]],
      [`stack (${BANDWIDTH}.next)`, []],
    ]);
  });

  test('that is gone makes its acknowledgement stale', () => {
    const app = makeApp();
    const stack = makeStack(app);
    Ipv6ExposureRules.addTo(app);
    Ipv6ExposureRules.acknowledge(stack, 'Ipv6EgressOnlyRequired', { reason: 'a web server', block: `${BANDWIDTH}.gone` });
    expect(() => app.synth()).toThrow(`Ipv6EgressOnlyRequired: stack (${BANDWIDTH}.gone): acknowledged, but no finding of the rule names this construct`);
  });
});

describe('what a plan may leave as the state has it', () => {
  test.each([
    ['bandwidth', 'Ipv6BandwidthPerAddress: stack/B: what the state has Mbit/s, known to Terraform only'],
    ['internet_charge_type', 'Ipv6ChargeTypeAllowed: stack/B: what the state has, known to Terraform only'],
    ['ipv6_gateway_id', 'Ipv6BandwidthPerGateway: stack/B: the gateway ipv6gw-hand, known to Terraform only'],
  ])('%s is not held for what is written', (argument, finding) => {
    const app = makeApp();
    const stack = makeStack(app);
    const limits = { maxBandwidthPerAddress: 10, maxBandwidthPerGateway: 10, allowedChargeTypes: [InternetChargeType.PAY_BY_BANDWIDTH] };
    Ipv6ExposureRules.addTo(app, { ...limits, egressOnlyRequired: false, libraryConstructRequired: false });
    const { node } = handWritten(stack, 'B');
    expect(() => app.synth()).not.toThrow();
    node.scope!.node.tryRemoveChild('B');
    handWritten(stack, 'B', { lifecycle: { ignore_changes: [argument] } });
    expect(() => app.synth()).toThrow(finding);
  });
});

describe('a file beside the synthesized one, which Terraform reads too', () => {
  test.each(['extra.tf', 'extra.tf.json', 'cdk_override.tf.json', 'extra.tofu', 'extra.tofu.json'])('%s is found until it is acknowledged', (name) => {
    const app = makeApp();
    Ipv6ExposureRules.addTo(app);
    const report = Ipv6ExposureReport.addTo(app);
    const stack = makeStack(app);
    app.synth();
    fs.writeFileSync(path.join(app.outdir, 'stacks/stack', name), '');
    expect(() => app.synth()).toThrow(`Ipv6ModuleReviewed: stack (${name}): a file beside the synthesized one, which Terraform reads too`);
    Ipv6ExposureRules.acknowledge(stack, 'Ipv6ModuleReviewed', { reason: 'a tag policy', block: name });
    app.synth();
    expect(report.toMarkdown()).not.toContain('## Not looked into'); // the constructs do not write it
    expect(fs.readFileSync(path.join(app.outdir, 'ipv6-exposure.md'), 'utf8')).toMatch(new RegExp(`## Not looked into[^]*stack \\(${name}\\)`));
  });

  test('what Terraform does not read is none', () => {
    const app = makeApp();
    Ipv6ExposureRules.addTo(app);
    makeStack(app);
    app.synth();
    for (const name of ['.terraform.lock.hcl', 'terraform.tfvars', 'terraform.stack.tfstate', 'README.md']) fs.writeFileSync(path.join(app.outdir, 'stacks/stack', name), '');
    expect(() => app.synth()).not.toThrow();
  });
});

describe('sums', () => {
  test('a gateway that is known by its id may be the one that is known by its VPC', () => {
    const app = makeApp();
    const stack = makeStack(app);
    bandwidth(stack, 'OfVpc', { bandwidth: 60 });
    const byId = (id: string, mbps: number) => new Ipv6InternetBandwidth(stack, id, {
      ipv6Address: Ipv6Address.fromIpv6AddressAttributes(stack, `${id}Address`, { ipv6AddressId: `ipv6-${id}` }),
      ipv6Gateway: Ipv6Gateway.fromIpv6GatewayId(stack, `${id}Gateway`, 'ipv6gw-1'),
      bandwidth: mbps,
      egressOnly: true,
    });
    byId('a', 40);
    const rules = Ipv6ExposureRules.addTo(app, { maxBandwidthPerGateway: 100 });
    expect(rules.findings()).toEqual([]);
    byId('b', 1);
    expect(rules.findings()).toMatchObject([{ actual: 'the gateway of vpc-1, if it is ipv6gw-1, has 101 Mbit/s in all' }]);
  });
});

describe('each way to synthesize', () => {
  const OPEN = 'Ipv6EgressOnlyRequired: stack/B: the Internet can open connections to the address';
  const scopes: [string, (stack: TerraformStack, app: App) => TerraformStack | App][] = [['an app', (_, app) => app], ['a stack', (stack) => stack]];
  const ways: [string, (stack: TerraformStack, app: App) => unknown][] = [
    ['app.synth()', (_, app) => app.synth()],
    ['app.synth(), a second time', (_, app) => {
      expect(() => app.synth()).toThrow(OPEN);
      app.synth();
    }],
    ['Testing.synth(stack, true)', (stack) => Testing.synth(stack, true)],
    ['Testing.synth(stack, true), after app.synth()', (stack, app) => {
      expect(() => app.synth()).toThrow(OPEN);
      Testing.synth(stack, true);
    }],
    ['Testing.fullSynth(stack)', (stack) => Testing.fullSynth(stack)],
  ];

  test.each(scopes.flatMap(([scope, scopeOf]) => ways.map(([way, synthesize]) => [scope, way, scopeOf, synthesize] as const)))('the rules of %s find what is open in %s', (_s, _w, scopeOf, synthesize) => {
    const app = makeApp();
    const stack = makeStack(app);
    const b = bandwidth(stack, 'B', { egressOnly: undefined });
    Ipv6ExposureRules.addTo(scopeOf(stack, app));
    expect(() => synthesize(stack, app)).toThrow(OPEN);
    b.addEgressOnlyRule();
    if (_w.includes('second') || _w.includes('after')) return;
    expect(() => synthesize(stack, app)).not.toThrow();
  });

  describe('a stack that is made after the rules of its app', () => {
    // The fork refuses a construct that is in no stack in any case.
    const HAND_WRITTEN = /Ipv6EgressOnlyRequired: (\w+\/)*stack( \(\w+\.hidden\)|\/B): the Internet can open connections to the address|constructs outside of a TerraformStack/;
    const kinds: [string, (app: App) => TerraformStack][] = [
      ['with a construct of the library', (app) => {
        const stack = makeStack(app);
        bandwidth(stack, 'B', { egressOnly: false });
        return stack;
      }],
      ['with a hand-written resource alone', (app) => {
        const stack = makeStack(app);
        handWritten(stack, 'B');
        return stack;
      }],
      ['with an override alone', (app) => {
        const stack = new TerraformStack(app, 'stack');
        stack.addOverride(`resource.${BANDWIDTH}.hidden`, { ipv6_address_id: 'ipv6-hidden', ipv6_gateway_id: 'ipv6gw-1', bandwidth: 1 });
        return stack;
      }],
      ['in a construct', (app) => {
        new Construct(new Construct(app, 'Other'), 'Empty');
        const stack = makeStack(new Construct(app, 'Environment') as App);
        handWritten(stack, 'B');
        return stack;
      }],
      ['in a stack that was there before', (app) => {
        const stack = makeStack(app.node.findChild('before') as unknown as App);
        handWritten(stack, 'B');
        return stack;
      }],
      ['in a stack that is new too', (app) => {
        const outer = makeStack(app, 'outer');
        otherResource(outer, 'Something', 'alicloud_thing');
        const stack = makeStack(outer as unknown as App);
        handWritten(stack, 'B');
        return stack;
      }],
    ];

    test.each(kinds.flatMap(([kind, make]) => ways.map(([way, synthesize]) => [kind, way, make, synthesize] as const)))('%s: %s finds what is open', (_k, way, make, synthesize) => {
      const app = makeApp();
      makeStack(app, 'before');
      Ipv6ExposureRules.addTo(app);
      const stack = make(app);
      makeStack(app, 'after');
      if (way.includes('second') || way.includes('after')) expect(() => app.synth()).toThrow(HAND_WRITTEN);
      expect(() => (way.startsWith('app') ? app.synth() : synthesize(stack, app))).toThrow(HAND_WRITTEN);
    });

    test.each(kinds)('%s: the very last one is found too', (_, make) => {
      for (const synthesize of [(stack: TerraformStack) => Testing.synth(stack, true), (stack: TerraformStack) => Testing.fullSynth(stack)]) {
        const app = makeApp();
        makeStack(app, 'before');
        Ipv6ExposureRules.addTo(app);
        const stack = make(app);
        expect(() => synthesize(stack)).toThrow(HAND_WRITTEN);
      }
    });

    test('is left alone by the rules of another one, and keeps the context of its app', () => {
      const app = Testing.app({ outdir: temporaryFolder(), context: { colour: 'red' } });
      Ipv6ExposureRules.addTo(makeStack(app, 'before'));
      const stack = makeStack(app);
      handWritten(stack, 'B');
      expect(() => Testing.synth(stack, true)).not.toThrow();
      expect([stack.node.tryGetContext('colour'), stack.node.tryGetContext('cdktfVersion')]).toEqual(['red', 'stubbed']);
    });

    test('is written once: the app judges the file', () => {
      const app = makeApp();
      Ipv6ExposureRules.addTo(app, { egressOnlyRequired: false, libraryConstructRequired: false });
      const stack = makeStack(app);
      handWritten(stack, 'B');
      const toTerraform = jest.spyOn(stack, 'toTerraform');
      app.synth();
      expect(toTerraform).toHaveBeenCalledTimes(1);
    });
  });

  describe('cdktf synth, which runs the program with what it reads the result by', () => {
    const COMMAND_LINE = { CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: 'true', CDKTF_CONTEXT_JSON: '{"cdktfRelativeModules":["./"]}' };
    const before = { ...process.env };
    afterEach(() => {
      process.env = { ...before };
    });

    const openApp = (env: Record<string, string>) => {
      const outdir = temporaryFolder();
      Object.assign(process.env, { CDKTF_OUTDIR: outdir }, env);
      const app = new App({ outdir });
      for (const id of ['stack', 'other']) bandwidth(makeStack(app, id), 'B', { egressOnly: false });
      Ipv6ExposureRules.addTo(app);
      return app;
    };

    test('finds what is open, by error annotations that it prints once and without a stack trace', () => {
      const app = openApp(COMMAND_LINE);
      for (let times = 0; times < 2; times++) {
        app.synth();
        const { stacks } = JSON.parse(fs.readFileSync(path.join(app.outdir, 'manifest.json'), 'utf8'));
        const finding = (id: string) => ({ constructPath: `${id}/B`, level: '@cdktf/error', message: expect.stringContaining(OPEN.replace('stack', id)) });
        expect([stacks.stack.annotations, stacks.other.annotations]).toEqual([[finding('stack')], [finding('other')]]);
      }
    });

    test.each<[string, Record<string, string>]>([
      ['CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS alone', { ...COMMAND_LINE, CDKTF_CONTEXT_JSON: '' }],
      ['another value', { ...COMMAND_LINE, CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: '1' }],
      ['an output folder that it does not read', { ...COMMAND_LINE, CDKTF_OUTDIR: '/nowhere' }],
    ])('is not mimicked by %s: the error is thrown', (_, env) => {
      expect(() => openApp(env).synth()).toThrow(OPEN);
    });
  });

  test('two copies of cdktf do not keep the rules from finding what is open', () => {
    let other!: typeof import('cdktf');
    jest.isolateModules(() => { other = jest.requireActual('cdktf'); });
    expect(other.App).not.toBe(App);
    const app = new other.App({ outdir: temporaryFolder() });
    Ipv6ExposureRules.addTo(app);
    const stack = new other.TerraformStack(app, 'stack');
    new class extends other.TerraformProvider {}(stack, 'Provider', { terraformResourceType: 'alicloud', terraformGeneratorMetadata: { providerName: 'alicloud' } });
    bandwidth(stack as unknown as TerraformStack, 'B', { egressOnly: false });
    expect(() => app.synth()).toThrow(OPEN);
    expect(() => other.Testing.synth(stack, true)).toThrow(OPEN);
    expect(() => other.Testing.fullSynth(stack)).toThrow(OPEN);
  });

  test('skipValidation that is set after the rules fails, and says that it cannot be', () => {
    const app = makeApp();
    const stack = makeStack(app);
    bandwidth(stack, 'B', { egressOnly: false });
    Ipv6ExposureRules.addTo(app);
    Object.assign(app, { skipValidation: true });
    expect(() => app.synth()).toThrow('the app skips its validations, and would skip Ipv6ExposureRules with them');
  });

  test('HCL output fails, and says that it could not look', () => {
    process.env.SYNTH_HCL_OUTPUT = '1';
    try {
      const app = new App({ outdir: temporaryFolder() });
      handWritten(makeStack(app), 'B');
      Ipv6ExposureRules.addTo(app);
      expect(() => app.synth()).toThrow(/^stack: .*cdk\.tf\.json cannot be read as JSON, and so nothing can be said about what it exposes/);
    } finally {
      delete process.env.SYNTH_HCL_OUTPUT;
    }
  });
});

describe('the warning of open inbound', () => {
  test.each<[string, (stack: TerraformStack, app: App) => Ipv6InternetBandwidth]>([
    ['a rule in another stack', (stack, app) => {
      const b = bandwidth(stack, 'B', { egressOnly: undefined, ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'A', 'ipv6-1', { vpcId: 'vpc-1' }) });
      const other = makeStack(app, 'other');
      new Ipv6EgressOnlyRule(other, 'R', {
        ipv6InternetBandwidth: Ipv6InternetBandwidth.fromIpv6InternetBandwidthAttributes(other, 'B', { internetBandwidthId: 'ipv6bw-1', ipv6AddressId: 'ipv6-2', ipv6GatewayId: 'ipv6gw-1' }),
      });
      return b;
    }],
  ])('is not silenced by %s', (_, make) => {
    const app = makeApp();
    const stack = makeStack(app);
    make(stack, app);
    app.synth();
    expect(warnings(stack)).toEqual([['stack/B', expect.stringContaining('the Internet can open connections to this address')]]);
  });
});

test('the policy of a part of a stack has what the part looks up', () => {
  const stack = makeStack();
  const scope = otherResource(stack, 'Part', 'alicloud_part');
  const gateway = Ipv6Gateway.fromVpcId(scope, 'Gateway', 'vpc-1');
  new Ipv6InternetBandwidth(scope, 'B', { ipv6Address: Ipv6Address.fromInstanceId(scope, 'A', 'i-1'), ipv6Gateway: gateway, bandwidth: 1, egressOnly: false });
  const other = otherResource(stack, 'Other', 'alicloud_part');
  new Ipv6InternetBandwidth(other, 'B', {
    ipv6Address: Ipv6Address.fromIpv6AddressAttributes(other, 'A', { ipv6AddressId: 'ipv6-2' }), ipv6Gateway: Ipv6Gateway.fromIpv6GatewayId(other, 'G', 'ipv6gw-1'), bandwidth: 1, egressOnly: false,
  });
  expect(Ipv6RamPolicy.of(scope).actions).toContain('vpc:DescribeIpv6Gateways');
  expect(Ipv6RamPolicy.of(other).actions).not.toContain('vpc:DescribeIpv6Gateways');
});

test('a report cannot overwrite the policy of another', () => {
  const app = makeApp();
  const ramPolicy = Ipv6RamPolicy.of(app);
  Ipv6ExposureReport.addTo(app, { fileName: 'a', ramPolicy });
  expect(() => Ipv6ExposureReport.addTo(app, { fileName: 'a.ram-policy' })).toThrow('the report of the app writes a file of the same name, got "a.ram-policy"');
  Ipv6ExposureReport.addTo(app, { fileName: 'b.ram-policy' });
  expect(() => Ipv6ExposureReport.addTo(app, { fileName: 'b', ramPolicy })).toThrow('writes a file of the same name, got "b"');
});

test('bandwidth that is taken over by importFrom is adopted', () => {
  const app = makeApp();
  const stack = makeStack(app);
  bandwidth(stack, 'B').resource.importFrom('ipv6bw-1');
  expect(Ipv6ExposureReport.addTo(app).rows()).toMatchObject([{ constructPath: 'stack/B', adopted: true }]);
});

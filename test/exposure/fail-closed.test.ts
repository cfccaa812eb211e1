// The ways in which an open address could go unseen, and does not.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { bandwidth, handWritten, shown } from './program/written';
import {
  InternetChargeType, Ipv6Address, Ipv6Addresses, Ipv6EgressOnlyRule, Ipv6ExposureReport, Ipv6ExposureRules, Ipv6Gateway, Ipv6Inbound,
  Ipv6InternetBandwidth, Ipv6InternetBandwidths, Ipv6RamPolicy,
} from '../../src';
import { BANDWIDTH, makeApp, makeStack, otherResource, RULE, temporaryFolder, warnings } from '../synth';

const HIDDEN = { ipv6_address_id: 'ipv6-hidden', ipv6_gateway_id: 'ipv6gw-1', bandwidth: 1 };

/** The rows of a stack that are not closed, by construct: before the synthesis, and in the file that it writes. */
function notClosed(make: (stack: TerraformStack, app: App) => unknown): string[] {
  const app = makeApp();
  make(makeStack(app), app);
  const report = Ipv6ExposureReport.addTo(app);
  const of = (rows: { constructPath: string; block?: string; inbound: Ipv6Inbound; reason?: string }[]) =>
    rows.filter(({ inbound }) => inbound !== Ipv6Inbound.CLOSED).map(({ constructPath, block, reason }) => {
      expect(reason).not.toBeUndefined();
      return block ?? constructPath;
    });
  const before = of(report.rows());
  app.synth();
  expect(of(JSON.parse(fs.readFileSync(path.join(app.outdir, 'ipv6-exposure.json'), 'utf8')).rows)).toEqual(before);
  return before;
}

const after = (name: string) => ({ depends_on: [`${BANDWIDTH}.${name}`] });

describe('repeated resources', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>, boolean]>([
    ['three addresses, and a rule for one', { for_each: '${toset(["a", "b", "c"])}', ipv6_address_id: '${each.value}' }, { for_each: '${toset(["a"])}', instance_id: '${each.value}' }, true],
    ['two sets without a common address', { for_each: { a: 'a' }, ipv6_address_id: '${each.value}' }, { for_each: { b: 'b' }, instance_id: '${each.value}' }, true],
    ['count 3 against 1', { count: 3, ipv6_address_id: '${var.ids[count.index]}' }, { count: 1, instance_id: '${var.ids[count.index]}' }, true],
    ['a repeated rule for one address', { ipv6_address_id: 'ipv6-a' }, { count: 1, instance_id: 'ipv6-a' }, true],
    ['a rule that may have no instance', { ipv6_address_id: 'ipv6-a' }, { count: '${var.rules}', instance_id: 'ipv6-a' }, true],
    ['the same set by another value', { for_each: { a: 'b' }, ipv6_address_id: '${each.key}' }, { for_each: { a: 'b' }, instance_id: '${each.value}' }, true],
    ['the same set', { for_each: '${var.ids}', ipv6_address_id: '${each.value}' }, { for_each: '${var.ids}', instance_id: '${each.value}' }, false],
    ['the same count', { count: 3, ipv6_address_id: '${var.ids[count.index]}' }, { count: 3, instance_id: '${var.ids[count.index]}' }, false],
    ['the next of the same count', { count: 3, ipv6_address_id: '${var.ids[count.index]}' }, { count: 3, instance_id: `\${${BANDWIDTH}.B[count.index + 1].ipv6_address_id}` }, true],
    ['each of the bandwidths', { for_each: '${var.ids}', ipv6_address_id: '${each.value}' }, { for_each: `\${${BANDWIDTH}.B}`, instance_id: '${each.value.ipv6_address_id}' }, false],
    ['one address', { ipv6_address_id: 'ipv6-a' }, { instance_id: 'ipv6-a' }, false],
    ['one address by another provider', { ipv6_address_id: 'ipv6-a' }, { instance_id: 'ipv6-a', provider: 'alicloud.beijing' }, true],
    ['one address by another gateway', { ipv6_address_id: 'ipv6-a' }, { instance_id: 'ipv6-a', ipv6_gateway_id: 'ipv6gw-other' }, true],
    ['one address, and a rule with ignore_changes', { ipv6_address_id: 'ipv6-a' }, { instance_id: 'ipv6-a', lifecycle: [{ ignore_changes: 'all' }] }, true],
    ['an address with ignore_changes', { ipv6_address_id: 'ipv6-a', lifecycle: { ignore_changes: ['ipv6_address_id'] } }, { instance_id: 'ipv6-a' }, true],
    ['a rule that OpenTofu may disable', { ipv6_address_id: 'ipv6-a' }, { instance_id: 'ipv6-a', lifecycle: { enabled: '${var.closed}' } }, true],
    ['an id with another value at each evaluation', { ipv6_address_id: '${var.ids[length(uuid()) % 2]}' }, { instance_id: '${var.ids[length(uuid()) % 2]}' }, true],
    ['the address of the bandwidth', { ipv6_address_id: 'ipv6-a' }, { instance_id: `\${${BANDWIDTH}.B.ipv6_address_id}` }, false],
  ])('%s', (_, ofBandwidth, ofRule, isFound) => {
    expect(notClosed((stack) => {
      new TerraformVariable(stack, 'ids', {});
      handWritten(stack, 'B', ofBandwidth).overrideLogicalId('B');
      handWritten(stack, 'R', { ...after('B'), ...ofRule }, RULE);
    })).toEqual(isFound ? ['stack/B'] : []);
  });
});

describe('a set in blocks, each with its rules over the same addresses', () => {
  const addresses = '${local.addresses}';
  const ofBandwidth = { for_each: addresses, ipv6_address_id: '${each.key}', ipv6_gateway_id: '${each.value}' };
  const ofRule = { for_each: addresses, instance_id: '${each.key}', ipv6_gateway_id: '${each.value}', ...after('B') };
  const own = (attribute: string, key = 'each.key', name = 'B') => `\${${BANDWIDTH}.${name}[${key}].${attribute}}`;

  test.each<[string, Record<string, unknown>, boolean]>([
    ['the key', {}, false],
    ['the address of the bandwidth with the key', { instance_id: own('ipv6_address_id') }, false],
    ['its gateway too', { instance_id: own('ipv6_address_id'), ipv6_gateway_id: own('ipv6_gateway_id') }, false],
    ['the same map as a literal, which the rules do not compare', { for_each: '${{ for id in var.ids : id => "ipv6gw-1" }}' }, true],
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
  ])('rules for %s', (_, differences, isFound) => {
    expect(notClosed((stack) => {
      stack.addOverride('locals', { addresses: '${{ for id in var.ids : id => "ipv6gw-1" }}', others: '${{ for id in var.ids : id => "ipv6gw-2" }}' });
      handWritten(stack, 'B', ofBandwidth).overrideLogicalId('B');
      handWritten(stack, 'R', { ...ofRule, ...differences }, RULE);
    })).toEqual(isFound ? ['stack/B'] : []);
  });

  test('an override of the addresses of a block of a library\'s set is found, and counted', () => {
    const app = makeApp();
    const stack = makeStack(app);
    const set = new Ipv6InternetBandwidths(stack, 'Set', {
      ipv6Addresses: Ipv6Addresses.fromIpv6AddressIds(stack, 'Addresses', ['ipv6-a'], { vpcId: 'vpc-1' }), bandwidth: 10, egressOnly: true,
    });
    const rules = Ipv6ExposureRules.addTo(app, { maxBandwidthPerGateway: 20 });
    expect(rules.findings()).toEqual([]);
    const { terraformResourceType: type, friendlyUniqueId: name } = set.resources[0];
    stack.addOverride(`resource.${type}.${name}.for_each`, { 'ipv6-b': '', 'ipv6-c': '', 'ipv6-d': '' });
    expect(rules.findings().map(({ ruleId, constructPath }) => [ruleId, constructPath])).toEqual(expect.arrayContaining([
      ['Ipv6EgressOnlyRequired', 'stack/Set'],
      ['Ipv6BandwidthPerGateway', 'stack/Set'],
    ]));
  });
});

describe('an override or a custom element', () => {
  test('is not covered by the acknowledgement of a construct', () => {
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
    const acknowledgement = { constructPath: 'stack', block: `${BANDWIDTH}.first`, ruleId: 'Ipv6EgressOnlyRequired', reason: 'a web server' };
    expect(Ipv6ExposureReport.addTo(app).rows().map(({ block, acknowledgements }) => [block, acknowledgements])).toEqual([
      [`${BANDWIDTH}.first`, [acknowledgement]],
      [`${BANDWIDTH}.next`, []],
    ]);
  });

  test('makes its acknowledgement stale when it is removed', () => {
    const app = makeApp();
    const stack = makeStack(app);
    Ipv6ExposureRules.addTo(app);
    Ipv6ExposureRules.acknowledge(stack, 'Ipv6EgressOnlyRequired', { reason: 'a web server', block: `${BANDWIDTH}.gone` });
    expect(() => app.synth()).toThrow(`Ipv6EgressOnlyRequired: stack (${BANDWIDTH}.gone): the acknowledgement matches no finding of the rule`);
  });
});

describe('an argument in ignore_changes', () => {
  test.each([
    ['bandwidth', 'Ipv6BandwidthPerAddress: stack/B: unknown Mbit/s'],
    ['internet_charge_type', 'Ipv6ChargeTypeAllowed: stack/B: an unknown charge type'],
  ])('%s is unknown', (argument, finding) => {
    const app = makeApp();
    const stack = makeStack(app);
    const limits = { maxBandwidthPerAddress: 10, maxBandwidthPerGateway: 10, allowedChargeTypes: [InternetChargeType.PAY_BY_BANDWIDTH] };
    Ipv6ExposureRules.addTo(app, { ...limits, egressOnlyRequired: false, libraryConstructRequired: false });
    handWritten(stack, 'B');
    expect(() => app.synth()).not.toThrow();
    stack.node.tryRemoveChild('B');
    handWritten(stack, 'B', { lifecycle: { ignore_changes: [argument] } });
    expect(() => app.synth()).toThrow(finding);
  });

  test('ipv6_gateway_id is unknown: the bandwidth counts for each gateway', () => {
    const stack = makeStack();
    handWritten(stack, 'A', { ipv6_gateway_id: 'ipv6gw-1', bandwidth: 6 });
    handWritten(stack, 'B', { ipv6_gateway_id: 'ipv6gw-2', bandwidth: 6 });
    const rules = Ipv6ExposureRules.addTo(stack, { maxBandwidthPerGateway: 10, egressOnlyRequired: false, libraryConstructRequired: false });
    expect(rules.findings()).toEqual([]);
    stack.node.tryRemoveChild('B');
    handWritten(stack, 'B', { ipv6_gateway_id: 'ipv6gw-2', bandwidth: 6, lifecycle: { ignore_changes: ['ipv6_gateway_id'] } });
    expect(shown(rules.findings())).toEqual([['stack/A (ipv6gw-1)', '12 Mbit/s, with all bandwidth whose gateway is unknown']]);
  });
});

test('two constructs with one logical id are refused: one of them would be in no Terraform', () => {
  const app = makeApp();
  const stack = makeStack(app);
  for (const id of ['A', 'B']) bandwidth(stack, id).resource.overrideLogicalId('same');
  Ipv6ExposureRules.addTo(app);
  expect(() => app.synth()).toThrow(`stack/B/Resource: a second block ${BANDWIDTH}.same, the first is stack/A/Resource`);
});

describe('another file that Terraform reads with the stack', () => {
  test.each(['extra.tf', 'extra.tf.json', 'cdk_override.tf.json', 'extra.tofu', 'extra.tofu.json'])('%s is a finding until it is acknowledged', (name) => {
    const app = makeApp();
    const stack = makeStack(app);
    Ipv6ExposureRules.addTo(app);
    Ipv6ExposureRules.addTo(stack);
    const report = Ipv6ExposureReport.addTo(app);
    app.synth();
    fs.writeFileSync(path.join(app.outdir, 'stacks/stack', name), '');
    expect(() => app.synth()).toThrow(`Ipv6ModuleReviewed: stack (${name}): another file that Terraform reads with the stack`);
    Ipv6ExposureRules.acknowledge(stack, 'Ipv6ModuleReviewed', { reason: 'a tag policy', block: name });
    app.synth();
    expect(report.toMarkdown()).not.toContain('## Not read'); // the constructs do not write it
    expect(fs.readFileSync(path.join(app.outdir, 'ipv6-exposure.md'), 'utf8')).toMatch(new RegExp(`## Not read[^]*file stack \\(${name}\\)`));
  });

  test('a file that Terraform does not read is no finding', () => {
    const app = makeApp();
    Ipv6ExposureRules.addTo(app);
    makeStack(app);
    app.synth();
    for (const name of ['.terraform.lock.hcl', 'terraform.tfvars', 'terraform.stack.tfstate', 'README.md']) fs.writeFileSync(path.join(app.outdir, 'stacks/stack', name), '');
    expect(() => app.synth()).not.toThrow();
  });
});

describe('each way to synthesize', () => {
  const OPEN = 'Ipv6EgressOnlyRequired: stack/B: the Internet can open connections to the address';
  type Synthesize = (stack: TerraformStack, app: App) => unknown;
  const ofApp: [string, Synthesize][] = [
    ['app.synth()', (_, app) => app.synth()],
    ['app.synth(), a second time', (_, app) => {
      expect(() => app.synth()).toThrow(OPEN);
      app.synth();
    }],
  ];
  const ofStack: [string, Synthesize][] = [
    ['Testing.synth(stack, true)', (stack) => Testing.synth(stack, true)],
    ['Testing.synth(stack, true), after app.synth()', (stack, app) => {
      expect(() => app.synth()).toThrow(OPEN);
      Testing.synth(stack, true);
    }],
    ['Testing.fullSynth(stack)', (stack) => Testing.fullSynth(stack)],
  ];
  const scopes: [string, (stack: TerraformStack, app: App) => Construct, [string, Synthesize][]][] = [
    ['an app', (_, app) => app, ofApp],
    ['a stack', (stack) => stack, [...ofApp, ...ofStack]],
    ['a construct', (stack) => stack.node.findChild('B') as Construct, [...ofApp, ...ofStack]],
  ];

  test.each(scopes.flatMap(([scope, scopeOf, ways]) => ways.map(([way, synthesize]) => [scope, way, scopeOf, synthesize] as const)))('the rules of %s find an open address in %s', (_, way, scopeOf, synthesize) => {
    const app = makeApp();
    const stack = makeStack(app);
    const b = bandwidth(stack, 'B', { egressOnly: undefined });
    Ipv6ExposureRules.addTo(scopeOf(stack, app));
    expect(() => synthesize(stack, app)).toThrow(OPEN);
    if (way.includes('second') || way.includes('after')) return;
    b.addEgressOnlyRule();
    expect(() => synthesize(stack, app)).not.toThrow();
  });

  // The fork refuses a construct that is in no stack in any case.
  const HAND_WRITTEN = /Ipv6EgressOnlyRequired: (\w+\/)*stack( \(\w+\.hidden\)|\/B): the Internet can open connections to the address|constructs outside of a TerraformStack/;
  test.each<[string, (app: App) => unknown]>([
    ['with a construct of the library', (app) => bandwidth(makeStack(app), 'B', { egressOnly: false })],
    ['with only a hand-written resource', (app) => handWritten(makeStack(app), 'B')],
    ['with only an override', (app) => new TerraformStack(app, 'stack').addOverride(`resource.${BANDWIDTH}.hidden`, HIDDEN)],
    ['in a construct', (app) => handWritten(makeStack(new Construct(app, 'Environment') as App), 'B')],
    ['in an existing stack', (app) => handWritten(makeStack(app.node.findChild('before') as unknown as App), 'B')],
    ['in a new stack', (app) => handWritten(makeStack(makeStack(app, 'outer') as unknown as App), 'B')],
  ])('app.synth() finds an open address in a stack that is created after the rules, %s', (_, make) => {
    const app = makeApp();
    makeStack(app, 'before');
    Ipv6ExposureRules.addTo(app);
    expect(() => {
      make(app);
      app.synth();
    }).toThrow(HAND_WRITTEN);
  });

  test('a stack is written once: the rules of the app and the report read that file', () => {
    const app = makeApp();
    Ipv6ExposureRules.addTo(app, { egressOnlyRequired: false, libraryConstructRequired: false });
    Ipv6ExposureReport.addTo(app);
    const stack = makeStack(app);
    handWritten(stack, 'B');
    const toTerraform = jest.spyOn(stack, 'toTerraform');
    app.synth();
    expect(toTerraform).toHaveBeenCalledTimes(1);
  });

  test('the rules find open addresses with two copies of cdktf', () => {
    let other!: typeof import('cdktf');
    jest.isolateModules(() => { other = jest.requireActual('cdktf'); });
    expect(other.App).not.toBe(App);
    const app = new other.App({ outdir: temporaryFolder() });
    const stack = new other.TerraformStack(app, 'stack');
    new class extends other.TerraformProvider {}(stack, 'Provider', { terraformResourceType: 'alicloud', terraformGeneratorMetadata: { providerName: 'alicloud' } });
    bandwidth(stack as unknown as TerraformStack, 'B', { egressOnly: false });
    Ipv6ExposureRules.addTo(app);
    expect(() => app.synth()).toThrow(OPEN);
    Ipv6ExposureRules.addTo(stack);
    expect(() => other.Testing.synth(stack, true)).toThrow(OPEN);
    expect(() => other.Testing.fullSynth(stack)).toThrow(OPEN);
  });

  test('HCL output fails, and the message states that the rules cannot read it', () => {
    process.env.SYNTH_HCL_OUTPUT = '1';
    try {
      const app = new App({ outdir: temporaryFolder() });
      handWritten(makeStack(app), 'B');
      Ipv6ExposureRules.addTo(app);
      expect(() => app.synth()).toThrow(/^stack: .*cdk\.tf\.json must be readable as JSON for the exposure rules and the report .*: remove hclOutput and SYNTH_HCL_OUTPUT$/);
    } finally {
      delete process.env.SYNTH_HCL_OUTPUT;
    }
  });
});

test('a rule in another stack does not silence the warning of open inbound', () => {
  const app = makeApp();
  const stack = makeStack(app);
  bandwidth(stack, 'B', { egressOnly: undefined, ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'A', 'ipv6-1', { vpcId: 'vpc-1' }) });
  const other = makeStack(app, 'other');
  new Ipv6EgressOnlyRule(other, 'R', {
    ipv6InternetBandwidth: Ipv6InternetBandwidth.fromIpv6InternetBandwidthAttributes(other, 'B', { internetBandwidthId: 'ipv6bw-1', ipv6AddressId: 'ipv6-2', ipv6GatewayId: 'ipv6gw-1' }),
  });
  app.synth();
  expect(warnings(stack)).toEqual([['stack/B', expect.stringContaining('the Internet can open connections to this address')]]);
});

test('the policy of a part of a stack has the lookups of that part', () => {
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
  expect(() => Ipv6ExposureReport.addTo(app, { fileName: 'a.ram-policy' })).toThrow('fileName must differ from that of the report of the app, got "a.ram-policy"');
  Ipv6ExposureReport.addTo(app, { fileName: 'b.ram-policy' });
  expect(() => Ipv6ExposureReport.addTo(app, { fileName: 'b', ramPolicy })).toThrow('got "b"');
});

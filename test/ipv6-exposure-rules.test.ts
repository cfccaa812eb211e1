import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Aspects, IAspect, TerraformHclModule, TerraformStack, Testing } from 'cdktf';
import { IConstruct } from 'constructs';
import { Ipv6ExposureRules, Ipv6ExposureRulesProps, Ipv6ExposureSeverity, Ipv6Gateway, Ipv6InternetBandwidth } from '../src';
import { bandwidth, handWritten } from './exposure/program/written';
import { BANDWIDTH, makeApp, makeStack, numberVariable, only, resources, temporaryFolder } from './synth';

const OPEN = /Ipv6EgressOnlyRequired: stack\/B: the Internet can open connections to the address \((egressOnly: false|no egress-only rule)\), allowed is outbound only: write egressOnly: true, or acknowledge it/;

/** The error of the synthesis of an app; empty if there is none. */
function problem(app: App): string {
  try {
    app.synth();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

function aspect(visit: (node: IConstruct) => void): IAspect {
  return { visit };
}

test.each([
  ['an app', (app: App) => app],
  ['a stack', (app: App) => app.node.findChild('stack')],
  ['a construct', (app: App) => app.node.findChild('stack').node.findChild('B')],
])('the rules of %s stop its synthesis', (_, scope) => {
  const app = makeApp();
  const stack = makeStack(app);
  bandwidth(stack, 'B', { egressOnly: false });
  Ipv6ExposureRules.addTo(scope(app));
  expect(problem(app)).toMatch(OPEN);
});

test('the rules of an app check stacks that are created after the rules', () => {
  const app = makeApp();
  Ipv6ExposureRules.addTo(app);
  bandwidth(makeStack(app), 'B', { egressOnly: false });
  expect(problem(app)).toMatch(OPEN);
});

test('the rules of a stack do not check other stacks', () => {
  const app = makeApp();
  bandwidth(makeStack(app), 'B', { egressOnly: false });
  Ipv6ExposureRules.addTo(makeStack(app, 'other'));
  expect(problem(app)).toBe('');
});

test('an app that breaks no rule can be synthesized several times', () => {
  const app = makeApp();
  bandwidth(makeStack(app), 'B');
  Ipv6ExposureRules.addTo(app, { maxBandwidthPerAddress: 10, maxBandwidthPerGateway: 10 });
  expect([problem(app), problem(app)]).toEqual(['', '']);
});

describe('a warning', () => {
  const open = () => {
    const app = makeApp();
    const stack = makeStack(app);
    bandwidth(stack, 'B', { egressOnly: false });
    return { app, stack };
  };
  const printed = (app: App): string[] => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    try {
      expect([problem(app), problem(app)]).toEqual(['', '']); // an app may be synthesized twice
      return warn.mock.calls.map(([text]) => text);
    } finally {
      warn.mockRestore();
    }
  };
  const annotations = (app: App): [string, string, string][] =>
    Object.values<any>(JSON.parse(fs.readFileSync(path.join(app.outdir, 'manifest.json'), 'utf8')).stacks)
      .flatMap((stack) => stack.annotations.map(({ constructPath, level, message }: any) => [constructPath, level, message]));

  test.each<[string, (app: App, stack: TerraformStack) => IConstruct]>([
    ['an app', (app) => app],
    ['a stack', (_, stack) => stack],
    ['a construct', (_, stack) => stack.node.findChild('B')],
  ])('of the rules of %s is an annotation that cdktf synth prints', (_, scope) => {
    const { app, stack } = open();
    Ipv6ExposureRules.addTo(scope(app, stack), { warnings: ['Ipv6EgressOnlyRequired'] });
    expect(printed(app)).toEqual([]);
    expect(annotations(app)).toEqual([['stack/B', '@cdktf/warn', expect.stringMatching(OPEN)]]);
  });

  test('of a stack that is created after the rules is printed by the program', () => {
    const app = makeApp();
    Ipv6ExposureRules.addTo(app, { warnings: ['Ipv6EgressOnlyRequired'] });
    bandwidth(makeStack(app), 'B', { egressOnly: false });
    expect(printed(app)).toEqual(Array(2).fill(expect.stringMatching(OPEN)));
    expect(annotations(app)).toEqual([]);
  });

  test('about the total of several stacks is printed by the program', () => {
    const app = makeApp();
    const ipv6Gateway = new Ipv6Gateway(makeStack(app, 'network'), 'Gateway', { vpcId: 'vpc-1' });
    for (const id of ['a', 'b']) bandwidth(makeStack(app, id), 'B', { ipv6Gateway, bandwidth: 60 });
    Ipv6ExposureRules.addTo(app, { maxBandwidthPerGateway: 100, warnings: ['Ipv6BandwidthPerGateway'] });
    expect(printed(app)[0]).toMatch('Ipv6BandwidthPerGateway: network/Gateway: 120 Mbit/s in all');
  });

  test('is not printed for an acknowledged finding', () => {
    const { app, stack } = open();
    Ipv6ExposureRules.addTo(app, { warnings: ['Ipv6EgressOnlyRequired'] });
    Ipv6ExposureRules.acknowledge(stack.node.findChild('B'), 'Ipv6EgressOnlyRequired', { reason: 'a web server' });
    expect(printed(app)).toEqual([]);
    expect(annotations(app)).toEqual([]);
  });

  test('does not hide an error', () => {
    const { app } = open();
    Ipv6ExposureRules.addTo(app, { warnings: ['Ipv6BandwidthPerAddress'], maxBandwidthPerAddress: 1 });
    expect(problem(app)).toMatch(OPEN);
    expect(problem(app)).not.toMatch('Ipv6BandwidthPerAddress');
  });

  test('replaces a finding with an unknown value because of unknownValues, and no other finding', () => {
    const app = makeApp();
    const stack = makeStack(app);
    bandwidth(stack, 'Unknown', { bandwidth: numberVariable(stack, 'mbps') });
    new TerraformHclModule(stack, 'Module', { source: 'example/network/alicloud' });
    const rules = Ipv6ExposureRules.addTo(app, { maxBandwidthPerAddress: 10, unknownValues: Ipv6ExposureSeverity.WARNING });
    expect(rules.findings().map(({ severity }) => severity)).toEqual(['warning', 'warning']);
    expect(printed(app)).toEqual([]);
    expect(annotations(app).map(([constructPath]) => constructPath).sort()).toEqual(['stack/Module', 'stack/Unknown']);
    bandwidth(stack, 'Known', { bandwidth: 11 });
    expect(problem(app)).toMatch('Ipv6BandwidthPerAddress: stack/Known: 11 Mbit/s');
    expect(problem(app)).not.toMatch('stack/Unknown: ');
  });
});

test('the synthesis of a single stack has the same findings', () => {
  const stack = makeStack();
  bandwidth(stack, 'B', { egressOnly: false });
  Ipv6ExposureRules.addTo(stack);
  expect(() => Testing.fullSynth(stack)).toThrow(OPEN);
  expect(() => Testing.synth(stack, true)).toThrow(OPEN);
});

test('the rules see the changes of an aspect that is added later', () => {
  const app = makeApp();
  const stack = makeStack(app);
  bandwidth(stack, 'B');
  Ipv6ExposureRules.addTo(stack, { maxBandwidthPerAddress: 10 });
  Aspects.of(stack).add(aspect((node) => {
    if (node instanceof Ipv6InternetBandwidth) node.resource.bandwidth = 11;
  }));
  expect(problem(app)).toMatch('Ipv6BandwidthPerAddress: stack/B: 11 Mbit/s, allowed is 10 Mbit/s for an address');
});

test('an aspect of a later stack changes neither the written Terraform of an earlier stack nor its findings', () => {
  const app = makeApp();
  const { resource } = bandwidth(makeStack(app), 'B');
  Ipv6ExposureRules.addTo(app, { maxBandwidthPerAddress: 10 });
  Aspects.of(makeStack(app, 'later')).add(aspect(() => { resource.bandwidth = 11; }));
  expect(problem(app)).toBe('');
  expect(only(resources(JSON.parse(fs.readFileSync(path.join(app.outdir, 'stacks/stack/cdk.tf.json'), 'utf8')), BANDWIDTH)).bandwidth).toBe(10);
});

test('the rules see an address that an aspect closes', () => {
  const app = makeApp();
  makeStack(app, 'first');
  const stack = makeStack(app);
  bandwidth(stack, 'B', { egressOnly: undefined });
  Ipv6ExposureRules.addTo(app);
  Aspects.of(stack).add(aspect((node) => {
    if (node instanceof Ipv6InternetBandwidth && !node.egressOnlyRule) node.addEgressOnlyRule();
  }));
  expect(problem(app)).toBe('');
});

test('a value that only Terraform knows is a finding', () => {
  const app = makeApp();
  const stack = makeStack(app);
  for (const id of ['A', 'B']) handWritten(stack, id, { bandwidth: numberVariable(stack, `mbps${id}`) });
  Ipv6ExposureRules.addTo(app, { egressOnlyRequired: false, libraryConstructRequired: false, maxBandwidthPerAddress: 10 });
  const finding = (where: string) => `Ipv6BandwidthPerAddress: ${where}: unknown Mbit/s, allowed is 10 Mbit/s for an address: write the Mbit/s as a number, `
    + 'or acknowledge it with Ipv6ExposureRules.acknowledge(construct, \'Ipv6BandwidthPerAddress\', { reason })';
  expect(problem(app)).toContain(`failed with the following errors:\n  ${finding('stack/A')}\n  ${finding('stack/B')}\n`);
  for (const id of ['A', 'B']) Ipv6ExposureRules.acknowledge(stack.node.findChild(id), 'Ipv6BandwidthPerAddress', { reason: 'a mirror' });
  expect(problem(app)).toBe('');
});

test('one error has the findings of all stacks and rules, each once', () => {
  const app = makeApp();
  for (const id of ['a', 'b']) bandwidth(makeStack(app, id), 'B', { egressOnly: false, bandwidth: 11 });
  for (let times = 0; times < 2; times++) Ipv6ExposureRules.addTo(app, { maxBandwidthPerAddress: 10 });
  expect(problem(app).split('\n').slice(1).map((line) => /^ {2}(\w+: [\w/]+)/.exec(line)?.[1]).filter((finding) => finding).sort()).toEqual([
    'Ipv6BandwidthPerAddress: a/B', 'Ipv6BandwidthPerAddress: b/B', 'Ipv6EgressOnlyRequired: a/B', 'Ipv6EgressOnlyRequired: b/B',
  ]);
});

test('the total of all stacks is found, even if the stack of the gateway is the first', () => {
  const app = makeApp();
  const ipv6Gateway = new Ipv6Gateway(makeStack(app, 'network'), 'Gateway', { vpcId: 'vpc-1' });
  for (const id of ['a', 'b']) bandwidth(makeStack(app, id), 'B', { ipv6Gateway, bandwidth: 60 });
  Ipv6ExposureRules.addTo(app, { maxBandwidthPerGateway: 100 });
  expect(problem(app)).toMatch('Ipv6BandwidthPerGateway: network/Gateway: 120 Mbit/s in all, allowed is 100 Mbit/s for a gateway: lower the bandwidth');
});

test('CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS does not skip the rules', () => {
  process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS = 'true';
  try {
    const app = makeApp();
    bandwidth(makeStack(app), 'B', { egressOnly: false });
    Ipv6ExposureRules.addTo(app);
    expect(problem(app)).toMatch(OPEN);
  } finally {
    delete process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS;
  }
});

test('an app cannot skip the rules with its validations', () => {
  const app = new App({ outdir: temporaryFolder(), skipValidation: true });
  makeStack(app);
  expect(() => Ipv6ExposureRules.addTo(app)).toThrow('app: skipValidation of the App must not be set with Ipv6ExposureRules, got true: remove skipValidation');
});

describe('an acknowledgement', () => {
  const make = (props: Ipv6ExposureRulesProps = {}) => {
    const app = makeApp();
    const stack = makeStack(app);
    const open = bandwidth(stack, 'B', { egressOnly: false });
    Ipv6ExposureRules.addTo(app, props);
    return { app, stack, open };
  };
  const reason = 'a public web server';

  test('accepts a finding', () => {
    const { app, open } = make();
    Ipv6ExposureRules.acknowledge(open, 'Ipv6EgressOnlyRequired', { reason });
    expect([problem(app), problem(app)]).toEqual(['', '']);
    expect(Ipv6ExposureRules.addTo(app).findings()).toMatchObject([{ ruleId: 'Ipv6EgressOnlyRequired', acknowledgedReason: reason }]);
  });

  test('accepts the total of a gateway', () => {
    const { app, stack } = make({ egressOnlyRequired: false, maxBandwidthPerGateway: 10 });
    const ipv6Gateway = new Ipv6Gateway(stack, 'Gateway', { vpcId: 'vpc-2' });
    bandwidth(stack, 'C', { ipv6Gateway, vpcId: 'vpc-2', bandwidth: 11 });
    Ipv6ExposureRules.acknowledge(ipv6Gateway, 'Ipv6BandwidthPerGateway', { reason });
    expect(problem(app)).toBe('');
  });

  test('applies to one rule', () => {
    const { app, open } = make({ maxBandwidthPerAddress: 1 });
    Ipv6ExposureRules.acknowledge(open, 'Ipv6EgressOnlyRequired', { reason });
    expect(problem(app)).toMatch('Ipv6BandwidthPerAddress: stack/B');
    expect(problem(app)).not.toMatch('Ipv6EgressOnlyRequired');
  });

  test('applies only to the construct that the finding names', () => {
    const { app, stack } = make();
    Ipv6ExposureRules.acknowledge(stack, 'Ipv6EgressOnlyRequired', { reason });
    expect(problem(app)).toMatch(OPEN);
  });

  test.each([undefined, '', '  ', '${var.reason}'])('with the reason %j is refused', (none) => {
    const { open } = make();
    expect(() => Ipv6ExposureRules.acknowledge(open, 'Ipv6EgressOnlyRequired', { reason: none as string }))
      .toThrow(/^stack\/B: reason of the acknowledgement of Ipv6EgressOnlyRequired must be a literal string, got .*: write who allowed it, and why$/);
  });

  test('without options is refused', () => {
    expect(() => Ipv6ExposureRules.acknowledge(make().open, 'Ipv6EgressOnlyRequired', undefined as any)).toThrow('reason of the acknowledgement');
  });

  test('of an unknown rule is refused', () => {
    expect(() => Ipv6ExposureRules.acknowledge(make().open, 'Ipv6Egress', { reason }))
      .toThrow('stack/B: the id of a rule must exist, got "Ipv6Egress": use one of Ipv6EgressOnlyRequired, Ipv6OpenPorts, Ipv6BandwidthPerAddress,');
  });

  test('of an acknowledged finding is refused', () => {
    const { open } = make();
    Ipv6ExposureRules.acknowledge(open, 'Ipv6EgressOnlyRequired', { reason });
    expect(() => Ipv6ExposureRules.acknowledge(open, 'Ipv6EgressOnlyRequired', { reason: 'another' })).toThrow('stack/B: Ipv6EgressOnlyRequired must be acknowledged once');
  });

  test.each([
    ['a construct that keeps the rule', ({ stack }: { stack: TerraformStack }) => bandwidth(stack, 'C'), 'Ipv6EgressOnlyRequired', 'stack/C'],
    ['a construct with less than the limit', ({ open }: { open: IConstruct }) => open, 'Ipv6BandwidthPerAddress', 'stack/B'],
  ])('of %s stops the synthesis', (_, construct, ruleId, constructPath) => {
    const made = make({ maxBandwidthPerAddress: 10 });
    Ipv6ExposureRules.acknowledge(made.open, 'Ipv6EgressOnlyRequired', { reason });
    Ipv6ExposureRules.acknowledge(construct(made), ruleId, { reason });
    expect(problem(made.app)).toMatch(`${ruleId}: ${constructPath}: the acknowledgement matches no finding of the rule: remove it`);
  });

  test('is allowed without rules, so a reusable construct can contain its acknowledgement', () => {
    const app = makeApp();
    Ipv6ExposureRules.acknowledge(bandwidth(makeStack(app), 'B'), 'Ipv6EgressOnlyRequired', { reason });
    expect(problem(app)).toBe('');
    Ipv6ExposureRules.addTo(makeStack(app, 'other'));
    expect(problem(app)).toBe('');
  });

  test('is allowed if its rule is not set', () => {
    const { app, open } = make({ egressOnlyRequired: false });
    Ipv6ExposureRules.acknowledge(open, 'Ipv6EgressOnlyRequired', { reason });
    expect(problem(app)).toBe('');
  });
});

test.each([
  [{ maxBandwidthPerAddress: 0 }, 'app: maxBandwidthPerAddress of Ipv6ExposureRules must be a whole number from 1, got 0: write it as a literal'],
  [{ maxBandwidthPerGateway: 1.5 }, 'app: maxBandwidthPerGateway of Ipv6ExposureRules must be a whole number from 1, got 1.5'],
  [{ maxEgressOnlyRulesPerGateway: NaN }, 'app: maxEgressOnlyRulesPerGateway of Ipv6ExposureRules must be'],
  [{ egressOnlyRequired: 'yes' as unknown as boolean }, 'app: egressOnlyRequired of Ipv6ExposureRules must be true or false, got "yes"'],
  [{ allowedChargeTypes: ['PayByOld95' as any] }, 'app: allowedChargeTypes of Ipv6ExposureRules must be a list of PayByBandwidth and PayByTraffic'],
  [{ unknownValues: 'ignore' as any }, 'app: unknownValues of Ipv6ExposureRules must be "error" or "warning", got "ignore"'],
  [{ warnings: ['Ipv6Egress'] }, 'app: the id of a rule must exist, got "Ipv6Egress": use one of Ipv6EgressOnlyRequired,'],
])('%j is refused', (props, message) => {
  expect(() => Ipv6ExposureRules.addTo(makeApp(), props)).toThrow(message);
});

test('a finding has the rule, the path, the value, the limit, the fix and the severity', () => {
  const app = makeApp();
  bandwidth(makeStack(app), 'B', { bandwidth: 20 });
  expect(Ipv6ExposureRules.addTo(app, { maxBandwidthPerAddress: 10 }).findings()).toEqual([{
    ruleId: 'Ipv6BandwidthPerAddress',
    constructPath: 'stack/B',
    block: undefined,
    actual: '20 Mbit/s',
    limit: '10 Mbit/s for an address',
    remediation: 'lower bandwidth',
    message: 'Ipv6BandwidthPerAddress: stack/B: 20 Mbit/s, allowed is 10 Mbit/s for an address: lower bandwidth, or acknowledge it with '
      + 'Ipv6ExposureRules.acknowledge(construct, \'Ipv6BandwidthPerAddress\', { reason })',
    severity: Ipv6ExposureSeverity.ERROR,
    acknowledgedReason: undefined,
  }]);
});

test('the construct tree is walked as often for forty stacks as for four', () => {
  const walks = (stacks: number): number => {
    const app = makeApp();
    for (let n = 0; n < stacks; n++) bandwidth(makeStack(app, `stack${n}`), 'B');
    Ipv6ExposureRules.addTo(app, { maxBandwidthPerGateway: 1_000_000 });
    const findAll = jest.spyOn(app.node, 'findAll');
    app.synth();
    return findAll.mock.calls.length;
  };
  expect(walks(40)).toBe(walks(4));
});

test('a stack inside a stack counts once', () => {
  const app = makeApp();
  const outer = makeStack(app);
  const ipv6Gateway = Ipv6Gateway.fromIpv6GatewayAttributes(outer, 'Gateway', { ipv6GatewayId: 'ipv6gw-1', vpcId: 'vpc-1' });
  bandwidth(outer, 'B', { ipv6Gateway, bandwidth: 40 });
  bandwidth(makeStack(outer as unknown as App, 'inner'), 'B', { ipv6Gateway, bandwidth: 60 });
  Ipv6ExposureRules.addTo(app, { maxBandwidthPerGateway: 100 });
  expect([problem(app), problem(app)]).toEqual(['', '']);
  bandwidth(outer, 'C', { ipv6Gateway, bandwidth: 1 });
  expect(problem(app)).toMatch('Ipv6BandwidthPerGateway: ipv6gw-1: 101 Mbit/s in all, allowed is 100 Mbit/s for a gateway: lower the bandwidth of its addresses, '
    + 'or acknowledge it with Ipv6ExposureRules.acknowledge(the construct stack, \'Ipv6BandwidthPerGateway\', { reason, block: \'ipv6gw-1\' })');
  Ipv6ExposureRules.acknowledge(outer, 'Ipv6BandwidthPerGateway', { reason: 'agreed', block: 'ipv6gw-1' });
  expect(problem(app)).toBe('');
});

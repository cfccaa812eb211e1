// The file by which a pipeline judges a plan.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, TerraformHclModule } from 'cdktf';
import { bandwidth, handWritten } from './written';
import { InternetChargeType, Ipv6ExposureRules, Ipv6Gateway } from '../../../src';
import { BANDWIDTH, GATEWAY, makeApp, makeStack, RULE } from '../../synth';

function written(app: App): any {
  try {
    app.synth();
  } catch (error) {
    if (!(error as Error).message.includes('Ipv6ExposureRules')) throw error;
  }
  return JSON.parse(fs.readFileSync(path.join(app.outdir, 'ipv6-exposure-rules.json'), 'utf8'));
}

const ofApp = (id: string, limit: unknown, severity = 'error') => ({ id, severity, scope: '', limit });
const DEFAULTS = [ofApp('Ipv6EgressOnlyRequired', true), ofApp('Ipv6EgressOnlyRulesPerGateway', 200), ofApp('Ipv6LibraryConstructRequired', true), ofApp('Ipv6ModuleReviewed', true)];

test('the rules of an app are written next to its manifest, with the construct of each Terraform address', () => {
  const app = makeApp();
  Ipv6ExposureRules.addTo(app);
  const network = makeStack(app, 'network');
  const ipv6Gateway = new Ipv6Gateway(network, 'Gateway', { vpcId: 'vpc-1' });
  const web = makeStack(app, 'web');
  const b = bandwidth(web, 'B', { ipv6Gateway });
  handWritten(web, 'Hand').overrideLogicalId('hand');
  new TerraformHclModule(web, 'Module', { source: 'example/network/alicloud' }).overrideLogicalId('module');
  web.addOverride(`resource.${BANDWIDTH}.hidden`, { count: 0, bandwidth: 1 });
  handWritten(web, 'Balancer', { ipv6_address_type: 'Internet' }, 'alicloud_nlb_load_balancer').overrideLogicalId('balancer');
  const name = b.resource.friendlyUniqueId;
  const constructs = {
    [`${RULE}.${name}_EgressOnlyRule`]: 'web/B/EgressOnlyRule',
    [`${BANDWIDTH}.${name}`]: 'web/B',
    [`${BANDWIDTH}.hand`]: 'web/Hand',
    [`${BANDWIDTH}.hidden`]: 'web',
    'alicloud_nlb_load_balancer.balancer': 'web/Balancer',
    'module.module': 'web/Module',
  };

  const file = written(app);
  expect(file).toEqual({
    format: 1,
    stacks: {
      network: {
        path: 'network',
        rules: DEFAULTS,
        constructs: { [`${GATEWAY}.${ipv6Gateway.resource.friendlyUniqueId}`]: 'network/Gateway' },
        acknowledgements: [],
      },
      web: { path: 'web', rules: DEFAULTS, constructs, acknowledgements: [] },
    },
  });
  expect(Object.keys(file.stacks.web.constructs)).toEqual(Object.keys(constructs).sort());
});

test('each stack has the rules that apply to it or to a part of it, with scope and severity', () => {
  const app = makeApp();
  const web = makeStack(app, 'web');
  const b = bandwidth(web, 'B');
  makeStack(app, 'other');
  const off = { egressOnlyRequired: false, libraryConstructRequired: false, moduleReviewed: false };
  Ipv6ExposureRules.addTo(b, { ...off, maxBandwidthPerAddress: 100 });
  Ipv6ExposureRules.addTo(web, { ...off, allowedChargeTypes: [InternetChargeType.PAY_BY_BANDWIDTH], warnings: ['Ipv6ChargeTypeAllowed'] });
  const quota = (scope: string) => ({ id: 'Ipv6EgressOnlyRulesPerGateway', severity: 'error', scope, limit: 200 });
  expect(written(app).stacks).toMatchObject({
    web: {
      rules: [
        { id: 'Ipv6ChargeTypeAllowed', severity: 'warning', scope: 'web', limit: ['PayByBandwidth'] },
        quota('web'),
        { id: 'Ipv6BandwidthPerAddress', severity: 'error', scope: 'web/B', limit: 100 },
        quota('web/B'),
      ],
    },
    other: { path: 'other', rules: [], constructs: {}, acknowledgements: [] },
  });
});

test('each stack has the acknowledgements in it, with their blocks, and those above it', () => {
  const app = makeApp();
  Ipv6ExposureRules.addTo(app);
  const web = makeStack(app, 'web');
  const b = bandwidth(web, 'B', { egressOnly: false });
  makeStack(app, 'other');
  web.addOverride(`resource.${BANDWIDTH}.hidden`, { ipv6_address_id: 'ipv6-x', ipv6_gateway_id: 'ipv6gw-1', bandwidth: 1 });
  const reason = 'a web server';
  Ipv6ExposureRules.acknowledge(b, 'Ipv6EgressOnlyRequired', { reason });
  Ipv6ExposureRules.acknowledge(web, 'Ipv6EgressOnlyRequired', { reason, block: `${BANDWIDTH}.hidden` });
  Ipv6ExposureRules.acknowledge(app, 'Ipv6BandwidthPerGateway', { reason });
  const inner = makeStack(web as unknown as App, 'inner');
  Ipv6ExposureRules.acknowledge(bandwidth(inner, 'B', { egressOnly: false }), 'Ipv6EgressOnlyRequired', { reason });
  const { stacks } = written(app);
  const ofAll = { ruleId: 'Ipv6BandwidthPerGateway', reason, path: '' };
  expect(stacks.other.acknowledgements).toEqual([ofAll]);
  expect(stacks.web.acknowledgements).toEqual([
    ofAll,
    { ruleId: 'Ipv6EgressOnlyRequired', reason, path: 'web', block: `${BANDWIDTH}.hidden` },
    { ruleId: 'Ipv6EgressOnlyRequired', reason, path: 'web/B' },
  ]);
});

test('the file does not depend on the order of the stacks, and an app without rules has no file', () => {
  const make = (names: string[]) => {
    const app = makeApp();
    for (const name of names) handWritten(makeStack(app, name), 'B', { ipv6_address_id: `ipv6-${name}` }).overrideLogicalId('b');
    return app;
  };
  const [one, other] = [make(['a', 'b']), make(['b', 'a'])].map((app) => {
    Ipv6ExposureRules.addTo(app, { libraryConstructRequired: false, egressOnlyRequired: false });
    app.synth();
    return fs.readFileSync(path.join(app.outdir, 'ipv6-exposure-rules.json'), 'utf8');
  });
  expect(one).toBe(other);
  const without = make(['a']);
  without.synth();
  expect(fs.readdirSync(without.outdir)).not.toContain('ipv6-exposure-rules.json');
});

import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, TerraformHclModule } from 'cdktf';
import {
  InternetChargeType, Ipv6Address, Ipv6AddressFoundBy, Ipv6ExposureDirection, Ipv6ExposureReport, Ipv6ExposureRules, Ipv6Gateway,
  Ipv6InternetBandwidth, Ipv6RamPolicy,
} from '../src';
import { bandwidth, handWritten } from './exposure/rules/exposed';
import { makeApp, makeStack, numberVariable, RULE, textVariable } from './synth';

function read(app: App, name: string): string {
  return fs.readFileSync(path.join(app.outdir, name), 'utf8');
}

/** One of each: two stacks, all ways to find an address, all directions, and what is not the library's. */
function fleet(app: App) {
  const network = makeStack(app, 'network');
  const ipv6Gateway = new Ipv6Gateway(network, 'Gateway', { vpcId: 'vpc-1' });
  const web = makeStack(app, 'web');
  const address = { vpcId: 'vpc-1' };
  const make = (id: string, ipv6Address: Ipv6InternetBandwidth['ipv6Address'], props = {}) =>
    new Ipv6InternetBandwidth(web, id, { ipv6Address, ipv6Gateway, bandwidth: 10, egressOnly: true, ...props });
  make('Owned', new Ipv6Address(web, 'OwnedAddress', { vswitchId: 'vsw-1' }), { egressOnly: false, bandwidth: 100 });
  make('ById', Ipv6Address.fromIpv6AddressId(web, 'ByIdAddress', 'ipv6-1', address), { adoptExisting: true });
  make('ByInstance', Ipv6Address.fromInstanceId(web, 'ByInstanceAddress', 'i-1', address), { internetChargeType: InternetChargeType.PAY_BY_TRAFFIC });
  make('ByInterface', Ipv6Address.fromNetworkInterfaceId(web, 'ByInterfaceAddress', 'eni-1', address));
  make('Given', Ipv6Address.fromIpv6AddressAttributes(web, 'GivenAddress', { ipv6AddressId: 'ipv6-2' }), { bandwidth: numberVariable(web, 'mbps') });
  handWritten(web, 'HandWritten', { ipv6_address_id: 'ipv6-3', ipv6_gateway_id: 'ipv6gw-2', bandwidth: 5 });
  handWritten(web, 'HandWrittenRule', { ipv6_gateway_id: 'ipv6gw-2', instance_id: textVariable(web, 'address') }, RULE);
  new TerraformHclModule(web, 'Module', { source: 'terraform-alicloud-modules/vpc/alicloud' });
  return { network, web, ipv6Gateway };
}

test('a report is made in one line, and written when the app is synthesized', () => {
  const app = makeApp();
  const report = Ipv6ExposureReport.addTo(app);
  fleet(app);
  app.synth();
  expect(read(app, 'ipv6-exposure.json')).toBe(report.toJson());
  expect(read(app, 'ipv6-exposure.md')).toBe(report.toMarkdown());
  expect(fs.readdirSync(app.outdir).sort()).toEqual(['ipv6-exposure.json', 'ipv6-exposure.md', 'manifest.json', 'stacks']);
});

test('a row says how the address is found, where it goes, how fast, and who pays how', () => {
  const app = makeApp();
  fleet(app);
  const shown = Ipv6ExposureReport.addTo(app).rows().map(({ constructPath, foundBy, address, gateway, direction, mbps, chargeType, adopted }) =>
    [constructPath, foundBy, address, gateway, direction, mbps, chargeType, adopted]);
  const { INBOUND_AND_OUTBOUND, OUTBOUND_ONLY } = Ipv6ExposureDirection;
  expect(shown).toEqual([
    ['web/ById', Ipv6AddressFoundBy.ID, 'ipv6-1', 'network/Gateway', OUTBOUND_ONLY, 10, 'PayByBandwidth', true],
    ['web/ByInstance', Ipv6AddressFoundBy.INSTANCE, 'i-1', 'network/Gateway', OUTBOUND_ONLY, 10, 'PayByTraffic', false],
    ['web/ByInterface', Ipv6AddressFoundBy.INTERFACE, 'eni-1', 'network/Gateway', OUTBOUND_ONLY, 10, 'PayByBandwidth', false],
    ['web/Given', Ipv6AddressFoundBy.AS_GIVEN, 'ipv6-2', 'network/Gateway', OUTBOUND_ONLY, undefined, 'PayByBandwidth', false],
    ['web/HandWritten', Ipv6AddressFoundBy.AS_GIVEN, 'ipv6-3', 'ipv6gw-2', INBOUND_AND_OUTBOUND, 5, 'PayByBandwidth', false],
    ['web/Owned', Ipv6AddressFoundBy.OWNED, expect.stringMatching(/^\$\{alicloud_vpc_ipv6_address\.\w+\.id\}$/), 'network/Gateway', INBOUND_AND_OUTBOUND, 100, 'PayByBandwidth', false],
  ]);
});

test('a token is shown as the expression that it is, in the words of its own stack', () => {
  const app = makeApp();
  const { ipv6Gateway } = fleet(app);
  const report = Ipv6ExposureReport.addTo(app);
  const before = report.toJson();
  const given = report.rows().find(({ constructPath }) => constructPath === 'web/Given')!;
  expect(given).toMatchObject({ bandwidth: '${var.mbps}', gatewayId: `\${alicloud_vpc_ipv6_gateway.${ipv6Gateway.resource.friendlyUniqueId}.id}` });
  app.synth();
  expect(report.toJson()).toBe(before);
});

test('what the library does not own is listed', () => {
  const app = makeApp();
  fleet(app);
  const report = Ipv6ExposureReport.addTo(app);
  expect(report.handWritten()).toEqual([
    { constructPath: 'web/HandWritten', stack: 'web', resourceType: 'alicloud_vpc_ipv6_internet_bandwidth', address: 'ipv6-3' },
    { constructPath: 'web/HandWrittenRule', stack: 'web', resourceType: 'alicloud_vpc_ipv6_egress_rule', address: '${var.address}' },
  ]);
  expect(JSON.parse(report.toJson()).modules).toEqual(['web/Module']);
  expect(report.toMarkdown()).toContain('## Not made with the library');
  expect(report.toMarkdown()).toContain('## Not looked into\n\nModules, and files beside the synthesized one, whose resources only Terraform knows: `web/Module`.');
});

test('the totals are those of the rows', () => {
  const app = makeApp();
  fleet(app);
  const report = Ipv6ExposureReport.addTo(app);
  expect(report.totalsByGateway()).toEqual([
    { name: 'ipv6gw-2', bandwidths: 1, inbound: 1, mbps: 5, unknown: 0 },
    { name: 'network/Gateway', bandwidths: 5, inbound: 1, mbps: 130, unknown: 1 },
  ]);
  expect(report.totalsByDirection()).toEqual([
    { name: 'inbound and outbound', bandwidths: 2, inbound: 2, mbps: 105, unknown: 0 },
    { name: 'outbound only', bandwidths: 4, inbound: 0, mbps: 30, unknown: 1 },
  ]);
});

test('a report is sorted by path, whatever the order in which constructs were made, and twice the same', () => {
  const report = (ids: string[]) => {
    const app = makeApp();
    const stack = makeStack(app);
    for (const id of ids) handWritten(stack, id, { ipv6_address_id: `ipv6-${id}` });
    const made = Ipv6ExposureReport.addTo(app);
    return [made.toJson(), made.toMarkdown()];
  };
  expect(report(['b', 'a', 'Z', 'ä'])).toEqual(report(['ä', 'Z', 'a', 'b']));
  expect(report([])[1]).toBe('# IPv6 exposure\n\nNo address has Internet bandwidth.\n');
});

test('acknowledged findings stand in the rows, and those of other constructs by themselves', () => {
  const app = makeApp();
  const { web, ipv6Gateway } = fleet(app);
  Ipv6ExposureRules.addTo(app, { libraryConstructRequired: false, moduleReviewed: false, maxBandwidthPerGateway: 10 });
  const reason = 'the office | <b>all of it</b>';
  for (const id of ['Owned', 'HandWritten']) Ipv6ExposureRules.acknowledge(web.node.findChild(id), 'Ipv6EgressOnlyRequired', { reason });
  Ipv6ExposureRules.acknowledge(ipv6Gateway, 'Ipv6BandwidthPerGateway', { reason: 'agreed' });
  const report = Ipv6ExposureReport.addTo(app);
  app.synth();
  expect(report.rows().flatMap(({ acknowledgements }) => acknowledgements)).toEqual([
    { constructPath: 'web/HandWritten', ruleId: 'Ipv6EgressOnlyRequired', reason },
    { constructPath: 'web/Owned', ruleId: 'Ipv6EgressOnlyRequired', reason },
  ]);
  expect(report.toMarkdown()).toContain('Ipv6EgressOnlyRequired: the office \\| &lt;b\\>all of it&lt;/b\\> |');
  expect(report.toMarkdown()).toContain('## Acknowledged elsewhere\n\n| Construct | Rule | Reason |\n| --- | --- | --- |\n| `network/Gateway` | Ipv6BandwidthPerGateway | agreed |');
});

test('a report on a part of the app says what that part exposes, under another name', () => {
  const app = makeApp();
  const { network, web } = fleet(app);
  Ipv6ExposureReport.addTo(web, { fileName: 'web' });
  expect(Ipv6ExposureReport.addTo(network).rows()).toEqual([]);
  app.synth();
  expect(JSON.parse(read(app, 'web.json')).rows).toHaveLength(6);
  expect(JSON.parse(read(app, 'ipv6-exposure.json')).rows).toEqual([]);
});

test('a RAM policy is written beside the report', () => {
  const app = makeApp();
  const ramPolicy = Ipv6RamPolicy.of(app);
  Ipv6ExposureReport.addTo(app, { ramPolicy });
  fleet(app);
  app.synth();
  expect(read(app, 'ipv6-exposure.ram-policy.json')).toBe(ramPolicy.toJson());
});

test('two reports of one name are refused, and a name that is none', () => {
  const app = makeApp();
  Ipv6ExposureReport.addTo(app);
  expect(() => Ipv6ExposureReport.addTo(makeStack(app)))
    .toThrow('stack: the report of the app writes a file of the same name, got "ipv6-exposure": give one of them another fileName');
  expect(() => Ipv6ExposureReport.addTo(app, { fileName: '../report' })).toThrow('app: fileName of the exposure report must be the name of a file, got "../report"');
});

test('reading a report changes nothing of the app', () => {
  const synthesized = (withReport: boolean) => {
    const app = makeApp();
    bandwidth(makeStack(app), 'B', { ipv6Address: Ipv6Address.fromInstanceId(app.node.findChild('stack') as any, 'A', 'i-1') });
    if (withReport) Ipv6ExposureReport.addTo(app).toMarkdown();
    app.synth();
    return read(app, 'stacks/stack/cdk.tf.json');
  };
  expect(synthesized(true)).toBe(synthesized(false));
});

describe('the picture', () => {
  const picture = (markdown: string) => /```mermaid\n([^]*?)\n```/.exec(markdown)![1].split('\n').map((line) => line.trim());

  test('has an arrow for each direction', () => {
    const app = makeApp();
    const stack = makeStack(app);
    bandwidth(stack, 'Closed');
    bandwidth(stack, 'Open', { egressOnly: false, vpcId: 'vpc-2' });
    expect(picture(Ipv6ExposureReport.addTo(app).toMarkdown())).toEqual([
      'flowchart LR',
      'internet(("Internet"))',
      'gateway1["the gateway of vpc-1"]',
      'gateway1 --> internet',
      'gateway2["the gateway of vpc-2"]',
      'internet <--> gateway2',
      'address1("stack/Closed<br/>10 Mbit/s")',
      'address1 --> gateway1',
      'address2("stack/Open<br/>10 Mbit/s")',
      'gateway2 <--> address2',
    ]);
  });

  test('cannot be broken by a label', () => {
    const app = makeApp();
    const stack = makeStack(app);
    handWritten(stack, 'a"]; end %% `<b>` #quot;', { ipv6_gateway_id: textVariable(stack, 'gateway') });
    const [,, gateway, , address] = picture(Ipv6ExposureReport.addTo(app).toMarkdown());
    expect(gateway).toBe('gateway1["#36;#123;var.gateway#125;"]');
    expect(address).toBe('address1("stack/a#34;#93;#59; end #37;#37; #96;#60;b#62;#96; #35;quot#59;<br/>10 Mbit/s")');
  });

  test('of a large fleet shows the addresses of a gateway as one', () => {
    const app = makeApp();
    const stack = makeStack(app);
    for (let n = 0; n < 101; n++) bandwidth(stack, `B${n}`, { egressOnly: n > 0 });
    expect(picture(Ipv6ExposureReport.addTo(app).toMarkdown()).slice(4)).toEqual([
      'address1("1 open to the Internet")',
      'gateway1 <--> address1',
      'address2("100 outbound only")',
      'address2 --> gateway1',
    ]);
  });
});

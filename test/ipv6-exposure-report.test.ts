import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, TerraformHclModule } from 'cdktf';
import {
  InternetChargeType, Ipv6Address, Ipv6Addresses, Ipv6ExposureReport, Ipv6ExposureRules, Ipv6ExposureSeverity, Ipv6Gateway, Ipv6Inbound,
  Ipv6InternetBandwidth, Ipv6InternetBandwidths, Ipv6RamPolicy,
} from '../src';
import { bandwidth, handWritten } from './exposure/program/written';
import { makeApp, makeStack, numberVariable, RULE, textVariable } from './synth';

function read(app: App, name: string): string {
  return fs.readFileSync(path.join(app.outdir, name), 'utf8');
}

/** One of each: two stacks, all ways to find an address, and resources that are not the library's. */
function fleet(app: App) {
  const network = makeStack(app, 'network');
  const ipv6Gateway = new Ipv6Gateway(network, 'Gateway', { vpcId: 'vpc-1' });
  const web = makeStack(app, 'web');
  const address = { vpcId: 'vpc-1' };
  const make = (id: string, ipv6Address: Ipv6InternetBandwidth['ipv6Address'], props = {}) =>
    new Ipv6InternetBandwidth(web, id, { ipv6Address, ipv6Gateway, bandwidth: 10, egressOnly: true, ...props });
  make('Owned', new Ipv6Address(web, 'OwnedAddress', { vswitchId: 'vsw-1' }), { egressOnly: false, bandwidth: 100 });
  make('ById', Ipv6Address.fromIpv6AddressId(web, 'ByIdAddress', 'ipv6-1', address));
  make('ByInstance', Ipv6Address.fromInstanceId(web, 'ByInstanceAddress', 'i-1', address), { internetChargeType: InternetChargeType.PAY_BY_TRAFFIC });
  make('ByInterface', Ipv6Address.fromNetworkInterfaceId(web, 'ByInterfaceAddress', 'eni-1', address));
  make('Given', Ipv6Address.fromIpv6AddressAttributes(web, 'GivenAddress', { ipv6AddressId: 'ipv6-2' }), { bandwidth: numberVariable(web, 'mbps') });
  handWritten(web, 'HandWritten', { ipv6_address_id: 'ipv6-3', ipv6_gateway_id: 'ipv6gw-2', bandwidth: 5 });
  handWritten(web, 'HandWrittenRule', { ipv6_gateway_id: 'ipv6gw-2', instance_id: textVariable(web, 'address') }, RULE);
  new TerraformHclModule(web, 'Module', { source: 'terraform-alicloud-modules/vpc/alicloud' });
  return { network, web, ipv6Gateway };
}

test('a report needs one line of code, and the synthesis of the app writes it', () => {
  const app = makeApp();
  const report = Ipv6ExposureReport.addTo(app);
  fleet(app);
  app.synth();
  expect(read(app, 'ipv6-exposure.json')).toBe(report.toJson());
  expect(read(app, 'ipv6-exposure.md')).toBe(report.toMarkdown());
  expect(fs.readdirSync(app.outdir).sort()).toEqual(['ipv6-exposure.json', 'ipv6-exposure.md', 'manifest.json', 'stacks']);
});

test('a row has the address, its gateway, inbound with the reason, Mbit/s and the charge type', () => {
  const app = makeApp();
  fleet(app);
  const shown = Ipv6ExposureReport.addTo(app).rows().map((row) =>
    [row.constructPath, row.address, row.gateway, row.inbound, row.reason, row.bandwidth, row.chargeType, row.handWritten]);
  const { OPEN, CLOSED, UNPROVEN } = Ipv6Inbound;
  expect(shown).toEqual([
    ['web/ById', 'ipv6-1', 'network/Gateway', CLOSED, undefined, 10, 'PayByBandwidth', false],
    ['web/ByInstance', 'instance i-1', 'network/Gateway', CLOSED, undefined, 10, 'PayByTraffic', false],
    ['web/ByInterface', 'interface eni-1', 'network/Gateway', CLOSED, undefined, 10, 'PayByBandwidth', false],
    ['web/Given', 'ipv6-2', 'network/Gateway', CLOSED, undefined, undefined, 'PayByBandwidth', false],
    ['web/HandWritten', 'ipv6-3', 'ipv6gw-2', UNPROVEN, expect.stringContaining('computes the id of its address'), 5, 'PayByBandwidth', true],
    ['web/Owned', 'web/OwnedAddress', 'network/Gateway', OPEN, 'egressOnly: false', 100, 'PayByBandwidth', false],
  ]);
});

test('rows keep their values when the program changes its props object afterwards', () => {
  const app = makeApp();
  const stack = makeStack(app, 'web');
  const [first, second] = ['A', 'B'].map((id) => new Ipv6Gateway(stack, id, { vpcId: `vpc-${id.toLowerCase()}` }));
  const addressOf = (id: string) => Ipv6Address.fromIpv6AddressAttributes(stack, `${id}Address`, { ipv6AddressId: `ipv6-${id.toLowerCase()}` });
  const props = { ipv6Address: addressOf('One'), ipv6Gateway: first, bandwidth: 5, egressOnly: false };
  new Ipv6InternetBandwidth(stack, 'One', props);
  new Ipv6InternetBandwidth(stack, 'Two', Object.assign(props, { ipv6Address: addressOf('Two'), ipv6Gateway: second, egressOnly: true }));
  expect(Ipv6ExposureReport.addTo(app).rows().map(({ gateway, inbound, reason }) => [gateway, inbound, reason])).toEqual([
    ['web/A', Ipv6Inbound.OPEN, 'egressOnly: false'], ['web/B', Ipv6Inbound.CLOSED, undefined],
  ]);
});

test('a report is the same before and after the synthesis', () => {
  const app = makeApp();
  fleet(app);
  const report = Ipv6ExposureReport.addTo(app);
  const before = report.toJson();
  app.synth();
  expect(report.toJson()).toBe(before);
});

test('a module and a service that the synthesis cannot read are listed', () => {
  const app = makeApp();
  const { web } = fleet(app);
  handWritten(web, 'Balancer', { ipv6_address_type: 'Internet' }, 'alicloud_nlb_load_balancer');
  const report = Ipv6ExposureReport.addTo(app);
  expect(JSON.parse(report.toJson()).notRead).toEqual(['load balancer web/Balancer', 'module web/Module']);
  expect(report.toMarkdown()).toContain('## Not read\n\nThe synthesis cannot read what these open: `load balancer web/Balancer`, `module web/Module`.');
});

const known = (sum: number) => ({ known: sum, unknown: 0 });

test('the totals are those of the addresses', () => {
  const app = makeApp();
  fleet(app);
  const { totalsByGateway, totalsByInbound } = JSON.parse(Ipv6ExposureReport.addTo(app).toJson());
  expect(totalsByGateway).toEqual([
    { name: 'ipv6gw-2', addresses: known(1), open: known(1), mbps: known(5) },
    { name: 'network/Gateway', addresses: known(5), open: known(1), mbps: { known: 130, unknown: 1 } },
  ]);
  expect(totalsByInbound).toEqual([
    { name: 'closed', addresses: known(4), open: known(0), mbps: { known: 30, unknown: 1 } },
    { name: 'open', addresses: known(1), open: known(1), mbps: known(100) },
    { name: 'unproven', addresses: known(1), open: known(1), mbps: known(5) },
  ]);
});

test('a set counts as its addresses, and an unknown number as unknown', () => {
  const stack = makeStack();
  const set = (id: string, ipv6Addresses: Ipv6Addresses) =>
    new Ipv6InternetBandwidths(stack, id, { ipv6Addresses, bandwidth: 10, egressOnly: false });
  set('Known', Ipv6Addresses.fromIpv6AddressIds(stack, 'KnownAddresses', Array.from({ length: 30 }, (_, i) => `ipv6-${i}`), { vpcId: 'vpc-1' }));
  set('Listed', Ipv6Addresses.fromIpv6AddressIds(stack, 'ListedAddresses', ['${var.id}'], { vpcId: 'vpc-1' }));
  set('Vpc', Ipv6Addresses.fromVpcId(stack, 'VpcAddresses', 'vpc-2'));
  const report = Ipv6ExposureReport.addTo(stack);
  expect(report.rows().map(({ constructPath, addresses }) => [constructPath, addresses])).toEqual([['stack/Known', 30], ['stack/Listed', undefined], ['stack/Vpc', undefined]]);
  const markdown = report.toMarkdown();
  expect(markdown).toContain('Addresses with Internet bandwidth: 30, and 2 unknown open.');
  expect(markdown).toContain('| `VPC vpc-2` (unknown) |');
  expect(markdown).toContain('| `open` | 30, and 2 unknown | 30, and 2 unknown | 300, and 2 unknown |');
});

test('a report is sorted by path in any order of constructs, and is the same twice', () => {
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

test('rows have their acknowledgements, and a list has those of other constructs', () => {
  const app = makeApp();
  const { web, ipv6Gateway } = fleet(app);
  const others = { libraryConstructRequired: false, moduleReviewed: false, unknownValues: Ipv6ExposureSeverity.WARNING };
  Ipv6ExposureRules.addTo(app, { maxBandwidthPerGateway: 10, ...others });
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

test('a report on a part of the app has only the rows of that part, under another file name', () => {
  const app = makeApp();
  const { network, web } = fleet(app);
  Ipv6ExposureReport.addTo(web, { fileName: 'web' });
  expect(Ipv6ExposureReport.addTo(network).rows()).toEqual([]);
  app.synth();
  expect(JSON.parse(read(app, 'web.json')).rows).toHaveLength(6);
  expect(JSON.parse(read(app, 'ipv6-exposure.json')).rows).toEqual([]);
});

test('a RAM policy is written next to the report', () => {
  const app = makeApp();
  const ramPolicy = Ipv6RamPolicy.of(app);
  Ipv6ExposureReport.addTo(app, { ramPolicy });
  fleet(app);
  app.synth();
  expect(read(app, 'ipv6-exposure.ram-policy.json')).toBe(ramPolicy.toJson());
});

test('two reports with the same file name are refused, and so is an invalid file name', () => {
  const app = makeApp();
  Ipv6ExposureReport.addTo(app);
  expect(() => Ipv6ExposureReport.addTo(makeStack(app)))
    .toThrow('stack: fileName must differ from that of the report of the app, got "ipv6-exposure": change one of them');
  expect(() => Ipv6ExposureReport.addTo(app, { fileName: '../report' })).toThrow('app: fileName of the exposure report must be the name of a file, got "../report"');
});

test('reading a report does not change the app', () => {
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

  test('has an arrow for each kind of inbound', () => {
    const app = makeApp();
    const stack = makeStack(app);
    bandwidth(stack, 'Closed', { ipv6Gateway: Ipv6Gateway.fromIpv6GatewayId(stack, 'Gateway', 'ipv6gw-1') });
    bandwidth(stack, 'Open', { egressOnly: false, vpcId: 'vpc-2' });
    expect(picture(Ipv6ExposureReport.addTo(app).toMarkdown())).toEqual([
      'flowchart LR',
      'internet(("Internet"))',
      'gateway1["ipv6gw-1"]',
      'gateway1 --> internet',
      'gateway2["unknown"]',
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
    handWritten(stack, 'a"]; end %% `<b>` #quot;', { ipv6_gateway_id: 'ipv6gw-"1"' });
    const [,, gateway, , address] = picture(Ipv6ExposureReport.addTo(app).toMarkdown());
    expect(gateway).toBe('gateway1["ipv6gw-#34;1#34;"]');
    expect(address).toBe('address1("stack/a#34;#93;#59; end #37;#37; #96;#60;b#62;#96; #35;quot#59;<br/>10 Mbit/s")');
  });

  test('of a large fleet shows only the gateways', () => {
    const app = makeApp();
    const stack = makeStack(app);
    for (let n = 0; n < 101; n++) bandwidth(stack, `B${n}`, { egressOnly: n > 0 });
    expect(picture(Ipv6ExposureReport.addTo(app).toMarkdown()).slice(2)).toEqual([
      'gateway1["unknown<br/>addresses: 101<br/>open: 1"]',
      'internet <--> gateway1',
    ]);
  });
});

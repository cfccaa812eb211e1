import 'cdktf/lib/testing/adapters/jest';
import { App, Testing, TerraformStack, TerraformVariable } from 'cdktf';
import * as fs from 'fs';
import { Ipv6Address, Ipv6Gateway, Ipv6InternetBandwidth, providerAlicloud } from '../src';
test('probe', () => {
  const app = Testing.app({ outdir: fs.mkdtempSync('/tmp/ut/x') });
  const s = new TerraformStack(app, 'stack');
  new providerAlicloud.provider.AlicloudProvider(s, 'p', { region: 'cn-hangzhou' });
  new Ipv6InternetBandwidth(s, 'bw', { ipv6Address: Ipv6Address.fromIpv6AddressId(s, 'a', 'ipv6-abc'), bandwidth: 10, egressOnly: true, adoptExisting: true });
  const v = new TerraformVariable(s, 'v', { type: 'number' });
  new Ipv6InternetBandwidth(s, 'bw2', { ipv6Address: Ipv6Address.fromInstanceId(s, 'a2', 'i-abc', { vpcId: 'vpc-1', ipv6Address: '2408:0:0::1' }), bandwidth: v.numberValue, ipv6Gateway: Ipv6Gateway.fromVpcId(s, 'gwx', 'vpc-1') });
  const gw = new Ipv6Gateway(s, 'gw', { vpcId: 'vpc-2', adoptExisting: true });
  new Ipv6InternetBandwidth(s, 'bw3', { ipv6Address: new Ipv6Address(s, 'a3', { vswitchId: 'vsw-1' }), bandwidth: 5, ipv6Gateway: gw });
  new Ipv6InternetBandwidth(s, 'bw4', { ipv6Address: Ipv6Address.fromInstanceId(s, 'a4', '${var.x}', { vpcId: 'vpc-2' }), bandwidth: 5, ipv6Gateway: gw });
  console.log(Testing.synth(s, true));
  console.log(s.node.findAll().flatMap((c) => c.node.metadata.filter((m) => m.type.startsWith('@')).map((m) => [c.node.path, m.type, m.data])));
  try { new Ipv6Gateway(s, 'bad', { vpcId: 'x' }); } catch (e) { console.log((e as Error).stack); }
});

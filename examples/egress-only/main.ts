// An ECS instance that reaches the Internet over IPv6, for updates say, and cannot be reached from it.
import { App, TerraformStack } from 'cdktf';
import { InternetChargeType, Ipv6Address, Ipv6InternetBandwidth, providerAlicloud } from 'cdktf-alicloud-ipv6';

const app = new App();
const stack = new TerraformStack(app, 'egress-only');
new providerAlicloud.provider.AlicloudProvider(stack, 'alicloud', { region: 'cn-hangzhou' });

new Ipv6InternetBandwidth(stack, 'WorkerBandwidth', {
  ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'WorkerAddress', 'ipv6-bp1worker0000000001', { vpcId: 'vpc-bp1examples0000000001' }),
  bandwidth: 100, // Mbit/s
  internetChargeType: InternetChargeType.PAY_BY_TRAFFIC,
  egressOnly: true,
  egressOnlyRule: { ipv6EgressOnlyRuleName: 'workers-outbound-only' },
});

app.synth();

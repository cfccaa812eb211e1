// One stack, two regions: each region has a provider block, and each address says with which one it is found and bought.
import { App, TerraformStack } from 'cdktf';
import { InternetChargeType, Ipv6Address, Ipv6InternetBandwidth, providerAlicloud } from 'cdktf-alicloud-ipv6';

const app = new App();
const stack = new TerraformStack(app, 'two-regions');
const { AlicloudProvider } = providerAlicloud.provider;
new AlicloudProvider(stack, 'alicloud', { region: 'cn-hangzhou' });
const beijing = new AlicloudProvider(stack, 'beijing', { region: 'cn-beijing', alias: 'beijing' });

new Ipv6InternetBandwidth(stack, 'Hangzhou', {
  ipv6Address: Ipv6Address.fromInstanceId(stack, 'HangzhouAddress', 'i-bp1mirror0000000000001', { vpcId: 'vpc-bp1mirror00000000001' }),
  bandwidth: 50, // Mbit/s
  internetChargeType: InternetChargeType.PAY_BY_TRAFFIC,
  egressOnly: false,
});

// The bandwidth, its rule and all of its lookups take the provider of the address.
new Ipv6InternetBandwidth(stack, 'Beijing', {
  ipv6Address: Ipv6Address.fromInstanceId(stack, 'BeijingAddress', 'i-2zemirror0000000000001', { vpcId: 'vpc-2zemirror0000000001', provider: beijing }),
  bandwidth: 50, // Mbit/s
  internetChargeType: InternetChargeType.PAY_BY_TRAFFIC,
  egressOnly: false,
});

app.synth();

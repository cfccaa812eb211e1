import { App, TerraformStack } from 'cdktf';
import { Ipv6Address, Ipv6InternetBandwidth, providerAlicloud } from 'cdktf-alicloud-ipv6';

const app = new App();
const stack = new TerraformStack(app, 'web');
new providerAlicloud.provider.AlicloudProvider(stack, 'alicloud', { region: 'cn-hangzhou' });

new Ipv6InternetBandwidth(stack, 'Bandwidth', {
  ipv6Address: Ipv6Address.fromInstanceId(stack, 'Address', 'i-bp1web00000000000001', { vpcId: 'vpc-bp1web0000000000001' }),
  bandwidth: 10, // Mbit/s
  egressOnly: true, // the instance reaches the Internet, the Internet does not reach the instance
});

app.synth();

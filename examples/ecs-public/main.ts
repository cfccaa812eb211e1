// An ECS instance that the Internet reaches over IPv6, and that reaches the Internet.
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import { Ipv6Address, Ipv6InternetBandwidth, providerAlicloud } from 'cdktf-alicloud-ipv6';

const app = new App();
const stack = new TerraformStack(app, 'ecs-public');
new providerAlicloud.provider.AlicloudProvider(stack, 'alicloud', { region: 'cn-hangzhou' });

const address = Ipv6Address.fromInstanceId(stack, 'WebAddress', 'i-bp1web00000000000001', { vpcId: 'vpc-bp1examples0000000001' });

new Ipv6InternetBandwidth(stack, 'WebBandwidth', {
  ipv6Address: address,
  bandwidth: 10, // Mbit/s
  egressOnly: false, // a web server: inbound is meant
});

new TerraformOutput(stack, 'address', { value: address.ipv6AddressLiteral });

app.synth();

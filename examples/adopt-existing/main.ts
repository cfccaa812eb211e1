// A gateway, Internet bandwidth and an egress-only rule that were made in the console: the first apply takes them over.
import { App, TerraformStack } from 'cdktf';
import { Ipv6Address, Ipv6Gateway, Ipv6InternetBandwidth, providerAlicloud } from 'cdktf-alicloud-ipv6';

const vpcId = 'vpc-bp1console00000000001';

const app = new App();
const stack = new TerraformStack(app, 'adopt-existing');
new providerAlicloud.provider.AlicloudProvider(stack, 'alicloud', { region: 'cn-hangzhou' });

const gateway = new Ipv6Gateway(stack, 'Gateway', { vpcId, adoptExisting: true });

new Ipv6InternetBandwidth(stack, 'Bandwidth', {
  ipv6Address: Ipv6Address.fromInstanceId(stack, 'Address', 'i-bp1console0000000000001', { vpcId }),
  ipv6Gateway: gateway,
  bandwidth: 10, // Mbit/s, what the console says: another number is changed in place
  egressOnly: true,
  adoptExisting: true,
});

app.synth();

// A construct of one's own on top of the library's, used for two environments; nothing else may be reached from the Internet.
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import { PublicEndpoint } from './public-endpoint';
import { Ipv6ExposureRules, providerAlicloud } from 'cdktf-alicloud-ipv6';

const app = new App();

const environments = {
  staging: { vpcId: 'vpc-bp1staging0000000001', instanceId: 'i-bp1staging00000000001', bandwidth: 5 },
  production: { vpcId: 'vpc-bp1production00000001', instanceId: 'i-bp1production000000001', bandwidth: 100 },
};
for (const [environment, settings] of Object.entries(environments)) {
  const stack = new TerraformStack(app, environment);
  new providerAlicloud.provider.AlicloudProvider(stack, 'alicloud', { region: 'cn-hangzhou' });
  const shop = new PublicEndpoint(stack, 'Shop', { ...settings, approvedBy: 'the network team' });
  new TerraformOutput(stack, 'address', { value: shop.address.ipv6AddressLiteral });
}

Ipv6ExposureRules.addTo(app, { maxBandwidthPerAddress: 200 });

app.synth();

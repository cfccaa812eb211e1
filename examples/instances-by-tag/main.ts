// Every instance with a tag reaches out over IPv6: those that there are today, and those that others start tomorrow.
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import { InternetChargeType, Ipv6Addresses, Ipv6ExposureReport, Ipv6InternetBandwidths, providerAlicloud } from 'cdktf-alicloud-ipv6';

const vpcId = 'vpc-bp1fleet00000000001';

const app = new App();
const stack = new TerraformStack(app, 'instances-by-tag');
new providerAlicloud.provider.AlicloudProvider(stack, 'alicloud', { region: 'cn-hangzhou' });

const workers = new providerAlicloud.dataAlicloudInstances.DataAlicloudInstances(stack, 'Workers', {
  vpcId, tags: { role: 'worker' }, enableDetails: false,
});

const bandwidths = new Ipv6InternetBandwidths(stack, 'WorkerBandwidths', {
  ipv6Addresses: Ipv6Addresses.fromInstanceIds(stack, 'WorkerAddresses', workers.ids, { vpcId }),
  bandwidth: 20, // Mbit/s, for each of them
  internetChargeType: InternetChargeType.PAY_BY_TRAFFIC,
  egressOnly: true,
});

new TerraformOutput(stack, 'bandwidth-ids', { value: bandwidths.internetBandwidthIds });

Ipv6ExposureReport.addTo(app);

app.synth();

// Two addresses of one network interface: one serves HTTPS to the Internet, the other only reaches out.
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import { Ipv6Address, Ipv6InternetBandwidth, providerAlicloud } from 'cdktf-alicloud-ipv6';

const networkInterfaceId = 'eni-bp1proxy0000000000001';
const vpcId = 'vpc-bp1examples0000000001';

const app = new App();
const stack = new TerraformStack(app, 'network-interface');
new providerAlicloud.provider.AlicloudProvider(stack, 'alicloud', { region: 'cn-hangzhou' });

// The interface has two addresses, so each lookup says which one it means.
const served = Ipv6Address.fromNetworkInterfaceId(stack, 'ServedAddress', networkInterfaceId, { vpcId, ipv6Address: '2408:4005:1234:5600::443' });
const outbound = Ipv6Address.fromNetworkInterfaceId(stack, 'OutboundAddress', networkInterfaceId, { vpcId, ipv6Address: '2408:4005:1234:5600::1' });

const bandwidth = new Ipv6InternetBandwidth(stack, 'Served', { ipv6Address: served, bandwidth: 200, egressOnly: false }); // Mbit/s
new Ipv6InternetBandwidth(stack, 'Outbound', { ipv6Address: outbound, bandwidth: 20, egressOnly: true });

new TerraformOutput(stack, 'bandwidth-id', { value: bandwidth.internetBandwidthId });

app.synth();

// A fleet of addresses in one VPC: one stack for the gateway, one for the addresses of the instances behind it. What it
// exposes is reported, held against rules, and deployed with no more rights than it needs.
import { App, TerraformStack } from 'cdktf';
import {
  InternetChargeType, Ipv6Address, Ipv6ExposureReport, Ipv6ExposureRules, Ipv6Gateway, Ipv6InternetBandwidth, Ipv6RamPolicy, providerAlicloud,
} from 'cdktf-alicloud-ipv6';

const vpcId = 'vpc-bp1fleet00000000001';

const app = new App();

const network = new TerraformStack(app, 'network');
new providerAlicloud.provider.AlicloudProvider(network, 'alicloud', { region: 'cn-hangzhou' });
const gateway = new Ipv6Gateway(network, 'Gateway', { vpcId, ipv6GatewayName: 'fleet' });

const fleet = new TerraformStack(app, 'fleet');
new providerAlicloud.provider.AlicloudProvider(fleet, 'alicloud', { region: 'cn-hangzhou' });

// The load balancers are open to the Internet; everything behind them opens connections only.
for (const instanceId of ['i-bp1lb0000000000000001', 'i-bp1lb0000000000000002']) {
  const loadBalancer = new Ipv6InternetBandwidth(fleet, `LoadBalancer-${instanceId}`, {
    ipv6Address: Ipv6Address.fromInstanceId(fleet, `Address-${instanceId}`, instanceId, { vpcId }),
    ipv6Gateway: gateway,
    bandwidth: 500, // Mbit/s
    egressOnly: false,
  });
  Ipv6ExposureRules.acknowledge(loadBalancer, 'Ipv6EgressOnlyRequired', { reason: 'serves the shop over IPv6, allowed by the network team' });
}
for (const addressId of ['ipv6-bp1fleet0000000001', 'ipv6-bp1fleet0000000002', 'ipv6-bp1fleet0000000003']) {
  new Ipv6InternetBandwidth(fleet, `Worker-${addressId}`, {
    ipv6Address: Ipv6Address.fromIpv6AddressId(fleet, `Address-${addressId}`, addressId, { vpcId }),
    ipv6Gateway: gateway,
    bandwidth: 50, // Mbit/s
    internetChargeType: InternetChargeType.PAY_BY_TRAFFIC,
    egressOnly: true,
  });
}

Ipv6ExposureRules.addTo(app, { maxBandwidthPerAddress: 500, maxBandwidthPerGateway: 2000 });
Ipv6ExposureReport.addTo(app, { ramPolicy: Ipv6RamPolicy.of(app, { accountId: '1234567890123456' }) });

app.synth();

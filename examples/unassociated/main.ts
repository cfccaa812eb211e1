// An address of its own, on no instance, with a gateway of its own: its traffic can be routed to a data centre.
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import { Ipv6Address, Ipv6Gateway, Ipv6InternetBandwidth, providerAlicloud } from 'cdktf-alicloud-ipv6';

const app = new App();
const stack = new TerraformStack(app, 'unassociated');
new providerAlicloud.provider.AlicloudProvider(stack, 'alicloud', { region: 'cn-hangzhou' });

const gateway = new Ipv6Gateway(stack, 'Gateway', {
  vpcId: 'vpc-bp1datacentre00000001',
  ipv6GatewayName: 'datacentre',
  tags: { team: 'network' },
});

const address = new Ipv6Address(stack, 'Address', {
  vswitchId: 'vsw-bp1datacentre00000001',
  ipv6AddressName: 'datacentre-entry',
});

new Ipv6InternetBandwidth(stack, 'Bandwidth', {
  ipv6Address: address,
  ipv6Gateway: gateway,
  bandwidth: 200, // Mbit/s
  egressOnly: false,
});

new TerraformOutput(stack, 'address', { value: address.ipv6AddressLiteral });

// The gateway's route table leads the traffic of the address to the data centre. The provider makes it, and cannot associate it
// with an IPv6 gateway: docs/data-centre.md says what is left to do by hand.
const routeTable = new providerAlicloud.routeTable.RouteTable(stack, 'RouteTable', {
  vpcId: 'vpc-bp1datacentre00000001',
  routeTableName: 'datacentre',
  associateType: 'Gateway',
});
new TerraformOutput(stack, 'left-to-do', {
  value: 'aliyun vpc AssociateRouteTableWithGateway --RegionId cn-hangzhou --GatewayType Ipv6Gateway '
    + `--RouteTableId ${routeTable.id} --GatewayId ${gateway.ipv6GatewayId}`,
});

app.synth();

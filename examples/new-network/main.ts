// Two instances in an empty account: a web server that the Internet reaches, and a worker that only reaches out (docs/new-network.md).
// For its plan, `alicloud-ipv6 exposure` shows "open: tcp 443, icmpv6 from ::/0" and "outbound only" (docs/ports.md).
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import { InternetChargeType, Ipv6Address, Ipv6Gateway, Ipv6InternetBandwidth, providerAlicloud } from 'cdktf-alicloud-ipv6';

const region = 'cn-hangzhou';
const zoneId = 'cn-hangzhou-k';
const instanceType = 'ecs.g7.large'; // a type of that zone that supports IPv6

const app = new App();
const stack = new TerraformStack(app, 'new-network');
new providerAlicloud.provider.AlicloudProvider(stack, 'alicloud', { region });

// The network: an IPv6 block for the VPC, and one of its 256 subnets for the vSwitch.
const vpc = new providerAlicloud.vpc.Vpc(stack, 'Vpc', { vpcName: 'new-network', cidrBlock: '10.0.0.0/16', enableIpv6: true });
const vswitch = new providerAlicloud.vswitch.Vswitch(stack, 'VSwitch', {
  vpcId: vpc.id, zoneId, cidrBlock: '10.0.1.0/24', enableIpv6: true, ipv6CidrBlockMask: 1,
});

// The security groups: HTTPS and ICMPv6 (path MTU discovery needs it) for the web server, nothing inbound for the worker.
const webGroup = new providerAlicloud.securityGroup.SecurityGroup(stack, 'WebGroup', { vpcId: vpc.id, securityGroupName: 'web' });
new providerAlicloud.securityGroupRule.SecurityGroupRule(stack, 'Https', {
  securityGroupId: webGroup.id, type: 'ingress', ipProtocol: 'tcp', portRange: '443/443', ipv6CidrIp: '::/0',
});
new providerAlicloud.securityGroupRule.SecurityGroupRule(stack, 'Icmpv6', {
  securityGroupId: webGroup.id, type: 'ingress', ipProtocol: 'icmpv6', portRange: '-1/-1', ipv6CidrIp: '::/0',
});
const workerGroup = new providerAlicloud.securityGroup.SecurityGroup(stack, 'WorkerGroup', { vpcId: vpc.id, securityGroupName: 'worker' });

// The instances, each with one IPv6 address. A newer image does not replace a running instance.
const images = new providerAlicloud.dataAlicloudImages.DataAlicloudImages(stack, 'Images', {
  owners: 'system', nameRegex: '^aliyun_3_x64', mostRecent: true, instanceType,
});
const instance = (id: string, group: providerAlicloud.securityGroup.SecurityGroup) => new providerAlicloud.instance.Instance(stack, id, {
  instanceName: id.toLowerCase(),
  instanceType,
  imageId: images.images.get(0).id,
  systemDiskCategory: 'cloud_essd',
  vswitchId: vswitch.id,
  securityGroups: [group.id],
  ipv6AddressCount: 1,
  lifecycle: { ignoreChanges: ['image_id'] },
});
const web = instance('Web', webGroup);
const worker = instance('Worker', workerGroup);

// The way to the Internet.
const gateway = new Ipv6Gateway(stack, 'Gateway', { vpcId: vpc.id, ipv6GatewayName: 'new-network' });
const webAddress = Ipv6Address.fromInstanceId(stack, 'WebAddress', web.id, { vpcId: vpc.id });
const workerAddress = Ipv6Address.fromInstanceId(stack, 'WorkerAddress', worker.id, { vpcId: vpc.id });
// In Mbit/s. The Internet opens connections to the web server, and not to the worker.
new Ipv6InternetBandwidth(stack, 'WebBandwidth', { ipv6Address: webAddress, ipv6Gateway: gateway, bandwidth: 10, egressOnly: false });
new Ipv6InternetBandwidth(stack, 'WorkerBandwidth', {
  ipv6Address: workerAddress, ipv6Gateway: gateway, bandwidth: 100, internetChargeType: InternetChargeType.PAY_BY_TRAFFIC, egressOnly: true,
});

new TerraformOutput(stack, 'web-address', { value: webAddress.ipv6AddressLiteral });
new TerraformOutput(stack, 'worker-address', { value: workerAddress.ipv6AddressLiteral });

app.synth();

import { App, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import {
  InternetChargeType, Ipv6Address, Ipv6Addresses, Ipv6EgressOnlyRule, Ipv6ExposureReport, Ipv6ExposureRules, Ipv6ExposureSeverity,
  Ipv6Gateway, Ipv6InternetBandwidth, Ipv6InternetBandwidths, Ipv6RamPolicy, providerAlicloud,
} from 'cdktf-alicloud-ipv6';

class NetworkStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new providerAlicloud.provider.AlicloudProvider(this, 'alicloud', { region: 'cn-hangzhou' });
    const singapore = new providerAlicloud.provider.AlicloudProvider(this, 'singapore', { region: 'ap-southeast-1', alias: 'singapore' });
    const megabits = new TerraformVariable(this, 'megabits', { type: 'number', default: 20 });

    // An address that the stack owns, behind a gateway that it owns; open to inbound traffic, and meant to be.
    const gateway = new Ipv6Gateway(this, 'Gateway', {
      vpcId: 'vpc-bp1owned',
      ipv6GatewayName: 'edge',
      tags: { team: 'edge', stage: 'production' },
      timeouts: { create: '10m' },
    });
    const owned = new Ipv6Address(this, 'Owned', { vswitchId: 'vsw-bp1owned', ipv6AddressName: 'routed', tags: { team: 'edge' } });
    const ownedBandwidth = new Ipv6InternetBandwidth(this, 'OwnedBandwidth', {
      ipv6Address: owned,
      ipv6Gateway: gateway,
      bandwidth: 5,
      internetChargeType: InternetChargeType.PAY_BY_TRAFFIC,
      egressOnly: false,
    });

    Ipv6ExposureRules.acknowledge(ownedBandwidth, 'Ipv6EgressOnlyRequired', { reason: 'serves the public web site' });

    // An address that is looked up by its id; the Mbit/s are a variable.
    const byId = Ipv6Address.fromIpv6AddressId(this, 'ById', 'ipv6-bp1byid', { vpcId: 'vpc-bp1shared' });
    new Ipv6InternetBandwidth(this, 'ByIdBandwidth', { ipv6Address: byId, bandwidth: megabits.numberValue, egressOnly: false });

    // One of the addresses of an instance, egress only.
    const sharedGateway = Ipv6Gateway.fromVpcId(this, 'SharedGateway', 'vpc-bp1shared');
    const instanceBandwidth = new Ipv6InternetBandwidth(this, 'InstanceBandwidth', {
      ipv6Address: Ipv6Address.fromInstanceId(this, 'Instance', 'i-bp1web', {
        ipv6Address: '2408:4005:1234:5600::1',
        vpcId: 'vpc-bp1shared',
      }),
      ipv6Gateway: sharedGateway,
      bandwidth: 10,
      egressOnly: true,
      egressOnlyRule: { ipv6EgressOnlyRuleName: 'web-out', description: 'outbound only' },
    });

    // The address of a network interface in another region; its rule is added later.
    const interfaceBandwidth = new Ipv6InternetBandwidth(this, 'InterfaceBandwidth', {
      ipv6Address: Ipv6Address.fromNetworkInterfaceId(this, 'Interface', 'eni-t4nproxy', { provider: singapore }),
      bandwidth: 10,
    });
    interfaceBandwidth.addEgressOnlyRule();

    // What exists already is taken over.
    const importedGateway = new Ipv6Gateway(this, 'ImportedGateway', { vpcId: 'vpc-bp1imported' });
    importedGateway.resource.importFrom('ipv6gw-bp1imported');
    const imported = new Ipv6InternetBandwidth(this, 'ImportedBandwidth', {
      ipv6Address: Ipv6Address.fromIpv6AddressId(this, 'Imported', 'ipv6-bp1imported', { vpcId: 'vpc-bp1imported' }),
      ipv6Gateway: importedGateway,
      bandwidth: 50,
      egressOnly: true,
    });
    imported.resource.importFrom('ipv6bw-bp1imported');
    imported.egressOnlyRule!.resource.importFrom('ipv6gw-bp1imported:ipv6py-bp1imported');

    // What is taken as given is not looked up.
    new Ipv6InternetBandwidth(this, 'GivenBandwidth', {
      ipv6Address: Ipv6Address.fromIpv6AddressAttributes(this, 'Given', { ipv6AddressId: 'ipv6-bp1given' }),
      ipv6Gateway: Ipv6Gateway.fromIpv6GatewayId(this, 'GivenGateway', 'ipv6gw-bp1given'),
      bandwidth: 1,
      egressOnly: false,
    });
    const tenantGateway = Ipv6Gateway.fromIpv6GatewayAttributes(this, 'TenantGateway', { ipv6GatewayId: 'ipv6gw-bp1tenant', vpcId: 'vpc-bp1tenant' });
    const tenantRule = new Ipv6EgressOnlyRule(this, 'TenantRule', {
      ipv6InternetBandwidth: Ipv6InternetBandwidth.fromIpv6InternetBandwidthAttributes(this, 'TenantBandwidth', {
        internetBandwidthId: 'ipv6bw-bp1tenant',
        ipv6AddressId: 'ipv6-bp1tenant',
        ipv6GatewayId: tenantGateway.ipv6GatewayId,
      }),
    });
    const otherRule = Ipv6EgressOnlyRule.fromIpv6EgressOnlyRuleId(this, 'OtherRule', 'ipv6py-bp1other');

    // A set that the plan knows.
    const instances = new TerraformVariable(this, 'instances', { type: 'list(string)', default: ['i-bp1fleet'] });
    const fleet = Ipv6Addresses.fromInstanceIds(this, 'Fleet', instances.listValue, { vpcId: 'vpc-bp1fleet' });
    const fleetBandwidths = new Ipv6InternetBandwidths(this, 'FleetBandwidths', { ipv6Addresses: fleet, bandwidth: 5, egressOnly: true });

    new TerraformOutput(this, 'fleet_bandwidths', { value: fleetBandwidths.internetBandwidthIds });
    new TerraformOutput(this, 'fleet_addresses', { value: fleet.ipv6AddressLiteralsByInstanceId });
    new TerraformOutput(this, 'owned_address', { value: owned.ipv6AddressLiteral });
    new TerraformOutput(this, 'owned_bandwidth', { value: ownedBandwidth.internetBandwidthId });
    new TerraformOutput(this, 'looked_up_address', { value: byId.ipv6AddressLiteral });
    new TerraformOutput(this, 'shared_gateway', { value: sharedGateway.ipv6GatewayId });
    new TerraformOutput(this, 'instance_rule', { value: instanceBandwidth.egressOnlyRule?.ipv6EgressOnlyRuleId });
    new TerraformOutput(this, 'tenant_rules', { value: [tenantRule.ipv6EgressOnlyRuleId, otherRule.ipv6EgressOnlyRuleId] });
  }
}

const app = new App();
new NetworkStack(app, 'network');
Ipv6ExposureRules.addTo(app, {
  allowedChargeTypes: [InternetChargeType.PAY_BY_BANDWIDTH, InternetChargeType.PAY_BY_TRAFFIC],
  maxEgressOnlyRulesPerGateway: 10,
  unknownValues: Ipv6ExposureSeverity.WARNING,
  warnings: ['Ipv6EgressOnlyRequired', 'Ipv6LibraryConstructRequired'],
});
const ramPolicy = Ipv6RamPolicy.of(app, { accountId: '1234567890' });
const report = Ipv6ExposureReport.addTo(app, { ramPolicy });
console.log(`exposed: ${report.rows().map((row) => row.constructPath).join(', ')}`);
console.log(`allowed: ${ramPolicy.actions.join(', ')}`);
app.synth();

// A mistake: more Mbit/s than an address can have.
const stack = new TerraformStack(new App(), 'mistake');
try {
  new Ipv6InternetBandwidth(stack, 'Bandwidth', {
    ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-bp1byid'),
    bandwidth: 2001,
  });
} catch (error) {
  if (error instanceof Error) console.log(`${error.name}: ${error.message}`);
}

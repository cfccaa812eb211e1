package consumer;

import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.TerraformOutput;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.TerraformVariable;
import io.github.cdktf_alicloud_ipv6.AssociatedIpv6AddressLookupOptions;
import io.github.cdktf_alicloud_ipv6.IIpv6Address;
import io.github.cdktf_alicloud_ipv6.IIpv6EgressOnlyRule;
import io.github.cdktf_alicloud_ipv6.IIpv6Gateway;
import io.github.cdktf_alicloud_ipv6.InternetChargeType;
import io.github.cdktf_alicloud_ipv6.Ipv6AcknowledgementOptions;
import io.github.cdktf_alicloud_ipv6.Ipv6Address;
import io.github.cdktf_alicloud_ipv6.Ipv6AddressAttributes;
import io.github.cdktf_alicloud_ipv6.Ipv6AddressLookupOptions;
import io.github.cdktf_alicloud_ipv6.Ipv6Addresses;
import io.github.cdktf_alicloud_ipv6.Ipv6EgressOnlyRule;
import io.github.cdktf_alicloud_ipv6.Ipv6EgressOnlyRuleOptions;
import io.github.cdktf_alicloud_ipv6.Ipv6ExposureReport;
import io.github.cdktf_alicloud_ipv6.Ipv6ExposureReportProps;
import io.github.cdktf_alicloud_ipv6.Ipv6ExposureRow;
import io.github.cdktf_alicloud_ipv6.Ipv6ExposureRules;
import io.github.cdktf_alicloud_ipv6.Ipv6ExposureRulesProps;
import io.github.cdktf_alicloud_ipv6.Ipv6ExposureSeverity;
import io.github.cdktf_alicloud_ipv6.Ipv6Gateway;
import io.github.cdktf_alicloud_ipv6.Ipv6GatewayAttributes;
import io.github.cdktf_alicloud_ipv6.Ipv6InternetBandwidth;
import io.github.cdktf_alicloud_ipv6.Ipv6InternetBandwidthAttributes;
import io.github.cdktf_alicloud_ipv6.Ipv6InternetBandwidths;
import io.github.cdktf_alicloud_ipv6.Ipv6RamPolicy;
import io.github.cdktf_alicloud_ipv6.Ipv6RamPolicyOptions;
import io.github.cdktf_alicloud_ipv6.provider_alicloud.provider.AlicloudProvider;
import io.github.cdktf_alicloud_ipv6.provider_alicloud.vpc_ipv6_gateway.VpcIpv6GatewayTimeouts;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.constructs.Construct;

public class Network extends TerraformStack {
    public Network(Construct scope, String id) {
        super(scope, id);
        AlicloudProvider.Builder.create(this, "alicloud").region("cn-hangzhou").build();
        AlicloudProvider singapore = AlicloudProvider.Builder.create(this, "singapore")
                .region("ap-southeast-1")
                .alias("singapore")
                .build();
        TerraformVariable megabits = TerraformVariable.Builder.create(this, "megabits").type("number").defaultValue(20).build();

        // An address that the stack owns, behind a gateway that it owns; open to inbound traffic, and meant to be.
        Ipv6Gateway gateway = Ipv6Gateway.Builder.create(this, "Gateway")
                .vpcId("vpc-bp1owned")
                .ipv6GatewayName("edge")
                .tags(Map.of("team", "edge", "stage", "production"))
                .timeouts(VpcIpv6GatewayTimeouts.builder().create("10m").build())
                .build();
        Ipv6Address owned = Ipv6Address.Builder.create(this, "Owned")
                .vswitchId("vsw-bp1owned")
                .ipv6AddressName("routed")
                .tags(Map.of("team", "edge"))
                .build();
        Ipv6InternetBandwidth ownedBandwidth = Ipv6InternetBandwidth.Builder.create(this, "OwnedBandwidth")
                .ipv6Address(owned)
                .ipv6Gateway(gateway)
                .bandwidth(5)
                .internetChargeType(InternetChargeType.PAY_BY_TRAFFIC)
                .egressOnly(false)
                .build();

        Ipv6ExposureRules.acknowledge(ownedBandwidth, "Ipv6EgressOnlyRequired",
                Ipv6AcknowledgementOptions.builder().reason("serves the public web site").build());

        // An address that is looked up by its id; the Mbit/s are a variable.
        IIpv6Address byId = Ipv6Address.fromIpv6AddressId(this, "ById", "ipv6-bp1byid",
                Ipv6AddressLookupOptions.builder().vpcId("vpc-bp1shared").build());
        Ipv6InternetBandwidth.Builder.create(this, "ByIdBandwidth")
                .ipv6Address(byId)
                .bandwidth(megabits.getNumberValue())
                .egressOnly(false)
                .build();

        // One of the addresses of an instance, egress only.
        IIpv6Gateway sharedGateway = Ipv6Gateway.fromVpcId(this, "SharedGateway", "vpc-bp1shared");
        Ipv6InternetBandwidth instanceBandwidth = Ipv6InternetBandwidth.Builder.create(this, "InstanceBandwidth")
                .ipv6Address(Ipv6Address.fromInstanceId(this, "Instance", "i-bp1web",
                        AssociatedIpv6AddressLookupOptions.builder()
                                .ipv6Address("2408:4005:1234:5600::1")
                                .vpcId("vpc-bp1shared")
                                .build()))
                .ipv6Gateway(sharedGateway)
                .bandwidth(10)
                .egressOnly(true)
                .egressOnlyRule(Ipv6EgressOnlyRuleOptions.builder()
                        .ipv6EgressOnlyRuleName("web-out")
                        .description("outbound only")
                        .build())
                .build();

        // The address of a network interface in another region; its rule is added later.
        Ipv6InternetBandwidth interfaceBandwidth = Ipv6InternetBandwidth.Builder.create(this, "InterfaceBandwidth")
                .ipv6Address(Ipv6Address.fromNetworkInterfaceId(this, "Interface", "eni-t4nproxy",
                        AssociatedIpv6AddressLookupOptions.builder().provider(singapore).build()))
                .bandwidth(10)
                .build();
        interfaceBandwidth.addEgressOnlyRule();

        // What exists already is taken over.
        Ipv6Gateway importedGateway = Ipv6Gateway.Builder.create(this, "ImportedGateway")
                .vpcId("vpc-bp1imported")
                .build();
        importedGateway.getResource().importFrom("ipv6gw-bp1imported");
        Ipv6InternetBandwidth imported = Ipv6InternetBandwidth.Builder.create(this, "ImportedBandwidth")
                .ipv6Address(Ipv6Address.fromIpv6AddressId(this, "Imported", "ipv6-bp1imported",
                        Ipv6AddressLookupOptions.builder().vpcId("vpc-bp1imported").build()))
                .ipv6Gateway(importedGateway)
                .bandwidth(50)
                .egressOnly(true)
                .build();
        imported.getResource().importFrom("ipv6bw-bp1imported");
        imported.getEgressOnlyRule().getResource().importFrom("ipv6gw-bp1imported:ipv6py-bp1imported");

        // What is taken as given is not looked up.
        Ipv6InternetBandwidth.Builder.create(this, "GivenBandwidth")
                .ipv6Address(Ipv6Address.fromIpv6AddressAttributes(this, "Given",
                        Ipv6AddressAttributes.builder().ipv6AddressId("ipv6-bp1given").build()))
                .ipv6Gateway(Ipv6Gateway.fromIpv6GatewayId(this, "GivenGateway", "ipv6gw-bp1given"))
                .bandwidth(1)
                .egressOnly(false)
                .build();
        IIpv6Gateway tenantGateway = Ipv6Gateway.fromIpv6GatewayAttributes(this, "TenantGateway",
                Ipv6GatewayAttributes.builder().ipv6GatewayId("ipv6gw-bp1tenant").vpcId("vpc-bp1tenant").build());
        Ipv6EgressOnlyRule tenantRule = Ipv6EgressOnlyRule.Builder.create(this, "TenantRule")
                .ipv6InternetBandwidth(Ipv6InternetBandwidth.fromIpv6InternetBandwidthAttributes(this, "TenantBandwidth",
                        Ipv6InternetBandwidthAttributes.builder()
                                .internetBandwidthId("ipv6bw-bp1tenant")
                                .ipv6AddressId("ipv6-bp1tenant")
                                .ipv6GatewayId(tenantGateway.getIpv6GatewayId())
                                .build()))
                .build();
        IIpv6EgressOnlyRule otherRule = Ipv6EgressOnlyRule.fromIpv6EgressOnlyRuleId(this, "OtherRule", "ipv6py-bp1other");

        // A set that the plan knows.
        TerraformVariable instances = TerraformVariable.Builder.create(this, "instances")
                .type("list(string)")
                .defaultValue(List.of("i-bp1fleet"))
                .build();
        Ipv6Addresses fleet = Ipv6Addresses.fromInstanceIds(this, "Fleet", instances.getListValue(),
                Ipv6AddressLookupOptions.builder().vpcId("vpc-bp1fleet").build());
        Ipv6InternetBandwidths fleetBandwidths = Ipv6InternetBandwidths.Builder.create(this, "FleetBandwidths")
                .ipv6Addresses(fleet)
                .bandwidth(5)
                .egressOnly(true)
                .build();

        TerraformOutput.Builder.create(this, "fleet_bandwidths").value(fleetBandwidths.getInternetBandwidthIds()).build();
        TerraformOutput.Builder.create(this, "fleet_addresses").value(fleet.getIpv6AddressLiteralsByInstanceId()).build();
        TerraformOutput.Builder.create(this, "owned_address").value(owned.getIpv6AddressLiteral()).build();
        TerraformOutput.Builder.create(this, "owned_bandwidth").value(ownedBandwidth.getInternetBandwidthId()).build();
        TerraformOutput.Builder.create(this, "looked_up_address").value(byId.getIpv6AddressLiteral()).build();
        TerraformOutput.Builder.create(this, "shared_gateway").value(sharedGateway.getIpv6GatewayId()).build();
        TerraformOutput.Builder.create(this, "instance_rule")
                .value(instanceBandwidth.getEgressOnlyRule().getIpv6EgressOnlyRuleId())
                .build();
        TerraformOutput.Builder.create(this, "tenant_rules")
                .value(List.of(tenantRule.getIpv6EgressOnlyRuleId(), otherRule.getIpv6EgressOnlyRuleId()))
                .build();
    }

    public static void main(String[] args) {
        App app = new App();
        new Network(app, "network");
        Ipv6ExposureRules.addTo(app, Ipv6ExposureRulesProps.builder()
                .allowedChargeTypes(List.of(InternetChargeType.PAY_BY_BANDWIDTH, InternetChargeType.PAY_BY_TRAFFIC))
                .maxEgressOnlyRulesPerGateway(10)
                .unknownValues(Ipv6ExposureSeverity.WARNING)
                .warnings(List.of("Ipv6EgressOnlyRequired", "Ipv6LibraryConstructRequired"))
                .build());
        Ipv6RamPolicy ramPolicy = Ipv6RamPolicy.of(app, Ipv6RamPolicyOptions.builder().accountId("1234567890").build());
        Ipv6ExposureReport report = Ipv6ExposureReport.addTo(app, Ipv6ExposureReportProps.builder().ramPolicy(ramPolicy).build());
        System.out.println("exposed: " + report.rows().stream().map(Ipv6ExposureRow::getConstructPath).collect(Collectors.joining(", ")));
        System.out.println("allowed: " + String.join(", ", ramPolicy.getActions()));
        app.synth();

        // A mistake: more Mbit/s than an address can have.
        TerraformStack stack = new TerraformStack(new App(), "mistake");
        try {
            Ipv6InternetBandwidth.Builder.create(stack, "Bandwidth")
                    .ipv6Address(Ipv6Address.fromIpv6AddressId(stack, "Address", "ipv6-bp1byid"))
                    .bandwidth(2001)
                    .build();
        } catch (RuntimeException exception) {
            System.out.println(exception.getClass().getSimpleName() + ": " + exception.getMessage());
        }
    }
}

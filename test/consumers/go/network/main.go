package main

import (
	"fmt"
	"strings"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	ipv6 "github.com/cdktf-alicloud-ipv6/cdktf-alicloud-ipv6-go/alicloudipv6"
	"github.com/cdktf-alicloud-ipv6/cdktf-alicloud-ipv6-go/alicloudipv6/provideralicloud/provider"
	"github.com/cdktf-alicloud-ipv6/cdktf-alicloud-ipv6-go/alicloudipv6/provideralicloud/vpcipv6gateway"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

func NewNetworkStack(scope constructs.Construct, id string) cdktf.TerraformStack {
	stack := cdktf.NewTerraformStack(scope, &id)
	provider.NewAlicloudProvider(stack, jsii.String("alicloud"), &provider.AlicloudProviderConfig{
		Region: jsii.String("cn-hangzhou"),
	})
	singapore := provider.NewAlicloudProvider(stack, jsii.String("singapore"), &provider.AlicloudProviderConfig{
		Region: jsii.String("ap-southeast-1"),
		Alias:  jsii.String("singapore"),
	})
	megabits := cdktf.NewTerraformVariable(stack, jsii.String("megabits"), &cdktf.TerraformVariableConfig{
		Type:    jsii.String("number"),
		Default: jsii.Number(20),
	})

	// An address that the stack owns, behind a gateway that it owns; open to inbound traffic, and meant to be.
	gateway := ipv6.NewIpv6Gateway(stack, jsii.String("Gateway"), &ipv6.Ipv6GatewayProps{
		VpcId:           jsii.String("vpc-bp1owned"),
		Ipv6GatewayName: jsii.String("edge"),
		Tags:            &map[string]*string{"team": jsii.String("edge"), "stage": jsii.String("production")},
		Timeouts:        &vpcipv6gateway.VpcIpv6GatewayTimeouts{Create: jsii.String("10m")},
	})
	owned := ipv6.NewIpv6Address(stack, jsii.String("Owned"), &ipv6.Ipv6AddressProps{
		VswitchId:       jsii.String("vsw-bp1owned"),
		Ipv6AddressName: jsii.String("routed"),
		Tags:            &map[string]*string{"team": jsii.String("edge")},
	})
	ownedBandwidth := ipv6.NewIpv6InternetBandwidth(stack, jsii.String("OwnedBandwidth"), &ipv6.Ipv6InternetBandwidthProps{
		Ipv6Address:        owned,
		Ipv6Gateway:        gateway,
		Bandwidth:          jsii.Number(5),
		InternetChargeType: ipv6.InternetChargeType_PAY_BY_TRAFFIC,
		EgressOnly:         jsii.Bool(false),
	})

	ipv6.Ipv6ExposureRules_Acknowledge(ownedBandwidth, jsii.String("Ipv6EgressOnlyRequired"), &ipv6.Ipv6AcknowledgementOptions{
		Reason: jsii.String("serves the public web site"),
	})

	// An address that is looked up by its id; the Mbit/s are a variable.
	byId := ipv6.Ipv6Address_FromIpv6AddressId(stack, jsii.String("ById"), jsii.String("ipv6-bp1byid"), &ipv6.Ipv6AddressLookupOptions{
		VpcId: jsii.String("vpc-bp1shared"),
	})
	ipv6.NewIpv6InternetBandwidth(stack, jsii.String("ByIdBandwidth"), &ipv6.Ipv6InternetBandwidthProps{
		Ipv6Address: byId,
		Bandwidth:   megabits.NumberValue(),
		EgressOnly:  jsii.Bool(false),
	})

	// One of the addresses of an instance, egress only.
	sharedGateway := ipv6.Ipv6Gateway_FromVpcId(stack, jsii.String("SharedGateway"), jsii.String("vpc-bp1shared"), nil)
	instanceBandwidth := ipv6.NewIpv6InternetBandwidth(stack, jsii.String("InstanceBandwidth"), &ipv6.Ipv6InternetBandwidthProps{
		Ipv6Address: ipv6.Ipv6Address_FromInstanceId(stack, jsii.String("Instance"), jsii.String("i-bp1web"), &ipv6.AssociatedIpv6AddressLookupOptions{
			Ipv6Address: jsii.String("2408:4005:1234:5600::1"),
			VpcId:       jsii.String("vpc-bp1shared"),
		}),
		Ipv6Gateway: sharedGateway,
		Bandwidth:   jsii.Number(10),
		EgressOnly:  jsii.Bool(true),
		EgressOnlyRule: &ipv6.Ipv6EgressOnlyRuleOptions{
			Ipv6EgressOnlyRuleName: jsii.String("web-out"),
			Description:            jsii.String("outbound only"),
		},
	})

	// The address of a network interface in another region; its rule is added later.
	interfaceBandwidth := ipv6.NewIpv6InternetBandwidth(stack, jsii.String("InterfaceBandwidth"), &ipv6.Ipv6InternetBandwidthProps{
		Ipv6Address: ipv6.Ipv6Address_FromNetworkInterfaceId(stack, jsii.String("Interface"), jsii.String("eni-t4nproxy"), &ipv6.AssociatedIpv6AddressLookupOptions{
			Provider: singapore,
		}),
		Bandwidth: jsii.Number(10),
	})
	interfaceBandwidth.AddEgressOnlyRule(nil)

	// What exists already is taken over.
	importedGateway := ipv6.NewIpv6Gateway(stack, jsii.String("ImportedGateway"), &ipv6.Ipv6GatewayProps{
		VpcId: jsii.String("vpc-bp1imported"),
	})
	importedGateway.Resource().ImportFrom(jsii.String("ipv6gw-bp1imported"), nil)
	imported := ipv6.NewIpv6InternetBandwidth(stack, jsii.String("ImportedBandwidth"), &ipv6.Ipv6InternetBandwidthProps{
		Ipv6Address: ipv6.Ipv6Address_FromIpv6AddressId(stack, jsii.String("Imported"), jsii.String("ipv6-bp1imported"), &ipv6.Ipv6AddressLookupOptions{
			VpcId: jsii.String("vpc-bp1imported"),
		}),
		Ipv6Gateway: importedGateway,
		Bandwidth:   jsii.Number(50),
		EgressOnly:  jsii.Bool(true),
	})
	imported.Resource().ImportFrom(jsii.String("ipv6bw-bp1imported"), nil)
	imported.EgressOnlyRule().Resource().ImportFrom(jsii.String("ipv6gw-bp1imported:ipv6py-bp1imported"), nil)

	// What is taken as given is not looked up.
	ipv6.NewIpv6InternetBandwidth(stack, jsii.String("GivenBandwidth"), &ipv6.Ipv6InternetBandwidthProps{
		Ipv6Address: ipv6.Ipv6Address_FromIpv6AddressAttributes(stack, jsii.String("Given"), &ipv6.Ipv6AddressAttributes{
			Ipv6AddressId: jsii.String("ipv6-bp1given"),
		}),
		Ipv6Gateway: ipv6.Ipv6Gateway_FromIpv6GatewayId(stack, jsii.String("GivenGateway"), jsii.String("ipv6gw-bp1given")),
		Bandwidth:   jsii.Number(1),
		EgressOnly:  jsii.Bool(false),
	})
	tenantGateway := ipv6.Ipv6Gateway_FromIpv6GatewayAttributes(stack, jsii.String("TenantGateway"), &ipv6.Ipv6GatewayAttributes{
		Ipv6GatewayId: jsii.String("ipv6gw-bp1tenant"),
		VpcId:         jsii.String("vpc-bp1tenant"),
	})
	tenantRule := ipv6.NewIpv6EgressOnlyRule(stack, jsii.String("TenantRule"), &ipv6.Ipv6EgressOnlyRuleProps{
		Ipv6InternetBandwidth: ipv6.Ipv6InternetBandwidth_FromIpv6InternetBandwidthAttributes(stack, jsii.String("TenantBandwidth"), &ipv6.Ipv6InternetBandwidthAttributes{
			InternetBandwidthId: jsii.String("ipv6bw-bp1tenant"),
			Ipv6AddressId:       jsii.String("ipv6-bp1tenant"),
			Ipv6GatewayId:       tenantGateway.Ipv6GatewayId(),
		}),
	})
	otherRule := ipv6.Ipv6EgressOnlyRule_FromIpv6EgressOnlyRuleId(stack, jsii.String("OtherRule"), jsii.String("ipv6py-bp1other"))

	// A set that the plan knows.
	instances := cdktf.NewTerraformVariable(stack, jsii.String("instances"), &cdktf.TerraformVariableConfig{
		Type:    jsii.String("list(string)"),
		Default: []string{"i-bp1fleet"},
	})
	fleet := ipv6.Ipv6Addresses_FromInstanceIds(stack, jsii.String("Fleet"), instances.ListValue(), &ipv6.Ipv6AddressLookupOptions{
		VpcId: jsii.String("vpc-bp1fleet"),
	})
	fleetBandwidths := ipv6.NewIpv6InternetBandwidths(stack, jsii.String("FleetBandwidths"), &ipv6.Ipv6InternetBandwidthsProps{
		Ipv6Addresses: fleet,
		Bandwidth:     jsii.Number(5),
		EgressOnly:    jsii.Bool(true),
	})

	output := func(id string, value interface{}) {
		cdktf.NewTerraformOutput(stack, &id, &cdktf.TerraformOutputConfig{Value: value})
	}
	output("fleet_bandwidths", fleetBandwidths.InternetBandwidthIds())
	output("fleet_addresses", fleet.Ipv6AddressLiteralsByInstanceId())
	output("owned_address", owned.Ipv6AddressLiteral())
	output("owned_bandwidth", ownedBandwidth.InternetBandwidthId())
	output("looked_up_address", byId.Ipv6AddressLiteral())
	output("shared_gateway", sharedGateway.Ipv6GatewayId())
	output("instance_rule", instanceBandwidth.EgressOnlyRule().Ipv6EgressOnlyRuleId())
	output("tenant_rules", &[]*string{tenantRule.Ipv6EgressOnlyRuleId(), otherRule.Ipv6EgressOnlyRuleId()})
	return stack
}

func main() {
	app := cdktf.NewApp(nil)
	NewNetworkStack(app, "network")
	ipv6.Ipv6ExposureRules_AddTo(app, &ipv6.Ipv6ExposureRulesProps{
		AllowedChargeTypes:           &[]ipv6.InternetChargeType{ipv6.InternetChargeType_PAY_BY_BANDWIDTH, ipv6.InternetChargeType_PAY_BY_TRAFFIC},
		MaxEgressOnlyRulesPerGateway: jsii.Number(10),
		UnknownValues:                ipv6.Ipv6ExposureSeverity_WARNING,
		Warnings:                     jsii.Strings("Ipv6EgressOnlyRequired", "Ipv6LibraryConstructRequired"),
	})
	ramPolicy := ipv6.Ipv6RamPolicy_Of(app, &ipv6.Ipv6RamPolicyOptions{AccountId: jsii.String("1234567890")})
	report := ipv6.Ipv6ExposureReport_AddTo(app, &ipv6.Ipv6ExposureReportProps{RamPolicy: ramPolicy})
	exposed := []string{}
	for _, row := range *report.Rows() {
		exposed = append(exposed, *row.ConstructPath)
	}
	allowed := []string{}
	for _, action := range *ramPolicy.Actions() {
		allowed = append(allowed, *action)
	}
	fmt.Printf("exposed: %s\n", strings.Join(exposed, ", "))
	fmt.Printf("allowed: %s\n", strings.Join(allowed, ", "))
	app.Synth()

	// A mistake: more Mbit/s than an address can have.
	stack := cdktf.NewTerraformStack(cdktf.NewApp(nil), jsii.String("mistake"))
	defer func() {
		if panicked := recover(); panicked != nil {
			fmt.Printf("panic: %v\n", panicked)
		}
	}()
	ipv6.NewIpv6InternetBandwidth(stack, jsii.String("Bandwidth"), &ipv6.Ipv6InternetBandwidthProps{
		Ipv6Address: ipv6.Ipv6Address_FromIpv6AddressId(stack, jsii.String("Address"), jsii.String("ipv6-bp1byid"), nil),
		Bandwidth:   jsii.Number(2001),
	})
}

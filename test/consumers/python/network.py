from cdktf import App, TerraformOutput, TerraformStack, TerraformVariable
from cdktf_alicloud_ipv6 import (
    InternetChargeType,
    Ipv6Address,
    Ipv6Addresses,
    Ipv6EgressOnlyRule,
    Ipv6EgressOnlyRuleOptions,
    Ipv6ExposureReport,
    Ipv6ExposureRules,
    Ipv6ExposureSeverity,
    Ipv6Gateway,
    Ipv6InternetBandwidth,
    Ipv6InternetBandwidths,
    Ipv6RamPolicy,
)
from cdktf_alicloud_ipv6.provider_alicloud.provider import AlicloudProvider
from cdktf_alicloud_ipv6.provider_alicloud.vpc_ipv6_gateway import VpcIpv6GatewayTimeouts
from constructs import Construct


class NetworkStack(TerraformStack):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        AlicloudProvider(self, "alicloud", region="cn-hangzhou")
        singapore = AlicloudProvider(self, "singapore", region="ap-southeast-1", alias="singapore")
        megabits = TerraformVariable(self, "megabits", type="number", default=20)

        # An address that the stack owns, behind a gateway that it owns; open to inbound traffic, and meant to be.
        gateway = Ipv6Gateway(
            self,
            "Gateway",
            vpc_id="vpc-bp1owned",
            ipv6_gateway_name="edge",
            tags={"team": "edge", "stage": "production"},
            timeouts=VpcIpv6GatewayTimeouts(create="10m"),
        )
        owned = Ipv6Address(self, "Owned", vswitch_id="vsw-bp1owned", ipv6_address_name="routed", tags={"team": "edge"})
        owned_bandwidth = Ipv6InternetBandwidth(
            self,
            "OwnedBandwidth",
            ipv6_address=owned,
            ipv6_gateway=gateway,
            bandwidth=5,
            internet_charge_type=InternetChargeType.PAY_BY_TRAFFIC,
            egress_only=False,
        )

        Ipv6ExposureRules.acknowledge(owned_bandwidth, "Ipv6EgressOnlyRequired", reason="serves the public web site")

        # An address that is looked up by its id; the Mbit/s are a variable.
        by_id = Ipv6Address.from_ipv6_address_id(self, "ById", "ipv6-bp1byid", vpc_id="vpc-bp1shared")
        Ipv6InternetBandwidth(
            self,
            "ByIdBandwidth",
            ipv6_address=by_id,
            bandwidth=megabits.number_value,
            egress_only=False,
        )

        # One of the addresses of an instance, egress only.
        shared_gateway = Ipv6Gateway.from_vpc_id(self, "SharedGateway", "vpc-bp1shared")
        instance_bandwidth = Ipv6InternetBandwidth(
            self,
            "InstanceBandwidth",
            ipv6_address=Ipv6Address.from_instance_id(
                self,
                "Instance",
                "i-bp1web",
                ipv6_address="2408:4005:1234:5600::1",
                vpc_id="vpc-bp1shared",
            ),
            ipv6_gateway=shared_gateway,
            bandwidth=10,
            egress_only=True,
            egress_only_rule=Ipv6EgressOnlyRuleOptions(
                ipv6_egress_only_rule_name="web-out",
                description="outbound only",
            ),
        )

        # The address of a network interface in another region; its rule is added later.
        interface_bandwidth = Ipv6InternetBandwidth(
            self,
            "InterfaceBandwidth",
            ipv6_address=Ipv6Address.from_network_interface_id(self, "Interface", "eni-t4nproxy", provider=singapore),
            bandwidth=10,
        )
        interface_bandwidth.add_egress_only_rule()

        # What exists already is taken over.
        imported_gateway = Ipv6Gateway(self, "ImportedGateway", vpc_id="vpc-bp1imported")
        imported_gateway.resource.import_from("ipv6gw-bp1imported")
        imported = Ipv6InternetBandwidth(
            self,
            "ImportedBandwidth",
            ipv6_address=Ipv6Address.from_ipv6_address_id(self, "Imported", "ipv6-bp1imported", vpc_id="vpc-bp1imported"),
            ipv6_gateway=imported_gateway,
            bandwidth=50,
            egress_only=True,
        )
        imported.resource.import_from("ipv6bw-bp1imported")
        imported.egress_only_rule.resource.import_from("ipv6gw-bp1imported:ipv6py-bp1imported")

        # What is taken as given is not looked up.
        Ipv6InternetBandwidth(
            self,
            "GivenBandwidth",
            ipv6_address=Ipv6Address.from_ipv6_address_attributes(self, "Given", ipv6_address_id="ipv6-bp1given"),
            ipv6_gateway=Ipv6Gateway.from_ipv6_gateway_id(self, "GivenGateway", "ipv6gw-bp1given"),
            bandwidth=1,
            egress_only=False,
        )
        tenant_gateway = Ipv6Gateway.from_ipv6_gateway_attributes(
            self,
            "TenantGateway",
            ipv6_gateway_id="ipv6gw-bp1tenant",
            vpc_id="vpc-bp1tenant",
        )
        tenant_rule = Ipv6EgressOnlyRule(
            self,
            "TenantRule",
            ipv6_internet_bandwidth=Ipv6InternetBandwidth.from_ipv6_internet_bandwidth_attributes(
                self,
                "TenantBandwidth",
                internet_bandwidth_id="ipv6bw-bp1tenant",
                ipv6_address_id="ipv6-bp1tenant",
                ipv6_gateway_id=tenant_gateway.ipv6_gateway_id,
            ),
        )
        other_rule = Ipv6EgressOnlyRule.from_ipv6_egress_only_rule_id(self, "OtherRule", "ipv6py-bp1other")

        # A set that the plan knows.
        instances = TerraformVariable(self, "instances", type="list(string)", default=["i-bp1fleet"])
        fleet = Ipv6Addresses.from_instance_ids(self, "Fleet", instances.list_value, vpc_id="vpc-bp1fleet")
        fleet_bandwidths = Ipv6InternetBandwidths(
            self,
            "FleetBandwidths",
            ipv6_addresses=fleet,
            bandwidth=5,
            egress_only=True,
        )

        TerraformOutput(self, "fleet_bandwidths", value=fleet_bandwidths.internet_bandwidth_ids)
        TerraformOutput(self, "fleet_addresses", value=fleet.ipv6_address_literals_by_instance_id)
        TerraformOutput(self, "owned_address", value=owned.ipv6_address_literal)
        TerraformOutput(self, "owned_bandwidth", value=owned_bandwidth.internet_bandwidth_id)
        TerraformOutput(self, "looked_up_address", value=by_id.ipv6_address_literal)
        TerraformOutput(self, "shared_gateway", value=shared_gateway.ipv6_gateway_id)
        TerraformOutput(self, "instance_rule", value=instance_bandwidth.egress_only_rule.ipv6_egress_only_rule_id)
        TerraformOutput(
            self,
            "tenant_rules",
            value=[tenant_rule.ipv6_egress_only_rule_id, other_rule.ipv6_egress_only_rule_id],
        )


app = App()
NetworkStack(app, "network")
Ipv6ExposureRules.add_to(
    app,
    allowed_charge_types=[InternetChargeType.PAY_BY_BANDWIDTH, InternetChargeType.PAY_BY_TRAFFIC],
    max_egress_only_rules_per_gateway=10,
    unknown_values=Ipv6ExposureSeverity.WARNING,
    warnings=["Ipv6EgressOnlyRequired", "Ipv6LibraryConstructRequired"],
)
ram_policy = Ipv6RamPolicy.of(app, account_id="1234567890")
report = Ipv6ExposureReport.add_to(app, ram_policy=ram_policy)
print(f"exposed: {', '.join(row.construct_path for row in report.rows())}")
print(f"allowed: {', '.join(ram_policy.actions)}")
app.synth()

# A mistake: more Mbit/s than an address can have.
stack = TerraformStack(App(), "mistake")
try:
    Ipv6InternetBandwidth(
        stack,
        "Bandwidth",
        ipv6_address=Ipv6Address.from_ipv6_address_id(stack, "Address", "ipv6-bp1byid"),
        bandwidth=2001,
    )
except RuntimeError as error:
    print(f"{type(error).__name__}: {error}")

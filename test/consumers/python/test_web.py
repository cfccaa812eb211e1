import unittest

from cdktf import TerraformStack, Testing
from cdktf_alicloud_ipv6 import (
    Ipv6Address, Ipv6ExposureReport, Ipv6ExposureRules, Ipv6Inbound, Ipv6InternetBandwidth, provider_alicloud,
)


class WebStack(TerraformStack):
    def __init__(self, scope, id, bandwidth=50):
        super().__init__(scope, id)
        provider_alicloud.provider.AlicloudProvider(self, "alicloud", region="cn-hangzhou")
        vpc_id = "vpc-bp1web0000000000001"

        worker = Ipv6Address.from_instance_id(self, "WorkerAddress", "i-bp1worker00000000001", vpc_id=vpc_id)
        Ipv6InternetBandwidth(self, "Worker", ipv6_address=worker, bandwidth=bandwidth, egress_only=True)

        server = Ipv6Address.from_instance_id(self, "ServerAddress", "i-bp1server00000000001", vpc_id=vpc_id)
        open_to_all = Ipv6InternetBandwidth(self, "Server", ipv6_address=server, bandwidth=100, egress_only=False)
        Ipv6ExposureRules.acknowledge(open_to_all, "Ipv6EgressOnlyRequired", reason="serves the shop over IPv6, allowed by the network team")


class WebStackTest(unittest.TestCase):
    def test_the_stack_keeps_the_rules(self):
        stack = WebStack(Testing.app(), "web")
        Ipv6ExposureRules.add_to(stack, max_bandwidth_per_address=100)
        Testing.synth(stack, True)  # raises with the findings

    def test_too_much_bandwidth_is_found(self):
        stack = WebStack(Testing.app(), "web", 101)
        rules = Ipv6ExposureRules.add_to(stack, max_bandwidth_per_address=100)
        found = [(finding.rule_id, finding.construct_path) for finding in rules.findings() if finding.acknowledged_reason is None]
        self.assertEqual(found, [("Ipv6BandwidthPerAddress", "web/Worker")])
        with self.assertRaisesRegex(RuntimeError, "Ipv6BandwidthPerAddress: web/Worker: 101 Mbit/s, allowed is 100 Mbit/s for an address"):
            Testing.synth(stack, True)

    def test_the_internet_reaches_the_server_and_nothing_else(self):
        app = Testing.app()
        WebStack(app, "web")
        rows = Ipv6ExposureReport.add_to(app).rows()
        self.assertEqual([row.construct_path for row in rows if row.inbound != Ipv6Inbound.CLOSED], ["web/Server"])


if __name__ == "__main__":
    unittest.main()

from cdktf import App, TerraformStack
from cdktf_alicloud_ipv6 import Ipv6Address, Ipv6InternetBandwidth, provider_alicloud

app = App()
stack = TerraformStack(app, "web")
provider_alicloud.provider.AlicloudProvider(stack, "alicloud", region="cn-hangzhou")

Ipv6InternetBandwidth(stack, "Bandwidth",
    ipv6_address=Ipv6Address.from_instance_id(stack, "Address", "i-bp1web00000000000001", vpc_id="vpc-bp1web0000000000001"),
    bandwidth=10,  # Mbit/s
    egress_only=True,  # the instance reaches the Internet, the Internet does not reach the instance
)

app.synth()

package consumer;

import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.TerraformStack;
import io.github.cdktf_alicloud_ipv6.AssociatedIpv6AddressLookupOptions;
import io.github.cdktf_alicloud_ipv6.Ipv6Address;
import io.github.cdktf_alicloud_ipv6.Ipv6InternetBandwidth;
import io.github.cdktf_alicloud_ipv6.provider_alicloud.provider.AlicloudProvider;

public class Quickstart {
    public static void main(String[] args) {
        App app = new App();
        TerraformStack stack = new TerraformStack(app, "web");
        AlicloudProvider.Builder.create(stack, "alicloud").region("cn-hangzhou").build();

        Ipv6InternetBandwidth.Builder.create(stack, "Bandwidth")
                .ipv6Address(Ipv6Address.fromInstanceId(stack, "Address", "i-bp1web00000000000001",
                        AssociatedIpv6AddressLookupOptions.builder().vpcId("vpc-bp1web0000000000001").build()))
                .bandwidth(10) // Mbit/s
                .egressOnly(true) // the instance reaches the Internet, the Internet does not reach the instance
                .build();

        app.synth();
    }
}

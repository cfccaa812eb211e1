package main

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf-alicloud-ipv6/cdktf-alicloud-ipv6-go/alicloudipv6"
	"github.com/cdktf-alicloud-ipv6/cdktf-alicloud-ipv6-go/alicloudipv6/provideralicloud/provider"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

func main() {
	app := cdktf.NewApp(nil)
	stack := cdktf.NewTerraformStack(app, jsii.String("web"))
	provider.NewAlicloudProvider(stack, jsii.String("alicloud"), &provider.AlicloudProviderConfig{
		Region: jsii.String("cn-hangzhou"),
	})

	alicloudipv6.NewIpv6InternetBandwidth(stack, jsii.String("Bandwidth"), &alicloudipv6.Ipv6InternetBandwidthProps{
		Ipv6Address: alicloudipv6.Ipv6Address_FromInstanceId(stack, jsii.String("Address"), jsii.String("i-bp1web00000000000001"), &alicloudipv6.AssociatedIpv6AddressLookupOptions{
			VpcId: jsii.String("vpc-bp1web0000000000001"),
		}),
		Bandwidth:  jsii.Number(10), // Mbit/s
		EgressOnly: jsii.Bool(true), // the instance reaches the Internet, the Internet does not reach the instance
	})

	app.Synth()
}

# Runs the whole stack without an account: copy it beside cdk.tf.json and run `terraform test` (1.7 or later) there.
mock_provider "alicloud" {
  mock_data "alicloud_images" {
    defaults = {
      images = [{ id = "aliyun_3_x64" }]
    }
  }

  # The result of every lookup of addresses.
  mock_data "alicloud_vpc_ipv6_addresses" {
    defaults = {
      addresses = [
        {
          id                       = "ipv6-web"
          ipv6_address             = "2408:4005:1234:5601::1"
          status                   = "Available"
          vpc_id                   = "vpc-new"
          ipv6_gateway_id          = "ipv6gw-new"
          associated_instance_id   = "i-web"
          associated_instance_type = "EcsInstance"
        },
        {
          id                       = "ipv6-worker"
          ipv6_address             = "2408:4005:1234:5601::2"
          status                   = "Available"
          vpc_id                   = "vpc-new"
          ipv6_gateway_id          = "ipv6gw-new"
          associated_instance_id   = "i-worker"
          associated_instance_type = "EcsInstance"
        },
      ]
    }
  }
}

override_resource {
  target = alicloud_vpc.Vpc
  values = { id = "vpc-new" }
}

override_resource {
  target = alicloud_instance.Web
  values = { id = "i-web" }
}

override_resource {
  target = alicloud_instance.Worker
  values = { id = "i-worker" }
}

run "plans_before_anything_exists" {
  command = plan

  assert {
    condition     = alicloud_vswitch.VSwitch.ipv6_cidr_block_mask == 1
    error_message = "the vSwitch has no IPv6 block"
  }
}

run "gives_each_instance_its_bandwidth" {
  assert {
    condition     = output.web-address == "2408:4005:1234:5601::1" && output.worker-address == "2408:4005:1234:5601::2"
    error_message = "an instance has another address"
  }

  assert {
    condition     = alicloud_vpc_ipv6_internet_bandwidth.WebBandwidth_216D93A7.ipv6_address_id == "ipv6-web"
    error_message = "the web server's bandwidth is for another address"
  }

  assert {
    condition     = alicloud_vpc_ipv6_egress_rule.WorkerBandwidth_4F4E6BB9_EgressOnlyRule.instance_id == "ipv6-worker"
    error_message = "the worker can be reached from the Internet"
  }
}

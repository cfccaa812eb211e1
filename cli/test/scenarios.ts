import { Workspace } from './workspace';
import { VpcApi } from '../../test/e2e/vpc-api';

/** Terraform that is applied, changed, and planned again. */
export interface Scenario {
  readonly name: string;
  readonly before?: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
  readonly options?: readonly string[];
}

const HEAD = `
terraform {
  required_providers {
    alicloud = {
      source  = "aliyun/alicloud"
      version = "~> 1.289"
    }
  }
}

variable "region" {
  default = "cn-hangzhou"
}

provider "alicloud" {
  region = var.region
  PROVIDER
}
`;

/** The stand-in gives the ids, in this order. */
const GATEWAY = 'ipv6gw-00000002';
const addressId = (index: number): string => `ipv6-${String(5 + index * 2).padStart(8, '0')}`;

const SERVER = `
terraform {
  required_providers {
    alicloud = { source = "aliyun/alicloud" }
  }
}

variable "address_id" {}
variable "closed" { default = true }

resource "alicloud_vpc_ipv6_internet_bandwidth" "this" {
  ipv6_address_id      = var.address_id
  ipv6_gateway_id      = "${GATEWAY}"
  bandwidth            = 5
  internet_charge_type = "PayByTraffic"
}

resource "alicloud_vpc_ipv6_egress_rule" "this" {
  count           = var.closed ? 1 : 0
  instance_id     = alicloud_vpc_ipv6_internet_bandwidth.this.ipv6_address_id
  instance_type   = "Ipv6Address"
  ipv6_gateway_id = alicloud_vpc_ipv6_internet_bandwidth.this.ipv6_gateway_id
}
`;

function fleet(bandwidths: Record<string, number>, closed: string[]): string {
  return `
locals {
  bandwidths = ${JSON.stringify(bandwidths)}
  addresses  = ${JSON.stringify(Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((key, index) => [key, addressId(index)])))}
}

resource "alicloud_vpc_ipv6_internet_bandwidth" "fleet" {
  for_each             = local.bandwidths
  ipv6_address_id      = local.addresses[each.key]
  ipv6_gateway_id      = "${GATEWAY}"
  bandwidth            = each.value
  internet_charge_type = "PayByBandwidth"
}

resource "alicloud_vpc_ipv6_egress_rule" "fleet" {
  for_each        = toset(${JSON.stringify(closed)})
  instance_id     = alicloud_vpc_ipv6_internet_bandwidth.fleet[each.key].ipv6_address_id
  instance_type   = "Ipv6Address"
  ipv6_gateway_id = "${GATEWAY}"
}
`;
}

function servers(...closed: boolean[]): string {
  return `
module "server" {
  source     = "./server"
  for_each   = ${JSON.stringify(Object.fromEntries(closed.map((each, index) => [`s${index}`, { address_id: addressId(5 + index), closed: each }])))}
  address_id = each.value.address_id
  closed     = each.value.closed
}
`;
}

function bandwidth(name: string, address: string, more = ''): string {
  return `
resource "alicloud_vpc_ipv6_internet_bandwidth" "${name}" {
  ipv6_address_id      = ${address}
  ipv6_gateway_id      = "${GATEWAY}"
  bandwidth            = 10
  internet_charge_type = "PayByBandwidth"
  ${more}
}
`;
}

function rule(name: string, address: string, more = ''): string {
  return `
resource "alicloud_vpc_ipv6_egress_rule" "${name}" {
  instance_id     = ${address}
  instance_type   = "Ipv6Address"
  ipv6_gateway_id = "${GATEWAY}"
  ${more}
}
`;
}

const quoted = (index: number): string => JSON.stringify(addressId(index));
const bandwidthOf = (name: string): string => `alicloud_vpc_ipv6_internet_bandwidth.${name}.ipv6_address_id`;

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'for-each-and-modules',
    before: { 'main.tf': HEAD + fleet({ a: 10, b: 10, c: 10 }, ['a', 'b']) + servers(true, false), 'server/main.tf': SERVER },
    after: { 'main.tf': HEAD + fleet({ b: 20, c: 10, d: 10, e: 10, a: 10 }, ['b', 'c', 'd']) + servers(true, true, false), 'server/main.tf': SERVER },
  },
  {
    // What the addresses are only the apply will know, as of instances that it creates.
    name: 'known-after-apply',
    after: {
      'main.tf': HEAD + `
resource "terraform_data" "instance" {
  input = ${quoted(0)}
}

resource "terraform_data" "instances" {
  for_each = { x = ${quoted(1)}, y = ${quoted(2)} }
  input    = each.value
}
`
      + bandwidth('closed', 'terraform_data.instance.output') + rule('closed', bandwidthOf('closed'))
      + bandwidth('open', 'terraform_data.instance.output')
      + bandwidth('each', 'terraform_data.instances[each.key].output', 'for_each = terraform_data.instances')
      + rule('each', bandwidthOf('each[each.key]'), 'for_each = toset(["x"])')
      + bandwidth('chosen', 'terraform_data.instance.output')
      + rule('chosen', `length(terraform_data.instance.output) > 3 ? ${bandwidthOf('chosen')} : ${quoted(3)}`),
    },
  },
  {
    name: 'moves-imports-and-replacements',
    before: {
      'main.tf': HEAD + ['old', 'forgotten', 'recharged', 'rule_replaced', 'rule_forgotten', 'deleted', 'readdressed'].map((name, index) => bandwidth(name, quoted(index))).join('')
      + ['old', 'recharged', 'rule_replaced', 'rule_forgotten', 'readdressed'].map((name) => rule(name, bandwidthOf(name))).join('')
      + bandwidth('to_import', quoted(7)),
    },
    after: {
      'main.tf': HEAD + bandwidth('renamed', quoted(0)) + rule('renamed', bandwidthOf('renamed')) + `
moved {
  from = alicloud_vpc_ipv6_internet_bandwidth.old
  to   = alicloud_vpc_ipv6_internet_bandwidth.renamed
}

moved {
  from = alicloud_vpc_ipv6_egress_rule.old
  to   = alicloud_vpc_ipv6_egress_rule.renamed
}

removed {
  from = alicloud_vpc_ipv6_internet_bandwidth.forgotten
  lifecycle {
    destroy = false
  }
}

removed {
  from = alicloud_vpc_ipv6_egress_rule.rule_forgotten
  lifecycle {
    destroy = false
  }
}

removed {
  from = alicloud_vpc_ipv6_internet_bandwidth.to_import
  lifecycle {
    destroy = false
  }
}

import {
  to = alicloud_vpc_ipv6_internet_bandwidth.imported
  id = "BANDWIDTH_OF_${addressId(7)}"
}
` + bandwidth('imported', quoted(7)) + bandwidth('recharged', quoted(2)).replace('PayByBandwidth', 'PayByTraffic') + rule('recharged', bandwidthOf('recharged'))
      + bandwidth('rule_replaced', quoted(3)) + rule('rule_replaced', bandwidthOf('rule_replaced'), 'description = "another description"')
      + bandwidth('rule_forgotten', quoted(4))
      + bandwidth('readdressed', quoted(8)) + rule('readdressed', bandwidthOf('readdressed')),
    },
  },
  {
    name: 'only-a-target',
    before: { 'main.tf': HEAD + bandwidth('one', quoted(0)) + rule('one', bandwidthOf('one')) + bandwidth('two', quoted(1)) },
    after: { 'main.tf': HEAD + bandwidth('one', quoted(0)) + bandwidth('two', quoted(1)) + bandwidth('three', quoted(2)) },
    options: ['-target=alicloud_vpc_ipv6_internet_bandwidth.three'],
  },
  {
    name: 'providers',
    after: {
      'main.tf': HEAD + `
provider "alicloud" {
  alias  = "west"
  region = "us-west-1"
  PROVIDER
}

locals {
  region = "eu-central-1"
}

provider "alicloud" {
  alias  = "computed"
  region = local.region
  PROVIDER
}

module "server" {
  source     = "./server"
  address_id = ${quoted(5)}
  closed     = false
  providers = {
    alicloud = alicloud.west
  }
}
` + bandwidth('default', quoted(0)) + bandwidth('west', quoted(1), 'provider = alicloud.west') + bandwidth('computed', quoted(2), 'provider = alicloud.computed'),
      'server/main.tf': SERVER,
    },
  },
];

/** The account that the scenarios are planned in. */
export async function startApi(): Promise<VpcApi> {
  const api = await VpcApi.start();
  const vpcId = api.seedVpc();
  api.seedGateway(vpcId);
  const vSwitchId = api.seedVSwitch(vpcId);
  for (let index = 0; index < 12; index++) api.seedInstance({ vSwitchId });
  return api;
}

type Then = (workspace: Workspace, api: VpcApi) => Promise<void>;

/** What `terraform show -json` says of the scenario's plan. What `then` does, it does while that can still be applied. */
export async function planOf({ before, after, options = [] }: Scenario, then?: Then): Promise<string> {
  const api = await startApi();
  const workspace = new Workspace(api);
  try {
    if (before) {
      workspace.write(before);
      await workspace.apply();
    }
    const idOf = (address: string): string => api.bandwidths().find(({ Ipv6AddressId }) => Ipv6AddressId === address)!.Ipv6InternetBandwidthId;
    workspace.write(Object.fromEntries(Object.entries(after).map(([name, text]) => [name, text.replace(/BANDWIDTH_OF_([\w-]+)/g, (_, address) => idOf(address))])));
    const plan = await workspace.plan(...options);
    await then?.(workspace, api);
    return plan;
  } finally {
    workspace.remove();
    await api.stop();
  }
}

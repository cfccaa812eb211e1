import { spawnSync } from 'node:child_process';
import { Workspace } from './workspace';
import { VpcApi } from '../../test/e2e/vpc-api';

/** Terraform that is applied, changed, and planned again. */
export interface Scenario {
  readonly name: string;
  readonly before?: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
  readonly options?: readonly string[];
  /** The resources that the state forgets before the plan. */
  readonly forgotten?: readonly string[];
  /** Terraform, unless the scenario needs another program. */
  readonly engine?: 'tofu';
}

/** The program of a scenario, if it is installed. */
export function engineOf({ engine }: Scenario): string | undefined {
  if (engine === undefined) return process.env.TERRAFORM_BINARY_NAME ?? 'terraform';
  return spawnSync(engine, ['version']).status === 0 ? engine : undefined;
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

/** Bandwidths whose addresses are unknown until the apply, and rules for some of them. */
function computed(name: string, repeated: string, ruleRepeated: string, instanceId: string): string {
  const isCount = repeated.startsWith('count');
  return `
resource "terraform_data" "${name}" {
  ${repeated}
  input = ${isCount ? '"ipv6-${count.index}"' : '"ipv6-${each.key}"'}
}
` + bandwidth(name, `terraform_data.${name}[${isCount ? 'count.index' : 'each.key'}].output`, repeated)
    + rule(name, instanceId.replaceAll('B', `alicloud_vpc_ipv6_internet_bandwidth.${name}`), ruleRepeated);
}

/** A text as HCL writes it. */
const hcl = (text: string): string => JSON.stringify(text).replace(/([$%])\{/g, '$1$1{');

/** Keys that HCL or Terraform escapes. */
const KEYS = ['plain', '${x}', '%{if}', '$${x}', 'a\u2028b', 'a"b\\c', 'line\nbreak', '\u00ad', 'ü漢', '😀', 'a[0].b'];

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
  {
    // Each rule is for another bandwidth than its own key says.
    name: 'computed-instances',
    after: {
      'main.tf': HEAD + computed('index', 'count = 3', 'count = 2', 'B[count.index + 1].ipv6_address_id')
      + computed('suffix', 'for_each = toset(["a", "a-x"])', 'for_each = toset(["a"])', 'B["${each.key}-x"].ipv6_address_id')
      + computed('condition', 'for_each = toset(["a", "b"])', 'for_each = toset(["a"])', 'B[each.key == "a" ? "b" : "a"].ipv6_address_id')
      + computed('element', 'count = 2', 'count = 1', 'element(B[*].ipv6_address_id, count.index + 1)')
      + computed('reverse', 'count = 2', 'count = 1', 'reverse(B[*].ipv6_address_id)[count.index]')
      + computed('one', 'for_each = toset(["a", "b"])', 'for_each = toset(["a"])', 'one([for key, each_one in B : each_one.ipv6_address_id if key != each.key])'),
    },
  },
  {
    // No key, and yet another value than the reference: another attribute, or a constant.
    name: 'computed-values',
    after: {
      'main.tf': HEAD + `
resource "terraform_data" "instance" {
  count = 5
  input = "ipv6-${'$'}{count.index}"
}
` + ['id', 'can', 'startswith', 'lookup'].map((name, index) => bandwidth(name, `terraform_data.instance[${index}].output`)).join('')
      + bandwidth('existing', quoted(0))
      + rule('id', 'alicloud_vpc_ipv6_internet_bandwidth.id.id')
      + rule('can', `can(${bandwidthOf('can')}) ? ${quoted(0)} : "x"`)
      + rule('startswith', `startswith(${bandwidthOf('startswith')}, "ipv6-") ? ${quoted(0)} : "x"`)
      + rule('lookup', `lookup({ x = ${quoted(0)} }, "x", ${bandwidthOf('lookup')})`),
    },
  },
  {
    name: 'gateways-by-key',
    after: {
      'main.tf': HEAD + `
resource "alicloud_vpc_ipv6_gateway" "g" {
  for_each = toset(["a", "b"])
  vpc_id   = each.key
}
` + bandwidth('fleet', `{ a = ${quoted(0)}, b = ${quoted(1)} }[each.key]`, 'for_each = toset(["a", "b"])').replace(`"${GATEWAY}"`, 'alicloud_vpc_ipv6_gateway.g[each.key].id')
      + rule('fleet', bandwidthOf('fleet[each.key]'), 'for_each = toset(["a", "b"])').replace(`"${GATEWAY}"`, 'alicloud_vpc_ipv6_gateway.g[each.key == "a" ? "b" : "a"].id'),
    },
  },
  {
    // The first deployment of modules in which all addresses are closed.
    name: 'first-deployment',
    after: {
      'main.tf': HEAD + `
resource "alicloud_vpc_ipv6_gateway" "g" {
  vpc_id = "vpc-new"
}

resource "terraform_data" "instance" {
  for_each = toset(["web", "db", "single", "found"])
  input    = each.key
}

data "alicloud_vpc_ipv6_addresses" "found" {
  associated_instance_id = terraform_data.instance["found"].id
}
` + [
        bandwidth('single', 'terraform_data.instance["single"].output'),
        rule('single', bandwidthOf('single'), 'count = 1').replace(`"${GATEWAY}"`, 'alicloud_vpc_ipv6_gateway.g.ipv6_gateway_id'),
        bandwidth('fleet', 'terraform_data.instance[each.key].output', 'for_each = toset(["web", "db"])'),
        rule('db', bandwidthOf('fleet["db"]')),
        rule('web', bandwidthOf('fleet["web"]')),
        bandwidth('found', 'data.alicloud_vpc_ipv6_addresses.found.addresses[0].id'),
        rule('found', 'data.alicloud_vpc_ipv6_addresses.found.addresses[0].id', 'depends_on = [alicloud_vpc_ipv6_internet_bandwidth.found]'),
      ].join('').replaceAll(`"${GATEWAY}"`, 'alicloud_vpc_ipv6_gateway.g.id'),
    },
  },
  {
    // Names in any script, and a rule for each key.
    name: 'names-and-keys',
    after: {
      'main.tf': HEAD + `
resource "terraform_data" "instance_東京" {
  for_each = toset([${KEYS.map(hcl).join(', ')}])
  input    = each.key
}
` + bandwidth('größe', 'terraform_data.instance_東京["plain"].output') + rule('größe', bandwidthOf('größe'))
      + bandwidth('東京', 'terraform_data.instance_東京[each.key].output', 'for_each = terraform_data.instance_東京')
      + KEYS.map((key, index) => rule(`r${index}`, bandwidthOf(`東京[${hcl(key)}]`))).join(''),
    },
  },
  {
    name: 'literal-rules',
    after: {
      'main.tf': HEAD + bandwidth('unordered', quoted(0)) + rule('unordered', quoted(0))
      + bandwidth('ordered', quoted(1)) + rule('ordered', quoted(1), 'depends_on = [alicloud_vpc_ipv6_internet_bandwidth.ordered]'),
    },
  },
  {
    // The bandwidths are in another state.
    name: 'rules-alone',
    before: {
      'main.tf': HEAD + ['deleted', 'replaced', 'forgotten', 'kept'].map((name, index) =>
        bandwidth(name, quoted(index)) + rule(name, quoted(index), `depends_on = [alicloud_vpc_ipv6_internet_bandwidth.${name}]`)).join(''),
    },
    forgotten: ['deleted', 'replaced', 'forgotten', 'kept'].map((name) => `alicloud_vpc_ipv6_internet_bandwidth.${name}`),
    after: {
      'main.tf': HEAD + rule('replaced', quoted(1), 'description = "another description"') + rule('kept', quoted(3)) + `
removed {
  from = alicloud_vpc_ipv6_egress_rule.forgotten
  lifecycle {
    destroy = false
  }
}
`,
    },
  },
  {
    name: 'load-balancers',
    after: {
      'main.tf': HEAD + `
resource "alicloud_nlb_load_balancer" "public" {
  vpc_id             = "vpc-a"
  address_type       = "Internet"
  address_ip_version = "DualStack"
  ipv6_address_type  = "Internet"
  zone_mappings {
    vswitch_id = "vsw-a"
    zone_id    = "cn-hangzhou-a"
  }
  zone_mappings {
    vswitch_id = "vsw-b"
    zone_id    = "cn-hangzhou-b"
  }
}

resource "alicloud_alb_load_balancer" "public" {
  vpc_id                 = "vpc-a"
  address_type           = "Internet"
  address_ip_version     = "DualStack"
  ipv6_address_type      = "Internet"
  load_balancer_edition  = "Basic"
  load_balancer_name     = "public"
  load_balancer_billing_config {
    pay_type = "PayAsYouGo"
  }
  zone_mappings {
    vswitch_id = "vsw-a"
    zone_id    = "cn-hangzhou-a"
  }
  zone_mappings {
    vswitch_id = "vsw-b"
    zone_id    = "cn-hangzhou-b"
  }
}

resource "alicloud_slb_load_balancer" "public" {
  load_balancer_name = "public"
  load_balancer_spec = "slb.s1.small"
  address_type       = "internet"
  address_ip_version = "ipv6"
}

resource "alicloud_slb_load_balancer" "private" {
  load_balancer_name = "private"
  load_balancer_spec = "slb.s1.small"
  address_type       = "intranet"
  vswitch_id         = "vsw-a"
}
`,
    },
  },
  {
    name: 'tofu-exclude',
    engine: 'tofu',
    before: { 'main.tf': HEAD + bandwidth('one', quoted(0)) + rule('one', bandwidthOf('one')) },
    after: { 'main.tf': HEAD + bandwidth('one', quoted(0)).replace('= 10', '= 20') + rule('one', bandwidthOf('one')) },
    options: ['-exclude=alicloud_vpc_ipv6_egress_rule.one'],
  },
  {
    name: 'tofu-provider-instances',
    engine: 'tofu',
    after: {
      'main.tf': HEAD + `
provider "alicloud" {
  alias    = "by_region"
  for_each = toset(["cn-hangzhou", "eu-central-1"])
  region   = each.value
  PROVIDER
}
` + bandwidth('one', quoted(0), 'provider = alicloud.by_region["cn-hangzhou"]') + rule('one', bandwidthOf('one'), 'provider = alicloud.by_region["eu-central-1"]'),
    },
  },
  {
    name: 'tofu-kept-on-replacement',
    engine: 'tofu',
    before: { 'main.tf': HEAD + bandwidth('one', quoted(0), 'lifecycle {\n    destroy = false\n  }') },
    after: { 'main.tf': HEAD + bandwidth('one', quoted(0), 'lifecycle {\n    destroy = false\n  }').replace('PayByBandwidth', 'PayByTraffic') },
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
export async function planOf(scenario: Scenario, then?: Then): Promise<string> {
  const { before, after, options = [], forgotten = [] } = scenario;
  const api = await startApi();
  const workspace = new Workspace(api, engineOf(scenario));
  try {
    if (before) {
      workspace.write(before);
      await workspace.apply();
      for (const address of forgotten) await workspace.command('state', 'rm', address);
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

/** Without what depends on the moment: the port, the time, and the order in which the apply bought. */
export function withoutChance(plan: string): string {
  const numbers = new Map<string, number>();
  return `${plan.trim()
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:80')
    .replace(/"timestamp":"[^"]*"/, '"timestamp":"2026-01-01T00:00:00Z"')
    .replace(/(ipv6bw|ipv6py)-\d+/g, (id, prefix: string) => {
      numbers.set(id, numbers.get(id) ?? numbers.size + 1);
      return `${prefix}-${numbers.get(id)}`;
    })}\n`;
}

// The same Terraform, written twice: with this library's constructs, and by hand with the provider's bindings alone.
import { createHash } from 'node:crypto';
import { App, TerraformLocal, TerraformResource, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import {
  Ipv6Address, Ipv6Addresses, Ipv6AddressLookup, Ipv6ExposureRules, Ipv6InternetBandwidth, Ipv6InternetBandwidths, providerAlicloud,
} from 'cdktf-alicloud-ipv6';

/** The stack that each of them writes. */
export const STACK = 'bench';

/** Addresses of one VPC. */
export interface Fleet {
  readonly vpcId: string;
  readonly addressIds: readonly string[];
}

/** A fleet that is nowhere: to synthesize, it need not be. */
export function fleetOf(count: number): Fleet {
  return { vpcId: 'vpc-bp1bench', addressIds: Array.from({ length: count }, (_, i) => `ipv6-bp1${String(i).padStart(16, '0')}`) };
}

/** With the library's constructs. */
export function l2(app: App, { vpcId, addressIds }: Fleet): void {
  const stack = stackWithProvider(app);
  addressIds.forEach((id, i) => {
    new Ipv6InternetBandwidth(stack, `Bandwidth${i}`, {
      ipv6Address: Ipv6Address.fromIpv6AddressId(stack, `Address${i}`, id, { vpcId }),
      bandwidth: 10,
      egressOnly: false,
    });
  });
}

/** With the library's constructs, and rules of exposure that they keep. */
export function rules(app: App, fleet: Fleet): void {
  Ipv6ExposureRules.addTo(app, { egressOnlyRequired: false, maxBandwidthPerAddress: 10, maxBandwidthPerGateway: 10 * fleet.addressIds.length });
  l2(app, fleet);
}

/**
 * By hand: the bindings, directly in the stack, whose ids are the names that the library's resources get. This is the least
 * that can synthesize the same.
 */
export function l1(app: App, { vpcId, addressIds }: Fleet): void {
  const stack = stackWithProvider(app);
  stack.addOverride('terraform.required_version', '>= 1.4.0');

  const lookup = ['[Ipv6Lookups]', vpcId];
  const addresses = named(...lookup, 'Resource');
  const suffix = createHash('sha256').update([STACK, ...lookup].join('/')).digest('hex').slice(0, 8);
  new providerAlicloud.dataAlicloudVpcIpv6Addresses.DataAlicloudVpcIpv6Addresses(stack, addresses, { vpcId: vpcId });
  const byId = local(stack, `ipv6-by-id_${suffix}`, `\${{ for a in data.alicloud_vpc_ipv6_addresses.${addresses}.addresses : a.id => a }}`);
  const gatewayIds = local(stack, `ipv6-gateway-id-by-id_${suffix}`, `\${{ for id, a in ${byId} : id => try(coalesce(a.ipv6_gateway_id), "") }}`);
  const problems = local(stack, `ipv6-${PROBLEMS}_${suffix}`, `\${{ for id, a in ${byId} : id => join("; ", compact([${CHECKS.join(', ')}])) }}`);

  const holders: Record<string, string> = {};
  const byConstruct: Record<string, string> = {};
  const problemsByConstruct: Record<string, string> = {};
  addressIds.forEach((id, i) => {
    const name = named(`Bandwidth${i}`, 'Resource');
    holders[id] = name;
    byConstruct[`${STACK}/Bandwidth${i}`] = id;
    problemsByConstruct[`${STACK}/Bandwidth${i}`] = `\${try(${problems}["${id}"], "no address ${id} in ${vpcId} (ResourceNotFound.Ipv6Address): check the id, the vpcId and the provider's region; of an address that this stack creates, pass the construct")}`;
    new TerraformData(stack, `${name}_AddressId`, { input: { id } }).addOverride('depends_on', ['terraform_data.Ipv6AddressProblems']);
    new providerAlicloud.vpcIpv6InternetBandwidth.VpcIpv6InternetBandwidth(stack, name, {
      ipv6AddressId: id,
      ipv6GatewayId: `\${try(${gatewayIds}["${id}"], "")}`,
      bandwidth: 10,
      internetChargeType: 'PayByBandwidth',
      lifecycle: {
        replaceTriggeredBy: [`terraform_data.${name}_AddressId.output.id`],
      },
    }).addOverride('depends_on', ['terraform_data.Ipv6Holders', 'terraform_data.Ipv6AddressProblems']);
  });
  new TerraformData(stack, 'Ipv6Holders', { input: { alicloud_vpc_ipv6_internet_bandwidth: holders } });

  const check = 'Ipv6AddressProblems';
  const refused = local(stack, `${check}_refusals`, `\${[for path, problem in ${local(stack, `${check}_by-construct`, problemsByConstruct)} : "\${path}: \${problem}" if problem != ""]}`);
  new TerraformData(stack, check, {}, {
    condition: `\${length(${refused}) == 0}`,
    errorMessage: `\${join("\\n", concat(slice(${refused}, 0, min(20, length(${refused}))), length(${refused}) > 20 ? ["and \${length(${refused}) - 20} more"] : []))}`,
  });

  const table = local(stack, 'Ipv6UniqueAddresses_by-construct', byConstruct);
  new TerraformData(stack, 'Ipv6UniqueAddresses', {}, {
    condition: `\${length(toset(compact(values(${table})))) == length(compact(values(${table})))}`,
    errorMessage: `${STACK}: more than one Internet bandwidth for the address \${join(", ", [for id, paths in { for path, id in ${table} : id => path... if try(length(id) > 0, false) } : "\${id} (\${join(" and ", paths)})" if length(paths) > 1])} (OperationFailed.InternetBandwidthAlreadyExisted): an address has one; keep one of them`,
  });
}

/** (cdktf's own DataResource asks the terraform binary for its version at every synth: that would count against L1.) */
class TerraformData extends TerraformResource {
  constructor(
    scope: Construct, id: string, private readonly attributes: { [name: string]: unknown }, condition?: { condition: string; errorMessage: string },
  ) {
    super(scope, id, {
      terraformResourceType: 'terraform_data',
      terraformGeneratorMetadata: { providerName: 'terraform' },
      ...(condition ? { lifecycle: { precondition: [condition] } } : {}),
    });
  }

  protected synthesizeAttributes(): { [name: string]: unknown } {
    return this.attributes;
  }
}

/**
 * What the library synthesized before it had a trigger for each bandwidth: one table of address ids for the stack as the
 * trigger of all, and guards that read lists. It is wrong (an entry that is added replaces a bandwidth that exists): it shows
 * what the records cost.
 */
export function withSharedTrigger(json: any): void {
  const { terraform_data: records, alicloud_vpc_ipv6_internet_bandwidth: bandwidths } = json.resource;
  const check = 'Ipv6AddressProblems';
  for (const [name, value] of Object.entries<any>(json.locals)) {
    if (name.startsWith('ipv6-problems')) json.locals[name] = value.replace('join("; ", compact([', 'compact([').replace(/\)\) \}\}$/, ') }}');
  }
  const ids: Record<string, string> = {};
  for (const [name, args] of Object.entries<any>(bandwidths)) {
    ids[name] = args.ipv6_address_id;
    delete records[`${name}_AddressId`];
    delete args.depends_on;
    args.lifecycle.replace_triggered_by = [`terraform_data.Ipv6AddressIds.input.${name}`];
    const path = `${STACK}/${name.split('_')[0]}`;
    const [, problems, notFound] = /^\$\{try\((local\.[\w-]+\["[^"]+"\]), (.*)\)\}$/.exec(json.locals[`${check}_by-construct`][path])!;
    args.lifecycle.precondition = [{
      condition: `\${try(length(${problems}) == 0, false)}`,
      error_message: `${path}: \${join("; ", try(${problems}, [${notFound}]))}`,
    }];
  }
  for (const name of [`${check}_by-construct`, `${check}_refusals`]) delete json.locals[name];
  delete records[check];
  delete records.Ipv6Holders;
  records.Ipv6AddressIds = { input: ids };
}

/** One data source an address, as it is written without a shared lookup: what a plan of this costs the API. */
export function lookupEach(app: App, { addressIds }: Fleet): void {
  const stack = stackWithProvider(app);
  addressIds.forEach((id, i) => {
    const data = new providerAlicloud.dataAlicloudVpcIpv6Addresses.DataAlicloudVpcIpv6Addresses(stack, `Address${i}`, { ids: [id] });
    new providerAlicloud.vpcIpv6InternetBandwidth.VpcIpv6InternetBandwidth(stack, `Bandwidth${i}`, {
      ipv6AddressId: id,
      ipv6GatewayId: data.addresses.get(0).ipv6GatewayId,
      bandwidth: 10,
      internetChargeType: 'PayByBandwidth',
    });
  });
}

const PROBLEMS = 'problems-d9df33bf';
const CHECKS = [
  'a.status == "Available" ? "" : "the address ${id} is ${a.status == null ? "null" : a.status}, not Available (IncorrectStatus.Ipv6Instance): plan again once it is"',
  'can(regex("^[fF][cCdD]", a.ipv6_address)) ? "${a.ipv6_address} is a unique local address, fc00::/7 (OperationUnsupported.ULA): take an address of a global block" : ""',
  'can(regex("/", a.ipv6_address)) ? "${a.ipv6_address} is a prefix, not an address (IllegalParam.Ipv6Address): take a single address" : ""',
  'contains(["","EcsInstance","NetworkInterface"], try(coalesce(a.associated_instance_type), "")) ? "" : "the address ${id} is bound to ${a.associated_instance_id}, ${a.associated_instance_type} (OperationDenied.UnSupportedBindTypeCloudInstance): take an address of an ECS instance or a network interface, or name the type in supportedBindTypes"',
  'try(length(a.ipv6_gateway_id) > 0, false) ? "" : "${a.vpc_id}, the VPC of the address ${id}, has no IPv6 gateway (OperationFailed.Ipv6GatewayNotExist): create one with Ipv6Gateway, and pass it as ipv6Gateway"',
];

function stackWithProvider(app: App): TerraformStack {
  const stack = new TerraformStack(app, STACK);
  new providerAlicloud.provider.AlicloudProvider(stack, 'alicloud', { region: 'cn-hangzhou' });
  return stack;
}

function local(stack: TerraformStack, id: string, expression: unknown): string {
  new TerraformLocal(stack, id, expression);
  return `local.${id}`;
}

/** Instances of one VPC, each with an address. */
export interface Instances {
  readonly vpcId: string;
  readonly ids: readonly string[];
}

/** Bandwidth for each instance, which is asked for in one way or the other. */
export function single(app: App, { vpcId, ids }: Instances, options: { readonly egressOnly: boolean; readonly lookup?: Ipv6AddressLookup }): void {
  const { egressOnly, lookup } = options;
  const stack = stackWithProvider(app);
  ids.forEach((id, i) => {
    const ipv6Address = Ipv6Address.fromInstanceId(stack, `Address${i}`, id, { vpcId, lookup });
    new Ipv6InternetBandwidth(stack, `Bandwidth${i}`, { ipv6Address, bandwidth: 10, egressOnly });
  });
}

/** The same as a set. */
export function set(app: App, { vpcId, ids }: Instances, { egressOnly }: { readonly egressOnly: boolean }): void {
  const stack = stackWithProvider(app);
  const ipv6Addresses = Ipv6Addresses.fromInstanceIds(stack, 'Addresses', [...ids], { vpcId });
  new Ipv6InternetBandwidths(stack, 'Bandwidths', { ipv6Addresses, bandwidth: 10, egressOnly });
}

/** The name that cdktf gives to what lies at a path below a stack. */
function named(...path: string[]): string {
  const hash = createHash('md5').update(path.join('/')).digest('hex').slice(0, 8).toUpperCase();
  return [...path.filter((part) => part !== 'Resource').map((part) => part.replace(/[^\w-]/g, '')), hash].join('_');
}

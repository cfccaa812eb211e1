// The same Terraform, written twice: with this library's constructs, and by hand with the provider's bindings alone.
import { createHash } from 'node:crypto';
import { App, TerraformLocal, TerraformResource, TerraformStack, Testing } from 'cdktf';
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
  /** Their instances, where the fleet is somewhere. */
  readonly instanceIds?: readonly string[];
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

  const name = `ipv6_${vpcId}`;
  new providerAlicloud.dataAlicloudVpcIpv6Addresses.DataAlicloudVpcIpv6Addresses(stack, name, { vpcId }).overrideLogicalId(name);
  const byId = `local.${name}`;
  new TerraformLocal(stack, 'table', `\${{ for a in data.alicloud_vpc_ipv6_addresses.${name}.addresses : a.id => a... }}`).overrideLogicalId(name);

  const wanted: Record<string, string> = {};
  const bandwidths: Record<string, string> = {};
  addressIds.forEach((id, i) => {
    const path = `${STACK}/Bandwidth${i}`;
    wanted[path] = id;
    bandwidths[path] = id;
    const resource = named(`Bandwidth${i}`, 'Resource');
    new TerraformData(stack, `${resource}_AddressId`, { input: { id } });
    new providerAlicloud.vpcIpv6InternetBandwidth.VpcIpv6InternetBandwidth(stack, resource, {
      ipv6AddressId: id,
      ipv6GatewayId: `\${try(coalesce(${byId}["${id}"][0].ipv6_gateway_id), "")}`,
      bandwidth: 10,
      internetChargeType: 'PayByBandwidth',
      lifecycle: { replaceTriggeredBy: [`terraform_data.${resource}_AddressId.output.id`] },
    }).addOverride('depends_on', ['terraform_data.Ipv6DestroyBeforeCreate']);
  });
  const { problems, precondition } = checks();
  local(stack, 'ipv6_wanted', wanted);
  local(stack, 'ipv6_found', `\${{ for path, id in local.ipv6_wanted : path => try([${byId}[id][0]], []) }}`);
  local(stack, 'ipv6_problems', problems);
  local(stack, 'ipv6_bandwidths', bandwidths);
  new TerraformData(stack, 'Ipv6DestroyBeforeCreate', {
    input: { bandwidths: '${join("\\n", [for path, id in local.ipv6_bandwidths : "${path} ${id == null ? "null" : id}"])}' },
  });
  new TerraformData(stack, 'Ipv6Checks', {}).addOverride('lifecycle.precondition', precondition);
}

let written: { problems: string[]; precondition: object[] } | undefined;

/** The check of a stack, which is the same for any number of addresses. */
function checks(): { problems: string[]; precondition: object[] } {
  if (written) return written;
  const app = Testing.app();
  l2(app, fleetOf(2));
  const { locals, resource } = JSON.parse(Testing.synth(app.node.findChild(STACK) as TerraformStack));
  written = { problems: locals.ipv6_problems, precondition: resource.terraform_data.Ipv6Checks.lifecycle.precondition };
  return written;
}

/**
 * By hand and without checks: one list, one table, and what is bought, by the id of the address or of its instance.
 *
 * @param records  true for the records of the library too: a changed address replaces its bandwidth
 */
export function withoutChecks(by: 'id' | 'instance', withRules: boolean, records: boolean): (app: App, fleet: Fleet) => void {
  return (app, { vpcId, addressIds, instanceIds = [] }) => {
    const stack = stackWithProvider(app);
    const ids = by === 'id' ? addressIds : instanceIds;
    new providerAlicloud.dataAlicloudVpcIpv6Addresses.DataAlicloudVpcIpv6Addresses(stack, 'all', { vpcId });
    const key = by === 'id' ? 'id' : 'associated_instance_id';
    const table = local(stack, 'addresses', `\${{ for a in data.alicloud_vpc_ipv6_addresses.all.addresses : a.${key} => a }}`);
    if (records) {
      const wanted = local(stack, 'wanted', [...ids]);
      new TerraformData(stack, 'Order', { input: by === 'id' ? `\${${wanted}}` : `\${[for id in ${wanted} : ${table}[id].id]}` });
    }
    ids.forEach((id, i) => {
      const ipv6AddressId = by === 'id' ? id : `\${${table}["${id}"].id}`;
      const bandwidth = new providerAlicloud.vpcIpv6InternetBandwidth.VpcIpv6InternetBandwidth(stack, `Bandwidth${i}`, {
        ipv6AddressId,
        ipv6GatewayId: `\${${table}["${id}"].ipv6_gateway_id}`,
        bandwidth: 10,
        internetChargeType: 'PayByBandwidth',
        ...records ? { lifecycle: { replaceTriggeredBy: [`terraform_data.Address${i}.output.id`] } } : {},
      });
      if (records) {
        new TerraformData(stack, `Address${i}`, { input: { id: ipv6AddressId } });
        bandwidth.addOverride('depends_on', ['terraform_data.Order']);
      }
      if (!withRules) return;
      new providerAlicloud.vpcIpv6EgressRule.VpcIpv6EgressRule(stack, `Rule${i}`, {
        instanceId: bandwidth.ipv6AddressId,
        instanceType: 'Ipv6Address',
        ipv6GatewayId: bandwidth.ipv6GatewayId,
        ...records ? { lifecycle: { replaceTriggeredBy: [`${bandwidth.terraformResourceType}.${bandwidth.friendlyUniqueId}.id`] } } : {},
      });
    });
  };
}

/** The same with the library's constructs. */
export function withLibrary(by: 'id' | 'instance', withRules: boolean, lookup?: Ipv6AddressLookup): (app: App, fleet: Fleet) => void {
  return (app, { vpcId, addressIds, instanceIds = [] }) => {
    const stack = stackWithProvider(app);
    (by === 'id' ? addressIds : instanceIds).forEach((id, i) => new Ipv6InternetBandwidth(stack, `Bandwidth${i}`, {
      ipv6Address: Ipv6Address[by === 'id' ? 'fromIpv6AddressId' : 'fromInstanceId'](stack, `Address${i}`, id, { vpcId, lookup }),
      bandwidth: 10,
      egressOnly: withRules,
    }));
  };
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

function stackWithProvider(app: App): TerraformStack {
  const stack = new TerraformStack(app, STACK);
  new providerAlicloud.provider.AlicloudProvider(stack, 'alicloud', { region: 'cn-hangzhou' });
  return stack;
}

function local(stack: TerraformStack, id: string, expression: unknown): string {
  new TerraformLocal(stack, id, expression);
  return `local.${id}`;
}

/** The same as a set. */
export function set(app: App, { vpcId, instanceIds = [] }: Fleet, options: { readonly egressOnly: boolean; readonly partitions: number }): void {
  const stack = stackWithProvider(app);
  const ipv6Addresses = Ipv6Addresses.fromInstanceIds(stack, 'Addresses', [...instanceIds], { vpcId });
  new Ipv6InternetBandwidths(stack, 'Bandwidths', { ipv6Addresses, bandwidth: 10, ...options });
}

/** The name that cdktf gives to what lies at a path below a stack. */
function named(...path: string[]): string {
  const hash = createHash('md5').update(path.join('/')).digest('hex').slice(0, 8).toUpperCase();
  return [...path.filter((part) => part !== 'Resource').map((part) => part.replace(/[^\w-]/g, '')), hash].join('_');
}

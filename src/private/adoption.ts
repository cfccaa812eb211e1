import { TerraformElement, TerraformLocal, TerraformProvider, TerraformResource } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { AddressInStack } from './address-source';
import { hash } from './expression';
import { GatewayLookup } from './gateway-lookup';
import { Holders } from './holders';
import { LinkedBandwidth, OtherAddress } from './lifecycle';
import { LookupReader, Lookups } from './lookups';
import { RequiredVersion, TerraformVersion } from './terraform-version';
import { DataAlicloudVpcIpv6EgressRules } from '../provider-alicloud/data-alicloud-vpc-ipv6-egress-rules';
import { DataAlicloudVpcIpv6InternetBandwidths } from '../provider-alicloud/data-alicloud-vpc-ipv6-internet-bandwidths';

/** Takes over the bandwidth that an address has, if it has one. */
export function adoptBandwidth(reader: LookupReader, bandwidth: TerraformResource, address: AddressInStack): void {
  const lookup = Lookups.find(reader, 'bandwidths', (scope, id) => new BandwidthLookup(scope, id, reader.provider));
  new ImportBlock(bandwidth, `toset(try(${lookup.byAddress}[${address.operand}], []))`);
}

/** Takes over the egress-only rule that an address has in one of the gateways (a set of ids), if it has one. */
export function adoptEgressOnlyRule(reader: LookupReader, rule: TerraformResource, address: AddressInStack, gatewayIds: string): void {
  const lookup = Lookups.find(reader, `egress-rules-${hash(gatewayIds)}`, (scope, id) => new RuleLookup(scope, id, gatewayIds, reader.provider));
  new ImportBlock(rule, `toset(try([${lookup.byAddress}[${address.operand}][0]], []))`);
}

/** Takes over the gateway that a VPC has, if it has one. */
export function adoptGateway(reader: LookupReader, gateway: TerraformResource, vpcId: string): void {
  new ImportBlock(gateway, `toset(${GatewayLookup.for(reader, vpcId).ids})`);
}

/** Whether one of these takes over what exists. */
export function isAdopted(resource: IConstruct): boolean {
  return resource.node.tryFindChild('Adoption') instanceof ImportBlock;
}

/** How a plan treats another address of a bandwidth. */
export function onOtherAddress(bandwidth: LinkedBandwidth): OtherAddress {
  if (isAdopted(bandwidth) && !isMoved(bandwidth)) return 'refused while it adopts';
  if (isMoved(bandwidth) || takesOver(bandwidth)) return 'refused while it moves';
  // A name of the user's own may be that of a bandwidth which the state has already, without a record of its address.
  return bandwidth.named ? 'replaced, or refused without a record' : 'replaced';
}

/** Records which resource holds what an address or a VPC has once. A `moved` block says where the former one went. */
export function recordHolder(resource: TerraformResource, key: () => string): void {
  Holders.record(resource, key, () => !isMoved(resource) && takesOver(resource));
}

/** Whether an `import` block of ours or of the user's takes over what exists. */
function takesOver(resource: TerraformResource): boolean {
  return isAdopted(resource) || resource.toMetadata().imports !== undefined;
}

function isMoved(resource: TerraformResource): boolean {
  return (resource as { movedFrom?: string }).movedFrom !== undefined || resource.hasResourceMove() !== undefined;
}

/**
 * An `import` block for what a set of ids, known at plan, names: one or none. Once adopted, it changes nothing any more.
 *
 * There is none beside a `moved` block: where that names what is not there, the import would take over from another
 * resource of the state what the same plan destroys.
 */
class ImportBlock extends TerraformElement {
  constructor(private readonly resource: TerraformResource, private readonly ids: string) {
    super(resource, 'Adoption');
    RequiredVersion.atLeast(resource.cdktfStack, TerraformVersion.IMPORT_FOR_EACH);
  }

  toTerraform(): any {
    if (isMoved(this.resource) || this.resource.toMetadata().imports) return {};
    return {
      import: [{ for_each: `\${${this.ids}}`, id: '${each.value}', to: `${this.resource.terraformResourceType}.${this.resource.friendlyUniqueId}` }],
    };
  }
}

/** The bandwidths of a region: one list, however many are adopted. */
class BandwidthLookup extends Construct {
  readonly byAddress: string;

  constructor(scope: Construct, id: string, provider?: TerraformProvider) {
    super(scope, id);
    const data = new DataAlicloudVpcIpv6InternetBandwidths(this, 'Resource', { provider });
    // An address without bandwidth is listed too, with no id, or one that is no bandwidth's.
    this.byAddress = table(this, `{ for b in data.${data.terraformResourceType}.${data.friendlyUniqueId}.bandwidths : b.ipv6_address_id => b.id... if try(startswith(b.id, "ipv6bw-"), false) }`);
  }
}

/** The egress-only rules of some gateways. */
class RuleLookup extends Construct {
  readonly byAddress: string;

  constructor(scope: Construct, id: string, gatewayIds: string, provider?: TerraformProvider) {
    super(scope, id);
    const data = new DataAlicloudVpcIpv6EgressRules(this, 'Resource', { ipv6GatewayId: '${each.value}', provider });
    data.addOverride('for_each', `\${${gatewayIds}}`);
    this.byAddress = table(this, `{ for r in flatten([for g in values(data.${data.terraformResourceType}.${data.friendlyUniqueId}) : g.rules]) : r.instance_id => r.id... }`);
  }
}

function table(scope: Construct, expression: string): string {
  return `local.${new TerraformLocal(scope, 'by-address', `\${${expression}}`).friendlyUniqueId}`;
}

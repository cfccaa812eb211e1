import { TerraformProvider, TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { ImportBlock } from './import-block';
import { LookupContext, Lookups } from '../lookups/lookup-context';
import type * as providerAlicloud from '../provider-alicloud';
import * as lazyIndex from '../provider-alicloud/lazy-index';
import { Expression, hcl, Operand } from '../terraform/hcl';
import { findOrCreateLocal, hash } from '../terraform/locals';

// An app that adopts nothing need not load the bindings of the data sources.
const bindings = lazyIndex as unknown as typeof providerAlicloud;

/** Takes over the bandwidth that an address has, if it has one. */
export function adoptBandwidth(context: LookupContext, bandwidth: TerraformResource, addressId: Operand): void {
  const { idsByAddress } = Lookups.findOrCreate(context, 'bandwidths', (scope, id) => new BandwidthLookup(scope, id, context.provider));
  new ImportBlock(bandwidth, hcl`toset(try(${idsByAddress.at(addressId)}, []))`);
}

/** Takes over the egress-only rule that an address has in one of the gateways (a set of ids), if it has one. */
export function adoptEgressOnlyRule(context: LookupContext, rule: TerraformResource, addressId: Operand, gatewayIds: Expression): void {
  const lookupId = `egress-rules-${hash(gatewayIds.code)}`;
  const { idsByAddress } = Lookups.findOrCreate(context, lookupId, (scope, id) => new EgressRuleLookup(scope, id, gatewayIds, context.provider));
  new ImportBlock(rule, hcl`toset(try([${idsByAddress.at(addressId)}[0]], []))`);
}

/** The bandwidths of a region: one list, however many are adopted. */
class BandwidthLookup extends Construct {
  readonly idsByAddress: Expression;

  constructor(scope: Construct, id: string, provider?: TerraformProvider) {
    super(scope, id);
    const data = new bindings.dataAlicloudVpcIpv6InternetBandwidths.DataAlicloudVpcIpv6InternetBandwidths(this, 'Resource', { provider });
    const bandwidths = new Expression(`data.${data.terraformResourceType}.${data.friendlyUniqueId}.bandwidths`);
    // The provider also lists addresses without bandwidth, with no id or with one that is no bandwidth's.
    this.idsByAddress = findOrCreateLocal(this, 'by-address', () =>
      hcl`{ for b in ${bandwidths} : b.ipv6_address_id => b.id... if try(startswith(b.id, "ipv6bw-"), false) }`);
  }
}

/** The egress-only rules of some gateways. */
class EgressRuleLookup extends Construct {
  readonly idsByAddress: Expression;

  constructor(scope: Construct, id: string, gatewayIds: Expression, provider?: TerraformProvider) {
    super(scope, id);
    const data = new bindings.dataAlicloudVpcIpv6EgressRules.DataAlicloudVpcIpv6EgressRules(this, 'Resource', { ipv6GatewayId: '${each.value}', provider });
    data.addOverride('for_each', gatewayIds.toArgument());
    const ofGateways = new Expression(`data.${data.terraformResourceType}.${data.friendlyUniqueId}`);
    this.idsByAddress = findOrCreateLocal(this, 'by-address', () =>
      hcl`{ for r in flatten([for g in values(${ofGateways}) : g.rules]) : r.instance_id => r.id... }`);
  }
}

import { TerraformProvider, TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { ImportBlock } from './import-block';
import { LookupContext, Lookups } from '../lookups/lookup-context';
import { Questions } from '../lookups/questions';
import type * as providerAlicloud from '../provider-alicloud';
import * as lazyIndex from '../provider-alicloud/lazy-index';
import { Expression, hcl } from '../terraform/hcl';
import { findOrCreateLazyLocal, findOrCreateLocal, hash } from '../terraform/locals';

// An app that adopts nothing need not load the bindings of the data sources.
const bindings = lazyIndex as unknown as typeof providerAlicloud;

/** Takes over the bandwidth that an address has, if it has one. */
export function adoptBandwidth(context: LookupContext, bandwidth: TerraformResource, addressId: string | Expression): void {
  const idsByAddress = ExistingBandwidths.findOrCreate(context).idsOf((questions) => questions.ask(addressId));
  new ImportBlock(bandwidth, hcl`toset(try(${idsByAddress.at(addressId)}, []))`);
}

/** Takes over the bandwidths that the addresses of a set have: an `import` block for each block of the set. */
export function adoptBandwidths(
  context: LookupContext, path: string, blocks: readonly TerraformResource[], ids: Expression, addresses: readonly Expression[],
): void {
  const idsByAddress = ExistingBandwidths.findOrCreate(context).idsOf((questions) => questions.askEach(path, ids));
  blocks.forEach((block, i) => new ImportBlock(block, firstIds(addresses[i], idsByAddress), '[each.key]'));
}

/** Takes over the egress-only rules that the addresses of a set have in one of the gateways (a set of ids). */
export function adoptEgressOnlyRules(
  context: LookupContext, blocks: readonly TerraformResource[], gatewayIds: Expression, addresses: readonly Expression[],
): void {
  const { idsByAddress } = EgressRuleLookup.findOrCreate(context, gatewayIds);
  blocks.forEach((block, i) => new ImportBlock(block, firstIds(addresses[i], idsByAddress), '[each.key]'));
}

/** What exists for the addresses of a block: a map from the address to the id of what exists. */
function firstIds(addresses: Expression, idsByAddress: Expression): Expression {
  return hcl`{ for id in keys(${addresses}) : id => ${idsByAddress}[id][0] if can(${idsByAddress}[id][0]) }`;
}

/** Takes over the egress-only rule that an address has in one of the gateways (a set of ids), if it has one. */
export function adoptEgressOnlyRule(context: LookupContext, rule: TerraformResource, addressId: string | Expression, gatewayIds: Expression): void {
  const { idsByAddress } = EgressRuleLookup.findOrCreate(context, gatewayIds);
  new ImportBlock(rule, hcl`toset(try([${idsByAddress.at(addressId)}[0]], []))`);
}

/** The bandwidths that exist: those of the addresses that adopt, or a list of the region where many do. */
class ExistingBandwidths extends Construct {
  static findOrCreate(context: LookupContext): ExistingBandwidths {
    return Lookups.findOrCreate(context, 'bandwidths', (scope, id) => new ExistingBandwidths(scope, id, context.provider));
  }

  private readonly questions = new Questions();
  private readonly idsByAddress: Expression;

  constructor(scope: Construct, id: string, provider?: TerraformProvider) {
    super(scope, id);
    const data = new bindings.dataAlicloudVpcIpv6InternetBandwidths.DataAlicloudVpcIpv6InternetBandwidths(this, 'Resource', {
      ipv6AddressId: this.questions.argument,
      provider,
    });
    this.questions.askedBy(data);
    // The provider also lists addresses without bandwidth, with no id or with one that is no bandwidth's.
    this.idsByAddress = findOrCreateLazyLocal(this, 'by-address', () =>
      hcl`{ for b in ${this.questions.answers(data, 'bandwidths')} : b.ipv6_address_id => b.id... if try(startswith(b.id, "ipv6bw-"), false) }`);
  }

  /** The ids of the bandwidths by address, with those of the addresses that are asked for. */
  idsOf(ask: (questions: Questions) => void): Expression {
    ask(this.questions);
    return this.idsByAddress;
  }
}

/** The egress-only rules of some gateways. */
class EgressRuleLookup extends Construct {
  static findOrCreate(context: LookupContext, gatewayIds: Expression): EgressRuleLookup {
    return Lookups.findOrCreate(context, `egress-rules-${hash(gatewayIds.code)}`, (scope, id) => new EgressRuleLookup(scope, id, gatewayIds, context.provider));
  }

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

import { InboundVerdict, PRIVATE } from './facts';
import { hasExpression, isOrderedAfter, isOwnKey, isRepeatable, isSameGateway, Reference, referenceIn } from './reference';
import { BANDWIDTH } from './resource-types';
import { addToGroup } from '../terraform/groups';
import { isIgnored, Json, objectsOf } from '../terraform/json-syntax';

/** A resource in JSON syntax. */
interface WrittenResource {
  /** Its type and name. */
  readonly address: string;
  readonly arguments: Json;
}

/**
 * The egress-only rules of one module, read from their text: literals and plain references. Computed values are unknown.
 *
 * A rule closes a bandwidth if both have the same provider and gateway, if its `instance_id` is the address of that bandwidth, if it
 * is created after the bandwidth, and if it is written for exactly the same instances.
 */
export class WrittenEgressRules {
  private readonly byId = new Map<string, WrittenResource[]>();
  private readonly byBandwidth = new Map<string, WrittenResource[]>();
  /** Rules whose `instance_id` may be any address. */
  private readonly computed: WrittenResource[] = [];
  private readonly literal: WrittenResource[] = [];

  private readonly records: ReadonlyMap<string, WrittenResource>;

  /** @param records  the `terraform_data` of the module: a rule may wait for one that waits for the bandwidth */
  constructor(private readonly rules: readonly WrittenResource[], records: readonly WrittenResource[] = []) {
    this.records = new Map(records.map((record) => [record.address, record]));
    for (const rule of rules) {
      const { instance_id: id, for_each: forEach } = rule.arguments;
      const reference = referenceIn(id, forEach);
      const isOfBandwidth = reference?.resource.startsWith(`${BANDWIDTH}.`);
      if (reference && isOfBandwidth) addToGroup(this.byBandwidth, reference.resource, rule);
      else addToGroup(this.byId, JSON.stringify(id), rule);
      if ((!isOfBandwidth && hasExpression(id)) || isIgnored(rule.arguments, 'instance_id')) this.computed.push(rule);
      else if (!isOfBandwidth) this.literal.push(rule);
    }
  }

  verdictOn(bandwidth: WrittenResource): InboundVerdict {
    if (bandwidth.arguments.bandwidth === 0) return PRIVATE;
    if (this.rules.length === 0) return { inbound: 'open', reason: 'no egress-only rule in its stack' };
    const { ipv6_address_id: id } = bandwidth.arguments;
    const named = new Set([...this.byBandwidth.get(bandwidth.address) ?? [], ...this.byId.get(JSON.stringify(id)) ?? []]);
    const doubts: string[] = [];
    for (const rule of named) {
      const doubt = doubtAbout(rule, bandwidth) ?? this.doubtAboutOrder(rule, bandwidth);
      if (doubt === undefined) return { inbound: 'closed' };
      if (doubt !== 'other') doubts.push(`${rule.address}: ${doubt}`);
    }
    if (doubts.length > 0) return { inbound: 'unproven', reason: doubts[0] };
    const [other] = this.computed;
    if (other) return { inbound: 'unproven', reason: `${other.address} computes the id of its address` };
    // A literal id, and an address whose id is computed: they may be the same.
    const [literal] = this.literal;
    if (literal && hasExpression(id)) return { inbound: 'unproven', reason: `the id of its address is computed: ${literal.address} may be for it` };
    return { inbound: 'open', reason: 'no egress-only rule for its address' };
  }

  private doubtAboutOrder(rule: WrittenResource, bandwidth: WrittenResource): string | undefined {
    if (isOrderedAfter(rule.arguments, bandwidth.address)) return undefined;
    const records = JSON.stringify(rule.arguments.depends_on ?? []).match(/terraform_data\.[\w-]+/g) ?? [];
    return records.some((address) => isOrderedAfter(this.records.get(address)?.arguments ?? {}, bandwidth.address))
      ? undefined
      : `nothing orders it after ${bandwidth.address}: add depends_on`;
  }
}

/** Returns the reason why a rule may not close a bandwidth that it names; `other` for another provider or kind of instance. */
function doubtAbout(rule: WrittenResource, bandwidth: WrittenResource): string | undefined {
  const [ofRule, ofBandwidth] = [rule.arguments, bandwidth.arguments];
  if (String(ofRule.provider ?? 'alicloud') !== String(ofBandwidth.provider ?? 'alicloud')) return 'other';
  const type = ofRule.instance_type ?? 'Ipv6Address';
  if (type !== 'Ipv6Address') return hasExpression(type) ? 'its instance_type is computed' : 'other';
  if (hasExpression(ofRule.provider)) return 'its provider is computed';
  if (isIgnored(ofRule, 'instance_id', 'instance_type', 'ipv6_gateway_id')) return 'ignore_changes may keep another address or gateway';
  const isOfInstances = ofBandwidth.for_each !== undefined && referenceIn('${each.value.id}', ofRule.for_each)?.resource === bandwidth.address;
  const repetition = repetitionOf(ofRule);
  const isSameSet = isOfInstances || (repetition === repetitionOf(ofBandwidth) && isRepeatable(repetition));
  if (!isSameSet) return 'it is not repeated for the same instances';

  const reads = (argument: string, attribute: string): boolean => {
    const reference = referenceIn(ofRule[argument], ofRule.for_each);
    return reference !== undefined && reference.resource === bandwidth.address && reference.attribute === attribute && isKeyOf(reference, repetition);
  };
  // With the instances of the bandwidth, `each` is another thing than in the bandwidth itself.
  const isSame = (argument: string, other: string) => JSON.stringify(ofRule[argument]) === JSON.stringify(ofBandwidth[other])
    && isRepeatable(ofRule[argument]) && !isIgnored(ofBandwidth, other) && !(isOfInstances && /\beach\./.test(String(ofRule[argument])));
  if (!reads('instance_id', 'ipv6_address_id') && !isSame('instance_id', 'ipv6_address_id')) return 'it is not for each of the same addresses';
  const isOfGateway = reads('ipv6_gateway_id', 'ipv6_gateway_id') || isSame('ipv6_gateway_id', 'ipv6_gateway_id')
    || (!isIgnored(ofBandwidth, 'ipv6_gateway_id')
      && isSameGateway(referenceIn(ofRule.ipv6_gateway_id, undefined), referenceIn(ofBandwidth.ipv6_gateway_id, undefined)));
  if (!isOfGateway) return 'its gateway may be another one';
  return undefined;
}

function isKeyOf(reference: Reference, repetition: string): boolean {
  return repetition === '' ? reference.key === undefined : isOwnKey(reference);
}

/** Returns the `count` or `for_each` of a block, or OpenTofu's `enabled`; empty for a block that is always there once. */
function repetitionOf({ count, for_each: forEach, lifecycle }: Json): string {
  const enabled = objectsOf(lifecycle).find((each) => each.enabled !== undefined)?.enabled;
  return count === undefined && forEach === undefined && enabled === undefined ? '' : JSON.stringify({ count, forEach, enabled });
}

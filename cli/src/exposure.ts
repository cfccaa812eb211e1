import { Plan, ResourceChange, UNKNOWN } from './plan';
import { exactReference } from './reference';

export const BANDWIDTH = 'alicloud_vpc_ipv6_internet_bandwidth';
export const EGRESS_RULE = 'alicloud_vpc_ipv6_egress_rule';
export const GATEWAY = 'alicloud_vpc_ipv6_gateway';
export const ADDRESS = 'alicloud_vpc_ipv6_address';

/** What the Internet can do with an address. Open: it can open connections to it. */
export type State = 'no bandwidth' | 'outbound only' | 'open';

/** What an apply does to who can be reached. */
export type Effect = 'opens' | 'closes' | 'leaves';

/** How a value reads that only the apply will know, or that the configuration marks as sensitive. */
export const KNOWN_AFTER_APPLY = 'known after apply';
const SENSITIVE = 'sensitive';

/** One address that has Internet bandwidth before or after the apply. */
export interface ExposedAddress {
  /** The id of the address, or in words why it is not told. */
  readonly address: string;
  readonly effect: Effect;
  readonly before: State;
  readonly after: State;
  /** Why the address is open after the apply, or how a rule is known to close it where its id is not. */
  readonly because?: string;
  /** What else a reader should know: what happens in between, what is forgotten, imported or moved. */
  readonly notes: readonly string[];
  /** The resources of the bandwidth: those that stand after the apply first. */
  readonly resources: readonly ResourceChange[];
  /** The bandwidths that it has before the apply: one, or none, unless something is wrong. */
  readonly had: readonly Bandwidth[];
  /** Those that it has after the apply. */
  readonly has: readonly Bandwidth[];
}

/** A bandwidth as it is on one side of the apply. */
export interface Bandwidth {
  readonly change: ResourceChange;
  /** The id of the address, if it is known. */
  readonly id: string | undefined;
  /** What tells the address from others. */
  readonly key: string;
  readonly address: string;
  /** Undefined: only the apply will know. */
  readonly mbps: number | undefined;
  readonly chargeType: string | undefined;
  readonly gatewayId: string | undefined;
  readonly mbpsText: string;
  readonly chargeTypeText: string;
}

/** An egress-only rule that stands after the apply. */
export interface EgressRule {
  readonly change: ResourceChange;
  readonly gatewayId: string | undefined;
}

/** What a plan exposes. */
export interface Exposure {
  readonly addresses: readonly ExposedAddress[];
  readonly egressRules: readonly EgressRule[];
  /** The gateways of the plan whose ids are known, by their ids. */
  readonly gateways: ReadonlyMap<string, ResourceChange>;
}

type Side = 'before' | 'after';

/**
 * What an apply of the plan opens, closes and leaves.
 *
 * An address counts as outbound only if an egress-only rule provably stands for it after the apply: a rule of the same provider
 * block and the same gateway with the same address id, or, where only the apply will know the id, one whose configuration refers to
 * exactly that bandwidth or address.
 */
export function exposureOf(plan: Plan): Exposure {
  const rules = plan.changesOf(EGRESS_RULE);
  const lasting = rules.filter(lastsThroughApply);
  const closedBefore = new Map<string, ResourceChange>();
  for (const rule of rules) {
    const id = knownText(rule.before?.instance_id);
    if (id !== undefined) closedBefore.set(keyOfId(id), rule);
  }
  const closedAfter = new Map<string, ResourceChange[]>();
  let undecided = 0;
  for (const rule of lasting) {
    const closes = closedBy(plan, rule);
    if (closes === undefined) {
      undecided++;
      continue;
    }
    const others = closedAfter.get(closes);
    if (others) others.push(rule);
    else closedAfter.set(closes, [rule]);
  }
  const ruleFor = ({ change, id, gatewayId }: Bandwidth): ResourceChange | undefined => {
    const keys = [...id === undefined ? [] : [keyOfId(id)], ...identitiesOf(plan, change)];
    return keys.flatMap((key) => closedAfter.get(key) ?? [])
      .find((rule) => plan.provider(rule).name === plan.provider(change).name && isOfSameGateway(plan, rule, change, gatewayId));
  };

  const addresses = new Map<string, Record<Side, Bandwidth[]>>();
  const add = (side: Side, bandwidth: Bandwidth): void => {
    const sides = addresses.get(bandwidth.key) ?? { before: [], after: [] };
    addresses.set(bandwidth.key, sides);
    sides[side].push(bandwidth);
  };
  for (const change of plan.changesOf(BANDWIDTH)) {
    if (change.before) add('before', bandwidthBefore(change));
    bandwidthsAfter(change).forEach((bandwidth) => add('after', bandwidth));
  }
  return {
    addresses: [...addresses].map(([key, sides]) => exposedAddress(key, sides)),
    egressRules: lasting.map((change) => ({ change, gatewayId: knownText(change.planned('ipv6_gateway_id')) })),
    gateways: new Map(plan.changesOf(GATEWAY).flatMap((change) => {
      const id = knownText(change.planned('id'));
      return id === undefined ? [] : [[id, change]];
    })),
  };

  function exposedAddress(key: string, { before: had, after: has }: Record<Side, Bandwidth[]>): ExposedAddress {
    const old = closedBefore.get(key);
    const found = has.map(ruleFor);
    const deferred = has.find(({ change }) => change.deferred !== undefined)?.change.deferred;
    const rule = deferred === undefined && !found.includes(undefined) ? found[0] : undefined;
    const before: State = had.length === 0 ? 'no bandwidth' : old ? 'outbound only' : 'open';
    const after: State = has.length === 0 ? 'no bandwidth' : rule ? 'outbound only' : 'open';
    const because = rule ? (rule.planned('instance_id') === UNKNOWN ? `${rule.address} is written for it; the id is ${KNOWN_AFTER_APPLY}` : undefined)
      : after === 'no bandwidth' ? undefined
        : deferred !== undefined ? `the plan leaves it for a later one (${deferred}), and says nothing certain of it`
          : old?.is('forget') ? `its egress-only rule ${old.address} is forgotten: Terraform no longer keeps it`
            : old ? `its egress-only rule ${old.address} is ${old.deferred !== undefined ? 'left for a later plan' : 'taken away'}`
              : undecided > 0 ? `no egress-only rule is known to be for it; of ${undecided} the address is ${KNOWN_AFTER_APPLY}`
                : 'no egress-only rule of this plan is for it';
    return {
      address: (has[0] ?? had[0]).address,
      effect: after === 'open' && before !== 'open' ? 'opens' : before === 'open' && after !== 'open' ? 'closes' : 'leaves',
      before,
      after,
      because,
      notes: notesOf(before, had, has, rule),
      resources: unique([...has, ...had].map(({ change }) => change)),
      had,
      has,
    };
  }
}

function notesOf(before: State, had: readonly Bandwidth[], has: readonly Bandwidth[], rule: ResourceChange | undefined): string[] {
  const notes: string[] = [];
  const renewed = had.length > 0 && has.length > 0 && !had.some(({ change }) => has.some((other) => other.change === change && keepsObject(change)));
  if (renewed) notes.push('without Internet from the deletion of the old bandwidth until the new one is bought');
  if (rule && !keepsObject(rule)) {
    notes.push(renewed || before === 'no bandwidth' ? 'open from the purchase until its egress-only rule stands, seconds later'
      : rule.before ? 'open while its egress-only rule is replaced' : 'open until its egress-only rule stands');
  }
  if (has.length > 1) notes.push('bandwidth of more than one resource: the API takes one for an address');
  for (const change of unique([...has, ...had].map((bandwidth) => bandwidth.change))) {
    if (change.is('forget')) notes.push(`${change.address} is forgotten: the bandwidth stays, and Terraform no longer keeps it`);
    if (change.isImported) notes.push('exists already, and is imported');
    if (change.isDeposed) notes.push('left behind by an earlier replacement');
    if (change.previousAddress !== undefined) notes.push(`moved from ${change.previousAddress}`);
    if (change.isOutsideOfPlan) notes.push('not part of this plan: as the state has it');
    if (movesInPlace(change)) notes.push('the plan gives the bandwidth to another address in place, which the API refuses: it has to be replaced');
  }
  return [...new Set(notes)];
}

/** Whether the object that exists goes on existing. */
function keepsObject(change: ResourceChange): boolean {
  return change.before !== undefined && !change.is('create') && !change.is('delete');
}

/** Whether the resource stands after the apply, in Terraform's keeping and as the plan says. */
function lastsThroughApply(change: ResourceChange): boolean {
  return change.after !== undefined && change.deferred === undefined && !change.isDeposed
    && (change.is('create') || !(change.is('delete') || change.is('forget')));
}

/** What identifies the address that a rule closes. */
function closedBy(plan: Plan, rule: ResourceChange): string | undefined {
  const type = rule.planned('instance_type');
  if (type !== undefined && type !== UNKNOWN && type !== 'Ipv6Address') return undefined;
  const id = rule.planned('instance_id');
  if (id === UNKNOWN) return keyOfReference(exactReference(plan, rule, 'instance_id', { [BANDWIDTH]: 'ipv6_address_id', [ADDRESS]: 'id' }));
  return typeof id === 'string' ? keyOfId(id) : undefined;
}

/** Whether a rule has the gateway of a bandwidth: the same id, or, where only the apply will know it, the same reference. */
function isOfSameGateway(plan: Plan, rule: ResourceChange, bandwidth: ResourceChange, gatewayId: string | undefined): boolean {
  const id = rule.planned('ipv6_gateway_id');
  if (id !== UNKNOWN) return id === gatewayId;
  if (gatewayId !== undefined) return false;
  if (exactReference(plan, rule, 'ipv6_gateway_id', { [BANDWIDTH]: 'ipv6_gateway_id' }) === bandwidth.address) return true;
  const written = [rule, bandwidth].map((change) => plan.argument(change, 'ipv6_gateway_id')?.references.join() ?? '');
  return written[0] !== '' && written[0] === written[1] && rule.moduleAddress === bandwidth.moduleAddress && rule.key === bandwidth.key;
}

/** What a rule may refer to in the place of the address's id: the bandwidth, or the address that it is bought for. */
function identitiesOf(plan: Plan, bandwidth: ResourceChange): string[] {
  const own = keyOfReference(bandwidth.address)!;
  if (bandwidth.planned('ipv6_address_id') !== UNKNOWN) return [own];
  const address = keyOfReference(exactReference(plan, bandwidth, 'ipv6_address_id', { [ADDRESS]: 'id' }));
  return address === undefined ? [own] : [own, address];
}

/** Keys of both kinds are in one table, and no text that a plan holds makes one look like the other. */
function keyOfId(id: string): string {
  return `id ${id}`;
}

function keyOfReference(address: string | undefined): string | undefined {
  return address === undefined ? undefined : `of ${address}`;
}

function bandwidthBefore(change: ResourceChange): Bandwidth {
  return bandwidthOf(change, (name) => change.before![name]);
}

/** The bandwidths that stand after the apply: one, none, or two where the old one may stay beside the one that is planned. */
function bandwidthsAfter(change: ResourceChange): Bandwidth[] {
  const planned = change.after !== undefined && (change.is('create') || !(change.is('delete') || change.is('forget')));
  const after = planned ? [bandwidthOf(change, (name) => change.planned(name))] : [];
  const mayStay = change.before !== undefined && (change.is('forget') || change.deferred !== undefined || movesInPlace(change));
  const before = mayStay ? [bandwidthBefore(change)].filter(({ key }) => after[0]?.key !== key) : [];
  return [...after, ...before];
}

/** The provider would ask the API to modify the bandwidth for another address, and the API refuses. */
function movesInPlace(change: ResourceChange): boolean {
  return change.is('update') && change.before?.ipv6_address_id !== change.planned('ipv6_address_id');
}

function bandwidthOf(change: ResourceChange, value: (name: string) => unknown): Bandwidth {
  const id = knownText(value('ipv6_address_id'));
  const text = (name: string, known: unknown) => change.isSensitive(name) ? SENSITIVE : known === undefined ? KNOWN_AFTER_APPLY : String(known);
  const [mbps, chargeType] = [value('bandwidth'), knownText(value('internet_charge_type'))];
  const knownMbps = typeof mbps === 'number' && Number.isFinite(mbps) ? mbps : undefined;
  return {
    change,
    id,
    key: id === undefined ? keyOfReference(change.address)! : keyOfId(id),
    address: text('ipv6_address_id', id),
    mbps: knownMbps,
    chargeType,
    gatewayId: knownText(value('ipv6_gateway_id')),
    mbpsText: text('bandwidth', knownMbps),
    chargeTypeText: text('internet_charge_type', chargeType),
  };
}

function knownText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

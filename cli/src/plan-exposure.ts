import {
  Access, Bandwidth, bandwidthOf, BANDWIDTH, Effect, EGRESS_RULE, Exposure, ExposureRow, factOf, knownText, loadBalancerRows, otherFacts,
  placeOnly, Places,
} from './exposure';
import { InboundProof, Proof } from './inbound-proof';
import { Json } from './json';
import { Plan, ResourceChange } from './plan';
import { SecurityGroups } from './security-groups';
import { BandwidthFact, Inbound, PRIVATE } from '../../src/exposure/facts';

/**
 * Returns the changes of addresses with Internet bandwidth by the apply of a plan, and their exposure afterwards.
 *
 * @param locals the local values of a synthesized stack next to the plan
 */
export function planExposure(plan: Plan, places: Places, locals: Json = {}): Exposure {
  const all = plan.changesOfTypes(() => true);
  const groups = new SecurityGroups({ word: 'plan', resources: all, read: plan.priorState, plan, locals });
  const portsOf = (inbound: Access, bandwidth: { readonly id: string | undefined; readonly change: ResourceChange }) =>
    inbound === 'closed' || inbound === 'none' ? undefined : groups.portsOf(bandwidth);
  const rules = plan.changesOf(EGRESS_RULE);
  const sides = new Map<string, { readonly had: Bandwidth[]; readonly has: Bandwidth[] }>();
  const sideOf = (bandwidth: Bandwidth) => {
    const key = bandwidth.id === undefined ? `of ${bandwidth.change.address}` : `id ${bandwidth.id}`;
    const side = sides.get(key) ?? { had: [], has: [] };
    sides.set(key, side);
    return side;
  };
  for (const change of plan.changesOf(BANDWIDTH)) {
    const had = change.before && before(change);
    if (had) sideOf(had).had.push(had);
    const has = after(change);
    // An unknown address may be the same as before.
    const same = has.length === 1 && has[0].id === undefined ? had : undefined;
    for (const bandwidth of has) sideOf(same ?? bandwidth).has.push(bandwidth);
  }
  const standing = [...sides.values()].flatMap(({ has }) => has);
  const refused = [...sides.values()].flatMap(({ has }) => isBoughtTwice(has) || has.some(({ change }) => movesInPlace(change)) ? has : [])
    .map(({ change }) => change);
  const proof = new InboundProof(plan, standing, rules.filter(({ lasts }) => lasts), refused);

  const rows: ExposureRow[] = [];
  const bandwidths: BandwidthFact[] = [];
  const closedBefore = new Map(rules.flatMap((rule) => {
    const id = knownText(rule.before?.instance_id);
    return id === undefined ? [] : [[id, rule]];
  }));
  for (const { had, has } of sides.values()) {
    const old = had[0]?.id === undefined ? undefined : closedBefore.get(had[0].id);
    const verdicts = has.map((bandwidth) => verdictOn(bandwidth, proof, old));
    has.forEach((bandwidth, i) => {
      const { inbound, reason } = verdicts[i];
      bandwidths.push(factOf(bandwidth, places, inbound, reason, portsOf(inbound, bandwidth)));
    });
    const first = [...has, ...had].find(({ id }) => id !== undefined) ?? [...has, ...had][0];
    const access: { before: Access; after: Access } = {
      before: had.every(({ mbps }) => mbps === 0) ? 'none' : !old ? 'open' : proof.isTrusted(old) ? 'closed' : 'unproven',
      after: has.every(({ mbps }) => mbps === 0) ? 'none' : verdicts.find(({ inbound }) => inbound === 'open')?.inbound
        ?? verdicts.find(({ inbound }) => inbound === 'unproven')?.inbound ?? 'closed',
    };
    const isKept = had.some(({ change }) => change.keepsObject && has.some((other) => other.change === change));
    const isRenewed = had.length > 0 && has.length > 0 && !isKept;
    const rule = verdicts.map((verdict) => verdict.rule).find((each) => each !== undefined);
    rows.push({
      ...access,
      address: first.address,
      effect: effectOf(access, isRenewed || (rule !== undefined && old !== undefined && !rule.keepsObject)),
      reason: verdicts.find(({ inbound, reason }) => inbound !== 'closed' && reason !== undefined)?.reason,
      ports: portsOf(access.after, first),
      notes: notesOf(had, has, access.before, rule, isRenewed),
      resources: [...new Set([...has, ...had].map(({ change }) => change.address))],
      constructPath: places.placeOf(first.change).constructPath,
      mbps: { before: had[0]?.mbpsText, after: has[0]?.mbpsText },
      chargeType: { before: had[0]?.chargeTypeText, after: has[0]?.chargeTypeText },
    });
  }
  const lasting = new Map(rules.filter(({ lasts }) => lasts).map((rule) => [rule.planned('instance_id'), rule]));
  // A new rule may be for bandwidth of this plan whose address is unknown.
  const mayBeHere = standing.some(({ id }) => id === undefined);
  for (const rule of rules) {
    const address = knownText(rule.before?.instance_id) ?? knownText(rule.planned('instance_id'));
    if (address === undefined || sides.has(`id ${address}`) || (!rule.before && mayBeHere)) continue;
    const row = rowOfRuleAlone(rule, address, lasting.get(address), places);
    if (!row) continue;
    const ports = portsOf(row.after, { id: address, change: rule });
    rows.push({ ...row, ports });
    if (row.after !== 'closed') {
      bandwidths.push({
        ...placeOnly(places, rule), address, addresses: 1, inbound: row.after as Inbound, reason: row.reason, ports, isElsewhere: true,
      });
    }
  }
  // A deleted load balancer has no block.
  const isWritten = (resource: ResourceChange) => (argument: string) => !plan.isWritten(resource) || plan.argument(resource, argument) !== undefined;
  return { rows: [...rows, ...loadBalancerRows(all, places, isWritten)], facts: { bandwidths, ...otherFacts(all, places, isWritten) } };
}

function verdictOn(bandwidth: Bandwidth, proof: InboundProof, old: ResourceChange | undefined): Proof {
  const { change, mbps } = bandwidth;
  if (mbps === 0) return PRIVATE;
  if (change.deferred !== undefined) return { inbound: 'unproven', reason: `Terraform defers it to a later plan (${change.deferred})` };
  const verdict = proof.verdictOn(bandwidth);
  if (verdict.inbound !== 'open' || verdict.reason !== undefined) return verdict;
  if (!old) return { inbound: 'open', reason: 'no egress-only rule in this plan matches this address' };
  if (old.deferred !== undefined) return { inbound: 'unproven', reason: `Terraform defers its egress-only rule ${old.address} to a later plan` };
  if (old.is('forget')) return { inbound: 'unproven', reason: `Terraform forgets its egress-only rule ${old.address}, and no longer keeps it` };
  return { inbound: 'open', reason: `its egress-only rule ${old.address} is deleted` };
}

/** The row of an address whose bandwidth is not in the plan, if the plan changes the egress-only rule of that address. */
function rowOfRuleAlone(rule: ResourceChange, address: string, lasting: ResourceChange | undefined, places: Places): ExposureRow | undefined {
  const isOld = rule.before !== undefined;
  if (rule.deferred !== undefined || (lasting === rule ? rule.keepsObject : !isOld)) return undefined;
  const access = { before: isOld ? 'closed' : 'open', after: lasting ? 'closed' : rule.is('forget') ? 'unproven' : 'open' } as const;
  return {
    ...access,
    address,
    effect: effectOf(access, isOld),
    reason: lasting ? undefined : `its egress-only rule ${rule.address} is ${rule.is('forget') ? 'forgotten' : 'deleted'}, and its bandwidth is not in this plan`,
    notes: lasting && isOld ? ['open while its egress-only rule is replaced'] : [],
    resources: [rule.address],
    constructPath: places.placeOf(rule).constructPath,
    mbps: {},
    chargeType: {},
  };
}

function effectOf({ before: had, after: has }: { readonly before: Access; readonly after: Access }, isRenewed: boolean): Effect {
  const [wasOpen, isOpen] = [had, has].map((access) => access === 'open' || access === 'unproven');
  if (isOpen && !wasOpen) return 'opens';
  if (has === 'none') return had === 'none' ? 'unchanged' : 'closes';
  if (wasOpen && !isOpen) return 'closes';
  if (had === 'none') return 'adds (outbound only)';
  return isRenewed ? 'replaces' : 'unchanged';
}

function notesOf(
  had: readonly Bandwidth[], has: readonly Bandwidth[], access: Access, rule: ResourceChange | undefined, isRenewed: boolean,
): string[] {
  const notes = new Set<string>();
  if (isRenewed && had.some(({ change }) => change.is('delete'))) notes.add('no Internet access from the deletion of the old bandwidth until the new one is bought');
  if (rule && !rule.keepsObject) {
    notes.add(isRenewed || access === 'none' ? 'open for seconds, from the purchase until its egress-only rule exists'
      : rule.before ? 'open while its egress-only rule is replaced' : 'open until its egress-only rule exists');
  }
  if (had.length > 0 && has.some(({ id }) => id === undefined)) notes.add('may be for another address, which is known after apply');
  if (isBoughtTwice(has)) notes.add('several resources buy bandwidth for it, and the API accepts one for an address');
  for (const change of new Set([...has, ...had].map((bandwidth) => bandwidth.change))) {
    if (change.is('forget')) notes.add(`${change.address} is forgotten: the old bandwidth stays, and Terraform no longer keeps it`);
    if (change.isImported) notes.add('exists, and is imported');
    if (change.isDeposed) notes.add('an object that an earlier replacement left behind');
    if (change.previousAddress !== undefined) notes.add(`moved from ${change.previousAddress}`);
    if (change.isOutsideOfPlan) notes.add('not part of this plan: shown as the state has it');
    if (movesInPlace(change)) notes.add('the plan changes the address in place, which the API refuses: replace the bandwidth');
  }
  return [...notes];
}

function before(change: ResourceChange): Bandwidth {
  return bandwidthOf(change, (name) => change.before![name]);
}

/** The bandwidths that exist after the apply: one, none, or two if the old one may stay next to the planned one. */
function after(change: ResourceChange): Bandwidth[] {
  const isPlanned = change.after !== undefined && (change.is('create') || !(change.is('delete') || change.is('forget')));
  const planned = isPlanned ? [bandwidthOf(change, (name) => change.planned(name))] : [];
  const mayStay = change.before !== undefined && (change.is('forget') || change.deferred !== undefined || (movesInPlace(change) && planned[0]?.id !== undefined));
  return [...planned, ...mayStay ? [before(change)].filter(({ id }) => id === undefined || planned[0]?.id !== id) : []];
}

/** Returns true if several resources buy bandwidth for one address. */
function isBoughtTwice(has: readonly Bandwidth[]): boolean {
  return has.filter(({ id }) => id !== undefined).length > 1;
}

/** Returns true if the provider would ask the API to give the bandwidth to another address, which the API refuses. */
function movesInPlace(change: ResourceChange): boolean {
  return change.is('update') && change.before?.ipv6_address_id !== change.planned('ipv6_address_id');
}

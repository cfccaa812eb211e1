import { Expression } from './configuration';
import { ADDRESS, Bandwidth, GATEWAY, knownText } from './exposure';
import { Plan, ResourceChange, UNKNOWN } from './plan';
import { InboundVerdict } from '../../src/exposure/facts';
import { hasExpression, isOwnKey, isRepeatable, Reference, referenceIn } from '../../src/exposure/reference';
import { addToGroup } from '../../src/terraform/groups';
import { KEY, keyIn, NAME } from '../../src/terraform/json-syntax';

/** The verdict on connections from the Internet after the apply, and the rule that denies them. */
export interface Proof extends InboundVerdict {
  readonly rule?: ResourceChange;
}

/** The address in the `instance_id` of a rule, as far as the plan shows it. */
type Meaning =
  /** The id is known. */
  | { readonly kind: 'id'; readonly id: string }
  /** The text of the expression is at hand, and means one value: the same as each other argument with the same meaning. */
  | { readonly kind: 'text'; readonly meaning: string }
  /** In HCL a plan shows references alone: these bandwidths, or a value that an expression computes from them. */
  | { readonly kind: 'references'; readonly group: Group }
  | { readonly kind: 'any' };

/** A text in JSON syntax that reads a variable or an output, and computes nothing. */
const PATH = new RegExp(`^\\$\\{(?:var\\.${NAME}|module\\.${NAME}(?:\\[[\\w."-]+\\])?\\.${NAME})(?:\\[[\\w."-]+\\])?(?:\\.ipv6_address_id)?\\}$`, 'u');

/** Rules that name one address. The API accepts one, and a plan that has more is not gone through for each of its bandwidths. */
const MOST_RULES = 100;

/** Pairs of a rule and a bandwidth that are compared where rules are counted. */
const MOST_PAIRS = 10_000;

const HOW_TO_PROVE = 'plan in JSON syntax with instance_id as the ipv6_address_id of one bandwidth, or check the state after the apply';

/**
 * Proves which addresses egress-only rules close after the apply of a plan.
 *
 * With known ids, a rule closes the address with the same id, gateway and provider, if it is created after the bandwidth. With unknown
 * ids, the text of the expressions decides, which a plan shows for JSON syntax. In HCL a plan shows the references of an expression only. There the rules are counted: the service accepts one rule for an address, and only for an address
 * with bandwidth. If as many rules as bandwidths refer to the same bandwidths, and no rule can be for any other, each has its rule.
 */
export class InboundProof {
  private readonly byId = new Map<string, ResourceChange[]>();
  private readonly byMeaning = new Map<string, ResourceChange[]>();
  /** Rules whose address is not in the plan, by their provider blocks. */
  private readonly unclear = new Map<string, Set<ResourceChange>>();
  private readonly groups = new Map<string, Group>();
  private readonly groupsOf = new Map<Bandwidth, Group[]>();
  /** The group of an expression in an instance of a module. */
  private readonly groupOfSources = new Map<string, Group | undefined>();
  /** A rule with a known address, by its provider block: of all rules, and of the new ones. */
  private readonly literals = new Map<string, ResourceChange>();
  private readonly newLiterals = new Map<string, ResourceChange>();
  /** By counting: the rules of bandwidths that all have one. */
  private readonly counted = new Map<Bandwidth, ResourceChange>();
  private readonly instances = new Map<string, Bandwidth[]>();
  /** The texts that mean the address of a bandwidth. */
  private readonly meanings = new Map<Bandwidth, readonly string[]>();
  /** The bandwidths by what their addresses are made from. */
  private readonly bySources = new Map<string, Bandwidth[]>();
  private readonly newAddresses: ReadonlySet<string>;
  private readonly refused: ReadonlySet<string>;
  private readonly order = new Map<string, boolean>();

  /** @param refused  bandwidths that the API refuses; a rule that waits for one of them is never created */
  constructor(private readonly plan: Plan, standing: readonly Bandwidth[], rules: readonly ResourceChange[], refused: readonly ResourceChange[]) {
    this.refused = new Set(refused.map(({ configAddress }) => configAddress));
    const created = plan.changesOf(ADDRESS).filter(({ isNew, isImported }) => isNew && !isImported);
    this.newAddresses = new Set(created.map(({ configAddress }) => configAddress));
    for (const bandwidth of standing) {
      const { change } = bandwidth;
      addToGroup(this.instances, change.configAddress, bandwidth);
      this.meanings.set(bandwidth, this.meaningsOf(bandwidth));
      const address = plan.argument(change, 'ipv6_address_id');
      // A known address with an unknown expression is kept by ignore_changes: the expression does not mean it.
      const sources = bandwidth.id === undefined && address ? this.sourcesOf(change, address) : undefined;
      if (sources) addToGroup(this.bySources, textOf(sources), bandwidth);
    }
    const knownMeanings = new Set([...this.meanings.values()].flat());
    for (const rule of rules) {
      const type = rule.planned('instance_type') ?? 'Ipv6Address';
      if (type !== 'Ipv6Address' && type !== UNKNOWN) continue;
      const meaning = type === UNKNOWN ? { kind: 'any' as const } : this.meaningOf(rule, knownMeanings);
      if (meaning.kind === 'id') {
        addToGroup(this.byId, meaning.id, rule);
        const { key } = plan.configuration.provider(rule.configAddress);
        this.literals.set(key, rule);
        if (rule.isNew) this.newLiterals.set(key, rule);
      }
      if (meaning.kind === 'text') addToGroup(this.byMeaning, meaning.meaning, rule);
      if (meaning.kind === 'any' || meaning.kind === 'references') this.unclearOf(rule).add(rule);
      if (meaning.kind === 'references') meaning.group.rules.push(rule);
    }
    for (const group of this.groups.values()) group.bandwidths.forEach((bandwidth) => addToGroup(this.groupsOf, bandwidth, group));
    this.count(standing);
  }

  verdictOn(bandwidth: Bandwidth): Proof {
    const doubts: Proof[] = [];
    for (const rule of this.rulesNaming(bandwidth)) {
      const doubt = this.doubtAbout(rule, bandwidth);
      if (doubt === undefined) return { inbound: 'closed', rule };
      doubts.push(doubt);
      if (doubts.length === MOST_RULES) return { inbound: 'unproven', reason: `${MOST_RULES} egress-only rules or more name it, and the API accepts one` };
    }
    const counted = this.counted.get(bandwidth);
    if (counted) return { inbound: 'closed', rule: counted };
    const unproven = doubts.find(({ inbound }) => inbound === 'unproven');
    if (unproven) return unproven;
    const unclear = this.unclearFor(bandwidth);
    if (unclear) return { inbound: 'unproven', reason: `the plan does not show which address ${unclear.address} is for: ${HOW_TO_PROVE}` };
    const literal = bandwidth.id === undefined && !this.isNewAddress(bandwidth) ? this.literalFor(bandwidth) : undefined;
    if (literal) return { inbound: 'unproven', reason: `the id of the address is known after apply: ${literal.address} may be for it` };
    return doubts[0] ?? { inbound: 'open' };
  }

  private* rulesNaming(bandwidth: Bandwidth): Iterable<ResourceChange> {
    if (bandwidth.id !== undefined) yield* this.byId.get(bandwidth.id) ?? [];
    for (const meaning of this.meanings.get(bandwidth)!) yield* this.byMeaning.get(meaning) ?? [];
  }

  private unclearOf({ configAddress }: ResourceChange): Set<ResourceChange> {
    const { key } = this.plan.configuration.provider(configAddress);
    const rules = this.unclear.get(key) ?? new Set();
    this.unclear.set(key, rules);
    return rules;
  }

  /** Returns true if a rule of the state exists as the state has it. */
  isTrusted({ isTainted, isOutsideOfPlan }: ResourceChange): boolean {
    return !isTainted && (!isOutsideOfPlan || this.plan.refreshesWhatItOmits);
  }

  /** Returns the reason why a rule that names the address may not close it. */
  private doubtAbout(rule: ResourceChange, { change, gatewayId }: Bandwidth): Proof | undefined {
    const unproven = (reason: string): Proof => ({ inbound: 'unproven', reason });
    if (this.isOfOtherProvider(rule, change)) return { inbound: 'open', reason: `${rule.address} is of another provider block` };
    if (this.plan.configuration.provider(rule.configAddress).hasInstances) {
      return unproven(`the plan does not show which instance of its provider block ${rule.address} has`);
    }
    if (!this.isTrusted(rule)) {
      return unproven(rule.isTainted ? `${rule.address} is tainted: its creation failed half-way`
        : `${rule.address} is not part of this plan, which did not read it from the service`);
    }
    const gateway = this.gatewayOf(rule, change, gatewayId);
    if (gateway === 'other') return { inbound: 'open', reason: `${rule.address} is of another gateway` };
    if (gateway === 'unknown') return unproven(`the plan does not show that ${rule.address} has the same gateway`);
    const refused = rule.isNew ? this.plan.configuration.awaited(rule.configAddress, this.refused) : undefined;
    if (refused !== undefined) return unproven(`${rule.address} waits for ${refused}, which the API refuses`);
    if (change.isNew && !change.isImported) {
      if (!rule.isNew) return unproven(`${rule.address} is older than the bandwidth: replace it with the bandwidth (replace_triggered_by)`);
      if (!this.plan.isWritten(rule) || !this.plan.isWritten(change)) return unproven(`the plan has no configuration of ${rule.address}, and does not show what orders it`);
      if (!this.isAfter(rule, change)) {
        return { inbound: 'open', reason: `nothing orders ${rule.address} after the bandwidth, and the API refuses it before: add depends_on` };
      }
    }
    return undefined;
  }

  private isAfter({ configAddress: later }: ResourceChange, { configAddress: earlier }: ResourceChange): boolean {
    const key = `${later} ${earlier}`;
    let isAfter = this.order.get(key);
    if (isAfter === undefined) this.order.set(key, isAfter = this.plan.configuration.awaited(later, new Set([earlier])) !== undefined);
    return isAfter;
  }

  /** Gives each bandwidth of a group its rule, if no rule of any group can be for a bandwidth outside of the groups. */
  private count(standing: readonly Bandwidth[]): void {
    const complete = [...this.groups.values()].filter(({ rules, bandwidths }) => rules.length === bandwidths.length
      && bandwidths.every((bandwidth) => this.groupsOf.get(bandwidth)!.length === 1)
      && this.areAllInOrder(alike(rules, (rule) => rule), alike(bandwidths, ({ change }) => change)));
    if (complete.length === 0) return;
    const covered = new Set(complete.flatMap(({ bandwidths }) => bandwidths));
    // An expression can compute a constant: the id of any address that exists already.
    const others = standing.filter((bandwidth) => !covered.has(bandwidth) && !this.isNewAddress(bandwidth) && !this.hasRule(bandwidth));
    if (others.length > 0) return;
    for (const { rules, bandwidths } of complete) {
      bandwidths.forEach((bandwidth, i) => this.counted.set(bandwidth, rules[i]));
      for (const rule of rules) this.unclearOf(rule).delete(rule);
    }
  }

  /** Returns true if each rule would close each bandwidth. So many that it takes long are not proven. */
  private areAllInOrder(rules: readonly ResourceChange[], bandwidths: readonly Bandwidth[]): boolean {
    return rules.length * bandwidths.length <= MOST_PAIRS
      && rules.every((rule) => bandwidths.every((bandwidth) => this.doubtAbout(rule, bandwidth) === undefined));
  }

  /** A rule that may be for a bandwidth: one that refers to it, if there is one. */
  private unclearFor(bandwidth: Bandwidth): ResourceChange | undefined {
    const possible = this.unclearOf(bandwidth.change);
    const own = (this.groupsOf.get(bandwidth) ?? []).map(({ rules }) => rules.find((rule) => possible.has(rule))).find((rule) => rule !== undefined);
    return own ?? possible.values().next().value;
  }

  /** A rule with a known address that may be the unknown address of a bandwidth. No rule is older than the purchase of new bandwidth. */
  private literalFor({ change }: Bandwidth): ResourceChange | undefined {
    const { key } = this.plan.configuration.provider(change.configAddress);
    return (change.isNew && !change.isImported ? this.newLiterals : this.literals).get(key);
  }

  private hasRule(bandwidth: Bandwidth): boolean {
    const rules = bandwidth.id === undefined ? [] : this.byId.get(bandwidth.id) ?? [];
    return rules.slice(0, MOST_RULES).some((rule) => this.doubtAbout(rule, bandwidth) === undefined);
  }

  private meaningOf(rule: ResourceChange, knownMeanings: ReadonlySet<string>): Meaning {
    const id = rule.planned('instance_id');
    if (id !== UNKNOWN) return typeof id === 'string' ? { kind: 'id', id } : { kind: 'any' };
    const written = this.plan.argument(rule, 'instance_id');
    if (!written) return { kind: 'any' };
    if (hasExpression(written.literal)) {
      const meaning = this.meaningOfText(rule, written);
      if (meaning !== undefined && knownMeanings.has(meaning)) return { kind: 'text', meaning };
      if (!PATH.test(String(written.literal))) return { kind: 'any' };
    }
    const group = this.groupFor(rule, written);
    return group ? { kind: 'references', group } : { kind: 'any' };
  }

  private groupFor(rule: ResourceChange, written: Expression): Group | undefined {
    const sources = this.sourcesOf(rule, written);
    if (sources === undefined) return undefined;
    const expression = JSON.stringify([rule.moduleAddress, sources]);
    if (!this.groupOfSources.has(expression)) {
      const bandwidths = this.referredBandwidths(rule, sources);
      const key = JSON.stringify(bandwidths.map(({ change }) => change.address).sort());
      if (bandwidths.length > 0 && !this.groups.has(key)) this.groups.set(key, { rules: [], bandwidths });
      this.groupOfSources.set(expression, this.groups.get(key));
    }
    return this.groupOfSources.get(expression);
  }

  /** Returns the texts of the address of a bandwidth: its own attribute, and the expression of its address. */
  private meaningsOf({ change, id }: Bandwidth): string[] {
    const own = meaningOfReference(`${prefixOf(change)}${change.type}.${change.name}`, keyText(change.key), 'ipv6_address_id');
    const written = this.plan.argument(change, 'ipv6_address_id');
    const meaning = id === undefined && written && hasExpression(written.literal) ? this.meaningOfText(change, written) : undefined;
    return meaning === undefined ? [own] : [own, meaning];
  }

  /** The same for two arguments in JSON syntax that have the same value; undefined for an expression that two evaluations may differ in. */
  private meaningOfText(change: ResourceChange, { literal }: Expression): string | undefined {
    const forEach = this.plan.configuration.forEach(change.configAddress)?.literal;
    const reference = referenceIn(literal, forEach);
    if (reference) return meaningOfReference(`${prefixOf(change)}${reference.resource}`, keyOf(reference, change), reference.attribute);
    if (!isRepeatable(literal) || (/\beach\.value\b/.test(String(literal)) && !isRepeatable(forEach))) return undefined;
    return JSON.stringify([change.moduleAddress, literal, change.key, /\beach\.value\b/.test(String(literal)) ? forEach : undefined]);
  }

  /** The bandwidths that an expression in HCL refers to, by their address or by the address that they are bought for, and by nothing else. */
  private referredBandwidths(rule: ResourceChange, sources: readonly Source[]): readonly Bandwidth[] {
    const { resource, key, attribute, isCrossing = false }: Partial<Source> = sources.length === 1 ? sources[0] : {};
    if (resource !== undefined && this.instances.has(resource)) {
      if (attribute !== 'ipv6_address_id') return [];
      return this.instances.get(resource)!.filter(({ change }) =>
        (isCrossing || change.moduleAddress === rule.moduleAddress) && (key === undefined || key === keyText(change.key)));
    }
    if (resource !== undefined && typeIn(resource) === ADDRESS && attribute !== 'id') return [];
    return (this.bySources.get(textOf(sources)) ?? []).filter(({ change }) => isCrossing || change.moduleAddress === rule.moduleAddress);
  }

  /** Returns the references of an expression in HCL, without the keys of its own instance; undefined if they are unknown. */
  private sourcesOf(change: ResourceChange, written: Expression): Source[] | undefined {
    const { configuration } = this.plan;
    const sources: Source[] = [];
    for (const { module, name, isCrossing } of configuration.references(change.configAddress, written)) {
      if (/^(each\.key|count\.index)$/.test(name)) continue;
      const [, ofEach] = /^each\.value\.(\w+)$/.exec(name) ?? [];
      if (name.startsWith('each.value')) {
        const forEach = configuration.forEach(change.configAddress);
        if (!forEach || isCrossing || (ofEach === undefined && name !== 'each.value')) return undefined;
        for (const each of configuration.references(change.configAddress, forEach)) {
          sources.push({ ...sourceOf(each.module, each.name), attribute: ofEach, isCrossing: each.isCrossing });
        }
      } else {
        sources.push({ ...sourceOf(module, name), isCrossing });
      }
    }
    return sources.length === 0 ? undefined : sources;
  }

  /** Returns true if the id of an address is made by this apply, so that nothing written can be a copy of it. */
  private isNewAddress({ change, id }: Bandwidth): boolean {
    const written = this.plan.argument(change, 'ipv6_address_id');
    if (id !== undefined || !written) return false;
    const { resource } = this.onlySource(change, written) ?? {};
    return resource !== undefined && this.newAddresses.has(resource);
  }

  private isOfOtherProvider(rule: ResourceChange, bandwidth: ResourceChange): boolean {
    const { configuration } = this.plan;
    return configuration.provider(rule.configAddress).key !== configuration.provider(bandwidth.configAddress).key;
  }

  private gatewayOf(rule: ResourceChange, bandwidth: ResourceChange, gatewayId: string | undefined): 'same' | 'other' | 'unknown' {
    const id = rule.planned('ipv6_gateway_id');
    if (id !== UNKNOWN) return gatewayId === undefined ? 'unknown' : knownText(id) === gatewayId ? 'same' : 'other';
    if (gatewayId !== undefined) return 'unknown';
    const [ofRule, ofBandwidth] = [rule, bandwidth].map((change) => this.plan.argument(change, 'ipv6_gateway_id'));
    if (!ofRule || !ofBandwidth) return 'unknown';
    if (hasExpression(ofRule.literal) && hasExpression(ofBandwidth.literal)) {
      const meaning = this.meaningOfText(rule, ofRule);
      if (meaning !== undefined && meaning === this.meaningOfText(bandwidth, ofBandwidth)) return 'same';
    }
    // An expression may have another value for each instance of its block, and of its module.
    const isSameModule = rule.moduleAddress === bandwidth.moduleAddress;
    const varies = (change: ResourceChange, written: Expression) => this.plan.configuration.references(change.configAddress, written)
      .some(({ name, isCrossing }) => /^(each|count)\./.test(name) && !(isCrossing && isSameModule));
    const [source, other] = [this.onlySource(rule, ofRule), this.onlySource(bandwidth, ofBandwidth)];
    if (source?.resource === bandwidth.configAddress && (source.attribute ?? 'ipv6_gateway_id') === 'ipv6_gateway_id') {
      // All instances of a bandwidth block have one gateway, or the rule names the instance.
      const isInstance = source.attribute !== undefined && source.key === keyText(bandwidth.key);
      return isInstance || (other && !varies(bandwidth, ofBandwidth)) ? 'same' : 'unknown';
    }
    return source && other && !varies(rule, ofRule) && !varies(bandwidth, ofBandwidth) && sourceText(source) === sourceText(other) ? 'same' : 'unknown';
  }

  private onlySource(change: ResourceChange, written: Expression): Source | undefined {
    const [source, ...others] = this.sourcesOf(change, written) ?? [];
    return others.length === 0 ? source : undefined;
  }
}

/** One thing that an expression is made from. */
interface Source {
  /** Its address in the configuration, if it is a resource. */
  readonly resource?: string;
  readonly key?: string;
  readonly attribute?: string;
  /** The whole reference. */
  readonly name: string;
  readonly isCrossing: boolean;
}

/** The rules that refer to the same bandwidths. */
interface Group {
  readonly rules: ResourceChange[];
  readonly bandwidths: readonly Bandwidth[];
}

const SOURCE = new RegExp(`^(\\w+\\.${NAME})(?:\\[(${KEY})\\])?(?:\\.(\\w+))?$`, 'u');

function sourceOf(module: string, name: string): Omit<Source, 'isCrossing'> {
  const [, resource, written, attribute] = SOURCE.exec(name) ?? [];
  const key = written === undefined ? undefined : keyIn(written);
  return resource === undefined || (written !== undefined && key === undefined) || /^(var|local|each|count|path|self|terraform)\./.test(resource)
    ? { name: `${module}${name}` } : { resource: `${module}${resource}`, key, attribute, name: `${module}${name}` };
}

/** One of each kind of resources that nothing tells apart but their keys. */
function alike<T>(items: readonly T[], changeOf: (item: T) => ResourceChange): T[] {
  const kinds = new Map(items.map((item) => {
    const change = changeOf(item);
    const { configAddress, isNew, isImported, isTainted, isOutsideOfPlan, actions } = change;
    const gateway = change.planned('ipv6_gateway_id');
    return [JSON.stringify([configAddress, isNew, isImported, isTainted, isOutsideOfPlan, gateway === UNKNOWN ? null : gateway, actions]), item];
  }));
  return [...kinds.values()];
}

function textOf(sources: readonly Source[]): string {
  return JSON.stringify(sources.map(sourceText).sort());
}

/** The same for two references to one thing: a gateway has its id in two attributes. */
function sourceText({ name, resource, attribute }: Source): string {
  return resource !== undefined && typeIn(resource) === GATEWAY && attribute === 'ipv6_gateway_id' ? name.replace(/ipv6_gateway_id$/, 'id') : name;
}

function typeIn(configAddress: string): string {
  return configAddress.split('.').at(-2) ?? '';
}

function keyOf(reference: Reference, { key }: ResourceChange): string | undefined {
  return isOwnKey(reference) ? keyText(key) : reference.key;
}

function keyText(key: string | number | undefined): string | undefined {
  return key === undefined ? undefined : JSON.stringify(key);
}

function meaningOfReference(resource: string, key: string | undefined, attribute: string): string {
  return JSON.stringify(['reference', resource, key, attribute]);
}

function prefixOf({ moduleAddress }: ResourceChange): string {
  return moduleAddress === '' ? '' : `${moduleAddress}.`;
}

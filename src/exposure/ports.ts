import { contains, Ipv6Prefix, ipv6Prefix, without } from './ipv6-prefix';
import { addToGroup } from '../terraform/groups';

/**
 * An ingress rule of a security group that can match a sender on the IPv6 Internet: its source is an IPv6 block, or is unknown.
 * An undefined value is unknown.
 */
export interface IngressRule {
  /** The name that a reason shows. */
  readonly subject: string;
  /** As the service writes it: `tcp`, `udp`, `icmpv6`, `gre`, a number, or `all`. */
  readonly protocol?: string;
  /** `22/22`; `-1/-1` for all. */
  readonly ports?: string;
  /** An IPv6 block or address. */
  readonly source?: string;
  /** `accept` or `drop`. */
  readonly policy?: string;
  /** From 1 to 100: the smaller number decides. */
  readonly priority?: number;
  /** True if it matches a part of the traffic only, by a source port or a destination. */
  readonly isPartial?: boolean;
}

/** A block of senders, without the blocks that a rule denies. */
export interface Source {
  readonly prefix: string;
  readonly except: readonly string[];
}

/** Ports of one protocol that the same senders reach. */
export interface Opening {
  /** `other` for all protocols that no rule names. */
  readonly protocol: string;
  /** From 1 to 65535; -1 for a protocol without ports. */
  readonly from: number;
  readonly to: number;
  readonly sources: readonly Source[];
}

/** The ports that the security groups of an address accept. */
export interface Ports {
  readonly openings: readonly Opening[];
  /** Reasons why more ports may be open. */
  readonly unknown: readonly string[];
}

/** Returns ports that are all unknown. */
export function unknownPorts(reason: string): Ports {
  return { openings: [], unknown: [reason] };
}

interface Range {
  readonly from: number;
  readonly to: number;
}

const ALL = 'all';
const OTHER = 'other';
const WITH_PORTS: readonly string[] = ['tcp', 'udp'];
const [FIRST_PORT, LAST_PORT, NO_PORT] = [1, 65_535, -1];

/** A rule whose values are all known. */
interface Filter {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly source: string;
  readonly prefix: Ipv6Prefix;
  readonly isDrop: boolean;
  readonly priority: number;
}

/**
 * Returns the ports that the security groups of a network interface accept.
 *
 * The service merges the rules of all groups and sorts them: the smaller priority decides, and a
 * denial wins against a rule of the same priority. Traffic that no rule accepts is denied, except between instances of a basic group.
 * A rule that denies and has an unknown value denies nothing here.
 *
 * @see https://www.alibabacloud.com/help/en/ecs/user-guide/security-group-rules
 * @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-authorizesecuritygroup
 */
export function openPorts(rules: readonly IngressRule[]): Ports {
  const filters: Filter[] = [];
  const unknown: string[] = [];
  for (const rule of rules) {
    const filter = filterOf(rule);
    if (typeof filter !== 'string') filters.push(filter);
    else if (rule.policy?.toLowerCase() !== 'drop') unknown.push(`${rule.subject}: ${filter}`);
  }
  const isUsed = (protocol: string) => filters.some((filter) => filter.protocol === protocol);
  const named = new Set([...WITH_PORTS, 'icmpv6', ...filters.map(({ protocol }) => protocol)]);
  named.delete(ALL);
  const openings = [...named, ...isUsed(ALL) ? [OTHER] : []].flatMap((protocol) =>
    openingsOf(protocol, filters.filter((filter) => filter.protocol === protocol || filter.protocol === ALL)));
  return { openings, unknown };
}

/** Returns the openings of the first ports that the second ones do not contain, as far as both are known. */
export function portsBeyond(ports: Ports, known: Ports): Ports {
  const openings = ports.openings.flatMap((opening): Opening[] => {
    // The ports that do not name a protocol may contain it in `other`.
    const named = known.openings.filter(({ protocol }) => protocol === opening.protocol);
    const isNamed = named.length > 0 || [...WITH_PORTS, 'icmpv6'].includes(opening.protocol);
    const same = isNamed ? named : known.openings.filter(({ protocol }) => protocol === OTHER);
    return segments(opening.from, opening.to, same).flatMap(({ from, to }): Opening[] => {
      const there = same.filter((other) => other.from <= from && to <= other.to).flatMap(({ sources }) => sources.flatMap(blocksOf));
      const sources = opening.sources.filter((source) => blocksOf(source).some((block) => without(block, there).length > 0));
      return sources.length === 0 ? [] : [{ protocol: opening.protocol, from, to, sources }];
    });
  });
  return { openings: merged(openings), unknown: [] };
}

/** Returns the openings for blocks of senders with a prefix shorter than a length. */
export function reachedByMoreThan(length: number, openings: readonly Opening[]): Opening[] {
  return openings.flatMap((opening) => {
    const sources = opening.sources.filter((source) => blocksOf(source).some((block) => block.length < length));
    return sources.length === 0 ? [] : [{ ...opening, sources }];
  });
}

/** Returns the ports of an opening without some ports. */
export function withoutPorts(opening: Opening, ports: readonly number[]): Opening[] {
  const others = ports.map((port) => ({ from: port, to: port }));
  return segments(opening.from, opening.to, others).filter(({ from, to }) => !others.some((other) => other.from <= from && to <= other.to))
    .map((range) => ({ ...opening, ...range }));
}

const MOST_SHOWN = 12;

/** Returns openings as a text such as `tcp 443, icmpv6 from ::/0`. */
export function showOpenings(openings: readonly Opening[]): string {
  if (openings.length === 0) return 'no port';
  const bySource = new Map<string, Opening[]>();
  for (const opening of openings) {
    const from = opening.sources.map(showSource).join(' and ');
    addToGroup(bySource, from, opening);
  }
  return [...bySource].map(([from, those]) => `${showProtocols(those)} from ${from}`).join('; ');
}

/** Returns ports as a text, with the reasons why more may be open. */
export function showPorts({ openings, unknown }: Ports): string {
  if (unknown.length === 0) return showOpenings(openings);
  const reasons = `${unknown[0]}${unknown.length > 1 ? ` (and ${unknown.length - 1} more)` : ''}`;
  return openings.length === 0 ? reasons : `${showOpenings(openings)}; unknown: ${reasons}`;
}

function showProtocols(openings: readonly Opening[]): string {
  const isWhole = ({ protocol, from, to }: Opening) => !WITH_PORTS.includes(protocol) || (from === FIRST_PORT && to === LAST_PORT);
  if (openings.some(({ protocol }) => protocol === OTHER) && [...WITH_PORTS, 'icmpv6'].every((protocol) => openings.some((each) => each.protocol === protocol && isWhole(each)))) {
    return 'everything';
  }
  const shown = openings.map(({ protocol, from, to }) => {
    const name = protocol === OTHER ? 'other protocols' : protocol;
    return from === NO_PORT ? name : `${name} ${from}${to === from ? '' : `-${to}`}`;
  });
  return `${shown.slice(0, MOST_SHOWN).join(', ')}${shown.length > MOST_SHOWN ? ` and ${shown.length - MOST_SHOWN} more` : ''}`;
}

function showSource({ prefix, except }: Source): string {
  return except.length === 0 ? prefix : `${prefix} without ${except.slice(0, 3).join(', ')}${except.length > 3 ? ', …' : ''}`;
}

/** Returns the rule with its parsed values, or the reason why a value is unknown. */
function filterOf({ protocol, ports, source, policy, priority, isPartial }: IngressRule): Filter | string {
  const name = protocol?.toLowerCase();
  if (name === undefined) return 'its protocol is unknown';
  if (source === undefined) return 'its source is unknown';
  const prefix = ipv6Prefix(source);
  if (!prefix) return `its source ${source} is no IPv6 block`;
  if (ports === undefined) return 'its ports are unknown';
  const range = rangeOf(name, ports);
  if (!range) return `its ports ${ports} are no range`;
  const isDrop = policy?.toLowerCase() === 'drop';
  if (!isDrop && policy?.toLowerCase() !== 'accept') return 'its policy is unknown';
  if (priority === undefined || !Number.isInteger(priority)) return 'its priority is unknown';
  if (isDrop && isPartial) return 'it denies a part of the traffic';
  return { protocol: name, ...range, source, prefix, isDrop, priority };
}

function rangeOf(protocol: string, ports: string): Range | undefined {
  const hasPorts = WITH_PORTS.includes(protocol);
  if (ports === '-1/-1') return hasPorts ? { from: FIRST_PORT, to: LAST_PORT } : { from: NO_PORT, to: NO_PORT };
  const [from, to] = /^(\d{1,5})\/(\d{1,5})$/.exec(ports)?.slice(1).map(Number) ?? [];
  return hasPorts && from >= FIRST_PORT && from <= to && to <= LAST_PORT ? { from, to } : undefined;
}

function openingsOf(protocol: string, filters: readonly Filter[]): Opening[] {
  const isOfPorts = WITH_PORTS.includes(protocol);
  const all = isOfPorts ? { from: FIRST_PORT, to: LAST_PORT } : { from: NO_PORT, to: NO_PORT };
  const ranged = filters.map((filter) => filter.from === NO_PORT ? { ...filter, ...all } : filter);
  return merged(segments(all.from, all.to, ranged).flatMap(({ from, to }): Opening[] => {
    const sources = sourcesOf(ranged.filter((filter) => filter.from <= from && to <= filter.to));
    return sources.length === 0 ? [] : [{ protocol, from, to, sources }];
  }));
}

/** Returns the senders that the rules for one port accept. */
function sourcesOf(filters: readonly Filter[]): Source[] {
  const sources = filters.filter(({ isDrop }) => !isDrop).flatMap((accept) => {
    const drops = filters.filter(({ isDrop, priority, prefix }) => isDrop && priority <= accept.priority
      && (contains(prefix, accept.prefix) || contains(accept.prefix, prefix)));
    const left = without(accept.prefix, drops.map(({ prefix }) => prefix));
    return left.length === 0 ? [] : [{ prefix: accept.source, except: [...new Set(drops.map(({ source }) => source))].sort(), left }];
  });
  const isCovered = (one: typeof sources[number], index: number) => sources.some((other, i) => i !== index
    && one.left.every((block) => other.left.some((whole) => contains(whole, block)))
    && (i < index || !other.left.every((block) => one.left.some((whole) => contains(whole, block)))));
  return sources.filter((source, index) => !isCovered(source, index)).map(({ prefix, except }) => ({ prefix, except }));
}

/** Returns the blocks of senders that a source is. */
function blocksOf({ prefix, except }: Source): Ipv6Prefix[] {
  return without(ipv6Prefix(prefix)!, except.map((each) => ipv6Prefix(each)!));
}

/** Splits a range at the beginnings and ends of further ranges. */
function segments(from: number, to: number, others: readonly Range[]): Range[] {
  const starts = new Set([from, ...others.flatMap((other) => [other.from, other.to + 1])]);
  const sorted = [...starts].filter((start) => start >= from && start <= to).sort((one, other) => one - other);
  return sorted.map((start, i) => ({ from: start, to: i + 1 < sorted.length ? sorted[i + 1] - 1 : to }));
}

function merged(openings: readonly Opening[]): Opening[] {
  const result: Opening[] = [];
  for (const opening of openings) {
    const last = result[result.length - 1];
    const isNext = last?.protocol === opening.protocol && last.to + 1 === opening.from
      && JSON.stringify(last.sources) === JSON.stringify(opening.sources);
    if (isNext) result[result.length - 1] = { ...last, to: opening.to };
    else result.push(opening);
  }
  return result;
}

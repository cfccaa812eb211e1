import { Bandwidth, EgressRule, ExposedAddress, Exposure, KNOWN_AFTER_APPLY } from './exposure';
import { ResourceChange } from './plan';
import { Acknowledgement, Rule, StackRules } from './rules-file';

/** What a rule finds in a plan. */
export interface Finding extends Violation {
  readonly ruleId: string;
  /** Whether it stops the pipeline: neither a warning nor acknowledged. */
  readonly isForbidden: boolean;
  readonly severity: 'error' | 'warning';
  /** The resource, or the gateway, in the plan. */
  readonly subject: string;
  /** The path of the construct. */
  readonly path: string;
  readonly acknowledgement?: Acknowledgement;
}

/** Where a resource belongs: rules apply to the path, and acknowledgements stand there. */
interface Place {
  readonly path: string;
  /** The block that an acknowledgement has to name, where no construct of its own writes it. */
  readonly block: string;
  readonly isInModule: boolean;
}

interface Violation {
  readonly actual: string;
  readonly limit: string;
}

type BandwidthCheck = (address: ExposedAddress, bandwidth: Bandwidth, limit: any) => Violation | undefined;

const BANDWIDTH_CHECKS: Readonly<Record<string, BandwidthCheck>> = {
  Ipv6EgressOnlyRequired: ({ after, because }, _, required: boolean) =>
    required && after === 'open' ? { actual: `the Internet can open connections to the address: ${because}`, limit: 'outbound only' } : undefined,
  Ipv6BandwidthPerAddress: (_, { mbps, mbpsText }, max: number) =>
    mbps !== undefined && mbps <= max ? undefined : { actual: `${mbpsText} Mbit/s`, limit: `${max} Mbit/s for an address` },
  Ipv6ChargeTypeAllowed: (_, { chargeType, chargeTypeText }, allowed: string[]) =>
    chargeType !== undefined && allowed.includes(chargeType) ? undefined : { actual: chargeTypeText, limit: allowed.join(' or ') },
};

/** What belongs to a gateway, in a scope: its Mbit/s, of which some may be unknown, or its egress-only rules. */
interface Total {
  known: number;
  unknown: number;
  readonly places: Place[];
}

/**
 * What the rules find in a plan.
 *
 * `Ipv6ModuleReviewed` and `Ipv6LibraryConstructRequired` are about what the synthesis cannot read and about who wrote it: of
 * a plan, which holds what is in the modules, the other rules are asked.
 */
export function findingsOf({ addresses, egressRules, gateways }: Exposure, { rules, pathOf, acknowledgements }: StackRules): Finding[] {
  const findings: Finding[] = [];
  const acknowledged = new Map<string, Acknowledgement>();
  for (const acknowledgement of acknowledgements) {
    acknowledged.set(keyOf(acknowledgement.ruleId, acknowledgement.path, acknowledgement.block), acknowledgement);
  }

  const placeOf = (change: ResourceChange): Place => {
    const module = /^module\.[^.]+/.exec(change.configAddress)?.[0];
    return { path: pathOf(module ?? change.configAddress), block: module ?? change.configAddress, isInModule: module !== undefined };
  };
  const acknowledgementOf = (ruleId: string, { path, block, isInModule }: Place): Acknowledgement | undefined => {
    for (const id of isInModule ? [ruleId, 'Ipv6ModuleReviewed'] : [ruleId]) {
      // The path of a stack stands for every block that no construct of its own writes: there, the block has to be named.
      const found = acknowledged.get(keyOf(id, path, block)) ?? (path === pathOf('') ? undefined : acknowledged.get(keyOf(id, path)));
      if (found) return found;
    }
    return undefined;
  };
  const add = ({ id: ruleId, isError }: Rule, subject: string, path: string, violation: Violation, acknowledgement: Acknowledgement | undefined) => {
    findings.push({ ruleId, severity: isError ? 'error' : 'warning', isForbidden: isError && !acknowledgement, subject, path, ...violation, acknowledgement });
  };

  for (const rule of rules) {
    const check = BANDWIDTH_CHECKS[rule.id];
    if (!check) continue;
    for (const address of addresses) {
      for (const bandwidth of address.has) {
        const place = placeOf(bandwidth.change);
        if (!isIn(place.path, rule.scope)) continue;
        const violation = check(address, bandwidth, rule.limit);
        if (violation) add(rule, bandwidth.change.address, place.path, violation, acknowledgementOf(rule.id, place));
      }
    }
  }

  const standing = addresses.flatMap((address) => address.has);
  for (const rule of rules) {
    const max = rule.limit as number;
    const isOfBandwidth = rule.id === 'Ipv6BandwidthPerGateway';
    if (!isOfBandwidth && rule.id !== 'Ipv6EgressOnlyRulesPerGateway') continue;
    const parts: readonly (Bandwidth | EgressRule)[] = isOfBandwidth ? standing : egressRules;
    for (const [gateway, { known, unknown, places }] of totalsOf(parts, rule.scope, placeOf)) {
      const own = gateways.get(gateway);
      if (known <= max && unknown === 0) continue;
      const unit = isOfBandwidth ? 'Mbit/s' : 'egress-only rules';
      const actual = `${known} ${unit}` + (unknown > 0 ? `, and ${unknown} times ${KNOWN_AFTER_APPLY}` : '');
      const path = own ? placeOf(own).path : commonPath(places.map((place) => place.path));
      const acknowledgement = acknowledgements.find((each) => each.ruleId === rule.id && isIn(path, each.path));
      add(rule, gateway, path, { actual, limit: `${max} ${unit} for a gateway` }, acknowledgement);
    }
  }
  return findings;
}

/**
 * The totals of the gateways. A gateway whose id only the apply will know may be any of them: what it has is added to each.
 */
function totalsOf(parts: readonly (Bandwidth | EgressRule)[], scope: string, placeOf: (change: ResourceChange) => Place): Map<string, Total> {
  const totals = new Map<string, Total>();
  for (const part of parts) {
    const place = placeOf(part.change);
    if (!isIn(place.path, scope)) continue;
    const gateway = part.gatewayId ?? '';
    const total = totals.get(gateway) ?? { known: 0, unknown: 0, places: [] };
    totals.set(gateway, total);
    const amount = 'mbps' in part ? part.mbps : 1;
    if (amount === undefined) total.unknown++;
    else total.known += amount;
    total.places.push(place);
  }
  const ofUnknown = totals.get('');
  if (!ofUnknown) return totals;
  totals.delete('');
  if (totals.size === 0) return new Map([[`a gateway ${KNOWN_AFTER_APPLY}`, ofUnknown]]);
  return new Map([...totals].map(([gateway, { known, unknown, places }]) => [
    `${gateway}, if it is the gateway that is ${KNOWN_AFTER_APPLY}`,
    { known: known + ofUnknown.known, unknown: unknown + ofUnknown.unknown, places: [...places, ...ofUnknown.places] },
  ]));
}

function keyOf(ruleId: string, path: string, block = ''): string {
  return JSON.stringify([ruleId, path, block]);
}

function isIn(path: string, scope: string): boolean {
  return scope === '' || path === scope || path.startsWith(`${scope}/`);
}

function commonPath(paths: readonly string[]): string {
  const split = [...new Set(paths)].map((path) => path.split('/'));
  const [first = []] = split;
  const length = split.reduce((common, parts) => {
    const same = first.findIndex((part, i) => parts[i] !== part);
    return Math.min(common, same === -1 ? first.length : same);
  }, first.length);
  return first.slice(0, length).join('/');
}

import { BandwidthFact, ExposureFacts, Place } from './facts';

/** A sum in which some terms may be unknown. */
export interface Sum {
  known: number;
  /** The number of unknown terms. */
  unknown: number;
}

/** The sums of one gateway. */
export interface GatewayTotal {
  /** Undefined for bandwidths and rules whose gateway is unknown. */
  readonly gateway?: string;
  readonly place: Place;
  readonly mbps: Sum;
  readonly egressOnlyRules: Sum;
  /** The same with everything whose gateway is unknown: it may belong to this gateway. */
  readonly atMost: { readonly mbps: Sum; readonly egressOnlyRules: Sum };
}

/** The number of addresses and their Mbit/s. */
export interface AddressTotal {
  readonly name: string;
  readonly addresses: Sum;
  /** The addresses that are open or unproven. */
  readonly open: Sum;
  readonly mbps: Sum;
}

/** Returns the Mbit/s and the egress-only rules of each gateway. */
export function gatewayTotals({ bandwidths, egressOnlyRules, gateways }: ExposureFacts): GatewayTotal[] {
  const parts = new Map<string | undefined, { mbps: Sum; rules: Sum; places: Place[] }>();
  const partOf = (gateway: string | undefined, place: Place) => {
    let part = parts.get(gateway);
    if (!part) parts.set(gateway, part = { mbps: none(), rules: none(), places: [] });
    part.places.push(place);
    return part;
  };
  for (const bandwidth of bandwidths) {
    if (!bandwidth.isElsewhere) add(partOf(bandwidth.gateway, bandwidth).mbps, mbpsOf(bandwidth));
  }
  for (const rule of egressOnlyRules) add(partOf(rule.gateway, rule).rules, rule.rules);

  const unknown = parts.get(undefined);
  if (unknown && parts.size > 1) parts.delete(undefined);
  const placeOf = new Map(gateways.map((fact) => [fact.gateway, fact]));
  return [...parts].map(([gateway, { mbps, rules, places }]) => {
    const others = gateway === undefined ? undefined : unknown;
    return {
      gateway,
      get place() {
        return (gateway !== undefined && placeOf.get(gateway)) || sharedPlace(gateway, places);
      },
      mbps,
      egressOnlyRules: rules,
      atMost: { mbps: plus(mbps, others?.mbps), egressOnlyRules: plus(rules, others?.rules) },
    };
  });
}

/** Returns the addresses and Mbit/s by a name of each bandwidth, sorted by that name. */
export function addressTotals(bandwidths: readonly BandwidthFact[], nameOf: (bandwidth: BandwidthFact) => string): AddressTotal[] {
  const totals = new Map<string, AddressTotal>();
  for (const bandwidth of bandwidths) {
    const name = nameOf(bandwidth);
    const total = totals.get(name) ?? { name, addresses: none(), open: none(), mbps: none() };
    totals.set(name, total);
    add(total.addresses, bandwidth.addresses);
    if (bandwidth.inbound !== 'closed') add(total.open, bandwidth.addresses);
    add(total.mbps, mbpsOf(bandwidth));
  }
  return [...totals.values()].sort((one, other) => one.name < other.name ? -1 : Number(one.name > other.name));
}

/** Returns a sum as text. An unknown term is never counted as a number. */
export function showSum({ known, unknown }: Sum): string {
  if (unknown === 0) return String(known);
  return known === 0 ? 'unknown' : `${known}, and ${unknown} unknown`;
}

function mbpsOf({ mbps, addresses }: BandwidthFact): number | undefined {
  return mbps === undefined || addresses === undefined ? undefined : mbps * addresses;
}

function none(): Sum {
  return { known: 0, unknown: 0 };
}

function add(sum: Sum, term: number | undefined): void {
  if (term === undefined) sum.unknown++;
  else sum.known += term;
}

function plus({ known, unknown }: Sum, other: Sum = none()): Sum {
  return { known: known + other.known, unknown: unknown + other.unknown };
}

/** Returns the innermost path that contains all of the places. The gateway's name tells its acknowledgement from those of other gateways. */
function sharedPlace(gateway: string | undefined, places: readonly Place[]): Place {
  const [first = [], ...others] = [...new Set(places.map(({ path }) => path))].map((path) => path.split('/'));
  const length = others.reduce((common, parts) => {
    const different = first.findIndex((part, i) => parts[i] !== part);
    return Math.min(common, different === -1 ? first.length : different);
  }, first.length);
  const name = gateway ?? 'a gateway whose id is unknown';
  return { path: first.slice(0, length).join('/'), block: gateway ?? 'unknown gateway', subject: name };
}

import { ResourceChange } from './plan';
import { BandwidthFact, ExposureFacts, Inbound, InboundVerdict, Place } from '../../src/exposure/facts';
import { Ports } from '../../src/exposure/ports';
import { PublicService, publicService } from '../../src/exposure/public-services';
import { ADDRESS, BANDWIDTH, EGRESS_RULE, GATEWAY } from '../../src/exposure/resource-types';
import { UNKNOWN } from '../../src/exposure/unknown';

export { ADDRESS, BANDWIDTH, EGRESS_RULE, GATEWAY };

/** The exposure of an address on one side of the apply: `none` without Internet bandwidth. */
export type Access = 'none' | Inbound;

/** The change of an address by an apply. */
export type Effect = 'opens' | 'closes' | 'adds (outbound only)' | 'replaces' | 'unchanged';

/** One address that has Internet bandwidth, or loses an egress-only rule. */
export interface ExposureRow {
  /** The id of the address, or the reason why it is not shown. */
  readonly address: string;
  readonly effect: Effect;
  readonly before: Access;
  readonly after: Access;
  /** Reason of an address that is open or unproven after the apply. */
  readonly reason?: string;
  /** Ports that its security groups accept after the apply; undefined for an address that is not open. */
  readonly ports?: Ports;
  /** The ports that are exposed in the account, and not in the known code. */
  readonly differences?: readonly string[];
  /** Further changes: interruptions, imports, moves. */
  readonly notes: readonly string[];
  /** The Terraform addresses of the resources, those that exist after the apply first. */
  readonly resources: readonly string[];
  /** The construct that wrote the first of them. */
  readonly constructPath?: string;
  readonly mbps: { readonly before?: string; readonly after?: string };
  readonly chargeType: { readonly before?: string; readonly after?: string };
}

/** The exposure of a plan or a state: rows for a reader, facts for the rules. */
export interface Exposure {
  readonly rows: readonly ExposureRow[];
  readonly facts: ExposureFacts;
}

/** The place where findings about a resource are acknowledged, and the construct that writes it. */
export interface Places {
  placeOf(resource: { readonly address: string; readonly configAddress: string }): Place & { readonly constructPath?: string };
}

/** A value that is unknown until the apply, or that the configuration marks as sensitive, as tables show it. */
export const KNOWN_AFTER_APPLY = 'known after apply';
const SENSITIVE = 'sensitive';

/** A bandwidth on one side of the apply. */
export interface Bandwidth {
  readonly change: ResourceChange;
  readonly id: string | undefined;
  readonly address: string;
  /** Undefined: unknown until the apply. */
  readonly mbps: number | undefined;
  readonly chargeType: string | undefined;
  readonly gatewayId: string | undefined;
  readonly mbpsText: string;
  readonly chargeTypeText: string;
}

export function bandwidthOf(change: ResourceChange, value: (name: string) => unknown): Bandwidth {
  const id = knownText(value('ipv6_address_id'));
  const text = (name: string, known: unknown) => change.isSensitive(name) ? SENSITIVE : known === undefined ? KNOWN_AFTER_APPLY : String(known);
  const [mbps, chargeType] = [value('bandwidth'), knownText(value('internet_charge_type'))];
  const knownMbps = typeof mbps === 'number' && Number.isFinite(mbps) ? mbps : undefined;
  return {
    change,
    id,
    address: text('ipv6_address_id', id),
    mbps: knownMbps,
    chargeType,
    gatewayId: knownText(value('ipv6_gateway_id')),
    mbpsText: text('bandwidth', knownMbps),
    chargeTypeText: text('internet_charge_type', chargeType),
  };
}

/** The fact that the rules check. */
export function factOf(bandwidth: Bandwidth, places: Places, inbound: Inbound, reason?: string, ports?: Ports): BandwidthFact {
  const { change, id, mbps, chargeType, gatewayId } = bandwidth;
  return {
    ...placeOnly(places, change),
    address: id,
    addresses: 1,
    mbps: shown(change, 'bandwidth', mbps),
    chargeType: shown(change, 'internet_charge_type', chargeType),
    gateway: shown(change, 'ipv6_gateway_id', gatewayId),
    inbound,
    reason,
    ports,
  };
}

/** An address as a state or an account has it. */
type Standing = Omit<ExposureRow, 'effect' | 'before' | 'after' | 'reason' | 'mbps' | 'chargeType'> & {
  readonly verdict: InboundVerdict;
  readonly mbps: number | undefined;
  readonly mbpsText: string;
  readonly chargeTypeText: string;
};

/** The row of an address that stays as it is. */
export function standingRow({ verdict: { inbound, reason }, mbps, mbpsText, chargeTypeText, ...row }: Standing): ExposureRow {
  const access: Access = mbps === 0 ? 'none' : inbound;
  return {
    ...row,
    effect: 'unchanged',
    before: access,
    after: access,
    reason: inbound === 'closed' ? undefined : reason,
    mbps: { before: mbpsText, after: mbpsText },
    chargeType: { before: chargeTypeText, after: chargeTypeText },
  };
}

/** A finding would print a sensitive value: to the rules it is unknown. */
function shown<T>(change: ResourceChange, argument: string, value: T): T | undefined {
  return change.isSensitive(argument) ? undefined : value;
}

/** The rows of the load balancers that have a public IPv6 address before or after the apply. */
export function loadBalancerRows(changes: readonly ResourceChange[], places: Places, isWritten: IsWritten): ExposureRow[] {
  return changes.flatMap((change): ExposureRow[] => {
    const [had, has] = [
      serviceBefore(change),
      change.lasts ? serviceAfter(change, isWritten) : change.is('forget') || change.deferred !== undefined ? serviceBefore(change) : undefined,
    ];
    if ((had ?? has)?.kind !== 'load balancer') return [];
    return [{
      address: 'load balancer',
      effect: had === undefined ? 'opens' : has === undefined ? 'closes' : change.keepsObject ? 'unchanged' : 'replaces',
      before: had ? 'open' : 'none',
      after: has ? has.isUnknown ? 'unproven' : 'open' : 'none',
      reason: has?.isUnknown ? 'whether its IPv6 address is public is known after apply' : undefined,
      notes: has ? ['load balancer: its listeners and security groups are not checked'] : [],
      resources: [change.address],
      constructPath: places.placeOf(change).constructPath,
      mbps: {},
      chargeType: {},
    }];
  });
}

function serviceBefore({ type, before }: ResourceChange): PublicService | undefined {
  return before && publicService(type, (argument) => before[argument]);
}

/** An argument that is unknown and not written gets the service's default. */
function serviceAfter(change: ResourceChange, isWritten: IsWritten): PublicService | undefined {
  return publicService(change.type, (argument) => {
    const value = change.planned(argument);
    return value === UNKNOWN && !isWritten(change)(argument) ? undefined : value;
  });
}

export function placeOnly(places: Places, resource: { readonly address: string; readonly configAddress: string }): Place {
  const { path, block, subject, isInModule } = places.placeOf(resource);
  return { path, block, subject, isInModule };
}

/** Returns true if the configuration has an argument of a resource. */
type IsWritten = (resource: ResourceChange) => (argument: string) => boolean;

/** The rules and gateways that exist after the apply, and the load balancers and services with public IPv6. */
export function otherFacts(changes: readonly ResourceChange[], places: Places, isWritten: IsWritten): Omit<ExposureFacts, 'bandwidths'> {
  const lasting = changes.filter(({ lasts }) => lasts);
  return {
    egressOnlyRules: lasting.filter(({ type }) => type === EGRESS_RULE)
      .map((change) => ({ ...placeOnly(places, change), rules: 1, gateway: shown(change, 'ipv6_gateway_id', knownText(change.planned('ipv6_gateway_id'))) })),
    gateways: lasting.filter(({ type }) => type === GATEWAY).flatMap((change) => {
      const gateway = knownText(change.planned('id'));
      return gateway === undefined ? [] : [{ ...placeOnly(places, change), gateway }];
    }),
    opaque: lasting.flatMap((change) => {
      const service = serviceAfter(change, isWritten);
      return service ? [{ ...placeOnly(places, change), kind: service.kind }] : [];
    }),
  };
}

export function knownText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

import { Ports } from './ports';

/**
 * Whether the Internet can open connections to an address.
 *
 * `unproven`: an egress-only rule may deny them, and the witness cannot prove it. The rules treat it as open.
 */
export type Inbound = 'open' | 'closed' | 'unproven';

/** A verdict of a witness. */
export interface InboundVerdict {
  readonly inbound: Inbound;
  /** Why inbound is open or unproven, or closed without an egress-only rule. */
  readonly reason?: string;
}

/** The verdict on bandwidth of 0 Mbit/s. */
export const PRIVATE: InboundVerdict = { inbound: 'closed', reason: '0 Mbit/s: the address is private' };

/** What a finding names, and where it is acknowledged. */
export interface Place {
  /** The path of the construct; the Terraform address, where no program is known. Rules apply to a path and to all paths below it. */
  readonly path: string;
  /** The Terraform address or the id that an acknowledgement must name as well, because the path is not the thing's own. */
  readonly block?: string;
  /** The name that messages and tables show. */
  readonly subject: string;
  /** Whether a module contains it: an acknowledgement of the module covers it. */
  readonly isInModule?: boolean;
}

/** The Internet bandwidth that one block or one address has. An undefined value is unknown. */
export interface BandwidthFact extends Place {
  /** The id of the address. */
  readonly address?: string;
  /** The number of addresses; unknown for a `for_each` whose keys the witness does not know. */
  readonly addresses?: number;
  /** Mbit/s of each address. */
  readonly mbps?: number;
  readonly chargeType?: string;
  /** The name of the gateway: two facts with one name are about one gateway. */
  readonly gateway?: string;
  readonly inbound: Inbound;
  /** Why inbound is open or unproven. */
  readonly reason?: string;
  /** How to deny inbound; the rule has a general answer where the witness has none. */
  readonly remediation?: string;
  /** What its security groups let in; undefined for a closed address, and in a program. */
  readonly ports?: Ports;
  /** Whether no construct of this library wrote it. Only the program knows that. */
  readonly isHandWritten?: boolean;
  /** Whether the bandwidth itself is outside of what the witness reads: only its inbound side is known. */
  readonly isElsewhere?: boolean;
}

/** The egress-only rules of one block. */
export interface EgressOnlyRuleFact extends Place {
  /** The number of rules. */
  readonly rules?: number;
  readonly gateway?: string;
}

/** A gateway whose own block the witness knows. */
export interface GatewayFact extends Place {
  readonly gateway: string;
}

/** Something that may give addresses access to the Internet, and that the witness cannot look into. */
export interface OpaqueFact extends Place {
  readonly kind: 'module' | 'file' | 'load balancer' | 'service';
}

/** Everything that a program, a plan or a state says about exposure. */
export interface ExposureFacts {
  readonly bandwidths: readonly BandwidthFact[];
  readonly egressOnlyRules: readonly EgressOnlyRuleFact[];
  readonly gateways: readonly GatewayFact[];
  readonly opaque: readonly OpaqueFact[];
}

/** Whether a path is a scope or is below it. The empty scope is everything. */
export function isIn(path: string, scope: string): boolean {
  return scope === '' || path === scope || path.startsWith(`${scope}/`);
}

import { Ports } from './ports';

/**
 * Verdict on connections from the Internet to an address.
 *
 * `unproven`: an egress-only rule may deny them, and the witness cannot prove it. The rules treat it as open.
 */
export type Inbound = 'open' | 'closed' | 'unproven';

/** A verdict of a witness. */
export interface InboundVerdict {
  readonly inbound: Inbound;
  /** Reason of an open or unproven verdict, and of a closed one without an egress-only rule. */
  readonly reason?: string;
}

/** The verdict on bandwidth of 0 Mbit/s. */
export const PRIVATE: InboundVerdict = { inbound: 'closed', reason: '0 Mbit/s: the address is private' };

/** The place that a finding names, and where it is acknowledged. */
export interface Place {
  /** The path of the construct; the Terraform address, where no program is known. Rules apply to a path and to all paths below it. */
  readonly path: string;
  /** The Terraform address or the id that an acknowledgement must name as well, because the path is not the thing's own. */
  readonly block?: string;
  /** The name that messages and tables show. */
  readonly subject: string;
  /** True if a module contains it: an acknowledgement of the module covers it. */
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
  /** Reason of an open or unproven verdict. */
  readonly reason?: string;
  /** Fix that denies inbound.
   *
   * @default - the general fix of the rule */
  readonly remediation?: string;
  /** Ports that its security groups accept; undefined for a closed address, and in a program. */
  readonly ports?: Ports;
  /** True if no construct of this library writes it. Only a program sets it. */
  readonly isHandWritten?: boolean;
  /** True if the witness reads the inbound side only, because the bandwidth is elsewhere. */
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

/** The exposure in a program, a plan, a state or an account. */
export interface ExposureFacts {
  readonly bandwidths: readonly BandwidthFact[];
  readonly egressOnlyRules: readonly EgressOnlyRuleFact[];
  readonly gateways: readonly GatewayFact[];
  readonly opaque: readonly OpaqueFact[];
}

/** Returns true for a path that is a scope or is below it. The empty scope contains everything. */
export function isIn(path: string, scope: string): boolean {
  return scope === '' || path === scope || path.startsWith(`${scope}/`);
}

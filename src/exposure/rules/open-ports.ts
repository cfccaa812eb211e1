import { Opening, reachedByMoreThan, showOpenings, withoutPorts } from '../ports';
import { ExposureRule, LimitType } from '../rule';

/** The ports that senders on the Internet may reach. */
export interface AllowedPorts {
  readonly tcp?: readonly number[];
  readonly udp?: readonly number[];
  readonly icmpv6?: boolean;
  /** The length of a source prefix from which on its senders are few enough to reach any port. @default 48 */
  readonly narrowPrefixLength?: number;
}

const NARROW = 48;

const isPorts = (ports: unknown) => ports === undefined || (Array.isArray(ports) && ports.every((port) => isWithin(port, 1, 65_535)));

export const ALLOWED_PORTS: LimitType = {
  accepts: (limit) => {
    if (typeof limit !== 'object' || limit === null || Array.isArray(limit)) return false;
    const { tcp, udp, icmpv6, narrowPrefixLength, ...others } = limit as Readonly<Record<string, unknown>>;
    return Object.keys(others).length === 0 && isPorts(tcp) && isPorts(udp) && ['undefined', 'boolean'].includes(typeof icmpv6)
      && (narrowPrefixLength === undefined || isWithin(narrowPrefixLength, 1, 128));
  },
  description: 'an object with tcp and udp (lists of ports from 1 to 65535), icmpv6 (true or false), and narrowPrefixLength (from 1 to 128)',
};

export const openPortsAllowed: ExposureRule<AllowedPorts> = {
  id: 'Ipv6OpenPorts',
  why: 'An open address is as exposed as the ports that its security groups accept.',
  setBy: 'allowedPorts',
  limitType: ALLOWED_PORTS,
  onlyIn: 'deployment',
  checkBandwidth: ({ inbound, ports }, allowed) => {
    if (inbound === 'closed') return undefined;
    const excess = excessOf(ports?.openings ?? [], allowed);
    const [unknown] = ports?.unknown ?? ['its security groups are unknown'];
    if (excess.length === 0 && unknown === undefined) return undefined;
    return {
      actual: excess.length > 0 ? showOpenings(excess) : `unknown ports (${unknown})`,
      limit: limitOf(allowed),
      remediation: excess.length > 0 ? 'delete or narrow the ingress rules of its security groups, or add an egress-only rule' : 'check the state after the apply, or the account',
      isUnknown: inbound === 'unproven' || excess.length === 0,
    };
  },
  checkOpaque: ({ kind }, allowed) => kind !== 'load balancer' && kind !== 'service' ? undefined : {
    actual: 'the ports of its listeners, which are not checked',
    limit: limitOf(allowed),
    remediation: 'check its listeners, or make its IPv6 address private',
    isUnknown: true,
  },
};

function excessOf(openings: readonly Opening[], { tcp = [], udp = [], icmpv6 = false, narrowPrefixLength = NARROW }: AllowedPorts): Opening[] {
  return reachedByMoreThan(narrowPrefixLength, openings).flatMap((opening) => {
    switch (opening.protocol) {
      case 'tcp': return withoutPorts(opening, tcp);
      case 'udp': return withoutPorts(opening, udp);
      case 'icmpv6': return icmpv6 ? [] : [opening];
      default: return [opening];
    }
  });
}

function limitOf({ tcp = [], udp = [], icmpv6 = false, narrowPrefixLength = NARROW }: AllowedPorts): string {
  const ports = [...tcp.map((port) => `tcp ${port}`), ...udp.map((port) => `udp ${port}`), ...icmpv6 ? ['icmpv6'] : []];
  return `${ports.join(', ') || 'no port'} from a prefix shorter than /${narrowPrefixLength}`;
}

function isWithin(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}

import { BOOLEAN, ExposureRule } from '../rule';

export const egressOnlyRequired: ExposureRule<boolean> = {
  id: 'Ipv6EgressOnlyRequired',
  why: 'Bandwidth without an egress-only rule lets the whole Internet open connections to the address.',
  setBy: 'egressOnlyRequired',
  defaultLimit: true,
  limitType: BOOLEAN,
  checkBandwidth: ({ inbound, reason, remediation = 'add an egress-only rule' }) => inbound === 'closed' ? undefined : {
    actual: `${inbound === 'open' ? 'the Internet can open connections to the address' : 'inbound is not provably closed'}${reason ? ` (${reason})` : ''}`,
    limit: 'outbound only',
    remediation,
    isUnknown: inbound === 'unproven',
  },
  checkOpaque: ({ kind }) => kind !== 'load balancer' && kind !== 'service' ? undefined : {
    actual: kind === 'service' ? 'a service with a public IPv6 address of its own, which is not checked' : 'a load balancer with a public IPv6 address',
    limit: 'outbound only',
    remediation: 'make its IPv6 address private',
    isUnknown: kind === 'service',
  },
};

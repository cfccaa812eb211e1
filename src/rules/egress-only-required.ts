import { ExposureRule } from './exposure-rule';

export const egressOnlyRequired: ExposureRule = {
  id: 'Ipv6EgressOnlyRequired',
  why: 'Bandwidth without an egress-only rule lets the whole Internet open connections to the address, whatever it was bought for.',
  setBy: 'egressOnlyRequired',
  checkBandwidth: ({ egressOnly, foundBy, handWritten }, limits) => {
    if (!limits.egressOnlyRequired || egressOnly) return undefined;
    return {
      seen: 'the Internet can open connections to the address',
      limit: 'outbound only',
      wayOut: handWritten
        ? 'write it as an Ipv6InternetBandwidth with egressOnly: true'
        : foundBy === 'owned'
          ? 'take the address of an instance, with egressOnly: true (an address that belongs to none can have no egress-only rule)'
          : 'write egressOnly: true',
    };
  },
};

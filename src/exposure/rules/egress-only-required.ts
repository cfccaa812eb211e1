import { BOOLEAN, ExposureRule } from '../exposure-rule';

export const egressOnlyRequired: ExposureRule<'egressOnlyRequired'> = {
  id: 'Ipv6EgressOnlyRequired',
  why: 'Bandwidth without an egress-only rule lets the whole Internet open connections to the address, whatever it was bought for.',
  setBy: 'egressOnlyRequired',
  defaultLimit: true,
  limitType: BOOLEAN,
  checkBandwidth: ({ openBecause, foundBy, handWritten }) => {
    if (openBecause === undefined) return undefined;
    return {
      actual: 'the Internet can open connections to the address',
      limit: 'outbound only',
      remediation: handWritten
        ? 'write it as an Ipv6InternetBandwidth with egressOnly: true'
        : foundBy === 'owned'
          ? 'take the address of an instance, with egressOnly: true (an address that belongs to none can have no egress-only rule)'
          : 'write egressOnly: true',
    };
  },
};

import { ExposureRule, WHOLE_NUMBER } from '../rule';

export const bandwidthPerAddress: ExposureRule<number> = {
  id: 'Ipv6BandwidthPerAddress',
  why: 'Each Mbit/s costs money, and limits what one address can send; it can receive at least 10 Mbit/s.',
  setBy: 'maxBandwidthPerAddress',
  limitType: WHOLE_NUMBER,
  checkBandwidth: ({ mbps, isElsewhere }, max) => isElsewhere || (mbps !== undefined && mbps <= max) ? undefined : {
    actual: mbps === undefined ? 'unknown Mbit/s' : `${mbps} Mbit/s`,
    limit: `${max} Mbit/s for an address`,
    remediation: mbps === undefined ? 'write the Mbit/s as a number' : 'lower bandwidth',
    isUnknown: mbps === undefined,
  },
};

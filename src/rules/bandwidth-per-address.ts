import { ExposureRule, KNOWN_TO_TERRAFORM_ONLY } from './exposure-rule';

export const bandwidthPerAddress: ExposureRule = {
  id: 'Ipv6BandwidthPerAddress',
  why: 'Mbit/s are paid for, and are what an attack or a leak through one address can carry.',
  setBy: 'maxBandwidthPerAddress',
  checkBandwidth: ({ bandwidth: { text, value } }, { maxBandwidthPerAddress: max }) => {
    if (max === undefined || (value !== undefined && value <= max)) return undefined;
    return {
      seen: value === undefined ? `${text} Mbit/s, ${KNOWN_TO_TERRAFORM_ONLY}` : `${value} Mbit/s`,
      limit: `${max} Mbit/s for an address`,
      wayOut: value === undefined ? 'write the Mbit/s as a number' : 'lower bandwidth',
    };
  },
};

import { KNOWN_TO_TERRAFORM_ONLY } from '../exposure';
import { ExposureRule, WHOLE_NUMBER } from '../exposure-rule';

export const bandwidthPerAddress: ExposureRule<'maxBandwidthPerAddress'> = {
  id: 'Ipv6BandwidthPerAddress',
  why: 'Mbit/s are paid for, and are what an attack or a leak through one address can carry.',
  setBy: 'maxBandwidthPerAddress',
  limitType: WHOLE_NUMBER,
  checkBandwidth: ({ mbps: { text, value, key }, mbpsAtPlan }, max) => {
    if ((value ?? mbpsAtPlan ?? Infinity) <= max) return undefined;
    return {
      actual: value === undefined ? `${text} Mbit/s, ${KNOWN_TO_TERRAFORM_ONLY}` : `${value} Mbit/s`,
      limit: `${max} Mbit/s for an address`,
      remediation: value === undefined ? 'write the Mbit/s as a number, or an Ipv6InternetBandwidth, whose plan checks them' : 'lower bandwidth',
      cause: value === undefined ? key : undefined,
    };
  },
};

import { ExposureRule, KNOWN_TO_TERRAFORM_ONLY } from './exposure-rule';

export const chargeTypeAllowed: ExposureRule = {
  id: 'Ipv6ChargeTypeAllowed',
  why: 'What traffic costs has no ceiling when it is paid for by traffic, and what is idle costs all the same when it is paid for by bandwidth.',
  setBy: 'allowedChargeTypes',
  checkBandwidth: ({ chargeType: { literal, text } }, { allowedChargeTypes }) => {
    if (!allowedChargeTypes || (literal !== undefined && allowedChargeTypes.includes(literal))) return undefined;
    return {
      seen: literal ?? `${text}, ${KNOWN_TO_TERRAFORM_ONLY}`,
      limit: allowedChargeTypes.join(' or '),
      wayOut: literal === undefined ? 'write the charge type out' : 'change internetChargeType (it replaces the bandwidth)',
    };
  },
};

import { ExposureRule, KNOWN_TO_TERRAFORM_ONLY } from '../exposure-rule';

export const chargeTypeAllowed: ExposureRule<'allowedChargeTypes'> = {
  id: 'Ipv6ChargeTypeAllowed',
  why: 'What traffic costs has no ceiling when it is paid for by traffic, and what is idle costs all the same when it is paid for by bandwidth.',
  setBy: 'allowedChargeTypes',
  limitType: { accepts: (limit) => Array.isArray(limit), description: 'a list of charge types' },
  checkBandwidth: ({ chargeType: { literal, text } }, allowed) => {
    if (literal !== undefined && (allowed as string[]).includes(literal)) return undefined;
    return {
      actual: literal ?? `${text}, ${KNOWN_TO_TERRAFORM_ONLY}`,
      limit: allowed.join(' or '),
      remediation: literal === undefined ? 'write the charge type out' : 'change internetChargeType (it replaces the bandwidth)',
    };
  },
};

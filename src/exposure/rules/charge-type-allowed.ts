import { KNOWN_TO_TERRAFORM_ONLY } from '../exposure';
import { ExposureRule } from '../exposure-rule';

export const chargeTypeAllowed: ExposureRule<'allowedChargeTypes'> = {
  id: 'Ipv6ChargeTypeAllowed',
  why: 'What traffic costs has no ceiling when it is paid for by traffic, and what is idle costs all the same when it is paid for by bandwidth.',
  setBy: 'allowedChargeTypes',
  limitType: { accepts: (limit) => Array.isArray(limit), description: 'a list of charge types' },
  checkBandwidth: ({ chargeType: { literal, text, key }, chargeTypesAtPlan }, allowed) => {
    const possible = literal === undefined ? chargeTypesAtPlan : [literal];
    if (possible?.every((type) => (allowed as string[]).includes(type))) return undefined;
    return {
      actual: literal ?? `${text}, ${KNOWN_TO_TERRAFORM_ONLY}`,
      limit: allowed.join(' or '),
      remediation: literal === undefined ? 'write the charge type out, or an Ipv6InternetBandwidth, whose plan checks it' : 'change internetChargeType (it replaces the bandwidth)',
      cause: literal === undefined ? key : undefined,
    };
  },
};

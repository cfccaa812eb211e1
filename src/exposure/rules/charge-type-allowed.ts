import { CHARGE_TYPES, ExposureRule } from '../rule';

export const chargeTypeAllowed: ExposureRule<readonly string[]> = {
  id: 'Ipv6ChargeTypeAllowed',
  why: 'PayByTraffic has no upper limit of cost, and PayByBandwidth costs the same when it is idle.',
  setBy: 'allowedChargeTypes',
  limitType: CHARGE_TYPES,
  checkBandwidth: ({ chargeType, isElsewhere }, allowed) => isElsewhere || (chargeType !== undefined && allowed.includes(chargeType)) ? undefined : {
    actual: chargeType ?? 'an unknown charge type',
    limit: allowed.join(' or '),
    remediation: chargeType === undefined ? 'write the charge type as a literal' : 'change internetChargeType, which replaces the bandwidth',
    isUnknown: chargeType === undefined,
  },
};

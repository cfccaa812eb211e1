import { MAX_EGRESS_ONLY_RULES } from '../../api/limits';
import { ExposureRule, WHOLE_NUMBER } from '../rule';
import { showSum } from '../totals';

export const egressOnlyRulesPerGateway: ExposureRule<number> = {
  id: 'Ipv6EgressOnlyRulesPerGateway',
  why: 'The service refuses rules beyond the quota of a gateway during apply, and the remaining addresses stay open.',
  setBy: 'maxEgressOnlyRulesPerGateway',
  defaultLimit: MAX_EGRESS_ONLY_RULES,
  limitType: WHOLE_NUMBER,
  // An unknown number of rules is rarely above the quota, and the service itself refuses it: no finding.
  checkGateway: ({ egressOnlyRules, atMost }, max) => atMost.egressOnlyRules.known <= max ? undefined : {
    actual: `${showSum(atMost.egressOnlyRules)} egress-only rules`,
    limit: `${max} egress-only rules for a gateway`,
    remediation: 'spread the addresses over VPCs, or raise the quota and set maxEgressOnlyRulesPerGateway',
    isUnknown: egressOnlyRules.known <= max,
  },
};

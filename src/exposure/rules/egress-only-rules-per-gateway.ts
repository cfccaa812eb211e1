import { MAX_EGRESS_ONLY_RULES } from '../../api/limits';
import { ExposureRule, WHOLE_NUMBER } from '../exposure-rule';

export const egressOnlyRulesPerGateway: ExposureRule<'maxEgressOnlyRulesPerGateway'> = {
  id: 'Ipv6EgressOnlyRulesPerGateway',
  why: 'The service refuses more egress-only rules than a gateway\'s quota during apply, and the addresses left over stay open to the Internet.',
  setBy: 'maxEgressOnlyRulesPerGateway',
  defaultLimit: MAX_EGRESS_ONLY_RULES,
  limitType: WHOLE_NUMBER,
  checkGateway: ({ egressOnlyRules }, max) => {
    if (egressOnlyRules <= max) return undefined;
    return {
      actual: `${egressOnlyRules} egress-only rules`,
      limit: `${max} egress-only rules for a gateway`,
      remediation: 'spread the addresses over VPCs, or have the quota raised and say so with maxEgressOnlyRulesPerGateway',
    };
  },
};

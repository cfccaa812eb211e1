import { ExposureRule } from './exposure-rule';

export const egressOnlyRulesPerGateway: ExposureRule = {
  id: 'Ipv6EgressOnlyRulesPerGateway',
  why: 'The service refuses more egress-only rules than a gateway\'s quota during apply, and the addresses left over stay open to the Internet.',
  setBy: 'maxEgressOnlyRulesPerGateway',
  checkGateway: ({ egressOnlyRules }, { maxEgressOnlyRulesPerGateway: max }) => {
    if (egressOnlyRules <= max) return undefined;
    return {
      seen: `${egressOnlyRules} egress-only rules`,
      limit: `${max} egress-only rules for a gateway`,
      wayOut: 'spread the addresses over VPCs, or have the quota raised and say so with maxEgressOnlyRulesPerGateway',
    };
  },
};

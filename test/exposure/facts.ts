import { BandwidthFact, ExposureFacts } from '../../src/exposure/facts';
import { Acknowledgement, AppliedRule, Finding, judge } from '../../src/exposure/findings';
import { ruleOf } from '../../src/exposure/rules';

const NONE: ExposureFacts = { bandwidths: [], egressOnlyRules: [], gateways: [], opaque: [] };

/** A closed bandwidth of 10 Mbit/s. */
export function bandwidthFact(differences: Partial<BandwidthFact> = {}): BandwidthFact {
  const path = differences.path ?? 'stack/B';
  return {
    path, subject: path, address: 'ipv6-1', addresses: 1, mbps: 10, chargeType: 'PayByBandwidth', gateway: 'ipv6gw-1', inbound: 'closed', ...differences,
  };
}

export function applied(ruleId: string, limit: unknown, differences: Partial<AppliedRule> = {}): AppliedRule {
  return { rule: ruleOf(ruleId)!, limit, severity: 'error', unknownSeverity: 'warning', scope: '', ...differences };
}

export function findingsIn(facts: Partial<ExposureFacts>, rules: AppliedRule[], acknowledgements: Acknowledgement[] = []): Finding[] {
  return judge({ ...NONE, ...facts }, rules, acknowledgements).findings;
}

/** Where the findings are, the values found, and whether they are unknown. */
export function shown(findings: Finding[]): [string, string, boolean][] {
  return findings.map(({ place: { subject }, actual, isUnknown }) => [subject, actual, isUnknown]);
}

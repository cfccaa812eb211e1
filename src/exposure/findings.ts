import { IConstruct } from 'constructs';
import { ExposedBandwidth, ExposedEgressRule, Exposure } from './exposure';
import { Ipv6ExposureRulesProps } from './exposure-limits';
import { ExposureRule, GatewayTotal, KNOWN_TO_TERRAFORM_ONLY, Violation } from './exposure-rule';
import { EXPOSURE_RULES } from './rules';

/** What a rule found. */
export interface Finding extends Violation {
  readonly ruleId: string;
  /** The construct that it names, and that it can be acknowledged at. */
  readonly construct: IConstruct;
  readonly path: string;
}

/** A rule with its limit. */
interface AppliedRule {
  readonly rule: ExposureRule;
  readonly limit: any;
}

/** The rules that a policy applies: those whose limit is set, or has a default, and is not false. */
export function appliedRules(limits: Ipv6ExposureRulesProps): AppliedRule[] {
  return EXPOSURE_RULES
    .map((rule) => ({ rule, limit: limits[rule.setBy as keyof Ipv6ExposureRulesProps] ?? rule.defaultLimit }))
    .filter(({ limit }) => limit !== undefined && limit !== false);
}

/** What the rules find in an exposure. */
export function findingsIn({ bandwidths, egressRules }: Exposure, limits: Ipv6ExposureRulesProps): Finding[] {
  const findings: Finding[] = [];
  const rules = appliedRules(limits);
  for (const bandwidth of bandwidths) {
    for (const { rule, limit } of rules) {
      const violation = rule.checkBandwidth?.(bandwidth, limit);
      if (violation) findings.push({ ruleId: rule.id, construct: bandwidth.construct, path: bandwidth.path, ...violation });
    }
  }
  for (const total of totalsOf(bandwidths, egressRules)) {
    for (const { rule, limit } of rules) {
      const violation = rule.checkGateway?.(total, limit);
      if (!violation) continue;
      const path = total.construct.node.path || 'app';
      const actual = path === total.label ? violation.actual : `${total.label} has ${violation.actual}`;
      findings.push({ ruleId: rule.id, construct: total.construct, path, ...violation, actual });
    }
  }
  return findings;
}

/** The totals of the gateways; gateways that only Terraform knows count as one. */
function totalsOf(bandwidths: readonly ExposedBandwidth[], egressRules: readonly ExposedEgressRule[]): GatewayTotal[] {
  const totals = new Map<string, { -readonly [K in keyof GatewayTotal]: GatewayTotal[K] }>();
  const totalOf = ({ gateway, construct }: ExposedBandwidth | ExposedEgressRule) => {
    const { key, label, construct: ofGateway } = gateway ?? { key: '', label: `a gateway ${KNOWN_TO_TERRAFORM_ONLY}`, construct: undefined };
    let total = totals.get(key);
    if (!total) totals.set(key, total = { construct: ofGateway ?? construct, label, mbps: 0, unknownBandwidths: 0, egressOnlyRules: 0 });
    if (!ofGateway) total.construct = commonScope(total.construct, construct);
    return total;
  };
  for (const bandwidth of bandwidths) {
    // Without a gateway that the synthesis knows, the rule finds the bandwidth itself.
    if (!bandwidth.gateway) continue;
    const total = totalOf(bandwidth);
    if (bandwidth.mbps.value === undefined || bandwidth.addresses.value === undefined) total.unknownBandwidths++;
    else total.mbps += bandwidth.mbps.value * bandwidth.addresses.value;
  }
  for (const egressRule of egressRules) totalOf(egressRule).egressOnlyRules += egressRule.rules.value ?? 1;
  return [...totals.values()];
}

/** The innermost construct that holds both. */
function commonScope(one: IConstruct, other: IConstruct): IConstruct {
  if (one === other) return one;
  const others = new Set(other.node.scopes);
  return one.node.scopes.reverse().find((scope) => others.has(scope)) ?? one.node.root;
}

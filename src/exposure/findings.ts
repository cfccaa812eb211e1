import { ExposureFacts, isIn, Place } from './facts';
import { ExposureRule, Violation } from './rule';
import { moduleReviewed } from './rules/module-reviewed';
import { gatewayTotals } from './totals';

export type Severity = 'error' | 'warning';

/** A rule with its limit, for one scope. */
export interface AppliedRule {
  readonly rule: ExposureRule;
  readonly limit: unknown;
  readonly severity: Severity;
  /** The severity of a finding whose value is unknown or unproven. */
  readonly unknownSeverity: Severity;
  /** The path of the construct that the rule was added to; empty for everything. */
  readonly scope: string;
}

/** The reason why a finding may stay. */
export interface Acknowledgement {
  readonly ruleId: string;
  readonly reason: string;
  readonly path: string;
  readonly block?: string;
}

/** A violation of a rule, with its place. */
export interface Finding extends Violation {
  readonly ruleId: string;
  readonly place: Place;
  readonly severity: Severity;
  readonly acknowledgement?: Acknowledgement;
}

/** Returns the violations in the facts, and the stale acknowledgements: their rule applies to their path, and they match no finding. */
export function judge(
  facts: ExposureFacts, rules: readonly AppliedRule[], acknowledgements: readonly Acknowledgement[],
): { readonly findings: Finding[]; readonly stale: Acknowledgement[] } {
  const byKey = new Map(acknowledgements.map((acknowledgement) => [keyOf(acknowledgement.ruleId, acknowledgement), acknowledgement]));
  const used = new Set<Acknowledgement>();
  const findings: Finding[] = [];
  const add = ({ rule: { id: ruleId }, severity, unknownSeverity }: AppliedRule, place: Place, violation: Violation | undefined): void => {
    if (!violation) return;
    const acknowledgement = byKey.get(keyOf(ruleId, place)) ?? (place.isInModule ? byKey.get(keyOf(moduleReviewed.id, place)) : undefined);
    if (acknowledgement) used.add(acknowledgement);
    findings.push({ ...violation, ruleId, place, severity: violation.isUnknown ? unknownSeverity : severity, acknowledgement });
  };

  for (const applied of rules) {
    const { rule, limit, scope } = applied;
    const inScope = <T extends Place>(places: readonly T[]) => places.filter(({ path }) => isIn(path, scope));
    const part: ExposureFacts = {
      bandwidths: inScope(facts.bandwidths), egressOnlyRules: inScope(facts.egressOnlyRules), gateways: facts.gateways, opaque: inScope(facts.opaque),
    };
    if (rule.checkBandwidth) part.bandwidths.forEach((bandwidth) => add(applied, bandwidth, rule.checkBandwidth!(bandwidth, limit)));
    if (rule.checkOpaque) part.opaque.forEach((opaque) => add(applied, opaque, rule.checkOpaque!(opaque, limit)));
    if (rule.checkGateway) gatewayTotals(part).forEach((total) => add(applied, total.place, rule.checkGateway!(total, limit)));
  }
  const isApplied = ({ ruleId, path }: Acknowledgement) => rules.some(({ rule, scope }) => rule.id === ruleId && isIn(path, scope));
  return { findings, stale: acknowledgements.filter((acknowledgement) => !used.has(acknowledgement) && isApplied(acknowledgement)) };
}

function keyOf(ruleId: string, { path, block = '' }: { readonly path: string; readonly block?: string }): string {
  return JSON.stringify([ruleId, path, block]);
}

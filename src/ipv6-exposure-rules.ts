import { IConstruct } from 'constructs';
import { addAcknowledgement, findAcknowledgement } from './exposure/acknowledgements';
import { exposureOf, partOf } from './exposure/exposure';
import { Ipv6ExposureRulesProps } from './exposure/exposure-limits';
import { ExposurePolicies } from './exposure/exposure-policies';
import { findingsIn } from './exposure/findings';
import { messageOf } from './exposure/problems';
import { EXPOSURE_RULES } from './exposure/rules';
import { isExpression } from './terraform/tokens';
import { WrittenApp } from './terraform/written-stack';
import { ConstructError } from './validation/construct-error';

/**
 * What a finding does to the synthesis.
 */
export enum Ipv6ExposureSeverity {
  /**
   * It stops.
   */
  ERROR = 'error',

  /**
   * It goes on, and a warning says so.
   */
  WARNING = 'warning',
}

/**
 * A rule of `Ipv6ExposureRules`.
 */
export interface Ipv6ExposureRule {
  /**
   * The id, such as `Ipv6EgressOnlyRequired`.
   */
  readonly id: string;

  /**
   * Why it matters.
   */
  readonly why: string;

  /**
   * The property of `Ipv6ExposureRules` that sets it.
   */
  readonly setBy: string;

  /**
   * What a finding does, unless `warnings` says otherwise.
   */
  readonly severity: Ipv6ExposureSeverity;
}

/**
 * What a rule found.
 */
export interface Ipv6ExposureFinding {
  /**
   * The id of the rule.
   */
  readonly ruleId: string;

  /**
   * The path of the construct that it names, and that it can be acknowledged at.
   */
  readonly constructPath: string;

  /**
   * The value found.
   */
  readonly actual: string;

  /**
   * What is allowed.
   */
  readonly limit: string;

  /**
   * What to write instead.
   */
  readonly remediation: string;

  /**
   * All of it in one sentence, as the synthesis says it.
   */
  readonly message: string;

  /**
   * What it does to the synthesis, unless it is acknowledged.
   */
  readonly severity: Ipv6ExposureSeverity;

  /**
   * Why it may stay.
   *
   * @default - it is not acknowledged
   */
  readonly acknowledgedReason?: string;
}

/**
 * What an acknowledgement needs.
 */
export interface Ipv6AcknowledgementOptions {
  /**
   * Why the finding may stay: who allowed it, and what for. It is part of the exposure report.
   */
  readonly reason: string;

  /**
   * The Terraform address of the block, such as `alicloud_vpc_ipv6_internet_bandwidth.web`, for a finding that names a stack: an
   * override of the stack or a custom element writes the block.
   *
   * @default - the finding names the construct alone
   */
  readonly block?: string;
}

/**
 * Rules for what an app, a stack, or a part of one may expose to the Internet over IPv6.
 *
 * The rules check the library's constructs, resources of any bindings, and overrides, at any depth and in all stacks, when the
 * app is synthesized: they read the Terraform that is written. A value that only Terraform knows, such as a variable, is checked by
 * conditions of the plan. What neither can decide is a finding, such as what is in a module. A finding that is meant to stay is acknowledged.
 */
export class Ipv6ExposureRules {
  /**
   * Adds rules to an app, a stack, or a part of one: `app.synth()` fails if they find something.
   *
   * So do `Testing.synth(stack, true)` and `Testing.fullSynth(stack)`, and a plan for what only Terraform knows. The rules of an app are
   * for all of its stacks, whether made before or after them.
   *
   * Throws where a limit is no whole number from 1, where `warnings` names no rule, and for an app with `skipValidation`.
   */
  public static addTo(scope: IConstruct, props: Ipv6ExposureRulesProps = {}): Ipv6ExposureRules {
    const rules = new Ipv6ExposureRules(scope, props);
    ExposurePolicies.of(scope).add({ scope, limits: props });
    return rules;
  }

  /**
   * Lets a finding stay, and says why. Only the very construct that the finding names is acknowledged, nothing below it.
   *
   * Throws without a reason, for an id that no rule has, and for a second acknowledgement of the same. Where a rule applies
   * and does not find the construct, an acknowledgement fails the synthesis.
   */
  public static acknowledge(construct: IConstruct, ruleId: string, options: Ipv6AcknowledgementOptions): void {
    const reason: unknown = options?.reason;
    if (typeof reason !== 'string' || reason.trim() === '' || isExpression(reason)) {
      throw new ConstructError(construct, {
        problem: `the acknowledgement of ${ruleId} needs a reason`,
        actual: reason,
        remediation: 'say who allowed it, and what for',
      });
    }
    checkRuleId(construct, ruleId);
    const { block } = options;
    if (findAcknowledgement({ construct, ruleId, block })) {
      throw new ConstructError(construct, { problem: `${ruleId} is acknowledged already`, actual: reason, remediation: 'keep one of the reasons' });
    }
    addAcknowledgement({ construct, ruleId, reason: reason.trim(), block });
  }

  /**
   * All rules, whether set or not.
   */
  public static catalog(): Ipv6ExposureRule[] {
    return EXPOSURE_RULES.map(({ id, why, setBy }) => ({ id, why, setBy, severity: Ipv6ExposureSeverity.ERROR }));
  }

  private constructor(private readonly scope: IConstruct, private readonly limits: Ipv6ExposureRulesProps) {
    for (const { setBy, limitType } of EXPOSURE_RULES) {
      const limit = limits[setBy as keyof Ipv6ExposureRulesProps];
      if (limit === undefined || limitType.accepts(limit)) continue;
      throw new ConstructError(scope, { problem: `${setBy} of Ipv6ExposureRules must be ${limitType.description}`, actual: limit, remediation: 'write it out: it must be known at synth' });
    }
    for (const ruleId of limits.warnings ?? []) checkRuleId(scope, ruleId);
  }

  /**
   * What these rules find in their scope as it is now, acknowledged or not: for a test, or before the synthesis.
   */
  public findings(): Ipv6ExposureFinding[] {
    return findingsIn(partOf(exposureOf(WrittenApp.ofConstructs(this.scope.node.root)), this.scope), this.limits).map((finding) => ({
      ruleId: finding.ruleId,
      constructPath: finding.path,
      actual: finding.actual,
      limit: finding.limit,
      remediation: finding.remediation,
      message: messageOf(finding),
      severity: this.limits.warnings?.includes(finding.ruleId) ? Ipv6ExposureSeverity.WARNING : Ipv6ExposureSeverity.ERROR,
      acknowledgedReason: findAcknowledgement(finding)?.reason,
    }));
  }
}

function checkRuleId(construct: IConstruct, ruleId: string): void {
  const ids = EXPOSURE_RULES.map(({ id }) => id);
  if (ids.includes(ruleId)) return;
  throw new ConstructError(construct, { problem: 'there is no such rule', actual: ruleId, remediation: `use one of ${ids.join(', ')}` });
}

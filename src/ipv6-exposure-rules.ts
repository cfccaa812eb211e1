import { IAspect } from 'cdktf';
import { IConstruct } from 'constructs';
import { InternetChargeType } from './internet-charge-type';
import { Acknowledgements } from './private/acknowledgements';
import { MAX_EGRESS_ONLY_RULES } from './private/api-limits';
import { ConstructError } from './private/construct-error';
import { exposureIn } from './private/exposure';
import { isExpression } from './private/expression';
import { stackOf } from './private/terraform-blocks';
import { EXPOSURE_RULES } from './rules';
import { ExposurePolicies, messageOf } from './rules/exposure-policies';
import { ExposureLimits } from './rules/exposure-rule';
import { Findings } from './rules/findings';

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
   * The value seen.
   */
  readonly seen: string;

  /**
   * What is allowed.
   */
  readonly limit: string;

  /**
   * What to do.
   */
  readonly wayOut: string;

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
}

/**
 * Properties of `Ipv6ExposureRules`.
 */
export interface Ipv6ExposureRulesProps {
  /**
   * Whether each address must have an egress-only rule, in the stack of its bandwidth (Ipv6EgressOnlyRequired).
   *
   * @default true
   */
  readonly egressOnlyRequired?: boolean;

  /**
   * Mbit/s that one address may have: a whole number from 1 (Ipv6BandwidthPerAddress).
   *
   * @default - what the API takes
   */
  readonly maxBandwidthPerAddress?: number;

  /**
   * Mbit/s that all addresses of one gateway may have together: a whole number from 1 (Ipv6BandwidthPerGateway).
   *
   * @default - any
   */
  readonly maxBandwidthPerGateway?: number;

  /**
   * The charge types that bandwidth may have (Ipv6ChargeTypeAllowed).
   *
   * @default - any
   */
  readonly allowedChargeTypes?: InternetChargeType[];

  /**
   * Egress-only rules that one gateway may have: a whole number from 1 (Ipv6EgressOnlyRulesPerGateway).
   *
   * @default 200
   * @see https://www.alibabacloud.com/help/en/ipv6-gateway/product-overview/limits
   */
  readonly maxEgressOnlyRulesPerGateway?: number;

  /**
   * Whether all bandwidth must be an `Ipv6InternetBandwidth`, and none a hand-written resource (Ipv6LibraryConstructRequired).
   *
   * @default true
   */
  readonly libraryConstructRequired?: boolean;

  /**
   * The ids of the rules that warn only.
   *
   * @default - none: a finding stops the synthesis
   */
  readonly warnings?: string[];
}

/**
 * What an app may expose to the Internet over IPv6: an aspect for an app, a stack, or a part of one.
 *
 * The rules see the library's constructs, resources of any bindings, and overrides, at any depth and in all stacks. They
 * look at each stack when all its aspects are done, and do not see into modules. A value that only Terraform knows cannot
 * be compared, and is a finding where it would have to be. The way round a finding is to acknowledge it.
 *
 * Throws where a limit is no whole number from 1, and where `warnings` names no rule.
 */
export class Ipv6ExposureRules implements IAspect {
  /**
   * Lets a finding stay, and says why. Only the very construct that the finding names is acknowledged, nothing below it.
   *
   * Throws without a reason, for an id that no rule has, and for a second acknowledgement of the same. An acknowledgement
   * that no finding answers to fails the synthesis.
   */
  public static acknowledge(construct: IConstruct, ruleId: string, options: Ipv6AcknowledgementOptions): void {
    const reason: unknown = options?.reason;
    if (typeof reason !== 'string' || reason.trim() === '' || isExpression(reason)) {
      throw new ConstructError(construct, {
        problem: `the acknowledgement of ${ruleId} needs a reason`,
        seen: reason,
        wayOut: 'say who allowed it, and what for',
      });
    }
    checkRuleId(ruleId, (problem, wayOut) => new ConstructError(construct, { problem, seen: ruleId, wayOut }));
    if (Acknowledgements.of(construct).find(construct, ruleId)) {
      throw new ConstructError(construct, { problem: `${ruleId} is acknowledged already`, seen: reason, wayOut: 'keep one of the reasons' });
    }
    Acknowledgements.of(construct).add({ construct, ruleId, reason: reason.trim() });
    // Whoever acknowledges wants to hear when there is nothing to acknowledge.
    ExposurePolicies.of(construct);
  }

  /**
   * All rules, whether set or not.
   */
  public static catalog(): Ipv6ExposureRule[] {
    return EXPOSURE_RULES.map(({ id, why, setBy }) => ({ id, why, setBy, severity: Ipv6ExposureSeverity.ERROR }));
  }

  private readonly limits: ExposureLimits;
  private readonly warnings: readonly string[];

  constructor(props: Ipv6ExposureRulesProps = {}) {
    for (const name of ['maxBandwidthPerAddress', 'maxBandwidthPerGateway', 'maxEgressOnlyRulesPerGateway'] as const) {
      const value = props[name];
      if (value !== undefined && !(Number.isInteger(value) && value >= 1)) {
        throw new Error(`Ipv6ExposureRules: ${name} must be a whole number from 1, got ${value}: it must be known at synth`);
      }
    }
    this.warnings = props.warnings ?? [];
    for (const ruleId of this.warnings) {
      checkRuleId(ruleId, (problem, wayOut) => new Error(`Ipv6ExposureRules: warnings: ${problem}, got ${JSON.stringify(ruleId)}: ${wayOut}`));
    }
    this.limits = {
      egressOnlyRequired: props.egressOnlyRequired ?? true,
      libraryConstructRequired: props.libraryConstructRequired ?? true,
      maxEgressOnlyRulesPerGateway: props.maxEgressOnlyRulesPerGateway ?? MAX_EGRESS_ONLY_RULES,
      maxBandwidthPerAddress: props.maxBandwidthPerAddress,
      maxBandwidthPerGateway: props.maxBandwidthPerGateway,
      allowedChargeTypes: props.allowedChargeTypes,
    };
    ExposurePolicies.register(this, { limits: this.limits, warnings: this.warnings });
  }

  /**
   * Called by cdktf for each construct.
   */
  public visit(node: IConstruct): void {
    const stack = stackOf(node);
    if (stack) ExposurePolicies.of(stack).watch(stack);
  }

  /**
   * What these rules find in a scope as it is now, acknowledged or not: for a test, or before the synthesis. Totals are those of the
   * scope.
   */
  public findings(scope: IConstruct): Ipv6ExposureFinding[] {
    return new Findings(this.limits).add(exposureIn(scope)).map((finding) => ({
      ruleId: finding.ruleId,
      constructPath: finding.path,
      seen: finding.seen,
      limit: finding.limit,
      wayOut: finding.wayOut,
      message: messageOf(finding),
      severity: this.warnings.includes(finding.ruleId) ? Ipv6ExposureSeverity.WARNING : Ipv6ExposureSeverity.ERROR,
      acknowledgedReason: Acknowledgements.of(finding.construct).find(finding.construct, finding.ruleId)?.reason,
    }));
  }
}

function checkRuleId(ruleId: string, error: (problem: string, wayOut: string) => Error): void {
  const ids = EXPOSURE_RULES.map(({ id }) => id);
  if (!ids.includes(ruleId)) throw error('there is no such rule', `use one of ${ids.join(', ')}`);
}

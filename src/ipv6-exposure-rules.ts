import { App } from 'cdktf';
import { IConstruct } from 'constructs';
import { AppliedRule } from './exposure/findings';
import { acknowledgementsOf, addAcknowledgement } from './exposure/program/acknowledgements';
import { findingsIn, messageOf, RulesOfApp } from './exposure/program/rules-of-app';
import { EXPOSURE_RULES, ruleOf } from './exposure/rules';
import { InternetChargeType } from './internet-charge-type';
import { isExpression } from './terraform/tokens';
import { ConstructError } from './validation/construct-error';

/** The effect of a finding on the synthesis. */
export enum Ipv6ExposureSeverity {
  /** The synthesis fails. */
  ERROR = 'error',

  /** The synthesis goes on, with a warning. */
  WARNING = 'warning',
}

/** Ports that the Internet may reach. */
export interface Ipv6AllowedPorts {
  /**
   * TCP ports from 1 to 65535.
   *
   * @default - none
   */
  readonly tcp?: number[];

  /**
   * UDP ports from 1 to 65535.
   *
   * @default - none
   */
  readonly udp?: number[];

  /**
   * Allows ICMPv6.
   *
   * @default false
   */
  readonly icmpv6?: boolean;

  /**
   * Length of a source prefix, from 1 to 128. A prefix of this length or longer may reach any port.
   *
   * @default 48
   */
  readonly narrowPrefixLength?: number;
}

/** Properties of `Ipv6ExposureRules`. */
export interface Ipv6ExposureRulesProps {
  /**
   * Requires an egress-only rule for each address, in the stack of its bandwidth (Ipv6EgressOnlyRequired).
   *
   * @default true
   */
  readonly egressOnlyRequired?: boolean;

  /**
   * Maximum Mbit/s of one address: a whole number from 1 (Ipv6BandwidthPerAddress).
   *
   * @default - the API's limit
   */
  readonly maxBandwidthPerAddress?: number;

  /**
   * Maximum Mbit/s of all addresses of one gateway together: a whole number from 1 (Ipv6BandwidthPerGateway).
   *
   * @default - no limit
   */
  readonly maxBandwidthPerGateway?: number;

  /**
   * Charge types that bandwidth may have (Ipv6ChargeTypeAllowed).
   *
   * @default - any
   */
  readonly allowedChargeTypes?: InternetChargeType[];

  /**
   * Ports that the security groups of an open address may accept from the Internet (Ipv6OpenPorts). The synthesis does not check them:
   * `alicloud-ipv6` does, in a plan, a state or an account.
   *
   * @default - any
   */
  readonly allowedPorts?: Ipv6AllowedPorts;

  /**
   * Maximum number of egress-only rules of one gateway: a whole number from 1 (Ipv6EgressOnlyRulesPerGateway).
   *
   * @default 200
   * @see https://www.alibabacloud.com/help/en/ipv6-gateway/product-overview/limits
   */
  readonly maxEgressOnlyRulesPerGateway?: number;

  /**
   * Requires `Ipv6InternetBandwidth` or `Ipv6InternetBandwidths` for all bandwidth, and no hand-written resource (Ipv6LibraryConstructRequired).
   *
   * @default true
   */
  readonly libraryConstructRequired?: boolean;

  /**
   * Requires an acknowledgement for each module, because the synthesis cannot read its resources (Ipv6ModuleReviewed).
   *
   * @default true
   */
  readonly moduleReviewed?: boolean;

  /**
   * Ids of rules whose findings are warnings.
   *
   * @default - none
   */
  readonly warnings?: string[];

  /**
   * Severity of findings whose value is unknown or unproven at synthesis, such as the value of a variable. Set it to `WARNING` if the pipeline runs
   * `alicloud-ipv6 exposure` on each plan. The command reads the values from the plan. A value that is not in the plan is an error.
   *
   * @default Ipv6ExposureSeverity.ERROR
   */
  readonly unknownValues?: Ipv6ExposureSeverity;
}

/** A rule of `Ipv6ExposureRules`. */
export interface Ipv6ExposureRule {
  /** The id, such as `Ipv6EgressOnlyRequired`. */
  readonly id: string;

  /** Reason of the rule. */
  readonly why: string;

  /** The property of `Ipv6ExposureRules` that sets the limit. */
  readonly setBy: string;
}

/** A violation of a rule, with its place. */
export interface Ipv6ExposureFinding {
  /** The id of the rule. */
  readonly ruleId: string;

  /** The path of the construct to acknowledge the finding at; empty for the app. */
  readonly constructPath: string;

  /**
   * The Terraform address or the id that an acknowledgement must name as its `block`.
   *
   * @default - none: the path is enough
   */
  readonly block?: string;

  /** The value found. */
  readonly actual: string;

  /** The value allowed. */
  readonly limit: string;

  /** The fix. */
  readonly remediation: string;

  /** The finding in one sentence, as the synthesis prints it. */
  readonly message: string;

  /** The effect on the synthesis, unless the finding is acknowledged. */
  readonly severity: Ipv6ExposureSeverity;

  /**
   * Reason of the acknowledgement.
   *
   * @default - not acknowledged
   */
  readonly acknowledgedReason?: string;
}

/** Options of an acknowledgement. */
export interface Ipv6AcknowledgementOptions {
  /** Reason of the acknowledgement: who allowed it, and why. The exposure report shows it. */
  readonly reason: string;

  /**
   * The `block` of the finding, such as the Terraform address of an override: `alicloud_vpc_ipv6_internet_bandwidth.web`.
   *
   * @default - none, for a finding without a `block`
   */
  readonly block?: string;
}

/**
 * Rules for what an app, a stack, or a part of one may expose to the Internet over IPv6.
 *
 * The rules read the Terraform that the stacks write: the library's constructs, resources of any bindings, and overrides. A value that is not
 * literal is a finding, because it may break the rule; `unknownValues` makes such findings warnings. Acknowledge a finding that may stay.
 */
export class Ipv6ExposureRules {
  /**
   * Adds rules to an app, a stack, or a part of one: `app.synth()` fails with all findings.
   *
   * `Testing.synth(stack, true)` also fails, if the rules were added to the stack. Add the rules after the stacks, because `cdktf synth` prints
   * the warnings only of stacks that exist already. It prints the errors of all stacks.
   *
   * Throws if a limit is not valid, if `warnings` names no rule, and for an app with `skipValidation`.
   */
  public static addTo(scope: IConstruct, props: Ipv6ExposureRulesProps = {}): Ipv6ExposureRules {
    const { root } = scope.node;
    if (App.isApp(root) && root.skipValidation) {
      throw new ConstructError(scope, {
        problem: 'skipValidation of the App must not be set with Ipv6ExposureRules',
        actual: true,
        remediation: 'remove skipValidation',
      });
    }
    const rules = new Ipv6ExposureRules(scope, props);
    RulesOfApp.of(scope).add(scope, rules.applied);
    return rules;
  }

  /**
   * Acknowledges a finding of one rule at the construct that the finding names. Constructs below it are not acknowledged.
   *
   * Throws without a reason, for an unknown rule id, and for a second acknowledgement of the same finding. An acknowledgement that matches no
   * finding fails the synthesis, if its rule applies.
   */
  public static acknowledge(construct: IConstruct, ruleId: string, options: Ipv6AcknowledgementOptions): void {
    const reason: unknown = options?.reason;
    if (typeof reason !== 'string' || reason.trim() === '' || isExpression(reason)) {
      throw new ConstructError(construct, {
        problem: `reason of the acknowledgement of ${ruleId} must be a literal string`,
        actual: reason,
        remediation: 'write who allowed it, and why',
      });
    }
    checkRuleId(construct, ruleId);
    const { block } = options;
    if (acknowledgementsOf(construct).some((other) => other.ruleId === ruleId && other.block === block)) {
      throw new ConstructError(construct, { problem: `${ruleId} must be acknowledged once`, actual: reason, remediation: 'remove one of the acknowledgements' });
    }
    addAcknowledgement(construct, { ruleId, reason: reason.trim(), block });
  }

  /** Returns all rules, set or not. */
  public static catalog(): Ipv6ExposureRule[] {
    return EXPOSURE_RULES.map(({ id, why, setBy }) => ({ id, why, setBy }));
  }

  private readonly applied: AppliedRule[];

  private constructor(private readonly scope: IConstruct, props: Ipv6ExposureRulesProps) {
    const { warnings = [], unknownValues = Ipv6ExposureSeverity.ERROR } = props;
    for (const ruleId of warnings) checkRuleId(scope, ruleId);
    if (!Object.values(Ipv6ExposureSeverity).includes(unknownValues)) {
      throw new ConstructError(scope, { problem: 'unknownValues of Ipv6ExposureRules must be "error" or "warning"', actual: unknownValues, remediation: 'use Ipv6ExposureSeverity' });
    }
    this.applied = EXPOSURE_RULES.map((rule): AppliedRule => {
      const limit = props[rule.setBy] ?? rule.defaultLimit;
      if (limit !== undefined && !rule.limitType.accepts(limit)) {
        throw new ConstructError(scope, {
          problem: `${rule.setBy} of Ipv6ExposureRules must be ${rule.limitType.description}`, actual: limit, remediation: 'write it as a literal',
        });
      }
      const [severity, unknownSeverity] = warnings.includes(rule.id) ? ['warning' as const, 'warning' as const] : ['error' as const, unknownValues];
      return { rule, limit, severity, unknownSeverity, scope: scope.node.path };
    }).filter(({ limit }) => limit !== undefined && limit !== false);
  }

  /** Returns the findings of these rules in their scope as it is now, acknowledged or not, for a test. */
  public findings(): Ipv6ExposureFinding[] {
    return findingsIn(this.scope, this.applied).map((finding) => ({
      ruleId: finding.ruleId,
      constructPath: finding.place.path,
      block: finding.place.block,
      actual: finding.actual,
      limit: finding.limit,
      remediation: finding.remediation,
      message: messageOf(finding),
      severity: finding.severity as Ipv6ExposureSeverity,
      acknowledgedReason: finding.acknowledgement?.reason,
    }));
  }
}

function checkRuleId(construct: IConstruct, ruleId: string): void {
  if (ruleOf(ruleId)) return;
  const ids = EXPOSURE_RULES.map(({ id }) => id).join(', ');
  throw new ConstructError(construct, { problem: 'the id of a rule must exist', actual: ruleId, remediation: `use one of ${ids}` });
}

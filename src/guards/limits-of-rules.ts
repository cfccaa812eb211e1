import { IConstruct } from 'constructs';
import { Condition, refuseUnless } from './condition';
import { Expression, hcl, join, orNull, template } from '../terraform/hcl';

/** What a rule allows of a bandwidth, for the plan to hold what only Terraform knows against it. */
export interface LimitOfRule {
  readonly ruleId: string;
  /** Mbit/s of one address, or the charge types. */
  readonly allowed: number | readonly string[];
  readonly appliesTo: (bandwidth: IConstruct) => boolean;
}

const LIMITS = Symbol.for('cdktf-alicloud-ipv6.LimitsOfRules');

/**
 * The limits that rules set for the bandwidths of an app. A bandwidth asks for them when it is synthesized: rules may be added before
 * and after it.
 *
 * The root of the construct tree carries them under a symbol, as cdktf's own `Aspects` are carried.
 */
export class LimitsOfRules {
  static of(construct: IConstruct): LimitsOfRules {
    const root = construct.node.root as IConstruct & { [LIMITS]?: LimitsOfRules };
    return root[LIMITS] ??= new LimitsOfRules();
  }

  private readonly limits: LimitOfRule[] = [];

  private constructor() {}

  add(limit: LimitOfRule): void {
    this.limits.push(limit);
  }

  /** The conditions that hold the values of a bandwidth against the limits, each once: of two ceilings, the lower one. */
  conditions(bandwidth: IConstruct, mbps: Expression | number, chargeType: Expression | string): Condition[] {
    const { path } = bandwidth.node;
    const limits = this.limits.filter(({ appliesTo }) => appliesTo(bandwidth));
    const conditions = new Map<string, Condition>();
    const refuse = (condition: Condition) => conditions.set(condition.condition, condition);
    const ceilings = limits.filter(({ allowed }) => typeof allowed === 'number').sort((one, other) => (one.allowed as number) - (other.allowed as number));
    if (ceilings.length > 0 && mbps instanceof Expression) {
      const { ruleId, allowed } = ceilings[0];
      refuse(refuseUnless(
        isAtMost(mbps, allowed as number),
        template`${path}: bandwidth is ${orNull(mbps)} Mbit/s, allowed is ${allowed as number} Mbit/s for an address (${ruleId}): change the value that is passed in`,
      ));
    }
    for (const { ruleId, allowed } of limits) {
      if (typeof allowed === 'number' || !(chargeType instanceof Expression)) continue;
      refuse(refuseUnless(
        isOneOf(chargeType, allowed),
        template`${path}: internetChargeType is ${orNull(chargeType)}, allowed is ${allowed.join(' or ')} (${ruleId}): change the value that is passed in`,
      ));
    }
    return [...conditions.values()];
  }
}

/** Refuses a plan in which the Mbit/s of one gateway add up to more than a rule allows. */
export function sumIsAtMost(path: string, gateway: string, mbps: readonly (Expression | number)[], max: number, ruleId: string): Condition {
  const sum = join(mbps.map((term) => hcl`${term}`), ' + ');
  return refuseUnless(
    isAtMost(sum, max),
    template`${path}: ${gateway} has ${hcl`try(${sum}, "an unknown number of")`} Mbit/s in all, allowed is ${max} Mbit/s for a gateway (${ruleId}): lower the bandwidth of its addresses`,
  );
}

function isAtMost(value: Expression, max: number): Expression {
  return hcl`try(${value} <= ${max}, false)`;
}

function isOneOf(value: Expression, allowed: readonly string[]): Expression {
  return hcl`try(contains(${allowed}, ${value}), false)`;
}

/** The charge types that a condition states: of the form that `LimitsOfRules` writes, and of no other. */
export function statedTypes(condition: unknown): { readonly reference: string; readonly allowed: readonly string[] } | undefined {
  const [, list, reference] = /^\$\{try\(contains\(\[((?:"\w+",?)*)\], ([\w.-]+)\), false\)\}$/.exec(String(condition)) ?? [];
  return reference === undefined ? undefined : { reference, allowed: [...list.matchAll(/\w+/g)].map(([type]) => type) };
}

/** Mbit/s that a condition states, and the most that it allows them to be. */
export interface StatedSum {
  /** What is added up, such as `local.mbps`; a reference that is there twice counts twice. */
  readonly references: readonly string[];
  /** The sum of the numbers beside them. */
  readonly constant: number;
  readonly max: number;
}

/** The Mbit/s that a condition states: of the form that is written here, and of no other. */
export function statedSum(condition: unknown): StatedSum | undefined {
  const [, sum, max] = /^\$\{try\(([\w.-]+(?: \+ [\w.-]+)*) <= (\d+), false\)\}$/.exec(String(condition)) ?? [];
  if (sum === undefined) return undefined;
  const terms = sum.split(' + ');
  const isNumber = (term: string) => /^\d+$/.test(term);
  return {
    references: terms.filter((term) => !isNumber(term)),
    constant: terms.filter(isNumber).reduce((total, number) => total + Number(number), 0),
    max: Number(max),
  };
}

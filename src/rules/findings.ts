import { IConstruct } from 'constructs';
import { ExposureLimits, ExposureRule, GatewayTotal, KNOWN_TO_TERRAFORM_ONLY, Violation } from './exposure-rule';
import { EXPOSURE_RULES } from './index';
import { Exposure } from '../private/exposure';

/** What a rule found. */
export interface Finding extends Violation {
  readonly ruleId: string;
  /** What it names, and what it can be acknowledged at. */
  readonly construct: IConstruct;
  readonly path: string;
}

/** What may be added to while the stacks of an app come in. */
type RunningTotal = { -readonly [K in keyof GatewayTotal]: GatewayTotal[K] };

/**
 * Holds what an app exposes against limits, a part at a time.
 *
 * What is summed up is looked at again for the gateways that a part adds to, and for no others: the time it takes grows
 * with the number of constructs.
 */
export class Findings {
  private readonly totals = new Map<string, RunningTotal>();

  constructor(private readonly limits: ExposureLimits) {}

  add({ bandwidths, egressRules }: Exposure): Finding[] {
    const findings: Finding[] = [];
    const changed = new Set<RunningTotal>();
    for (const bandwidth of bandwidths) {
      for (const rule of EXPOSURE_RULES) {
        const violation = rule.checkBandwidth?.(bandwidth, this.limits);
        if (violation) findings.push(finding(rule, violation, bandwidth.construct, bandwidth.path));
      }
      if (!bandwidth.gateway) continue;
      const total = this.total(bandwidth, changed);
      if (bandwidth.bandwidth.value === undefined || bandwidth.addresses.value === undefined) {
        total.unknownBandwidths++;
      } else {
        total.bandwidth += bandwidth.bandwidth.value * bandwidth.addresses.value;
      }
    }
    for (const egressRule of egressRules) {
      this.total(egressRule, changed).egressOnlyRules += egressRule.rules.value ?? 1;
    }
    for (const total of changed) {
      for (const rule of EXPOSURE_RULES) {
        const violation = rule.checkGateway?.(total, this.limits);
        if (!violation) continue;
        const path = total.construct.node.path || 'app';
        const seen = path === total.label ? violation.seen : `${total.label} has ${violation.seen}`;
        findings.push(finding(rule, { ...violation, seen }, total.construct, path));
      }
    }
    return findings;
  }

  /** The total of a gateway; gateways that only Terraform knows count as one. */
  private total({ gateway, construct }: Exposure['bandwidths'][0] | Exposure['egressRules'][0], changed: Set<RunningTotal>): RunningTotal {
    const { key, label, construct: place } = gateway ?? { key: '', label: `a gateway ${KNOWN_TO_TERRAFORM_ONLY}`, construct: undefined };
    let total = this.totals.get(key);
    if (!total) {
      this.totals.set(key, total = { construct: place ?? construct, label, bandwidth: 0, unknownBandwidths: 0, egressOnlyRules: 0 });
    }
    if (!place) total.construct = commonScope(total.construct, construct);
    changed.add(total);
    return total;
  }
}

function finding({ id }: ExposureRule, violation: Violation, construct: IConstruct, path: string): Finding {
  return { ruleId: id, construct, path, ...violation };
}

/** The innermost construct that holds both. */
function commonScope(one: IConstruct, other: IConstruct): IConstruct {
  const others = new Set(other.node.scopes);
  return one.node.scopes.reverse().find((scope) => others.has(scope)) ?? one.node.root;
}

import { IConstruct } from 'constructs';
import { ExposedBandwidth, ExposedEgressRule, Exposure, KNOWN_TO_TERRAFORM_ONLY } from './exposure';
import { Ipv6ExposureRulesProps } from './exposure-limits';
import { ExposureRule, GatewayTotal, Violation } from './exposure-rule';
import { EXPOSURE_RULES } from './rules';

/** What a rule found. */
export interface Finding extends Violation {
  readonly ruleId: string;
  /** The construct that it names, and that it can be acknowledged at. */
  readonly construct: IConstruct;
  readonly path: string;
  /** The Terraform address of the block, where no construct of its own writes it: an acknowledgement must name it. */
  readonly block?: string;
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
export function findingsIn({ bandwidths, egressRules, modules, sums }: Exposure, limits: Ipv6ExposureRulesProps): Finding[] {
  const findings: Finding[] = [];
  const rules = appliedRules(limits);
  const add = ({ id }: ExposureRule, { construct, path, block }: Pick<Finding, 'construct' | 'path' | 'block'>, violation?: Violation): boolean => {
    if (violation) findings.push({ ruleId: id, construct, path, block, ...violation });
    return violation !== undefined;
  };
  for (const bandwidth of bandwidths) {
    for (const { rule, limit } of rules) add(rule, bandwidth, rule.checkBandwidth?.(bandwidth, limit));
  }
  for (const module of modules) {
    for (const { rule, limit } of rules) add(rule, module, rule.checkModule?.(module, limit));
  }
  const totals = totalsOf(bandwidths, egressRules, sums);
  for (const { rule, limit } of rules) {
    if (!rule.checkGateway) continue;
    const check = (total: GatewayTotal): boolean => {
      const violation = rule.checkGateway!(total, limit);
      if (!violation) return false;
      const path = total.construct.node.path || 'app';
      const actual = path === total.label ? violation.actual : `${total.label} has ${violation.actual}`;
      return add(rule, { construct: total.construct, path }, { ...violation, actual });
    };
    const compliant = totals.filter((total) => !check(total));
    const certain = compliant.filter(({ isUncertain }) => !isUncertain);
    // A VPC has one gateway, which may be any that is known by its id alone.
    const [byVpc, byId] = (['vpc', 'id'] as const).map((knownBy) => certain.filter((total) => total.knownBy === knownBy));
    const pairs = byVpc.flatMap((one) => byId.map((other) => sumOf(one, other))).filter((total) => !check(total));
    // Gateways that only Terraform knows may be one, and any of the others.
    const uncertain = compliant.filter(({ isUncertain }) => isUncertain);
    if (uncertain.length === 0) continue;
    const together = uncertain.reduce(sumOf);
    if (uncertain.length > 1 && check(together)) continue;
    [...certain, ...pairs].some((total) => check(sumOf(total, together)));
  }
  return findings;
}

/** The total of two gateways that may be the same. */
function sumOf(one: GatewayTotal, other: GatewayTotal): GatewayTotal {
  return {
    construct: commonScope(one.construct, other.construct),
    label: `${one.label.replace(/,$/, '')}, if it is ${other.label.replace(/,$/, '')},`,
    knownBy: 'both',
    isUncertain: false,
    mbps: one.mbps + other.mbps,
    unknownBandwidths: one.unknownBandwidths + other.unknownBandwidths,
    egressOnlyRules: one.egressOnlyRules + other.egressOnlyRules,
  };
}

/** The totals of the gateways; gateways that only Terraform knows count as one. */
function totalsOf(bandwidths: readonly ExposedBandwidth[], egressRules: readonly ExposedEgressRule[], sums: Exposure['sums']): GatewayTotal[] {
  const totals = new Map<string, { -readonly [K in keyof GatewayTotal]: GatewayTotal[K] }>();
  const parts = new Map<string, ExposedBandwidth[]>();
  const totalOf = ({ gateway, construct }: ExposedBandwidth | ExposedEgressRule) => {
    const { key, label, knownBy, isUncertain, construct: ofGateway } = gateway
      ?? { key: '', label: `a gateway ${KNOWN_TO_TERRAFORM_ONLY}`, knownBy: 'both' as const, isUncertain: true, construct: undefined };
    let total = totals.get(key);
    if (!total) {
      total = { construct: ofGateway ?? construct, label, knownBy, isUncertain, mbps: 0, unknownBandwidths: 0, egressOnlyRules: 0 };
      totals.set(key, total);
    }
    if (!ofGateway) total.construct = commonScope(total.construct, construct);
    return total;
  };
  for (const bandwidth of bandwidths) {
    // Without a gateway that the synthesis knows, the rule finds the bandwidth itself.
    if (!bandwidth.gateway) continue;
    const total = totalOf(bandwidth);
    if (bandwidth.mbps.value === undefined || bandwidth.addresses.value === undefined) total.unknownBandwidths++;
    else total.mbps += bandwidth.mbps.value * bandwidth.addresses.value;
    const ofGateway = parts.get(bandwidth.gateway.key);
    if (ofGateway) ofGateway.push(bandwidth);
    else parts.set(bandwidth.gateway.key, [bandwidth]);
  }
  for (const [key, ofGateway] of parts) {
    const total = totals.get(key)!;
    if (total.unknownBandwidths > 0) total.mbpsAtPlan = mbpsAtPlan(ofGateway, total.mbps, sums);
  }
  for (const egressRule of egressRules) totalOf(egressRule).egressOnlyRules += egressRule.rules.value ?? 1;
  return [...totals.values()];
}

/** What the plan refuses the sum of bandwidths to exceed: by a sum in which all of them are, if they are in one stack. */
function mbpsAtPlan(bandwidths: readonly ExposedBandwidth[], known: number, sums: Exposure['sums']): number | undefined {
  const [{ stack }] = bandwidths;
  const unknown = bandwidths.filter(({ mbps }) => mbps.value === undefined);
  if (bandwidths.some((bandwidth) => bandwidth.stack !== stack || bandwidth.addresses.value === undefined)) return undefined;
  if (unknown.some(({ addresses }) => addresses.value !== 1)) return undefined;
  const times = new Map<string, number>();
  for (const { mbps: { key } } of unknown) times.set(key, (times.get(key) ?? 0) + 1);
  const complete = sums.get(stack)!.filter((sum) => sum.known >= known && [...times].every(([key, wanted]) => (sum.times.get(key) ?? 0) >= wanted));
  return complete.length === 0 ? undefined : Math.min(...complete.map(({ max }) => max));
}

/** The innermost construct that holds both. */
function commonScope(one: IConstruct, other: IConstruct): IConstruct {
  if (one === other) return one;
  const others = new Set(other.node.scopes);
  return one.node.scopes.reverse().find((scope) => others.has(scope)) ?? one.node.root;
}

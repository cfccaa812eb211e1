import { BandwidthFact, OpaqueFact } from './facts';
import { GatewayTotal } from './totals';

/** The values that a rule accepts as its limit. */
export interface LimitType {
  readonly accepts: (limit: unknown) => boolean;
  readonly description: string;
}

export const WHOLE_NUMBER: LimitType = { accepts: (limit) => Number.isInteger(limit) && (limit as number) >= 1, description: 'a whole number from 1' };
export const BOOLEAN: LimitType = { accepts: (limit) => typeof limit === 'boolean', description: 'true or false' };
export const CHARGE_TYPES: LimitType = {
  accepts: (limit) => Array.isArray(limit) && limit.every((type) => type === 'PayByBandwidth' || type === 'PayByTraffic'),
  description: 'a list of PayByBandwidth and PayByTraffic',
};

/** The properties that set the limits of rules. */
export type Setting = 'egressOnlyRequired' | 'maxBandwidthPerAddress' | 'maxBandwidthPerGateway' | 'allowedChargeTypes'
  | 'allowedPorts' | 'maxEgressOnlyRulesPerGateway' | 'libraryConstructRequired' | 'moduleReviewed';

/** A fact that a rule does not allow. */
export interface Violation {
  readonly actual: string;
  readonly limit: string;
  readonly remediation: string;
  /** True if the value is unknown or unproven. */
  readonly isUnknown: boolean;
}

/** A rule. It checks bandwidths, gateways and what cannot be looked into, if its limit is set and is not false. */
export interface ExposureRule<Limit = any> {
  readonly id: string;
  /** Reason of the rule, in one sentence. */
  readonly why: string;
  /** The property of `Ipv6ExposureRulesProps` that sets the limit. */
  readonly setBy: Setting;
  /** The limit, unless the property is set. */
  readonly defaultLimit?: Limit;
  readonly limitType: LimitType;
  /** The only source of the facts that it checks: a program, or a deployment (plans, states and accounts). */
  readonly onlyIn?: 'program' | 'deployment';
  readonly checkBandwidth?: (bandwidth: BandwidthFact, limit: Limit) => Violation | undefined;
  readonly checkGateway?: (total: GatewayTotal, limit: Limit) => Violation | undefined;
  readonly checkOpaque?: (opaque: OpaqueFact, limit: Limit) => Violation | undefined;
}

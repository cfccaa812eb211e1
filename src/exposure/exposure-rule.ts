import { IConstruct } from 'constructs';
import { ExposedBandwidth, ExposedModule } from './exposure';
import { Ipv6ExposureRulesProps } from './exposure-limits';

/** What is allowed as the limit of a rule. */
export interface LimitType {
  readonly accepts: (limit: unknown) => boolean;
  readonly description: string;
}

export const WHOLE_NUMBER: LimitType = { accepts: (limit) => Number.isInteger(limit) && (limit as number) >= 1, description: 'a whole number from 1' };
export const BOOLEAN: LimitType = { accepts: (limit) => typeof limit === 'boolean', description: 'true or false' };

/** The sums of one gateway. */
export interface GatewayTotal {
  /** The construct that a finding names: the gateway's, else the innermost scope of all its bandwidths. */
  readonly construct: IConstruct;
  readonly label: string;
  /** Whether the synthesis knows the gateway by its id, by its VPC, or by both. */
  readonly knownBy: 'id' | 'vpc' | 'both';
  /** Whether only Terraform knows which gateway it is. */
  readonly isUncertain: boolean;
  /** The sum of the Mbit/s that the synthesis knows. */
  readonly mbps: number;
  /** The number of bandwidths whose Mbit/s only Terraform knows. */
  readonly unknownBandwidths: number;
  /** What the plan refuses the sum of all of them to exceed. */
  readonly mbpsAtPlan?: number;
  readonly egressOnlyRules: number;
}

/** What a rule finds wrong. */
export interface Violation {
  readonly actual: string;
  readonly limit: string;
  readonly remediation: string;
  /** What the violation comes from, where many constructs may share it, such as a variable: the synthesis says it once. */
  readonly cause?: string;
}

/** A rule. It checks each bandwidth, gateway or module, if its limit is set and not false. */
export interface ExposureRule<Setting extends keyof Ipv6ExposureRulesProps = any> {
  readonly id: string;
  /** Why it matters, in one sentence. */
  readonly why: string;
  /** The property of Ipv6ExposureRules with the limit. */
  readonly setBy: Setting;
  /** The limit, unless the property is given. */
  readonly defaultLimit?: Limit<Setting>;
  readonly limitType: LimitType;
  readonly checkBandwidth?: (bandwidth: ExposedBandwidth, limit: Limit<Setting>) => Violation | undefined;
  readonly checkGateway?: (total: GatewayTotal, limit: Limit<Setting>) => Violation | undefined;
  readonly checkModule?: (module: ExposedModule, limit: Limit<Setting>) => Violation | undefined;
}

type Limit<Setting extends keyof Ipv6ExposureRulesProps> = NonNullable<Ipv6ExposureRulesProps[Setting]>;

import { IConstruct } from 'constructs';
import { ExposedBandwidth } from '../private/exposure';

/** What the rules hold an app against. */
export interface ExposureLimits {
  readonly egressOnlyRequired: boolean;
  readonly libraryConstructRequired: boolean;
  readonly maxEgressOnlyRulesPerGateway: number;
  readonly maxBandwidthPerAddress?: number;
  readonly maxBandwidthPerGateway?: number;
  readonly allowedChargeTypes?: readonly string[];
}

/** What an app has at one gateway. */
export interface GatewayTotal {
  /** What a finding names: the gateway's construct, else the scope that holds all of it. */
  readonly construct: IConstruct;
  readonly label: string;
  /** Mbit/s of all addresses whose Mbit/s are known. */
  readonly bandwidth: number;
  /** How many bandwidths only Terraform knows. */
  readonly unknownBandwidths: number;
  readonly egressOnlyRules: number;
}

/** What a rule says against something. */
export interface Violation {
  readonly seen: string;
  readonly limit: string;
  readonly wayOut: string;
}

/** A rule: it looks at each bandwidth, at each gateway, or at both. */
export interface ExposureRule {
  readonly id: string;
  /** Why it matters, in one sentence. */
  readonly why: string;
  /** The property of Ipv6ExposureRules that sets it. */
  readonly setBy: keyof ExposureLimits;
  readonly checkBandwidth?: (bandwidth: ExposedBandwidth, limits: ExposureLimits) => Violation | undefined;
  readonly checkGateway?: (total: GatewayTotal, limits: ExposureLimits) => Violation | undefined;
}

/** What is said of a value that cannot be compared at synth. */
export const KNOWN_TO_TERRAFORM_ONLY = 'known to Terraform only';

import { InternetChargeType } from '../internet-charge-type';

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
   * Whether all bandwidth must be an `Ipv6InternetBandwidth` or `Ipv6InternetBandwidths`, and none a hand-written resource (Ipv6LibraryConstructRequired).
   *
   * @default true
   */
  readonly libraryConstructRequired?: boolean;

  /**
   * Whether each module must be acknowledged, because the synthesis cannot read what is in it (Ipv6ModuleReviewed).
   *
   * @default true
   */
  readonly moduleReviewed?: boolean;

  /**
   * The ids of the rules that warn only.
   *
   * @default - none: a finding stops the synthesis
   */
  readonly warnings?: string[];
}

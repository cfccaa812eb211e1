import { TerraformProvider } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { InternetBandwidthResource } from './resources/internet-bandwidth-resource';

/**
 * The Internet bandwidth of an IPv6 address: one that a stack buys, or one that exists.
 */
export interface IIpv6InternetBandwidth extends IConstruct {
  /**
   * The id of the bandwidth (`ipv6bw-…`).
   * @attribute
   */
  readonly internetBandwidthId: string;

  /**
   * The id of the address (`ipv6-…`).
   * @attribute
   */
  readonly ipv6AddressId: string;

  /**
   * The id of the gateway (`ipv6gw-…`).
   * @attribute
   */
  readonly ipv6GatewayId: string;
}

/**
 * Attributes of existing Internet bandwidth.
 */
export interface Ipv6InternetBandwidthAttributes {
  /**
   * The id of the bandwidth (`ipv6bw-…`).
   */
  readonly internetBandwidthId: string;

  /**
   * The id of the address (`ipv6-…`).
   */
  readonly ipv6AddressId: string;

  /**
   * The id of the gateway (`ipv6gw-…`).
   */
  readonly ipv6GatewayId: string;
}

/** The values of a bandwidth that its egress-only rule uses. */
export interface EgressOnlyRuleContext {
  readonly resource: InternetBandwidthResource;
  readonly provider?: TerraformProvider;
}

/** The member of an `Ipv6InternetBandwidth` that its egress-only rule uses in addition to the public interface. */
export interface EgressOnlyRuleBandwidth {
  /**
   * Registers the only egress-only rule of the address. Throws if the address has a rule or does not support one.
   * @internal
   */
  _bindEgressOnlyRule(rule: Construct): EgressOnlyRuleContext;
}

/** Returns the bandwidth if this app creates it, or undefined for existing bandwidth. */
export function createdBandwidth(bandwidth: IIpv6InternetBandwidth): EgressOnlyRuleBandwidth | undefined {
  return '_bindEgressOnlyRule' in bandwidth ? bandwidth as IIpv6InternetBandwidth & EgressOnlyRuleBandwidth : undefined;
}

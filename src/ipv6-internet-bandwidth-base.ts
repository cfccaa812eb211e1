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
 * What is known of existing Internet bandwidth.
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

/**
 * What an egress-only rule takes from its bandwidth.
 *
 * @internal
 */
export interface EgressOnlyRuleContext {
  readonly resource: InternetBandwidthResource;
  readonly provider?: TerraformProvider;
}

/**
 * A bandwidth that an egress-only rule can ask for what the public interface does not say.
 *
 * @internal
 */
export abstract class Ipv6InternetBandwidthBase extends Construct implements IIpv6InternetBandwidth {
  public abstract readonly internetBandwidthId: string;
  public abstract readonly ipv6AddressId: string;
  public abstract readonly ipv6GatewayId: string;

  /**
   * Registers a rule, of which the address has one, and refuses a rule that the address cannot have.
   * @internal
   */
  public abstract _bindEgressOnlyRule(rule: Construct): EgressOnlyRuleContext;
}

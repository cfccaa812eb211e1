/**
 * Billing method of Internet bandwidth.
 *
 * A change of the charge type replaces the bandwidth.
 *
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-allocateipv6internetbandwidth
 */
export enum InternetChargeType {
  /** Billing by reserved bandwidth: 1 to 2000 Mbit/s for one address. */
  PAY_BY_BANDWIDTH = 'PayByBandwidth',

  /** Billing by traffic: 1 to 1000 Mbit/s for one address. */
  PAY_BY_TRAFFIC = 'PayByTraffic',
}

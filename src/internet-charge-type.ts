/**
 * How Internet bandwidth is paid for.
 *
 * A change of the charge type replaces the bandwidth: the API cannot change it.
 *
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-allocateipv6internetbandwidth
 */
export enum InternetChargeType {
  /**
   * For the bandwidth that is reserved: 1 to 2000 Mbit/s for one address.
   */
  PAY_BY_BANDWIDTH = 'PayByBandwidth',

  /**
   * For the traffic that flows: 1 to 1000 Mbit/s for one address.
   */
  PAY_BY_TRAFFIC = 'PayByTraffic',
}

import { ExposureRule, WHOLE_NUMBER } from '../rule';
import { showSum } from '../totals';

export const bandwidthPerGateway: ExposureRule<number> = {
  id: 'Ipv6BandwidthPerGateway',
  why: 'Many small addresses expose a VPC, and cost, as much as a large one.',
  setBy: 'maxBandwidthPerGateway',
  limitType: WHOLE_NUMBER,
  checkGateway: ({ mbps, atMost }, max) => {
    if (mbps.known > max) {
      return { actual: `${showSum(mbps)} Mbit/s in all`, limit: `${max} Mbit/s for a gateway`, remediation: 'lower the bandwidth of its addresses', isUnknown: false };
    }
    if (atMost.mbps.known <= max && atMost.mbps.unknown === 0) return undefined;
    return {
      actual: `${showSum(atMost.mbps)} Mbit/s, with all bandwidth whose gateway is unknown`,
      limit: `${max} Mbit/s for a gateway`,
      remediation: 'write the Mbit/s and the ids of the gateways as literals',
      isUnknown: true,
    };
  },
};

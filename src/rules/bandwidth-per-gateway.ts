import { ExposureRule, KNOWN_TO_TERRAFORM_ONLY } from './exposure-rule';

export const bandwidthPerGateway: ExposureRule = {
  id: 'Ipv6BandwidthPerGateway',
  why: 'Many small addresses expose and cost a VPC as much as a large one does.',
  setBy: 'maxBandwidthPerGateway',
  checkBandwidth: ({ gateway, gatewayId }, { maxBandwidthPerGateway: max }) => {
    if (max === undefined || gateway) return undefined;
    return {
      seen: `the gateway ${gatewayId}, ${KNOWN_TO_TERRAFORM_ONLY}`,
      limit: `${max} Mbit/s for a gateway`,
      wayOut: 'give ipv6Gateway, or the address\'s vpcId: the bandwidth counts for that gateway then',
    };
  },
  checkGateway: ({ bandwidth, unknownBandwidths }, { maxBandwidthPerGateway: max }) => {
    if (max === undefined || (bandwidth <= max && unknownBandwidths === 0)) return undefined;
    return {
      seen: `${bandwidth} Mbit/s in all` + (unknownBandwidths ? `, beside what is ${KNOWN_TO_TERRAFORM_ONLY} (${unknownBandwidths})` : ''),
      limit: `${max} Mbit/s for a gateway`,
      wayOut: bandwidth > max ? 'lower the bandwidth of its addresses' : 'write the Mbit/s as numbers',
    };
  },
};

import { KNOWN_TO_TERRAFORM_ONLY } from '../exposure';
import { ExposureRule, WHOLE_NUMBER } from '../exposure-rule';

export const bandwidthPerGateway: ExposureRule<'maxBandwidthPerGateway'> = {
  id: 'Ipv6BandwidthPerGateway',
  why: 'Many small addresses expose and cost a VPC as much as a large one does.',
  setBy: 'maxBandwidthPerGateway',
  limitType: WHOLE_NUMBER,
  checkBandwidth: ({ gateway, gatewayId }, max) => {
    if (gateway) return undefined;
    return {
      actual: `the gateway ${gatewayId}, ${KNOWN_TO_TERRAFORM_ONLY}`,
      limit: `${max} Mbit/s for a gateway`,
      remediation: 'give ipv6Gateway, or the address\'s vpcId: the bandwidth counts for that gateway then',
      cause: gatewayId,
    };
  },
  checkGateway: ({ mbps, unknownBandwidths, mbpsAtPlan = Infinity }, max) => {
    if (mbps <= max && (unknownBandwidths === 0 || mbpsAtPlan <= max)) return undefined;
    return {
      actual: `${mbps} Mbit/s in all` + (unknownBandwidths ? `, beside what is ${KNOWN_TO_TERRAFORM_ONLY} (${unknownBandwidths})` : ''),
      limit: `${max} Mbit/s for a gateway`,
      remediation: mbps > max ? 'lower the bandwidth of its addresses' : 'write the Mbit/s as numbers, or all bandwidths of the gateway as Ipv6InternetBandwidth in one stack, whose plan adds them up',
    };
  },
};

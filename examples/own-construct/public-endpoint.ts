import { Construct } from 'constructs';
import { IIpv6Address, Ipv6Address, Ipv6ExposureRules, Ipv6InternetBandwidth } from 'cdktf-alicloud-ipv6';

export interface PublicEndpointProps {
  readonly instanceId: string;
  readonly vpcId: string;
  /** Mbit/s. */
  readonly bandwidth: number;
  /** Who allowed it: a reviewer reads this in the exposure report. */
  readonly approvedBy: string;
}

/** An instance that the Internet may open connections to, with the approval that the company asks for. */
export class PublicEndpoint extends Construct {
  readonly address: IIpv6Address;

  constructor(scope: Construct, id: string, props: PublicEndpointProps) {
    super(scope, id);
    this.address = Ipv6Address.fromInstanceId(this, 'Address', props.instanceId, { vpcId: props.vpcId });
    const bandwidth = new Ipv6InternetBandwidth(this, 'Bandwidth', {
      ipv6Address: this.address,
      bandwidth: props.bandwidth,
      egressOnly: false,
    });
    Ipv6ExposureRules.acknowledge(bandwidth, 'Ipv6EgressOnlyRequired', { reason: `a public endpoint, approved by ${props.approvedBy}` });
  }
}

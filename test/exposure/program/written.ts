import { TerraformResource, TerraformStack } from 'cdktf';
import {
  Ipv6Address, Ipv6ExposureFinding, Ipv6ExposureReport, Ipv6ExposureRow, Ipv6InternetBandwidth, Ipv6InternetBandwidthProps,
} from '../../../src';
import { BANDWIDTH } from '../../synth';

let addresses = 0;

/** A bandwidth that keeps the rules, except for the props. */
export function bandwidth(
  stack: TerraformStack, id: string, props: Partial<Ipv6InternetBandwidthProps> & { vpcId?: string } = {},
): Ipv6InternetBandwidth {
  const { vpcId = 'vpc-1', ...others } = props;
  return new Ipv6InternetBandwidth(stack, id, {
    ipv6Address: Ipv6Address.fromIpv6AddressId(stack, `${id}Address`, `ipv6-${addresses++}`, { vpcId }),
    bandwidth: 10,
    egressOnly: true,
    ...others,
  });
}

/** A resource as other bindings write it: its type and its arguments. */
export function handWritten(stack: TerraformStack, id: string, args: Record<string, unknown> = {}, type = BANDWIDTH): TerraformResource {
  const resource = new TerraformResource(stack, id, { terraformResourceType: type, terraformGeneratorMetadata: { providerName: 'alicloud' } });
  const defaults = type === BANDWIDTH ? { ipv6_address_id: `ipv6-hand${addresses++}`, bandwidth: 10, internet_charge_type: 'PayByBandwidth' } : {};
  for (const [name, value] of Object.entries({ ipv6_gateway_id: 'ipv6gw-hand', ...defaults, ...args })) resource.addOverride(name, value);
  return resource;
}

/** The rows of a stack as it is now. */
export function rows(stack: TerraformStack): Ipv6ExposureRow[] {
  return Ipv6ExposureReport.addTo(stack).rows();
}

/** Where a finding is, and the value found. */
export function shown(findings: Ipv6ExposureFinding[]): [string, string][] {
  return findings.map(({ constructPath, block, actual }) => [block ? `${constructPath} (${block})` : constructPath, actual]);
}

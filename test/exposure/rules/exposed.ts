import { App, TerraformResource, TerraformStack } from 'cdktf';
import { Ipv6Address, Ipv6ExposureFinding, Ipv6ExposureRules, Ipv6ExposureRulesProps, Ipv6InternetBandwidth, Ipv6InternetBandwidthProps } from '../../../src';
import { BANDWIDTH, makeApp, makeStack } from '../../synth';

let addresses = 0;

/** A bandwidth that breaks no rule, but for what is asked for. */
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

/** A resource as other bindings write it: nothing but its type and its arguments. */
export function handWritten(stack: TerraformStack, id: string, args: Record<string, unknown> = {}, type = BANDWIDTH): TerraformResource {
  const resource = new TerraformResource(stack, id, { terraformResourceType: type, terraformGeneratorMetadata: { providerName: 'alicloud' } });
  const defaults = type === BANDWIDTH ? { ipv6_address_id: `ipv6-hand${addresses++}`, bandwidth: 10 } : {};
  for (const [name, value] of Object.entries({ ipv6_gateway_id: 'ipv6gw-hand', ...defaults, ...args })) resource.addOverride(name, value);
  return resource;
}

/** What one rule finds in a stack that is made for it. */
export function findings(ruleId: string, props: Ipv6ExposureRulesProps, make: (stack: TerraformStack, app: App) => unknown): Ipv6ExposureFinding[] {
  const app = makeApp();
  make(makeStack(app), app);
  return Ipv6ExposureRules.addTo(app, props).findings().filter((finding) => finding.ruleId === ruleId);
}

/** What a finding says, without what it is about. */
export function said(found: Ipv6ExposureFinding[]): [string, string, string][] {
  return found.map(({ constructPath, actual, limit }) => [constructPath, actual, limit]);
}


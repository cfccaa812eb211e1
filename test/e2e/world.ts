import { App, TerraformStack } from 'cdktf';
import { Deployment } from './terraform';
import { VpcApi } from './vpc-api';
import { Ipv6Address, Ipv6InternetBandwidth, Ipv6InternetBandwidthProps, providerAlicloud } from '../../src';

/** One VPC with a gateway and some instances, and a deployment to it. */
export class World {
  static async begin({ instances = 4, gateway = true } = {}): Promise<World> {
    const api = await VpcApi.start();
    const vpcId = api.seedVpc();
    if (gateway) api.seedGateway(vpcId);
    const vSwitchId = api.seedVSwitch(vpcId);
    const addresses = Array.from({ length: instances }, () => api.seedInstance({ vSwitchId }).primary.Ipv6AddressId);
    return new World(api, vpcId, vSwitchId, addresses);
  }

  readonly deployment: Deployment;

  private constructor(readonly api: VpcApi, readonly vpcId: string, readonly vSwitchId: string, readonly addresses: string[]) {
    this.deployment = new Deployment(api);
  }

  async end(): Promise<void> {
    await this.api.stop();
    this.deployment.remove();
  }

  /** A stack `web` with a bandwidth for each address, by construct id. */
  web(
    addresses: Record<string, string>,
    props: Partial<Ipv6InternetBandwidthProps> = {},
    then: (bandwidth: Ipv6InternetBandwidth) => unknown = () => {},
  ): void {
    this.deployment.synth((app) => {
      const stack = stackWithProvider(app, 'web');
      for (const [id, addressId] of Object.entries(addresses)) {
        then(new Ipv6InternetBandwidth(stack, id, {
          ipv6Address: Ipv6Address.fromIpv6AddressId(stack, `${id}Address`, addressId, { vpcId: this.vpcId }),
          bandwidth: 10,
          egressOnly: false,
          ...props,
        }));
      }
    });
  }

  /** The addresses that have bandwidth, and those that have a rule, as the API has them. */
  get bought(): { bandwidths: string[]; rules: string[] } {
    return {
      bandwidths: this.api.bandwidths().map(({ Ipv6AddressId }) => Ipv6AddressId).sort(),
      rules: this.api.rules().map(({ InstanceId }) => InstanceId).sort(),
    };
  }

  /** What opened an address to inbound traffic, and what closed it, in order. */
  openings(addressId: string): string[] {
    const events = this.api.events.filter(({ Ipv6AddressId }) => Ipv6AddressId === addressId).map(({ kind }) => kind);
    const spans: string[] = [];
    let opened: string | undefined;
    for (const kind of events) {
      if (kind === 'bandwidthAllocated' || kind === 'ruleDeleted') {
        opened = kind;
      } else if (opened) {
        spans.push(`${opened} - ${kind}`);
        opened = undefined;
      }
    }
    return opened ? [...spans, `${opened} - now`] : spans;
  }
}

export function stackWithProvider(app: App, id: string): TerraformStack {
  const stack = new TerraformStack(app, id);
  new providerAlicloud.provider.AlicloudProvider(stack, 'alicloud', { region: 'cn-hangzhou' });
  return stack;
}

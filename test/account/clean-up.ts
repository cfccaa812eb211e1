import { setTimeout as delay } from 'node:timers/promises';
import { Ask } from './official-service';

/** The name of the VPC that the suite makes. Whatever is in a VPC of that name belongs to the suite. */
export const VPC_NAME = 'cdktf-alicloud-ipv6-account-suite';

const VPC = '2016-04-28';
const ECS = '2014-05-26';
const ATTEMPTS = 24;

export interface CleanUpOptions {
  readonly region: string;
  readonly ask: Ask;
  readonly say: (line: string) => void;
  /**
   * Milliseconds between two tries: what depends on another thing goes after it, and that takes a while.
   * @default 5000
   */
  readonly pause?: number;
}

/** The ids of the VPCs that a run left. */
export async function leftVpcs({ region, ask }: Pick<CleanUpOptions, 'region' | 'ask'>): Promise<string[]> {
  const { status, body } = await ask(VPC, 'DescribeVpcs', { RegionId: region, VpcName: VPC_NAME });
  if (status !== 200) throw new Error(`DescribeVpcs: ${body.Code}: ${body.Message}`);
  // Of a name that the service takes as a part of others.
  return body.Vpcs.Vpc.filter((vpc: { VpcName: string }) => vpc.VpcName === VPC_NAME).map((vpc: { VpcId: string }) => vpc.VpcId);
}

/** Deletes what runs of the suite left in a region, what is billed first. Fails where something cannot be deleted. */
export async function cleanUp(options: CleanUpOptions): Promise<void> {
  const { region, ask, say, pause = 5000 } = options;

  const list = async (version: string, action: string, params: Record<string, string>, items: (body: any) => any[]) => {
    const { status, body } = await ask(version, action, { RegionId: region, PageSize: '50', ...params });
    if (status !== 200) throw new Error(`${action}: ${body.Code}: ${body.Message}`);
    return items(body);
  };
  const end = async (version: string, action: string, params: Record<string, string>) => {
    for (let attempt = 1; ; attempt++) {
      const { status, body } = await ask(version, action, { RegionId: region, ...params });
      const gone = status === 200 || /NotFound/.test(body.Code);
      if (gone) return say(`${action} ${Object.values(params)[0]}`);
      if (attempt === ATTEMPTS) throw new Error(`${action} ${Object.values(params)[0]}: ${body.Code}: ${body.Message}`);
      await delay(pause);
    }
  };

  for (const VpcId of await leftVpcs(options)) {
    const gateways = await list(VPC, 'DescribeIpv6Gateways', { VpcId }, (body) => body.Ipv6Gateways.Ipv6Gateway);
    for (const { Ipv6GatewayId } of gateways) {
      const rules = await list(VPC, 'DescribeIpv6EgressOnlyRules', { Ipv6GatewayId }, (body) => body.Ipv6EgressOnlyRules.Ipv6EgressOnlyRule);
      for (const { Ipv6EgressOnlyRuleId } of rules) await end(VPC, 'DeleteIpv6EgressOnlyRule', { Ipv6EgressOnlyRuleId });
    }
    const addresses = await list(VPC, 'DescribeIpv6Addresses', { VpcId }, (body) => body.Ipv6Addresses.Ipv6Address);
    for (const { Ipv6InternetBandwidth } of addresses) {
      const Ipv6InternetBandwidthId = Ipv6InternetBandwidth?.Ipv6InternetBandwidthId;
      if (Ipv6InternetBandwidthId) await end(VPC, 'DeleteIpv6InternetBandwidth', { Ipv6InternetBandwidthId });
    }
    const instances = await list(ECS, 'DescribeInstances', { VpcId }, (body) => body.Instances.Instance);
    for (const { InstanceId } of instances) await end(ECS, 'DeleteInstance', { InstanceId, Force: 'true' });
    for (const { Ipv6GatewayId } of gateways) await end(VPC, 'DeleteIpv6Gateway', { Ipv6GatewayId });
    const groups = await list(ECS, 'DescribeSecurityGroups', { VpcId }, (body) => body.SecurityGroups.SecurityGroup);
    for (const { SecurityGroupId } of groups) await end(ECS, 'DeleteSecurityGroup', { SecurityGroupId });
    const switches = await list(VPC, 'DescribeVSwitches', { VpcId }, (body) => body.VSwitches.VSwitch);
    for (const { VSwitchId } of switches) await end(VPC, 'DeleteVSwitch', { VSwitchId });
    await end(VPC, 'DeleteVpc', { VpcId });
  }
}

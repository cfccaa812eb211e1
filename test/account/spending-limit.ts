/** What a run may make, and for how long. Whatever would exceed it is not sent to the service. */
export interface SpendingLimit {
  readonly instanceType: string;
  readonly instances: number;
  /** Bandwidths that are bought, one after another or at once. */
  readonly bandwidths: number;
  /** Mbit/s of each. */
  readonly bandwidth: number;
  readonly minutes: number;
}

/** What the suite needs, and no more. */
export function limitFor(instanceType: string): SpendingLimit {
  return { instanceType, instances: 2, bandwidths: 3, bandwidth: 2, minutes: 60 };
}

/** The limit in words, before anything is bought. */
export function describeLimit({ instanceType, instances, bandwidths, bandwidth, minutes }: SpendingLimit): string {
  const gigabytes = Math.ceil(bandwidths * bandwidth * minutes * 60 / 8 / 1000 * 10) / 10;
  return [
    `at most ${instances} pay-as-you-go instances of the type ${instanceType}, each with a system disk of 40 GiB, for at most ${minutes} minutes`,
    `at most ${bandwidths} purchases of Internet bandwidth, each of at most ${bandwidth} Mbit/s, paid by traffic: at most ${gigabytes} GB outbound in that time`,
    'nothing else that is billed: other purchases are refused before they are sent',
  ].map((line) => `- ${line}`).join('\n');
}

const READS = /^(Describe|List)/;
const ENDS = /^(Delete|Release|Revoke|UnTag)/;
/** What is free, and needed. */
const FREE = ['AuthorizeSecurityGroup', 'CreateIpv6EgressOnlyRule', 'CreateIpv6Gateway', 'CreateSecurityGroup', 'CreateVSwitch', 'CreateVpc', 'JoinSecurityGroup',
  'ModifyInstanceAttribute', 'ModifySecurityGroupAttribute', 'ModifyVpcAttribute', 'ModifyVSwitchAttribute', 'TagResources'];

/** Counts what is bought, and refuses what would exceed the limit. */
export class SpendingGuard {
  private instances = 0;
  private bandwidths = 0;

  constructor(private readonly limit: SpendingLimit, private readonly startedAt = Date.now(), private readonly now = Date.now) {}

  /** Why a call must not be sent, if anything. */
  public refusal(action: string, params: Readonly<Record<string, string>>): string | undefined {
    if (READS.test(action) || ENDS.test(action)) return undefined;
    if (this.now() - this.startedAt > this.limit.minutes * 60_000) return `the ${this.limit.minutes} minutes of the run are over`;
    if (FREE.includes(action)) return undefined;
    switch (action) {
      case 'AllocateIpv6InternetBandwidth': return this.refusalOfBandwidth(params) ?? this.countBandwidth();
      case 'ModifyIpv6InternetBandwidth': return this.refusalOfRate(params);
      case 'RunInstances': return this.refusalOfInstance(params) ?? this.countInstance();
      default: return 'it is none of the actions that the suite needs';
    }
  }

  private refusalOfBandwidth(params: Readonly<Record<string, string>>): string | undefined {
    if (params.InternetChargeType !== 'PayByTraffic') return `it is paid by ${params.InternetChargeType ?? 'bandwidth'}, not by traffic`;
    return this.refusalOfRate(params);
  }

  private refusalOfRate({ Bandwidth }: Readonly<Record<string, string>>): string | undefined {
    return Number(Bandwidth) <= this.limit.bandwidth ? undefined : `${Bandwidth} Mbit/s are more than ${this.limit.bandwidth}`;
  }

  private refusalOfInstance(params: Readonly<Record<string, string>>): string | undefined {
    if (params.InstanceType !== this.limit.instanceType) return `the instance type ${params.InstanceType} is not ${this.limit.instanceType}`;
    if (Number(params.Amount ?? 1) !== 1) return `${params.Amount} instances at once`;
    if ((params.InstanceChargeType ?? 'PostPaid') !== 'PostPaid') return `it is paid ${params.InstanceChargeType}`;
    if (Number(params.InternetMaxBandwidthOut ?? 0) > 0) return 'it has a public IPv4 address';
    if (Number(params['SystemDisk.Size'] ?? 40) > 40) return `a system disk of ${params['SystemDisk.Size']} GiB`;
    return Object.keys(params).some((name) => name.startsWith('DataDisk.')) ? 'it has a data disk' : undefined;
  }

  // A purchase that the service refuses counts too: the limit is of what is sent.
  private countBandwidth(): string | undefined {
    return ++this.bandwidths > this.limit.bandwidths ? `it is purchase ${this.bandwidths} of ${this.limit.bandwidths}` : undefined;
  }

  private countInstance(): string | undefined {
    return ++this.instances > this.limit.instances ? `it is instance ${this.instances} of ${this.limit.instances}` : undefined;
  }
}

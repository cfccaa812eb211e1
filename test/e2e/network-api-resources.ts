import { demand } from './vpc-api-errors';
import { Action, Answer, existing, now, numbered, Params, tagsIn, VpcResources } from './vpc-api-resources';

interface Vpc {
  VpcId: string;
  VpcName: string;
  CidrBlock: string;
  EnabledIpv6: boolean;
  Ipv6CidrBlock: string;
  /** the first is the one above */
  ipv6Blocks: { readonly Ipv6CidrBlock: string; readonly Ipv6Isp: string }[];
}

interface VSwitch {
  VSwitchId: string;
  VpcId: string;
  VSwitchName: string;
  CidrBlock: string;
  ZoneId: string;
  Ipv6CidrBlock: string;
}

interface SecurityGroup {
  SecurityGroupId: string;
  SecurityGroupName: string;
  VpcId: string;
  permissions: Answer[];
}

interface Instance {
  InstanceId: string;
  InstanceName: string;
  InstanceType: string;
  ImageId: string;
  ZoneId: string;
  vSwitchId: string;
  securityGroupIds: string[];
  networkInterfaceId: string;
  systemDisk: Answer;
}

const FIRST_BLOCK = '2001:db8::/56';

/** An image that every account sees. */
const IMAGE = {
  ImageId: 'aliyun_3_x64_20G_alibase_20250101.vhd',
  ImageName: 'aliyun_3_x64_20G_alibase_20250101.vhd',
  Status: 'Available',
  CreationTime: '2025-01-01T00:00:00Z',
  Size: 20,
};

/**
 * What a VPC with IPv6, its vSwitches, security groups and instances ask of the VPC and the ECS API: enough to create them, to
 * read them without a difference, and to delete them in the right order. What is left inside of something refuses its deletion.
 */
export class NetworkResources extends VpcResources {
  private readonly vpcTable = new Map<string, Vpc>();
  private readonly vSwitchTable = new Map<string, VSwitch>();
  private readonly routeTables = new Map<string, Answer>();
  protected readonly groupTable = new Map<string, SecurityGroup>();
  protected readonly instanceTable = new Map<string, Instance>();

  /** Instances that no action created, with their tags. */
  private readonly foreignInstances = new Map<string, { readonly vpcId: string; readonly tags: Record<string, string> }>();

  constructor(region: string) {
    super(region);
    const actions: Record<string, Action> = {
      AuthorizeSecurityGroup: (params) => this.authorize(params),
      CreateRouteTable: (params) => this.createRouteTable(params),
      CreateSecurityGroup: (params) => this.createGroup(params),
      CreateVSwitch: (params) => this.createVSwitch(params),
      CreateVpc: (params) => this.createVpc(params),
      DeleteInstance: (params) => this.deleteInstance(params),
      DeleteRouteTable: (params) => this.deleteRouteTable(params),
      DeleteSecurityGroup: (params) => this.deleteGroup(params),
      DeleteVSwitch: (params) => this.deleteVSwitch(params),
      DeleteVpc: (params) => this.deleteVpc(params),
      DescribeDisks: ({ InstanceId }) => () => ({ Disks: { Disk: [{ ...this.instance(InstanceId).systemDisk, InstanceId, Tags: { Tag: [] } }] } }),
      DescribeImages: () => () => ({ TotalCount: 1, PageNumber: 1, PageSize: 100, Images: { Image: [IMAGE] } }),
      DescribeInstanceAttachmentAttributes: (params) => () => ({ Instances: { Instance: idsIn(params).map((InstanceId) => ({ InstanceId })) } }),
      DescribeInstanceAttribute: ({ InstanceId }) => () => ({ InstanceId, EnableJumboFrame: false }),
      DescribeInstanceMaintenanceAttributes: (params) => () => ({
        MaintenanceAttributes: { MaintenanceAttribute: numbered(params, 'InstanceId').map((InstanceId) => ({ InstanceId })) },
      }),
      DescribeInstanceRamRole: () => () => ({ InstanceRamRoleSets: { InstanceRamRoleSet: [] } }),
      DescribeInstances: (params) => () => this.describeInstances(params),
      DescribeNetworkInterfaces: (params) => () => this.describeInterfaces(params),
      DescribeRouteTableList: (params) => () => ({ RouterTableList: { RouterTableListType: this.routeTablesFor(params) } }),
      DescribeSecurityGroupAttribute: (params) => () => this.describeGroupAttribute(params),
      DescribeSecurityGroups: (params) => () => this.describeGroups(params),
      DescribeTags: () => () => ({ Tags: { Tag: [] } }),
      DescribeUserData: ({ InstanceId }) => () => ({ InstanceId, UserData: '' }),
      DescribeVSwitchAttributes: ({ VSwitchId }) => () => ({ VSwitchId: '', ...describedSwitch(this.vSwitchTable.get(VSwitchId)) }),
      DescribeVSwitches: (params) => () => this.describeSwitches(params),
      DescribeVpcAttribute: ({ VpcId }) => () => ({ VpcId: '', ...describedVpc(this.vpcTable.get(VpcId)) }),
      DescribeVpcs: (params) => () => this.describeVpcs(params),
      RevokeSecurityGroup: (params) => this.revoke(params),
      RunInstances: (params) => this.runInstances(params),
    };
    Object.assign(this.actions, actions);
  }

  /** How many of each are there that an action created. */
  public get network(): Record<'vpcs' | 'vSwitches' | 'routeTables' | 'securityGroups' | 'instances', number> {
    return {
      vpcs: this.vpcTable.size,
      vSwitches: this.vSwitchTable.size,
      routeTables: this.routeTables.size,
      securityGroups: this.groupTable.size,
      instances: this.instanceTable.size,
    };
  }

  /** An instance that somebody else started, with an IPv6 address. */
  public seedTaggedInstance(vSwitchId: string, tags: Record<string, string>): string {
    const { instanceId } = this.seedInstance({ vSwitchId });
    this.foreignInstances.set(instanceId, { vpcId: this.vSwitches.get(vSwitchId)!, tags });
    return instanceId;
  }

  /** Another IPv6 block of a VPC, as the console adds one. */
  public addIpv6Block(vpcId: string, block: { readonly Ipv6CidrBlock: string; readonly Ipv6Isp: string }): void {
    this.vpcTable.get(vpcId)!.ipv6Blocks.push(block);
  }

  // ---- VPCs and vSwitches

  private createVpc(params: Params): () => Answer {
    return () => {
      const vpc: Vpc = {
        VpcId: this.nextId('vpc'),
        VpcName: params.VpcName ?? '',
        CidrBlock: params.CidrBlock ?? '172.16.0.0/12',
        EnabledIpv6: params.EnableIpv6 === 'true',
        Ipv6CidrBlock: params.EnableIpv6 === 'true' ? FIRST_BLOCK : '',
        ipv6Blocks: params.EnableIpv6 === 'true' ? [{ Ipv6CidrBlock: FIRST_BLOCK, Ipv6Isp: params.Ipv6Isp ?? 'BGP' }] : [],
      };
      this.vpcTable.set(vpc.VpcId, vpc);
      this.vpcs.add(vpc.VpcId);
      return { VpcId: vpc.VpcId, ResourceGroupId: 'rg-default', VRouterId: `vrt-of-${vpc.VpcId}`, RouteTableId: systemRouteTable(vpc.VpcId).RouteTableId };
    };
  }

  private deleteVpc({ VpcId }: Params): () => Answer {
    demand(this.vpcs.has(VpcId), 'InvalidVpcId.NotFound');
    demand(!this.gatewayOf(VpcId) && [...this.vSwitches.values()].every((id) => id !== VpcId), 'Forbidden.VpcNotEmpty');
    demand([...this.groupTable.values()].every((group) => group.VpcId !== VpcId), 'Forbidden.VpcNotEmpty');
    return () => {
      this.vpcTable.delete(VpcId);
      this.vpcs.delete(VpcId);
      return {};
    };
  }

  private describeVpcs(params: Params): Answer {
    const found = [...this.vpcTable.values()].filter(({ VpcId, VpcName }) =>
      (!params.VpcId || params.VpcId === VpcId) && (!params.VpcName || params.VpcName === VpcName));
    const Vpc = found.map(({ VpcId, VpcName, CidrBlock, Ipv6CidrBlock }) => ({ VpcId, VpcName, CidrBlock, Ipv6CidrBlock, RegionId: this.region, Status: 'Available' }));
    return { TotalCount: found.length, PageNumber: 1, PageSize: 50, Vpcs: { Vpc } };
  }

  private describeSwitches({ VpcId }: Params): Answer {
    const VSwitch = [...this.vSwitchTable.values()].filter((vSwitch) => vSwitch.VpcId === VpcId)
      .map(({ VSwitchId, VSwitchName }) => ({ VSwitchId, VSwitchName, VpcId, Status: 'Available' }));
    return { TotalCount: VSwitch.length, PageNumber: 1, PageSize: 50, VSwitches: { VSwitch } };
  }

  private createVSwitch(params: Params): () => Answer {
    demand(this.vpcs.has(params.VpcId), 'InvalidVpcId.NotFound');
    return () => {
      const vSwitch: VSwitch = {
        VSwitchId: this.nextId('vsw'),
        VpcId: params.VpcId,
        VSwitchName: params.VSwitchName ?? '',
        CidrBlock: params.CidrBlock,
        ZoneId: params.ZoneId,
        Ipv6CidrBlock: params.Ipv6CidrBlock === undefined ? '' : `2001:db8:0:${Number(params.Ipv6CidrBlock).toString(16)}::/64`,
      };
      this.vSwitchTable.set(vSwitch.VSwitchId, vSwitch);
      this.vSwitches.set(vSwitch.VSwitchId, vSwitch.VpcId);
      return { VSwitchId: vSwitch.VSwitchId };
    };
  }

  private deleteVSwitch({ VSwitchId }: Params): () => Answer {
    demand(this.vSwitches.has(VSwitchId), 'InvalidVSwitchId.NotFound');
    demand([...this.instanceTable.values()].every(({ vSwitchId }) => vSwitchId !== VSwitchId), 'Forbidden.VpcNotEmpty');
    demand(this.addresses().every((address) => address.VSwitchId !== VSwitchId), 'Forbidden.VpcNotEmpty');
    return () => {
      this.vSwitchTable.delete(VSwitchId);
      this.vSwitches.delete(VSwitchId);
      return {};
    };
  }

  private createRouteTable(params: Params): () => Answer {
    demand(this.vpcs.has(params.VpcId), 'InvalidVpcId.NotFound');
    return () => {
      const RouteTableId = this.nextId('vtb');
      this.routeTables.set(RouteTableId, {
        ...systemRouteTable(params.VpcId),
        RouteTableId,
        RouteTableType: 'Custom',
        RouteTableName: params.RouteTableName ?? '',
        AssociateType: params.AssociateType ?? 'VSwitch',
        Status: 'Available',
        Tags: { Tag: [] },
      });
      return { RouteTableId };
    };
  }

  private deleteRouteTable({ RouteTableId }: Params): () => Answer {
    existing(this.routeTables, RouteTableId, 'InvalidRouteTableId.NotFound');
    return () => {
      this.routeTables.delete(RouteTableId);
      return {};
    };
  }

  private routeTablesFor({ VpcId, RouteTableId }: Params): Answer[] {
    if (RouteTableId === undefined) return this.vpcTable.has(VpcId) ? [systemRouteTable(VpcId)] : [];
    const found = this.routeTables.get(RouteTableId);
    return found ? [found] : [];
  }

  // ---- security groups

  private createGroup(params: Params): () => Answer {
    demand(this.vpcs.has(params.VpcId), 'InvalidVpcId.NotFound');
    return () => {
      const SecurityGroupId = this.nextId('sg');
      this.groupTable.set(SecurityGroupId, { SecurityGroupId, SecurityGroupName: params.SecurityGroupName ?? '', VpcId: params.VpcId, permissions: [] });
      return { SecurityGroupId };
    };
  }

  private authorize(params: Params): () => Answer {
    const group = this.group(params.SecurityGroupId);
    const rule = ruleIn(params);
    return () => {
      group.permissions.push({
        Direction: 'ingress',
        NicType: 'intranet',
        Policy: 'Accept',
        Priority: '1',
        SecurityGroupRuleId: this.nextId('sgr'),
        ...rule,
      });
      return {};
    };
  }

  /** Not to find the rule is no error. */
  private revoke(params: Params): () => Answer {
    const group = this.group(params.SecurityGroupId);
    const rule = ruleIn(params);
    return () => {
      const same = (permission: Answer) => ['IpProtocol', 'PortRange', 'Ipv6SourceCidrIp', 'SourceCidrIp'].every((name) => permission[name] === rule[name]);
      group.permissions = group.permissions.filter((permission) => !same(permission));
      return {};
    };
  }

  /** Its rules go with it. */
  private deleteGroup({ SecurityGroupId }: Params): () => Answer {
    this.group(SecurityGroupId);
    demand([...this.instanceTable.values()].every(({ securityGroupIds }) => !securityGroupIds.includes(SecurityGroupId)), 'Forbidden.VpcNotEmpty');
    return () => {
      this.groupTable.delete(SecurityGroupId);
      return {};
    };
  }

  private describeGroups({ SecurityGroupId, VpcId }: Params): Answer {
    const found = [...this.groupTable.values()].filter((group) =>
      (!SecurityGroupId || SecurityGroupId === group.SecurityGroupId) && (!VpcId || VpcId === group.VpcId));
    const described = found.map((group) => ({ ...visibleGroup(group), SecurityGroupType: 'normal', Description: '', Tags: { Tag: [] } }));
    return { SecurityGroups: { SecurityGroup: described } };
  }

  private describeGroupAttribute({ SecurityGroupId }: Params): Answer {
    const group = this.group(SecurityGroupId);
    return { ...visibleGroup(group), InnerAccessPolicy: 'Accept', Permissions: { Permission: group.permissions } };
  }

  private group(id: string): SecurityGroup {
    return existing(this.groupTable, id, 'InvalidSecurityGroupId.NotFound');
  }

  // ---- instances

  private runInstances(params: Params): () => Answer {
    const vSwitch = existing(this.vSwitchTable, params.VSwitchId, 'InvalidVSwitchId.NotFound');
    const securityGroupIds = numbered(params, 'SecurityGroupIds').map((id) => this.group(id).SecurityGroupId);
    return () => {
      const InstanceId = this.nextId('i');
      this.instanceTable.set(InstanceId, {
        InstanceId,
        InstanceName: params.InstanceName ?? '',
        InstanceType: params.InstanceType,
        ImageId: params.ImageId,
        ZoneId: vSwitch.ZoneId,
        vSwitchId: vSwitch.VSwitchId,
        securityGroupIds,
        networkInterfaceId: this.nextId('eni'),
        systemDisk: {
          DiskId: this.nextId('d'), Category: params['SystemDisk.Category'] ?? 'cloud_essd', Size: 40, PerformanceLevel: 'PL1', Encrypted: false,
        },
      });
      for (let n = 0; n < Number(params.Ipv6AddressCount ?? 0); n++) {
        this.seedAddress({ VSwitchId: vSwitch.VSwitchId, AssociatedInstanceId: InstanceId });
      }
      return { InstanceIdSets: { InstanceIdSet: [InstanceId] } };
    };
  }

  /** Its addresses go with it: before that, whatever was bought for them has to be gone. */
  private deleteInstance({ InstanceId }: Params): () => Answer {
    this.instance(InstanceId);
    const ids = this.addressesOf(InstanceId).map(({ Ipv6AddressId }) => Ipv6AddressId);
    demand(this.bandwidths().every(({ Ipv6AddressId }) => !ids.includes(Ipv6AddressId)), 'DependencyViolation.Ipv6InternetBandwidth');
    return () => {
      this.instanceTable.delete(InstanceId);
      ids.forEach((id) => this.loseAddress(id));
      return {};
    };
  }

  private describeInstances(params: Params): Answer {
    if (params.InstanceIds === undefined) {
      const foreign = this.foreignInstancesFor(params);
      const own = params['Tag.1.Key'] ? [] : [...this.instanceTable.values()]
        .filter(({ vSwitchId }) => params.VpcId === undefined || this.vSwitches.get(vSwitchId) === params.VpcId)
        .map(({ InstanceId }) => this.describedInstance(InstanceId));
      return { TotalCount: foreign.length + own.length, PageNumber: 1, PageSize: 100, Instances: { Instance: [...foreign, ...own] } };
    }
    return { Instances: { Instance: idsIn(params).filter((id) => this.instanceTable.has(id)).map((id) => this.describedInstance(id)) } };
  }

  private foreignInstancesFor(params: Params): Answer[] {
    const wanted = tagsIn(params);
    const found = [...this.foreignInstances].filter(([, { vpcId, tags }]) =>
      (!params.VpcId || params.VpcId === vpcId) && Object.entries(wanted).every(([key, value]) => tags[key] === value));
    return found.map(([InstanceId, { vpcId, tags }]) => ({
      InstanceId,
      Status: 'Running',
      VpcAttributes: { VpcId: vpcId, PrivateIpAddress: { IpAddress: ['10.0.1.20'] } },
      InnerIpAddress: { IpAddress: [] },
      Tags: { Tag: Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })) },
    }));
  }

  private describedInstance(id: string): Answer {
    const { vSwitchId, securityGroupIds, networkInterfaceId, systemDisk: _disk, ...visible } = this.instance(id);
    return {
      ...visible,
      Status: 'Running',
      InstanceChargeType: 'PostPaid',
      InternetChargeType: 'PayByTraffic',
      SpotStrategy: 'NoSpot',
      CreationTime: '2025-01-01T00:00Z',
      SecurityGroupIds: { SecurityGroupId: securityGroupIds },
      VpcAttributes: { VpcId: this.vSwitches.get(vSwitchId), VSwitchId: vSwitchId, PrivateIpAddress: { IpAddress: ['10.0.1.10'] } },
      NetworkInterfaces: { NetworkInterface: [{ NetworkInterfaceId: networkInterfaceId, Type: 'Primary', PrimaryIpAddress: '10.0.1.10' }] },
      MetadataOptions: { HttpTokens: 'optional', HttpEndpoint: 'enabled', HttpPutResponseHopLimit: 1 },
      Tags: { Tag: [] },
    };
  }

  private describeInterfaces(params: Params): Answer {
    const wanted = numbered(params, 'NetworkInterfaceId');
    const instances = [...this.instanceTable.values()].filter(({ networkInterfaceId }) => wanted.includes(networkInterfaceId));
    return {
      NetworkInterfaceSets: {
        NetworkInterfaceSet: instances.map(({ InstanceId, networkInterfaceId, vSwitchId }) => ({
          NetworkInterfaceId: networkInterfaceId,
          VSwitchId: vSwitchId,
          PrivateIpSets: { PrivateIpSet: [{ Primary: true, PrivateIpAddress: '10.0.1.10' }] },
          Ipv6Sets: { Ipv6Set: this.addressesOf(InstanceId).map(({ Ipv6Address }) => ({ Ipv6Address })) },
        })),
      },
    };
  }

  private instance(id: string): Instance {
    return existing(this.instanceTable, id, 'InvalidInstanceId.NotFound');
  }

  private addressesOf(instanceId: string) {
    return this.addresses().filter(({ AssociatedInstanceId }) => AssociatedInstanceId === instanceId);
  }
}

function describedVpc(vpc: Vpc | undefined): Answer {
  if (!vpc) return {};
  const { ipv6Blocks, ...visible } = vpc;
  return {
    ...visible,
    Status: 'Available',
    CreationTime: now(),
    VRouterId: `vrt-of-${vpc.VpcId}`,
    ClassicLinkEnabled: false,
    DnsHostnameStatus: 'DISABLED',
    IsDefault: false,
    ResourceGroupId: 'rg-default',
    Ipv6CidrBlocks: { Ipv6CidrBlock: ipv6Blocks },
    SecondaryCidrBlocks: { SecondaryCidrBlock: [] },
    UserCidrs: { UserCidr: [] },
    Tags: { Tag: [] },
  };
}

function describedSwitch(vSwitch: VSwitch | undefined): Answer {
  return vSwitch ? { ...vSwitch, Status: 'Available', IsDefault: false, Description: '', CreationTime: now(), Tags: { Tag: [] } } : {};
}

function visibleGroup({ permissions: _permissions, ...visible }: SecurityGroup): Answer {
  return visible;
}

/** The rule of a request: in its list of rules or, as the provider sends it to delete one, in parameters of its own. */
function ruleIn(params: Params): Record<string, string> {
  const field = (name: string) => params[`Permissions.1.${name}`] ?? params[name] ?? '';
  return {
    IpProtocol: field('IpProtocol').toUpperCase(),
    PortRange: field('PortRange'),
    Ipv6SourceCidrIp: field('Ipv6SourceCidrIp'),
    SourceCidrIp: field('SourceCidrIp'),
    Description: field('Description'),
    Priority: field('Priority') || '1',
  };
}

function systemRouteTable(vpcId: string) {
  return {
    RouteTableId: `vtb-of-${vpcId}`,
    RouteTableType: 'System',
    RouteTableName: '',
    RouterId: `vrt-of-${vpcId}`,
    VpcId: vpcId,
    Description: '',
    ResourceGroupId: 'rg-default',
    RoutePropagationEnable: true,
  };
}

/** The ids of a JSON list, as ECS takes them. */
function idsIn(params: Params): string[] {
  return JSON.parse(params.InstanceIds ?? '[]');
}

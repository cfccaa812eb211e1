import { isIPv6 } from 'node:net';
import { ApiErrorCode, demand } from './vpc-api-errors';

// Records carry the API's own field names. A field in lower case is a trait of the stand-in, and never on the wire.

export type Params = Readonly<Record<string, string>>;
export type Answer = Readonly<Record<string, unknown>>;
/** An action checks a call, and returns what carries it out: a refusal throws, a dry run stops in between. */
export type Action = (params: Params) => () => Answer;

export interface Ipv6Address {
  Ipv6AddressId: string;
  Ipv6Address: string;
  Ipv6AddressName: string;
  Ipv6AddressDescription: string;
  AddressType: string;
  AllocationTime: string;
  /** empty: unassociated */
  AssociatedInstanceId: string;
  /** `EcsInstance`, `NetworkInterface`, empty, or a service whose addresses cannot have bandwidth */
  AssociatedInstanceType: string;
  ResourceGroupId: string;
  /** 1 for an address that a cloud service manages */
  ServiceManaged: number;
  Status: 'Available' | 'Pending';
  VSwitchId: string;
  VpcId: string;
  kind: 'standard' | 'staticIsp' | 'free' | 'privateGua';
  /** describes after which what is Pending becomes Available; undefined: it never changes by itself */
  pendingDescribes?: number;
}

export interface Ipv6Gateway {
  Ipv6GatewayId: string;
  VpcId: string;
  RegionId: string;
  Name: string;
  Description: string;
  ResourceGroupId: string;
  CreationTime: string;
  ExpiredTime: string;
  InstanceChargeType: string;
  BusinessStatus: string;
  Status: 'Available' | 'Pending' | 'Deleting';
  pendingDescribes?: number;
}

export interface Ipv6InternetBandwidth {
  Ipv6InternetBandwidthId: string;
  Ipv6AddressId: string;
  Bandwidth: number;
  InternetChargeType: string;
  InstanceChargeType: string;
  BusinessStatus: string;
}

export interface Ipv6EgressOnlyRule {
  Ipv6EgressOnlyRuleId: string;
  Ipv6GatewayId: string;
  InstanceId: string;
  InstanceType: string;
  Name: string;
  Description: string;
  Status: 'Available' | 'Pending';
  pendingDescribes?: number;
}

/**
 * A change of what an address may do. It is open inbound from `bandwidthAllocated` or `ruleDeleted` until
 * `ruleCreated` or `bandwidthDeleted`.
 */
export interface ResourceEvent {
  readonly sequence: number;
  readonly kind: 'bandwidthAllocated' | 'bandwidthDeleted' | 'ruleCreated' | 'ruleDeleted';
  readonly Ipv6AddressId: string;
}

const MAX_BANDWIDTH: Record<string, number | undefined> = { PayByBandwidth: 2000, PayByTraffic: 1000 };
const MAX_RULES_PER_GATEWAY = 200;
const MAX_PAGE_SIZE = 50;
const MAX_IDS = 20;
const OWNER_ID = 1234567890123456;

/** The IPv6 resources of one account in one region, and the actions of the VPC API on them. */
export class VpcResources {
  /** Cloud Data Transfer bills PayByTraffic; the account may lack it, or have an old version of it. */
  public readonly account = { cdt: 'open' as 'open' | 'closed' | 'outdated', canBeQueried: true, saleCanBeValidated: true };
  /** Whether every write is refused with SystemBusy. */
  public busy = false;
  public readonly events: ResourceEvent[] = [];

  protected readonly actions: Readonly<Record<string, Action | undefined>> = {
    AllocateIpv6Address: (params) => this.allocateAddress(params),
    AllocateIpv6InternetBandwidth: (params) => this.allocateBandwidth(params),
    CreateIpv6EgressOnlyRule: (params) => this.createRule(params),
    CreateIpv6Gateway: (params) => this.createGateway(params),
    DeleteIpv6EgressOnlyRule: (params) => this.deleteRule(params),
    DeleteIpv6Gateway: (params) => this.deleteGateway(params),
    DeleteIpv6InternetBandwidth: (params) => this.deleteBandwidth(params),
    DescribeIpv6Addresses: (params) => this.describeAddresses(params),
    DescribeIpv6EgressOnlyRules: (params) => this.describeRules(params),
    DescribeIpv6GatewayAttribute: (params) => this.describeGateway(params),
    DescribeIpv6Gateways: (params) => this.describeGateways(params),
    ListTagResources: (params) => this.listTags(params),
    ModifyIpv6AddressAttribute: (params) => this.modifyAddress(params),
    ModifyIpv6GatewayAttribute: (params) => this.modifyGateway(params),
    ModifyIpv6InternetBandwidth: (params) => this.modifyBandwidth(params),
    MoveResourceGroup: (params) => this.moveResourceGroup(params),
    ReleaseIpv6Address: (params) => this.releaseAddress(params),
    TagResources: (params) => this.tag(params),
    UnTagResources: (params) => this.untag(params),
  };

  protected readonly vpcs = new Set<string>();
  protected readonly vSwitches = new Map<string, string>();
  protected readonly addressTable = new Map<string, Ipv6Address>();
  private readonly releasedAddressIds = new Set<string>();
  private readonly gatewayTable = new Map<string, Ipv6Gateway>();
  // gone at the next describe
  private readonly deletedGateways = new Map<string, Ipv6Gateway>();
  // one for each address at most, by the address's id
  private readonly bandwidthTable = new Map<string, Ipv6InternetBandwidth>();
  private readonly ruleTable = new Map<string, Ipv6EgressOnlyRule>();
  private readonly tagTable = new Map<string, Record<string, string>>();
  private lastId = 0;
  private lastSequence = 0;

  constructor(public readonly region: string) {}

  // ---- what was there before the test, and what is there after it

  public seedVpc(vpcId = this.nextId('vpc')): string {
    this.vpcs.add(vpcId);
    return vpcId;
  }

  public seedVSwitch(vpcId = this.seedVpc(), vSwitchId = this.nextId('vsw')): string {
    this.vpcs.add(vpcId);
    this.vSwitches.set(vSwitchId, vpcId);
    return vSwitchId;
  }

  public seedGateway(vpcId = this.seedVpc()): Ipv6Gateway {
    const { Ipv6GatewayId } = this.createGateway({ VpcId: vpcId })();
    const gateway = this.gatewayTable.get(Ipv6GatewayId as string)!;
    settle(gateway);
    return structuredClone(gateway);
  }

  /**
   * An address, by default unassociated, Available, and in a VPC of its own.
   *
   * The type of the instance follows from its id unless it is given.
   */
  public seedAddress(address: Partial<Ipv6Address> = {}): Ipv6Address {
    const instanceId = address.AssociatedInstanceId ?? '';
    const vSwitchId = this.vSwitches.has(address.VSwitchId ?? '') ? address.VSwitchId! : this.seedVSwitch(address.VpcId, address.VSwitchId);
    const seeded: Ipv6Address = {
      ...this.newAddress(vSwitchId),
      AssociatedInstanceType: instanceId.startsWith('i-') ? 'EcsInstance' : instanceId.startsWith('eni-') ? 'NetworkInterface' : '',
      Status: address.pendingDescribes === undefined ? 'Available' : 'Pending',
      ...address,
    };
    this.addressTable.set(seeded.Ipv6AddressId, seeded);
    return structuredClone(seeded);
  }

  /**
   * An ECS instance: the address of its primary interface is associated with the instance itself,
   * those of secondary interfaces with the interface.
   */
  public seedInstance(options: { vSwitchId?: string; secondaryInterfaces?: number } = {}) {
    const VSwitchId = options.vSwitchId ?? this.seedVSwitch();
    const instanceId = this.nextId('i');
    return {
      instanceId,
      primary: this.seedAddress({ VSwitchId, AssociatedInstanceId: instanceId }),
      secondary: Array.from({ length: options.secondaryInterfaces ?? 0 },
        () => this.seedAddress({ VSwitchId, AssociatedInstanceId: this.nextId('eni') })),
    };
  }

  /** Makes an address Pending until it has been described so many times. */
  public keepPending(ipv6AddressId: string, describes: number): void {
    Object.assign(this.address(ipv6AddressId), { Status: 'Pending', pendingDescribes: describes });
  }

  /** Sets the rate of a bandwidth to 0 Mbit/s, which the console can and the API cannot: the address is private then. */
  public closeInConsole(ipv6AddressId: string): void {
    this.bandwidthTable.get(ipv6AddressId)!.Bandwidth = 0;
  }

  /** An address goes with its instance, and takes its bandwidth and its rule along. */
  public loseAddress(ipv6AddressId: string): void {
    this.ruleTable.delete(ipv6AddressId);
    this.bandwidthTable.delete(ipv6AddressId);
    this.addressTable.delete(ipv6AddressId);
  }

  /** Carries an action out as somebody else would: neither logged nor subject to faults. */
  public outOfBand(action: string, params: Params): Answer {
    const check = this.actions[action];
    demand(check, 'InvalidAction.NotFound');
    return check(params)();
  }

  public addresses(): Ipv6Address[] {
    return structuredClone([...this.addressTable.values()]);
  }

  public gateways(): Ipv6Gateway[] {
    return structuredClone([...this.gatewayTable.values()]);
  }

  public bandwidths(): Ipv6InternetBandwidth[] {
    return structuredClone([...this.bandwidthTable.values()]);
  }

  public rules(): Ipv6EgressOnlyRule[] {
    return structuredClone([...this.ruleTable.values()]);
  }

  public tags(resourceId: string): Record<string, string> {
    return { ...this.tagTable.get(resourceId) };
  }

  protected nextSequence(): number {
    return ++this.lastSequence;
  }

  // ---- Internet bandwidth

  private allocateBandwidth(params: Params): () => Answer {
    demand(params.Ipv6AddressId, 'MissingParam.Ipv6InstanceId');
    demand(params.ChargeType !== 'PrePaid', 'OperationUnsupported.PrePaid');
    demand(!params.ChargeType || params.ChargeType === 'PostPaid', 'IllegalParam.ChargeType');
    const chargeType = params.InternetChargeType ?? 'PayByBandwidth';
    const bandwidth = bandwidthOf(params, chargeType);
    const address = this.addressForBandwidth(params.Ipv6AddressId);
    demandSuited(address, chargeType);

    const gateway = this.gatewayOf(address.VpcId);
    demand(gateway, 'OperationFailed.Ipv6GatewayNotExist');
    demand(!params.Ipv6GatewayId || params.Ipv6GatewayId === gateway.Ipv6GatewayId, 'OperationFailed.Ipv6GatewayDisMatchIpv6Address');
    demand(!this.bandwidthTable.has(address.Ipv6AddressId), 'OperationFailed.InternetBandwidthAlreadyExisted');
    this.demandOrderable(chargeType);

    return () => {
      const id = this.nextId('ipv6bw');
      this.bandwidthTable.set(address.Ipv6AddressId, {
        Ipv6InternetBandwidthId: id,
        Ipv6AddressId: address.Ipv6AddressId,
        Bandwidth: bandwidth,
        InternetChargeType: chargeType,
        InstanceChargeType: 'PostPaid',
        BusinessStatus: 'Normal',
      });
      this.addEvent('bandwidthAllocated', address.Ipv6AddressId);
      return { Ipv6AddressId: address.Ipv6AddressId, InternetBandwidthId: id };
    };
  }

  private modifyBandwidth(params: Params): () => Answer {
    const bandwidth = this.existingBandwidth(params);
    const value = bandwidthOf(params, bandwidth.InternetChargeType);
    return () => {
      bandwidth.Bandwidth = value;
      return {};
    };
  }

  private deleteBandwidth(params: Params): () => Answer {
    const { Ipv6AddressId } = this.existingBandwidth(params);
    demand(!this.ruleTable.has(Ipv6AddressId), 'DependencyViolation.Ipv6EgressOnlyRule');
    return () => {
      this.bandwidthTable.delete(Ipv6AddressId);
      this.addEvent('bandwidthDeleted', Ipv6AddressId);
      return {};
    };
  }

  /** The API takes the bandwidth's id, the address's, or both: then they must belong together. */
  private existingBandwidth(params: Params): Ipv6InternetBandwidth {
    const bandwidth = params.Ipv6InternetBandwidthId
      ? this.bandwidthWithId(params.Ipv6InternetBandwidthId) : this.bandwidthTable.get(params.Ipv6AddressId);
    demand(bandwidth, 'InvalidIpv6Instance.NotFound');
    demand(!params.Ipv6AddressId || params.Ipv6AddressId === bandwidth.Ipv6AddressId, 'InvalidIpv6Instance.NotFound');
    return bandwidth;
  }

  /** The API has two codes for a missing address and does not say when it gives which: here a released one gets the other. */
  private addressForBandwidth(id: string): Ipv6Address {
    demand(id.startsWith('ipv6-'), 'IllegalParam.Ipv6Address');
    demand(!this.releasedAddressIds.has(id), 'InvalidIpv6Instance.NotFound');
    return this.address(id);
  }

  private demandOrderable(chargeType: string): void {
    demand(chargeType !== 'PayByTraffic' || this.account.cdt !== 'closed', 'OperationFailed.OpenCdtServiceFirst');
    demand(chargeType !== 'PayByTraffic' || this.account.cdt !== 'outdated', 'OperationFailed.UpgradeCdtServiceFirst');
    demand(this.account.canBeQueried, 'OperationFailed.QueryAccountInfo');
    demand(this.account.saleCanBeValidated, 'OperationFailed.SaleValidate');
  }

  private bandwidthWithId(id: string): Ipv6InternetBandwidth | undefined {
    return [...this.bandwidthTable.values()].find((bandwidth) => bandwidth.Ipv6InternetBandwidthId === id);
  }

  // ---- addresses

  private allocateAddress(params: Params): () => Answer {
    demand(this.vSwitches.has(params.VSwitchId), 'InvalidVSwitchId.NotFound');
    const literal = params.Ipv6Address;
    demand(!literal || isIPv6(literal.split('/')[0]), 'IllegalParam.Ipv6Address');
    demand([...this.addressTable.values()].every((other) => other.Ipv6Address !== literal), 'IllegalParam.Ipv6Address');
    return () => {
      const address = this.newAddress(params.VSwitchId);
      assignGiven(address, params, {
        AddressType: 'AddressType',
        Ipv6Address: 'Ipv6Address',
        Ipv6AddressDescription: 'Ipv6AddressDescription',
        Ipv6AddressName: 'Ipv6AddressName',
        ResourceGroupId: 'ResourceGroupId',
      });
      this.addressTable.set(address.Ipv6AddressId, address);
      this.tagTable.set(address.Ipv6AddressId, tagsIn(params));
      return { Ipv6AddressId: address.Ipv6AddressId, Ipv6Address: address.Ipv6Address, ResourceGroupId: address.ResourceGroupId };
    };
  }

  private describeAddresses(params: Params): () => Answer {
    const ids = params.Ipv6AddressId?.split(',');
    demand(!ids || ids.length <= MAX_IDS, 'IllegalParam.Ipv6AddressId');
    const bandwidthId = params.Ipv6InternetBandwidthId;
    const tags = tagsIn(params);
    const wanted = { AddressType: 'IPv6Address', ...params };
    const found = [...this.addressTable.values()].filter((address) => matches(address, wanted,
      ['VpcId', 'VSwitchId', 'AssociatedInstanceId', 'AssociatedInstanceType', 'AddressType', 'Ipv6Address', 'ResourceGroupId'])
      && (!ids || ids.includes(address.Ipv6AddressId))
      && (!params.Name || params.Name === address.Ipv6AddressName)
      && (!params.NetworkType || params.NetworkType === this.networkTypeOf(address))
      && (!params.ServiceManaged || (params.ServiceManaged === 'true') === (address.ServiceManaged === 1))
      && (!bandwidthId || bandwidthId === this.bandwidthTable.get(address.Ipv6AddressId)?.Ipv6InternetBandwidthId)
      && this.hasTags(address.Ipv6AddressId, tags));
    const page = pageOf(found, params);
    return () => ({
      ...page.numbers,
      Ipv6Addresses: { Ipv6Address: page.items.map((address) => this.describedAddress(address)) },
    });
  }

  private networkTypeOf({ Ipv6AddressId }: Ipv6Address): 'Public' | 'Private' {
    return this.bandwidthTable.get(Ipv6AddressId)?.Bandwidth ? 'Public' : 'Private';
  }

  private describedAddress(address: Ipv6Address): Answer {
    const { kind, pendingDescribes: _pending, ...visible } = address;
    const { Ipv6AddressId: _address, ...bandwidth } = this.bandwidthTable.get(address.Ipv6AddressId) ?? {};
    const described = {
      ...visible,
      Ipv6GatewayId: this.gatewayOf(address.VpcId)?.Ipv6GatewayId ?? '',
      Ipv6Isp: kind === 'staticIsp' ? 'ChinaTelecom' : 'BGP',
      NetworkType: this.networkTypeOf(address),
      RealBandwidth: (bandwidth as Partial<Ipv6InternetBandwidth>).Bandwidth ?? 0,
      Ipv6InternetBandwidth: bandwidth,
      Tags: this.describedTags(address.Ipv6AddressId),
    };
    settle(address);
    return described;
  }

  private modifyAddress(params: Params): () => Answer {
    const address = this.address(params.Ipv6AddressId);
    return () => {
      assignGiven(address, params, { Ipv6AddressName: 'Name', Ipv6AddressDescription: 'Description' });
      return {};
    };
  }

  private releaseAddress(params: Params): () => Answer {
    const address = existing(this.addressTable, params.Ipv6AddressId, 'ResourceNotFound.Ipv6InstanceId');
    demand(address.Status !== 'Pending', 'IncorrectStatus.Ipv6Instance');
    demand(!address.AssociatedInstanceId, 'OperationFailed.AssociationExist');
    demand(!this.bandwidthTable.has(address.Ipv6AddressId), 'DependencyViolation.Ipv6InternetBandwidth');
    return () => {
      this.addressTable.delete(address.Ipv6AddressId);
      this.releasedAddressIds.add(address.Ipv6AddressId);
      return {};
    };
  }

  private address(id: string): Ipv6Address {
    return existing(this.addressTable, id, 'ResourceNotFound.Ipv6Address');
  }

  private newAddress(vSwitchId: string): Ipv6Address {
    const id = this.nextId('ipv6');
    return {
      Ipv6AddressId: id,
      Ipv6Address: `2001:db8::${this.lastId.toString(16)}`,
      Ipv6AddressName: '',
      Ipv6AddressDescription: '',
      AddressType: 'IPv6Address',
      AllocationTime: now(),
      AssociatedInstanceId: '',
      AssociatedInstanceType: '',
      ResourceGroupId: 'rg-default',
      ServiceManaged: 0,
      Status: 'Available',
      VSwitchId: vSwitchId,
      VpcId: this.vSwitches.get(vSwitchId)!,
      kind: 'standard',
    };
  }

  // ---- gateways

  private createGateway(params: Params): () => Answer {
    demand(this.vpcs.has(params.VpcId), 'InvalidVpcId.NotFound');
    demand(!this.gatewayOf(params.VpcId), 'OperationFailed.Ipv6GatewayAlreadyExisted');
    return () => {
      const gateway: Ipv6Gateway = {
        Ipv6GatewayId: this.nextId('ipv6gw'),
        VpcId: params.VpcId,
        RegionId: this.region,
        Name: params.Name ?? '',
        Description: params.Description ?? '',
        ResourceGroupId: params.ResourceGroupId ?? 'rg-default',
        CreationTime: now(),
        ExpiredTime: '',
        InstanceChargeType: 'PostPaid',
        BusinessStatus: 'Normal',
        Status: 'Pending',
        pendingDescribes: 1,
      };
      this.gatewayTable.set(gateway.Ipv6GatewayId, gateway);
      return { Ipv6GatewayId: gateway.Ipv6GatewayId, ResourceGroupId: gateway.ResourceGroupId };
    };
  }

  /**
   * A gateway that is gone is no error: its status is empty. That is what the provider waits for after a deletion, which goes on
   * after its answer.
   */
  private describeGateway({ Ipv6GatewayId }: Params): () => Answer {
    return () => {
      const gateway = this.gatewayTable.get(Ipv6GatewayId) ?? this.deletedGateways.get(Ipv6GatewayId);
      this.deletedGateways.delete(Ipv6GatewayId);
      return gateway ? { OwnerId: OWNER_ID, ...this.describedGateway(gateway) } : { Ipv6GatewayId: '', Status: '' };
    };
  }

  private describeGateways(params: Params): () => Answer {
    const found = [...this.gatewayTable.values()].filter((gateway) => matches(gateway, params, ['VpcId', 'Ipv6GatewayId', 'Name', 'ResourceGroupId'])
      && this.hasTags(gateway.Ipv6GatewayId, tagsIn(params)));
    const page = pageOf(found, params);
    return () => ({
      ...page.numbers,
      Ipv6Gateways: { Ipv6Gateway: page.items.map((gateway) => ({ OwnerId: OWNER_ID, ...this.describedGateway(gateway) })) },
    });
  }

  private describedGateway(gateway: Ipv6Gateway): Answer {
    const { pendingDescribes: _pending, ...visible } = gateway;
    const described = { ...visible, Tags: this.describedTags(gateway.Ipv6GatewayId) };
    settle(gateway);
    return described;
  }

  private modifyGateway(params: Params): () => Answer {
    const gateway = this.gateway(params.Ipv6GatewayId);
    return () => {
      assignGiven(gateway, params, { Name: 'Name', Description: 'Description' });
      return {};
    };
  }

  private deleteGateway(params: Params): () => Answer {
    const gateway = this.gateway(params.Ipv6GatewayId);
    const { Ipv6GatewayId, VpcId } = gateway;
    demand(this.rulesIn(Ipv6GatewayId).length === 0, 'DependencyViolation.Ipv6EgressOnlyRule');
    demand([...this.bandwidthTable.keys()].every((id) => this.address(id).VpcId !== VpcId), 'DependencyViolation.Ipv6InternetBandwidth');
    return () => {
      this.deletedGateways.set(Ipv6GatewayId, { ...gateway, Status: 'Deleting' });
      this.gatewayTable.delete(Ipv6GatewayId);
      return {};
    };
  }

  private gateway(id: string): Ipv6Gateway {
    return existing(this.gatewayTable, id, 'ResourceNotFound.Ipv6Gateway');
  }

  protected gatewayOf(vpcId: string): Ipv6Gateway | undefined {
    return [...this.gatewayTable.values()].find((gateway) => gateway.VpcId === vpcId);
  }

  // ---- egress-only rules

  private createRule(params: Params): () => Answer {
    const gateway = this.gateway(params.Ipv6GatewayId);
    const address = this.address(params.InstanceId);
    demand(address.VpcId === gateway.VpcId, 'OperationFailed.Ipv6GatewayDisMatchIpv6Address');
    demand(address.AssociatedInstanceId, 'OperationDenied.UnassociatedIpv6Address');
    demand(this.bandwidthTable.has(address.Ipv6AddressId), 'OperationFailed.InternetBandwidthNotExist');
    demand(!this.ruleTable.has(address.Ipv6AddressId), 'OperationFailed.Ipv6EgressOnlyRuleAlreadyExisted');
    demand(this.rulesIn(gateway.Ipv6GatewayId).length < MAX_RULES_PER_GATEWAY, 'QuotaExceeded.Ipv6EgressOnlyRule');
    return () => {
      const id = this.nextId('ipv6py');
      this.ruleTable.set(address.Ipv6AddressId, {
        Ipv6EgressOnlyRuleId: id,
        Ipv6GatewayId: gateway.Ipv6GatewayId,
        InstanceId: address.Ipv6AddressId,
        InstanceType: params.InstanceType ?? 'Ipv6Address',
        Name: params.Name ?? '',
        Description: params.Description ?? '',
        Status: 'Pending',
        pendingDescribes: 1,
      });
      this.addEvent('ruleCreated', address.Ipv6AddressId);
      return { Ipv6EgressRuleId: id };
    };
  }

  private describeRules(params: Params): () => Answer {
    const found = [...this.ruleTable.values()].filter((rule) => matches(rule, params,
      ['Ipv6GatewayId', 'Ipv6EgressOnlyRuleId', 'InstanceId', 'InstanceType', 'Name']));
    const page = pageOf(found, params);
    return () => ({
      ...page.numbers,
      Ipv6EgressOnlyRules: { Ipv6EgressOnlyRule: page.items.map((rule) => describedRule(rule)) },
    });
  }

  private deleteRule(params: Params): () => Answer {
    const rule = [...this.ruleTable.values()].find(({ Ipv6EgressOnlyRuleId }) => Ipv6EgressOnlyRuleId === params.Ipv6EgressOnlyRuleId);
    demand(rule, 'ResourceNotFound.Ipv6EgressOnlyRule');
    return () => {
      this.ruleTable.delete(rule.InstanceId);
      this.addEvent('ruleDeleted', rule.InstanceId);
      return {};
    };
  }

  private rulesIn(ipv6GatewayId: string): Ipv6EgressOnlyRule[] {
    return [...this.ruleTable.values()].filter((rule) => rule.Ipv6GatewayId === ipv6GatewayId);
  }

  // ---- tags and resource groups

  private tag(params: Params): () => Answer {
    const resources = numbered(params, 'ResourceId').map((id) => this.taggable(id, params.ResourceType));
    return () => {
      resources.forEach((id) => this.tagTable.set(id, { ...this.tags(id), ...tagsIn(params) }));
      return {};
    };
  }

  private untag(params: Params): () => Answer {
    const keys = numbered(params, 'TagKey');
    const resources = numbered(params, 'ResourceId').map((id) => this.taggable(id, params.ResourceType));
    return () => {
      resources.forEach((id) => this.tagTable.set(id,
        Object.fromEntries(Object.entries(this.tags(id)).filter(([key]) => params.All !== 'true' && !keys.includes(key)))));
      return {};
    };
  }

  private listTags(params: Params): () => Answer {
    const TagResource = numbered(params, 'ResourceId').flatMap((ResourceId) => Object.entries(this.tags(ResourceId))
      .map(([TagKey, TagValue]) => ({ ResourceId, ResourceType: params.ResourceType, TagKey, TagValue })));
    return () => ({ NextToken: '', TagResources: { TagResource } });
  }

  private moveResourceGroup(params: Params): () => Answer {
    const resource = this.resource(params.ResourceId, params.ResourceType);
    return () => {
      resource.ResourceGroupId = params.NewResourceGroupId;
      return {};
    };
  }

  private resource(id: string, type: string | undefined): Ipv6Address | Ipv6Gateway {
    return type?.toUpperCase() === 'IPV6GATEWAY' ? this.gateway(id) : this.address(id);
  }

  private taggable(id: string, type: string | undefined): string {
    this.resource(id, type);
    return id;
  }

  private hasTags(resourceId: string, wanted: Record<string, string>): boolean {
    const tags = this.tagTable.get(resourceId);
    return Object.entries(wanted).every(([key, value]) => tags?.[key] === value);
  }

  protected describedTags(resourceId: string): Answer {
    return { Tag: Object.entries(this.tags(resourceId)).map(([Key, Value]) => ({ Key, Value })) };
  }

  private addEvent(kind: ResourceEvent['kind'], ipv6AddressId: string): void {
    this.events.push({ sequence: this.nextSequence(), kind, Ipv6AddressId: ipv6AddressId });
  }

  protected nextId(prefix: string): string {
    return `${prefix}-${(++this.lastId).toString().padStart(8, '0')}`;
  }
}

function describedRule(rule: Ipv6EgressOnlyRule): Answer {
  const { Ipv6GatewayId: _gateway, pendingDescribes: _pending, ...visible } = rule;
  settle(rule);
  return visible;
}

/** Counts a describe of what is Pending until it has been described so many times. */
function settle(record: { Status: string; pendingDescribes?: number }): void {
  if (record.pendingDescribes === undefined) return;
  const left = record.pendingDescribes - 1;
  Object.assign(record, left > 0 ? { pendingDescribes: left } : { Status: 'Available', pendingDescribes: undefined });
}

function bandwidthOf(params: Params, chargeType: string): number {
  const max = MAX_BANDWIDTH[chargeType];
  demand(max, 'IllegalParam.InternetChargeType');
  const value = Number(params.Bandwidth);
  demand(Number.isInteger(value) && value >= 1 && value <= max, 'IllegalParam.Bandwidth');
  return value;
}

/** The API does not say which billing methods a single-ISP or a free address lacks: here it is PayByTraffic. */
function demandSuited(address: Ipv6Address, chargeType: string): void {
  demand(address.Status !== 'Pending', 'IncorrectStatus.Ipv6Instance');
  demand(!/^f[cd][0-9a-f]{2}:/i.test(address.Ipv6Address), 'OperationUnsupported.ULA');
  demand(address.kind !== 'privateGua', 'OperationUnsupported.PrivateGUA');
  demand(['EcsInstance', 'NetworkInterface', ''].includes(address.AssociatedInstanceType), 'OperationDenied.UnSupportedBindTypeCloudInstance');
  demand(address.kind !== 'staticIsp' || chargeType !== 'PayByTraffic', 'UnsupportedFeature.InternetChargeTypeOnStaticIsp');
  demand(address.kind !== 'free' || chargeType !== 'PayByTraffic', 'UnsupportedFeature.InternetChargeTypeOnFreeIpv6Address');
}

export function existing<T>(table: ReadonlyMap<string, T>, id: string, code: ApiErrorCode): T {
  const record = table.get(id);
  demand(record, code);
  return record;
}

function matches<T extends object>(record: T, params: Params, names: Array<keyof T & string>): boolean {
  return names.every((name) => params[name] === undefined || params[name] === record[name]);
}

function pageOf<T>(list: T[], params: Params) {
  const PageNumber = Number(params.PageNumber ?? 1);
  const PageSize = Number(params.PageSize ?? 10);
  demand(PageSize >= 1 && PageSize <= MAX_PAGE_SIZE, 'IllegalParam.PageSize');
  return {
    numbers: { TotalCount: list.length, PageNumber, PageSize },
    items: list.slice((PageNumber - 1) * PageSize, PageNumber * PageSize),
  };
}

/** The values of `Name.1`, `Name.2`, and so on. */
export function numbered(params: Params, name: string): string[] {
  return Object.keys(params).filter((key) => new RegExp(`^${name}\\.\\d+$`).test(key)).map((key) => params[key]);
}

export function tagsIn(params: Params): Record<string, string> {
  const keys = Object.keys(params).filter((name) => /^Tag\.\d+\.Key$/.test(name));
  return Object.fromEntries(keys.map((name) => [params[name], params[name.replace(/Key$/, 'Value')] ?? '']));
}

/** Sets the fields whose parameter was sent: the API leaves the others as they are. */
function assignGiven<T extends object>(record: T, params: Params, fields: Partial<Record<keyof T & string, string>>): void {
  const given = Object.entries<string | undefined>(fields).filter(([, param]) => params[param!] !== undefined);
  Object.assign(record, Object.fromEntries(given.map(([field, param]) => [field, params[param!]])));
}

export function now(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z');
}

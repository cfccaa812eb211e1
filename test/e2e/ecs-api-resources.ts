import { NetworkResources } from './network-api-resources';
import { demand } from './vpc-api-errors';
import { Answer, existing, numbered, Params } from './vpc-api-resources';

const [FEWEST_INTERFACES, MOST_INTERFACES, MOST_LITERALS] = [10, 500, 100];
const [FEWEST_RULES, DEFAULT_RULES, MOST_RULES] = [10, 500, 1000];

/** A network interface: the primary one of an instance, or a secondary one. */
interface Interface {
  readonly NetworkInterfaceId: string;
  readonly Type: 'Primary' | 'Secondary';
  readonly InstanceId: string;
  readonly vSwitchId: string;
  readonly literals: string[];
}

/**
 * What ECS says of network interfaces and security groups, in the pages that the real service has.
 *
 * @see https://www.npmjs.com/package/@alicloud/ecs20140526
 */
export class EcsResources extends NetworkResources {
  /** The groups of instances and interfaces that no action created. */
  private readonly foreignGroups = new Map<string, readonly string[]>();
  private readonly tokens = new Map<string, number>();

  constructor(region: string) {
    super(region);
    const { AuthorizeSecurityGroup: authorize } = this.actions;
    Object.assign(this.actions, {
      AuthorizeSecurityGroup: (params: Params) => {
        const carryOut = authorize!(params);
        return () => this.withPolicy(params, carryOut);
      },
      DescribeNetworkInterfaces: (params: Params) => () => this.describeNetworkInterfaces(params),
      DescribeSecurityGroupAttribute: (params: Params) => () => this.describeSecurityGroup(params),
    });
  }

  /** A security group that somebody else made, for instances and interfaces that somebody else started. */
  public seedSecurityGroup(vpcId: string, members: readonly string[] = []): string {
    const SecurityGroupId = this.nextId('sg');
    this.groupTable.set(SecurityGroupId, { SecurityGroupId, SecurityGroupName: '', VpcId: vpcId, permissions: [] });
    for (const member of members) this.foreignGroups.set(member, [...this.foreignGroups.get(member) ?? [], SecurityGroupId]);
    return SecurityGroupId;
  }

  /** Lets in, or denies, with a rule of the console. */
  public seedIngressRule(groupId: string, rule: Readonly<Record<string, string>>): void {
    this.outOfBand('AuthorizeSecurityGroup', {
      SecurityGroupId: groupId,
      ...Object.fromEntries(Object.entries({ Policy: 'accept', ...rule }).map(([name, value]) => [`Permissions.1.${name}`, value])),
    });
  }

  private withPolicy(params: Params, carryOut: () => Answer): Answer {
    const answer = carryOut();
    const { permissions } = this.groupTable.get(params.SecurityGroupId)!;
    const policy = params['Permissions.1.Policy'];
    if (policy?.toLowerCase() === 'drop') permissions[permissions.length - 1] = { ...permissions[permissions.length - 1], Policy: 'Drop' };
    return answer;
  }

  private describeNetworkInterfaces(params: Params): Answer {
    const [ids, literals] = ['NetworkInterfaceId', 'Ipv6Address'].map((name) => new Set(numbered(params, name)));
    demand(ids.size <= MOST_LITERALS && literals.size <= MOST_LITERALS, 'InvalidParameter.Amount');
    const found = this.interfaces(literals).filter((each) => (ids.size === 0 || ids.has(each.NetworkInterfaceId))
      && (literals.size === 0 || each.literals.some((literal) => literals.has(literal)))
      && (params.VpcId === undefined || this.vSwitches.get(each.vSwitchId) === params.VpcId)
      && (params.InstanceId === undefined || each.InstanceId === params.InstanceId));
    const size = Math.min(Math.max(Number(params.MaxResults ?? FEWEST_INTERFACES), FEWEST_INTERFACES), MOST_INTERFACES);
    const { items, NextToken } = this.part(found, size, params);
    return { NextToken, TotalCount: found.length, NetworkInterfaceSets: { NetworkInterfaceSet: items.map((each) => this.describedInterface(each)) } };
  }

  private describedInterface({ literals, vSwitchId, ...visible }: Interface): Answer {
    return {
      ...visible,
      VSwitchId: vSwitchId,
      VpcId: this.vSwitches.get(vSwitchId),
      Status: 'InUse',
      SecurityGroupIds: { SecurityGroupId: this.groupsOf(visible) },
      PrivateIpSets: { PrivateIpSet: [{ Primary: true, PrivateIpAddress: '10.0.1.10' }] },
      Ipv6Sets: { Ipv6Set: literals.map((Ipv6Address) => ({ Ipv6Address })) },
    };
  }

  private groupsOf({ InstanceId, NetworkInterfaceId, Type }: Pick<Interface, 'InstanceId' | 'NetworkInterfaceId' | 'Type'>): readonly string[] {
    const created = Type === 'Primary' ? this.instanceTable.get(InstanceId)?.securityGroupIds : undefined;
    return created ?? this.foreignGroups.get(Type === 'Primary' ? InstanceId : NetworkInterfaceId) ?? [];
  }

  /**
   * The interfaces of all instances. One without addresses is known for an instance that an action created.
   *
   * @param literals of whose owners alone the addresses are wanted; empty for all
   */
  private interfaces(literals: ReadonlySet<string>): Interface[] {
    const found = new Map<string, Interface>();
    const owners = new Set<string>();
    for (const { AssociatedInstanceId: owner, Ipv6Address: literal } of this.addressTable.values()) {
      if (literals.size === 0 || literals.has(literal)) owners.add(owner);
    }
    for (const { InstanceId, networkInterfaceId, vSwitchId } of this.instanceTable.values()) {
      found.set(InstanceId, { NetworkInterfaceId: networkInterfaceId, Type: 'Primary', InstanceId, vSwitchId, literals: [] });
    }
    for (const address of this.addressTable.values()) {
      const { AssociatedInstanceId: owner, AssociatedInstanceType: type, VSwitchId: vSwitchId, Ipv6Address: literal } = address;
      if (owner === '' || !owners.has(owner)) continue;
      const isInstance = type === 'EcsInstance';
      const known = found.get(owner) ?? {
        NetworkInterfaceId: isInstance ? owner.replace(/^i-/, 'eni-of-') : owner, Type: isInstance ? 'Primary' : 'Secondary', InstanceId: isInstance ? owner : '', vSwitchId, literals: [],
      };
      known.literals.push(literal);
      found.set(owner, known);
    }
    return [...found.values()];
  }

  private describeSecurityGroup(params: Params): Answer {
    const { permissions, ...visible } = existing(this.groupTable, params.SecurityGroupId, 'InvalidSecurityGroupId.NotFound');
    const found = permissions.filter(({ Direction }) => ['all', Direction].includes(params.Direction ?? 'all'));
    const size = Math.min(Math.max(Number(params.MaxResults ?? DEFAULT_RULES), FEWEST_RULES), MOST_RULES);
    const { items, NextToken } = this.part(found, size, params);
    return { ...visible, RegionId: this.region, NextToken, InnerAccessPolicy: 'Accept', Permissions: { Permission: items } };
  }

  /** A part of a list, and the token for the next one. */
  private part<T>(list: readonly T[], size: number, { NextToken: token = '' }: Params): { readonly items: readonly T[]; readonly NextToken: string } {
    const start = token === '' ? 0 : this.tokens.get(token);
    demand(start !== undefined, 'InvalidParameter.NextToken');
    const end = start + size;
    const next = end < list.length ? this.nextId('token') : '';
    if (next !== '') this.tokens.set(next, end);
    return { items: list.slice(start, end), NextToken: next };
  }
}

import { ReadOnlyAction, permissionOf } from './api-actions';
import { knownText } from './exposure';
import { InputError } from './input-error';
import { canonical } from './ipv6-literal';
import { isObject, Json } from './json';
import type { VpcApi } from './vpc-api';
import { InboundVerdict, PRIVATE } from '../../src/exposure/facts';
import { IngressRule, openPorts, Ports, unknownPorts } from '../../src/exposure/ports';
import { addToGroup } from '../../src/terraform/groups';

/** An address of an account that has Internet bandwidth. */
export interface AccountAddress extends InboundVerdict {
  readonly id: string;
  readonly mbps: number | undefined;
  readonly chargeType: string | undefined;
  readonly gateway: string | undefined;
  /** Undefined for a closed address. */
  readonly ports?: Ports;
}

/** The exposure of an account in one region. */
export interface Account {
  readonly addresses: readonly AccountAddress[];
  /** The number of egress-only rules by the id of the gateway. */
  readonly rules: ReadonlyMap<string, number>;
}

/** The actions that the reading calls. */
export const ACCOUNT_ACTIONS = [
  'DescribeIpv6Addresses',
  'DescribeIpv6EgressOnlyRules',
  'DescribeNetworkInterfaces',
  'DescribeSecurityGroupAttribute',
] as const satisfies readonly ReadOnlyAction[];

type AccountAction = typeof ACCOUNT_ACTIONS[number];

/** Parameters with which an action is only asked for its permission. */
const PROBES: Readonly<Record<AccountAction, Readonly<Record<string, string>>>> = {
  DescribeIpv6Addresses: { PageSize: '1' },
  DescribeIpv6EgressOnlyRules: { Ipv6GatewayId: 'ipv6gw-0' },
  DescribeNetworkInterfaces: { MaxResults: '10' },
  DescribeSecurityGroupAttribute: { SecurityGroupId: 'sg-0' },
};

const POLICY = 'https://github.com/cdktf-alicloud-ipv6/cdktf-alicloud-ipv6/blob/main/docs/audit.md#permissions';

const PAGE_SIZE = 50;
const MOST_LITERALS = 100;
const MOST_INTERFACES = 500;
const MOST_GROUP_RULES = 1000;
/** Readings of a list that changes while it is read. */
const MOST_READINGS = 3;
const PREFIX = 'IPv6Prefix';

/** The place in an account that is read. */
export interface Scope {
  readonly region: string;
  readonly vpcId?: string;
}

/**
 * Reads the addresses that have Internet bandwidth, their egress-only rules, and the security groups of those that are open.
 *
 * @throws InputError if an action has no answer, or names the permissions that the credentials lack
 */
export async function readAccount(api: VpcApi, scope: Scope, parallel: number, onAnswer: (answered: number, of: number) => void): Promise<Account> {
  const reader = new Reader(api, scope.region, parallel, onAnswer);
  try {
    return await new AccountReading(reader, scope).read();
  } catch (error) {
    if (!(error instanceof Forbidden)) throw error;
    const lacking: AccountAction[] = [];
    for (const action of ACCOUNT_ACTIONS) {
      if (action === error.action || (await api.read(action, scope.region, PROBES[action])).kind === 'forbidden') lacking.push(action);
    }
    throw new InputError(`the credentials lack ${lacking.map(permissionOf).join(', ')}: grant the policy of ${POLICY}`);
  }
}

class AccountReading {
  constructor(private readonly reader: Reader, private readonly scope: Scope) {}

  async read(): Promise<Account> {
    const inVpc: Readonly<Record<string, string>> = this.scope.vpcId === undefined ? {} : { VpcId: this.scope.vpcId };
    const lists = await Promise.all(['IPv6Address', PREFIX].map((type) =>
      this.reader.pages('DescribeIpv6Addresses', { ...inVpc, AddressType: type }, ['Ipv6Addresses', 'Ipv6Address'], 'Ipv6AddressId')));
    const found = lists.flat().filter(hasBandwidth);
    const rules = await this.rules(found);
    const judged = found.map((address) => ({ address, ...verdictOn(address, rules) }));
    const ports = await this.ports(judged.filter(({ inbound }) => inbound !== 'closed').map(({ address }) => address));
    return {
      addresses: judged.map(({ address, inbound, reason }) => {
        const { Bandwidth: mbps, InternetChargeType: chargeType } = bandwidthIn(address);
        const id = knownText(address.Ipv6AddressId)!;
        return {
          id,
          inbound,
          reason,
          mbps: typeof mbps === 'number' ? mbps : undefined,
          chargeType: knownText(chargeType),
          gateway: knownText(address.Ipv6GatewayId),
          ports: inbound === 'closed' ? undefined : ports.get(id) ?? unknownPorts('its network interface was not found'),
        };
      }),
      rules: new Map([...rules].map(([gateway, those]) => [gateway, those.length])),
    };
  }

  /** The egress-only rules by the id of their gateway. */
  private async rules(addresses: readonly Json[]): Promise<Map<string, Json[]>> {
    const types = new Map<string, Set<string>>();
    for (const { Ipv6GatewayId: gateway, AddressType: type } of addresses) {
      if (typeof gateway !== 'string' || gateway === '') continue;
      types.set(gateway, (types.get(gateway) ?? new Set(['Ipv6Address'])).add(type === PREFIX ? 'Ipv6Prefix' : 'Ipv6Address'));
    }
    const asked = await Promise.all([...types].map(async ([gateway, those]) => {
      const lists = await Promise.all([...those].map((type) =>
        this.reader.pages('DescribeIpv6EgressOnlyRules', { Ipv6GatewayId: gateway, InstanceType: type }, ['Ipv6EgressOnlyRules', 'Ipv6EgressOnlyRule'], 'Ipv6EgressOnlyRuleId')));
      return [gateway, lists.flat()] as const;
    }));
    return new Map(asked);
  }

  /** Ports that the security groups of open addresses accept, by the id of the address. */
  private async ports(addresses: readonly Json[]): Promise<Map<string, Ports>> {
    const ports = new Map<string, Ports>();
    const byVpc = new Map<string, { readonly id: string; readonly literal: string }[]>();
    for (const address of addresses) {
      const [id, literal, vpc] = [address.Ipv6AddressId, address.Ipv6Address, address.VpcId].map(knownText);
      if (!knownText(address.AssociatedInstanceId)) ports.set(id!, unknownPorts('it belongs to no instance, and no security group filters it'));
      else if (literal === undefined || literal.includes('/')) ports.set(id!, unknownPorts('it is a prefix, whose security groups are not read'));
      else addToGroup(byVpc, vpc ?? '', { id: id!, literal });
    }
    const batches = [...byVpc].flatMap(([vpc, those]) => Array.from({ length: Math.ceil(those.length / MOST_LITERALS) }, (_, i) =>
      ({ vpc, those: those.slice(i * MOST_LITERALS, (i + 1) * MOST_LITERALS) })));
    const groupsOf = new Map<string, readonly string[]>();
    await Promise.all(batches.map(async ({ vpc, those }) => {
      const literals = Object.fromEntries(those.map(({ literal }, i) => [`Ipv6Address.${i + 1}`, literal]));
      const interfaces = await this.reader.tokens('DescribeNetworkInterfaces', { ...vpc ? { VpcId: vpc } : {}, ...literals, MaxResults: String(MOST_INTERFACES) }, ['NetworkInterfaceSets', 'NetworkInterfaceSet']);
      for (const each of interfaces) {
        const groups = strings(inside(each, ['SecurityGroupIds', 'SecurityGroupId']));
        for (const { Ipv6Address: literal } of objects(inside(each, ['Ipv6Sets', 'Ipv6Set']))) if (typeof literal === 'string') groupsOf.set(canonical(literal), groups);
      }
    }));
    const groups = [...new Set([...groupsOf.values()].flat())];
    const rules = new Map(await Promise.all(groups.map(async (group) => {
      const permissions = await this.reader.tokens('DescribeSecurityGroupAttribute', { SecurityGroupId: group, Direction: 'ingress', NicType: 'intranet', MaxResults: String(MOST_GROUP_RULES) }, ['Permissions', 'Permission']);
      return [group, permissions.flatMap((permission) => ingressRule(permission, group))] as const;
    })));
    const known = new Map<string, Ports>();
    for (const { id, literal } of [...byVpc.values()].flat()) {
      const those = groupsOf.get(canonical(literal));
      if (!those || those.length === 0) continue;
      const key = JSON.stringify([...those].sort());
      const found = known.get(key) ?? openPorts(those.flatMap((group) => rules.get(group)!));
      known.set(key, found);
      ports.set(id, found);
    }
    return ports;
  }
}

/** Asks for lists, so many questions at a time. */
class Reader {
  private answered = 0;
  private asked = 0;
  private underWay = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly api: VpcApi,
    private readonly region: string,
    private readonly parallel: number,
    private readonly onAnswer: (answered: number, of: number) => void,
  ) {}

  /** A list that has numbered pages. One that changes meanwhile could hide an object: it is read again. */
  async pages(action: AccountAction, params: Readonly<Record<string, string>>, list: readonly [string, string], id: string): Promise<Json[]> {
    for (let reading = 1; reading <= MOST_READINGS; reading++) {
      const page = async (number: number) => {
        const body = await this.ask(action, { ...params, PageSize: String(PAGE_SIZE), PageNumber: String(number) });
        if (!Number.isInteger(body.TotalCount)) throw unreadable(action);
        return { total: body.TotalCount as number, items: listIn(body, list, action) };
      };
      const first = await page(1);
      const others = await Promise.all(Array.from({ length: Math.max(0, Math.ceil(first.total / PAGE_SIZE) - 1) }, (_, i) => page(i + 2)));
      const pages = [first, ...others];
      const items = new Map(pages.flatMap((each) => each.items).map((item) => [knownText(item[id]), item]));
      if (items.has(undefined)) throw unreadable(action);
      if (items.size === first.total && pages.every(({ total }) => total === first.total)) return [...items.values()];
    }
    throw new InputError(`the list of ${action} changes while it is read: run the command again`);
  }

  /** A list that has a token for its next part. */
  async tokens(action: AccountAction, params: Readonly<Record<string, string>>, list: readonly [string, string]): Promise<Json[]> {
    const items: Json[] = [];
    const seen = new Set<string>();
    let token: string | undefined;
    do {
      const body = await this.ask(action, token === undefined ? params : { ...params, NextToken: token });
      items.push(...listIn(body, list, action));
      token = knownText(body.NextToken);
      if (token !== undefined && seen.has(token)) throw unreadable(action);
      seen.add(token ?? '');
    } while (token !== undefined);
    return items;
  }

  private async ask(action: AccountAction, params: Readonly<Record<string, string>>): Promise<Json> {
    this.asked++;
    if (this.underWay >= this.parallel) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.underWay++;
    try {
      const reading = await this.api.read(action, this.region, params);
      switch (reading.kind) {
        case 'read': return reading.body;
        case 'forbidden': throw new Forbidden(action);
        case 'refused': throw new InputError(`${action} is refused (${reading.code}, ${reading.message}): check the credentials and the region`);
        default: throw new InputError(reading.reason === 'no credentials' ? this.api.note! : `${action} has no answer (${reading.reason}): check the network, and run the command again`);
      }
    } finally {
      this.underWay--;
      this.waiting.shift()?.();
      this.onAnswer(++this.answered, this.asked);
    }
  }
}

/** The credentials lack the permission of an action. */
class Forbidden extends Error {
  constructor(readonly action: AccountAction) {
    super(action);
  }
}

function verdictOn(address: Json, rules: ReadonlyMap<string, readonly Json[]>): InboundVerdict {
  if (bandwidthIn(address).Bandwidth === 0) return PRIVATE;
  const rule = rules.get(knownText(address.Ipv6GatewayId) ?? '')?.find(({ InstanceId: id }) => id === address.Ipv6AddressId);
  if (!rule) return { inbound: 'open', reason: 'no egress-only rule is for this address' };
  if (rule.Status === 'Available') return { inbound: 'closed' };
  return { inbound: 'unproven', reason: `its egress-only rule ${String(rule.Ipv6EgressOnlyRuleId)} has the status ${String(rule.Status)}` };
}

/** A rule for senders on the IPv6 Internet; none for one whose source is IPv4 or a security group. */
function ingressRule(permission: Json, group: string): IngressRule[] {
  const [source, ipv4, ofGroup, range, list] = ['Ipv6SourceCidrIp', 'SourceCidrIp', 'SourceGroupId', 'PortRange', 'PortRangeListId'].map((name) => knownText(permission[name]));
  if (permission.Direction !== undefined && permission.Direction !== 'ingress') return [];
  if (source === undefined && (ipv4 !== undefined || ofGroup !== undefined)) return [];
  const [ports, destination] = [knownText(permission.SourcePortRange) ?? '-1/-1', knownText(permission.Ipv6DestCidrIp) ?? '::/0'];
  return [{
    subject: `${knownText(permission.SecurityGroupRuleId) ?? 'a rule'} of ${group}`,
    protocol: knownText(permission.IpProtocol),
    ports: list === undefined ? range : undefined,
    source,
    policy: knownText(permission.Policy),
    priority: /^\d+$/.test(String(permission.Priority)) ? Number(permission.Priority) : undefined,
    isPartial: !['-1/-1', '1/65535'].includes(ports) || destination !== '::/0',
  }];
}

function hasBandwidth(address: Json): boolean {
  const { Ipv6InternetBandwidthId: id, Bandwidth: mbps } = bandwidthIn(address);
  return knownText(id) !== undefined || (typeof mbps === 'number' && mbps > 0) || address.NetworkType === 'Public';
}

function bandwidthIn({ Ipv6InternetBandwidth: bandwidth }: Json): Json {
  return isObject(bandwidth) ? bandwidth : {};
}

function listIn(body: Json, list: readonly [string, string], action: string): Json[] {
  const items = inside(body, list);
  if (!Array.isArray(items) || !items.every(isObject)) throw unreadable(action);
  return items;
}

function inside(json: Json, [outer, inner]: readonly [string, string]): unknown {
  const { [outer]: wrapped } = json;
  return isObject(wrapped) ? wrapped[inner] : undefined;
}

function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

function unreadable(action: string): InputError {
  return new InputError(`${action} has an answer of an unknown form: upgrade this command`);
}

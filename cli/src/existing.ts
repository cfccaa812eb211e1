import { permissionOf, ReadOnlyAction } from './api-actions';
import { ADDRESS, BANDWIDTH, EGRESS_RULE, GATEWAY } from './exposure';
import { canonical } from './ipv6-literal';
import { isObject, Json } from './json';
import { Plan, ResourceChange, UNKNOWN } from './plan';
import type { Regions } from './regions';
import type { Reading, VpcApi } from './vpc-api';
import { addToGroup } from '../../src/terraform/groups';

/** An argument whose value in the configuration is not the one that exists. */
export interface Difference {
  readonly argument: string;
  readonly written: string;
  readonly exists: string;
  /** True if Terraform would delete what exists and create another one. */
  readonly replaces: boolean;
}

/** The result for one resource that the plan creates. */
export type Lookup = { readonly change: ResourceChange } & (
  | { readonly outcome: 'exists'; readonly id: string; readonly differences: readonly Difference[] }
  | { readonly outcome: 'does not exist' }
  /** The same object is in the plan's state, under another address of Terraform. */
  | { readonly outcome: 'is in the state'; readonly id: string; readonly holder: string }
  | { readonly outcome: 'cannot be asked'; readonly reason: string }
  | { readonly outcome: 'could not ask'; readonly reason: string }
);

/** The lookup of a type of resource. */
interface Kind {
  readonly action: ReadOnlyAction;
  /** The arguments that find it: their values must be known. */
  readonly by: readonly string[];
  /** The request: resources with the same key and parameters share one. */
  readonly params: (values: readonly string[]) => Readonly<Record<string, string>>;
  /** Resources that one question can be for. Their last values are joined. */
  readonly most: number;
  /** The list in an answer. */
  readonly list: readonly [string, string];
  /** The object of a list that is the resource, as Terraform's id and the arguments that exist. */
  readonly match: (object: Json, values: readonly string[]) => { readonly id: unknown; readonly has: Json } | undefined;
  /** The arguments that force replacement. */
  readonly forcesReplacement: readonly string[];
  /** The argument without which the resource is always a new one. */
  readonly optional?: string;
}

const KINDS: Readonly<Record<string, Kind>> = {
  [GATEWAY]: {
    action: 'DescribeIpv6Gateways',
    by: ['vpc_id'],
    params: ([vpcId]) => ({ VpcId: vpcId }),
    most: 1,
    list: ['Ipv6Gateways', 'Ipv6Gateway'],
    match: (gateway, [vpcId]) => gateway.VpcId !== vpcId ? undefined : {
      id: gateway.Ipv6GatewayId,
      has: {
        vpc_id: gateway.VpcId,
        ipv6_gateway_name: gateway.Name,
        description: gateway.Description,
        resource_group_id: gateway.ResourceGroupId,
        tags: tagsOf(gateway),
      },
    },
    forcesReplacement: ['vpc_id'],
  },
  [ADDRESS]: {
    action: 'DescribeIpv6Addresses',
    by: ['vswitch_id', 'ipv6_address'],
    params: ([vSwitchId, literal]) => ({ VSwitchId: vSwitchId, Ipv6Address: literal }),
    most: 1,
    list: ['Ipv6Addresses', 'Ipv6Address'],
    match: (address, [vSwitchId, literal]) => address.VSwitchId !== vSwitchId || !isSameAddress(address.Ipv6Address, literal) ? undefined : {
      id: address.Ipv6AddressId,
      has: {
        vswitch_id: address.VSwitchId,
        ipv6_address_name: address.Ipv6AddressName,
        ipv6_address_description: address.Ipv6AddressDescription,
        resource_group_id: address.ResourceGroupId,
        tags: tagsOf(address),
      },
    },
    forcesReplacement: ['vswitch_id'],
    optional: 'ipv6_address',
  },
  [BANDWIDTH]: {
    action: 'DescribeIpv6Addresses',
    by: ['ipv6_address_id'],
    params: (ids) => ({ Ipv6AddressId: ids.join(',') }),
    most: 20,
    list: ['Ipv6Addresses', 'Ipv6Address'],
    match: (address, [id]) => {
      const bandwidth = isObject(address.Ipv6InternetBandwidth) ? address.Ipv6InternetBandwidth : {};
      return address.Ipv6AddressId !== id ? undefined : {
        id: bandwidth.Ipv6InternetBandwidthId,
        has: {
          ipv6_address_id: id,
          ipv6_gateway_id: address.Ipv6GatewayId,
          bandwidth: bandwidth.Bandwidth,
          internet_charge_type: bandwidth.InternetChargeType,
        },
      };
    },
    forcesReplacement: ['internet_charge_type', 'ipv6_gateway_id'],
  },
  [EGRESS_RULE]: {
    action: 'DescribeIpv6EgressOnlyRules',
    by: ['ipv6_gateway_id', 'instance_id'],
    params: ([gatewayId, instanceId]) => ({ Ipv6GatewayId: gatewayId, InstanceId: instanceId }),
    most: 1,
    list: ['Ipv6EgressOnlyRules', 'Ipv6EgressOnlyRule'],
    match: (rule, [gatewayId, instanceId]) => rule.InstanceId !== instanceId ? undefined : {
      id: isId(rule.Ipv6EgressOnlyRuleId) ? `${gatewayId}:${rule.Ipv6EgressOnlyRuleId}` : undefined,
      has: {
        instance_id: instanceId,
        ipv6_gateway_id: gatewayId,
        instance_type: rule.InstanceType,
        ipv6_egress_rule_name: rule.Name,
        description: rule.Description,
      },
    },
    forcesReplacement: ['instance_id', 'instance_type', 'ipv6_gateway_id', 'ipv6_egress_rule_name', 'description'],
  },
};

/** The kinds of resources that are looked for. */
export const FOUND_TYPES = Object.keys(KINDS);

/** A question that finds some of the plan's resources. */
export interface Search {
  readonly type: string;
  readonly region: string;
  readonly wanted: readonly { readonly change: ResourceChange; readonly values: readonly string[] }[];
}

/** Returns the questions about resources that a plan creates, and the resources without a question. */
export function searchesOf(plan: Plan, regions: Regions): { readonly searches: Search[]; readonly others: Lookup[] } {
  const searches: Search[] = [];
  const others: Lookup[] = [];
  for (const [type, kind] of Object.entries(KINDS)) {
    const wantedByRegion = new Map<string, { change: ResourceChange; values: string[] }[]>();
    for (const change of plan.changesOf(type)) {
      if (!change.is('create') || change.deferred !== undefined) continue;
      // A replaced resource is in the state already.
      if (change.before !== undefined && kind.by.every((argument) => change.before![argument] === change.planned(argument))) continue;
      if (kind.optional !== undefined && !isSet(change.planned(kind.optional))) continue;
      const unknown = kind.by.find((argument) => change.planned(argument) === UNKNOWN);
      if (unknown !== undefined) {
        others.push({ change, outcome: 'cannot be asked', reason: `its ${unknown} is known after apply` });
        continue;
      }
      const values = kind.by.map((argument) => change.planned(argument));
      if (!values.every(isValue)) {
        others.push({ change, outcome: 'cannot be asked', reason: `its ${kind.by.join(' or ')} is no id` });
        continue;
      }
      const region = regions.of(change);
      if ('reason' in region) {
        others.push({ change, outcome: 'cannot be asked', reason: region.reason });
        continue;
      }
      addToGroup(wantedByRegion, region.region, { change, values });
    }
    for (const [region, wanted] of wantedByRegion) {
      for (let i = 0; i < wanted.length; i += kind.most) searches.push({ type, region, wanted: wanted.slice(i, i + kind.most) });
    }
  }
  return { searches, others };
}

/** Questions without an answer in a row, after which no more are asked. */
const MOST_UNANSWERED = 5;

/** Asks the API what of a plan exists, so many questions at a time. */
export async function existing(
  api: VpcApi, plan: Plan, regions: Regions, parallel: number, onAnswer: (answered: number, of: number) => void,
): Promise<Lookup[]> {
  const { searches, others } = searchesOf(plan, regions);
  const held = heldIds(plan);
  const found: Lookup[][] = [];
  let [next, answered, unansweredInARow] = [0, 0, 0];
  const worker = async (): Promise<void> => {
    for (let index = next++; index < searches.length; index = next++) {
      const search = searches[index];
      const reading: Reading = unansweredInARow >= MOST_UNANSWERED
        ? { kind: 'unanswered', reason: `not asked: ${MOST_UNANSWERED} before it had no answer` }
        : await read(api, search);
      unansweredInARow = reading.kind === 'unanswered' ? unansweredInARow + 1 : 0;
      found[index] = lookupsOf(search, reading, held);
      onAnswer(++answered, searches.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, searches.length) }, worker));
  return [...withoutTwins(found.flat()), ...others];
}

/** An existing resource can be imported once: a second resource for it is an error. */
function withoutTwins(lookups: readonly Lookup[]): Lookup[] {
  const first = new Map<string, ResourceChange>();
  return lookups.map((lookup) => {
    if (lookup.outcome !== 'exists') return lookup;
    const { change, id } = lookup;
    const other = first.get(keyOf(change.type, id));
    if (other) return { change, outcome: 'cannot be asked', reason: `the plan creates ${id} twice: the other is ${other.address}` };
    first.set(keyOf(change.type, id), change);
    return lookup;
  });
}

function read(api: VpcApi, { type, region, wanted }: Search): Promise<Reading> {
  const { action, params, most } = KINDS[type];
  const values = most === 1 ? wanted[0].values : wanted.map((each) => each.values[0]);
  return api.read(action, region, { ...params(values), PageSize: '50' });
}

function lookupsOf({ type, wanted }: Search, reading: Reading, held: ReadonlyMap<string, string>): Lookup[] {
  const { action, list: [outer, inner], match } = KINDS[type];
  const all = (reason: string): Lookup[] => wanted.map(({ change }) => ({ change, outcome: 'could not ask', reason }));
  switch (reading.kind) {
    case 'unanswered': return all(reading.reason);
    case 'forbidden': return all(`the credentials may not ask (${reading.code}): they need ${permissionOf(action)}`);
    case 'refused': return all(`${reading.code}: ${reading.message}`);
    case 'read': {
      const { [outer]: wrapped } = reading.body;
      const objects = isObject(wrapped) ? wrapped[inner] : undefined;
      if (!Array.isArray(objects)) return all('no answer that could be read');
      return wanted.map(({ change, values }): Lookup => {
        const same = objects.flatMap((object) => isObject(object) ? match(object, values) ?? [] : []).filter(({ id }) => isId(id));
        if (same.length === 0) return { change, outcome: 'does not exist' };
        if (same.length > 1) return { change, outcome: 'could not ask', reason: `the API has ${same.length} of it` };
        const [{ id, has }] = same as [{ id: string; has: Json }];
        const holder = held.get(keyOf(type, id));
        return holder === undefined ? { change, outcome: 'exists', id, differences: differencesOf(change, type, has) } : { change, outcome: 'is in the state', id, holder };
      });
    }
  }
}

/** The ids that the plan's state has, or that the plan imports. */
function heldIds(plan: Plan): Map<string, string> {
  return new Map(FOUND_TYPES.flatMap((type) => plan.changesOf(type).flatMap(({ address, before }) => {
    const id = before?.id;
    return typeof id === 'string' ? [[keyOf(type, id), address] as const] : [];
  })));
}

function keyOf(type: string, id: string): string {
  return `${type} ${id}`;
}

function differencesOf(change: ResourceChange, type: string, has: Json): Difference[] {
  const { forcesReplacement } = KINDS[type];
  return Object.entries(has).flatMap(([argument, exists]): Difference[] => {
    const written = change.planned(argument);
    // The API fills in what only the apply will know.
    if (written === UNKNOWN || (written === undefined && !NULL_IS_A_VALUE.includes(argument))) return [];
    if (valueOf(written) === valueOf(exists)) return [];
    const shown = change.isSensitive(argument) ? ['sensitive', 'not shown'] : [valueOf(written), valueOf(exists)];
    return [{ argument, written: shown[0], exists: shown[1], replaces: forcesReplacement.includes(argument) }];
  });
}

/** The arguments that are neither required nor computed: unset means empty. */
const NULL_IS_A_VALUE: readonly string[] = ['ipv6_gateway_name', 'ipv6_egress_rule_name', 'description', 'ipv6_address_name', 'ipv6_address_description', 'tags'];

/** The text of a value that is not set. */
export const UNSET = 'unset';

function valueOf(value: unknown): string {
  if (value === undefined || value === null || value === '' || (isObject(value) && Object.keys(value).length === 0)) return UNSET;
  if (!isObject(value)) return String(value);
  return JSON.stringify(Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1)));
}

function tagsOf(object: Json): Json {
  const tags = isObject(object.Tags) && Array.isArray(object.Tags.Tag) ? object.Tags.Tag.filter(isObject) : [];
  return Object.fromEntries(tags.flatMap(({ Key, Value }) => typeof Key === 'string' && !/^(acs:|aliyun)/.test(Key) ? [[Key, String(Value ?? '')]] : []));
}

/** An address can be written in several ways. */
function isSameAddress(one: unknown, other: string): boolean {
  return typeof one === 'string' && canonical(one) === canonical(other);
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== '';
}

/** A value that can be a part of a question: ids are joined by commas. */
function isValue(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.:-]{1,200}$/.test(value);
}

/** Only an id is written into a program or a command. */
function isId(id: unknown): id is string {
  return typeof id === 'string' && /^\w[\w:.-]{0,199}$/.test(id) && id !== 'null';
}

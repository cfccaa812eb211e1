import { ADDRESS, Bandwidth, knownText } from './exposure';
import { isObject, Json } from './json';
import { dataResources, Plan, ResourceChange, UNKNOWN } from './plan';
import { valueSources } from './value-sources';
import { IngressRule, openPorts, Ports, unknownPorts } from '../../src/exposure/ports';
import { hasExpression, isOwnKey, referenceIn } from '../../src/exposure/reference';
import { addToGroup } from '../../src/terraform/groups';

const ADDRESSES = 'alicloud_vpc_ipv6_addresses';
const GROUP = 'alicloud_security_group';
const GROUP_RULE = 'alicloud_security_group_rule';
const INSTANCE = 'alicloud_instance';
const INTERFACE = 'alicloud_ecs_network_interface';

/** The arguments that have the ids of security groups. */
const GROUPS_OF: Readonly<Record<string, readonly string[]>> = { [INSTANCE]: ['security_groups'], [INTERFACE]: ['security_group_ids', 'security_groups'] };

/** The source of the resources: a plan or a state. */
interface Source {
  readonly word: 'plan' | 'state';
  readonly resources: readonly ResourceChange[];
  /** A state as Terraform shows it: data sources have what they read. */
  readonly read: Json | undefined;
  readonly plan?: Plan;
  /** The local values of a synthesized stack next to the plan. */
  readonly locals?: Json;
}

/** A security group: by its id, or by the resource of this plan that it will be. */
type Group = string;

/**
 * The security groups of the addresses in a plan or a state, and what they let in.
 *
 * An address leads to its instance or interface by a data source that lists it. In a plan that creates the instance the id of the
 * address is unknown: then the text of the expression must show that it is an address of that instance.
 */
export class SecurityGroups {
  private readonly associated = new Map<string, string>();
  private readonly byId = new Map<string, ResourceChange>();
  /** Instances and interfaces that exist after the apply, by their block, and those that exist before it, by their id. */
  private readonly byBlock = new Map<string, ResourceChange[]>();
  private readonly byOldId = new Map<string, ResourceChange>();
  /** Interfaces that belong to an instance, as the instance lists them. */
  private readonly listedInterfaces = new Map<string, readonly unknown[]>();
  private readonly groups = new Set<Group>();
  private readonly rules = new Map<Group, IngressRule[]>();
  /** Rules that accept something in a group that the plan does not show. */
  private readonly unclear: string[] = [];
  private readonly known = new Map<string, Ports>();

  constructor(private readonly source: Source) {
    const { resources, read } = source;
    for (const { type, values } of read ? dataResources(read) : []) {
      for (const address of type === ADDRESSES && Array.isArray(values.addresses) ? values.addresses : []) {
        if (isObject(address) && typeof address.id === 'string' && typeof address.associated_instance_id === 'string') {
          this.associated.set(address.id, address.associated_instance_id);
        }
      }
    }
    for (const resource of resources) {
      const [oldId, id] = [knownText(resource.before?.id), knownText(resource.planned('id'))];
      if (GROUPS_OF[resource.type] && oldId !== undefined && !this.byOldId.has(oldId)) this.byOldId.set(oldId, resource);
      if (!resource.lasts) continue;
      if (GROUPS_OF[resource.type]) addToGroup(this.byBlock, resource.configAddress, resource);
      if (resource.type === ADDRESS && id !== undefined && !this.associated.has(id)) this.associated.set(id, '');
      if (resource.type === GROUP) this.groups.add(id ?? ofPlan(instanceOf(resource.configAddress, resource.key)));
      if (GROUPS_OF[resource.type] && id !== undefined) this.byId.set(id, resource);
      const interfaces = resource.type === INSTANCE ? resource.planned('network_interfaces') : undefined;
      for (const each of Array.isArray(interfaces) ? interfaces : []) {
        if (isObject(each) && typeof each.network_interface_id === 'string' && Array.isArray(each.security_group_ids)) {
          this.listedInterfaces.set(each.network_interface_id, each.security_group_ids);
        }
      }
    }
    for (const resource of resources) if (resource.type === GROUP_RULE) this.addRule(resource);
  }

  /** Returns the ports that the security groups of an address accept. */
  portsOf(bandwidth: Pick<Bandwidth, 'id' | 'change'>): Ports {
    const owner = bandwidth.id === undefined ? this.plannedOwner(bandwidth.change) : this.knownOwner(bandwidth.id);
    return 'reason' in owner ? unknownPorts(owner.reason) : this.portsOfGroups(owner.groups);
  }

  /** Returns the ports that the groups of one interface accept together. */
  private portsOfGroups(groups: readonly Group[]): Ports {
    const key = JSON.stringify([...groups].sort());
    let ports = this.known.get(key);
    if (!ports) {
      const missing = groups.filter((group) => !this.groups.has(group));
      const { openings, unknown } = openPorts(groups.flatMap((group) => this.rules.get(group) ?? []));
      ports = {
        openings,
        unknown: [
          ...missing.length > 0 || groups.length === 0 ? [`security groups not in this ${this.source.word}${missing.length > 0 ? ` (${missing.map(nameOf).join(', ')})` : ''}`] : [],
          ...unknown,
          ...this.unclear,
        ],
      };
      this.known.set(key, ports);
    }
    return ports;
  }

  private knownOwner(addressId: string): Owner {
    const { word, plan } = this.source;
    const instanceId = this.associated.get(addressId);
    if (instanceId === undefined) return { reason: `security groups not in this ${word}: no data source of it lists the address` };
    if (instanceId === '') return { reason: 'it belongs to no instance, and no security group filters it' };
    if (plan && !plan.isComplete) return { reason: 'security groups not read by this plan, which leaves something out' };
    const resource = this.byId.get(instanceId);
    if (resource) return this.groupsOf(resource);
    const listed = this.listedInterfaces.get(instanceId);
    if (listed) return ownerOf(listed);
    const changed = this.byOldId.get(instanceId);
    return { reason: changed ? `${changed.address} is replaced or deleted` : `security groups not in this ${word}: it belongs to ${instanceId}` };
  }

  /** The instance of an address that is known after the apply, from the text of the expressions. */
  private plannedOwner(change: ResourceChange): Owner {
    const { plan, locals = {} } = this.source;
    const reason = 'the plan does not show which instance the address is of: check the state after the apply';
    const written = plan?.argument(change, 'ipv6_address_id');
    if (!plan || !written || change.moduleAddress !== '') return { reason };
    const sources = valueSources(written.literal, locals) ?? [];
    const [lookup, ...others] = sources.filter((source) => source.startsWith(`data.${ADDRESSES}.`));
    const isPlain = sources.every((source) => source === lookup || /^alicloud_(instance|ecs_network_interface|vpc)\.[^.]+$/.test(source));
    if (lookup === undefined || others.length > 0 || !isPlain || plan.configuration.isRepeated(lookup)) return { reason };
    const filter = plan.configuration.argument(lookup, 'associated_instance_id');
    const reference = filter && referenceIn(filter.literal, undefined);
    const owners = reference?.attribute === 'id' && reference.key === undefined ? this.byBlock.get(reference.resource) ?? [] : [];
    return owners.length === 1 ? this.groupsOf(owners[0]) : { reason };
  }

  /** The groups of an instance or interface, after the apply. */
  private groupsOf(resource: ResourceChange): Owner {
    for (const argument of GROUPS_OF[resource.type]) {
      const value = resource.planned(argument);
      if (Array.isArray(value) && value.length > 0) return ownerOf(value);
      const written = value === UNKNOWN ? this.source.plan?.argument(resource, argument)?.literal : undefined;
      if (Array.isArray(written)) {
        const groups = written.map((each) => this.groupIn(each, resource));
        if (groups.length > 0 && groups.every((group) => group !== undefined)) return { groups };
      }
    }
    return { reason: `the plan does not show the security groups of ${resource.address}: check the state after the apply` };
  }

  /** The group that an element of an argument in JSON syntax is. */
  private groupIn(text: unknown, { key, moduleAddress }: ResourceChange): Group | undefined {
    if (typeof text === 'string' && text !== '' && !hasExpression(text)) return text;
    const reference = referenceIn(text, undefined);
    if (reference?.attribute !== 'id' || !reference.resource.startsWith(`${GROUP}.`) || moduleAddress !== '') return undefined;
    return ofPlan(isOwnKey(reference) ? instanceOf(reference.resource, key) : `${reference.resource}${reference.key === undefined ? '' : `[${reference.key}]`}`);
  }

  private addRule(rule: ResourceChange): void {
    const { source: { plan } } = this;
    // A rule that Terraform forgets, or leaves for a later plan, is there as it was.
    const stays = rule.before !== undefined && (rule.is('forget') || rule.deferred !== undefined);
    if (!rule.lasts && !stays && rule.deferred === undefined) return;
    const value = (name: string) => stays ? rule.before![name] ?? undefined : rule.planned(name);
    const direction = value('type');
    if (direction !== 'ingress' && direction !== UNKNOWN) return;
    const ipv6 = value('ipv6_cidr_ip');
    const isOfOthers = ['cidr_ip', 'source_security_group_id'].some((name) => isSet(value(name)));
    if (!isSet(ipv6) && isOfOthers) return;

    const policy = knownText(value('policy'));
    const isTrusted = !rule.isTainted && direction === 'ingress' && rule.deferred === undefined && (!plan || !rule.isOutsideOfPlan || plan.refreshesWhatItOmits);
    if (policy?.toLowerCase() === 'drop' && !isTrusted) return;
    const groupId = value('security_group_id');
    const group = groupId === UNKNOWN ? this.groupIn(plan?.argument(rule, 'security_group_id')?.literal, rule) : knownText(groupId);
    if (group === undefined) {
      if (policy?.toLowerCase() !== 'drop') this.unclear.push(`the plan does not show which security group ${rule.address} is for`);
      return;
    }
    const priority = value('priority');
    addToGroup(this.rules, group, {
      subject: rule.address,
      protocol: knownText(value('ip_protocol')),
      ports: knownText(value('port_range')),
      source: knownText(ipv6),
      policy,
      priority: typeof priority === 'number' ? priority : undefined,
    });
  }
}

type Owner = { readonly groups: readonly Group[] } | { readonly reason: string };

function ownerOf(ids: readonly unknown[]): Owner {
  const groups = ids.filter((id): id is string => typeof id === 'string' && id !== '');
  return groups.length === ids.length ? { groups } : { reason: 'a security group of its instance is unknown' };
}

/** An instance of a block of the root module, with its key as JSON writes it. */
function instanceOf(block: string, key: string | number | undefined): string {
  return `${block}${key === undefined ? '' : `[${JSON.stringify(key)}]`}`;
}

const OF_PLAN = 'of ';

function ofPlan(address: string): Group {
  return `${OF_PLAN}${address}`;
}

function nameOf(group: Group): string {
  return group.startsWith(OF_PLAN) ? group.slice(OF_PLAN.length) : group;
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

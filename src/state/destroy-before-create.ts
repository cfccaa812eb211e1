import { TerraformElement, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { uniqueAddresses } from '../checks/address-checks';
import { Checks } from '../checks/checks';
import { Condition, refuseUnless } from '../checks/condition';
import { ManagedResource } from '../resources/managed-resource';
import { createdByStack } from '../terraform/created-by-stack';
import { Expression, hcl, merged, template } from '../terraform/hcl';
import { findOrCreateInStack, hash, partOfExpression } from '../terraform/locals';
import { isExpression, resolveToJson } from '../terraform/tokens';
import { isInTree } from '../validation/construct-registry';
import { RequiredVersion, TerraformVersion } from '../validation/required-version';

const ID = 'Ipv6DestroyBeforeCreate';

/** A resource that exists once: the bandwidth of an address, the rule of an address, the gateway of a VPC. */
interface Holder {
  readonly resource: ManagedResource;
  /** The id of the address or the VPC, as an argument. */
  readonly of: string;
  /** True if every plan knows the id, because no resource or module creates it. Call it at synthesis. */
  readonly isKnown: () => boolean;
  /** True if the stack creates the address, so no other resource has its id. */
  readonly isNew?: boolean;
}

/** A set whose resources hold the bandwidths of its addresses. */
export interface HoldingSet {
  readonly construct: IConstruct;
  /** The name that its resources begin with. */
  readonly name: () => string;
  /** The ids of its addresses, a list. */
  readonly ipv6AddressIds: Expression;
  /** True if every plan knows the ids, because no resource or module creates them. */
  readonly isKnown: () => boolean;
  readonly partitions: number;
  /** True if bandwidths of the set are moved. */
  readonly isMoving: () => boolean;
}

/**
 * One `terraform_data` of a stack that records the construct of each bandwidth, egress-only rule and gateway. All of them depend on it.
 *
 * Terraform updates it after it destroyed the former resources and before it creates the new ones. So an address that moves between
 * constructs never has two bandwidths. The record contains ids that every plan knows, and the sources of the other ids: no resource waits
 * for another.
 */
export class DestroyBeforeCreate extends TerraformElement {
  /** The reference of the record, for `depends_on`. */
  static readonly reference = `terraform_data.${ID}`;

  /** The ids of the addresses by the paths of the constructs that have their bandwidths: texts, with spaces between ids. */
  static readonly bandwidths = new Expression('local.ipv6_bandwidths');

  static of(construct: IConstruct): DestroyBeforeCreate {
    return findOrCreateInStack(TerraformStack.of(construct), ID, (scope, id) => new DestroyBeforeCreate(scope, id));
  }

  readonly terraformResourceType = 'terraform_data';
  private readonly bandwidths: Holder[] = [];
  private readonly others: Holder[] = [];
  private readonly sets: HoldingSet[] = [];

  private constructor(stack: TerraformStack, id: string) {
    super(stack, id);
    RequiredVersion.atLeast(stack, TerraformVersion.TERRAFORM_DATA);
    Checks.of(stack).addLate((locals) => this.uniqueness(locals));
  }

  get friendlyUniqueId(): string {
    return ID;
  }

  addBandwidth(resource: ManagedResource, ipv6AddressId: string, isKnown: () => boolean, isNew: boolean): void {
    this.bandwidths.push({ resource, of: ipv6AddressId, isKnown, isNew });
  }

  /** Adds a rule of existing bandwidth, or a gateway. */
  add(resource: ManagedResource, of: string): void {
    const isKnown = createdByStack(this.cdktfStack, of) === undefined;
    // The synthesis would not write a local that is created this late.
    this.others.push({ resource, of: isKnown ? template`${partOfExpression(this.cdktfStack, of)}`.toArgument() : of, isKnown: () => isKnown });
  }

  addSet(set: HoldingSet): void {
    this.sets.push(set);
  }

  /**
   * The ids of addresses that may be there twice, by construct: those that every plan knows, and those that wait for a resource or a
   * module. Of the known ones, those that lookups find are in the tables of the checks too: a `for` over a table is cheaper for Terraform
   * than an expression for each id.
   */
  private get idsByConstruct(): {
    readonly known: { [path: string]: string };
    readonly found: Expression[];
    readonly waiting: { [path: string]: string };
  } {
    const known: { [path: string]: string } = {};
    const waiting: { [path: string]: string } = {};
    const bandwidths = this.bandwidthsThatMayClash;
    const holders = new Map(bandwidths.map((holder) => [holder.resource.node.scope!, holder]));
    const inTables = new Set<Holder>();
    const waitingSets = new Set(this.setsInTree.filter(({ isKnown }) => !isKnown()).map(({ construct }) => construct));
    const found = Checks.of(this.cdktfStack).tables.flatMap(({ table, constructs }) => {
      // A table with such a set waits for what the set waits for.
      if (constructs.some((construct) => waitingSets.has(construct))) return [];
      const held = constructs.flatMap((construct) => holders.get(construct) ?? []);
      const named = held.filter(({ resource }) => resource.hasOwnLogicalId);
      const derived = held.filter(({ of, resource }) => isExpression(of) && !resource.hasOwnLogicalId);
      if (derived.length === 0) return [];
      derived.forEach((holder) => inTables.add(holder));
      const paths = named.map(({ resource }) => resource.node.scope!.node.path);
      const others = paths.length === 0 ? '' : hcl` if !contains(${paths}, path)`.code;
      return [hcl`{ for path, as in ${table} : path => length(as) == 1 ? as[0].id : ""${new Expression(others)} }`];
    });
    for (const holder of bandwidths) {
      if (!inTables.has(holder)) (holder.isKnown() ? known : waiting)[nameOf(holder.resource)] = holder.of;
    }
    const sets = this.setsInTree;
    for (const { construct, ipv6AddressIds, isKnown } of sets) {
      (isKnown() ? known : waiting)[pathOf(construct)] = hcl`join(" ", ${ipv6AddressIds})`.toArgument();
    }
    return { known, found, waiting };
  }

  toTerraform(): any {
    const { known, found, waiting } = this.idsByConstruct;
    const lines = Object.entries(waiting).map(([name, id]) => `${name} ${this.textOf(id)}`);
    for (const { resource, of, isKnown } of [...this.bandwidths.filter(({ isNew }) => isNew), ...this.others]) {
      if (isInTree(resource)) lines.push(`${nameOf(resource)} ${isKnown() ? of : this.textOf(of)}`);
    }
    const isListed = Object.keys(known).length > 0;
    const hasKnown = isListed || found.length > 0;
    const sets = this.setsInTree;
    if (!hasKnown && lines.length + sets.length === 0) return {};
    const input = {
      ...hasKnown ? { bandwidths: hcl`join("\\n", [for path, id in ${DestroyBeforeCreate.bandwidths} : "\${path} \${id == null ? "null" : id}"])`.toArgument() } : {},
      ...lines.length > 0 ? { others: lines.sort().join('\n') } : {},
      ...sets.length > 0 ? { partitions: Object.fromEntries(sets.map(({ name, partitions }) => [name(), partitions])) } : {},
    };
    const kept = sets.filter(({ isMoving }) => !isMoving());
    const lifecycle = kept.length > 0 && {
      lifecycle: { ignore_changes: kept.map(({ name }) => `input.partitions.${name()}`), postcondition: kept.map(partitionsStay) },
    };
    return {
      ...found.length === 0 ? isListed ? { locals: { ipv6_bandwidths: known } } : {} : {
        locals: {
          ...isListed ? { ipv6_bandwidths_listed: known } : {},
          ipv6_bandwidths: merged([...found, ...isListed ? [new Expression('local.ipv6_bandwidths_listed')] : []]).toArgument(),
        },
      },
      resource: { terraform_data: { [ID]: { input, ...lifecycle } } },
    };
  }

  /** Returns the checks that no address has two bandwidths. Known ids are checked apart from those that wait for a resource. */
  private uniqueness(locals: { [name: string]: unknown }): Condition[] {
    const { known, found, waiting } = this.idsByConstruct;
    const hasKnown = Object.keys(known).length + found.length > 0;
    const hasWaiting = Object.keys(waiting).length > 0;
    if (this.setsInTree.length + this.bandwidthsThatMayClash.length < 2) return [];
    const { path } = this.cdktfStack.node;
    if (!hasWaiting) return [uniqueAddresses(path, DestroyBeforeCreate.bandwidths)];
    locals.ipv6_bandwidths_waiting = waiting;
    const later = new Expression('local.ipv6_bandwidths_waiting');
    return hasKnown
      ? [uniqueAddresses(path, DestroyBeforeCreate.bandwidths), uniqueAddresses(path, hcl`merge(${DestroyBeforeCreate.bandwidths}, ${later})`)]
      : [uniqueAddresses(path, later)];
  }

  /** Returns the bandwidths of addresses that another construct may name too. */
  private get bandwidthsThatMayClash(): Holder[] {
    return this.bandwidths.filter(({ resource, isNew }) => isInTree(resource) && !isNew);
  }

  private get setsInTree(): HoldingSet[] {
    return this.sets.filter(({ construct }) => isInTree(construct));
  }

  /** Returns the source of an id that a plan may not know. */
  private textOf(id: string): string {
    const text = /^"\$\{(.*)\}"$/.exec(resolveToJson(this.cdktfStack, id))?.[1] ?? '';
    return /^[\w.-]{1,80}$/.test(text) ? text : hash(resolveToJson(this.cdktfStack, id));
  }
}

/** Returns the name of a record: the path of the construct, and the logical id if the program sets it. */
function nameOf(resource: ManagedResource): string {
  const path = pathOf(resource.node.scope!);
  return resource.hasOwnLogicalId ? `${path} (${resource.friendlyUniqueId})` : path;
}

function pathOf(construct: IConstruct): string {
  return template`${construct.node.path}`.toArgument();
}

/** Refuses a plan that would buy the bandwidths of a set again, in other partitions. */
function partitionsStay({ construct, name, partitions }: HoldingSet): Condition {
  const former = new Expression(`self.input.partitions.${name()}`);
  return refuseUnless(
    hcl`try(${former} == ${partitions}, true)`,
    template`${construct.node.path}: partitions must stay ${former}, got ${String(partitions)}, which would buy all bandwidths of the set again: keep ${former}, or call moveAddressFromId for each address`,
  );
}

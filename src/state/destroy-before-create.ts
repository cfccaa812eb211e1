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

/** The ids that every plan knows, by the names of their holders. */
const BANDWIDTHS = new Expression('local.ipv6_bandwidths');

/** A construct that has something which exists once: the bandwidths of addresses, the rule of an address, the gateway of a VPC. */
interface Holder {
  readonly construct: IConstruct;
  /** Its resource; undefined for a set. */
  readonly resource?: ManagedResource;
  /** The id of the address or the VPC, or the ids of the addresses with spaces between them, as an argument. */
  readonly of: string;
  /** True if every plan knows the ids, because no resource or module creates them. Call it at synthesis. */
  readonly isKnown: () => boolean;
}

/** A set whose resources have the bandwidths of its addresses. */
interface HoldingSet extends Holder {
  /** The name that its resources begin with. */
  readonly name: () => string;
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

  static of(construct: IConstruct): DestroyBeforeCreate {
    return findOrCreateInStack(TerraformStack.of(construct), ID, (scope, id) => new DestroyBeforeCreate(scope, id));
  }

  readonly terraformResourceType = 'terraform_data';
  /** The holders of bandwidths whose addresses another construct may name too. */
  private readonly bandwidths: Holder[] = [];
  private readonly others: Holder[] = [];
  private readonly sets: HoldingSet[] = [];

  private constructor(stack: TerraformStack, id: string) {
    super(stack, id);
    this.overrideLogicalId(ID);
    RequiredVersion.atLeast(stack, TerraformVersion.TERRAFORM_DATA);
    Checks.of(stack).addLate(() => this.uniqueness());
  }

  /** @param isNew  true if the stack creates the address, so no other resource has its id */
  addBandwidth(resource: ManagedResource, ipv6AddressId: string, isKnown: () => boolean, isNew: boolean): void {
    (isNew ? this.others : this.bandwidths).push({ construct: resource.node.scope!, resource, of: ipv6AddressId, isKnown });
  }

  /** Adds a rule of existing bandwidth, or a gateway. */
  add(resource: ManagedResource, of: string): void {
    const isKnown = createdByStack(this.cdktfStack, of) === undefined;
    // The synthesis would not write a local that is created this late.
    const known = isKnown ? template`${partOfExpression(this.cdktfStack, of)}`.toArgument() : of;
    this.others.push({ construct: resource.node.scope!, resource, of: known, isKnown: () => isKnown });
  }

  addSet(set: HoldingSet): void {
    this.sets.push(set);
    this.bandwidths.push(set);
  }

  toTerraform(): any {
    const { known, found, waiting, mayClash } = this.idsByHolder;
    const others = [
      ...Object.entries(waiting ?? {}).map(([name, id]) => `${name} ${this.textOf(id)}`),
      ...this.others.filter(isPresent).map((holder) => `${nameOf(holder)} ${holder.isKnown() ? holder.of : this.textOf(holder.of)}`),
    ].sort();
    const hasKnown = known !== undefined || found.length > 0;
    if (!hasKnown && others.length === 0) return {};
    const sets = this.sets.filter(isPresent);
    const kept = sets.filter(({ isMoving }) => !isMoving());
    const lifecycle = { ignore_changes: kept.map(({ name }) => `input.partitions.${name()}`), postcondition: kept.map(partitionsStay) };
    const input = {
      bandwidths: hasKnown ? hcl`join("\\n", [for path, id in ${BANDWIDTHS} : "\${path} \${id == null ? "null" : id}"])`.toArgument() : undefined,
      others: others.length > 0 ? others.join('\n') : undefined,
      partitions: unlessEmpty(Object.fromEntries(sets.map(({ name, partitions }) => [name(), partitions]))),
    };
    const locals: { [name: string]: unknown } = {};
    if (known) locals[found.length > 0 ? 'ipv6_bandwidths_listed' : 'ipv6_bandwidths'] = known;
    if (found.length > 0) locals.ipv6_bandwidths = merged([...found, ...known ? [new Expression('local.ipv6_bandwidths_listed')] : []]).toArgument();
    if (waiting && mayClash) locals.ipv6_bandwidths_waiting = waiting;
    return { locals: unlessEmpty(locals), resource: { terraform_data: { [ID]: { input, lifecycle: kept.length > 0 ? lifecycle : undefined } } } };
  }

  /**
   * The ids of addresses that may be there twice, by holder: those that every plan knows, and those that wait for a resource or a
   * module. Of the known ones, those that lookups find are in the tables of the checks too: a `for` over a table is cheaper for Terraform
   * than an expression for each id.
   */
  private get idsByHolder(): { known?: Record<string, string>; found: Expression[]; waiting?: Record<string, string>; mayClash: boolean } {
    const present = this.bandwidths.filter(isPresent);
    const holders = new Map(present.map((holder) => [holder.construct, holder]));
    const inTables = new Set<Holder>();
    const found = Checks.of(this.cdktfStack).groups.flatMap(({ addresses, found: table }) => {
      const held = addresses.flatMap(({ construct }) => holders.get(construct) ?? []);
      // A table waits for what one of its sets waits for.
      if (held.some(({ isKnown }) => !isKnown())) return [];
      const named = held.filter(({ resource }) => resource?.hasOwnLogicalId);
      const derived = held.filter(({ of, resource }) => resource && isExpression(of) && !resource.hasOwnLogicalId);
      if (derived.length === 0) return [];
      derived.forEach((holder) => inTables.add(holder));
      const others = named.length === 0 ? new Expression('') : hcl` if !contains(${named.map(({ construct }) => construct.node.path)}, path)`;
      return [hcl`{ for path, as in ${table} : path => length(as) == 1 ? as[0].id : ""${others} }`];
    });
    const known: Record<string, string> = {};
    const waiting: Record<string, string> = {};
    for (const holder of present) {
      if (!inTables.has(holder)) (holder.isKnown() ? known : waiting)[nameOf(holder)] = holder.of;
    }
    return { known: unlessEmpty(known), found, waiting: unlessEmpty(waiting), mayClash: present.length > 1 };
  }

  /** Returns the checks that no address has two bandwidths. Known ids are checked apart from those that wait for a resource. */
  private uniqueness(): Condition[] {
    const { known, found, waiting, mayClash } = this.idsByHolder;
    if (!mayClash) return [];
    const tables = [...known || found.length > 0 ? [BANDWIDTHS] : [], ...waiting ? [new Expression('local.ipv6_bandwidths_waiting')] : []];
    return tables.map((_, i) => uniqueAddresses(this.cdktfStack.node.path, merged(tables.slice(0, i + 1))));
  }

  /** Returns the source of an id that a plan may not know. */
  private textOf(id: string): string {
    const json = resolveToJson(this.cdktfStack, id);
    return /^"\$\{([\w.-]{1,80})\}"$/.exec(json)?.[1] ?? hash(json);
  }
}

function isPresent({ construct, resource }: Holder): boolean {
  return isInTree(resource ?? construct);
}

/** Returns the name of a holder: the path of the construct, and the logical id if the program sets it. */
function nameOf({ construct, resource }: Holder): string {
  const path = template`${construct.node.path}`.toArgument();
  return resource?.hasOwnLogicalId ? `${path} (${resource.friendlyUniqueId})` : path;
}

function unlessEmpty<T extends object>(object: T): T | undefined {
  return Object.keys(object).length > 0 ? object : undefined;
}

/** Refuses a plan that would buy the bandwidths of a set again, in other partitions. */
function partitionsStay({ construct, name, partitions }: HoldingSet): Condition {
  const former = new Expression(`self.input.partitions.${name()}`);
  return refuseUnless(
    hcl`try(${former} == ${partitions}, true)`,
    template`${construct.node.path}: partitions must stay ${former}, got ${String(partitions)}, which would buy all bandwidths of the set again: keep ${former}, or call moveAddressFromId for each address`,
  );
}

import { TerraformElement, TerraformResource, TerraformStack } from 'cdktf';
import { isImported } from './import-block';
import { isMoved } from './moves';
import { RequiredVersion, TerraformVersion } from './required-version';
import { Condition, refuseUnless } from '../guards/condition';
import { Expression, hcl, join, Template, template } from '../terraform/hcl';
import { findOrCreateInStack, hash } from '../terraform/locals';
import { isInTree } from '../validation/construct-registry';

const ID = 'Ipv6Holders';

/** The resource that holds the one bandwidth of an address, the one rule of an address, or the one gateway of a VPC. */
interface Holder {
  readonly resource: TerraformResource;
  /** The name of the address or the VPC, the same whichever construct holds it. */
  readonly key: () => string;
}

/** A set whose blocks hold the bandwidths of its addresses. */
export interface SetOfHolders {
  /** The element that the blocks are named after. */
  readonly element: TerraformElement;
  readonly path: string;
  /** The ids of its addresses, a list. */
  readonly ipv6AddressIds: Expression;
  /** The ids of its addresses by the names that a single holder may have recorded: the id itself, or that of an instance. */
  readonly idsByKey: Expression;
  /** Whether an `import` block takes over what exists. */
  readonly isAdopting: () => boolean;
}

/** A holder that takes over what exists by an `import` block. */
interface ImportedHolder {
  readonly type: string;
  readonly key: string;
  readonly name: string;
  readonly path: string;
}

/**
 * The record of a stack's holders: one `terraform_data` whose input says which resource holds the bandwidth of each address
 * and the gateway of each VPC, by the names of the addresses and VPCs. By it a plan sees that another resource becomes the
 * holder, which the names of the constructs do not tell.
 *
 * - Every holder depends on the record. Terraform updates the record after it destroyed the former holders and before it
 *   creates the new ones, so an address that goes from one construct to another never has two bandwidths. The record has
 *   literals, and the ids of the sets, which the plan knows when it begins: so it makes no holder wait for another.
 * - For a holder with an `import` block, `ignore_changes` keeps the name of the former holder, and a postcondition refuses
 *   the plan if that is another: the import would take over what the same plan destroys. The postcondition reads the planned
 *   `input`, which is known whatever else the plan changes. A set that adopts does the same for all holders, because the plan
 *   alone knows which of them had its addresses.
 */
export class Holders extends TerraformElement {
  /** How the holders refer to the record. */
  static readonly reference = `terraform_data.${ID}`;

  static record(resource: TerraformResource, key: () => string): void {
    Holders.of(resource).holders.push({ resource, key });
  }

  static recordSet(set: SetOfHolders): void {
    Holders.of(set.element).sets.push(set);
  }

  private static of({ cdktfStack }: TerraformElement): Holders {
    return findOrCreateInStack(cdktfStack, ID, (scope, id) => new Holders(scope, id));
  }

  private readonly holders: Holder[] = [];
  private readonly sets: SetOfHolders[] = [];

  private constructor(stack: TerraformStack, id: string) {
    super(stack, id);
    RequiredVersion.atLeast(stack, TerraformVersion.TERRAFORM_DATA);
  }

  toTerraform(): any {
    const input: { [type: string]: { [key: string]: string } } = {};
    const sets = this.sets.filter(({ element }) => isInTree(element));
    for (const { element, ipv6AddressIds } of sets) {
      // One text, not an attribute for each address: Terraform compares the types of records attribute by attribute.
      (input.sets ??= {})[element.friendlyUniqueId] = hcl`join(" ", sort(${ipv6AddressIds}))`.toArgument();
    }
    const imported: ImportedHolder[] = [];
    for (const { resource, key: keyOf } of this.holders) {
      if (!isInTree(resource)) continue;
      const { terraformResourceType: type, friendlyUniqueId: name } = resource;
      const key = attributeName(keyOf());
      (input[type] ??= {})[key] = name;
      // A `moved` block tells the former holder.
      if (!isMoved(resource) && isImported(resource)) imported.push({ type, key, name, path: resource.node.scope!.node.path });
    }
    if (Object.keys(input).length === 0) return {};
    const ignored = imported.map(({ type, key }) => `input.${type}.${key}`);
    const conditions = imported.length > 0 ? [formerHoldersStay(imported)] : [];
    const adopting = sets.filter(({ isAdopting }) => isAdopting());
    if (adopting.length > 0) {
      // All former holders are kept, because the plan alone knows what a set takes over; what changes stands beside them.
      // (Terraform keeps only what the configuration has an attribute for.)
      input[BANDWIDTH] ??= {};
      const { sets: _sets, ...single } = input;
      const ofSets = join(sets.map(({ element, ipv6AddressIds }) => hcl`[${element.friendlyUniqueId}], sort(${ipv6AddressIds})`), ', ');
      ignored.push(...Object.keys(input).map((type) => `input.${type}`));
      conditions.push(...adopting.map((set) => formerHoldersStayOf(set, Object.values(input[BANDWIDTH]), sets)));
      input.now = { single: hash(JSON.stringify(single)), sets: hcl`sha1(join(" ", concat(${ofSets})))`.toArgument() };
    }
    const lifecycle = ignored.length > 0 ? { lifecycle: { ignore_changes: ignored, postcondition: conditions } } : {};
    return { resource: { terraform_data: { [ID]: { input, ...lifecycle } } } };
  }
}

const BANDWIDTH = 'alicloud_vpc_ipv6_internet_bandwidth';

/** Refuses a plan in which the imports of a set would take over from a former holder: a single bandwidth, or another set. */
function formerHoldersStayOf({ element, path, idsByKey }: SetOfHolders, holders: readonly string[], sets: readonly SetOfHolders[]): Condition {
  const table = `self.input.${BANDWIDTH}`;
  const single = hcl`[for key, holder in try(${new Expression(table)}, {}) : ${refusalOf(path, hcl`${idsByKey}[key][0]`, hcl`holder`)} if can(${idsByKey}[key][0]) && !contains(${holders}, holder)]`;
  const others = sets.filter((set) => set.element !== element);
  const now = join(others.map((set) => hcl`${set.element.friendlyUniqueId} = ${set.ipv6AddressIds}`), ', ');
  const ofSets = hcl`flatten([for set, ids in try(self.input.sets, {}) : [for id in split(" ", ids) : ${refusalOf(path, hcl`id`, template`${hcl`set`}_<number>["${hcl`id`}"]`.toExpression())} if can(${idsByKey}[id][0]) && !contains(try({ ${now} }[set], []), id)] if set != ${element.friendlyUniqueId}])`;
  const all = hcl`concat(${single}, ${ofSets})`;
  return refuseUnless(hcl`length(${all}) == 0`, template`${hcl`join("; ", ${all})`}; if the state no longer has it: terraform state rm ${Holders.reference}`);
}

function refusalOf(path: string, id: Expression, holder: Expression): Template {
  const former = template`${BANDWIDTH}.${holder}`;
  return template`${path}: adoptExisting would take over the bandwidth of ${id}, which the state has as ${former}, and this plan destroys: write moveAddressFromId("${id}", "${former}") to keep it, or leave adoptExisting out to have another`;
}

/** Refuses a plan in which an import would take over from a former holder. */
function formerHoldersStay(imported: ImportedHolder[]): Condition {
  const table = join(imported.map(({ type, key, name, path }) => hcl`{ type = ${type}, key = ${key}, holder = ${name}, path = ${path} }`), ', ');
  // A state that was refreshed or imported to may not have an entry yet.
  const changed = hcl`[for t in [${table}] : t if try(self.input[t.type][t.key], t.holder) != t.holder]`;
  const former = template`${hcl`t.type`}.${hcl`self.input[t.type][t.key]`}`;
  const refusal = template`${hcl`t.path`}: adoptExisting would take over what the state has as ${former}, and this plan destroys: write resource.moveFromId("${former}") to keep it, or leave adoptExisting out to have another`;
  return refuseUnless(
    hcl`length(${changed}) == 0`,
    template`${hcl`join("; ", [for t in ${changed} : ${refusal}])`}; if the state no longer has it: terraform state rm ${Holders.reference}`,
  );
}

/** A key that Terraform reads as the name of an attribute. */
function attributeName(key: string): string {
  return /^[A-Za-z][\w-]{0,99}$/.test(key) ? key : `k${hash(key)}`;
}

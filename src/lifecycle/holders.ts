import { TerraformElement, TerraformResource, TerraformStack } from 'cdktf';
import { isImported } from './import-block';
import { isMoved } from './moves';
import { RequiredVersion, TerraformVersion } from './required-version';
import { Condition, refuseUnless } from '../guards/condition';
import { Expression, hcl, join, template } from '../terraform/hcl';
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
interface SetOfHolders {
  readonly set: TerraformElement;
  readonly ipv6AddressIds: Expression;
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
 *   literals only, and so makes no holder wait for another.
 * - For a holder with an `import` block, `ignore_changes` keeps the name of the former holder, and a postcondition refuses
 *   the plan if that is another: the import would take over what the same plan destroys. The postcondition reads the planned
 *   `input`, which is known whatever else the plan changes.
 */
export class Holders extends TerraformElement {
  /** How the holders refer to the record. */
  static readonly reference = `terraform_data.${ID}`;

  static record(resource: TerraformResource, key: () => string): void {
    findOrCreateInStack(resource.cdktfStack, ID, (scope, id) => new Holders(scope, id)).holders.push({ resource, key });
  }

  /** The addresses of a set (a list of ids), by the name of the set. */
  static recordSet(set: TerraformElement, ipv6AddressIds: Expression): void {
    findOrCreateInStack(set.cdktfStack, ID, (scope, id) => new Holders(scope, id)).sets.push({ set, ipv6AddressIds });
  }

  private readonly holders: Holder[] = [];
  private readonly sets: SetOfHolders[] = [];

  private constructor(stack: TerraformStack, id: string) {
    super(stack, id);
    RequiredVersion.atLeast(stack, TerraformVersion.TERRAFORM_DATA);
  }

  toTerraform(): any {
    const input: { [type: string]: { [key: string]: string } } = {};
    for (const { set, ipv6AddressIds } of this.sets) {
      // One text, not an attribute for each address: Terraform compares the types of records attribute by attribute.
      if (isInTree(set)) (input.sets ??= {})[set.friendlyUniqueId] = hcl`join(" ", sort(${ipv6AddressIds}))`.toArgument();
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
    const lifecycle = imported.length > 0 && {
      ignore_changes: imported.map(({ type, key }) => `input.${type}.${key}`),
      postcondition: [formerHoldersStay(imported)],
    };
    return { resource: { terraform_data: { [ID]: { input, ...(lifecycle ? { lifecycle } : {}) } } } };
  }
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

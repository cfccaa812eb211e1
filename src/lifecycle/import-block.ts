import { TerraformElement, TerraformResource } from 'cdktf';
import { isMoved } from './moves';
import { RequiredVersion, TerraformVersion } from './required-version';
import { Expression } from '../terraform/hcl';

const ID = 'Adoption';

/**
 * An `import` block for what a set of ids, known at plan, names: one or none. Once the state has the resource, Terraform
 * ignores the block.
 *
 * Beside a `moved` block there is none: if the `moved` block names an address that is not in the state, the import would
 * take over what another resource of the state has, and what the same plan destroys.
 */
export class ImportBlock extends TerraformElement {
  /**
   * @param ids       the ids of what exists
   * @param instance  of a resource with `for_each`, the instance that takes over: its key is that of an id
   */
  constructor(private readonly resource: TerraformResource, private readonly ids: Expression, private readonly instance = '') {
    super(resource, ID);
    RequiredVersion.atLeast(resource.cdktfStack, TerraformVersion.IMPORT_FOR_EACH);
  }

  toTerraform(): any {
    if (isMoved(this.resource) || hasImportFrom(this.resource)) return {};
    return {
      import: [{ for_each: this.ids.toArgument(), id: '${each.value}', to: `${this.resource.terraformResourceType}.${this.resource.friendlyUniqueId}${this.instance}` }],
    };
  }
}

/** Whether `adoptExisting` gave the resource an `import` block. */
export function isAdopted(resource: TerraformResource): boolean {
  return resource.node.tryFindChild(ID) instanceof ImportBlock;
}

/** Whether an `import` block takes over an existing resource: by `adoptExisting`, or by cdktf's `importFrom`. */
export function isImported(resource: TerraformResource): boolean {
  return isAdopted(resource) || hasImportFrom(resource);
}

function hasImportFrom(resource: TerraformResource): boolean {
  return resource.toMetadata().imports !== undefined;
}

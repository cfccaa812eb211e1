import { TerraformElement, TerraformStack } from 'cdktf';
import { ConstructError } from './construct-error';
import { findShared } from './shared';

/** The versions of Terraform that know the blocks which the library writes. */
export enum TerraformVersion {
  /** `replace_triggered_by`, `precondition` and `postcondition`. */
  CONDITIONS = '1.2.0',
  /** `terraform_data`. */
  TERRAFORM_DATA = '1.4.0',
  /** An `import` block with `for_each`. */
  IMPORT_FOR_EACH = '1.7.0',
}

const ID = 'Ipv6RequiredVersion';

/** States in `required_version` what a stack's blocks need, beside what its author asks for. */
export class RequiredVersion extends TerraformElement {
  static atLeast(stack: TerraformStack, version: TerraformVersion): void {
    const element = findShared(stack, ID, (scope, id) => new RequiredVersion(scope, id));
    if (version > element.version) element.version = version;
  }

  private version = TerraformVersion.CONDITIONS;

  toTerraform(): any {
    const own = `>= ${this.version}`;
    // cdktf merges a stack's overrides last, so the author's constraint would silence this one: they are joined there.
    const { rawOverrides } = this.cdktfStack as unknown as { rawOverrides: { terraform?: { required_version?: unknown } } };
    const authors = rawOverrides.terraform?.required_version;
    if (typeof authors === 'string' && !authors.includes(own)) {
      this.cdktfStack.addOverride('terraform.required_version', `${authors}, ${own}`);
    }
    return { terraform: { required_version: own } };
  }

  /** cdktf writes conditions and triggers into HCL as arguments, which Terraform does not read. */
  toHclTerraform(): any {
    throw new ConstructError(this.cdktfStack, {
      problem: 'the conditions and triggers of this stack cannot be written as HCL by cdktf',
      seen: 'HCL output',
      wayOut: 'synthesize JSON: leave hclOutput and SYNTH_HCL_OUTPUT out',
    });
  }
}

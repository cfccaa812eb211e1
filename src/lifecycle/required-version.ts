import { TerraformElement, TerraformStack } from 'cdktf';
import { findOrCreateInStack } from '../terraform/locals';
import { overridesOf } from '../terraform/stack-overrides';
import { ConstructError } from '../validation/construct-error';

/** The versions of Terraform that know the blocks which the library writes. */
export enum TerraformVersion {
  /** `replace_triggered_by`, `precondition` and `postcondition`. */
  CONDITIONS = '1.2.0',
  /** `terraform_data`. */
  TERRAFORM_DATA = '1.4.0',
  /** An `import` block with `for_each`. */
  IMPORT_FOR_EACH = '1.7.0',
}

/** States the version of Terraform that the blocks of a stack need in `required_version`, beside the constraint of the stack's author. */
export class RequiredVersion extends TerraformElement {
  static atLeast(stack: TerraformStack, version: TerraformVersion): void {
    const element = findOrCreateInStack(stack, 'Ipv6RequiredVersion', (scope, id) => new RequiredVersion(scope, id));
    if (version > element.version) element.version = version;
  }

  private version = TerraformVersion.CONDITIONS;

  toTerraform(): any {
    const own = `>= ${this.version}`;
    // cdktf merges the overrides of a stack last, and would replace this constraint with the author's: the override gets both.
    const authors: unknown = overridesOf(this.cdktfStack).terraform?.required_version;
    if (typeof authors === 'string' && !authors.includes(own)) {
      this.cdktfStack.addOverride('terraform.required_version', `${authors}, ${own}`);
    }
    return { terraform: { required_version: own } };
  }

  /** cdktf writes conditions and triggers into HCL as arguments, which Terraform does not read. */
  toHclTerraform(): any {
    throw new ConstructError(this.cdktfStack, {
      problem: 'the conditions and triggers of this stack cannot be written as HCL by cdktf',
      actual: 'HCL output',
      remediation: 'synthesize JSON: leave hclOutput and SYNTH_HCL_OUTPUT out',
    });
  }
}

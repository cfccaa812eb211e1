import { TerraformElement, TerraformStack } from 'cdktf';
import { Construct, IConstruct, IValidation } from 'constructs';
import { ConstructError } from './construct-error';
import { findOrCreateInStack } from '../terraform/locals';
import { overridesOf } from '../terraform/overrides';

/** The versions of Terraform that know the blocks which the library writes. */
export enum TerraformVersion {
  /** `terraform_data`. */
  TERRAFORM_DATA = '1.4.0',
  /** `import` blocks. */
  IMPORT = '1.5.0',
}

/** Returns CDK Terrain's check of a feature against `targetVersions` of cdktf.json, which has no public name. CDKTF does not have it. */
function targetCheck(): (new (scope: IConstruct, feature: string, supportedIn: object, hint: string) => IValidation) | undefined {
  try {
    return require('cdktf/lib/validations/target-versions').ValidateFeatureTargetSupport;
  } catch {
    return undefined;
  }
}

/** Adds the Terraform version that the blocks of a stack require to `required_version`, next to the constraint of the program. */
export class RequiredVersion extends TerraformElement {
  static atLeast(stack: TerraformStack, version: TerraformVersion): void {
    const element = findOrCreateInStack(stack, 'Ipv6RequiredVersion', (scope, id) => new RequiredVersion(scope, id));
    if (version > element.version) element.version = version;
  }

  private version = TerraformVersion.TERRAFORM_DATA;

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    this.node.addValidation({ validate: () => this.unsupportedTargets() });
  }

  toTerraform(): any {
    const own = `>= ${this.version}`;
    // cdktf merges the overrides of a stack last, and would replace this constraint with the author's: the override gets both.
    const authors: unknown = overridesOf(this.cdktfStack).terraform?.required_version;
    if (typeof authors === 'string' && !authors.includes(own)) {
      this.cdktfStack.addOverride('terraform.required_version', `${authors}, ${own}`);
    }
    return { terraform: { required_version: own } };
  }

  /** Returns the errors of the engines that the project targets. Without targets, `init` checks the version. */
  private unsupportedTargets(): string[] {
    const Check = this.node.tryGetContext('targetVersions') === undefined ? undefined : targetCheck();
    if (!Check) return [];
    // The first release of OpenTofu has all the blocks.
    const supportedIn = { terraform: `>=${this.version}`, opentofu: '>=1.6.0' };
    const hint = 'Raise targetVersions in cdktf.json to what this stack needs.';
    return new Check(this, `${this.cdktfStack.node.path}: what cdktf-alicloud-ipv6 writes`, supportedIn, hint).validate();
  }

  /** Refuses HCL, because cdktf writes conditions and triggers into it as arguments. */
  toHclTerraform(): any {
    throw new ConstructError(this.cdktfStack, {
      problem: 'the output must be JSON, because cdktf does not write conditions and triggers as HCL',
      actual: 'HCL output',
      remediation: 'remove hclOutput and SYNTH_HCL_OUTPUT',
    });
  }
}

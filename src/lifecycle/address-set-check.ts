import { TerraformElement } from 'cdktf';
import { Construct } from 'constructs';
import { companionName } from './moves';
import { RequiredVersion, TerraformVersion } from './required-version';
import { Condition } from '../guards/condition';
import { Expression } from '../terraform/hcl';

/**
 * The check of a set at plan: a `terraform_data` with the conditions of the set, which all blocks of the set depend on. So a
 * plan says once what is wrong with all of the addresses, and Terraform evaluates no condition for each of them.
 *
 * The blocks of a set are named after it. (Its id is `Resource`, which cdktf leaves out of the names that it derives.)
 */
export class AddressSetCheck extends TerraformElement {
  /**
   * @param instances   none for a set without addresses; Terraform refuses the plan where it does not know them, or they are sensitive
   * @param conditions  what the plan refuses
   */
  constructor(scope: Construct, private readonly instances: Expression, private readonly conditions: readonly Condition[]) {
    super(scope, 'Resource');
    RequiredVersion.atLeast(this.cdktfStack, TerraformVersion.TERRAFORM_DATA);
  }

  /** The check in `depends_on`. */
  get address(): string {
    return `terraform_data.${this.blockName}`;
  }

  private get blockName(): string {
    return companionName(this.friendlyUniqueId, 'Check');
  }

  toTerraform(): any {
    const check = { for_each: this.instances.toArgument(), lifecycle: { precondition: this.conditions } };
    return { resource: { terraform_data: { [this.blockName]: check } } };
  }
}

import { TerraformElement } from 'cdktf';
import { Construct } from 'constructs';
import { companionName, formerCompanion } from './taken-over';
import { ManagedResource } from '../resources/managed-resource';
import { Expression } from '../terraform/hcl';
import { RequiredVersion, TerraformVersion } from '../validation/required-version';

const SUFFIX = 'AddressId';

/**
 * A `terraform_data` with the address id that a bandwidth was bought for: a changed id replaces the bandwidth.
 *
 * Without it the provider would update the bandwidth in place, which the API refuses. Terraform replaces the bandwidth when
 * the record changes, and not when the record is created; OpenTofu from 1.12 on does so in both cases, so a bandwidth that a
 * plan moves or imports has no trigger in that plan.
 *
 * The record is named after the bandwidth's resource, and moves with it. (cdktf's own TerraformDataResource asks the terraform
 * binary for its version at every synthesis.)
 */
export class AddressIdRecord extends TerraformElement {
  readonly terraformResourceType = 'terraform_data';

  constructor(scope: Construct, private readonly bandwidth: ManagedResource, private readonly ipv6AddressId: string) {
    super(scope, SUFFIX);
    RequiredVersion.atLeast(this.cdktfStack, TerraformVersion.TERRAFORM_DATA);
  }

  get friendlyUniqueId(): string {
    return companionName(this.bandwidth.friendlyUniqueId, SUFFIX);
  }

  /** The record in expressions of the stack. Read it at synthesis: logical ids may change until then. */
  get reference(): Expression {
    return new Expression(`${this.terraformResourceType}.${this.friendlyUniqueId}`);
  }

  toTerraform(): any {
    const from = formerCompanion(this.bandwidth.movedFrom, this.terraformResourceType, SUFFIX);
    return {
      resource: { terraform_data: { [this.friendlyUniqueId]: { input: { id: this.ipv6AddressId } } } },
      moved: from && [{ from, to: this.reference.code }],
    };
  }
}

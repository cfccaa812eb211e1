import { TerraformElement } from 'cdktf';
import { Construct } from 'constructs';
import { AddressCheck } from './address-check';
import { companionName, formerCompanion, MovableResource } from './moves';
import { RequiredVersion, TerraformVersion } from './required-version';
import { Expression } from '../terraform/hcl';

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
  /** Whether the plan goes on to the record, and to the bandwidth, once the stack's check of addresses has passed. */
  waitsForCheck = false;

  constructor(scope: Construct, private readonly bandwidth: MovableResource, private readonly ipv6AddressId: string) {
    super(scope, SUFFIX);
    RequiredVersion.atLeast(this.cdktfStack, TerraformVersion.TERRAFORM_DATA);
  }

  /** The record in expressions of the stack. Read it at synthesis: logical ids may change until then. */
  get reference(): Expression {
    return new Expression(`terraform_data.${this.blockName}`);
  }

  private get blockName(): string {
    return companionName(this.bandwidth.friendlyUniqueId, SUFFIX);
  }

  toTerraform(): any {
    const dependsOn = this.waitsForCheck && { depends_on: [AddressCheck.reference] };
    const from = formerCompanion(this.bandwidth.movedFrom, 'terraform_data', SUFFIX);
    return {
      resource: { terraform_data: { [this.blockName]: { input: { id: this.ipv6AddressId }, ...dependsOn } } },
      moved: from && [{ from, to: this.reference.code }],
    };
  }
}

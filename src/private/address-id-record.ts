import { TerraformElement, TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { RequiredVersion, TerraformVersion } from './terraform-version';

/** A bandwidth, as far as its record needs it. */
interface MovableResource extends TerraformResource {
  /** The Terraform address that a `moved` block names as the former one. */
  readonly movedFrom?: string;
}

/**
 * The address id that a bandwidth was bought for: a changed id replaces the bandwidth.
 *
 * The provider would update the bandwidth in place, which the API refuses. Terraform takes a changed record for a trigger, and
 * not one that is created; OpenTofu from 1.12 on takes both, so what exists already has no trigger in a plan that moves or
 * imports it.
 *
 * The record is named after the bandwidth's resource, and moves with it. (cdktf's own DataResource asks the terraform binary
 * for its version at every synth.)
 */
export class AddressIdRecord extends TerraformElement {
  constructor(scope: Construct, private readonly bandwidth: MovableResource, private readonly ipv6AddressId: string) {
    super(scope, 'AddressId');
    RequiredVersion.atLeast(this.cdktfStack, TerraformVersion.TERRAFORM_DATA);
  }

  /** How other blocks of the stack refer to the record: read at synthesis, because logical ids may change until then. */
  get reference(): string {
    return `terraform_data.${this.blockName}`;
  }

  private get blockName(): string {
    return companionName(this.bandwidth.friendlyUniqueId, 'AddressId');
  }

  toTerraform(): any {
    const from = companionOf(this.bandwidth.movedFrom, 'terraform_data', 'AddressId');
    return {
      resource: { terraform_data: { [this.blockName]: { input: { id: this.ipv6AddressId } } } },
      moved: from && [{ from, to: this.reference }],
    };
  }
}

/** The name of a block that belongs to a resource and moves with it. */
export function companionName(resourceName: string, what: string): string {
  return `${resourceName}_${what}`;
}

/** The Terraform address of the block that belongs to a resource at another address, if that is an address without a key. */
export function companionOf(resourceAddress: string | undefined, type: string, what: string): string | undefined {
  const [, modules, name] = /^((?:module\.[^.]+\.)*)\w+\.([\w-]+)$/.exec(resourceAddress ?? '') ?? [];
  return name && `${modules}${type}.${companionName(name, what)}`;
}

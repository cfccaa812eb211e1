import { TerraformElement } from 'cdktf';
import { Construct } from 'constructs';
import { companionName } from './taken-over';
import { ManagedResource } from '../resources/managed-resource';
import { Expression, hcl } from '../terraform/hcl';

const SUFFIX = 'InternetBandwidthIds';

/**
 * A `terraform_data` with the ids of the bandwidths of a set: a changed id replaces the egress-only rule of its address.
 *
 * The rules depend on this record, which depends on the bandwidths. If each rule depended on all bandwidths, the graph of the apply would grow
 * with their product. Terraform compares one key of `input` only in a map, so an object would trigger nothing.
 */
export class InternetBandwidthIdsRecord extends TerraformElement {
  readonly terraformResourceType = 'terraform_data';

  constructor(scope: Construct, private readonly bandwidths: ManagedResource) {
    super(scope, SUFFIX);
  }

  get friendlyUniqueId(): string {
    return companionName(this.bandwidths.friendlyUniqueId, SUFFIX);
  }

  /** The Terraform address of the record. */
  get address(): string {
    return `${this.terraformResourceType}.${this.friendlyUniqueId}`;
  }

  toTerraform(): any {
    const bandwidths = new Expression(`${this.bandwidths.terraformResourceType}.${this.bandwidths.friendlyUniqueId}`);
    return { resource: { terraform_data: { [this.friendlyUniqueId]: { input: hcl`tomap({ for id, b in ${bandwidths} : id => b.id })`.toArgument() } } } };
  }
}

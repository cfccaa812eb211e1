import { Construct } from 'constructs';
import { AddressCheck } from './address-check';
import { AddressIdRecord } from './address-id-record';
import { isAdopted, isImported } from './import-block';
import { ITERATE_BY_SET, refuseIteration } from './iteration';
import { definedOnly, dropCreationStack, LibraryLifecycle, refuseCreateBeforeDestroy, withLifecycle } from './lifecycle';
import { isMoved, MovableResource, refuseMoveAway } from './moves';
import { Condition, refuseUnless } from '../guards/condition';
import { VpcIpv6InternetBandwidth, VpcIpv6InternetBandwidthConfig } from '../provider-alicloud/vpc-ipv6-internet-bandwidth';
import { hcl, template } from '../terraform/hcl';

/**
 * The resource of a bandwidth, with the lifecycle that the library needs.
 *
 * If its address is another than the one that it was bought for, a plan replaces the bandwidth or is refused:
 *
 * - While it adopts, the plan is refused. Terraform ignores an `import` block for what the state has, so the bandwidth of
 *   the new address would be bought, and the API refuses that if the address has one.
 * - While it moves or is imported, the plan is refused. Its record may be created in the same plan, which OpenTofu from 1.12
 *   on takes for a change of the record, and Terraform does not.
 * - Otherwise it is replaced. With a logical id that its user chose, the state may have a bandwidth of that name which has no
 *   record yet: then the plan is refused.
 */
export class InternetBandwidthResource extends VpcIpv6InternetBandwidth implements MovableResource {
  movedFrom?: string;
  /** The record of its address, which the construct makes after the resource. */
  addressIdRecord?: AddressIdRecord;
  preconditions: readonly Condition[] = [];
  /** Conditions that are known when the stack is synthesized. */
  latePreconditions?: () => readonly Condition[];
  private hasOwnLogicalId = false;

  constructor(scope: Construct, id: string, config: VpcIpv6InternetBandwidthConfig) {
    super(scope, id, config);
    dropCreationStack(this.timeouts);
  }

  overrideLogicalId(newLogicalId: string): void {
    super.overrideLogicalId(newLogicalId);
    this.hasOwnLogicalId = true;
  }

  moveFromId(id: string): void {
    super.moveFromId(id);
    this.movedFrom = id;
  }

  moveTo(target: string): void {
    refuseMoveAway(this, target);
  }

  moveToId(id: string): void {
    refuseMoveAway(this, id);
  }

  get terraformMetaArguments(): { [name: string]: any } {
    refuseIteration(this, this.rawOverrides, ITERATE_BY_SET);
    refuseCreateBeforeDestroy(this, this.rawOverrides, 'an address has one Internet bandwidth at a time');
    return definedOnly(super.terraformMetaArguments);
  }

  protected synthesizeAttributes(): { [name: string]: any } {
    const preconditions = this.latePreconditions ? [...this.preconditions, ...this.latePreconditions()] : this.preconditions;
    const attributes = withLifecycle(super.synthesizeAttributes(), { isHolder: true, preconditions, ...this.addressLifecycle() });
    if (this.addressIdRecord?.waitsForCheck) attributes.depends_on.push(AddressCheck.reference);
    return attributes;
  }

  private addressLifecycle(): LibraryLifecycle {
    if (!this.addressIdRecord) return {};
    const replaced: LibraryLifecycle = { replaceTriggeredBy: [hcl`${this.addressIdRecord.reference}.output.id`] };
    const deployFirst = `deploy with its own address first, or plan with -replace=${this.terraformResourceType}.${this.friendlyUniqueId}`;
    if (isAdopted(this) && !isMoved(this)) return this.refused('leave adoptExisting out, and it is replaced');
    if (isMoved(this) || isImported(this)) return this.refused(deployFirst);
    // Not for each bandwidth: Terraform goes through all changes of a plan for each condition that reads `self`.
    return this.hasOwnLogicalId ? { ...replaced, ...this.refused(deployFirst) } : replaced;
  }

  /** Keeps the address of the bandwidth that the state has, and refuses a plan for which that is another. */
  private refused(remediation: string): LibraryLifecycle {
    const wanted = hcl`${this.addressIdRecord!.reference}.input.id`;
    const actual = hcl`self.ipv6_address_id`;
    return {
      ignoreChanges: ['ipv6_address_id'],
      postconditions: [refuseUnless(
        hcl`${actual} == ${wanted}`,
        template`${this.node.scope!.node.path}: the bandwidth ${hcl`self.id`} is for the address ${actual}, not ${wanted}, and cannot be given another (InvalidIpv6Instance.NotFound): ${remediation}`,
      )],
    };
  }
}

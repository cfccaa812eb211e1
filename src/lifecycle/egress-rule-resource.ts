import { Construct } from 'constructs';
import { InternetBandwidthResource } from './internet-bandwidth-resource';
import { ITERATE_BY_SET, refuseIteration } from './iteration';
import { definedOnly, dropCreationStack, refuseCreateBeforeDestroy, withLifecycle } from './lifecycle';
import { companionName, EGRESS_RULE_SUFFIX, formerCompanion, MovableResource, refuseMoveAway } from './moves';
import { Condition } from '../guards/condition';
import { VpcIpv6EgressRule, VpcIpv6EgressRuleConfig } from '../provider-alicloud/vpc-ipv6-egress-rule';
import { Expression } from '../terraform/hcl';

/**
 * The resource of an egress-only rule, with the lifecycle that the library needs.
 *
 * An address has one rule, and so the rule of a bandwidth is named after the bandwidth's resource, whichever construct
 * makes it: it is the same resource to Terraform, and moves with the bandwidth.
 */
export class EgressRuleResource extends VpcIpv6EgressRule implements MovableResource {
  /** The bandwidth that its ids are taken from; undefined for a rule of existing bandwidth. */
  bandwidth?: InternetBandwidthResource;
  preconditions: readonly Condition[] = [];
  private hasOwnLogicalId = false;

  constructor(scope: Construct, id: string, config: VpcIpv6EgressRuleConfig) {
    super(scope, id, config);
    dropCreationStack(this.timeouts);
  }

  get friendlyUniqueId(): string {
    return this.bandwidth && !this.hasOwnLogicalId ? companionName(this.bandwidth.friendlyUniqueId, EGRESS_RULE_SUFFIX) : super.friendlyUniqueId;
  }

  overrideLogicalId(newLogicalId: string): void {
    super.overrideLogicalId(newLogicalId);
    this.hasOwnLogicalId = true;
  }

  resetOverrideLogicalId(): void {
    super.resetOverrideLogicalId();
    this.hasOwnLogicalId = false;
  }

  get movedFrom(): string | undefined {
    return this.hasResourceMove() ? undefined : formerCompanion(this.bandwidth?.movedFrom, this.terraformResourceType, EGRESS_RULE_SUFFIX);
  }

  moveTo(target: string): void {
    refuseMoveAway(this, target);
  }

  moveToId(id: string): void {
    refuseMoveAway(this, id);
  }

  toTerraform(): any {
    const { movedFrom } = this;
    const own = super.toTerraform();
    return movedFrom ? { ...own, moved: [{ from: movedFrom, to: `${this.terraformResourceType}.${this.friendlyUniqueId}` }] } : own;
  }

  get terraformMetaArguments(): { [name: string]: any } {
    refuseIteration(this, this.rawOverrides, ITERATE_BY_SET);
    refuseCreateBeforeDestroy(this, this.rawOverrides, 'Terraform hands it on to the bandwidth, of which an address has one at a time');
    return definedOnly(super.terraformMetaArguments);
  }

  protected synthesizeAttributes(): { [name: string]: any } {
    return withLifecycle(super.synthesizeAttributes(), {
      // A rule of existing bandwidth has no other block that names its address.
      isHolder: this.bandwidth === undefined,
      // A bandwidth that is bought anew for the same address needs its rule anew.
      replaceTriggeredBy: this.bandwidth && [new Expression(`${this.bandwidth.terraformResourceType}.${this.bandwidth.friendlyUniqueId}.id`)],
      preconditions: this.preconditions,
    });
  }
}

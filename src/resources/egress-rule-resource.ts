import { Construct } from 'constructs';
import { InternetBandwidthResource } from './internet-bandwidth-resource';
import { keepsWhatExists, LibraryLifecycle, managed } from './managed-resource';
import { VpcIpv6EgressRule, VpcIpv6EgressRuleConfig } from '../provider-alicloud/vpc-ipv6-egress-rule';
import { DestroyBeforeCreate } from '../state/destroy-before-create';
import { companionName, EGRESS_RULE_SUFFIX, formerCompanion } from '../state/taken-over';
import { Expression } from '../terraform/hcl';

/**
 * The resource of an egress-only rule.
 *
 * An address has one rule, so the rule is named after the resource of the bandwidth, whichever construct makes it. Terraform sees the same
 * resource, which moves with the bandwidth.
 */
export class EgressRuleResource extends managed(VpcIpv6EgressRule) {
  /** @param bandwidth  the bandwidth that its ids are taken from; undefined for a rule of existing bandwidth */
  constructor(scope: Construct, id: string, config: VpcIpv6EgressRuleConfig, private readonly bandwidth?: InternetBandwidthResource) {
    super(scope, id, config);
  }

  get friendlyUniqueId(): string {
    return this.bandwidth && !this.hasOwnLogicalId ? companionName(this.bandwidth.friendlyUniqueId, EGRESS_RULE_SUFFIX) : super.friendlyUniqueId;
  }

  /** The former address of the rule, which follows from that of its bandwidth: a list of one, or empty. */
  get movedByName(): string[] {
    if (this.movedFrom !== undefined || this.isImported) return [];
    const from = formerCompanion(this.bandwidth?.movedFrom, this.terraformResourceType, EGRESS_RULE_SUFFIX);
    return from === undefined ? [] : [from];
  }

  toTerraform(): any {
    const moved = this.movedByName.map((from) => ({ from, to: this.address }));
    return moved.length > 0 ? { ...super.toTerraform(), moved } : super.toTerraform();
  }

  libraryLifecycle(): LibraryLifecycle {
    const { bandwidth } = this;
    const kept = this.isImported ? keepsWhatExists(this, {
      instance_id: bandwidth ? new Expression(`${bandwidth.address}.ipv6_address_id`) : this.instanceIdInput!,
      ipv6_gateway_id: bandwidth ? new Expression(`${bandwidth.address}.ipv6_gateway_id`) : this.ipv6GatewayIdInput!,
    }) : {};
    return {
      ...kept,
      // A bandwidth that is bought again for the same address needs its rule again.
      ...bandwidth ? { replace_triggered_by: [`${bandwidth.address}.id`] } : { depends_on: [DestroyBeforeCreate.reference] },
      ignore_changes: [...unwrittenArguments(this), ...kept.ignore_changes ?? []],
    };
  }
}

/** Returns the arguments of a rule that are not set. Without `ignore_changes`, an existing rule with them would be replaced. */
export function unwrittenArguments({ ipv6EgressRuleNameInput: name, descriptionInput: description }: VpcIpv6EgressRule): string[] {
  return [...name === undefined ? ['ipv6_egress_rule_name'] : [], ...description === undefined ? ['description'] : []];
}

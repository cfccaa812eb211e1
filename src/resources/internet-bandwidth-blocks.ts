import { createHash } from 'node:crypto';
import { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { unwrittenArguments } from './egress-rule-resource';
import { keepsWhatExists, LibraryLifecycle, managed, WRITE_WHAT_EXISTS } from './managed-resource';
import { Condition } from '../checks/condition';
import { VpcIpv6EgressRule, VpcIpv6EgressRuleConfig } from '../provider-alicloud/vpc-ipv6-egress-rule';
import { VpcIpv6InternetBandwidth, VpcIpv6InternetBandwidthConfig } from '../provider-alicloud/vpc-ipv6-internet-bandwidth';
import { DestroyBeforeCreate } from '../state/destroy-before-create';
import { companionName, EGRESS_RULE_SUFFIX, TakenOver } from '../state/taken-over';
import { Expression, hcl } from '../terraform/hcl';
import { ConstructError } from '../validation/construct-error';

/** Returns the number of the partition that an address is in, by the hash of its id. */
export function partitionOf(addressId: string, partitions: number): number {
  return createHash('sha1').update(addressId).digest()[0] % partitions;
}

/** Returns the ids of addresses by the numbers of their partitions: a map of lists. */
export function idsByPartition(ids: Expression, partitions: number): Expression {
  return hcl`{ for id in ${ids} : tostring(parseint(substr(sha1(id), 0, 2), 16) % ${partitions}) => id... }`;
}

/** A Terraform resource that has the bandwidths of a set, or of one of its partitions. */
export class InternetBandwidthBlock extends managed(VpcIpv6InternetBandwidth) {
  /**
   * @param addresses      a map: its keys are the ids of the addresses, its values those of their gateways
   * @param preconditions  the conditions of values that the plan may not know
   * @param takenOver      the moves and imports of the set
   */
  constructor(
    scope: Construct,
    id: string,
    config: Omit<VpcIpv6InternetBandwidthConfig, 'ipv6AddressId'>,
    readonly addresses: Expression,
    private readonly preconditions: readonly Condition[],
    private readonly takenOver: TakenOver,
    private readonly partition?: number,
  ) {
    super(scope, id, { ...config, ipv6AddressId: '${each.key}' });
  }

  get friendlyUniqueId(): string {
    return this.partition === undefined ? super.friendlyUniqueId : companionName(this.takenOver.friendlyUniqueId, String(this.partition));
  }

  moveFromId(id: string): void {
    refuseForOne(this, 'moveFromId', id, 'moveFromId or moveAddressFromId of the set');
  }

  importFrom(id: string): void {
    refuseForOne(this, 'importFrom', id, 'importAddressFrom of the set');
  }

  libraryLifecycle(): LibraryLifecycle {
    const own: LibraryLifecycle = { depends_on: [DestroyBeforeCreate.reference], precondition: this.preconditions };
    // Only if needed: for each condition that reads `self`, Terraform goes through all changes of a plan.
    if (this.takenOver.isEmpty) return own;
    const address = { ipv6_address_id: new Expression('each.key') };
    const written = this.takenOver.hasImports ? { ...address, internet_charge_type: this.internetChargeTypeInput! } : address;
    return { ...own, ...keepsWhatExists(this, written, `${WRITE_WHAT_EXISTS}; for a move, name the bandwidth of this address`) };
  }

  protected synthesizeAttributes(): { [name: string]: any } {
    return { ...super.synthesizeAttributes(), for_each: this.addresses.toArgument() };
  }
}

/**
 * The egress-only rules of the addresses of one block, and a `terraform_data` that records the charge type of the bandwidths.
 * A changed charge type replaces the bandwidths, and so the rules.
 *
 * The rules depend on this record, which depends on the bandwidths. If each rule depended on all bandwidths, the graph of the apply would grow
 * with their product.
 */
export class EgressRuleBlock extends managed(VpcIpv6EgressRule) {
  constructor(
    scope: Construct, id: string, config: Omit<VpcIpv6EgressRuleConfig, 'instanceId'>, private readonly bandwidths: InternetBandwidthBlock, private readonly takenOver: TakenOver,
  ) {
    super(scope, id, { ...config, instanceId: '${each.key}' });
  }

  get friendlyUniqueId(): string {
    return companionName(this.bandwidths.friendlyUniqueId, EGRESS_RULE_SUFFIX);
  }

  get recordName(): string {
    return companionName(this.bandwidths.friendlyUniqueId, 'InternetChargeType');
  }

  /** Those of its bandwidths. */
  get addresses(): Expression {
    return this.bandwidths.addresses;
  }

  moveFromId(id: string): void {
    refuseForOne(this, 'moveFromId', id, 'moveEgressOnlyRuleFromId of the set');
  }

  importFrom(id: string): void {
    refuseForOne(this, 'importFrom', id, 'importEgressOnlyRuleFrom of the set');
  }

  toTerraform(): any {
    const written = super.toTerraform();
    const { internetChargeTypeInput: input, address } = this.bandwidths;
    written.resource.terraform_data = { [this.recordName]: { input, depends_on: [address] } };
    return written;
  }

  libraryLifecycle(): LibraryLifecycle {
    const kept = this.takenOver.isEmpty ? {} : keepsWhatExists(this, { instance_id: new Expression('each.key') }, 'name the rule of this address');
    const record = `terraform_data.${this.recordName}`;
    // OpenTofu replaces a rule if the record is created in the plan that moves or imports the rule.
    const trigger = this.takenOver.isEmpty ? `${record}.output` : `${this.bandwidths.address}[each.key].id`;
    return {
      ...kept,
      // A plan shows depends_on, and no triggers.
      depends_on: [record],
      replace_triggered_by: [trigger],
      ignore_changes: [...unwrittenArguments(this), ...kept.ignore_changes ?? []],
    };
  }

  protected synthesizeAttributes(): { [name: string]: any } {
    return { ...super.synthesizeAttributes(), for_each: this.addresses.toArgument() };
  }
}

function refuseForOne(resource: TerraformResource, method: string, actual: string, remediation: string): never {
  throw new ConstructError(resource.node.scope!, {
    problem: `${method} is not supported on the resource of a set, because it names no address`,
    actual,
    remediation: `use ${remediation}`,
  });
}

import { createHash } from 'node:crypto';
import { Construct } from 'constructs';
import { AddressSetCheck } from './address-set-check';
import { refuseIteration } from './iteration';
import { definedOnly, dropCreationStack, refuseCreateBeforeDestroy, withLifecycle } from './lifecycle';
import { companionName, EGRESS_RULE_SUFFIX, MovableResource, refuseMoveAway } from './moves';
import { Condition } from '../guards/condition';
import { VpcIpv6EgressRule, VpcIpv6EgressRuleConfig } from '../provider-alicloud/vpc-ipv6-egress-rule';
import { VpcIpv6InternetBandwidth, VpcIpv6InternetBandwidthConfig } from '../provider-alicloud/vpc-ipv6-internet-bandwidth';
import { Expression, hcl } from '../terraform/hcl';
import { ConstructError } from '../validation/construct-error';

/**
 * Over how many blocks the addresses of a set are spread, by the hash of their ids.
 *
 * Terraform evaluates the `for_each` of a block again for each of its instances, and makes each instance of the rules wait for
 * all instances of the bandwidths in the same block: with one block for all addresses, both would grow with the square of
 * their number. The number of a block stands in the addresses of the state, so how many there are never changes.
 */
export const BLOCKS = 64;

/** The number of the block that an address is in. */
export function blockOf(addressId: string): number {
  return createHash('sha1').update(addressId).digest()[0] % BLOCKS;
}

/** The ids of addresses by the numbers of their blocks: a map of lists. */
export function idsByBlock(ids: Expression): Expression {
  return hcl`{ for id in ${ids} : tostring(parseint(substr(sha1(id), 0, 2), 16) % ${BLOCKS}) => id... }`;
}

/** One of the resources that hold the bandwidths of a set. */
export class InternetBandwidthBlock extends VpcIpv6InternetBandwidth implements MovableResource {
  movedFrom?: string;
  /** Conditions that are known when the stack is synthesized. */
  latePreconditions?: () => readonly Condition[];

  /**
   * @param addresses  a map: its keys are the ids of the addresses, its values those of their gateways
   * @param check      the check of the set, after which the blocks are named
   */
  constructor(
    scope: Construct,
    id: string,
    config: Omit<VpcIpv6InternetBandwidthConfig, 'ipv6AddressId'>,
    readonly addresses: Expression,
    private readonly check: AddressSetCheck,
  ) {
    super(scope, id, { ...config, ipv6AddressId: '${each.key}' });
    this.overrideLogicalId(companionName(check.friendlyUniqueId, id));
    dropCreationStack(this.timeouts);
  }

  moveTo(target: string): void {
    refuseMoveAway(this, target);
  }

  moveToId(id: string): void {
    refuseMoveAway(this, id);
  }

  importFrom(id: string): void {
    throw new ConstructError(this.node.scope!, {
      problem: 'importFrom cannot say which address of the set it is for',
      actual: id,
      remediation: 'write adoptExisting: true, which takes over what each address has',
    });
  }

  /** Its Terraform address. */
  get address(): string {
    return `${this.terraformResourceType}.${this.friendlyUniqueId}`;
  }

  get terraformMetaArguments(): { [name: string]: any } {
    refuseCreateBeforeDestroy(this, this.rawOverrides, 'an address has one Internet bandwidth at a time');
    refuseIteration(this, this.rawOverrides, 'the set says which addresses there are');
    return definedOnly(super.terraformMetaArguments);
  }

  protected synthesizeAttributes(): { [name: string]: any } {
    const attributes = withLifecycle(super.synthesizeAttributes(), { isHolder: true, preconditions: this.latePreconditions?.() });
    attributes.depends_on.push(this.check.address);
    return { ...attributes, for_each: this.addresses.toArgument() };
  }
}

/** The egress-only rules of the addresses of one block. */
export class EgressRuleBlock extends VpcIpv6EgressRule implements MovableResource {
  movedFrom?: string;

  constructor(scope: Construct, id: string, private readonly bandwidths: InternetBandwidthBlock, config: Omit<VpcIpv6EgressRuleConfig, 'instanceId'>, private readonly addresses: Expression) {
    super(scope, id, { ...config, instanceId: '${each.key}' });
    dropCreationStack(this.timeouts);
  }

  get friendlyUniqueId(): string {
    return companionName(this.bandwidths.friendlyUniqueId, EGRESS_RULE_SUFFIX);
  }

  get terraformMetaArguments(): { [name: string]: any } {
    refuseCreateBeforeDestroy(this, this.rawOverrides, 'Terraform hands it on to the bandwidth, of which an address has one at a time');
    refuseIteration(this, this.rawOverrides, 'the set says which addresses there are');
    return definedOnly(super.terraformMetaArguments);
  }

  protected synthesizeAttributes(): { [name: string]: any } {
    // The trigger also makes Terraform create the rules after the bandwidths, and destroy them before. (To take the ids from the
    // bandwidths would make Terraform evaluate their whole block for each rule.)
    const attributes = withLifecycle(super.synthesizeAttributes(), {
      replaceTriggeredBy: [new Expression(`${this.bandwidths.address}[each.key].id`)],
    });
    return { ...attributes, for_each: this.addresses.toArgument() };
  }
}

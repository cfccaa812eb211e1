import { ComplexObject, TerraformResource } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { AddressIdRecord, companionName, companionOf } from './address-id-record';
import { ConstructError } from './construct-error';
import { escapeTemplate } from './expression';
import { Holders } from './holders';
import { VpcIpv6EgressRule, VpcIpv6EgressRuleConfig } from '../provider-alicloud/vpc-ipv6-egress-rule';
import { VpcIpv6Gateway } from '../provider-alicloud/vpc-ipv6-gateway';
import { VpcIpv6InternetBandwidth, VpcIpv6InternetBandwidthConfig } from '../provider-alicloud/vpc-ipv6-internet-bandwidth';

/** A condition as Terraform reads it. */
export interface Precondition {
  readonly condition: string;
  readonly error_message: string;
}

/** What ties a bandwidth to its address. */
export interface AddressLifecycle {
  readonly record: AddressIdRecord;
  /** What becomes of the bandwidth when its address is another: asked when the stack is synthesized. */
  readonly onOther: () => OtherAddress;
}

/**
 * How a plan treats another address of a bandwidth: the old one is destroyed and one bought for the new address, or the plan
 * is refused.
 *
 * While a bandwidth adopts, the plan is always refused: an `import` block adopts nothing in the place of what the state has
 * already, so a purchase for an address that has bandwidth would be refused when the old one is gone. While it moves or is
 * imported, too: its record may be created in the same plan, which OpenTofu from 1.12 on takes for a trigger, and Terraform
 * does not.
 */
export type OtherAddress = 'replaced' | 'replaced, or refused without a record' | 'refused while it adopts' | 'refused while it moves';

/** What a construct of this library needs of its resource's lifecycle. */
export interface OwnLifecycle {
  /** The address that the resource is for: a changed one replaces it, and nothing else changes it. */
  readonly address?: AddressLifecycle;
  /** A resource whose replacement replaces this one. */
  readonly replacedWith?: TerraformResource;
  /** Whether the stack's record of holders names it. */
  readonly holder?: boolean;
  readonly precondition?: readonly Precondition[];
}

/** The constructs that a bandwidth was made of: what its arguments no longer tell. */
export interface MadeOf {
  readonly ipv6Address: IConstruct & { readonly ipv6AddressId: string; readonly vpcId?: string };
  readonly ipv6Gateway?: IConstruct & { readonly vpcId?: string };
}

/** A bandwidth whose own lifecycle is joined to what its users set, and cannot be lost. */
export class LinkedBandwidth extends VpcIpv6InternetBandwidth {
  ownLifecycle?: OwnLifecycle;
  madeOf?: MadeOf;
  /** The Terraform address that a `moved` block names as the former one. */
  movedFrom?: string;
  /** Whether a name of the user's own may be that of a resource which the state has already. */
  named = false;

  constructor(scope: Construct, id: string, config: VpcIpv6InternetBandwidthConfig) {
    super(scope, id, config);
    forgetCreation(this.timeouts);
  }

  overrideLogicalId(newLogicalId: string): void {
    super.overrideLogicalId(newLogicalId);
    this.named = true;
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

  /** Its arguments and overrides, without what only a synthesis needs. */
  get plainArguments(): { readonly [name: string]: unknown } {
    return { ...super.synthesizeAttributes(), ...this.rawOverrides };
  }

  get terraformMetaArguments(): { [name: string]: any } {
    refuseCreateBeforeDestroy(this, this.rawOverrides, 'an address has one Internet bandwidth at a time');
    return definedOnly(super.terraformMetaArguments);
  }

  protected synthesizeAttributes(): { [name: string]: any } {
    return withLifecycle(super.synthesizeAttributes(), this, this.ownLifecycle);
  }
}

/**
 * An egress-only rule, likewise.
 *
 * An address has one rule, and so the rule of a bandwidth is named after the bandwidth's resource, whichever construct
 * made it, and moves with it: `egressOnly: true` in the place of an `Ipv6EgressOnlyRule` changes nothing in the state.
 */
export class LinkedEgressRule extends VpcIpv6EgressRule {
  ownLifecycle?: OwnLifecycle;
  /** The bandwidth that its ids are taken from. */
  bandwidth?: LinkedBandwidth;
  private named = false;

  constructor(scope: Construct, id: string, config: VpcIpv6EgressRuleConfig) {
    super(scope, id, config);
    forgetCreation(this.timeouts);
  }

  get friendlyUniqueId(): string {
    return this.bandwidth && !this.named ? companionName(this.bandwidth.friendlyUniqueId, 'EgressOnlyRule') : super.friendlyUniqueId;
  }

  overrideLogicalId(newLogicalId: string): void {
    super.overrideLogicalId(newLogicalId);
    this.named = true;
  }

  resetOverrideLogicalId(): void {
    super.resetOverrideLogicalId();
    this.named = false;
  }

  /** The Terraform address that a `moved` block names as the former one. */
  get movedFrom(): string | undefined {
    return this.hasResourceMove() ? undefined : companionOf(this.bandwidth?.movedFrom, this.terraformResourceType, 'EgressOnlyRule');
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

  /** Its arguments and overrides, without what only a synthesis needs. */
  get plainArguments(): { readonly [name: string]: unknown } {
    return { ...super.synthesizeAttributes(), ...this.rawOverrides };
  }

  get terraformMetaArguments(): { [name: string]: any } {
    refuseCreateBeforeDestroy(this, this.rawOverrides, 'Terraform hands it on to the bandwidth, of which an address has one at a time');
    return definedOnly(super.terraformMetaArguments);
  }

  protected synthesizeAttributes(): { [name: string]: any } {
    return withLifecycle(super.synthesizeAttributes(), this, this.ownLifecycle);
  }
}

/** A gateway, likewise. */
export class LinkedGateway extends VpcIpv6Gateway {
  ownLifecycle?: OwnLifecycle;

  get terraformMetaArguments(): { [name: string]: any } {
    return definedOnly(super.terraformMetaArguments);
  }

  protected synthesizeAttributes(): { [name: string]: any } {
    return withLifecycle(super.synthesizeAttributes(), this, this.ownLifecycle);
  }
}

/**
 * cdktf keeps the whole call stack of every block reference, for a message should the reference itself fail to resolve:
 * about half of the memory that a resource takes.
 */
function forgetCreation(reference: ComplexObject): void {
  reference.creationStack.length = 0;
}

function refuseCreateBeforeDestroy(resource: TerraformResource, overrides: any, why: string): void {
  if (resource.lifecycle?.createBeforeDestroy !== true && overrides.lifecycle?.create_before_destroy !== true) return;
  throw new ConstructError(resource.node.scope!, {
    problem: `createBeforeDestroy can never work: ${why}`,
    seen: true,
    spares: 'OperationFailed.InternetBandwidthAlreadyExisted',
    wayOut: 'leave it out: the old one goes first',
  });
}

/** The construct would stay, and its other blocks refer to a resource that is written nowhere any more. */
function refuseMoveAway(resource: TerraformResource, target: string): never {
  throw new ConstructError(resource.node.scope!, {
    problem: 'a resource of this construct cannot be moved away from it',
    seen: target,
    wayOut: 'take the construct out, and name its resource where it moves to: moveFromId, or from of a moved block',
  });
}

/** cdktf merges into it what the resource's users set: lists are joined, and so nothing of the library's own is lost. */
function withLifecycle(attributes: { [name: string]: any }, resource: TerraformResource, own?: OwnLifecycle): { [name: string]: any } {
  if (!own) return attributes;
  const { address, replacedWith, holder, precondition = [] } = own;
  const lifecycle: { [name: string]: any } = {};
  if (address) {
    const onOther = address.onOther();
    if (onOther.startsWith('replaced')) lifecycle.replace_triggered_by = [`${address.record.reference}.output.id`];
    // (Not for each bandwidth: Terraform goes through all changes of a plan for each condition that reads `self`.)
    if (onOther !== 'replaced') {
      lifecycle.ignore_changes = ['ipv6_address_id'];
      lifecycle.postcondition = [addressUnchanged(address.record, resource, onOther)];
    }
  }
  if (replacedWith) lifecycle.replace_triggered_by = [`${replacedWith.terraformResourceType}.${replacedWith.friendlyUniqueId}.id`];
  if (precondition.length > 0) lifecycle.precondition = precondition;
  if (Object.keys(lifecycle).length > 0) attributes.lifecycle = lifecycle;
  if (holder) attributes.depends_on = [Holders.reference];
  return attributes;
}

function addressUnchanged(record: AddressIdRecord, resource: TerraformResource, onOther: OtherAddress): Precondition {
  const wanted = `${record.reference}.input.id`;
  const address = `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
  const wayOut = onOther === 'refused while it adopts' ? 'leave adoptExisting out, and it is replaced' : `deploy with its own address first, or plan with -replace=${address}`;
  return {
    condition: `\${self.ipv6_address_id == ${wanted}}`,
    error_message: `${escapeTemplate(resource.node.scope!.node.path)}: the bandwidth \${self.id} is for the address \${self.ipv6_address_id}, not \${${wanted}}, and cannot be given another (InvalidIpv6Instance.NotFound): ${wayOut}`,
  };
}

/** What is undefined would delete, not leave alone; and cdktf would work on each of its names, at every synthesis. */
function definedOnly(args: { [name: string]: any }): { [name: string]: any } {
  const defined: { [name: string]: any } = {};
  for (const name in args) {
    if (args[name] !== undefined) defined[name] = args[name];
  }
  return defined;
}

import { ComplexObject, TerraformResource } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { ConstructError } from './construct-error';
import { VpcIpv6EgressRule, VpcIpv6EgressRuleConfig } from '../provider-alicloud/vpc-ipv6-egress-rule';
import { VpcIpv6InternetBandwidth, VpcIpv6InternetBandwidthConfig } from '../provider-alicloud/vpc-ipv6-internet-bandwidth';

/** A condition as Terraform reads it. */
export interface Precondition {
  readonly condition: string;
  readonly error_message: string;
}

/** What a construct of this library needs of its resource's lifecycle. */
export interface OwnLifecycle {
  /** What replaces the resource: asked for when the stack is synthesized, because logical ids may change until then. */
  readonly trigger: (resource: TerraformResource) => string;
  readonly precondition: readonly Precondition[];
}

/** The constructs that a bandwidth was made of: what its arguments no longer tell. */
export interface MadeOf {
  readonly ipv6Address: IConstruct & { readonly ipv6AddressId: string; readonly vpcId?: string };
  readonly ipv6Gateway?: IConstruct & { readonly vpcId?: string };
}

/** The trigger that replaces with a resource what hangs on it. */
export function idOf(cause: TerraformResource): () => string {
  return () => `${cause.terraformResourceType}.${cause.friendlyUniqueId}.id`;
}

/** A bandwidth whose own lifecycle is joined to what its users set, and cannot be lost. */
export class LinkedBandwidth extends VpcIpv6InternetBandwidth {
  ownLifecycle?: OwnLifecycle;
  madeOf?: MadeOf;

  constructor(scope: Construct, id: string, config: VpcIpv6InternetBandwidthConfig) {
    super(scope, id, config);
    forgetCreation(this.timeouts);
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

/** An egress-only rule, likewise. */
export class LinkedEgressRule extends VpcIpv6EgressRule {
  ownLifecycle?: OwnLifecycle;
  /** The bandwidth that its ids are taken from. */
  bandwidth?: TerraformResource;

  constructor(scope: Construct, id: string, config: VpcIpv6EgressRuleConfig) {
    super(scope, id, config);
    forgetCreation(this.timeouts);
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

/** cdktf merges into it what the resource's users set: lists are joined, and so nothing of the library's own is lost. */
function withLifecycle(attributes: { [name: string]: any }, resource: TerraformResource, own?: OwnLifecycle): { [name: string]: any } {
  if (!own) return attributes;
  attributes.lifecycle = { replace_triggered_by: [own.trigger(resource)] };
  if (own.precondition.length > 0) attributes.lifecycle.precondition = own.precondition;
  return attributes;
}

/** What is undefined would delete, not leave alone; and cdktf would work on each of its names, at every synthesis. */
function definedOnly(args: { [name: string]: any }): { [name: string]: any } {
  const defined: { [name: string]: any } = {};
  for (const name in args) {
    if (args[name] !== undefined) defined[name] = args[name];
  }
  return defined;
}

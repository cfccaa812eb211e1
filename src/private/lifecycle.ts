import { TerraformCondition, TerraformResource, TerraformResourceLifecycle } from 'cdktf';
import { IConstruct } from 'constructs';
import { ConstructError } from './construct-error';
import { VpcIpv6EgressRule } from '../provider-alicloud/vpc-ipv6-egress-rule';
import { VpcIpv6InternetBandwidth } from '../provider-alicloud/vpc-ipv6-internet-bandwidth';

/** What a construct of this library needs of its resource's lifecycle, made up when the stack is synthesized. */
export interface OwnLifecycle {
  readonly replaceTriggeredBy: string[];
  readonly precondition: TerraformCondition[];
}

/** The constructs that a bandwidth was made of: what its arguments no longer tell. */
export interface MadeOf {
  readonly ipv6Address: IConstruct & { readonly ipv6AddressId: string; readonly vpcId?: string };
  readonly ipv6Gateway?: IConstruct & { readonly vpcId?: string };
}

/** A bandwidth whose own lifecycle is joined to what its users set, and cannot be lost. */
export class LinkedBandwidth extends VpcIpv6InternetBandwidth {
  ownLifecycle?: () => OwnLifecycle;
  madeOf?: MadeOf;

  get terraformMetaArguments(): { [name: string]: any } {
    refuseCreateBeforeDestroy(this, this.rawOverrides, 'an address has one Internet bandwidth at a time');
    return withLifecycle(super.terraformMetaArguments, this, this.ownLifecycle);
  }
}

/** An egress-only rule, likewise. */
export class LinkedEgressRule extends VpcIpv6EgressRule {
  ownLifecycle?: () => OwnLifecycle;
  /** The bandwidth that its ids are taken from. */
  bandwidth?: TerraformResource;

  get terraformMetaArguments(): { [name: string]: any } {
    refuseCreateBeforeDestroy(this, this.rawOverrides, 'Terraform hands it on to the bandwidth, of which an address has one at a time');
    return withLifecycle(super.terraformMetaArguments, this, this.ownLifecycle);
  }
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

function withLifecycle(args: { [name: string]: any }, resource: TerraformResource, ownLifecycle?: () => OwnLifecycle): { [name: string]: any } {
  const users: TerraformResourceLifecycle = args.lifecycle ?? {};
  const own = ownLifecycle?.() ?? { replaceTriggeredBy: [], precondition: [] };
  const joined = {
    ...users,
    replaceTriggeredBy: [...own.replaceTriggeredBy, ...(users.replaceTriggeredBy ?? [])],
    precondition: [...own.precondition, ...(users.precondition ?? [])],
  };
  const lifecycle = Object.fromEntries(Object.entries(joined).filter(([, value]) => !Array.isArray(value) || value.length > 0));
  return { ...args, lifecycle: Object.keys(lifecycle).length > 0 ? lifecycle : resource.lifecycle };
}

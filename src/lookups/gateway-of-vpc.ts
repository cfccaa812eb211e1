import { TerraformProvider, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { checkPlace, findOrCreateLookup, LookupContext, nameOf } from './lookup-context';
import { Checks } from '../checks/checks';
import { Condition, refuseUnless } from '../checks/condition';
import { DataAlicloudVpcIpv6Gateways } from '../provider-alicloud/data-alicloud-vpc-ipv6-gateways';
import { Expression, hcl, orNull, template } from '../terraform/hcl';
import { exportedLocal, partOfExpression } from '../terraform/locals';
import { comparisonKey } from '../terraform/tokens';
import { ConstructError } from '../validation/construct-error';
import { ConstructRegistry } from '../validation/construct-registry';
import { PropsValidator } from '../validation/props-validator';

/** A gateway as a stack refers to it. */
export interface GatewayInStack {
  /** The id as an argument; an empty string where a lookup finds none. */
  readonly id: string;
  /** The conditions that the user of the gateway waits for, because the plan may not know them. */
  readonly conditions: readonly Condition[];
}

/** The existing gateway of a VPC, which each stack that uses it looks up at plan. */
export class GatewayOfVpc extends Construct {
  private readonly provider?: TerraformProvider;

  constructor(scope: Construct, id: string, readonly vpcId: string, options: { readonly provider?: TerraformProvider }) {
    super(scope, id);
    const validate = new PropsValidator(this);
    validate.object('options', options, 'pass { provider } as the fourth argument, or no fourth argument');
    validate.id('vpcId', vpcId, 'VPC');
    validate.optionalProvider('provider', options.provider);
    this.provider = options.provider;
  }

  /** The id as an exported local of this construct. */
  get ipv6GatewayId(): string {
    const ownContext = { stack: TerraformStack.of(this), provider: this.provider };
    return exportedLocal(this, 'ipv6-gateway-id', () => this.inStack(ownContext, this).id).asString;
  }

  /** Refers to the gateway from the stack of the context. The plan fails if there is none, and names the user. */
  inStack(context: LookupContext, user: IConstruct): GatewayInStack {
    const { stack } = context;
    const vpcKey = comparisonKey(TerraformStack.of(this), this.vpcId);
    const registry = ConstructRegistry.of(this);
    const own = registry.find('gateway', vpcKey);
    if (own && TerraformStack.of(own) === stack) {
      throw new ConstructError(user, {
        problem: 'fromVpcId must not look up a gateway that this stack creates, because it does not exist yet at plan',
        actual: this,
        apiErrorCode: 'OperationFailed.Ipv6GatewayNotExist',
        remediation: `pass the Ipv6Gateway ${own.node.path}`,
      });
    }
    registry.register('gateway lookup', gatewayLookupKey(stack, vpcKey), user);

    const { gateways } = findOrCreateLookup(context, `gateway_of_${nameOf(context, 'vpc', this.vpcId)}`, (scope, id, name) =>
      new GatewayLookup(scope, id, name, this.vpcId, context.provider));
    const id = hcl`try(one(${gateways}).ipv6_gateway_id, "")`.toArgument();
    const vpcId = partOfExpression(stack, this.vpcId);
    const isFound = (paths: string): Condition[] => [refuseUnless(
      hcl`length(${gateways}) == 1`,
      template`${paths}: ${orNull(vpcId)} has no IPv6 gateway (OperationFailed.Ipv6GatewayNotExist): create an Ipv6Gateway, and pass it instead of Ipv6Gateway.fromVpcId`,
    )];
    const conditions = [...checkPlace(context, user, { vpcId: this.vpcId }), ...Checks.add(user, [this.vpcId], gateways.code, isFound)];
    return { id, conditions };
  }
}

/** The IPv6 gateways of one VPC, as a data source finds them: one, or none. */
class GatewayLookup extends Construct {
  readonly gateways: Expression;

  constructor(scope: Construct, id: string, name: string, vpcId: string, provider?: TerraformProvider) {
    super(scope, id);
    new DataAlicloudVpcIpv6Gateways(this, 'Resource', { vpcId, provider }).overrideLogicalId(name);
    this.gateways = new Expression(`data.${DataAlicloudVpcIpv6Gateways.tfResourceType}.${name}.gateways`);
  }
}

/** Returns the key by which the constructs of a stack that look up the gateway of a VPC are registered. */
export function gatewayLookupKey(stack: TerraformStack, vpcKey: string): string {
  return `${stack.node.path} ${vpcKey}`;
}

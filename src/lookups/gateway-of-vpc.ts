import { TerraformLocal, TerraformProvider, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { LookedUpGateway } from './bandwidth-gateway';
import { GatewayLookup } from './gateway-lookup';
import { LookupContext } from './lookup-context';
import { findOrCreate } from '../terraform/locals';
import { comparisonKey } from '../terraform/tokens';
import { ConstructError } from '../validation/construct-error';
import { ConstructRegistry } from '../validation/construct-registry';
import { PropsValidator } from '../validation/props-validator';

/** The existing gateway of a VPC, which each stack that uses it looks up at plan. */
export class GatewayOfVpc extends Construct implements LookedUpGateway {
  readonly vpcId: string;
  private readonly provider?: TerraformProvider;

  constructor(scope: Construct, id: string, vpcId: string, options: { readonly provider?: TerraformProvider }) {
    super(scope, id);
    const validate = new PropsValidator(this);
    validate.object(options);
    validate.id('vpcId', vpcId, 'VPC');
    validate.optionalProvider('provider', options.provider);
    this.vpcId = vpcId;
    this.provider = options.provider;
  }

  /** The id as a local of this construct, which is made when the property is read: cdktf hands its token to other stacks too. */
  get ipv6GatewayId(): string {
    const id = 'ipv6-gateway-id';
    const ownContext = { stack: TerraformStack.of(this), provider: this.provider };
    return findOrCreate(this, id, () => new TerraformLocal(this, id, this._idInStack(ownContext, this))).asString;
  }

  _idInStack(context: LookupContext, user: IConstruct): string {
    const vpcKey = comparisonKey(TerraformStack.of(this), this.vpcId);
    const registry = ConstructRegistry.of(this);
    const own = registry.find('gateway', vpcKey);
    if (own && TerraformStack.of(own) === context.stack) {
      throw new ConstructError(user, {
        problem: 'the gateway is created by this stack, and so not there yet when it is looked up',
        actual: this,
        apiErrorCode: 'OperationFailed.Ipv6GatewayNotExist',
        remediation: `pass ${own.node.path} itself`,
      });
    }
    registry.register('gateway lookup', gatewayLookupKey(context.stack, vpcKey), user);
    return GatewayLookup.findOrCreate(context, this.vpcId).requiredId(user.node.path).toArgument();
  }
}

/** The key by which the constructs of a stack that look up the gateway of a VPC are registered. */
export function gatewayLookupKey(stack: TerraformStack, vpcKey: string): string {
  return `${stack.node.path} ${vpcKey}`;
}

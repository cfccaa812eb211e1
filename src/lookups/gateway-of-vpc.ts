import { TerraformProvider, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { GatewayInStack, LookedUpGateway } from './bandwidth-gateway';
import { GatewayLookup } from './gateway-lookup';
import { checkLocation } from './location';
import { LookupContext } from './lookup-context';
import { Checks } from '../checks/checks';
import { exportedLocal } from '../terraform/locals';
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
    validate.object('options', options, 'pass { provider } as the fourth argument, or no fourth argument');
    validate.id('vpcId', vpcId, 'VPC');
    validate.optionalProvider('provider', options.provider);
    this.vpcId = vpcId;
    this.provider = options.provider;
  }

  /** The id as an exported local of this construct. */
  get ipv6GatewayId(): string {
    const ownContext = { stack: TerraformStack.of(this), provider: this.provider };
    return exportedLocal(this, 'ipv6-gateway-id', () => this._gatewayInStack(ownContext, this).id).asString;
  }

  _gatewayInStack(context: LookupContext, user: IConstruct): GatewayInStack {
    const vpcKey = comparisonKey(TerraformStack.of(this), this.vpcId);
    const registry = ConstructRegistry.of(this);
    const own = registry.find('gateway', vpcKey);
    if (own && TerraformStack.of(own) === context.stack) {
      throw new ConstructError(user, {
        problem: 'fromVpcId must not look up a gateway that this stack creates, because it does not exist yet at plan',
        actual: this,
        apiErrorCode: 'OperationFailed.Ipv6GatewayNotExist',
        remediation: `pass the Ipv6Gateway ${own.node.path}`,
      });
    }
    registry.register('gateway lookup', gatewayLookupKey(context.stack, vpcKey), user);
    const lookup = GatewayLookup.findOrCreate(context, this.vpcId);
    const conditions = [
      ...checkLocation(context, user, { vpcId: this.vpcId }),
      ...Checks.add(user, [this.vpcId], lookup.node.path, (paths) => [lookup.found(paths)]),
    ];
    return { id: lookup.id.toArgument(), conditions };
  }
}

/** Returns the key by which the constructs of a stack that look up the gateway of a VPC are registered. */
export function gatewayLookupKey(stack: TerraformStack, vpcKey: string): string {
  return `${stack.node.path} ${vpcKey}`;
}

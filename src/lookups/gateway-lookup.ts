import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { LookupContext, Lookups } from './lookup-context';
import { VPC_HAS_GATEWAY, vpcHasNoGateway } from '../guards/vpc-gateway';
import { DataAlicloudVpcIpv6Gateways } from '../provider-alicloud/data-alicloud-vpc-ipv6-gateways';
import { Expression, hcl } from '../terraform/hcl';
import { findOrCreateLocal, hash } from '../terraform/locals';
import { comparisonKey, isExpression } from '../terraform/tokens';

/** The IPv6 gateway of one VPC, as a data source finds it. */
export class GatewayLookup extends Construct {
  static findOrCreate(context: LookupContext, vpcId: string): GatewayLookup {
    const id = `gateway-of-${isExpression(vpcId) ? hash(comparisonKey(context.stack, vpcId)) : vpcId}`;
    return Lookups.findOrCreate(context, id, (scope, scopedId) => new GatewayLookup(scope, scopedId, vpcId, context.provider));
  }

  private readonly data: DataAlicloudVpcIpv6Gateways;
  /** The paths of the constructs that cannot do without a gateway. */
  private readonly requiredBy = new Set<string>();

  private constructor(scope: Construct, id: string, vpcId: string, provider?: TerraformProvider) {
    super(scope, id);
    this.data = new DataAlicloudVpcIpv6Gateways(this, 'Resource', { vpcId, provider });
  }

  /** The ids of the gateways that the VPC has: one, or none. */
  get ids(): Expression {
    return new Expression(`data.${this.data.terraformResourceType}.${this.data.friendlyUniqueId}.gateways[*].ipv6_gateway_id`);
  }

  /** The id of the gateway. The plan fails where the VPC has none, and names the construct. */
  requiredId(path: string): Expression {
    const { requiredBy } = this;
    requiredBy.add(path);
    this.data.lifecycle = {
      postcondition: [{
        condition: VPC_HAS_GATEWAY.toArgument(),
        get errorMessage() { return vpcHasNoGateway(requiredBy).toArgument(); },
      }],
    };
    // A bandwidth reads the id in an argument: an error there would come before the message of the postcondition.
    return findOrCreateLocal(this, 'id', () => hcl`try(one(${this.ids}), "")`);
  }
}

import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { LookupContext, Lookups } from './lookup-context';
import { Condition, refuseUnless } from '../checks/condition';
import { DataAlicloudVpcIpv6Gateways } from '../provider-alicloud/data-alicloud-vpc-ipv6-gateways';
import { Expression, hcl, orNull, template } from '../terraform/hcl';
import { hash, partOfExpression } from '../terraform/locals';
import { comparisonKey, isExpression } from '../terraform/tokens';

/** The IPv6 gateway of one VPC, as a data source finds it. */
export class GatewayLookup extends Construct {
  static findOrCreate(context: LookupContext, vpcId: string): GatewayLookup {
    const id = `gateway_of_${isExpression(vpcId) ? `vpc-${hash(comparisonKey(context.stack, vpcId))}` : vpcId}`;
    return Lookups.findOrCreate(context, id, (scope, scopedId, name) => new GatewayLookup(scope, scopedId, name, context, vpcId));
  }

  /** The id of the gateway; an empty string where the VPC has none. */
  readonly id: Expression;
  private readonly vpcId: string | Expression;
  private readonly gateways: Expression;

  private constructor(scope: Construct, id: string, name: string, { stack, provider }: { stack: LookupContext['stack']; provider?: TerraformProvider }, vpcId: string) {
    super(scope, id);
    const data = new DataAlicloudVpcIpv6Gateways(this, 'Resource', { vpcId, provider });
    data.overrideLogicalId(name);
    this.gateways = new Expression(`data.${data.terraformResourceType}.${name}.gateways`);
    this.id = hcl`try(one(${this.gateways}).ipv6_gateway_id, "")`;
    this.vpcId = partOfExpression(stack, vpcId);
  }

  /** Returns the condition that the VPC has a gateway. */
  found(paths: string): Condition {
    return refuseUnless(
      hcl`length(${this.gateways}) == 1`,
      template`${paths}: ${orNull(this.vpcId)} has no IPv6 gateway (OperationFailed.Ipv6GatewayNotExist): create an Ipv6Gateway, and pass it instead of Ipv6Gateway.fromVpcId`,
    );
  }
}

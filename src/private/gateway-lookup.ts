import { TerraformLocal, TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { escapeTemplate, hash, identity, isExpression } from './expression';
import { LookupReader, Lookups } from './lookups';
import { DataAlicloudVpcIpv6Gateways } from '../provider-alicloud/data-alicloud-vpc-ipv6-gateways';

/** The IPv6 gateway of one VPC, as a data source finds it. */
export class GatewayLookup extends Construct {
  static for(reader: LookupReader, vpcId: string): GatewayLookup {
    const id = `gateway-of-${isExpression(vpcId) ? hash(identity(reader.stack, vpcId)) : vpcId}`;
    return Lookups.find(reader, id, (scope, scopedId) => new GatewayLookup(scope, scopedId, vpcId, reader.provider));
  }

  private readonly data: DataAlicloudVpcIpv6Gateways;
  private readonly askedFor = new Set<string>();

  private constructor(scope: Construct, id: string, vpcId: string, provider?: TerraformProvider) {
    super(scope, id);
    this.data = new DataAlicloudVpcIpv6Gateways(this, 'Resource', { vpcId, provider });
  }

  /** The ids of the gateways that the VPC has: one, or none. */
  get ids(): string {
    return `data.${this.data.terraformResourceType}.${this.data.friendlyUniqueId}.gateways[*].ipv6_gateway_id`;
  }

  /** The id of the gateway, for somebody who cannot do without. */
  requiredId(path: string): string {
    this.askedFor.add(path);
    const id = 'id';
    const local = (this.node.tryFindChild(id) as TerraformLocal | undefined) ?? this.requireOne(id);
    return `local.${local.friendlyUniqueId}`;
  }

  private requireOne(id: string): TerraformLocal {
    const { askedFor } = this;
    this.data.lifecycle = {
      postcondition: [{
        condition: '${length(self.gateways) == 1}',
        get errorMessage() {
          return `${escapeTemplate([...askedFor].slice(0, 3).join(', '))}: \${self.vpc_id} has no IPv6 gateway (OperationFailed.Ipv6GatewayNotExist): create one with Ipv6Gateway, and pass that instead of Ipv6Gateway.fromVpcId`;
        },
      }],
    };
    // Read by what forces replacement: an empty id, rather than an error that would speak before the guard.
    return new TerraformLocal(this, id, `\${try(one(${this.ids}), "")}`);
  }
}

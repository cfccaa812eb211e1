import { TerraformProvider, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { Claims } from './claims';
import { ConstructError } from './construct-error';
import { identity } from './expression';
import { GatewayLookup } from './gateway-lookup';
import { LookupReader } from './lookups';

const sources = new WeakMap<IConstruct, GatewaySource>();

/** Where the id of a gateway comes from that is looked up by its VPC. */
export class GatewaySource {
  static of(gateway: IConstruct): GatewaySource | undefined {
    return sources.get(gateway);
  }

  constructor(private readonly gateway: IConstruct, private readonly vpcId: string, readonly provider?: TerraformProvider) {
    sources.set(gateway, this);
  }

  /** The id of the gateway, as an argument of that stack takes it. */
  in(reader: LookupReader, user: IConstruct): string {
    const vpc = identity(TerraformStack.of(this.gateway), this.vpcId);
    const own = Claims.of(this.gateway).holder('gateway', vpc);
    if (own && TerraformStack.of(own) === reader.stack) {
      throw new ConstructError(user, {
        problem: 'the gateway is created by this stack, and so not there yet when it is looked up',
        seen: this.gateway,
        spares: 'OperationFailed.Ipv6GatewayNotExist',
        wayOut: `pass ${own.node.path} itself`,
      });
    }
    Claims.of(user).mark('gateway lookup', `${reader.stack.node.path} ${vpc}`, user);
    return `\${${GatewayLookup.for(reader, this.vpcId).requiredId(user.node.path)}}`;
  }
}

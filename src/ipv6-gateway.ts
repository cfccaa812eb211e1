import { TerraformProvider, TerraformStack, Token } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { gatewayLookupKey, GatewayOfVpc } from './lookups/gateway-of-vpc';
import { GATEWAY_DESCRIPTION, GATEWAY_NAME } from './provider/patterns';
import { VpcIpv6Gateway, VpcIpv6GatewayTimeouts } from './provider-alicloud/vpc-ipv6-gateway';
import { GatewayResource } from './resources/gateway-resource';
import { StackRules } from './resources/stack-rules';
import { DestroyBeforeCreate } from './state/destroy-before-create';
import { comparisonKey } from './terraform/tokens';
import { ConstructError } from './validation/construct-error';
import { ConstructRegistry } from './validation/construct-registry';
import { PropsValidator } from './validation/props-validator';

/** The IPv6 gateway of a VPC: one that a stack creates, or one that exists. */
export interface IIpv6Gateway extends IConstruct {
  /**
   * The id of the gateway (`ipv6gw-…`).
   * @attribute
   */
  readonly ipv6GatewayId: string;

  /**
   * The id of the gateway's VPC (`vpc-…`), if it is known.
   *
   * @default - not known: the check that an address fits the gateway compares the id of the gateway instead
   */
  readonly vpcId?: string;
}

/** Attributes of an existing gateway. */
export interface Ipv6GatewayAttributes {
  /** The id of the gateway (`ipv6gw-…`). */
  readonly ipv6GatewayId: string;

  /**
   * The id of its VPC (`vpc-…`).
   *
   * @default - not known: the check that an address fits the gateway compares the id of the gateway instead
   */
  readonly vpcId?: string;
}

/** Options for the lookup of a gateway. */
export interface Ipv6GatewayLookupOptions {
  /**
   * The provider block of the lookup. It must be in the same stack.
   *
   * @default - the stack's default provider
   */
  readonly provider?: TerraformProvider;
}

/** Properties of an `Ipv6Gateway`. */
export interface Ipv6GatewayProps {
  /** The id of the VPC (`vpc-…`). A VPC has one IPv6 gateway. A change replaces the gateway. */
  readonly vpcId: string;

  /**
   * The name: 2 to 129 letters, digits, `_` and `-`, a letter first.
   *
   * @default - no name
   */
  readonly ipv6GatewayName?: string;

  /**
   * The description: 3 to 257 letters, digits, `_` and `-`, a letter first (the provider refuses spaces).
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * The id of the resource group (`rg-…`).
   *
   * @default - the account's default resource group
   */
  readonly resourceGroupId?: string;

  /**
   * Tags.
   *
   * @default - no tags
   */
  readonly tags?: { [key: string]: string };

  /**
   * Timeouts of `create`, `update` and `delete`, such as `"10m"`.
   *
   * @default - 5 minutes each
   */
  readonly timeouts?: VpcIpv6GatewayTimeouts;

  /**
   * The provider block of the resource. It must be in the same stack.
   *
   * @default - the stack's default provider
   */
  readonly provider?: TerraformProvider;
}

/**
 * The IPv6 gateway of a VPC, through which its addresses reach the Internet.
 *
 * Throws for a literal that the API or the provider refuses, and for a second gateway of the VPC in the app.
 *
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-createipv6gateway
 */
export class Ipv6Gateway extends Construct implements IIpv6Gateway {
  /** Uses an existing gateway by its id, without a lookup. */
  public static fromIpv6GatewayId(scope: Construct, id: string, ipv6GatewayId: string): IIpv6Gateway {
    return Ipv6Gateway.fromIpv6GatewayAttributes(scope, id, { ipv6GatewayId });
  }

  /** Uses an existing gateway by its attributes, without a lookup. */
  public static fromIpv6GatewayAttributes(scope: Construct, id: string, attrs: Ipv6GatewayAttributes): IIpv6Gateway {
    class Import extends Construct implements IIpv6Gateway {
      public readonly ipv6GatewayId = attrs?.ipv6GatewayId;
      public readonly vpcId = attrs?.vpcId;
    }
    const gateway = new Import(scope, id);
    const validate = new PropsValidator(gateway);
    validate.object('attrs', attrs, 'pass { ipv6GatewayId: \'ipv6gw-…\' } as the third argument');
    validate.id('ipv6GatewayId', gateway.ipv6GatewayId, 'IPv6 gateway');
    validate.optionalId('vpcId', gateway.vpcId, 'VPC');
    return gateway;
  }

  /**
   * Looks up the gateway of a VPC at plan. The plan fails if the VPC has none.
   *
   * For a gateway that the app creates, pass the construct itself, because the lookup runs before the gateway exists.
   */
  public static fromVpcId(scope: Construct, id: string, vpcId: string, options: Ipv6GatewayLookupOptions = {}): IIpv6Gateway {
    return new GatewayOfVpc(scope, id, vpcId, options);
  }

  /** The Terraform resource. */
  public readonly resource: VpcIpv6Gateway;

  /** The id of the VPC. */
  public readonly vpcId?: string;

  constructor(scope: Construct, id: string, props: Ipv6GatewayProps) {
    super(scope, id);
    const validate = new PropsValidator(this);
    validate.object('props', props, 'pass { vpcId: \'vpc-…\' } as the third argument');
    validate.id('vpcId', props.vpcId, 'VPC');
    validate.optionalString('ipv6GatewayName', props.ipv6GatewayName, GATEWAY_NAME);
    validate.optionalString('description', props.description, GATEWAY_DESCRIPTION);
    validate.optionalId('resourceGroupId', props.resourceGroupId, 'resource group');
    validate.optionalTags('tags', props.tags);
    validate.optionalTimeouts('timeouts', props.timeouts, 'create', 'update', 'delete');
    validate.optionalProvider('provider', props.provider);

    const stack = TerraformStack.of(this);
    StackRules.checkOf(stack);
    const vpcKey = comparisonKey(stack, props.vpcId);
    this.register(stack, vpcKey, props.vpcId);

    this.vpcId = props.vpcId;
    const resource = new GatewayResource(this, 'Resource', {
      vpcId: props.vpcId,
      ipv6GatewayName: props.ipv6GatewayName,
      description: props.description,
      resourceGroupId: props.resourceGroupId,
      tags: props.tags,
      timeouts: props.timeouts,
      provider: props.provider,
    });
    this.resource = resource;
    DestroyBeforeCreate.of(this).add(resource, props.vpcId);
  }

  /**
   * The id of the gateway, known once it exists.
   * @attribute
   */
  public get ipv6GatewayId(): string {
    return this.resource.id;
  }

  /**
   * The status of the gateway (`Available` once it exists).
   * @attribute
   */
  public get status(): string {
    return this.resource.status;
  }

  /** Registers the only gateway of a VPC in the app. Throws for a second one, and for constructs that look it up. */
  private register(stack: TerraformStack, vpcKey: string, vpcId: string): void {
    const registry = ConstructRegistry.of(this);
    registry.registerOnly('gateway', { own: vpcKey }, this, (first) => ({
      problem: `the VPC${Token.isUnresolved(vpcId) ? '' : ` ${vpcId}`} already has an IPv6 gateway in this app, ${first.node.path}`,
      remediation: 'remove one of them, and pass the other to all bandwidths of the VPC',
    }));

    const lookup = registry.find('gateway lookup', gatewayLookupKey(stack, vpcKey));
    if (lookup) {
      throw new ConstructError(this, {
        problem: 'fromVpcId must not look up a gateway that this stack creates, because it does not exist yet at plan',
        actual: lookup,
        apiErrorCode: 'OperationFailed.Ipv6GatewayNotExist',
        remediation: 'create the Ipv6Gateway first, and pass it instead of Ipv6Gateway.fromVpcId',
      });
    }

    const bandwidth = registry.find('inferred gateway', vpcKey);
    if (bandwidth) {
      throw new ConstructError(this, {
        problem: `ipv6Gateway of ${bandwidth.node.path} must be set, because this app creates the gateway of the VPC`,
        actual: undefined,
        apiErrorCode: 'OperationFailed.Ipv6GatewayNotExist',
        remediation: 'create the Ipv6Gateway first, and pass it as ipv6Gateway',
      });
    }
  }
}

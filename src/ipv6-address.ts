import { TerraformProvider, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { AssociatedIpv6AddressLookupOptions, Ipv6AddressLookupOptions } from './ipv6-address-lookup';
import { bindById, BoundAddress } from './lookups/bandwidth-address';
import { AddressById, AddressOfInstance } from './lookups/looked-up-address';
import { ADDRESS_DESCRIPTION, ADDRESS_NAME } from './provider/patterns';
import { VpcIpv6Address, VpcIpv6AddressTimeouts } from './provider-alicloud/vpc-ipv6-address';
import { AddressResource } from './resources/address-resource';
import { StackRules } from './resources/stack-rules';
import { PropsValidator } from './validation/props-validator';

/**
 * An IPv6 address of a VPC: one that a stack creates, or one that exists.
 */
export interface IIpv6Address extends IConstruct {
  /**
   * The id of the address (`ipv6-…`), not the address itself.
   * @attribute
   */
  readonly ipv6AddressId: string;

  /**
   * The address itself, such as `2408:4005:…`, for a DNS record or a security group.
   *
   * @default - unknown for `fromIpv6AddressAttributes`, and for `fromIpv6AddressId` with `Ipv6AddressLookup.EACH`
   */
  readonly ipv6AddressLiteral?: string;

  /**
   * The id of the IPv6 gateway that the address's VPC has.
   *
   * @default - not known: a bandwidth of the address requires `ipv6Gateway`
   */
  readonly ipv6GatewayId?: string;

  /**
   * The id of the address's VPC (`vpc-…`), if it is known at synth.
   *
   * @default - not known at synth
   */
  readonly vpcId?: string;
}

/**
 * Attributes of an existing address.
 */
export interface Ipv6AddressAttributes {
  /**
   * The id of the address (`ipv6-…`).
   */
  readonly ipv6AddressId: string;

  /**
   * The id of the IPv6 gateway of its VPC (`ipv6gw-…`).
   *
   * @default - not known: a bandwidth of the address requires `ipv6Gateway`
   */
  readonly ipv6GatewayId?: string;

  /**
   * The id of its VPC (`vpc-…`).
   *
   * @default - not known
   */
  readonly vpcId?: string;
}

/**
 * Properties of an `Ipv6Address`.
 */
export interface Ipv6AddressProps {
  /**
   * The id of the vSwitch (`vsw-…`) that the address is taken from. A change replaces the address.
   */
  readonly vswitchId: string;

  /**
   * The address itself: a global unicast address of the vSwitch's IPv6 block. A change replaces the address.
   *
   * @default - a free one
   */
  readonly ipv6Address?: string;

  /**
   * The name: 2 to 128 characters.
   *
   * @default - no name
   */
  readonly ipv6AddressName?: string;

  /**
   * The description: 2 to 256 characters.
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
  readonly timeouts?: VpcIpv6AddressTimeouts;

  /**
   * The provider block of the resource. It must be in the same stack.
   *
   * @default - the stack's default provider
   */
  readonly provider?: TerraformProvider;
}

/**
 * An IPv6 address that belongs to no instance, such as one that is routed to a data centre.
 *
 * An ECS instance or a network interface assigns its own addresses: find them with `Ipv6Address.fromInstanceId`, `fromNetworkInterfaceId` or
 * `fromIpv6AddressId`.
 *
 * Throws for a literal that the API or the provider refuses. Throws for a ULA (OperationUnsupported.ULA) and a prefix
 * (IllegalParam.Ipv6Address), because they do not support Internet bandwidth.
 *
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-allocateipv6address
 */
export class Ipv6Address extends Construct implements IIpv6Address {
  /**
   * Looks up an existing address by its id (`ipv6-…`) at plan.
   */
  public static fromIpv6AddressId(scope: Construct, id: string, ipv6AddressId: string, options: Ipv6AddressLookupOptions = {}): IIpv6Address {
    return new AddressById(scope, id, ipv6AddressId, options);
  }

  /**
   * Looks up the address of an ECS instance (`i-…`) at plan. The id may be a token.
   */
  public static fromInstanceId(scope: Construct, id: string, instanceId: string, options: AssociatedIpv6AddressLookupOptions = {}): IIpv6Address {
    return new AddressOfInstance(scope, id, 'instance', instanceId, options);
  }

  /**
   * Looks up the address of a network interface (`eni-…`) at plan. The id may be a token.
   */
  public static fromNetworkInterfaceId(
    scope: Construct, id: string, networkInterfaceId: string, options: AssociatedIpv6AddressLookupOptions = {},
  ): IIpv6Address {
    return new AddressOfInstance(scope, id, 'interface', networkInterfaceId, options);
  }

  /**
   * Uses an existing address by its attributes, without a lookup and without plan-time checks.
   */
  public static fromIpv6AddressAttributes(scope: Construct, id: string, attrs: Ipv6AddressAttributes): IIpv6Address {
    return new ExistingIpv6Address(scope, id, attrs);
  }

  /**
   * The Terraform resource.
   */
  public readonly resource: VpcIpv6Address;

  constructor(scope: Construct, id: string, props: Ipv6AddressProps) {
    super(scope, id);
    const validate = new PropsValidator(this);
    validate.object('props', props, 'pass { vswitchId: \'vsw-…\' } as the third argument');
    validate.id('vswitchId', props.vswitchId, 'vSwitch');
    validate.optionalIpv6Literal('ipv6Address', props.ipv6Address);
    validate.optionalString('ipv6AddressName', props.ipv6AddressName, ADDRESS_NAME);
    validate.optionalString('description', props.description, ADDRESS_DESCRIPTION);
    validate.optionalId('resourceGroupId', props.resourceGroupId, 'resource group');
    validate.optionalTags('tags', props.tags);
    validate.optionalTimeouts('timeouts', props.timeouts, 'create', 'update', 'delete');
    validate.optionalProvider('provider', props.provider);
    StackRules.checkOf(TerraformStack.of(this));

    this.resource = new AddressResource(this, 'Resource', {
      vswitchId: props.vswitchId,
      ipv6Address: props.ipv6Address,
      ipv6AddressName: props.ipv6AddressName,
      ipv6AddressDescription: props.description,
      resourceGroupId: props.resourceGroupId,
      tags: props.tags,
      timeouts: props.timeouts,
      provider: props.provider,
    });
  }

  /**
   * The id of the address, known once it exists.
   * @attribute
   */
  public get ipv6AddressId(): string {
    return this.resource.id;
  }

  /**
   * The address itself, known once it exists.
   * @attribute
   */
  public get ipv6AddressLiteral(): string | undefined {
    return this.resource.ipv6Address;
  }

  /**
   * The status of the address (`Available` once it exists).
   * @attribute
   */
  public get status(): string {
    return this.resource.status;
  }

  /** @internal */
  public _bind(bandwidth: IConstruct, provider?: TerraformProvider): BoundAddress {
    return bindById(this, this.ipv6AddressId, 'owned', bandwidth, provider);
  }
}

/** An existing address by its attributes. */
class ExistingIpv6Address extends Construct implements IIpv6Address {
  public readonly ipv6AddressId: string;
  public readonly ipv6GatewayId?: string;
  public readonly vpcId?: string;

  constructor(scope: Construct, id: string, attrs: Ipv6AddressAttributes) {
    super(scope, id);
    const validate = new PropsValidator(this);
    validate.object('attrs', attrs, 'pass { ipv6AddressId: \'ipv6-…\' } as the third argument');
    validate.id('ipv6AddressId', attrs.ipv6AddressId, 'IPv6 address', 'MissingParam.Ipv6InstanceId');
    validate.optionalId('ipv6GatewayId', attrs.ipv6GatewayId, 'IPv6 gateway');
    validate.optionalId('vpcId', attrs.vpcId, 'VPC');
    this.ipv6AddressId = attrs.ipv6AddressId;
    this.ipv6GatewayId = attrs.ipv6GatewayId;
    this.vpcId = attrs.vpcId;
  }
}

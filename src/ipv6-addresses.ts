import { TerraformLocal, TerraformProvider, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { Ipv6AddressLookupOptions } from './ipv6-address-lookup';
import { AddressesByIds, AddressesOfInstances, AddressesOfPlace, AddressSetInStack, AddressSetSource } from './lookups/address-set';
import { Expression, hasValue, hcl } from './terraform/hcl';
import { exportedLocal } from './terraform/locals';
import { ConstructError } from './validation/construct-error';

/**
 * Options for all addresses of a VPC or a vSwitch.
 */
export interface AllIpv6AddressesOptions {
  /**
   * Types of the instances that the addresses belong to: values of `AssociatedInstanceType` of the API.
   *
   * @default - `EcsInstance` and `NetworkInterface`
   */
  readonly instanceTypes?: string[];

  /**
   * The provider block of the lookup. It must be in the same stack.
   *
   * @default - the stack's default provider
   */
  readonly provider?: TerraformProvider;
}

/**
 * A set of existing IPv6 addresses. Its ids may come from a data source, a variable or a module. `Ipv6InternetBandwidths` gives each
 * address bandwidth.
 *
 * The ids must be known before apply. For an instance that the same stack creates, use `Ipv6Address.fromInstanceId`.
 */
export class Ipv6Addresses extends Construct {
  /**
   * Uses the addresses of ECS instances (`i-…`), one for each. The plan fails for an instance with no address or with several.
   *
   * The ids are literals, tokens, or the token of a list, such as `listValue` of a variable. For the values of an iterator, pass
   * `Token.asList(iterator.pluckProperty('id'))`.
   */
  public static fromInstanceIds(scope: Construct, id: string, instanceIds: string[], options: Ipv6AddressLookupOptions = {}): Ipv6Addresses {
    return new Ipv6Addresses(scope, id, (set) => new AddressesOfInstances(set, 'instances', instanceIds, options));
  }

  /**
   * Uses the addresses of network interfaces (`eni-…`), one for each. The plan fails for an interface with no address or with several.
   *
   * The ids are literals, tokens, or the token of a list.
   */
  public static fromNetworkInterfaceIds(
    scope: Construct, id: string, networkInterfaceIds: string[], options: Ipv6AddressLookupOptions = {},
  ): Ipv6Addresses {
    return new Ipv6Addresses(scope, id, (set) => new AddressesOfInstances(set, 'interfaces', networkInterfaceIds, options));
  }

  /**
   * Uses addresses by their ids (`ipv6-…`). The plan fails for an id without an address.
   *
   * The ids are literals, tokens, or the token of a list.
   */
  public static fromIpv6AddressIds(scope: Construct, id: string, ipv6AddressIds: string[], options: Ipv6AddressLookupOptions = {}): Ipv6Addresses {
    return new Ipv6Addresses(scope, id, (set) => new AddressesByIds(set, ipv6AddressIds, options));
  }

  /**
   * Uses all addresses of a vSwitch (`vsw-…`) that belong to an instance, except prefixes and unique local addresses, which do not
   * support Internet bandwidth. The next plan adds the addresses of new instances.
   */
  public static fromVswitchId(scope: Construct, id: string, vswitchId: string, options: AllIpv6AddressesOptions = {}): Ipv6Addresses {
    return new Ipv6Addresses(scope, id, (set) => new AddressesOfPlace(set, 'vSwitch', vswitchId, options));
  }

  /**
   * Uses all addresses of a VPC (`vpc-…`) that belong to an instance, except prefixes and unique local addresses, which do not support
   * Internet bandwidth. The next plan adds the addresses of new instances.
   */
  public static fromVpcId(scope: Construct, id: string, vpcId: string, options: AllIpv6AddressesOptions = {}): Ipv6Addresses {
    return new Ipv6Addresses(scope, id, (set) => new AddressesOfPlace(set, 'VPC', vpcId, options));
  }

  /**
   * The id of the VPC of the lookup.
   *
   * @default - not known
   */
  public readonly vpcId?: string;

  /** @internal */
  public readonly _source: AddressSetSource;

  private constructor(scope: Construct, id: string, source: (set: Construct) => AddressSetSource) {
    super(scope, id);
    this._source = source(this);
    this.vpcId = this._source.options.vpcId;
  }

  /**
   * The ids of the addresses, a list.
   */
  public get ipv6AddressIds(): string[] {
    return this.exported('ipv6-address-ids', ({ ids }) => ids).asList;
  }

  /**
   * The addresses themselves: a map from the id of each address.
   *
   * Throws with `Ipv6AddressLookup.EACH`, whose answers contain no addresses.
   */
  public get ipv6AddressLiterals(): { [ipv6AddressId: string]: string } {
    return this.exported('ipv6-addresses', ({ ids, lookup }) => hcl`{ for id in ${ids} : id => ${this.complete(lookup)}[id][0].ipv6_address }`).asStringMap;
  }

  /**
   * The addresses themselves: a map from the id of each instance or network interface to a list, for outputs and DNS records.
   *
   * Throws with `Ipv6AddressLookup.EACH`, whose answers contain no addresses.
   */
  public get ipv6AddressLiteralsByInstanceId(): { [instanceId: string]: any } {
    return this.exported('ipv6-addresses-by-instance', ({ ids, lookup }) => {
      const instance = hcl`${this.complete(lookup)}[id][0].associated_instance_id`;
      return hcl`{ for id in ${ids} : ${instance} => ${lookup.byId}[id][0].ipv6_address... if ${hasValue(instance)} }`;
    }).asAnyMap;
  }

  private complete({ byId, isComplete }: AddressSetInStack['lookup']): Expression {
    if (isComplete) return byId;
    throw new ConstructError(this, {
      problem: 'lookup must not be EACH for ipv6AddressLiterals and ipv6AddressLiteralsByInstanceId, because its answers contain no addresses',
      actual: 'Ipv6AddressLookup.EACH',
      remediation: 'remove lookup',
    });
  }

  /** Returns a value as a local of the set, created by its first read. cdktf passes its token to other stacks too. */
  private exported(name: string, value: (set: AddressSetInStack) => Expression): TerraformLocal {
    const { options: { provider } } = this._source;
    return exportedLocal(this, name, () => value(this._source.inStack({ stack: TerraformStack.of(this), provider })).toArgument());
  }
}

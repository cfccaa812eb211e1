import { Aspects, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { CheckedAddresses, Checks } from './checks/checks';
import { Condition } from './checks/condition';
import { IIpv6Address } from './ipv6-address';
import { Ipv6EgressOnlyRule, Ipv6EgressOnlyRuleOptions } from './ipv6-egress-only-rule';
import { INBOUND_OPEN, Ipv6InternetBandwidthOptions, validateBandwidthOptions } from './ipv6-internet-bandwidth-options';
import { bindAddress, BoundAddress } from './lookups/bandwidth-address';
import { BandwidthGateway, givenGateway, refuseGatewayOfApp } from './lookups/bandwidth-gateway';
import { VpcIpv6InternetBandwidth } from './provider-alicloud/vpc-ipv6-internet-bandwidth';
import { InternetBandwidthResource } from './resources/internet-bandwidth-resource';
import { StackRules } from './resources/stack-rules';
import { DestroyBeforeCreate } from './state/destroy-before-create';
import { ConstructError } from './validation/construct-error';
import { isInTree } from './validation/construct-registry';
import { PropsValidator } from './validation/props-validator';
import { warnOnce } from './validation/warning';

/** The Internet bandwidth of an IPv6 address: one that a stack buys, or one that exists. */
export interface IIpv6InternetBandwidth extends IConstruct {
  /**
   * The id of the bandwidth (`ipv6bw-…`).
   * @attribute
   */
  readonly internetBandwidthId: string;

  /**
   * The id of the address (`ipv6-…`).
   * @attribute
   */
  readonly ipv6AddressId: string;

  /**
   * The id of the gateway (`ipv6gw-…`).
   * @attribute
   */
  readonly ipv6GatewayId: string;
}

/** Attributes of existing Internet bandwidth. */
export interface Ipv6InternetBandwidthAttributes {
  /** The id of the bandwidth (`ipv6bw-…`). */
  readonly internetBandwidthId: string;

  /** The id of the address (`ipv6-…`). */
  readonly ipv6AddressId: string;

  /** The id of the gateway (`ipv6gw-…`). */
  readonly ipv6GatewayId: string;
}

/** Properties of an `Ipv6InternetBandwidth`. */
export interface Ipv6InternetBandwidthProps extends Ipv6InternetBandwidthOptions {
  /** The address. A changed address replaces the bandwidth and its egress-only rule. Terraform destroys the old ones first. */
  readonly ipv6Address: IIpv6Address;
}

/**
 * Public Internet bandwidth for one IPv6 address, as `AllocateIpv6InternetBandwidth` buys it.
 *
 * The address can then open connections to the Internet. `egressOnly` decides about connections from the Internet.
 *
 * Throws for a literal that the API refuses (IllegalParam.Bandwidth, IllegalParam.InternetChargeType, MissingParam.Ipv6InstanceId), for a
 * gateway of another VPC (OperationFailed.Ipv6GatewayDisMatchIpv6Address), and for a second bandwidth of the address in the app
 * (OperationFailed.InternetBandwidthAlreadyExisted). The plan checks values that are unknown at synth.
 *
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-allocateipv6internetbandwidth
 */
export class Ipv6InternetBandwidth extends Construct implements IIpv6InternetBandwidth {
  /** Uses existing bandwidth by its attributes, without a lookup. */
  public static fromIpv6InternetBandwidthAttributes(scope: Construct, id: string, attrs: Ipv6InternetBandwidthAttributes): IIpv6InternetBandwidth {
    class Import extends Construct implements IIpv6InternetBandwidth {
      public readonly internetBandwidthId = attrs?.internetBandwidthId;
      public readonly ipv6AddressId = attrs?.ipv6AddressId;
      public readonly ipv6GatewayId = attrs?.ipv6GatewayId;
    }
    const bandwidth = new Import(scope, id);
    const validate = new PropsValidator(bandwidth);
    validate.object('attrs', attrs, 'pass { internetBandwidthId: \'ipv6bw-…\', ipv6AddressId: \'ipv6-…\', ipv6GatewayId: \'ipv6gw-…\' } as the third argument');
    validate.id('internetBandwidthId', bandwidth.internetBandwidthId, 'Internet bandwidth');
    validate.id('ipv6AddressId', bandwidth.ipv6AddressId, 'IPv6 address');
    validate.id('ipv6GatewayId', bandwidth.ipv6GatewayId, 'IPv6 gateway');
    return bandwidth;
  }

  /** The Terraform resource. */
  public readonly resource: VpcIpv6InternetBandwidth;

  /** The address. */
  public readonly ipv6Address: IIpv6Address;

  /** @internal */
  public readonly _props: Ipv6InternetBandwidthProps;

  /** @internal */
  public readonly _address: BoundAddress;

  private rule?: Ipv6EgressOnlyRule;

  constructor(scope: Construct, id: string, props: Ipv6InternetBandwidthProps) {
    super(scope, id);
    const validate = new PropsValidator(this);
    validate.object('props', props, 'pass { ipv6Address, bandwidth: 10 } as the third argument');
    validate.construct('ipv6Address', props.ipv6Address, 'ipv6AddressId', 'pass an Ipv6Address, such as Ipv6Address.fromIpv6AddressId(scope, id, \'ipv6-…\')', 'MissingParam.Ipv6InstanceId');
    if ('internetBandwidthId' in props.ipv6Address) {
      throw new ConstructError(this, {
        problem: 'ipv6Address must be an address, not the Internet bandwidth of one',
        actual: props.ipv6Address,
        apiErrorCode: 'OperationFailed.InternetBandwidthAlreadyExisted',
        remediation: 'pass an Ipv6Address without bandwidth',
      });
    }
    const { chargeType, checkLimits } = validateBandwidthOptions(this, props);

    this._props = { ...props };
    this.ipv6Address = props.ipv6Address;
    const address = bindAddress(props.ipv6Address, this, props.provider);
    this._address = address;
    const { stack, provider } = address.context;
    StackRules.checkOf(stack);
    const gateway = this.gateway(address);
    const conditions = [...gateway.conditions, ...address.conditions, ...checkLimits()];
    const waitingFor = this.checkAddress(address, gateway);
    const resource = new InternetBandwidthResource(this, 'Resource', {
      ipv6AddressId: address.id,
      ipv6GatewayId: gateway.id,
      bandwidth: props.bandwidth,
      internetChargeType: chargeType,
      timeouts: props.timeouts,
      provider,
    }, () => [...conditions, ...waitingFor()]);
    this.resource = resource;
    DestroyBeforeCreate.of(this).addBandwidth(resource, address.id, address.isKnown, address.foundBy === 'owned');

    if (props.egressOnly === true) this.addEgressOnlyRule(props.egressOnlyRule);
    if (props.egressOnly === undefined) Aspects.of(this).add({ visit: () => this.warnOfOpenInbound() });
  }

  /**
   * The id of the bandwidth, known once it is bought.
   * @attribute
   */
  public get internetBandwidthId(): string {
    return this.resource.id;
  }

  /**
   * The id of the address, read from the bandwidth.
   * @attribute
   */
  public get ipv6AddressId(): string {
    return this.resource.ipv6AddressId;
  }

  /**
   * The id of the gateway, read from the bandwidth.
   * @attribute
   */
  public get ipv6GatewayId(): string {
    return this.resource.ipv6GatewayId;
  }

  /**
   * The business status of the bandwidth: `Normal`, `FinancialLocked` or `SecurityLocked`.
   * @attribute
   */
  public get status(): string {
    return this.resource.status;
  }

  /** The egress-only rule of the bandwidth, from `egressOnly`, `addEgressOnlyRule` or an `Ipv6EgressOnlyRule`. */
  public get egressOnlyRule(): Ipv6EgressOnlyRule | undefined {
    return this.rule && isInTree(this.rule) ? this.rule : undefined;
  }

  /**
   * Adds an egress-only rule, which denies connections from the Internet.
   *
   * Throws with `egressOnly: false`, and for a second rule of the address.
   */
  public addEgressOnlyRule(options: Ipv6EgressOnlyRuleOptions = {}): Ipv6EgressOnlyRule {
    new PropsValidator(this).object('options', options, 'pass { description: \'…\' }, or no argument');
    if (this.egressOnlyRule) {
      throw new ConstructError(this, {
        problem: `${this._address.subject} already has the egress-only rule ${this.egressOnlyRule.node.path}`,
        remediation: 'remove one of them',
      });
    }
    return new Ipv6EgressOnlyRule(this, 'EgressOnlyRule', { ...options, ipv6InternetBandwidth: this });
  }

  /**
   * Registers the only egress-only rule of the address, and returns the resource of the bandwidth.
   * @internal
   */
  public _bindEgressOnlyRule(rule: Ipv6EgressOnlyRule): InternetBandwidthResource {
    if (TerraformStack.of(this) !== TerraformStack.of(rule)) {
      throw new ConstructError(rule, {
        problem: 'an egress-only rule must be in the stack of its bandwidth, so that a replacement destroys it first',
        actual: this,
        remediation: 'use the bandwidth\'s addEgressOnlyRule()',
      });
    }
    if (this._props.egressOnly === false) {
      throw new ConstructError(rule, {
        problem: 'egressOnly must not be false for a bandwidth with an egress-only rule',
        actual: false,
        remediation: 'remove egressOnly: false, or remove the rule',
      });
    }
    if (this._address.foundBy === 'owned') {
      throw new ConstructError(rule, {
        problem: 'an egress-only rule requires the address of an instance or a network interface',
        actual: this.ipv6Address,
        remediation: 'set egressOnly to false and remove the rule, or pass the address of an instance',
      });
    }
    rule._registerForAddress(this._address.subject, this._address.keys);
    this.rule = rule;
    return this.resource as InternetBandwidthResource;
  }

  /** Warns at synthesis, because a rule may be added until then. */
  private warnOfOpenInbound(): void {
    if (!this.egressOnlyRule) warnOnce(this, INBOUND_OPEN);
  }

  /** Returns the id of the gateway as an argument, and the expected VPC of the address. */
  private gateway({ context, found }: BoundAddress): BandwidthGateway {
    const { ipv6Gateway, ipv6Address } = this._props;
    if (ipv6Gateway) return givenGateway(this, context, ipv6Gateway, ipv6Address, found?.lookup);
    refuseGatewayOfApp(this, context.stack, ipv6Address.vpcId);
    const id = found?.gatewayId ?? ipv6Address.ipv6GatewayId;
    if (id !== undefined) return { id, expected: { inferred: true }, conditions: [], isKnown: true };
    throw new ConstructError(this, {
      problem: `ipv6Gateway must be set for ${this._address.subject}, which is not looked up`,
      actual: undefined,
      apiErrorCode: 'OperationFailed.Ipv6GatewayNotExist',
      remediation: 'write ipv6Gateway: Ipv6Gateway.fromVpcId(this, \'Gateway\', \'vpc-…\'), or pass the Ipv6Gateway that the app creates',
    });
  }

  /** Checks an address that is looked up: in the stack's check; by conditions of the bandwidth, if the plan may not know it. */
  private checkAddress({ found, foundBy, isKnown }: BoundAddress, gateway: BandwidthGateway): () => Condition[] {
    if (!found) return () => [];
    const { lookup, rows, wanted, byId } = found;
    const addresses: CheckedAddresses = {
      construct: this,
      found: rows,
      wanted,
      byId,
      expectations: () => ({
        gateway: gateway.expected,
        furtherBindTypes: this._props.supportedBindTypes ?? [],
        isComplete: lookup.isComplete,
        // An address that is looked up by its instance belongs to one.
        isEgressOnly: foundBy === 'id' && this.egressOnlyRule !== undefined,
      }),
    };
    if (!isKnown() || !gateway.isKnown) return () => Checks.ofOne(addresses);
    Checks.of(this).addAddresses(addresses);
    return () => [];
  }
}

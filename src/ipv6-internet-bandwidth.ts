import { Annotations, Aspects, IAspect, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { addressHasInstance } from './guards/address-has-instance';
import { addressExpectations, addressHasNoProblem, ExpectedGateway } from './guards/address-problems';
import { Condition } from './guards/condition';
import { LimitsOfRules } from './guards/limits-of-rules';
import { limitsOfTokens } from './guards/limits-of-tokens';
import { UniqueAddresses } from './guards/unique-addresses';
import { IIpv6Address } from './ipv6-address';
import { Ipv6EgressOnlyRule, Ipv6EgressOnlyRuleOptions } from './ipv6-egress-only-rule';
import { IIpv6Gateway } from './ipv6-gateway';
import { EgressOnlyRuleContext, IIpv6InternetBandwidth, Ipv6InternetBandwidthAttributes, Ipv6InternetBandwidthBase } from './ipv6-internet-bandwidth-base';
import {
  BandwidthGateway, gatewayIdsAtPlan, givenGateway, INBOUND_OPEN, Ipv6InternetBandwidthOptions, refuseGatewayOfApp, validateBandwidthOptions,
} from './ipv6-internet-bandwidth-options';
import { AddressCheck } from './lifecycle/address-check';
import { AddressIdRecord } from './lifecycle/address-id-record';
import { adoptBandwidth, adoptEgressOnlyRule } from './lifecycle/bandwidth-adoption';
import { Holders } from './lifecycle/holders';
import { InternetBandwidthResource } from './lifecycle/internet-bandwidth-resource';
import { AddressInStack, BandwidthAddress, bandwidthAddressOf } from './lookups/bandwidth-address';
import { LookupContext, lookupContextOf } from './lookups/lookup-context';
import { VpcIpv6InternetBandwidth } from './provider-alicloud/vpc-ipv6-internet-bandwidth';
import { Expression, hcl } from './terraform/hcl';
import { partOfExpression } from './terraform/locals';
import { isExpression } from './terraform/tokens';
import { ConstructError } from './validation/construct-error';
import { ConstructRegistry, isInTree } from './validation/construct-registry';
import { PropsValidator } from './validation/props-validator';
import { ProviderBlocks } from './validation/provider-blocks';

/**
 * Properties of an `Ipv6InternetBandwidth`.
 */
export interface Ipv6InternetBandwidthProps extends Ipv6InternetBandwidthOptions {
  /**
   * The address. A changed address replaces the bandwidth and its egress-only rule: the old ones go first.
   */
  readonly ipv6Address: IIpv6Address;
}

/**
 * Public Internet bandwidth for one IPv6 address, as `AllocateIpv6InternetBandwidth` buys it.
 *
 * From then on the address can open connections to the Internet, and the Internet to the address: `egressOnly` decides.
 *
 * Throws where a literal is not what the API takes (IllegalParam.Bandwidth, IllegalParam.InternetChargeType,
 * MissingParam.Ipv6InstanceId), where the address and the gateway are known to be of different VPCs
 * (OperationFailed.Ipv6GatewayDisMatchIpv6Address), and where the app has a second bandwidth for the address
 * (OperationFailed.InternetBandwidthAlreadyExisted). What only the plan can know, the plan checks.
 *
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-allocateipv6internetbandwidth
 */
export class Ipv6InternetBandwidth extends Ipv6InternetBandwidthBase implements IIpv6InternetBandwidth {
  /**
   * Existing bandwidth, by what is known of it. Nothing is created, and nothing looked up.
   */
  public static fromIpv6InternetBandwidthAttributes(scope: Construct, id: string, attrs: Ipv6InternetBandwidthAttributes): IIpv6InternetBandwidth {
    return new ExistingIpv6InternetBandwidth(scope, id, attrs);
  }

  /**
   * The Terraform resource.
   */
  public readonly resource: VpcIpv6InternetBandwidth;

  /**
   * The address.
   */
  public readonly ipv6Address: IIpv6Address;

  /** @internal */
  public readonly _ipv6Gateway?: IIpv6Gateway;

  /**
   * The Mbit/s, for a larger expression of the stack.
   * @internal
   */
  public readonly _mbps: number | Expression;

  private readonly props: Ipv6InternetBandwidthProps;
  private readonly address: BandwidthAddress;
  private readonly lookupContext: LookupContext;
  /** The key before the synthesis, during which a token of another stack begins to resolve to something else. */
  private readonly addressKey: string;
  private rule?: Ipv6EgressOnlyRule;

  constructor(scope: Construct, id: string, props: Ipv6InternetBandwidthProps) {
    super(scope, id);
    const validate = new PropsValidator(this);
    validate.object(props);
    validate.construct('ipv6Address', props.ipv6Address, 'ipv6AddressId', 'pass an Ipv6Address: of an id, Ipv6Address.fromIpv6AddressId(scope, id, \'ipv6-…\')', 'MissingParam.Ipv6InstanceId');
    if ('internetBandwidthId' in props.ipv6Address) {
      throw new ConstructError(this, {
        problem: 'ipv6Address must be an address: this is Internet bandwidth, and so its address has some',
        actual: props.ipv6Address,
        apiErrorCode: 'OperationFailed.InternetBandwidthAlreadyExisted',
        remediation: 'pass an Ipv6Address that has none',
      });
    }
    const chargeType = validateBandwidthOptions(this, props);

    this.props = props;
    this.ipv6Address = props.ipv6Address;
    this._ipv6Gateway = props.ipv6Gateway;
    this.address = bandwidthAddressOf(props.ipv6Address);
    const keys = this.address._registrationKeys();
    this.addressKey = keys.own;
    ConstructRegistry.of(this).registerOnly('bandwidth', keys, this, (first) => ({
      problem: `a second bandwidth for the address: the first is ${first.node.path}`,
      apiErrorCode: 'OperationFailed.InternetBandwidthAlreadyExisted',
      remediation: 'an address has one bandwidth: keep one of them, with the Mbit/s that both need',
    }));

    this.lookupContext = lookupContextOf(this, props.provider ?? this.address._lookupProvider);
    const { stack, provider } = this.lookupContext;
    ProviderBlocks.checkOf(stack);
    const address = this.address._inStack(this.lookupContext);
    const gateway = this.gateway(address);
    const resource = new InternetBandwidthResource(this, 'Resource', {
      ipv6AddressId: address.id,
      ipv6GatewayId: gateway.id,
      bandwidth: props.bandwidth,
      internetChargeType: chargeType,
      timeouts: props.timeouts,
      provider,
    });
    resource.addressIdRecord = new AddressIdRecord(this, resource, address.id);
    resource.preconditions = [
      ...this.addressGuards(resource, address, gateway.expected),
      ...limitsOfTokens(stack, this.node.path, props.bandwidth, chargeType),
    ];
    this._mbps = partOfExpression(stack, props.bandwidth);
    if (this._mbps instanceof Expression) ConstructRegistry.of(this).register('bandwidth known to Terraform only', stack.node.path, this);
    if (isExpression(props.bandwidth) || isExpression(chargeType)) {
      resource.latePreconditions = () => LimitsOfRules.of(this).conditions(this, this._mbps, partOfExpression(stack, chargeType));
    }
    this.resource = resource;
    Holders.record(resource, this.holderKey);
    UniqueAddresses.check(resource, address.id);

    if (props.adoptExisting) {
      const unknown = this.address._unknownAtPlan(stack);
      if (unknown) {
        throw new ConstructError(this, {
          problem: `adoptExisting needs an address that the plan knows: ${unknown}`,
          actual: props.ipv6Address,
          apiErrorCode: 'OperationFailed.InternetBandwidthAlreadyExisted',
          remediation: 'leave adoptExisting out, or name the address by its id: Ipv6Address.fromIpv6AddressId(scope, id, \'ipv6-…\')',
        });
      }
      adoptBandwidth(this.lookupContext, resource, address.idInExpression());
    }
    if (props.egressOnly === true) {
      const rule = this.addEgressOnlyRule(props.egressOnlyRule);
      const gatewayIds = gatewayIdsAtPlan(address.found?.lookup, gateway.id);
      if (props.adoptExisting && gatewayIds !== undefined) {
        adoptEgressOnlyRule(this.lookupContext, rule.resource, address.idInExpression(), gatewayIds);
        Holders.record(rule.resource, this.holderKey);
      }
    } else if (props.egressOnly === undefined) {
      Aspects.of(this).add(new InboundOpenWarning());
    }
  }

  /**
   * The id of the bandwidth, known once it is bought.
   * @attribute
   */
  public get internetBandwidthId(): string {
    return this.resource.id;
  }

  /**
   * The id of the address, as the bandwidth has it.
   * @attribute
   */
  public get ipv6AddressId(): string {
    return this.resource.ipv6AddressId;
  }

  /**
   * The id of the gateway, as the bandwidth has it.
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

  /**
   * The egress-only rule of the bandwidth, whether `egressOnly`, `addEgressOnlyRule` or an `Ipv6EgressOnlyRule` made it.
   */
  public get egressOnlyRule(): Ipv6EgressOnlyRule | undefined {
    return this.rule && isInTree(this.rule) ? this.rule : undefined;
  }

  /**
   * Keeps the Internet from opening connections to the address.
   *
   * Throws where `egressOnly: false` says that inbound is meant, and where the address has a rule already.
   */
  public addEgressOnlyRule(options: Ipv6EgressOnlyRuleOptions = {}): Ipv6EgressOnlyRule {
    this.refuseRuleOfOpenInbound(this);
    new PropsValidator(this).object(options);
    if (this.egressOnlyRule) {
      throw new ConstructError(this, {
        problem: `a second egress-only rule for the address: the first is ${this.egressOnlyRule.node.path}`,
        remediation: 'an address has one egress-only rule: keep one of them',
      });
    }
    return new Ipv6EgressOnlyRule(this, 'EgressOnlyRule', { ...options, ipv6InternetBandwidth: this });
  }

  /**
   * Whether a rule closes the address for certain: one that is repeated may be there no time at all.
   * @internal
   */
  public get _isClosed(): boolean {
    const rule = this.egressOnlyRule?.resource;
    return rule !== undefined && rule.count === undefined && rule.forEach === undefined;
  }

  /** @internal */
  public _bindEgressOnlyRule(rule: Ipv6EgressOnlyRule): EgressOnlyRuleContext {
    if (TerraformStack.of(this) !== TerraformStack.of(rule)) {
      throw new ConstructError(rule, {
        problem: 'an egress-only rule must be in the stack of its bandwidth: nothing else would destroy it before a replacement',
        actual: this,
        remediation: 'use the bandwidth\'s addEgressOnlyRule()',
      });
    }
    this.refuseRuleOfOpenInbound(rule);
    if (this.address._foundBy === 'owned') {
      throw new ConstructError(rule, {
        problem: 'an egress-only rule needs an address of an instance or a network interface, and an Ipv6Address belongs to none',
        actual: this.ipv6Address,
        remediation: 'leave the rule out, with egressOnly: false if inbound is meant, or take the address of an instance',
      });
    }
    rule._registerForAddress(this.address._registrationKeys());
    this.rule = rule;
    const { idInExpression, found } = this.address._inStack(this.lookupContext);
    const addressId = idInExpression();
    return {
      resource: this.resource as InternetBandwidthResource,
      provider: this.resource.provider,
      preconditions: found?.lookup.isComplete ? [addressHasInstance(rule.node.path, found.lookup.byId, addressId)] : [],
    };
  }

  private refuseRuleOfOpenInbound(construct: IConstruct): void {
    if (this.props.egressOnly !== false) return;
    throw new ConstructError(construct, {
      problem: 'an egress-only rule is added to a bandwidth that is meant to be open to inbound traffic',
      actual: false,
      remediation: 'leave egressOnly: false out, or the rule',
    });
  }

  /** The name of the address in the record of holders: the same for each construct that finds the address in the same way. */
  private readonly holderKey = (): string => {
    // A token that did not resolve when the construct was made may resolve during the synthesis.
    const key = this.addressKey.includes('TfToken[') ? this.address._registrationKeys().own : this.addressKey;
    return key.replace(/ \*$/, '');
  };

  /** The id of the gateway as an argument, and what the gateway says about the VPC that the address must be in. */
  private gateway(address: AddressInStack): BandwidthGateway {
    const { ipv6Gateway, ipv6Address } = this.props;
    return ipv6Gateway ? givenGateway(this, this.lookupContext, ipv6Gateway, ipv6Address, address.found?.lookup) : this.gatewayOfAddress(address);
  }

  private gatewayOfAddress(address: AddressInStack): BandwidthGateway {
    const { ipv6Address } = this.props;
    refuseGatewayOfApp(this, this.lookupContext.stack, ipv6Address.vpcId);
    if (address.found) {
      return { id: hcl`try(${address.found.lookup.gatewayIdById.at(address.idInExpression())}, "")`.toArgument(), expected: { inferred: true } };
    }
    if (ipv6Address.ipv6GatewayId !== undefined) return { id: ipv6Address.ipv6GatewayId, expected: { inferred: true } };
    throw new ConstructError(this, {
      problem: 'ipv6Gateway must be given for an address that is not looked up',
      actual: ipv6Address,
      apiErrorCode: 'OperationFailed.Ipv6GatewayNotExist',
      remediation: 'write ipv6Gateway: Ipv6Gateway.fromVpcId(this, \'Gateway\', \'vpc-…\'), or pass the Ipv6Gateway that the app creates',
    });
  }

  /** The problems of an address that is looked up, all of them in one message. */
  private addressGuards(resource: InternetBandwidthResource, { found, idInExpression }: AddressInStack, expected: ExpectedGateway): Condition[] {
    if (!found) return [];
    const problem = found.lookup.problems(addressExpectations(expected, this.props.supportedBindTypes)).at(idInExpression());
    const waitsForNothing = found.byLiterals && Object.values(expected).every((value) => !(value instanceof Expression));
    if (!waitsForNothing) return [addressHasNoProblem(this.node.path, problem, found.notFound)];
    AddressCheck.add(resource, hcl`try(${problem}, ${found.notFound})`);
    resource.addressIdRecord!.waitsForCheck = true;
    return [];
  }
}

class ExistingIpv6InternetBandwidth extends Construct implements IIpv6InternetBandwidth {
  public readonly internetBandwidthId: string;
  public readonly ipv6AddressId: string;
  public readonly ipv6GatewayId: string;

  constructor(scope: Construct, id: string, attrs: Ipv6InternetBandwidthAttributes) {
    super(scope, id);
    const validate = new PropsValidator(this);
    validate.object(attrs);
    validate.id('internetBandwidthId', attrs.internetBandwidthId, 'Internet bandwidth');
    validate.id('ipv6AddressId', attrs.ipv6AddressId, 'IPv6 address');
    validate.id('ipv6GatewayId', attrs.ipv6GatewayId, 'IPv6 gateway');
    this.internetBandwidthId = attrs.internetBandwidthId;
    this.ipv6AddressId = attrs.ipv6AddressId;
    this.ipv6GatewayId = attrs.ipv6GatewayId;
  }
}

/** Warns at synthesis, because a rule may be added to the bandwidth until then. */
class InboundOpenWarning implements IAspect {
  public visit(node: IConstruct): void {
    if (!(node instanceof Ipv6InternetBandwidth) || node._isClosed) return;
    if (node.node.metadata.some(({ data }) => data === INBOUND_OPEN)) return; // an app may be synthesized twice
    Annotations.of(node).addWarning(INBOUND_OPEN);
  }
}

import { Annotations, Aspects, IAspect, TerraformProvider, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { InternetChargeType } from './internet-charge-type';
import { IIpv6Address } from './ipv6-address';
import { Ipv6EgressOnlyRule, Ipv6EgressOnlyRuleOptions } from './ipv6-egress-only-rule';
import { IIpv6Gateway } from './ipv6-gateway';
import { AddressIdRecord } from './private/address-id-record';
import { ExpectedGateway } from './private/address-lookup';
import { AddressInStack, AddressSource } from './private/address-source';
import { adoptBandwidth, adoptEgressOnlyRule, onOtherAddress, recordHolder } from './private/adoption';
import { MAX_BANDWIDTH } from './private/api-limits';
import { Claims } from './private/claims';
import { ConstructError } from './private/construct-error';
import { escapeTemplate, identity, inTemplate, isExpression, operand, shown } from './private/expression';
import { GatewaySource } from './private/gateway-source';
import { LinkedBandwidth, Precondition } from './private/lifecycle';
import { LookupReader } from './private/lookups';
import { maxBandwidth, Props } from './private/props';
import { UniqueAddresses } from './private/unique-addresses';
import { VpcIpv6InternetBandwidth, VpcIpv6InternetBandwidthTimeouts } from './provider-alicloud/vpc-ipv6-internet-bandwidth';

/**
 * The Internet bandwidth of an IPv6 address: one that a stack buys, or one that exists.
 */
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

/**
 * What is known of existing Internet bandwidth.
 */
export interface Ipv6InternetBandwidthAttributes {
  /**
   * The id of the bandwidth (`ipv6bw-…`).
   */
  readonly internetBandwidthId: string;

  /**
   * The id of the address (`ipv6-…`).
   */
  readonly ipv6AddressId: string;

  /**
   * The id of the gateway (`ipv6gw-…`).
   */
  readonly ipv6GatewayId: string;
}

/**
 * Properties of an `Ipv6InternetBandwidth`.
 */
export interface Ipv6InternetBandwidthProps {
  /**
   * The address. A changed address replaces the bandwidth and its egress-only rule: the old ones go first.
   */
  readonly ipv6Address: IIpv6Address;

  /**
   * Mbit/s, a whole number: 1 to 2000 with `PAY_BY_BANDWIDTH`, 1 to 1000 with `PAY_BY_TRAFFIC`. Changed in place.
   */
  readonly bandwidth: number;

  /**
   * The IPv6 gateway of the address's VPC. A change replaces the bandwidth.
   *
   * @default - of an address that is looked up, the gateway of its VPC; an address that the stack owns needs it given
   */
  readonly ipv6Gateway?: IIpv6Gateway;

  /**
   * How the bandwidth is paid for. A change replaces the bandwidth.
   *
   * @default InternetChargeType.PAY_BY_BANDWIDTH
   */
  readonly internetChargeType?: InternetChargeType;

  /**
   * Whether the Internet is kept from opening connections to the address, by an egress-only rule.
   *
   * @default - inbound is open, and a warning says so; `false` says that this is meant
   */
  readonly egressOnly?: boolean;

  /**
   * What the egress-only rule is given. Needs `egressOnly: true`.
   *
   * @default - no name, no description
   */
  readonly egressOnlyRule?: Ipv6EgressOnlyRuleOptions;

  /**
   * Take over the bandwidth (and the egress-only rule) that the address already has, and buy it only if it has none.
   * Needs Terraform 1.7, and an address that is known at plan.
   *
   * It is for what no Terraform state holds. What another construct of this stack held before, the plan refuses, with the
   * `resource.moveFromId` that keeps it; what was written by hand in this state, only `moveFromId` keeps.
   *
   * @default false
   */
  readonly adoptExisting?: boolean;

  /**
   * What the address may be bound to, as the API's `AssociatedInstanceType` says it, beside nothing, `EcsInstance` and
   * `NetworkInterface`: for kinds that the API has come to support. Checked at plan, of an address that is looked up.
   *
   * @default - nothing else (OperationDenied.UnSupportedBindTypeCloudInstance)
   */
  readonly supportedBindTypes?: string[];

  /**
   * How long to wait for `create`, `update` and `delete`, each such as `"10m"`.
   *
   * @default - 5 minutes each
   */
  readonly timeouts?: VpcIpv6InternetBandwidthTimeouts;

  /**
   * The provider block to buy it with, of the same stack.
   *
   * @default - the one that the address is looked up with; else the stack's default provider
   */
  readonly provider?: TerraformProvider;
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
export class Ipv6InternetBandwidth extends Construct implements IIpv6InternetBandwidth {
  /**
   * Existing bandwidth, by what is known of it. Nothing is created, and nothing looked up.
   */
  public static fromIpv6InternetBandwidthAttributes(scope: Construct, id: string, attrs: Ipv6InternetBandwidthAttributes): IIpv6InternetBandwidth {
    return new GivenIpv6InternetBandwidth(scope, id, attrs);
  }

  /**
   * The Terraform resource.
   */
  public readonly resource: VpcIpv6InternetBandwidth;

  /** @internal */
  public readonly _linked: LinkedBandwidth;

  /**
   * The address that the bandwidth is for.
   */
  public readonly ipv6Address: IIpv6Address;

  private readonly props: Ipv6InternetBandwidthProps;
  /** As they are before synthesis: then another stack's token begins to resolve to something else. */
  private readonly claimed: string;

  constructor(scope: Construct, id: string, props: Ipv6InternetBandwidthProps) {
    super(scope, id);
    const check = new Props(this);
    check.given(props);
    const chargeType = props.internetChargeType ?? InternetChargeType.PAY_BY_BANDWIDTH;
    check.linked('ipv6Address', props.ipv6Address, 'ipv6AddressId', 'pass an Ipv6Address: of an id, Ipv6Address.fromIpv6AddressId(scope, id, \'ipv6-…\')', 'MissingParam.Ipv6InstanceId');
    if (props.ipv6Gateway !== undefined) {
      check.linked('ipv6Gateway', props.ipv6Gateway, 'ipv6GatewayId', 'pass an Ipv6Gateway: of an id, Ipv6Gateway.fromIpv6GatewayId(scope, id, \'ipv6gw-…\')');
    }
    if ('internetBandwidthId' in props.ipv6Address) {
      throw new ConstructError(this, {
        problem: 'ipv6Address must be an address: this is Internet bandwidth, and so its address has some',
        seen: props.ipv6Address,
        spares: 'OperationFailed.InternetBandwidthAlreadyExisted',
        wayOut: 'pass an Ipv6Address that has none',
      });
    }
    check.internetChargeType(chargeType);
    check.bandwidth(props.bandwidth, chargeType);
    check.optionalFlag('egressOnly', props.egressOnly);
    check.optionalFlag('adoptExisting', props.adoptExisting);
    check.optionalTexts('supportedBindTypes', props.supportedBindTypes);
    check.optionalTimeouts('timeouts', props.timeouts, 'create', 'update', 'delete');
    check.optionalProvider('provider', props.provider);
    if (props.egressOnlyRule !== undefined && props.egressOnly !== true) {
      throw new ConstructError(this, {
        problem: 'egressOnlyRule is given, but there is to be no rule: egressOnly must be true',
        seen: props.egressOnly,
        wayOut: 'write egressOnly: true, or leave egressOnlyRule out',
      });
    }

    this.props = props;
    this.ipv6Address = props.ipv6Address;
    const source = AddressSource.of(props.ipv6Address);
    const claimed = source.claimKeys();
    this.claimed = claimed.own;
    Claims.of(this).claim('bandwidth', claimed, this, {
      what: 'the address',
      spares: 'OperationFailed.InternetBandwidthAlreadyExisted',
      wayOut: 'an address has one bandwidth: keep one of them, with the Mbit/s that both need',
    });

    const reader = this.reader(source);
    const address = source.in(reader);
    const gateway = this.gateway(reader, address);
    const resource = new LinkedBandwidth(this, 'Resource', {
      ipv6AddressId: address.id,
      ipv6GatewayId: gateway.id,
      bandwidth: props.bandwidth,
      internetChargeType: chargeType,
      timeouts: props.timeouts,
      provider: reader.provider,
    });
    resource.madeOf = props;
    this.resource = resource;
    this._linked = resource;

    resource.ownLifecycle = {
      address: { record: new AddressIdRecord(this, resource, address.id), onOther: () => onOtherAddress(resource) },
      holder: true,
      precondition: [...this.addressGuards(address, gateway.expected), ...this.tokenGuards(reader.stack, chargeType)],
    };
    recordHolder(resource, this.holderKey);
    UniqueAddresses.check(resource, address.id);

    if (props.adoptExisting) {
      const unknown = source.unknownAtPlan(reader.stack);
      if (unknown) {
        throw new ConstructError(this, {
          problem: `adoptExisting needs an address that the plan knows: ${unknown}`,
          seen: props.ipv6Address,
          spares: 'OperationFailed.InternetBandwidthAlreadyExisted',
          wayOut: 'leave adoptExisting out, or name the address by its id: Ipv6Address.fromIpv6AddressId(scope, id, \'ipv6-…\')',
        });
      }
      adoptBandwidth(reader, resource, address);
    }
    if (props.egressOnly === true) {
      const rule = this.addEgressOnlyRule(props.egressOnlyRule);
      const gatewayIds = gatewayIdsAtPlan(address, gateway.id);
      if (props.adoptExisting && gatewayIds !== undefined) {
        adoptEgressOnlyRule(reader, rule.resource, address, gatewayIds);
        recordHolder(rule.resource, this.holderKey);
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
   * Whether `egressOnly: false` says that inbound is meant.
   * @internal
   */
  public get _inboundIsMeant(): boolean {
    return this.props.egressOnly === false;
  }

  /**
   * The egress-only rule of the address, wherever in the app it was made.
   */
  public get egressOnlyRule(): Ipv6EgressOnlyRule | undefined {
    return Claims.of(this).holder('egress-only rule', this.claimed) as Ipv6EgressOnlyRule | undefined;
  }

  /**
   * Keeps the Internet from opening connections to the address.
   *
   * Throws where `egressOnly: false` says that inbound is meant, and where the address has a rule already.
   */
  public addEgressOnlyRule(options: Ipv6EgressOnlyRuleOptions = {}): Ipv6EgressOnlyRule {
    if (this._inboundIsMeant) {
      throw new ConstructError(this, {
        problem: 'an egress-only rule is added to a bandwidth that is meant to be open to inbound traffic',
        seen: false,
        wayOut: 'leave egressOnly: false out, or the rule',
      });
    }
    new Props(this).given(options);
    if (this.egressOnlyRule) {
      throw new ConstructError(this, {
        problem: `a second egress-only rule for the address: the first is ${this.egressOnlyRule.node.path}`,
        wayOut: 'an address has one egress-only rule: keep one of them',
      });
    }
    return new Ipv6EgressOnlyRule(this, 'EgressOnlyRule', { ...options, ipv6InternetBandwidth: this });
  }

  /** What names the address in the state, the same for each construct that finds the address in the same way. */
  private readonly holderKey = (): string => {
    // What could not be resolved when the construct was made can be when the stack is synthesized.
    const key = this.claimed.includes('TfToken[') ? AddressSource.of(this.ipv6Address).claimKeys().own : this.claimed;
    return key.replace(/ \*$/, '');
  };

  private reader(source: AddressSource): LookupReader {
    const stack = TerraformStack.of(this);
    const provider = this.props.provider ?? source.provider;
    if (provider && TerraformStack.of(provider) !== stack) {
      throw new ConstructError(this, {
        problem: 'the address is looked up with a provider of another stack',
        seen: provider,
        wayOut: 'make an AlicloudProvider for the same region in this stack, and pass it as provider',
      });
    }
    return { stack, provider };
  }

  /** The gateway, and what it says of the VPC that the address must be in. */
  private gateway(reader: LookupReader, address: AddressInStack): { id: string; expected: ExpectedGateway } {
    const { stack } = reader;
    const { ipv6Address, ipv6Gateway } = this.props;
    if (ipv6Gateway) {
      const lookedUp = GatewaySource.of(ipv6Gateway);
      this.checkSameVpc(ipv6Address, ipv6Gateway, { up: address.found !== undefined || lookedUp !== undefined });
      const id = lookedUp?.in(reader, this) ?? ipv6Gateway.ipv6GatewayId;
      new Props(ipv6Gateway).id('ipv6GatewayId', id, 'IPv6 gateway');
      if (!address.found) return { id, expected: { inferred: true } };
      return ipv6Gateway.vpcId !== undefined
        ? { id, expected: { vpcId: operand(stack, ipv6Gateway.vpcId) } }
        : { id, expected: { gatewayId: operand(stack, id), literal: !isExpression(id) } };
    }
    const own = ipv6Address.vpcId !== undefined && Claims.of(this).holder('gateway', identity(stack, ipv6Address.vpcId));
    if (own) {
      throw new ConstructError(this, {
        problem: 'the gateway of the address\'s VPC is created by this app, and may not be there yet when the address is looked up',
        spares: 'OperationFailed.Ipv6GatewayNotExist',
        wayOut: `pass it: ipv6Gateway is ${own.node.path}`,
      });
    }
    if (ipv6Address.vpcId !== undefined) Claims.of(this).mark('inferred gateway', identity(stack, ipv6Address.vpcId), this);
    if (address.found) {
      return { id: `\${try(${address.found.lookup.gatewayIdById}[${address.operand}], "")}`, expected: { inferred: true } };
    }
    if (ipv6Address.ipv6GatewayId !== undefined) return { id: ipv6Address.ipv6GatewayId, expected: { inferred: true } };
    throw new ConstructError(this, {
      problem: 'ipv6Gateway must be given for an address that is not looked up',
      seen: ipv6Address,
      spares: 'OperationFailed.Ipv6GatewayNotExist',
      wayOut: 'write ipv6Gateway: Ipv6Gateway.fromVpcId(this, \'Gateway\', \'vpc-…\'), or pass the Ipv6Gateway that the app creates',
    });
  }

  /** Refuses what is known at synth to be the gateway of another VPC. */
  private checkSameVpc(address: IIpv6Address, gateway: IIpv6Gateway, looked: { up: boolean }): void {
    const pairs: [string, string | undefined, string | undefined][] = [['VPC', address.vpcId, gateway.vpcId]];
    if (!looked.up) pairs.push(['IPv6 gateway', address.ipv6GatewayId, gateway.ipv6GatewayId]);
    for (const [what, ofAddress, ofGateway] of pairs) {
      if (ofAddress === undefined || ofGateway === undefined || ofAddress === ofGateway) continue;
      if (isExpression(ofAddress) || isExpression(ofGateway)) continue;
      throw new ConstructError(this, {
        problem: `the ${what} of the address is ${ofAddress}, that of ipv6Gateway another`,
        seen: ofGateway,
        spares: 'OperationFailed.Ipv6GatewayDisMatchIpv6Address',
        wayOut: 'pass the gateway of the address\'s own VPC',
      });
    }
  }

  /** What stands against bandwidth for an address that is looked up: all of it in one message. */
  private addressGuards(address: AddressInStack, expected: ExpectedGateway): Precondition[] {
    if (!address.found) return [];
    const { lookup, notFound } = address.found;
    const problems = `${lookup.problems(expected, this.props.supportedBindTypes)}[${address.operand}]`;
    return [{
      condition: `\${try(${problems}, "-") == ""}`,
      error_message: `${escapeTemplate(this.node.path)}: \${try(${problems}, ${notFound})}`,
    }];
  }

  /** The limits of what only Terraform knows. */
  private tokenGuards(stack: TerraformStack, chargeType: string): Precondition[] {
    if (!isExpression(chargeType) && !isExpression(this.props.bandwidth)) return [];
    const guards: Precondition[] = [];
    const path = escapeTemplate(this.node.path);
    const type = operand(stack, chargeType);
    if (isExpression(chargeType)) {
      guards.push({
        condition: `\${try(contains(${JSON.stringify(Object.keys(MAX_BANDWIDTH))}, ${type}), false)}`,
        error_message: `${path}: internetChargeType is ${shown(type)}, not PayByBandwidth or PayByTraffic (IllegalParam.InternetChargeType): use one of InternetChargeType`,
      });
    }
    const bandwidth = operand(stack, this.props.bandwidth);
    const { PayByBandwidth, PayByTraffic } = MAX_BANDWIDTH;
    const max = isExpression(chargeType) ? `(${type} == "PayByTraffic" ? ${PayByTraffic} : ${PayByBandwidth})` : String(maxBandwidth(chargeType));
    guards.push({
      condition: `\${try(${bandwidth} >= 1 && ${bandwidth} <= ${max} && floor(${bandwidth}) == ${bandwidth}, false)}`,
      error_message: `${path}: bandwidth is ${shown(bandwidth)}, not an integer from 1 to ${inTemplate(max)} Mbit/s for ${shown(type)} (IllegalParam.Bandwidth): change the value that is passed in`,
    });
    return guards;
  }
}

class GivenIpv6InternetBandwidth extends Construct implements IIpv6InternetBandwidth {
  public readonly internetBandwidthId: string;
  public readonly ipv6AddressId: string;
  public readonly ipv6GatewayId: string;

  constructor(scope: Construct, id: string, attrs: Ipv6InternetBandwidthAttributes) {
    super(scope, id);
    const check = new Props(this);
    check.given(attrs);
    check.id('internetBandwidthId', attrs.internetBandwidthId, 'Internet bandwidth');
    check.id('ipv6AddressId', attrs.ipv6AddressId, 'IPv6 address');
    check.id('ipv6GatewayId', attrs.ipv6GatewayId, 'IPv6 gateway');
    this.internetBandwidthId = attrs.internetBandwidthId;
    this.ipv6AddressId = attrs.ipv6AddressId;
    this.ipv6GatewayId = attrs.ipv6GatewayId;
  }
}

/** The gateways (a set) in which an existing rule of the address can be, as far as the plan knows them. */
function gatewayIdsAtPlan(address: AddressInStack, gatewayId: string): string | undefined {
  if (address.found) return address.found.lookup.gatewayIds;
  return isExpression(gatewayId) ? undefined : `toset(["${escapeTemplate(gatewayId)}"])`;
}

const INBOUND_OPEN = 'the Internet can open connections to this address: '
  + 'write egressOnly: true to allow outbound only, or egressOnly: false to say that inbound is meant';

/** Whether a rule comes later is known last: when the app is synthesized. */
class InboundOpenWarning implements IAspect {
  public visit(node: IConstruct): void {
    if (!(node instanceof Ipv6InternetBandwidth) || node.egressOnlyRule) return;
    if (node.node.metadata.some(({ data }) => data === INBOUND_OPEN)) return; // an app may be synthesized twice
    Annotations.of(node).addWarning(INBOUND_OPEN);
  }
}

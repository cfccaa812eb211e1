import { Lazy, TerraformProvider, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import type { IIpv6InternetBandwidth, Ipv6InternetBandwidth } from './ipv6-internet-bandwidth';
import { RULE_DESCRIPTION, RULE_NAME } from './provider/patterns';
import { VpcIpv6EgressRule, VpcIpv6EgressRuleTimeouts } from './provider-alicloud/vpc-ipv6-egress-rule';
import { EgressRuleResource } from './resources/egress-rule-resource';
import { DestroyBeforeCreate } from './state/destroy-before-create';
import { comparisonKey, isExpression } from './terraform/tokens';
import { ConstructRegistry, RegistrationKeys } from './validation/construct-registry';
import { PropsValidator } from './validation/props-validator';

/** An egress-only rule: one that a stack creates, or one that exists. */
export interface IIpv6EgressOnlyRule extends IConstruct {
  /**
   * The id of the rule.
   * @attribute
   */
  readonly ipv6EgressOnlyRuleId: string;
}

/** Options for an egress-only rule. */
export interface Ipv6EgressOnlyRuleOptions {
  /**
   * The name: 3 to 129 letters, digits, `_` and `-`, a letter first. A change replaces the rule.
   *
   * @default - no name
   */
  readonly ipv6EgressOnlyRuleName?: string;

  /**
   * The description: 2 to 256 bytes. A change replaces the rule.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * Timeouts of `create` and `delete`, such as `"10m"`.
   *
   * @default - 5 minutes each
   */
  readonly timeouts?: VpcIpv6EgressRuleTimeouts;
}

/** Properties of an `Ipv6EgressOnlyRule`. */
export interface Ipv6EgressOnlyRuleProps extends Ipv6EgressOnlyRuleOptions {
  /** The bandwidth of the address. */
  readonly ipv6InternetBandwidth: IIpv6InternetBandwidth;

  /**
   * The provider block of the rule. It must be in the same stack.
   *
   * @default - the provider block of the bandwidth
   */
  readonly provider?: TerraformProvider;
}

/**
 * Denies connections from the Internet to an address with Internet bandwidth, and allows connections to the Internet.
 *
 * The rule is created after the bandwidth, destroyed before it, and replaced with it. Each time, inbound is open for seconds.
 *
 * Throws for an address without an instance, because the API refuses the rule. Throws for a second rule of the address, and for a rule in
 * another stack than its bandwidth.
 *
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-createipv6egressonlyrule
 */
export class Ipv6EgressOnlyRule extends Construct implements IIpv6EgressOnlyRule {
  /** Uses an existing rule by its id, without a lookup. */
  public static fromIpv6EgressOnlyRuleId(scope: Construct, id: string, ipv6EgressOnlyRuleId: string): IIpv6EgressOnlyRule {
    class Import extends Construct implements IIpv6EgressOnlyRule {
      public readonly ipv6EgressOnlyRuleId = ipv6EgressOnlyRuleId;
    }
    const rule = new Import(scope, id);
    new PropsValidator(rule).string('ipv6EgressOnlyRuleId', ipv6EgressOnlyRuleId);
    return rule;
  }

  /** The Terraform resource. */
  public readonly resource: VpcIpv6EgressRule;

  constructor(scope: Construct, id: string, props: Ipv6EgressOnlyRuleProps) {
    super(scope, id);
    const validate = new PropsValidator(this);
    validate.object('props', props, 'pass { ipv6InternetBandwidth } as the third argument');
    validate.construct('ipv6InternetBandwidth', props.ipv6InternetBandwidth, 'internetBandwidthId', 'pass an Ipv6InternetBandwidth, or fromIpv6InternetBandwidthAttributes');
    validate.optionalString('ipv6EgressOnlyRuleName', props.ipv6EgressOnlyRuleName, RULE_NAME);
    validate.optionalString('description', props.description, RULE_DESCRIPTION);
    validate.optionalTimeouts('timeouts', props.timeouts, 'create', 'delete');
    validate.optionalProvider('provider', props.provider);

    const bandwidth = props.ipv6InternetBandwidth;
    const created = '_bindEgressOnlyRule' in bandwidth ? (bandwidth as Ipv6InternetBandwidth)._bindEgressOnlyRule(this) : undefined;
    if (!created) this.registerForExisting(bandwidth);

    // The ids come from the bandwidth's resource, so Terraform creates the rule after the bandwidth and destroys it before. They are read at
    // synthesis, because the user may override the logical id of that resource until then.
    const resource = new EgressRuleResource(this, 'Resource', {
      instanceId: Lazy.stringValue({ produce: () => bandwidth.ipv6AddressId }),
      instanceType: 'Ipv6Address',
      ipv6GatewayId: Lazy.stringValue({ produce: () => bandwidth.ipv6GatewayId }),
      ipv6EgressRuleName: props.ipv6EgressOnlyRuleName,
      description: props.description,
      timeouts: props.timeouts,
      provider: props.provider ?? created?.provider,
    }, created);
    this.resource = resource;
    if (!created) DestroyBeforeCreate.of(this).add(resource, bandwidth.ipv6AddressId);
  }

  /**
   * The id of the rule, known once it exists.
   * @attribute
   */
  public get ipv6EgressOnlyRuleId(): string {
    return this.resource.ipv6EgressRuleId;
  }

  /**
   * The status of the rule (`Available` once it exists).
   * @attribute
   */
  public get status(): string {
    return this.resource.status;
  }

  /**
   * Registers the rule by the keys of its address. Throws if the app has another rule for the address.
   * @internal
   */
  public _registerForAddress(subject: string, keys: RegistrationKeys): void {
    ConstructRegistry.of(this).registerOnly('egress-only rule', keys, this, (first) => ({
      problem: `${subject} already has the egress-only rule ${first.node.path}`,
      remediation: 'remove one of them',
    }));
  }

  /** Registers a rule of existing bandwidth by the id of the address. */
  private registerForExisting(bandwidth: IIpv6InternetBandwidth): void {
    const validate = new PropsValidator(bandwidth);
    validate.id('ipv6AddressId', bandwidth.ipv6AddressId, 'IPv6 address');
    validate.id('ipv6GatewayId', bandwidth.ipv6GatewayId, 'IPv6 gateway');
    this._registerForAddress(isExpression(bandwidth.ipv6AddressId) ? `the address of ${bandwidth.node.path}` : `the address ${bandwidth.ipv6AddressId}`, { own: comparisonKey(TerraformStack.of(this), bandwidth.ipv6AddressId) });
  }
}

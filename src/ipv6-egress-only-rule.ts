import { Lazy, TerraformProvider, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { IIpv6InternetBandwidth, Ipv6InternetBandwidth } from './ipv6-internet-bandwidth';
import { AddressSource, OwnedAddress } from './private/address-source';
import { recordHolder } from './private/adoption';
import { Claims, claimKeys } from './private/claims';
import { ConstructError } from './private/construct-error';
import { escapeTemplate, identity, inTemplate, present } from './private/expression';
import { LinkedEgressRule, Precondition } from './private/lifecycle';
import { Props } from './private/props';
import { RULE_DESCRIPTION, RULE_NAME } from './private/provider-patterns';
import { VpcIpv6EgressRule, VpcIpv6EgressRuleTimeouts } from './provider-alicloud/vpc-ipv6-egress-rule';

/**
 * An egress-only rule: one that a stack creates, or one that exists.
 */
export interface IIpv6EgressOnlyRule extends IConstruct {
  /**
   * The id of the rule.
   * @attribute
   */
  readonly ipv6EgressOnlyRuleId: string;
}

/**
 * What an egress-only rule can be given.
 */
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
   * How long to wait for `create` and `delete`, each such as `"10m"`.
   *
   * @default - 5 minutes each
   */
  readonly timeouts?: VpcIpv6EgressRuleTimeouts;
}

/**
 * Properties of an `Ipv6EgressOnlyRule`.
 */
export interface Ipv6EgressOnlyRuleProps extends Ipv6EgressOnlyRuleOptions {
  /**
   * The bandwidth whose address shall not be reached from the Internet.
   */
  readonly ipv6InternetBandwidth: IIpv6InternetBandwidth;

  /**
   * The provider block to create it with, of the same stack.
   *
   * @default - the bandwidth's
   */
  readonly provider?: TerraformProvider;
}

/**
 * Denies what comes in from the Internet to an address that has Internet bandwidth; what goes out stays allowed.
 *
 * The rule is created after the bandwidth and destroyed before it, and replaced with it. An address is open to inbound
 * traffic for the seconds between the two.
 *
 * Throws for an address that belongs to no instance, which the API refuses; for a second rule of the same address; and
 * for a rule in another stack than its bandwidth.
 *
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-createipv6egressonlyrule
 */
export class Ipv6EgressOnlyRule extends Construct implements IIpv6EgressOnlyRule {
  /**
   * An existing rule, by its id. Nothing is created, and nothing looked up.
   */
  public static fromIpv6EgressOnlyRuleId(scope: Construct, id: string, ipv6EgressOnlyRuleId: string): IIpv6EgressOnlyRule {
    class Import extends Construct implements IIpv6EgressOnlyRule {
      public readonly ipv6EgressOnlyRuleId = ipv6EgressOnlyRuleId;
    }
    const rule = new Import(scope, id);
    new Props(rule).text('ipv6EgressOnlyRuleId', ipv6EgressOnlyRuleId);
    return rule;
  }

  /**
   * The Terraform resource.
   */
  public readonly resource: VpcIpv6EgressRule;

  /** @internal */
  public readonly _linked: LinkedEgressRule;

  constructor(scope: Construct, id: string, props: Ipv6EgressOnlyRuleProps) {
    super(scope, id);
    const check = new Props(this);
    check.given(props);
    check.linked('ipv6InternetBandwidth', props.ipv6InternetBandwidth, 'internetBandwidthId', 'pass an Ipv6InternetBandwidth, or one of its imports');
    check.optionalText('ipv6EgressOnlyRuleName', props.ipv6EgressOnlyRuleName, RULE_NAME);
    check.optionalText('description', props.description, RULE_DESCRIPTION);
    check.optionalTimeouts('timeouts', props.timeouts, 'create', 'delete');
    check.optionalProvider('provider', props.provider);

    const bandwidth = props.ipv6InternetBandwidth;
    const own = bandwidth instanceof Ipv6InternetBandwidth ? bandwidth : undefined;
    if (own) {
      this.checkBandwidth(own);
    } else {
      const checkIds = new Props(bandwidth);
      checkIds.id('ipv6AddressId', bandwidth.ipv6AddressId, 'IPv6 address');
      checkIds.id('ipv6GatewayId', bandwidth.ipv6GatewayId, 'IPv6 gateway');
    }

    const stack = TerraformStack.of(this);
    Claims.of(this).claim(
      'egress-only rule',
      own ? AddressSource.of(own.ipv6Address).claimKeys() : claimKeys(identity(stack, bandwidth.ipv6AddressId)),
      this,
      { what: 'the address', wayOut: 'an address has one egress-only rule: keep one of them' },
    );

    // Taken from the bandwidth's resource, the ids make Terraform create the rule after the bandwidth, and destroy it before.
    // Read any earlier, they would fix the resource's logical id, which its user may still override.
    const resource = new LinkedEgressRule(this, 'Resource', {
      instanceId: Lazy.stringValue({ produce: () => bandwidth.ipv6AddressId }),
      instanceType: 'Ipv6Address',
      ipv6GatewayId: Lazy.stringValue({ produce: () => bandwidth.ipv6GatewayId }),
      ipv6EgressRuleName: props.ipv6EgressOnlyRuleName,
      description: props.description,
      timeouts: props.timeouts,
      provider: props.provider ?? own?.resource.provider,
    });
    this.resource = resource;
    this._linked = resource;
    if (own) {
      resource.bandwidth = own._linked;
      // A bandwidth that is bought anew for the same address needs its rule anew.
      resource.ownLifecycle = { replacedWith: own.resource, precondition: this.guard(own) };
    } else {
      const key = identity(stack, bandwidth.ipv6AddressId);
      recordHolder(resource, () => key);
      resource.ownLifecycle = { holder: true };
    }
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

  private checkBandwidth(bandwidth: Ipv6InternetBandwidth): void {
    if (TerraformStack.of(bandwidth) !== TerraformStack.of(this)) {
      throw new ConstructError(this, {
        problem: 'an egress-only rule must be in the stack of its bandwidth: nothing else would destroy it before a replacement',
        seen: bandwidth,
        wayOut: 'use the bandwidth\'s addEgressOnlyRule()',
      });
    }
    if (bandwidth._inboundIsMeant) {
      throw new ConstructError(this, {
        problem: 'an egress-only rule is added to a bandwidth that is meant to be open to inbound traffic',
        seen: false,
        wayOut: 'leave egressOnly: false out, or the rule',
      });
    }
    if (AddressSource.of(bandwidth.ipv6Address) instanceof OwnedAddress) {
      throw new ConstructError(this, {
        problem: 'an egress-only rule needs an address of an instance or a network interface, and an Ipv6Address belongs to none',
        seen: bandwidth.ipv6Address,
        wayOut: 'leave the rule out, with egressOnly: false if inbound is meant, or take the address of an instance',
      });
    }
  }

  /** Lookups know whether the address belongs to an instance. */
  private guard(bandwidth: Ipv6InternetBandwidth): Precondition[] {
    const { operand, found } = AddressSource.of(bandwidth.ipv6Address).in({ stack: TerraformStack.of(this), provider: bandwidth.resource.provider });
    if (!found) return [];
    const address = `${found.lookup.byId}[${operand}]`;
    return [{
      condition: `\${!can(${address}) || ${present(`${address}.associated_instance_id`)}}`,
      error_message: `${escapeTemplate(this.node.path)}: the address ${inTemplate(operand)} belongs to no instance, and so can have no egress-only rule: leave egressOnly out, or take the address of an instance`,
    }];
  }
}

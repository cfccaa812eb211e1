import { Annotations, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { Checks } from './checks/checks';
import { mustBeKnown } from './checks/known-at-plan';
import { Ipv6Addresses } from './ipv6-addresses';
import { INBOUND_OPEN, Ipv6InternetBandwidthOptions, validateBandwidthOptions } from './ipv6-internet-bandwidth-options';
import { AddressSetInStack } from './lookups/address-set';
import { givenGateway, refuseGatewayOfApp } from './lookups/bandwidth-gateway';
import { checkPlace, lookupContextOf } from './lookups/lookup-context';
import { RULE_DESCRIPTION, RULE_NAME } from './provider/patterns';
import { VpcIpv6EgressRule } from './provider-alicloud/vpc-ipv6-egress-rule';
import { VpcIpv6InternetBandwidth } from './provider-alicloud/vpc-ipv6-internet-bandwidth';
import { EgressRuleBlock, idsByPartition, InternetBandwidthBlock, partitionOf } from './resources/internet-bandwidth-blocks';
import { StackRules } from './resources/stack-rules';
import { DestroyBeforeCreate } from './state/destroy-before-create';
import { EGRESS_RULE_SUFFIX, formerCompanion, TakenOver } from './state/taken-over';
import { Expression, hcl, merged, template } from './terraform/hcl';
import { exportedLocal, findOrCreateLocal } from './terraform/locals';
import { ConstructError, Mistake } from './validation/construct-error';
import { ConstructRegistry } from './validation/construct-registry';
import { PropsValidator } from './validation/props-validator';

/** The maximum number of addresses of one resource, above which several resources are clearly faster in a plan. */
const MOST_IN_ONE_RESOURCE = 300;

/** Properties of `Ipv6InternetBandwidths`. */
export interface Ipv6InternetBandwidthsProps extends Ipv6InternetBandwidthOptions {
  /** The addresses. Adding or removing an address changes no other address. */
  readonly ipv6Addresses: Ipv6Addresses;

  /**
   * Number of Terraform resources, from 1 to 64. A hash of its id assigns each address to one of them. The time of a plan grows with the square of
   * the addresses in one resource, so a fleet of more than 300 addresses needs several.
   *
   * The plan refuses a changed number, because Terraform would buy all bandwidths again. `moveAddressFromId` keeps them.
   *
   * @default 1
   */
  readonly partitions?: number;
}

/**
 * Public Internet bandwidth for each address of a set that the plan knows: the same Mbit/s, charge type and direction for all.
 *
 * Each address is an instance of a Terraform resource, with its id as the key: `alicloud_vpc_ipv6_internet_bandwidth.<name>["ipv6-…"]`.
 *
 * Throws for a literal that the API refuses (IllegalParam.Bandwidth, IllegalParam.InternetChargeType), for addresses of instances that
 * the same stack creates, and for a literal id in two sets (OperationFailed.InternetBandwidthAlreadyExisted). The plan checks values that
 * are unknown at synth, and names each address.
 *
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-allocateipv6internetbandwidth
 */
export class Ipv6InternetBandwidths extends Construct {
  /** The addresses. */
  public readonly ipv6Addresses: Ipv6Addresses;

  /** @internal */
  public readonly _props: Ipv6InternetBandwidthsProps;

  /** The resources of the bandwidths, one for each partition. */
  private readonly blocks: readonly InternetBandwidthBlock[];
  private readonly rules: readonly EgressRuleBlock[];
  private readonly takenOver: TakenOver;
  private readonly movedIds = new Set<string>();

  constructor(scope: Construct, id: string, props: Ipv6InternetBandwidthsProps) {
    super(scope, id);
    const validate = new PropsValidator(this);
    validate.object('props', props, 'pass { ipv6Addresses, bandwidth: 10 } as the third argument');
    validate.construct('ipv6Addresses', props.ipv6Addresses, 'ipv6AddressLiteralsByInstanceId', 'pass Ipv6Addresses, such as Ipv6Addresses.fromInstanceIds(scope, id, [\'i-…\'])');
    const { chargeType, checkLimits } = validateBandwidthOptions(this, props);
    validate.optionalString('egressOnlyRule.ipv6EgressOnlyRuleName', props.egressOnlyRule?.ipv6EgressOnlyRuleName, RULE_NAME);
    validate.optionalString('egressOnlyRule.description', props.egressOnlyRule?.description, RULE_DESCRIPTION);
    validate.optionalTimeouts('egressOnlyRule.timeouts', props.egressOnlyRule?.timeouts, 'create', 'delete');
    validate.optionalInteger('partitions', props.partitions, 1, 64);
    const { ipv6Addresses, partitions = 1 } = props;
    this.ipv6Addresses = ipv6Addresses;
    this._props = { ...props };
    this.refuseUnknownAtPlan();
    this.register();

    const context = lookupContextOf(this, props.provider, ipv6Addresses, ipv6Addresses._source.options.provider);
    const { stack, provider } = context;
    StackRules.checkOf(stack);
    const set = ipv6Addresses._source.inStack(context);
    const gateway = props.ipv6Gateway && givenGateway(this, context, props.ipv6Gateway, ipv6Addresses, set.lookup);
    if (!gateway) refuseGatewayOfApp(this, stack, ipv6Addresses.vpcId);
    const conditions = [...gateway?.conditions ?? [], ...checkPlace(context, this, ipv6Addresses._source.options), ...checkLimits()];
    Checks.of(this).addAddresses({
      construct: this,
      found: hcl`[for id in ${set.ids} : ${set.lookup.byId}[id][0]]`,
      expectations: () => ({
        gateway: gateway?.expected ?? { inferred: true },
        furtherBindTypes: props.supportedBindTypes ?? [],
        isEgressOnly: props.egressOnly === true,
        isComplete: set.lookup.isComplete,
      }),
      problems: () => this.problems(set),
    });

    const ipv6GatewayId = gateway?.id ?? '${each.value}';
    this.takenOver = new TakenOver(this, partitions === 1 ? 'TakenOver' : 'Resource');
    const addresses = this.partitioned(set, partitions);
    this.blocks = addresses.map((map, i) => new InternetBandwidthBlock(this, partitions === 1 ? 'Resource' : String(i), {
      ipv6GatewayId, bandwidth: props.bandwidth, internetChargeType: chargeType, timeouts: props.timeouts, provider,
    }, map, conditions, this.takenOver, partitions === 1 ? undefined : i));
    this.rules = props.egressOnly !== true ? [] : this.blocks.map((block, i) => new EgressRuleBlock(this, partitions === 1 ? EGRESS_RULE_SUFFIX : `${EGRESS_RULE_SUFFIX}${i}`, {
      instanceType: 'Ipv6Address',
      ipv6GatewayId,
      ipv6EgressRuleName: props.egressOnlyRule?.ipv6EgressOnlyRuleName,
      description: props.egressOnlyRule?.description,
      timeouts: props.egressOnlyRule?.timeouts,
      provider,
    }, block, this.takenOver));
    DestroyBeforeCreate.of(this).addSet({
      construct: this,
      name: () => partitions === 1 ? this.blocks[0].friendlyUniqueId : this.takenOver.friendlyUniqueId,
      of: hcl`join(" ", ${set.ids})`.toArgument(),
      isKnown: () => ipv6Addresses._source.isKnown(stack),
      partitions,
      isMoving: () => this.takenOver.moves.length > 0,
    });
    const { count } = ipv6Addresses._source;
    if (props.partitions === undefined && count !== undefined && count > MOST_IN_ONE_RESOURCE) {
      Annotations.of(this).addWarning(`a plan of ${count} addresses in one Terraform resource is slow: set partitions to 16 before the first apply`);
    }
    if (props.egressOnly === undefined) Annotations.of(this).addWarning(INBOUND_OPEN);
  }

  /** The Terraform resources that have the bandwidths: one, or one for each partition. */
  public get resources(): VpcIpv6InternetBandwidth[] {
    return [...this.blocks];
  }

  /** The Terraform resources that have the egress-only rules: one for each partition, in the same order; none without `egressOnly: true`. */
  public get egressOnlyRuleResources(): VpcIpv6EgressRule[] {
    return [...this.rules];
  }

  /** The ids of the bandwidths, known once they are bought: a map from the id of each address. */
  public get internetBandwidthIds(): { [ipv6AddressId: string]: string } {
    const all = merged(this.blocks.map(({ address }) => new Expression(address)));
    return exportedLocal(this, 'internet-bandwidth-ids', () => hcl`{ for id, b in ${all} : id => b.id }`.toArgument()).asStringMap;
  }

  /**
   * Moves the bandwidth of an address from another name in the state. Its egress-only rule moves too, if the library made it.
   *
   * Throws if `id` is not the Terraform address of a bandwidth, and if `ipv6AddressId` is provably not in the set. If only the plan knows the ids
   * of the set, the plan fails instead. Without these checks, Terraform would move the bandwidth, and destroy it.
   *
   * @param ipv6AddressId  the id of the address
   * @param id             the Terraform address that the state has, such as `alicloud_vpc_ipv6_internet_bandwidth.Web_0A1B2C3D`
   */
  public moveAddressFromId(ipv6AddressId: string, id: string): void {
    this.validateAddress(ipv6AddressId).stateAddress('id', id, VpcIpv6InternetBandwidth.tfResourceType, 'Web_0A1B2C3D', true);
    this.takenOver.move(id, instanceIn(this.blocks, ipv6AddressId));
    const formerRule = formerCompanion(id, VpcIpv6EgressRule.tfResourceType, EGRESS_RULE_SUFFIX);
    if (formerRule && this.rules.length > 0) this.takenOver.move(formerRule, instanceIn(this.rules, ipv6AddressId), true);
  }

  /**
   * Moves the egress-only rule of an address from another name in the state, such as the name of a hand-written rule.
   *
   * Throws without `egressOnly: true`, if `id` is not the Terraform address of a rule, and if `ipv6AddressId` is provably not in the set.
   *
   * @param ipv6AddressId  the id of the address
   * @param id             the Terraform address that the state has, such as `alicloud_vpc_ipv6_egress_rule.web`
   */
  public moveEgressOnlyRuleFromId(ipv6AddressId: string, id: string): void {
    this.validateAddress(ipv6AddressId, 'moveEgressOnlyRuleFromId').stateAddress('id', id, VpcIpv6EgressRule.tfResourceType, 'web', true);
    this.takenOver.move(id, instanceIn(this.rules, ipv6AddressId));
  }

  /**
   * Moves the bandwidths of a set, and their egress-only rules, from a former name of the set.
   *
   * Throws if `id` is not the Terraform address of a bandwidth.
   *
   * @param id  the former Terraform address of the set's resource, such as `alicloud_vpc_ipv6_internet_bandwidth.Fleet_0A1B2C3D`; for a set with
   *            partitions, without the partition number
   */
  public moveFromId(id: string): void {
    new PropsValidator(this).stateAddress('id', id, VpcIpv6InternetBandwidth.tfResourceType, 'Fleet_0A1B2C3D', false);
    for (const [i, block] of this.blocks.entries()) {
      const from = this.blocks.length === 1 ? id : `${id}_${i}`;
      this.takenOver.move(from, () => block.address);
      if (this.rules.length === 0) continue;
      this.takenOver.move(formerCompanion(from, VpcIpv6EgressRule.tfResourceType, EGRESS_RULE_SUFFIX)!, () => this.rules[i].address, true);
    }
  }

  /**
   * Imports the bandwidth of an address. The bandwidth must be in no Terraform state. `alicloud-ipv6 import` finds the ids.
   *
   * While the call is in the program, the library refuses a plan that would replace the bandwidth. Remove the call after the apply. It requires
   * Terraform 1.5.
   *
   * Throws if an id is not valid, and if the address is provably not in the set.
   *
   * @param ipv6AddressId        the id of the address
   * @param internetBandwidthId  the id of its bandwidth (`ipv6bw-…`)
   */
  public importAddressFrom(ipv6AddressId: string, internetBandwidthId: string): void {
    this.validateAddress(ipv6AddressId).literalId('internetBandwidthId', internetBandwidthId, 'Internet bandwidth');
    this.takenOver.import(internetBandwidthId, instanceIn(this.blocks, ipv6AddressId));
  }

  /**
   * Imports the egress-only rule of an address. The rule must be in no Terraform state. `alicloud-ipv6 import` finds the ids.
   *
   * Throws without `egressOnly: true`, if an id is not valid, and if the address is provably not in the set.
   *
   * @param ipv6AddressId  the id of the address
   * @param id             the id of its gateway and that of its rule: `ipv6gw-…:ipv6py-…`
   */
  public importEgressOnlyRuleFrom(ipv6AddressId: string, id: string): void {
    this.validateAddress(ipv6AddressId, 'importEgressOnlyRuleFrom').ruleImportId('id', id);
    this.takenOver.import(id, instanceIn(this.rules, ipv6AddressId));
  }

  /** Validates an address that is moved or imported, and remembers it for the check that the set has it. */
  private validateAddress(ipv6AddressId: string, ofRule?: string): PropsValidator {
    const validate = new PropsValidator(this);
    validate.literalId('ipv6AddressId', ipv6AddressId, 'IPv6 address');
    const { _source: source } = this.ipv6Addresses;
    if (source.foundBy === 'ids' && source.count !== undefined && !source.literals.includes(ipv6AddressId)) {
      throw new ConstructError(this, {
        problem: 'the address must be in the set, because a plan would destroy the bandwidth of any other',
        actual: ipv6AddressId,
        remediation: 'add it to the set, or remove the call',
      });
    }
    if (ofRule !== undefined && this.rules.length === 0) {
      throw new ConstructError(this, { problem: `${ofRule} requires a set with egress-only rules`, actual: ipv6AddressId, remediation: 'write egressOnly: true' });
    }
    this.movedIds.add(ipv6AddressId);
    return validate;
  }

  /** Returns lists of messages: what is wrong with the set itself. */
  private problems({ refusals, ids }: AddressSetInStack): Expression[] {
    const problem = template`the address ${hcl`id`} is moved or imported here, and is not in the set: add it to the set, or remove the call`;
    const notInSet = this.movedIds.size === 0 ? [] : [hcl`[for id in ${[...this.movedIds]} : ${problem} if !contains(${ids}, id)]`];
    return [...refusals, ...notInSet];
  }

  /** Returns the `for_each` of each resource: the gateways by the ids of the addresses. */
  private partitioned({ gatewayIdById, ids }: AddressSetInStack, partitions: number): Expression[] {
    const { path } = this.node;
    if (partitions === 1) return [mustBeKnown([path], gatewayIdById)];
    const byPartition = findOrCreateLocal(this, 'by-partition', () => idsByPartition(ids, partitions));
    return Array.from({ length: partitions }, (_, i) => mustBeKnown(
      [path], findOrCreateLocal(this, `partition-${i}`, () => hcl`{ for id in try(${byPartition}[${String(i)}], []) : id => ${gatewayIdById}[id] }`),
    ));
  }

  /** Throws for addresses that are unknown before apply, because the keys of `for_each` must be known. */
  private refuseUnknownAtPlan(): void {
    const unknown = this.ipv6Addresses._source.unknownAtPlan(TerraformStack.of(this));
    if (!unknown) return;
    throw new ConstructError(this, {
      problem: `the addresses of a set must be known before apply, and ${unknown}`,
      actual: this.ipv6Addresses,
      remediation: 'use one Ipv6InternetBandwidth for each address, or create the set in a stack that is deployed after this one',
    });
  }

  private register(): void {
    const registry = ConstructRegistry.of(this);
    const second = (subject: string) => (first: IConstruct): Mistake => ({
      problem: `${subject} already has bandwidth from ${first.node.path}`,
      apiErrorCode: 'OperationFailed.InternetBandwidthAlreadyExisted',
      remediation: 'remove it from one of them',
    });
    const { _source: source } = this.ipv6Addresses;
    const own = source.key(TerraformStack.of(this));
    if (own !== undefined) registry.registerOnly('bandwidths of a set', { own }, this, second(`the set ${this.ipv6Addresses.node.path}`));
    const byInstance = source.foundBy !== 'ids';
    for (const id of new Set(source.literals)) {
      const keys = byInstance ? { own: `${id} *`, conflicting: [id], further: [id] } : { own: id };
      registry.registerOnly('bandwidth', keys, this, second(`${byInstance ? 'the address of ' : 'the address '}${id}`));
    }
  }
}

/** Returns the Terraform address of an address's instance, read at synthesis: logical ids may change until then. */
function instanceIn(blocks: readonly (InternetBandwidthBlock | EgressRuleBlock)[], ipv6AddressId: string): () => string {
  return () => `${blocks[partitionOf(ipv6AddressId, blocks.length)].address}["${ipv6AddressId}"]`;
}

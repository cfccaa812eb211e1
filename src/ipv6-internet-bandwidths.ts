import { Annotations, TerraformLocal, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { RULE_DESCRIPTION, RULE_NAME } from './api/provider-patterns';
import { addressExpectations } from './guards/address-problems';
import { addressesWithoutInstance, allProblems, movedAddressesOutside, problemsOfSet, setHasNoProblem } from './guards/address-set-problems';
import { mustBeKnown } from './guards/known-at-plan';
import { LimitsOfRules } from './guards/limits-of-rules';
import { limitsOfTokens } from './guards/limits-of-tokens';
import { UniqueAddresses } from './guards/unique-addresses';
import { Ipv6Addresses } from './ipv6-addresses';
import { IIpv6Gateway } from './ipv6-gateway';
import {
  gatewayIdsAtPlan, givenGateway, INBOUND_OPEN, Ipv6InternetBandwidthOptions, refuseGatewayOfApp, validateBandwidthOptions,
} from './ipv6-internet-bandwidth-options';
import { AddressSetCheck } from './lifecycle/address-set-check';
import { adoptBandwidths, adoptEgressOnlyRules } from './lifecycle/bandwidth-adoption';
import { Holders } from './lifecycle/holders';
import { blockOf, BLOCKS, EgressRuleBlock, idsByBlock, InternetBandwidthBlock } from './lifecycle/internet-bandwidth-blocks';
import { MovedBlocks } from './lifecycle/moves';
import { AddressSetInStack, sourceKey } from './lookups/address-set';
import { LookupContext, lookupContextOf } from './lookups/lookup-context';
import { VpcIpv6EgressRule } from './provider-alicloud/vpc-ipv6-egress-rule';
import { VpcIpv6InternetBandwidth } from './provider-alicloud/vpc-ipv6-internet-bandwidth';
import { Expression, hcl } from './terraform/hcl';
import { findOrCreate, findOrCreateLazyLocal, findOrCreateLocal, partOfExpression } from './terraform/locals';
import { isExpression } from './terraform/tokens';
import { ConstructError } from './validation/construct-error';
import { ConstructRegistry } from './validation/construct-registry';
import { PropsValidator } from './validation/props-validator';
import { ProviderBlocks } from './validation/provider-blocks';

/**
 * Properties of `Ipv6InternetBandwidths`.
 */
export interface Ipv6InternetBandwidthsProps extends Ipv6InternetBandwidthOptions {
  /**
   * The addresses. An address that comes to the set, or leaves it, changes no other.
   */
  readonly ipv6Addresses: Ipv6Addresses;
}

/**
 * Public Internet bandwidth for each address of a set that the plan knows: the same Mbit/s, charge type and direction for all.
 *
 * Each address is an instance of a Terraform resource, by its id: `alicloud_vpc_ipv6_internet_bandwidth.<name>_<number>["ipv6-…"]`.
 * (The addresses are spread over 64 resources by the hash of their ids, because a plan of one resource with many instances
 * takes a time that grows with the square of their number.)
 *
 * Throws where a literal is not what the API takes (IllegalParam.Bandwidth, IllegalParam.InternetChargeType), where the plan
 * cannot know the addresses because the same stack creates what they come from, and where a literal id stands in two sets
 * (OperationFailed.InternetBandwidthAlreadyExisted). What only the plan can know, the plan checks, and names each address.
 *
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-allocateipv6internetbandwidth
 */
export class Ipv6InternetBandwidths extends Construct {
  /**
   * The addresses.
   */
  public readonly ipv6Addresses: Ipv6Addresses;

  /** @internal */
  public readonly _ipv6Gateway?: IIpv6Gateway;

  private readonly blocks: readonly InternetBandwidthBlock[];
  private readonly rules: readonly EgressRuleBlock[];
  private readonly moves: MovedBlocks;
  private readonly movedIds = new Set<string>();

  constructor(scope: Construct, id: string, props: Ipv6InternetBandwidthsProps) {
    super(scope, id);
    const validate = new PropsValidator(this);
    validate.object(props);
    validate.construct('ipv6Addresses', props.ipv6Addresses, 'ipv6AddressLiteralsByInstanceId', 'pass Ipv6Addresses: of instances, Ipv6Addresses.fromInstanceIds(scope, id, [\'i-…\'])');
    const chargeType = validateBandwidthOptions(this, props);
    validate.optionalString('egressOnlyRule.ipv6EgressOnlyRuleName', props.egressOnlyRule?.ipv6EgressOnlyRuleName, RULE_NAME);
    validate.optionalString('egressOnlyRule.description', props.egressOnlyRule?.description, RULE_DESCRIPTION);
    validate.optionalTimeouts('egressOnlyRule.timeouts', props.egressOnlyRule?.timeouts, 'create', 'delete');
    const { ipv6Addresses } = props;
    this.ipv6Addresses = ipv6Addresses;
    this._ipv6Gateway = props.ipv6Gateway;
    this.refuseUnknownAtPlan();
    this.register();

    const context = lookupContextOf(this, props.provider ?? ipv6Addresses._lookupProvider);
    const { stack, provider } = context;
    ProviderBlocks.checkOf(stack);
    const set = ipv6Addresses._inStack(context);
    const gateway = props.ipv6Gateway && givenGateway(this, context, props.ipv6Gateway, ipv6Addresses, set.lookup);
    if (!gateway) refuseGatewayOfApp(this, stack, ipv6Addresses.vpcId);
    const problems = [
      ...set.refusals,
      problemsOfSet(set.ids, set.lookup.problems(addressExpectations(gateway?.expected ?? { inferred: true }, props.supportedBindTypes))),
      ...props.egressOnly === true && set.lookup.isComplete ? [addressesWithoutInstance(set.ids, set.lookup.byId)] : [],
    ];
    const { path } = this.node;
    const allOfThem = findOrCreateLazyLocal(this, 'problems', () =>
      allProblems(this.movedIds.size === 0 ? problems : [...problems, movedAddressesOutside(set.ids, [...this.movedIds])]));
    const check = new AddressSetCheck(this, mustBeKnown([path], hcl`toset(length(${set.ids}) + length(${allOfThem}) == 0 ? [] : ["addresses"])`), [
      setHasNoProblem(path, allOfThem),
      ...limitsOfTokens(stack, path, props.bandwidth, chargeType),
    ]);

    const byBlock = findOrCreateLocal(this, 'ids-by-block', () => idsByBlock(set.ids));
    const gatewayOf = gateway ? hcl`""` : hcl`${set.lookup.gatewayIdById}[id]`;
    const ipv6GatewayId = gateway?.id ?? '${each.value}';
    const addresses = Array.from({ length: BLOCKS }, (_, i) =>
      findOrCreateLocal(this, `addresses-${i}`, () => hcl`{ for id in try(${byBlock}[${String(i)}], []) : id => ${gatewayOf} }`));
    this.blocks = addresses.map((map, i) => new InternetBandwidthBlock(this, String(i), {
      ipv6GatewayId, bandwidth: props.bandwidth, internetChargeType: chargeType, timeouts: props.timeouts, provider,
    }, map, check));
    if (isExpression(props.bandwidth) || isExpression(chargeType)) {
      const [mbps, type] = [partOfExpression(stack, props.bandwidth), partOfExpression(stack, chargeType)];
      for (const block of this.blocks) block.latePreconditions = () => LimitsOfRules.of(this).conditions(this, mbps, type);
    }
    this.rules = props.egressOnly !== true ? [] : addresses.map((map, i) => new EgressRuleBlock(this, `EgressOnlyRule${i}`, this.blocks[i], {
      instanceType: 'Ipv6Address',
      ipv6GatewayId,
      ipv6EgressRuleName: props.egressOnlyRule?.ipv6EgressOnlyRuleName,
      description: props.egressOnlyRule?.description,
      timeouts: props.egressOnlyRule?.timeouts,
      provider,
    }, map));
    this.moves = new MovedBlocks(this, 'Moves');
    UniqueAddresses.checkSet(this, set.ids);
    Holders.recordSet({
      element: check,
      path,
      ipv6AddressIds: set.ids,
      idsByKey: findOrCreateLocal(this, 'ids-by-key', () => idsByKey(set)),
      isAdopting: () => props.adoptExisting === true && !this.moves.hasMoves,
    });
    if (props.adoptExisting) this.adopt(context, set, addresses, gateway?.id);
    if (props.egressOnly === undefined) Annotations.of(this).addWarning(INBOUND_OPEN);
  }

  /**
   * The Terraform resources that hold the bandwidths, 64 of them, each for some of the addresses.
   */
  public get resources(): VpcIpv6InternetBandwidth[] {
    return [...this.blocks];
  }

  /**
   * The Terraform resources that hold the egress-only rules: as many, in the same order; none without `egressOnly: true`.
   */
  public get egressOnlyRuleResources(): VpcIpv6EgressRule[] {
    return [...this.rules];
  }

  /**
   * The ids of the bandwidths, known once they are bought, by the ids of the addresses.
   */
  public get internetBandwidthIds(): { [ipv6AddressId: string]: string } {
    const id = 'internet-bandwidth-ids';
    return findOrCreate(this, id, () => {
      const all = new Expression(`merge(${this.blocks.map(({ address }) => address).join(', ')})`);
      return new TerraformLocal(this, id, hcl`{ for id, b in ${all} : id => b.id }`.toArgument());
    }).asStringMap;
  }

  /**
   * Keeps the bandwidth of an address that the state has under another name, and its egress-only rule.
   *
   * Throws for what is no address of a bandwidth in the state, and for an id that is known not to be in the set; where the plan alone
   * knows that, the plan is refused: Terraform would move the bandwidth, and destroy it.
   *
   * @param ipv6AddressId  the id of the address
   * @param id             the Terraform address that the state has, such as `alicloud_vpc_ipv6_internet_bandwidth.Web_0A1B2C3D`
   */
  public moveAddressFromId(ipv6AddressId: string, id: string): void {
    const validate = new PropsValidator(this);
    validate.literalId('ipv6AddressId', ipv6AddressId, 'IPv6 address');
    validate.stateAddress('id', id, VpcIpv6InternetBandwidth.tfResourceType, 'Web_0A1B2C3D', true);
    const { _source: source } = this.ipv6Addresses;
    if (source.foundBy === 'ids' && source.count !== undefined && !source.literals.includes(ipv6AddressId)) {
      throw new ConstructError(this, {
        problem: 'the address is not in the set: a plan would move its bandwidth here, and destroy it',
        actual: ipv6AddressId,
        remediation: 'add it to the set, or take the move out',
      });
    }
    const block = this.blocks[blockOf(ipv6AddressId)];
    this.pauseAdoption(id);
    this.movedIds.add(ipv6AddressId);
    this.moves.add(id, () => `${block.address}["${ipv6AddressId}"]`);
  }

  /**
   * Keeps the bandwidths of a set that had another name, and their egress-only rules.
   *
   * Throws for what is no address of a bandwidth in the state.
   *
   * @param id  the Terraform address that the set's resources had, without the number behind it: `alicloud_vpc_ipv6_internet_bandwidth.Fleet_0A1B2C3D`
   */
  public moveFromId(id: string): void {
    new PropsValidator(this).stateAddress('id', id, VpcIpv6InternetBandwidth.tfResourceType, 'Fleet_0A1B2C3D', false);
    this.pauseAdoption(id);
    for (const [i, block] of this.blocks.entries()) this.moves.add(`${id}_${i}`, () => block.address);
  }

  /** Beside a move nothing is adopted: if the move names nothing, the import would take over what the same plan destroys. */
  private pauseAdoption(movedFrom: string): void {
    for (const block of [...this.blocks, ...this.rules]) block.movedFrom = movedFrom;
  }

  /** The keys of `for_each` must be known when the plan begins. */
  private refuseUnknownAtPlan(): void {
    const unknown = this.ipv6Addresses._source.unknownAtPlan(TerraformStack.of(this));
    if (!unknown) return;
    throw new ConstructError(this, {
      problem: `the plan must know the addresses of a set when it begins: ${unknown}`,
      actual: this.ipv6Addresses,
      remediation: 'give each of them an Ipv6InternetBandwidth of its own, or make the set in a stack that is deployed after this one',
    });
  }

  private register(): void {
    const registry = ConstructRegistry.of(this);
    const second = (first: Construct) => ({
      problem: `a second bandwidth for the address: the first is ${first.node.path}`,
      apiErrorCode: 'OperationFailed.InternetBandwidthAlreadyExisted' as const,
      remediation: 'an address has one bandwidth: take it out of one of them',
    });
    const { _source: source } = this.ipv6Addresses;
    const own = sourceKey(TerraformStack.of(this), source);
    if (own !== undefined) registry.registerOnly('bandwidths of a set', { own }, this, (first) => second(first as Construct));
    const byInstance = source.foundBy !== 'ids';
    for (const id of new Set(source.literals)) {
      const keys = byInstance ? { own: `${id} *`, conflicting: [id], further: [id] } : { own: id };
      registry.registerOnly('bandwidth', keys, this, (first) => second(first as Construct));
    }
  }

  private adopt(context: LookupContext, set: AddressSetInStack, addresses: readonly Expression[], gatewayId: string | undefined): void {
    adoptBandwidths(context, this.node.path, this.blocks, set.ids, addresses);
    const gatewayIds = gatewayIdsAtPlan(set.lookup, gatewayId ?? '');
    if (this.rules.length > 0 && gatewayIds) adoptEgressOnlyRules(context, this.rules, gatewayIds, addresses);
  }
}

/** The ids of the addresses by themselves, and by their instances where the lookup says them. */
function idsByKey({ ids, lookup }: AddressSetInStack): Expression {
  const own = hcl`{ for id in ${ids} : id => [id] }`;
  return lookup.isComplete ? hcl`merge(${own}, { for id in ${ids} : try(coalesce(${lookup.byId}[id].associated_instance_id), id) => id... })` : own;
}

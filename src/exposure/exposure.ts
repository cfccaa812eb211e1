import { TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { ExposedGateway, ExposedGateways } from './exposed-gateways';
import { statedSum, statedTypes } from '../guards/limits-of-rules';
import { Ipv6Addresses } from '../ipv6-addresses';
import { Ipv6EgressOnlyRule } from '../ipv6-egress-only-rule';
import { IIpv6Gateway, Ipv6Gateway } from '../ipv6-gateway';
import { Ipv6InternetBandwidth } from '../ipv6-internet-bandwidth';
import { Ipv6InternetBandwidths } from '../ipv6-internet-bandwidths';
import { EgressRuleBlock, InternetBandwidthBlock } from '../lifecycle/internet-bandwidth-blocks';
import { AddressSetFoundBy } from '../lookups/address-set';
import { AddressFoundBy, bandwidthAddressOf } from '../lookups/bandwidth-address';
import { isLookedUpGateway } from '../lookups/bandwidth-gateway';
import { VpcIpv6InternetBandwidth } from '../provider-alicloud/vpc-ipv6-internet-bandwidth';
import { stackOf } from '../terraform/stacks';
import { isExpression, ResolvedValue } from '../terraform/tokens';
import { isIgnored, objectsOf, WrittenApp, WrittenBlock, WrittenStack } from '../terraform/written-stack';

const BANDWIDTH = 'alicloud_vpc_ipv6_internet_bandwidth';
const EGRESS_RULE = 'alicloud_vpc_ipv6_egress_rule';
const GATEWAY = 'alicloud_vpc_ipv6_gateway';

/** How reports and messages describe a value that the synthesis cannot compare. */
export const KNOWN_TO_TERRAFORM_ONLY = 'known to Terraform only';

/** A number, unless only Terraform knows it. */
export interface Quantity {
  readonly value?: number;
  readonly text: string;
  /** The same for two that mean the same. */
  readonly key: string;
}

/** Mbit/s that a precondition adds up in each plan of a stack. */
export interface SumAtPlan {
  /** How often the precondition adds each of the quantities that only Terraform knows, by their keys. */
  readonly times: ReadonlyMap<string, number>;
  /** What it adds beside them. */
  readonly known: number;
  readonly max: number;
}

/** Internet bandwidth that a stack buys. */
export interface ExposedBandwidth {
  /** The construct that a finding names: the library's construct, else the one that writes the resource. */
  readonly construct: IConstruct;
  readonly path: string;
  /** The Terraform address of the block, where an override of the stack or a custom element writes it. */
  readonly block?: string;
  readonly stack: TerraformStack;
  readonly handWritten: boolean;
  /** Mbit/s for each address. */
  readonly mbps: Quantity;
  /** What the plan refuses to exceed, where only Terraform knows the Mbit/s. */
  readonly mbpsAtPlan?: number;
  /** How many addresses: one, but for a set, and for a hand-written resource with `count` or `for_each`. */
  readonly addresses: Quantity;
  /** The literal, unless only Terraform knows it. */
  readonly chargeType: { readonly literal?: string; readonly text: string; readonly key: string };
  /** The charge types beside which the plan refuses any, where only Terraform knows it. */
  readonly chargeTypesAtPlan?: readonly string[];
  readonly foundBy: AddressFoundBy | AddressSetFoundBy;
  /** The id that the address is found by: its own, or that of an instance or interface; of a set, all of them. */
  readonly address: string;
  readonly gateway?: ExposedGateway;
  readonly gatewayId: string;
  /** Why the Internet can open connections to the address; undefined where a rule closes it for certain. */
  readonly openBecause?: string;
  readonly adopted: boolean;
}

/** An egress-only rule that a stack creates. */
export interface ExposedEgressRule {
  readonly construct: IConstruct;
  readonly path: string;
  readonly stack: TerraformStack;
  readonly handWritten: boolean;
  readonly rules: Quantity;
  readonly address: string;
  readonly gateway?: ExposedGateway;
}

/** A module that a stack calls, or a file beside the synthesized one. */
export interface ExposedModule {
  readonly what: 'module' | 'file';
  readonly construct: IConstruct;
  readonly path: string;
  readonly block?: string;
}

/** The bandwidths, the rules and the modules of stacks. */
export interface Exposure {
  readonly bandwidths: ExposedBandwidth[];
  readonly egressRules: ExposedEgressRule[];
  /** Modules, whose resources the synthesis does not know. */
  readonly modules: ExposedModule[];
  /** The sums of bandwidths that the plan of each stack checks. */
  readonly sums: ReadonlyMap<TerraformStack, readonly SumAtPlan[]>;
}

/** What the Terraform of all stacks exposes, and what writes it. */
export interface AppExposure extends Exposure {
  /** Of each stack, the path of the construct that a finding names, by the Terraform address of a bandwidth, rule, gateway or module. */
  readonly constructPaths: ReadonlyMap<TerraformStack, ReadonlyMap<string, string>>;
}

/**
 * What the Terraform of an app exposes.
 *
 * The gateways are learned first, so that a bandwidth finds its own by an id or by a VPC.
 */
export function exposureOf(app: WrittenApp): AppExposure {
  const gateways = new ExposedGateways();
  const readers = app.stacks.map((stack) => new StackReader(app, stack));
  for (const reader of readers) reader.learnGateways(gateways);
  const exposures = readers.map((reader) => reader.exposure(gateways));
  return {
    bandwidths: exposures.flatMap(({ bandwidths }) => bandwidths),
    egressRules: exposures.flatMap(({ egressRules }) => egressRules),
    modules: exposures.flatMap(({ modules }) => modules),
    sums: new Map(readers.map((reader, index) => [reader.stack.stack, exposures[index].sums])),
    constructPaths: new Map(readers.map((reader) => [reader.stack.stack, reader.constructPaths])),
  };
}

/** The part of an exposure that a scope holds. */
export function partOf(exposure: Exposure, scope: IConstruct): Exposure {
  if (scope === scope.node.root) return exposure;
  const isIn = ({ construct }: { readonly construct: IConstruct }) => construct.node.scopes.includes(scope);
  const { bandwidths, egressRules, modules, sums } = exposure;
  return { bandwidths: bandwidths.filter(isIn), egressRules: egressRules.filter(isIn), modules: modules.filter(isIn), sums };
}

/** What the synthesis knows of a bandwidth's gateway: its id, its VPC, or neither. */
interface GatewayFacts {
  /** Its id as Terraform gets it. */
  readonly written: ResolvedValue;
  readonly id?: ResolvedValue;
  readonly vpcId?: ResolvedValue;
  readonly construct?: IConstruct;
}

/** What an egress-only rule says of its gateway: the id as written, and the gateway that the synthesis knows by it. */
interface Closing {
  readonly gatewayId: string;
  readonly gateway: string;
}

/** The egress-only rules of a stack, by what they close. */
type Closings = ReadonlyMap<string, Closing[]>;

/** Reads the bandwidths, rules and gateways of one stack. */
class StackReader {
  private readonly gateways: WrittenBlock[];
  private readonly egressRules: WrittenBlock[];
  private readonly bandwidths: { block: WrittenBlock; gateway: GatewayFacts }[];
  private readonly paths = new Map<IConstruct, string>();
  /** What `placeOf` was asked for. */
  readonly constructPaths = new Map<string, string>();

  constructor(private readonly app: WrittenApp, readonly stack: WrittenStack) {
    const blocks = (type: string) => stack.blocks('resource', (other) => other === type);
    this.gateways = blocks(GATEWAY);
    this.egressRules = blocks(EGRESS_RULE);
    // Many bandwidths go through one gateway, whose facts are read once.
    const known = new Map<IConstruct, GatewayFacts>();
    this.bandwidths = blocks(BANDWIDTH).map((block) => ({ block, gateway: this.gatewayFacts(block, known) }));
  }

  learnGateways(gateways: ExposedGateways): void {
    for (const block of this.gateways) {
      const { arguments: args } = block;
      const place = this.placeOf(block, makerOf(block.construct, Ipv6Gateway)).construct;
      for (const name of ['id', 'ipv6_gateway_id']) {
        gateways.learn({ id: this.attribute(block, name), vpcId: this.resolve(args.vpc_id), construct: place, owned: true });
      }
    }
    for (const { id, vpcId, construct } of new Set(this.bandwidths.map(({ gateway }) => gateway))) {
      if (id) gateways.learn({ id, vpcId, construct, owned: false });
    }
  }

  exposure(gateways: ExposedGateways): Omit<Exposure, 'sums'> & { readonly sums: readonly SumAtPlan[] } {
    // A rule in another stack comes and goes at another time: it closes nothing for certain.
    const closings = this.closings(gateways);
    const ofFacts = new Map<GatewayFacts, ExposedGateway | undefined>();
    const ofBandwidths = new Map<string, ExposedGateway | undefined>();
    const ofSets = new Map<IConstruct, ExposedGateway | undefined>();
    const bandwidths = asSets(this.bandwidths.map(({ block, gateway: facts }) => {
      if (!ofFacts.has(facts)) ofFacts.set(facts, facts.id ? gateways.byId(facts.id) : facts.vpcId && gateways.byVpc(facts.vpcId));
      const gateway = isIgnored(block.arguments, 'ipv6_gateway_id') ? undefined : ofFacts.get(facts);
      const { scope: maker } = block.construct.node;
      if (maker instanceof Ipv6InternetBandwidths) ofSets.set(maker, gateway);
      if (this.egressRules.length > 0) ofBandwidths.set(this.attribute(block, 'ipv6_gateway_id').key, gateway);
      return this.bandwidth(block, gateway, facts.written, closings);
    }));
    const rulesOfSets = new Set<IConstruct>();
    const egressRules = this.egressRules.map((block): ExposedEgressRule => {
      const gatewayId = this.resolve(block.arguments.ipv6_gateway_id);
      const set = block.construct instanceof EgressRuleBlock ? block.construct.node.scope as Ipv6InternetBandwidths : undefined;
      const isCounted = set !== undefined && rulesOfSets.has(set);
      if (set) rulesOfSets.add(set);
      return {
        ...this.placeOf(block, set ?? makerOf(block.construct, Ipv6EgressOnlyRule)),
        rules: isCounted ? NONE : set ? countOfSet(set.ipv6Addresses) : this.multiplicity(block),
        address: this.resolve(block.arguments.instance_id).text,
        gateway: set ? ofSets.get(set) : ofBandwidths.has(gatewayId.key) ? ofBandwidths.get(gatewayId.key) : gateways.byId(gatewayId),
      };
    });
    return {
      bandwidths: bandwidths.filter(({ addresses }) => addresses.value !== 0),
      egressRules: egressRules.filter(({ rules }) => rules.value !== 0),
      modules: [
        ...this.stack.modules().map((block): ExposedModule => ({ what: 'module', ...this.placeOf(block) })),
        ...this.stack.otherFiles.map((file): ExposedModule =>
          ({ what: 'file', construct: this.stack.stack, path: `${this.stack.path} (${file})`, block: file })),
      ],
      sums: bandwidths.some(({ mbps }) => mbps.value === undefined) ? this.sumsAtPlan() : [],
    };
  }

  private bandwidth(
    block: WrittenBlock, gateway: ExposedGateway | undefined, gatewayId: ResolvedValue, closings: Closings,
  ): ExposedBandwidth {
    const { arguments: args } = block;
    const own = bandwidthMakerOf(block.construct);
    const addressId = this.resolve(args.ipv6_address_id);
    // The provider's own default is the API's.
    const chargeType = isIgnored(args, 'internet_charge_type') ? OF_THE_STATE : this.resolve(args.internet_charge_type ?? 'PayByBandwidth');
    const place = this.placeOf(block, own?.construct);
    const { foundBy, address } = this.addressOf(args, own, addressId);
    const mbps = isIgnored(args, 'bandwidth') ? OF_THE_STATE : this.quantity(args.bandwidth);
    // Each property is written out: spreading other objects took most of the time of a large report.
    return {
      construct: place.construct,
      path: place.path,
      block: place.block,
      stack: place.stack,
      handWritten: place.handWritten,
      mbps,
      mbpsAtPlan: mbps.value === undefined ? this.mbpsAtPlan(args, mbps.key) : undefined,
      addresses: own?.addresses instanceof Ipv6Addresses && isOfSet(block) ? countOfSet(own.addresses) : this.multiplicity(block),
      chargeType: { text: chargeType.text, key: chargeType.key, literal: chargeType.literal === undefined ? undefined : chargeType.text },
      chargeTypesAtPlan: chargeType.literal === undefined ? this.chargeTypesAtPlan(args, chargeType.key) : undefined,
      foundBy,
      address,
      gateway,
      gatewayId: gatewayId.text,
      openBecause: this.openBecause(block, addressId, gatewayId, gateway, closings),
      adopted: block.imported,
    };
  }

  private placeOf({ construct, address }: Pick<WrittenBlock, 'construct' | 'address'>, own?: IConstruct) {
    const { stack } = this.stack;
    const place = own ?? construct;
    const block = construct === stack ? address : undefined;
    const constructPath = block ? this.stack.path : this.pathOf(place);
    this.constructPaths.set(address, constructPath);
    const path = block ? `${constructPath} (${block})` : constructPath;
    return { construct: place, path, block, stack, handWritten: own === undefined };
  }

  private addressOf(
    args: WrittenBlock['arguments'], own: BandwidthMaker | undefined, id: ResolvedValue,
  ): Pick<ExposedBandwidth, 'foundBy' | 'address'> {
    if (!own || !this.isInput(args.ipv6_address_id, own.resource.ipv6AddressIdInput)) return { foundBy: 'as given', address: id.text };
    const { addresses, foundBy, ids } = own;
    return { foundBy, address: ids.length === 0 ? id.text : ids.map((value) => this.resolveAt(addresses, value).text).join(', ') };
  }

  private gatewayFacts(block: WrittenBlock, known: Map<IConstruct, GatewayFacts>): GatewayFacts {
    const { arguments: args } = block;
    const maker = bandwidthMakerOf(block.construct);
    const own = maker && this.isInput(args.ipv6_gateway_id, maker.resource.ipv6GatewayIdInput) ? maker : undefined;
    const ipv6Gateway = own?.ipv6Gateway;
    const ofGateway = ipv6Gateway && known.get(ipv6Gateway);
    if (ofGateway) return ofGateway;
    const written = this.resolve(args.ipv6_gateway_id);
    if (!own) return { written, id: written };

    const inVpc = ipv6Gateway?.vpcId === undefined ? own.addresses : ipv6Gateway;
    const vpcId = inVpc.vpcId === undefined ? undefined : this.resolveAt(inVpc, inVpc.vpcId);
    const isLookedUp = ipv6Gateway ? isLookedUpGateway(ipv6Gateway) : !['as given', 'owned'].includes(own.foundBy);
    const facts = { written, id: isLookedUp ? undefined : written, vpcId, construct: ipv6Gateway };
    // Without a VPC of its own, a gateway is in that of the address.
    if (ipv6Gateway && inVpc === ipv6Gateway) known.set(ipv6Gateway, facts);
    return facts;
  }

  /** Whether an argument is what its construct was made with, and no override of it. */
  private isInput(written: unknown, input: unknown): boolean {
    return written === input || (isExpression(input) && this.resolve(written).key === this.app.resolveInput(this.stack, input).key);
  }

  /** Whether a rule is for an address: the provider knows no other type, but takes any string. */
  private isForAddress({ arguments: args }: WrittenBlock): boolean {
    return this.resolve(args.instance_type ?? 'Ipv6Address').literal === 'Ipv6Address';
  }

  /** What the rules of the stack close. */
  private closings(gateways: ExposedGateways): Closings {
    const closings = new Map<string, Closing[]>();
    for (const block of this.egressRules) {
      if (isIgnored(block.arguments, 'instance_id', 'instance_type', 'ipv6_gateway_id') || !this.isForAddress(block)) continue;
      const gatewayId = this.resolve(block.arguments.ipv6_gateway_id);
      const key = this.closedBy(block, this.repetition(block), this.resolve(block.arguments.instance_id));
      const others = closings.get(key);
      const closing = { gatewayId: gatewayId.key, gateway: gateways.byId(gatewayId).key };
      if (others) others.push(closing);
      else closings.set(key, [closing]);
    }
    return closings;
  }

  /** What a rule closes: an address, of a repeated rule each address of its set, as one provider block finds it. */
  private closedBy({ arguments: args }: WrittenBlock, repetition: string, addressId: ResolvedValue): string {
    return `${repetition}${String(args.provider ?? 'alicloud')} ${addressId.key}`;
  }

  /**
   * The `count` or `for_each` of a block, or OpenTofu's `enabled`: the same for two blocks of a stack that are repeated for the same set.
   */
  private repetition({ arguments: args }: WrittenBlock): string {
    const { count, for_each: forEach, lifecycle } = args;
    const enabled = lifecycle === undefined ? undefined : objectsOf(lifecycle).find((each) => each.enabled !== undefined)?.enabled;
    if (count === undefined && forEach === undefined && enabled === undefined) return '';
    return Object.entries({ count, for_each: forEach, enabled }).filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name} ${this.resolve(value).key} `).join('');
  }

  /**
   * Why an address is open, unless a rule of the stack closes it for certain: a rule of the same gateway and for the same id, a rule that
   * refers to the bandwidth, or one that is repeated for the same set and takes the same ids, or the bandwidth's, from each of its members.
   */
  private openBecause(
    block: WrittenBlock, addressId: ResolvedValue, gatewayId: ResolvedValue, gateway: ExposedGateway | undefined, closings: Closings,
  ): string | undefined {
    if (closings.size === 0) return 'no egress-only rule in its stack';
    const { count, for_each: forEach } = block.arguments;
    const repetition = this.repetition(block);
    const member = count !== undefined ? '[count.index]' : forEach !== undefined ? '[each.key]' : '';
    const attribute = (name: string) => this.resolve(`\${${block.address}${member}.${name}}`);
    const isOf = ({ gatewayId: ofRule, gateway: known }: Closing, gatewayIds: () => ResolvedValue[]) =>
      (known === gateway?.key && !isOfMember(ofRule)) || gatewayIds().some(({ key }) => key === ofRule);
    // Those of the library refer to the bandwidth.
    const ids = [attribute('ipv6_address_id'), ...isIgnored(block.arguments, 'ipv6_address_id') ? [] : [addressId]];
    const rules = ids.flatMap((id) => closings.get(this.closedBy(block, repetition, id)) ?? []);
    const rulesOfEach = forEach === undefined ? [] : closings.get(
      this.closedBy(block, `for_each ${this.resolve(`\${${block.address}}`).key} `, this.resolve('${each.value.ipv6_address_id}')),
    ) ?? [];
    if (rules.some((rule) => isOf(rule, () => [attribute('ipv6_gateway_id'), gatewayId]))
      || rulesOfEach.some((rule) => isOf(rule, () => [this.resolve('${each.value.ipv6_gateway_id}')]))) {
      return isImpure(addressId.key) || isImpure(repetition) ? 'its id is another each time that Terraform evaluates it' : undefined;
    }
    if (rules.length + rulesOfEach.length > 0) return 'its egress-only rule is not of its gateway for certain';
    return repetition === '' ? 'no egress-only rule is for its id for certain' : 'no egress-only rule is repeated for the same ids';
  }

  /** The lowest ceiling that a precondition of the block sets for its Mbit/s. */
  private mbpsAtPlan(args: WrittenBlock['arguments'], key: string): number | undefined {
    const ceilings = conditionsOf(args).map(statedSum)
      .filter((stated) => stated?.references.length === 1 && stated.constant === 0 && this.means(stated.references[0], key));
    return ceilings.length === 0 ? undefined : Math.min(...ceilings.map((stated) => stated!.max));
  }

  /** The charge types that all preconditions of the block allow. */
  private chargeTypesAtPlan(args: WrittenBlock['arguments'], key: string): readonly string[] | undefined {
    const stated = conditionsOf(args).map(statedTypes).filter((types) => types && this.means(types.reference, key)).map((types) => types!.allowed);
    return stated.length === 0 ? undefined : stated.reduce((types, others) => types.filter((type) => others.includes(type)));
  }

  private means(reference: string, key: string): boolean {
    return this.resolve(`\${${reference}}`).key === key;
  }

  /**
   * The sums that preconditions of the stack check. They count only where each plan knows them: a sum that waits for a resource is
   * checked when bandwidth has been bought.
   */
  private sumsAtPlan(): SumAtPlan[] {
    return this.stack.blocks('resource', (type) => type === 'terraform_data')
      .filter(({ arguments: args }) => args.count === undefined && args.for_each === undefined)
      .flatMap(({ arguments: args }) => conditionsOf(args).map(statedSum))
      .filter((stated) => stated !== undefined && stated.references.every((reference) => !this.stack.dependsOnCreated(`\${${reference}}`)))
      .map((stated): SumAtPlan => {
        const { references, constant, max } = stated!;
        const times = new Map<string, number>();
        let known = constant;
        for (const reference of references) {
          const { key, value } = this.quantity(`\${${reference}}`);
          if (value === undefined) times.set(key, (times.get(key) ?? 0) + 1);
          else known += value;
        }
        return { times, known, max };
      });
  }

  private quantity(value: unknown): Quantity {
    const { text, key, literal } = this.resolve(value);
    const number = literal === undefined || literal === '' || typeof literal === 'object' ? NaN : Number(literal);
    return Number.isFinite(number) ? { text, key, value: number } : { text, key };
  }

  private multiplicity({ arguments: args }: WrittenBlock): Quantity {
    if (args.count !== undefined) return this.quantity(args.count);
    if (args.for_each === undefined) return ONCE;
    const { text, key, literal } = this.resolve(args.for_each);
    return typeof literal === 'object' && literal !== null ? { text, key, value: Object.keys(literal).length } : { text, key };
  }

  /** An attribute of a resource, as another one of the stack refers to it. */
  private attribute({ type, name }: WrittenBlock, attributeName: string): ResolvedValue {
    return this.resolve(`\${${type}.${name}.${attributeName}}`);
  }

  private resolve(value: unknown): ResolvedValue {
    return this.app.resolve(this.stack, value);
  }

  /** A value of a construct: an expression reads as it does in the construct's own stack. */
  private resolveAt(construct: IConstruct, value: string): ResolvedValue {
    const stack = isExpression(value) ? stackOf(construct) : undefined;
    return this.app.resolveInput((stack && this.app.of(stack)) ?? this.stack, value);
  }

  /** The path of a construct. That of each scope is kept, because `node.path` is put together anew at each reading. */
  private pathOf({ node }: IConstruct): string {
    const { scope } = node;
    if (!scope) return node.path;
    let path = this.paths.get(scope);
    if (path === undefined) this.paths.set(scope, path = scope.node.path);
    return path === '' ? node.id : `${path}/${node.id}`;
  }
}

/** What a construct of this library says of a bandwidth that it makes: of one address, or of the addresses of a set. */
interface BandwidthMaker {
  readonly construct: IConstruct;
  readonly resource: VpcIpv6InternetBandwidth;
  readonly ipv6Gateway?: IIpv6Gateway;
  readonly addresses: IConstruct & { readonly vpcId?: string };
  readonly foundBy: ExposedBandwidth['foundBy'];
  /** What the addresses are found by; empty where that is the id of the address itself. */
  readonly ids: readonly string[];
}

function bandwidthMakerOf(construct: IConstruct): BandwidthMaker | undefined {
  const one = makerOf(construct, Ipv6InternetBandwidth);
  if (one) {
    const { resource, ipv6Address, _ipv6Gateway: ipv6Gateway } = one;
    const { _foundBy: foundBy, _instanceId: instanceId } = bandwidthAddressOf(ipv6Address);
    return { construct: one, resource, ipv6Gateway, addresses: ipv6Address, foundBy, ids: instanceId === undefined ? [] : [instanceId] };
  }
  const { scope: set } = construct.node;
  if (!(set instanceof Ipv6InternetBandwidths) || !(construct instanceof InternetBandwidthBlock)) return undefined;
  const { ipv6Addresses, _ipv6Gateway: ipv6Gateway } = set;
  const { foundBy, given } = ipv6Addresses._source;
  return { construct: set, resource: construct, ipv6Gateway, addresses: ipv6Addresses, foundBy, ids: [given].flat() };
}

/**
 * The bandwidths with those of a set as one. A set has many blocks, which are alike unless something overrides one of them; how many
 * addresses it has, the plan alone knows.
 */
function asSets(bandwidths: ExposedBandwidth[]): ExposedBandwidth[] {
  const sets = new Map<string, ExposedBandwidth>();
  return bandwidths.filter((bandwidth) => {
    if (!(bandwidth.construct instanceof Ipv6InternetBandwidths)) return true;
    const { path, mbps, mbpsAtPlan, addresses, chargeType, address, gatewayId, openBecause, adopted } = bandwidth;
    const key = JSON.stringify([path, mbps.key, mbpsAtPlan, addresses.key, chargeType.key, address, gatewayId, openBecause, adopted]);
    if (sets.has(key)) return false;
    sets.set(key, bandwidth);
    return true;
  });
}

/** Whether an expression is about a member of the set that its block is repeated for. */
function isOfMember(text: string): boolean {
  return /\b(each|count)\./.test(text);
}

/** Whether an expression has another value each time that it is evaluated. */
function isImpure(text: string): boolean {
  return /\b(uuid|timestamp|bcrypt)\s*\(/.test(text);
}

/** What stands in the state, because the plan ignores what is written. */
const OF_THE_STATE: Quantity & ResolvedValue = { text: 'what the state has', key: 'what the state has' };

const ONCE: Quantity = { text: '1', key: '1', value: 1 };
const NONE: Quantity = { text: '0', key: '0', value: 0 };

/** Whether a block of a set is for the addresses that the set made it for, and not for those of an override. */
function isOfSet({ construct, arguments: args }: WrittenBlock): boolean {
  return construct instanceof InternetBandwidthBlock && args.for_each === construct.addresses.toArgument();
}

/** How many addresses a set has. */
function countOfSet({ _source: { count }, node: { path } }: Ipv6Addresses): Quantity {
  return count === undefined ? { text: KNOWN_TO_TERRAFORM_ONLY, key: `set ${path}` } : { text: String(count), key: String(count), value: count };
}

/** The conditions of the preconditions of a block. */
function conditionsOf(args: WrittenBlock['arguments']): unknown[] {
  return objectsOf(args.lifecycle).flatMap(({ precondition }) => objectsOf(precondition)).map(({ condition }) => condition);
}

/** The construct of this library whose resource another construct is. */
function makerOf<T extends IConstruct & { readonly resource: IConstruct }>(
  construct: IConstruct, type: abstract new (...args: any[]) => T,
): T | undefined {
  const { scope } = construct.node;
  return scope instanceof type && scope.resource === construct ? scope : undefined;
}

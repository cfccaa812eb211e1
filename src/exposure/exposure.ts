import { TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { ExposedGateway, ExposedGateways } from './exposed-gateways';
import { Ipv6EgressOnlyRule } from '../ipv6-egress-only-rule';
import { Ipv6Gateway } from '../ipv6-gateway';
import { Ipv6InternetBandwidth } from '../ipv6-internet-bandwidth';
import { EgressRuleResource } from '../lifecycle/egress-rule-resource';
import { isAdopted } from '../lifecycle/import-block';
import { AddressFoundBy, bandwidthAddressOf } from '../lookups/bandwidth-address';
import { isLookedUpGateway } from '../lookups/bandwidth-gateway';
import { blocksOf, stackOf, stacksOf, TerraformBlock } from '../terraform/blocks';
import { isExpression, ResolvedValue, resolveValue } from '../terraform/tokens';

const BANDWIDTH = 'alicloud_vpc_ipv6_internet_bandwidth';
const EGRESS_RULE = 'alicloud_vpc_ipv6_egress_rule';
const GATEWAY = 'alicloud_vpc_ipv6_gateway';

/** A number, unless only Terraform knows it. */
export interface Quantity {
  readonly value?: number;
  readonly text: string;
}

/** Internet bandwidth that a stack buys. */
export interface ExposedBandwidth {
  /** The construct that a finding names: the library's construct, else the one that writes the resource. */
  readonly construct: IConstruct;
  readonly path: string;
  readonly stack: TerraformStack;
  readonly handWritten: boolean;
  /** Mbit/s for each address. */
  readonly mbps: Quantity;
  /** How many addresses: one, but for a hand-written resource with `count` or `for_each`. */
  readonly addresses: Quantity;
  /** The literal, unless only Terraform knows it. */
  readonly chargeType: { readonly literal?: string; readonly text: string };
  readonly foundBy: AddressFoundBy;
  /** The id that the address is found by: its own, or that of an instance or interface. */
  readonly address: string;
  readonly gateway?: ExposedGateway;
  readonly gatewayId: string;
  readonly egressOnly: boolean;
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

/** The bandwidths, the rules and the modules of stacks. */
export interface Exposure {
  readonly bandwidths: ExposedBandwidth[];
  readonly egressRules: ExposedEgressRule[];
  /** Modules, whose resources the synthesis does not know. */
  readonly modules: IConstruct[];
}

/**
 * Reads stacks as Terraform will: the library's constructs, resources of any bindings, and overrides of both.
 *
 * The gateways are learned first, so that a bandwidth finds its own by an id or by a VPC.
 */
export function exposureOf(stacks: readonly TerraformStack[], gateways = new ExposedGateways()): Exposure {
  const facts = stacks.map((stack) => new StackFacts(stack));
  for (const { ownGateways } of facts) ownGateways.forEach((block) => learnOwnGateway(block, gateways));
  for (const { bandwidths } of facts) {
    for (const { id, vpcId, construct } of new Set(bandwidths.map(({ gateway }) => gateway))) {
      if (id) gateways.learn({ id, vpcId, construct, owned: false });
    }
  }
  const exposures = facts.map((stackFacts) => stackFacts.exposure(gateways));
  return {
    bandwidths: exposures.flatMap(({ bandwidths }) => bandwidths),
    egressRules: exposures.flatMap(({ egressRules }) => egressRules),
    modules: facts.flatMap(({ modules }) => modules),
  };
}

/** What a scope exposes. The whole app is read: a gateway of another stack has its name there. */
export function exposureIn(scope: IConstruct): Exposure {
  const all = exposureOf(stacksOf(scope.node.root));
  if (scope === scope.node.root) return all;
  const isIn = ({ node }: IConstruct) => node.scopes.includes(scope);
  return {
    bandwidths: all.bandwidths.filter(({ construct }) => isIn(construct)),
    egressRules: all.egressRules.filter(({ construct }) => isIn(construct)),
    modules: all.modules.filter(isIn),
  };
}

/** What the blocks of one stack say, read once. */
class StackFacts {
  readonly ownGateways: TerraformBlock[] = [];
  readonly bandwidths: { block: TerraformBlock; gateway: GatewayFacts }[] = [];
  readonly modules: IConstruct[];
  private readonly egressRules: TerraformBlock[] = [];

  constructor(stack: TerraformStack) {
    const { blocks, modules } = blocksOf(stack, (type) => type === BANDWIDTH || type === EGRESS_RULE || type === GATEWAY);
    this.modules = modules;
    // Many bandwidths go through one gateway, and each reading of its id is a token of its own.
    const ofGateways = new Map<IConstruct, GatewayFacts>();
    for (const block of blocks) {
      if (block.kind === 'data') continue;
      if (block.type === GATEWAY) this.ownGateways.push(block);
      else if (block.type === EGRESS_RULE) this.egressRules.push(block);
      else this.bandwidths.push({ block, gateway: gatewayFacts(block, ofGateways) });
    }
  }

  exposure(gateways: ExposedGateways): Pick<Exposure, 'bandwidths' | 'egressRules'> {
    // A rule in another stack comes and goes at another time: it closes nothing for sure.
    const closed = new Set(this.egressRules.filter(closes).map((block) => ruleArgument(block, 'instance_id', 'ipv6_address_id').key));
    const paths = new Paths();
    const ofFacts = new Map<GatewayFacts, ExposedGateway | undefined>();
    const ofBandwidths = new Map<string, ExposedGateway | undefined>();
    const bandwidths = this.bandwidths.map(({ block, gateway: facts }) => {
      if (!ofFacts.has(facts)) ofFacts.set(facts, facts.id ? gateways.byId(facts.id) : facts.vpcId && gateways.byVpc(facts.vpcId));
      const gateway = ofFacts.get(facts);
      if (this.egressRules.length > 0) ofBandwidths.set(attribute(block, 'ipv6_gateway_id').key, gateway);
      return bandwidthOf(block, gateway, facts.written.text, closed, paths);
    });
    const egressRules = this.egressRules.map((block) => {
      const gatewayId = ruleArgument(block, 'ipv6_gateway_id', 'ipv6_gateway_id');
      return egressRuleOf(block, ofBandwidths.has(gatewayId.key) ? ofBandwidths.get(gatewayId.key) : gateways.byId(gatewayId), paths);
    });
    return {
      bandwidths: bandwidths.filter(({ addresses }) => addresses.value !== 0),
      egressRules: egressRules.filter(({ rules }) => rules.value !== 0),
    };
  }
}

function bandwidthOf(
  block: TerraformBlock, gateway: ExposedGateway | undefined, gatewayId: string, closed: Set<string>, paths: Paths,
): ExposedBandwidth {
  const { stack, arguments: args } = block;
  const own = ownBandwidth(block);
  const addressId = resolveValue(stack, args.ipv6_address_id);
  // The provider's own default is the API's.
  const chargeType = resolveValue(stack, args.internet_charge_type ?? 'PayByBandwidth');
  const place = placeOf(block, own, paths);
  const { foundBy, address } = addressOf(block, own, addressId);
  // Each property is written out: spreading other objects took most of the time of a large report.
  return {
    construct: place.construct,
    path: place.path,
    stack,
    handWritten: place.handWritten,
    mbps: quantity(stack, args.bandwidth),
    addresses: multiplicity(block),
    chargeType: { text: chargeType.text, literal: chargeType.literal === undefined ? undefined : chargeType.text },
    foundBy,
    address,
    gateway,
    gatewayId,
    egressOnly: closed.size > 0 && (closed.has(addressId.key) || closed.has(attribute(block, 'ipv6_address_id').key)),
    adopted: own ? isAdopted(own.resource) : block.imported,
  };
}

function egressRuleOf(block: TerraformBlock, gateway: ExposedGateway | undefined, paths: Paths): ExposedEgressRule {
  const { scope } = block.construct.node;
  return {
    ...placeOf(block, scope instanceof Ipv6EgressOnlyRule && scope.resource === block.construct ? scope : undefined, paths),
    rules: multiplicity(block),
    address: ruleArgument(block, 'instance_id', 'ipv6_address_id').text,
    gateway,
  };
}

/** An id that a rule has: a rule of this library has the bandwidth's, and need not resolve it. */
function ruleArgument({ construct, stack, arguments: args }: TerraformBlock, argument: 'instance_id' | 'ipv6_gateway_id', ofBandwidth: string): ResolvedValue {
  const { bandwidth, instanceIdInput, ipv6GatewayIdInput } = construct instanceof EgressRuleResource ? construct : {};
  const overridden = args[argument] !== (argument === 'instance_id' ? instanceIdInput : ipv6GatewayIdInput);
  if (!bandwidth || overridden) return resolveValue(stack, args[argument]);
  return attribute({ stack, type: bandwidth.terraformResourceType, name: bandwidth.friendlyUniqueId }, ofBandwidth);
}

/** The bandwidth of this library that writes a block. */
function ownBandwidth({ construct }: TerraformBlock): Ipv6InternetBandwidth | undefined {
  const { scope } = construct.node;
  return scope instanceof Ipv6InternetBandwidth && scope.resource === construct ? scope : undefined;
}

function placeOf({ construct, stack, type, name }: TerraformBlock, own: IConstruct | undefined, paths: Paths) {
  const place = own ?? construct;
  const path = construct === stack ? `${stack.node.path} (override of ${type}.${name})` : paths.of(place);
  return { construct: place, path, stack, handWritten: own === undefined };
}

function addressOf(
  { stack, arguments: args }: TerraformBlock, own: Ipv6InternetBandwidth | undefined, id: ResolvedValue,
): Pick<ExposedBandwidth, 'foundBy' | 'address'> {
  // An override takes another address than the construct's.
  if (!own || args.ipv6_address_id !== own.resource.ipv6AddressIdInput) return { foundBy: 'as given', address: id.text };
  const { ipv6Address } = own;
  const { _foundBy: foundBy, _instanceId: instanceId } = bandwidthAddressOf(ipv6Address);
  return { foundBy, address: instanceId === undefined ? id.text : resolveAt(ipv6Address, stack, instanceId).text };
}

/** A value of a construct: an expression reads as it does in the construct's own stack. */
function resolveAt(construct: IConstruct, otherwise: TerraformStack, value: string): ResolvedValue {
  return resolveValue(isExpression(value) ? stackOf(construct) ?? otherwise : otherwise, value);
}

/** An attribute of a resource, as another one of the stack refers to it. */
function attribute({ stack, type, name }: Pick<TerraformBlock, 'stack' | 'type' | 'name'>, attributeName: string): ResolvedValue {
  return resolveValue(stack, `\${${type}.${name}.${attributeName}}`);
}

function closes(block: TerraformBlock): boolean {
  const instanceType = resolveValue(block.stack, block.arguments.instance_type ?? 'Ipv6Address').literal;
  return instanceType === 'Ipv6Address' && (multiplicity(block).value ?? 0) > 0;
}

function learnOwnGateway(block: TerraformBlock, gateways: ExposedGateways): void {
  const { construct, stack, arguments: args } = block;
  const { scope } = construct.node;
  const place = scope instanceof Ipv6Gateway && scope.resource === construct ? scope : construct;
  for (const name of ['id', 'ipv6_gateway_id']) {
    gateways.learn({ id: attribute(block, name), vpcId: resolveValue(stack, args.vpc_id), construct: place, owned: true });
  }
}

/** What is known at synth of a bandwidth's gateway: its id, its VPC, or neither. */
interface GatewayFacts {
  /** Its id as Terraform gets it. */
  readonly written: ResolvedValue;
  readonly id?: ResolvedValue;
  readonly vpcId?: ResolvedValue;
  readonly construct?: IConstruct;
}

function gatewayFacts(block: TerraformBlock, ofGateways: Map<IConstruct, GatewayFacts>): GatewayFacts {
  const { stack, arguments: args } = block;
  const own = ownBandwidth(block);
  // An override takes another gateway than the construct's.
  const { ipv6Address, _ipv6Gateway: ipv6Gateway } = own && args.ipv6_gateway_id === own.resource.ipv6GatewayIdInput ? own : {};
  const known = ipv6Gateway && ofGateways.get(ipv6Gateway);
  if (known) return known;
  const written = resolveValue(stack, args.ipv6_gateway_id);
  if (!ipv6Address) return { written, id: written };

  const inVpc = ipv6Gateway?.vpcId === undefined ? ipv6Address : ipv6Gateway;
  const vpcId = inVpc.vpcId === undefined ? undefined : resolveAt(inVpc, stack, inVpc.vpcId);
  const isLookedUp = ipv6Gateway ? isLookedUpGateway(ipv6Gateway) : !['as given', 'owned'].includes(bandwidthAddressOf(ipv6Address)._foundBy);
  const facts = { written, id: isLookedUp ? undefined : written, vpcId, construct: ipv6Gateway };
  // Without a VPC of its own, a gateway is in that of the address.
  if (ipv6Gateway && inVpc === ipv6Gateway) ofGateways.set(ipv6Gateway, facts);
  return facts;
}

function quantity(stack: TerraformStack, value: unknown): Quantity {
  if (Number.isInteger(value) && !isExpression(value)) return { text: String(value), value: value as number };
  const { text, literal } = resolveValue(stack, value);
  const number = literal === undefined || literal === '' ? NaN : Number(literal);
  return Number.isFinite(number) ? { text, value: number } : { text };
}

function multiplicity({ stack, arguments: args }: TerraformBlock): Quantity {
  if (args.count !== undefined) return quantity(stack, args.count);
  if (args.for_each === undefined) return { text: '1', value: 1 };
  const { text, literal } = resolveValue(stack, args.for_each);
  return typeof literal === 'object' && literal !== null ? { text, value: Object.keys(literal).length } : { text };
}

/** The paths of constructs. That of each scope is kept, because `node.path` is put together anew at each reading. */
class Paths {
  private readonly ofScopes = new Map<IConstruct, string>();

  of({ node }: IConstruct): string {
    const { scope } = node;
    if (!scope) return node.path;
    let path = this.ofScopes.get(scope);
    if (path === undefined) this.ofScopes.set(scope, path = scope.node.path);
    return path === '' ? node.id : `${path}/${node.id}`;
  }
}

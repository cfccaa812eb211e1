import { TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { Ipv6EgressOnlyRule } from '../../ipv6-egress-only-rule';
import { IIpv6Gateway, Ipv6Gateway } from '../../ipv6-gateway';
import { Ipv6InternetBandwidth } from '../../ipv6-internet-bandwidth';
import { Ipv6InternetBandwidths } from '../../ipv6-internet-bandwidths';
import { EgressRuleBlock, InternetBandwidthBlock } from '../../resources/internet-bandwidth-blocks';
import { isIgnored, Json, objectsOf } from '../../terraform/json-syntax';
import { resolve } from '../../terraform/tokens';
import { WrittenBlock, WrittenStack } from '../../terraform/written-stack';
import { BandwidthFact, EgressOnlyRuleFact, ExposureFacts, GatewayFact, InboundVerdict, OpaqueFact, Place } from '../facts';
import { PUBLIC_TYPES, publicService } from '../public-services';
import { hasExpression } from '../reference';
import { BANDWIDTH, EGRESS_RULE, GATEWAY } from '../resource-types';
import { UNKNOWN } from '../unknown';
import { WrittenEgressRules } from '../written-egress-rules';

/** A bandwidth of a program, with the construct that writes it. */
export interface ProgramBandwidth extends BandwidthFact {
  readonly stack: TerraformStack;
  readonly construct: IConstruct;
  /** The arguments of its block. */
  readonly arguments: Json;
}

/** Everything that the stacks of a program say about exposure. */
export interface ProgramFacts extends ExposureFacts {
  readonly bandwidths: readonly ProgramBandwidth[];
  /** The path of the construct that a finding names, by stack and by Terraform address. */
  readonly constructs: ReadonlyMap<TerraformStack, ReadonlyMap<string, string>>;
}

/**
 * Returns the facts in stacks: literals, and values of the library's own constructs. It follows no local, token or other stack:
 * a value that is not literal is unknown.
 */
export function programFacts(stacks: readonly WrittenStack[]): ProgramFacts {
  const read = stacks.map((stack) => new StackFacts(stack));
  return {
    bandwidths: read.flatMap(({ bandwidths }) => bandwidths),
    egressOnlyRules: read.flatMap(({ egressOnlyRules }) => egressOnlyRules),
    gateways: read.flatMap(({ gateways }) => [...gateways.values()]),
    opaque: read.flatMap(({ opaque }) => opaque),
    constructs: new Map(read.map(({ written, constructs }) => [written.stack, constructs])),
  };
}

/** A construct of the library that writes bandwidth or egress-only rules for addresses. */
type Owner = Ipv6InternetBandwidth | Ipv6InternetBandwidths | Ipv6EgressOnlyRule | Ipv6Gateway;

class StackFacts {
  readonly bandwidths: ProgramBandwidth[];
  readonly egressOnlyRules: EgressOnlyRuleFact[];
  readonly gateways = new Map<string, GatewayFact>();
  readonly opaque: OpaqueFact[];
  readonly constructs = new Map<string, string>();

  private readonly path: string;
  private readonly rules: WrittenEgressRules;
  /** The names of gateways by the expressions that read their ids. */
  private readonly gatewayNames = new Map<string, string>();
  private readonly idsOfGateways = new Map<IConstruct, unknown>();
  private readonly blocksOfSets = new Map<string, Set<string>>();

  constructor(readonly written: WrittenStack) {
    this.path = written.stack.node.path;
    const blocks = (type: string) => written.blocks('resource', (other) => other === type);
    for (const block of blocks(GATEWAY)) this.learnGateway(block);
    const rules = blocks(EGRESS_RULE);
    this.rules = new WrittenEgressRules(rules, blocks('terraform_data'));
    this.bandwidths = blocks(BANDWIDTH).flatMap((block) => this.bandwidthsOf(block)).filter(({ addresses }) => addresses !== 0);
    this.egressOnlyRules = rules.map((block) => this.egressOnlyRuleOf(block)).filter((fact) => fact.rules !== 0);
    const opaque = (kind: OpaqueFact['kind'], found: (WrittenBlock | WrittenBlock<'module'>)[]) =>
      found.map((block): OpaqueFact => ({ ...this.placeOf(block.construct, block), kind }));
    this.opaque = [
      ...opaque('module', written.modules()),
      ...opaque('load balancer', written.blocks('resource', (type) => PUBLIC_TYPES.includes(type)).filter(isLoadBalancer)),
      ...written.otherFiles.map((name): OpaqueFact => ({ path: this.path, block: name, subject: `${this.path} (${name})`, kind: 'file' })),
    ];
  }

  private learnGateway(block: WrittenBlock): void {
    const place = this.placeOf(block.construct, block);
    this.gateways.set(place.subject, { ...place, gateway: place.subject });
    for (const attribute of ['id', 'ipv6_gateway_id']) this.gatewayNames.set(`\${${block.address}.${attribute}}`, place.subject);
  }

  private bandwidthsOf(block: WrittenBlock): ProgramBandwidth[] {
    const { address: blockAddress, arguments: args, construct } = block;
    const { stack } = this.written;
    const owner = ownerOf(construct);
    const gateway = this.gatewayOf(args, construct);
    if (gateway !== undefined) this.gatewayNames.set(`\${${blockAddress}.ipv6_gateway_id}`, gateway);
    const mbps = numberIn(isIgnored(args, 'bandwidth') ? undefined : args.bandwidth);
    const chargeType = literalOf(args, 'internet_charge_type');
    const { inbound, reason, remediation } = this.inboundOf(block, owner);
    const { path, block: blockOfPlace, subject } = this.placeOf(construct, block);
    const addresses = this.addressesOf(path, construct, args, () => JSON.stringify([mbps, chargeType, gateway, inbound]));
    // Each property is written out: spreading other objects took most of the time of a large app.
    return [{
      path,
      block: blockOfPlace,
      subject,
      stack,
      construct,
      arguments: args,
      address: literalOf(args, 'ipv6_address_id'),
      addresses,
      mbps,
      chargeType,
      gateway,
      inbound,
      reason,
      remediation,
      isHandWritten: owner === undefined,
    }];
  }

  private egressOnlyRuleOf(block: WrittenBlock): EgressOnlyRuleFact {
    const { arguments: args, construct } = block;
    const { path, block: blockOfPlace, subject } = this.placeOf(construct, block);
    return { path, block: blockOfPlace, subject, rules: this.addressesOf(path, construct, args, () => ''), gateway: this.gatewayOf(args, construct) };
  }

  /**
   * Returns the number of addresses of a block. The first of several equal blocks of a set counts all addresses, and the rest count none.
   * The number in a block with an override is unknown.
   */
  private addressesOf(path: string, construct: IConstruct, args: Json, kindOf: () => string): number | undefined {
    const isOfSet = (construct instanceof InternetBandwidthBlock || construct instanceof EgressRuleBlock)
      && args.for_each === construct.addresses.toArgument();
    if (!isOfSet) return numberOf(args);
    const key = `${construct.terraformResourceType} ${path}`;
    const kinds = this.blocksOfSets.get(key) ?? new Set();
    this.blocksOfSets.set(key, kinds);
    const kind = kindOf();
    if (kinds.has(kind)) return 0;
    return kinds.add(kind).size === 1 ? (construct.node.scope as Ipv6InternetBandwidths).ipv6Addresses._source.count : undefined;
  }

  private placeOf(construct: IConstruct, { address }: { readonly address: string }): Place {
    const isStack = construct === this.written.stack;
    const path = isStack ? this.path : (ownerOf(construct) ?? construct).node.path;
    this.constructs.set(address, path);
    return isStack ? { path, block: address, subject: `${path} (${address})` } : { path, subject: path };
  }

  /** Returns the name of a gateway: its literal id, or the path of the construct that creates it. */
  private gatewayOf(args: Json, construct: IConstruct): string | undefined {
    const { ipv6_gateway_id: id } = args;
    if (typeof id !== 'string' || isIgnored(args, 'ipv6_gateway_id')) return undefined;
    if (!hasExpression(id)) return id;
    const owner = ownerOf(construct);
    const gateway = owner && '_props' in owner ? owner._props.ipv6Gateway : undefined;
    if (!(gateway instanceof Ipv6Gateway) || !this.isWrittenAs(id, gateway, construct)) return this.gatewayNames.get(id);
    const { path } = gateway.node;
    this.gateways.set(path, { path, subject: path, gateway: path });
    return path;
  }

  /** Returns true if an expression is the id of the gateway that a construct was created with, and no override. */
  private isWrittenAs(id: string, gateway: IIpv6Gateway, construct: IConstruct): boolean {
    if (this.idsOfGateways.get(gateway) === id) return true; // To resolve a token for each bandwidth takes time.
    const { ipv6GatewayIdInput: input } = construct as InternetBandwidthBlock | EgressRuleBlock;
    if (resolve(this.written.stack, input) !== id) return false;
    this.idsOfGateways.set(gateway, id);
    return true;
  }

  private inboundOf(block: WrittenBlock, owner: Owner | undefined): InboundVerdict & Pick<BandwidthFact, 'remediation'> {
    const verdict = this.rules.verdictOn(block);
    if (verdict.inbound === 'closed') return verdict;
    if (!(owner instanceof Ipv6InternetBandwidth || owner instanceof Ipv6InternetBandwidths)) {
      return { ...verdict, remediation: 'write it as an Ipv6InternetBandwidth with egressOnly: true' };
    }
    const isToBeClosed = owner instanceof Ipv6InternetBandwidth ? owner.egressOnlyRule !== undefined : owner._props.egressOnly === true;
    if (isToBeClosed) return { ...verdict, remediation: 'remove the override of its egress-only rule' };
    const isOwned = owner instanceof Ipv6InternetBandwidth && owner._address.foundBy === 'owned';
    return {
      inbound: 'open',
      reason: owner._props.egressOnly === false ? 'egressOnly: false' : 'no egress-only rule',
      remediation: isOwned
        ? 'take the address of an instance, with egressOnly: true (an address that belongs to none can have no egress-only rule)'
        : 'write egressOnly: true',
    };
  }
}

/** Returns true for a load balancer that has, or may have, a public IPv6 address. */
export function isLoadBalancer({ type, arguments: args }: Pick<WrittenBlock, 'type' | 'arguments'>): boolean {
  return publicService(type, (argument) => isIgnored(args, argument) || hasExpression(args[argument]) ? UNKNOWN : args[argument])?.kind === 'load balancer';
}

/** Returns the construct of the library that a user wrote for a resource. */
function ownerOf(construct: IConstruct): Owner | undefined {
  const { scope } = construct.node;
  if (construct instanceof InternetBandwidthBlock || construct instanceof EgressRuleBlock) return scope as Ipv6InternetBandwidths;
  const isOwner = scope instanceof Ipv6InternetBandwidth || scope instanceof Ipv6EgressOnlyRule || scope instanceof Ipv6Gateway;
  return isOwner && scope.resource === construct ? scope : undefined;
}

/** Returns a literal string; undefined for an expression, an unset value, and one that `ignore_changes` leaves to the state. */
function literalOf(args: Json, argument: string): string | undefined {
  const { [argument]: value } = args;
  return typeof value === 'string' && !hasExpression(value) && !isIgnored(args, argument) ? value : undefined;
}

function numberIn(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Returns the number of instances of a block. */
function numberOf({ count, for_each: forEach, lifecycle }: Json): number | undefined {
  if (objectsOf(lifecycle).some(({ enabled }) => enabled !== undefined)) return undefined; // OpenTofu
  if (count !== undefined) return numberIn(count);
  if (forEach === undefined) return 1;
  return typeof forEach === 'object' && forEach !== null ? Object.keys(forEach).length : undefined;
}

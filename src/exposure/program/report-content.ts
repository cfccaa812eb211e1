import { IConstruct } from 'constructs';
import { acknowledgementsIn } from './acknowledgements';
import { ProgramBandwidth, ProgramFacts } from './program-facts';
import { sorted } from './sorted';
import { Ipv6InternetBandwidth } from '../../ipv6-internet-bandwidth';
import { Ipv6InternetBandwidths } from '../../ipv6-internet-bandwidths';
import { InternetBandwidthBlock } from '../../resources/internet-bandwidth-blocks';
import { addToGroup } from '../../terraform/groups';
import { isExpression, resolve } from '../../terraform/tokens';
import { isIn } from '../facts';
import { Acknowledgement } from '../findings';
import { AddressTotal, addressTotals } from '../totals';

/** A bandwidth as the report shows it. */
export interface ReportedBandwidth extends ProgramBandwidth {
  readonly addressText: string;
  readonly acknowledgements: readonly Acknowledgement[];
}

/** The content of a report: lists in the same order on every machine. */
export interface ReportContent {
  readonly bandwidths: readonly ReportedBandwidth[];
  readonly totalsByGateway: readonly AddressTotal[];
  readonly totalsByInbound: readonly AddressTotal[];
  readonly acknowledgements: readonly Acknowledgement[];
  /** Blocks and files that the synthesis cannot read. */
  readonly notRead: readonly string[];
}

export function reportContent({ bandwidths, opaque }: ProgramFacts, scope: IConstruct): ReportContent {
  const { path: scopePath } = scope.node;
  const inScope = bandwidths.filter(({ path }) => isIn(path, scopePath));
  const acknowledgements = sorted(acknowledgementsIn(scope), (each) => `${placeOf(each)} ${each.ruleId}`);
  const byPlace = new Map<string, Acknowledgement[]>();
  for (const each of acknowledgements) addToGroup(byPlace, placeOf(each), each);
  return {
    bandwidths: sorted(inScope, placeOf)
      .map((bandwidth) => ({ ...bandwidth, addressText: addressText(bandwidth), acknowledgements: byPlace.get(placeOf(bandwidth)) ?? [] })),
    totalsByGateway: addressTotals(inScope, ({ gateway = 'unknown' }) => gateway),
    totalsByInbound: addressTotals(inScope, ({ inbound }) => inbound),
    acknowledgements,
    notRead: opaque.filter(({ path }) => isIn(path, scopePath)).map(({ kind, subject }) => `${kind} ${subject}`).sort(),
  };
}

/** Returns an address as the program names it: its literal id, or the id that the library's construct finds it by. */
function addressText({ address, arguments: args, construct, stack }: ProgramBandwidth): string {
  if (address !== undefined) return address;
  const { scope } = construct.node;
  if (construct instanceof InternetBandwidthBlock) {
    if (args.for_each !== construct.addresses.toArgument()) return 'unknown'; // an override
    const { foundBy, given } = (scope as Ipv6InternetBandwidths).ipv6Addresses._source;
    const ids = [given].flat().map(idText).join(', ');
    return foundBy === 'ids' ? ids : `${foundBy} ${ids}`;
  }
  if (!(scope instanceof Ipv6InternetBandwidth) || scope.resource !== construct) return 'unknown';
  if (args.ipv6_address_id !== resolve(stack, scope.resource.ipv6AddressIdInput)) return 'unknown'; // an override
  const { foundBy, instanceId: id } = scope._address;
  if (foundBy === 'owned') return scope.ipv6Address.node.path;
  return id === undefined ? 'unknown' : `${foundBy} ${idText(id)}`;
}

function idText(id: string): string {
  return isExpression(id) ? 'unknown' : id;
}

function placeOf({ path, block = '' }: { readonly path: string; readonly block?: string }): string {
  return `${path} ${block}`;
}

import { Account, AccountAddress } from './account';
import { BANDWIDTH, EGRESS_RULE, ExposureRow, knownText, standingRow } from './exposure';
import { ResourceChange } from './plan';
import { SourceLocation } from './source-location';
import { ExposureFacts, GatewayFact, Place } from '../../src/exposure/facts';
import { Acknowledgement, AppliedRule, Finding, judge } from '../../src/exposure/findings';
import { Ports, portsBeyond, showOpenings } from '../../src/exposure/ports';

/** The addresses of an account in a plan or a state. */
export interface Code {
  readonly facts: ExposureFacts;
  readonly resources: readonly ResourceChange[];
  readonly constructPathOf: (resource: ResourceChange) => string | undefined;
  readonly lineOf: (address: string) => SourceLocation | undefined;
}

/** The addresses of an account next to the code that is known. */
export interface Audit {
  readonly rows: readonly ExposureRow[];
  readonly findings: readonly Finding[];
  readonly stale: readonly Acknowledgement[];
}

/** The word for an address that is in no known plan or state. */
export const NO_CODE = 'no code knows this';

/**
 * Judges an account.
 *
 * A rule that is limited to a construct applies to the addresses that known code puts below it, and to addresses that no code knows.
 *
 * @param codes the known plans and states; undefined for none, so that nothing is compared
 */
export function audit(
  account: Account, codes: readonly Code[] | undefined, rules: readonly AppliedRule[], acknowledgements: readonly Acknowledgement[],
): Audit {
  const known = new KnownCode(codes ?? []);
  const judged = account.addresses.map((address) => ({ address, code: known.of(address.id), differences: codes ? known.differences(address) : [] }));
  const factsOf = (those: typeof judged): ExposureFacts => ({
    bandwidths: those.map(({ address: { id, ...address }, code }) =>
      ({ ...code?.place ?? { path: id, subject: id }, ...address, address: id, addresses: 1 })),
    egressOnlyRules: [...account.rules].map(([gateway, count]) => ({ ...known.gateway(gateway), rules: count })),
    gateways: [...account.rules.keys()].map((gateway) => known.gateway(gateway)),
    opaque: [],
  });
  const everywhere = rules.filter(({ scope }) => scope === '');
  const limited = rules.filter(({ scope }) => scope !== '');
  const distinct = [...new Map(limited.map((each) => [JSON.stringify([each.rule.id, each.limit, each.severity]), { ...each, scope: '' }])).values()]
    .filter((each) => !everywhere.some((other) => other.rule === each.rule && JSON.stringify(other.limit) === JSON.stringify(each.limit)));
  const results = [
    judge(factsOf(judged), rules, acknowledgements),
    judge({ ...factsOf(judged.filter(({ code }) => !code)), egressOnlyRules: [] }, distinct, acknowledgements),
  ];
  const findings = results.flatMap((result) => result.findings);
  const used = new Set(findings.map(({ acknowledgement }) => acknowledgement));
  return {
    rows: judged.map(({ address, code, differences }) => rowOf(address, code, differences)),
    findings,
    stale: results[0].stale.filter((acknowledgement) => !used.has(acknowledgement)),
  };
}

/** One address in known code. */
interface Known {
  readonly place: Place;
  readonly ports?: Ports;
  readonly resource: string;
  readonly constructPath?: string;
}

class KnownCode {
  private readonly gateways = new Map<string, GatewayFact>();
  private readonly addresses = new Map<string, Known>();
  /** The resources of egress-only rules, by the id of the address. */
  private readonly rules = new Map<string, string>();

  constructor(codes: readonly Code[]) {
    for (const { facts, resources, constructPathOf } of codes) {
      for (const gateway of facts.gateways) this.gateways.set(gateway.gateway, gateway);
      const lasting = (type: string, argument: string) => resources.flatMap((resource) => {
        const id = resource.type === type && resource.lasts ? knownText(resource.planned(argument)) : undefined;
        return id === undefined ? [] : [{ id, resource }];
      });
      for (const { id, resource } of lasting(EGRESS_RULE, 'instance_id')) this.rules.set(id, resource.address);
      const factOf = new Map(facts.bandwidths.filter(({ isElsewhere }) => !isElsewhere).map((fact) => [fact.address, fact]));
      for (const { id, resource } of lasting(BANDWIDTH, 'ipv6_address_id')) {
        const fact = factOf.get(id);
        if (!fact) continue;
        const { path, block, subject, isInModule, ports } = fact;
        const place = { path, block, subject, isInModule };
        this.addresses.set(id, { place, ports, resource: resource.address, constructPath: constructPathOf(resource) });
      }
    }
  }

  gateway(id: string): GatewayFact {
    return this.gateways.get(id) ?? { path: id, subject: id, gateway: id };
  }

  of(id: string): Known | undefined {
    return this.addresses.get(id);
  }

  /** The parts of the account that are exposed more than the code states. */
  differences({ id, inbound, ports }: AccountAddress): string[] {
    const code = this.addresses.get(id);
    if (!code) return [NO_CODE];
    if (inbound === 'closed') return [];
    const rule = this.rules.get(id);
    if (rule !== undefined) return [`the code closes it with ${rule}, which is not in effect`];
    if (!ports || !code.ports || code.ports.unknown.length > 0) return [];
    const { openings } = portsBeyond(ports, code.ports);
    return openings.length === 0 ? [] : [`no code opens ${showOpenings(openings)}`];
  }
}

function rowOf({ id, ports, mbps, chargeType, ...verdict }: AccountAddress, code: Known | undefined, differences: readonly string[]): ExposureRow {
  return standingRow({
    address: id,
    verdict,
    ports,
    differences,
    notes: [],
    resources: code ? [code.resource] : [],
    constructPath: code?.constructPath,
    mbps,
    mbpsText: mbps === undefined ? 'unknown' : String(mbps),
    chargeTypeText: chargeType ?? 'unknown',
  });
}

import { bandwidthOf, BANDWIDTH, EGRESS_RULE, Exposure, factOf, knownText, loadBalancerRows, otherFacts, Places, standingRow } from './exposure';
import { InputError } from './input-error';
import { Json } from './json';
import { isState, jsonOf, Plan, ResourceChange, stateResources } from './plan';
import { SecurityGroups } from './security-groups';
import { InboundVerdict, PRIVATE } from '../../src/exposure/facts';
import { addToGroup } from '../../src/terraform/groups';

/** A state, as `terraform show -json` prints it. */
export class State {
  /** Returns a state from its JSON. Throws an InputError for a state file. */
  static of(json: Json): State {
    if ('lineage' in json) throw new InputError('is a state file: give what `terraform show -json` prints');
    return new State(json);
  }

  readonly resources: readonly ResourceChange[];

  private constructor(readonly json: Json) {
    this.resources = stateResources(json);
  }
}

/** Parses the output of `terraform show -json` for a plan or a state. Throws an InputError for other text. */
export function parsePlanOrState(text: string): Plan | State {
  const json = jsonOf(text);
  return isState(json) ? State.of(json) : Plan.of(json);
}

/** Returns the exposure of the addresses of a state, in which every id is known. */
export function stateExposure({ resources, json }: State, places: Places): Exposure {
  const groups = new SecurityGroups({ word: 'state', resources, read: json });
  const rules = new Map<string, ResourceChange[]>();
  for (const rule of resources.filter(({ type }) => type === EGRESS_RULE)) {
    const id = knownText(rule.before?.instance_id);
    if (id !== undefined && rule.before?.instance_type === 'Ipv6Address') addToGroup(rules, id, rule);
  }
  const judged = resources.filter(({ type }) => type === BANDWIDTH).map((change) => {
    const bandwidth = bandwidthOf(change, (name) => change.before![name]);
    const verdict = verdictOn(bandwidth, rules.get(bandwidth.id ?? '') ?? []);
    return { bandwidth, verdict, ports: verdict.inbound === 'closed' ? undefined : groups.portsOf(bandwidth) };
  });
  const everyArgument = () => () => true;
  return {
    rows: [...judged.map(({ bandwidth: { change, address, mbps, mbpsText, chargeTypeText }, verdict, ports }) => standingRow({
      address,
      verdict,
      ports,
      notes: change.isDeposed ? ['an object that an earlier replacement left behind'] : [],
      resources: [change.address],
      constructPath: places.placeOf(change).constructPath,
      mbps,
      mbpsText,
      chargeTypeText,
    })), ...loadBalancerRows(resources, places, everyArgument)],
    facts: {
      bandwidths: judged.map(({ bandwidth, verdict, ports }) => factOf(bandwidth, places, verdict.inbound, verdict.reason, ports)),
      ...otherFacts(resources, places, everyArgument),
    },
  };
}

function verdictOn(
  { mbps, gatewayId }: { readonly mbps?: number; readonly gatewayId?: string }, rules: readonly ResourceChange[],
): InboundVerdict {
  if (mbps === 0) return PRIVATE;
  const ofGateway = rules.filter((rule) => gatewayId !== undefined && knownText(rule.before?.ipv6_gateway_id) === gatewayId);
  if (ofGateway.some(({ isTainted, isDeposed }) => !isTainted && !isDeposed)) return { inbound: 'closed' };
  if (ofGateway.length > 0) return { inbound: 'unproven', reason: `${ofGateway[0].address} is tainted or left behind by a replacement` };
  return { inbound: 'open', reason: rules.length > 0 ? `${rules[0].address} is of another gateway` : 'no egress-only rule in this state matches this address' };
}

import { Action, DryRunAction, permissionOf } from './api-actions';
import { BANDWIDTH, EGRESS_RULE, GATEWAY } from './exposure';
import { Plan, ResourceChange, UNKNOWN } from './plan';
import { Refusal, refusalOf } from './refusals';
import type { Region, Regions } from './regions';
import type { Answer, VpcApi } from './vpc-api';
import { isWrite, Writes, WRITES } from './writes';

/** The result of one write of the plan. */
export interface Verdict {
  readonly resource: string;
  /** The call of the provider. */
  readonly action: string;
  readonly outcome: 'would pass' | 'refused' | 'cannot be asked' | 'could not ask';
  /** Reason of a missing answer. */
  readonly reason?: string;
  readonly refusal?: Refusal;
  /** The RAM action that the credentials lack. */
  readonly missingPermission?: string;
}

/** A question to the API, or why there is none. */
export type Question = { readonly change: ResourceChange; readonly action: string } & (
  | { readonly asked: DryRunAction; readonly region: string; readonly params: Readonly<Record<string, string>> }
  | { readonly reason: string }
  | { readonly refusal: Refusal }
);

/** Arguments of a provider block that use other credentials than the command. */
const OTHER_IDENTITY = ['access_key', 'secret_key', 'security_token', 'profile', 'shared_credentials_file', 'assume_role', 'assume_role_with_oidc', 'ecs_role_name', 'sign_version'];

/** Returns one question for each write of a plan, and the writes without a dry run. */
export function questionsOf(plan: Plan, regions: Regions): Question[] {
  const standing = new Standing(plan);
  return Object.entries(WRITES).flatMap(([type, writes]) => {
    const planned = new Map<unknown, ResourceChange>();
    return plan.changesOf(type).flatMap((change): Question[] => {
      if (change.isImported && !isWrite(change)) return [{ change, action: writes.create.action, reason: 'it exists, and is imported: nothing is created' }];
      if (!isWrite(change)) return [];
      const questions = change.actions.flatMap((action): Unplaced[] => action === 'create' ? [creation(plan, change, type, writes, standing, planned)]
        : action === 'delete' ? [deletion(change, type, writes, standing)]
          : action === 'update' ? updates(change, writes) : []);
      const left = change.deferred;
      if (left !== undefined) return questions.map(({ action }) => ({ change, action, reason: `the plan leaves it for a later one (${left})` }));
      return questions.map((question) => 'params' in question ? inRegion(question, regions.of(change)) : question);
    });
  });
}

type Params = Readonly<Record<string, string>>;
type Asked = Extract<Question, { readonly params: Params }>;
/** A question whose region is still to be told. */
type Unplaced = Exclude<Question, Asked> | Omit<Asked, 'region'>;

function asks(change: ResourceChange, asked: DryRunAction, params: Params): Unplaced {
  return { change, action: asked, asked, params };
}

function inRegion({ change, action, asked, params }: Omit<Asked, 'region'>, region: Region): Question {
  return 'reason' in region ? { change, action, reason: region.reason } : { change, action, asked, params, region: region.region };
}

function creation(
  plan: Plan, change: ResourceChange, type: string, { create }: Writes, standing: Standing, planned: Map<unknown, ResourceChange>,
): Unplaced {
  const question = { change, action: create.action };
  const value = change.planned(create.unique);
  if (typeof value === 'string' && value !== '') {
    const other = planned.get(value);
    if (type === BANDWIDTH && other) {
      const meaning = `the plan buys bandwidth for this address twice: the other is ${other.address}`;
      return { ...question, refusal: { ...refusalOf('OperationFailed.InternetBandwidthAlreadyExisted'), meaning } };
    }
    planned.set(value, change);
    if (standing.isDeletedFirst(type, create.unique, value, change)) return { ...question, reason: 'the old one still exists, and the API would refuse a second one' };
    if (type === EGRESS_RULE && standing.isBought(value)) return { ...question, reason: 'it needs the bandwidth, which the same apply buys' };
  }
  const params: Record<string, string> = {};
  const [required] = Object.keys(create.params);
  for (const [argument, param] of Object.entries(create.params)) {
    const given = change.planned(argument);
    // An argument that nobody wrote, and that the API fills in.
    if (given === UNKNOWN && argument !== required && !plan.argument(change, argument)) continue;
    if (given === UNKNOWN) return { ...question, reason: `its ${argument} is known after apply` };
    if (isSent(given)) params[param] = String(given);
  }
  return asks(change, create.action, params);
}

function updates(change: ResourceChange, { updates: possible }: Writes): Unplaced[] {
  return possible.flatMap((update): Unplaced[] => {
    const changed = Object.keys(update.params).filter((argument) => isChanged(change, argument));
    if (changed.length === 0) return [];
    const question = { change, action: update.name };
    if (update.action === undefined || update.id === undefined) return [{ ...question, reason: `it changes ${changed.join(', ')}, for which the API has no dry run` }];
    const id = idBefore(change);
    if (id === undefined) return [{ ...question, reason: 'the plan does not tell its id' }];
    const params: Record<string, string> = { [update.id]: id };
    for (const [argument, param] of Object.entries({ ...update.always, ...Object.fromEntries(changed.map((name) => [name, update.params[name]])) })) {
      const given = change.planned(argument);
      if (given === UNKNOWN) return [{ ...question, reason: `its ${argument} is known after apply` }];
      params[param] = isSent(given) ? String(given) : '';
    }
    return [asks(change, update.action, params)];
  });
}

function deletion(change: ResourceChange, type: string, writes: Writes, standing: Standing): Unplaced {
  const { action, id: param, params: others = {}, idOf = (of) => of } = writes.delete;
  const question = { change, action };
  const id = idBefore(change);
  if (id === undefined) return { ...question, reason: 'the plan does not tell its id' };
  const blocker = standing.mustGoFirst(type, id, change);
  if (blocker) return { ...question, reason: `${blocker.address} still exists, which the same apply deletes first` };
  const params: Record<string, string> = { [param]: idOf(id) };
  for (const [argument, name] of Object.entries(others)) {
    const value = change.before?.[argument];
    if (isSent(value)) params[name] = String(value);
  }
  return asks(change, action, params);
}

/** The differences between the resources that exist now and those that exist during the apply. */
class Standing {
  private readonly bought: ReadonlySet<unknown>;
  /** The deleted resources, by type and value of an argument. */
  private readonly deleted = new Map<string, ResourceChange>();

  constructor(plan: Plan) {
    this.bought = new Set(plan.changesOf(BANDWIDTH).filter((change) => change.is('create')).map((change) => change.planned('ipv6_address_id')));
    for (const [type, { create }] of Object.entries(WRITES)) {
      for (const change of plan.changesOf(type)) {
        if (!change.is('delete')) continue;
        for (const argument of new Set([create.unique, 'ipv6_gateway_id'])) {
          const value = change.before?.[argument];
          if (typeof value === 'string') this.deleted.set(keyOf(type, argument, value), change);
        }
      }
    }
  }

  isBought(addressId: string): boolean {
    return this.bought.has(addressId);
  }

  /** Returns true if the plan deletes the resource that blocks a new one. The API itself refuses a new one that is created first. */
  isDeletedFirst(type: string, argument: string, value: string, change: ResourceChange): boolean {
    const old = this.deleted.get(keyOf(type, argument, value));
    return old !== undefined && !(old === change && change.actions[0] === 'create');
  }

  /** Returns the resource that blocks a deletion, and that the same plan deletes. */
  mustGoFirst(type: string, id: string, change: ResourceChange): ResourceChange | undefined {
    switch (type) {
      case BANDWIDTH: return this.deleted.get(keyOf(EGRESS_RULE, 'instance_id', String(change.before?.ipv6_address_id)));
      case GATEWAY: return this.deleted.get(keyOf(EGRESS_RULE, 'ipv6_gateway_id', id)) ?? this.deleted.get(keyOf(BANDWIDTH, 'ipv6_gateway_id', id));
      case EGRESS_RULE: return undefined;
      default: return this.deleted.get(keyOf(BANDWIDTH, 'ipv6_address_id', id));
    }
  }
}

function keyOf(type: string, argument: string, value: string): string {
  return JSON.stringify([type, argument, value]);
}

function idBefore(change: ResourceChange): string | undefined {
  const id = change.before?.id;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** The provider leaves out what is empty. */
function isSent(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function isChanged(change: ResourceChange, argument: string): boolean {
  const planned = change.planned(argument);
  if (planned === UNKNOWN) return true;
  const [before, after] = [change.before?.[argument], planned].map((value) => isSent(value) ? JSON.stringify(value) : '{}');
  return before !== after;
}

/** Returns the provider blocks that use other credentials than the command. */
export function otherIdentities(plan: Plan): string[] {
  const blocks = new Map(Object.keys(WRITES).flatMap((type) => plan.changesOf(type).filter(isWrite).map((change) => {
    const { name, arguments: written } = plan.provider(change);
    return [name, OTHER_IDENTITY.filter((argument) => written.has(argument))] as const;
  })));
  return [...blocks].filter(([, written]) => written.length > 0).map(([name, written]) => `the provider block ${name} sets ${written.join(', ')}; the command asks with the credentials of its own environment`);
}

/** Questions without an answer in a row, after which no more are asked. */
const MOST_UNANSWERED = 5;

/** Asks the API, so many questions at a time. */
export async function preflight(
  api: VpcApi, questions: readonly Question[], parallel: number, onAnswer: (answered: number) => void,
): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  let [next, answered, unansweredInARow] = [0, 0, 0];
  const worker = async (): Promise<void> => {
    for (let index = next++; index < questions.length; index = next++) {
      const question = questions[index];
      // Without an answer, thousands of questions would be repeated for hours.
      verdicts[index] = 'params' in question && unansweredInARow >= MOST_UNANSWERED
        ? { resource: question.change.address, action: question.action, outcome: 'could not ask', reason: `not asked: ${MOST_UNANSWERED} before it had no answer` }
        : await verdictOf(api, question);
      if ('params' in question) unansweredInARow = verdicts[index].outcome === 'could not ask' && !verdicts[index].missingPermission ? unansweredInARow + 1 : 0;
      onAnswer(++answered);
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, questions.length) }, worker));
  return [...verdicts, ...await cdtVerdict(api, questions, verdicts)];
}

async function verdictOf(api: VpcApi, question: Question): Promise<Verdict> {
  const { change: { address: resource }, action } = question;
  if ('reason' in question) return { resource, action, outcome: 'cannot be asked', reason: question.reason };
  if ('refusal' in question) return { resource, action, outcome: 'refused', refusal: question.refusal };
  return { resource, action, ...outcomeOf(question.asked, await api.dryRun(question.asked, question.region, question.params)) };
}

function outcomeOf(action: Action, answer: Answer): Pick<Verdict, 'outcome' | 'reason' | 'refusal' | 'missingPermission'> {
  switch (answer.kind) {
    case 'passed': return { outcome: 'would pass' };
    case 'refused': return { outcome: 'refused', refusal: refusalOf(answer.code, answer.message) };
    case 'unanswered': return { outcome: 'could not ask', reason: answer.reason };
    case 'forbidden': {
      const missingPermission = permissionOf(action);
      return { outcome: 'could not ask', missingPermission, reason: `the credentials may not ask (${answer.code}): they need ${missingPermission}, for a dry run too` };
    }
  }
}

/**
 * Checks that Cloud Data Transfer is on, which PayByTraffic requires. It asks once, if the plan buys by traffic and no dry run answered.
 */
async function cdtVerdict(api: VpcApi, questions: readonly Question[], verdicts: readonly Verdict[]): Promise<Verdict[]> {
  const byTraffic = questions.flatMap(({ change, action }, i) => change.type === BANDWIDTH && change.is('create')
    && action === 'AllocateIpv6InternetBandwidth' && change.planned('internet_charge_type') === 'PayByTraffic' ? [verdicts[i]] : []);
  if (byTraffic.length === 0 || byTraffic.some(({ outcome }) => outcome !== 'cannot be asked')) return [];
  const question = { resource: 'PayByTraffic', action: 'GetCdtServiceStatus' };
  if (!api.hasCdt) return [{ ...question, outcome: 'cannot be asked', reason: '--endpoint leads to the VPC API: give --cdt-endpoint too' }];
  const reading = await api.read('GetCdtServiceStatus', '', {});
  if (reading.kind === 'read') {
    const { Enabled: isOn } = reading.body;
    if (isOn === true || isOn === 'true') return [{ ...question, outcome: 'would pass' }];
    if (isOn === false || isOn === 'false') return [{ ...question, outcome: 'refused', refusal: refusalOf('OperationFailed.OpenCdtServiceFirst') }];
    return [{ ...question, outcome: 'could not ask', reason: 'no answer that could be read' }];
  }
  if (reading.kind === 'unanswered') return [{ ...question, outcome: 'could not ask', reason: reading.reason }];
  // A dry run needs no such permission: without it, less is known, and nothing is wrong.
  const missing = permissionOf('GetCdtServiceStatus');
  return [{ ...question, outcome: 'cannot be asked', missingPermission: missing, reason: `the credentials may not ask (${reading.code}): they need ${missing}` }];
}

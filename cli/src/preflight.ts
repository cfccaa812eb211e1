import { ADDRESS, BANDWIDTH, EGRESS_RULE, GATEWAY } from './exposure';
import { Plan, ResourceChange, UNKNOWN } from './plan';
import { Refusal, refusalOf } from './refusals';
import type { Action, Answer, VpcApi } from './vpc-api';

/** What became of one resource that the plan creates. */
export interface Verdict {
  readonly resource: string;
  readonly action: Action;
  readonly outcome: 'would pass' | 'refused' | 'cannot be asked' | 'could not ask';
  /** Why it cannot be asked, or could not. */
  readonly reason?: string;
  readonly refusal?: Refusal;
  /** The RAM action that the credentials lack. */
  readonly missingPermission?: string;
}

/** A question to the API, or why there is none. */
type Question = { readonly change: ResourceChange; readonly action: Action } & (
  | { readonly region: string; readonly params: Readonly<Record<string, string>> }
  | { readonly reason: string }
  | { readonly refusal: Refusal }
);

/** How the provider asks the API to create a resource. */
interface Creation {
  readonly action: Action;
  /** The parameters, by argument: the first is required. */
  readonly params: Readonly<Record<string, string>>;
  /** The argument of which the API has one resource at a time. */
  readonly unique: string;
}

const CREATIONS: Readonly<Record<string, Creation>> = {
  [GATEWAY]: {
    action: 'CreateIpv6Gateway',
    params: { vpc_id: 'VpcId', ipv6_gateway_name: 'Name', description: 'Description', resource_group_id: 'ResourceGroupId' },
    unique: 'vpc_id',
  },
  [ADDRESS]: {
    action: 'AllocateIpv6Address',
    params: {
      vswitch_id: 'VSwitchId',
      ipv6_address: 'Ipv6Address',
      ipv6_address_name: 'Ipv6AddressName',
      ipv6_address_description: 'Ipv6AddressDescription',
      address_type: 'AddressType',
      resource_group_id: 'ResourceGroupId',
    },
    unique: 'ipv6_address',
  },
  [BANDWIDTH]: {
    action: 'AllocateIpv6InternetBandwidth',
    params: { ipv6_address_id: 'Ipv6AddressId', ipv6_gateway_id: 'Ipv6GatewayId', bandwidth: 'Bandwidth', internet_charge_type: 'InternetChargeType' },
    unique: 'ipv6_address_id',
  },
  [EGRESS_RULE]: {
    action: 'CreateIpv6EgressOnlyRule',
    params: { instance_id: 'InstanceId', ipv6_gateway_id: 'Ipv6GatewayId', instance_type: 'InstanceType', ipv6_egress_rule_name: 'Name', description: 'Description' },
    unique: 'instance_id',
  },
};

/** Arguments of a provider block by which it acts as somebody else than whoever runs the command. */
const OTHER_IDENTITY = ['access_key', 'secret_key', 'security_token', 'profile', 'shared_credentials_file', 'assume_role', 'assume_role_with_oidc', 'ecs_role_name', 'sign_version'];

/** What a plan asks the API for, and what cannot be asked. */
export function questionsOf(plan: Plan, fallbackRegion: string | undefined): Question[] {
  const boughtAnew = new Set(plan.changesOf(BANDWIDTH).filter((change) => change.is('create')).map((change) => change.planned('ipv6_address_id')));
  return Object.entries(CREATIONS).flatMap(([type, creation]) => {
    const changes = plan.changesOf(type);
    const taken = new Set(changes.filter((change) => change.is('delete')).map((change) => change.before?.[creation.unique]));
    const planned = new Map<unknown, ResourceChange>();
    return changes.flatMap((change): Question[] => {
      const question = { change, action: creation.action };
      if (change.isImported && !change.is('create')) return [{ ...question, reason: 'it exists, and is imported: nothing is created' }];
      if (!change.is('create')) return [];
      if (change.deferred !== undefined) return [{ ...question, reason: `the plan leaves it for a later one (${change.deferred})` }];
      const value = change.planned(creation.unique);
      if (typeof value === 'string') {
        const other = planned.get(value);
        if (type === BANDWIDTH && other) {
          const meaning = `the plan buys bandwidth for this address twice: the other is ${other.address}`;
          return [{ ...question, refusal: { ...refusalOf('OperationFailed.InternetBandwidthAlreadyExisted'), meaning } }];
        }
        planned.set(value, change);
        if (taken.has(value)) return [{ ...question, reason: 'what it replaces still stands, and the API would refuse a second one' }];
        if (type === EGRESS_RULE && boughtAnew.has(value)) return [{ ...question, reason: 'it needs the bandwidth, which the same apply buys' }];
      }
      const params: Record<string, string> = {};
      const [required] = Object.keys(creation.params);
      for (const [argument, param] of Object.entries(creation.params)) {
        const given = change.planned(argument);
        // An argument that nobody wrote, and that the API fills in.
        if (given === UNKNOWN && argument !== required && !plan.argument(change, argument)) continue;
        if (given === UNKNOWN) return [{ ...question, reason: `its ${argument} is known after apply` }];
        if (given !== undefined && given !== '') params[param] = String(given);
      }
      const region = regionOf(plan, change, fallbackRegion);
      return [{ ...question, ...region, ...('region' in region ? { params } : {}) } as Question];
    });
  });
}

/** The region of the provider block, if the plan tells it. */
function regionOf(plan: Plan, change: ResourceChange, fallback: string | undefined): { region: string } | { reason: string } {
  const { name, arguments: written, isOfRoot } = plan.provider(change);
  const region = written.get('region');
  const value = region?.isLiteral ? region.literal : region && isOfRoot ? plan.variableOf(region) : undefined;
  if (value === undefined && fallback !== undefined) return { region: fallback };
  if (typeof value === 'string' && isRegion(value)) return { region: value };
  return { reason: `the plan does not tell the region of the provider ${name}: give it with --region` };
}

/** It becomes a part of the name of the host that is asked. */
export function isRegion(text: string): boolean {
  return /^[a-z][a-z0-9-]*$/.test(text);
}

/** The provider blocks that act as somebody else: the API answers preflight for whoever runs it. */
export function otherIdentities(plan: Plan): string[] {
  const blocks = new Map(Object.keys(CREATIONS).flatMap((type) => plan.changesOf(type).filter((change) => change.is('create')).map((change) => {
    const { name, arguments: written } = plan.provider(change);
    return [name, OTHER_IDENTITY.filter((argument) => written.has(argument))] as const;
  })));
  return [...blocks].filter(([, written]) => written.length > 0).map(([name, written]) => `the provider block ${name} sets ${written.join(', ')}; preflight asks with the credentials of its own environment`);
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
      // Where nobody answers, thousands of questions would be repeated for hours.
      verdicts[index] = 'params' in question && unansweredInARow >= MOST_UNANSWERED
        ? { resource: question.change.address, action: question.action, outcome: 'could not ask', reason: `not asked: ${MOST_UNANSWERED} before it had no answer` }
        : await verdictOf(api, question);
      if ('params' in question) unansweredInARow = verdicts[index].outcome === 'could not ask' && !verdicts[index].missingPermission ? unansweredInARow + 1 : 0;
      onAnswer(++answered);
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, questions.length) }, worker));
  return verdicts;
}

async function verdictOf(api: VpcApi, question: Question): Promise<Verdict> {
  const { change: { address: resource }, action } = question;
  if ('reason' in question) return { resource, action, outcome: 'cannot be asked', reason: question.reason };
  if ('refusal' in question) return { resource, action, outcome: 'refused', refusal: question.refusal };
  return { resource, action, ...outcomeOf(action, await api.ask(action, question.region, question.params)) };
}

function outcomeOf(action: Action, answer: Answer): Pick<Verdict, 'outcome' | 'reason' | 'refusal' | 'missingPermission'> {
  switch (answer.kind) {
    case 'passed': return { outcome: 'would pass' };
    case 'refused': return { outcome: 'refused', refusal: refusalOf(answer.code, answer.message) };
    case 'unanswered': return { outcome: 'could not ask', reason: answer.reason };
    case 'forbidden': {
      const missingPermission = `vpc:${action}`;
      return { outcome: 'could not ask', missingPermission, reason: `the credentials may not ask (${answer.code}): they need ${missingPermission}, for a dry run too` };
    }
  }
}

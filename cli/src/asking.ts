import { Command, InvalidArgumentError } from 'commander';
import { endpointOf } from './endpoint';
import { InputError } from './input-error';
import { PlanInput, readPlan } from './plan-input';
import type { VpcApi } from './vpc-api';

/** The options of the verbs that ask the API. */
export interface AskingOptions {
  readonly region?: string;
  readonly endpoint?: string;
  readonly cdtEndpoint?: string;
  readonly ecsEndpoint?: string;
  readonly parallel: number;
  readonly timeout: number;
  readonly json?: boolean;
}

/** Milliseconds before the first repetition of a question. */
const FIRST_DELAY = 500;

/** Adds the options of a verb that asks the API. */
export function withAskingOptions(command: Command): Command {
  return command
    .option('--region <id>', 'region, where the plan does not prove that of a provider block')
    .option('--endpoint <host>', 'host of the VPC API, such as vpc-vpc.cn-hangzhou.aliyuncs.com in a private network')
    .option('--parallel <number>', 'questions at a time', wholeNumber, 5)
    .option('--timeout <seconds>', 'time that one answer may take', wholeNumber, 10)
    .option('--json', 'print JSON');
}

export const CREDENTIALS_HELP = '\nCredentials: those of the official SDKs (ALIBABA_CLOUD_ACCESS_KEY_ID, …, OIDC, profile, RAM role), else the provider\'s\n'
  + 'variables (ALICLOUD_ACCESS_KEY, ALICLOUD_SECRET_KEY, ALICLOUD_SECURITY_TOKEN). Proxy: HTTPS_PROXY and NO_PROXY.';

/**
 * The API that the options name.
 *
 * @param version of the command
 */
export function apiOf({ endpoint, cdtEndpoint, ecsEndpoint, timeout }: AskingOptions, version: string): VpcApi {
  if (process.env.NODE_DEBUG) throw new InputError('NODE_DEBUG makes Node.js print what signs a request: unset it');
  const endpoints = {
    endpoint: endpoint === undefined ? undefined : endpointOf(endpoint, '--endpoint'),
    cdtEndpoint: cdtEndpoint === undefined ? undefined : endpointOf(cdtEndpoint, '--cdt-endpoint'),
    ecsEndpoint: ecsEndpoint === undefined ? undefined : endpointOf(ecsEndpoint, '--ecs-endpoint'),
  };
  // The client is loaded by the verbs that ask.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { VpcApi: Api } = require('./vpc-api') as typeof import('./vpc-api');
  return new Api({ ...endpoints, timeout: timeout * 1000, firstDelay: FIRST_DELAY, version });
}

/**
 * Asks the API about plans, one after the other. All plans are read before the first question.
 *
 * @param prepare  returns the input of `ask`, and throws for a plan that the verb cannot use
 */
export async function askAboutPlans<Prepared, Result extends { readonly notes: readonly string[] }>(
  sources: readonly string[],
  options: AskingOptions,
  version: string,
  prepare: (input: PlanInput) => Prepared,
  ask: (api: VpcApi, prepared: Prepared) => Promise<Result>,
): Promise<Result[]> {
  const api = apiOf(options, version);
  const inputs: Prepared[] = [];
  for (const source of sources) inputs.push(prepare(await readPlan(source)));
  const results: Result[] = [];
  for (const input of inputs) results.push(await ask(api, input));
  await api.close();
  // A note on the credentials is printed once.
  return results.map((result, i) => i === 0 && api.note !== undefined ? { ...result, notes: [api.note, ...result.notes] } : result);
}

/** A bar on a terminal, nothing elsewhere. */
export function showProgress(answered: number, total: number): void {
  if (!process.stderr.isTTY) return;
  const filled = Math.round(answered / total * 30);
  process.stderr.write(`\r[${'#'.repeat(filled)}${' '.repeat(30 - filled)}] ${answered} of ${total}${answered === total ? '\r\u001b[K' : ''}`);
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > 1000) throw new InvalidArgumentError('Write a whole number from 1 to 1000.');
  return value;
}

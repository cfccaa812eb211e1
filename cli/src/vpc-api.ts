import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Action, DryRunAction, productOf, ReadOnlyAction } from './api-actions';
import { CredentialsFinder } from './credentials';
import { Endpoint } from './endpoint';
import { Question, Reply, Transport } from './transport';
import { API_ERRORS, ApiErrorCode } from '../../src/api/error-codes';

/** Reason of a missing answer of the API. */
export type NoAnswer =
  /** The credentials lack a permission. */
  | { readonly kind: 'forbidden'; readonly code: string }
  /** There was no answer to the question. */
  | { readonly kind: 'unanswered'; readonly reason: string };

export type Refused = { readonly kind: 'refused'; readonly code: string; readonly message: string };

/** The API's answer to a dry run. */
export type Answer = { readonly kind: 'passed' } | Refused | NoAnswer;

/** The API's answer to a call that only reads. */
export type Reading = { readonly kind: 'read'; readonly body: Readonly<Record<string, unknown>> } | Refused | NoAnswer;

export interface VpcApiOptions {
  /** Endpoint of the VPC API. @default - the service's endpoint of the region */
  readonly endpoint?: Endpoint;
  /** Endpoint of the CDT API. @default - the service's endpoint */
  readonly cdtEndpoint?: Endpoint;
  /** Endpoint of the ECS API. @default - the service's endpoint of the region */
  readonly ecsEndpoint?: Endpoint;
  /** Milliseconds that one answer may take. */
  readonly timeout: number;
  /** Milliseconds before the first repetition; twice as many before the next. */
  readonly firstDelay: number;
  /** The version of the command. */
  readonly version: string;
}

const ATTEMPTS = 5;
const VPC_VERSION = '2016-04-28';
const CDT_VERSION = '2021-08-13';
const ECS_VERSION = '2014-05-26';
const CENTRAL_ENDPOINT = 'vpc.aliyuncs.com';
const CDT_ENDPOINT = 'cdt.aliyuncs.com';

/** The regions that use the central endpoint. All other regions have their own. @see https://www.npmjs.com/package/@alicloud/vpc20160428 */
const CENTRAL_REGIONS = ['cn-hangzhou', 'cn-hangzhou-finance', 'cn-shanghai-finance-1', 'cn-shenzhen-finance-1', 'cn-north-2-gov-1'];

/** The regions whose ECS endpoint does not have the name of the region. @see https://www.npmjs.com/package/@alicloud/ecs20140526 */
const ECS_ENDPOINTS: Readonly<Record<string, string>> = {
  'cn-hangzhou': 'ecs-cn-hangzhou.aliyuncs.com',
  'cn-hangzhou-finance': 'ecs.aliyuncs.com',
  'cn-north-2-gov-1': 'ecs.aliyuncs.com',
  'cn-shanghai-finance-1': 'ecs-cn-hangzhou.aliyuncs.com',
  'cn-shenzhen-finance-1': 'ecs-cn-hangzhou.aliyuncs.com',
};

const CODE = /^[A-Za-z][\w.]{1,200}$/;
const THROTTLED = /^(Throttling|ServiceUnavailable|SystemBusy)/;
const NOT_ALLOWED = /^(Forbidden|NoPermission|NotAuthorized|AccessDenied)/;
const BAD_CREDENTIALS = /^(InvalidAccessKey|SignatureDoesNotMatch|InvalidSecurityToken|MissingSecurityToken|IncompleteSignature|IncorrectSignature|SignatureNonceUsed|InvalidTimeStamp)/;

/** The part of Alibaba Cloud's API that the command asks: dry runs, and calls that only read. */
export class VpcApi {
  private readonly transport: Transport;
  private readonly credentials = new CredentialsFinder();
  /** The time before which nothing is asked, because the API throttles. */
  private resumeAt = 0;

  constructor(private readonly options: VpcApiOptions) {
    this.transport = new Transport(options.timeout, options.version);
  }

  /** A note about the credentials, after the first question. */
  get note(): string | undefined {
    return this.credentials.note;
  }

  /** True if the CDT API can be asked: a custom endpoint is that of the VPC API alone. */
  get hasCdt(): boolean {
    return this.options.endpoint === undefined || this.options.cdtEndpoint !== undefined;
  }

  /** Asks whether the API would carry an action out. The same question is repeated with the same token while an answer may yet come. */
  async dryRun(action: DryRunAction, region: string, params: Readonly<Record<string, string>>): Promise<Answer> {
    const answer = await this.ask(action, region, { ...params, ClientToken: randomUUID() });
    if (answer.kind === 'refused' && answer.code === 'DryRunOperation') return { kind: 'passed' };
    // A dry run that passes is answered with an error.
    return answer.kind === 'read' ? { kind: 'unanswered', reason: 'the API answered as if this had been no dry run: look whether it was carried out' } : answer;
  }

  /** Asks what exists. */
  read(action: ReadOnlyAction, region: string, params: Readonly<Record<string, string>>): Promise<Reading> {
    return this.ask(action, region, params);
  }

  /** Ends the connections. */
  close(): Promise<void> {
    return this.transport.close();
  }

  private async ask(action: Action, region: string, params: Readonly<Record<string, string>>): Promise<Reading> {
    const question = this.question(action, region, params);
    let pause = this.options.firstDelay;
    for (let attempt = 1; ; attempt++) {
      const credentials = await this.credentials.find();
      if (!credentials) return { kind: 'unanswered', reason: 'no credentials' };
      await delay(Math.max(0, this.resumeAt - Date.now()));
      const { answer, mayYetCome, isThrottled } = answerOf(await this.transport.send(question, credentials));
      if (!mayYetCome || attempt === ATTEMPTS) return answer;
      const wait = pause * (0.5 + Math.random());
      // The rate limit is for all questions together, so all of them wait.
      if (isThrottled) this.resumeAt = Math.max(this.resumeAt, Date.now() + wait);
      await delay(wait);
      pause *= 2;
    }
  }

  private question(action: Action, region: string, params: Readonly<Record<string, string>>): Question {
    const { endpoint, cdtEndpoint, ecsEndpoint } = this.options;
    const query = { ...params, RegionId: region };
    switch (productOf(action)) {
      case 'cdt': return { endpoint: cdtEndpoint ?? { protocol: 'https', host: CDT_ENDPOINT }, action, version: CDT_VERSION, query: params };
      case 'ecs': return { endpoint: ecsEndpoint ?? { protocol: 'https', host: ECS_ENDPOINTS[region] ?? `ecs.${region}.aliyuncs.com` }, action, version: ECS_VERSION, query };
      case 'vpc': return { endpoint: endpoint ?? endpointOf(region), action, version: VPC_VERSION, query };
    }
  }
}

function endpointOf(region: string): Endpoint {
  return { protocol: 'https', host: CENTRAL_REGIONS.includes(region) ? CENTRAL_ENDPOINT : `vpc.${region}.aliyuncs.com` };
}

/** The meaning of an answer. A retry may get another one. */
function answerOf(reply: Reply): { answer: Reading; mayYetCome: boolean; isThrottled?: boolean } {
  const unanswered = (reason: string) => ({ answer: { kind: 'unanswered', reason: `${reason}, after ${ATTEMPTS} tries` }, mayYetCome: true } as const);
  const final = (answer: Reading) => ({ answer, mayYetCome: false });
  if ('reason' in reply) return unanswered(reply.reason);
  const { status, body } = reply;
  const { Code: code, Message: message } = body;
  if (status >= 200 && status < 300 && code === undefined) return final({ kind: 'read', body });
  if (typeof code !== 'string' || !CODE.test(code)) return unanswered('no answer that could be read');
  if (BAD_CREDENTIALS.test(code)) return final({ kind: 'unanswered', reason: `the credentials are refused (${code})` });
  if (NOT_ALLOWED.test(code)) return final({ kind: 'forbidden', code });
  // An error of the server is no refusal, unless the code is documented as one.
  if (THROTTLED.test(code) || (status >= 500 && !isDocumented(code))) return { ...unanswered(code), isThrottled: code.startsWith('Throttling') };
  return { answer: { kind: 'refused', code, message: typeof message === 'string' ? message : '' }, mayYetCome: status >= 500 };
}

function isDocumented(code: string): code is ApiErrorCode {
  return Object.hasOwn(API_ERRORS, code);
}

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import Credential from '@alicloud/credentials';
import Client, { $OpenApiUtil } from '@alicloud/openapi-core';
import { InputError } from './input-error';

/** The actions that may be asked. All of them have a dry run; none of them is ever carried out. */
export type Action = 'AllocateIpv6Address' | 'AllocateIpv6InternetBandwidth' | 'CreateIpv6EgressOnlyRule' | 'CreateIpv6Gateway';

/** What the API said to a dry run. */
export type Answer =
  | { readonly kind: 'passed' }
  /** The API refuses, with its code. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  /** The credentials may not ask. */
  | { readonly kind: 'forbidden'; readonly code: string }
  /** There was no answer to the question. */
  | { readonly kind: 'unanswered'; readonly reason: string };

export interface VpcApiOptions {
  /** Where the API is, such as `vpc-vpc.cn-hangzhou.aliyuncs.com` in a private network; `http://` on this machine only. */
  readonly endpoint?: string;
  /** Milliseconds that one answer may take. */
  readonly timeout: number;
  /** Milliseconds before the first repetition; twice as many before the next. */
  readonly firstDelay: number;
}

const ATTEMPTS = 5;
/** How the official SDK calls an action. @see https://www.npmjs.com/package/@alicloud/vpc20160428 */
const PROTOCOL = { version: '2016-04-28', pathname: '/', method: 'POST', authType: 'AK', style: 'RPC', reqBodyType: 'formData', bodyType: 'json' };
const CENTRAL_ENDPOINT = 'vpc.aliyuncs.com';

/** The regions whose endpoint is the central one; the others have their own. @see https://www.npmjs.com/package/@alicloud/vpc20160428 */
const CENTRAL_REGIONS = ['cn-hangzhou', 'cn-hangzhou-finance', 'cn-shanghai-finance-1', 'cn-shenzhen-finance-1', 'cn-north-2-gov-1'];

/** (The client makes a text of whatever the code is.) */
const CODE = /^(?!undefined$)[A-Za-z][\w.]*$/;
const THROTTLED = /^(Throttling|ServiceUnavailable|SystemBusy)/;
const NOT_ALLOWED = /^(Forbidden|NoPermission|NotAuthorized|AccessDenied)/;
const BAD_CREDENTIALS = /^(InvalidAccessKey|SignatureDoesNotMatch|InvalidSecurityToken|MissingSecurityToken|IncompleteSignature|IncorrectSignature|SignatureNonceUsed|InvalidTimeStamp)/;

/** The part of Alibaba Cloud's VPC API that answers dry runs. */
export class VpcApi {
  private readonly protocol: string;
  private readonly host: string | undefined;
  private readonly credential = new Credential();

  constructor(private readonly options: VpcApiOptions) {
    const { endpoint } = options;
    const [, scheme = 'https', host] = /^(?:(https?):\/\/)?([\w.-]+(?::\d+)?|\[[\da-f:]+\](?::\d+)?)\/?$/i.exec(endpoint ?? '') ?? [];
    if (endpoint !== undefined && host === undefined) throw new InputError('--endpoint must be a host, such as vpc-vpc.cn-hangzhou.aliyuncs.com');
    // A session's token goes with each request: never in the clear through a network.
    if (scheme === 'http' && !/^(localhost|127\.0\.0\.1|\[::1\])(:|$)/.test(host)) throw new InputError('--endpoint may be http:// on this machine only');
    this.protocol = scheme;
    this.host = host;
  }

  /** Asks whether the API would carry an action out. The same question is repeated where an answer may yet come, with the same token. */
  async ask(action: Action, region: string, params: Readonly<Record<string, string>>): Promise<Answer> {
    const question = { ...params, RegionId: region, ClientToken: randomUUID() };
    let pause = this.options.firstDelay;
    for (let attempt = 1; ; attempt++) {
      const answer = await this.send(action, region, question);
      if (!answer.mayYetCome || attempt === ATTEMPTS) return answer.answer;
      await delay(pause * (0.5 + Math.random()));
      pause *= 2;
    }
  }

  /**
   * The one place where a request is made. It is a dry run, whatever the question says.
   */
  private async send(action: Action, region: string, question: Readonly<Record<string, string>>): Promise<{ answer: Answer; mayYetCome: boolean }> {
    const final = (answer: Answer) => ({ answer, mayYetCome: false });
    const credential = await this.credentials();
    if (!credential) return final({ kind: 'unanswered', reason: NO_CREDENTIALS });
    const { timeout } = this.options;
    const client = new Client(new $OpenApiUtil.Config({
      credential, regionId: region, protocol: this.protocol, endpoint: this.host ?? endpointOf(region), connectTimeout: timeout, readTimeout: timeout,
    }));
    const query = { ...question, DryRun: 'true' };
    const call = client.callApi(
      new $OpenApiUtil.Params({ ...PROTOCOL, protocol: this.protocol, action }),
      new $OpenApiUtil.OpenApiRequest({ query }),
      {} as any,
    );
    const late = new AbortController();
    try {
      const answered = await Promise.race([call, delay(timeout, 'late' as const, { signal: late.signal })]);
      if (answered === 'late') return { answer: { kind: 'unanswered', reason: 'no answer in time' }, mayYetCome: true };
      // A dry run that passes is answered with an error.
      return final({ kind: 'unanswered', reason: 'the API answered as if this had been no dry run: look whether it was carried out' });
    } catch (error) {
      return answerOf(error);
    } finally {
      late.abort();
      call.catch(() => undefined);
    }
  }

  /** From the environment, OIDC, a profile, or the role of the instance: the default chain of @alicloud/credentials. */
  private async credentials(): Promise<Credential | undefined> {
    try {
      const { accessKeyId } = await this.credential.getCredential();
      return accessKeyId ? this.credential : undefined;
    } catch {
      // What it says may quote the file of a profile, or the answer of a token service.
      return undefined;
    }
  }
}

const NO_CREDENTIALS = 'no credentials: set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or a profile, a RAM role or OIDC, as for the official SDKs '
  + '(ALICLOUD_ACCESS_KEY is the provider\'s own, and not read here)';

function endpointOf(region: string): string {
  return CENTRAL_REGIONS.includes(region) ? CENTRAL_ENDPOINT : `vpc.${region}.aliyuncs.com`;
}

/**
 * What an error of the client says. Its own message is not passed on where it may hold what signs a request.
 */
function answerOf(error: unknown): { answer: Answer; mayYetCome: boolean } {
  const { code, statusCode, data } = error as { code?: unknown; statusCode?: unknown; data?: { Message?: unknown } };
  if (typeof code !== 'string' || typeof statusCode !== 'number' || !CODE.test(code)) {
    const cause = typeof code === 'string' && /^E[A-Z]+$/.test(code) ? code : /Timeout/.test((error as Error).name) ? 'no answer in time' : 'no answer that could be read';
    return { answer: { kind: 'unanswered', reason: `${cause}, after ${ATTEMPTS} tries` }, mayYetCome: true };
  }
  const final = (answer: Answer) => ({ answer, mayYetCome: false });
  if (code === 'DryRunOperation') return final({ kind: 'passed' });
  if (BAD_CREDENTIALS.test(code)) return final({ kind: 'unanswered', reason: `the credentials are refused (${code})` });
  if (NOT_ALLOWED.test(code)) return final({ kind: 'forbidden', code });
  if (THROTTLED.test(code)) return { answer: { kind: 'unanswered', reason: `${code}, after ${ATTEMPTS} tries` }, mayYetCome: true };
  return { answer: { kind: 'refused', code, message: typeof data?.Message === 'string' ? data.Message : '' }, mayYetCome: statusCode >= 500 };
}

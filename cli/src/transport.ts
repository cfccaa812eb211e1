// The only file that sends a request. (The official credentials package asks its own services for tokens by itself.)
import { randomUUID } from 'node:crypto';
import { getProxyForUrl } from 'proxy-from-env';
import { Agent, Dispatcher, ProxyAgent, request } from 'undici';
import { Action, DRY_RUN_ACTIONS, READ_ONLY_ACTIONS } from './api-actions';
import { Endpoint } from './endpoint';
import { InputError } from './input-error';
import { Credentials, sign } from './signature';

/** A question to the API. */
export interface Question {
  readonly endpoint: Endpoint;
  readonly action: Action;
  readonly version: string;
  readonly query: Readonly<Record<string, string>>;
}

/** The answer: an object in JSON, or the reason why there is none. */
export type Reply =
  | { readonly status: number; readonly body: Readonly<Record<string, unknown>> }
  | { readonly reason: string };

/** Bytes of an answer. A page of 50 addresses has about 50,000. */
const MOST_BYTES = 4_000_000;

const REDACTED = 'not shown: it repeats what signs the request';

/** Sends questions, through the proxy that the environment names. */
export class Transport {
  private readonly dispatchers = new Map<string, Dispatcher>();

  /**
   * @param timeout milliseconds until an answer must be complete
   * @param version of the command, for the User-Agent header
   */
  constructor(private readonly timeout: number, private readonly version: string) {}

  /** Sends one question once. A question that is neither read-only nor a dry run is not sent. */
  async send({ endpoint, action, version, query }: Question, credentials: Credentials): Promise<Reply> {
    const isDryRun = (DRY_RUN_ACTIONS as readonly string[]).includes(action);
    if (!isDryRun && !(READ_ONLY_ACTIONS as readonly string[]).includes(action)) throw new Error(`${action} is not in the list of api-actions.ts: add it`);
    const asked = isDryRun ? { ...query, DryRun: 'true' } : query;
    const nonce = randomUUID();
    const signed = sign({ host: endpoint.host, action, version, query: asked, nonce, date: new Date().toISOString().replace(/\.\d+Z$/, 'Z') }, credentials);
    const secrets = [credentials.accessKeyId, credentials.accessKeySecret, credentials.securityToken ?? '', signed.signature];
    const origin = `${endpoint.protocol}://${endpoint.host}`;
    try {
      const { statusCode, body } = await request(`${origin}${signed.path}`, {
        method: 'POST',
        headers: { ...signed.headers, 'accept': 'application/json', 'user-agent': `alicloud-ipv6/${this.version}` },
        dispatcher: this.dispatcherOf(origin),
        signal: AbortSignal.timeout(this.timeout),
      });
      const bytes: Buffer[] = [];
      let length = 0;
      for await (const chunk of body) {
        length += (chunk as Buffer).length;
        if (length > MOST_BYTES) return { reason: `the answer is longer than ${MOST_BYTES / 1_000_000} MB` };
        bytes.push(chunk as Buffer);
      }
      const json: unknown = JSON.parse(Buffer.concat(bytes).toString('utf8'));
      if (typeof json !== 'object' || json === null || Array.isArray(json)) return { reason: UNREADABLE };
      return { status: statusCode, body: redacted(json, secrets) as Readonly<Record<string, unknown>> };
    } catch (error) {
      return { reason: reasonOf(error) };
    }
  }

  /** Ends the connections that are still open. */
  async close(): Promise<void> {
    await Promise.all([...this.dispatchers.values()].map((dispatcher) => dispatcher.destroy()));
  }

  private dispatcherOf(origin: string): Dispatcher {
    // In the clear nothing leaves this machine, and so it goes through no proxy either.
    const proxy = origin.startsWith('http:') ? '' : proxyOf(origin);
    const known = this.dispatchers.get(proxy);
    if (known) return known;
    // Certificates are checked, even with NODE_TLS_REJECT_UNAUTHORIZED.
    const tls = { timeout: this.timeout, rejectUnauthorized: true };
    const limits = { bodyTimeout: this.timeout, headersTimeout: this.timeout };
    const dispatcher = proxy === '' ? new Agent({ ...limits, connect: tls }) : new ProxyAgent({ ...limits, uri: proxy, proxyTls: tls, requestTls: tls });
    this.dispatchers.set(proxy, dispatcher);
    return dispatcher;
  }
}

/** The proxy of HTTPS_PROXY or ALL_PROXY, unless NO_PROXY names the host. */
export function proxyOf(origin: string): string {
  const proxy = getProxyForUrl(origin);
  if (proxy === '') return '';
  // Its own user and password are not printed.
  if (!/^https?:$/.test(URL.canParse(proxy) ? new URL(proxy).protocol : '')) throw new InputError('HTTPS_PROXY (or ALL_PROXY) must be the http:// or https:// URL of a proxy: write such a URL');
  return proxy;
}

const UNREADABLE = 'no answer that could be read';

/** The message of an error may quote what was sent or received: only its code is told. */
function reasonOf(error: unknown): string {
  if (error instanceof InputError) throw error;
  const codes = [error, (error as { cause?: unknown }).cause].map((each) => (each as { code?: unknown } | undefined)?.code);
  const code = codes.find((each): each is string => typeof each === 'string' && /^[A-Z][A-Z_\d]+$/.test(each));
  if (error instanceof SyntaxError) return UNREADABLE;
  if ((error as Error).name === 'TimeoutError' || code === 'ETIMEDOUT' || /^UND_ERR_\w+_TIMEOUT$/.test(code ?? '')) return 'no answer in time';
  if (code === 'UND_ERR_ABORTED') return 'the proxy refuses the connection';
  if (code === 'UND_ERR_SOCKET') return 'ECONNRESET';
  return code !== undefined && !code.startsWith('UND_ERR_') ? code : UNREADABLE;
}

/** A server that repeats what it received would make the command print it: each text that does is left out. */
function redacted(json: unknown, secrets: readonly string[]): unknown {
  const parts = secrets.flatMap(partsOf);
  const repeats = (text: string): boolean => {
    const said = plain(text);
    return parts.some((part) => said.includes(part));
  };
  if (!repeats(JSON.stringify(json))) return json;
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return repeats(value) ? REDACTED : value;
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).flatMap(([name, each]) => repeats(name) ? [] : [[name, walk(each)]]));
  };
  return walk(json);
}

/** Characters of a secret that are too many to be repeated by chance. */
const PART = 12;

/** The parts of a secret: an answer that repeats one of them repeats the secret. */
function partsOf(secret: string): string[] {
  const text = plain(secret);
  if (text === '') return [];
  return text.length <= PART ? [text] : Array.from({ length: text.length - PART + 1 }, (_, i) => text.slice(i, i + PART));
}

/** Letters and digits alone: escapes, encodings and line breaks do not hide a secret. */
function plain(text: string): string {
  return text.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))).replace(/[^\da-z]/gi, '').toLowerCase();
}

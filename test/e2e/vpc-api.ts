import { randomUUID } from 'node:crypto';
import { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { Certificate } from './certificate';
import { EcsResources } from './ecs-api-resources';
import { LoopbackServer } from './loopback-server';
import { disagreements, Exchange } from './official-models';
import { ApiError, demand } from './vpc-api-errors';
import { Fault, Faults } from './vpc-api-faults';
import { Answer, Params } from './vpc-api-resources';

/** A call as it came in, and what became of it. */
export interface Call {
  /** on one scale with the events' */
  readonly sequence: number;
  readonly action: string;
  readonly userAgent: string;
  /** of the API, which names the product too */
  readonly version: string;
  /** without those of the protocol: signature, time, version */
  readonly params: Params;
  readonly at: Date;
  /** whether the action is one that changes something, granted or refused */
  readonly writes: boolean;
  /** the HTTP status; 0: the connection was cut */
  readonly status: number;
  /** the error code of a refusal */
  readonly code?: string;
}

const PROTOCOL_PARAMS = /^(Action|Format|Version|Timestamp|AccessKeyId|SecurityToken|AcceptLanguage|Signature.*)$/;

/**
 * A stand-in for the IPv6 part of Alibaba Cloud's VPC API, and for what a network around it asks of VPC and ECS, on 127.0.0.1:
 * RPC over HTTP and, with a certificate, over HTTPS on the same port; signatures unchecked.
 *
 * Terraform reaches it with `protocol = "HTTP"`, `skip_region_validation = true`, and `endpoints` whose `vpc` and `ecs` are
 * `127.0.0.1:<port>`.
 *
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-overview
 */
export class VpcApi extends EcsResources {
  /** With a certificate it speaks HTTPS too. */
  public static async start(options: { region?: string; certificate?: Certificate } = {}): Promise<VpcApi> {
    const api = new VpcApi(options.region ?? 'cn-hangzhou', options.certificate);
    // What can fail here is the connection alone: nobody is left to be told.
    const serve = (request: IncomingMessage, response: ServerResponse) => void api.serve(request, response).catch(() => request.socket.destroy());
    api.server = await LoopbackServer.start(serve, options.certificate);
    return api;
  }

  public readonly calls: Call[] = [];
  /** Actions that were asked for and that the stand-in does not have. */
  public readonly unknownActions: string[] = [];
  /** Where what was accepted, or answered, differs from the models of the official SDK. */
  public readonly disagreements = new Set<string>();
  /** Is told of every request and its answer. */
  public recorder?: (exchange: Exchange) => void;

  private readonly faults = new Faults();
  private readonly answersByToken = new Map<string, Answer>();
  private readonly stopped = new AbortController();
  private server!: LoopbackServer;

  private constructor(region: string, public readonly certificate?: Certificate) {
    super(region);
  }

  /** The actions that it has, in order of the alphabet. */
  public get actionNames(): string[] {
    return Object.keys(this.actions).sort();
  }

  public get port(): number {
    return this.server.port;
  }

  /** Fails if anything that was accepted or answered differs from the models of the official SDK. */
  public async stop(): Promise<void> {
    this.stopped.abort();
    await this.server.stop();
    if (this.disagreements.size > 0) {
      throw new Error(`the stand-in and the official SDK differ:\n${[...this.disagreements].join('\n')}`);
    }
  }

  /** Makes the next call of an action, or the next `times` calls, go wrong. */
  public fail(action: string, fault: Fault): void {
    this.faults.add(action, fault);
  }

  public countCalls(action?: string): number {
    return this.calls.filter((call) => !action || call.action === action).length;
  }

  public clearCalls(): void {
    this.calls.length = 0;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { version, action, params } = await readRequest(request);

    const call = {
      sequence: this.nextSequence(), action, version, userAgent: request.headers['user-agent'] ?? '', params, at: new Date(), writes: isWrite(action),
    };
    const fault = this.faults.take(action, params);
    if (fault?.kind === 'cutBeforeWrite') {
      this.calls.push({ ...call, status: 0 });
      request.socket.destroy();
      return;
    }
    const { status, body } = this.answer(action, params, fault);
    const code = body.Code as string | undefined;
    const answered = JSON.stringify(body);
    const exchange: Exchange = { version, action, params, status, body: JSON.parse(answered) };
    disagreements(exchange).forEach((disagreement) => this.disagreements.add(disagreement));
    this.recorder?.(exchange);
    if (fault?.kind === 'cutAfterWrite') {
      this.calls.push({ ...call, status: 0, code });
      request.socket.destroy();
      return;
    }
    this.calls.push({ ...call, status, code });
    if (fault?.kind === 'slow') {
      await delay(fault.delayMs, undefined, { signal: this.stopped.signal });
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end(answered);
  }

  private answer(action: string, params: Params, fault?: Fault): { status: number; body: Answer } {
    const RequestId = randomUUID();
    try {
      if (fault?.kind === 'error') {
        throw new ApiError(fault.code);
      }
      return { status: 200, body: { RequestId, ...this.perform(action, params) } };
    } catch (error) {
      const { status, code, message } = error instanceof ApiError ? error : { status: 500, code: 'InternalError', message: String(error) };
      return { status, body: { RequestId, Code: code, Message: message } };
    }
  }

  private perform(action: string, params: Params): Answer {
    const check = this.actions[action];
    if (!check) {
      this.unknownActions.push(action);
      throw new ApiError('InvalidAction.NotFound');
    }
    // Some actions have no such parameter: their region is that of the endpoint.
    demand((params.RegionId ?? this.region) === this.region, 'InvalidRegionId.NotFound');
    if (!isWrite(action)) {
      return check(params)();
    }
    demand(!this.busy, 'SystemBusy');
    const token = params.ClientToken && `${action} ${params.ClientToken}`;
    const earlier = token && this.answersByToken.get(token);
    if (earlier) {
      return earlier;
    }
    const carryOut = check(params);
    demand(params.DryRun !== 'true', 'DryRunOperation');
    const answer = carryOut();
    if (token) {
      this.answersByToken.set(token, answer);
    }
    return answer;
  }
}

/** A request of an action, without what belongs to the protocol. */
export async function readRequest(request: IncomingMessage): Promise<Pick<Exchange, 'version' | 'action' | 'params'>> {
  const query = new URL(request.url!, 'http://127.0.0.1').searchParams;
  const sent = [...query, ...new URLSearchParams(await text(request))];
  // The newer signature moves the action, and what signs, from the parameters to the headers.
  const { Action: action = String(request.headers['x-acs-action'] ?? ''), Version: version = String(request.headers['x-acs-version'] ?? '') } = Object.fromEntries(sent);
  return { version, action, params: Object.fromEntries(sent.filter(([name]) => !PROTOCOL_PARAMS.test(name))) };
}

function isWrite(action: string): boolean {
  return !/^(Describe|List)/.test(action);
}

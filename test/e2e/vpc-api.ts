import { randomUUID } from 'node:crypto';
import { IncomingMessage, Server, ServerResponse, createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { NetworkResources } from './network-api-resources';
import { ApiError, demand } from './vpc-api-errors';
import { Fault, Faults } from './vpc-api-faults';
import { Answer, Params } from './vpc-api-resources';

/** A call as it came in, and what became of it. */
export interface Call {
  /** on one scale with the events' */
  readonly sequence: number;
  readonly action: string;
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
 * RPC over HTTP, signatures unchecked.
 *
 * Terraform reaches it with `protocol = "HTTP"`, `skip_region_validation = true`, and `endpoints` whose `vpc` and `ecs` are
 * `127.0.0.1:<port>`.
 *
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-overview
 */
export class VpcApi extends NetworkResources {
  public static async start(options: { region?: string } = {}): Promise<VpcApi> {
    const api = new VpcApi(options.region ?? 'cn-hangzhou');
    await new Promise<void>((resolve) => api.server.listen(0, '127.0.0.1', resolve));
    return api;
  }

  public readonly calls: Call[] = [];
  /** Actions that were asked for and that the stand-in does not have. */
  public readonly unknownActions: string[] = [];

  private readonly faults = new Faults();
  private readonly answersByToken = new Map<string, Answer>();
  private readonly stopped = new AbortController();
  private readonly server: Server;

  private constructor(region: string) {
    super(region);
    this.server = createServer((request, response) => {
      // What can fail here is the connection alone: nobody is left to be told.
      this.serve(request, response).catch(() => request.socket.destroy());
    });
    // A client that reuses a connection at the moment when it times out would see a cut that no test asked for.
    this.server.keepAliveTimeout = 0;
  }

  public get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  public async stop(): Promise<void> {
    this.stopped.abort();
    await new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
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
    const query = new URL(request.url!, 'http://127.0.0.1').searchParams;
    const sent = [...query, ...new URLSearchParams(await text(request))];
    // The newer signature moves the action, and what signs, from the parameters to the headers.
    const action = Object.fromEntries(sent).Action ?? String(request.headers['x-acs-action'] ?? '');
    const params = Object.fromEntries(sent.filter(([name]) => !PROTOCOL_PARAMS.test(name)));

    const call = { sequence: this.nextSequence(), action, params, at: new Date(), writes: isWrite(action) };
    const fault = this.faults.take(action, params);
    if (fault?.kind === 'cutBeforeWrite') {
      this.calls.push({ ...call, status: 0 });
      request.socket.destroy();
      return;
    }
    const { status, body } = this.answer(action, params, fault);
    const code = body.Code as string | undefined;
    if (fault?.kind === 'cutAfterWrite') {
      this.calls.push({ ...call, status: 0, code });
      request.socket.destroy();
      return;
    }
    this.calls.push({ ...call, status, code });
    if (fault?.kind === 'slow') {
      await delay(fault.delayMs, undefined, { signal: this.stopped.signal });
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
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
    demand(params.RegionId === this.region, 'InvalidRegionId.NotFound');
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

function isWrite(action: string): boolean {
  return !/^(Describe|List)/.test(action);
}

import { randomUUID } from 'node:crypto';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Answered, Ask } from './official-service';
import { SpendingGuard } from './spending-limit';
import { Certificate } from '../e2e/certificate';
import { LoopbackServer } from '../e2e/loopback-server';
import { Exchange } from '../e2e/official-models';
import { Service } from '../e2e/terraform';
import { readRequest } from '../e2e/vpc-api';

/**
 * What Terraform's provider talks to on 127.0.0.1 instead of the service: it sends each request on, and records it with its answer.
 *
 * The credentials stay here. Terraform has none that are worth anything, so neither its state nor its log can hold them.
 */
export class RecordingRelay implements Service {
  public static async start(options: {
    readonly region: string;
    readonly ask: Ask;
    readonly guard: SpendingGuard;
    readonly certificate: Certificate;
    readonly record: (exchange: Exchange) => void;
  }): Promise<RecordingRelay> {
    const relay = new RecordingRelay(options.region, options.certificate, options.ask, options.guard, options.record);
    // Without an answer there is none to pass on.
    const serve = (request: IncomingMessage, response: ServerResponse) => void relay.serve(request, response).catch(() => request.socket.destroy());
    relay.server = await LoopbackServer.start(serve, options.certificate);
    return relay;
  }

  private server!: LoopbackServer;

  private constructor(
    public readonly region: string,
    public readonly certificate: Certificate,
    private readonly ask: Ask,
    private readonly guard: SpendingGuard,
    private readonly record: (exchange: Exchange) => void,
  ) {}

  public get port(): number {
    return this.server.port;
  }

  public stop(): Promise<void> {
    return this.server.stop();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { version, action, params } = await readRequest(request);
    const refusal = this.guard.refusal(action, params);
    const { status, body } = refusal ? refused(action, refusal) : await this.ask(version, action, params);
    this.record({ version, action, params, status, body: withoutAccount(body) });
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }
}

function refused(action: string, why: string): Answered {
  return { status: 400, body: { Code: 'OverTheSpendingLimit', Message: `not sent: ${action}: ${why}`, RequestId: randomUUID() } };
}

/** An answer without what tells whose account it is; the types stay. */
export function withoutAccount<T>(value: T): T {
  return JSON.parse(JSON.stringify(value, (name, inner) => {
    if (!/(Owner|Account|User)(Id|Uid|Name)?$|Uid$/.test(name) || typeof inner === 'object') return inner;
    return typeof inner === 'number' ? 0 : '';
  }));
}

import { createServer as createHttpServer, RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { AddressInfo, connect, createServer, Server, Socket } from 'node:net';
import { Certificate } from './certificate';

/** The first byte of a TLS connection: that of a handshake. */
const HANDSHAKE = 0x16;

/**
 * A server on 127.0.0.1 that speaks HTTP, and with a certificate HTTPS too, both on one port: the provider has one endpoint
 * for a product, and calls some of its actions by HTTPS whatever its `protocol` says.
 */
export class LoopbackServer {
  public static async start(listener: RequestListener, certificate?: Certificate): Promise<LoopbackServer> {
    const http = createHttpServer(listener);
    // A client that reuses a connection at the moment when it times out would see a cut that no test asked for.
    http.keepAliveTimeout = 0;
    await listening(http);
    if (!certificate) return new LoopbackServer([http]);
    const https = createHttpsServer({ key: certificate.key, cert: certificate.cert }, listener);
    https.keepAliveTimeout = 0;
    await listening(https);
    const front = createServer((socket) => lead(socket, (first) => portOf(first[0] === HANDSHAKE ? https : http)));
    await listening(front);
    return new LoopbackServer([front, http, https]);
  }

  private readonly sockets = new Set<Socket>();

  /** The first is the one that is asked. */
  private constructor(private readonly servers: readonly Server[]) {
    for (const server of servers) {
      server.on('connection', (socket: Socket) => {
        this.sockets.add(socket);
        socket.once('close', () => this.sockets.delete(socket));
      });
    }
  }

  public get port(): number {
    return portOf(this.servers[0]);
  }

  public async stop(): Promise<void> {
    const closed = this.servers.map((server) => new Promise((resolve) => server.close(resolve)));
    this.sockets.forEach((socket) => socket.destroy());
    await Promise.all(closed);
  }
}

/** Leads a connection to the port that its first bytes ask for, and closes both ends when one is closed. */
function lead(socket: Socket, portFor: (first: Buffer) => number): void {
  socket.on('error', () => socket.destroy());
  socket.once('data', (first: Buffer) => {
    const inner = connect(portFor(first), '127.0.0.1');
    inner.on('error', () => inner.destroy());
    inner.once('close', () => socket.destroy());
    socket.once('close', () => inner.destroy());
    inner.write(first);
    socket.pipe(inner).pipe(socket);
  });
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

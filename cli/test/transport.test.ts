// How a question travels: signed, through the proxy of the environment, encrypted, and with an answer that is limited.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { AddressInfo, connect, createServer as createNetServer, Server } from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { alicloudIpv6, Run } from './command-line';
import { askedByCommand } from './only-asks';
import { BANDWIDTH, bandwidth, change, planWith } from './plans';
import { DRY_RUN_ACTIONS, READ_ONLY_ACTIONS } from '../src/api-actions';
import { endpointOf } from '../src/endpoint';
import { sign } from '../src/signature';
import { Reply, Transport } from '../src/transport';
import { Reading, VpcApi } from '../src/vpc-api';

jest.setTimeout(60_000);

const SECRETS = {
  ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAIcanaryAccessKeyId', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'canarySecret0123456789', ALIBABA_CLOUD_SECURITY_TOKEN: 'CAIScanaryToken+/==0123456789abcdef',
};
const CREDENTIALS = {
  accessKeyId: SECRETS.ALIBABA_CLOUD_ACCESS_KEY_ID,
  accessKeySecret: SECRETS.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
  securityToken: SECRETS.ALIBABA_CLOUD_SECURITY_TOKEN,
};
const PLAN = planWith({ changes: [change(`${BANDWIDTH}.a`, ['create'], { after: bandwidth('ipv6-a') })] });

const open: Server[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => new Promise((resolve) => {
    server.close(resolve);
    (server as any).closeAllConnections?.();
  })));
});

function listen(server: Server): Promise<number> {
  open.push(server);
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}

/** A server that answers each request so, on this machine. */
function serve(answer: (response: ServerResponse, request: IncomingMessage) => void): Promise<number> {
  return listen(createServer((request, response) => answer(response, request)));
}

function preflight(endpoint: string, env: Readonly<Record<string, string>> = {}): Promise<Run> {
  return alicloudIpv6(['preflight', '--json', '--endpoint', endpoint, '-'], { input: PLAN, env: { ...SECRETS, ...env } });
}

function verdictOf({ output }: Run): any {
  return JSON.parse(output).plans[0].verdicts[0];
}

/** Sends one question once, from this process. */
async function send(endpoint: string, timeout = 2_000): Promise<Reply> {
  const transport = new Transport(timeout, '0');
  try {
    return await transport.send({ endpoint: endpointOf(endpoint, ''), action: 'DescribeIpv6Addresses', version: '1', query: {} }, CREDENTIALS);
  } finally {
    await transport.close();
  }
}

/** Asks until there is an answer, without waiting long in between. */
async function ask(endpoint: string): Promise<Reading> {
  const api = new VpcApi({ endpoint: endpointOf(endpoint, ''), timeout: 2_000, firstDelay: 1, version: '0' });
  try {
    return await api.read('DescribeIpv6Addresses', 'cn-hangzhou', {});
  } finally {
    await api.close();
  }
}

const environment = { ...process.env };

beforeEach(() => {
  Object.assign(process.env, SECRETS, { ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true' });
});

afterEach(() => {
  process.env = { ...environment };
});

function refusal(response: ServerResponse, message: string): void {
  response.writeHead(400).end(JSON.stringify({ Code: 'Some.Code', Message: message }));
}

describe('the signature', () => {
  // @see https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
  test('is that of the example in the service\'s documentation', () => {
    const { headers: { authorization } } = sign({
      host: 'ecs.cn-shanghai.aliyuncs.com',
      action: 'RunInstances',
      version: '2014-05-26',
      query: { RegionId: 'cn-shanghai', ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd' },
      date: '2023-10-26T10:22:32Z',
      nonce: '3156853299f313e23d1673dc12e1703d',
    }, { accessKeyId: 'YourAccessKeyId', accessKeySecret: 'YourAccessKeySecret' });
    expect(authorization).toBe('ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,'
      + 'Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0');
  });

  test('covers the token of a session, and every character of a value', () => {
    const call = { host: 'h', action: 'a', version: 'v', date: 'd', nonce: 'n', query: { Name: 'a b*\'()!~\ud800é' } };
    const { path: at, headers } = sign(call, CREDENTIALS);
    expect(at).toBe('/?Name=a%20b%2A%27%28%29%21~%EF%BF%BD%C3%A9');
    expect(headers.authorization).toContain(';x-acs-security-token;');
    expect(sign(call, { ...CREDENTIALS, securityToken: 'another' }).signature).not.toBe(sign(call, CREDENTIALS).signature);
  });
});

describe('an endpoint', () => {
  test.each(['vpc.aliyuncs.com', 'https://vpc.aliyuncs.com', 'HTTPS://VPC.aliyuncs.com/', 'http://127.0.0.1:80', 'HTTP://LocalHost:80', 'http://[::1]:80', 'http://127.9.9.9'])('may be %s', (text) => {
    expect(endpointOf(text, '--endpoint')).toEqual({ protocol: text.toLowerCase().startsWith('http:') ? 'http' : 'https', host: text.toLowerCase().replace(/^https?:\/\/|\/$/g, '') });
  });

  test.each(['HTTP://vpc.aliyuncs.com', 'http://vpc.aliyuncs.com', 'Http://localhost.example.com', 'http://127.0.0.1.example.com', 'http://1270.0.0.1', 'http://[::2]'])('may not be %s: a token would be sent unencrypted', (text) => {
    expect(() => endpointOf(text, '--endpoint')).toThrow('--endpoint may be http:// on this machine only');
  });

  test.each(['', 'a b', 'ftp://vpc.aliyuncs.com', 'user:password@vpc.aliyuncs.com', 'vpc.aliyuncs.com/path', 'vpc.aliyuncs.com#a', 'vpc.aliyuncs.com?a'])('%p is not an endpoint', (text) => {
    expect(() => endpointOf(text, '--endpoint')).toThrow('--endpoint must be a host');
  });

  test('without TLS is refused by the command before any call', async () => {
    expect(await preflight('HTTP://vpc.aliyuncs.com')).toMatchObject({ code: 2, output: '', errors: expect.stringContaining('on this machine only') });
  });
});

describe('no secret of a request is printed, even if a server repeats it', () => {
  const encodings: Record<string, (text: string) => string> = {
    'as it is': (text) => text,
    'in upper case': (text) => text.toUpperCase(),
    'encoded for a URL': (text) => encodeURIComponent(text),
    'with spaces': (text) => text.replace(/(.{6})/g, '$1 '),
    'in part': (text) => text.slice(2, 18),
  };

  test.each(Object.entries(encodings))('%s', async (_, encode) => {
    const port = await serve((response, { headers }) => {
      const [, id, signature] = /Credential=([^,]+),.*Signature=(\w+)/.exec(String(headers.authorization))!;
      refusal(response, [id, signature, String(headers['x-acs-security-token'])].map(encode).join(' '));
    });
    const run = await preflight(`http://127.0.0.1:${port}`);
    expect(verdictOf(run)).toMatchObject({ outcome: 'refused', refusal: { code: 'Some.Code', meaning: 'not shown: it repeats what signs the request' } });
    expect(run.output.toLowerCase().replace(/[^a-z\d]/g, '')).not.toMatch(/canarytoken|canaryaccesskey|canarysecret/);
  });

  test('as the code of an error', async () => {
    const port = await serve((response, { headers }) => response.writeHead(400).end(JSON.stringify({ Code: String(headers['x-acs-security-token']).replace(/\W/g, ''), Message: '' })));
    expect(await ask(`http://127.0.0.1:${port}`)).toEqual({ kind: 'unanswered', reason: 'no answer that could be read, after 5 tries' });
  });

  test('and a message without a secret is printed', async () => {
    const port = await serve((response) => refusal(response, 'a message of the API'));
    expect(verdictOf(await preflight(`http://127.0.0.1:${port}`))).toMatchObject({ refusal: { meaning: 'a message of the API' } });
  });
});

describe('an error of the server is no refusal', () => {
  test.each([['InternalError', 500], ['Some.Code', 502]])('%s, HTTP %d', async (code, status) => {
    const port = await serve((response) => response.writeHead(status).end(JSON.stringify({ Code: code, Message: '' })));
    expect(await ask(`http://127.0.0.1:${port}`)).toEqual({ kind: 'unanswered', reason: `${code}, after 5 tries` });
  });

  test('unless its code is a documented refusal', async () => {
    const port = await serve((response) => response.writeHead(500).end(JSON.stringify({ Code: 'OperationFailed.SaleValidate', Message: '' })));
    expect(await ask(`http://127.0.0.1:${port}`)).toEqual({ kind: 'refused', code: 'OperationFailed.SaleValidate', message: '' });
  });
});

describe('an answer is limited', () => {
  test('in size: an endless answer is dropped', async () => {
    let sent = 0;
    const port = await serve((response) => {
      const chunk = Buffer.alloc(1_000_000, ' ');
      const more = () => {
        while (!response.destroyed) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
      };
      more();
    });
    expect(await send(`http://127.0.0.1:${port}`)).toEqual({ reason: 'the answer is longer than 4 MB' });
    expect(sent).toBeLessThan(50_000_000);
  });

  test('in time: an answer that arrives byte by byte is dropped', async () => {
    const port = await serve((response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
    });
    const started = Date.now();
    expect(await send(`http://127.0.0.1:${port}`, 300)).toEqual({ reason: 'no answer in time' });
    expect(Date.now() - started).toBeLessThan(3_000);
  });

  test('and an answer with a full page is accepted', async () => {
    const body = { Ipv6Addresses: { Ipv6Address: Array.from({ length: 50 }, (_, i) => ({ Ipv6AddressId: `ipv6-${i}`, Ipv6AddressDescription: 'x'.repeat(256) })) } };
    const port = await serve((response) => response.writeHead(200).end(JSON.stringify(body)));
    expect(await send(`http://127.0.0.1:${port}`)).toEqual({ status: 200, body });
  });
});

test('an action that is on no list is not sent', async () => {
  let requests = 0;
  const port = await serve((response) => {
    requests++;
    response.end('{}');
  });
  const transport = new Transport(1_000, '0');
  const sendAction = (action: string) => transport.send({ endpoint: endpointOf(`http://127.0.0.1:${port}`, ''), action: action as any, version: '1', query: { DryRun: 'true' } }, CREDENTIALS);
  await expect(sendAction('DeleteVpc')).rejects.toThrow('DeleteVpc is not in the list of api-actions.ts');
  expect(requests).toBe(0);
  expect(await sendAction('DescribeIpv6Gateways')).toMatchObject({ status: 200 });
  await transport.close();
});

test('only-asks.ts sees all requests of the command, and no others', async () => {
  const before = askedByCommand().length;
  await send(`http://127.0.0.1:${await serve((response) => response.end('{}'))}`);
  await fetch(`http://127.0.0.1:${await serve((response) => response.end('{}'))}`, { headers: { 'x-acs-action': 'DeleteVpc' } });
  expect(askedByCommand().slice(before)).toEqual([{ action: 'DescribeIpv6Addresses', params: {} }]);
});

test('a dry run has DryRun=true, even if the parameters contain another value', async () => {
  const queries: (string | null)[] = [];
  const port = await serve((response, { url }) => {
    queries.push(new URL(url!, 'http://127.0.0.1').searchParams.get('DryRun'));
    response.end('{}');
  });
  const transport = new Transport(1_000, '0');
  for (const action of [...DRY_RUN_ACTIONS, ...READ_ONLY_ACTIONS]) {
    await transport.send({ endpoint: endpointOf(`http://127.0.0.1:${port}`, ''), action, version: '1', query: { ...(action.startsWith('Delete') ? { DryRun: 'false' } : {}) } }, CREDENTIALS);
  }
  await transport.close();
  expect(queries).toEqual([...DRY_RUN_ACTIONS.map(() => 'true'), ...READ_ONLY_ACTIONS.map(() => null)]);
});

describe('the proxy of the environment', () => {
  /** A proxy that leads every connection to the server, and the server, which sees how a connection begins. */
  async function proxied(): Promise<{ port: number; proxy: string; tunnels: string[]; first: number[] }> {
    const first: number[] = [];
    const port = await listen(createNetServer((socket) => {
      socket.on('error', () => undefined).once('data', (data) => {
        first.push(data[0]);
        socket.destroy();
      });
    }));
    const tunnels: string[] = [];
    const server = createServer((_, response) => response.writeHead(405).end());
    server.on('connect', (request, socket) => {
      tunnels.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
      const [host, to] = request.url!.split(':');
      const upstream = connect(Number(to), host);
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    return { port, proxy: `http://canary:canary@127.0.0.1:${await listen(server)}`, tunnels, first };
  }

  const TLS_HANDSHAKE = 0x16;

  test.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'])('%s is used, and the proxy sees only the host', async (name) => {
    const { port, proxy, tunnels, first } = await proxied();
    process.env[name] = proxy;
    expect(await send(`https://127.0.0.1:${port}`)).toEqual({ reason: expect.not.stringContaining('canary') });
    expect(tunnels).toEqual([`127.0.0.1:${port} Basic ${Buffer.from('canary:canary').toString('base64')}`]);
    expect(first).toEqual([TLS_HANDSHAKE]);
  });

  test.each(['127.0.0.1', '*', 'example.com, 127.0.0.1'])('NO_PROXY=%s goes around it', async (noProxy) => {
    const { port, proxy, tunnels, first } = await proxied();
    Object.assign(process.env, { HTTPS_PROXY: proxy, NO_PROXY: noProxy });
    await send(`https://127.0.0.1:${port}`);
    expect([tunnels, first]).toEqual([[], [TLS_HANDSHAKE]]);
  });

  test('a refusal of the proxy is reported', async () => {
    const { port } = await proxied();
    const closed = await serve((response) => response.writeHead(403).end());
    open.at(-1)!.on('connect', (_, socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'));
    process.env.HTTPS_PROXY = `http://127.0.0.1:${closed}`;
    expect(await send(`https://127.0.0.1:${port}`)).toEqual({ reason: 'the proxy refuses the connection' });
  });

  test.each(['socks5://canary@127.0.0.1:1', 'http://'])('a proxy that is not an HTTP proxy is refused: %s', async (proxy) => {
    const run = await preflight('https://127.0.0.1:1', { HTTPS_PROXY: proxy });
    expect(run).toMatchObject({ code: 2, errors: expect.stringContaining('must be the http:// or https:// URL of a proxy') });
    expect(run.errors).not.toContain('canary');
  });

  test('is not used without TLS, on this machine', async () => {
    const { proxy, tunnels } = await proxied();
    const port = await serve((response) => refusal(response, 'directly'));
    expect(verdictOf(await preflight(`http://127.0.0.1:${port}`, { HTTPS_PROXY: proxy, HTTP_PROXY: proxy, ALL_PROXY: proxy }))).toMatchObject({ refusal: { meaning: 'directly' } });
    expect(tunnels).toEqual([]);
  });
});

describe('TLS', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'alicloud-ipv6-'));
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => path.join(folder, name));

  beforeAll(() => {
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', cert,
      '-days', '1', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'], { stdio: 'ignore' });
  });

  afterAll(() => {
    fs.rmSync(folder, { recursive: true });
  });

  /** A server with a certificate that no known authority signed. */
  function secured(): Promise<number> {
    return listen(createTlsServer({ key: fs.readFileSync(key), cert: fs.readFileSync(cert) }, (_, response) => refusal(response, 'over TLS')));
  }

  test('a certificate of a known authority is accepted', async () => {
    const before = askedByCommand().length;
    const run = await preflight(`https://127.0.0.1:${await secured()}`, { NODE_EXTRA_CA_CERTS: cert });
    expect(askedByCommand().slice(before)).toMatchObject([{ action: 'AllocateIpv6InternetBandwidth', params: { DryRun: 'true' } }]);
    expect(verdictOf(run)).toMatchObject({ outcome: 'refused', refusal: { meaning: 'over TLS' } });
  });

  test.each(['1', '0'])('another certificate is refused, even with NODE_TLS_REJECT_UNAUTHORIZED=%s', async (rejects) => {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = rejects;
    expect(await send(`https://127.0.0.1:${await secured()}`)).toEqual({ reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  });
});

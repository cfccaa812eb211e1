import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { certificate } from './certificate';
import { describeWithTerraform } from './terraform';
import { VpcApi } from './vpc-api';

jest.setTimeout(600_000);

const root = path.join(__dirname, '..', '..');

describeWithTerraform('the suite for an account, led to the stand-in by HTTPS', () => {
  let api: VpcApi;
  let folder: string;

  beforeEach(async () => {
    api = await VpcApi.start({ region: 'eu-central-1', certificate: certificate() });
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'account-'));
  });

  afterEach(async () => {
    fs.rmSync(folder, { recursive: true });
    await api.stop();
  });

  function run(...args: string[]): Promise<{ code: number; output: string }> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, ['-r', 'ts-node/register/transpile-only', path.join(__dirname, '..', 'account', 'run.ts'), ...args], {
        cwd: root,
        env: {
          ...process.env,
          TS_NODE_PROJECT: path.join(root, 'test', 'tsconfig.json'),
          NODE_EXTRA_CA_CERTS: certificate().file,
          ALIBABA_CLOUD_ACCESS_KEY_ID: 'key-of-the-account',
          ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'secret-of-the-account',
          ALIBABA_CLOUD_SECURITY_TOKEN: 'token-of-the-session',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let output = '';
      child.stdout.on('data', (chunk) => output += chunk);
      child.stderr.on('data', (chunk) => output += chunk);
      child.on('close', (code) => resolve({ code: code ?? -1, output }));
    });
  }
  const record = () => path.join(folder, 'record.jsonl');
  const start = () => run('--region', api.region, '--zone', 'eu-central-1a', '--instance-type', 'ecs.t6-c1m1.large', '--yes-spend',
    '--endpoint', `127.0.0.1:${api.port}`, '--record', record(), '--pause', '10');

  test('deploys, changes, destroys and leaves nothing, and records its calls without secrets for the check', async () => {
    expect(await start()).toMatchObject({ code: 0, output: expect.stringContaining('nothing differs from the official SDK') });
    expect(api.bandwidths()).toEqual([]);
    expect(api.network).toEqual({ vpcs: 0, vSwitches: 0, routeTables: 0, securityGroups: 0, instances: 0 });
    const recorded = fs.readFileSync(record(), 'utf8');
    expect(recorded).toContain('"action":"AllocateIpv6InternetBandwidth"');
    expect(recorded).not.toMatch(/of-the-account|of-the-session|Signature|1234567890123456/);
    expect(await run('--check', record())).toMatchObject({ code: 0 });
  });

  test('cleans up after a failed step, and names the step', async () => {
    api.fail('CreateIpv6EgressOnlyRule', { kind: 'error', code: 'Forbidden.RAM' });
    const { code, output } = await start();
    expect(code).toBe(1);
    expect(output).toContain('new-network: deploy failed');
    expect(output).toContain('DeleteIpv6InternetBandwidth');
    expect(api.bandwidths()).toEqual([]);
    expect(api.network).toEqual({ vpcs: 0, vSwitches: 0, routeTables: 0, securityGroups: 0, instances: 0 });
  });
});

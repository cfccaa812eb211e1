import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { cleanUp, leftVpcs, VPC_NAME } from './clean-up';
import { Ask } from './official-service';
import { checkRecord, RecordFile } from './record';
import { withoutAccount } from './recording-relay';
import { VpcApi } from '../e2e/vpc-api';

jest.setTimeout(60_000);

function run(...args: string[]) {
  const root = path.join(__dirname, '..', '..');
  const env: NodeJS.ProcessEnv = { ...process.env, TS_NODE_PROJECT: path.join(root, 'test', 'tsconfig.json') };
  for (const name of Object.keys(env).filter((variable) => variable.startsWith('ALIBABA_CLOUD_'))) delete env[name];
  return spawnSync(process.execPath, ['-r', 'ts-node/register/transpile-only', path.join(__dirname, 'run.ts'), ...args], { cwd: root, env, encoding: 'utf8' });
}

describe('the suite for an account', () => {
  const named = ['--region', 'eu-central-1', '--zone', 'eu-central-1a', '--instance-type', 'ecs.t6-c1m1.large'];

  test('prints the spending limit, and does nothing without --yes-spend', () => {
    const { status, stdout, stderr } = run(...named);
    expect(status).toBe(2);
    expect(stdout).toContain('This run costs money in eu-central-1');
    expect(stderr).toContain('nothing was done: --yes-spend');
  });

  test.each(['region', 'zone', 'instance-type'])('does nothing without --%s', (option) => {
    const at = named.indexOf(`--${option}`);
    const { status, stderr } = run(...named.filter((_, i) => i !== at && i !== at + 1), '--yes-spend');
    expect([status, stderr.trim()]).toEqual([2, `--${option} is missing`]);
  });

  test('does nothing without credentials', () => {
    const { status, stderr } = run(...named, '--yes-spend');
    expect(status).toBe(1);
    expect(stderr).toContain('no credentials: set ALIBABA_CLOUD_ACCESS_KEY_ID');
  });
});

describe('the clean-up', () => {
  let api: VpcApi;
  let asked: string[];
  const ask: Ask = async (_version, action, params) => {
    asked.push(action);
    try {
      return { status: 200, body: api.outOfBand(action, params) };
    } catch (error) {
      const { code, status, message } = error as { code: string; status: number; message: string };
      return { status, body: { Code: code, Message: message } };
    }
  };
  const options = { region: 'cn-hangzhou', ask: ((...args) => ask(...args)) as Ask, say: () => {}, pause: 1 };

  beforeEach(async () => {
    api = await VpcApi.start();
    asked = [];
  });

  afterEach(() => api.stop());

  function leave(VpcName: string): void {
    const { VpcId } = api.outOfBand('CreateVpc', { VpcName, EnableIpv6: 'true' }) as { VpcId: string };
    const { VSwitchId } = api.outOfBand('CreateVSwitch', { VpcId }) as { VSwitchId: string };
    const { SecurityGroupId } = api.outOfBand('CreateSecurityGroup', { VpcId }) as { SecurityGroupId: string };
    api.outOfBand('RunInstances', { VSwitchId, 'SecurityGroupIds.1': SecurityGroupId, 'Ipv6AddressCount': '1' });
    const { Ipv6GatewayId } = api.outOfBand('CreateIpv6Gateway', { VpcId }) as { Ipv6GatewayId: string };
    const { Ipv6AddressId } = api.addresses().find((address) => address.VpcId === VpcId)!;
    api.outOfBand('AllocateIpv6InternetBandwidth', { Ipv6AddressId, Bandwidth: '1' });
    api.outOfBand('CreateIpv6EgressOnlyRule', { Ipv6GatewayId, InstanceId: Ipv6AddressId });
  }

  test('deletes everything that a run left, the billed resources first', async () => {
    leave(VPC_NAME);
    await cleanUp(options);
    expect(asked.filter((action) => action.startsWith('Delete'))).toEqual([
      'DeleteIpv6EgressOnlyRule', 'DeleteIpv6InternetBandwidth', 'DeleteInstance', 'DeleteIpv6Gateway', 'DeleteSecurityGroup', 'DeleteVSwitch', 'DeleteVpc',
    ]);
    expect(api.network).toEqual({ vpcs: 0, vSwitches: 0, routeTables: 0, securityGroups: 0, instances: 0 });
    expect(api.bandwidths()).toEqual([]);
    expect(await leftVpcs(options)).toEqual([]);
  });

  test('changes no other VPC', async () => {
    leave('production');
    await cleanUp(options);
    expect(asked).toEqual(['DescribeVpcs']);
    expect(api.bandwidths()).toHaveLength(1);
  });

  test('repeats a deletion that is not possible yet', async () => {
    leave(VPC_NAME);
    let refusals = 3;
    const slow: Ask = (version, action, params) => action === 'DeleteVSwitch' && refusals-- > 0
      ? Promise.resolve({ status: 400, body: { Code: 'DependencyViolation', Message: 'not yet' } }) : ask(version, action, params);
    await cleanUp({ ...options, ask: slow });
    expect(api.network.vpcs).toBe(0);
  });

  test('fails with the API code if a deletion is not possible', async () => {
    leave(VPC_NAME);
    const refusing: Ask = (version, action, params) => action === 'DeleteInstance'
      ? Promise.resolve({ status: 403, body: { Code: 'Forbidden.RAM', Message: 'no' } }) : ask(version, action, params);
    await expect(cleanUp({ ...options, ask: refusing })).rejects.toThrow(/DeleteInstance i-.*: Forbidden\.RAM: no/);
  });
});

describe('a record', () => {
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'record-'));
  });

  afterEach(() => fs.rmSync(folder, { recursive: true }));

  const recorded = (...exchanges: any[]) => {
    const file = new RecordFile(path.join(folder, 'record.jsonl'));
    exchanges.forEach((exchange) => file.add(exchange));
    return checkRecord(file.path);
  };
  const right = {
    version: '2016-04-28',
    action: 'DescribeIpv6Gateways',
    params: { RegionId: 'cn-hangzhou' },
    status: 200,
    body: { RequestId: '1', TotalCount: 1, PageNumber: 1, PageSize: 10, Ipv6Gateways: { Ipv6Gateway: [{ Ipv6GatewayId: 'ipv6gw-1', OwnerId: 17 }] } },
  };

  test('that is right has no differences', () => {
    expect(recorded(right, { ...right, status: 400, body: { Code: 'Throttling.User', Message: 'slow', RequestId: '2' } })).toEqual([]);
  });

  test('has a difference for a field that the SDK lacks, and for an error that the stand-in lacks', () => {
    const odd = { ...right, body: { ...right.body, Colour: 'red' } };
    expect(recorded(odd, { ...right, status: 400, body: { Code: 'IncorrectStatus.Vpc', Message: 'busy', RequestId: '2' } }))
      .toEqual(['DescribeIpv6Gateways answer: Colour is no field of the official SDK', 'the stand-in has no error IncorrectStatus.Vpc']);
  });

  test('contains no account id, and keeps the types of its values', () => {
    const { body } = withoutAccount({ ...right, body: { ...right.body, AliUid: '17', ResourceOwnerAccount: 'me', OwnerId: 17 } });
    expect(body).toMatchObject({ AliUid: '', ResourceOwnerAccount: '', OwnerId: 0, Ipv6Gateways: { Ipv6Gateway: [{ OwnerId: 0, Ipv6GatewayId: 'ipv6gw-1' }] } });
  });
});

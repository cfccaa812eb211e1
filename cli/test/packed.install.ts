// What users get: the packed command, installed in an empty folder. It asks the registry for what the command depends on.
import { execFile, execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { BANDWIDTH, bandwidth, change, planFile, planWith } from './plans';
import { VpcApi } from '../../test/e2e/vpc-api';

jest.setTimeout(300_000);

const ROOT = path.join(__dirname, '..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'alicloud-ipv6-'));

afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

function npm(cwd: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

test('contains only the files that run', () => {
  const [{ files, filename }] = JSON.parse(npm(ROOT, 'pack', '--json', '--pack-destination', folder));
  const names = files.map((file: { path: string }) => file.path);
  expect(names.filter((name: string) => !/^lib\/(cli\/src|src\/(api|exposure|terraform))\/[\w/-]+\.js$/.test(name)).sort())
    .toEqual(['LICENSE', 'README.md', 'package.json', 'schema/exposure.schema.json']);
  fs.renameSync(path.join(folder, filename), path.join(folder, 'packed.tgz'));
});

test('runs without other packages, and is no larger than its README states', async () => {
  const empty = path.join(folder, 'empty');
  fs.mkdirSync(empty);
  fs.writeFileSync(path.join(empty, 'package.json'), '{}');
  // Scripts are for older versions of Node.js: the command does without.
  npm(empty, 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', path.join(folder, 'packed.tgz'));

  const program = path.join(empty, 'node_modules/.bin/alicloud-ipv6');
  const run = (...args: string[]) => execFileSync(program, args, { cwd: empty, encoding: 'utf8', env: { PATH: process.env.PATH } });
  expect(run('--help')).toContain('exposure');
  expect(run('exposure', planFile('for-each-and-modules'))).toContain('opens 3, closes 2');
  // The client is loaded, and has nothing to ask.
  expect(run('preflight', planFile('known-after-apply'))).toContain('8 cannot be asked');
  expect(run('import', planFile('known-after-apply'))).toContain('8 cannot be asked');
  await expectAsked(program);

  const packages = npm(empty, 'ls', '--all', '--parseable').trim().split('\n').length - 1;
  const megabytes = Number(execFileSync('du', ['-sm', 'node_modules'], { cwd: empty, encoding: 'utf8' }).split('\t')[0]);
  process.stderr.write(`installed: ${packages} packages, ${megabytes} MB\n`);
  const [, statedPackages, statedMegabytes] = /(\d+) packages, (\d+) MB/.exec(fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8'))!.map(Number);
  expect(packages).toBeLessThanOrEqual(statedPackages);
  expect(megabytes).toBeLessThanOrEqual(statedMegabytes);
});

/** Asks a stand-in for the API as a user would ask the service. */
async function expectAsked(program: string): Promise<void> {
  const api = await VpcApi.start();
  try {
    const vpcId = api.seedVpc();
    const gateway = api.seedGateway(vpcId);
    const { primary } = api.seedInstance({ vSwitchId: api.seedVSwitch(vpcId) });
    const plan = path.join(folder, 'plan.json');
    fs.writeFileSync(plan, planWith({ changes: [change(`${BANDWIDTH}.a`, ['create'], { after: bandwidth(primary.Ipv6AddressId, { ipv6_gateway_id: gateway.Ipv6GatewayId }) })] }));
    const env = { PATH: process.env.PATH, ALICLOUD_ACCESS_KEY: 'stand-in', ALICLOUD_SECRET_KEY: 'stand-in', ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true' };
    const ask = async (verb: string) => (await promisify(execFile)(program, [verb, '--endpoint', `http://127.0.0.1:${api.port}`, plan], { env })).stdout;
    expect(await ask('preflight')).toContain('1 would pass');
    expect(await ask('import')).toContain('1 new');
    expect(api.events).toEqual([]);
  } finally {
    await api.stop();
  }
}

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { Ipv6Address, Ipv6InternetBandwidth } from '../../src';

/** CDK Terrain checks the engines that a project names; CDKTF has no such setting. */
const checksTargets = fs.existsSync(path.join(path.dirname(require.resolve('cdktf')), 'validations', 'target-versions.js'));

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'targets-'));

afterAll(() => fs.rmSync(folder, { recursive: true }));

function problems(targetVersions: object | undefined, isImported: boolean): string[] {
  const app = new App({ context: targetVersions && { targetVersions }, outdir: fs.mkdtempSync(path.join(folder, 'out-')), skipValidation: true });
  const stack = new TerraformStack(app, 'web');
  const ipv6Address = Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-1', { vpcId: 'vpc-1' });
  const { resource } = new Ipv6InternetBandwidth(stack, 'Bandwidth', { ipv6Address, bandwidth: 10, egressOnly: false });
  if (isImported) resource.importFrom('ipv6bw-1');
  return stack.node.findAll().flatMap((construct) => construct.node.validate()).filter((message) => /targets/.test(message));
}

const NEEDS_1_4 = { terraform: '>=1.4.0', opentofu: '>=1.6.0' };
const NEEDS_1_5 = { terraform: '>=1.5.0', opentofu: '>=1.6.0' };

test.each([
  [NEEDS_1_4, false],
  [NEEDS_1_5, true],
  [{ opentofu: '>=1.10.0' }, true],
  [undefined, true],
])('a project that targets %j may have what its stack needs (with an import: %s)', (targetVersions, isImported) => {
  expect(problems(targetVersions, isImported)).toEqual([]);
});

(checksTargets ? test.each : test.skip.each)([
  [{ terraform: '>=1.3.0' }, false, 'web: what cdktf-alicloud-ipv6 writes requires terraform >=1.4.0, but the project targets terraform >=1.3.0.'],
  [{ terraform: '>=1.4.6' }, true, 'web: what cdktf-alicloud-ipv6 writes requires terraform >=1.5.0, but the project targets terraform >=1.4.6.'],
])('a project that targets %j is refused (with an import: %s)', (targetVersions, isImported, message) => {
  expect(problems(targetVersions, isImported)).toEqual([`${message} Raise targetVersions in cdktf.json to what this stack needs.`]);
});

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Deployment, describeWithTerraform } from './terraform';
import { VpcApi } from './vpc-api';

jest.setTimeout(600_000);

const root = path.join(__dirname, '..', '..');

interface Example {
  /** What has to be there before it is deployed. */
  readonly seed: (api: VpcApi) => void;
  /** In the order of deployment. */
  readonly stacks: string[];
  readonly bandwidths: number;
  readonly rules: number;
  /** A change of each mutable property. */
  readonly edits: [RegExp, string][];
  /** What the changes ask of the API: nothing is replaced. */
  readonly expectedWrites: string[];
}

const EXAMPLES: Record<string, Example> = {
  'ecs-public': {
    seed: (api) => {
      const vpcId = api.seedVpc('vpc-bp1examples0000000001');
      api.seedGateway(vpcId);
      api.seedAddress({ VSwitchId: api.seedVSwitch(vpcId), AssociatedInstanceId: 'i-bp1web00000000000001' });
    },
    stacks: ['ecs-public'],
    bandwidths: 1,
    rules: 0,
    edits: [[/bandwidth: 10,/, 'bandwidth: 20,']],
    expectedWrites: ['ModifyIpv6InternetBandwidth'],
  },
  'egress-only': {
    seed: (api) => {
      const vpcId = api.seedVpc('vpc-bp1examples0000000001');
      api.seedGateway(vpcId);
      api.seedAddress({ VSwitchId: api.seedVSwitch(vpcId), AssociatedInstanceId: 'i-bp1worker', Ipv6AddressId: 'ipv6-bp1worker0000000001' });
    },
    stacks: ['egress-only'],
    bandwidths: 1,
    rules: 1,
    edits: [[/bandwidth: 100,/, 'bandwidth: 200,']],
    expectedWrites: ['ModifyIpv6InternetBandwidth'],
  },
  'unassociated': {
    seed: (api) => {
      api.seedVSwitch(api.seedVpc('vpc-bp1datacentre00000001'), 'vsw-bp1datacentre00000001');
    },
    stacks: ['unassociated'],
    bandwidths: 1,
    rules: 0,
    edits: [
      [/bandwidth: 200,/, 'bandwidth: 300,'],
      [/'datacentre-entry'/, '\'datacentre-way-in\', description: \'the way in\', tags: { team: \'network\' }'],
      [/ipv6GatewayName: 'datacentre'/, 'ipv6GatewayName: \'dc\', description: \'way-in\''],
      [/team: 'network' \},\n\}/, 'team: \'net\' },\n}'],
    ],
    expectedWrites: ['ModifyIpv6AddressAttribute', 'ModifyIpv6GatewayAttribute', 'ModifyIpv6InternetBandwidth', 'TagResources', 'UnTagResources'],
  },
  'fleet': {
    seed: (api) => {
      const vSwitchId = api.seedVSwitch(api.seedVpc('vpc-bp1fleet00000000001'));
      for (const instance of ['i-bp1lb0000000000000001', 'i-bp1lb0000000000000002']) api.seedAddress({ VSwitchId: vSwitchId, AssociatedInstanceId: instance });
      for (const id of ['ipv6-bp1fleet0000000001', 'ipv6-bp1fleet0000000002', 'ipv6-bp1fleet0000000003']) {
        api.seedAddress({ VSwitchId: vSwitchId, AssociatedInstanceId: `i-of-${id}`, Ipv6AddressId: id });
      }
    },
    stacks: ['network', 'fleet'],
    bandwidths: 5,
    rules: 3,
    edits: [[/bandwidth: 50,/, 'bandwidth: 60,']],
    expectedWrites: ['ModifyIpv6InternetBandwidth'],
  },
};

test('every example is deployed here', () => {
  const examples = fs.readdirSync(path.join(root, 'examples')).filter((name) => fs.existsSync(path.join(root, 'examples', name, 'main.ts')));
  expect(Object.keys(EXAMPLES).sort()).toEqual(examples.sort());
});

describeWithTerraform('the example', () => {
  test.concurrent.each(Object.entries(EXAMPLES))('%s is deployed, changes nothing by itself, is changed in place, and leaves nothing behind', async (name, example) => {
    const api = await VpcApi.start();
    const deployment = new Deployment(api);
    try {
      example.seed(api);
      const gatewaysBefore = api.gateways().length;
      const addressesBefore = api.addresses().length;
      deployment.take(synthesize(deployment.folder, name, (text) => text));
      for (const stack of example.stacks) {
        expect(await deployment.validate(stack)).toMatchObject({ code: 0 });
        expect(await deployment.apply(stack)).toMatchObject({ code: 0 });
      }
      expect(api.bandwidths()).toHaveLength(example.bandwidths);
      expect(api.rules()).toHaveLength(example.rules);
      for (const stack of example.stacks) expect(await deployment.plan(stack)).toMatchObject({ code: 0, changes: {} });

      api.clearCalls();
      deployment.take(synthesize(deployment.folder, name, (text) => example.edits.reduce((edited, [from, to]) => {
        expect(edited).toMatch(from);
        return edited.replace(from, to);
      }, text)));
      for (const stack of example.stacks) expect(await deployment.apply(stack)).toMatchObject({ code: 0 });
      expect([...new Set(api.calls.filter((call) => call.writes).map(({ action }) => action))].sort()).toEqual(example.expectedWrites);
      for (const stack of example.stacks) expect(await deployment.plan(stack)).toMatchObject({ code: 0, changes: {} });

      for (const stack of [...example.stacks].reverse()) expect(await deployment.destroy(stack)).toMatchObject({ code: 0 });
      expect([api.bandwidths(), api.rules()]).toEqual([[], []]);
      expect([api.gateways().length, api.addresses().length]).toEqual([gatewaysBefore, addressesBefore]);
      expect(api.unknownActions).toEqual([]);
    } finally {
      await api.stop();
      deployment.remove();
    }
  });
});

/** Runs an example, with its text edited, as its reader would. */
function synthesize(folder: string, name: string, edit: (text: string) => string): string {
  const outdir = fs.mkdtempSync(path.join(folder, 'out-'));
  const main = path.join(root, 'examples', name, `edited-${process.pid}-${path.basename(outdir)}.ts`);
  fs.writeFileSync(main, edit(fs.readFileSync(path.join(root, 'examples', name, 'main.ts'), 'utf8')));
  try {
    execFileSync(process.execPath, ['-r', 'ts-node/register/transpile-only', main], {
      cwd: root,
      env: { ...process.env, CDKTF_OUTDIR: outdir, TS_NODE_PROJECT: path.join(root, 'examples', 'tsconfig.json') },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } finally {
    fs.rmSync(main);
  }
  return outdir;
}

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { certificate } from './certificate';
import { runBesideExample, synthesizeExample } from './example-program';
import { Deployment, describeWithTerraform, onlyWithTerraform } from './terraform';
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
  /** The gateways that are left, unless those that were there before. */
  readonly gatewaysAfter?: number;
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
  'new-network': {
    seed: () => {},
    stacks: ['new-network'],
    bandwidths: 2,
    rules: 1,
    edits: [[/bandwidth: 10,/, 'bandwidth: 20,']],
    expectedWrites: ['ModifyIpv6InternetBandwidth'],
  },
  'network-interface': {
    seed: (api) => {
      const vpcId = api.seedVpc('vpc-bp1examples0000000001');
      api.seedGateway(vpcId);
      const vSwitchId = api.seedVSwitch(vpcId);
      for (const literal of ['2408:4005:1234:5600::443', '2408:4005:1234:5600::1']) {
        api.seedAddress({ VSwitchId: vSwitchId, AssociatedInstanceId: 'eni-bp1proxy0000000000001', Ipv6Address: literal });
      }
    },
    stacks: ['network-interface'],
    bandwidths: 2,
    rules: 1,
    edits: [[/bandwidth: 200,/, 'bandwidth: 300,'], [/bandwidth: 20,/, 'bandwidth: 30,']],
    expectedWrites: ['ModifyIpv6InternetBandwidth'],
  },
  'own-construct': {
    seed: (api) => {
      for (const [vpc, instance] of [['vpc-bp1staging0000000001', 'i-bp1staging00000000001'], ['vpc-bp1production00000001', 'i-bp1production000000001']]) {
        const vpcId = api.seedVpc(vpc);
        api.seedGateway(vpcId);
        api.seedAddress({ VSwitchId: api.seedVSwitch(vpcId), AssociatedInstanceId: instance });
      }
    },
    stacks: ['staging', 'production'],
    bandwidths: 2,
    rules: 0,
    edits: [[/bandwidth: 5 /, 'bandwidth: 6 '], [/bandwidth: 100 /, 'bandwidth: 150 ']],
    expectedWrites: ['ModifyIpv6InternetBandwidth'],
  },
  // The stand-in is one region: both provider blocks are led to it.
  'two-regions': {
    seed: (api) => {
      for (const [vpc, instance] of [['vpc-bp1mirror00000000001', 'i-bp1mirror0000000000001'], ['vpc-2zemirror0000000001', 'i-2zemirror0000000000001']]) {
        const vpcId = api.seedVpc(vpc);
        api.seedGateway(vpcId);
        api.seedAddress({ VSwitchId: api.seedVSwitch(vpcId), AssociatedInstanceId: instance });
      }
    },
    stacks: ['two-regions'],
    bandwidths: 2,
    rules: 0,
    edits: [[/bandwidth: 50,/, 'bandwidth: 60,']],
    expectedWrites: ['ModifyIpv6InternetBandwidth'],
  },
  'instances-by-tag': {
    seed: (api) => {
      const vpcId = api.seedVpc('vpc-bp1fleet00000000001');
      api.seedGateway(vpcId);
      const vSwitchId = api.seedVSwitch(vpcId);
      for (const role of ['worker', 'database', 'worker', 'worker']) api.seedTaggedInstance(vSwitchId, { role });
    },
    stacks: ['instances-by-tag'],
    bandwidths: 3,
    rules: 3,
    edits: [[/bandwidth: 20,/, 'bandwidth: 30,']],
    expectedWrites: ['ModifyIpv6InternetBandwidth'],
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

test('each example is deployed here', () => {
  const examples = fs.readdirSync(path.join(root, 'examples')).filter((name) => fs.existsSync(path.join(root, 'examples', name, 'main.ts')));
  expect(Object.keys(EXAMPLES).sort()).toEqual(examples.sort());
});

describeWithTerraform('the example', () => {
  test.concurrent.each(Object.entries(EXAMPLES))('%s is deployed, has an empty second plan, is changed in place, and leaves nothing behind', async (name, example) => {
    // The provider deletes the rules of a security group by HTTPS alone.
    const api = await VpcApi.start({ certificate: certificate() });
    const deployment = new Deployment(api);
    try {
      example.seed(api);
      const gatewaysBefore = api.gateways().length;
      const addressesBefore = api.addresses().length;
      deployment.take(synthesizeExample(deployment.folder, name, (text) => text));
      for (const stack of example.stacks) {
        expect(await deployment.validate(stack)).toMatchObject({ code: 0 });
        expect(await deployment.apply(stack)).toMatchObject({ code: 0 });
      }
      expect(api.bandwidths()).toHaveLength(example.bandwidths);
      expect(api.rules()).toHaveLength(example.rules);
      for (const stack of example.stacks) expect(await deployment.plan(stack)).toMatchObject({ code: 0, changes: {} });

      api.clearCalls();
      deployment.take(synthesizeExample(deployment.folder, name, (text) => example.edits.reduce((edited, [from, to]) => {
        expect(edited).toMatch(from);
        return edited.replace(from, to);
      }, text)));
      for (const stack of example.stacks) expect(await deployment.apply(stack)).toMatchObject({ code: 0 });
      expect([...new Set(api.calls.filter((call) => call.writes).map(({ action }) => action))].sort()).toEqual(example.expectedWrites);
      for (const stack of example.stacks) expect(await deployment.plan(stack)).toMatchObject({ code: 0, changes: {} });

      for (const stack of [...example.stacks].reverse()) expect(await deployment.destroy(stack)).toMatchObject({ code: 0 });
      expect([api.bandwidths(), api.rules()]).toEqual([[], []]);
      expect(api.network).toEqual({ vpcs: 0, vSwitches: 0, routeTables: 0, securityGroups: 0, instances: 0 });
      expect([api.gateways().length, api.addresses().length]).toEqual([example.gatewaysAfter ?? gatewaysBefore, addressesBefore]);
      expect(api.unknownActions).toEqual([]);
    } finally {
      await api.stop();
      deployment.remove();
    }
  });
});

describeWithTerraform('README.md', () => {
  test('shows what a failed plan prints', async () => {
    const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8');
    const api = await VpcApi.start();
    const deployment = new Deployment(api);
    try {
      // The ten lines, in a VPC without a gateway.
      const vSwitchId = api.seedVSwitch(api.seedVpc('vpc-bp1web0000000000001'));
      api.seedAddress({ VSwitchId: vSwitchId, AssociatedInstanceId: 'i-bp1web00000000000001', Ipv6AddressId: 'ipv6-bp1web000000000001' });
      deployment.take(runBesideExample(deployment.folder, 'ecs-public', /```ts\n([^]*?)```/.exec(readme)![1]));
      const { code, output } = await deployment.plan('web');
      expect(code).toBe(1);
      // But for the line, and the names that the library derives.
      const comparable = (text: string) => text.replace(/line \d+|^ +\d+:/gm, '').replace(/ipv6-[\w-]+_[0-9a-f]{8}/g, '').trim();
      expect(comparable(/<!-- failed-plan -->\n```text\n([^]*?)```/.exec(readme)![1])).toBe(comparable(output.slice(output.indexOf('Error:'))));
    } finally {
      await api.stop();
      deployment.remove();
    }
  });
});

describeWithTerraform('docs/new-network.md', () => {
  test('shows the summary of the plan', async () => {
    const api = await VpcApi.start();
    const deployment = new Deployment(api);
    try {
      deployment.take(synthesizeExample(deployment.folder, 'new-network', (text) => text));
      const { output } = await deployment.plan('new-network');
      const page = fs.readFileSync(path.join(root, 'docs', 'new-network.md'), 'utf8');
      expect(/<!-- plan -->\n```text\n([^]*?)\n```/.exec(page)![1]).toBe(/^Plan: .*/m.exec(output)![0]);
    } finally {
      await api.stop();
      deployment.remove();
    }
  });
});

describeWithTerraform('a test with a mock provider', () => {
  // A mock of OpenTofu must give every attribute of the objects in a list.
  onlyWithTerraform('runs the whole of new-network, without an account', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mock-'));
    try {
      const stack = path.join(synthesizeExample(folder, 'new-network', (text) => text), 'stacks', 'new-network');
      fs.copyFileSync(path.join(root, 'examples', 'new-network', 'new-network.tftest.hcl'), path.join(stack, 'new-network.tftest.hcl'));
      const terraform = (...args: string[]) => execFileSync(process.env.TERRAFORM_BINARY_NAME ?? 'terraform', [...args, '-no-color'], {
        cwd: stack, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, CHECKPOINT_DISABLE: '1' },
      });
      terraform('init', '-input=false');
      expect(terraform('test')).toContain('2 passed, 0 failed');
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});

// docs/pipelines.md: the test runs its shell pipeline, and checks the options of its other lines.
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { App } from 'cdktf';
import { alicloudIpv6, MAIN } from './command-line';
import { InternetChargeType, Ipv6Address, Ipv6ExposureRules, Ipv6InternetBandwidth } from '../../src';
import { describeWithTerraform } from '../../test/e2e/terraform';
import { stackWithProvider, World } from '../../test/e2e/world';
import { DRY_RUN_ACTIONS, permissionOf } from '../src/api-actions';

jest.setTimeout(300_000);

const [page, permissions] = ['pipelines', 'pipeline-permissions'].map((name) => fs.readFileSync(path.join(__dirname, `../../docs/${name}.md`), 'utf8'));

function block(name: string, text = page): string {
  return new RegExp(`<!-- ${name} -->\\n\`\`\`\\w+\\n([^]*?)\`\`\``).exec(text)![1];
}

test.each(['shell', 'github', 'gitlab'])('the pipeline for %s checks the plan, asks the API, applies and checks the state, in this order', (name) => {
  const lines = block(name).split('\n');
  const at = ['cdktf synth', 'plan -input=false -out=plan', 'alicloud-ipv6 exposure', 'alicloud-ipv6 preflight', 'apply -input=false plan', 'show -json | ']
    .map((step) => lines.findIndex((line) => line.includes(step)));
  expect(at).not.toContain(-1);
  expect(at).toEqual([...at].sort((a, b) => a - b));
});

test('the command has the options that the page uses', async () => {
  for (const [, command, rest] of page.matchAll(/alicloud-ipv6 (exposure|preflight)((?: --?[\w-]+(?: [\w./-]+)?)*)/g)) {
    const { output } = await alicloudIpv6([command, '--help']);
    for (const [option] of rest.matchAll(/--[\w-]+/g)) expect(output).toContain(option);
  }
});

test('the policy is that of the actions that preflight asks for', () => {
  expect(JSON.parse(block('preflight-policy', permissions)).Statement[0].Action).toEqual(DRY_RUN_ACTIONS.map(permissionOf).sort());
});

describeWithTerraform('the pipeline for a shell', () => {
  let world: World;

  beforeEach(async () => {
    world = await World.begin({ instances: 2 });
  });

  afterEach(async () => {
    await world.end();
  });

  /** Runs the page's lines in a folder where `cdktf synth` leaves an app. */
  async function run(bandwidths: (app: App) => void): Promise<{ code: number | null; output: string }> {
    const folder = fs.mkdtempSync(path.join(world.deployment.folder, 'pipeline-'));
    const outdir = path.join(folder, 'synthesized');
    const app = new App({ outdir });
    Ipv6ExposureRules.addTo(app, { warnings: ['Ipv6EgressOnlyRulesPerGateway'] });
    bandwidths(app);
    app.synth();
    // The local state stays in the folder of the test.
    const stack = path.join(outdir, 'stacks/web/cdk.tf.json');
    fs.writeFileSync(stack, fs.readFileSync(stack, 'utf8').replaceAll(process.cwd() + path.sep, folder + path.sep));
    // What leads Terraform to the stand-in. The keys are in the environment, where both find them.
    fs.writeFileSync(path.join(outdir, 'stacks/web/override.tf.json'), JSON.stringify({
      provider: { alicloud: [{ account_type: 'Domestic', protocol: 'HTTP', skip_region_validation: true, endpoints: { vpc: `127.0.0.1:${world.api.port}` } }] },
    }));
    const program = (name: string, text: string) => fs.writeFileSync(path.join(folder, 'bin', name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    fs.mkdirSync(path.join(folder, 'bin'));
    program('npx', `command=$1; shift; case "$command" in cdktf) exec cp -r synthesized cdktf.out;; esac
command=$1; shift; [ "$command" = preflight ] && set -- --endpoint http://127.0.0.1:${world.api.port} "$@"; exec "${process.execPath}" "${MAIN}" "$command" "$@"`);
    return new Promise((resolve, reject) => {
      const child = spawn('sh', ['-c', block('shell').replace(/^terraform /gm, `${process.env.TERRAFORM_BINARY_NAME ?? 'terraform'} `)], {
        cwd: folder,
        env: {
          ...process.env,
          PATH: `${folder}/bin:${process.env.PATH}`,
          CHECKPOINT_DISABLE: '1',
          STACK: 'cdktf.out/stacks/web',
          RULES: 'cdktf.out/ipv6-exposure-rules.json',
          ALIBABA_CLOUD_ACCESS_KEY_ID: 'stand-in',
          ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'stand-in',
          ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true',
        },
      });
      let output = '';
      child.stdout.on('data', (chunk) => output += chunk);
      child.stderr.on('data', (chunk) => output += chunk);
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, output }));
    });
  }

  const web = (internetChargeType: InternetChargeType) => (app: App) => {
    const stack = stackWithProvider(app, 'web');
    world.addresses.forEach((id, i) => new Ipv6InternetBandwidth(stack, `B${i}`, {
      ipv6Address: Ipv6Address.fromIpv6AddressId(stack, `A${i}`, id, { vpcId: world.vpcId }), bandwidth: 10, egressOnly: true, internetChargeType,
    }));
  };

  test('applies the checked plan, and checks the state', async () => {
    const { code, output } = await run(web(InternetChargeType.PAY_BY_BANDWIDTH));
    expect(output).toContain('opens 0, closes 0; after the apply 0 open, 0 unproven, 2 outbound only');
    expect(output).toContain('2 cannot be asked, 2 would pass');
    expect(output).toContain('Apply complete!');
    expect(output).toContain('standard input: 0 open, 0 unproven, 2 outbound only');
    expect([code, world.bought]).toEqual([0, { bandwidths: world.addresses, rules: world.addresses }]);
  });

  test('ends before the first write if the API would refuse one', async () => {
    world.api.account.cdt = 'closed';
    const { code, output } = await run(web(InternetChargeType.PAY_BY_TRAFFIC));
    expect(output).toContain('OperationFailed.OpenCdtServiceFirst: the billing method needs CDT billing to be enabled');
    expect(code).toBe(1);
    expect(world.api.calls.filter(({ writes, params }) => writes && params.DryRun !== 'true')).toEqual([]);
    expect(world.api.events).toEqual([]);
  });
});

// The plan of a CDKTF app, from the folder of its stack, by the real Terraform and the real provider.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, TerraformHclModule, TerraformStack } from 'cdktf';
import { alicloudIpv6 } from './command-line';
import { Ipv6Address, Ipv6ExposureRules, Ipv6Gateway, Ipv6InternetBandwidth } from '../../src';
import { describeWithTerraform } from '../../test/e2e/terraform';
import { stackWithProvider, World } from '../../test/e2e/world';

jest.setTimeout(300_000);

const SECRETS = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'stand-in', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'stand-in' };

describeWithTerraform('a CDKTF app', () => {
  let world: World;

  beforeEach(async () => {
    world = await World.begin({ instances: 3 });
  });

  afterEach(async () => {
    await world.end();
  });

  const program = (...names: string[]) => (app: App) => {
    Ipv6ExposureRules.addTo(app, { maxBandwidthPerAddress: 100 });
    const stack = stackWithProvider(app, 'web');
    for (const name of names) bandwidth(stack, name);
  };

  function bandwidth(stack: TerraformStack, name: string): Ipv6InternetBandwidth {
    const address = world.addresses[['Shop', 'Batch', 'Mail'].indexOf(name)];
    const made = new Ipv6InternetBandwidth(stack, name, {
      ipv6Address: Ipv6Address.fromIpv6AddressId(stack, `${name}Address`, address, { vpcId: world.vpcId }), bandwidth: 10, egressOnly: name === 'Batch',
    });
    if (name === 'Shop') Ipv6ExposureRules.acknowledge(made, 'Ipv6EgressOnlyRequired', { reason: 'serves the shop' });
    return made;
  }

  /** Synthesizes, and plans the stack: returns its folder, and the rules. */
  async function planned(build: (app: App) => void): Promise<{ folder: string; rules: string }> {
    const outdir = fs.mkdtempSync(path.join(world.deployment.folder, 'cdktf.out-'));
    const app = new App({ outdir });
    build(app);
    app.synth();
    world.deployment.take(outdir);
    const { code, output } = await world.deployment.plan('web');
    if (code !== 0) throw new Error(output);
    return { folder: path.join(world.deployment.folder, 'stacks/web'), rules: path.join(outdir, 'ipv6-exposure-rules.json') };
  }

  // What Terraform needs, and the credentials: the provider block of the test has its own.
  const env = () => ({ ...SECRETS, ...Object.fromEntries(['TF_CLI_CONFIG_FILE', 'TERRAFORM_BINARY_NAME'].map((name) => [name, process.env[name] ?? ''])) });

  test('what its plan opens, with the constructs, and the rules that were written at synth', async () => {
    const { folder, rules } = await planned(program('Shop', 'Batch'));
    const { code, output, errors } = await alicloudIpv6(['exposure', '--json', '--rules', rules, folder], { env: env() });
    expect([code, errors]).toEqual([0, '']);
    const { plans: [{ addresses, findings }] } = JSON.parse(output);
    expect(addresses.map(({ address, effect, after, constructPath }: any) => [address, effect, after.state, constructPath])).toEqual([
      [world.addresses[0], 'opens', 'open', 'web/Shop'], [world.addresses[1], 'leaves', 'outbound only', 'web/Batch'],
    ]);
    expect(findings).toMatchObject([{ ruleId: 'Ipv6EgressOnlyRequired', path: 'web/Shop', isForbidden: false, acknowledgement: { reason: 'serves the shop' } }]);

    const preflight = await alicloudIpv6(['preflight', '--json', '--endpoint', `http://127.0.0.1:${world.api.port}`, folder], { env: env() });
    expect(preflight.code).toBe(0);
    expect(JSON.parse(preflight.output).plans[0].verdicts.map(({ action, outcome }: any) => [action, outcome])).toEqual([
      ['AllocateIpv6InternetBandwidth', 'would pass'], ['AllocateIpv6InternetBandwidth', 'would pass'], ['CreateIpv6EgressOnlyRule', 'cannot be asked'],
    ]);
    expect(world.bought).toEqual({ bandwidths: [], rules: [] });
  });

  test('what is in a module only its plan tells, and the rules forbid it there', async () => {
    const source = path.join(world.deployment.folder, 'module');
    fs.mkdirSync(source);
    fs.writeFileSync(path.join(source, 'main.tf'), `
      terraform {
        required_providers {
          alicloud = { source = "aliyun/alicloud" }
        }
      }
      resource "alicloud_vpc_ipv6_internet_bandwidth" "open" {
        ipv6_address_id = "${world.addresses[2]}"
        ipv6_gateway_id = "${world.api.gateways()[0].Ipv6GatewayId}"
        bandwidth       = 10
      }
    `);
    const { folder, rules } = await planned((app) => {
      Ipv6ExposureRules.addTo(app, { warnings: ['Ipv6ModuleReviewed'] });
      new TerraformHclModule(stackWithProvider(app, 'web'), 'Module', { source });
    });
    const { code, output } = await alicloudIpv6(['exposure', '--rules', rules, folder], { env: env() });
    expect(code).toBe(1);
    expect(output).toMatch(/forbidden: Ipv6EgressOnlyRequired: module\.\w+\.alicloud_vpc_ipv6_internet_bandwidth\.open \(web\/Module\): the Internet can open connections/);
  });

  test('after the apply everything is left as it is, and a destroy closes it', async () => {
    await planned(program('Shop', 'Batch'));
    expect((await world.deployment.applyPlanned('web')).code).toBe(0);
    const { folder } = await planned(program('Shop', 'Batch'));
    const { plans: [{ addresses }] } = JSON.parse((await alicloudIpv6(['exposure', '--json', folder], { env: env() })).output);
    expect(addresses.map(({ effect, before, after }: any) => [effect, before.state, after.state])).toEqual([['leaves', 'open', 'open'], ['leaves', 'outbound only', 'outbound only']]);
    expect((await world.deployment.plan('web', '-destroy')).code).toBe(0);
    const destroyed = JSON.parse((await alicloudIpv6(['exposure', '--json', folder], { env: env() })).output).plans[0].addresses;
    expect(destroyed.map(({ effect, before, after }: any) => [effect, before.state, after.state])).toEqual([['closes', 'open', 'no bandwidth'], ['leaves', 'outbound only', 'no bandwidth']]);
  });

  test('a gateway that the same plan creates, and bandwidth behind it', async () => {
    const { folder } = await planned((app) => {
      const stack = stackWithProvider(app, 'web');
      const vpcId = world.api.seedVpc();
      const { primary } = world.api.seedInstance({ vSwitchId: world.api.seedVSwitch(vpcId) });
      new Ipv6InternetBandwidth(stack, 'New', {
        ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'Address', primary.Ipv6AddressId, { vpcId }),
        ipv6Gateway: new Ipv6Gateway(stack, 'Gateway', { vpcId }),
        bandwidth: 10,
        egressOnly: true,
      });
    });
    const { code, output } = await alicloudIpv6(['preflight', '--endpoint', `http://127.0.0.1:${world.api.port}`, folder], { env: env() });
    expect(code).toBe(0);
    expect(output).toContain('2 cannot be asked, 1 would pass');
    expect(output).toMatch(/would pass +alicloud_vpc_ipv6_gateway\.\w+ +CreateIpv6Gateway/);
    expect(output).toContain('its ipv6_gateway_id is known after apply');
    expect((await alicloudIpv6(['exposure', folder], { env: env() })).output).toContain('opens 0, closes 0; then the Internet reaches 0, and 1 reach out only');
  });
});

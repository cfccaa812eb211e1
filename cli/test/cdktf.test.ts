// The plan of a CDKTF app, from the folder of its stack, by the real Terraform and the real provider.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, TerraformHclModule, TerraformStack, TerraformVariable } from 'cdktf';
import { alicloudIpv6 } from './command-line';
import {
  Ipv6Address, Ipv6Addresses, Ipv6EgressOnlyRule, Ipv6ExposureRules, Ipv6Gateway, Ipv6InternetBandwidth, Ipv6InternetBandwidths, providerAlicloud,
} from '../../src';
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
  async function planned(build: (app: App) => void, change: (folder: string) => void = () => undefined): Promise<{ folder: string; rules: string }> {
    const outdir = fs.mkdtempSync(path.join(world.deployment.folder, 'cdktf.out-'));
    const app = new App({ outdir });
    build(app);
    app.synth();
    world.deployment.take(outdir);
    const folder = path.join(world.deployment.folder, 'stacks/web');
    change(folder);
    const { code, output } = await world.deployment.plan('web');
    if (code !== 0) throw new Error(output);
    return { folder, rules: path.join(outdir, 'ipv6-exposure-rules.json') };
  }

  // What Terraform needs, and the credentials: the provider block of the test has its own.
  const env = () => ({ ...SECRETS, ...Object.fromEntries(['TF_CLI_CONFIG_FILE', 'TERRAFORM_BINARY_NAME'].map((name) => [name, process.env[name] ?? ''])) });

  test('shows the addresses of its plan with their constructs, and checks the rules of the synthesis', async () => {
    const { folder, rules } = await planned(program('Shop', 'Batch'));
    const { code, output, errors } = await alicloudIpv6(['exposure', '--json', '--rules', rules, folder], { env: env() });
    expect([code, errors]).toEqual([0, '']);
    const { results: [{ addresses, findings }] } = JSON.parse(output);
    expect(addresses.map(({ address, effect, after, constructPath }: any) => [address, effect, after.inbound, constructPath])).toEqual([
      [world.addresses[0], 'opens', 'open', 'web/Shop'], [world.addresses[1], 'adds (outbound only)', 'closed', 'web/Batch'],
    ]);
    expect(findings).toMatchObject([{ ruleId: 'Ipv6EgressOnlyRequired', path: 'web/Shop', acknowledgement: { reason: 'serves the shop' } }]);

    const preflight = await alicloudIpv6(['preflight', '--json', '--endpoint', `http://127.0.0.1:${world.api.port}`, folder], { env: env() });
    expect(preflight.code).toBe(0);
    expect(JSON.parse(preflight.output).plans[0].verdicts.map(({ action, outcome }: any) => [action, outcome])).toEqual([
      ['AllocateIpv6InternetBandwidth', 'would pass'], ['AllocateIpv6InternetBandwidth', 'would pass'], ['CreateIpv6EgressOnlyRule', 'cannot be asked'],
    ]);
    expect(world.bought).toEqual({ bandwidths: [], rules: [] });
  });

  test('the rules of the app forbid an open address in a module, which only the plan shows', async () => {
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

  test('after the apply all addresses are unchanged, and a destroy closes them', async () => {
    await planned(program('Shop', 'Batch'));
    expect((await world.deployment.applyPlanned('web')).code).toBe(0);
    const { folder } = await planned(program('Shop', 'Batch'));
    const { results: [{ addresses }] } = JSON.parse((await alicloudIpv6(['exposure', '--json', folder], { env: env() })).output);
    expect(addresses.map(({ effect, before, after }: any) => [effect, before.inbound, after.inbound])).toEqual([['unchanged', 'open', 'open'], ['unchanged', 'closed', 'closed']]);
    expect((await world.deployment.plan('web', '-destroy')).code).toBe(0);
    const destroyed = JSON.parse((await alicloudIpv6(['exposure', '--json', folder], { env: env() })).output).results[0].addresses;
    expect(destroyed.map(({ effect, before, after }: any) => [effect, before.inbound, after.inbound]).sort()).toEqual([['closes', 'closed', 'none'], ['closes', 'open', 'none']]);
  });

  test('bandwidth of a gateway that the same plan creates', async () => {
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
    expect((await alicloudIpv6(['exposure', folder], { env: env() })).output).toContain('opens 0, closes 0; after the apply 0 open, 0 unproven, 1 outbound only');
  });

  test.each([1, 2])('the addresses of a closed set in %p partitions are outbound only', async (partitions) => {
    const { addresses, vpcId } = world;
    const { folder } = await planned((app) => {
      const stack = stackWithProvider(app, 'web');
      const ipv6Addresses = Ipv6Addresses.fromIpv6AddressIds(stack, 'Addresses', addresses, { vpcId });
      new Ipv6InternetBandwidths(stack, 'Fleet', { ipv6Addresses, bandwidth: 10, egressOnly: true, partitions });
    });
    expect((await alicloudIpv6(['exposure', folder], { env: env() })).output).toContain(`after the apply 0 open, 0 unproven, ${addresses.length} outbound only`);
  });

  test('existing resources are imported by lines of the program', async () => {
    const { api, addresses, vpcId } = world;
    const gatewayId = api.gateways()[0].Ipv6GatewayId;
    const bought = addresses.map((Ipv6AddressId) => String(api.outOfBand('AllocateIpv6InternetBandwidth', { Ipv6AddressId, Bandwidth: '10' }).InternetBandwidthId));
    const rules = addresses.map((InstanceId) => `${gatewayId}:${String(api.outOfBand('CreateIpv6EgressOnlyRule', { InstanceId, Ipv6GatewayId: gatewayId }).Ipv6EgressRuleId)}`);
    const { folder } = await planned((app) => {
      const stack = stackWithProvider(app, 'web');
      const address = (index: number) => Ipv6Address.fromIpv6AddressId(stack, `Address${index}`, addresses[index], { vpcId });
      new Ipv6InternetBandwidth(stack, 'Shop', { ipv6Address: address(0), bandwidth: 10, egressOnly: true });
      const mail = new Ipv6InternetBandwidth(stack, 'Mail', { ipv6Address: address(1), bandwidth: 10 });
      new Ipv6EgressOnlyRule(stack, 'MailRule', { ipv6InternetBandwidth: mail });
      new Ipv6InternetBandwidths(stack, 'Fleet', { ipv6Addresses: Ipv6Addresses.fromIpv6AddressIds(stack, 'Addresses', [addresses[2]], { vpcId }), bandwidth: 10, egressOnly: true });
    });
    const { code, output } = await alicloudIpv6(['import', '--endpoint', `http://127.0.0.1:${api.port}`, folder], { env: env() });
    expect([code, output.split('\n').filter((line) => line !== '' && !line.startsWith('//')).sort()]).toEqual([1, [
      `fleet.importAddressFrom('${addresses[2]}', '${bought[2]}'); // web/Fleet`,
      `fleet.importEgressOnlyRuleFrom('${addresses[2]}', '${rules[2]}'); // web/Fleet`,
      `mail.resource.importFrom('${bought[1]}'); // web/Mail`,
      `mailRule.resource.importFrom('${rules[1]}'); // web/MailRule`,
      `shop.egressOnlyRule!.resource.importFrom('${rules[0]}'); // web/Shop`,
      `shop.resource.importFrom('${bought[0]}'); // web/Shop`,
    ]]);
  });

  /** Writes what leads Terraform to the stand-in into the stack itself, with the region that the program has. */
  function withoutOverride(folder: string): void {
    const [stackFile, overrideFile] = ['cdk.tf.json', 'override.tf.json'].map((name) => path.join(folder, name));
    const stack = JSON.parse(fs.readFileSync(stackFile, 'utf8'));
    const [override] = JSON.parse(fs.readFileSync(overrideFile, 'utf8')).provider.alicloud;
    stack.provider.alicloud = [{ ...override, ...stack.provider.alicloud[0] }];
    fs.writeFileSync(stackFile, JSON.stringify(stack));
    fs.rmSync(overrideFile);
  }

  /** Leads Terraform to the stand-in, and makes a text of the region. */
  function withOverride(folder: string): void {
    const stackFile = path.join(folder, 'cdk.tf.json');
    const region = JSON.parse(fs.readFileSync(stackFile, 'utf8')).provider.alicloud[0].region;
    withoutOverride(folder);
    const stack = JSON.parse(fs.readFileSync(stackFile, 'utf8'));
    fs.writeFileSync(path.join(folder, 'override.tf.json'), JSON.stringify({ provider: { alicloud: [{ ...stack.provider.alicloud[0], region: `${region}-hangzhou` }] } }));
  }

  const UNPROVEN = 'the plan does not prove the region of the provider alicloud: give it with --region';
  test.each([
    ['a variable', 'cn-hangzhou', '', withoutOverride, '1 would pass'], ['a text with a variable', 'cn', '-hangzhou', withoutOverride, UNPROVEN], ['an override of a variable', 'cn', '', withOverride, UNPROVEN],
  ])('%s as the region of the provider block', async (_, value, end, change, says) => {
    const { folder } = await planned((app) => {
      const stack = stackWithProvider(app, 'web');
      const { stringValue } = new TerraformVariable(stack, 'region', { type: 'string', default: value });
      (stack.node.findChild('alicloud') as providerAlicloud.provider.AlicloudProvider).region = `${stringValue}${end}`;
      bandwidth(stack, 'Shop');
    }, change);
    const { code, output } = await alicloudIpv6(['preflight', '--endpoint', `http://127.0.0.1:${world.api.port}`, folder], { env: env() });
    expect([code, output]).toEqual([0, expect.stringContaining(says)]);
  });
});

/**
 * Generates src/provider-alicloud, and projenrc/provider-schema.json, which is the provider's schema of these types.
 *
 *     npm run provider:generate -- [--provider CONSTRAINT]     asks the provider, through Terraform (TERRAFORM_BINARY_NAME)
 *     npm run provider:generate -- --schema FILE               reads the output of `terraform providers schema -json`
 *
 * `--out FOLDER` writes the bindings to another folder, and no schema.
 */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { ConstructsMakerProviderTarget, Language, TerraformProviderConstraint } from '@cdktf/commons';
// The main module of the package loads a parser that fails; the generator does not need it.
import { TerraformProviderGenerator } from '@cdktf/provider-generator/lib/get/generator/provider-generator';
import { CodeMaker } from 'codemaker';
import { main, ROOT } from './toolchain';

/** The resources that the library wraps, and those that an IPv6 network needs in addition; a new binding starts in these lists. */
const RESOURCES = [
  'ecs_network_interface', 'ecs_network_interface_attachment', 'instance', 'route_entry', 'route_table', 'security_group', 'security_group_rule',
  'vpc', 'vpc_ipv6_address', 'vpc_ipv6_egress_rule', 'vpc_ipv6_gateway', 'vpc_ipv6_internet_bandwidth', 'vswitch',
];
const DATA_SOURCES = [
  'ecs_network_interfaces', 'images', 'instance_types', 'instances',
  'vpc_ipv6_addresses', 'vpc_ipv6_egress_rules', 'vpc_ipv6_gateways', 'vpc_ipv6_internet_bandwidths', 'vpcs', 'vswitches', 'zones',
];

const SOURCE = 'aliyun/alicloud';

/** The provider whose behaviour was measured, and the versions compatible with it. */
const VERSION_CONSTRAINT = '~> 1.289';

/** The schema that the bindings are made of; those of the fork are made of it too. */
export const SCHEMA_FILE = path.join(__dirname, 'provider-schema.json');

function schemaFromTerraform(version: string): string {
  const terraform = process.env.TERRAFORM_BINARY_NAME ?? 'terraform';
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'provider-schema-'));
  try {
    fs.writeFileSync(path.join(folder, 'main.tf.json'), JSON.stringify({ terraform: { required_providers: { alicloud: { source: SOURCE, version } } } }));
    execFileSync(terraform, ['init', '-input=false', '-no-color'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    return execFileSync(terraform, ['providers', 'schema', '-json'], { cwd: folder, encoding: 'utf8', maxBuffer: 1e9 });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function pick(schemas: Record<string, unknown>, names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => `alicloud_${name}`).map((name) => {
    if (!(name in schemas)) throw new Error(`the provider's schema has no ${name}`);
    return [name, schemas[name]];
  }));
}

/** Reduces the output of `terraform providers schema -json` to the lists. */
function reduced(schemaJson: string): unknown {
  const { provider_schemas: all } = JSON.parse(schemaJson);
  const schema = Object.entries<any>(all).find(([name]) => name.endsWith(`/${SOURCE}`))?.[1];
  if (!schema) throw new Error(`no schema of ${SOURCE} among: ${Object.keys(all).join(', ')}`);
  return {
    format_version: '1.0',
    // Without `provider_versions` the bindings require the constraint; with it, one version.
    provider_schemas: {
      [`registry.terraform.io/${SOURCE}`]: {
        provider: schema.provider,
        resource_schemas: pick(schema.resource_schemas, RESOURCES),
        data_source_schemas: pick(schema.data_source_schemas, DATA_SOURCES),
      },
    },
  };
}

const CDKTF: any = { TerraformProviderGenerator, ConstructsMakerProviderTarget, TerraformProviderConstraint, Language };

/** Makes bindings of a reduced schema, with cdktf's generator or the one of its fork. */
export async function generateBindings(schema: any, target: string, generator = CDKTF): Promise<void> {
  const code = new CodeMaker();
  const constraint = new generator.TerraformProviderConstraint({ name: 'alicloud', source: SOURCE, version: VERSION_CONSTRAINT });
  const providerTarget = new generator.ConstructsMakerProviderTarget(constraint, generator.Language.TYPESCRIPT);
  new generator.TerraformProviderGenerator(code, schema).generate(providerTarget);
  const made = fs.mkdtempSync(path.join(os.tmpdir(), 'provider-bindings-'));
  try {
    await code.save(made);
    fs.rmSync(target, { recursive: true, force: true });
    fs.cpSync(path.join(made, 'providers', 'alicloud'), target, { recursive: true });
  } finally {
    fs.rmSync(made, { recursive: true, force: true });
  }
}

if (require.main === module) {
  main(async () => {
    const { values: { schema: file, provider, out } } = parseArgs({
      options: { schema: { type: 'string' }, provider: { type: 'string', default: VERSION_CONSTRAINT }, out: { type: 'string' } },
    });
    const schema = reduced(file ? fs.readFileSync(file, 'utf8') : schemaFromTerraform(provider));
    // In lines: the differences between two versions of the provider are those that git shows.
    if (!out) fs.writeFileSync(SCHEMA_FILE, `${JSON.stringify(schema, undefined, 1)}\n`);
    await generateBindings(schema, out ?? path.join(ROOT, 'src', 'provider-alicloud'));
  });
}

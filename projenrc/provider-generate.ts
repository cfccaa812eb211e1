import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ConstructsMakerProviderTarget, Language, TerraformProviderConstraint } from '@cdktf/commons';
// The package's main module pulls in a parser that fails to load; the generator alone is what is wanted.
import { TerraformProviderGenerator } from '@cdktf/provider-generator/lib/get/generator/provider-generator';
import { CodeMaker } from 'codemaker';

/** What the library wraps, and what an IPv6 network needs besides; a new binding starts as a name in these lists. */
const RESOURCES = [
  'alicloud_ecs_network_interface',
  'alicloud_ecs_network_interface_attachment',
  'alicloud_instance',
  'alicloud_route_entry',
  'alicloud_route_table',
  'alicloud_security_group',
  'alicloud_security_group_rule',
  'alicloud_vpc',
  'alicloud_vpc_ipv6_address',
  'alicloud_vpc_ipv6_egress_rule',
  'alicloud_vpc_ipv6_gateway',
  'alicloud_vpc_ipv6_internet_bandwidth',
  'alicloud_vswitch',
];
const DATA_SOURCES = [
  'alicloud_ecs_network_interfaces',
  'alicloud_images',
  'alicloud_instance_types',
  'alicloud_instances',
  'alicloud_vpc_ipv6_addresses',
  'alicloud_vpc_ipv6_egress_rules',
  'alicloud_vpc_ipv6_gateways',
  'alicloud_vpc_ipv6_internet_bandwidths',
  'alicloud_vpcs',
  'alicloud_vswitches',
  'alicloud_zones',
];

const SOURCE = 'aliyun/alicloud';
const FQPN = `registry.terraform.io/${SOURCE}`;
/** The provider whose behaviour was measured, and what is compatible with it. */
const VERSION_CONSTRAINT = '~> 1.289';

/** What the bindings are made of, for those of the fork: the provider's schema, cut to the lists above. */
export const SCHEMA_FILE = path.join(__dirname, 'provider-schema.json');
const BINDINGS = path.join(__dirname, '..', 'src', 'provider-alicloud');

export interface ProviderSchema {
  readonly provider: unknown;
  readonly resource_schemas: Record<string, unknown>;
  readonly data_source_schemas: Record<string, unknown>;
}

/** The provider's own schema, asked of Terraform (TERRAFORM_BINARY_NAME, as cdktf has it). */
function schemaFromTerraform(): string {
  const terraform = process.env.TERRAFORM_BINARY_NAME ?? 'terraform';
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'provider-schema-'));
  try {
    fs.writeFileSync(
      path.join(folder, 'main.tf.json'),
      JSON.stringify({ terraform: { required_providers: { alicloud: { source: SOURCE, version: VERSION_CONSTRAINT } } } }),
    );
    execFileSync(terraform, ['init', '-input=false', '-no-color'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    return execFileSync(terraform, ['providers', 'schema', '-json'], { cwd: folder, encoding: 'utf8', maxBuffer: 1e9 });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function pick(schemas: Record<string, unknown>, names: string[]): Record<string, unknown> {
  return Object.fromEntries(
    names.map((name) => {
      if (!(name in schemas)) throw new Error(`the provider's schema has no ${name}`);
      return [name, schemas[name]];
    }),
  );
}

/** The provider's part of what `terraform providers schema -json` says. */
export function providerSchema({ provider_schemas: all }: { provider_schemas: Record<string, ProviderSchema> }): ProviderSchema {
  const schema = Object.entries(all).find(([name]) => name.endsWith(`/${SOURCE}`))?.[1];
  if (!schema) throw new Error(`no schema of ${SOURCE} among: ${Object.keys(all).join(', ')}`);
  return schema;
}

/** The part of a schema that bindings are made of. */
function cut(schemaJson: string): unknown {
  const schema = providerSchema(JSON.parse(schemaJson));
  return {
    format_version: '1.0',
    // Without `provider_versions` the bindings state the constraint; with it they would pin one version.
    provider_schemas: {
      [FQPN]: {
        provider: schema.provider,
        resource_schemas: pick(schema.resource_schemas, RESOURCES),
        data_source_schemas: pick(schema.data_source_schemas, DATA_SOURCES),
      },
    },
  };
}

/** What makes bindings: cdktf's own generator, or the one of its fork. */
export interface Generator {
  readonly TerraformProviderGenerator: any;
  readonly ConstructsMakerProviderTarget: any;
  readonly TerraformProviderConstraint: any;
  readonly typescript: unknown;
}

const CDKTF_GENERATOR: Generator = {
  TerraformProviderGenerator, ConstructsMakerProviderTarget, TerraformProviderConstraint, typescript: Language.TYPESCRIPT,
};

/** Makes the bindings anew, of a schema that is cut to the lists. */
export async function generateBindings(schema: any, target: string, generator = CDKTF_GENERATOR): Promise<void> {
  const code = new CodeMaker();
  new generator.TerraformProviderGenerator(code, schema).generate(
    new generator.ConstructsMakerProviderTarget(
      new generator.TerraformProviderConstraint({ name: 'alicloud', source: SOURCE, version: VERSION_CONSTRAINT }),
      generator.typescript,
    ),
  );
  const made = fs.mkdtempSync(path.join(os.tmpdir(), 'provider-bindings-'));
  try {
    await code.save(made);
    fs.rmSync(target, { recursive: true, force: true });
    fs.cpSync(path.join(made, 'providers', 'alicloud'), target, { recursive: true });
  } finally {
    fs.rmSync(made, { recursive: true, force: true });
  }
}

async function main(args: string[]): Promise<void> {
  const option = (name: string): string | undefined => {
    const at = args.indexOf(name);
    return at < 0 ? undefined : args[at + 1];
  };
  const schemaFile = option('--schema');
  const schemaJson = schemaFile ? fs.readFileSync(schemaFile, 'utf8') : schemaFromTerraform();
  const schema = cut(schemaJson);
  const elsewhere = option('--out');
  if (!elsewhere) fs.writeFileSync(SCHEMA_FILE, `${JSON.stringify(schema)}\n`);
  await generateBindings(schema, elsewhere ?? BINDINGS);
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, DefaultTokenResolver, StringConcat, TerraformProvider, TerraformResource, TerraformStack, TerraformVariable, Testing, Tokenization } from 'cdktf';
import { Construct } from 'constructs';
import { providerAlicloud } from '../src';

const FOLDER = fs.mkdtempSync(path.join(os.tmpdir(), 'ipv6-test-'));
let apps = 0;

afterAll(() => fs.rmSync(FOLDER, { recursive: true, force: true }));

/** A folder that is gone after the tests of the file. */
export function temporaryFolder(): string {
  const folder = path.join(FOLDER, String(apps++));
  fs.mkdirSync(folder);
  return folder;
}

export function makeApp(): App {
  return Testing.app({ outdir: temporaryFolder() });
}

/** A stack with a provider block, in an app of its own unless one is given. */
export function makeStack(app: App = makeApp(), id = 'stack'): TerraformStack {
  const stack = new TerraformStack(app, id);
  new providerAlicloud.provider.AlicloudProvider(stack, 'Provider', { region: 'cn-hangzhou' });
  return stack;
}

/** A second provider block of a stack. */
export function aliasedProvider(stack: TerraformStack, alias = 'beijing') {
  return new providerAlicloud.provider.AlicloudProvider(stack, alias, { alias, region: /^\w+$/.test(alias) ? `cn-${alias}` : 'cn-beijing' });
}

/** A provider block of something else than Alibaba Cloud. */
export function foreignProvider(stack: TerraformStack): TerraformProvider {
  return new class extends TerraformProvider {}(stack, 'Foreign', { terraformResourceType: 'random', terraformProviderSource: 'hashicorp/random' });
}

/** A resource that some other library makes: only its attributes matter. */
export function otherResource(scope: Construct, id: string, type: string): TerraformResource {
  return new TerraformResource(scope, id, { terraformResourceType: type, terraformGeneratorMetadata: { providerName: 'alicloud' } });
}

export function textVariable(scope: Construct, id: string): string {
  return new TerraformVariable(scope, id, { type: 'string' }).stringValue;
}

export function numberVariable(scope: Construct, id: string): number {
  return new TerraformVariable(scope, id, { type: 'number' }).numberValue;
}

type Blocks = Record<string, Record<string, any>>;

/** What a stack is as Terraform reads it. */
export interface Synthesized {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly locals?: Record<string, any>;
  readonly import?: { for_each: string; id: string; to: string }[];
  readonly provider?: Record<string, any[]>;
  readonly terraform?: { required_version?: string; required_providers?: Record<string, any>; backend?: any };
  readonly output?: Record<string, any>;
  readonly [block: string]: any;
}

/** Synthesizes one stack, its validations included. */
export function synth(stack: TerraformStack): Synthesized {
  return JSON.parse(Testing.synth(stack, true));
}

/** Synthesizes an app to its files, as the command line does, and reads those of its stacks. */
export function synthApp(app: App): Record<string, Synthesized> {
  app.synth();
  const stacks = path.join(app.outdir, 'stacks');
  return Object.fromEntries(
    fs.readdirSync(stacks).map((name) => [name, JSON.parse(fs.readFileSync(path.join(stacks, name, 'cdk.tf.json'), 'utf8'))]),
  );
}

/** The resources of a type, by their names in Terraform. */
export function resources(tf: Synthesized, type: string): Record<string, any> {
  return tf.resource?.[type] ?? {};
}

export function dataSources(tf: Synthesized, type: string): Record<string, any> {
  return tf.data?.[type] ?? {};
}

/** The arguments of the one block there is. */
export function only(blocks: Record<string, any>): any {
  expect(Object.keys(blocks)).toHaveLength(1);
  return Object.values(blocks)[0];
}

export const BANDWIDTH = 'alicloud_vpc_ipv6_internet_bandwidth';
export const RULE = 'alicloud_vpc_ipv6_egress_rule';
export const GATEWAY = 'alicloud_vpc_ipv6_gateway';
export const ADDRESS = 'alicloud_vpc_ipv6_address';
export const ADDRESSES = 'alicloud_vpc_ipv6_addresses';
export const BANDWIDTHS = 'alicloud_vpc_ipv6_internet_bandwidths';
export const RULES = 'alicloud_vpc_ipv6_egress_rules';
export const GATEWAYS = 'alicloud_vpc_ipv6_gateways';

/** A value as Terraform reads it. */
export function resolved(scope: Construct, value: unknown): any {
  return Tokenization.resolve(value, { scope, resolver: new DefaultTokenResolver(new StringConcat()), preparing: false });
}

/** The bare Terraform address of a resource. */
export function addressOf(resource: TerraformResource): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
}

/** What is stored by the `terraform_data` that a trigger of the form `terraform_data.x.output.key` reads. */
export function triggeringValue(tf: Synthesized, trigger: string): any {
  const [, name, key] = /^terraform_data\.([\w-]+)\.output\.([\w-]+)$/.exec(trigger)!;
  return resources(tf, 'terraform_data')[name].input[key];
}

/** The warnings that a synthesis left, by the path of their construct. */
export function warnings(scope: Construct): [string, string][] {
  return scope.node.findAll().flatMap((construct) =>
    construct.node.metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }): [string, string] => [construct.node.path, data]));
}

/** The conditions of a stack's one check. */
export function checksOf(tf: Synthesized): { condition: string; error_message: string }[] {
  return resources(tf, 'terraform_data').Ipv6Checks?.lifecycle.precondition ?? [];
}

/** The lists of messages that a stack's one check refuses, as expressions. */
export function problemsOf(tf: Synthesized): string[] {
  return tf.locals?.ipv6_problems ?? [];
}

/** An expression, and every local that it reads, written out. */
export function writtenOut(tf: Synthesized, expression: string): string {
  return [...expression.matchAll(/local\.([\w-]+)/g)].reduce(
    (text, [, name]) => `${text}\n${writtenOut(tf, JSON.stringify(tf.locals![name]))}`,
    expression,
  );
}

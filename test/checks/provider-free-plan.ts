import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What there is for the lookups of a stack to find: each data source lists what its arguments let through. */
export interface Found {
  readonly addresses?: readonly object[];
  readonly gateways?: readonly object[];
  readonly bandwidths?: readonly object[];
  readonly rules?: readonly object[];
}

/** What Terraform says of one stack. */
export interface Verdict {
  /** The messages of the conditions that do not hold. */
  readonly refusals: string[];
  /** Whatever else is wrong, of which there must be nothing. */
  readonly errors: string[];
  /** The resources whose plan Terraform did not come to, but for those with `for_each`. */
  readonly unplanned: string[];
  /** The keys of the instances of bandwidths with `for_each` that are planned. */
  readonly members: string[];
}

type Block = { [name: string]: any };

/** The attribute of each data source that lists what it finds. */
const LISTS: { [type: string]: keyof Found } = {
  alicloud_vpc_ipv6_addresses: 'addresses',
  alicloud_vpc_ipv6_gateways: 'gateways',
  alicloud_vpc_ipv6_internet_bandwidths: 'bandwidths',
  alicloud_vpc_ipv6_egress_rules: 'rules',
};
const META_ARGUMENTS = ['connection', 'count', 'depends_on', 'for_each', 'lifecycle', 'provider', 'provisioner'];

/**
 * Plans of synthesized stacks, by Terraform itself and without the provider.
 *
 * The locals and conditions stay as they are. A data source becomes a local that holds what is there to be found; a
 * resource becomes a built-in `terraform_data` whose input are its arguments, so that these are evaluated too. All stacks
 * are planned in one run, a module each.
 */
export class ProviderFreePlan {
  /** The Terraform that is at hand, if any: the one that `TERRAFORM_BINARY_NAME` names, or `terraform`. */
  static readonly terraform = findTerraform();

  private readonly configurations: Block[] = [];
  private run?: Promise<Verdict[]>;

  /** Adds a synthesized stack, and returns the question what Terraform says of it. */
  add(synthesized: string, found: Found): () => Promise<Verdict> {
    if (this.run) throw new Error('the plan has been made already');
    const index = this.configurations.push(withoutProvider(JSON.parse(synthesized), found)) - 1;
    return async () => (await (this.run ??= plan(this.configurations)))[index];
  }
}

function findTerraform(): string | undefined {
  const binary = process.env.TERRAFORM_BINARY_NAME || 'terraform';
  return spawnSync(binary, ['version', '-json'], { env: { ...process.env, CHECKPOINT_DISABLE: '1' } }).status === 0 ? binary : undefined;
}

/** A stack's configuration that needs nothing but what is built into Terraform. */
function withoutProvider(stack: Block, found: Found): Block {
  const resources: Block = {};
  const locals: Block = { found: typedLists(found) };

  for (const [type, name, block] of blocks(stack.data)) {
    const listed = dataSource(type, argumentsOf(block));
    locals[`${type}--${name}`] = block.for_each
      ? `\${{ for key, value in ${expression(block.for_each)} : key => ${listed.replace(/\beach\.(key|value)\b/g, '$1')} }}`
      : `\${${listed}}`;
    const conditions = block.lifecycle?.postcondition;
    if (!conditions) continue;
    // What a data source refuses, nothing that comes after it is asked for.
    resources[`data--${type}--${name}`] = {
      lifecycle: { precondition: JSON.parse(JSON.stringify(conditions).replace(/\bself\./g, `local.${type}--${name}.`)) },
    };
  }
  const lookups = Object.keys(resources).map((name) => `terraform_data.${name}`);

  for (const [type, name, block] of blocks(stack.resource)) {
    const { precondition, replace_triggered_by } = block.lifecycle ?? {};
    resources[type === 'terraform_data' ? name : `${type}--${name}`] = {
      for_each: block.for_each,
      input: type === 'terraform_data' ? block.input : argumentsOf(block),
      lifecycle: { precondition, replace_triggered_by },
      depends_on: lookups,
    };
  }
  (stack.import ?? []).forEach((block: Block, index: number) => {
    resources[`import--${index}`] = { input: block.for_each, depends_on: lookups };
  });

  return rewritten({
    terraform: { required_version: stack.terraform?.required_version },
    variable: stack.variable,
    locals: { ...stack.locals, ...locals },
    resource: Object.keys(resources).length > 0 ? { terraform_data: resources } : undefined,
    output: stack.output,
  }, stack.resource ?? {});
}

function blocks(section: Block = {}): Array<[type: string, name: string, block: Block]> {
  return Object.entries(section).flatMap(([type, named]) => Object.entries(named as Block).map(
    ([name, block]): [string, string, Block] => [type, name, block],
  ));
}

function argumentsOf(block: Block): Block {
  return Object.fromEntries(Object.entries(block).filter(([name]) => !META_ARGUMENTS.includes(name)));
}

/** Lists of one type each, as a provider's are. */
function typedLists(found: Found): Block {
  return Object.fromEntries(Object.values(LISTS).map((list) => [list, `\${tolist(jsondecode(${JSON.stringify(JSON.stringify(found[list] ?? []))}))}`]));
}

/** A data source, as an expression: its arguments, and what has the values that these ask for. */
function dataSource(type: string, args: Block): string {
  const given = `{ ${Object.entries(args).map(([name, value]) => `${name} = ${expression(value)}`).join(', ')} }`;
  return `merge(${given}, { ${LISTS[type]} = [for x in local.found.${LISTS[type]} : x if alltrue([for k, v in ${given} : v == null || try(x[k], v) == v])] })`;
}

/** A value of Terraform's JSON as an expression. */
function expression(value: unknown): string {
  return /^\$\{([^]*)\}$/.exec(String(value))?.[1] ?? JSON.stringify(value);
}

/** References to what has taken another shape. */
function rewritten(configuration: Block, resources: Block): Block {
  const text = JSON.stringify(configuration)
    .replace(/\bdata\.(alicloud_\w+)\.([\w-]+)/g, 'local.$1--$2')
    .replace(/(?<![\w.-])(alicloud_\w+)\.([\w-]+)(\[each\.key\])?(?:\.(\w+))?/g, (_reference, type, name, member = '', attribute) => {
      if (attribute === undefined) return `terraform_data.${type}--${name}${member}`;
      const given = attribute in (resources[type]?.[name] ?? {});
      return `terraform_data.${type}--${name}${member}.${given ? `input.${attribute}` : 'id'}`;
    });
  return JSON.parse(text);
}

/** What is wrong with one stack whatever the values keeps Terraform from planning any: then it plans the others alone. */
async function plan(configurations: Block[]): Promise<Verdict[]> {
  const verdicts = await planTogether(configurations);
  const sound = verdicts.map((_, index) => index).filter((index) => verdicts[index].errors.length === 0);
  if (sound.length < configurations.length && sound.length > 0) {
    (await plan(sound.map((index) => configurations[index]))).forEach((verdict, index) => verdicts[sound[index]] = verdict);
  }
  return verdicts;
}

async function planTogether(configurations: Block[]): Promise<Verdict[]> {
  const verdicts = configurations.map(({ resource }): Verdict => ({
    refusals: [],
    errors: [],
    unplanned: Object.entries<Block>(resource?.terraform_data ?? {}).filter(([, block]) => !block.for_each).map(([name]) => name),
    members: [],
  }));
  const folder = mkdtempSync(join(tmpdir(), 'guards-'));
  try {
    const modules = configurations.map((configuration, index) => {
      const name = `stack_${index}`;
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'main.tf.json'), JSON.stringify(configuration));
      return [name, { source: `./${name}` }];
    });
    writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ module: Object.fromEntries(modules) }));

    await terraform(folder, 'init', '-input=false', '-json');
    for (const { type, change, diagnostic } of await terraform(folder, 'plan', '-input=false', '-json')) {
      const where = change?.resource.module ?? diagnostic?.address ?? diagnostic?.range?.filename;
      const index = /stack_(\d+)/.exec(where)?.[1];
      const concerned = index ? [verdicts[Number(index)]] : verdicts;
      if (type === 'planned_change') {
        const { resource_name: name, resource_key: key } = change.resource;
        for (const { unplanned, members } of concerned) {
          if (unplanned.includes(name)) unplanned.splice(unplanned.indexOf(name), 1);
          else if (name.startsWith('alicloud_vpc_ipv6_internet_bandwidth--')) members.push(key);
        }
      } else if (diagnostic?.summary === 'Resource precondition failed') {
        concerned.forEach(({ refusals }) => refusals.push(diagnostic.detail));
      } else if (diagnostic) {
        concerned.forEach(({ errors }) => errors.push(`${diagnostic.summary}: ${diagnostic.detail}`));
      }
    }
    return verdicts;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs Terraform, and returns the events that it reports. */
function terraform(cwd: string, ...args: string[]): Promise<Block[]> {
  const env = { ...process.env, CHECKPOINT_DISABLE: '1' };
  return new Promise((resolve) => {
    // What fails is among the events.
    execFile(ProviderFreePlan.terraform!, args, { cwd, env, maxBuffer: Infinity }, (_error, stdout) => {
      resolve(stdout.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)));
    });
  });
}

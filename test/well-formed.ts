// Whether synthesized JSON is Terraform that the provider's schema takes, as far as that can be said without Terraform.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Synthesized } from './synth';

interface SchemaBlock {
  readonly attributes?: Record<string, { type: unknown; required?: boolean; optional?: boolean; computed?: boolean }>;
  readonly block_types?: Record<string, { nesting_mode: string; block: SchemaBlock }>;
}
type Schemas = Record<string, { block: SchemaBlock }>;

const PROVIDER = Object.values(
  (JSON.parse(fs.readFileSync(path.join(__dirname, '..', 'projenrc', 'provider-schema.json'), 'utf8')) as {
    provider_schemas: Record<string, { provider: { block: SchemaBlock }; resource_schemas: Schemas; data_source_schemas: Schemas }>;
  }).provider_schemas,
)[0];

const BLOCKS = ['//', 'terraform', 'provider', 'resource', 'data', 'locals', 'variable', 'output', 'import', 'moved'];
const META = ['//', 'lifecycle', 'depends_on', 'provider', 'count', 'for_each'];
const LIFECYCLE = ['replace_triggered_by', 'precondition', 'postcondition', 'ignore_changes'];
/** What Terraform and cdktf bring themselves. */
const FOREIGN = ['terraform_data', 'terraform_remote_state', 'alicloud_instance', 'alicloud_vpc'];

/** What is wrong with a stack; nothing, if all is well. */
export function problemsOf(tf: Synthesized): string[] {
  return [...structure(tf), ...texts(tf, 'stack'), ...graph(tf)];
}

/** The tables of the library that nothing in a stack reads. */
export function unreadTablesOf(tf: Synthesized): string[] {
  const read = new Set(references(tf));
  return Object.keys(tf.locals ?? {}).map((name) => `local.${name}`).filter((local) => local.startsWith('local.ipv6_') && !read.has(local));
}

function structure(tf: Synthesized): string[] {
  const problems = Object.keys(tf).filter((name) => !BLOCKS.includes(name)).map((name) => `there is no block ${name}`);
  for (const [kind, schemas] of [['resource', PROVIDER.resource_schemas], ['data', PROVIDER.data_source_schemas]] as const) {
    for (const [type, named] of Object.entries(tf[kind] ?? {})) {
      for (const [name, args] of Object.entries(named)) {
        const where = `${kind}.${type}.${name}`;
        if (!/^[A-Za-z_][\w-]*$/.test(name)) problems.push(`${where} is no name`);
        for (const key of Object.keys(args.lifecycle ?? {})) if (!LIFECYCLE.includes(key)) problems.push(`${where}: there is no lifecycle.${key}`);
        for (const condition of [...args.lifecycle?.precondition ?? [], ...args.lifecycle?.postcondition ?? []]) {
          if (Object.keys(condition).sort().join() !== 'condition,error_message') problems.push(`${where}: a condition has ${Object.keys(condition)}`);
        }
        if (FOREIGN.includes(type)) continue;
        if (!(type in schemas)) problems.push(`${where}: there is no ${type}`);
        else problems.push(...block(where, Object.fromEntries(Object.entries(args).filter(([key]) => !META.includes(key))), schemas[type].block));
      }
    }
  }
  for (const args of tf.provider?.alicloud ?? []) {
    const { alias, ...others } = args;
    problems.push(...block('provider.alicloud', others, PROVIDER.provider.block));
  }
  return problems;
}

function block(where: string, args: Record<string, unknown>, { attributes = {}, block_types: blocks = {} }: SchemaBlock): string[] {
  const problems: string[] = [];
  for (const [name, value] of Object.entries(args)) {
    const attribute = attributes[name];
    if (attribute) {
      if (attribute.computed && !attribute.optional && !attribute.required) problems.push(`${where}.${name} is read-only`);
      if (!fits(value, attribute.type)) problems.push(`${where}.${name} is ${JSON.stringify(value)}, not ${JSON.stringify(attribute.type)}`);
    } else if (name in blocks) {
      for (const each of Array.isArray(value) ? value : [value]) problems.push(...block(`${where}.${name}`, each as Record<string, unknown>, blocks[name].block));
    } else {
      problems.push(`${where} has no ${name}`);
    }
  }
  for (const [name, { required }] of Object.entries(attributes)) if (required && (args[name] === undefined || args[name] === null)) problems.push(`${where} lacks ${name}`);
  return problems;
}

function fits(value: unknown, type: unknown): boolean {
  if (typeof value === 'string' && value.includes('${')) return true;
  if (Array.isArray(type)) {
    const [collection, element] = type as [string, unknown];
    if (collection === 'map') return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every((each) => fits(each, element));
    return Array.isArray(value) && value.every((each) => fits(each, element));
  }
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value);
  if (type === 'bool') return typeof value === 'boolean';
  return typeof value === 'string';
}

/** Every text must be a template that ends: quotes and brackets inside its expressions are closed. */
function texts(value: unknown, where: string): string[] {
  if (typeof value === 'string') {
    if (/TfToken\[|\[object /.test(value)) return [`${where}: what is left of a token: ${value}`];
    const end = template(value, 0, false);
    return end === value.length ? [] : [`${where}: a template that does not end: ${value}`];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).filter(([key]) => key !== '//').flatMap(([key, each]) => texts(each, `${where}.${key}`));
}

/** Where a template ends: at the end of the text, or at the quote that closes it; -1 if it does not. */
function template(text: string, from: number, quoted: boolean): number {
  for (let i = from; i < text.length; i++) {
    if (quoted && text[i] === '\\') {
      if (!'nrt"\\uU'.includes(text[i + 1] ?? ' ')) return -1;
      i++;
    } else if (quoted && text[i] === '"') {
      return i;
    } else if (quoted && text[i] === '\n') {
      return -1;
    } else if ('$%'.includes(text[i]) && text.startsWith(`${text[i]}{`, i + 1)) {
      i += 2; // escaped
    } else if ('$%'.includes(text[i]) && text[i + 1] === '{') {
      i = expression(text, i + 2);
      if (i < 0) return -1;
    }
  }
  return quoted ? -1 : text.length;
}

/** Where the expression ends that begins there: at its `}`. */
function expression(text: string, from: number): number {
  const open: string[] = [];
  let empty = true;
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (char === '}' && open.length === 0) return empty ? -1 : i;
    if (!/\s/.test(char)) empty = false;
    if (char === '"') {
      i = template(text, i + 1, true);
      if (i < 0) return -1;
    } else if ('({['.includes(char)) {
      open.push({ '(': ')', '{': '}', '[': ']' }[char]!);
    } else if (')}]'.includes(char) && open.pop() !== char) {
      return -1;
    }
  }
  return -1;
}

/** What refers to what: to nothing that is not there, and never in a circle. */
function graph(tf: Synthesized): string[] {
  const nodes = new Map<string, unknown>();
  for (const [type, named] of Object.entries(tf.resource ?? {})) for (const [name, args] of Object.entries(named)) nodes.set(`${type}.${name}`, args);
  for (const [type, named] of Object.entries(tf.data ?? {})) for (const [name, args] of Object.entries(named)) nodes.set(`data.${type}.${name}`, args);
  for (const [name, value] of Object.entries(tf.locals ?? {})) nodes.set(`local.${name}`, value);
  for (const name of Object.keys(tf.variable ?? {})) nodes.set(`var.${name}`, undefined);
  for (const [name, args] of Object.entries(tf.output ?? {})) nodes.set(`output.${name}`, args);
  // An import must be known before what it imports to is planned.
  for (const { to, for_each: ids } of tf.import ?? []) {
    if (!nodes.has(to)) return [`import: there is no ${to}`];
    nodes.set(to, [nodes.get(to), ids]);
  }

  const problems: string[] = [];
  const edges = new Map<string, string[]>();
  for (const [node, value] of nodes) {
    // A postcondition may name its own block in its message.
    edges.set(node, references(value).filter((target) => target !== node || !JSON.stringify(value).includes('"postcondition"')));
    for (const target of edges.get(node)!) if (!nodes.has(target)) problems.push(`${node} refers to ${target}, which there is not`);
  }
  const done = new Set<string>();
  const visit = (node: string, above: string[]): void => {
    if (above.includes(node)) {
      problems.push(`a circle: ${[...above.slice(above.indexOf(node)), node].join(' -> ')}`);
    } else if (!done.has(node)) {
      for (const next of edges.get(node) ?? []) visit(next, [...above, node]);
      done.add(node);
    }
  };
  for (const node of nodes.keys()) visit(node, []);
  return problems;
}

const REFERENCE = /(?<![\w.-])(data\.[a-z]\w*\.[A-Za-z_][\w-]*|(?:local|var)\.[A-Za-z_][\w-]*|(?:alicloud|terraform)_\w+\.[A-Za-z_][\w-]*)/g;

function references(value: unknown): string[] {
  if (typeof value === 'string') {
    if (!value.includes('${') && !/^[a-z]\w*\.[\w-]+\.[\w.-]+$/.test(value)) return [];
    return [...value.matchAll(REFERENCE)].map(([reference]) => reference);
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).filter(([key]) => key !== '//').flatMap(([, each]) => references(each));
}

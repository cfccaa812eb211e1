import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, TerraformElement, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { firstCreated } from './created-by-stack';
import { stacksOf } from './stacks';
import { referencesIn } from './template-syntax';
import { resolvedLiteral, ResolvedValue, resolveValue } from './tokens';

type Json = { readonly [name: string]: unknown };

/** A resource, data source or module as Terraform reads it. */
export interface WrittenBlock<Kind = 'resource' | 'data'> {
  readonly kind: Kind;
  readonly type: string;
  readonly name: string;
  /** Its type and name: for a resource or a module, its address in the state. */
  readonly address: string;
  /** The construct that writes it; the stack, for a block that an override or a custom element writes. */
  readonly construct: IConstruct;
  readonly arguments: Json;
  /** Whether an `import` block takes over what exists. */
  readonly imported: boolean;
}

/**
 * The Terraform of a stack, as JSON: overrides, custom elements and resources of other bindings are in it as Terraform reads
 * them, whatever wrote them.
 */
export class WrittenStack {
  /** The file that the synthesis of the app has written. */
  static ofFile(app: App, stack: TerraformStack): WrittenStack {
    const file = path.join(app.outdir, app.manifest.forStack(stack).synthesizedStackPath);
    try {
      const others = fs.readdirSync(path.dirname(file)).filter((name) => /\.(tf|tofu)(\.json)?$/.test(name) && name !== path.basename(file));
      return new WrittenStack(stack, JSON.parse(fs.readFileSync(file, 'utf8')), others.sort());
    } catch (error) {
      throw new Error(`${stack.node.path}: ${file} cannot be read as JSON, and so nothing can be said about what it exposes: ${(error as Error).message}`);
    }
  }

  /** What the stack would write now. */
  static ofConstructs(stack: TerraformStack): WrittenStack {
    return new WrittenStack(stack, stack.toTerraform());
  }

  /** The path of the stack: kept, because cdktf puts it together anew at each reading. */
  readonly path: string;
  private readonly imports: readonly Json[];
  private readonly importedTo: ReadonlySet<string>;
  private resources?: ReadonlyMap<string, readonly Json[][]>;
  private locals?: ReadonlyMap<string, readonly unknown[]>;
  private outputs?: ReadonlyMap<string, readonly unknown[]>;

  /**
   * @param otherFiles  the names of files that Terraform reads as part of the stack, and nothing is known of
   */
  constructor(readonly stack: TerraformStack, private readonly json: Json, readonly otherFiles: readonly string[] = []) {
    this.path = stack.node.path;
    this.imports = objectsOf(json.import);
    this.importedTo = new Set(this.imports.map(({ to }) => withoutKey(to)));
  }

  /** The resources or data sources of the types that are wanted. */
  blocks(kind: 'resource' | 'data', wanted: (type: string) => boolean): WrittenBlock[] {
    return labelled(this.json[kind]).filter(([type]) => wanted(type)).flatMap(([type, byName]) =>
      labelled(byName).flatMap(([name, body]) => objectsOf(body).map((args) => this.block(kind, type, name, args))));
  }

  modules(): WrittenBlock<'module'>[] {
    return labelled(this.json.module).flatMap(([name, body]) => objectsOf(body).map((args) => this.block('module', 'module', name, args)));
  }

  private block<Kind>(kind: Kind, type: string, name: string, args: Json): WrittenBlock<Kind> {
    const address = `${type}.${name}`;
    return { kind, type, name, address, construct: this.writerOf(type, name, args), arguments: args, imported: this.importedTo.has(address) };
  }

  /** Whether the stack has a resource with that address. */
  hasResource(type: string, name: string): boolean {
    this.resources ??= grouped(labelled(this.json.resource).map(([ofType, byName]) => [ofType, objectsOf(byName)]));
    return this.resources.get(type)?.some((named) => named.some((byName) => Object.hasOwn(byName, name))) ?? false;
  }

  /** The values of a local: one, unless it is written twice. */
  valuesOfLocal(name: string): readonly unknown[] {
    return (this.locals ??= grouped(labelled(this.json.locals))).get(name) ?? [];
  }

  /** The values of an output, likewise. */
  valuesOfOutput(name: string): readonly unknown[] {
    this.outputs ??= grouped(labelled(this.json.output)
      .flatMap(([label, body]) => objectsOf(body).map(({ value }): [string, unknown] => [label, value])));
    return this.outputs.get(name) ?? [];
  }

  /** The data sources that blocks read: in their arguments and imports, by way of locals and of other data sources. */
  dataSourcesReadBy(blocks: readonly WrittenBlock[]): WrittenBlock[] {
    const addresses = new Set(blocks.map(({ address }) => address));
    const dataSources = new Map(this.blocks('data', () => true).map((block) => [block.address, block]));
    const followed = new Set<string>();
    const found = new Set<WrittenBlock>();
    const follow = (value: unknown): void => {
      if (typeof value === 'object' && value !== null) {
        Object.values(value).forEach(follow);
      } else if (typeof value === 'string') {
        for (const [root, name, further] of referencesIn(value)) {
          const reference = `${root}.${name}.${root === 'local' ? '' : further}`;
          if (followed.has(reference)) continue;
          followed.add(reference);
          if (root === 'local') this.valuesOfLocal(name).forEach(follow);
          const dataSource = root === 'data' ? dataSources.get(`${name}.${further}`) : undefined;
          if (!dataSource) continue;
          found.add(dataSource);
          follow(dataSource.arguments);
        }
      }
    };
    blocks.forEach((block) => follow(block.arguments));
    this.imports.filter(({ to }) => addresses.has(withoutKey(to))).forEach(follow);
    return [...found];
  }

  /** Whether a value depends on a resource or a module, so that a plan may not know it: by way of locals and of data sources. */
  dependsOnCreated(value: unknown): boolean {
    return firstCreated(value, {
      local: (name) => this.valuesOfLocal(name),
      dataSource: (type, name) => this.blocks('data', (other) => other === type).filter((block) => block.name === name).map((block) => block.arguments),
    }) !== undefined;
  }

  /** The provider blocks, by the names by which resources refer to them. */
  providers(type: string): [reference: string, args: Json][] {
    return labelled(this.json.provider).filter(([label]) => label === type)
      .flatMap(([, body]) => objectsOf(body).map((args): [string, Json] => [args.alias === undefined ? type : `${type}.${args.alias}`, args]));
  }

  /** The construct whose path cdktf wrote beside the block, if that construct writes a block of this name. */
  private writerOf(type: string, name: string, args: Json): IConstruct {
    const [metadata] = objectsOf(objectsOf(args['//'])[0]?.metadata);
    if (typeof metadata?.path !== 'string') return this.stack;
    const inside = metadata.path.startsWith(`${this.path}/`) ? metadata.path.slice(this.path.length + 1).split('/') : [];
    const construct = inside.reduce<IConstruct | undefined>((scope, id) => scope?.node.tryFindChild(id), this.stack);
    if (!construct || !TerraformElement.isTerraformElement(construct) || construct.friendlyUniqueId !== name) return this.stack;
    const { terraformResourceType } = construct as { readonly terraformResourceType?: string };
    return type === 'module' || terraformResourceType === type ? construct : this.stack;
  }
}

/** The stacks of an app, and what their expressions refer to across them. */
export class WrittenApp {
  /** The files that the synthesis of the app has written. */
  static ofFiles(app: App): WrittenApp {
    return new WrittenApp(stacksOf(app).map((stack) => WrittenStack.ofFile(app, stack)));
  }

  /** What the stacks of a scope would write now. */
  static ofConstructs(scope: IConstruct): WrittenApp {
    return new WrittenApp(stacksOf(scope).map((stack) => WrittenStack.ofConstructs(stack)));
  }

  private readonly byId: ReadonlyMap<string, WrittenStack>;

  constructor(readonly stacks: readonly WrittenStack[]) {
    this.byId = new Map(stacks.map((written) => [written.stack.node.id, written]));
  }

  of(stack: TerraformStack): WrittenStack | undefined {
    return this.byId.get(stack.node.id);
  }

  /** What a value of a construct means, which may hold tokens. */
  resolveInput(stack: WrittenStack, value: unknown): ResolvedValue {
    const resolved = resolveValue(stack.stack, value);
    const origin = resolved.origin && this.of(resolved.origin);
    return origin ? this.resolve(origin, resolved.text) : resolved;
  }

  /** What a value means: a reference to a local, or to an output of another stack, means what that means. */
  resolve(stack: WrittenStack, value: unknown): ResolvedValue {
    if (typeof value === 'number') return resolvedLiteral(value);
    let place = stack;
    let meant = value;
    let text: unknown = value;
    // (References that go in a circle are Terraform's to refuse.)
    for (let steps = 0; steps < 20; steps++) {
      if (typeof meant !== 'string' || !meant.startsWith('${')) break;
      const [, root, name, attribute, output] = /^\$\{(\w+)\.([\w-]+)(?:\.([\w-]+)(?:\.outputs\.([\w-]+))?)?\}$/.exec(meant) ?? [];
      let values: readonly unknown[] = [];
      if (root === 'local' && attribute === undefined) {
        values = place.valuesOfLocal(name);
      } else if (root === 'data' && name === 'terraform_remote_state' && output !== undefined) {
        const other = this.byId.get(attribute.replace(/^cross-stack-reference-input-/, ''));
        values = other?.valuesOfOutput(output) ?? [];
        if (other && values.length === 1) {
          place = other;
          text = values[0];
        }
      } else if (root?.includes('_') && !place.hasResource(root, name)) {
        // Before the synthesis of the app, cdktf writes a reference to another stack as if it were one of the same.
        const others = this.stacks.filter((other) => other.hasResource(root, name));
        if (others.length === 1) place = others[0];
      }
      if (values.length !== 1) break;
      [meant] = values;
    }
    if (typeof meant === 'string' && /[$%]\{/.test(meant)) return { text: String(text), key: `${place.path} ${meant}` };
    return resolvedLiteral(meant);
  }
}

/** The address of a resource, of one of its instances too. */
function withoutKey(address: unknown): string {
  return String(address).replace(/\[.*\]$/, '');
}

/** Whether a plan may leave one of the arguments as the state has it, whatever is written: because of `ignore_changes`. */
export function isIgnored({ lifecycle }: Json, ...names: string[]): boolean {
  if (lifecycle === undefined) return false;
  return objectsOf(lifecycle).some(({ ignore_changes: ignored }) => ignored !== undefined
    && [ignored].flat().some((name) => name === 'all' || names.some((argument) => String(name).includes(argument))));
}

/** The objects that a value holds: Terraform takes a list of objects wherever it takes one. */
export function objectsOf(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(objectsOf);
  return typeof value === 'object' && value !== null ? [value as Json] : [];
}

/** The entries of the objects that a value holds, without comments. */
function labelled(value: unknown): [label: string, value: unknown][] {
  return objectsOf(value).flatMap((object) => Object.entries(object)).filter(([label]) => label !== '//');
}

function grouped<T>(entries: readonly [label: string, value: T][]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const [label, value] of entries) {
    const group = groups.get(label);
    if (group) group.push(value);
    else groups.set(label, [value]);
  }
  return groups;
}

import { InputError } from './input-error';

/** An object of the plan's JSON. */
export type Json = { readonly [name: string]: unknown };

const ACTIONS = ['no-op', 'create', 'read', 'update', 'delete', 'forget'] as const;
type Action = typeof ACTIONS[number];

/** A value that only the apply will know. */
export const UNKNOWN = Symbol('known after apply');

/** An instance of a resource, and what the plan does to it. */
export class ResourceChange {
  /** The address without the keys of modules and resources: where it stands in the configuration. */
  readonly configAddress: string;

  constructor(
    readonly address: string,
    readonly type: string,
    readonly moduleAddress: string,
    readonly name: string,
    readonly key: string | number | undefined,
    readonly actions: readonly Action[],
    /** What exists now, as the plan's refresh saw it. */
    readonly before: Json | undefined,
    /** What is planned; without the values that only the apply will know. */
    readonly after: Json | undefined,
    private readonly unknown: unknown,
    private readonly sensitive: readonly unknown[],
    /** Where the state holds it, if a `moved` block says that it was elsewhere. */
    readonly previousAddress: string | undefined,
    readonly isImported: boolean,
    /** An object that a replacement left behind, and that is to be deleted. */
    readonly isDeposed: boolean,
    /** Why the plan leaves it for a later one. */
    readonly deferred: string | undefined,
    /** Whether the plan says nothing of it: it stays as the state has it. */
    readonly isOutsideOfPlan: boolean,
  ) {
    this.configAddress = address.replace(KEYS, '');
  }

  is(action: Action): boolean {
    return this.actions.includes(action);
  }

  /** An argument or attribute after the apply: undefined, if it is not set. */
  planned(name: string): unknown {
    if (this.unknown === true || (isObject(this.unknown) && this.unknown[name])) return UNKNOWN;
    return this.after?.[name] ?? undefined;
  }

  isSensitive(name: string): boolean {
    return this.sensitive.some((marks) => marks === true || (isObject(marks) && marks[name] === true));
  }
}

/** The keys in an address: `["a"]`, `[0]`; the names around them have no brackets. */
const KEYS = /\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g;

/** An expression of the configuration, as far as a plan tells: the value of a literal, or what it refers to. */
export interface Expression {
  readonly isLiteral: boolean;
  readonly literal?: unknown;
  readonly references: readonly string[];
}

/** A plan, as `terraform show -json` and `tofu show -json` write it. */
export class Plan {
  /** Reads a plan, or throws an InputError that says what the text is instead. */
  static parse(text: string): Plan {
    if (text.trim() === '') throw new InputError('is empty');
    if (text.startsWith('PK\u0003\u0004')) {
      throw new InputError('is a binary plan file: give what `terraform show -json` prints of it, or the folder that it is in');
    }
    const json = jsonOf(text);
    const version = json.format_version;
    if ('resources' in json && 'lineage' in json) throw new InputError('is a state, not a plan: give what `terraform show -json PLANFILE` prints');
    if (typeof version !== 'string') throw new InputError('is JSON, but not what `terraform show -json PLANFILE` prints');
    if (!('configuration' in json)) {
      throw new InputError('values' in json || Object.keys(json).every((name) => ['format_version', 'terraform_version'].includes(name))
        ? 'is a state, not a plan: give what `terraform show -json PLANFILE` prints'
        : 'is JSON, but not what `terraform show -json PLANFILE` prints');
    }
    if (!/^1\.\d+$/.test(version)) throw new InputError(`is a plan of format ${version}, and this command reads format 1 (Terraform 1.1 or later, OpenTofu)`);
    if (json.errored === true) throw new InputError('is a plan that ended in an error: it cannot be applied, and does not say all');
    object(json.configuration, 'configuration');
    return new Plan(json);
  }

  private readonly changes: readonly ResourceChange[];
  private resourceConfigs?: Map<string, Json>;

  private constructor(private readonly json: Json) {
    const planned = list(json, 'resource_changes').map((change, i) => resourceChange(change, `resource_changes[${i}]`));
    const deferred = list(json, 'deferred_changes').map((each, i) => {
      const { resource_change: change, reason } = object(each, `deferred_changes[${i}]`);
      return resourceChange(change, `deferred_changes[${i}].resource_change`, typeof reason === 'string' ? reason : 'no reason is given');
    });
    const changes = [...planned, ...deferred];
    const named = new Set(changes.flatMap(({ address, previousAddress = address }) => [address, previousAddress]));
    // With -target, and in a plan that only refreshes, what is left alone stands in the state that the plan started from.
    const untouched = [...stateResources(json)].filter(({ address }) => !named.has(address));
    this.changes = [...changes, ...untouched].filter(({ type }) => type.startsWith('alicloud_vpc_ipv6_'));
  }

  changesOf(type: string): ResourceChange[] {
    return this.changes.filter((change) => change.type === type);
  }

  /** Whether another plan has to follow, because this one says by itself that it leaves something out. */
  get isComplete(): boolean {
    return this.json.complete !== false;
  }

  /** The expression of an argument, if it is written in the configuration. */
  argument(change: ResourceChange, name: string): Expression | undefined {
    const { expressions } = this.configOf(change) ?? {};
    return isObject(expressions) && name in expressions ? expression(expressions[name]) : undefined;
  }

  /** The arguments of the provider block that a resource is managed by. */
  provider(change: ResourceChange): { readonly name: string; readonly arguments: ReadonlyMap<string, Expression>; readonly isOfRoot: boolean } {
    const configured = this.configOf(change)?.provider_config_key;
    const key = typeof configured === 'string' ? configured : 'alicloud';
    const { provider_config: providers } = this.json.configuration as Json;
    const block = isObject(providers) && Object.hasOwn(providers, key) ? providers[key] : undefined;
    const expressions = isObject(block) && isObject(block.expressions) ? block.expressions : {};
    return {
      name: key,
      arguments: new Map(Object.entries(expressions).map(([name, value]) => [name, expression(value)])),
      isOfRoot: !isObject(block) || block.module_address === undefined,
    };
  }

  /** The value of the variable that an expression of the root module is, if it is one. */
  variableOf({ literal, references }: Expression): unknown {
    const [reference] = references;
    const name = references.length === 1 ? /^var\.([\w-]+)$/.exec(reference)?.[1] : undefined;
    if (name === undefined || (literal !== undefined && literal !== `\${${reference}}`)) return undefined;
    const { variables } = this.json;
    const variable = isObject(variables) && Object.hasOwn(variables, name) ? variables[name] : undefined;
    return isObject(variable) ? variable.value : undefined;
  }

  private configOf({ configAddress }: ResourceChange): Json | undefined {
    if (!this.resourceConfigs) {
      this.resourceConfigs = new Map();
      const { root_module: root } = this.json.configuration as Json;
      if (isObject(root)) collectConfigs(root, '', this.resourceConfigs);
    }
    return this.resourceConfigs.get(configAddress);
  }
}

function collectConfigs(module: Json, prefix: string, configs: Map<string, Json>): void {
  for (const resource of list(module, 'resources')) {
    if (isObject(resource)) configs.set(`${prefix}${String(resource.address)}`, resource);
  }
  if (!isObject(module.module_calls)) return;
  for (const [name, call] of Object.entries(module.module_calls)) {
    if (isObject(call) && isObject(call.module)) collectConfigs(call.module, `${prefix}module.${name}.`, configs);
  }
}

function jsonOf(text: string): Json {
  try {
    return object(JSON.parse(text), 'the plan');
  } catch (error) {
    if (error instanceof InputError) throw error;
    // The parser's own message quotes the text, which may hold a secret.
    throw new InputError(/^\{"@level"/.test(text) ? 'is the log of `terraform plan -json`, not a plan: give what `terraform show -json PLANFILE` prints'
      : /^\s*\{/.test(text) ? 'is not valid JSON: it may have been cut off' : 'is not JSON');
  }
}

function resourceChange(value: unknown, where: string, deferred?: string): ResourceChange {
  const { address, type, module_address: module = '', name, index, mode, deposed, previous_address: previous, change } = object(value, where);
  const { actions, before, after, after_unknown: unknown, before_sensitive: sensitiveBefore, after_sensitive: sensitiveAfter, importing } = object(change, `${where}.change`);
  if (typeof address !== 'string' || typeof type !== 'string' || typeof module !== 'string') throw unlike(where);
  if (!Array.isArray(actions) || actions.length === 0 || !actions.every((action) => ACTIONS.includes(action))) throw unlike(`${where}.change.actions`);
  return new ResourceChange(address, mode === 'data' ? `data.${type}` : type, module, String(name), keyOf(index), actions,
    isObject(before) ? before : undefined, isObject(after) ? after : undefined, unknown, [sensitiveBefore, sensitiveAfter],
    typeof previous === 'string' ? previous : undefined, isObject(importing), deposed !== undefined, deferred, false);
}

/** What the state holds that the plan started from. */
function* stateResources(json: Json): Generator<ResourceChange> {
  const { values } = isObject(json.prior_state) ? json.prior_state : {};
  const { root_module: root } = isObject(values) ? values : {};
  const modules = isObject(root) ? [root] : [];
  for (let module = modules.pop(); module; module = modules.pop()) {
    modules.push(...list(module, 'child_modules').filter(isObject));
    for (const resource of list(module, 'resources')) {
      if (!isObject(resource) || resource.mode === 'data') continue;
      const { address, type, name, index, values: attributes, sensitive_values: sensitive, deposed_key: deposed } = resource;
      if (typeof address !== 'string' || typeof type !== 'string' || !isObject(attributes)) continue;
      yield new ResourceChange(address, type, typeof module.address === 'string' ? module.address : '', String(name), keyOf(index), ['no-op'],
        attributes, attributes, undefined, [sensitive], undefined, false, deposed !== undefined, undefined, true);
    }
  }
}

function expression(value: unknown): Expression {
  if (!isObject(value)) return { isLiteral: false, references: [] };
  const references = list(value, 'references').filter((reference): reference is string => typeof reference === 'string');
  // Of an expression in JSON syntax, a plan gives the text as the constant value, beside the references.
  return { isLiteral: 'constant_value' in value && references.length === 0, literal: value.constant_value, references };
}

function keyOf(index: unknown): string | number | undefined {
  return typeof index === 'string' || typeof index === 'number' ? index : undefined;
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function object(value: unknown, where: string): Json {
  if (!isObject(value)) throw unlike(where);
  return value;
}

function list(json: Json, name: string): readonly unknown[] {
  const value = json[name] ?? [];
  if (!Array.isArray(value)) throw unlike(name);
  return value;
}

function unlike(where: string): InputError {
  return new InputError(`is not a plan that this command can read: ${where} is not what Terraform writes`);
}

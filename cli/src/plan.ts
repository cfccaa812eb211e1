import { Configuration, Expression, expression } from './configuration';
import { InputError } from './input-error';
import { isObject, Json } from './json';
import { UNKNOWN } from '../../src/exposure/unknown';
import { NAME } from '../../src/terraform/json-syntax';

const ACTIONS = ['no-op', 'create', 'read', 'update', 'delete', 'forget'] as const;
type Action = typeof ACTIONS[number];

export { UNKNOWN };

/** An instance of a resource, and what the plan does to it. */
export class ResourceChange {
  /** The address in the configuration, without the keys of modules and resources. */
  readonly configAddress: string;

  constructor(
    readonly address: string,
    readonly type: string,
    readonly moduleAddress: string,
    readonly name: string,
    readonly key: string | number | undefined,
    readonly actions: readonly Action[],
    /** The existing values, as the refresh of the plan read them. */
    readonly before: Json | undefined,
    /** The planned values, without those that are known after apply. */
    readonly after: Json | undefined,
    private readonly unknown: unknown,
    private readonly sensitive: readonly unknown[],
    /** The former address in the state, from a `moved` block. */
    readonly previousAddress: string | undefined,
    readonly isImported: boolean,
    /** An object that a replacement left behind, and that is to be deleted. */
    readonly isDeposed: boolean,
    /** Reason why the plan defers the change. */
    readonly deferred: string | undefined,
    /** True if the plan does not mention it: the state keeps it. */
    readonly isOutsideOfPlan: boolean,
    /** True if the state marks it for replacement, because its creation failed half-way. */
    readonly isTainted: boolean,
  ) {
    this.configAddress = address.replace(KEYS, '');
  }

  is(action: Action): boolean {
    return this.actions.includes(action);
  }

  /** True if the apply makes a new object. */
  get isNew(): boolean {
    return this.is('create');
  }

  /** True if the object that exists stays. */
  get keepsObject(): boolean {
    return this.before !== undefined && !this.is('create') && !this.is('delete');
  }

  /** True if it exists after the apply, in the state and as planned. */
  get lasts(): boolean {
    return this.after !== undefined && this.deferred === undefined && !this.isDeposed && (this.is('create') || !(this.is('delete') || this.is('forget')));
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

const VARIABLE = new RegExp(`^var\\.(${NAME})$`, 'u');

/** A plan, as `terraform show -json` and `tofu show -json` write it. */
export class Plan {
  /** Reads a plan. Throws an InputError for any other text. */
  static parse(text: string): Plan {
    return Plan.of(jsonOf(text));
  }

  /** Takes the JSON of a plan, or throws an InputError. */
  static of(json: Json): Plan {
    const version = json.format_version;
    if ('encrypted_data' in json) throw new InputError('is encrypted by OpenTofu: give the plan file itself, or what `tofu show -json` prints');
    if ('remote_plan_format' in json) throw new InputError('is a plan in HCP Terraform: give the plan file itself, or what `terraform show -json` prints');
    if (isState(json)) throw new InputError('is a state, not a plan: give what `terraform show -json PLANFILE` prints');
    if (typeof version !== 'string' || !('configuration' in json)) throw new InputError('is JSON, but not a plan: give what `terraform show -json PLANFILE` prints');
    if (!/^1\.\d+$/.test(version)) throw new InputError(`is a plan of format ${version}, and this command reads format 1 (Terraform 1.1 or later, OpenTofu): upgrade one of them`);
    if (json.errored === true) throw new InputError('is a plan that ended in an error, and is incomplete: plan again');
    return new Plan(json, new Configuration(object(json.configuration, 'configuration')));
  }

  private readonly changes: readonly ResourceChange[];

  private constructor(private readonly json: Json, readonly configuration: Configuration) {
    const planned = list(json, 'resource_changes').map((change, i) => resourceChange(change, `resource_changes[${i}]`));
    const deferred = list(json, 'deferred_changes').map((each, i) => {
      const { resource_change: change, reason } = object(each, `deferred_changes[${i}]`);
      return resourceChange(change, `deferred_changes[${i}].resource_change`, typeof reason === 'string' ? reason : 'no reason is given');
    });
    const changes = [...planned, ...deferred].filter((change) => change !== undefined);
    // A deposed object has the address of the current one.
    const keyOfObject = (address: string, isDeposed: boolean) => `${address}${isDeposed ? ' deposed' : ''}`;
    const named = new Set(changes.flatMap(({ address, isDeposed, previousAddress = address }) =>
      [address, previousAddress].map((each) => keyOfObject(each, isDeposed))));
    // With -target, and in a plan that only refreshes, the plan does not mention everything that the state has.
    const { prior_state: prior } = json;
    const outside = isObject(prior) ? stateResources(prior).filter(({ address, isDeposed }) => !named.has(keyOfObject(address, isDeposed))) : [];
    this.changes = [...changes, ...outside];
  }

  changesOf(type: string): ResourceChange[] {
    return this.changes.filter((change) => change.type === type);
  }

  /** The resources of other types that a predicate wants. */
  changesOfTypes(isWanted: (type: string) => boolean): ResourceChange[] {
    return this.changes.filter(({ type }) => isWanted(type));
  }

  /** The state that the plan starts from, with what data sources read. */
  get priorState(): Json | undefined {
    return isObject(this.json.prior_state) ? this.json.prior_state : undefined;
  }

  /** True if the plan covers everything. OpenTofu does not state it: there, true if the plan mentions nothing, or the whole state. */
  get isComplete(): boolean {
    const { complete } = this.json;
    if (typeof complete === 'boolean') return complete;
    const outside = this.changes.filter(({ isOutsideOfPlan }) => isOutsideOfPlan).length;
    return outside === 0 || outside === this.changes.length;
  }

  /** True if the plan refreshed the resources that it does not mention: a refresh-only plan does, one with -target does not. */
  get refreshesWhatItOmits(): boolean {
    return this.json.complete === true;
  }

  /** The expression of an argument, if it is written in the configuration. */
  argument({ configAddress }: ResourceChange, name: string): Expression | undefined {
    return this.configuration.argument(configAddress, name);
  }

  /** Returns true if the configuration has the block of a resource. */
  isWritten({ configAddress }: ResourceChange): boolean {
    return this.configuration.has(configAddress);
  }

  /** The keys of the provider blocks of Alibaba Cloud: `alicloud`, `alicloud.alias`, `module.path:alicloud`. */
  get providerNames(): string[] {
    return this.configuration.providerKeys.filter((key) => this.configuration.providerBlock(key).name === 'alicloud');
  }

  /** The arguments of the provider block that a resource is managed by. */
  provider({ configAddress }: ResourceChange): { readonly name: string } & ReturnType<Plan['providerNamed']> {
    const { key } = this.configuration.provider(configAddress);
    return { name: key, ...this.providerNamed(key) };
  }

  providerNamed(key: string): { readonly arguments: ReadonlyMap<string, Expression>; readonly isOfRoot: boolean } {
    const block = this.configuration.providerBlock(key);
    return {
      arguments: new Map(Object.entries(isObject(block.expressions) ? block.expressions : {}).map(([name, value]) => [name, expression(value)])),
      isOfRoot: block.module_address === undefined,
    };
  }

  /** The value of the variable that an expression of the root module is, if it is one. */
  variableOf({ literal, references }: Expression): unknown {
    const [reference] = references;
    const name = references.length === 1 ? VARIABLE.exec(reference)?.[1] : undefined;
    if (name === undefined || (literal !== undefined && literal !== `\${${reference}}`)) return undefined;
    const { variables } = this.json;
    const variable = isObject(variables) && Object.hasOwn(variables, name) ? variables[name] : undefined;
    return isObject(variable) ? variable.value : undefined;
  }
}

/** Returns true for the JSON of a state: the output of Terraform, or the file itself. */
export function isState(json: Json): boolean {
  if ('resources' in json && 'lineage' in json) return true;
  return typeof json.format_version === 'string' && !('configuration' in json)
    && ('values' in json || Object.keys(json).every((name) => ['format_version', 'terraform_version'].includes(name)));
}

/** Parses what `terraform show -json` prints, or throws an InputError that does not quote the text: it may contain a secret. */
export function jsonOf(text: string): Json {
  if (text.trim() === '') throw new InputError('is empty: give what `terraform show -json PLANFILE` prints');
  if (text.startsWith('PK\u0003\u0004')) throw new InputError('is a binary plan file: give the file itself, or what `terraform show -json` prints');
  try {
    return object(JSON.parse(text), 'the plan');
  } catch (error) {
    if (error instanceof InputError) throw error;
    // The parser's own message quotes the text, which may contain a secret.
    throw new InputError(/^\{"@level"/.test(text) ? 'is the log of `terraform plan -json`, not a plan: give what `terraform show -json PLANFILE` prints'
      : /^\s*\{/.test(text) ? 'is not valid JSON, and may have been cut off: write it again' : 'is not JSON: give what `terraform show -json PLANFILE` prints');
  }
}

/** The prefix of the types that this command judges and asks about. */
const FAMILY = 'alicloud_vpc_ipv6_';

/** Characters of an address. Terraform has no limit; a key of a thousand is a mistake already. */
const MOST_CHARACTERS = 10_000;

function checkAddress(address: string, where: string): void {
  if (address.length > MOST_CHARACTERS) throw new InputError(`has an address of ${address.length} characters in ${where}, and this command reads ${MOST_CHARACTERS}: give a plan of Terraform`);
}

/** The change of a resource; undefined for one that nothing here looks at, or of another service with actions of a newer Terraform. */
function resourceChange(value: unknown, where: string, deferred?: string): ResourceChange | undefined {
  const { address, type, module_address: module = '', name, index, mode, deposed, previous_address: previous, change } = object(value, where);
  if (typeof address !== 'string' || typeof type !== 'string' || typeof module !== 'string') throw unlike(where);
  if (mode === 'data' || !isOfInterest(type)) return undefined;
  const { actions, before, after, after_unknown: unknown, before_sensitive: sensitiveBefore, after_sensitive: sensitiveAfter, importing } = object(change, `${where}.change`);
  checkAddress(address, where);
  if (!Array.isArray(actions) || actions.length === 0 || !actions.every((action) => ACTIONS.includes(action))) {
    if (!type.startsWith(FAMILY)) return undefined;
    throw unlike(`${where}.change.actions`);
  }
  return new ResourceChange(address, type, module, String(name), keyOf(index), actions,
    isObject(before) ? before : undefined, isObject(after) ? after : undefined, unknown, [sensitiveBefore, sensitiveAfter],
    typeof previous === 'string' ? previous : undefined, isObject(importing), deposed !== undefined, deferred, false, false);
}

function isOfInterest(type: string): boolean {
  return type.startsWith('alicloud_');
}

/** The resources of a state, as `terraform show -json` prints it. */
export function stateResources(state: Json): ResourceChange[] {
  const found: ResourceChange[] = [];
  for (const module of modulesOf(state)) {
    for (const resource of list(module, 'resources')) {
      if (!isObject(resource) || resource.mode === 'data') continue;
      const { address, type, name, index, values: attributes, sensitive_values: sensitive, deposed_key: deposed, tainted } = resource;
      if (typeof address !== 'string' || typeof type !== 'string' || !isObject(attributes) || !isOfInterest(type)) continue;
      checkAddress(address, 'the state');
      found.push(new ResourceChange(address, type, typeof module.address === 'string' ? module.address : '', String(name), keyOf(index), ['no-op'],
        attributes, attributes, undefined, [sensitive], undefined, false, deposed !== undefined, undefined, true, tainted === true));
    }
  }
  return found;
}

/** Returns the values of the data sources of a state. */
export function dataResources(state: Json): { readonly type: string; readonly values: Json }[] {
  return modulesOf(state).flatMap((module) => list(module, 'resources').flatMap((resource) =>
    isObject(resource) && resource.mode === 'data' && typeof resource.type === 'string' && isObject(resource.values) ? [{ type: resource.type, values: resource.values }] : []));
}

function modulesOf(state: Json): Json[] {
  const { root_module: root } = isObject(state.values) ? state.values : {};
  const modules = isObject(root) ? [root] : [];
  for (let i = 0; i < modules.length; i++) {
    for (const child of list(modules[i], 'child_modules')) if (isObject(child)) modules.push(child);
  }
  return modules;
}

function keyOf(index: unknown): string | number | undefined {
  return typeof index === 'string' || typeof index === 'number' ? index : undefined;
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
  return new InputError(`is not a plan that this command can read (${where} is of another form): give what \`terraform show -json PLANFILE\` prints`);
}

import { isObject, Json } from './json';
import { KEY, NAME } from '../../src/terraform/json-syntax';

/** An expression as a plan shows it: the value of a literal, the text in JSON syntax, and in any syntax what it refers to. */
export interface Expression {
  readonly isLiteral: boolean;
  /** The value of a literal; of an expression in JSON syntax, its text. */
  readonly literal?: unknown;
  readonly references: readonly string[];
}

/** A reference of an expression, in the module where the thing is that it names. */
export interface ResolvedReference {
  /** The modules, without their keys: empty for the root, else such as `module.web.`. */
  readonly module: string;
  /** The name there, as far as the plan shows it: `alicloud_vpc_ipv6_address.a["x"].id`. */
  readonly name: string;
  /** True if the reference crosses from one module to another, so that the instance of the module is not known. */
  readonly isCrossing: boolean;
}

interface Module {
  readonly path: string;
  readonly json: Json;
  readonly parent?: { readonly module: Module; readonly name: string; readonly call: Json };
}

interface Block {
  readonly module: Module;
  readonly json: Json;
}

/** A provider block. */
interface Provider {
  readonly key: string;
  readonly hasInstances: boolean;
}

/** A circle of references is Terraform's to refuse; a path of modules and outputs is never longer. */
const MOST_STEPS = 100;

/** The configuration in a plan: what the arguments of each resource are written as, without the keys of instances. */
export class Configuration {
  private readonly blocks = new Map<string, Block>();
  private readonly modules = new Map<string, Module>();
  private readonly providers = new Map<string, Provider>();
  private readonly following = new Map<string, ReadonlySet<string>>();

  constructor(private readonly json: Json) {
    const { root_module: root } = json;
    const left: Module[] = isObject(root) ? [{ path: '', json: root }] : [];
    for (let module = left.pop(); module; module = left.pop()) {
      this.modules.set(module.path, module);
      for (const block of listOf(module.json.resources)) this.blocks.set(`${module.path}${String(block.address)}`, { module, json: block });
      for (const [name, call] of Object.entries(isObject(module.json.module_calls) ? module.json.module_calls : {})) {
        if (isObject(call) && isObject(call.module)) left.push({ path: `${module.path}module.${name}.`, json: call.module, parent: { module, name, call } });
      }
    }
  }

  /** The expression of an argument, if the configuration has it. */
  argument(configAddress: string, name: string): Expression | undefined {
    const { expressions } = this.blocks.get(configAddress)?.json ?? {};
    return isObject(expressions) && Object.hasOwn(expressions, name) ? expression(expressions[name]) : undefined;
  }

  forEach(configAddress: string): Expression | undefined {
    const value = this.blocks.get(configAddress)?.json.for_each_expression;
    return value === undefined ? undefined : expression(value);
  }

  /** Returns true if a block has `count` or `for_each`. */
  isRepeated(configAddress: string): boolean {
    const { count_expression: count, for_each_expression: forEach } = this.blocks.get(configAddress)?.json ?? {};
    return count !== undefined || forEach !== undefined;
  }

  has(configAddress: string): boolean {
    return this.blocks.has(configAddress);
  }

  get providerKeys(): string[] {
    return Object.keys(isObject(this.json.provider_config) ? this.json.provider_config : {});
  }

  /** The JSON of a provider block; empty for one that the configuration does not have. */
  providerBlock(key: string): Json {
    const { provider_config: providers } = this.json;
    const block = isObject(providers) && Object.hasOwn(providers, key) ? providers[key] : undefined;
    return isObject(block) ? block : {};
  }

  /** The provider block that manages a resource. OpenTofu does not show which instance of a block with `for_each` it is. */
  provider(configAddress: string): Provider {
    const configured = this.blocks.get(configAddress)?.json.provider_config_key;
    const key = typeof configured === 'string' ? configured : 'alicloud';
    let provider = this.providers.get(key);
    if (!provider) {
      provider = { key, hasInstances: referencesIn(this.providerBlock(key).expressions).some((reference) => reference.startsWith('each.')) };
      this.providers.set(key, provider);
    }
    return provider;
  }

  /** Returns the references of an argument, through variables and outputs of modules. */
  references(configAddress: string, { references }: Expression): ResolvedReference[] {
    const block = this.blocks.get(configAddress);
    return block ? wholeReferences(references).flatMap((name) => this.resolve(block.module, name, false, 0)) : [];
  }

  private resolve(module: Module, name: string, isCrossing: boolean, steps: number): ResolvedReference[] {
    const [root, first, second] = name.split(/[.[]/);
    if (steps < MOST_STEPS && root === 'var' && module.parent) {
      const { module: caller, call } = module.parent;
      const value = isObject(call.expressions) && Object.hasOwn(call.expressions, first) ? expression(call.expressions[first]) : undefined;
      return wholeReferences(value?.references ?? []).flatMap((reference) => this.resolve(caller, reference, true, steps + 1));
    }
    if (steps < MOST_STEPS && root === 'module' && second !== undefined) {
      const called = this.modules.get(`${module.path}module.${first}.`);
      const output = called && isObject(called.json.outputs) ? called.json.outputs[outputIn(name)] : undefined;
      if (called && isObject(output)) {
        return wholeReferences(expression(output.expression).references).flatMap((reference) => this.resolve(called, reference, true, steps + 1));
      }
    }
    return [{ module: module.path, name, isCrossing }];
  }

  /** The first of the wanted resources that Terraform creates before a resource: it refers to it or depends on it, directly or through further blocks. */
  awaited(later: string, wanted: ReadonlySet<string>): string | undefined {
    const seen = new Set([later]);
    const left = wanted.size === 0 ? [] : [later];
    for (let address = left.pop(); address !== undefined; address = left.pop()) {
      for (const next of this.dependencies(address)) {
        if (wanted.has(next)) return next;
        if (!seen.has(next)) {
          seen.add(next);
          left.push(next);
        }
      }
    }
    return undefined;
  }

  /** The resources, and `module.x.` for whole modules, that a resource or a module waits for. */
  private dependencies(address: string): ReadonlySet<string> {
    const known = this.following.get(address);
    if (known) return known;
    const found = new Set<string>();
    this.following.set(address, found);
    const follow = (module: Module, references: readonly string[]) => {
      for (const { module: path, name } of references.flatMap((reference) => this.resolve(module, reference, false, 0))) {
        const [, resource] = RESOURCE.exec(name) ?? [];
        if (resource !== undefined) found.add(resource.startsWith('module.') ? `${path}${resource}.` : `${path}${resource}`);
      }
    };
    const block = this.blocks.get(address);
    if (block) {
      follow(block.module, [...referencesIn(block.json), ...stringsOf(block.json.depends_on)]);
      if (block.module.parent) found.add(callOf(block.module));
    } else if (address.startsWith(CALL)) {
      const called = this.modules.get(address.slice(CALL.length));
      if (called?.parent) {
        const { module, call } = called.parent;
        follow(module, [...stringsOf(call.depends_on), ...referencesIn(call.count_expression), ...referencesIn(call.for_each_expression)]);
        if (module.parent) found.add(callOf(module));
      }
    } else if (this.modules.has(address)) {
      for (const [other] of this.blocks) if (other.startsWith(address)) found.add(other);
    }
    return found;
  }
}

/** The name of the call of a module among the dependencies of a resource. */
const CALL = 'call of ';

function callOf({ path }: Module): string {
  return `${CALL}${path}`;
}

/** The references of an expression, without the parts that a plan lists behind each: `x.y` behind `x.y.z`. */
export function wholeReferences(references: readonly string[]): string[] {
  const whole: string[] = [];
  for (const reference of references) {
    const last = whole[whole.length - 1];
    if (last === undefined || !(last.startsWith(`${reference}.`) || last.startsWith(`${reference}[`))) whole.push(reference);
  }
  return whole;
}

export function expression(value: unknown): Expression {
  if (!isObject(value)) return { isLiteral: false, references: [] };
  const references = stringsOf(value.references);
  // For an expression in JSON syntax, a plan shows the text as the constant value, and the references as well.
  return { isLiteral: 'constant_value' in value && references.length === 0, literal: value.constant_value, references };
}

/** The references anywhere in the expressions of a block. */
function referencesIn(value: unknown, found: string[] = []): string[] {
  if (typeof value !== 'object' || value === null) return found;
  for (const [key, each] of Object.entries(value)) {
    if (key !== 'references' || Array.isArray(value)) referencesIn(each, found);
    else for (const reference of stringsOf(each)) found.push(reference);
  }
  return found;
}

const RESOURCE = new RegExp(`^((?:data\\.)?${NAME}\\.${NAME})`, 'u');
const OUTPUT = new RegExp(`^module\\.${NAME}(?:\\[(?:${KEY})\\])?\\.(${NAME})`, 'u');

/** The output that a reference to a module names: `module.x.out` and `module.x["k"].out`. */
function outputIn(reference: string): string {
  return OUTPUT.exec(reference)?.[1] ?? '';
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

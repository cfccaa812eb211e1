import { InputError } from './input-error';
import { isObject, Json } from './plan';

const FORMAT = 1;

/** A rule, and what it is for: the constructs in its scope. */
export interface Rule {
  readonly id: string;
  readonly isError: boolean;
  /** The path of a construct: '' is all. */
  readonly scope: string;
  readonly limit: unknown;
}

/** That somebody has seen what a rule finds, and why it may stay. */
export interface Acknowledgement {
  readonly ruleId: string;
  readonly reason: string;
  readonly path: string;
  readonly block?: string;
}

/** The rules that a stack's plan is held against. */
export interface StackRules {
  readonly rules: readonly Rule[];
  readonly acknowledgements: readonly Acknowledgement[];
  /** The construct that wrote a resource or module, if one did. */
  constructPathOf(configAddress: string): string | undefined;
  /** The path that a resource or module of the configuration belongs to. */
  pathOf(configAddress: string): string;
}

/**
 * The rules that `Ipv6ExposureRules` wrote beside the stacks, or that somebody wrote by hand: then there are no stacks, and
 * paths are Terraform addresses.
 */
export class RulesFile {
  static parse(text: string): RulesFile {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      throw new InputError('is not valid JSON');
    }
    if (!isObject(json) || !('format' in json)) throw new InputError('is not a file of rules: it has no "format"');
    if (json.format !== FORMAT) throw new InputError(`has format ${JSON.stringify(json.format)}, and this command reads format ${FORMAT}`);
    return new RulesFile(json);
  }

  private constructor(private readonly json: Json) {}

  /** The rules of a stack: the one that is named, the one whose folder the plan is in, or the only one. */
  ofStack(named: string | undefined, folder: string | undefined): StackRules {
    if (!('stacks' in this.json)) return stackRules(this.json, undefined);
    const { stacks } = this.json;
    if (!isObject(stacks)) throw new InputError('"stacks" is not an object');
    const names = Object.keys(stacks);
    const name = named ?? (folder !== undefined && names.includes(folder) ? folder : names.length === 1 ? names[0] : undefined);
    if (name === undefined) throw new InputError(`has the stacks ${names.join(', ')}: say with --stack which one the plan is of`);
    if (!names.includes(name)) throw new InputError(`has no stack ${name}, but ${names.join(', ') || 'none'}`);
    const stack = stacks[name];
    if (!isObject(stack) || typeof stack.path !== 'string') throw new InputError(`stacks.${name} has no "path"`);
    return stackRules(stack, stack.path);
  }
}

function stackRules(json: Json, stackPath: string | undefined): StackRules {
  const constructs = isObject(json.constructs) ? json.constructs : {};
  const constructPathOf = (configAddress: string): string | undefined => {
    const path = Object.hasOwn(constructs, configAddress) ? constructs[configAddress] : undefined;
    return typeof path === 'string' ? path : undefined;
  };
  return {
    constructPathOf,
    pathOf: (configAddress) => constructPathOf(configAddress) ?? stackPath ?? configAddress,
    // A file without them would forbid nothing, and say nothing.
    rules: entries(json, 'rules', null).map((entry, i) => rule(entry, `rules[${i}]`)),
    acknowledgements: entries(json, 'acknowledgements').map(({ ruleId, reason, path, block }, i) => {
      if (typeof ruleId !== 'string' || typeof reason !== 'string' || reason.trim() === '' || typeof path !== 'string') {
        throw new InputError(`acknowledgements[${i}] needs a "ruleId", a "reason" and a "path"`);
      }
      return { ruleId, reason, path, block: typeof block === 'string' ? block : undefined };
    }),
  };
}

function rule({ id, severity = 'error', scope = '', limit = true }: Json, where: string): Rule {
  if (typeof id !== 'string' || typeof scope !== 'string') throw new InputError(`${where} needs an "id"`);
  const takes = LIMITS[id];
  // A rule that is not understood would be a rule that is not kept.
  if (!Object.hasOwn(LIMITS, id)) throw new InputError(`${where} is ${id}, which this command does not know: it knows ${Object.keys(LIMITS).join(', ')}`);
  if (!takes.accepts(limit)) throw new InputError(`${where}.limit of ${id} must be ${takes.description}`);
  if (severity !== 'error' && severity !== 'warning') throw new InputError(`${where}.severity must be "error" or "warning"`);
  return { id, isError: severity === 'error', scope, limit };
}

const BOOLEAN = { accepts: (limit: unknown) => typeof limit === 'boolean', description: 'true or false' };
const WHOLE_NUMBER = { accepts: (limit: unknown) => Number.isInteger(limit) && (limit as number) >= 1, description: 'a whole number from 1' };
const TEXTS = { accepts: (limit: unknown) => Array.isArray(limit) && limit.every((each) => typeof each === 'string'), description: 'a list of charge types' };

/** The rules that there are, and what each takes as its limit. */
export const LIMITS: Readonly<Record<string, { readonly accepts: (limit: unknown) => boolean; readonly description: string }>> = {
  Ipv6EgressOnlyRequired: BOOLEAN,
  Ipv6BandwidthPerAddress: WHOLE_NUMBER,
  Ipv6BandwidthPerGateway: WHOLE_NUMBER,
  Ipv6ChargeTypeAllowed: TEXTS,
  Ipv6EgressOnlyRulesPerGateway: WHOLE_NUMBER,
  Ipv6LibraryConstructRequired: BOOLEAN,
  Ipv6ModuleReviewed: BOOLEAN,
};

function entries(json: Json, name: string, otherwise: unknown = []): Json[] {
  const value = json[name] ?? otherwise;
  if (!Array.isArray(value) || !value.every(isObject)) throw new InputError(`"${name}" is not a list of objects`);
  return value;
}

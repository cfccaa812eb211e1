import { InputError } from './input-error';
import { isObject, Json } from './json';
import { Acknowledgement, AppliedRule } from '../../src/exposure/findings';
import { EXPOSURE_RULES, ruleOf } from '../../src/exposure/rules';

const FORMAT = 1;

/** The rules for the plan or state of one stack. */
export interface StackRules {
  readonly rules: readonly AppliedRule[];
  readonly acknowledgements: readonly Acknowledgement[];
  /** The path of the stack's construct; undefined for a file without stacks, where paths are Terraform addresses. */
  readonly stackPath: string | undefined;
  /** Returns the path of the construct that wrote a block; undefined if no construct wrote it. */
  constructPathOf(configAddress: string): string | undefined;
}

/** The rules that `Ipv6ExposureRules` writes next to the stacks, or hand-written rules without stacks. */
export class RulesFile {
  static parse(text: string): RulesFile {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      throw new InputError('is not valid JSON: synthesize the app again');
    }
    if (!isObject(json) || !('format' in json)) throw new InputError('is not a file of rules, because it has no "format": give the ipv6-exposure-rules.json of the synthesis');
    if (json.format !== FORMAT) throw new InputError(`has format ${JSON.stringify(json.format)}, and this command reads format ${FORMAT}: upgrade one of them`);
    for (const name of ['rules', 'acknowledgements', 'constructs']) {
      if ('stacks' in json && name in json) throw new InputError(`has "${name}" next to "stacks": write it in each stack`);
    }
    return new RulesFile(json);
  }

  private constructor(private readonly json: Json) {}

  /** Returns the rules of all stacks, for an account. */
  ofAllStacks(): StackRules[] {
    const { stacks } = this.json;
    return isObject(stacks) ? Object.keys(stacks).map((name) => this.ofStack(name, undefined)) : [this.ofStack(undefined, undefined)];
  }

  /** Returns the rules of the named stack, of the stack whose folder contains the plan, or of the only stack. */
  ofStack(named: string | undefined, folder: string | undefined): StackRules {
    const { stacks } = this.json;
    if (!('stacks' in this.json)) return stackRules(this.json, undefined);
    if (!isObject(stacks)) throw new InputError('"stacks" is not an object: write an object of stacks by their names');
    const names = Object.keys(stacks);
    const name = named ?? (folder !== undefined && names.includes(folder) ? folder : names.length === 1 ? names[0] : undefined);
    if (name === undefined) throw new InputError(`has the stacks ${names.join(', ')}: name one with --stack`);
    if (!names.includes(name)) throw new InputError(`has no stack ${name}, but ${names.join(', ') || 'none'}: name one of them`);
    const stack = stacks[name];
    if (!isObject(stack) || typeof stack.path !== 'string') throw new InputError(`stacks.${name} has no "path": add the path of the stack`);
    return stackRules(stack, stack.path);
  }
}

function stackRules(json: Json, stackPath: string | undefined): StackRules {
  const constructs = isObject(json.constructs) ? json.constructs : {};
  return {
    stackPath,
    constructPathOf: (configAddress) => {
      const path = Object.hasOwn(constructs, configAddress) ? constructs[configAddress] : undefined;
      return typeof path === 'string' ? path : undefined;
    },
    // A file without a list of rules is an error, because it would check nothing.
    rules: entries(json, 'rules', null).map((entry, i) => appliedRule(entry, `rules[${i}]`)).filter(({ limit }) => limit !== false),
    acknowledgements: entries(json, 'acknowledgements').map((entry, i) => acknowledgement(entry, `acknowledgements[${i}]`)),
  };
}

function appliedRule({ id, severity = 'error', scope = '', limit = true }: Json, where: string): AppliedRule {
  if (typeof id !== 'string') throw new InputError(`${where} has no "id": add the id of a rule`);
  if (typeof scope !== 'string') throw new InputError(`${where}.scope must be a path: write a string`);
  const rule = knownRule(id, where);
  if (!rule.limitType.accepts(limit)) throw new InputError(`${where}.limit of ${id} must be ${rule.limitType.description}: change it`);
  if (severity !== 'error' && severity !== 'warning') throw new InputError(`${where}.severity must be "error" or "warning": use one of them`);
  return { rule, limit, severity, unknownSeverity: severity, scope };
}

function acknowledgement({ ruleId, reason, path, block }: Json, where: string): Acknowledgement {
  if (typeof ruleId !== 'string' || typeof reason !== 'string' || reason.trim() === '' || typeof path !== 'string') {
    throw new InputError(`${where} requires "ruleId", "reason" and "path": add them`);
  }
  if (block !== undefined && typeof block !== 'string') throw new InputError(`${where}.block must be a string: write a Terraform address or an id`);
  knownRule(ruleId, where);
  return { ruleId, reason, path, block };
}

/** Returns a rule by its id. Throws for an unknown rule, because the command cannot check it. */
function knownRule(id: string, where: string) {
  const rule = ruleOf(id);
  if (!rule) throw new InputError(`${where} is ${id}, an unknown rule: use one of ${EXPOSURE_RULES.map((each) => each.id).join(', ')}`);
  return rule;
}

function entries(json: Json, name: string, otherwise: unknown = []): Json[] {
  const value = json[name] ?? otherwise;
  if (!Array.isArray(value) || !value.every(isObject)) throw new InputError(`"${name}" is not a list of objects: write a list`);
  return value;
}

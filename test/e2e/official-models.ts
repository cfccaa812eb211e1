import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';

/**
 * Compares requests and answers with the models of the official SDK: names, types, required parameters.
 *
 * The models are loaded one by one, and without their types: a whole client has thousands of them.
 */

/** The package of the official SDK for each version of an API. */
export const OFFICIAL_SDK: Readonly<Record<string, string>> = {
  '2016-04-28': '@alicloud/vpc20160428',
  '2014-05-26': '@alicloud/ecs20140526',
};

/** A request, and the answer to it. */
export interface Exchange {
  /** The version of the API, which names the product too. */
  readonly version: string;
  readonly action: string;
  readonly params: Readonly<Record<string, string>>;
  /** The HTTP status. */
  readonly status: number;
  readonly body: unknown;
}

/** What a generated class of the SDK says of itself. */
interface Model {
  /** The names on the wire, by property. */
  names(): Record<string, string>;
  /** By property: the name of a type, another model, or an array or a map of them. */
  types(): Record<string, Type>;
}

type Type = string | Model | { readonly type: 'array'; readonly itemType: Type } | { readonly type: 'map' };

/** What clients may send with any action: the provider's older ones add the region to each. */
const COMMON_PARAMETERS = ['RegionId'];

const load = createRequire(__filename);
const loaded = new Map<string, { readonly model: Model; readonly declaration: string } | undefined>();

/** Where an exchange differs from the official models. Empty: nowhere. */
export function disagreements(exchange: Exchange): string[] {
  // A request that is refused may be wrong. One that is accepted, if only by a dry run, must be one that the SDK could send.
  const accepted = exchange.status === 200 || (exchange.body as { Code?: unknown }).Code === 'DryRunOperation';
  return [...accepted ? requestProblems(exchange) : [], ...answerProblems(exchange)];
}

/** What of a request the SDK could not have sent, and what it lacks. */
function requestProblems({ version, action, params }: Pick<Exchange, 'version' | 'action' | 'params'>): string[] {
  const found = find(version, `${action}Request`);
  if (!found) return [`${action}: no action of version ${version || 'unknown'} in the official SDK`];
  const own = Object.entries(params).filter(([name]) => !COMMON_PARAMETERS.includes(name));
  const problems = own.flatMap(([name, value]) => parameterProblems(found.model, name.split('.'), value)
    .map((problem) => `${action} request: ${name} ${problem}`));
  const missing = requiredParameters(version, action)
    .filter((name) => !Object.keys(params).some((sent) => sent === name || sent.startsWith(`${name}.`)));
  return [...problems, ...missing.map((name) => `${action} request: ${name} is required, and missing`)];
}

/** What of an answer the SDK has no name for, or another type. */
function answerProblems({ version, action, status, body }: Exchange): string[] {
  if (status !== 200) return errorProblems(action, body);
  const found = find(version, `${action}ResponseBody`);
  if (!found) return [`${action}: no action of version ${version || 'unknown'} in the official SDK`];
  return valueProblems(found.model, body).map((problem) => `${action} answer: ${problem}`);
}

/** The fields of an action's answer in the SDK that no answer has, as `Ipv6Addresses.Ipv6Address[].Status`. */
export function fieldsNeverAnswered(version: string, action: string, bodies: readonly unknown[]): string[] {
  return missingFields(find(version, `${action}ResponseBody`)!.model, bodies, '');
}

/** The parameters that the SDK's documentation calls required. */
export function requiredParameters(version: string, action: string): string[] {
  const { model, declaration } = find(version, `${action}Request`)!;
  const [, ownProperties] = new RegExp(`class ${action}Request extends ([^]*?)static names`).exec(declaration)!;
  const required = [...ownProperties.matchAll(/\/\*\*((?:(?!\*\/)[^])*?)\*\/\s*(\w+)\?:/g)]
    .filter(([, comment]) => /This parameter is required\./.test(comment))
    .map(([, , property]) => model.names()[property]);
  return required;
}

// ---- the models

/** The files of the models are named after them, with other capitals. */
function find(version: string, name: string) {
  const key = `${version} ${name}`;
  if (!loaded.has(key)) loaded.set(key, read(version, name));
  return loaded.get(key);
}

function read(version: string, name: string) {
  const sdk = OFFICIAL_SDK[version];
  if (!sdk) return undefined;
  const folder = path.join(path.dirname(load.resolve(`${sdk}/package.json`)), 'dist', 'models');
  const file = fileNames(folder).get(`${name}.js`.toLowerCase());
  if (!file) return undefined;
  const model = load(path.join(folder, file))[name] as Model | undefined;
  return model && { model, declaration: fs.readFileSync(path.join(folder, file.replace(/js$/, 'd.ts')), 'utf8') };
}

const folders = new Map<string, Map<string, string>>();

function fileNames(folder: string): Map<string, string> {
  if (!folders.has(folder)) folders.set(folder, new Map(fs.readdirSync(folder).map((file) => [file.toLowerCase(), file])));
  return folders.get(folder)!;
}

/** The type of each name on the wire. */
function typesOf(model: Model): Map<string, Type> {
  const types = model.types();
  return new Map(Object.entries(model.names()).map(([property, name]) => [name, types[property]]));
}

function isModel(type: Type): type is Model {
  return typeof type === 'function';
}

// ---- requests: `Tag.1.Key=team`

function parameterProblems(type: Type, [next, ...rest]: string[], value: string): string[] {
  if (next === undefined) return textProblems(type, value);
  if (isModel(type)) {
    const inner = typesOf(type).get(next);
    return inner === undefined ? ['is no parameter of the official SDK'] : parameterProblems(inner, rest, value);
  }
  if (typeof type === 'object' && type.type === 'array' && /^[1-9]\d*$/.test(next)) return parameterProblems(type.itemType, rest, value);
  return ['is no parameter of the official SDK'];
}

function textProblems(type: Type, value: string): string[] {
  if (type === 'number' && !/^-?\d+(\.\d+)?$/.test(value)) return [`must be a number, and is ${JSON.stringify(value)}`];
  if (type === 'boolean' && !/^(true|false)$/.test(value)) return [`must be true or false, and is ${JSON.stringify(value)}`];
  return typeof type === 'string' ? [] : ['must have further names behind it'];
}

// ---- answers: JSON

function valueProblems(type: Type, value: unknown, at = ''): string[] {
  const here = at || 'the body';
  if (isModel(type)) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${here} must be an object, and is ${kindOf(value)}`];
    const types = typesOf(type);
    return Object.entries(value).flatMap(([name, inner]) => {
      const innerType = types.get(name);
      const inside = at ? `${at}.${name}` : name;
      return innerType === undefined ? [`${inside} is no field of the official SDK`] : valueProblems(innerType, inner, inside);
    });
  }
  if (typeof type === 'object') {
    if (type.type === 'map') return typeof value === 'object' && value !== null ? [] : [`${here} must be an object, and is ${kindOf(value)}`];
    if (!Array.isArray(value)) return [`${here} must be a list, and is ${kindOf(value)}`];
    return [...new Set(value.flatMap((item) => valueProblems(type.itemType, item, `${at}[]`)))];
  }
  return type === 'any' || typeof value === type ? [] : [`${here} must be a ${type}, and is ${kindOf(value)}`];
}

/** The SDK makes an exception of the code, the message and the id of the request. */
function errorProblems(action: string, body: unknown): string[] {
  const fields = Object.entries((body ?? {}) as Record<string, unknown>);
  const missing = ['Code', 'Message', 'RequestId'].filter((name) => !fields.some(([field, value]) => field === name && typeof value === 'string' && value !== ''));
  return missing.map((name) => `${action} error: ${name} must be a string that is not empty`);
}

function missingFields(type: Type, values: readonly unknown[], at: string): string[] {
  if (isModel(type)) {
    return [...typesOf(type)].flatMap(([name, inner]) => {
      const inside = at ? `${at}.${name}` : name;
      const found = values.map((value) => (value as Record<string, unknown>)[name]).filter((value) => value !== undefined);
      return found.length === 0 ? [inside] : missingFields(inner, found, inside);
    });
  }
  if (typeof type === 'object' && type.type === 'array') {
    const items = values.flat();
    // Of a list that is always empty, what its items would have is not known.
    return items.length === 0 ? (isModel(type.itemType) ? [`${at}[]`] : []) : missingFields(type.itemType, items, `${at}[]`);
  }
  return [];
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'a list' : `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}: ${JSON.stringify(value)}`;
}

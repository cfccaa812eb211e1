import { GATEWAY } from './resource-types';
import { Json, KEY, keyIn, NAME } from '../terraform/json-syntax';

/** A reference to one attribute, with nothing around it. */
export interface Reference {
  /** The Terraform address without a key, such as `alicloud_vpc_ipv6_internet_bandwidth.web`. */
  readonly resource: string;
  /** The key in brackets: a literal in JSON, or `own` for the key of the instance that refers; undefined for no key. */
  readonly key?: string;
  readonly attribute: string;
}

const OWN_KEY = 'own';
const REFERENCE = new RegExp(`^([a-z]\\w*\\.${NAME})(?:\\[(each\\.key|count\\.index|${KEY})\\])?\\.(\\w+)$`, 'u');
const RESOURCE = new RegExp(`^[a-z]\\w*\\.${NAME}$`, 'u');

/** Characters of an expression that is one reference. */
const MOST_CHARACTERS = 10_000;

/**
 * Returns the reference that an argument in JSON syntax is; undefined for a literal and for any other expression.
 *
 * @param forEach  the `for_each` of the resource that refers: with the instances of a resource, `each.value` is one of them
 */
export function referenceIn(value: unknown, forEach: unknown): Reference | undefined {
  const code = codeOf(value);
  if (code === undefined) return undefined;
  const [, ofEach] = /^each\.value\.(\w+)$/.exec(code) ?? [];
  if (ofEach !== undefined) {
    const resource = codeOf(forEach);
    return resource !== undefined && RESOURCE.test(resource) ? { resource, key: OWN_KEY, attribute: ofEach } : undefined;
  }
  const [, resource, key, attribute] = REFERENCE.exec(code) ?? [];
  if (resource === undefined || resource.startsWith('each.') || resource.startsWith('local.') || resource.startsWith('var.')) return undefined;
  if (key === undefined) return { resource, attribute };
  if (key === 'each.key' || key === 'count.index') return { resource, attribute, key: OWN_KEY };
  const literal = keyIn(key);
  return literal === undefined ? undefined : { resource, attribute, key: literal };
}

/** Returns true if a reference names the instance with the key of the instance that refers. */
export function isOwnKey({ key }: Reference): boolean {
  return key === OWN_KEY;
}

/** Returns true for a text that contains an expression. */
export function hasExpression(value: unknown): boolean {
  return typeof value === 'string' && /[$%]\{/.test(value);
}

/** Returns true if two evaluations of an expression in one module always yield the same value. */
export function isRepeatable(value: unknown): boolean {
  return !/\b(uuid|timestamp|plantimestamp|bcrypt|ephemeral)\b/.test(JSON.stringify(value) ?? '');
}

/** Returns true if two arguments read the id of the same gateway. The provider has it in two attributes. */
export function isSameGateway(one: Reference | undefined, other: Reference | undefined): boolean {
  const isId = (reference: Reference) => ['id', 'ipv6_gateway_id'].includes(reference.attribute);
  return one !== undefined && other !== undefined && one.resource.startsWith(`${GATEWAY}.`)
    && one.resource === other.resource && one.key === other.key && isId(one) && isId(other);
}

/** Returns true if a resource is created after another one, because it refers to it or depends on it. */
export function isOrderedAfter(args: Json, resource: string): boolean {
  const name = new RegExp(`(?<![\\p{ID_Continue}.-])${resource.replaceAll('.', '\\.')}(?![\\p{ID_Continue}-])`, 'u');
  const mentions = (value: unknown, isAddress: boolean): boolean => {
    if (typeof value === 'string') return (isAddress || hasExpression(value)) && name.test(value);
    if (Array.isArray(value)) return value.some((each) => mentions(each, isAddress));
    return typeof value === 'object' && value !== null
      && Object.entries(value).some(([key, each]) => key !== '//' && mentions(each, isAddress || key === 'depends_on' || key === 'replace_triggered_by'));
  };
  return mentions(args, false);
}

function codeOf(value: unknown): string | undefined {
  const [, code] = typeof value === 'string' && value.length <= MOST_CHARACTERS ? /^\$\{((?:[^{}"]|"(?:[^"\\]|\\.)*")*)\}$/.exec(value) ?? [] : [];
  return code?.trim();
}

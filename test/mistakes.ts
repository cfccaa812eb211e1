import { TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';

/** The expected parts of an error. */
export interface Refusal {
  /** The path of the construct that is refused. */
  readonly path: string;
  /** The value; absent where the error has none. */
  readonly actual?: unknown;
  /** The API error that it prevents. */
  readonly code?: string;
  readonly problem?: RegExp;
  readonly remediation: RegExp;
  /** Whether a validation finds it when the app is synthesized. */
  readonly atSynth?: boolean;
}

/** Expects an error with the parts that all messages have: construct path, problem, value, API error code, fix. */
export function expectRefusal(act: () => unknown, refusal: Refusal): Error {
  const error = thrownBy(act);
  expect(error.name).toBe(refusal.atSynth ? 'Error' : 'ConstructError');

  const message = refusal.atSynth ? validationError(error) : error.message;
  expect(message.startsWith(`${refusal.path}: `)).toBe(true);
  const text = message.slice(refusal.path.length + 2);
  expect(text).toMatch(/^[a-z]/);
  expect(text).not.toMatch(/\.$/);
  expect(text.replace('got undefined', '')).not.toMatch(/undefined|\[object|TOKEN/);
  if ('actual' in refusal) expect(text.replace('got the string ', 'got ')).toContain(`got ${shown(refusal.actual)}`);
  if (refusal.code) expect(text).toContain(`(${refusal.code}): `);
  if (refusal.problem) expect(text).toMatch(refusal.problem);
  expect(text).toMatch(refusal.remediation);

  if (!refusal.atSynth) {
    const frames = error.stack!.split('\n').filter((line) => /^\s+at /.test(line));
    expect(frames[0]).toContain(expect.getState().testPath);
  }
  return error;
}

/** The one error of the validations of an app, without the words that cdktf puts around it. */
function validationError({ message }: Error): string {
  const errors = message.split('\n').filter((line) => line.startsWith('  ['));
  expect(errors).toHaveLength(1);
  return errors[0].replace(/^\s*\[[^\]]*\] /, '');
}

function thrownBy(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was refused');
}

/** A verbatim text among the values seen. */
export class Verbatim {
  constructor(readonly text: string) {}
}

function shown(value: unknown): string {
  if (value instanceof Verbatim) return value.text;
  if (value === undefined || value === null) return String(value);
  if (Construct.isConstruct(value)) return `the construct ${value.node.path}`;
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  return typeof value === 'object' ? `an object (${value.constructor.name})` : String(value);
}

type Bad = [what: string, value: any];

const IDS = {
  'ipv6-': 'ipv6-bp1a2b3c4d',
  'ipv6gw-': 'ipv6gw-bp1a2b3c4d',
  'ipv6bw-': 'ipv6bw-bp1a2b3c4d',
  'vpc-': 'vpc-bp1a2b3c4d',
  'vsw-': 'vsw-bp1a2b3c4d',
  'i-': 'i-bp1a2b3c4d',
  'eni-': 'eni-bp1a2b3c4d',
  'rg-': 'rg-acfm1a2b3c4d',
};

/** The prefix of a kind of id. */
export type IdPrefix = keyof typeof IDS;

/** A good id. */
export function goodId(prefix: IdPrefix): string {
  return IDS[prefix];
}

/** What no id of a kind is; `undefined` is for the caller to add where the id is required. */
export function badIds(prefix: IdPrefix): Bad[] {
  return [
    ['null', null],
    ['an empty text', ''],
    ['a number', 5],
    ['a flag', true],
    ['a list', [IDS[prefix]]],
    ['an object', { id: IDS[prefix] }],
    ['an unknown prefix', 'xyz-bp1a2b3c4d'],
    ['the prefix alone', prefix],
    ['a space inside', `${prefix}bp1a 2b3c`],
    ['a space around', ` ${IDS[prefix]} `],
    ['a line break at the end', `${IDS[prefix]}\n`],
    ['upper case', IDS[prefix].toUpperCase()],
    ['an address', '2408:4005:1234:5600::1'],
    ['a prefix', '2408:4005:1234:5600::/64'],
    ...Object.entries(IDS).filter(([other]) => other !== prefix).map(([other, id]): Bad => [`an id that begins with ${other}`, id]),
  ];
}

/** Texts that only Terraform knows: each passes where a literal would be checked. */
export const EXPRESSIONS: [what: string, make: (scope: Construct) => string][] = [
  ['a variable', (scope) => new TerraformVariable(scope, 'Known-later', { type: 'string' }).stringValue],
  ['an expression written by hand', () => '${var.known_later}'],
  ['a token inside a text', (scope) => `x-${new TerraformVariable(scope, 'Known-later', { type: 'string' }).stringValue}`],
];

/** Expressions as Terraform reads them. */
export const EXPRESSION = /^(x-)?\$\{var\.\w+([.-]\w+)*\}$/;

export const BAD_TIMEOUTS: [what: string, value: any, actual: unknown, remediation: RegExp][] = [
  ['null', null, null, /write \{ create: '10m' \}/],
  ['a text', '10m', '10m', /write \{ create: '10m' \}/],
  ['a list', ['10m'], ['10m'], /write \{ create: '10m' \}/],
  ['an action that there is not', { read: '10m' }, '10m', /use create/],
  ['words', { create: 'ten minutes' }, 'ten minutes', /change it/],
  ['no unit', { create: '600' }, '600', /change it/],
  ['a number', { create: 600 }, 600, /change it/],
  ['an empty text', { delete: '' }, '', /change it/],
  ['null for an action', { delete: null }, null, /change it/],
];

export const GOOD_TIMEOUTS: [what: string, value: any][] = [
  ['nothing', {}],
  ['minutes', { create: '10m' }],
  ['mixed units', { create: '1h30m', delete: '90s' }],
  ['a fraction', { create: '1.5h' }],
  ['an expression', { create: '${var.t}' }],
  ['an action left undefined', { create: undefined }],
];

export const BAD_FLAGS: Bad[] = [['null', null], ['a text', 'true'], ['the other text', 'false'], ['a number', 1], ['an object', {}]];

export const BAD_TAGS: Bad[] = [['null', null], ['a text', 'team'], ['a list', ['team']], ['a number for a value', { team: 5 }], ['null for a value', { team: null }]];

/** A chain of letters: names and descriptions begin with one. */
export function letters(length: number): string {
  return 'n'.repeat(length);
}

/** A construct in between: a module of the user's own. */
export function nested(stack: TerraformStack, id = 'Module'): Construct {
  return new Construct(new Construct(stack, id), 'Inner');
}

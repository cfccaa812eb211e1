import { TerraformStack } from 'cdktf';
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
  readonly remediation?: RegExp;
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
  if (refusal.remediation) expect(text).toMatch(refusal.remediation);

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

/** A chain of letters: names and descriptions begin with one. */
export function letters(length: number): string {
  return 'n'.repeat(length);
}

/** A construct in between: a module of the user's own. */
export function nested(stack: TerraformStack, id = 'Module'): Construct {
  return new Construct(new Construct(stack, id), 'Inner');
}

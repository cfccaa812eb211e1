import * as path from 'node:path';
import { Token } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { ApiErrorCode } from '../api/error-codes';

/** A mistake that the synthesis can tell. */
export interface Mistake {
  /** What is wrong, and with which property. */
  readonly problem: string;
  /** The value that was given, where there is one. */
  readonly actual?: unknown;
  /** The error of the API that the user would otherwise have met during an apply. */
  readonly apiErrorCode?: ApiErrorCode;
  /** What to write instead. */
  readonly remediation: string;
}

const LIBRARY_FOLDER = path.resolve(__dirname, '..') + path.sep;

/**
 * The error that this library throws: the construct's path, the problem, the value given, the API's error code, what to write
 * instead; a line for each mistake, where a list has several.
 */
export class ConstructError extends Error {
  constructor(construct: IConstruct, ...mistakes: Mistake[]) {
    super(mistakes.map((mistake) => `${construct.node.path || 'app'}: ${describe(mistake)}`).join('\n'));
    this.name = 'ConstructError';
    // The first line of the stack trace is the user's own, not one of the library.
    this.stack = this.stack?.split('\n').filter((line) => !line.includes(LIBRARY_FOLDER)).join('\n');
  }
}

function describe(mistake: Mistake): string {
  const actual = 'actual' in mistake ? `, got ${show(mistake.actual)}` : '';
  const code = mistake.apiErrorCode ? ` (${mistake.apiErrorCode})` : '';
  return `${mistake.problem}${actual}${code}: ${mistake.remediation}`;
}

const MAX_SHOWN = 500;

/** A value as a message shows it. Never throws, whatever the value is. */
function show(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Construct.isConstruct(value)) return value.node.path;
  if (Token.isUnresolved(value)) return 'a token';
  switch (typeof value) {
    case 'string':
      return value.length > MAX_SHOWN ? `${JSON.stringify(value.slice(0, MAX_SHOWN))}… (${value.length} characters)` : JSON.stringify(value);
    case 'object':
      return Array.isArray(value) ? 'a list' : `an object (${value.constructor?.name ?? 'no class'})`;
    case 'function':
      return `a function (${value.name || 'anonymous'})`;
    default:
      return String(value);
  }
}

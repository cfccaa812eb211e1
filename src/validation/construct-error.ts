import * as path from 'node:path';
import { Token, Tokenization } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { ApiErrorCode } from '../api/error-codes';

/** A mistake that the synthesis finds. */
export interface Mistake {
  /** The property and the rule that it breaks. */
  readonly problem: string;
  /** The value. */
  readonly actual?: unknown;
  /** True for a value of a wrong type: the message names the type of a string. */
  readonly isWrongType?: boolean;
  /** The API error that an apply would have ended with. */
  readonly apiErrorCode?: ApiErrorCode;
  /** The fix, an imperative. */
  readonly remediation: string;
}

const LIBRARY_FOLDER = path.resolve(__dirname, '..') + path.sep;

/**
 * Error of this library. The message contains the path of the construct, the property and its rule, the value, the API error code, and the
 * fix. A list with several mistakes has a line for each.
 */
export class ConstructError extends Error {
  constructor(construct: IConstruct, ...mistakes: Mistake[]) {
    super(mistakes.map((mistake) => `${construct.node.path || 'app'}: ${describe(mistake)}`).join('\n'));
    this.name = 'ConstructError';
    // The stack trace begins with the line of the program, not with one of the library.
    this.stack = this.stack?.split('\n').filter((line) => !line.includes(LIBRARY_FOLDER)).join('\n');
  }
}

function describe(mistake: Mistake): string {
  const type = mistake.isWrongType && typeof mistake.actual === 'string' ? 'the string ' : '';
  const actual = 'actual' in mistake ? `, got ${type}${show(mistake.actual)}` : '';
  const code = mistake.apiErrorCode ? ` (${mistake.apiErrorCode})` : '';
  return `${mistake.problem}${actual}${code}: ${mistake.remediation}`;
}

const MAX_SHOWN = 500;

/** Returns a value as a message shows it. Never throws. */
function show(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Construct.isConstruct(value)) return `the construct ${value.node.path}`;
  if (Tokenization.isResolvable(value)) return 'a token without a type';
  if (Token.isUnresolved(value)) return 'a token';
  switch (typeof value) {
    case 'string':
      return value.length > MAX_SHOWN ? `${JSON.stringify(value.slice(0, MAX_SHOWN))}… (${value.length} characters)` : JSON.stringify(value);
    case 'object':
      return Array.isArray(value) ? value.length === 0 ? 'an empty list' : 'a list' : `an object (${value.constructor?.name ?? 'no class'})`;
    case 'function':
      return `a function (${value.name || 'anonymous'})`;
    default:
      return String(value);
  }
}

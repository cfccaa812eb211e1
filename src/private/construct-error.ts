import * as path from 'node:path';
import { Token } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { ApiErrorCode } from './api-errors';

/** A mistake that can be seen at synth. */
export interface Mistake {
  /** What is wrong, and where: a prop's name, or the construct itself. */
  readonly problem: string;
  /** The value seen, where there is one. */
  readonly seen?: unknown;
  /** The error of the API that the user would have met during apply. */
  readonly spares?: ApiErrorCode;
  /** What to write instead. */
  readonly wayOut: string;
}

const LIBRARY_FOLDER = path.resolve(__dirname, '..') + path.sep;

/** The one error that this library throws: the construct's path, the value seen, the API's error code, the way out. */
export class ConstructError extends Error {
  constructor(construct: IConstruct, mistake: Mistake) {
    const seen = 'seen' in mistake ? `, got ${show(mistake.seen)}` : '';
    const code = mistake.spares ? ` (${mistake.spares})` : '';
    super(`${construct.node.path || 'app'}: ${mistake.problem}${seen}${code}: ${mistake.wayOut}`);
    this.name = 'ConstructError';
    // The first frame is the user's own line, not a line of the library.
    this.stack = this.stack?.split('\n').filter((line) => !line.includes(LIBRARY_FOLDER)).join('\n');
  }
}

const MAX_SHOWN = 500;

/** A value as a message shows it: never throws, whatever it is given. */
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

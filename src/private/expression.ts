import { createHash } from 'node:crypto';
import { DefaultTokenResolver, StringConcat, TerraformLocal, TerraformStack, Token, Tokenization } from 'cdktf';
import { IConstruct } from 'constructs';
import { findShared } from './shared';

/** Whether a value is known only to Terraform: a token, or a string with an expression that the user wrote by hand. */
export function isExpression(value: unknown): boolean {
  return typeof value === 'string' ? value.includes('${') : Token.isUnresolved(value);
}

/** A text as the inside of a quoted HCL string: nothing in it is a template. */
export function escapeTemplate(text: string): string {
  if (/^[\w ./:-]*$/.test(text)) return text;
  return JSON.stringify(text).slice(1, -1)
    .replace(/\\(.)/g, (escape, char) => ({ b: '\\u0008', f: '\\u000c' })[char as string] ?? escape) // HCL knows fewer escapes than JSON
    .replace(/\$\{/g, '$$$${').replace(/%\{/g, '%%{');
}

/**
 * A value as it reads inside a larger expression of a stack.
 *
 * A literal is quoted. What only Terraform knows becomes a local of the stack, and is read by that name: a token that is
 * written into a larger expression directly would bring its own `${}` along.
 */
export function operand(stack: TerraformStack, value: string | number): string {
  if (!isExpression(value)) {
    return typeof value === 'number' ? String(value) : `"${escapeTemplate(value)}"`;
  }
  const local = findShared(stack, `Ipv6Value-${hash(identity(stack, value))}`, (scope, id) => new TerraformLocal(scope, id, value));
  return `local.${local.friendlyUniqueId}`;
}

/** An operand inside a quoted string. */
export function inTemplate(operandText: string): string {
  return operandText.startsWith('"') ? operandText.slice(1, -1) : `\${${operandText}}`;
}

/** An operand inside a message, where nothing has to be shown too. */
export function shown(operandText: string): string {
  return operandText.startsWith('local.') ? `\${${operandText} == null ? "null" : ${operandText}}` : inTemplate(operandText);
}

/** The condition that an attribute, as an expression, has a value: neither nothing nor an empty text. */
export function present(attribute: string): string {
  return `try(length(${attribute}) > 0, false)`;
}

/**
 * A text that is the same for two values that mean the same to Terraform: a literal itself, and for an expression what it
 * resolves to, with the stack that it comes from. (Each reading of an attribute makes a new token.)
 */
export function identity(stack: TerraformStack, value: string | number): string {
  if (!isExpression(value)) return String(value);
  const text = Token.asString(value);
  const tokens = originsOf(text);
  // An expression written by hand means what it means in its own stack.
  const origins = (tokens.length === 0 ? [stack] : tokens).map((origin) => (origin ?? stack).node.path);
  return [...origins, resolveText(stack, text)].join(' ');
}

/** What a value means, wherever it is read. */
export interface Meaning {
  /** As a reader of the configuration knows it: the literal, or the expression in the words of the stack that it comes from. */
  readonly text: string;
  /** The same for two values that mean the same. */
  readonly key: string;
  /** The value itself, unless only Terraform knows it. */
  readonly literal?: unknown;
}

export function meaning(stack: TerraformStack, value: unknown): Meaning {
  if (!isExpression(value)) return literalMeaning(value);
  if (!Token.isUnresolved(value)) return { text: String(value), key: `${pathOf(stack)} ${value}` };
  const origin = originsOf(Token.asString(value)).find((other) => other !== undefined) ?? stack;
  let text: unknown = value;
  try {
    text = resolve(origin, value);
  } catch {
    // A lazy value that is not ready yet has no words.
  }
  return isExpression(text) ? { text: String(text), key: `${pathOf(origin)} ${text}` } : literalMeaning(text);
}

const scopePaths = new WeakMap<IConstruct, string>();

/** A construct's path. That of its scope is kept: a node makes its own up anew at each reading. */
export function pathOf({ node }: IConstruct): string {
  const { scope } = node;
  if (!scope) return node.path;
  let path = scopePaths.get(scope);
  if (path === undefined) scopePaths.set(scope, path = scope.node.path);
  return path === '' ? node.id : `${path}/${node.id}`;
}

function literalMeaning(value: unknown): Meaning {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value ?? '');
  return { text, key: text, literal: value };
}

/** The stack that each token of a text comes from, where the token knows it. */
export function originsOf(text: string): (TerraformStack | undefined)[] {
  return Tokenization.reverseString(text).tokens.map((token) => (token as { originStack?: TerraformStack }).originStack);
}

export function resolve(stack: TerraformStack, value: unknown): unknown {
  return Tokenization.resolve(value, { scope: stack, resolver: new DefaultTokenResolver(new StringConcat()), preparing: false });
}

export function resolveText(stack: TerraformStack, text: string): string {
  try {
    return JSON.stringify(resolve(stack, text));
  } catch {
    // A lazy value that is not ready yet is the same as itself only.
    return text;
  }
}

/** A short name for something that has none of its own. */
export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

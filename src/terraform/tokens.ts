import { ComplexObject, DefaultTokenResolver, IResolvable, StringConcat, TerraformStack, Token, Tokenization } from 'cdktf';

/** Returns true for a value that only Terraform knows: a token, or a string with a hand-written expression. */
export function isExpression(value: unknown): boolean {
  return typeof value === 'string' ? value.includes('${') : Token.isUnresolved(value);
}

/**
 * Returns a string that is equal for two values with one meaning to Terraform: a literal itself, and for an expression what it
 * resolves to, with the stack that it comes from. (Each reading of an attribute makes a new token.)
 */
export function comparisonKey(stack: TerraformStack, value: string | number): string {
  if (!isExpression(value)) return String(value);
  const text = Token.asString(value);
  const tokens = originsOf(text);
  // The meaning of a hand-written expression depends on its stack.
  const origins = (tokens.length === 0 ? [stack] : tokens).map((origin) => (origin ?? stack).node.path);
  return [...origins, resolveToJson(stack, text)].join(' ');
}

/** Returns the stack of each token in a string; undefined for a token without one. */
export function originsOf(text: string): (TerraformStack | undefined)[] {
  return Tokenization.reverseString(text).tokens.map((token) => (token as { originStack?: TerraformStack }).originStack);
}

/** Returns true if a string contains a token as cdktf encodes it. */
export function hasToken(text: string): boolean {
  return text.includes('TfToken[');
}

/** Returns true if a string contains an element of the token of a list, which cdktf cannot resolve. */
export function hasListElementToken(text: string): boolean {
  return text.includes('#{TfToken[');
}

/**
 * Drops the stack trace that cdktf records with a reference, to name it if it does not resolve. The trace takes most of the memory of a
 * resource, and the library's own references always resolve.
 */
export function dropStackTrace(reference: ComplexObject | undefined): void {
  if (reference) reference.creationStack.length = 0;
}

export function resolve(stack: TerraformStack, value: unknown): unknown {
  return Tokenization.resolve(value, { scope: stack, resolver: new DefaultTokenResolver(new StringConcat()), preparing: false });
}

/** Resolves a string. Returns the string itself if a lazy value in it is not ready before the synthesis. */
export function resolveEarly(stack: TerraformStack, text: string): unknown {
  try {
    return resolve(stack, text);
  } catch {
    return text;
  }
}

export function resolveToJson(stack: TerraformStack, text: string): string {
  return JSON.stringify(resolveEarly(stack, text)) ?? text;
}

/** Returns a list as the argument of a block. cdktf would write the token of a list as a list with one string. */
export function listArgument(list: readonly string[] | string | IResolvable): string | string[] {
  if (typeof list === 'string') return list;
  if (Tokenization.isResolvable(list)) return Token.asString(list);
  return Token.isUnresolved(list) ? Token.asString(Tokenization.reverseList([...list])) : [...list];
}

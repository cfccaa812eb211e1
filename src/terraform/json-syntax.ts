// Terraform's JSON syntax, as far as readers of written stacks and of plans share it. No framework is needed to read it.

export type Json = { readonly [name: string]: unknown };

/** A name of a resource, a module or a value, for a pattern with the flag `u`: Terraform takes letters of any script. */
export const NAME = '[\\p{ID_Start}_][\\p{ID_Continue}-]*';

/** A key in brackets, for a pattern: a number, or a text in quotes. */
export const KEY = '"(?:[^"\\\\]|\\\\.)*"|\\d+';

/** Returns a key as JSON writes it, without the escapes of HCL: `"$${a}"` is `"${a}"`. Undefined if the key is computed, or cannot be read. */
export function keyIn(text: string): string | undefined {
  if (/^\d+$/.test(text)) return text;
  if (/(?<!\$)\$\{|(?<!%)%\{/.test(text)) return undefined;
  try {
    return JSON.stringify(JSON.parse(text.replace(/([$%])\1\{/g, '$1{')));
  } catch {
    // HCL has escapes that JSON does not have: \UNNNNNNNN.
    return undefined;
  }
}

/** Returns the objects of a value. Terraform accepts a list of objects for one object. */
export function objectsOf(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(objectsOf);
  return typeof value === 'object' && value !== null ? [value as Json] : [];
}

/** Returns true if a plan may keep the value of the state for one of the arguments, because of `ignore_changes`. */
export function isIgnored({ lifecycle }: Json, ...names: string[]): boolean {
  return objectsOf(lifecycle).some(({ ignore_changes: ignored }) => ignored !== undefined
    && [ignored].flat().some((name) => name === 'all' || names.some((argument) => String(name).includes(argument))));
}

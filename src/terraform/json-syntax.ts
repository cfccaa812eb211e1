// Terraform's JSON syntax, as far as readers of written stacks and of plans share it. No framework is needed to read it.

export type Json = { readonly [name: string]: unknown };

/** The objects of a value: Terraform accepts a list of objects wherever it accepts one object. */
export function objectsOf(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(objectsOf);
  return typeof value === 'object' && value !== null ? [value as Json] : [];
}

/** Whether a plan may keep the value of the state for one of the arguments, because of `ignore_changes`. */
export function isIgnored({ lifecycle }: Json, ...names: string[]): boolean {
  return objectsOf(lifecycle).some(({ ignore_changes: ignored }) => ignored !== undefined
    && [ignored].flat().some((name) => name === 'all' || names.some((argument) => String(name).includes(argument))));
}

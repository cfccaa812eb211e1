/**
 * The differences between two versions of a stack's Terraform that change what is deployed.
 *
 * These are no differences: metadata, preconditions and postconditions (they deploy nothing), and the names of locals and data
 * sources. An expression that refers to a local or a data source is compared by the content it refers to.
 */
import { createHash } from 'node:crypto';

type Json = any;

/** A difference from another version. */
export interface Change {
  /** The name of the change in .accepted-changes. */
  readonly key: string;
  readonly text: string;
}

/** The changes from one version of a stack's Terraform to another; either may be missing. */
export function terraformChanges(stack: string, before: Json | undefined, after: Json | undefined): Change[] {
  if (!before || !after) return [{ key: `${stack} ${before ? 'gone' : 'new'}`, text: 'a whole stack' }];
  const [old, now] = [parts(before), parts(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((address) => {
    const [theirs, ours] = [old.get(address), now.get(address)];
    if (theirs?.compared === ours?.compared) return [];
    const change = !ours ? 'removed' : !theirs ? 'added' : 'changed';
    return [{ key: `${stack} ${change} ${address}`, text: [theirs, ours].map((part) => part?.text ?? 'nothing').join('\n-> ') }];
  });
}

/** The parts of a stack's Terraform by their addresses: as they are written, and with the content of locals and data sources. */
function parts(stack: Json): Map<string, { readonly text: string; readonly compared: string }> {
  const read = reader(stack);
  const found = new Map<string, { text: string; compared: string }>();
  const add = (address: string, value: Json) => found.set(address, { text: JSON.stringify(value), compared: JSON.stringify(read(value)) });
  const { '//': metadata, 'locals': locals, 'data': data, 'resource': resources = {}, ...blocks } = stack;
  for (const [type, named] of Object.entries<Json>(resources)) {
    for (const [name, { '//': comment, lifecycle, ...rest }] of Object.entries<Json>(named)) {
      add(`${type}.${name}`, {});
      const { precondition, postcondition, ...kept } = lifecycle ?? {};
      for (const [argument, value] of Object.entries(rest)) add(`${type}.${name} ${argument}`, value);
      for (const [argument, value] of Object.entries(kept)) add(`${type}.${name} lifecycle.${argument}`, value);
    }
  }
  for (const [block, content] of Object.entries<Json>(blocks)) {
    // Imports and moves have no names: their content is their address.
    if (Array.isArray(content)) content.forEach((item) => add(`${block} ${JSON.stringify(read(item))}`, {}));
    else for (const [name, value] of Object.entries<Json>(content)) add(`${block} ${name}`, value);
  }
  return found;
}

/** Reads a value without metadata, in which the name of each local and data source is replaced by a digest of its content. */
function reader(stack: Json): (value: Json) => Json {
  const digests = new Map<string, string>();
  const digest = (name: string, content: Json): string => {
    if (content === undefined) return name;
    // A local that refers to itself is an error of Terraform, and must not be an endless loop here.
    if (!digests.has(name)) {
      digests.set(name, '(itself)');
      digests.set(name, createHash('sha256').update(JSON.stringify(read(content))).digest('hex').slice(0, 16));
    }
    return digests.get(name)!;
  };
  const read = (value: Json): Json => {
    if (typeof value === 'string') {
      return value
        .replace(/\blocal\.([A-Za-z_][\w-]*)/g, (text, name) => digest(text, stack.locals?.[name]))
        .replace(/\bdata\.(\w+)\.([\w-]+)/g, (text, type, name) => `data.${type}.${digest(text, stack.data?.[type]?.[name])}`);
    }
    if (Array.isArray(value)) return value.map(read);
    if (typeof value !== 'object' || value === null) return value;
    // The order of arguments has no meaning in Terraform.
    return Object.fromEntries(Object.entries(value).filter(([key]) => key !== '//').sort(([a], [b]) => a < b ? -1 : 1).map(([key, inner]) => [key, read(inner)]));
  };
  return read;
}

/**
 * In what two versions of a stack's Terraform differ, as far as that changes what is deployed.
 *
 * No part of it: the metadata, the guards (a precondition says more, or better, and deploys nothing), and what locals and data
 * sources are called. An expression that refers to one of those is compared by what the one it names says.
 */
import { createHash } from 'node:crypto';
import type { Change } from './accepted-changes';

type Json = any;

interface Part {
  /** As it is written. */
  readonly text: string;
  /** With what its expressions stand for. */
  readonly compared: string;
}

/** The parts of a stack's Terraform, by their addresses. */
function parts(stack: Json): Map<string, Part> {
  const read = expansion(stack);
  const found = new Map<string, Part>();
  const add = (address: string, value: Json) => found.set(address, { text: JSON.stringify(value), compared: JSON.stringify(read(value)) });
  for (const [block, content] of Object.entries<Json>(stack)) {
    if (['//', 'locals', 'data'].includes(block)) continue;
    if (block === 'resource') {
      for (const [type, named] of Object.entries<Json>(content)) {
        for (const [name, { lifecycle, ...rest }] of Object.entries<Json>(named)) {
          const address = `${type}.${name}`;
          add(address, {});
          const { precondition, postcondition, ...kept } = lifecycle ?? {};
          for (const [argument, value] of Object.entries({ ...rest, ...prefixed('lifecycle.', kept) })) {
            if (argument !== '//') add(`${address} ${argument}`, value);
          }
        }
      }
    } else if (Array.isArray(content)) {
      // Imports and moves have no names: each is known by what it says.
      for (const item of content) add(`${block} ${JSON.stringify(read(item))}`, {});
    } else {
      for (const [name, value] of Object.entries<Json>(content)) add(`${block} ${name}`, value);
    }
  }
  return found;
}

/** The changes from one version of a stack's Terraform to another; either may be missing. */
export function terraformChanges(stack: string, before: Json | undefined, after: Json | undefined): Change[] {
  if (!before || !after) return [{ key: `${stack} ${before ? 'gone' : 'new'}`, text: 'a whole stack' }];
  const [old, now] = [parts(before), parts(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((address) => {
    const [theirs, ours] = [old.get(address), now.get(address)];
    if (theirs?.compared === ours?.compared) return [];
    if (!ours) return [{ key: `${stack} removed ${address}`, text: theirs!.text }];
    if (!theirs) return [{ key: `${stack} added ${address}`, text: ours.text }];
    const [a, b] = [theirs.text, ours.text];
    const texts = a === b ? [`${a}, where what it refers to changed`] : [`before: ${a}`, `after:  ${b}`];
    return [{ key: `${stack} changed ${address}`, text: texts.join('\n') }];
  });
}

function prefixed(prefix: string, values: Record<string, Json>): Record<string, Json> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [prefix + key, value]));
}

/** Replaces the names of locals and data sources by what they stand for, and leaves the metadata out. */
function expansion(stack: Json): (value: Json) => Json {
  const known = new Map<string, string>();
  const standsFor = (name: string, value: Json): string => {
    // One that refers to itself is none that Terraform takes.
    if (!known.has(name)) {
      known.set(name, '(itself)');
      known.set(name, digest(JSON.stringify(read(value))));
    }
    return known.get(name)!;
  };
  const read = (value: Json): Json => {
    if (typeof value === 'string') {
      return value
        .replace(/\blocal\.([A-Za-z_][\w-]*)/g, (text, name) => stack.locals && name in stack.locals ? standsFor(text, stack.locals[name]) : text)
        .replace(/\bdata\.(\w+)\.([\w-]+)/g, (text, type, name) => stack.data?.[type]?.[name] ? `data.${type}.${standsFor(text, stack.data[type][name])}` : text);
    }
    if (Array.isArray(value)) return value.map(read);
    if (typeof value !== 'object' || value === null) return value;
    // Terraform does not mind the order of arguments.
    return Object.fromEntries(Object.entries(value).filter(([key]) => key !== '//').sort(([a], [b]) => a < b ? -1 : 1).map(([key, inner]) => [key, read(inner)]));
  };
  return read;
}

/** A short name for a long text. (Expressions refer to one another many times over.) */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

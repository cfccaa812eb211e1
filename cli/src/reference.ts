import { Plan, ResourceChange } from './plan';

/**
 * The address of the resource instance that an argument of another one refers to, if it refers to exactly one, in the same
 * module: `T.n.attribute`, `T.n["key"].attribute`, or `T.n[each.key].attribute` (`count.index`) with the own key.
 *
 * A plan tells what an expression refers to and not how, so whatever refers to more than that one is not exact. Of JSON syntax it
 * tells the text too, which then must be the reference alone.
 *
 * @param attributes for each type that may be referred to, the attribute
 */
export function exactReference(
  plan: Plan, change: ResourceChange, argument: string, attributes: Readonly<Record<string, string>>,
): string | undefined {
  const written = plan.argument(change, argument);
  if (!written || written.isLiteral || written.references.length === 0) return undefined;
  if (typeof written.literal === 'string' && !/^\$\{[\w.-]+(\[("[^"\\$]*"|\d+|each\.key|count\.index)\])?\.\w+\}$/.test(written.literal)) return undefined;
  const [longest, ...others] = [...written.references].sort((a, b) => b.length - a.length);
  const prefix = change.moduleAddress === '' ? '' : `${change.moduleAddress}.`;

  const whole = new Set(written.references);
  const own = ownKey(change);
  if (own && whole.size === 2 && whole.delete(own.expression)) {
    const [resource] = whole;
    return typeOf(resource) in attributes && /^\w+\.[\w-]+$/.test(resource) ? `${prefix}${resource}[${own.key}]` : undefined;
  }

  const attribute = attributes[typeOf(longest)];
  if (attribute === undefined || !longest.endsWith(`.${attribute}`)) return undefined;
  const instance = longest.slice(0, -attribute.length - 1);
  const resource = instance.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]$/, '');
  if (!/^\w+\.[\w-]+$/.test(resource)) return undefined;
  // Beside it stand the parts of the same reference, and nothing else.
  return others.every((other) => other === instance || other === resource) ? `${prefix}${instance}` : undefined;
}

function ownKey({ key }: ResourceChange): { readonly expression: string; readonly key: string } | undefined {
  if (key === undefined) return undefined;
  return typeof key === 'number' ? { expression: 'count.index', key: String(key) } : { expression: 'each.key', key: JSON.stringify(key) };
}

function typeOf(reference: string): string {
  return reference.slice(0, Math.max(0, reference.indexOf('.')));
}

import { Json } from './json';
import { NAME } from '../../src/terraform/json-syntax';

/** A circle of local values is Terraform's to refuse. */
const MOST_STEPS = 100;

const NAMES = new RegExp(`(?<![\\p{ID_Continue}.-])${NAME}(?:\\.${NAME})*`, 'gu');

/**
 * The resources and data sources that the value of an expression is made from, through local values: each of its ids is one of theirs.
 *
 * Undefined if it may be made from something else as well: a text in quotes, a variable, another module, or an attribute of a
 * resource other than its `id`.
 */
export function valueSources(text: unknown, locals: Json): string[] | undefined {
  const sources = new Set<string>();
  const seen = new Set<string>();
  const left = [text];
  while (left.length > 0) {
    const code = codeOf(left.pop());
    if (code === undefined || seen.size > MOST_STEPS) return undefined;
    // Each name, with what follows it: `data.x.y.addresses`, `local.z`, `a.id` of a loop, `try(`.
    for (const [name, ...parts] of [...code.matchAll(NAMES)].map(([match]) => match.split('.'))) {
      const [first, second] = parts;
      if (name === 'local' && first !== undefined) {
        if (!Object.hasOwn(locals, first)) return undefined;
        if (!seen.has(first)) left.push(locals[first]);
        seen.add(first);
      } else if (name === 'data' && second !== undefined) {
        sources.add(`data.${first}.${second}`);
      } else if (/^[a-z]+_/.test(name) && first !== undefined) {
        if (second !== 'id') return undefined;
        sources.add(`${name}.${first}`);
      } else if (FOREIGN.includes(name) && first !== undefined) {
        return undefined;
      }
    }
  }
  return [...sources];
}

const FOREIGN: readonly string[] = ['var', 'module', 'each', 'count', 'path', 'terraform', 'self'];

/** The expression that a text in JSON syntax is; undefined for a template and for an expression with a text in quotes. */
function codeOf(text: unknown): string | undefined {
  const [, code] = typeof text === 'string' ? /^\$\{([^]*)\}$/.exec(text) ?? [] : [];
  if (code === undefined || /<<|%\{|\}[^{]*\$\{/.test(code)) return undefined;
  const isConstant = [...code.matchAll(/"((?:[^"\\]|\\.)*)"/g)].some(([, content]) => content !== '');
  return isConstant ? undefined : code;
}

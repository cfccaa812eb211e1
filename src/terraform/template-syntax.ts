import { Tokenization } from 'cdktf';
import { hasListElementToken } from './tokens';

/** A reference by its first three names: `local.x` is `['local', 'x', '']`. */
export type Reference = readonly [root: string, name: string, further: string];

/**
 * Returns true if Terraform can parse a string as a template: each expression and directive ends, its quotes and brackets are closed, and
 * cdktf can resolve its tokens. The meaning of the expressions is not checked.
 */
export function isCompleteTemplate(text: string): boolean {
  if (!/[#$%]\{/.test(text)) return true;
  if (hasListElementToken(text)) return false;
  try {
    Tokenization.reverseString(text);
  } catch {
    return false; // another copy of cdktf made the token
  }
  return endOfTemplate(text, 0, false) === text.length;
}

/** Returns the references in a template. A quoted string contains no references, except in the expressions inside it. */
export function referencesIn(template: string): Reference[] {
  const codes = expressionsOf(template);
  const ofDirectives = codes.filter((code) => /^~?\s*for\s/.test(code)).flatMap(variablesOf);
  return codes.flatMap((code) => {
    const variables = new Set([...ofDirectives, ...variablesOf(code)]);
    return [...code.matchAll(/(?<![\w.-])([A-Za-z_][\w-]*)\s*\.\s*([A-Za-z_][\w-]*)(?:\s*\.\s*([A-Za-z_][\w-]*))?/g)]
      .filter(([, root]) => !variables.has(root))
      .map(([, root, name, further = '']): Reference => [root, name, further]);
  });
}

/** Returns the variables of the `for` expressions and directives in code. */
function variablesOf(code: string): string[] {
  return [...code.matchAll(/\bfor\s+([\w-]+)(?:\s*,\s*([\w-]+))?\s+in\b/g)].flatMap(([, first, second]) => [first, second]);
}

/** Returns the Terraform address of the block that a reference names, without its attributes. */
export function blockOf([root, name, further]: Reference): string {
  return root === 'data' ? `data.${name}.${further}` : `${root}.${name}`;
}

/** Yields the references in a value, and those in what they refer to. Each definition is followed once. */
export function* referencesFrom(
  value: unknown, definitionOf: (...reference: Reference) => unknown, followed = new Set<string>(),
): Generator<Reference> {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) yield* referencesFrom(part, definitionOf, followed);
  } else if (typeof value === 'string') {
    for (const reference of referencesIn(value)) {
      const block = blockOf(reference);
      yield reference;
      if (followed.has(block)) continue;
      followed.add(block);
      yield* referencesFrom(definitionOf(...reference), definitionOf, followed);
    }
  }
}

/** Returns the code between `${` or `%{` and `}` without its strings, and the code inside of those strings. */
function expressionsOf(template: string): string[] {
  const found: string[] = [];
  let i = 0;
  const skipString = (quoted: boolean): void => {
    for (; i < template.length; i++) {
      if (quoted && template[i] === '"') return;
      if (quoted && template[i] === '\\') {
        i++;
      } else if (/^[$%]{2}\{/.test(template.slice(i, i + 3))) {
        i += 2; // escaped
      } else if (/^[$%]\{/.test(template.slice(i, i + 2))) {
        i += 2;
        collectCode();
      }
    }
  };
  const collectCode = (): void => {
    let own = '';
    for (let depth = 0; i < template.length; i++) {
      const char = template[i];
      if (char === '}' && depth === 0) break;
      if (char === '{') depth++;
      if (char === '}') depth--;
      if (char === '"') {
        i++;
        skipString(true);
        own += '""';
      } else {
        own += char;
      }
    }
    found.push(own.replace(/\/\*[^]*?\*\//g, ''));
  };
  skipString(false);
  return found;
}

/** Returns the end of a template: the end of the string, or the quote that closes it; -1 if it does not end. */
function endOfTemplate(text: string, from: number, quoted: boolean): number {
  let openDirectives = 0;
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (quoted && char === '"') return openDirectives === 0 ? i : -1;
    if (quoted && char === '\n') return -1;
    if (quoted && char === '\\') {
      i++;
    } else if (char === '$' || char === '%') {
      if (text.startsWith(`${char}{`, i + 1)) {
        i += 2; // escaped
      } else if (text[i + 1] === '{') {
        const inside = i + 2;
        i = endOfExpression(text, inside);
        if (i < 0) return -1;
        if (char === '%') {
          const directive = /^~?\s*(if|for|else|endif|endfor)\b/.exec(text.slice(inside, i))?.[1];
          if (!directive) return -1;
          if (directive !== 'else') openDirectives += directive.startsWith('end') ? -1 : 1;
          if (openDirectives < 0) return -1;
        }
      }
    }
  }
  return quoted || openDirectives > 0 ? -1 : text.length;
}

const CLOSING: { [opening: string]: string } = { '(': ')', '[': ']', '{': '}' };

/** Returns the index of the `}` at which an expression ends; -1 if it does not end. */
function endOfExpression(text: string, from: number): number {
  const closing: string[] = [];
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (char === '}' && closing.length === 0) return text.slice(from, i).trim() === '' ? -1 : i;
    if (char === '"') {
      i = endOfTemplate(text, i + 1, true);
      if (i < 0) return -1;
    } else if (text.startsWith('/*', i)) {
      i = text.indexOf('*/', i + 2) + 1;
      if (i === 0) return -1;
    } else if (char in CLOSING) {
      closing.push(CLOSING[char]);
    } else if (')]}'.includes(char) && closing.pop() !== char) {
      return -1;
    }
  }
  return -1;
}

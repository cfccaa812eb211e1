/** A value in a tagged template: an expression, or a literal of its type. */
export type Operand = Expression | Template | string | number | readonly string[];

/** An expression of Terraform's language, such as `local.ids["a"]`, as it is written inside of a larger expression. */
export class Expression {
  constructor(readonly code: string) {}

  /** Returns an attribute of the object that the expression yields. */
  attribute(name: string): Expression {
    return new Expression(`${this.code}.${name}`);
  }

  /** Returns the element of the map or list at a key. */
  at(key: Operand): Expression {
    return hcl`${this}[${key}]`;
  }

  /** Returns the expression as the whole value of an argument. */
  toArgument(): string {
    return `\${${this.code}}`;
  }
}

/** A string with expressions in it, such as the message of a condition. */
export class Template {
  constructor(readonly parts: readonly (string | Expression)[]) {}

  /** Returns the string as the value of an argument. In Terraform's JSON each string is a template without quotes. */
  toArgument(): string {
    return this.parts.map((part) => part instanceof Expression ? part.toArgument() : escapeIntroducers(part)).join('');
  }

  /** Returns the string inside of an expression: in quotes. */
  toExpression(): Expression {
    return new Expression(`"${this.parts.map((part) => part instanceof Expression ? part.toArgument() : escapeQuoted(part)).join('')}"`);
  }
}

/**
 * Returns an expression: strings between its parts are quoted, numbers and lists of strings written as literals, expressions
 * written as they are. The text of the tagged template is Terraform's language, and nothing in it is escaped.
 */
export function hcl(text: TemplateStringsArray, ...operands: Operand[]): Expression {
  let code = text[0];
  for (let i = 0; i < operands.length; i++) code += codeOf(operands[i]) + text[i + 1];
  return new Expression(code);
}

/**
 * Returns a string: strings between its parts are part of it, everything else is interpolated. Terraform does not evaluate the text: a `${` of a
 * user is escaped.
 */
export function template(text: TemplateStringsArray, ...operands: Operand[]): Template {
  const parts: (string | Expression)[] = [];
  const add = (part: string | Expression): void => {
    const last = parts[parts.length - 1];
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else if (part !== '') parts.push(part);
  };
  text.forEach((literal, i) => {
    if (i > 0) partsOf(operands[i - 1]).forEach(add);
    add(literal);
  });
  return new Template(parts);
}

/** Joins expressions with a separator between them. */
export function join(expressions: readonly Expression[], separator: string): Expression {
  return new Expression(expressions.map(({ code }) => code).join(separator));
}

/** Returns one map of several. The last value of a key counts. */
export function merged(maps: readonly Expression[]): Expression {
  return maps.length === 1 ? maps[0] : hcl`merge(${join(maps, ', ')})`;
}

/** Returns an expression with a comment, which Terraform shows with the expression in its own messages. */
export function remarked(expression: Expression, remark: string): Expression {
  return new Expression(`/* ${remark.replace(/\*\//g, '* /')} */ ${expression.code}`);
}

/** Returns the condition that an attribute has a value: neither null nor an empty string. */
export function hasValue(attribute: Expression): Expression {
  return hcl`try(length(${attribute}) > 0, false)`;
}

/** Returns a value as a message shows it. Terraform interpolates neither null nor a sensitive value. */
export function orNull(value: Operand): Operand {
  return value instanceof Expression ? hcl`try(nonsensitive(issensitive(${value}) ? "a sensitive value" : ${value} == null ? "null" : ${value}), ${value})` : value;
}

/** Returns a value for a table of the checks, without its sensitive mark. Terraform would not show the messages of a sensitive table. */
export function unmarked(value: string | Expression): string | Expression {
  return value instanceof Expression ? hcl`try(nonsensitive(${value}), ${value})` : value;
}

function codeOf(operand: Operand): string {
  if (operand instanceof Expression) return operand.code;
  if (operand instanceof Template) return operand.toExpression().code;
  if (typeof operand === 'number') return String(operand);
  if (typeof operand === 'string') return `"${escapeQuoted(operand)}"`;
  return `[${operand.map(codeOf).join(',')}]`;
}

function partsOf(operand: Operand): readonly (string | Expression)[] {
  if (typeof operand === 'string') return [operand];
  if (operand instanceof Template) return operand.parts;
  return [operand instanceof Expression ? operand : new Expression(codeOf(operand))];
}

function escapeIntroducers(text: string): string {
  return text.replace(/([$%])\{/g, '$1$1{');
}

function escapeQuoted(text: string): string {
  if (/^[\w ./:-]*$/.test(text)) return text;
  return escapeIntroducers(JSON.stringify(text).slice(1, -1)
    .replace(/\\(.)/g, (escape, char) => ({ b: '\\u0008', f: '\\u000c' })[char as string] ?? escape)); // Terraform knows fewer escapes than JSON
}

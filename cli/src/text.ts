// A plan, a rules file and an answer of the API contain names, keys and values of unknown origin. They reach a terminal,
// a log or a comment only as a `Text`, and only the functions of this file make one.

declare const text: unique symbol;

/** A text that can be printed: it contains no character that acts or hides. */
export type Text = string & { readonly [text]: true };

/** Control characters, and those that hide or turn around what is next to them. */
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]|[\u{e0000}-\u{e007f}]/gu;

/** The beginning of a command that GitHub's runner takes from anywhere in a line of a log. */
const RUNNER_COMMAND = /##\[/g;

/** Characters of one line: no id, name or message is longer. */
const MOST_CHARACTERS = 4_000;

/** Characters of a cell that is not the last one of its row: a longer one would make every row as wide. */
const MOST_CELL_CHARACTERS = 300;

/** Makes one line of a text: unseen characters are written by their code points, and an endless text is cut. */
export function oneLine(from: string): Text {
  const cut = from.length > MOST_CHARACTERS ? `${from.slice(0, MOST_CHARACTERS)}… (${from.length} characters)` : from;
  return cut.replace(UNSEEN, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`).replace(RUNNER_COMMAND, '#\\u{23}[') as Text;
}

/** A template whose own words are printed as they are, and whose values are made one line. */
export function line(words: TemplateStringsArray, ...values: readonly (string | number | undefined)[]): Text {
  return words.reduce((before, word, i) => `${before}${oneLine(String(values[i - 1] ?? ''))}${word}`) as Text;
}

/** Joins printable texts, by default as lines. */
export function join(texts: readonly Text[], separator = '\n'): Text {
  return texts.join(separator) as Text;
}

/** Makes lines of a text with line breaks, such as the help. */
export function lines(from: string): Text {
  return join(from.split('\n').map(oneLine));
}

/** A value as JSON, with escapes where a character would act or hide. */
export function json(value: unknown): Text {
  return JSON.stringify(value, null, 2)
    .replace(UNSEEN, (character) => character === '\n' ? character : character.split('').map(escaped).join(''))
    .replace(RUNNER_COMMAND, '#\\u0023[') as Text;
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A text as inline code in Markdown, where it is nothing but text: no mention, no link, no HTML. */
export function code(from: string): Text {
  return fenced(oneLine(from));
}

/** The same in a cell of a table, where a pipe needs a backslash. A pipe after a backslash has no way to be written there. */
export function cellCode(from: string): Text {
  return fenced(oneLine(from).replace(/(\\?)\|/g, (_, slash: string) => slash === '' ? '\\|' : `${slash}\\u{7c}`));
}

function fenced(content: string): Text {
  if (content === '') return '' as Text;
  let longest = 0;
  for (const [run] of content.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  const fence = '`'.repeat(longest + 1);
  // A space next to the fence is no part of the code, if there is one on both sides.
  const padding = /^[` ]|[` ]$/.test(content) ? ' ' : '';
  return `${fence}${padding}${content}${padding}${fence}` as Text;
}

/** Columns as wide as their widest cell. */
export function columns(rows: readonly (readonly string[])[]): Text {
  const cells = rows.map((row) => row.map((cell, column) => column === row.length - 1 ? oneLine(cell) : short(oneLine(cell))));
  const widths = (cells[0] ?? []).map((_, column, { length }) => column === length - 1 ? 0
    : cells.reduce((width, row) => Math.max(width, row[column].length), 0));
  return cells.map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd()).join('\n') as Text;
}

function short(cell: string): string {
  return cell.length > MOST_CELL_CHARACTERS ? `${cell.slice(0, MOST_CELL_CHARACTERS)}…` : cell;
}

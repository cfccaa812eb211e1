import * as fs from 'node:fs';
import * as path from 'node:path';

export const ROOT = path.resolve(__dirname, '../..');

/** A fenced block of a page. */
export interface Snippet {
  readonly page: string;
  /** The line of its fence. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** What the comments above it say, by their first word: `<!-- given … -->`, `<!-- quoted FILE -->`. */
  readonly marks: ReadonlyMap<string, string>;
}

/** The pages that a reader opens, by their path in the repository. */
export const PAGES: string[] = [
  ...fs.readdirSync(ROOT).filter((name) => name.endsWith('.md') && name !== 'API.md'),
  ...['docs', 'docs/design', 'cli'].flatMap((folder) => fs.readdirSync(path.join(ROOT, folder)).map((name) => `${folder}/${name}`)).filter((name) => name.endsWith('.md')),
].sort();

export function read(page: string): string {
  return fs.readFileSync(path.join(ROOT, page), 'utf8');
}

/**
 * The fenced blocks of a page. A `given` is TypeScript that a reader can take for granted: it counts for all blocks below it, up
 * to the next one. Every other mark counts for the block right below it: `quoted FILE` for what a file says, `refused MESSAGE` for
 * what throws, and `web.ts` names the file that other blocks of the page import.
 */
export function snippetsOf(page: string): Snippet[] {
  const text = read(page);
  const snippets: Snippet[] = [];
  let given = '';
  let marks = new Map<string, string>();
  for (const match of text.matchAll(/^<!-- ?(\w[\w.-]*)([^]*?)-->|^ *```(\w*)[^\n]*\n([^]*?)^ *```$/gm)) {
    const [, mark, content, language, code] = match;
    if (mark === 'given') {
      given = content;
    } else if (mark !== undefined) {
      marks.set(mark, content.trim());
    } else {
      snippets.push({ page, line: text.slice(0, match.index).split('\n').length, language, text: code, marks: marks.set('given', given) });
      marks = new Map();
    }
  }
  return snippets;
}

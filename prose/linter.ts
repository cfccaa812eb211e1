/**
 * Lints the prose of the repository: Markdown, comments, and the messages of the library and of the command.
 *
 *     linter.ts                 lints the repository, and compares the warnings with warnings.json
 *     linter.ts FILE...         lints files, and prints their warnings
 *
 * A word of the list is an error. Long sentences and the passive voice are warnings, whose number may only fall.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { remark } from 'remark';
import remarkGfm from 'remark-gfm';
import { retext } from 'retext';
import retextEnglish from 'retext-english';
import retextPassive from 'retext-passive';
import * as ts from 'typescript';
import { main, readJson, ROOT } from '../projenrc/toolchain';

const MAX_WORDS = 25;
const WARNINGS = 'prose/warnings.json';

/** Phrases that make a sentence hard to read, and their replacement. Case matters where a pattern has capitals. */
const WORDS: readonly [pattern: RegExp, instead: string][] = [
  [/\bbut for\b/, 'except'],
  [/\bof which\b|\bthereof\b|\bof that(?= (?:is|are|was|were|has|have|can|may|must|there)\b|[,.;:]|$)/, 'name the thing'],
  [/\bfor certain\b/, 'provably'],
  [/\b(?:[Ww]hat|[Ww]ho|[Ww]here)ever\b/, 'name the thing'],
  [/\bbeside\b/, 'next to, in addition to'],
  [/\banew\b/, 'again'],
  [/\bas given\b/, 'name the value'],
  [/\b(?:is|are|be|was|were) said\b|\bsays\b/, 'contains, reports, prints, states'],
  [/\bstands\b|\bstand (?:in|on|at|for|there)\b/, 'is in'],
  [/\bholds\b/, 'contains, is true'],
  [/\b[Ss]omebody\b|\b[Oo]thers\b/, 'name them'],
  [/\b[Tt]he one\b.*\bthe other\b/, 'name both'],
  [/\bshall\b/, 'must, or the present tense'],
  [/\bin the place of\b/, 'instead of'],
  [/\bcomes? and goes?\b/, 'is attached and detached, starts and stops'],
  [/\bkn(?:ow|ows|own) of\b/, 'has, reads'],
  [/\btak(?:e|es|en|ing) along\b/, 'also releases, also contains'],
  [/\b(?:is|are|be) meant\b/, 'is intended, or an imperative'],
  [/^(?:What|That which|Of an?|Where|It is for)\b(?!.*\?$)/, 'begin with the subject'],
];
const DOCSTRING_START = /^(?:What|Whether|How|Why|Where|Which|That|Whatever|Whoever)\b/;

interface Prose {
  readonly line: number;
  /** Markdown. */
  readonly text: string;
  readonly isDocstring?: boolean;
}

interface Problem {
  readonly at: string;
  readonly kind: 'word' | 'longSentences' | 'passiveVoice';
  readonly message: string;
}

const markdown = remark().use(remarkGfm);
const english = retext().use(retextEnglish).use(retextPassive);

/** Returns the comments and messages of a TypeScript file. A placeholder of a message is code. */
function proseOfTypeScript(file: string): Prose[] {
  const code = fs.readFileSync(file, 'utf8');
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line + 1;
  const comments = new Map<number, number>();
  const messages: Prose[] = [];
  const textOf = (node: ts.Node): string | undefined => {
    if (ts.isStringLiteralLike(node)) return node.text;
    if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('`x`');
    if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
    const [left, right] = [textOf(node.left), textOf(node.right)];
    return left === undefined && right === undefined ? undefined : `${left ?? '`x`'}${right ?? '`x`'}`;
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText(source) === 'hcl') return;
    const text = textOf(node);
    if (text !== undefined && /[A-Za-z]{2,},? [a-z]+,? [a-z]+/.test(text)) messages.push({ line: lineOf(node.getStart(source)), text });
    const ranges = [...ts.getLeadingCommentRanges(code, node.pos) ?? [], ...ts.getTrailingCommentRanges(code, node.end) ?? []];
    for (const range of ranges) comments.set(range.pos, range.end);
    if (text === undefined) node.getChildren(source).filter(({ kind }) => kind !== ts.SyntaxKind.JSDoc).forEach(visit);
  };
  visit(source);
  const found: Prose[] = [];
  let end = 0;
  for (const [from, to] of [...comments].sort(([one], [other]) => one - other)) {
    const text = code.slice(from, to).replace(/^\/\*+ ?| ?\*+\/$|^\/\/ ?/g, '').replace(/^[ \t]*\* ?/gm, '').replace(/@see .*/g, '')
      .replace(/^@(?:param +\S+|\w+)(?: +-)?/gm, '-');
    const above = found.at(-1);
    // The lines of a comment are one text.
    if (above && code.startsWith('//', from) && /^\n *$/.test(code.slice(end, from))) found[found.length - 1] = { ...above, text: `${above.text}\n${text}` };
    else found.push({ line: lineOf(from), text, isDocstring: code.startsWith('/**', from) });
    end = to;
  }
  return [...found, ...messages];
}

/** Returns the texts of the paragraphs, headings and cells of Markdown, each code span as `x`. */
function blocksOf(node: any): { line: number; text: string }[] {
  const textOf = ({ type, value, children = [] }: any): string =>
    type === 'text' ? value : type === 'inlineCode' ? 'x' : type === 'break' ? ' ' : children.map(textOf).join('');
  if (['paragraph', 'heading', 'tableCell'].includes(node.type)) return [{ line: node.position.start.line, text: textOf(node) }];
  return (node.children ?? []).flatMap(blocksOf);
}

function problemsOf(file: string): Problem[] {
  const texts = file.endsWith('.ts') ? proseOfTypeScript(file) : [{ line: 1, text: fs.readFileSync(file, 'utf8') }];
  return texts.flatMap(({ line, text, isDocstring }: Prose) => blocksOf(markdown.parse(text)).flatMap((block, i) => {
    const result = english.processSync(block.text);
    const at = (lineInBlock: number) => `${path.relative(ROOT, file)}:${line + block.line + lineInBlock - 2}`;
    const passive = result.messages.map((message): Problem => ({ at: at(message.line ?? 1), kind: 'passiveVoice', message: `passive voice: ${message.actual}` }));
    return [...passive, ...sentencesOf(english.parse(block.text)).flatMap((sentence, j) => {
      const words = block.text.slice(sentence.position.start.offset, sentence.position.end.offset).replace(/\s+/g, ' ');
      const problem = (kind: Problem['kind'], message: string): Problem => ({ at: at(sentence.position.start.line), kind, message });
      const length = sentence.children.filter(({ type }: any) => type === 'WordNode').length;
      return [
        ...WORDS.flatMap(([pattern, instead]) => pattern.exec(words)?.slice(0, 1).map((match) => problem('word', `"${match}": ${instead}`)) ?? []),
        ...isDocstring && i + j === 0 && DOCSTRING_START.test(words) ? [problem('word', `"${words.split(' ')[0]}" begins a docstring: begin with a noun or a verb`)] : [],
        ...length > MAX_WORDS ? [problem('longSentences', `a sentence of ${length} words: "${words.slice(0, 60)}…"`)] : [],
        ...[...words.matchAll(/\b(?:am|are|were|being|is|been|was|be) \w+ed\b/g)].map(([match]) => problem('passiveVoice', `passive voice: ${match}`)),
      ];
    })];
  }));
}

function sentencesOf(node: any): any[] {
  return node.type === 'SentenceNode' ? [node] : (node.children ?? []).flatMap(sentencesOf);
}

/** Returns the Markdown of users and maintainers, and the TypeScript of both packages without the generated bindings. */
function filesOfRepository(): string[] {
  const below = (folder: string, ending: string) => fs.readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending) && !name.startsWith('provider-alicloud')).sort().map((name) => path.join(folder, name));
  return ['README.md', 'CONTRIBUTING.md', 'RELEASING.md', 'CHANGELOG.md', 'cli/README.md', ...below('docs', '.md'), ...below('src', '.ts'), ...below('cli/src', '.ts')]
    .map((name) => path.join(ROOT, name));
}

main(() => {
  const files = process.argv.slice(2).map((file) => path.resolve(file));
  const problems = (files.length > 0 ? files : filesOfRepository()).flatMap(problemsOf);
  const of = (kind: Problem['kind']) => problems.filter((problem) => problem.kind === kind);
  const limits = files.length > 0 ? {} : readJson(ROOT, WARNINGS);
  const errors = of('word').map(({ at, message }) => `${at}: ${message}`);
  for (const kind of ['longSentences', 'passiveVoice'] as const) {
    const [count, limit] = [of(kind).length, limits[kind] ?? 0];
    if (files.length > 0) of(kind).forEach(({ at, message }) => console.log(`${at}: warning: ${message}`));
    else if (count > limit) errors.push(`${kind}: ${count}, and ${WARNINGS} allows ${limit}: shorten the new sentences, or use the active voice (prose/linter.ts FILE lists them)`);
    else if (count < limit) console.log(`${kind}: ${count}: lower the ${limit} of ${WARNINGS}`);
  }
  if (errors.length > 0) throw new Error(errors.join('\n'));
});

// All messages of the library and of the command, read from the syntax of their sources. A value is shown as {value}.
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import { ROOT } from './pages';

export interface Message {
  readonly kind: 'error' | 'validation' | 'condition' | 'warning' | 'finding' | 'fix' | 'command';
  readonly file: string;
  readonly text: string;
  /** Whether its class or its wrapper writes the path in front. */
  readonly hasPath: boolean;
  readonly hasValue: boolean;
  /** Whether it ends with an imperative. */
  readonly hasFix: boolean;
}

/** Verbs that a fix begins with. */
const VERBS = [
  'activate', 'add', 'assign', 'call', 'change', 'check', 'close', 'copy', 'create', 'delete', 'deploy', 'give', 'grant', 'keep', 'lower', 'make', 'name', 'pass', 'plan', 'raise', 'remove',
  'report', 'request', 'run', 'search', 'set', 'split', 'spread', 'synthesize', 'unset', 'upgrade', 'use', 'wait', 'write',
];

/** Files whose conditions get the paths from a function that wraps them. */
const WITH_PATHS = ['checks/address-checks.ts', 'lookups/address-set.ts', 'ipv6-internet-bandwidths.ts'];

const FILES = ['src', 'cli/src'].flatMap((folder) => fs.readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.startsWith('provider-alicloud')).sort().map((name) => `${folder}/${name}`));

const parsed = new Map(FILES.map((file) => [file, ts.createSourceFile(file, fs.readFileSync(path.join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true)]));

/** The exported constants of all files. */
const exported = new Map([...parsed.values()].flatMap((source) => source.statements).flatMap(declarationsIn));

function declarationsIn(statement: ts.Statement): [name: string, value: ts.Expression][] {
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ name, initializer }): [string, ts.Expression][] =>
    initializer && isText(initializer) ? [[name.getText(), initializer]] : []);
}

/** Returns the value of a constant that contains a text. */
function constantOf({ text, parent }: ts.Identifier): ts.Expression | undefined {
  for (let scope: ts.Node | undefined = parent; scope; scope = scope.parent) {
    if (ts.isFunctionLike(scope) && scope.parameters.some(({ name }) => name.getText() === text)) return undefined;
    const found = (ts.isBlock(scope) ? [...scope.statements] : []).flatMap(declarationsIn).find(([name]) => name === text);
    if (found) return found[1];
  }
  return exported.get(text);
}

function isText(node: ts.Node): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || ts.isTaggedTemplateExpression(node)
    || (ts.isBinaryExpression(node) && isText(node.left)) || (ts.isConditionalExpression(node) && isText(node.whenTrue));
}

/** Returns the text of an expression: literals and constants as they are, everything else as a placeholder. */
function textOf(node: ts.Node): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) return node.head.text + node.templateSpans.map(({ expression, literal }) => textOf(expression) + literal.text).join('');
  if (ts.isTaggedTemplateExpression(node)) return node.tag.getText() === 'template' ? textOf(node.template) : '{value}';
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) return textOf(node.left) + textOf(node.right);
  if (ts.isConditionalExpression(node)) return `{${textOf(node.whenTrue)} | ${textOf(node.whenFalse)}}`;
  if (ts.isParenthesizedExpression(node)) return textOf(node.expression);
  const constant = ts.isIdentifier(node) && constantOf(node);
  if (constant) return textOf(constant);
  return `{${/\.path\b|^paths?$|^stackPath$/.test(node.getText()) ? 'path' : ts.isIdentifier(node) ? node.text : 'value'}}`;
}

function property(node: ts.ObjectLiteralExpression, name: string): ts.Node | undefined {
  const found = node.properties.find((each) => each.name?.getText() === name);
  return found && (ts.isPropertyAssignment(found) ? found.initializer : found.name);
}

/** An imperative, or a parameter whose calls are in the list. */
const FIX = new RegExp(`^\\{*(?:${VERBS.join('|')})\\b|^\\{remediation\\}$`, 'i');

/** A message as one text: its fix is behind the first colon, or is the whole text. */
function whole(kind: Message['kind'], file: string, text: string, hasPath: boolean): Message {
  const [, rest] = /^(?:\{path\}: )?([^]*)$/.exec(text)!;
  const fix = kind !== 'fix' && rest.includes(': ') ? rest.slice(rest.indexOf(': ') + 2) : rest;
  return { kind, file, text, hasPath, hasValue: /\{|\bundefined\b/.test(text), hasFix: FIX.test(fix) };
}

function messageIn(node: ts.Node, file: string): Message | undefined {
  const isCommand = file.startsWith('cli/');
  if (ts.isObjectLiteralExpression(node) && !isCommand) {
    const [problem, actual, limit, fix, code] = ['problem', 'actual', 'limit', 'remediation', 'apiErrorCode'].map((name) => property(node, name));
    const fixText = fix ? textOf(fix) : '';
    const hasFix = FIX.test(fixText);
    if (limit && actual && fix && isText(fix)) return { kind: 'finding', file, text: `{path}: ${textOf(actual)}, allowed is ${textOf(limit)}: ${fixText}`, hasPath: true, hasValue: true, hasFix };
    if (!problem || !isText(problem)) return undefined;
    const text = `{path}: ${textOf(problem)}${actual ? ', got {value}' : ''}${code ? ` (${textOf(code)})` : ''}: ${fixText}`;
    return { kind: 'error', file, text, hasPath: true, hasValue: actual !== undefined || textOf(problem).includes('{'), hasFix };
  }
  if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'template' && / .*: [a-z]/.test(textOf(node))) {
    const hasPath = /^\{path\}/.test(textOf(node)) || WITH_PATHS.some((name) => file.endsWith(name));
    return whole('condition', file, textOf(node), hasPath);
  }
  if (ts.isNewExpression(node) && /^(Input|InvalidArgument)?Error$/.test(node.expression.getText()) && node.arguments?.length) {
    return whole(isCommand ? 'command' : 'error', file, textOf(node.arguments[0]), isCommand || /^\{path\}/.test(textOf(node.arguments[0])));
  }
  if (ts.isCallExpression(node) && /^warnOnce$|\.addWarning$/.test(node.expression.getText())) return whole('warning', file, textOf(node.arguments.at(-1)!), true);
  // The fix that a call passes to the function that throws.
  if (ts.isStringLiteral(node) && / .* /.test(node.text)) {
    const isListed = /(?:refusals|plan-file)\.ts$/.test(file) && (ts.isArrayLiteralExpression(node.parent) || ts.isPropertyAssignment(node.parent));
    const isPassed = !isCommand && ts.isCallExpression(node.parent) && FIX.test(node.text) && /^[a-z]/.test(node.text);
    if (isListed || isPassed) return whole('fix', file, node.text, true);
  }
  const text = isText(node) && !isCommand ? textOf(node) : '';
  return /^\{path\}: .*: [a-z{]/.test(text) && !ts.isTaggedTemplateExpression(node.parent) ? whole('validation', file, text, true) : undefined;
}

/** Returns the messages in the order of the files. A text without words of its own is none. */
export function messages(sources: ReadonlyMap<string, ts.SourceFile> = parsed): Message[] {
  return [...sources].flatMap(([file, source]) => {
    const found: Message[] = [];
    const visit = (node: ts.Node): void => {
      const message = messageIn(node, file);
      if (message) {
        // A wrapper puts a place in front of another message.
        if (/[a-z] [a-z]/.test(message.text.replace(/\{\w+\}/g, '')) && !/^\{.*\} \{value\}$/.test(message.text)) found.push(message);
      } else {
        ts.forEachChild(node, visit);
      }
    };
    visit(source);
    return found;
  });
}

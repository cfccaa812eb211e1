import { Access, Effect, ExposureRow } from './exposure';
import { ExposureReport, ExposureResult } from './exposure-report';
import { columns, join, line, oneLine, Text } from './text';
import { Acknowledgement, Finding } from '../../src/exposure/findings';
import { showPorts } from '../../src/exposure/ports';
import { showSum, Sum } from '../../src/exposure/totals';

const EFFECTS: readonly Effect[] = ['opens', 'closes', 'adds (outbound only)', 'replaces', 'unchanged'];
export const HEAD = ['', 'address', 'before', 'after', 'Mbit/s', 'charge type', 'resource', 'construct', 'reason and notes'];
const INCOMPLETE = 'The plan is not complete: another one has to follow, which may open more.';

const ACCESS: Readonly<Record<Access, string>> = { none: 'no bandwidth', open: 'open', closed: 'outbound only', unproven: 'unproven (counts as open)' };

export function exposureTable({ results, ...shared }: ExposureReport): Text {
  const findings = (of: Messages) => messages(of).map(({ word, text }) => line`${word}: ${text}`);
  const sections = results.map((result) => {
    const rows = sorted(result).map(cellsOf);
    return join([
      line`${result.name}: ${summary(result)}`,
      ...remarks(result).map(oneLine),
      ...(rows.length > 0 ? [oneLine(''), columns([HEAD, ...rows])] : []),
      ...(result.findings.length > 0 ? [oneLine(''), ...findings(result)] : []),
    ]);
  });
  return join([
    ...results.length > 1 ? [line`in all: ${summaryOfAll(results)}`] : [],
    ...sections,
    ...messages(shared).length > 0 ? [join(findings(shared))] : [],
  ], '\n\n');
}

/** The summary of several plans and states. */
export function summaryOfAll(results: readonly ExposureResult[]): string {
  return summary({ kind: results.every(({ kind }) => kind === 'state') ? 'state' : 'plan', rows: results.flatMap(({ rows }) => rows) });
}

export function summary({ kind, rows }: Pick<ExposureResult, 'kind' | 'rows'>): string {
  if (rows.length === 0) return 'no IPv6 address has Internet bandwidth';
  const count = (matches: (row: ExposureRow) => boolean) => rows.filter(matches).length;
  const [open, unproven, closed] = (['open', 'unproven', 'closed'] as const).map((access) => count(({ after }) => after === access));
  const mbps = change({ before: showSum(mbpsOf(rows, 'before')), after: showSum(mbpsOf(rows, 'after')) });
  const then = `${open} open, ${unproven} unproven, ${closed} outbound only; Mbit/s in all: ${mbps}`;
  if (kind !== 'plan') return then;
  return `opens ${count(({ effect }) => effect === 'opens')}, closes ${count(({ effect }) => effect === 'closes')}; after the apply ${then}`;
}

function mbpsOf(rows: readonly ExposureRow[], side: 'before' | 'after'): Sum {
  const numbers = rows.flatMap(({ mbps: { [side]: text } }) => text === undefined ? [] : [numberOrText(text)]);
  return {
    known: numbers.reduce<number>((sum, each) => typeof each === 'number' ? sum + each : sum, 0),
    unknown: numbers.filter((each) => typeof each !== 'number').length,
  };
}

export function remarks({ isIncomplete, services }: ExposureResult): string[] {
  return [
    ...isIncomplete ? [INCOMPLETE] : [],
    ...services.length > 0 ? [`Public IPv6 that is not checked: ${services.join(', ')}`] : [],
  ];
}

/** Sorts newly opened addresses first, and then open addresses before closed ones. */
export function sorted({ rows }: Pick<ExposureResult, 'rows'>): readonly ExposureRow[] {
  const rank = ({ effect, after, differences = [] }: ExposureRow) => (differences.length > 0 ? -99 : 0) + EFFECTS.indexOf(effect) * 3 + (after === 'open' ? 0 : after === 'unproven' ? 1 : 2);
  return [...rows].sort((one, other) => rank(one) - rank(other));
}

export function cellsOf(row: ExposureRow): string[] {
  const { effect, address, before, after, ports, mbps, chargeType, resources, constructPath, reason, differences = [], notes } = row;
  return [
    effect, address, ACCESS[before], `${ACCESS[after]}${ports ? `: ${showPorts(ports)}` : ''}`, change(mbps), change(chargeType),
    resources.join(', '), constructPath ?? '', [...differences, reason, ...notes].filter(Boolean).join('; '),
  ];
}

function change({ before, after }: ExposureRow['mbps']): string {
  return before === undefined || after === undefined || before === after ? after ?? before ?? '' : `${before} to ${after}`;
}

/** Returns a known number, else the text that explains why it is missing. */
export function numberOrText(text: string | undefined): number | string | undefined {
  return text !== undefined && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** The sources with findings, and unused acknowledgements. */
interface Messages {
  readonly findings: readonly Finding[];
  readonly stale?: readonly Acknowledgement[];
}

export function messages({ findings, stale = [] }: Messages): { readonly word: string; readonly text: string }[] {
  return [
    ...findings.map((finding) => ({ word: wordOf(finding), text: textOf(finding) })),
    ...stale.map((acknowledgement) => ({ word: 'warning', text: staleText(acknowledgement) })),
  ];
}

/** Returns the reason why an acknowledgement is a mistake. */
export function staleText({ ruleId, path, block }: Acknowledgement): string {
  return `${ruleId}: ${[path, block].filter(Boolean).join(' ')}: the acknowledgement matches no finding: remove it, or correct its path`;
}

export function wordOf({ severity, acknowledgement }: Finding): string {
  return acknowledgement ? 'acknowledged' : severity === 'error' ? 'forbidden' : 'warning';
}

export function textOf({ ruleId, place: { subject, path, block }, actual, limit, remediation, acknowledgement }: Finding): string {
  const where = path === '' || path === subject ? subject : `${subject} (${[path, block === subject ? undefined : block].filter(Boolean).join(' ')})`;
  return `${ruleId}: ${where}: ${actual}, allowed is ${limit}${acknowledgement ? `: ${acknowledgement.reason}` : `: ${remediation}`}`;
}

import { Verdict } from './preflight';
import { columns, oneLine } from './text';

/** What is said of one plan. */
export interface PreflightResult {
  readonly plan: string;
  readonly verdicts: readonly Verdict[];
  /** What a reader should know of the plan as a whole. */
  readonly notes: readonly string[];
}

const OUTCOMES = ['refused', 'could not ask', 'cannot be asked', 'would pass'] as const;

export function preflightTable(results: readonly PreflightResult[]): string {
  return results.map(({ plan, verdicts, notes }) => {
    const byOutcome = OUTCOMES.map((outcome) => ({ outcome, those: verdicts.filter((verdict) => verdict.outcome === outcome) }));
    const rows = byOutcome.flatMap(({ those }) => those.map((verdict) => cellsOf(verdict).map(oneLine)));
    const counts = byOutcome.filter(({ those }) => those.length > 0).map(({ outcome, those }) => `${those.length} ${outcome}`);
    return [
      `${oneLine(plan)}: ${counts.join(', ') || 'creates nothing that could be asked for'}`,
      ...notes.map((note) => `note: ${oneLine(note)}`),
      ...(rows.length > 0 ? ['', columns([['', 'resource', 'action', 'what the API says, and what to do'], ...rows])] : []),
    ].join('\n');
  }).join('\n\n');
}

export function preflightJson(results: readonly PreflightResult[]): string {
  return JSON.stringify({ plans: results }, null, 2);
}

function cellsOf({ outcome, resource, action, reason, refusal }: Verdict): string[] {
  const said = refusal ? `${refusal.code}: ${[refusal.meaning, refusal.wayOut, refusal.link].filter(Boolean).join('; ')}` : reason ?? 'DryRunOperation';
  return [outcome, resource, action, said];
}

import { Verdict } from './preflight';
import { columns, join, json, line, oneLine, Text } from './text';

/** The result for one plan. */
export interface PreflightResult {
  readonly plan: string;
  readonly verdicts: readonly Verdict[];
  /** Notes on the plan as a whole, and on the credentials. */
  readonly notes: readonly string[];
}

const OUTCOMES = ['refused', 'could not ask', 'cannot be asked', 'would pass'] as const;

export function preflightTable(results: readonly PreflightResult[]): Text {
  return join(results.map(({ plan, verdicts, notes }) => {
    const byOutcome = OUTCOMES.map((outcome) => ({ outcome, those: verdicts.filter((verdict) => verdict.outcome === outcome) }));
    const rows = byOutcome.flatMap(({ those }) => those.map(cellsOf));
    const counts = byOutcome.filter(({ those }) => those.length > 0).map(({ outcome, those }) => `${those.length} ${outcome}`);
    return join([
      line`${plan}: ${counts.join(', ') || 'writes nothing that could be asked for'}`,
      ...notes.map((note) => line`note: ${note}`),
      ...(rows.length > 0 ? [oneLine(''), columns([['', 'resource', 'action', 'answer of the API, and fix'], ...rows])] : []),
    ]);
  }), '\n\n');
}

export function preflightJson(results: readonly PreflightResult[]): Text {
  return json({ plans: results });
}

function cellsOf({ outcome, resource, action, reason, refusal }: Verdict): string[] {
  const passed = action === 'GetCdtServiceStatus' ? 'Cloud Data Transfer is on' : 'DryRunOperation';
  const answer = refusal ? `${refusal.code}: ${[refusal.meaning, refusal.wayOut, refusal.link].filter(Boolean).join('; ')}` : reason ?? passed;
  return [outcome, resource, action, answer];
}

/** Changes of a release that are meant: named lines with their reasons, in the file .accepted-changes. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Baseline } from './last-release';
import { ROOT } from './toolchain';

export const ACCEPTED_CHANGES = path.join(ROOT, '.accepted-changes');

/** A difference from the last release. */
export interface Change {
  /** What a line of the file names it by. */
  readonly key: string;
  readonly text: string;
}

/** A line of the file: `CHECK KEY # REASON`. In a key, `*` stands for any text. */
interface Accepted {
  readonly line: string;
  readonly pattern: RegExp;
}

function accepted(check: string, text: string): Accepted[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#')).flatMap((line) => {
    const [, of, key, reason] = /^(compat|behaviour)\s+(.*?)\s+#\s*(.*)$/.exec(line) ?? [];
    if (!reason) throw new Error(`.accepted-changes: a line reads "compat|behaviour KEY # REASON", got "${line}"`);
    if (of !== check) return [];
    return [{ line, pattern: new RegExp(`^${key.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`) }];
  });
}

/**
 * The changes that nobody accepted, and the lines that accept nothing: those of an earlier release, which have to go, or they
 * would hide the next change.
 */
export function unaccepted(check: 'compat' | 'behaviour', changes: Change[], lines: string): { changes: Change[]; stale: string[] } {
  const all = accepted(check, lines);
  return {
    changes: changes.filter(({ key }) => !all.some(({ pattern }) => pattern.test(key))),
    stale: all.filter(({ pattern }) => !changes.some(({ key }) => pattern.test(key))).map(({ line }) => line),
  };
}

/** Prints what a check found, and fails the process for what has to be put right. */
export function conclude(check: 'compat' | 'behaviour', changes: Change[], against: Baseline, compared: string): void {
  const lines = against.kind !== 'unreleased' && fs.existsSync(ACCEPTED_CHANGES) ? fs.readFileSync(ACCEPTED_CHANGES, 'utf8') : '';
  const left = unaccepted(check, changes, lines);
  const stale = against.kind === 'release' ? left.stale : [];
  for (const { key, text } of left.changes) console.log(`${key}\n  ${text.replaceAll('\n', '\n  ')}`);
  for (const line of stale) console.log(`.accepted-changes accepts what is no change any more, remove it: ${line}`);
  console.log(`${compared}: ${changes.length} changes from ${against.name}, ${changes.length - left.changes.length} of them accepted`);
  if (against.kind !== 'unreleased' && left.changes.length + stale.length > 0) process.exitCode = 1;
}

/**
 * Asks the registry for vulnerabilities of what users install: `npm audit --omit=dev` of each package of this repository.
 *
 * A registry that does not answer that question is said, and is no finding: the next machine that can ask will.
 */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ROOT } from './toolchain';

export interface Answer {
  readonly text: string;
  readonly found: boolean;
}

/** What `npm audit --json` said. */
export function answer(json: string): Answer {
  const unanswered = (reason: string) => ({ text: `the registry cannot be asked: ${reason}`, found: false });
  let report: any;
  try {
    report = JSON.parse(json);
  } catch {
    return unanswered(`npm said "${json.trim().slice(0, 200)}"`);
  }
  // A failed request is reported with a message, and without a list.
  if (!report.vulnerabilities) return unanswered(report.message ?? report.error?.summary ?? JSON.stringify(report).slice(0, 200));
  const lines = Object.values<any>(report.vulnerabilities).map(({ name, severity, range }) => `\n  ${name} ${range} (${severity})`);
  return lines.length > 0 ? { text: `vulnerable:${lines.join('')}`, found: true } : { text: 'no known vulnerabilities', found: false };
}

function main(): void {
  for (const folder of ['.', 'cli'].filter((each) => fs.existsSync(path.join(ROOT, each, 'package-lock.json')))) {
    const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { cwd: path.join(ROOT, folder), encoding: 'utf8' });
    const { text, found } = answer(stdout);
    console.log(`${path.join(folder, 'package.json')}: ${text}`);
    if (found) process.exitCode = 1;
  }
}

if (require.main === module) main();

/**
 * Compares the public API with that of the last release.
 *
 *     npm run compat -- [--against REF]
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { Change, conclude } from './accepted-changes';
import { baseline } from './last-release';
import { bin, ROOT } from './toolchain';

/** The breaks between the APIs of two compiled libraries. */
export function apiBreaks(before: string, after: string): Change[] {
  const { status, stderr } = spawnSync(bin('jsii-diff'), [before, after, '--keys'], { cwd: ROOT, encoding: 'utf8' });
  const breaks = [...stderr.matchAll(/^err\s+- (.*) \[(.*)\]$/gm)].map(([, text, key]) => ({ key, text }));
  // It ends with 0 or 1, and with a list in the latter case; whatever else happened was no comparison.
  if (status !== (breaks.length > 0 ? 1 : 0)) throw new Error(`jsii-diff ended with ${status}:\n${stderr}`);
  return breaks;
}

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { against: { type: 'string' } } });
  const before = await baseline(values.against);
  conclude('compat', apiBreaks(before.library, ROOT), before, 'the public API');
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}

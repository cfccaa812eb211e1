/**
 * What CHANGELOG.md says of the next release, which is its first section: `## [VERSION] - DATE`, or `- unreleased` while it is
 * being written.
 *
 *     changelog.ts version       prints the version; a section without a date is refused, unless DRY_RUN is true
 *     changelog.ts notes FILE    writes the section's text, the notes of the release
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ROOT } from './toolchain';

export interface Section {
  readonly version: string;
  /** Nothing while the section is being written. */
  readonly date?: string;
  readonly text: string;
}

export function firstSection(changelog: string): Section {
  const [, heading, text] = /^## (.*)\n([^]*?)(?=^## |^\[|(?![^]))/m.exec(changelog) ?? [];
  const [, version, when] = /^\[(\d+\.\d+\.\d+(?:-[\w.]+)?)\] - (\d{4}-\d\d-\d\d|unreleased)$/.exec(heading ?? '') ?? [];
  if (!version) throw new Error(`the first section of CHANGELOG.md must be "## [VERSION] - DATE", or "- unreleased", got "## ${heading}"`);
  return { version, ...(when === 'unreleased' ? {} : { date: when }), text: text.trim() };
}

function main([action, file]: string[]): void {
  const { version, date, text } = firstSection(fs.readFileSync(path.join(ROOT, 'CHANGELOG.md'), 'utf8'));
  if (action === 'version') {
    if (!date && process.env.DRY_RUN !== 'true') throw new Error(`CHANGELOG.md: ${version} has no date yet: give it the date of the release`);
    process.stdout.write(version);
  } else if (action === 'notes') {
    fs.writeFileSync(file, `${text}\n`);
  } else {
    throw new Error('usage: changelog.ts version | notes FILE');
  }
}

if (require.main === module) {
  try {
    main(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

/**
 * Reads the next release from CHANGELOG.md. Its section is the first: `## [VERSION] - DATE`, or `- unreleased` until the release.
 *
 *     changelog.ts version       prints the version; without a date this is an error, unless DRY_RUN is true
 *     changelog.ts notes FILE    writes the text of the section to a file
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { main, ROOT } from './toolchain';

export interface Section {
  readonly version: string;
  /** A date, or `unreleased`. */
  readonly date: string;
  readonly text: string;
}

/** The sections of a changelog, the newest first. */
export function sections(changelog: string): Section[] {
  return changelog.split(/^## /m).slice(1).map((section) => {
    const [, version, date] = /^\[(\d+\.\d+\.\d+(?:-[\w.]+)?)\] - (\d{4}-\d\d-\d\d|unreleased)\n/.exec(section) ?? [];
    if (!version) throw new Error(`a section of CHANGELOG.md must begin with "## [VERSION] - DATE", or "- unreleased", got "## ${section.split('\n')[0]}"`);
    return { version, date, text: section.replace(/^.*\n/, '').trim() };
  });
}

if (require.main === module) {
  main(() => {
    const [action, file] = process.argv.slice(2);
    const [{ version, date, text }] = sections(fs.readFileSync(path.join(ROOT, 'CHANGELOG.md'), 'utf8'));
    if (action === 'notes') return fs.writeFileSync(file, `${text}\n`);
    if (date === 'unreleased' && process.env.DRY_RUN !== 'true') throw new Error(`CHANGELOG.md: ${version} has no date: replace "unreleased" with the date of the release`);
    process.stdout.write(version);
  });
}

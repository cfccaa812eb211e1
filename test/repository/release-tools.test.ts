import * as fs from 'node:fs';
import * as path from 'node:path';
import { sections } from '../../projenrc/changelog';

describe('the changelog', () => {
  const section = (heading: string) => `# Changelog\n\nAbout it.\n\n${heading}\n\nWhat is new.\n\n### Added\n\n- a thing\n\n## [0.1.0] - 2026-11-25\n\nThe first.\n`;

  test('lists the releases, the next one first, with their dates and notes', () => {
    const last = { version: '0.1.0', date: '2026-11-25', text: 'The first.' };
    expect(sections(section('## [0.2.0] - 2026-12-01'))).toEqual([{ version: '0.2.0', date: '2026-12-01', text: 'What is new.\n\n### Added\n\n- a thing' }, last]);
    expect(sections(section('## [0.2.0] - unreleased'))[0]).toMatchObject({ version: '0.2.0', date: 'unreleased' });
  });

  test.each(['## [Unreleased]', '## 0.2.0', '## [0.2] - 2026-12-01', '## [0.2.0] - soon'])('is refused with the section "%s"', (heading) => {
    expect(() => sections(`# Changelog\n\n${heading}\n`)).toThrow('a section of CHANGELOG.md must begin with');
  });

  test('of this repository can be read', () => {
    expect(sections(fs.readFileSync(path.join(__dirname, '../../CHANGELOG.md'), 'utf8'))[0].text).toContain('\n');
  });
});

describe('the packages that a user installs', () => {
  // MPL-2.0 (cdktf) concerns changes of its own files, and this project makes none.
  const ALLOWED = ['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT', 'MPL-2.0', 'Python-2.0', 'Unlicense', 'WTFPL', '(MIT OR WTFPL)'];
  // Their files state a license that is no SPDX name: Apache License 2.0, Public Domain.
  const IN_OTHER_WORDS = ['@darabonba/typescript', 'jsonify'];

  test.each<[string, string, RegExp]>([
    ['the library', 'package-lock.json', /^node_modules\/(cdktf|constructs)(\/|$)/],
    ['the command', 'cli/package-lock.json', /^node_modules\//],
  ])('have licenses that an Apache-2.0 project can depend on: %s', (_, lock, installed) => {
    const { packages } = JSON.parse(fs.readFileSync(path.join(__dirname, '../..', lock), 'utf8')) as { packages: Record<string, { license?: string }> };
    const found = Object.entries(packages).filter(([name]) => installed.test(name));
    expect(found.length).toBeGreaterThan(1);
    const name = (folder: string) => folder.replace(/^.*node_modules\//, '');
    expect(found.filter(([folder, { license }]) => !ALLOWED.includes(license!) && !IN_OTHER_WORDS.includes(name(folder)))).toEqual([]);
  });
});

describe('the release workflow', () => {
  const release = fs.readFileSync(path.join(__dirname, '../../.github/workflows/release.yml'), 'utf8');
  const jobs = new Map(release.slice(release.indexOf('\njobs:\n')).split(/^ {2}(?=[\w-]+:$)/m).slice(1).map((job) => [job.split(':')[0], job]));
  const publishing = [...jobs.keys()].filter((name) => name.startsWith('release_'));
  const needs = (job: string): string[] => {
    const [, one, list] = /^ {4}needs:(?: (\S+)\n|\n((?: {6}- .*\n)+))/m.exec(jobs.get(job)!)!;
    return one ? [one] : list.trim().split(/\n? *- /).slice(1);
  };

  test('publishes after all checks: each of its jobs needs the build, and the build needs the checks', () => {
    const checks = [...jobs.keys()].filter((name) => name !== 'release' && !publishing.includes(name));
    expect(checks).toEqual(['ci', 'engines', 'node-22']);
    expect(needs('release').sort()).toEqual(checks.sort());
    for (const job of publishing) expect(needs(job)).toContain('release');
  });

  test('creates the tag last, because a second run treats a tag as a complete release', () => {
    expect(publishing.sort()).toEqual(['release_github', 'release_golang', 'release_maven', 'release_npm', 'release_pypi']);
    expect(needs('release_github').sort()).toEqual(['release', 'release_golang', 'release_maven', 'release_npm', 'release_pypi']);
  });

  test('publishes the packages of the fork and of the command too', () => {
    expect(jobs.get('release_npm')).toContain('mv dist/cdktn/js/*.tgz dist/command/js/*.tgz dist/js/');
    expect(jobs.get('release_pypi')).toContain('publib-pypi dist.old/cdktn/python');
  });

  test('waits for the approval of an environment, and has no token for a registry that trusts the workflow', () => {
    for (const job of publishing) expect(jobs.get(job)).toContain('environment: release');
    expect(release).not.toMatch(/NPM_TOKEN|TWINE_PASSWORD|publib@latest/);
  });
});

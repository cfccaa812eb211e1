import * as fs from 'node:fs';
import * as path from 'node:path';
import { answer } from '../../projenrc/audit';
import { notAllowed } from '../../projenrc/bill-of-materials';
import { firstSection } from '../../projenrc/changelog';

describe('the changelog', () => {
  const section = (heading: string) => `# Changelog\n\nAbout it.\n\n${heading}\n\nWhat is new.\n\n### Added\n\n- a thing\n\n## [0.1.0] - 2026-11-25\n\nThe first.\n`;

  test('names the version of the next release, its date and its notes', () => {
    expect(firstSection(section('## [0.2.0] - 2026-12-01'))).toEqual({ version: '0.2.0', date: '2026-12-01', text: 'What is new.\n\n### Added\n\n- a thing' });
    expect(firstSection(section('## [0.2.0] - unreleased'))).toMatchObject({ version: '0.2.0', text: expect.not.stringContaining('The first') });
    expect(firstSection(section('## [0.2.0] - unreleased')).date).toBeUndefined();
  });

  test.each(['## [Unreleased]', '## 0.2.0', '## [0.2] - 2026-12-01', '## [0.2.0] - soon', ''])('is refused where its first section says "%s"', (heading) => {
    const changelog = `# Changelog\n\n${heading}\n`;
    expect(() => firstSection(changelog)).toThrow('the first section of CHANGELOG.md must be');
  });

  test('of this repository can be read', () => {
    expect(firstSection(fs.readFileSync(path.join(__dirname, '../../CHANGELOG.md'), 'utf8')).text).toContain('\n');
  });
});

describe('the audit', () => {
  test.each<[string, string, boolean, string]>([
    ['a clean package', '{"vulnerabilities": {}}', false, 'no known vulnerabilities'],
    ['a vulnerable one', '{"vulnerabilities": {"a": {"name": "a", "severity": "high", "range": "<2"}}}', true, 'a <2 (high)'],
    ['a registry that refuses', '{"message": "405 Method Not Allowed", "statusCode": 405}', false, 'cannot be asked: 405 Method Not Allowed'],
    ['a registry that is not there', '{"error": {"code": "ENOTFOUND", "summary": "not found"}}', false, 'cannot be asked: not found'],
    ['npm that fails', 'oops', false, 'cannot be asked: npm said "oops"'],
  ])('tells %s', (_, json, found, text) => {
    expect(answer(json)).toEqual({ found, text: expect.stringContaining(text) });
  });
});

describe('the licenses of what a package installs', () => {
  const component = (...licenses: any[]) => ({ name: 'a', version: '1.0.0', licenses });

  test.each([{ license: { id: 'MIT' } }, { license: { id: 'Apache-2.0' } }, { license: { id: 'MPL-2.0' } }])('may be %j', (license) => {
    expect(notAllowed([component(license)])).toEqual([]);
  });

  test.each<[any[], string]>([
    [[{ license: { id: 'GPL-3.0-only' } }], 'a@1.0.0: GPL-3.0-only'],
    [[{ license: { id: 'MIT' } }, { license: { name: 'Custom' } }], 'a@1.0.0: MIT, Custom'],
    [[], 'a@1.0.0: no license'],
  ])('may not be %j', (licenses, problem) => {
    expect(notAllowed([component(...licenses)])).toEqual([problem]);
  });
});

describe('the workflows', () => {
  const folder = path.join(__dirname, '../../.github/workflows');
  const release = fs.readFileSync(path.join(folder, 'release.yml'), 'utf8');

  test('use toolchains that their makers maintain', () => {
    const versions = fs.readdirSync(folder).flatMap((file) => [...fs.readFileSync(path.join(folder, file), 'utf8').matchAll(/(node|java|python|go)-version: "?([^"\n]+)/g)]);
    expect([...new Set(versions.map(([, tool, version]) => `${tool} ${version}`))].sort()).toEqual(['go ^1.25.0', 'java 21', 'node 22', 'node 24', 'python 3.13']);
  });

  test('publish after every check, in an environment, without a token where a registry trusts the workflow', () => {
    const jobs = release.split(/^ {2}(?=[\w-]+:$)/m).slice(1).filter((job) => /^release_/.test(job));
    expect(jobs.map((job) => job.split(':')[0]).sort()).toEqual([
      'release_cdktn_npm', 'release_cdktn_pypi', 'release_command_npm', 'release_github', 'release_golang', 'release_maven', 'release_npm', 'release_pypi',
    ]);
    for (const job of jobs) {
      expect(job).toContain('environment: release');
      if (job.startsWith('release_github')) {
        // The tag comes last, or a second run would take what is missing for published.
        for (const other of jobs.filter((each) => each !== job)) expect(job).toContain(`- ${other.split(':')[0]}\n`);
        continue;
      }
      for (const check of ['end-to-end', 'consumers', 'cdk-terrain', 'last-release']) expect(job).toContain(`- ${check}\n`);
    }
    expect(release).not.toMatch(/NPM_TOKEN|TWINE_PASSWORD|publib@latest/);
  });
});

/**
 * Writes what the npm packages of a release install, as a bill of materials each (CycloneDX, dist/sbom/), and refuses a license
 * that an Apache-2.0 project may not pass on.
 *
 * The packages themselves hold this repository's files and nothing else (test/consumers/contents.ts sees to it): what they
 * install is what npm resolves in an empty folder, peers included.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { DIST, DIST_CDKTN, DIST_COMMAND, run } from './toolchain';

/** Licenses that ask for no more than to be named. MPL-2.0 (cdktf, cdktn) asks for its own files only, which we do not change. */
const ALLOWED = ['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT', 'MPL-2.0', 'Python-2.0', 'Unlicense', 'WTFPL', '(MIT OR WTFPL)'];

/** What packages say in words that a bill of materials has no place for, as read in them. */
const IN_OTHER_WORDS: Record<string, string> = {
  '@darabonba/typescript': 'Apache License 2.0',
  'jsonify': 'Public Domain',
};

interface Component {
  readonly name: string;
  readonly version: string;
  readonly licenses?: { license?: { id?: string; name?: string }; expression?: string }[];
}

/** The components whose license is none of the allowed, or is not said. */
export function notAllowed(components: Component[]): string[] {
  return components.flatMap(({ name, version, licenses = [] }) => {
    if (licenses.length === 0 && name in IN_OTHER_WORDS) return [];
    const named = licenses.map(({ license, expression }) => expression ?? license?.id ?? license?.name ?? '');
    if (named.length > 0 && named.every((license) => ALLOWED.includes(license))) return [];
    return [`${name}@${version}: ${named.join(', ') || 'no license'}`];
  });
}

async function main(): Promise<void> {
  const target = path.join(DIST, 'sbom');
  fs.rmSync(target, { recursive: true, force: true });
  fs.mkdirSync(target, { recursive: true });
  const problems: string[] = [];
  for (const folder of [path.join(DIST, 'js'), path.join(DIST_CDKTN, 'js'), path.join(DIST_COMMAND, 'js')].filter((each) => fs.existsSync(each))) {
    for (const tarball of fs.readdirSync(folder).filter((file) => file.endsWith('.tgz'))) {
      const empty = fs.mkdtempSync(path.join(os.tmpdir(), 'sbom-'));
      try {
        const name = path.basename(tarball).replace(/[@-]\d.*$/, '');
        fs.writeFileSync(path.join(empty, 'package.json'), JSON.stringify({
          name: `what-${name}-installs`, version: '0.0.0', private: true, dependencies: { [name]: `file:${path.join(folder, tarball)}` },
        }));
        await run('npm', ['install', '--package-lock-only', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: empty });
        const bill = await run('npm', ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', '--sbom-type', 'library'], { cwd: empty });
        const { components } = JSON.parse(bill) as { components: Component[] };
        problems.push(...notAllowed(components).map((problem) => `${name} installs ${problem}`));
        fs.writeFileSync(path.join(target, `${name}.cdx.json`), bill);
        console.log(`${name}: ${components.length} components, itself included`);
      } finally {
        fs.rmSync(empty, { recursive: true });
      }
    }
  }
  if (problems.length > 0) throw new Error(`not among the licenses that projenrc/bill-of-materials.ts allows:\n${problems.join('\n')}`);
}

if (require.main === module) {
  main().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}

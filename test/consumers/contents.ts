import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { DIST, DIST_CDKTN, Language, ROOT } from '../../projenrc/toolchain';

/** A package, and what it may hold: every file matches one of the patterns, and every pattern a file. */
export interface Contents {
  readonly name: string;
  readonly holds: RegExp[];
  files(): string[];
}

/** The compiled library: of each source, the program and its types. */
function compiled(): RegExp[] {
  return fs.readdirSync(path.join(ROOT, 'src'), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `lib/${file.slice(0, -'.ts'.length).replaceAll(path.sep, '/')}`)
    .flatMap((file) => [new RegExp(`^${file}\\.js$`), new RegExp(`^${file}\\.d\\.ts$`)]);
}

/** The packages in dist/, of some languages. */
export function contents(languages: Set<Language>): Contents[] {
  const found: Contents[] = [];
  if (languages.has('typescript')) {
    for (const file of list('js', '.tgz')) {
      found.push({
        name: path.basename(file),
        holds: [/^(package\.json|\.jsii|README\.md|LICENSE|CHANGELOG\.md)$/, ...compiled()],
        files: () => tar(file),
      });
    }
  }
  if (languages.has('python')) {
    for (const file of list('python', '.whl')) {
      found.push({
        name: path.basename(file),
        holds: [
          /^cdkt[fn]_alicloud_ipv6\/(py\.typed|([a-z0-9_]+\/){0,2}__init__\.py)$/,
          /^cdkt[fn]_alicloud_ipv6\/_jsii\/(__init__\.py|[^/]+\.jsii\.tgz)$/,
          /^[^/]+\.dist-info\/(licenses\/)?[A-Za-z_.]+$/,
        ],
        files: () => zip(file),
      });
    }
    for (const file of list('python', '.tar.gz')) {
      found.push({
        name: path.basename(file),
        holds: [
          /^(PKG-INFO|README\.md|LICENSE|MANIFEST\.in|pyproject\.toml|setup\.(cfg|py))$/,
          /^src\/cdkt[fn]_alicloud_ipv6\/(py\.typed|_jsii\/[^/]+\.jsii\.tgz|([a-z0-9_]+\/){0,2}__init__\.py)$/,
          /^src\/[^/]+\.egg-info\/[A-Za-z_.-]+$/,
        ],
        files: () => tar(file),
      });
    }
  }
  if (languages.has('java')) {
    for (const file of list('java', '.jar').filter((jar) => !/-(sources|javadoc)\.jar$/.test(jar))) {
      found.push({
        name: path.basename(file),
        holds: [
          /^META-INF\/(MANIFEST\.MF|INDEX\.LIST|maven\/io\.github\.cdktf-alicloud-ipv6\/cdktf-alicloud-ipv6\/pom\.(xml|properties))$/,
          /^io\/github\/cdktf_alicloud_ipv6\/([a-z0-9_]+\/){0,2}[A-Za-z0-9$]+(-info)?\.class$/,
          /^io\/github\/cdktf_alicloud_ipv6\/(\$Module\.txt|[^/]+\.jsii\.tgz)$/,
        ],
        files: () => zip(file),
      });
    }
  }
  if (languages.has('go')) {
    const folder = path.join(DIST, 'go', 'alicloudipv6');
    found.push({
      name: 'the Go module',
      holds: [
        /^(go\.mod|version|LICENSE|README\.md)$/,
        /^([a-z0-9]+\/){0,3}[A-Za-z0-9_]+\.go$/,
        /^provideralicloud\/([a-z0-9]+\/)?README\.md$/,
        /^jsii\/(jsii\.go|[^/]+\.tgz)$/,
      ],
      files: () => fs.readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/')),
    });
  }
  return found;
}

/** What is wrong with a package's files, if something is. */
export function surplus(files: string[], holds: RegExp[]): string | undefined {
  const problems = [
    ...files.filter((file) => !holds.some((pattern) => pattern.test(file))).map((file) => `  too much: ${file}`),
    ...holds.filter((pattern) => !files.some((file) => pattern.test(file))).map((pattern) => `  missing: ${pattern.source}`),
  ];
  return problems.length > 0 ? problems.join('\n') : undefined;
}

function list(language: string, ending: string): string[] {
  const folders = [DIST, DIST_CDKTN].map((dist) => path.join(dist, language)).filter((folder) => fs.existsSync(folder));
  const files = folders.flatMap((folder) => fs.readdirSync(folder, { recursive: true }).map((file) => path.join(folder, String(file))));
  const found = files.filter((file) => file.endsWith(ending)).sort();
  if (found.length === 0) throw new Error(`no ${ending} in dist/ for ${language}: npm run package makes it`);
  return found;
}

/** The files of a tarball, without the folder that holds them all. */
function tar(file: string): string[] {
  return execFileSync('tar', ['-tzf', file], { encoding: 'utf8' })
    .split('\n')
    .filter((name) => name !== '' && !name.endsWith('/'))
    .map((name) => name.slice(name.indexOf('/') + 1));
}

/** The files of a ZIP archive, as its central directory lists them. */
function zip(file: string): string[] {
  const bytes = fs.readFileSync(file);
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const names: string[] = [];
  for (let at = bytes.readUInt32LE(end + 16), left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    names.push(bytes.toString('utf8', at + 46, at + 46 + name));
    at += 46 + name + extra + comment;
  }
  return names.filter((name) => !name.endsWith('/'));
}

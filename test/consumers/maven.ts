import * as fs from 'node:fs';
import * as path from 'node:path';
import { MAVEN_REPOSITORY, readJson, ROOT, run } from '../../projenrc/toolchain';

/** Compiles the Java consumers in a folder against the package of some Maven repositories, and says what they are run with. */
export async function compiledByMaven(folder: string, repositories: string[]): Promise<string> {
  // Of an earlier run, the local repository keeps what was downloaded, but not the package that is tried.
  fs.rmSync(path.join(MAVEN_REPOSITORY, 'io', 'github', 'cdktf-alicloud-ipv6'), { recursive: true, force: true });
  const listed = repositories.map((repository, n) => `<repository><id>packages-${n}</id><url>file://${repository}</url></repository>`);
  const settings = path.join(folder, 'settings.xml');
  fs.writeFileSync(settings, `<settings><localRepository>${MAVEN_REPOSITORY}</localRepository>
<profiles><profile><id>packages</id><repositories>${listed.join('')}</repositories></profile></profiles>
<activeProfiles><activeProfile>packages</activeProfile></activeProfiles></settings>`);
  await run('mvn', [
    '--quiet', '--batch-mode', '--settings', settings, `-Dcdktf-alicloud-ipv6.version=${readJson(ROOT, 'package.json').version}`,
    'compile', 'org.apache.maven.plugins:maven-dependency-plugin:3.6.0:build-classpath', '-Dmdep.outputFile=classpath.txt',
  ], { cwd: folder });
  return [path.join(folder, 'target', 'classes'), fs.readFileSync(path.join(folder, 'classpath.txt'), 'utf8').trim()].join(path.delimiter);
}

/**
 * Makes the Java package of cdktf for the local Maven repository: Maven Central has not every release of it. It is made of the
 * npm package that the library is compiled with.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { CACHE, copyFresh, MAVEN_DEPENDENCIES, MAVEN_REPOSITORY, pacmak, readJson, ROOT, timed } from './toolchain';

async function main(): Promise<void> {
  const installed = path.join(ROOT, 'node_modules', 'cdktf');
  const { version, jsii } = readJson(installed, 'package.json');
  const { groupId, artifactId } = jsii.targets.java.maven as { groupId: string; artifactId: string };
  const inRepository = path.join(...groupId.split('.'), artifactId);
  if (!fs.existsSync(path.join(MAVEN_DEPENDENCIES, inRepository, version, `${artifactId}-${version}.jar`))) {
    const copy = path.join(CACHE, 'cdktf-for-java');
    copyFresh(installed, copy);
    await timed('cdktf for Java', () => pacmak(copy, path.dirname(MAVEN_DEPENDENCIES), ['java']));
    fs.rmSync(copy, { recursive: true });
  }
  fs.cpSync(path.join(MAVEN_DEPENDENCIES, inRepository), path.join(MAVEN_REPOSITORY, inRepository), { recursive: true });
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

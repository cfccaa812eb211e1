import * as fs from 'node:fs';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '../..');

function read(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), 'utf8');
}

/** The fenced blocks of a language in a page. */
function blocks(page: string, language: string): string[] {
  return [...read(page).matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(([, block]) => block);
}

// What is documented is what `npm run test:consumers` runs.
test.each([
  ['README.md', 'ts', 'typescript/quickstart.ts'],
  ['docs/languages.md', 'python', 'python/quickstart.py'],
  ['docs/java-and-go.md', 'java', 'java/src/main/java/consumer/Quickstart.java'],
  ['docs/java-and-go.md', 'go', 'go/quickstart/main.go'],
])('the ten lines of %s in %s are those that its consumer runs', (page, language, program) => {
  expect(blocks(page, language)[0]).toBe(read(`test/consumers/${program}`));
});

const { types } = JSON.parse(read('.jsii')) as { types: Record<string, { kind: string; name: string; namespace?: string }> };
const constructs = Object.values(types).filter(({ kind, namespace }) => kind === 'class' && !namespace).map(({ name }) => name);

test.each([
  'typescript/network.ts', 'python/network.py', 'java/src/main/java/consumer/Network.java', 'go/network/main.go',
])('the consumer %s uses every construct', (program) => {
  const text = read(`test/consumers/${program}`);
  expect(constructs).toContain('Ipv6InternetBandwidth');
  expect(constructs.filter((name) => !new RegExp(`\\b(New)?${name}(_|\\b)`).test(text))).toEqual([]);
});

test('the name of the package is the same wherever it is written', () => {
  const { name, jsii: { targets } } = JSON.parse(read('package.json'));
  const page = read('docs/languages.md');
  expect(page).toContain(`npm install ${name} `);
  expect(page).toContain(`pip install ${targets.python.distName}`);
  expect(page).toContain(`${targets.java.maven.groupId}:${targets.java.maven.artifactId}`);
  expect(page).toContain(`go get ${targets.go.moduleName}/${targets.go.packageName}`);
});

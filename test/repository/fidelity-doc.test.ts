import * as fs from 'node:fs';
import * as path from 'node:path';

const root = path.join(__dirname, '..', '..');
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');

const page = read('docs/design/fidelity.md');

function rowsOf(heading: string): string[][] {
  const section = page.split(`## ${heading}\n`)[1].split('\n## ')[0];
  const lines = section.split('\n').filter((line) => line.startsWith('|')).slice(2);
  return lines.map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
}

const sources = page.split('\n## ')[0].split('\n').filter((line) => line.startsWith('|')).slice(2).map((line) => line.split('|')[1].trim());
const assumptions = rowsOf('Assumptions');
const known = rowsOf('Known behaviour');

test('the page is short, and its assumptions come first', () => {
  expect(page.split('\n').length).toBeLessThan(120);
  expect([...page.matchAll(/^## (.+)$/gm)][0][1]).toBe('Assumptions');
  expect(sources).toEqual(['reference', 'SDK', 'provider', 'product', 'run']);
});

test.each(assumptions.map(([assumption, ...cells]) => [assumption, cells] as const))('the assumption "%s" says what rests on it, what else would happen, and what comes nearest', (_, cells) => {
  expect(cells).toHaveLength(3);
  expect(cells).not.toContain('');
  const [source] = cells[2].split(':');
  expect([...sources, 'none']).toContain(source);
});

test.each(known.map(([behaviour, ...cells]) => [behaviour, cells] as const))('the behaviour "%s" has a source', (_, cells) => {
  expect(cells).toHaveLength(2);
  expect(cells[0]).not.toBe('');
  for (const source of cells[1].split(', ')) expect(sources).toContain(source);
});

test.each(['README.md', 'docs/errors.md', 'docs/data-centre.md', 'docs/cost.md'])('%s links to the page', (file) => {
  expect(read(file)).toMatch(/\(.*fidelity\.md\)/);
});

test('the versions of the SDK are those that the tests use', () => {
  const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> };
  for (const name of ['@alicloud/vpc20160428', '@alicloud/ecs20140526']) expect(page).toContain(`/${name}) ${devDependencies[name]}`);
});

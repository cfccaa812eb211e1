import * as fs from 'node:fs';
import * as path from 'node:path';
import { Ipv6ExposureRules } from '../../src';
import { EXPOSURE_RULES } from '../../src/exposure/rules';

const root = path.join(__dirname, '../..');
const page = fs.readFileSync(path.join(root, 'docs/rules.md'), 'utf8');
const lines = /<!-- rules -->\n([^]*?)\n<!-- \/rules -->/.exec(page)![1].split('\n').slice(2);
const rules = Ipv6ExposureRules.catalog();

/** The defaults as the documentation of the properties states them. */
const documentedDefaults = new Map(
  [...fs.readFileSync(path.join(root, 'src/ipv6-exposure-rules.ts'), 'utf8').matchAll(/@default (\w+)\n(?: +\* .*\n)* +\*\/\n +readonly (\w+)\?:/g)]
    .map(([, value, name]) => [name, value]),
);

test('the table has the rules of the code, in the same order', () => {
  expect(lines).toEqual(rules.map((rule) => {
    const { defaultLimit } = EXPOSURE_RULES.find(({ id }) => id === rule.id)!;
    const unless = defaultLimit === undefined ? '' : `, default \`${defaultLimit}\``;
    return `| \`${rule.id}\` | ${rule.why} | \`${rule.setBy}\`${unless} |`;
  }));
});

test.each(EXPOSURE_RULES)('the docstring of the property of $id states the default of the rule', ({ setBy, defaultLimit }) => {
  expect(documentedDefaults.get(setBy)).toBe(defaultLimit?.toString());
});

test.each(rules.map(({ id }) => id))('the id of %s has the common form', (id) => {
  expect(id).toMatch(/^Ipv6[A-Z][A-Za-z]+$/);
});

test.each(rules.map(({ why }) => why))('"%s" is one sentence', (why) => {
  expect(why).toMatch(/^[A-Z][^.]*\.$/);
});

test('each rule has its own file, and its own file of tests', () => {
  const files = fs.readdirSync(path.join(root, 'src/exposure/rules'));
  const tests = fs.readdirSync(path.join(root, 'test/exposure/rules'));
  for (const { id } of rules) {
    const name = id.replace(/^Ipv6/, '').replace(/(?<!^)([A-Z])/g, '-$1').toLowerCase();
    expect(files).toContain(`${name}.ts`);
    expect(tests).toContain(`${name}.test.ts`);
  }
});

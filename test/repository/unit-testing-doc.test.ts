import * as fs from 'node:fs';
import * as path from 'node:path';
import { Testing } from 'cdktf';
import * as ts from 'typescript';
import { Ipv6ExposureRules } from '../../src';

const root = path.join(__dirname, '../..');
const page = fs.readFileSync(path.join(root, 'docs/unit-testing.md'), 'utf8');

function block(marker: string): string {
  return new RegExp(`<!-- ${marker} -->\\n\`\`\`\\w+\\n([^]*?)\`\`\``).exec(page)![1];
}

/** Evaluates a module of the page; `./web` is the page's other one. */
function evaluate(text: string, globals: Record<string, unknown> = {}, modules: Record<string, unknown> = {}): any {
  const { outputText } = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const exported = {};
  const load = (name: string) => modules[name] ?? jest.requireActual(name === 'cdktf-alicloud-ipv6' ? '../../src' : name);
  new Function('require', 'exports', ...Object.keys(globals), outputText)(load, exported, ...Object.values(globals));
  return exported;
}

/** The tests of the page, for its stack or for another one. */
function testsOf(stack: string): [title: string, run: () => void][] {
  const found: [string, () => void][] = [];
  evaluate(block('web.test.ts'), { test: (title: string, run: () => void) => found.push([title, run]), expect }, { './web': evaluate(stack) });
  return found;
}

test.each(testsOf(block('web.ts')))('jest: %s', (_, run) => {
  run();
});

test('the tests of the page fail for an open stack with too much bandwidth', () => {
  const open = block('web.ts').replace('egressOnly: true', 'egressOnly: false').replace('bandwidth = 50', 'bandwidth = 150');
  const failures = testsOf(open).filter(([, run]) => {
    try {
      run();
      return false;
    } catch {
      return true;
    }
  });
  expect(failures).toHaveLength(3);
});

test('Testing.synth(stack) runs no validations, as the page says', () => {
  const { WebStack } = evaluate(block('web.ts').replace('egressOnly: true', 'egressOnly: false'));
  const stack = new WebStack(Testing.app(), 'web');
  Ipv6ExposureRules.addTo(stack);
  expect(() => Testing.synth(stack)).not.toThrow();
  expect(() => Testing.synth(stack, true)).toThrow('Ipv6EgressOnlyRequired: web/Worker');
});

test('the Python tests, which the consumers run, have the same names', () => {
  const python = fs.readFileSync(path.join(root, 'test/consumers/python/test_web.py'), 'utf8');
  const names = [...python.matchAll(/def test_(\w+)/g)].map(([, name]) => name.replace(/_/g, ' '));
  expect(names).toEqual(testsOf(block('web.ts')).map(([title]) => title.toLowerCase()));
});

/**
 * Makes the compiled library quicker to load: each export of lib/index.js and of the bindings loads its module when it is
 * first read, so that what an app does not use (the exposure report, the RAM policy, …) costs it nothing; and modules name
 * each other by their files, which Node.js would otherwise have to look for.
 */
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';

const folder = path.resolve(process.argv[2] ?? 'lib');
const MARK = '// Each export loads its module when it is first read.';

for (const file of ['index.js', 'provider-alicloud/index.js'].map((name) => path.join(folder, name))) {
  const load = createRequire(file);
  const compiled = fs.readFileSync(file, 'utf8');
  if (compiled.includes(MARK)) continue;
  const loads: Record<string, string> = {};
  for (const [, module] of compiled.matchAll(/^__exportStar\(require\("(.+)"\), exports\);$/gm)) {
    for (const name of Object.keys(load(module))) loads[name] = `require(${JSON.stringify(module)}).${name}`;
  }
  for (const [, name, module] of compiled.matchAll(/^exports\.(\w+) = __importStar\(require\("(.+)"\)\);$/gm)) {
    loads[name] = `require(${JSON.stringify(module)})`;
  }
  const expected = Object.keys(load(file));
  const missing = expected.filter((name) => !(name in loads));
  if (missing.length > 0) throw new Error(`${file} exports ${missing.join(', ')} in a way that is not understood here`);

  fs.writeFileSync(file, [
    '"use strict";',
    MARK,
    'Object.defineProperty(exports, "__esModule", { value: true });',
    'const lazy = (name, load) => Object.defineProperty(exports, name, {',
    '  enumerable: true,',
    '  configurable: true,',
    '  get() {',
    '    const value = load();',
    '    Object.defineProperty(exports, name, { enumerable: true, configurable: true, value });',
    '    return value;',
    '  },',
    '});',
    ...expected.map((name) => `lazy(${JSON.stringify(name)}, () => ${loads[name]});`),
    '// By this, `import { … }` of an ES module finds the names.',
    `0 && (module.exports = { ${expected.join(', ')} });`,
    '',
  ].join('\n'));
}

for (const script of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js')).map((name) => path.join(folder, name))) {
  const text = fs.readFileSync(script, 'utf8');
  const named = text.replace(/\brequire\("(\.{1,2}\/[^"]+)"\)/g, (call, module: string) => {
    const target = path.resolve(path.dirname(script), module);
    const found = ['.js', '/index.js'].find((end) => fs.existsSync(`${target}${end}`));
    return found ? `require(${JSON.stringify(`${module}${found}`)})` : call;
  });
  if (named !== text) fs.writeFileSync(script, named);
}

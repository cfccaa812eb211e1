/**
 * Rewrites the compiled lib/index.js: each export loads its module when it is first read. What an app does not use (the
 * exposure report, the RAM policy, …) costs it nothing.
 */
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';

const folder = path.resolve(process.argv[2] ?? 'lib');
const file = path.join(folder, 'index.js');
const load = createRequire(file);
const compiled = fs.readFileSync(file, 'utf8');
const MARK = '// Each export loads its module when it is first read.';

if (!compiled.includes(MARK)) {
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

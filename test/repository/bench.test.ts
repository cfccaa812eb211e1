import { execFileSync } from 'node:child_process';
import * as path from 'node:path';

jest.setTimeout(120_000);

test('the benchmark runs, and its variants write the same Terraform', () => {
  const root = path.join(__dirname, '../..');
  const said = execFileSync(process.execPath, ['-r', 'ts-node/register/transpile-only', path.join('bench', 'run.ts'), '--quick'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, TS_NODE_PROJECT: path.join(root, 'bench', 'tsconfig.json') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  expect(said).toContain('by hand and with the library: the same Terraform');
  expect(said).toMatch(/^addresses +written +construct, ms/m);
});

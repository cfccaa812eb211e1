/**
 * Runs the end-to-end suite: npm run test:e2e -- [--engine PROGRAM] [ARGUMENTS OF JEST]
 *
 * PROGRAM is Terraform or OpenTofu, by its name on the PATH or by its path. It has to be there, and to find the provider;
 * without the option the suite runs with `terraform`, and skips what it cannot run.
 */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { underBothNames } from './provider-mirror';

const named = process.argv[2] === '--engine';
const engine = named ? process.argv[3] : undefined;
const args = process.argv.slice(named ? 4 : 2);
const env: NodeJS.ProcessEnv = { ...process.env };
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'e2e-mirror-'));
try {
  if (named && !engine) throw new Error('--engine names a program');
  if (engine) Object.assign(env, { TERRAFORM_BINARY_NAME: engine, E2E_REQUIRED: '1' });
  const program = env.TERRAFORM_BINARY_NAME || 'terraform';
  const version = spawnSync(program, ['version'], { encoding: 'utf8', env: { ...env, CHECKPOINT_DISABLE: '1' } });
  console.log(version.status === 0 ? `engine: ${version.stdout.split('\n')[0]}` : `engine: ${program} is not installed`);
  Object.assign(env, underBothNames(env.TF_CLI_CONFIG_FILE, temporary));
  const workers = args.some((arg) => arg.startsWith('--maxWorkers')) ? [] : ['--maxWorkers=2'];
  const { status } = spawnSync(
    process.execPath,
    [require.resolve('jest/bin/jest'), '--ci', '--testMatch', '<rootDir>/test/e2e/**/*.e2e.ts', ...workers, ...args],
    { env, stdio: 'inherit' },
  );
  process.exitCode = status ?? 1;
} finally {
  fs.rmSync(temporary, { recursive: true, force: true });
}

/** Lints the workflows in .github/ with actionlint, which Go builds; and their scripts with shellcheck, where that is on the PATH. */
import { missingPrograms, run } from './toolchain';

const ACTIONLINT = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';

async function main(): Promise<void> {
  if (missingPrograms('go').length > 0) {
    console.log('skipped: actionlint is built by Go, which is not on the PATH');
    return;
  }
  // projen's scripts leave some words unquoted that hold no spaces.
  await run('go', ['run', ACTIONLINT], { env: { SHELLCHECK_OPTS: '--severity=warning' }, show: true });
  console.log('the workflows have no findings');
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

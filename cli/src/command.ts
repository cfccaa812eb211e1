import { Command, CommanderError } from 'commander';
import { addAudit } from './audit-command';
import { addExposure } from './exposure-command';
import { addImport } from './import-command';
import { InputError } from './input-error';
import { OutputError, print, printError } from './output';
import { addPreflight } from './preflight-command';
import { lines } from './text';

const PLANS = 'what `terraform show -json PLANFILE` printed: a file, or - for standard input; or a plan file, or a folder with one, for which '
  + 'the command runs Terraform (or the program in TERRAFORM_BINARY_NAME)';

/** Runs the command, and returns what it ends with: 0 nothing is wrong, 1 something is refused or forbidden, 2 it could not tell. */
export async function run(args: readonly string[], version: string): Promise<number> {
  let code = 0;
  let help = '';
  const program = new Command('alicloud-ipv6')
    .description('Inspects a Terraform or OpenTofu plan before the apply: what it opens to the Internet through Alibaba Cloud IPv6 addresses, whether the API would accept it, and what to import.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeErr: printError, writeOut: (text) => help += text })
    .addHelpText('after', '\nExit codes: 0 nothing is wrong; 1 something is refused, forbidden or to import; 2 it could not tell, and prints why in one line.');

  const end = (ended: number) => {
    code = ended;
  };
  addExposure(program, end);
  addPreflight(program, PLANS, end);
  addImport(program, PLANS, end);
  addAudit(program, end);

  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (help !== '') await print(lines(help.trimEnd()));
      return error.exitCode === 0 ? 0 : 2;
    }
    // The reader of the output may have closed it.
    if (error instanceof OutputError && error.code === 'EPIPE') return code;
    if (!(error instanceof InputError)) throw error;
    printError(`alicloud-ipv6: ${error.message}\n`);
    return 2;
  }
}

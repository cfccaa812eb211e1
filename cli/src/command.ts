import * as fs from 'node:fs';
import * as path from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { exposureOf } from './exposure';
import { exposureJson, exposureMarkdown, ExposureResult, exposureTable } from './exposure-output';
import { findingsOf } from './findings';
import { InputError } from './input-error';
import { readPlan, readText } from './plan-input';
import { isRegion, otherIdentities, preflight, questionsOf } from './preflight';
import { preflightJson, PreflightResult, preflightTable } from './preflight-output';
import { RulesFile } from './rules-file';
import { oneLine } from './text';

const PLANS = 'what `terraform show -json PLANFILE` printed: a file, or - for standard input; or a folder with a plan file in it, of which '
  + 'the command asks Terraform itself (or what TERRAFORM_BINARY_NAME names)';

/** Runs the command, and returns what it ends with: 0 nothing is wrong, 1 something is refused or forbidden, 2 it could not tell. */
export async function run(args: readonly string[]): Promise<number> {
  const print = (text: string) => process.stdout.write(text);
  let code = 0;
  const program = new Command('alicloud-ipv6')
    .description('Looks at a Terraform or OpenTofu plan before it is applied: what it opens to the Internet through Alibaba Cloud IPv6 addresses, and whether the API would take it.')
    .version((JSON.parse(fs.readFileSync(path.join(__dirname, '../../../package.json'), 'utf8')) as { version: string }).version)
    .exitOverride()
    .configureOutput({ writeErr: (text) => process.stderr.write(text), writeOut: print })
    .addHelpText('after', '\nIt ends with 0: nothing is wrong; 1: something is refused or forbidden; 2: it could not tell, and says why in one line.');

  program.command('exposure')
    .description('Says what the apply opens, closes and leaves, by address. It contacts nobody.')
    .argument('<plan...>', PLANS)
    .addOption(new Option('--format <format>', 'how to say it: a table, Markdown for a comment, or JSON').choices(['table', 'markdown', 'json']).default('table'))
    .option('--json', 'the same as --format json')
    .option('--rules <file>', 'hold the plan against these rules: cdktf.out/ipv6-exposure-rules.json, or a file of your own')
    .option('--stack <name>', 'the stack of the rules that the plan is of, where its folder does not say')
    .action(async (plans: string[], options: ExposureOptions) => {
      const results: ExposureResult[] = [];
      const rules = options.rules === undefined ? undefined : inFile(options.rules, () => RulesFile.parse(readText(options.rules!)));
      for (const source of plans) results.push(await exposureResult(source, options, rules));
      const output = { table: exposureTable, markdown: exposureMarkdown, json: exposureJson }[options.json ? 'json' : options.format];
      print(`${output(results)}\n`);
      code = results.some(({ findings }) => findings.some(({ isForbidden }) => isForbidden)) ? 1 : 0;
    });

  program.command('preflight')
    .description('Asks the API, by dry runs, whether it would create what the plan creates: Internet bandwidth, gateways, addresses, egress-only rules. It changes nothing.')
    .argument('<plan...>', PLANS)
    .option('--region <id>', 'the region, where the plan does not tell that of a provider block')
    .option('--endpoint <host>', 'where the API is, such as vpc-vpc.cn-hangzhou.aliyuncs.com in a private network')
    .option('--parallel <number>', 'questions at a time', wholeNumber, 5)
    .option('--timeout <seconds>', 'what one answer may take', wholeNumber, 10)
    .option('--strict', 'end with 2 where something cannot be asked, too')
    .option('--json', 'say it as JSON')
    .addHelpText('after', '\nThe credentials are found as by the official SDKs: environment (ALIBABA_CLOUD_ACCESS_KEY_ID, …), OIDC, profile, RAM role.\n'
      + 'They need the permissions of the actions that are asked, such as vpc:AllocateIpv6InternetBandwidth.')
    .action(async (plans: string[], options: PreflightOptions) => {
      const results = await preflightResults(plans, options);
      print(`${(options.json ? preflightJson : preflightTable)(results)}\n`);
      const outcomes = new Set(results.flatMap(({ verdicts }) => verdicts.map(({ outcome }) => outcome)));
      code = outcomes.has('refused') ? 1 : outcomes.has('could not ask') || (options.strict && outcomes.has('cannot be asked')) ? 2 : 0;
    });

  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof InputError)) throw error;
    process.stderr.write(`alicloud-ipv6: ${error.message}\n`);
    return 2;
  }
}

interface ExposureOptions {
  readonly format: 'table' | 'markdown' | 'json';
  readonly json?: boolean;
  readonly rules?: string;
  readonly stack?: string;
}

async function exposureResult(source: string, { rules: file, stack }: ExposureOptions, rules: RulesFile | undefined): Promise<ExposureResult> {
  const { name, plan, folder, constructPathOf } = await readPlan(source);
  const ofStack = rules && inFile(file!, () => rules.ofStack(stack, folder));
  const exposure = exposureOf(plan);
  const pathOf = (configAddress: string): string | undefined => {
    const block = /^module\.[^.]+/.exec(configAddress)?.[0] ?? configAddress;
    return ofStack?.constructPathOf(block) ?? constructPathOf(block);
  };
  return {
    plan: name,
    isIncomplete: !plan.isComplete,
    addresses: exposure.addresses.map((address) => ({ ...address, constructPath: pathOf(address.resources[0].configAddress) })),
    findings: ofStack ? findingsOf(exposure, ofStack) : [],
  };
}

/** Milliseconds before the first repetition of a question. */
const FIRST_DELAY = 500;

interface PreflightOptions {
  readonly region?: string;
  readonly endpoint?: string;
  readonly parallel: number;
  readonly timeout: number;
  readonly strict?: boolean;
  readonly json?: boolean;
}

async function preflightResults(sources: readonly string[], options: PreflightOptions): Promise<PreflightResult[]> {
  const { endpoint, parallel, timeout } = options;
  const region = options.region ?? process.env.ALIBABA_CLOUD_REGION ?? process.env.ALICLOUD_REGION;
  if (region !== undefined && !isRegion(region)) throw new InputError('--region must be the id of a region, such as cn-hangzhou');
  if (process.env.NODE_DEBUG) throw new InputError('NODE_DEBUG makes Node.js print what signs a request: unset it');
  // The client is loaded by the one command that contacts somebody.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { VpcApi } = require('./vpc-api') as typeof import('./vpc-api');
  const api = new VpcApi({ endpoint, timeout: timeout * 1000, firstDelay: FIRST_DELAY });
  const results: PreflightResult[] = [];
  // All plans are read before anything is asked.
  const inputs = [];
  for (const source of sources) inputs.push(await readPlan(source));
  for (const { name, plan } of inputs) {
    const questions = questionsOf(plan, region);
    const verdicts = await preflight(api, questions, parallel, progressOf(questions.length));
    results.push({ plan: name, verdicts, notes: otherIdentities(plan) });
  }
  return results;
}

/** A bar on a terminal, nothing elsewhere. */
function progressOf(total: number): (answered: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  return (answered) => {
    const filled = Math.round(answered / total * 30);
    process.stderr.write(`\r[${'#'.repeat(filled)}${' '.repeat(30 - filled)}] ${answered} of ${total}${answered === total ? '\r\u001b[K' : ''}`);
  };
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > 1000) throw new InvalidArgumentError('It must be a whole number from 1 to 1000.');
  return value;
}

/** Says which file it is that cannot be used. */
function inFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError && !error.message.startsWith(oneLine(file))) throw new InputError(`${oneLine(file)} ${error.message}`);
    throw error;
  }
}

import { Command, Option } from 'commander';
import { apiOf, AskingOptions, CREDENTIALS_HELP, showProgress, withAskingOptions } from './asking';
import { existing } from './existing';
import { ImportForm, importJson, ImportResult, importText } from './import-output';
import { print } from './output';
import { readPlan } from './plan-input';
import { otherIdentities } from './preflight';
import { withNote } from './preflight-command';
import { Regions } from './regions';

interface ImportOptions extends AskingOptions {
  readonly as?: ImportForm;
}

/** Adds the verb `import`. */
export function addImport(program: Command, plans: string, end: (code: number) => void): void {
  withAskingOptions(program.command('import'))
    .description('Asks the API which resources that the plan would create exist already, and prints how to import them. It changes nothing.')
    .argument('<plan...>', plans)
    .addOption(new Option('--as <form>', 'what to print: lines of a CDKTF program, import blocks, or commands').choices(['cdktf', 'hcl', 'command'])
      .default(undefined, 'cdktf where cdk.tf.json is next to the plan, else hcl'))
    .addHelpText('after', '\nIt ends with 1 if something exists that the plan would create.\n'
      + `${CREDENTIALS_HELP}\nThe credentials need vpc:DescribeIpv6Addresses, vpc:DescribeIpv6EgressOnlyRules and vpc:DescribeIpv6Gateways.`)
    .action(async (sources: string[], options: ImportOptions) => {
      const results = await importResults(sources, options, program.version()!);
      const outcomes = new Set(results.flatMap(({ lookups }) => lookups.map(({ outcome }) => outcome)));
      end(outcomes.has('exists') ? 1 : outcomes.has('could not ask') ? 2 : 0);
      await print((options.json ? importJson : importText)(results));
    });
}

async function importResults(sources: readonly string[], options: ImportOptions, version: string): Promise<ImportResult[]> {
  const api = apiOf(options, version);
  const inputs = [];
  for (const source of sources) {
    const input = await readPlan(source);
    inputs.push({ ...input, regions: new Regions(input, options.region) });
  }
  const results: ImportResult[] = [];
  for (const { name, plan, regions, isOfCdktf, constructPathOf } of inputs) {
    const lookups = await existing(api, plan, regions, options.parallel, showProgress);
    results.push({ plan: name, lookups, notes: otherIdentities(plan), form: options.as ?? (isOfCdktf ? 'cdktf' : 'hcl'), constructPathOf });
  }
  await api.close();
  return withNote(results, api.note);
}

import { Command, Option } from 'commander';
import { askAboutPlans, AskingOptions, CREDENTIALS_HELP, showProgress, withAskingOptions } from './asking';
import { existing } from './existing';
import { ImportForm, importJson, ImportResult, importText } from './import-output';
import { print } from './output';
import { otherIdentities } from './preflight';
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
      const results = await askAboutPlans(sources, options, program.version()!,
        (input) => ({ ...input, regions: new Regions(input, options.region) }),
        async (api, { name, plan, regions, isOfCdktf, constructPathOf }): Promise<ImportResult> => {
          const lookups = await existing(api, plan, regions, options.parallel, showProgress);
          return { plan: name, lookups, notes: otherIdentities(plan), form: options.as ?? (isOfCdktf ? 'cdktf' : 'hcl'), constructPathOf };
        });
      const outcomes = new Set(results.flatMap(({ lookups }) => lookups.map(({ outcome }) => outcome)));
      end(outcomes.has('exists') ? 1 : outcomes.has('could not ask') ? 2 : 0);
      await print((options.json ? importJson : importText)(results));
    });
}

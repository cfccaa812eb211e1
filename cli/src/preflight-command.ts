import { Command } from 'commander';
import { askAboutPlans, AskingOptions, CREDENTIALS_HELP, showProgress, withAskingOptions } from './asking';
import { print } from './output';
import { otherIdentities, preflight, questionsOf } from './preflight';
import { preflightJson, PreflightResult, preflightTable } from './preflight-output';
import { Regions } from './regions';

interface PreflightOptions extends AskingOptions {
  readonly strict?: boolean;
}

/** Adds the verb `preflight`. */
export function addPreflight(program: Command, plans: string, end: (code: number) => void): void {
  withAskingOptions(program.command('preflight'))
    .description('Asks the API, by dry runs, whether it would accept each write of the plan to Internet bandwidth, gateways, addresses and egress-only rules. It changes nothing.')
    .argument('<plan...>', plans)
    .option('--cdt-endpoint <host>', 'host of the Cloud Data Transfer API, where --endpoint is given')
    .option('--strict', 'end with 2 also where something cannot be asked')
    .addHelpText('after', `${CREDENTIALS_HELP}\nThe credentials need the permission of each action that is asked, such as vpc:AllocateIpv6InternetBandwidth.`)
    .action(async (sources: string[], options: PreflightOptions) => {
      const results = await askAboutPlans(sources, options, program.version()!,
        (input) => ({ ...input, questions: questionsOf(input.plan, new Regions(input, options.region)) }),
        async (api, { name, plan, questions }): Promise<PreflightResult> => {
          const verdicts = await preflight(api, questions, options.parallel, (answered) => showProgress(answered, questions.length));
          return { plan: name, verdicts, notes: otherIdentities(plan) };
        });
      const outcomes = new Set(results.flatMap(({ verdicts }) => verdicts.map(({ outcome }) => outcome)));
      end(outcomes.has('refused') ? 1 : outcomes.has('could not ask') || (options.strict && outcomes.has('cannot be asked')) ? 2 : 0);
      await print((options.json ? preflightJson : preflightTable)(results));
    });
}

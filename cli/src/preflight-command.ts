import { Command } from 'commander';
import { apiOf, AskingOptions, CREDENTIALS_HELP, showProgress, withAskingOptions } from './asking';
import { print } from './output';
import { readPlan } from './plan-input';
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
      const results = await preflightResults(sources, options, program.version()!);
      const outcomes = new Set(results.flatMap(({ verdicts }) => verdicts.map(({ outcome }) => outcome)));
      end(outcomes.has('refused') ? 1 : outcomes.has('could not ask') || (options.strict && outcomes.has('cannot be asked')) ? 2 : 0);
      await print((options.json ? preflightJson : preflightTable)(results));
    });
}

async function preflightResults(sources: readonly string[], options: PreflightOptions, version: string): Promise<PreflightResult[]> {
  const api = apiOf(options, version);
  // All plans are read before anything is asked.
  const inputs = [];
  for (const source of sources) {
    const input = await readPlan(source);
    inputs.push({ ...input, questions: questionsOf(input.plan, new Regions(input, options.region)) });
  }
  const results: PreflightResult[] = [];
  for (const { name, plan, questions } of inputs) {
    const verdicts = await preflight(api, questions, options.parallel, (answered) => showProgress(answered, questions.length));
    results.push({ plan: name, verdicts, notes: otherIdentities(plan) });
  }
  await api.close();
  return withNote(results, api.note);
}

/** A note on the credentials is printed once. */
export function withNote<Result extends { readonly notes: readonly string[] }>(results: readonly Result[], note: string | undefined): Result[] {
  return results.map((result, i) => i === 0 && note !== undefined ? { ...result, notes: [note, ...result.notes] } : result);
}

import { Command, Option } from 'commander';
import { ACCOUNT_ACTIONS, readAccount } from './account';
import { permissionOf } from './api-actions';
import { apiOf, AskingOptions, CREDENTIALS_HELP, showProgress, withAskingOptions } from './asking';
import { audit, Code } from './audit';
import { Exposure } from './exposure';
import { FORMATS, inFile, placesOf } from './exposure-command';
import { isForbidden } from './exposure-report';
import { InputError } from './input-error';
import { print, printError } from './output';
import { ResourceChange } from './plan';
import { planExposure } from './plan-exposure';
import { Input, readPlanOrState, readText } from './plan-input';
import { isRegion } from './regions';
import { RulesFile, StackRules } from './rules-file';
import { State, stateExposure } from './state';

interface AuditOptions extends AskingOptions {
  readonly vpc?: string;
  readonly known?: readonly string[];
  readonly failOnUnknown?: boolean;
  readonly format: string;
  readonly rules?: string;
  readonly stack?: string;
}

/** Adds the verb `audit`. */
export function addAudit(program: Command, end: (code: number) => void): void {
  withAskingOptions(program.command('audit'))
    .description('Shows the open addresses of an account with their ports, and the addresses that are in no known plan or state. It only reads.')
    .option('--vpc <id>', 'only the addresses of one VPC')
    .option('--known <plan-or-state...>', 'plans and states, as for exposure: marks the addresses that are in none of them')
    .option('--fail-on-unknown', 'end with 1 if the account exposes more than the known plans and states say')
    .option('--ecs-endpoint <host>', 'host of the ECS API, needed with --endpoint')
    .addOption(new Option('--format <format>', 'as for exposure').choices(Object.keys(FORMATS)).default('table'))
    .option('--rules <file>', 'rules to check: cdktf.out/ipv6-exposure-rules.json, or a file of your own')
    .option('--stack <name>', 'only the rules of one stack')
    .addHelpText('after', `${CREDENTIALS_HELP}\nThe credentials need ${ACCOUNT_ACTIONS.map(permissionOf).join(', ')}.`)
    .action(async (options: AuditOptions) => {
      const { region, vpc: vpcId, known, failOnUnknown, parallel } = options;
      if (region === undefined || !isRegion(region)) throw new InputError('--region must be the id of a region: write an id such as cn-hangzhou');
      if (failOnUnknown && known === undefined) throw new InputError('--fail-on-unknown requires --known: add it');
      if ((options.endpoint === undefined) !== (options.ecsEndpoint === undefined)) throw new InputError('--endpoint and --ecs-endpoint must be set together: add the other one');
      const file = options.rules === undefined ? undefined : inFile(options.rules, () => RulesFile.parse(readText(options.rules!)));
      const rules = file && inFile(options.rules!, () => options.stack === undefined ? file.ofAllStacks() : [file.ofStack(options.stack, undefined)]);
      const codes: Code[] = [];
      // All plans and states are read before the first call.
      for (const source of known ?? []) codes.push(codeOf(await readPlanOrState(source), file, options));

      const api = apiOf(options, program.version()!);
      const account = await readAccount(api, { region, vpcId }, parallel, showProgress);
      await api.close();
      if (api.note !== undefined) printError(`note: ${api.note}\n`);
      const applied = (rules ?? []).flatMap((each) => each.rules).filter(({ rule }) => rule.onlyIn !== 'program');
      const { rows, findings, stale } = audit(account, known && codes, applied, (rules ?? []).flatMap((each) => each.acknowledgements));
      const name = vpcId === undefined ? region : `${vpcId} in ${region}`;
      const lineOf = (address: string) => codes.map((code) => code.lineOf(address)).find((line) => line !== undefined);
      const result = { results: [{ name, file: undefined, kind: 'account' as const, isIncomplete: false, rows, findings, services: [], lineOf }], findings: [], stale };
      end(isForbidden(result) || (failOnUnknown && rows.some(({ differences = [] }) => differences.length > 0)) ? 1 : 0);
      await print(FORMATS[options.json ? 'json' : options.format].write(result, program.version()!));
    });
}

function codeOf(input: Input<Awaited<ReturnType<typeof readPlanOrState>>['content']>, file: RulesFile | undefined, { stack }: AuditOptions): Code {
  const { content } = input;
  const places = placesOf(input, stackRulesOf(file, stack, input.folder));
  const of = (exposure: Exposure, resources: readonly ResourceChange[]): Code =>
    ({ facts: exposure.facts, resources, constructPathOf: (resource) => places.placeOf(resource).constructPath, lineOf: input.lineOf });
  return content instanceof State ? of(stateExposure(content, places), content.resources)
    : of(planExposure(content, places, input.locals), content.changesOfTypes(() => true));
}

/** Returns the rules for the stack of a plan or state; undefined if its folder does not name the stack. */
function stackRulesOf(file: RulesFile | undefined, stack: string | undefined, folder: string | undefined): StackRules | undefined {
  try {
    return file?.ofStack(stack, folder);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

import { Command, Option } from 'commander';
import { Places } from './exposure';
import { exposureTable } from './exposure-output';
import { ExposureReport, isForbidden, report, Unjudged } from './exposure-report';
import { exposureGithub } from './formats/github';
import { exposureJson } from './formats/json';
import { exposureJunit } from './formats/junit';
import { exposureMarkdown } from './formats/markdown';
import { exposureSarif } from './formats/sarif';
import { InputError } from './input-error';
import { print } from './output';
import { Plan } from './plan';
import { planExposure } from './plan-exposure';
import { Input, readPlanOrState, readText } from './plan-input';
import { RulesFile, StackRules } from './rules-file';
import { State, stateExposure } from './state';
import { Text } from './text';
import { Severity } from '../../src/exposure/findings';
import { egressOnlyRequired } from '../../src/exposure/rules/egress-only-required';

const SOURCES = 'plans and states: what `terraform show -json PLANFILE` or `terraform show -json` printed, in a file or - for standard input; a plan '
  + 'file, or a folder with one plan file, for which the command runs Terraform (or the program in TERRAFORM_BINARY_NAME)';

/** Each format, and whether it shows findings alone. */
export const FORMATS: Readonly<Record<string, {
  readonly write: (report: ExposureReport, version: string) => Text;
  readonly isOfFindings?: boolean;
}>> = {
  table: { write: exposureTable },
  markdown: { write: exposureMarkdown },
  json: { write: exposureJson },
  sarif: { write: exposureSarif, isOfFindings: true },
  junit: { write: exposureJunit, isOfFindings: true },
  github: { write: exposureGithub, isOfFindings: true },
};

interface ExposureOptions {
  readonly format: string;
  readonly json?: boolean;
  readonly failOnOpen?: boolean;
  readonly rules?: string;
  readonly stack?: string;
}

/** Adds the verb `exposure`. */
export function addExposure(program: Command, end: (code: number) => void): void {
  program.command('exposure')
    .description('Shows which addresses the apply of a plan opens and closes, or which addresses of a state are open. It works offline.')
    .argument('<plan-or-state...>', SOURCES)
    .addOption(new Option('--format <format>', 'a table, Markdown for a comment, JSON, SARIF for code scanning, JUnit XML, or annotations of GitHub Actions')
      .choices(Object.keys(FORMATS)).default('table'))
    .option('--json', 'the same as --format json')
    .addOption(new Option('--fail-on-open', 'end with 1 if an address is open or unproven after the apply; a rules file has Ipv6EgressOnlyRequired for that').conflicts('rules'))
    .option('--rules <file>', 'rules to check: cdktf.out/ipv6-exposure-rules.json, or a file of your own')
    .option('--stack <name>', 'the stack of the rules, if the folder of the plan does not name it')
    .action(async (sources: string[], { rules: file, stack, failOnOpen, ...options }: ExposureOptions) => {
      const { write, isOfFindings } = FORMATS[options.json ? 'json' : options.format];
      if (stack !== undefined && sources.length > 1) throw new InputError('--stack names the stack of one plan: give one plan, or plans in the folders of their stacks');
      const rules = file === undefined ? undefined : inFile(file, () => RulesFile.parse(readText(file)));
      // Without rules, a format of findings has its own, which forbids nothing.
      const withoutFile = failOnOpen ? openForbidden('error') : isOfFindings ? openForbidden('warning') : undefined;
      const inputs: Unjudged[] = [];
      for (const source of sources) {
        const input = await readPlanOrState(source);
        inputs.push(unjudged(input, rules ? inFile(file!, () => rules.ofStack(stack, input.folder)) : withoutFile));
      }
      const result = report(inputs);
      end(isForbidden(result) ? 1 : 0);
      await print(write(result, program.version()!));
    });
}

function openForbidden(severity: Severity): StackRules {
  return {
    rules: [{ rule: egressOnlyRequired, limit: true, severity, unknownSeverity: severity, scope: '' }],
    acknowledgements: [],
    stackPath: undefined,
    constructPathOf: () => undefined,
  };
}

/** The exposure of a plan or a state, with the rules of its stack. */
export function unjudged(input: Input<Plan | State>, ofStack: StackRules | undefined): Unjudged {
  const { name, file, content, lineOf } = input;
  const places = placesOf(input, ofStack);
  return {
    name,
    file,
    kind: content instanceof State ? 'state' : 'plan',
    isIncomplete: !(content instanceof State) && !content.isComplete,
    lineOf,
    exposure: content instanceof State ? stateExposure(content, places) : planExposure(content, places, input.locals),
    rules: (ofStack?.rules ?? []).filter(({ rule }) => rule.onlyIn !== 'program'),
    acknowledgements: ofStack?.acknowledgements ?? [],
    stackPath: ofStack?.stackPath,
  };
}

/** Returns the place where a resource is acknowledged: its construct, else the stack with the name of its block, else its Terraform address. */
export function placesOf({ constructPathOf }: Pick<Input<unknown>, 'constructPathOf'>, rules: StackRules | undefined): Places {
  return {
    placeOf: ({ address, configAddress }) => {
      const module = /^module\.[^.]+/.exec(configAddress)?.[0];
      const block = module ?? configAddress;
      const ownPath = rules?.constructPathOf(block);
      const constructPath = ownPath ?? withoutResource(constructPathOf(block));
      const stackPath = rules?.stackPath;
      if (stackPath === undefined) return { path: configAddress, subject: address, constructPath };
      return ownPath !== undefined && ownPath !== stackPath
        ? { path: ownPath, subject: address, isInModule: module !== undefined, constructPath }
        : { path: stackPath, block, subject: address, isInModule: module !== undefined, constructPath };
    },
  };
}

/** The construct that a user wrote, whose resource is its child `Resource`. */
function withoutResource(path: string | undefined): string | undefined {
  return path?.replace(/\/Resource$/, '');
}

/** Names the file that cannot be used. */
export function inFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError && !error.message.startsWith(file)) throw new InputError(`${file} ${error.message}`);
    throw error;
  }
}

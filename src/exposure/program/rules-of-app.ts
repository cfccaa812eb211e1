import { Annotations, App, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { acknowledgementsIn } from './acknowledgements';
import { AppSynthesis } from './app-synthesis';
import { ProgramFacts, programFacts } from './program-facts';
import { writeRulesFile } from './rules-file';
import { stackOf, stacksOf } from '../../terraform/stacks';
import { WrittenStack } from '../../terraform/written-stack';
import { Acknowledgement, AppliedRule, Finding, judge } from '../findings';

const RULES = Symbol.for('cdktf-alicloud-ipv6.RulesOfApp');

/**
 * The rules of an app. One validation of the app judges them all, after the stacks are written. A test of a single stack runs no
 * validation of the app, so rules of a stack, or of a part of one, are judged by a validation of their scope too.
 *
 * The root of the construct tree carries them under a symbol, as cdktf's own `Aspects` are carried.
 */
export class RulesOfApp {
  static of(construct: IConstruct): RulesOfApp {
    const root = construct.node.root as IConstruct & { [RULES]?: RulesOfApp };
    return root[RULES] ??= new RulesOfApp(root);
  }

  private readonly rules: AppliedRule[] = [];

  private constructor(private readonly root: IConstruct) {
    AppSynthesis.of(root).onWritten((facts) => this.errorsOfApp(facts));
  }

  add(scope: IConstruct, rules: readonly AppliedRule[]): void {
    this.rules.push(...rules);
    const stack = stackOf(scope);
    if (stack) {
      scope.node.addValidation({ validate: () => this.annotated(stack, findingsIn(scope, rules)).filter(isError).map(messageOf) });
    } else if (rules.some(({ severity, unknownSeverity }) => [severity, unknownSeverity].includes('warning'))) {
      // cdktf collects the annotations of a stack right after the validations of that stack.
      for (const each of stacksOf(scope)) {
        each.node.addValidation({
          validate: () => {
            this.annotated(each, findingsIn(each, rules));
            return [];
          },
        });
      }
    }
  }

  private errorsOfApp(facts: ProgramFacts): string[] {
    const acknowledgements = acknowledgementsIn(this.root);
    writeRulesFile(App.of(this.root), this.rules, facts, acknowledgements);
    const { findings, stale } = judge(facts, this.rules.filter(isOfProgram), acknowledgements);
    const open = findings.filter(({ acknowledgement }) => !acknowledgement);
    const warnings = new Set(open.filter((finding) => !isError(finding) && !this.isAnnotated(finding)).map(messageOf));
    for (const warning of warnings) console.warn(`Warning: ${warning}`);
    return [...new Set([...open.filter(isError).map(messageOf), ...stale.map(staleMessageOf)])];
  }

  /** Returns the findings that are not acknowledged, after the warnings among them are annotated at the constructs of the stack. */
  private annotated(stack: TerraformStack, findings: readonly Finding[]): Finding[] {
    const open = findings.filter(({ acknowledgement }) => !acknowledgement);
    for (const finding of open) {
      if (isError(finding) || this.isAnnotated(finding)) continue; // an app may be synthesized twice
      const construct = this.constructAt(finding.place.path);
      if (construct && stackOf(construct) === stack) Annotations.of(construct).addWarning(messageOf(finding));
    }
    return open;
  }

  private isAnnotated(finding: Finding): boolean {
    const message = messageOf(finding);
    return this.constructAt(finding.place.path)?.node.metadata.some(({ data }) => data === message) ?? false;
  }

  private constructAt(path: string): IConstruct | undefined {
    return path.split('/').filter((id) => id !== '').reduce<IConstruct | undefined>((scope, id) => scope?.node.tryFindChild(id), this.root);
  }
}

/** Returns the findings of rules in a scope as it is now. */
export function findingsIn(scope: IConstruct, rules: readonly AppliedRule[]): Finding[] {
  const facts = programFacts(stacksOf(scope).map((stack) => WrittenStack.ofConstructs(stack)));
  return judge(facts, rules.filter(isOfProgram), acknowledgementsIn(scope.node.root)).findings;
}

/** Returns a finding in one sentence. */
export function messageOf({ ruleId, place: { path, block, subject }, actual, limit, remediation }: Finding): string {
  const reason = block ? `{ reason, block: '${block}' }` : '{ reason }';
  const at = path === subject ? 'construct' : `the construct ${path || 'app'}`;
  return `${ruleId}: ${subject}: ${actual}, allowed is ${limit}: ${remediation}, or acknowledge it with Ipv6ExposureRules.acknowledge(${at}, '${ruleId}', ${reason})`;
}

function staleMessageOf({ ruleId, path, block }: Acknowledgement): string {
  return `${ruleId}: ${path || 'app'}${block ? ` (${block})` : ''}: the acknowledgement matches no finding of the rule: remove it, or acknowledge the construct that the finding names`;
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

/** Returns true if a program has the facts that a rule checks. */
function isOfProgram({ rule: { onlyIn } }: AppliedRule): boolean {
  return onlyIn !== 'deployment';
}

import * as fs from 'node:fs';
import * as path from 'node:path';
import { App } from 'cdktf';
import { ProgramAcknowledgement } from './acknowledgements';
import { ProgramFacts } from './program-facts';
import { sorted } from './sorted';
import { stackOf } from '../../terraform/stacks';
import { isIn } from '../facts';
import { AppliedRule } from '../findings';

const FILE_NAME = 'ipv6-exposure-rules.json';

/** The version of the file's format: a program that reads the file refuses one that it does not know. */
const FORMAT = 1;

/**
 * Writes the rules of an app next to its manifest, with what a program needs to judge the plan of one of its stacks: the construct that
 * each Terraform address belongs to, and the acknowledgements.
 */
export function writeRulesFile(
  app: App, rules: readonly AppliedRule[], { constructs }: ProgramFacts, acknowledgements: readonly ProgramAcknowledgement[],
): void {
  const stacks = [...constructs].map(([stack, paths]): [string, unknown] => {
    const { path: ofStack } = stack.node;
    const isOfStack = ({ construct, path: at }: ProgramAcknowledgement) => stackOf(construct) === stack || (at !== ofStack && isIn(ofStack, at));
    return [app.manifest.forStack(stack).name, {
      path: ofStack,
      rules: sorted(rules.filter(({ scope }) => isIn(ofStack, scope) || isIn(scope, ofStack)), ({ scope, rule }) => `${scope} ${rule.id}`)
        .map(({ rule: { id }, severity, scope, limit }) => ({ id, severity, scope, limit })),
      constructs: Object.fromEntries(sorted([...paths], ([address]) => address)),
      acknowledgements: sorted(acknowledgements.filter(isOfStack), ({ path: at, ruleId, block }) => `${at} ${ruleId} ${block ?? ''}`)
        .map(({ ruleId, reason, path: at, block }) => ({ ruleId, reason, path: at, block })),
    }];
  });
  const content = { format: FORMAT, stacks: Object.fromEntries(sorted(stacks, ([name]) => name)) };
  fs.writeFileSync(path.join(app.outdir, FILE_NAME), `${JSON.stringify(content, null, 2)}\n`);
}

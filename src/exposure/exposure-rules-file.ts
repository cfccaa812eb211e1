import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { Acknowledgement, acknowledgementsIn, acknowledgementsOf } from './acknowledgements';
import { AppExposure } from './exposure';
import { ExposurePolicy } from './exposure-policy';
import { appliedRules } from './findings';
import { stackOf } from '../terraform/stacks';

const FILE_NAME = 'ipv6-exposure-rules.json';

/** The version of the file's format: a program that reads the file refuses one that it does not know. */
const FORMAT = 1;

/**
 * Writes the rules of an app beside its manifest, with what a program needs to hold the plan of one of its stacks against them: which
 * construct a Terraform address belongs to, and what is acknowledged there. A plan knows what the synthesis does not.
 */
export function writeRulesFile(app: App, policies: readonly ExposurePolicy[], { constructPaths }: AppExposure): void {
  const acknowledgements = acknowledgementsByStack(app, [...constructPaths.keys()]);
  const stacks = [...constructPaths].map(([stack, paths]): [string, unknown] => [app.manifest.forStack(stack).name, {
    path: stack.node.path,
    rules: sorted(policies.filter(({ scope }) => mayHold(scope, stack)).flatMap(rulesOf), ({ scope, id }) => `${scope} ${id}`),
    constructs: Object.fromEntries(sorted([...paths], ([address]) => address)),
    acknowledgements: sorted(acknowledgements.get(stack)!.map(({ ruleId, reason, construct, block }) =>
      ({ ruleId, reason, path: construct.node.path, block })), ({ path: at, ruleId, block }) => `${at} ${ruleId} ${block ?? ''}`),
  }]);
  const content = { format: FORMAT, stacks: Object.fromEntries(sorted(stacks, ([name]) => name)) };
  fs.writeFileSync(path.join(app.outdir, FILE_NAME), `${JSON.stringify(content, null, 2)}\n`);
}

function rulesOf({ scope, limits }: ExposurePolicy) {
  return appliedRules(limits).map(({ rule: { id }, limit }) =>
    ({ id, severity: limits.warnings?.includes(id) ? 'warning' : 'error', scope: scope.node.path, limit: limit as unknown }));
}

/** Whether rules of a scope are about anything in a stack: one of them holds the other. */
function mayHold(scope: IConstruct, stack: TerraformStack): boolean {
  return stack.node.scopes.includes(scope) || scope.node.scopes.includes(stack);
}

/** The acknowledgements in each stack, and at what holds the stack: there a sum over several stacks is acknowledged. */
function acknowledgementsByStack(app: App, stacks: readonly TerraformStack[]): Map<TerraformStack, Acknowledgement[]> {
  const byStack = new Map(stacks.map((stack) => [stack, stack.node.scopes.slice(0, -1).flatMap(acknowledgementsOf)]));
  for (const acknowledgement of acknowledgementsIn(app)) {
    const stack = stackOf(acknowledgement.construct);
    if (stack) byStack.get(stack)!.push(acknowledgement);
  }
  return byStack;
}

function sorted<T>(items: T[], by: (item: T) => string): T[] {
  const compare = (one: string, other: string) => one < other ? -1 : Number(one > other);
  return items.map((item) => ({ item, key: by(item) })).sort((one, other) => compare(one.key, other.key)).map(({ item }) => item);
}

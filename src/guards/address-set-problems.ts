import { Condition, refuseUnless } from './condition';
import { Expression, hasValue, hcl, join, template } from '../terraform/hcl';

/** How many problems one message names: of a fleet, the first of them show what is wrong. */
const MOST_NAMED = 20;

/** The problems of the addresses of a set (a list of messages), by the table that its lookup makes of all addresses. */
export function problemsOfSet(ids: Expression, problemsById: Expression): Expression {
  return hcl`[for id in ${ids} : ${problemsById}[id] if ${problemsById}[id] != ""]`;
}

/** The addresses of a set that can have no egress-only rule (a list of messages). */
export function addressesWithoutInstance(ids: Expression, addressesById: Expression): Expression {
  const problem = template`the address ${hcl`id`} belongs to no instance, and so can have no egress-only rule: leave egressOnly out, or take it out of the set`;
  return hcl`[for id in ${ids} : ${problem} if !${hasValue(hcl`${addressesById}[id].associated_instance_id`)}]`;
}

/** The addresses that are moved to a set that does not have them (a list of messages): Terraform would move their bandwidths, and destroy them. */
export function movedAddressesOutside(ids: Expression, movedIds: readonly string[]): Expression {
  const problem = template`the bandwidth of ${hcl`id`} is moved here, and the address is not in the set: add it to the set, or take moveAddressFromId out`;
  return hcl`[for id in ${movedIds} : ${problem} if !contains(${ids}, id)]`;
}

/** Refuses a set of which something is wrong: one message for all of it, a line for each problem. */
export function setHasNoProblem(path: string, problems: Expression): Condition {
  return refuseUnless(hcl`length(${problems}) == 0`, template`${path}:\n  ${named(problems, '\n  ')}`);
}

/** Refuses bandwidths of which something is wrong: one message for all of them, a line for each problem, which names its construct. */
export function addressesHaveNoProblem(problems: Expression): Condition {
  return refuseUnless(hcl`length(${problems}) == 0`, template`${named(problems, '\n')}`);
}

/** The first problems, each on a line of its own, and how many more there are. */
function named(problems: Expression, newLine: string): Expression {
  const first = hcl`slice(${problems}, 0, min(${MOST_NAMED}, length(${problems})))`;
  const further = hcl`length(${problems}) > ${MOST_NAMED} ? [${template`and ${hcl`length(${problems}) - ${MOST_NAMED}`} more`}] : []`;
  return hcl`join(${newLine}, concat(${first}, ${further}))`;
}

/** All lists of problems as one list. */
export function allProblems(lists: readonly Expression[]): Expression {
  return lists.length === 1 ? lists[0] : hcl`concat(${join(lists, ', ')})`;
}

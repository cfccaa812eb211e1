import { Expression, Template } from '../terraform/hcl';

/** A `precondition` or `postcondition` as Terraform's JSON has it. */
export interface Condition {
  readonly condition: string;
  readonly error_message: string;
}

/** Fails a plan with a message, unless an expression is true. */
export function refuseUnless(condition: Expression, otherwise: Template): Condition {
  return { condition: condition.toArgument(), error_message: otherwise.toArgument() };
}

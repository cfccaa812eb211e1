import { TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';

/** Returns the stacks that a scope is part of, or that are part of it. */
export function stacksOf(scope: IConstruct): TerraformStack[] {
  const own = stackOf(scope);
  const below = scope.node.findAll().filter((construct): construct is TerraformStack => TerraformStack.isStack(construct) && construct !== own);
  return own ? [own, ...below] : below;
}

/** Returns the stack that a construct is part of, if it is part of one. */
export function stackOf(construct: IConstruct): TerraformStack | undefined {
  return construct.node.scopes.reverse().find((scope): scope is TerraformStack => TerraformStack.isStack(scope));
}

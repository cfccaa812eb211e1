import { TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';

/**
 * Something that a stack has once for all constructs of this library: found, or made by the first that asks.
 *
 * The brackets of its id are no part of what cdktf names after it, and keep the id apart from those that a stack's author
 * gives to constructs of their own.
 */
export function findShared<T extends IConstruct>(stack: TerraformStack, id: string, make: (stack: TerraformStack, id: string) => T): T {
  const ownId = `[${id}]`;
  return (stack.node.tryFindChild(ownId) as T | undefined) ?? make(stack, ownId);
}

import { createHash } from 'node:crypto';
import { Lazy, TerraformLocal, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { Expression } from './hcl';
import { comparisonKey, isExpression } from './tokens';

/** The child of a scope by its id: found, or made by the first who asks. */
export function findOrCreate<S extends IConstruct, T extends IConstruct>(scope: S, id: string, create: (scope: S, id: string) => T): T {
  return (scope.node.tryFindChild(id) as T | undefined) ?? create(scope, id);
}

/**
 * A construct that a stack has once for all constructs of this library.
 *
 * The brackets of its id are no part of what cdktf names after it, and keep the id apart from those that a stack's author
 * gives to constructs of their own.
 */
export function findOrCreateInStack<T extends IConstruct>(stack: TerraformStack, id: string, create: (stack: TerraformStack, id: string) => T): T {
  return findOrCreate(stack, `[${id}]`, create);
}

/** A local by its id in a scope: found, or made of the expression; a logical id of its own where the derived one is too long. */
export function findOrCreateLocal(scope: Construct, id: string, expression: () => Expression, logicalId?: string): Expression {
  return localOf(scope, id, () => expression().toArgument(), logicalId);
}

/** A value of a construct as a local of it, made when it is read: cdktf hands its token to other stacks too. */
export function exportedLocal(construct: Construct, id: string, value: () => Expression): TerraformLocal {
  return findOrCreate(construct, id, () => new TerraformLocal(construct, id, value().toArgument()));
}

/** The same, of an expression that is made at the synthesis. */
export function findOrCreateLazyLocal(scope: Construct, id: string, expression: () => Expression, logicalId?: string): Expression {
  return localOf(scope, id, () => Lazy.stringValue({ produce: () => expression().toArgument() }), logicalId);
}

function localOf(scope: Construct, id: string, value: () => string, logicalId?: string): Expression {
  return referenceTo(findOrCreate(scope, id, () => {
    const local = new TerraformLocal(scope, id, value());
    if (logicalId !== undefined) local.overrideLogicalId(logicalId);
    return local;
  }));
}

/**
 * A value as a part of an expression of a stack: a literal as it is; what only Terraform knows as a local of the stack,
 * because a token that is written into a larger expression would bring its own `${}` along.
 */
export function partOfExpression<T extends string | number>(stack: TerraformStack, value: T): T | Expression {
  if (!isExpression(value)) return value;
  return referenceTo(findOrCreateInStack(stack, `Ipv6Value-${hash(comparisonKey(stack, value))}`, (scope, id) => new TerraformLocal(scope, id, value)));
}

/** A short name for what has none of its own. */
export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

function referenceTo(local: TerraformLocal): Expression {
  return new Expression(`local.${local.friendlyUniqueId}`);
}

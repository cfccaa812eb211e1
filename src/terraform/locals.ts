import { createHash } from 'node:crypto';
import { TerraformLocal, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { Expression } from './hcl';
import { comparisonKey, isExpression } from './tokens';

/** Returns the child of a scope by its id, and creates it on the first call. */
export function findOrCreate<S extends IConstruct, T extends IConstruct>(scope: S, id: string, create: (scope: S, id: string) => T): T {
  return (scope.node.tryFindChild(id) as T | undefined) ?? create(scope, id);
}

/**
 * Returns a construct that a stack has once for all constructs of this library.
 *
 * The brackets in its id prevent conflicts with the ids of the user's constructs. cdktf drops them from logical ids.
 */
export function findOrCreateInStack<T extends IConstruct>(stack: TerraformStack, id: string, create: (stack: TerraformStack, id: string) => T): T {
  return findOrCreate(stack, `[${id}]`, create);
}

/** Returns a local by its id in a scope, and creates it on the first call. */
export function findOrCreateLocal(scope: Construct, id: string, expression: () => Expression, logicalId?: string): Expression {
  return referenceTo(findOrCreate(scope, id, () => {
    const local = new TerraformLocal(scope, id, expression().toArgument());
    if (logicalId !== undefined) local.overrideLogicalId(logicalId);
    return local;
  }));
}

/** Returns a value of a construct as a local, created by its first read. cdktf passes its token to other stacks too. */
export function exportedLocal(construct: Construct, id: string, value: () => string): TerraformLocal {
  return findOrCreate(construct, id, () => new TerraformLocal(construct, id, value()));
}

/**
 * Returns a value as a part of an expression of a stack: a literal as it is, an expression as a local of the stack,
 * because a token inside a larger expression would add its own `${}`.
 */
export function partOfExpression<T extends string | number>(stack: TerraformStack, value: T): T | Expression {
  if (!isExpression(value)) return value;
  return referenceTo(findOrCreateInStack(stack, `Ipv6Value-${hash(comparisonKey(stack, value))}`, (scope, id) => new TerraformLocal(scope, id, value)));
}

/** Returns a short name for a text. */
export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

function referenceTo(local: TerraformLocal): Expression {
  return new Expression(`local.${local.friendlyUniqueId}`);
}

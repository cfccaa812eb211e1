import { TerraformDataSource, TerraformElement, TerraformLocal, TerraformStack } from 'cdktf';
import { overridesOf } from './overrides';
import { referencesFrom } from './template-syntax';
import { isExpression, originsOf, resolve, resolveEarly } from './tokens';

/**
 * Returns the resource or module of the stack that a value depends on, so that a plan may not know the value. A module counts
 * because it may create what its output names. Locals and data sources are followed to what they read.
 *
 * Undefined for a value that every plan knows: a literal, a variable, an output of another stack.
 */
export function createdByStack(stack: TerraformStack, value: string): string | undefined {
  return createdBy(stack, value, (root) => root === 'module' || isResourceType(root));
}

/** Returns the resource of the stack that a value depends on. The output of a module does not count, because a plan may know it. */
export function createdByResource(stack: TerraformStack, value: string): string | undefined {
  return createdBy(stack, value, isResourceType);
}

function createdBy(stack: TerraformStack, value: string, creates: (root: string) => boolean): string | undefined {
  if (!isExpression(value)) return undefined;
  if (originsOf(value).some((origin) => (origin ?? stack) !== stack)) return undefined;
  for (const [root, name] of referencesFrom(resolveEarly(stack, value), (...reference) => definitionOf(stack, ...reference))) {
    if (creates(root)) return `${root}.${name}`;
  }
  return undefined;
}

function isResourceType(root: string): boolean {
  return root.includes('_');
}

/** Returns what a stack writes for a local or a data source. */
function definitionOf(stack: TerraformStack, root: string, name: string, further: string): unknown {
  if (root !== 'local' && root !== 'data') return undefined;
  const isIt = (element: unknown): element is TerraformElement => root === 'local'
    ? element instanceof TerraformLocal && element.friendlyUniqueId === name
    : TerraformDataSource.isTerraformDataSource(element) && element.terraformResourceType === name && element.friendlyUniqueId === further;
  const element = stack.node.findAll().find(isIt);
  const { locals, data }: any = element ? resolve(stack, element.toTerraform()) : overridesOf(stack);
  return root === 'local' ? locals?.[name] : data?.[name]?.[further];
}

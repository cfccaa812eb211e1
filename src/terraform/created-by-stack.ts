import { TerraformDataSource, TerraformElement, TerraformLocal, TerraformStack } from 'cdktf';
import { overridesOf } from './overrides';
import { referencesIn } from './template-syntax';
import { isExpression, originsOf, resolve, resolveToJson } from './tokens';

/**
 * Returns the resource or module of the stack that a value depends on, so that a plan may not know the value. A module counts
 * because it may create what its output names. Locals and data sources are followed to what they read.
 *
 * Undefined for a value that every plan knows: a literal, a variable, an output of another stack.
 */
export function createdByStack(stack: TerraformStack, value: string): string | undefined {
  return createdBy(stack, value, isCreator);
}

/** Returns the resource of the stack that a value depends on. The output of a module does not count, because a plan may know it. */
export function createdByResource(stack: TerraformStack, value: string): string | undefined {
  return createdBy(stack, value, isResourceType);
}

function createdBy(stack: TerraformStack, value: string, creates: (root: string) => boolean): string | undefined {
  if (!isExpression(value)) return undefined;
  if (originsOf(value).some((origin) => (origin ?? stack) !== stack)) return undefined;
  return firstCreated(JSON.parse(asJson(resolveToJson(stack, value))), {
    local: (name) => localOf(stack, name),
    dataSource: (type, name) => dataOf(stack, type, name),
  }, creates);
}

/** The blocks of a stack that references lead to. */
interface Referred {
  readonly local: (name: string) => unknown;
  readonly dataSource: (type: string, name: string) => unknown;
}

/** Returns the first resource or module that a value refers to, by way of locals and of data sources. */
function firstCreated(value: unknown, referred: Referred, creates: (root: string) => boolean, followed = new Set<string>()): string | undefined {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) {
      const created = firstCreated(part, referred, creates, followed);
      if (created) return created;
    }
    return undefined;
  }
  if (typeof value !== 'string') return undefined;
  for (const reference of referencesIn(value)) {
    const [root, name, dataName] = reference;
    if (creates(root)) return `${root}.${name}`;
    const key = root === 'data' ? `data.${name}.${dataName}` : `${root}.${name}`;
    if ((root !== 'local' && root !== 'data') || followed.has(key)) continue;
    followed.add(key);
    const created = firstCreated(root === 'local' ? referred.local(name) : referred.dataSource(name, dataName), referred, creates, followed);
    if (created) return created;
  }
  return undefined;
}

/** Returns true for the first name of a reference to a resource or module. */
function isCreator(root: string): boolean {
  return root === 'module' || isResourceType(root);
}

/** Returns true for the name of a resource type, which contains an underscore. */
function isResourceType(root: string): boolean {
  return root.includes('_');
}

function localOf(stack: TerraformStack, name: string): unknown {
  const local = elements(stack).find((element): element is TerraformLocal => element instanceof TerraformLocal && element.friendlyUniqueId === name);
  return local ? (resolve(stack, local.toTerraform()) as any).locals[name] : overridesOf(stack).locals?.[name];
}

function dataOf(stack: TerraformStack, type: string, name: string): unknown {
  const data = elements(stack).find((element): element is TerraformDataSource =>
    TerraformDataSource.isTerraformDataSource(element) && element.terraformResourceType === type && element.friendlyUniqueId === name);
  return data ? resolve(stack, data.toTerraform()?.data?.[type]?.[name]) : overridesOf(stack).data?.[type]?.[name];
}

function elements(stack: TerraformStack): TerraformElement[] {
  return stack.node.findAll().filter((construct): construct is TerraformElement => TerraformElement.isTerraformElement(construct));
}

/** Returns JSON for a string that could not be resolved before the synthesis. */
function asJson(text: string): string {
  return text.startsWith('"') ? text : JSON.stringify(text);
}

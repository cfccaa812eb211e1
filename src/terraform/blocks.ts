import {
  TerraformBackend, TerraformDataSource, TerraformElement, TerraformLocal, TerraformModule, TerraformOutput, TerraformProvider, TerraformResource,
  TerraformStack, TerraformVariable,
} from 'cdktf';
import { IConstruct } from 'constructs';
import { overridesOf } from './stack-overrides';

type Arguments = { readonly [name: string]: unknown };
type NamedBlocks = { readonly [type: string]: { readonly [name: string]: Arguments } };

/** A resource or data source as Terraform will read it: of this library, of other bindings, or of an override. */
export interface TerraformBlock {
  readonly kind: 'resource' | 'data';
  readonly type: string;
  readonly name: string;
  /** The construct that writes it: mostly the resource itself; the stack, for a block that only an override of the stack writes. */
  readonly construct: IConstruct;
  readonly stack: TerraformStack;
  /** Its arguments, overrides included, tokens unresolved. */
  readonly arguments: Arguments;
  /** Whether an `import` block of its own takes over what exists. */
  readonly imported: boolean;
}

/**
 * A resource that can say what it writes without being synthesized: most of a large app, and quicker to ask.
 */
export interface PlainResource {
  /** Its arguments and overrides; undefined where a synthesis writes more blocks than the resource, or an iterator. */
  readonly plainArguments: Arguments | undefined;
}

/** The stacks that a scope is part of, or that are part of it. */
export function stacksOf(scope: IConstruct): TerraformStack[] {
  const own = stackOf(scope);
  const below = scope.node.findAll().filter((construct): construct is TerraformStack => TerraformStack.isStack(construct) && construct !== own);
  return own ? [own, ...below] : below;
}

/** The stack that a construct is part of, if it is part of one. */
export function stackOf(construct: IConstruct): TerraformStack | undefined {
  return construct.node.scopes.reverse().find((scope): scope is TerraformStack => TerraformStack.isStack(scope));
}

/** The constructs of a stack, without those of stacks inside it. */
export function constructsOf(scope: IConstruct): IConstruct[] {
  const found: IConstruct[] = [];
  const visit = (construct: IConstruct): void => {
    found.push(construct);
    for (const child of construct.node.children) {
      if (!TerraformStack.isStack(child)) visit(child);
    }
  };
  visit(scope);
  return found;
}

/** The blocks of some types in one stack, and its modules, whose resources Terraform alone knows. */
export function blocksOf(stack: TerraformStack, wanted: (type: string) => boolean): { blocks: TerraformBlock[]; modules: TerraformModule[] } {
  const overrides = overridesOf(stack);
  const overridden = { resource: { ...overrides.resource }, data: { ...overrides.data } };
  const blocks: TerraformBlock[] = [];
  const modules: TerraformModule[] = [];

  const add = (kind: TerraformBlock['kind'], construct: IConstruct, type: string, name: string, args: Arguments, imported: boolean): void => {
    const { [name]: override, ...others } = overridden[kind][type] ?? {};
    if (override) overridden[kind][type] = others;
    blocks.push({ kind, type, name, construct, stack, arguments: override ? { ...args, ...override } : args, imported });
  };
  const addAll = (kind: TerraformBlock['kind'], construct: IConstruct, named: NamedBlocks | undefined, imported = false): void => {
    for (const [type, byName] of Object.entries(named ?? {})) {
      if (wanted(type)) Object.entries(byName).forEach(([name, args]) => add(kind, construct, type, name, args, imported));
    }
  };

  for (const construct of constructsOf(stack)) {
    if (!TerraformElement.isTerraformElement(construct)) continue;
    const plain = (construct as Partial<PlainResource>).plainArguments;
    if (plain) {
      const { terraformResourceType: type, friendlyUniqueId } = construct as TerraformResource;
      if (wanted(type)) add('resource', construct, type, friendlyUniqueId, plain, false);
    } else if (construct instanceof TerraformModule) {
      modules.push(construct);
    } else if (mayWrite(construct, wanted)) {
      const { resource, data, import: imports } = construct.toTerraform() as { resource?: NamedBlocks; data?: NamedBlocks; import?: unknown };
      addAll('resource', construct, resource, imports !== undefined);
      addAll('data', construct, data);
    }
  }
  // No construct writes the blocks that are left: an override of the stack does.
  addAll('resource', stack, overridden.resource);
  addAll('data', stack, overridden.data);
  return { blocks, modules };
}

/** A custom subclass of TerraformElement may write blocks of any type. */
function mayWrite(element: TerraformElement, wanted: (type: string) => boolean): boolean {
  if (TerraformResource.isTerraformResource(element) || TerraformDataSource.isTerraformDataSource(element)) {
    return wanted(element.terraformResourceType);
  }
  return ![TerraformLocal, TerraformOutput, TerraformVariable, TerraformProvider, TerraformBackend].some((kind) => element instanceof kind);
}

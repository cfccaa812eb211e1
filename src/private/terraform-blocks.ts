import {
  TerraformBackend, TerraformDataSource, TerraformElement, TerraformLocal, TerraformModule, TerraformOutput, TerraformProvider, TerraformResource,
  TerraformStack, TerraformVariable,
} from 'cdktf';
import { IConstruct } from 'constructs';

type Arguments = { readonly [name: string]: unknown };
type NamedBlocks = { readonly [type: string]: { readonly [name: string]: Arguments } };

/** A resource or data source as Terraform will read it, whoever wrote it, and with whichever bindings. */
export interface TerraformBlock {
  readonly kind: 'resource' | 'data';
  readonly type: string;
  readonly name: string;
  /** What makes it: mostly the resource itself; the stack, for a block that is written as an override of the stack. */
  readonly construct: IConstruct;
  readonly stack: TerraformStack;
  /** Its arguments, overrides included, tokens unresolved. */
  readonly arguments: Arguments;
  /** Whether an `import` block of its own takes over what exists. */
  readonly imported: boolean;
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

/** The blocks of some types in one stack. */
export function blocksOf(stack: TerraformStack, wanted: (type: string) => boolean): TerraformBlock[] {
  const overrides = overridesOf(stack);
  const overridden = { resource: { ...overrides.resource }, data: { ...overrides.data } };
  const blocks: TerraformBlock[] = [];

  const add = (kind: TerraformBlock['kind'], construct: IConstruct, named: NamedBlocks | undefined, imported: boolean): void => {
    for (const [type, byName] of Object.entries(named ?? {})) {
      if (!wanted(type)) continue;
      for (const [name, args] of Object.entries(byName)) {
        const { [name]: override, ...others } = overridden[kind][type] ?? {};
        if (override) overridden[kind][type] = others;
        blocks.push({ kind, type, name, construct, stack, arguments: override ? { ...args, ...override } : args, imported });
      }
    }
  };

  for (const construct of constructsOf(stack)) {
    if (!TerraformElement.isTerraformElement(construct)) continue;
    if (TerraformResource.isTerraformResource(construct) || TerraformDataSource.isTerraformDataSource(construct)) {
      if (!wanted(construct.terraformResourceType)) continue;
    } else if (writesNoBlocks(construct)) {
      continue;
    }
    const { resource, data, import: imports } = construct.toTerraform() as { resource?: NamedBlocks; data?: NamedBlocks; import?: unknown };
    add('resource', construct, resource, imports !== undefined);
    add('data', construct, data, false);
  }
  // What is left was written as an override of the stack alone.
  add('resource', stack, overridden.resource, false);
  add('data', stack, overridden.data, false);
  return blocks;
}

/** The modules of a stack: what they hold, Terraform alone knows. */
export function modulesOf(stack: TerraformStack): TerraformModule[] {
  return constructsOf(stack).filter((construct): construct is TerraformModule => construct instanceof TerraformModule);
}

/** Elements of which it is known without asking: only those of somebody's own making are asked. */
function writesNoBlocks(element: TerraformElement): boolean {
  const kinds = [TerraformLocal, TerraformOutput, TerraformVariable, TerraformProvider, TerraformBackend, TerraformModule];
  return kinds.some((kind) => element instanceof kind);
}

function overridesOf(stack: TerraformStack): { resource?: NamedBlocks; data?: NamedBlocks } {
  return (stack as unknown as { rawOverrides: { resource?: NamedBlocks; data?: NamedBlocks } }).rawOverrides;
}

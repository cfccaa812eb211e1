import { TerraformElement } from 'cdktf';

/** The suffix of the name of a bandwidth's egress-only rule. */
export const EGRESS_RULE_SUFFIX = 'EgressOnlyRule';

/** An instance of a set's resource in the state: another address of the state, or the id of what exists. */
interface Taken {
  readonly from: string;
  /** Read at synthesis: logical ids may change until then. */
  readonly to: () => string;
  readonly byName?: boolean;
}

/** The `moved` and `import` blocks of a set. */
export class TakenOver extends TerraformElement {
  private readonly moved: Taken[] = [];
  private readonly imported: Taken[] = [];

  get isEmpty(): boolean {
    return this.moved.length + this.imported.length === 0;
  }

  /** The sources and targets of the moves, without moves by name to a target that another call names. */
  get moves(): { readonly from: string; readonly to: string; readonly byName: boolean }[] {
    const named = new Set([...this.imported, ...this.moved.filter(({ byName }) => !byName)].map(({ to }) => to()));
    return this.moved.map(({ from, to, byName = false }) => ({ from, to: to(), byName })).filter(({ to, byName }) => !byName || !named.has(to));
  }

  /** The sources of rules, which follow from the sources of their bandwidths. */
  get movedByName(): string[] {
    return this.moves.filter(({ byName }) => byName).map(({ from }) => from);
  }

  get hasImports(): boolean {
    return this.imported.length > 0;
  }

  /** @param byName  true if the source is only derived from the name of the moved set: another move to the same target then takes precedence */
  move(from: string, to: () => string, byName = false): void {
    this.moved.push({ from, to, byName });
  }

  import(id: string, to: () => string): void {
    this.imported.push({ from: id, to });
  }

  toTerraform(): any {
    return {
      ...this.moved.length > 0 ? { moved: this.moves.map(({ from, to }) => ({ from, to })) } : {},
      ...this.imported.length > 0 ? { import: this.imported.map(({ from, to }) => ({ id: from, to: to() })) } : {},
    };
  }
}

/** Returns the name of a block that belongs to a resource and moves with it. */
export function companionName(resourceName: string, suffix: string): string {
  return `${resourceName}_${suffix}`;
}

/** Returns the former address of a block that belongs to a resource, from the former address of the resource. It keeps the key of an instance. */
export function formerCompanion(resourceAddress: string | undefined, type: string, suffix: string): string | undefined {
  const [, modules, name, key = ''] = /^((?:module\.[^.]+\.)*)\w+\.([\w-]+)(\["ipv6-[\w-]+"\])?$/.exec(resourceAddress ?? '') ?? [];
  return name && `${modules}${type}.${companionName(name, suffix)}${key}`;
}

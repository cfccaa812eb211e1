import { TerraformElement, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { AddressExpectations, addressChecks, expectationsKey } from './address-checks';
import { Condition } from './condition';
import { Expression, hcl, Operand, template, Template } from '../terraform/hcl';
import { findOrCreateInStack, hash } from '../terraform/locals';
import { isInTree } from '../validation/construct-registry';
import { RequiredVersion, TerraformVersion } from '../validation/required-version';

const ID = 'Ipv6Checks';

/** Addresses that a bandwidth, or the bandwidths of a set, are for, as a lookup finds them. */
export interface CheckedAddresses {
  /** The bandwidth, or the set. */
  readonly construct: IConstruct;
  /** The result of the lookup: a list of addresses. */
  readonly found: Expression;
  /** The wanted address in words, for a bandwidth. A set has none. */
  readonly wanted?: Template;
  readonly expectations: () => AddressExpectations;
}

/**
 * The check of a stack at plan: one `terraform_data` with all conditions of the stack. No block depends on it: a failed condition
 * fails the plan, before anything is written.
 *
 * A value that a plan may know after apply only is checked by a precondition of its bandwidth. Here it would be checked too late.
 */
export class Checks extends TerraformElement {
  static of(construct: IConstruct): Checks {
    return findOrCreateInStack(TerraformStack.of(construct), ID, (scope, id) => new Checks(scope, id));
  }

  /**
   * Returns the preconditions of a bandwidth whose address the plan may not know.
   */
  static ofOne({ construct, found, wanted, expectations }: CheckedAddresses): Condition[] {
    const row = (value: Operand) => hcl`{ ${construct.node.path} = ${value} }`;
    return addressChecks(row(found), wanted && row(wanted), expectations());
  }

  readonly terraformResourceType = 'terraform_data';
  private readonly addresses: CheckedAddresses[] = [];
  private readonly conditions: { readonly construct: IConstruct; readonly key: string; readonly condition: (paths: string) => Condition }[] = [];

  private readonly late: ((locals: { [name: string]: unknown }) => Condition[])[] = [];

  private constructor(stack: TerraformStack, id: string) {
    super(stack, id);
    RequiredVersion.atLeast(stack, TerraformVersion.TERRAFORM_DATA);
  }

  get friendlyUniqueId(): string {
    return ID;
  }

  addAddresses(addresses: CheckedAddresses): void {
    this.addresses.push(addresses);
  }

  /** Adds a condition that constructs share. It is written once, and names the first of them. */
  add(construct: IConstruct, key: string, condition: (paths: string) => Condition): void {
    this.conditions.push({ construct, key, condition });
  }

  /** Adds conditions that are created at synthesis, with the locals that they read. */
  addLate(conditions: (locals: { [name: string]: unknown }) => Condition[]): void {
    this.late.push(conditions);
  }

  toTerraform(): any {
    const locals: { [name: string]: unknown } = {};
    const precondition = [...this.addressConditions(locals), ...this.late.flatMap((conditions) => conditions(locals)), ...this.sharedConditions()];
    if (precondition.length === 0) return {};
    return { locals, resource: { terraform_data: { [ID]: { lifecycle: { precondition } } } } };
  }

  /** Returns the conditions of the addresses: a table of what is found for each group of constructs that expect the same. */
  private addressConditions(locals: { [name: string]: unknown }): Condition[] {
    const groups = new Map<string, CheckedAddresses[]>();
    for (const addresses of this.addresses) {
      if (!isInTree(addresses.construct)) continue;
      const key = expectationsKey(addresses.expectations());
      const group = groups.get(key) ?? [];
      groups.set(key, group);
      group.push(addresses);
    }
    return [...groups].flatMap(([key, group], i) => {
      const suffix = i === 0 ? '' : `_${hash(key)}`;
      const table = (name: string, rows: [CheckedAddresses, string][]): Expression | undefined => {
        if (rows.length === 0) return undefined;
        locals[`${name}${suffix}`] = Object.fromEntries(rows.map(([{ construct }, value]) => [template`${construct.node.path}`.toArgument(), value]));
        return new Expression(`local.${name}${suffix}`);
      };
      const found = table('ipv6_found', group.map((addresses) => [addresses, addresses.found.toArgument()]))!;
      const wanted = table('ipv6_wanted', group.flatMap((addresses) => addresses.wanted ? [[addresses, addresses.wanted.toArgument()]] : []));
      return addressChecks(found, wanted, group[0].expectations());
    });
  }

  private sharedConditions(): Condition[] {
    const shared = new Map<string, { paths: string[]; condition: (paths: string) => Condition }>();
    for (const { construct, key, condition } of this.conditions) {
      if (!isInTree(construct)) continue;
      const same = shared.get(key);
      if (same) same.paths.push(construct.node.path);
      else shared.set(key, { paths: [construct.node.path], condition });
    }
    return [...shared.values()].map(({ paths, condition }) => condition(paths.length > 3 ? `${paths.slice(0, 3).join(', ')} and ${paths.length - 3} more` : paths.join(', ')));
  }
}

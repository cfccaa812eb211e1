import { TerraformElement, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { AddressExpectations, addressProblems, expectationsKey, foundProblems, refuseProblems } from './address-checks';
import { Condition } from './condition';
import { addToGroup } from '../terraform/groups';
import { Expression, hcl, merged, Operand, template, Template } from '../terraform/hcl';
import { findOrCreateInStack, hash } from '../terraform/locals';
import { isInTree } from '../validation/construct-registry';
import { RequiredVersion, TerraformVersion } from '../validation/required-version';

const ID = 'Ipv6Checks';

/** The variable of the `for` expressions over a table of wanted addresses. */
const ID_OF_ROW = new Expression('id');

/** An address that is found by a literal id. */
export interface FoundById {
  readonly id: string;
  /** The same for all ids of a stack with the same functions. */
  readonly kind: string;
  /** Returns the list of addresses that the lookup finds. */
  readonly found: (id: Expression) => Expression;
  /** Returns a description of the address. */
  readonly wanted: (id: Expression) => Template;
}

/** Addresses that a bandwidth, or the bandwidths of a set, are for, as a lookup finds them. */
export interface CheckedAddresses {
  /** The bandwidth, or the set. */
  readonly construct: IConstruct;
  /** The result of the lookup: a list of addresses. */
  readonly found: Expression;
  /** The wanted address in words, for a bandwidth. A set has none. */
  readonly wanted?: Template;
  /** The literal id that the address is found by, if it is found by that alone. */
  readonly byId?: FoundById;
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
    return [
      ...wanted ? foundProblems(row(found), row(wanted), template`${ID_OF_ROW}`) : [],
      ...addressProblems(row(found), expectations()),
    ].map(refuseProblems);
  }

  readonly terraformResourceType = 'terraform_data';
  private readonly addresses: CheckedAddresses[] = [];
  private readonly conditions: { readonly construct: IConstruct; readonly key: string; readonly condition: (paths: string) => Condition }[] = [];

  private readonly problems: (() => Expression[])[] = [];
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

  /** Adds lists of messages about problems, which are created at synthesis. */
  addProblems(problems: () => Expression[]): void {
    this.problems.push(problems);
  }

  /** Adds conditions that are created at synthesis, with the locals that they read. */
  addLate(conditions: (locals: { [name: string]: unknown }) => Condition[]): void {
    this.late.push(conditions);
  }

  toTerraform(): any {
    const locals: { [name: string]: unknown } = {};
    const problems = [...this.problems.flatMap((ofOne) => ofOne()), ...this.addressProblems(locals)];
    if (problems.length > 0) locals.ipv6_problems = problems.map((list) => list.toArgument());
    // Terraform evaluates the message of a true condition too. A local is evaluated once.
    const precondition = [...problems.length > 0 ? [refuseProblems(hcl`flatten(local.ipv6_problems)`)] : [], ...this.late.flatMap((conditions) => conditions(locals)), ...this.sharedConditions()];
    if (precondition.length === 0) return {};
    return { locals, resource: { terraform_data: { [ID]: { lifecycle: { precondition } } } } };
  }

  /** Returns the tables of the addresses found, and their constructs. */
  get tables(): { readonly table: Expression; readonly constructs: readonly IConstruct[] }[] {
    return this.groups.map(({ table, group }) => ({ table, constructs: group.map(({ construct }) => construct) }));
  }

  /** Returns the constructs in groups with equal expectations. */
  private get groups(): { readonly group: CheckedAddresses[]; readonly suffix: string; readonly table: Expression }[] {
    const groups = new Map<string, CheckedAddresses[]>();
    for (const addresses of this.addresses) {
      if (isInTree(addresses.construct)) addToGroup(groups, expectationsKey(addresses.expectations()), addresses);
    }
    return [...groups].map(([key, group], i) => {
      const suffix = i === 0 ? '' : `_${hash(key)}`;
      return { group, suffix, table: new Expression(`local.ipv6_found${suffix}`) };
    });
  }

  /** Returns the problems of the addresses, and adds a table of the addresses found for each group. */
  private addressProblems(locals: { [name: string]: unknown }): Expression[] {
    return this.groups.flatMap(({ group, suffix, table: all }) => {
      const table = (name: string, rows: [CheckedAddresses, string][]): Expression => {
        locals[name] = Object.fromEntries(rows.map(([{ construct }, value]) => [template`${construct.node.path}`.toArgument(), value]));
        return new Expression(`local.${name}`);
      };
      // Terraform parses each string of a table many times: a `for` over literal ids is cheaper than an expression for each.
      const byId = new Map<string, CheckedAddresses[]>();
      for (const addresses of group) addToGroup(byId, addresses.byId?.kind ?? '', addresses);
      const found: Expression[] = [];
      const problems: Expression[] = [];
      for (const [kind, some] of byId) {
        const [{ byId: same }] = some;
        if (same) {
          const ids = table(`ipv6_wanted${suffix}${found.length === 0 ? '' : `_${hash(kind)}`}`, some.map((addresses) => [addresses, addresses.byId!.id]));
          found.push(hcl`{ for path, id in ${ids} : path => ${same.found(ID_OF_ROW)} }`);
          problems.push(...foundProblems(all, ids, same.wanted(ID_OF_ROW)));
        } else {
          const wanted = some.flatMap((addresses): [CheckedAddresses, string][] =>
            addresses.wanted ? [[addresses, addresses.wanted.toArgument()]] : []);
          found.push(table(`ipv6_found_by_expression${suffix}`, some.map((addresses) => [addresses, addresses.found.toArgument()])));
          if (wanted.length > 0) problems.push(...foundProblems(all, table(`ipv6_wanted_by_expression${suffix}`, wanted), template`${ID_OF_ROW}`));
        }
      }
      locals[`ipv6_found${suffix}`] = merged(found).toArgument();
      return [...problems, ...addressProblems(all, group[0].expectations())];
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

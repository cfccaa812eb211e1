import { TerraformElement, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { AddressExpectations, addressProblems, foundProblems, refuseProblems } from './address-checks';
import { Condition } from './condition';
import { createdByStack } from '../terraform/created-by-stack';
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
  /** Returns lists of messages: what is wrong with the set itself. */
  readonly problems?: () => Expression[];
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

  /** Returns the preconditions of a bandwidth whose address the plan may not know. */
  static ofOne({ construct, found, wanted, expectations }: CheckedAddresses): Condition[] {
    const row = (value: Operand) => hcl`{ ${construct.node.path} = ${value} }`;
    return [
      ...wanted ? foundProblems(row(found), row(wanted), template`${ID_OF_ROW}`) : [],
      ...addressProblems(row(found), expectations()),
    ].map(refuseProblems);
  }

  /**
   * Adds conditions to the check of a stack. Constructs share the conditions of one key, and the messages name the first of them.
   *
   * @param values  the values that the conditions read
   * @returns the conditions that the construct itself waits for, because the plan may not know a value
   */
  static add(construct: IConstruct, values: readonly string[], key: string, conditions: (paths: string) => Condition[]): Condition[] {
    const stack = TerraformStack.of(construct);
    if (values.some((value) => createdByStack(stack, value) !== undefined)) return conditions(construct.node.path);
    const { shared } = Checks.of(stack);
    if (!shared.has(key)) shared.set(key, { constructs: new Set(), conditions });
    shared.get(key)!.constructs.add(construct);
    return [];
  }

  readonly terraformResourceType = 'terraform_data';
  private readonly addresses: CheckedAddresses[] = [];
  private readonly shared = new Map<string, { readonly constructs: Set<IConstruct>; readonly conditions: (paths: string) => Condition[] }>();
  private readonly late: (() => Condition[])[] = [];

  private constructor(stack: TerraformStack, id: string) {
    super(stack, id);
    this.overrideLogicalId(ID);
    RequiredVersion.atLeast(stack, TerraformVersion.TERRAFORM_DATA);
  }

  addAddresses(addresses: CheckedAddresses): void {
    this.addresses.push(addresses);
  }

  /** Adds conditions that are created at synthesis. */
  addLate(conditions: () => Condition[]): void {
    this.late.push(conditions);
  }

  /** The addresses in groups with equal expectations. The locals of a group have a suffix, and `found` is its table of the addresses found. */
  get groups(): { readonly addresses: readonly CheckedAddresses[]; readonly suffix: string; readonly found: Expression }[] {
    const groups = new Map<string, CheckedAddresses[]>();
    for (const addresses of this.inTree) {
      const { gateway, furtherBindTypes, isEgressOnly, isComplete } = addresses.expectations();
      addToGroup(groups, JSON.stringify([Object.entries(gateway), furtherBindTypes, isEgressOnly, isComplete]), addresses);
    }
    return [...groups].map(([key, addresses], i) => {
      const suffix = i === 0 ? '' : `_${hash(key)}`;
      return { addresses, suffix, found: new Expression(`local.ipv6_found${suffix}`) };
    });
  }

  toTerraform(): any {
    const locals: { [name: string]: unknown } = {};
    const ofSets = this.inTree.flatMap(({ construct, problems = () => [] }) => problems().map((list) =>
      hcl`[for problem in ${list} : ${template`${construct.node.path}: ${hcl`problem`}`}]`));
    const all = [...ofSets, ...this.groups.flatMap((group) => groupProblems(group, locals))];
    if (all.length > 0) locals.ipv6_problems = all.map((list) => list.toArgument());
    // Terraform evaluates the message of a true condition too. A local is evaluated once.
    const ofAddresses = all.length > 0 ? [refuseProblems(hcl`flatten(local.ipv6_problems)`)] : [];
    const precondition = [...ofAddresses, ...this.late.flatMap((conditions) => conditions()), ...this.sharedConditions()];
    if (precondition.length === 0) return {};
    return { locals, resource: { terraform_data: { [ID]: { lifecycle: { precondition } } } } };
  }

  private get inTree(): CheckedAddresses[] {
    return this.addresses.filter(({ construct }) => isInTree(construct));
  }

  private sharedConditions(): Condition[] {
    return [...this.shared.values()].flatMap(({ constructs, conditions }) => {
      const paths = [...constructs].filter(isInTree).map(({ node }) => node.path);
      if (paths.length === 0) return [];
      return conditions(paths.length > 3 ? `${paths.slice(0, 3).join(', ')} and ${paths.length - 3} more` : paths.join(', '));
    });
  }
}

/** Returns the problems of a group of addresses, and adds the tables that they read. */
function groupProblems({ addresses, suffix, found: all }: Checks['groups'][number], locals: { [name: string]: unknown }): Expression[] {
  const table = (name: string, rows: readonly CheckedAddresses[], valueOf: (row: CheckedAddresses) => string): Expression => {
    locals[name] = Object.fromEntries(rows.map((row) => [template`${row.construct.node.path}`.toArgument(), valueOf(row)]));
    return new Expression(`local.${name}`);
  };
  // Terraform parses each string of a table many times: a `for` over literal ids is cheaper than an expression for each.
  const byKind = new Map<string, CheckedAddresses[]>();
  for (const one of addresses) addToGroup(byKind, one.byId?.kind ?? '', one);
  const found: Expression[] = [];
  const problems: Expression[] = [];
  for (const [kind, rows] of byKind) {
    const [{ byId }] = rows;
    if (byId) {
      const ids = table(`ipv6_wanted${suffix}${found.length === 0 ? '' : `_${hash(kind)}`}`, rows, (row) => row.byId!.id);
      found.push(hcl`{ for path, id in ${ids} : path => ${byId.found(ID_OF_ROW)} }`);
      problems.push(...foundProblems(all, ids, byId.wanted(ID_OF_ROW)));
    } else {
      const wanted = rows.filter((row) => row.wanted);
      found.push(table(`ipv6_found_by_expression${suffix}`, rows, (row) => row.found.toArgument()));
      if (wanted.length > 0) problems.push(...foundProblems(all, table(`ipv6_wanted_by_expression${suffix}`, wanted, (row) => row.wanted!.toArgument()), template`${ID_OF_ROW}`));
    }
  }
  locals[`ipv6_found${suffix}`] = merged(found).toArgument();
  return [...problems, ...addressProblems(all, addresses[0].expectations())];
}

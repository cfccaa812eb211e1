import { Lazy, TerraformDataSource } from 'cdktf';
import { mustBeKnown } from '../checks/known-at-plan';
import { Ipv6AddressLookup } from '../ipv6-address-lookup';
import { Expression, hcl } from '../terraform/hcl';

/**
 * Maximum number of ids that are looked up one by one. For more ids, one list is read.
 *
 * A list costs a call for every 50 addresses of the VPC, one after the other, and the synthesis does not know how many there
 * are. Single lookups cost a call for each address, ten of them at a time: 20 cost no more than a list of 1,000.
 */
export const MOST_ASKED_ONE_BY_ONE = 20;

/**
 * The requests of a data source: one call for each id (`for_each`), or one list of everything.
 *
 * It is read at synthesis, when all constructs of the stack have added their requests.
 */
export class Questions {
  private readonly ids = new Map<string, string | Expression>();
  /** The paths of the constructs that want an id which only Terraform knows. */
  private readonly paths = new Set<string>();
  /** Lists of ids that only Terraform knows, and the paths of their sets. */
  private readonly lists = new Map<string, string>();
  private readonly countedIds = new Set<string>();
  private hasCountedList = false;
  private isList = false;

  /** Requests the full list. */
  list(): void {
    this.isList = true;
  }

  /** Requests one id: a literal, or for a construct an expression that the plan knows. */
  ask(id: string | Expression, path?: string, lookup?: Ipv6AddressLookup): void {
    const { code } = hcl`${id}`;
    this.ids.set(code, id);
    if (id instanceof Expression && path !== undefined) this.paths.add(path);
    if (lookup === undefined) this.countedIds.add(code);
    if (lookup === Ipv6AddressLookup.LIST) this.isList = true;
  }

  /** Requests the ids of a list that the plan knows, for a set. */
  askEach(path: string, ids: Expression, lookup?: Ipv6AddressLookup): void {
    this.lists.set(ids.code, path);
    if (lookup === undefined) this.hasCountedList = true;
    if (lookup === Ipv6AddressLookup.LIST) this.isList = true;
  }

  /**
   * The `for_each` of the data source, whose values are the ids to ask for; undefined for a plain list.
   *
   * The number of ids in a list is known at plan only: the plan decides, and a list of everything has the value null.
   */
  get forEach(): Expression | undefined {
    if (this.isList || this.ids.size + this.lists.size === 0 || this.countedIds.size > MOST_ASKED_ONE_BY_ONE) return undefined;
    const single = `[${[...this.ids.keys()].join(', ')}]`;
    if (this.lists.size === 0) {
      return this.paths.size === 0 ? new Expression(`toset(${single})`) : mustBeKnown(this.paths, new Expression(`toset(compact(${single}))`));
    }
    const ids = new Expression(`toset(compact(concat(${[single, ...this.lists.keys()].join(', ')})))`);
    const oneByOne = hcl`tomap({ for id in ${ids} : id => id })`;
    return mustBeKnown(new Set([...this.lists.values(), ...this.paths]), this.hasCountedList
      ? hcl`length(${ids}) <= ${MOST_ASKED_ONE_BY_ONE} ? ${oneByOne} : tomap({ all = tostring(null) })`
      : oneByOne);
  }

  /** Makes a data source ask them: `${each.value}` is then the argument that an id is asked for by. */
  askedBy(data: TerraformDataSource): void {
    data.addOverride('for_each', Lazy.stringValue({ produce: () => this.forEach?.toArgument() }));
  }

  /** The argument of the data source that an id is asked for by. */
  get argument(): string {
    return Lazy.stringValue({ produce: () => this.forEach && '${each.value}' });
  }

  /** Returns all answers of the data source as one list. */
  answers(data: TerraformDataSource, attribute: string): Expression {
    const reference = new Expression(`data.${data.terraformResourceType}.${data.friendlyUniqueId}`);
    return this.forEach === undefined ? reference.attribute(attribute) : new Expression(`flatten(values(${reference.code})[*].${attribute})`);
  }
}

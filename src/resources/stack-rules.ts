import { TerraformDataSource, TerraformElement, TerraformLocal, TerraformProvider, TerraformResource, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { EgressRuleResource } from './egress-rule-resource';
import { InternetBandwidthResource } from './internet-bandwidth-resource';
import { createsBeforeDestroy, ManagedResource } from './managed-resource';
import { TakenOver } from '../state/taken-over';
import { addToGroup } from '../terraform/groups';
import { findOrCreateInStack } from '../terraform/locals';
import { overridesOf } from '../terraform/overrides';
import { blockOf, referencesFrom } from '../terraform/template-syntax';
import { ProviderBlocks } from '../validation/provider-blocks';
import { warnOnce } from '../validation/warning';

/** An element whose block other blocks refer to by its type and name. */
type Named = TerraformElement & { readonly terraformResourceType?: string };

/** Rules for all blocks of a stack together. The synthesis checks them when the stack is complete. */
export class StackRules extends Construct {
  static checkOf(stack: TerraformStack): void {
    ProviderBlocks.checkOf(stack);
    findOrCreateInStack(stack, 'Ipv6StackRules', (scope, id) => new StackRules(scope, id));
  }

  private constructor(private readonly stack: TerraformStack, id: string) {
    super(stack, id);
    stack.node.addValidation({ validate: () => this.validate() });
  }

  private validate(): string[] {
    const elements = this.stack.node.findAll().filter((construct): construct is Named =>
      TerraformElement.isTerraformElement(construct) && construct.cdktfStack === this.stack);
    const byName = new Map<string, Named[]>();
    for (const element of elements) {
      for (const name of namesOf(element)) addToGroup(byName, name, element);
    }
    this.warnOfWaitingLookups(elements);
    warnOfRulesByHand(elements);
    return [...repeatedNames(byName), ...wrongMoves(elements, byName), ...this.createdBeforeDestroyed(elements)];
  }

  /** Warns of an address that a data source with `depends_on` names: the plan does not know it while a resource changes. */
  private warnOfWaitingLookups(elements: readonly Named[]): void {
    const waiting = new Set(elements.filter((element) => TerraformDataSource.isTerraformDataSource(element) && waits(element)).flatMap(namesOf));
    if (waiting.size === 0) return;
    const json = this.stack.toTerraform();
    for (const element of elements) {
      const read = element instanceof InternetBandwidthResource ? firstReadOf(json, `terraform_data.${element.recordName}`, waiting, ['local', 'data']) : undefined;
      if (!read) continue;
      warnOnce(element.node.scope!, `the address comes from ${read}, whose depends_on can replace the bandwidth: `
        + 'remove depends_on, and refer to the resource in an argument');
    }
  }

  /**
   * Returns the errors of resources with `create_before_destroy` that read bandwidth: Terraform applies that order to
   * what they read.
   */
  private createdBeforeDestroyed(elements: readonly Named[]): string[] {
    const overrides = Object.entries<any>(overridesOf(this.stack).resource ?? {}).flatMap(([type, blocks]) => Object.entries<any>(blocks ?? {})
      .filter(([, block]) => block?.lifecycle?.create_before_destroy === true).map(([name]) => `${type}.${name}`));
    const others = elements.filter((element): element is TerraformResource => TerraformResource.isTerraformResource(element) && !isManaged(element));
    const first = new Set([...others.filter(createsBeforeDestroy).flatMap(namesOf), ...overrides]);
    if (first.size === 0) return [];
    const json = this.stack.toTerraform();
    const kept = new Set(elements.filter(isManaged).map(({ address }) => address));
    return [...first].flatMap((address) => {
      const read = firstReadOf(json, address, kept);
      return read ? [`${this.stack.node.path}: ${address} has create_before_destroy and reads ${read}, so Terraform would create that before it destroys the old one `
        + '(OperationFailed.InternetBandwidthAlreadyExisted): remove create_before_destroy, or the reference'] : [];
    });
  }
}

/** Returns the names of the blocks of an element. */
function namesOf(element: Named): string[] {
  if (element instanceof TerraformLocal) return [`local.${element.friendlyUniqueId}`];
  const { terraformResourceType: type } = element;
  if (type === undefined || TerraformProvider.isTerraformProvider(element)) return [];
  const name = `${TerraformDataSource.isTerraformDataSource(element) ? 'data.' : ''}${type}.${element.friendlyUniqueId}`;
  return isManaged(element) && element.recordName !== undefined ? [name, `terraform_data.${element.recordName}`] : [name];
}

/** Returns the errors of blocks with one name, which cdktf would merge. */
function repeatedNames(byName: ReadonlyMap<string, readonly Named[]>): string[] {
  return [...byName].filter(([, elements]) => elements.length > 1).map(([name, [first, second]]) =>
    `${second.node.path}: a second block ${name}, the first is ${first.node.path}: give each a logical id of its own (overrideLogicalId, or allocateLogicalId of the stack)`);
}

/** Returns the errors of moves. Terraform's own messages would name blocks that the program does not contain. */
function wrongMoves(elements: readonly Named[], byName: ReadonlyMap<string, readonly Named[]>): string[] {
  const moves = elements.flatMap((element) => element instanceof TakenOver
    ? element.moves.map((move) => ({ ...move, path: element.node.scope!.node.path }))
    : isManaged(element) && element.movedFrom !== undefined
      ? [{ from: element.movedFrom, to: element.address, path: element.node.scope!.node.path }]
      : []);
  const firsts = new Map<string, string>();
  return moves.flatMap(({ from, to, path }) => {
    const first = firsts.get(from);
    firsts.set(from, path);
    if (from === to) return [`${path}: moveFromId names the resource itself, ${from}: remove it`];
    if (first !== undefined) return [`${path}: a second move of ${from}, the first is of ${first}: keep one of them`];
    const declared = byName.get(from)?.[0];
    return declared ? [`${path}: ${from} is moved here, and ${declared.node.path} still declares it: remove one of them`] : [];
  });
}

/** Warns of the move of a bandwidth with a name from elsewhere: its rule has such a name, too. */
function warnOfRulesByHand(elements: readonly Named[]): void {
  for (const element of elements) {
    const moved = element instanceof EgressRuleResource || element instanceof TakenOver ? element.movedByName : [];
    const from = moved.find((address) => !/_[0-9A-F]{8}(_\d+)?_EgressOnlyRule(\[|$)/.test(address));
    if (from === undefined) continue;
    warnOnce(element.node.scope!, `no move names the egress-only rule, and inbound opens if the state has another one than ${from}: `
      + 'call moveFromId of its resource, or moveEgressOnlyRuleFromId');
  }
}

function waits(data: TerraformDataSource): boolean {
  return [data.dependsOn, overridesOf(data).depends_on].some((list) => list?.length > 0);
}

function isManaged(element: TerraformElement): element is ManagedResource {
  return 'libraryLifecycle' in element;
}

/**
 * Returns the first of some blocks that a resource reads, by way of locals, data sources and other resources.
 *
 * @param roots  the roots of the references to follow; all, if undefined
 */
function firstReadOf(json: any, address: string, wanted: ReadonlySet<string>, roots?: readonly string[]): string | undefined {
  const definitionOf = (root: string, name: string, further: string): unknown => {
    if (roots && !roots.includes(root)) return undefined;
    if (root === 'local') return interpolated(json.locals?.[name]);
    return interpolated(root === 'data' ? json.data?.[name]?.[further] : json.resource?.[root]?.[name]);
  };
  const [type, id] = address.split('.');
  for (const reference of referencesFrom(interpolated({ ...json.resource?.[type]?.[id], '//': undefined }), definitionOf)) {
    const block = blockOf(reference);
    if (wanted.has(block)) return block;
  }
  return undefined;
}

/** Returns a value with each name of a block as an expression. `depends_on` and `replace_triggered_by` have bare names. */
function interpolated(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null), (_, part) => typeof part === 'string' && /^(data\.)?\w+\.[\w-]+$/.test(part) ? `\${${part}}` : part);
}

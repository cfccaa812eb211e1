import { IResolveContext, Lazy, TerraformLocal, TerraformResource, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { isInTree } from './claims';
import { escapeTemplate, isExpression, present } from './expression';
import { RequiredVersion, TerraformVersion } from './terraform-version';

const ID = 'Ipv6AddressIds';

/**
 * The address ids of a stack's bandwidths, kept in the state: a changed id replaces its bandwidth, and no other.
 *
 * The provider would update the bandwidth in place, which the API refuses. One `terraform_data` serves the whole stack, but
 * for what the stack itself creates: that may need another bandwidth first, and so must not stand behind all of them.
 * (cdktf's own DataResource asks the terraform binary for its version at every synth.)
 */
export class ReplacementTriggers extends TerraformResource {
  /** Returns what to write into the bandwidth's `replace_triggered_by`. */
  static watch(bandwidth: TerraformResource, ipv6AddressId: string, { apart }: { apart: boolean }): (bandwidth: TerraformResource) => string {
    const stack = bandwidth.cdktfStack;
    RequiredVersion.atLeast(stack, TerraformVersion.TERRAFORM_DATA);
    const scope = apart ? bandwidth.node.scope! : stack;
    const triggers = (scope.node.tryFindChild(ID) as ReplacementTriggers | undefined) ?? new ReplacementTriggers(scope);
    triggers.ids.set(bandwidth, ipv6AddressId);
    return triggers.triggerOf;
  }

  private readonly ids = new Map<TerraformResource, string>();
  private readonly table: TerraformLocal;

  private constructor(scope: IConstruct) {
    super(scope as Construct, ID, { terraformResourceType: 'terraform_data', terraformGeneratorMetadata: { providerName: 'terraform' } });
    // By logical id, which its user may change until the stack is synthesized.
    const produce = ({ preparing }: IResolveContext) => {
      const table: { [bandwidth: string]: string } = {};
      for (const [bandwidth, id] of this.ids) {
        // Preparing, cdktf looks for tokens alone.
        if (isInTree(bandwidth) && !(preparing && !isExpression(id))) table[bandwidth.friendlyUniqueId] = id;
      }
      return table;
    };
    this.table = new TerraformLocal(this, 'by-bandwidth', Lazy.anyValue({ produce }));

    if (!TerraformStack.isStack(scope)) return;
    // Two lookups may find the same address, which is not known before. What is not found has a guard of its own.
    const ids = `local.${this.table.friendlyUniqueId}`;
    const found = `compact(values(${ids}))`;
    const twice = `[for id, names in { for name, id in ${ids} : id => name... if ${present('id')} } : "\${id} (\${join(" and ", names)})" if length(names) > 1]`;
    this.lifecycle = {
      precondition: [{
        condition: `\${length(toset(${found})) == length(${found})}`,
        errorMessage: `${escapeTemplate(scope.node.path)}: more than one Internet bandwidth for the address \${join(", ", ${twice})} (OperationFailed.InternetBandwidthAlreadyExisted): an address has one; keep one of them`,
      }],
    };
  }

  // As an attribute: a trigger that reads the same value by index never fires.
  private readonly triggerOf = (bandwidth: TerraformResource) =>
    `${this.terraformResourceType}.${this.friendlyUniqueId}.input.${bandwidth.friendlyUniqueId}`;

  protected synthesizeAttributes(): { [name: string]: any } {
    return { input: `\${local.${this.table.friendlyUniqueId}}` };
  }
}

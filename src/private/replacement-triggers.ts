import { Lazy, TerraformLocal, TerraformResource, TerraformStack } from 'cdktf';
import { isInTree } from './claims';
import { escapeTemplate, present } from './expression';
import { RequiredVersion, TerraformVersion } from './terraform-version';

const ID = 'Ipv6AddressIds';

/**
 * The address ids of a stack's bandwidths, kept in the state: a changed id replaces its bandwidth, and no other.
 *
 * The provider would update the bandwidth in place, which the API refuses. One `terraform_data` serves the whole stack.
 * (cdktf's own DataResource asks the terraform binary for its version at every synth.)
 */
export class ReplacementTriggers extends TerraformResource {
  /** Returns what to write into the bandwidth's `replace_triggered_by`. */
  static watch(bandwidth: TerraformResource, ipv6AddressId: string): () => string {
    const stack = bandwidth.cdktfStack;
    RequiredVersion.atLeast(stack, TerraformVersion.TERRAFORM_DATA);
    const triggers = (stack.node.tryFindChild(ID) as ReplacementTriggers | undefined) ?? new ReplacementTriggers(stack);
    triggers.ids.set(bandwidth, ipv6AddressId);
    // As an attribute: a trigger that reads the same value by index never fires.
    return () => `${triggers.terraformResourceType}.${triggers.friendlyUniqueId}.input.${bandwidth.friendlyUniqueId}`;
  }

  private readonly ids = new Map<TerraformResource, string>();
  private readonly table: TerraformLocal;

  private constructor(stack: TerraformStack) {
    super(stack, ID, { terraformResourceType: 'terraform_data', terraformGeneratorMetadata: { providerName: 'terraform' } });
    // By logical id, which its user may change until the stack is synthesized.
    const produce = () => Object.fromEntries(
      [...this.ids].filter(([bandwidth]) => isInTree(bandwidth)).map(([bandwidth, id]) => [bandwidth.friendlyUniqueId, id]),
    );
    this.table = new TerraformLocal(this, 'by-bandwidth', Lazy.anyValue({ produce }));

    // Two lookups may find the same address, which is not known before. What is not found has a guard of its own.
    const ids = `local.${this.table.friendlyUniqueId}`;
    const found = `compact(values(${ids}))`;
    const twice = `[for id, names in { for name, id in ${ids} : id => name... if ${present('id')} } : "\${id} (\${join(" and ", names)})" if length(names) > 1]`;
    this.lifecycle = {
      precondition: [{
        condition: `\${length(toset(${found})) == length(${found})}`,
        errorMessage: `${escapeTemplate(stack.node.path)}: more than one Internet bandwidth for the address \${join(", ", ${twice})} (OperationFailed.InternetBandwidthAlreadyExisted): an address has one; keep one of them`,
      }],
    };
  }

  protected synthesizeAttributes(): { [name: string]: any } {
    return { input: `\${local.${this.table.friendlyUniqueId}}` };
  }
}

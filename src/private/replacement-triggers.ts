import { TerraformLocal, TerraformResource, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { escapeTemplate } from './expression';
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
  static watch(stack: TerraformStack, bandwidth: IConstruct, ipv6AddressId: string): () => string {
    RequiredVersion.atLeast(stack, TerraformVersion.TERRAFORM_DATA);
    const triggers = (stack.node.tryFindChild(ID) as ReplacementTriggers | undefined) ?? new ReplacementTriggers(stack);
    const key = bandwidth.node.path;
    triggers.ids[key.replace(/([$%])\{/g, '$1$1{')] = ipv6AddressId;
    return () => `${triggers.terraformResourceType}.${triggers.friendlyUniqueId}.input["${escapeTemplate(key)}"]`;
  }

  /** By the path of the bandwidth; a key is a template to Terraform, as a value is. */
  private readonly ids: Record<string, string> = {};
  private readonly table: TerraformLocal;

  private constructor(stack: TerraformStack) {
    super(stack, ID, { terraformResourceType: 'terraform_data', terraformGeneratorMetadata: { providerName: 'terraform' } });
    this.table = new TerraformLocal(this, 'by-bandwidth', this.ids);

    // Two lookups may find the same address, which is not known before. What is not found has a guard of its own.
    const ids = `local.${this.table.friendlyUniqueId}`;
    const found = `compact(values(${ids}))`;
    const twice = `[for id, paths in { for path, id in ${ids} : id => path... if id != "" } : "\${id} (\${join(" and ", paths)})" if length(paths) > 1]`;
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

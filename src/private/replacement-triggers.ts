import { TerraformResource, TerraformStack } from 'cdktf';
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
    const { path } = bandwidth.node;
    triggers.ids.set(path, ipv6AddressId);
    return () => `${triggers.terraformResourceType}.${triggers.friendlyUniqueId}.input["${escapeTemplate(path)}"]`;
  }

  private readonly ids = new Map<string, string>();

  private constructor(stack: TerraformStack) {
    super(stack, ID, { terraformResourceType: 'terraform_data', terraformGeneratorMetadata: { providerName: 'terraform' } });
  }

  protected synthesizeAttributes(): { [name: string]: any } {
    return { input: Object.fromEntries(this.ids) };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    return { input: { value: this.synthesizeAttributes().input, isBlock: false, type: 'map', storageClassType: 'anyMap' } };
  }
}

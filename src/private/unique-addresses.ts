import { TerraformElement, TerraformResource, TerraformStack } from 'cdktf';
import { isInTree } from './claims';
import { escapeTemplate, present } from './expression';
import { findShared } from './shared';

const ID = 'Ipv6UniqueAddresses';

/**
 * The check at plan that no two bandwidths of a stack are for one address, which two lookups may find.
 *
 * What a synth can tell is refused there. The check is a `terraform_data` that no other block refers to: so it makes no
 * bandwidth wait for the address of another, which may need the first.
 */
export class UniqueAddresses extends TerraformElement {
  static check(bandwidth: TerraformResource, ipv6AddressId: string): void {
    const stack = bandwidth.cdktfStack;
    findShared(stack, ID, (scope, id) => new UniqueAddresses(scope, id)).ids.set(bandwidth, ipv6AddressId);
  }

  private readonly ids = new Map<TerraformResource, string>();

  private constructor(stack: TerraformStack, id: string) {
    super(stack, id);
  }

  toTerraform(): any {
    const byPath: { [path: string]: string } = {};
    let count = 0;
    for (const [bandwidth, id] of this.ids) {
      if (!isInTree(bandwidth)) continue;
      byPath[escapeTemplate(bandwidth.node.scope!.node.path)] = id;
      count++;
    }
    if (count < 2) return {};
    const table = `${ID}_by-construct`;
    const ids = `local.${table}`;
    // What is not found has a guard of its own.
    const found = `compact(values(${ids}))`;
    const twice = `[for id, paths in { for path, id in ${ids} : id => path... if ${present('id')} } : "\${id} (\${join(" and ", paths)})" if length(paths) > 1]`;
    return {
      locals: { [table]: byPath },
      resource: {
        terraform_data: {
          [ID]: {
            'lifecycle': {
              precondition: [{
                condition: `\${length(toset(${found})) == length(${found})}`,
                error_message: `${escapeTemplate(this.cdktfStack.node.path)}: more than one Internet bandwidth for the address \${join(", ", ${twice})} (OperationFailed.InternetBandwidthAlreadyExisted): an address has one; keep one of them`,
              }],
            },
            '//': { metadata: { path: this.node.path, uniqueId: ID } },
          },
        },
      },
    };
  }
}

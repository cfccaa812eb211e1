import { TerraformElement, TerraformResource, TerraformStack } from 'cdktf';
import { isInTree } from './claims';
import { escapeTemplate, hash } from './expression';
import { findShared } from './shared';
import { RequiredVersion, TerraformVersion } from './terraform-version';

const ID = 'Ipv6Holders';

/** A resource of which an address or a VPC has one. */
interface Holder {
  readonly resource: TerraformResource;
  /** Names the address or the VPC, the same whichever construct holds it. */
  readonly key: () => string;
  /** Whether the resource takes over what exists, by an `import` block. */
  readonly takesOver: () => boolean;
}

/**
 * Which resource of a stack holds the bandwidth of each address, the gateway of each VPC: one `terraform_data`, by the
 * names of the addresses and the VPCs, not of the constructs. So a plan sees that something changes hands.
 *
 * - Every holder depends on it. Terraform updates it after the former holders are destroyed and before the new ones are
 *   created, so an address that goes from one construct to another has never two bandwidths. It holds nothing but text,
 *   and so makes no holder wait for another.
 * - Of a resource that takes over what exists, `ignore_changes` keeps the name of the former holder, and a postcondition
 *   refuses the plan: its `import` block would take over what the same plan destroys. The planned `input` is read, which
 *   is known whatever else the plan changes.
 */
export class Holders extends TerraformElement {
  /** How the holders refer to the record. */
  static readonly reference = `terraform_data.${ID}`;

  static record(resource: TerraformResource, key: () => string, takesOver: () => boolean): void {
    findShared(resource.cdktfStack, ID, (scope, id) => new Holders(scope, id)).holders.push({ resource, key, takesOver });
  }

  private readonly holders: Holder[] = [];

  private constructor(stack: TerraformStack, id: string) {
    super(stack, id);
    RequiredVersion.atLeast(stack, TerraformVersion.TERRAFORM_DATA);
  }

  toTerraform(): any {
    const input: { [type: string]: { [key: string]: string } } = {};
    const takeovers: { type: string; key: string; holder: string; path: string }[] = [];
    for (const { resource, key, takesOver } of this.holders) {
      if (!isInTree(resource)) continue;
      const { terraformResourceType: type, friendlyUniqueId: holder } = resource;
      const name = attributeName(key());
      (input[type] ??= {})[name] = holder;
      if (takesOver()) takeovers.push({ type, key: name, holder, path: resource.node.scope!.node.path });
    }
    if (Object.keys(input).length === 0) return {};
    return { resource: { terraform_data: { [ID]: { input, ...(takeovers.length > 0 ? { lifecycle: takeoverLifecycle(takeovers) } : {}) } } } };
  }
}

function takeoverLifecycle(takeovers: { type: string; key: string; holder: string; path: string }[]): object {
  const table = takeovers.map(({ type, key, holder, path }) => `{ type = "${type}", key = "${key}", holder = "${holder}", path = "${escapeTemplate(path)}" }`);
  // (A state that is imported to, or refreshed, may not have the entry yet.)
  const changed = `[for t in [${table.join(', ')}] : t if try(self.input[t.type][t.key], t.holder) != t.holder]`;
  const former = '${t.type}.${self.input[t.type][t.key]}';
  return {
    ignore_changes: takeovers.map(({ type, key }) => `input.${type}.${key}`),
    postcondition: [{
      condition: `\${length(${changed}) == 0}`,
      error_message: `\${join("; ", [for t in ${changed} : "\${t.path}: adoptExisting would take over what the state has as ${former}, and this plan destroys: `
        + `write resource.moveFromId(\\"${former}\\") to keep it, or leave adoptExisting out to have another"])}; if the state no longer has it: terraform state rm ${Holders.reference}`,
    }],
  };
}

/** A key that Terraform reads as the name of an attribute. */
function attributeName(key: string): string {
  return /^[A-Za-z][\w-]{0,99}$/.test(key) ? key : `k${hash(key)}`;
}

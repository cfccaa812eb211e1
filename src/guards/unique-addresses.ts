import { TerraformElement, TerraformResource, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { Condition, refuseUnless } from './condition';
import { Expression, hasValue, hcl, join, template } from '../terraform/hcl';
import { findOrCreateInStack } from '../terraform/locals';
import { isInTree } from '../validation/construct-registry';

const ID = 'Ipv6UniqueAddresses';

/**
 * The check at plan that no two bandwidths of a stack are for one address. Two lookups may find the same address; what the
 * synthesis can tell, it refuses.
 *
 * The check is a precondition of a `terraform_data` that no other block refers to. In a precondition of a bandwidth it would
 * make that bandwidth wait for the addresses of all others, one of which may need the bandwidth.
 */
export class UniqueAddresses extends TerraformElement {
  static check(bandwidth: TerraformResource, ipv6AddressId: string): void {
    findOrCreateInStack(bandwidth.cdktfStack, ID, (scope, id) => new UniqueAddresses(scope, id)).addressIds.set(bandwidth, ipv6AddressId);
  }

  /** The same for all addresses of a set (a list of ids). */
  static checkSet(bandwidths: IConstruct, ipv6AddressIds: Expression): void {
    findOrCreateInStack(TerraformStack.of(bandwidths), ID, (scope, id) => new UniqueAddresses(scope, id)).sets.set(bandwidths, ipv6AddressIds);
  }

  private readonly addressIds = new Map<TerraformResource, string>();
  private readonly sets = new Map<IConstruct, Expression>();

  private constructor(stack: TerraformStack, id: string) {
    super(stack, id);
  }

  toTerraform(): any {
    const idsByConstruct: { [path: string]: string } = {};
    for (const [bandwidth, id] of this.addressIds) {
      if (isInTree(bandwidth)) idsByConstruct[template`${bandwidth.node.scope!.node.path}`.toArgument()] = id;
    }
    const sets = [...this.sets].filter(([construct]) => isInTree(construct));
    if (Object.keys(idsByConstruct).length + sets.length < 2) return {};
    const local = `${ID}_by-construct`;
    const single = `${local}-single`;
    const ofSets = sets.map(([construct, ids]) => hcl`{ for id in ${ids} : ${template`${construct.node.path} ${hcl`id`}`} => id }`);
    const locals = sets.length === 0
      ? { [local]: idsByConstruct }
      : { [single]: idsByConstruct, [local]: hcl`merge(${join([new Expression(`local.${single}`), ...ofSets], ', ')})`.toArgument() };
    return {
      locals,
      resource: {
        terraform_data: {
          [ID]: {
            'lifecycle': { precondition: [addressesAreUnique(this.cdktfStack.node.path, new Expression(`local.${local}`))] },
            '//': { metadata: { path: this.node.path, uniqueId: ID } },
          },
        },
      },
    };
  }
}

function addressesAreUnique(path: string, idsByConstruct: Expression): Condition {
  // An address that a lookup does not find has an empty id, and a guard of its own.
  const found = hcl`compact(values(${idsByConstruct}))`;
  const pathsById = hcl`{ for path, id in ${idsByConstruct} : id => path... if ${hasValue(hcl`id`)} }`;
  const repeated = hcl`[for id, paths in ${pathsById} : ${template`${hcl`id`} (${hcl`join(" and ", paths)`})`} if length(paths) > 1]`;
  return refuseUnless(
    hcl`length(toset(${found})) == length(${found})`,
    template`${path}: more than one Internet bandwidth for the address ${hcl`join(", ", ${repeated})`} (OperationFailed.InternetBandwidthAlreadyExisted): an address has one; keep one of them`,
  );
}

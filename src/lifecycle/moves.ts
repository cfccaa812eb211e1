import { TerraformElement, TerraformResource } from 'cdktf';
import { ConstructError } from '../validation/construct-error';

/** The suffix of the name of a bandwidth's egress-only rule. */
export const EGRESS_RULE_SUFFIX = 'EgressOnlyRule';

const RULE = 'alicloud_vpc_ipv6_egress_rule';

/** A resource that knows the former address which a `moved` block names. */
export interface MovableResource extends TerraformResource {
  /** The former address in the state, where `moveFromId` gave one. */
  readonly movedFrom?: string;
}

/** Whether a `moved` block says under which address the state has the resource. */
export function isMoved(resource: MovableResource): boolean {
  return resource.movedFrom !== undefined || resource.hasResourceMove() !== undefined;
}

/** Refuses a move of the resource out of its construct: the construct's other blocks would refer to a resource that no block writes. */
export function refuseMoveAway(resource: TerraformResource, target: string): never {
  throw new ConstructError(resource.node.scope!, {
    problem: 'a resource of this construct cannot be moved away from it',
    actual: target,
    remediation: 'take the construct out, and name its resource where it moves to: moveFromId, or from of a moved block',
  });
}

/** The `moved` blocks of a set: bandwidths that the state has under other names, and their egress-only rules with them. */
export class MovedBlocks extends TerraformElement {
  private readonly moves: { readonly from: string; readonly to: () => string }[] = [];

  get hasMoves(): boolean {
    return this.moves.length > 0;
  }

  /** The addresses that are moved to are read at synthesis: logical ids may change until then. */
  add(from: string, to: () => string): void {
    this.moves.push({ from, to });
  }

  toTerraform(): any {
    if (this.moves.length === 0) return {};
    return { moved: this.moves.flatMap(({ from, to }) => [{ from, to: to() }, ...ruleMove(from, to())]) };
  }
}

/** The move of the egress-only rule of a bandwidth that the library made. */
function ruleMove(from: string, to: string): { from: string; to: string }[] {
  const [formerRule, rule] = [from, to].map((address) => formerCompanion(address, RULE, EGRESS_RULE_SUFFIX));
  return formerRule && rule ? [{ from: formerRule, to: rule }] : [];
}

/** The name of a block that belongs to a resource and moves with it. */
export function companionName(resourceName: string, suffix: string): string {
  return `${resourceName}_${suffix}`;
}

/** The former address of a block that belongs to a resource, by the resource's own; of an instance of a set's resource, the same instance. */
export function formerCompanion(resourceAddress: string | undefined, type: string, suffix: string): string | undefined {
  const [, modules, name, key = ''] = /^((?:module\.[^.]+\.)*)\w+\.([\w-]+)(\["ipv6-[\w-]+"\])?$/.exec(resourceAddress ?? '') ?? [];
  return name && `${modules}${type}.${companionName(name, suffix)}${key}`;
}

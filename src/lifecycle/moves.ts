import { TerraformResource } from 'cdktf';
import { ConstructError } from '../validation/construct-error';

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

/** The name of a block that belongs to a resource and moves with it. */
export function companionName(resourceName: string, suffix: string): string {
  return `${resourceName}_${suffix}`;
}

/** The former address of a block that belongs to a resource, by the resource's own, if that is an address without an index. */
export function formerCompanion(resourceAddress: string | undefined, type: string, suffix: string): string | undefined {
  const [, modules, name] = /^((?:module\.[^.]+\.)*)\w+\.([\w-]+)$/.exec(resourceAddress ?? '') ?? [];
  return name && `${modules}${type}.${companionName(name, suffix)}`;
}

import { ComplexObject, TerraformResource } from 'cdktf';
import { Holders } from './holders';
import { Condition } from '../guards/condition';
import { Expression } from '../terraform/hcl';
import { ConstructError } from '../validation/construct-error';

/** The parts of a resource's `lifecycle` and `depends_on` that the library writes. */
export interface LibraryLifecycle {
  /** Whether the stack's record of holders names the resource. */
  readonly isHolder?: boolean;
  readonly replaceTriggeredBy?: readonly Expression[];
  readonly ignoreChanges?: readonly string[];
  readonly preconditions?: readonly Condition[];
  readonly postconditions?: readonly Condition[];
}

/** Adds the library's lifecycle to the attributes of a resource. cdktf joins its lists with those that the user sets. */
export function withLifecycle(attributes: { [name: string]: any }, own: LibraryLifecycle = {}): { [name: string]: any } {
  const { isHolder, replaceTriggeredBy = [], ignoreChanges = [], preconditions = [], postconditions = [] } = own;
  const lifecycle: { [name: string]: any } = {};
  if (replaceTriggeredBy.length > 0) lifecycle.replace_triggered_by = replaceTriggeredBy.map(({ code }) => code);
  if (ignoreChanges.length > 0) lifecycle.ignore_changes = ignoreChanges;
  if (preconditions.length > 0) lifecycle.precondition = preconditions;
  if (postconditions.length > 0) lifecycle.postcondition = postconditions;
  if (Object.keys(lifecycle).length > 0) attributes.lifecycle = lifecycle;
  if (isHolder) attributes.depends_on = [Holders.reference];
  return attributes;
}

/** Refuses `createBeforeDestroy`, set as a property or as an override. */
export function refuseCreateBeforeDestroy(
  resource: TerraformResource, overrides: { readonly lifecycle?: { readonly create_before_destroy?: unknown } }, why: string,
): void {
  if (resource.lifecycle?.createBeforeDestroy !== true && overrides.lifecycle?.create_before_destroy !== true) return;
  throw new ConstructError(resource.node.scope!, {
    problem: `createBeforeDestroy can never work: ${why}`,
    actual: true,
    apiErrorCode: 'OperationFailed.InternetBandwidthAlreadyExisted',
    remediation: 'leave it out: the old one goes first',
  });
}

/**
 * cdktf keeps the call stack of every block reference, for the message of an error in resolving the reference. It takes
 * about half of the memory of a resource, and the library's own references resolve.
 */
export function dropCreationStack(reference: ComplexObject): void {
  reference.creationStack.length = 0;
}

/** The arguments that are set. cdktf merges the others as null, and works on each of their names at every synthesis. */
export function definedOnly(args: { [name: string]: any }): { [name: string]: any } {
  const defined: { [name: string]: any } = {};
  for (const name in args) {
    if (args[name] !== undefined) defined[name] = args[name];
  }
  return defined;
}

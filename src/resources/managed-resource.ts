import { ComplexObject, TerraformProvider, TerraformResource, TerraformResourceMoveById } from 'cdktf';
import { Condition, refuseUnless } from '../checks/condition';
import { createdByResource } from '../terraform/created-by-stack';
import { Expression, hcl, orNull, template } from '../terraform/hcl';
import { partOfExpression } from '../terraform/locals';
import { overridesOf } from '../terraform/overrides';
import { dropStackTrace } from '../terraform/tokens';
import { ConstructError, Mistake } from '../validation/construct-error';
import { RequiredVersion, TerraformVersion } from '../validation/required-version';

/** `depends_on` and the lists of a `lifecycle` that the library writes, as Terraform's JSON has them. */
export interface LibraryLifecycle {
  readonly depends_on?: readonly string[];
  readonly replace_triggered_by?: readonly string[];
  readonly ignore_changes?: readonly string[];
  readonly precondition?: readonly Condition[];
  readonly postcondition?: readonly Condition[];
}

/** A resource of this library. */
export interface ManagedResource extends TerraformResource {
  /** The Terraform address. */
  readonly address: string;
  /** The name of the `terraform_data` that is written with the resource, if there is one. Read it at synthesis: logical ids may change until then. */
  readonly recordName?: string;
  /** The former address in the state, where `moveFromId` gave one. */
  readonly movedFrom?: string;
  /** True if an `import` block imports the resource. */
  readonly isImported: boolean;
  /** True if the program sets its logical id. */
  readonly hasOwnLogicalId: boolean;
  /** Returns the part of the lifecycle that the class of the resource decides. */
  libraryLifecycle(): LibraryLifecycle;
}

type ResourceClass = new (...args: any[]) => TerraformResource;

/**
 * Returns a resource class with the lifecycle of the library. It refuses settings that would break the construct: an
 * iteration, `create_before_destroy`, `destroy = false`, a move out of the construct, a name that comes too late.
 */
export function managed<T extends ResourceClass>(base: T): T & (new (...args: any[]) => ManagedResource) {
  class Managed extends base {
    isImported = false;
    hasOwnLogicalId = false;
    private isNamed = false;

    constructor(...args: any[]) {
      super(...args);
      dropStackTrace((this as { timeouts?: ComplexObject }).timeouts);
      this.node.addValidation({ validate: () => this.mistakes().map((mistake) => new ConstructError(this.node.scope!, mistake).message) });
    }

    libraryLifecycle(): LibraryLifecycle {
      return {};
    }

    get address(): string {
      return `${this.terraformResourceType}.${this.friendlyUniqueId}`;
    }

    get movedFrom(): string | undefined {
      return (this.hasResourceMove() as TerraformResourceMoveById | undefined)?.from;
    }

    get friendlyUniqueId(): string {
      this.isNamed = true;
      return super.friendlyUniqueId;
    }

    overrideLogicalId(newLogicalId: string): void {
      if (this.isNamed) {
        throw new ConstructError(this.node.scope!, {
          problem: 'overrideLogicalId must be called before an attribute of the resource is read',
          actual: newLogicalId,
          remediation: 'call it right after the constructor',
        });
      }
      super.overrideLogicalId(newLogicalId);
      this.hasOwnLogicalId = true;
    }

    resetOverrideLogicalId(): void {
      super.resetOverrideLogicalId();
      this.hasOwnLogicalId = false;
    }

    importFrom(id: string, provider?: TerraformProvider): void {
      if (!id || createdByResource(this.cdktfStack, id) !== undefined) {
        throw new ConstructError(this.node.scope!, {
          problem: 'the id of importFrom must be known before apply',
          actual: id,
          remediation: 'write the id that npx alicloud-ipv6 import prints',
        });
      }
      RequiredVersion.atLeast(this.cdktfStack, TerraformVersion.IMPORT);
      super.importFrom(id, provider);
      this.isImported = true;
    }

    moveTo(target: string): void {
      this.refuseMoveAway(target);
    }

    moveToId(id: string): void {
      this.refuseMoveAway(id);
    }

    get terraformMetaArguments(): { [name: string]: any } {
      // cdktf would merge undefined arguments as null, which takes time at every synthesis.
      return Object.fromEntries(Object.entries(super.terraformMetaArguments).filter(([, value]) => value !== undefined));
    }

    protected synthesizeAttributes(): { [name: string]: any } {
      const { depends_on, ...lists } = this.libraryLifecycle();
      const lifecycle = Object.entries(lists).filter(([, list]) => list && list.length > 0);
      // cdktf joins these lists with those that the user sets.
      return { ...super.synthesizeAttributes(), lifecycle: lifecycle.length > 0 ? Object.fromEntries(lifecycle) : undefined, depends_on };
    }

    /** Returns the settings that would break the construct. */
    private mistakes(): Mistake[] {
      const mistakes: Mistake[] = [];
      const overrides = overridesOf(this);
      const iterations = { count: overrides.count ?? this.count, for_each: overrides.for_each ?? this.forEach };
      for (const [name, actual] of Object.entries(iterations)) {
        if (actual === undefined) continue;
        mistakes.push({
          problem: `${name} is not supported on the resource of this construct, because other blocks refer to one instance`,
          actual,
          remediation: 'create a construct for each address in a loop of the program, or pass a list that the plan knows to '
            + 'Ipv6Addresses.fromInstanceIds(scope, id, list), and the set to Ipv6InternetBandwidths',
        });
      }
      if (createsBeforeDestroy(this)) {
        mistakes.push({
          problem: 'createBeforeDestroy is not supported, because the API allows one bandwidth and one egress-only rule per address, and one gateway per VPC',
          actual: true,
          apiErrorCode: 'OperationFailed.InternetBandwidthAlreadyExisted',
          remediation: 'remove it',
        });
      }
      if (overrides.lifecycle?.destroy === false) {
        mistakes.push({
          problem: 'lifecycle.destroy is not supported, because bandwidth outside of the state still costs money and stays open',
          actual: false,
          remediation: 'remove it, or move the bandwidth to another stack (docs/moving.md)',
        });
      }
      return mistakes;
    }

    /** Refuses a move away, because other blocks of the construct would refer to a missing resource. */
    private refuseMoveAway(target: string): never {
      throw new ConstructError(this.node.scope!, {
        problem: 'moveTo and moveToId are not supported on the resource of this construct',
        actual: target,
        remediation: 'remove the construct, and call moveFromId at the new resource, or write a moved block',
      });
    }
  }
  return Managed as unknown as T & (new (...args: any[]) => ManagedResource);
}

/** Returns true for a resource with `create_before_destroy`. */
export function createsBeforeDestroy(resource: TerraformResource): boolean {
  return resource.lifecycle?.createBeforeDestroy === true || overridesOf(resource).lifecycle?.create_before_destroy === true;
}

/**
 * Keeps those arguments of an existing resource whose change would replace it, and refuses a plan in which other values are written. The address
 * of a bandwidth is kept too: the provider would change it in place, which the API refuses.
 *
 * @param written      the arguments by name, with the values that are written
 * @param remediation  the fix for a user who needs the written values
 */
export function keepsWhatExists(
  { cdktfStack, node }: ManagedResource, written: { readonly [argument: string]: string | Expression }, remediation = WRITE_WHAT_EXISTS,
): LibraryLifecycle {
  return {
    ignore_changes: Object.keys(written),
    postcondition: Object.entries(written).map(([argument, value]) => {
      const expected = value instanceof Expression ? value : partOfExpression(cdktfStack, value);
      const actual = new Expression(`self.${argument}`);
      return refuseUnless(
        hcl`${actual} == ${expected}`,
        template`${node.scope!.node.path}: ${hcl`self.id`} exists with ${argument} ${orNull(actual)}, not ${orNull(expected)}: ${remediation}`,
      );
    }),
  };
}

/** The fix for an imported resource whose arguments differ from the written ones. */
export const WRITE_WHAT_EXISTS = 'write the existing value, or change it after the import, without importFrom';

import { IConstruct } from 'constructs';
import { ApiErrorCode } from './api-errors';
import { ConstructError } from './construct-error';

/** What can exist once only: one bandwidth and one egress-only rule for an address, one gateway for a VPC. */
export type ClaimKind = 'bandwidth' | 'egress-only rule' | 'gateway' | 'gateway lookup' | 'inferred gateway';

const claimsOfApp = new WeakMap<IConstruct, Claims>();

/**
 * What the constructs of one app claim: a second claim to the same thing is refused where it is made.
 *
 * Kept for each app, outside the construct tree: a tree that synthesizes nothing is not changed by a check.
 */
export class Claims {
  static of(construct: IConstruct): Claims {
    const { root } = construct.node;
    let claims = claimsOfApp.get(root);
    if (!claims) claimsOfApp.set(root, claims = new Claims());
    return claims;
  }

  private readonly holders = new Map<ClaimKind, Map<string, IConstruct | IConstruct[]>>();

  /** Claims what the keys stand for, of which the first names it and the others overlap with it. */
  claim(kind: ClaimKind, keys: ClaimKeys, holder: IConstruct, refusal: { what: string; spares?: ApiErrorCode; wayOut: string }): void {
    for (const key of [keys.own, ...keys.overlapping]) {
      const taken = this.holder(kind, key);
      if (!taken) continue;
      throw new ConstructError(holder, {
        problem: `a second ${kind} for ${refusal.what}: the first is ${taken.node.path}`,
        spares: refusal.spares,
        wayOut: refusal.wayOut,
      });
    }
    for (const key of [keys.own, ...keys.marks]) this.mark(kind, key, holder);
  }

  /** Leaves a name for others to find, which any number may bear. */
  mark(kind: ClaimKind, key: string, holder: IConstruct): void {
    let byKey = this.holders.get(kind);
    if (!byKey) this.holders.set(kind, byKey = new Map());
    // Mostly there is one: a list for each would be most of what the check costs.
    const others = byKey.get(key);
    if (Array.isArray(others)) others.push(holder);
    else byKey.set(key, others ? [others, holder] : holder);
  }

  /** Who holds a claim, if it is still part of the app. */
  holder(kind: ClaimKind, key: string): IConstruct | undefined {
    const holders = this.holders.get(kind)?.get(key);
    if (Array.isArray(holders)) return holders.find(isInTree);
    return holders && isInTree(holders) ? holders : undefined;
  }
}

/** How a thing is named among the claims. */
export interface ClaimKeys {
  /** The thing itself. */
  readonly own: string;
  /** Other names under which somebody may hold the same thing. */
  readonly overlapping: readonly string[];
  /** Names that the claim leaves for others to find it by. */
  readonly marks: readonly string[];
}

const NONE: readonly string[] = [];

export function claimKeys(own: string, overlapping = NONE, marks = NONE): ClaimKeys {
  return { own, overlapping, marks };
}

/** Whether a construct is still part of its app: none above it was removed. */
export function isInTree(construct: IConstruct): boolean {
  for (let child = construct; child.node.scope; child = child.node.scope) {
    if (child.node.scope.node.tryFindChild(child.node.id) !== child) return false;
  }
  return true;
}

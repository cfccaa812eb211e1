import { IConstruct } from 'constructs';
import { ConstructError, Mistake } from './construct-error';
import { addToGroup } from '../terraform/groups';

/** The kind of a registration. */
type Registration =
  /** The Internet bandwidth of an address: an address has one. */
  | 'bandwidth'
  /** The bandwidths of a set of addresses, by the source of the set. */
  | 'bandwidths of a set'
  /** The egress-only rule of an address: an address has one. */
  | 'egress-only rule'
  /** The IPv6 gateway of a VPC: a VPC has one. */
  | 'gateway'
  /** A construct that reads the gateway of a VPC from a lookup of its stack. */
  | 'gateway lookup'
  /** A bandwidth without `ipv6Gateway`, which takes the gateway that the VPC of its address has. */
  | 'inferred gateway'
  /** An exposure report, by the name of its files. */
  | 'exposure report';

/** The keys that a construct is registered by. */
export interface RegistrationKeys {
  /** The key of the resource that the construct is for. */
  readonly own: string;
  /** Keys of resources that may be the same: a construct with one of these keys conflicts too. */
  readonly conflicting?: readonly string[];
  /** Further keys that find the construct. */
  readonly further?: readonly string[];
}

const REGISTRY = Symbol.for('cdktf-alicloud-ipv6.ConstructRegistry');

/**
 * Registry of the constructs of an app. It refuses a second bandwidth of an address, or a second gateway of a VPC, in its constructor. The
 * time does not grow with the app.
 *
 * The root of the construct tree carries the registry under a symbol, as cdktf's own `Aspects` are carried.
 */
export class ConstructRegistry {
  static of(construct: IConstruct): ConstructRegistry {
    const root = construct.node.root as IConstruct & { [REGISTRY]?: ConstructRegistry };
    return root[REGISTRY] ??= new ConstructRegistry();
  }

  private readonly constructs = new Map<string, IConstruct[]>();

  private constructor() {}

  /** Registers the only construct for something, and throws if there is one already. */
  registerOnly(as: Registration, keys: RegistrationKeys, construct: IConstruct, second: (first: IConstruct) => Mistake): void {
    for (const key of [keys.own, ...keys.conflicting ?? []]) {
      const first = this.find(as, key);
      if (first) throw new ConstructError(construct, second(first));
    }
    for (const key of [keys.own, ...keys.further ?? []]) this.register(as, key, construct);
  }

  /** Registers one of any number of constructs. */
  register(as: Registration, key: string, construct: IConstruct): void {
    addToGroup(this.constructs, `${as} ${key}`, construct);
  }

  /** Returns the construct that is registered by a key, if it is still part of the app. */
  find(as: Registration, key: string): IConstruct | undefined {
    return this.constructs.get(`${as} ${key}`)?.find(isInTree);
  }
}

/** Returns true if neither the construct nor a scope of it was removed from the app. */
export function isInTree(construct: IConstruct): boolean {
  for (let child = construct; child.node.scope; child = child.node.scope) {
    if (child.node.scope.node.tryFindChild(child.node.id) !== child) return false;
  }
  return true;
}

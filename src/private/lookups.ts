import { TerraformProvider, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { hash } from './expression';
import { findShared } from './shared';

/** What a lookup is read with. */
export interface LookupReader {
  /** The stack whose Terraform reads it: the one that uses what is found, wherever the address was written. */
  readonly stack: TerraformStack;
  /** The provider block of that stack, unless the default. */
  readonly provider?: TerraformProvider;
}

/** The part of a stack that holds its lookups: each of them once, however many constructs ask. */
export class Lookups extends Construct {
  static find<T extends Construct>(reader: LookupReader, id: string, make: (scope: Construct, id: string) => T): T {
    const container = findShared(reader.stack, 'Ipv6Lookups', (stack, ownId) => new Lookups(stack, ownId));
    const scoped = reader.provider ? `${id}@${reader.provider.node.id}-${hash(reader.provider.node.path)}` : id;
    return (container.node.tryFindChild(scoped) as T | undefined) ?? make(container, scoped);
  }
}

import { TerraformProvider, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';

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
    const container = (reader.stack.node.tryFindChild('Ipv6Lookups') as Lookups | undefined) ?? new Lookups(reader.stack, 'Ipv6Lookups');
    const ownId = reader.provider ? `${id}@${reader.provider.node.path}` : id;
    const scoped = ownId.replace(/\//g, '--');
    return (container.node.tryFindChild(scoped) as T | undefined) ?? make(container, scoped);
  }
}

import { TerraformProvider, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { findOrCreate, findOrCreateInStack, hash } from '../terraform/locals';
import { ConstructError } from '../validation/construct-error';

/** In which stack, and with which provider block, something is looked up. */
export interface LookupContext {
  /** The stack that uses what is found, wherever the construct of the address stands. */
  readonly stack: TerraformStack;
  /** A provider block of that stack; its default one, if undefined. */
  readonly provider?: TerraformProvider;
}

/** Where a construct looks up: in its own stack, with a provider block of that stack. */
export function lookupContextOf(construct: IConstruct, provider: TerraformProvider | undefined): LookupContext {
  const stack = TerraformStack.of(construct);
  if (provider && TerraformStack.of(provider) !== stack) {
    throw new ConstructError(construct, {
      problem: 'the address is looked up with a provider of another stack',
      actual: provider,
      remediation: 'make an AlicloudProvider for the same region in this stack, and pass it as provider',
    });
  }
  return { stack, provider };
}

/** The scope of a stack's lookups: each is made once, however many constructs of the stack ask for it. */
export class Lookups extends Construct {
  static findOrCreate<T extends Construct>({ stack, provider }: LookupContext, id: string, create: (scope: Construct, id: string) => T): T {
    const lookups = findOrCreateInStack(stack, 'Ipv6Lookups', (scope, ownId) => new Lookups(scope, ownId));
    const idWithProvider = provider ? `${id}@${provider.node.id}-${hash(provider.node.path)}` : id;
    return findOrCreate<Construct, T>(lookups, idWithProvider, create);
  }
}

import { TerraformProvider, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { Checks } from '../checks/checks';
import { Condition } from '../checks/condition';
import { isId } from '../checks/id-check';
import { Ipv6AddressLookupOptions } from '../ipv6-address-lookup';
import { Expression } from '../terraform/hcl';
import { findOrCreate, findOrCreateInStack, hash, partOfExpression } from '../terraform/locals';
import { comparisonKey, isExpression } from '../terraform/tokens';
import { ConstructError } from '../validation/construct-error';
import { regionOf } from '../validation/provider-blocks';

/** The stack and the provider block of a lookup. */
export interface LookupContext {
  /** The stack of the construct that uses the address. */
  readonly stack: TerraformStack;
  /** A provider block of that stack; its default one, if undefined. */
  readonly provider?: TerraformProvider;
}

/**
 * Returns the stack of a construct, and its provider block or that of the address. Refuses an address that is made in a stack of another
 * region, and would be looked up in this one.
 */
export function lookupContextOf(
  construct: IConstruct, provider: TerraformProvider | undefined, address: IConstruct, ofAddress: TerraformProvider | undefined,
): LookupContext {
  const stack = TerraformStack.of(construct);
  const isOfStack = ofAddress !== undefined && TerraformStack.of(ofAddress) === stack;
  if (ofAddress && !isOfStack && !provider) {
    throw new ConstructError(construct, {
      problem: 'the provider of the address must be in this stack',
      actual: ofAddress,
      remediation: 'create an AlicloudProvider for the same region in this stack, and pass it as provider',
    });
  }
  if (provider && isOfStack && provider !== ofAddress) {
    throw new ConstructError(construct, {
      problem: `provider must be the provider of the address, ${ofAddress.node.path}`,
      actual: provider,
      remediation: 'pass the same provider to both',
    });
  }
  const home = TerraformStack.of(address);
  const context = { stack, provider: provider ?? ofAddress };
  if (home === stack) return context;
  construct.node.addValidation({
    validate: () => {
      // (Provider blocks may be made after the construct.)
      const [there, here] = [defaultRegion({ stack: home, provider: ofAddress }), defaultRegion(context)];
      return there === undefined || here === undefined || there === here ? []
        : [`${construct.node.path}: the address ${address.node.path} is in a stack of ${there}, and this stack would look it up in ${here}: create the address in this stack, or pass a provider for ${there}`];
    },
  });
  return context;
}

function defaultRegion({ stack, provider }: LookupContext): string | undefined {
  const block = provider ?? stack.node.findAll().find((construct): construct is TerraformProvider =>
    TerraformProvider.isTerraformProvider(construct) && construct.terraformResourceType === 'alicloud' && construct.alias === undefined && TerraformStack.of(construct) === stack);
  return block && regionOf(block);
}

/**
 * Checks at plan that the place of a lookup is valid, and not null.
 *
 * @returns the conditions that the user waits for, because the plan may not know the place
 */
export function checkPlace({ stack }: LookupContext, user: IConstruct, { vpcId, vswitchId }: Ipv6AddressLookupOptions): Condition[] {
  return ([['vpcId', 'VPC', vpcId], ['vswitchId', 'vSwitch', vswitchId]] as const).flatMap(([property, kind, value]) => {
    if (value === undefined) return [];
    const id = partOfExpression(stack, value);
    if (!(id instanceof Expression)) return [];
    return Checks.add(user, [value], `${property} ${id.code}`, (paths) => [isId(paths, property, kind, id)]);
  });
}

/** Returns a literal id, or a short name for an expression, as a part of the name of a lookup. */
export function nameOf({ stack }: LookupContext, kind: string, id: string): string {
  return isExpression(id) ? `${kind}-${hash(comparisonKey(stack, id))}` : id;
}

/**
 * Returns a lookup of a stack, which is made once, however many constructs of the stack ask for it.
 *
 * @param create  given the name of the lookup's blocks in Terraform
 */
export function findOrCreateLookup<T extends Construct>(
  { stack, provider }: LookupContext, id: string, create: (scope: Construct, id: string, name: string) => T,
): T {
  const lookups = findOrCreateInStack(stack, 'Ipv6Lookups', (scope, ownId) => new Construct(scope, ownId));
  // A block without an alias is the stack's default one.
  const alias = provider?.alias;
  const idWithProvider = alias === undefined ? id : `${id}_${/^[\w-]+$/.test(alias) ? alias : hash(provider!.node.path)}`;
  return findOrCreate(lookups, idWithProvider, (scope, ownId) => create(scope, ownId, `ipv6_${ownId}`));
}

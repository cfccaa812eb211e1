import { TerraformResource } from 'cdktf';
import { ConstructError } from '../validation/construct-error';

/** Refuses `count` and `forEach` on a resource of this library, set as a property or as an override. */
export function refuseIteration(resource: TerraformResource, overrides: { readonly [name: string]: unknown }, remediation: string): void {
  const name = ['count', 'for_each'].find((override) => overrides[override] !== undefined)
    ?? (resource.count !== undefined ? 'count' : resource.forEach !== undefined ? 'for_each' : undefined);
  if (name === undefined) return;
  throw new ConstructError(resource.node.scope!, {
    problem: `the resource of this construct cannot have ${name}: other blocks of the construct refer to it as one`,
    remediation,
  });
}

/** What takes the place of an iteration over bandwidths. */
export const ITERATE_BY_SET = 'for addresses that only the plan knows, or a condition, make a set: Ipv6Addresses.fromInstanceIds(scope, id, list), and an Ipv6InternetBandwidths of it';

/** What takes the place of an iteration over anything else. */
export const ITERATE_BY_PROGRAM = 'make a construct for each, by a loop of the program';

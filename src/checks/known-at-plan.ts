import { Expression, remarked } from '../terraform/hcl';

/**
 * An expression that Terraform refuses to evaluate where the plan does not know its values, or where they are sensitive: a `for_each`.
 * No condition can find that out before, and Terraform's own message shows the expression: so the expression says what to do.
 */
export function mustBeKnown(paths: Iterable<string>, expression: Expression): Expression {
  return remarked(expression, `${[...paths].join(', ')}: the addresses of a set must be known before apply: `
    + 'use one Ipv6InternetBandwidth for each address that the same apply creates, or deploy those in another stack first; wrap a sensitive list in Fn.nonsensitive');
}

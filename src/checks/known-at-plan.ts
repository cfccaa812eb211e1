import { Expression, remarked } from '../terraform/hcl';

/**
 * Returns an expression with a fix in a comment, for a `for_each`. Terraform refuses values there that are unknown or sensitive.
 * No condition runs before, and Terraform's own message shows the expression.
 */
export function mustBeKnown(paths: Iterable<string>, expression: Expression): Expression {
  return remarked(expression, `${[...paths].join(', ')}: the addresses of a set must be known before apply: `
    + 'use one Ipv6InternetBandwidth for each address that the same apply creates, or deploy those in another stack first; wrap a sensitive list in Fn.nonsensitive');
}

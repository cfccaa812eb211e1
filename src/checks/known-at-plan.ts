import { Expression, remarked } from '../terraform/hcl';

/**
 * An expression that Terraform refuses to evaluate where the plan does not know its values, or where they are sensitive: a `for_each`.
 * No condition can find that out before, and Terraform's own message shows the expression: so the expression says what to do.
 */
export function mustBeKnown(paths: Iterable<string>, expression: Expression): Expression {
  return remarked(expression, `${[...paths].join(', ')}: the plan must know the addresses of a set when it begins: `
    + 'give what the same apply creates an Ipv6InternetBandwidth of its own, or deploy it first, in a stack of its own; of a sensitive list, pass Fn.nonsensitive');
}

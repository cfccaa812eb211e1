/**
 * Returns true if a version constraint allows a version or any later one. It returns true for a text that Terraform cannot read, because
 * Terraform reports it.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/version-constraints
 */
export function allowsVersionOrLater(constraint: string, version: string): boolean {
  const least = version.split('.').map(Number);
  return constraint.split(',').every((part) => {
    const [, operator = '=', text] = /^\s*(=|<=|<|~>)?\s*v?([\d.]+)\s*$/.exec(part) ?? [];
    if (text === undefined) return true;
    const latest = text.split('.').map(Number);
    // `~>` lets the last written part grow.
    if (operator === '~>') latest[latest.length - 1] = Infinity;
    const different = least.findIndex((number, i) => number !== (latest[i] ?? 0));
    return different < 0 ? operator !== '<' : (latest[different] ?? 0) > least[different];
  });
}

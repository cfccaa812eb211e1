type Version = readonly [number, number, number];

/**
 * Whether a version constraint, as Terraform reads it, allows a version or any later one. What Terraform itself could not read
 * counts as allowed: Terraform says so.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/version-constraints
 */
export function allowsVersionOrLater(constraint: string, version: string): boolean {
  const least = parse(version);
  return constraint.split(',').every((part) => {
    const match = /^\s*(=|!=|>=|<=|>|<|~>)?\s*v?([\d.]+)\s*$/.exec(part);
    if (!match) return true;
    const [, operator = '=', text] = match;
    switch (operator) {
      case '=':
      case '<=':
        return compare(parse(text), least) >= 0;
      case '<':
        return compare(parse(text), least) > 0;
      case '~>':
        return compare(endOfPessimistic(text), least) > 0;
      default:
        return true;
    }
  });
}

/** The first version that `~>` no longer allows: the last part that is written may grow, the others may not. */
function endOfPessimistic(text: string): Version {
  const [major, minor] = parse(text);
  switch (text.split('.').length) {
    case 1: return [Infinity, 0, 0];
    case 2: return [major + 1, 0, 0];
    default: return [major, minor + 1, 0];
  }
}

function parse(text: string): Version {
  const [major = 0, minor = 0, patch = 0] = text.split('.').map(Number);
  return [major, minor, patch];
}

function compare(one: Version, other: Version): number {
  const at = one.findIndex((part, i) => part !== other[i]);
  return at < 0 ? 0 : one[at] - other[at];
}

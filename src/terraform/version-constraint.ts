type Version = readonly [number, number, number];

/**
 * Returns true if a version constraint allows a version or any later one. It returns true for a text that Terraform cannot read, because
 * Terraform reports it.
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

/** Returns the first version that `~>` does not allow: only the last written part may grow. */
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

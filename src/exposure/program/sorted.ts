/** Returns items in the order of their keys, which is the same on every machine. */
export function sorted<T>(items: readonly T[], by: (item: T) => string): T[] {
  const compare = (one: string, other: string) => one < other ? -1 : Number(one > other);
  return items.map((item) => ({ item, key: by(item) })).sort((one, other) => compare(one.key, other.key)).map(({ item }) => item);
}

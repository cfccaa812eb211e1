/** Returns a literal address in canonical notation. Returns any other text unchanged. */
export function canonical(address: string): string {
  return URL.canParse(`http://[${address}]`) ? new URL(`http://[${address}]`).hostname : address;
}

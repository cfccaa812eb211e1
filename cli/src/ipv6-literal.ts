/** A literal address in one form: it can be written in several ways. Other text stays as it is. */
export function canonical(address: string): string {
  return URL.canParse(`http://[${address}]`) ? new URL(`http://[${address}]`).hostname : address;
}

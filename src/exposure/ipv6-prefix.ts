import { isIPv6 } from 'node:net';

/** A block of IPv6 addresses. */
export interface Ipv6Prefix {
  readonly bits: bigint;
  readonly length: number;
}

const WIDTH = 128;

/** Reads `2001:db8::/32`, or an address as a block of one; undefined for any other text. */
export function ipv6Prefix(text: string): Ipv6Prefix | undefined {
  const [, address, suffix = String(WIDTH)] = /^([\da-fA-F:.]+)(?:\/(\d{1,3}))?$/.exec(text.trim()) ?? [];
  const length = Number(suffix);
  if (address === undefined || !isIPv6(address) || length > WIDTH) return undefined;
  const first = bitsOf(address);
  return { bits: first - first % sizeOf(length), length };
}

/** Returns true if a block contains another one. */
export function contains(outer: Ipv6Prefix, inner: Ipv6Prefix): boolean {
  return outer.length <= inner.length && inner.bits - inner.bits % sizeOf(outer.length) === outer.bits;
}

/** Returns the largest blocks that remain of one without other blocks. */
export function without(prefix: Ipv6Prefix, others: readonly Ipv6Prefix[]): Ipv6Prefix[] {
  if (others.some((other) => contains(other, prefix))) return [];
  const within = others.filter((other) => contains(prefix, other));
  if (within.length === 0) return [prefix];
  const length = prefix.length + 1;
  return [prefix.bits, prefix.bits + sizeOf(length)].flatMap((bits) => without({ bits, length }, within));
}

/** Returns the number of addresses in a block. */
function sizeOf(length: number): bigint {
  return 2n ** BigInt(WIDTH - length);
}

function bitsOf(address: string): bigint {
  // An IPv4 address may be its end.
  const text = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a, b, c, d] = parts.slice(0, 4).map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [head, tail] = text.split('::').map((part) => part === '' ? [] : part.split(':'));
  const groups = tail === undefined ? head : [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
  return groups.reduce((bits, group) => bits * 65_536n + BigInt(`0x${group}`), 0n);
}

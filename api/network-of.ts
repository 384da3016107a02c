import { isIPv6 } from 'node:net';

/** Whom an address stands for when attempts are counted: one customer has a whole /64 of IPv6, not a guess with each of it. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address; // IPv4, also as `::ffff:192.0.2.1`
  const [before = '', after] = address.split('::');
  const head = groupsOf(before);
  const tail = groupsOf(after ?? '');
  const between = after === undefined ? [] : Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return [...head, ...between, ...tail].slice(0, 4).join(':');
}

function groupsOf(part: string): string[] {
  return part === '' ? [] : part.split(':');
}

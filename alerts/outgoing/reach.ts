import { BlockList, isIP } from 'node:net';

/**
 * Which addresses our requests may go to. Contacts' addresses are typed by people we do not know, so nothing of them may
 * reach into our own network: loopback, private, link-local, shared (100.64/10 holds a cloud's metadata service),
 * documentation, benchmark, multicast and reserved ranges, after the IANA special-purpose registries (RFC 6890).
 */
const specialV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Within the one block that is public; tunnels (Teredo, 6to4) carry an IPv4 address we would not see. */
const specialV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];
const publicV6 = '2000::/3';

const special = listOf([...specialV4, ...specialV6]);
const unicast = listOf([publicV6]);

/** What the operator allows besides: addresses and blocks, and names that may resolve to anything. */
export type AllowList = { readonly blocks: BlockList; readonly hosts: ReadonlySet<string> };

export const nothingPrivate: AllowList = { blocks: new BlockList(), hosts: new Set() };

/**
 * Reads `10.1.0.0/16, 127.0.0.1, fd00::/8, hooks.internal`.
 *
 * @returns the list, or what is wrong with the first entry that is none of these
 */
export function parseAllowList(text: string): AllowList | { readonly wrong: string } {
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== '');
  const blocks = entries.filter((entry) => isBlock(entry));
  const hosts = entries.filter((entry) => !isBlock(entry)).map((entry) => entry.toLowerCase());
  const wrong = hosts.find((host) => !/^(?=.*[a-z])[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(host));
  if (wrong !== undefined) return { wrong: `must list addresses, blocks (10.0.0.0/8) and host names, got ${wrong}` };
  return { blocks: listOf(blocks), hosts: new Set(hosts) };
}

/** Reads `127.0.0.1, 10.1.0.0/16`; says what is wrong with the first entry that is neither address nor block. */
export function parseBlocks(text: string): BlockList | { readonly wrong: string } {
  const list = parseAllowList(text);
  if ('wrong' in list) return list;
  const [host] = list.hosts;
  return host === undefined ? list.blocks : { wrong: `must list addresses and blocks (10.0.0.0/8), got ${host}` };
}

/** May a request go to this IP address? `host` is the name it was asked for. */
export function mayReach(address: string, host: string, { blocks, hosts }: AllowList): boolean {
  if (hosts.has(host.toLowerCase()) || isWithin(address, blocks)) return true;
  if (isIP(address) === 4) return !isWithin(address, special);
  // IPv4 in IPv6 clothes (::ffff:127.0.0.1, 64:ff9b::/96) is outside the public block and refused with the rest.
  return isWithin(address, unicast) && !isWithin(address, special);
}

/** An IPv4 address in IPv6 clothes counts as what it is. */
export function isWithin(address: string, list: BlockList): boolean {
  const version = isIP(address);
  return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6');
}

function isBlock(entry: string): boolean {
  const [address = '', bits, ...rest] = entry.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

function listOf(blocks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const block of blocks) {
    const [address = '', bits] = block.split('/');
    const version = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    if (bits === undefined) list.addAddress(address, version);
    else list.addSubnet(address, Number(bits), version);
  }
  return list;
}

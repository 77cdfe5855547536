/** An IP address or block as numbers; IPv4-mapped IPv6 (`::ffff:192.0.2.1`) is IPv4. */
export interface Block {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

const BITS = { 4: 32, 6: 128 } as const;

const parseIpv4 = (text: string): bigint | null => {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  let value = 0n;
  for (const part of parts) {
    // A leading zero is octal to some and decimal to others: AWS refuses it.
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return null;
    value = value * 256n + BigInt(part);
  }
  return value;
};

const groupsOf = (text: string): readonly bigint[] | null => {
  if (text === '') return [];
  const groups: bigint[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (part.includes('.')) {
      const tail = index === parts.length - 1 ? parseIpv4(part) : null;
      if (tail === null) return null;
      groups.push(tail >> 16n, tail & 0xffffn);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(BigInt(`0x${part}`));
    else return null;
  }
  return groups;
};

const parseIpv6 = (text: string): bigint | null => {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = [groupsOf(halves[0] ?? ''), groupsOf(halves[1] ?? '')];
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => 0n), ...tail];
  return groups.reduce((value, group) => (value << 16n) | group, 0n);
};

const MAPPED = 0xffffn << 32n;

const readBlock = (text: string): Block | null => {
  const [address = '', length, ...rest] = text.split('/');
  if (rest.length > 0 || (length !== undefined && !/^(0|[1-9]\d{0,2})$/.test(length))) return null;
  const family = address.includes(':') ? 6 : 4;
  const value = family === 4 ? parseIpv4(address) : parseIpv6(address);
  if (value === null) return null;
  const bits = BITS[family];
  const prefix = length === undefined ? bits : Number(length);
  if (prefix > bits) return null;
  const size = 1n << BigInt(bits - prefix);
  const first = (value / size) * size;
  if (family === 6 && prefix >= 96 && first >> 32n === MAPPED >> 32n) {
    return { family: 4, first: first - MAPPED, last: first - MAPPED + size - 1n };
  }
  return { family, first, last: first + size - 1n };
};

const MEMORY = 4096;
const remembered = new Map<string, Block | null>();

/** `null` when it is no address or block. Host bits beyond the prefix do not count. One policy asks for the same blocks again and again. */
export const parseBlock = (text: string): Block | null => {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  if (remembered.size >= MEMORY) remembered.clear();
  const block = readBlock(text);
  remembered.set(text, block);
  return block;
};

export const contains = (outer: Block, inner: Block): boolean =>
  outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;

const formatIpv4 = (value: bigint): string =>
  [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');

/** Plain text of an address, without the `::` abbreviation. */
export const formatAddress = (family: 4 | 6, value: bigint): string =>
  family === 4
    ? formatIpv4(value)
    : Array.from({ length: 8 }, (_, index) =>
        ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
      ).join(':');

/**
 * Addresses that nobody has on the way to a public endpoint (POL-28). Documentation ranges are left out: they stand for public
 * addresses in examples and samples.
 */
export const NEVER_PUBLIC: readonly Block[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
  '::/127',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
].flatMap((text) => readBlock(text) ?? []);

/** No two of those ranges make up a block together: what is in none of them is public in part. */
export const isNeverPublic = (inner: Block): boolean => NEVER_PUBLIC.some((outer) => contains(outer, inner));

/** The first address of a block, and the first behind it, unless the address space ends there. */
export const startsOf = ({ family, first, last }: Block): readonly Block[] =>
  [first, last + 1n]
    .filter((value) => value < 1n << BigInt(BITS[family]))
    .map((value) => ({ family, first: value, last: value }));

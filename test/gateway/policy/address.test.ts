import * as fc from 'fast-check';
import {
  contains,
  formatAddress,
  isNeverPublic,
  NEVER_PUBLIC,
  parseBlock,
  startsOf,
  type Block,
} from '../../../lambda/gateway/policy/address';

const block = (text: string): Block => {
  const parsed = parseBlock(text);
  if (parsed === null) throw new Error(text);
  return parsed;
};

const v4 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const dotted = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');

test('IPv4 blocks are arithmetic', () => {
  fc.assert(
    fc.property(v4, fc.integer({ min: 0, max: 32 }), v4, (network, prefix, address) => {
      const size = 2 ** (32 - prefix);
      const wanted = Math.floor(network / size) === Math.floor(address / size);
      expect(contains(block(`${dotted(network)}/${prefix}`), block(dotted(address)))).toBe(wanted);
      expect(contains(block(`${dotted(network)}/${prefix}`), block(`::ffff:${dotted(address)}`))).toBe(
        wanted,
      );
    }),
  );
});

test('IPv6 blocks are arithmetic', () => {
  const v6 = fc.bigInt({ min: 1n << 100n, max: (1n << 128n) - 1n });
  fc.assert(
    fc.property(v6, fc.integer({ min: 0, max: 128 }), v6, (network, prefix, address) => {
      const size = 1n << BigInt(128 - prefix);
      expect(
        contains(block(`${formatAddress(6, network)}/${prefix}`), block(formatAddress(6, address))),
      ).toBe(network / size === address / size);
    }),
  );
});

test.each([
  ['::1', '0:0:0:0:0:0:0:1'],
  ['2001:db8::', '2001:db8:0:0:0:0:0:0'],
  ['1::8', '1:0:0:0:0:0:0:8'],
  ['::ffff:10.1.2.3', '10.1.2.3'],
  ['64:ff9b::10.1.2.3', '64:ff9b:0:0:0:0:a01:203'],
])('%s is %s', (short, long) => {
  const { family, first } = block(short);
  expect(formatAddress(family, first)).toBe(long);
});

test.each([
  '',
  '10.0.0',
  '10.0.0.256',
  '10.0.0.1/33',
  '10.0.0.1/',
  '010.0.0.1',
  '10.0.0.1/08',
  '1:2:3',
  '1::2::3',
  ':::',
  'g::',
  '::/129',
  '10.0.0.1/8/8',
  ' 10.0.0.1',
  '12345::',
])('"%s" is no block', (text) => {
  expect(parseBlock(text)).toBeNull();
});

test.each([
  ['0.0.0.0', true],
  ['1.0.0.0', false],
  ['10.0.0.0/8', true],
  ['10.0.0.0/7', false],
  ['100.64.0.0/10', true],
  ['100.0.0.0/8', false],
  ['127.0.0.1', true],
  ['169.254.1.1', true],
  ['172.16.0.0/12', true],
  ['172.32.0.0/12', false],
  ['192.168.0.0/16', true],
  ['198.51.100.0/24', false],
  ['224.0.0.0/3', true],
  ['::1', true],
  ['::2', false],
  ['fd00::/8', true],
  ['fe80::1', true],
  ['ff02::1', true],
  ['2001:db8::/32', false],
])('nobody has any of %s on the internet: %s', (text, never) => {
  expect(isNeverPublic(block(text))).toBe(never);
});

test('a public address begins some range within a block of which not all is in the ranges that nobody has', () => {
  fc.assert(
    fc.property(v4, fc.integer({ min: 0, max: 32 }), (network, prefix) => {
      const given = block(`${dotted(network)}/${prefix}`);
      const starts = [given, ...NEVER_PUBLIC]
        .flatMap(startsOf)
        .filter((start) => !isNeverPublic(start) && contains(given, start));
      expect(starts.length > 0).toBe(!isNeverPublic(given));
    }),
  );
});

test.each([
  ['10.0.0.0/8', ['10.0.0.0', '11.0.0.0']],
  ['0.0.0.0/0', ['0.0.0.0']],
  ['255.255.255.255', ['255.255.255.255']],
  ['255.255.255.254', ['255.255.255.254', '255.255.255.255']],
  ['ffff::/16', ['ffff:0:0:0:0:0:0:0']],
  ['1::/16', ['1:0:0:0:0:0:0:0', '2:0:0:0:0:0:0:0']],
])('%s, and what is behind it, begin at %j', (text, wanted) => {
  expect(startsOf(block(text)).map(({ family, first }) => formatAddress(family, first))).toEqual(wanted);
});

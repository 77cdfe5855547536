import * as fc from 'fast-check';
import {
  contains,
  edgesOf,
  formatAddress,
  isNeverPublic,
  mayBePublic,
  NEVER_PUBLIC,
  parseBlock,
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
  ['10.0.0.0/8', true, false],
  ['10.0.0.0/7', false, true],
  ['172.16.0.0/12', true, false],
  ['172.32.0.0/12', false, true],
  ['100.64.0.0/10', true, false],
  ['0.0.0.0', true, false],
  ['224.0.0.0/3', false, false],
  ['198.51.100.0/24', false, true],
  ['fd00::/8', true, false],
  ['2001:db8::/32', false, true],
])('%s: nobody has it %s, somebody may %s', (text, never, may) => {
  expect([isNeverPublic(block(text)), mayBePublic(block(text))]).toEqual([never, may]);
});

test('some public address lies at an edge of a block or of the ranges that nobody has', () => {
  fc.assert(
    fc.property(v4, fc.integer({ min: 0, max: 32 }), (network, prefix) => {
      const given = block(`${dotted(network)}/${prefix}`);
      const edges = [given, ...NEVER_PUBLIC]
        .flatMap(edgesOf)
        .filter((edge) => !isNeverPublic(edge) && contains(given, edge));
      expect(edges.length > 0).toBe(mayBePublic(given));
    }),
  );
});

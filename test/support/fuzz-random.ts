/** A small generator of numbers, the same for a seed on every machine (mulberry32). */
export class Random {
  constructor(private state: number) {}

  /** 0 ≤ x < 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.below(items.length)] ?? items[0];
  }
}

const ODD: readonly [string, ...string[]] = [
  '',
  '"',
  '\\',
  '\\"',
  '\u0000',
  '\n',
  '\u202e',
  '\ud800',
  '%2e',
  '%',
  '{',
  '}',
  '[',
  ']',
  '*',
  '?',
  '$',
  '${',
  '${aws:x}',
  '(',
  ')',
  '(a+)+',
  '(?=',
  '^',
  '|',
  '{1000}',
  '{0,99999}',
  "'",
  '$(',
  '`',
  ';',
  ':',
  '/',
  '//',
  '..',
  '@',
  '#',
  '=',
  ',',
  'null',
  'true',
  '-1',
  '1e999',
  '__proto__',
  'constructor',
  '"__proto__":{"polluted":1},',
  'arn:aws:',
  'eyJ',
];

/** A text near one of the seeds: pieces cut out, doubled, moved and put in. */
export const mutate = (random: Random, seeds: readonly [string, ...string[]]): string => {
  let text = random.pick(seeds);
  for (let edits = random.below(5); edits > 0; edits -= 1) {
    const from = random.below(text.length + 1);
    const to = Math.min(text.length, from + random.below(12));
    const piece = text.slice(from, to);
    const inserted = random.pick<string>([
      '',
      random.pick(ODD),
      piece + piece,
      String.fromCharCode(random.below(random.below(8) === 0 ? 0xffff : 0x7f)),
      random.pick(seeds).slice(0, random.below(40)),
      piece.repeat(random.below(20)),
    ]);
    text = text.slice(0, from) + inserted + text.slice(to);
  }
  return text.slice(0, 20_000);
};

const NAMES: readonly [string, ...string[]] = ['__proto__', 'constructor', 'toString', 'x', '0', ''];

/** JSON near a given value: members dropped, swapped for others of another kind, or named oddly. */
export const mutateJson = (random: Random, value: unknown, depth = 0): unknown => {
  if (random.below(40) === 0) {
    return random.pick<unknown>([
      null,
      0,
      -1,
      1e308,
      '',
      'x',
      true,
      [],
      {},
      [null],
      { x: {} },
      'a'.repeat(300),
    ]);
  }
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => mutateJson(random, item, depth + 1));
    return random.below(20) === 0 ? [...items, ...items] : items;
  }
  if (typeof value === 'string') return random.below(10) === 0 ? mutate(random, [value]) : value;
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) {
    if (random.below(40) === 0) continue;
    const called = random.below(60) === 0 ? random.pick(NAMES) : name;
    Object.defineProperty(copy, called, {
      value: mutateJson(random, item, depth + 1),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return copy;
};

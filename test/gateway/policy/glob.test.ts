import * as fc from 'fast-check';
import { compileGlob, instantiate, intersect, matches, matchGlob } from '../../../lambda/gateway/policy/glob';
import { cpuTimeOf } from '../../support/cpu-time';

/** By the book: tries everything. */
const naive = (pattern: string, text: string): boolean => {
  if (pattern === '') return text === '';
  if (pattern[0] === '*') {
    return naive(pattern.slice(1), text) || (text !== '' && naive(pattern, text.slice(1)));
  }
  return (
    text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && naive(pattern.slice(1), text.slice(1))
  );
};

const small = (letters: string, maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...letters.split('')), { maxLength }).map((list) => list.join(''));

test('matches what trying everything matches', () => {
  fc.assert(
    fc.property(small('ab/*?', 7), small('ab/', 8), (pattern, text) => {
      expect(matches(pattern, text)).toBe(naive(pattern, text));
    }),
    { numRuns: 3000 },
  );
});

test('an instance of a pattern matches it', () => {
  fc.assert(
    fc.property(small('ab/*?', 8), small('ab', 3), (pattern, filling) => {
      expect(matches(pattern, instantiate(compileGlob(pattern), filling))).toBe(true);
    }),
  );
});

test('many wildcards cost no more than length times length', () => {
  const spent = cpuTimeOf(() => {
    expect(matches(`${'*a'.repeat(2000)}b`, 'a'.repeat(4000))).toBe(false);
  });
  expect(spent).toBeLessThan(2000);
});

test.each([
  ['${aws:username}', 'Ana', true],
  ['${aws:username}', 'Bob', false],
  ['${aws:other}', 'Bob', 'unknown'],
  ['x-${aws:other}', 'Bob', false],
  ['${*}', '*', true],
  ['${*}', 'a', false],
  ['${?}', '?', true],
  ['${?}', 'a', false],
  ['a${$}b*', 'a$bc', true],
] as const)('%s against %s', (pattern, text, wanted) => {
  const glob = compileGlob(pattern, true, (name) => (name === 'aws:username' ? 'Ana' : null));
  expect(matchGlob(glob, text)).toBe(wanted);
});

describe('a pattern and a path template', () => {
  test.each([
    ['api/prod/GET/pets/7', '/pets/{id}', 'api/prod/GET/pets/7'],
    ['api/prod/GET/pets/7/toys', '/pets/{id}', null],
    ['api/prod/GET/*', '/{proxy+}', 'api/prod/GET/x'],
    ['api/*/z', '/a/{b}/{c}', 'api/prod/GET/a/x/z'],
    ['api/prod/GET/pets/', '/pets/{id}', null],
    ['api/prod/GET/a/b/c', '/{proxy+}', 'api/prod/GET/a/b/c'],
    ['api/prod/POST/*', '/{proxy+}', null],
    ['api/prod/GET/pets/{id}', '/pets/{id}', null],
    ['api/prod/GET/pets/*/{id}', '/{proxy+}', null],
    ['api/prod/GET/pets}', '/{proxy+}', null],
  ])('%s meets %s', (pattern, template, wanted) => {
    expect(intersect(compileGlob(pattern), 'api/prod/GET', template)).toBe(wanted);
  });

  test('have a text in common exactly where one of all short texts is', () => {
    const words = ['a', 'b', 'aa', 'ab', 'ba', 'bb'];
    fc.assert(
      fc.property(small('ab/*?', 6), (pattern) => {
        const found = intersect(compileGlob(pattern), '', '/{x}/a');
        const exists = words.some((word) => matches(pattern, `/${word}/a`));
        if (found === null) return !exists;
        return matches(pattern, found) && /^\/[^/]+\/a$/.test(found);
      }),
      { numRuns: 2000 },
    );
  });
});

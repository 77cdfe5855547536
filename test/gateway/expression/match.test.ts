import * as fc from 'fast-check';
import { matchExpression } from '../../../lambda/gateway/expression/match';

test.each([
  ['^Bearer [-0-9a-zA-Z._]+$', 'Bearer eyJ.abc-_9', 'matches'],
  ['^Bearer [-0-9a-zA-Z._]+$', 'Bearer eyJ+', 'differs'],
  ['a|b', 'b', 'matches'],
  ['(?:ab|cd)+', 'abcd', 'matches'],
  ['(ab|cd|ef)', 'ef', 'matches'],
  ['(?<word>ab)c', 'abc', 'matches'],
  ['(?i)bearer x', 'BeArEr X', 'matches'],
  ['(?i)[a-c]+', 'aBC', 'matches'],
  ['(?i)[^a-c]+', 'B', 'differs'],
  ['bearer', 'Bearer', 'differs'],
  ['(?i)bearer', 'BEARxR', 'differs'],
  ['(?i)[a-c]', 'D', 'differs'],
  ['(?i)[A-C]', 'b', 'matches'],
  ['[a-c]', 'B', 'differs'],
  ['[a-c]', 'c', 'matches'],
  ['[a-c]', 'd', 'differs'],
  ['[a-a]', 'a', 'matches'],
  ['[a&]+', 'a&', 'matches'],
  ['(a?<b>)', 'a<b>', 'matches'],
  ['(?<of2words>a b)', 'a b', 'matches'],
  ['(a)(b)(c)', 'abc', 'matches'],
  ['a{2}', 'aa', 'matches'],
  ['a{2}b', 'ab', 'differs'],
  ['a{2,}', 'aaaaa', 'matches'],
  ['a{1,2}b', 'aaab', 'cannot-tell'],
  ['^a{0,2}$', 'aaa', 'differs'],
  ['a{1,10}', 'aaaaaaaaaa', 'matches'],
  ['a{9,10}b', 'aaaaaaaab', 'differs'],
  ['a?', '', 'matches'],
  ['a*?b', 'aab', 'matches'],
  ['\\d\\D\\w\\W\\s\\S', '1aa- x', 'matches'],
  ['\\d\\D\\w\\W\\s\\S', 'aaa- x', 'differs'],
  ['[\\d\\-.]+', '1-2.3', 'matches'],
  ['[a-]+', 'a-', 'matches'],
  ['[\\t-\\r]', '\n', 'matches'],
  ['[\\t-\\r]', 'A', 'differs'],
  ['\\d+', '0123456789', 'matches'],
  ['\\t\\n\\r\\f', '\t\n\r\f', 'matches'],
  ['\\.\\*\\_', '.*_', 'matches'],
  ['.', '\n', 'differs'],
  ['.', '\r', 'differs'],
  ['a\\b-', 'a-', 'matches'],
  ['a\\bb', 'ab', 'differs'],
  ['a\\Bb', 'ab', 'matches'],
  ['\\Ba', 'a', 'differs'],
  ['\\ba\\b', 'a', 'matches'],
  ['a', 'xay', 'cannot-tell'],
  ['^a', 'ab', 'cannot-tell'],
  ['a$', 'ba', 'cannot-tell'],
  ['^a$', 'ba', 'differs'],
  ['', '', 'matches'],
] as const)('%j and %j: %s', (expression, value, wanted) => {
  expect(matchExpression(expression, value)).toBe(wanted);
});

test.each([
  ['look-ahead', '(?=a)a'],
  ['look-behind', '(?<=a)a'],
  ['an atomic group', '(?>a)'],
  ['flags inside', 'a(?i)b'],
  ['a back reference', '(a)\\1'],
  ['a possessive quantifier', 'a++'],
  ['a quantifier after a quantifier', 'a**'],
  ['a quantifier of nothing', '*a'],
  ['a plus of nothing', '+a'],
  ['a question mark of nothing', '?a'],
  ['a lazy quantifier after a quantifier', 'a*??'],
  ['a brace that counts nothing', 'a{x}'],
  ['a brace that counts nothing before one that does', 'a{x{2}'],
  ['a brace in front', '{2}'],
  ['bounds the wrong way round', 'a{3,2}'],
  ['a union of classes', '[a[b]]'],
  ['an intersection of classes', '[a&&b]'],
  ['an empty class', '[]'],
  ['a class that begins with its end', '[]a]'],
  ['a class that stays open', '[a'],
  ['a range the wrong way round', '[z-a]'],
  ['a range up to a class', '[+-[]'],
  ['a group that stays open', '(a'],
  ['a group that was never opened', 'a)'],
  ['a backslash at the end', 'a\\'],
  ['a letter that means something else in Java', '\\p'],
  ['a digit in a class', '[\\1]'],
  ['fifty groups in one another', `${'('.repeat(50)}a${')'.repeat(50)}`],
  ['2,001 characters', `[${'a'.repeat(1999)}]`],
  ['a thousand and one steps', 'a{1000}b'],
])('of %s it is said that it cannot be told', (_, expression) => {
  expect(matchExpression(expression, 'a')).toBe('cannot-tell');
});

test('forty-nine groups in one another, more beside one another, two thousand characters and a thousand steps are worked out', () => {
  expect(matchExpression(`${'('.repeat(49)}a${')'.repeat(49)}`, 'a')).toBe('matches');
  expect(matchExpression('(a)'.repeat(51), 'a'.repeat(51))).toBe('matches');
  expect(matchExpression('b{1000}', 'a'.repeat(300))).toBe('differs');
  expect(matchExpression(`[${'a'.repeat(1998)}]`, 'a')).toBe('matches');
});

test('a value that is too long, alone or for its expression, is left open', () => {
  expect(matchExpression('b+', 'a'.repeat(10_240))).toBe('differs');
  expect(matchExpression('b+', 'a'.repeat(10_241))).toBe('cannot-tell');
  expect(matchExpression('b{30}', 'a'.repeat(10_000))).toBe('differs');
  expect(matchExpression('b{30}', 'a'.repeat(10_001))).toBe('cannot-tell');
});

const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', '\\d', '\\b', '^', '$', '-');
const { expression } = fc.letrec<{ expression: string; part: string }>((tie) => ({
  part: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    atom,
    fc
      .tuple(fc.constantFrom('a', 'b', '[ab]', '.'), fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '*?'))
      .map(([one, often]) => `${one}${often}`),
    fc
      .tuple(tie('expression'), fc.constantFrom('', '*', '+', '?'))
      .map(([inner, often]) => `(?:${inner})${often}`),
  ),
  expression: fc
    .array(fc.array(tie('part'), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 })
    .map((options) => options.map((parts) => parts.join('')).join('|')),
}));
const value = fc
  .array(fc.constantFrom('a', 'b', '1', '-', '_', ' '), { maxLength: 6 })
  .map((chars) => chars.join(''));

test('says what a backtracking engine says, where expressions mean the same to both', () => {
  fc.assert(
    fc.property(expression, value, (text, given) => {
      const wanted = new RegExp(`^(?:${text})$`).test(given)
        ? 'matches'
        : new RegExp(text).test(given)
          ? 'cannot-tell'
          : 'differs';
      expect([text, given, matchExpression(text, given)]).toEqual([text, given, wanted]);
    }),
    { numRuns: 1000, seed: 7 },
  );
});

import type { Mutant } from '../../tools/mutants.mjs';
import { pageWith, scoreOf, talliesOf } from '../../tools/mutation';

const of = (fileName: string, ...statuses: readonly Mutant['status'][]) =>
  statuses.map((status) => ({ fileName, status }));

test('mutants are counted by folder', () => {
  const tallies = talliesOf([
    ...of('lambda/rules/cors/a.ts', 'Killed', 'Survived'),
    ...of('lambda/rules/cors/b.ts', 'Timeout', 'NoCoverage', 'Untried'),
    ...of('lambda/gateway/route.ts', 'Killed'),
  ]);
  expect(Object.fromEntries(tallies)).toEqual({
    'rules/cors': { killed: 1, timedOut: 1, survived: 1, uncovered: 1, untried: 1 },
    gateway: { killed: 1, timedOut: 0, survived: 0, uncovered: 0, untried: 0 },
  });
});

test('the score of a sample counts in full what no test covers', () => {
  const whole = { killed: 70, timedOut: 2, survived: 8, uncovered: 20, untried: 0 };
  expect(scoreOf(whole)).toBeCloseTo(0.72);
  expect(scoreOf({ ...whole, killed: 34, timedOut: 2, survived: 4, untried: 40 })).toBeCloseTo(0.72);
});

test('a run puts its rows in and leaves the others', () => {
  const tally = { killed: 9, timedOut: 0, survived: 1, uncovered: 0, untried: 0 };
  const once = pageWith('before\n\n<!-- rows -->\n\n<!-- end -->\nafter\n', new Map([['rules/cors', tally]]));
  const twice = pageWith(once, new Map([['gateway', { ...tally, survived: 3 }]]));
  expect(twice).toContain(
    '| gateway | 12 | 12 | 9 | 0 | 3 | 0 | 75.0 % |\n| rules/cors | 10 | 10 | 9 | 0 | 1 | 0 | 90.0 % |',
  );
  // The page is formatted between two runs.
  const third = pageWith(twice.replace('| gateway |', '| gateway    |'), new Map([['rules/cors', tally]]));
  expect(third).toContain('| gateway    | 12 |');
  expect(twice.startsWith('before\n')).toBe(true);
  expect(twice.endsWith('<!-- end -->\nafter\n')).toBe(true);
});

import { assert, property, string } from 'fast-check';
import { subjectOf } from '../../lambda/alert/subject';

const audited = { account: '222233334444', alias: null, regions: ['eu-west-1'], runId: 'r' };

test.each([
  ['no alias', null, '[api-auth-audit] 222233334444 eu-west-1: audit failed'],
  ['an alias', 'prod', '[api-auth-audit] prod 222233334444 eu-west-1: audit failed'],
  ['accents', 'Zürich', '[api-auth-audit] Zurich 222233334444 eu-west-1: audit failed'],
  ['another script', '本番 prod', '[api-auth-audit] ? prod 222233334444 eu-west-1: audit failed'],
  ['a line break', 'a\r\nb', '[api-auth-audit] a b 222233334444 eu-west-1: audit failed'],
])('with %s', (_, alias, expected) => {
  expect(subjectOf({ ...audited, alias }, 'audit failed')).toBe(expected);
});

test('a long alias is cut, never the rest', () => {
  const subject = subjectOf({ ...audited, alias: 'a'.repeat(128) }, '2 new, 1 resolved (worst: error)');
  expect(subject).toHaveLength(99);
  expect(subject).toMatch(
    /^\[api-auth-audit\] a{22}\.\.\. 222233334444 eu-west-1: 2 new, 1 resolved \(worst: error\)$/,
  );
});

test('any alias makes a subject that SNS takes', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 150 }), (alias) => {
      expect(subjectOf({ ...audited, alias }, '12345 new, 12345 resolved (worst: warning)')).toMatch(
        /^\[[ -~]{1,98}$/,
      );
    }),
  );
});

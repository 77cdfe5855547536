import { Evaluation } from '../../lambda/findings/evaluation';
import { denied } from '../support/build';

const subject = (restApiId?: string, region = 'eu-west-1') => ({
  arn: `arn:${restApiId ?? 'account'}`,
  label: 'subject',
  region,
  ...(restApiId === undefined ? {} : { restApiId }),
});

const evaluation = (partial = false): Evaluation => {
  const made = new Evaluation(['a/one', 'a/two'], partial);
  made.addRegion('eu-west-1');
  made.addJudged('eu-west-1', 'shop');
  return made;
};

test('covers an API that was judged, and one that is gone', () => {
  expect(evaluation().covers('a/one', subject('shop'))).toBe(true);
  expect(evaluation().covers('a/one', subject('deleted'))).toBe(true);
});

test('does not cover a rule, a region or an API that it was not asked about', () => {
  expect(evaluation().covers('b/other', subject('shop'))).toBe(false);
  expect(evaluation().covers('a/one', subject('shop', 'eu-north-1'))).toBe(false);
  expect(evaluation(true).covers('a/one', subject('other'))).toBe(false);
  expect(evaluation(true).covers('a/one', subject('shop'))).toBe(true);
});

test('does not take an API for gone when the list broke off', () => {
  const made = evaluation();
  made.addUnlisted('eu-west-1');
  expect(made.covers('a/one', subject('deleted'))).toBe(false);
  expect(made.covers('a/one', subject('shop'))).toBe(true);
});

test('a rule that could not tell covers nothing of that API, and everything of the others', () => {
  const made = evaluation();
  made.addJudged('eu-west-1', 'pets');
  const verdict = { kind: 'cannot-tell', subject: subject('shop'), gap: denied('GetExport') } as const;
  made.addUntold([{ ruleId: 'a/one', verdict }]);
  expect(made.covers('a/one', subject('shop'))).toBe(false);
  expect(made.covers('a/two', subject('shop'))).toBe(true);
  expect(made.covers('a/one', subject('pets'))).toBe(true);
  expect(made.covers('a/one', subject())).toBe(false);
});

import { fitAnswer } from '../../lambda/function/answer';
import { findingOf, resultOf } from '../alert/many';
import { sample } from '../report/sample';

const size = (value: unknown): number => Buffer.byteLength(JSON.stringify(value), 'utf8');

test('a result that fits is answered as it is', () => {
  expect(fitAnswer(sample)).toBe(sample);
});

test.each([100_000, 100_400, 100_800, 101_200, 101_600])('never outgrows %d bytes', (budget) => {
  const findings = Array.from({ length: 200 }, (_, index) => findingOf('a1', index));
  expect(size(fitAnswer(resultOf(findings), budget))).toBeLessThanOrEqual(budget);
});

test('of a larger one, whole findings go, the least severe first, and are counted', () => {
  const findings = Array.from({ length: 2000 }, (_, index) =>
    findingOf('a1', index, { message: 'é'.repeat(300) }),
  );
  const answer = fitAnswer(resultOf(findings), 500_000);
  expect(size(answer)).toBeLessThanOrEqual(500_000);
  expect(size(answer)).toBeGreaterThan(490_000);
  expect(answer.findings).toEqual(findings.slice(0, answer.findings.length));
  expect(answer.findings.length + (answer.leftOut?.findings ?? 0)).toBe(2000);
  expect(answer.summary).toEqual(sample.summary);
});

test('gaps go too when there are too many', () => {
  const [gap] = sample.coverage.gaps;
  if (gap === undefined) throw new Error('the sample has no gap');
  const gaps = Array.from({ length: 5000 }, (_, index) => ({ ...gap, subject: String(index) }));
  const answer = fitAnswer(
    resultOf([findingOf('a1', 1)], { coverage: { complete: false, gaps, failedRules: [] } }),
    500_000,
  );
  expect(size(answer)).toBeLessThanOrEqual(500_000);
  expect(answer.findings).toHaveLength(1);
  expect(answer.coverage.gaps.length + (answer.leftOut?.gaps ?? 0)).toBe(5000);
  expect(answer.coverage.complete).toBe(false);
});

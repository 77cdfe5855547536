import { Coverage } from '../../lambda/findings/coverage';
import { known, unreadable } from '../../lambda/model/known';
import { denied } from '../support/build';

const subject = { arn: 'arn:one', label: 'one', region: 'eu-west-1' };

test('one failed read is one gap with every rule that met it', () => {
  const coverage = new Coverage();
  const gap = denied('GetExport', 'shop stage prod');
  coverage.addReads('eu-west-1', { deep: [{ inside: gap }, known({ again: gap })] });
  coverage.addUntold([
    { ruleId: 'b/second', verdict: { kind: 'cannot-tell', subject, gap } },
    { ruleId: 'a/first', verdict: { kind: 'cannot-tell', subject, gap } },
  ]);
  expect(coverage.gaps()).toEqual([
    {
      region: 'eu-west-1',
      operation: 'GetExport',
      subject: 'shop stage prod',
      because: 'denied',
      permission: 'test:GetExport',
      detail: 'GetExport was denied for shop stage prod',
      rules: ['a/first', 'b/second'],
    },
  ]);
});

test('a failed read counts even when no rule opened it', () => {
  const coverage = new Coverage();
  coverage.addReads('eu-west-1', [denied('GetUsagePlans')]);
  expect(coverage.gaps()).toMatchObject([{ operation: 'GetUsagePlans', rules: [] }]);
});

test('what the source cannot hold counts only when a rule asked for it', () => {
  const gap = unreadable({
    because: 'unsupported',
    operation: 'GetExport',
    subject: 'canary',
    detail: 'none',
  });
  const coverage = new Coverage();
  coverage.addReads('eu-west-1', gap);
  expect(coverage.gaps()).toEqual([]);
  coverage.addUntold([{ ruleId: 'a/first', verdict: { kind: 'cannot-tell', subject, gap } }]);
  expect(coverage.gaps()).toHaveLength(1);
});

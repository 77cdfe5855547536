import { compare, remembered, type Comparison } from '../../lambda/findings/compare';
import { finding } from '../support/findings';

const NOW = '2026-11-23T06:00:00.000Z';
const THEN = '2026-11-20T06:00:00.000Z';
const remember = (id: string, given = {}) => ({
  finding: finding(id, given),
  firstSeen: THEN,
  lastSeen: THEN,
});

const ids = (comparison: Comparison) =>
  Object.fromEntries(
    Object.entries(comparison).map(([change, all]) => [
      change,
      all.map((one: { readonly finding: { readonly id: string } }) => one.finding.id),
    ]),
  );

test('sorts findings into new, open, worse, resolved and not evaluated', () => {
  const before = [
    remember('stays'),
    remember('rises', { reach: 'possible', severity: 'note' }),
    remember('gone'),
    remember('unread'),
  ];
  const now = [finding('stays'), finding('rises'), finding('fresh')];
  const comparison = compare(before, now, NOW, ({ id }) => id !== 'unread');
  expect(ids(comparison)).toEqual({
    new: ['fresh'],
    open: ['stays', 'rises'],
    worse: ['rises'],
    resolved: ['gone'],
    notEvaluated: ['unread'],
  });
});

test('keeps when a finding was first seen, and moves when it was last seen', () => {
  const { open, new: fresh } = compare(
    [remember('stays')],
    [finding('stays'), finding('fresh')],
    NOW,
    () => true,
  );
  expect(open[0]).toMatchObject({ firstSeen: THEN, lastSeen: NOW });
  expect(fresh[0]).toMatchObject({ firstSeen: NOW, lastSeen: NOW });
});

test('history forgets what is resolved and keeps what was not evaluated as it was', () => {
  const comparison = compare([remember('gone'), remember('unread')], [], NOW, ({ id }) => id === 'gone');
  expect(remembered(comparison)).toEqual([remember('unread')]);
});

test('nothing changes when nothing changed', () => {
  expect(ids(compare([remember('stays')], [finding('stays')], NOW, () => true))).toMatchObject({
    new: [],
    worse: [],
    resolved: [],
  });
});

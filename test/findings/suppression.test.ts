import { matchingOf, suppress, type Suppression } from '../../lambda/findings/suppression';
import { finding } from '../support/findings';

const suppression = (given: Partial<Suppression> = {}): Suppression => ({
  rule: 'cognito/scope-undefined',
  subject: 'api shop *',
  reason: 'the API is switched off in December',
  owner: 'team-shop',
  until: '2026-11-30',
  ...given,
});

const at = (text: string): number => Date.parse(text);
const NOON = at('2026-11-23T12:00:00Z');
const shop = finding('shop');

test('takes out what it covers and nothing else', () => {
  const { reported, suppressed } = suppress([shop, finding('pets')], [suppression()], NOON);
  expect(reported.map(({ id }) => id)).toEqual(['pets']);
  expect(suppressed.map((one) => [one.finding.id, one.by.owner])).toEqual([['shop', 'team-shop']]);
});

test.each([
  ['the ARN', { subject: '*/restapis/shop' }, true],
  ['the whole family', { rule: 'cognito/*', subject: '*' }, true],
  ['another rule', { rule: 'cognito/scope' }, false],
  ['a part of the label', { subject: 'api shop' }, false],
  ['a pattern whose ends overlap', { subject: 'api shop (shop)*(shop)' }, false],
])('matches by %s', (_, given, covered) => {
  expect(suppress([shop], [suppression(given)], NOON).suppressed).toHaveLength(covered ? 1 : 0);
});

test('of several that speak of a finding the first one in force accepts it, whether it names or describes it', () => {
  const named = suppression({ rule: shop.rule, subject: shop.subject.arn, owner: 'named' });
  const labelled = suppression({ rule: shop.rule, subject: shop.subject.label, owner: 'labelled' });
  const wide = suppression({ rule: '*', subject: '*', owner: 'wide' });
  const over = { ...wide, until: '2026-11-22', owner: 'over' };
  for (const order of [
    [over, named, labelled, wide],
    [wide, labelled, named],
    [labelled, over, wide, named],
  ]) {
    const [first] = order.filter((one) => one !== over);
    expect(suppress([shop], order, NOON).suppressed.map(({ by }) => by)).toEqual([first]);
    expect(matchingOf(order)(shop)).toEqual(order);
  }
});

const covered = (now: string): number => suppress([shop], [suppression()], at(now)).suppressed.length;

test('holds to the end of its last day', () => {
  expect(covered('2026-11-30T23:59:59.999Z')).toBe(1);
  expect(covered('2026-12-01T00:00:00.000Z')).toBe(0);
});

test.each(['', 'soon', '2026-02-30', '2026-13-01', '30.11.2026', '2026-11-30T00:00:00Z', '9999-99-99'])(
  'counts the date %p as expired',
  (until) => {
    const report = suppress([shop], [suppression({ until })], NOON);
    expect(report.reported).toHaveLength(1);
    expect(report.expired).toHaveLength(1);
  },
);

test('says which ones matched nothing, and which ones end within a week', () => {
  const unused = suppression({ subject: 'nothing', until: '2026-11-29' });
  const later = suppression({ until: '2027-06-30' });
  const report = suppress([shop], [later, unused], NOON);
  expect(report.unused).toEqual([unused]);
  expect(report.expiring).toEqual([unused]);
  expect(report.expired).toEqual([]);
});

import { passes, refuses, unsure, type Refusal } from '../../lambda/gateway/answer';
import { FORBIDDEN, notAuthorized, UNAUTHORIZED } from '../../lambda/gateway/refusals';
import { commonRefusal, sameRefusal, weigh } from '../../lambda/gateway/weigh';

const denied = notAuthorized(
  'anonymous',
  'arn:aws:execute-api:eu-west-1:222233334444:idshop/prod/GET/',
  'no-allow',
);

test.each<Partial<Refusal>>([
  { status: 404 },
  { responseType: 'UNAUTHORIZED' },
  { errorType: null },
  { message: 'User is not authorized' },
  { key: 'message' },
])('answers that differ in %j are not the same', (given) => {
  const other = { ...denied, ...given };
  expect(sameRefusal(denied, other)).toBe(false);
  const [name = ''] = Object.keys(given);
  expect(commonRefusal([denied, other])).toEqual({ ...denied, [name]: name === 'key' ? 'message' : null });
});

test('equal answers are the same', () => {
  expect(sameRefusal(denied, { ...denied })).toBe(true);
  expect(commonRefusal([denied, { ...denied }, denied])).toEqual(denied);
});

test('nothing is certain beside an answer that is not known', () => {
  const unknown = { status: null, responseType: null, errorType: null, message: null, key: 'message' };
  expect(commonRefusal([denied, null])).toEqual(unknown);
});

const fine = passes('Fine.', 'ORD-1');
const forbids = refuses('forbids', FORBIDDEN, 'It forbids.', 'ORD-2');
const rejects = refuses('rejects', UNAUTHORIZED, 'It rejects.', 'ORD-3');
const perhaps = unsure('It may forbid.', 'ORD-4', FORBIDDEN);
const perhapsNot = unsure('It may reject.', 'ORD-5', UNAUTHORIZED);
const unclear = unsure('Nobody knows.', 'ORD-6');

test.each([
  ['no step objects', [null, passes('Good.', 'ORD-7')], fine],
  ['the first refusal decides', [null, forbids, rejects], forbids],
  ['doubts after a refusal do not count', [forbids, perhapsNot], forbids],
  ['a doubt', [null, perhaps, fine], perhaps],
  ['a doubt about something else', [unclear], unclear],
  ['two doubts about one answer', [perhaps, { ...perhaps, because: 'It may too.' }], perhaps],
  [
    'two doubts about different answers',
    [perhaps, perhapsNot],
    { ...perhaps, otherwise: commonRefusal([FORBIDDEN, UNAUTHORIZED]) },
  ],
  ['a doubt beside one about something else', [perhaps, unclear], { ...perhaps, otherwise: null }],
  ['a doubt before a refusal alike', [perhaps, forbids], forbids],
  [
    'a doubt before another refusal',
    [perhapsNot, forbids],
    { ...forbids, refusal: commonRefusal([FORBIDDEN, UNAUTHORIZED]) },
  ],
  [
    'a doubt about something else before a refusal',
    [unclear, forbids],
    { ...forbids, refusal: commonRefusal([null]) },
  ],
])('%s', (_, steps, expected) => {
  expect(weigh(steps, fine)).toEqual(expected);
});

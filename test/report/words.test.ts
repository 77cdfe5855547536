import { NO_TOKEN } from '../../lambda/rules/verdict';
import {
  affectedLines,
  count,
  duration,
  groupFindings,
  reachWords,
  shortList,
  symptomWords,
  unheardWords,
} from '../../lambda/report/words';
import { sample, scopeUndefined } from './sample';

test.each([
  [[], 3, ''],
  [['a'], 3, 'a'],
  [['a', 'b', 'c'], 3, 'a, b and c'],
  [['a', 'b', 'c', 'd'], 3, 'a, b and 2 more'],
])('a short list of %j', (items, most, wanted) => {
  expect(shortList(items, most)).toBe(wanted);
});

test('numbers agree with their nouns', () => {
  expect([count(0, 'API'), count(1, 'API'), count(1200, 'API')]).toEqual(['0 APIs', '1 API', '1,200 APIs']);
});

test.each([
  [420, '0.4 s'],
  [12_300, '12 s'],
  [59_700, '60 s'],
  [185_000, '3 min 5 s'],
  [119_600, '2 min 0 s'],
])('%d ms are %s', (milliseconds, wanted) => {
  expect(duration(milliseconds)).toBe(wanted);
});

test('the reach says who and when', () => {
  expect(reachWords({ reach: 'every-call', callers: 'browsers', when: 'after-next-deployment' })).toBe(
    'browsers: every call, after the next deployment',
  );
});

test.each([
  [{ status: 401, responseType: 'UNAUTHORIZED', body: '{}' }, '401 {}'],
  [
    { status: 500, responseType: 'AUTHORIZER_CONFIGURATION_ERROR', body: null },
    '500 AUTHORIZER_CONFIGURATION_ERROR',
  ],
  [NO_TOKEN, 'no token: sign-in fails before the API is called'],
  [{ status: null, responseType: null, body: null }, 'no answer that the configuration tells'],
])('a symptom in words: %j', (symptom, wanted) => {
  expect(symptomWords(symptom)).toBe(wanted);
});

test.each([
  [undefined, null],
  [{ confirmed: 1, pending: 3 }, null],
  [{ confirmed: 0, pending: 2 }, /^Nobody hears alerts: .* 2 subscriptions wait for somebody/],
  [
    { unknown: 'AuthorizationErrorException' },
    /^It cannot be told whether anybody hears .*AuthorizationErrorException/,
  ],
  [{ confirmed: 0, pending: 2, webhook: true }, null],
  [{ unknown: 'AuthorizationErrorException', webhook: true }, null],
] as const)('whether anybody hears alerts, of %j', (audience, words) => {
  const said = unheardWords(audience);
  expect(words === null ? said === null : words.test(said ?? '')).toBe(true);
});

const ref = (restApiId: string, stage: string, method: string) => ({ restApiId, stage, method });

test('affected methods name the API only where there are several', () => {
  expect(affectedLines([ref('a', 'prod', 'GET /x'), ref('a', 'dev', 'GET /x')])).toEqual([
    'prod: GET /x',
    'dev: GET /x',
  ]);
  expect(affectedLines([ref('a', 'prod', 'GET /x'), ref('b', 'prod', 'GET /y')])).toEqual([
    'a prod: GET /x',
    'b prod: GET /y',
  ]);
});

test('groups stand in the order of their most severe finding, named by the API', () => {
  const [, pool = scopeUndefined] = sample.findings;
  const groups = groupFindings([pool, scopeUndefined, { ...pool, id: 'x', severity: 'note' }], ['eu-west-1']);
  expect(groups.map(({ heading, findings }) => [heading, findings.length])).toEqual([
    ['orders (a1b2c3)', 1],
    ['user pool shop (eu-west-1_Shop)', 2],
  ]);
  expect(groupFindings([scopeUndefined], ['eu-west-1', 'us-east-1'])[0]?.heading).toBe(
    'orders (a1b2c3), eu-west-1',
  );
});

import type { Finding } from '../../lambda/findings/finding';
import { hiddenBy } from '../../lambda/findings/hidden';
import { finding } from '../support/findings';

const at = (...methods: readonly string[]): Pick<Finding, 'affected' | 'affectedCount'> => ({
  affected: methods.map((method) => ({ restApiId: 'shop', stage: 'prod', method })),
  affectedCount: methods.length,
});

/** Authorization: moot where there is no route, and where the authorizer cannot work. */
const scope = (given: Partial<Finding> = {}): Finding =>
  finding('scope', { rule: 'cognito/scope-undefined', ...at('GET /a', 'GET /b'), ...given });
/** Authentication. */
const poolGone = (given: Partial<Finding> = {}): Finding =>
  finding('pool-gone', { rule: 'cognito/user-pool-missing', ...at('GET /b'), ...given });

const cases: readonly (readonly [says: string, past: Finding, standing: Finding, hides: boolean])[] = [
  ['an earlier gate stops one of its methods', scope(), poolGone(), true],
  ['another method is stopped', scope(), poolGone(at('GET /c')), false],
  [
    'the same method of another stage is stopped',
    scope(),
    poolGone({ affected: [{ restApiId: 'shop', stage: 'dev', method: 'GET /b' }] }),
    false,
  ],
  ['a later gate stops them', poolGone(), scope(), false],
  [
    'a refusing policy leaves scopes what they are',
    scope(),
    poolGone({ rule: 'resource-policy/denies-every-caller' }),
    false,
  ],
  ['only some calls are stopped', scope(), poolGone({ reach: 'some-calls' }), false],
  ['only browsers are stopped', scope(), poolGone({ callers: 'browsers' }), false],
  [
    'what callers meet is not hidden by the draft',
    scope(),
    poolGone({ when: 'after-next-deployment' }),
    false,
  ],
  ['the draft may be hidden by what is met now', scope({ when: 'after-next-deployment' }), poolGone(), true],
  ['it names no method', scope(at()), poolGone(), false],
  ['its rule is not known any more', scope({ rule: 'cognito/renamed' }), poolGone(), false],
];

test.each(cases)('%s', (_, past, standing, hides) => {
  expect(hiddenBy([standing])(past)?.id ?? null).toBe(hides ? standing.id : null);
});

test('nothing stands, nothing hides', () => {
  expect(hiddenBy([])(scope())).toBeNull();
});

test('of two faults at one gate the one that the catalogue lists first hides the other', () => {
  const first = finding('first', { rule: 'authorizers/authorizer-missing', ...at('GET /b') });
  const second = poolGone();
  expect([hiddenBy([first])(second)?.id, hiddenBy([second])(first)]).toEqual(['first', null]);
});

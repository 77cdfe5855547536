import { rootCauses } from '../../lambda/findings/root-causes';
import type { Raised } from '../../lambda/findings/raised';
import type { GateId } from '../../lambda/gateway/gates';
import { deploymentRule } from '../../lambda/rules/rule';
import type { Flag, Reach } from '../../lambda/rules/verdict';
import { FORBIDDEN } from '../../lambda/rules/verdict';

const ORDER = [
  'stage/none',
  'route/gone',
  'authn/first',
  'authn/second',
  'authz/scope',
  'policy/denies',
  'key/none',
];

const raise = (
  id: string,
  gate: GateId,
  methods: readonly string[],
  given: { readonly reach?: Reach; readonly of?: Raised['of']; readonly callers?: string } = {},
): Raised => {
  const flag: Flag = {
    kind: 'flag',
    subject: { arn: `arn:${id}`, label: id, region: 'eu-west-1' },
    affected: methods.map((method) => ({ restApiId: 'shop', stage: 'prod', method })),
    message: id,
    evidence: [],
    fix: [],
    ...(given.reach === undefined ? {} : { reach: given.reach }),
  };
  const rule = deploymentRule({
    id,
    gate,
    symptom: FORBIDDEN,
    reach: 'every-call',
    ...(given.callers === undefined ? {} : { callers: given.callers }),
    title: id,
    why: id,
    fix: [id],
    sources: ['https://docs.aws.amazon.com/'],
    facts: ['KEY-1'],
    needs: [],
    check: () => [],
  });
  return { rule, flag, of: given.of ?? 'stage' };
};

const left = (...raised: readonly Raised[]): readonly string[] =>
  rootCauses(raised, (id) => ORDER.indexOf(id)).map(
    ({ flag }) => `${flag.message}: ${flag.affected.map(({ method }) => method).join(', ')}`,
  );

test('a method without a route is not blamed for its scopes; the others still are', () => {
  expect(
    left(
      raise('route/gone', 'route', ['GET /a']),
      raise('authz/scope', 'authorization', ['GET /a', 'GET /b']),
    ),
  ).toEqual(['route/gone: GET /a', 'authz/scope: GET /b']);
});

test('an authorizer that cannot work leaves nothing to say of scopes', () => {
  expect(
    left(
      raise('authz/scope', 'authorization', ['GET /a']),
      raise('authn/first', 'authentication', ['GET /a']),
    ),
  ).toEqual(['authn/first: GET /a']);
});

test('within a gate the earlier rule of the catalogue speaks', () => {
  expect(
    left(
      raise('authn/second', 'authentication', ['GET /a']),
      raise('authn/first', 'authentication', ['GET /a']),
    ),
  ).toEqual(['authn/first: GET /a']);
});

test('a refusing policy, an undefined scope and a missing key are three faults', () => {
  expect(
    left(
      raise('policy/denies', 'resource-policy', ['GET /a']),
      raise('authz/scope', 'authorization', ['GET /a']),
      raise('key/none', 'api-key', ['GET /a']),
    ),
  ).toEqual(['policy/denies: GET /a', 'authz/scope: GET /a', 'key/none: GET /a']);
});

test('a cause that stops only some calls or some callers silences nothing', () => {
  const scope = raise('authz/scope', 'authorization', ['GET /a']);
  expect(
    left(raise('authn/first', 'authentication', ['GET /a'], { reach: 'some-calls' }), scope),
  ).toHaveLength(2);
  expect(
    left(raise('authn/first', 'authentication', ['GET /a'], { callers: 'browsers' }), scope),
  ).toHaveLength(2);
});

test('a fault of the draft does not silence one that callers meet now', () => {
  expect(
    left(
      raise('authn/first', 'authentication', ['GET /a'], { of: 'draft' }),
      raise('authz/scope', 'authorization', ['GET /a']),
    ),
  ).toHaveLength(2);
});

test('findings that list no methods are never moot', () => {
  expect(
    left(raise('stage/none', 'stage', ['GET /a']), raise('authz/scope', 'authorization', [])),
  ).toHaveLength(2);
});

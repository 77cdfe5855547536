import { policyReach } from '../../../lambda/gateway/policy/best-case';
import { deploymentsOf, type Deployment } from '../../../lambda/model/deployment';
import { valueOr } from '../../../lambda/model/known';
import type { RestApi } from '../../../lambda/model/rest-api';
import { account, allow, denied, deny, method, policy, restApi } from '../../support/build';
import { cpuTimeOf } from '../../support/cpu-time';

const PLACE = account();

const served = (api: RestApi): Deployment => {
  const [stage] = valueOr(api.stages, []);
  const [deployment] = stage === undefined ? [] : deploymentsOf(api, stage);
  if (deployment === undefined) throw new Error('no stage');
  return deployment;
};

const get = method('GET', '/pets');
const reach = (given: Parameters<typeof restApi>[1], wanted = get) =>
  policyReach(served(restApi('shop', { methods: [wanted], ...given })), wanted, PLACE);

test('what cannot be read or understood is not judged', () => {
  expect(reach({ policy: denied('GetExport') })).toMatchObject({
    verdict: 'cannot-tell',
    because: 'the resource policy could not be read',
  });
  expect(reach({ policy: '{' })).toMatchObject({
    verdict: 'cannot-tell',
    because: 'the resource policy is not understood: it is not JSON',
  });
  const untyped = method('GET', '/pets', { authorizationType: denied('GetDeployment') });
  expect(reach({ policy: policy(deny()) }, untyped).verdict).toBe('cannot-tell');
  const future = method('GET', '/pets', { authorizationType: 'SOMETHING_NEW' });
  expect(reach({ policy: policy(allow()) }, future).verdict).toBe('cannot-tell');
});

test('without a policy a public API is open and a private one closed', () => {
  expect(reach({}).verdict).toBe('admits');
  expect(reach({ endpointTypes: ['PRIVATE'] }).verdict).toBe('no-allow');
});

test('ANY serves the verbs that its path has no other method for', () => {
  const any = method('ANY', '/pets');
  const onlyPost = policy(allow({ Resource: 'execute-api:/*/POST/pets' }));
  const alone = restApi('shop', { methods: [any], policy: onlyPost });
  const beside = restApi('shop', { methods: [any, method('POST', '/pets')], policy: onlyPost });
  expect(policyReach(served(alone), any, PLACE).verdict).toBe('admits');
  expect(policyReach(served(beside), any, PLACE).verdict).toBe('no-allow');
});

test('the reasons name the statement', () => {
  expect(reach({ policy: policy(allow(), deny({ Sid: 'Closed' })) })).toMatchObject({
    verdict: 'explicit-deny',
    because: 'statement 2 (Closed) of the resource policy denies it to everyone',
  });
  expect(
    reach({ policy: policy(allow({ Condition: { StringLike: { 'aws:SourceOrgID': 'o-*' } } })) }),
  ).toMatchObject({
    verdict: 'cannot-tell',
    because: 'whether statement 1 of the resource policy applies depends on what configuration does not show',
  });
  expect(reach({ policy: policy(allow({ Principal: undefined })) })).toMatchObject({
    verdict: 'cannot-tell',
    because: 'statement 1 of the resource policy cannot be evaluated: it names no Principal',
  });
});

test('more combinations than can be tried are no verdict, unless an early one passes', () => {
  const keys = Array.from({ length: 14 }, (_, index) => `aws:PrincipalTag/t${index}`);
  const signed = method('GET', '/pets', { authorizationType: 'AWS_IAM' });
  const tags = (operator: string) => keys.map((key) => deny({ Condition: { [operator]: { [key]: 'x' } } }));
  // Each Deny spares one value of one tag; only a caller with all of them passes.
  expect(reach({ policy: policy(...tags('StringNotEquals')) }, signed)).toMatchObject({
    verdict: 'cannot-tell',
    because: 'the conditions of the resource policy can be combined in too many ways to try them all',
  });
  expect(reach({ policy: policy(...tags('StringEquals')) }, signed).verdict).toBe('admits');
});

test('many methods under usual policies and one policy of ten thousand statements take little time', () => {
  const methods = Array.from({ length: 1200 }, (_, index) => method('GET', `/r${index}/{id}`));
  const time = (text: string | null): number => {
    const deployment = served(restApi('shop', { methods, policy: text }));
    return cpuTimeOf(() => {
      for (const one of methods) policyReach(deployment, one, PLACE);
    });
  };
  expect(time(null)).toBeLessThan(400);
  expect(
    time(policy(allow(), deny({ Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }))),
  ).toBeLessThan(800);
  const blocks = Array.from(
    { length: 10_000 },
    (_, index) => `${20 + (index % 50)}.${index % 251}.${index % 241}.0/24`,
  );
  const huge = policy(
    ...blocks.map((block) => allow({ Condition: { IpAddress: { 'aws:SourceIp': block } } })),
  );
  const one = served(restApi('shop', { methods: [get], policy: huge }));
  const spent = cpuTimeOf(() => {
    expect(policyReach(one, get, PLACE).verdict).not.toBe('no-allow');
  });
  expect(spent).toBeLessThan(8000);
});

describe('paths that a more specific resource takes', () => {
  const one = method('GET', '/pets/{id}');
  const rest = method('GET', '/{proxy+}');
  const verdictOf = (wanted: typeof one, pattern: string, ...siblings: readonly string[]) =>
    reach(
      {
        methods: [wanted, ...siblings.map((path) => method('GET', path))],
        policy: policy(allow({ Resource: `execute-api:/prod/GET${pattern}` })),
      },
      wanted,
    ).verdict;

  test.each([
    ['the only admitted path is its own', one, '/pets/mine', [], 'admits'],
    ['the only admitted path is a literal sibling', one, '/pets/mine', ['/pets/mine'], 'no-allow'],
    ['a pattern that admits more than the sibling', one, '/pets/mine*', ['/pets/mine'], 'admits'],
    ['a sibling for another verb alone', one, '/pets/mine', ['/pets/mine/photo'], 'admits'],
    ['all that the pattern admits goes to a parameter', rest, '/pets/?', ['/pets/{id}'], 'cannot-tell'],
    ['a greedy resource with parameters beside it', rest, '/*', ['/{id}', '/{id}/{part}'], 'admits'],
  ] as const)('%s', (_, wanted, pattern, siblings, verdict) => {
    expect(verdictOf(wanted, pattern, ...siblings)).toBe(verdict);
  });
});

const signed = method('GET', '/pets', { authorizationType: 'AWS_IAM' });
const reachOfSigned = (...statements: readonly object[]) =>
  reach({ methods: [signed], policy: policy(...statements) }, signed).verdict;
const denyUnless = (operator: string, key: string, ...values: readonly string[]) =>
  deny({ Condition: { [operator]: { [key]: values } } });

test.each([
  ['a user by name', denyUnless('StringNotEquals', 'aws:username', 'ana')],
  ['users by the beginning of their name', denyUnless('StringNotLike', 'aws:username', 'ana-*')],
  ['a role', denyUnless('ArnNotEquals', 'aws:PrincipalArn', 'arn:aws:iam::222233334444:role/adm')],
  [
    'roles by the beginning of their name',
    denyUnless('ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::222233334444:role/adm*'),
  ],
  ['roles of any account', denyUnless('ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/adm-*')],
  ['what has a word in its ARN', denyUnless('StringNotLike', 'aws:PrincipalArn', '*AWSReservedSSO_Admin*')],
  ['roles below a path', denyUnless('ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/ci/*')],
  ['users', denyUnless('ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:user/*')],
  ['the root of an account', denyUnless('ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:ro?t')],
  ['an account', denyUnless('StringNotEquals', 'aws:PrincipalAccount', '111122223333')],
])('a Deny that spares %s admits some callers of an IAM method', (_, spares) => {
  expect(reachOfSigned(allow(), spares)).toBe('admits');
});

test.each([
  ['accounts by their beginning', [denyUnless('StringNotLike', 'aws:PrincipalAccount', '1111*')]],
  [
    'roles that two patterns describe together',
    [
      denyUnless('StringNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/team-*'),
      denyUnless('StringNotLike', 'aws:PrincipalArn', '*-admin'),
    ],
  ],
  [
    'one of more principals than are tried',
    [
      denyUnless(
        'StringNotEquals',
        'aws:PrincipalArn',
        ...Array.from({ length: 520 }, (_, n) => `arn:aws:sts::222233334444:assumed-role/x/${String(n)}`),
      ),
    ],
  ],
])('whether a Deny that spares %s admits anybody is left open', (_, spares) => {
  expect(reachOfSigned(allow(), ...spares)).toBe('cannot-tell');
});

test.each([
  [
    'a Deny for everybody, beside patterns',
    [denyUnless('ArnNotLike', 'aws:PrincipalArn', '*a*', '*b*'), deny()],
  ],
  [
    'a Deny for those that another spares',
    [
      denyUnless('StringNotEquals', 'aws:username', 'ana'),
      deny({ Condition: { StringEquals: { 'aws:username': 'ana' } } }),
    ],
  ],
  [
    'a role that is asked for by the ARN of its sessions',
    [denyUnless('ArnNotLike', 'aws:PrincipalArn', 'arn:aws:sts::222233334444:assumed-role/x/*')],
  ],
])('%s refuses every caller of an IAM method', (_, statements) => {
  expect(reachOfSigned(allow(), ...statements)).toBe('explicit-deny');
});

test('what two patterns of one key describe together is left open, and one of them alone is not', () => {
  const [begins, ends] = [
    denyUnless('StringNotLike', 'aws:UserAgent', 'app/*'),
    denyUnless('StringNotLike', 'aws:UserAgent', '* beta'),
  ];
  expect(reach({ policy: policy(allow(), begins, ends) }).verdict).toBe('cannot-tell');
  expect(reach({ policy: policy(allow(), begins) }).verdict).toBe('admits');
  expect(reach({ policy: policy(allow(), begins, deny()) }).verdict).toBe('explicit-deny');
  expect(
    reach({ policy: policy(allow(), denyUnless('StringNotLike', 'aws:UserAgent', 'app/*', '* beta')) })
      .verdict,
  ).toBe('admits');
});

const denyBut = (...paths: readonly string[]) => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 'execute-api:Invoke',
  NotResource: paths.map((path) => `execute-api:/prod/GET/${path}`),
});

test('a path that each of two Denies spares may exist, and none does where one Deny spares nothing', () => {
  const one = method('GET', '/{id}');
  const verdict = (...statements: readonly object[]) =>
    reach({ methods: [one], policy: policy(allow(), ...statements) }, one).verdict;
  expect(verdict(denyBut('a*'), denyBut('*b'))).toBe('cannot-tell');
  expect(verdict(denyBut('a*', '*b'))).toBe('admits');
  expect(verdict(denyBut('a*'), denyBut('*b'), deny())).toBe('explicit-deny');
  expect(verdict(denyBut('a*'), deny({ Resource: 'execute-api:/prod/GET/a*' }))).toBe('explicit-deny');
});

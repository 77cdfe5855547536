import { policyReach } from '../../../lambda/gateway/policy/best-case';
import { VERBS } from '../../../lambda/gateway/policy/verbs';
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
  expect(reach({ policy: policy(deny()) }, untyped)).toEqual({
    verdict: 'cannot-tell',
    because: 'the authorization type of the method is not known',
  });
  expect(reach({}, untyped).verdict).toBe('admits');
  const future = method('GET', '/pets', { authorizationType: 'SOMETHING_NEW' });
  expect(reach({ policy: policy(allow()) }, future).verdict).toBe('cannot-tell');
});

test('methods of one API are judged each for its own authorization type', () => {
  const behindFunction = method('POST', '/pets', { authorizationType: 'CUSTOM' });
  const deployment = served(
    restApi('shop', {
      methods: [get, behindFunction],
      policy: policy(deny({ Resource: 'execute-api:/dev/*' })),
    }),
  );
  expect([get, behindFunction, get].map((one) => policyReach(deployment, one, PLACE).verdict)).toEqual([
    'no-allow',
    'admits',
    'no-allow',
  ]);
});

test('without a policy a public API is open and a private one closed', () => {
  expect(reach({})).toEqual({
    verdict: 'admits',
    because: 'there is no resource policy',
    denying: [],
    witness: null,
  });
  expect(reach({ endpointTypes: ['PRIVATE'] })).toMatchObject({
    verdict: 'no-allow',
    because: 'a private API without a resource policy refuses every call',
  });
});

const onlyFrom = (block: string) => policy(allow({ Condition: { IpAddress: { 'aws:SourceIp': block } } }));

test('whether callers with IPv6 addresses are there is known of a dual-stack API alone', () => {
  const six = onlyFrom('2001:db8::/32');
  expect(reach({ policy: six, ipAddressType: 'dualstack' }).verdict).toBe('admits');
  expect(reach({ policy: six, ipAddressType: 'ipv4' })).toMatchObject({
    verdict: 'cannot-tell',
    because:
      'only callers with IPv6 addresses would pass the resource policy, and whether any can reach the API is not known',
  });
  expect(reach({ policy: onlyFrom('203.0.113.0/24'), ipAddressType: 'ipv4' }).verdict).toBe('admits');
});

test('ANY serves the verbs that its path has no other method for', () => {
  const any = method('ANY', '/pets');
  const onlyPost = policy(allow({ Resource: 'execute-api:/*/POST/pets' }));
  const alone = restApi('shop', { methods: [any], policy: onlyPost });
  const beside = restApi('shop', { methods: [any, method('POST', '/pets')], policy: onlyPost });
  expect(policyReach(served(alone), any, PLACE).verdict).toBe('admits');
  expect(policyReach(served(beside), any, PLACE).verdict).toBe('no-allow');
  expect(reach({ methods: denied('GetResources'), policy: onlyPost }, any).verdict).toBe('admits');
  expect(reach({ methods: denied('GetResources'), policy: onlyPost }).verdict).toBe('no-allow');
  const all = restApi('shop', {
    methods: [any, ...VERBS.map((verb) => method(verb, '/pets'))],
    policy: policy(deny()),
  });
  expect(policyReach(served(all), any, PLACE)).toMatchObject({
    verdict: 'admits',
    because: 'other methods of the path serve every verb',
  });
});

const someVerb = method('ANY', '/pets');
const ofVerb = (verb: string) => ({ Resource: `execute-api:/*/${verb}/*` });
const othersThan = (...verbs: readonly string[]) =>
  VERBS.filter((verb) => !verbs.includes(verb)).map((verb) => ofVerb(verb).Resource);
const WHO_KNOWS = { StringLike: { 'aws:SourceOrgID': 'o-*' } };

test.each([
  ['one is denied and the others are not allowed', [deny(ofVerb('GET'))], 'no-allow', []],
  ['the last is denied and the others are not allowed', [deny(ofVerb('OPTIONS'))], 'no-allow', []],
  [
    'one is left open, the others are not allowed or denied',
    [deny(ofVerb('GET')), allow({ ...ofVerb('POST'), Condition: WHO_KNOWS })],
    'cannot-tell',
    [],
  ],
  [
    'all are denied by one statement or another',
    [allow(), deny({ Resource: othersThan('GET', 'PUT') }), deny(ofVerb('PUT')), deny(ofVerb('GET'))],
    'explicit-deny',
    [1, 2, 3],
  ],
])('where of the verbs of a method %s, that is the best', (_, statements, verdict, denying) => {
  expect(reach({ policy: policy(...statements) }, someVerb)).toMatchObject({
    verdict,
    denying,
    witness: null,
  });
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

test('a list of addresses that is too long to try each leaves open what it admits', () => {
  const verdicts = [500, 1500].map((length) => {
    const listed = Array.from({ length }, (_, index) => `20.${index >> 8}.${index & 255}.0/24`);
    return reach({ policy: policy(allow({ Condition: { IpAddress: { 'aws:SourceIp': listed } } })) }).verdict;
  });
  expect(verdicts).toEqual(['admits', 'cannot-tell']);
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
    expect(policyReach(one, get, PLACE).verdict).toBe('cannot-tell');
  });
  expect(spent).toBeLessThan(8000);
});

describe('paths that a more specific resource takes', () => {
  const one = method('GET', '/pets/{id}');
  const rest = method('GET', '/{proxy+}');
  const DEEP = ['/{a}', '/{a}/{b}', '/{a}/{b}/{c}'];
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
    ['parameters beside it as far as is tried', rest, '/*', DEEP, 'cannot-tell'],
    ['parameters beside it, and a path beyond', rest, '/a/b/c/d', DEEP, 'admits'],
    ['one longer path of those that a pattern admits', rest, '/pets/*', ['/pets/{id}'], 'admits'],
  ] as const)('%s', (_, wanted, pattern, siblings, verdict) => {
    expect(verdictOf(wanted, pattern, ...siblings)).toBe(verdict);
  });

  const behind = (...statements: readonly object[]) =>
    reach(
      { methods: [rest, ...DEEP.map((path) => method('GET', path))], policy: policy(...statements) },
      rest,
    );

  test('leave open what callers meet who need no Allow', () => {
    const signedRest = method('GET', '/{proxy+}', { authorizationType: 'AWS_IAM' });
    const methods = [signedRest, ...DEEP.map((path) => method('GET', path))];
    const other = policy(deny({ Resource: 'execute-api:/prod/GET/other' }));
    expect(reach({ methods, policy: other }, signedRest).verdict).toBe('cannot-tell');
  });

  test('matter only to a policy that tells paths apart', () => {
    expect(behind(allow()).verdict).toBe('admits');
    expect(behind(deny()).verdict).toBe('explicit-deny');
    expect(behind(allow({ Resource: 'arn:aws:execute-api:*' })).verdict).toBe('admits');
    expect(behind(allow({ Resource: 'arn:aws:execute-api:eu-west-1:222233334444:idshop2/*' })).verdict).toBe(
      'no-allow',
    );
    expect(behind(allow({ Resource: ['execute-api:/prod/GET/other', '*'] })).verdict).toBe('admits');
    expect(behind(allow({ Resource: undefined, NotResource: 'execute-api:/*' })).verdict).toBe('no-allow');
    expect(behind(allow(), deny({ Resource: 'execute-api:/prod/GET/other' }))).toMatchObject({
      verdict: 'cannot-tell',
      because: 'more specific resources take the paths that were tried against the resource policy',
    });
  });
});

const at = (path: string) => ({ Resource: `execute-api:/*/GET/pets/${path}` });

describe('values of a path parameter', () => {
  const one = method('GET', '/pets/{id}');
  const nobody = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };
  const uneven =
    'the resource policy treats some values of the path differently, and not all of them were tried';

  test.each([
    ['one denied, none allowed', [deny(at('7')), allow({ Resource: 'execute-api:/*/GET/toys' })], 'no-allow'],
    [
      'one denied, and all allowed to nobody',
      [deny(at('?')), allow({ ...at('*'), Condition: nobody })],
      'no-allow',
    ],
    ['all but one denied', [allow(), deny({ Resource: undefined, NotResource: at('7').Resource })], 'admits'],
    [
      'what the statement is about is not known',
      [allow({ Resource: undefined }), deny(at('7'))],
      'cannot-tell',
    ],
    [
      'how one pattern is read is not known, and another is',
      [allow({ Resource: 'execute-api:*/*/*' }), deny(at('7'))],
      'cannot-tell',
    ],
    ['how the pattern is read is not known', [allow({ Resource: 'execute-api:*/*/*' })], 'cannot-tell'],
    ['every value denied', [allow(at('7')), allow(at('8')), deny(at('*'))], 'explicit-deny'],
  ] as const)('%s: %s', (_, statements, verdict) => {
    expect(reach({ policy: policy(...statements) }, one).verdict).toBe(verdict);
  });

  test.each([
    ['denied, or not allowed', [allow(at('7')), deny(at('7'))]],
    [
      'denied by one statement or another',
      [
        allow(at('a*')),
        allow(at('b*')),
        deny({ Resource: undefined, NotResource: at('a*').Resource }),
        deny({ Resource: undefined, NotResource: at('b*').Resource }),
      ],
    ],
  ])('of which some are %s are not told', (_, statements) => {
    expect(reach({ policy: policy(...statements) }, one)).toMatchObject({
      verdict: 'cannot-tell',
      because: uneven,
    });
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
  [
    'users of any account by the beginning of their name',
    denyUnless('ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:user/ana-*'),
  ],
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

const CI = 'arn:aws:iam::111122223333:role/ci/deployer';
const CI_SESSION = 'arn:aws:sts::111122223333:assumed-role/deployer/run-7';
const NEIGHBOUR = 'arn:aws:iam::111122223333:root';
const unlessNeighbour = denyUnless('StringNotEquals', 'aws:PrincipalAccount', '111122223333');

test.each([
  [
    'a role of another account, and one of its sessions denied',
    [
      allow({ Principal: { AWS: CI } }),
      denyUnless('StringNotEquals', 'aws:PrincipalArn', CI),
      deny({ Principal: { AWS: CI_SESSION } }),
    ],
  ],
  [
    "a session of another account's role, which has the ARN of the role for its key",
    [
      allow({ Principal: { AWS: CI_SESSION } }),
      denyUnless('StringNotEquals', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/deployer'),
    ],
  ],
  ['users alone, by a key that only they have', [deny({ Condition: { Null: { 'aws:username': 'true' } } })]],
  ['all but roles', [deny({ Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } } })]],
  ['all but users', [deny({ Condition: { Null: { 'aws:username': 'false' } } })]],
  [
    'all accounts but its own',
    [allow(), deny({ Condition: { StringEquals: { 'aws:PrincipalAccount': '222233334444' } } })],
  ],
  ['an account that it allows', [allow({ Principal: { AWS: NEIGHBOUR } }), unlessNeighbour]],
  [
    'an account that it allows, without its root',
    [
      allow({ Principal: { AWS: '111122223333' } }),
      unlessNeighbour,
      deny({ Condition: { ArnEquals: { 'aws:PrincipalArn': NEIGHBOUR } } }),
    ],
  ],
  [
    'a user of an account, by two keys',
    [allow(), unlessNeighbour, denyUnless('StringNotEquals', 'aws:username', 'ana')],
  ],
  [
    'a role of an account, by a pattern of one key and another key',
    [allow(), unlessNeighbour, denyUnless('ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/ci-*')],
  ],
  [
    'names by their beginning, where the beginning alone is denied',
    [
      denyUnless('StringNotLike', 'aws:username', 'ana-*'),
      deny({ Condition: { StringEquals: { 'aws:username': 'ana-' } } }),
    ],
  ],
])('a policy that spares %s admits callers of an IAM method', (_, statements) => {
  expect(reachOfSigned(...statements)).toBe('admits');
});

test('callers of another account need an Allow that the policy does not have', () => {
  expect(reachOfSigned(unlessNeighbour)).toBe('no-allow');
});

test('conditions of statements about other paths do not count', () => {
  const tags = Array.from({ length: 14 }, (_, index) =>
    deny({
      Resource: 'execute-api:/*/GET/toys',
      Condition: { StringEquals: { [`aws:PrincipalTag/t${index}`]: 'x' } },
    }),
  );
  expect(reachOfSigned(...tags, deny({ Resource: 'execute-api:/*/GET/pets' }))).toBe('explicit-deny');
});

test('whether NotPrincipal spares callers of whom it names the account alone is left open', () => {
  const own = { AWS: 'arn:aws:iam::222233334444:root' };
  const isRoot = { ArnEquals: { 'aws:PrincipalArn': own.AWS } };
  expect(
    reachOfSigned(allow(), deny({ Principal: undefined, NotPrincipal: own }), deny({ Condition: isRoot })),
  ).toBe('cannot-tell');
});

test('a statement for nobody in particular leaves open whom it is about', () => {
  expect(reachOfSigned(deny({ Principal: undefined }))).toBe('cannot-tell');
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
    'a Deny for those that another spares, beside patterns of what is no caller',
    [
      denyUnless('StringNotEquals', 'aws:username', 'ana'),
      deny({ Condition: { StringEquals: { 'aws:username': 'ana' } } }),
      deny({ Condition: { StringLike: { 'aws:UserAgent': ['a*', 'b*'] } } }),
    ],
  ],
  [
    'a role of an account of thirteen digits',
    [denyUnless('ArnNotEquals', 'aws:PrincipalArn', 'arn:aws:iam::1111222233334:role/x')],
  ],
  [
    'a user name that is the name of a role',
    [
      denyUnless('StringNotEquals', 'aws:username', 'any'),
      deny({ Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/any' } } }),
    ],
  ],
  [
    'as many sessions as are tried, asked for by a key that has the ARN of the role',
    [
      denyUnless(
        'StringNotEquals',
        'aws:PrincipalArn',
        ...Array.from({ length: 509 }, (_, n) => `arn:aws:sts::222233334444:assumed-role/x/${String(n)}`),
      ),
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

/** An Allow for all whose key stands so to values. */
const only = (operator: string, key: string, ...values: readonly string[]) =>
  allow({ Condition: { [operator]: { [key]: values } } });
const denyIf = denyUnless;
const PRESENT = ['Null', 'false'] as const;
const MISSING = ['Null', 'true'] as const;

describe('what a key of the caller may hold', () => {
  const MFA = 'aws:MultiFactorAuthPresent';
  const AGE = 'aws:MultiFactorAuthAge';
  const ISSUED = 'aws:TokenIssueTime';
  const TYPE = 'aws:PrincipalType';

  test.each([
    ['signed in with a second factor', [only('Bool', MFA, 'true')], 'admits'],
    ['signed in without', [only('Bool', MFA, 'false')], 'admits'],
    ['long-term keys, which do not say', [allow(), denyIf('Null', MFA, 'false')], 'admits'],
    ['a second factor neither given nor not', [allow(), denyIf('Bool', MFA, 'true', 'false')], 'admits'],
    ['a second factor not long ago', [only('NumericLessThan', AGE, '300')], 'admits'],
    ['a second factor long ago', [only('NumericGreaterThan', AGE, '300')], 'admits'],
    ['a second factor this second', [only('NumericLessThan', AGE, '1')], 'admits'],
    ['a second factor in the future', [only('NumericLessThan', AGE, '0')], 'no-allow'],
    ['a second factor at one age', [only('NumericEquals', AGE, '300')], 'admits'],
    [
      'a second factor between two ages',
      [only('NumericGreaterThan', AGE, '300'), denyIf('NumericGreaterThanEquals', AGE, '302')],
      'admits',
    ],
    ['no second factor', [only(MISSING[0], AGE, MISSING[1])], 'admits'],
    ['some second factor', [only(PRESENT[0], AGE, PRESENT[1])], 'admits'],
    ['a session begun of late', [allow(), denyUnless('DateGreaterThan', ISSUED, '2026-11-01')], 'admits'],
    ['no session', [only(MISSING[0], ISSUED, MISSING[1])], 'admits'],
    ['a session of days to come', [only('DateGreaterThan', ISSUED, '2037-01-01')], 'no-allow'],
    ['not a user', [allow(), denyIf('StringEquals', TYPE, 'User')], 'admits'],
    ['neither user nor role', [allow(), denyIf('StringEquals', TYPE, 'User', 'AssumedRole')], 'admits'],
    [
      'neither user, role nor root',
      [allow(), denyIf('StringEquals', TYPE, 'User', 'AssumedRole', 'Account')],
      'explicit-deny',
    ],
    ['of no type', [only(MISSING[0], TYPE, MISSING[1])], 'no-allow'],
    ['of no id', [only(MISSING[0], 'aws:userid', MISSING[1])], 'no-allow'],
    ['of an empty id', [allow(), denyIf('StringLike', 'aws:userid', '?*')], 'explicit-deny'],
    ['of another id', [allow(), denyIf('StringEquals', 'aws:userid', 'AIDA1')], 'admits'],
    ['of an organization', [only('StringEquals', 'aws:PrincipalOrgID', 'o-1')], 'admits'],
    ['of another organization', [allow(), denyIf('StringEquals', 'aws:PrincipalOrgID', 'o-1')], 'admits'],
    ['of no organization', [only(MISSING[0], 'aws:PrincipalOrgID', MISSING[1])], 'admits'],
  ] as const)('%s: %s', (_, statements, verdict) => {
    // Callers of its own account would need no Allow (POL-3).
    const own = denyIf('StringEquals', 'aws:PrincipalAccount', '222233334444');
    expect(reachOfSigned(...statements, own)).toBe(verdict);
  });
});

describe('what a key of the request may hold', () => {
  const AGENT = 'aws:UserAgent';
  const VPC_IP = 'aws:VpcSourceIp';
  const IP = 'aws:SourceIp';
  const DOMAIN = 'execute-api:viaDomainArn';

  test.each([
    ['the time of the audit', [only('DateGreaterThan', 'aws:CurrentTime', '2026-01-01')], 'admits'],
    ['a time to come', [only('DateGreaterThan', 'aws:CurrentTime', '2037-01-01')], 'no-allow'],
    ['the second of the audit', [only('NumericGreaterThan', 'aws:EpochTime', '1767225600')], 'admits'],
    ['a second to come', [only('NumericGreaterThan', 'aws:EpochTime', '2114380800')], 'no-allow'],
    ['TLS, always', [only('Bool', 'aws:SecureTransport', 'false')], 'no-allow'],
    ['a private domain', [only('StringLike', DOMAIN, '*')], 'no-allow'],
    ['no private domain', [only('StringNotEquals', DOMAIN, 'arn:x')], 'admits'],
    ['a VPC endpoint', [only('StringLike', 'aws:SourceVpce', '*')], 'no-allow'],
    ['no address', [only(MISSING[0], IP, MISSING[1])], 'no-allow'],
    ['any address', [only(PRESENT[0], IP, PRESENT[1])], 'admits'],
    ['an address beside what is none', [only('IpAddress', IP, 'nonsense', '203.0.113.0/24')], 'admits'],
    [
      'an address between two blocks',
      [
        only('IpAddress', IP, '203.0.112.0/23'),
        denyIf('IpAddress', IP, '203.0.112.0/24', '203.0.113.0/25', '203.0.113.192/26'),
      ],
      'admits',
    ],
    [
      'no address of a block',
      [only('IpAddress', IP, '203.0.112.0/23'), denyIf('IpAddress', IP, '203.0.112.0/24', '203.0.113.0/24')],
      'no-allow',
    ],
    ['another client', [allow(), denyIf('StringEquals', AGENT, 'app')], 'admits'],
    ['a client that says no name', [only(MISSING[0], AGENT, MISSING[1])], 'admits'],
    [
      'neither a name nor none',
      [allow(), denyIf('StringLike', AGENT, '?*'), denyIf(MISSING[0], AGENT, MISSING[1])],
      'explicit-deny',
    ],
    [
      'a name and another',
      [denyUnless('StringNotEquals', AGENT, 'app'), denyIf('StringEquals', AGENT, 'app')],
      'explicit-deny',
    ],
    [
      'a name that begins so, and is another',
      [denyUnless('StringNotLike', AGENT, 'app*'), only('StringEquals', AGENT, 'other')],
      'no-allow',
    ],
    [
      'a name that begins so, and goes on',
      [allow(), denyUnless('StringNotLike', AGENT, 'app*'), denyIf('StringEquals', AGENT, 'app')],
      'admits',
    ],
    [
      'a name that begins so, and does not go on',
      [allow(), denyUnless('StringNotLike', AGENT, 'app*'), denyIf('StringLike', AGENT, 'app?*')],
      'admits',
    ],
    [
      'an asterisk for a name',
      [only('StringEquals', AGENT, '*'), denyIf('StringEquals', AGENT, '*')],
      'no-allow',
    ],
    ['what an operator says that is none', [only('String Like', AGENT, 'app')], 'cannot-tell'],
  ] as const)('of a public API: %s: %s', (_, statements, verdict) => {
    expect(reach({ policy: policy(...statements) }).verdict).toBe(verdict);
  });

  test.each([
    ['an address of the VPC', [only('IpAddress', VPC_IP, '10.0.0.0/8')], 'admits'],
    ['an IPv6 address of the VPC', [only('IpAddress', VPC_IP, '2001:db8::/32')], 'admits'],
    ['any address of the VPC', [only(PRESENT[0], VPC_IP, PRESENT[1])], 'admits'],
    ['the address of a client', [only('IpAddress', IP, '203.0.113.0/24')], 'no-allow'],
    ['the address of a client in the VPC', [only('IpAddress', IP, '10.0.0.0/8')], 'no-allow'],
    ['an address of half of all', [only('IpAddress', IP, '10.0.0.0/7')], 'cannot-tell'],
    ['an address, or one of all', [only('IpAddress', IP, '10.0.0.0/8', '0.0.0.0/0')], 'cannot-tell'],
    ['an IPv6 address of a client', [only('IpAddress', IP, '2001::/16')], 'no-allow'],
    ['an IPv6 address of many', [only('IpAddress', IP, '2000::/15')], 'cannot-tell'],
    ['no address of a client', [only('NotIpAddress', IP, '203.0.113.0/24')], 'admits'],
    [
      'the lowest addresses alone',
      [allow(), denyUnless('NotIpAddress', IP, '0.0.0.0/8', '10.0.0.0/8')],
      'explicit-deny',
    ],
    ['another VPC endpoint', [allow(), denyIf('StringEquals', 'aws:SourceVpce', 'vpce-1')], 'admits'],
    ['no VPC endpoint', [allow(), denyIf('StringLike', 'aws:SourceVpce', 'vpce-*')], 'explicit-deny'],
    ['another VPC', [allow(), denyIf('StringEquals', 'aws:SourceVpc', 'vpc-1')], 'admits'],
    ['no VPC', [allow(), denyIf('StringLike', 'aws:SourceVpc', 'vpc-*')], 'explicit-deny'],
    ['a private domain', [only('StringLike', DOMAIN, 'arn:*')], 'admits'],
    ['no private domain', [only(MISSING[0], DOMAIN, MISSING[1])], 'admits'],
    [
      'neither a private domain nor none',
      [
        allow(),
        denyIf('StringLike', DOMAIN, 'arn:aws:execute-api:*'),
        denyIf(MISSING[0], DOMAIN, MISSING[1]),
      ],
      'explicit-deny',
    ],
  ] as const)('of a private API: %s: %s', (_, statements, verdict) => {
    expect(reach({ endpointTypes: ['PRIVATE'], policy: policy(...statements) }).verdict).toBe(verdict);
  });
});

import { evaluatePolicy } from '../../../lambda/gateway/policy/evaluate';
import { parsePolicy } from '../../../lambda/gateway/policy/parse';
import { ANONYMOUS, matchPrincipal, type Caller } from '../../../lambda/gateway/policy/principal';
import { INVOKE } from '../../../lambda/gateway/policy/resource';
import { allow, deny, policy } from '../../support/build';

const ARN = 'arn:aws:execute-api:eu-west-1:222233334444:idshop/prod/GET/pets';

const told = (text: string, principal: Caller = ANONYMOUS) => {
  const parsed = parsePolicy(text);
  if (parsed.kind !== 'policy') throw new Error(text);
  return evaluatePolicy(parsed.policy, {
    principal,
    action: INVOKE,
    resource: ARN,
    keys: new Map([['aws:principaltag/team', ['pets', 'toys']]]),
  });
};

const WHO_KNOWS = { StringLike: { 'aws:SourceOrgID': 'o-*' } };
const open = (statement: number): string =>
  `whether statement ${statement} of the policy applies depends on what configuration does not show`;

test.each([
  [
    'explicit-deny',
    'statement 3 of the policy denies it',
    [allow(), deny({ Condition: WHO_KNOWS }), deny(), deny()],
  ],
  ['cannot-tell', open(2), [allow(), deny({ Condition: WHO_KNOWS }), deny({ Condition: WHO_KNOWS })]],
  ['allow', 'statement 2 of the policy allows it', [allow({ Condition: WHO_KNOWS }), allow(), allow()]],
  ['cannot-tell', open(1), [allow({ Condition: WHO_KNOWS }), allow({ Condition: WHO_KNOWS })]],
  ['silent', 'no statement of the policy matches it', [deny({ Resource: 'execute-api:/dev/*' })]],
  [
    'cannot-tell',
    'statement 1 of the policy cannot be evaluated: it names no Principal',
    [deny({ Principal: undefined })],
  ],
  [
    'cannot-tell',
    'statement 1 of the policy cannot be evaluated: it names no Action',
    [allow({ Action: undefined })],
  ],
  [
    'cannot-tell',
    'statement 1 of the policy cannot be evaluated: it names no Resource',
    [allow({ Resource: undefined })],
  ],
  [
    'silent',
    'no statement of the policy matches it',
    [allow({ Resource: undefined, Principal: { AWS: 'arn:aws:iam::222233334444:role/x' } })],
  ],
  [
    'silent',
    'no statement of the policy matches it',
    [allow({ Resource: 'arn:aws:execute-api:eu-west-1:222233334444:other/' })],
  ],
  ['cannot-tell', open(1), [allow({ Resource: 'arn:aws:execute-api:eu-west-1:222233334444:idshop/' })]],
  // A variable of which the caller has several values stands for none.
  ['cannot-tell', open(1), [allow({ Resource: 'execute-api:/prod/GET/${aws:PrincipalTag/team}' })]],
])('%s, because %s', (verdict, because, statements) => {
  expect(told(policy(...statements))).toMatchObject({ verdict, because });
});

const caller = (arn: string): Caller => ({ kind: 'aws', arn, accountId: '222233334444' });
const ANA = 'arn:aws:iam::222233334444:user/ana';
const ROOT = 'arn:aws:iam::222233334444:root';

test.each([
  ['the account', [allow({ Principal: { AWS: ROOT } })], true],
  ['the account, by its number', [allow({ Principal: { AWS: '222233334444' } })], true],
  ['the account and the user', [allow({ Principal: { AWS: [ROOT, ANA] } })], false],
  [
    'the account here, the user there',
    [allow({ Principal: { AWS: ROOT } }), allow({ Principal: { AWS: ANA } })],
    false,
  ],
  ['everyone', [allow({ Principal: { AWS: '*' } })], false],
  ['all but others', [allow({ Principal: undefined, NotPrincipal: { AWS: '111122223333' } })], false],
  ['nobody', [deny({ Resource: 'execute-api:/dev/*' })], false],
])('where %s may call, the last word is with policies of the user: %3$s', (_, statements, delegated) => {
  expect(told(policy(...statements), caller(ANA)).delegated).toBe(delegated);
});

const aws = (...values: readonly string[]) => ({
  anyone: false,
  entries: values.map((value) => ({ type: 'AWS', value })),
});
const UNKNOWN: Caller = { kind: 'unknown' };
const SESSION = 'arn:aws:sts::222233334444:assumed-role/clerk/s1';

test.each([
  ['a user', { not: false, ...aws(ANA) }, caller(ANA), true],
  ['another user', { not: false, ...aws(ANA) }, caller('arn:aws:iam::222233334444:user/bob'), false],
  [
    'a user called as the role is',
    { not: false, ...aws('arn:aws:iam::222233334444:role/ana') },
    caller(ANA),
    false,
  ],
  [
    'a role of another name',
    { not: false, ...aws('arn:aws:iam::222233334444:role/x') },
    caller(SESSION),
    false,
  ],
  ['another session', { not: false, ...aws(`${SESSION}2`) }, caller(SESSION), false],
  [
    'the session of one who is a role',
    { not: false, ...aws(SESSION) },
    caller('arn:aws:iam::222233334444:role/clerk'),
    'unknown',
  ],
  ['a caller without an ARN', { not: false, ...aws(ANA) }, caller('ana'), false],
  ['an account of thirteen digits', { not: false, ...aws('2222333344445') }, caller(ANA), 'unknown'],
  ['a deleted role', { not: false, ...aws('AROAEXAMPLE12345678') }, caller(ANA), false],
  ['no id of a deleted role', { not: false, ...aws('x-AROAEXAMPLE12345678') }, caller(ANA), 'unknown'],
  ['no id of one either', { not: false, ...aws('AROAEXAMPLE12345678-x') }, caller(ANA), 'unknown'],
  ['somebody or other', { not: false, ...aws(ANA) }, UNKNOWN, 'unknown'],
  ['somebody, where none is named', { not: false, ...aws() }, UNKNOWN, false],
  [
    'somebody, where a service is',
    { not: false, anyone: false, entries: [{ type: 'Service', value: 'x' }] },
    UNKNOWN,
    false,
  ],
  ['all but everyone', { not: true, anyone: true, entries: [] }, caller(ANA), false],
  ['all but some', { not: true, ...aws(ANA) }, UNKNOWN, 'unknown'],
  ['all but some, to one unsigned', { not: true, ...aws(ANA) }, ANONYMOUS, true],
  ['all but others', { not: true, ...aws('111122223333') }, caller(ANA), true],
  ['all but the user and its account', { not: true, ...aws(ANA, ROOT) }, caller(ANA), false],
  [
    'all but the user and another account',
    { not: true, ...aws(ANA, '111122223333') },
    caller(ANA),
    'unknown',
  ],
  ['all but the account', { not: true, ...aws(ROOT) }, caller(ANA), 'unknown'],
] as const)('a statement about %s', (_, clause, who, wanted) => {
  expect(matchPrincipal(clause, who)).toBe(wanted);
});

import { account, allow, method, policy, restApi } from '../support/build';
import { ask, HOST } from './support';

const role = 'arn:aws:iam::222233334444:role/app';
const SECRET = 'f00dfeedf00dfeedf00dfeedf00dfeed';
const KEY = 'AKIAIOSFODNN7EXAMPLE';

const header = (scope = '20261123/eu-west-1/execute-api/aws4_request'): string =>
  `Authorization: AWS4-HMAC-SHA256 Credential=${KEY}/${scope}, SignedHeaders=host;x-amz-date, Signature=${SECRET}`;
const DATE = 'X-Amz-Date: 20261123T095900Z';
const url = `${HOST}/prod/admin`;

/** The method asks for a signature, and the policy allows the role. */
const staff = account({
  restApis: [
    restApi('shop', {
      methods: [method('GET', '/admin', { authorizationType: 'AWS_IAM' })],
      policy: policy(allow({ Principal: { AWS: role } })),
    }),
  ],
});

const seen = (headers: readonly string[]): readonly unknown[] => {
  const { decision } = ask({ url, headers, signedBy: role }, staff);
  return [decision.outcome, decision.errorType, decision.gate, decision.because];
};

test('who signs may be said beside the signature itself', () => {
  expect(seen([header(), DATE])[0]).toBe('admitted');
  expect(() => ask({ url, headers: ['Authorization: Bearer x'], signedBy: role }, staff)).toThrow(
    'signedBy: cannot be given together with an Authorization header',
  );
});

test.each([
  [
    'another Region (MIS-2)',
    [header('20261123/us-east-1/execute-api/aws4_request'), DATE],
    'InvalidSignatureException',
    'The call is signed for Region us-east-1, not eu-west-1.',
  ],
  [
    'another service, on another day (MIS-2)',
    [header('20261122/eu-west-1/lambda/aws4_request'), DATE],
    'InvalidSignatureException',
    'The call is signed for service lambda, not execute-api, and for 20261122, which is not the day of its date.',
  ],
  [
    'something that is no Region, which is not repeated',
    [header(`20261123/<b>${SECRET}/execute-api/aws4_request`), DATE],
    'InvalidSignatureException',
    'The call is signed for Region …, not eu-west-1.',
  ],
  [
    'an hour ago (MIS-1)',
    [header(), 'X-Amz-Date: 20261123T090000Z'],
    'InvalidSignatureException',
    'The call is signed as of 20261123T090000Z, more than five minutes ago.',
  ],
  [
    'an hour ahead, by the Date header (MIS-1)',
    [header(), 'Date: Mon, 23 Nov 2026 11:00:00 GMT'],
    'InvalidSignatureException',
    'The call is signed as of 20261123T110000Z, more than five minutes ahead.',
  ],
  [
    'X-Amz-Date goes before Date',
    [header(), 'Date: Mon, 23 Nov 2026 10:00:00 GMT', 'X-Amz-Date: 20261123T090000Z'],
    'InvalidSignatureException',
    'The call is signed as of 20261123T090000Z, more than five minutes ago.',
  ],
  [
    'no date',
    [header()],
    'IncompleteSignatureException',
    'The call is to be signed with Signature Version 4, and a date (X-Amz-Date) is missing.',
  ],
  [
    'a date that is none',
    [header(), 'X-Amz-Date: yesterday'],
    'IncompleteSignatureException',
    'The call is to be signed with Signature Version 4, and a date (X-Amz-Date) is missing.',
  ],
  [
    'no signature',
    [header().replace(/, Signature=.*/, ''), DATE],
    'IncompleteSignatureException',
    'The call is to be signed with Signature Version 4, and Signature is missing.',
  ],
  [
    'the key alone for a credential',
    [header('20261123'), DATE],
    'IncompleteSignatureException',
    'The call is to be signed with Signature Version 4, and a whole Credential is missing.',
  ],
  [
    'nothing but the name',
    ['Authorization: AWS4-HMAC-SHA256', DATE],
    'IncompleteSignatureException',
    'The call is to be signed with Signature Version 4, and Credential is missing.',
  ],
])('signed for %s', (_, headers, errorType, because) => {
  expect(seen(headers)).toEqual(['refused', errorType, 'authentication', because]);
});

test('version 4a names no Region in its scope (IAM-4)', () => {
  const scope = header('20261123/execute-api/aws4_request').replace(
    'AWS4-HMAC-SHA256',
    'AWS4-ECDSA-P256-SHA256',
  );
  expect(seen([scope, DATE])[0]).toBe('admitted');
});

test('neither signature nor key nor session token is shown', () => {
  const session = 'IQoJb3JpZ2luX2VjEXAMPLETOKEN';
  const answer = ask({
    curl: `curl '${url}?session=${session}' -H '${header()}' -H 'X-Amz-Date: 20261123T010000Z' -H 'X-Amz-Security-Token: ${session}'`,
  });
  const text = JSON.stringify(answer);
  expect(answer.decision.body).toBe(
    '{"message":"Signature expired: 20261123T010000Z is now earlier than … (… - 5 min.)"}',
  );
  expect(answer.fix).toEqual([
    {
      step: 'Sign each call anew, right before it is sent, on a machine whose clock is right.',
      commands: [],
    },
  ]);
  for (const secret of [SECRET, KEY, session]) expect(text).not.toContain(secret);
  expect(answer.notes.join(' ')).toContain('service, Region and date were looked at');
});

const ADMITTED = [null, 'Every gate lets the call pass; the backend answers.'];
const signedFor = (what: string): readonly string[] => ['authentication', `The call is signed for ${what}`];

test.each([
  ['all of it', 'aws:amz:eu-west-1:execute-api', ADMITTED],
  ['another Region', 'aws:amz:us-east-1:execute-api', signedFor('Region us-east-1, not eu-west-1.')],
  [
    'nothing, so that curl takes service and Region from the host',
    'aws:amz',
    signedFor('service idshop, not execute-api, and for Region execute-api, not eu-west-1.'),
  ],
  ['the Region alone', 'aws:amz:eu-west-1', signedFor('service idshop, not execute-api.')],
  ['another cloud, of which nothing is known', 'goog:goog', ADMITTED],
])('curl signs with %s', (_, option, wanted) => {
  const curl = `curl --aws-sigv4 "${option}" --user ${KEY}:${SECRET} ${url}`;
  const { decision } = ask({ curl, signedBy: role }, staff);
  expect([decision.gate, decision.because]).toEqual(wanted);
});

test('a signature in the query is seen, and not taken for none', () => {
  const { decision } = ask({ url: `${url}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=${SECRET}` });
  expect([decision.outcome, decision.gate]).toEqual(['cannot-tell', 'authentication']);
});

const LOOKED =
  'Of the signature, service, Region and date were looked at; that the right key made it over this host, path and body is taken to hold.';
const HOLDS = 'The signature is taken to hold for host, Region and time.';
const notesOn = (given: Parameters<typeof ask>[0], of = staff): readonly string[] =>
  ask({ signedBy: role, ...given }, of).notes.filter((note) => note.includes('signature'));

const closed = account({
  restApis: [
    restApi('shop', {
      methods: [method('GET', '/admin', { authorizationType: 'AWS_IAM' })],
      disableExecuteApiEndpoint: true,
    }),
  ],
});
const open = account({ restApis: [restApi('shop', { methods: [method('GET', '/admin')] })] });

test.each<[string, Parameters<typeof ask>[0], typeof staff, readonly string[]]>([
  ['the method looks at it', { url, headers: [header(), DATE] }, staff, [LOOKED]],
  ['who signs is said alone', { url }, staff, [HOLDS]],
  ['the endpoint refuses before', { url, headers: [header(), DATE] }, closed, []],
  ['there is no such stage', { url: `${HOST}/gone/admin`, headers: [header(), DATE] }, staff, []],
  ['the method asks for none', { url, headers: [header(), DATE] }, open, []],
  [
    'a VPC endpoint may ask who signed',
    { url, headers: [header(), DATE], sourceVpce: 'vpce-1' },
    closed,
    [HOLDS],
  ],
])('what is said of the signature where %s', (_, given, of, wanted) => {
  expect(notesOn(given, of)).toEqual(wanted);
});

import { canonicalPolicy } from '../../lambda/model/policy-canonical';

const place = { accountId: '222233334444', partition: 'aws', region: 'eu-west-1' };
const canonical = (...statements: readonly object[]): string | null =>
  canonicalPolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), place, 'idshop');
const base = { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' };
const FULL = 'arn:aws:execute-api:eu-west-1:222233334444:idshop';

describe('two forms of one policy', () => {
  test.each([
    ['a Sid', { Sid: 'Everyone' }, {}],
    ['the short form of an ARN', { Resource: 'execute-api:/prod/GET/x' }, { Resource: `${FULL}/prod/GET/x` }],
    ['a list of one', { Resource: ['*'], Action: ['execute-api:Invoke'] }, {}],
    ['the case of an action', { Action: 'Execute-API:invoke' }, {}],
    ['everybody', { Principal: { AWS: ['*'] } }, {}],
    [
      'an account and its root',
      { Principal: { AWS: '555566667777' } },
      { Principal: { AWS: 'arn:aws:iam::555566667777:root' } },
    ],
    [
      'the order of values and the case of a key',
      { Condition: { StringEquals: { 'aws:SourceVpce': ['a', 'b'] } } },
      { Condition: { StringEquals: { 'AWS:sourcevpce': ['b', 'a'] } } },
    ],
    [
      'a boolean and its text',
      { Condition: { Bool: { 'aws:SecureTransport': true } } },
      { Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
    ],
    ['an empty condition', { Condition: {} }, {}],
  ])('are equal: %s', (_, left, right) => {
    expect(canonical({ ...base, ...left })).toBe(canonical({ ...base, ...right }));
  });

  test('are equal: the order of statements', () => {
    const deny = { ...base, Effect: 'Deny', Resource: `${FULL}/prod/GET/x` };
    expect(canonical(base, deny)).toBe(canonical(deny, base));
  });

  test.each([
    ['another effect', { Effect: 'Deny' }],
    ['another stage', { Resource: 'execute-api:/test/*' }],
    ['a short form that AWS leaves as written', { Resource: 'execute-api:*/*/*' }],
    ['another address', { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.8' } } }],
    ['the negated principal', { Principal: undefined, NotPrincipal: '*' }],
    ['the case of a path', { Resource: `${FULL}/prod/GET/X` }],
  ])('differ: %s', (_, given) => {
    expect(canonical({ ...base, ...given })).not.toBe(canonical(base));
  });

  test('differ: the case of a path, in full', () => {
    expect(canonical({ ...base, Resource: `${FULL}/prod/GET/x` })).not.toBe(
      canonical({ ...base, Resource: `${FULL}/prod/GET/X` }),
    );
  });
});

test.each(['', '{"Statement"', '[]', '"text"', 'null'])('%j is no policy document', (text) => {
  expect(canonicalPolicy(text, place, 'idshop')).toBeNull();
});

import {
  authorizerSourceArn,
  functionArnOf,
  functionBehind,
  invocationOf,
} from '../../lambda/gateway/invoke-permission';
import { ACCOUNT_ID, functionArn, lambdaFunction, policy, REGION } from '../support/build';

const place = { accountId: ACCOUNT_ID, partition: 'aws', region: REGION };
const source = `arn:aws:execute-api:${REGION}:${ACCOUNT_ID}:api1/authorizers/auth1`;

const statement = (given: object = {}) => ({
  Effect: 'Allow',
  Principal: { Service: 'apigateway.amazonaws.com' },
  Action: 'lambda:InvokeFunction',
  ...given,
});
const mayBy = (text: string | null, authorizerId: string | null = 'auth1') => {
  const answered = invocationOf(text, {
    service: 'apigateway.amazonaws.com',
    sourceArn: authorizerSourceArn(place, 'api1', authorizerId),
    sourceAccount: ACCOUNT_ID,
    functionArn: functionArn('check'),
  });
  return typeof answered === 'string' ? answered : answered.detail;
};
const OPEN = `the policy of function ${functionArn('check')} has conditions that could not be worked out`;
const may = (...statements: object[]) => mayBy(policy(...statements));
const when = (operator: string, key: string, ...values: string[]) =>
  statement({ Condition: { [operator]: { [key]: values } } });

test.each([
  ['no condition', 'allowed', statement()],
  [
    'ArnLike over the API',
    'allowed',
    when('ArnLike', 'aws:SourceArn', source.replace('authorizers/auth1', '*')),
  ],
  [
    'ArnEquals works like ArnLike',
    'allowed',
    when('ArnEquals', 'AWS:SourceArn', source.replace('auth1', '*')),
  ],
  [
    'StringEquals takes no wildcard',
    'refused',
    when('StringEquals', 'aws:SourceArn', source.replace('auth1', '*')),
  ],
  ['StringLike does', 'allowed', when('StringLike', 'aws:SourceArn', source.replace('auth1', 'auth?'))],
  ['the IfExists form', 'allowed', when('ArnLikeIfExists', 'aws:SourceArn', source)],
  ['one of several values', 'allowed', when('ArnLike', 'aws:SourceArn', 'arn:aws:s3:::x', source)],
  ['an ARN of too few parts', OPEN, when('ArnLike', 'aws:SourceArn', 'arn:aws:*')],
  [
    'a method ARN (LAM-15)',
    'refused',
    when('ArnLike', 'aws:SourceArn', source.replace('authorizers/auth1', '*/GET/x')),
  ],
  ['another region', 'refused', when('ArnLike', 'aws:SourceArn', source.replace(REGION, 'us-east-1'))],
  ['the right account', 'allowed', when('StringEquals', 'aws:SourceAccount', ACCOUNT_ID)],
  ['another account', 'refused', when('StringEquals', 'aws:SourceAccount', '999900001111')],
  ['another key', OPEN, when('StringEquals', 'aws:SourceOrgID', 'o-1')],
  ['an operator that policies do not have', OPEN, when('StringResembles', 'aws:SourceArn', 'x')],
  ['all sources but one', 'allowed', when('ArnNotLike', 'aws:SourceArn', 'arn:aws:s3:::x')],
  ['all sources but this one', 'refused', when('ArnNotLike', 'aws:SourceArn', source)],
  ['any source at all', 'allowed', when('ArnLike', 'aws:SourceArn', '*')],
  [
    'StringEqualsIgnoreCase',
    'allowed',
    when('StringEqualsIgnoreCase', 'aws:SourceArn', source.toUpperCase()),
  ],
  [
    'an undecided condition on a statement for another service',
    'refused',
    { ...when('Bool', 'a:b', 'true'), Principal: { Service: 's3.amazonaws.com' } },
  ],
  ['a wildcard action', 'allowed', statement({ Action: ['lambda:Get*', 'LAMBDA:invoke*'] })],
  ['another action', 'refused', statement({ Action: 'lambda:InvokeFunctionUrl' })],
  ['any service', 'allowed', statement({ Principal: { Service: '*' } })],
  ['everyone in short', 'allowed', statement({ Principal: '*' })],
  ['nobody', 'refused', { ...statement(), Principal: undefined }],
  [
    'everyone but a service',
    OPEN,
    { ...statement(), Principal: undefined, NotPrincipal: { Service: 's3.amazonaws.com' } },
  ],
  [
    'a principal of another kind',
    'refused',
    statement({ Principal: { AWS: 'apigateway.eu-west-1.amazonaws.com' } }),
  ],
  ['everyone', 'allowed', statement({ Principal: { AWS: ['*'] } })],
  [
    'one of several services',
    'allowed',
    statement({ Principal: { Service: ['s3.amazonaws.com', 'apigateway.amazonaws.com'] } }),
  ],
  [
    'a regional form of the service name',
    OPEN,
    statement({ Principal: { Service: 'apigateway.eu-west-1.amazonaws.com' } }),
  ],
  ['an account', 'refused', statement({ Principal: { AWS: `arn:aws:iam::${ACCOUNT_ID}:root` } })],
  [
    'all actions but another',
    'allowed',
    { ...statement(), Action: undefined, NotAction: 'lambda:GetFunction' },
  ],
  ['all actions but this one', 'refused', { ...statement(), Action: undefined, NotAction: 'lambda:Invoke*' }],
  ['no action', 'refused', { ...statement(), Action: undefined }],
])('%s: %s', (_, expected, given) => {
  expect(may(given)).toBe(expected);
});

test('a denial wins, and one that cannot be decided leaves it open', () => {
  expect(may(statement(), statement({ Effect: 'Deny' }))).toBe('refused');
  expect(may(statement(), { ...when('Bool', 'aws:SecureTransport', 'false'), Effect: 'Deny' })).toBe(OPEN);
  expect(may(statement(), statement({ Effect: 'Deny', Action: 'lambda:GetFunction' }))).toBe('allowed');
});

test('a single statement needs no list', () => {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statement() });
  expect(mayBy(text)).toBe('allowed');
});

test('no policy refuses, and text that is none is told', () => {
  expect(mayBy(null)).toBe('refused');
  expect(mayBy('{}')).toBe('refused');
  for (const text of ['[', '[]', '{"Statement":["x"]}']) {
    expect(mayBy(text)).toBe(`the policy of function ${functionArn('check')} could not be parsed`);
  }
});

const forSource = (pattern: string) => when('ArnLike', 'aws:SourceArn', pattern);
const withoutId = (...statements: object[]) => mayBy(policy(...statements), null);

test('an authorizer whose id is lost is covered by what covers all', () => {
  const every = source.replace('auth1', '*');
  expect(withoutId(forSource(every))).toBe('allowed');
  expect(withoutId(forSource(source))).toBe(OPEN);
  expect(withoutId(forSource(source.replace('auth1', 'a*')))).toBe(OPEN);
  expect(withoutId(forSource(source.replace('api1', 'api2')))).toBe('refused');
  expect(withoutId(forSource(every), { ...forSource(source), Effect: 'Deny' })).toBe(OPEN);
  expect(withoutId(statement(), { ...forSource(source.replace('api1', 'api2')), Effect: 'Deny' })).toBe(
    'allowed',
  );
});

test('wildcards are matched in bounded time', () => {
  const pattern = `arn:aws:execute-api:${REGION}:${ACCOUNT_ID}:${'a*'.repeat(500)}b`;
  expect(may(when('ArnLike', 'aws:SourceArn', pattern))).toBe('refused');
});

const uri = (version: string) =>
  `arn:aws:apigateway:eu-west-1:lambda:path/${version}/functions/${functionArn('check')}:live/invocations`;

test('the function behind a URI', () => {
  expect(functionArnOf(uri('2015-03-31'))).toBe(`${functionArn('check')}:live`);
  expect(functionArnOf(uri('2018-05-29'))).toBe(`${functionArn('check')}:live`);
  expect(functionArnOf('arn:aws:apigateway:eu-west-1:s3:path/bucket/key')).toBeNull();
  expect(functionArnOf(`see ${uri('2015-03-31')}`)).toBeNull();
  expect(functionArnOf(`${uri('2015-03-31')}/`)).toBeNull();
});

test('a function that was not read is not called missing, whosever it is', () => {
  const foreign = 'arn:aws:lambda:eu-west-1:999900001111:function:check';
  const detailOf = (arn: string) => {
    const found = functionBehind(arn, [lambdaFunction('check')], place);
    return found.state === 'unreadable' ? found.detail : found.value.arn;
  };
  expect(detailOf(functionArn('check'))).toBe(functionArn('check'));
  expect(detailOf(functionArn('other'))).toBe(`the function ${functionArn('other')} was not read`);
  expect(detailOf(foreign)).toBe(`the function ${foreign} belongs to another account`);
  expect(detailOf('arn:aws:s3:::check')).toBe('arn:aws:s3:::check is not the ARN of a function');
  expect(functionBehind(foreign, [{ ...lambdaFunction('check'), arn: foreign }], place).state).toBe(
    'unreadable',
  );
});

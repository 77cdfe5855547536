import {
  functionArnOf,
  functionBehind,
  invocationOf,
  mayInvokeAuthorizer,
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
const may = (...statements: object[]) =>
  mayInvokeAuthorizer(policy(...statements), functionArn('check'), place, 'api1', 'auth1');
const when = (operator: string, key: string, ...values: string[]) =>
  statement({ Condition: { [operator]: { [key]: values } } });

test.each([
  ['no condition', 'yes', statement()],
  ['ArnLike over the API', 'yes', when('ArnLike', 'aws:SourceArn', source.replace('authorizers/auth1', '*'))],
  ['ArnEquals works like ArnLike', 'yes', when('ArnEquals', 'AWS:SourceArn', source.replace('auth1', '*'))],
  [
    'StringEquals takes no wildcard',
    'no',
    when('StringEquals', 'aws:SourceArn', source.replace('auth1', '*')),
  ],
  ['StringLike does', 'yes', when('StringLike', 'aws:SourceArn', source.replace('auth1', 'auth?'))],
  ['the IfExists form', 'yes', when('ArnLikeIfExists', 'aws:SourceArn', source)],
  ['one of several values', 'yes', when('ArnLike', 'aws:SourceArn', 'arn:aws:s3:::x', source)],
  ['a wildcard does not reach over a colon of an ARN', 'no', when('ArnLike', 'aws:SourceArn', 'arn:aws:*')],
  [
    'a method ARN (LAM-15)',
    'no',
    when('ArnLike', 'aws:SourceArn', source.replace('authorizers/auth1', '*/GET/x')),
  ],
  ['another region', 'no', when('ArnLike', 'aws:SourceArn', source.replace(REGION, 'us-east-1'))],
  ['the right account', 'yes', when('StringEquals', 'aws:SourceAccount', ACCOUNT_ID)],
  ['another account', 'no', when('StringEquals', 'aws:SourceAccount', '999900001111')],
  ['another key', 'cannot-tell', when('StringEquals', 'aws:SourceOrgID', 'o-1')],
  ['an operator that is not decided', 'cannot-tell', when('StringNotLike', 'aws:SourceArn', 'x')],
  [
    'an undecided condition on a statement for another service',
    'no',
    { ...when('Bool', 'a:b', 'true'), Principal: { Service: 's3.amazonaws.com' } },
  ],
  ['a wildcard action', 'yes', statement({ Action: ['lambda:Get*', 'LAMBDA:invoke*'] })],
  ['another action', 'no', statement({ Action: 'lambda:InvokeFunctionUrl' })],
  ['everyone', 'yes', statement({ Principal: { AWS: ['*'] } })],
  [
    'one of several services',
    'yes',
    statement({ Principal: { Service: ['s3.amazonaws.com', 'apigateway.amazonaws.com'] } }),
  ],
  [
    'a regional form of the service name',
    'cannot-tell',
    statement({ Principal: { Service: 'apigateway.eu-west-1.amazonaws.com' } }),
  ],
  ['an account', 'no', statement({ Principal: { AWS: `arn:aws:iam::${ACCOUNT_ID}:root` } })],
  ['NotAction', 'cannot-tell', { ...statement(), Action: undefined, NotAction: 'lambda:GetFunction' }],
])('%s: %s', (_, expected, given) => {
  expect(may(given)).toBe(expected);
});

test('a denial wins, and one that cannot be decided leaves it open', () => {
  expect(may(statement(), statement({ Effect: 'Deny' }))).toBe('no');
  expect(may(statement(), { ...when('Bool', 'aws:SecureTransport', 'false'), Effect: 'Deny' })).toBe(
    'cannot-tell',
  );
  expect(may(statement(), statement({ Effect: 'Deny', Action: 'lambda:GetFunction' }))).toBe('yes');
});

test('a single statement needs no list', () => {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statement() });
  expect(mayInvokeAuthorizer(text, functionArn('check'), place, 'api1', 'auth1')).toBe('yes');
});

test('no policy refuses, and text that is none is told', () => {
  const call = {
    service: 's',
    sourceArn: source,
    sourceAccount: ACCOUNT_ID,
    functionArn: functionArn('check'),
  };
  expect(invocationOf(null, call)).toBe('refused');
  expect(invocationOf('[', call)).toMatchObject({ operation: 'GetPolicy', because: 'unsupported' });
  expect(invocationOf('[]', call)).toMatchObject({ operation: 'GetPolicy', because: 'unsupported' });
});

const withoutId = (pattern: string) =>
  mayInvokeAuthorizer(
    policy(when('ArnLike', 'aws:SourceArn', pattern)),
    functionArn('check'),
    place,
    'api1',
    null,
  );

test('an authorizer whose id is lost is covered by what covers all', () => {
  expect(withoutId(source.replace('auth1', '*'))).toBe('yes');
  expect(withoutId(source)).toBe('cannot-tell');
  expect(withoutId(source.replace('api1', 'api2'))).toBe('no');
});

test('wildcards are matched in bounded time', () => {
  const pattern = `arn:aws:execute-api:${REGION}:${ACCOUNT_ID}:${'a*'.repeat(500)}b`;
  expect(may(when('ArnLike', 'aws:SourceArn', pattern))).toBe('no');
});

const uri = (version: string) =>
  `arn:aws:apigateway:eu-west-1:lambda:path/${version}/functions/${functionArn('check')}:live/invocations`;

test('the function behind a URI', () => {
  expect(functionArnOf(uri('2015-03-31'))).toBe(`${functionArn('check')}:live`);
  expect(functionArnOf(uri('2018-05-29'))).toBe(`${functionArn('check')}:live`);
  expect(functionArnOf('arn:aws:apigateway:eu-west-1:s3:path/bucket/key')).toBeNull();
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

import { classifyError, errorName, isThrottle } from '../../lambda/collect/aws-errors';
import { ShapeError } from '../../lambda/collect/shape';

const SECRET = 'FwoGZXIvYXdzEJr-secret-token';

const error = (name: string, status: number | null, message = SECRET, more: object = {}): Error =>
  Object.assign(new Error(message), {
    name,
    ...(status === null ? {} : { $metadata: { httpStatusCode: status } }),
    ...more,
  });

const ABSENT = { absent: 'NotFoundException' };

describe('outcomes', () => {
  test.each<[string, Error, string]>([
    ['gone', error('NotFoundException', 404, 'Invalid API identifier specified'), 'absent'],
    ['no such route', error('NotFoundException', 404, 'Unknown path'), 'broken'],
    ['no such operation', error('UnknownOperationException', 404, ''), 'broken'],
    ['another absence than the operation knows', error('ResourceNotFoundException', 404), 'broken'],
    ['404 without a name', error('UnknownError', 404), 'broken'],
    ['access denied', error('AccessDeniedException', 403), 'denied'],
    ['access denied, EC2', error('UnauthorizedOperation', 403), 'denied'],
    ['access denied, API Gateway', error('UnauthorizedException', 401), 'denied'],
    ['access denied, Cognito', error('NotAuthorizedException', 400), 'denied'],
    ['403 of something else', error('Forbidden', 403), 'broken'],
    ['too many requests', error('TooManyRequestsException', 429), 'throttled'],
    ['too many requests by name', error('TooManyRequestsException', 400), 'throttled'],
    ['too many requests by status', error('UnknownError', 429), 'throttled'],
    ['throttling', error('ThrottlingException', 400), 'throttled'],
    ['limit exceeded', error('LimitExceededException', 400), 'throttled'],
    ['EC2', error('RequestLimitExceeded', 503), 'throttled'],
    ['expired token', error('ExpiredToken', 403), 'broken'],
    ['unknown caller', error('UnrecognizedClientException', 400), 'broken'],
    ['no credentials', error('CredentialsProviderError', null), 'broken'],
    ['a page instead of JSON', error('SyntaxError', 200, `Unexpected token < ${SECRET}`), 'broken'],
    ['server fault', error('InternalFailure', 500), 'broken'],
    ['torn connection', error('Error', null, 'aborted', { code: 'ECONNRESET' }), 'broken'],
    ['time out', error('TimeoutError', null), 'broken'],
    ['an unusable answer', new ShapeError('items[].id'), 'broken'],
  ])('%s', (_, given, outcome) => {
    expect(classifyError(given, ABSENT).outcome).toBe(outcome);
  });

  test('not exportable', () => {
    const unsupported = { words: /non-JSON body/i, detail: 'AWS cannot export it' };
    const refusal = error('BadRequestException', 400, 'Only found non-JSON body models for …');
    expect(classifyError(refusal, { unsupported })).toEqual({
      outcome: 'unsupported',
      detail: 'AWS cannot export it',
    });
    expect(classifyError(error('BadRequestException', 400), { unsupported }).outcome).toBe('broken');
  });
});

describe('details', () => {
  test.each<[Error, string]>([
    [error('ExpiredTokenException', 400), 'the credentials were refused (ExpiredTokenException)'],
    [error('CredentialsProviderError', null), 'no credentials were found'],
    [error('InternalFailure', 500), 'AWS answered 500 InternalFailure'],
    [error(SECRET, 502), 'AWS answered 502'],
    [error('Error', null, 'aborted', { code: 'ECONNRESET' }), 'the connection failed (ECONNRESET)'],
    [
      error('TimeoutError', null, 'socket hang up', { code: 'ECONNRESET' }),
      'the connection failed (ECONNRESET)',
    ],
    [error('Error', 200, 'aborted', { code: 'ECONNRESET' }), 'the connection failed (ECONNRESET)'],
    [error('TimeoutError', null, '', { code: 'ETIMEDOUT' }), 'no answer came in time'],
    [error('TimeoutError', null), 'no answer came in time'],
    [error('TypeError', null), 'the call failed (TypeError)'],
    [new ShapeError('items[].path'), 'the answer holds no usable items[].path'],
  ])('%s', (given, detail) => {
    expect(classifyError(given).detail).toBe(detail);
  });

  test('nothing that AWS or a proxy wrote is repeated, save the action', () => {
    const denied = error(
      'AccessDeniedException',
      403,
      `User: arn:aws:sts::111122223333:assumed-role/${SECRET} is not authorized to perform: apigateway:GET on resource: ${SECRET}`,
    );
    expect(classifyError(denied)).toEqual({
      outcome: 'denied',
      detail: 'access was denied',
      action: 'apigateway:GET',
    });
    for (const name of [
      'InvalidSignatureException',
      'SyntaxError',
      'BadRequestException',
      'TooManyRequestsException',
    ]) {
      expect(JSON.stringify(classifyError(error(name, 403)))).not.toContain(SECRET);
    }
    expect(errorName(error(`${SECRET} x`, 400))).toBe('Error');
  });

  test('anything may be thrown', () => {
    expect([undefined, null, 'text', 7].map((thrown) => classifyError(thrown).outcome)).toEqual(
      Array.from({ length: 4 }, () => 'broken'),
    );
    expect(isThrottle(undefined)).toBe(false);
  });
});

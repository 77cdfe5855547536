import { respond, type Response } from '../../lambda/gateway/respond';
import {
  CACHE_CONTROL_REFUSED,
  MISSING_EQUAL_SIGN,
  TOKEN_EXPIRED,
  UNAUTHORIZED,
} from '../../lambda/gateway/refusals';
import type { Refusal } from '../../lambda/gateway/answer';
import { deploymentsOf } from '../../lambda/model/deployment';
import type { GatewayResponse } from '../../lambda/model/rest-api';
import { denied, gatewayResponse, method, restApi, stage } from '../support/build';

const served = (gatewayResponses: readonly GatewayResponse[] | ReturnType<typeof denied>) => {
  const snapshot = { methods: [method('GET', '/')], gatewayResponses };
  const one = stage('prod', snapshot);
  const [deployment] = deploymentsOf(restApi('shop', { ...snapshot, stages: [one] }), one);
  if (deployment === undefined) throw new Error('the stage serves something');
  return deployment;
};

const asked = (accept?: string) => ({ verb: 'GET', headers: accept === undefined ? {} : { accept } });
const json = (template: string): GatewayResponse['templates'] => ({ 'application/json': template });
const seen = ({ status, body }: Response) => [status, body];
const expired = '{"message":"The incoming token has expired"}';

const asking: readonly (readonly [string, string])[] = [
  ['text/plain;q=0.9, application/json', 'plain'],
  [' text/plain , application/json', 'plain'],
  ['text/html', '{}'],
  ['constructor', '{}'],
  ['', '{}'],
];

test.each(asking)('a caller who asks for %j sees %s', (accept, body) => {
  const rows = [gatewayResponse('UNAUTHORIZED', { templates: { 'text/plain': 'plain', ...json('{}') } })];
  expect(seen(respond(TOKEN_EXPIRED, served(rows), asked(accept)))).toEqual([403, body]);
});

test.each<[string, Refusal, readonly GatewayResponse[], readonly unknown[]]>([
  ['nothing is customised', TOKEN_EXPIRED, [], [401, expired]],
  ['another type is', TOKEN_EXPIRED, [gatewayResponse('ACCESS_DENIED', { status: 500 })], [401, expired]],
  [
    'its type has no status of its own',
    TOKEN_EXPIRED,
    [gatewayResponse('UNAUTHORIZED', { status: null, templates: {} })],
    [401, expired],
  ],
  [
    'its row is as AWS ships it, spaced differently',
    TOKEN_EXPIRED,
    [
      gatewayResponse('UNAUTHORIZED', {
        customised: false,
        templates: json('{ "message" : $context.error.messageString }'),
      }),
    ],
    [403, expired],
  ],
  [
    'a template of another kind of content is the only one',
    TOKEN_EXPIRED,
    [gatewayResponse('UNAUTHORIZED', { templates: { 'text/plain': 'no: $context.error.message' } })],
    [403, 'no: The incoming token has expired'],
  ],
  [
    'a template names stage, API and what cannot be known',
    UNAUTHORIZED,
    [
      gatewayResponse('UNAUTHORIZED', {
        templates: json(
          '$context.stage ${context.apiId} $context.requestId $stageVariables.x $input.params("a") $context.error.responseType $5',
        ),
      }),
    ],
    [403, 'prod idshop … … … UNAUTHORIZED $5'],
  ],
  [
    'the text is not known, and the template repeats it',
    { ...UNAUTHORIZED, message: null },
    [gatewayResponse('UNAUTHORIZED', { templates: json('{"e":$context.error.messageString}') })],
    [403, null],
  ],
  [
    'the text is not known, and the template repeats it in braces',
    { ...UNAUTHORIZED, message: null },
    [gatewayResponse('UNAUTHORIZED', { templates: json('no: ${context.error.message}') })],
    [403, null],
  ],
  [
    'a type of its own says how signatures fail',
    MISSING_EQUAL_SIGN,
    [
      gatewayResponse('INVALID_SIGNATURE', { templates: json('$context.error.responseType') }),
      gatewayResponse('DEFAULT_4XX', { templates: json('$context.error.responseType') }),
      gatewayResponse('DEFAULT_5XX', { status: 500 }),
    ],
    [null, null],
  ],
  [
    'neither of two types that apply is customised',
    MISSING_EQUAL_SIGN,
    [gatewayResponse('DEFAULT_5XX', { status: 500 }), gatewayResponse('UNAUTHORIZED', { status: 404 })],
    [403, JSON.stringify({ message: MISSING_EQUAL_SIGN.message })],
  ],
  [
    'the text is not known, and the template says another',
    { ...UNAUTHORIZED, message: null },
    [gatewayResponse('UNAUTHORIZED', { templates: json('{"e":"no"}') })],
    [403, '{"e":"no"}'],
  ],
  [
    'neither text nor type are known',
    { ...UNAUTHORIZED, message: null, responseType: null },
    [gatewayResponse('UNAUTHORIZED', { status: 500 })],
    [401, null],
  ],
  [
    'one of two types applies, and neither changes anything',
    MISSING_EQUAL_SIGN,
    [gatewayResponse('DEFAULT_4XX', { status: null, templates: {} })],
    [403, JSON.stringify({ message: MISSING_EQUAL_SIGN.message })],
  ],
  [
    'one of two types applies, and one of them changes the status',
    MISSING_EQUAL_SIGN,
    [gatewayResponse('INVALID_SIGNATURE', { status: 418 })],
    [null, null],
  ],
  [
    'one of two types applies, and one of them changes the body',
    MISSING_EQUAL_SIGN,
    [gatewayResponse('DEFAULT_4XX', { status: 403, templates: json('{}') })],
    [null, null],
  ],
  [
    'the type is not documented, and a family is customised',
    CACHE_CONTROL_REFUSED,
    [gatewayResponse('DEFAULT_4XX', { status: 500 })],
    [403, null],
  ],
])('what a caller sees where %s', (_, refusal, rows, wanted) => {
  expect(seen(respond(refusal, served(rows), asked()))).toEqual(wanted);
});

test('where gateway responses could not be read, or no API was reached, the built-in answer', () => {
  for (const deployment of [served(denied('GetGatewayResponses')), null]) {
    expect(seen(respond(TOKEN_EXPIRED, deployment, asked()))).toEqual([401, expired]);
  }
});

test('an answer to HEAD has no body, whatever a template makes of it', () => {
  for (const rows of [
    [],
    [gatewayResponse('EXPIRED_TOKEN', { status: 400, templates: json('{"code":1}') })],
  ]) {
    const answer = respond(TOKEN_EXPIRED, served(rows), asked());
    const head = respond(TOKEN_EXPIRED, served(rows), { ...asked(), verb: 'HEAD' });
    expect(answer.body).not.toBe('');
    expect(head).toEqual({ ...answer, body: '' });
  }
});

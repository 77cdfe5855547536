import { headerContent, parseIdentitySource } from '../../lambda/gateway/identity-source';
import { ANONYMOUS, type Credential } from '../../lambda/gateway/request';
import { Secret } from '../../lambda/gateway/secret';
import { at, request } from './facts/fact-table';

const nowhere = { from: 'nowhere' };

test.each([
  ['method.request.header.Authorization', { from: 'header', name: 'Authorization' }],
  [' method.request.header.X-Auth ', { from: 'header', name: 'X-Auth' }],
  ['method.request.header.', nowhere],
  ['method.request.header.X Auth', nowhere],
  ['method.request.header.X-Auth:', nowhere],
  ['header.X-Auth', nowhere],
  ['method.request.querystring.tenant', { from: 'querystring', name: 'tenant' }],
  ['method.request.querystring.', nowhere],
  ['method.request.path.id', nowhere],
  ['stageVariables.env', { from: 'stage-variable', name: 'env' }],
  ['stageVariables.', nowhere],
  ['context.path', { from: 'context', name: 'path' }],
  ['$context.identity.sourceIp', { from: 'context', name: 'identity.sourceIp' }],
  ['context.', nowhere],
  ['', nowhere],
])('the identity source %j (LAM-3)', (stored, expected) => {
  expect(parseIdentitySource(stored)).toEqual(expected);
});

const call = request('GET', at('idshop', '/prod/pets'), {
  headers: { 'x-auth': 'allow', 'x-empty': ' ', authorization: 'Basic eA==' },
});
const opaque = (header: string | null): Credential => ({
  kind: 'opaque',
  header,
  scheme: null,
  value: new Secret('token-1'),
  because: 'The value is no JWT.',
});
const signed: Credential = { kind: 'signed', principalArn: '', scope: null, sentIn: 'header' };
const none = ANONYMOUS.credential;

test.each([
  ['X-Auth', none, { holds: 'text', text: 'allow' }],
  ['x-empty', none, { holds: 'nothing' }],
  ['x-other', none, { holds: 'nothing' }],
  ['constructor', none, { holds: 'nothing' }],
  ['Authorization', signed, { holds: 'signature' }],
  ['X-Auth', signed, { holds: 'text', text: 'allow' }],
  ['Authorization', opaque(null), { holds: 'credential', credential: opaque(null) }],
  ['X-Token', opaque('x-token'), { holds: 'credential', credential: opaque('x-token') }],
  ['Authorization', opaque('x-token'), { holds: 'text', text: 'Basic eA==' }],
])('what the header %s holds (COG-11)', (name, credential, expected) => {
  expect(headerContent(call, credential, name)).toEqual(expected);
});

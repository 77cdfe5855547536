import { ANONYMOUS, type Identity, type Request } from '../../../lambda/gateway/request';
import type { MethodSetting } from '../../../lambda/model/rest-api';
import {
  account,
  allow,
  apiKey,
  custom,
  denied,
  deny,
  functionArn,
  lambdaAuthorizer,
  lambdaFunction,
  method,
  policy,
  restApi,
  stage,
  usagePlan,
  vpcEndpoint,
} from '../../support/build';
import {
  admitted,
  at,
  cannotTell,
  factTable,
  idToken,
  opaque,
  refused,
  request,
  sent,
  signedBy,
  type FactRow,
} from './fact-table';

const role = 'arn:aws:iam::222233334444:role/app';
const signed: Identity = { ...signedBy(role), ownPolicies: 'allow' };
const open = account({ restApis: [restApi('shop', { methods: [method('GET', '/pets')] })] });

/** A call that no method takes: what is said of its Authorization header. */
const nowhere = (
  when: string,
  identity: Identity,
  expect: Partial<FactRow['expect']>,
  headers: Request['headers'] = {},
): FactRow => ({
  fact: 'MSG-9',
  when: `an unknown path and ${when}`,
  account: open,
  request: request('GET', at('idshop', '/prod/nowhere'), { headers }),
  identity,
  expect: {
    outcome: 'refused',
    status: 403,
    gate: 'route',
    errorType: 'IncompleteSignatureException',
    ...expect,
  },
});
const missingEqualSign =
  '{"message":"Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): \'…\'."}';

const caching: MethodSetting = {
  loggingLevel: null,
  cachingEnabled: true,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: 'FAIL_WITH_403',
};
/** A stage with a cache, and a call that asks to bypass it. */
const cached = (
  when: string,
  expect: FactRow['expect'],
  settings: Readonly<Record<string, MethodSetting>>,
  given: {
    readonly verb?: string;
    readonly header?: string;
    readonly cluster?: boolean;
    readonly by?: Identity;
  } = {},
): FactRow => ({
  fact: 'MIS-15',
  when: `a call that bypasses the cache: ${when}`,
  account: account({
    restApis: [
      restApi('shop', {
        stages: [
          stage(
            'prod',
            {
              methods: ['GET', 'POST'].map((verb) =>
                method(verb, '/pets/{id}', {
                  authorizationType: given.by === undefined ? 'NONE' : 'AWS_IAM',
                }),
              ),
            },
            { cacheClusterEnabled: given.cluster ?? true, methodSettings: settings },
          ),
        ],
      }),
    ],
  }),
  request: request(given.verb ?? 'GET', at('idshop', '/prod/pets/7'), {
    headers: given.header === '' ? {} : { 'cache-control': given.header ?? 'no-cache, max-age=0' },
  }),
  identity: given.by ?? ANONYMOUS,
  expect,
});
const bypassRefused: FactRow['expect'] = {
  ...refused(403, 'integration', null),
  cause: 'cache-control-refused',
};

/** Keys come from the answer of a Lambda authorizer that allows. */
const keyFromAuthorizer = (
  apiKeyOf: Identity['apiKey'],
  expect: FactRow['expect'],
  when: string,
): FactRow => ({
  fact: 'LAM-20',
  when: `keys from the authorizer, whose answer carries ${when}`,
  account: account({
    restApis: [
      restApi('shop', {
        methods: [custom('GET', '/pets', 'fn', { apiKeyRequired: true })],
        authorizers: [lambdaAuthorizer('fn')],
        apiKeySource: 'AUTHORIZER',
      }),
    ],
    functions: [
      lambdaFunction('fn', {
        policy: policy({
          Effect: 'Allow',
          Principal: { Service: 'apigateway.amazonaws.com' },
          Action: 'lambda:InvokeFunction',
          Resource: functionArn('fn'),
        }),
      }),
    ],
    apiKeys: [apiKey('a')],
    usagePlans: [usagePlan('gold', [['idshop', 'prod']], ['key-a'])],
  }),
  request: request('GET', at('idshop', '/prod/pets')),
  identity: { ...opaque('token-1'), lambdaAuthorizer: 'allows', apiKey: apiKeyOf },
  expect,
});

/** A private API behind an endpoint that allows some ARN. */
const through = (
  when: string,
  resource: string,
  expect: FactRow['expect'],
  path = '/prod/pets/7',
): FactRow => ({
  fact: 'PRV-2',
  when: `an endpoint policy for ${when}`,
  account: account({
    restApis: [
      restApi('shop', {
        methods: [method('GET', '/pets/{id}')],
        endpointTypes: ['PRIVATE'],
        policy: policy(allow()),
      }),
    ],
    vpcEndpoints: [
      vpcEndpoint('vpce-1', {
        policy: policy(allow({ Resource: `arn:aws:execute-api:eu-west-1:222233334444:idshop${resource}` })),
      }),
    ],
  }),
  request: request('GET', at('idshop', path), { source: { ip: null, vpceId: 'vpce-1', vpcId: null } }),
  expect,
});

const iam = (given: Parameters<typeof restApi>[1] = {}) =>
  account({
    restApis: [
      restApi('shop', { methods: [method('GET', '/pets', { authorizationType: 'AWS_IAM' })], ...given }),
    ],
  });
const staff = request('GET', at('idshop', '/prod/pets'));

/** What hangs on a word of a header, a setting or a resource. */
export default factTable('last-words', [
  nowhere('a signature', signed, { errorType: null, body: null }),
  nowhere('a word alone', opaque('word'), { body: null }),
  nowhere('a word after a scheme', opaque('Basic word'), { body: missingEqualSign }),
  nowhere(
    'a word in a header that holds no credential',
    ANONYMOUS,
    { body: missingEqualSign },
    {
      authorization: 'Bearer word',
    },
  ),
  nowhere('claims after Bearer', idToken('eu-west-1_Pets'), { body: missingEqualSign }),
  nowhere('claims alone', sent(idToken('eu-west-1_Pets'), { scheme: null }), { body: null }),
  cached('settings for all methods', bypassRefused, { '*/*': caching }),
  cached('settings for this method', bypassRefused, { 'pets/{id}/GET': caching }),
  cached('settings for this method, with its slash', bypassRefused, { '/pets/{id}/GET': caching }),
  cached('settings for this method, escaped', bypassRefused, { 'pets~1{id}/GET': caching }),
  cached('settings for this method, escaped with its slash', bypassRefused, { '~1pets~1{id}/GET': caching }),
  cached('settings for this method before those for all', admitted, {
    '*/*': caching,
    'pets/{id}/GET': { ...caching, cachingEnabled: false },
  }),
  cached('settings for another method', admitted, { 'pets/{id}/POST': caching }),
  cached('no settings', admitted, {}),
  cached('without caching', admitted, { '*/*': { ...caching, cachingEnabled: false } }),
  cached('where everybody may', admitted, {
    '*/*': { ...caching, requireAuthorizationForCacheControl: false },
  }),
  cached('where the wish is passed over', admitted, {
    '*/*': { ...caching, unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER' },
  }),
  cached('by POST', admitted, { '*/*': caching }, { verb: 'POST' }),
  cached('on a stage without a cache', admitted, { '*/*': caching }, { cluster: false }),
  cached('without the header', admitted, { '*/*': caching }, { header: '' }),
  cached('by a few seconds only', admitted, { '*/*': caching }, { header: 'max-age=09' }),
  cached('written with blanks', bypassRefused, { '*/*': caching }, { header: 'Max-Age = 0' }),
  cached('by a signer, who may be allowed to', cannotTell('integration'), { '*/*': caching }, { by: signed }),
  keyFromAuthorizer({ id: 'key-a' }, admitted, 'a key that opens the stage'),
  keyFromAuthorizer(
    { id: 'key-z' },
    { ...refused(403, 'api-key', 'Forbidden', 'INVALID_API_KEY') },
    'another key',
  ),
  keyFromAuthorizer('none', { ...refused(403, 'api-key', 'Forbidden', 'INVALID_API_KEY') }, 'no key'),
  through('this very call', '/prod/GET/pets/7', admitted),
  through('this very call, sent with a doubled slash', '/prod/GET/pets/7', admitted, '//prod/pets/7'),
  through('another path', '/prod/GET/pets/8', { outcome: 'refused', status: 403, gate: 'endpoint' }),
  through('another stage', '/beta/GET/pets/7', { outcome: 'refused', status: 403, gate: 'endpoint' }),
  {
    fact: 'MIS-10',
    when: 'an override that names no verb',
    account: open,
    request: request('GET', at('idshop', '/prod/pets'), { headers: { 'x-http-method-override': 'BREW' } }),
    expect: admitted,
  },
  {
    fact: 'PRV-1',
    when: 'a private API without a policy, and a signed call',
    account: iam({ endpointTypes: ['PRIVATE'], policy: null }),
    request: { ...staff, source: { ip: null, vpceId: 'vpce-9', vpcId: null } },
    identity: signed,
    expect: { outcome: 'cannot-tell', gate: 'endpoint', refusedEitherWay: true },
  },
  {
    fact: 'POL-4',
    when: 'a signer of another account and a policy that does not allow it',
    account: iam({ policy: policy(allow({ Principal: { AWS: role } })) }),
    request: staff,
    identity: { ...signedBy('arn:aws:iam::999988887777:role/app'), ownPolicies: 'allow' },
    expect: { outcome: 'refused', status: 403, gate: 'resource-policy', cause: 'policy-allows-not' },
  },
  {
    fact: 'POL-4',
    when: 'a signer of another account and a policy that denies it',
    account: iam({ policy: policy(allow(), deny({ Principal: { AWS: '999988887777' } })) }),
    request: staff,
    identity: { ...signedBy('arn:aws:iam::999988887777:role/app'), ownPolicies: 'allow' },
    expect: { outcome: 'refused', status: 403, gate: 'resource-policy', cause: 'policy-denies' },
  },
  {
    fact: 'IAM-5',
    when: 'a signer of whom nothing is known, and no policy',
    account: iam(),
    request: staff,
    identity: signedBy(''),
    expect: cannotTell('resource-policy'),
  },
  {
    fact: 'POL-3',
    when: "a policy that leaves it to the account, and a signer's own policies that allow",
    account: iam({ policy: policy(allow({ Principal: { AWS: '222233334444' } })) }),
    request: staff,
    identity: signed,
    expect: admitted,
  },
  {
    fact: 'MSG-36',
    when: 'an integration that could not be read, of which nothing hangs',
    account: account({
      restApis: [
        restApi('shop', { methods: [method('GET', '/pets', { integration: denied('GetExport') })] }),
      ],
    }),
    request: staff,
    expect: admitted,
  },
]);

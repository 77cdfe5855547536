import rule from '../../../lambda/rules/lambda-authorizer/identity-source-optional';
import type { Authorizer } from '../../../lambda/model/rest-api';
import { account, custom, denied, lambdaAuthorizer, restApi } from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const sources = (identitySources: readonly string[], given: Partial<Authorizer> = {}) =>
  account({
    restApis: [
      restApi('shop', {
        methods: [custom('GET', '/orders', 'check')],
        authorizers: [lambdaAuthorizer('check', { kind: 'REQUEST', identitySources, ...given })],
      }),
    ],
  });
const at = 'shop (idshop) authorizer check';
const authorization = 'method.request.header.Authorization';

export default ruleTable(rule, {
  flags: [
    {
      when: 'a query parameter beside the token, though nothing is cached',
      account: sources([authorization, 'method.request.querystring.tenant'], { resultTtl: 0 }),
      expect: [
        {
          at,
          saying:
            'Authorizer "check" is asked only when a call has the header Authorization and query parameter tenant; a call without one of them gets 401.',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'one unusual header',
      account: sources(['method.request.header.X-Device']),
      expect: [
        {
          at,
          saying:
            'Authorizer "check" is asked only when a call has the header X-Device; a call without it gets 401.',
        },
      ],
    },
    {
      when: 'a context value that some calls lack',
      account: sources([authorization, 'context.identity.userAgent']),
      expect: [
        {
          at,
          saying:
            'Authorizer "check" is asked only when a call has the header Authorization and context value identity.userAgent; a call without one of them gets 401.',
        },
      ],
    },
  ],
  staysSilent: [
    { when: 'a single Authorization header', account: sources(['method.request.header.authorization']) },
    { when: 'no identity source', account: sources([], { resultTtl: 0 }) },
    {
      when: 'Authorization with values that every call has',
      account: sources([
        authorization,
        'context.httpMethod',
        'context.path',
        'context.identity.sourceIp',
        'stageVariables.realm',
      ]),
    },
    { when: 'a TOKEN authorizer', account: sources(['method.request.header.X-Device'], { kind: 'TOKEN' }) },
    {
      when: 'a name that repeats the mapping syntax: another rule says that',
      account: sources(['method.request.header.method.request.header.X-Device']),
    },
  ],
  cannotTell: [
    {
      when: 'when the methods were denied',
      account: account({ restApis: [restApi('shop', { methods: denied('GetResources') })] }),
      missing: ['GetResources'],
    },
    {
      when: 'when the authorizers were denied',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [custom('GET', '/orders', 'check')],
            authorizers: denied('GetAuthorizers'),
          }),
        ],
      }),
      missing: ['GetAuthorizers'],
    },
  ],
});

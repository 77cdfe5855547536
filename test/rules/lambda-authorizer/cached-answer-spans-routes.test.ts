import rule from '../../../lambda/rules/lambda-authorizer/cached-answer-spans-routes';
import type { Authorizer } from '../../../lambda/model/rest-api';
import { account, custom, denied, lambdaAuthorizer, method, restApi } from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const two = [custom('GET', '/orders', 'check'), custom('POST', '/orders', 'check')];
const shop = (given: Partial<Authorizer>, methods = two) =>
  account({ restApis: [restApi('shop', { methods, authorizers: [lambdaAuthorizer('check', given)] })] });
const at = 'shop (idshop) authorizer check';

export default ruleTable(rule, {
  flags: [
    {
      when: 'a TOKEN authorizer that two methods share',
      account: shop({}),
      expect: [
        {
          at,
          saying:
            'Authorizer "check" keeps an answer for 300 seconds and serves GET /orders and POST /orders from it: a policy that covers only the method asked about refuses the others.',
          affects: ['prod GET /orders', 'prod POST /orders'],
        },
      ],
    },
    {
      when: 'a REQUEST authorizer whose key names the caller only',
      account: shop({
        kind: 'REQUEST',
        resultTtl: 60,
        identitySources: ['method.request.header.Authorization', 'context.identity.sourceIp'],
      }),
      expect: [
        {
          at,
          saying:
            'Authorizer "check" keeps an answer for 60 seconds and serves GET /orders and POST /orders from it: a policy that covers only the method asked about refuses the others.',
        },
      ],
    },
  ],
  staysSilent: [
    { when: 'a time to live of 0', account: shop({ resultTtl: 0 }) },
    { when: 'one method', account: shop({}, two.slice(0, 1)) },
    {
      when: 'a key with method and path in it',
      account: shop({
        kind: 'REQUEST',
        identitySources: ['method.request.header.Authorization', 'context.httpMethod', 'context.path'],
      }),
    },
    {
      when: 'a second method that another authorizer guards',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [custom('GET', '/orders', 'check'), custom('POST', '/orders', 'other')],
            authorizers: [lambdaAuthorizer('check'), lambdaAuthorizer('other')],
          }),
        ],
      }),
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
        restApis: [restApi('shop', { methods: two, authorizers: denied('GetAuthorizers') })],
      }),
      missing: ['GetAuthorizers'],
    },
    {
      when: 'when the second method does not say what guards it',
      account: shop({}, [
        custom('GET', '/orders', 'check'),
        method('POST', '/orders', { authorizationType: 'CUSTOM', authorizer: denied('GetExport') }),
      ]),
      missing: ['GetExport'],
    },
  ],
});

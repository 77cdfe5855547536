import rule from '../../../lambda/rules/cors/preflight-missing';
import type { Method } from '../../../lambda/model/method';
import {
  account,
  custom,
  denied,
  guarded,
  lambdaAuthorizer,
  method,
  preflight,
  restApi,
  stage,
} from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const only = (...methods: readonly Method[]) => account({ restApis: [restApi('shop', { methods })] });
const orders = [method('POST', '/orders'), preflight('/orders')];
/** A preflight that allows one origin. */
const allowing = (path: string, origin: string) =>
  method('OPTIONS', path, {
    integration: {
      type: 'MOCK',
      uri: null,
      credentials: null,
      answers: [{ statusCode: '200', headers: { 'access-control-allow-origin': origin } }],
    },
  });
const me = guarded('GET', '/me', 'people');

export default ruleTable(rule, {
  flags: [
    {
      when: 'the resource that was left out',
      account: only(...orders, me, method('DELETE', '/carts/{id}')),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            '/me and /carts/{id} in stage prod have no method that takes a preflight, while /orders has one.',
          affects: ['prod GET /me', 'prod DELETE /carts/{id}'],
        },
      ],
    },
    {
      when: 'a resource of an open GET and a POST',
      account: only(...orders, preflight('/health'), method('GET', '/carts'), method('POST', '/carts')),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            '/carts in stage prod has no method that takes a preflight, while /orders and /health have one.',
          affects: ['prod GET /carts', 'prod POST /carts'],
        },
      ],
    },
    {
      when: 'a resource whose headers and origin are those of the API',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [
              ...['/orders', '/stock'].map((path) => allowing(path, "'https://shop.example.com'")),
              allowing('/carts', 'method.request.header.Origin'),
              custom('GET', '/me', 'lock'),
            ],
            authorizers: [
              lambdaAuthorizer('lock', {
                kind: 'REQUEST',
                identitySources: ['method.request.header.authorization', 'method.request.header.X-Shop'],
              }),
            ],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            '/me in stage prod has no method that takes a preflight, while /orders, /stock and /carts have one.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a preflight that the draft has and the stage has not: another rule says that',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [...orders, me, preflight('/me')],
            stages: [stage('prod', { methods: [...orders, me] })],
          }),
        ],
      }),
    },
    { when: 'an API without any CORS', account: only(me, method('POST', '/orders')) },
    {
      when: 'an open GET, which browsers make without asking',
      account: only(...orders, method('GET', '/health'), method('HEAD', '/health')),
    },
    {
      when: 'a greedy resource that takes the preflight',
      account: only(...orders, me, preflight('/{proxy+}')),
    },
    { when: 'an ANY that takes it', account: only(...orders, guarded('ANY', '/me', 'people')) },
  ],
  cannotTell: [
    {
      when: 'when the methods were denied',
      account: account({ restApis: [restApi('shop', { methods: denied('GetResources') })] }),
      missing: ['GetResources'],
    },
    {
      when: 'whether a GET needs a preflight, when how it is authorised was denied',
      account: only(...orders, method('GET', '/me', { authorizationType: denied('GetDeployment') })),
      missing: ['GetDeployment'],
    },
  ],
  standsWithout: {
    'deployment.methods':
      'without the methods of the draft it says what deployment/method-not-deployed cannot',
    'deployment.methods.authorizer': 'only the headers and the origin that the fix allows',
    'deployment.authorizers': 'only the headers and the origin that the fix allows',
    'deployment.methods.integration': 'only the headers and the origin that the fix allows',
  },
});

import rule from '../../../lambda/rules/authorizers/token-source-unusual';
import {
  account,
  cognitoAuthorizer,
  custom,
  denied,
  guarded,
  lambdaAuthorizer,
  method,
  poolArn,
  restApi,
} from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const cognito = (source: string) =>
  restApi('shop', {
    methods: [guarded('GET', '/orders', 'pool')],
    authorizers: [cognitoAuthorizer('pool', [poolArn('eu-west-1_Shop')], { identitySources: [source] })],
  });

const lambda = (kind: string, source: string) =>
  restApi('shop', {
    methods: [custom('GET', '/orders', 'check')],
    authorizers: [lambdaAuthorizer('check', { kind, identitySources: [source] })],
  });

export default ruleTable(rule, {
  flags: [
    {
      when: 'a Cognito authorizer that reads another header',
      account: account({ restApis: [cognito('method.request.header.X-Auth')] }),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'Authorizer "pool" reads the token from the header X-Auth; a token in Authorization is not seen.',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'a TOKEN authorizer that reads another header',
      account: account({ restApis: [lambda('TOKEN', 'method.request.header.tokenHeader')] }),
      expect: [
        {
          at: 'shop (idshop) authorizer check',
          saying:
            'Authorizer "check" reads the token from the header tokenHeader; a token in Authorization is not seen.',
        },
      ],
    },
    {
      when: 'a name that is a slip for Authorization',
      account: account({ restApis: [cognito('method.request.header.Authorisation')] }),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'Authorizer "pool" reads the token from the header Authorisation; a token in Authorization, which was likely meant, is not seen.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'Authorization, however it is written',
      account: account({ restApis: [cognito('method.request.header.authorization')] }),
    },
    {
      when: 'a name that repeats the mapping syntax: another rule says that',
      account: account({ restApis: [cognito('method.request.header.method.request.header.Authorization')] }),
    },
    {
      when: 'a REQUEST authorizer: another rule judges its sources',
      account: account({ restApis: [lambda('REQUEST', 'method.request.header.X-Auth')] }),
    },
    {
      when: 'several sources, of which AWS does not say which one counts',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [custom('GET', '/orders', 'check')],
            authorizers: [
              lambdaAuthorizer('check', {
                identitySources: ['method.request.header.X-Auth', 'method.request.header.Authorization'],
              }),
            ],
          }),
        ],
      }),
    },
    {
      when: 'an authorizer that no method uses',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [method('GET', '/orders')],
            authorizers: [lambdaAuthorizer('check', { identitySources: ['method.request.header.X-Auth'] })],
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

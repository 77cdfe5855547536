import rule from '../../../lambda/rules/api-keys/key-source-unsatisfiable';
import {
  account,
  custom,
  cognitoAuthorizer,
  denied,
  lambdaAuthorizer,
  method,
  poolArn,
  restApi,
} from '../../support/build';
import { judge, ruleTable } from '../../support/rule-table';

const keyed = method('GET', '/orders', { apiKeyRequired: true, resourceId: 'res1' });
const throughAuthorizer = method('POST', '/orders', {
  apiKeyRequired: true,
  authorizationType: 'CUSTOM',
  authorizer: 'keys',
});
const authorizers = [lambdaAuthorizer('keys'), cognitoAuthorizer('pool', [poolArn('eu-west-1_Shop')])];

export default ruleTable(rule, {
  flags: [
    {
      when: 'an open method and a Cognito method, beside one whose authorizer supplies the key',
      account: account({
        restApis: [
          restApi('shop', {
            apiKeySource: 'AUTHORIZER',
            authorizers,
            methods: [
              keyed,
              throughAuthorizer,
              method('GET', '/me', {
                apiKeyRequired: true,
                authorizationType: 'COGNITO_USER_POOLS',
                authorizer: 'pool',
              }),
            ],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'GET /orders and GET /me need an API key, which this API takes from a Lambda authorizer, and have none: an x-api-key header is ignored.',
          affects: ['prod GET /orders', 'prod GET /me'],
        },
      ],
    },
    {
      when: 'an open method, where two authorizers supply keys to others: which one is meant is not said',
      account: account({
        restApis: [
          restApi('shop', {
            apiKeySource: 'AUTHORIZER',
            authorizers: [...authorizers, lambdaAuthorizer('partners')],
            methods: [
              keyed,
              throughAuthorizer,
              custom('PUT', '/orders', 'partners', { apiKeyRequired: true }),
            ],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'GET /orders needs an API key, which this API takes from a Lambda authorizer, and has none: an x-api-key header is ignored.',
        },
      ],
    },
    {
      when: 'an open method, where the authorizer that supplies the key is in the deployment alone',
      account: account({
        restApis: [
          restApi('shop', {
            apiKeySource: 'AUTHORIZER',
            authorizers: [lambdaAuthorizer('keys', { id: null })],
            methods: [keyed, throughAuthorizer],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'GET /orders needs an API key, which this API takes from a Lambda authorizer, and has none: an x-api-key header is ignored.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'the same method when the key comes from the header',
      account: account({ restApis: [restApi('shop', { apiKeySource: 'HEADER', methods: [keyed] })] }),
    },
    {
      when: 'a keyed method with a Lambda authorizer',
      account: account({
        restApis: [
          restApi('shop', { apiKeySource: 'AUTHORIZER', authorizers, methods: [throughAuthorizer] }),
        ],
      }),
    },
    {
      when: 'an open method that needs no key',
      account: account({
        restApis: [restApi('shop', { apiKeySource: 'AUTHORIZER', methods: [method('GET', '/orders')] })],
      }),
    },
  ],
  cannotTell: [
    {
      when: 'when the methods could not be read',
      account: account({
        restApis: [restApi('shop', { apiKeySource: 'AUTHORIZER', methods: denied('GetResources') })],
      }),
      missing: ['GetResources'],
    },
    {
      when: 'when the authorization type is unknown',
      account: account({
        restApis: [
          restApi('shop', {
            apiKeySource: 'AUTHORIZER',
            methods: [
              method('GET', '/a', { apiKeyRequired: true, authorizationType: denied('GetDeployment') }),
            ],
          }),
        ],
      }),
      missing: ['GetDeployment'],
    },
    {
      when: 'when it is unknown whether a key is needed',
      account: account({
        restApis: [
          restApi('shop', {
            apiKeySource: 'AUTHORIZER',
            methods: [method('GET', '/a', { apiKeyRequired: denied('GetExport') })],
          }),
        ],
      }),
      missing: ['GetExport'],
    },
  ],
  standsWithout: {
    'deployment.methods.authorizer': 'only which authorizer the fix names',
    'deployment.authorizers': 'only which authorizer the fix names',
  },
});

const fixOf = (methods: readonly (typeof keyed)[]): readonly string[] =>
  judge(rule, account({ restApis: [restApi('shop', { apiKeySource: 'AUTHORIZER', authorizers, methods })] }))
    .raised.filter(({ of }) => of === 'stage')
    .flatMap(({ flag }) => flag.fix.flatMap(({ commands }) => commands));

describe('the fix', () => {
  test('takes the key from the header when no method gets one from an authorizer', () => {
    expect(fixOf([keyed])).toEqual([
      `aws apigateway update-rest-api --region eu-west-1 --rest-api-id idshop --patch-operations '[{"op":"replace","path":"/apiKeySource","value":"HEADER"}]'`,
      'aws apigateway create-deployment --region eu-west-1 --rest-api-id idshop --stage-name prod',
    ]);
  });

  test('gives an open method the authorizer that supplies the key elsewhere, and opens nothing', () => {
    expect(fixOf([keyed, throughAuthorizer])).toEqual([
      `aws apigateway update-method --region eu-west-1 --rest-api-id idshop --resource-id res1 --http-method GET --patch-operations '[{"op":"replace","path":"/authorizationType","value":"CUSTOM"},{"op":"replace","path":"/authorizerId","value":"id-keys"}]'`,
      'aws apigateway create-deployment --region eu-west-1 --rest-api-id idshop --stage-name prod',
    ]);
  });
});

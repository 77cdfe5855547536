import rule from '../../../lambda/rules/authorizers/iam-among-bearer-methods';
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
  stage,
} from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const authorizers = [cognitoAuthorizer('pool', [poolArn('eu-west-1_Shop')])];
const bearer = guarded('GET', '/orders', 'pool');
const signed = method('POST', '/orders', { authorizationType: 'AWS_IAM' });

const byId = {
  methods: [guarded('GET', '/orders', 'abc123'), signed],
  authorizers: [
    lambdaAuthorizer('other'),
    cognitoAuthorizer('pool', [poolArn('eu-west-1_Shop')], { key: 'abc123', id: 'abc123' }),
  ],
};
const saying = 'POST /orders asks for AWS signatures (AWS_IAM), while GET /orders takes bearer tokens.';

export default ruleTable(rule, {
  flags: [
    {
      when: 'a signed method beside one that takes tokens',
      account: account({ restApis: [restApi('shop', { methods: [bearer, signed], authorizers })] }),
      expect: [
        {
          at: 'shop (idshop)',
          saying: 'POST /orders asks for AWS signatures (AWS_IAM), while GET /orders takes bearer tokens.',
          affects: ['prod POST /orders'],
        },
      ],
    },
    {
      when: 'signed methods beside several that take tokens, of whose authorizers the fix names the one in use',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [
              custom('OPTIONS', '/orders', 'other'),
              custom('GET', '/orders', 'check'),
              custom('PUT', '/orders', 'check'),
              signed,
              method('DELETE', '/orders', { authorizationType: 'AWS_IAM' }),
            ],
            authorizers: [lambdaAuthorizer('other'), ...authorizers, lambdaAuthorizer('check')],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'POST /orders and DELETE /orders ask for AWS signatures (AWS_IAM), while GET /orders and PUT /orders take bearer tokens.',
          affects: ['prod POST /orders', 'prod DELETE /orders'],
        },
      ],
    },
    {
      when: 'a signed method where others name the authorizer by its id',
      account: account({ restApis: [restApi('shop', byId)] }),
      expect: [{ at: 'shop (idshop)', saying }],
    },
    {
      when: 'a signed method where others name the authorizer as exports do, which the draft knows by its id',
      account: account({
        restApis: [
          restApi('shop', { ...byId, stages: [stage('prod', { methods: [bearer, signed], authorizers })] }),
        ],
      }),
      expect: [{ at: 'shop (idshop)', saying }],
    },
  ],
  staysSilent: [
    {
      when: 'a signed API of which preflights alone take tokens, which another rule flags',
      account: account({
        restApis: [
          restApi('shop', { methods: [signed, guarded('OPTIONS', '/orders', 'pool')], authorizers }),
        ],
      }),
    },
    {
      when: 'an API that is signed throughout, its open preflight aside',
      account: account({
        restApis: [restApi('shop', { methods: [signed, method('OPTIONS', '/orders')] })],
      }),
    },
    {
      when: 'an API that takes tokens throughout',
      account: account({ restApis: [restApi('shop', { methods: [bearer], authorizers })] }),
    },
    {
      when: 'a signed preflight, which another rule flags',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [bearer, method('OPTIONS', '/orders', { authorizationType: 'AWS_IAM' })],
            authorizers,
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
      when: 'when a method does not say how it is authorised',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [bearer, method('PUT', '/orders', { authorizationType: denied('GetDeployment') })],
            authorizers,
          }),
        ],
      }),
      missing: ['GetDeployment'],
    },
  ],
  standsWithout: {
    'deployment.methods.authorizer': 'only which authorizer the fix names',
    'deployment.authorizers': 'only which authorizer the fix names',
  },
});

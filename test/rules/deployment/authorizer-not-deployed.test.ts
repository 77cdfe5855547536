import rule from '../../../lambda/rules/deployment/authorizer-not-deployed';
import type { Authorizer } from '../../../lambda/model/rest-api';
import {
  account,
  cognitoAuthorizer,
  custom,
  denied,
  functionArn,
  guarded,
  lambdaAuthorizer,
  poolArn,
  restApi,
  stage,
} from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const [oldPool, newPool] = [poolArn('eu-west-1_Old'), poolArn('eu-west-1_New')];

/** A draft authorizer and the deployed one, both guarding GET /orders. */
const withAuthorizers = (draft: Authorizer, deployed: Authorizer, variables = {}) =>
  account({
    restApis: [
      restApi('shop', {
        methods: [guarded('GET', '/orders', draft.key)],
        authorizers: [draft],
        stages: [
          stage(
            'prod',
            { methods: [guarded('GET', '/orders', deployed.key)], authorizers: [deployed] },
            { variables },
          ),
        ],
      }),
    ],
  });

const [token, query] = ['method.request.header.X-Token', 'method.request.querystring.Token'];

/** Lambda authorizers of the draft and the deployed one, which guards GET /orders. */
const withLambda = (draft: readonly Authorizer[], deployed: Authorizer) =>
  account({
    restApis: [
      restApi('shop', {
        methods: [custom('GET', '/orders', 'lock')],
        authorizers: draft,
        stages: [stage('prod', { methods: [custom('GET', '/orders', 'lock')], authorizers: [deployed] })],
      }),
    ],
  });

export default ruleTable(rule, {
  flags: [
    {
      when: 'pool and identity source of the deployed authorizer',
      account: withAuthorizers(
        cognitoAuthorizer('people', [newPool], { identitySources: ['method.request.header.X-Token'] }),
        cognitoAuthorizer('people', [oldPool]),
      ),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Stage prod serves an older form of authorizer "people": providerARNs and identitySource differ from the draft.',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'the time to live of a Lambda authorizer',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [custom('GET', '/orders', 'lock')],
            authorizers: [lambdaAuthorizer('lock', { resultTtl: 0 })],
            stages: [
              stage('prod', {
                methods: [custom('GET', '/orders', 'lock')],
                authorizers: [lambdaAuthorizer('lock', { resultTtl: 300 })],
              }),
            ],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Stage prod serves an older form of authorizer "lock": authorizerResultTtlInSeconds differs from the draft.',
        },
      ],
    },
    {
      when: 'function, role and expression of a Lambda authorizer, the function by a variable of the stage',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [custom('GET', '/orders', 'lock')],
            authorizers: [
              lambdaAuthorizer('lock', {
                uri: lambdaAuthorizer('${stageVariables.lock}').uri,
                credentials: 'arn:aws:iam::222233334444:role/invoke',
                validationExpression: '^Bearer .+$',
              }),
            ],
            stages: [
              stage(
                'prod',
                { methods: [custom('GET', '/orders', 'lock')], authorizers: [lambdaAuthorizer('lock')] },
                { variables: { lock: 'newlock' } },
              ),
            ],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Stage prod serves an older form of authorizer "lock": authorizerUri, authorizerCredentials and identityValidationExpression differ from the draft.',
        },
      ],
    },
    {
      when: 'function, role, identity sources and time to live of a REQUEST authorizer',
      account: withLambda(
        [
          lambdaAuthorizer('lock', {
            kind: 'REQUEST',
            uri: functionArn('newer'),
            credentials: 'arn:aws:iam::222233334444:role/invoke',
            identitySources: [query, token],
          }),
        ],
        lambdaAuthorizer('lock', { kind: 'REQUEST', identitySources: [], resultTtl: 0 }),
      ),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Stage prod serves an older form of authorizer "lock": authorizerUri, authorizerCredentials, identitySource and authorizerResultTtlInSeconds differ from the draft.',
        },
      ],
    },
    {
      when: 'the expression for tokens, of the second authorizer of the draft',
      account: withLambda(
        [
          lambdaAuthorizer('spare', { uri: functionArn('spare') }),
          lambdaAuthorizer('lock', { validationExpression: '^Bearer .*$' }),
        ],
        lambdaAuthorizer('lock', { validationExpression: '' }),
      ),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Stage prod serves an older form of authorizer "lock": identityValidationExpression differs from the draft.',
        },
      ],
    },
    {
      when: 'the name of a query string parameter in another case',
      account: withLambda(
        [lambdaAuthorizer('lock', { kind: 'REQUEST', identitySources: [query] })],
        lambdaAuthorizer('lock', { kind: 'REQUEST', identitySources: [query.replace('Token', 'token')] }),
      ),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Stage prod serves an older form of authorizer "lock": identitySource differs from the draft.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a function that a variable of the stage names, and no role and no expression in two spellings',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [custom('GET', '/orders', 'lock')],
            authorizers: [
              lambdaAuthorizer('lock', {
                uri: lambdaAuthorizer('${stageVariables.lock}').uri,
                credentials: '',
                validationExpression: '',
              }),
            ],
            stages: [
              stage(
                'prod',
                { methods: [custom('GET', '/orders', 'lock')], authorizers: [lambdaAuthorizer('lock')] },
                { variables: { lock: 'lock' } },
              ),
            ],
          }),
        ],
      }),
    },
    {
      when: 'pools in another order, an id for the name, header names in another case',
      account: withAuthorizers(
        cognitoAuthorizer('people', [oldPool, newPool], {
          key: 'abc',
          id: 'abc',
          identitySources: ['method.request.header.authorization'],
        }),
        cognitoAuthorizer('people', [newPool, oldPool], { id: null }),
      ),
    },
    {
      when: 'a stage variable that stands for the same pool',
      account: withAuthorizers(
        cognitoAuthorizer('people', [poolArn('${stageVariables.pool}')]),
        cognitoAuthorizer('people', [oldPool]),
        { pool: 'eu-west-1_Old' },
      ),
    },
    {
      when: 'no time to live in the export for the default of 300 seconds',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [custom('GET', '/orders', 'lock')],
            authorizers: [lambdaAuthorizer('lock', { resultTtl: 300 })],
            stages: [
              stage('prod', {
                methods: [custom('GET', '/orders', 'lock')],
                authorizers: [lambdaAuthorizer('lock', { resultTtl: null })],
              }),
            ],
          }),
        ],
      }),
    },
    {
      when: 'a changed authorizer that no deployed method names',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [custom('GET', '/orders', 'lock')],
            authorizers: [
              lambdaAuthorizer('lock'),
              lambdaAuthorizer('spare', { uri: functionArn('renamed') }),
            ],
            stages: [
              stage('prod', {
                methods: [custom('GET', '/orders', 'lock')],
                authorizers: [lambdaAuthorizer('lock'), lambdaAuthorizer('spare')],
              }),
            ],
          }),
        ],
      }),
    },
    {
      when: 'empty settings for those that are not set, and the usual header for none named',
      account: withLambda(
        [
          lambdaAuthorizer('lock', {
            credentials: '',
            identitySources: ['method.request.header.Authorization'],
          }),
        ],
        lambdaAuthorizer('lock', { validationExpression: '', identitySources: [] }),
      ),
    },
    {
      when: 'identity sources in another order',
      account: withLambda(
        [lambdaAuthorizer('lock', { kind: 'REQUEST', identitySources: [query, token] })],
        lambdaAuthorizer('lock', { kind: 'REQUEST', identitySources: [token, query] }),
      ),
    },
    {
      when: 'a time to live of a Cognito authorizer, which does not count',
      account: withAuthorizers(
        cognitoAuthorizer('people', [oldPool], { resultTtl: 0 }),
        cognitoAuthorizer('people', [oldPool], { resultTtl: 300 }),
      ),
    },
    {
      when: 'an authorizer that the draft does not have any more',
      account: withLambda([lambdaAuthorizer('other', { resultTtl: 0 })], lambdaAuthorizer('lock')),
    },
  ],
  cannotTell: [
    {
      when: 'when the stages were denied',
      account: account({ restApis: [restApi('shop', { stages: denied('GetStages') })] }),
      missing: ['GetStages'],
    },
    {
      when: 'when the export failed',
      account: account({
        restApis: [
          restApi('shop', {
            stages: [stage('prod', { authorizers: denied('GetExport'), methods: denied('GetDeployment') })],
          }),
        ],
      }),
      missing: ['GetExport', 'GetDeployment'],
    },
    {
      when: 'when the authorizers of the draft were denied',
      account: account({
        restApis: [restApi('shop', { authorizers: denied('GetAuthorizers'), stages: [stage('prod')] })],
      }),
      missing: ['GetAuthorizers'],
    },
    {
      when: 'when a method does not say which authorizer it names',
      account: account({
        restApis: [
          restApi('shop', {
            stages: [
              stage('prod', {
                methods: [{ ...guarded('GET', '/orders', 'x'), authorizer: denied('GetExport of a method') }],
              }),
            ],
          }),
        ],
      }),
      missing: ['GetExport of a method'],
    },
  ],
});

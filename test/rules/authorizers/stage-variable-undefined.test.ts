import rule from '../../../lambda/rules/authorizers/stage-variable-undefined';
import {
  account,
  canary,
  cognitoAuthorizer,
  custom,
  denied,
  functionArn,
  guarded,
  lambdaAuthorizer,
  poolArn,
  restApi,
  snapshot,
  stage,
} from '../../support/build';
import { judge, ruleTable } from '../../support/rule-table';

const byVariable = cognitoAuthorizer('pool', [poolArn('${stageVariables.pool}')]);
const cognito = { methods: [guarded('GET', '/orders', 'pool')], authorizers: [byVariable] };
const functionUri = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${functionArn('${stageVariables.fn}')}/invocations`;
const lambda = (given: Parameters<typeof lambdaAuthorizer>[1]) => ({
  methods: [custom('GET', '/orders', 'check')],
  authorizers: [lambdaAuthorizer('check', given)],
});
const defined = { variables: { pool: 'eu-west-1_Shop' } };

export default ruleTable(rule, {
  flags: [
    {
      when: 'a user pool named by a variable that only the other stage defines',
      account: account({
        restApis: [
          restApi('shop', { ...cognito, stages: [stage('prod', cognito, defined), stage('dev', cognito)] }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage dev',
          saying:
            'Stage dev does not define the stage variable "pool", by which authorizer "pool" names its user pool.',
          affects: ['dev GET /orders'],
        },
      ],
    },
    {
      when: 'a function named by an undefined variable',
      account: account({ restApis: [restApi('shop', lambda({ uri: functionUri }))] }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Stage prod does not define the stage variable "fn", by which authorizer "check" names its function.',
        },
      ],
    },
    {
      when: 'an identity source that is an undefined variable',
      account: account({
        restApis: [
          restApi(
            'shop',
            lambda({ kind: 'REQUEST', resultTtl: 0, identitySources: ['stageVariables.realm'] }),
          ),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Stage prod does not define the stage variable "realm", by which authorizer "check" names its identity source.',
        },
      ],
    },
    {
      when: 'one of two pools, of which the other resolves',
      account: account({
        restApis: [
          restApi('shop', {
            methods: cognito.methods,
            authorizers: [
              cognitoAuthorizer('pool', [poolArn('eu-west-1_Shop'), poolArn('${stageVariables.pool}')]),
            ],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Stage prod does not define the stage variable "pool", by which authorizer "pool" names its user pool.',
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'a variable that closes one authorizer and leaves another a pool',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [guarded('GET', '/orders', 'pool'), custom('GET', '/checks', 'check')],
            authorizers: [
              cognitoAuthorizer('pool', [poolArn('eu-west-1_Shop'), poolArn('${stageVariables.pool}')]),
              lambdaAuthorizer('check', {
                kind: 'REQUEST',
                resultTtl: 0,
                identitySources: ['stageVariables.pool'],
              }),
            ],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Stage prod does not define the stage variable "pool", by which authorizer "check" names its identity source.',
          affects: ['prod GET /checks'],
        },
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Stage prod does not define the stage variable "pool", by which authorizer "pool" names its user pool.',
          affects: ['prod GET /orders'],
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'a variable that the canary alone refers to, met by some calls',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [],
            stages: [stage('prod', {}, { canary: canary({ snapshot: snapshot(cognito) }) })],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Stage prod does not define the stage variable "pool", by which authorizer "pool" names its user pool.',
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'both pools of an authorizer, and the identity source of another, with a blank in front of it',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [guarded('GET', '/orders', 'pool'), custom('GET', '/realm', 'check')],
            authorizers: [
              cognitoAuthorizer('pool', [
                poolArn('${stageVariables.pool}'),
                poolArn('${stageVariables.pool}', 'us-east-1'),
              ]),
              lambdaAuthorizer('check', { kind: 'REQUEST', identitySources: [' stageVariables.realm'] }),
            ],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Stage prod does not define the stage variable "pool", by which authorizer "pool" names its user pool.',
        },
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Stage prod does not define the stage variable "realm", by which authorizer "check" names its identity source.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a variable that the stage defines',
      account: account({
        restApis: [restApi('shop', { ...cognito, stages: [stage('prod', cognito, defined)] })],
      }),
    },
    {
      when: 'a canary whose override defines it',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [],
            stages: [
              stage(
                'prod',
                {},
                { canary: canary({ snapshot: snapshot(cognito), variableOverrides: defined.variables }) },
              ),
            ],
          }),
        ],
      }),
    },
    {
      when: 'an authorizer that no method uses',
      account: account({ restApis: [restApi('shop', { methods: [], authorizers: [byVariable] })] }),
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
        restApis: [restApi('shop', { methods: cognito.methods, authorizers: denied('GetAuthorizers') })],
      }),
      missing: ['GetAuthorizers'],
    },
  ],
});

const symptom = (given: Parameters<typeof lambda>[0]) =>
  judge(rule, account({ restApis: [restApi('shop', lambda(given))] })).raised[0]?.flag.symptom?.status;

test('what callers meet hangs on where the variable stands', () => {
  expect(symptom({ uri: functionUri })).toBe(500);
  expect(symptom({ kind: 'REQUEST', identitySources: ['stageVariables.realm'] })).toBe(401);
});

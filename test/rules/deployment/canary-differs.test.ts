import rule from '../../../lambda/rules/deployment/canary-differs';
import type { Canary } from '../../../lambda/model/rest-api';
import {
  account,
  canary,
  cognitoAuthorizer,
  denied,
  guarded,
  method,
  poolArn,
  restApi,
  snapshot,
  stage,
} from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const get = method('GET', '/orders');
const signed = method('GET', '/orders', { authorizationType: 'AWS_IAM' });
const post = method('POST', '/orders');

const api = (served: Parameters<typeof stage>[1], given: Partial<Canary>, variables = {}) =>
  account({
    restApis: [restApi('shop', { stages: [stage('prod', served, { canary: canary(given), variables })] })],
  });

const byVariable = {
  methods: [guarded('GET', '/orders', 'people')],
  authorizers: [cognitoAuthorizer('people', [poolArn('${stageVariables.pool}')])],
};

export default ruleTable(rule, {
  flags: [
    {
      when: 'another authorization type in the canary, and a method that only one has',
      account: api({ methods: [get, post] }, { snapshot: snapshot({ methods: [signed] }) }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            '10% of the calls of stage prod go to its canary: the authorization of GET /orders differs; only the stage has POST /orders.',
          affects: ['prod GET /orders', 'prod POST /orders'],
        },
      ],
    },
    {
      when: 'a variable that gives the canary another pool',
      account: api(
        byVariable,
        { snapshot: snapshot(byVariable), variableOverrides: { pool: 'eu-west-1_New' } },
        { pool: 'eu-west-1_Old' },
      ),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            '10% of the calls of stage prod go to its canary: authorizer "people" is set up differently.',
        },
      ],
    },
    {
      when: 'a method that only the canary has, and the draft no longer',
      account: api({ methods: [get] }, { snapshot: snapshot({ methods: [get, post] }) }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying: '10% of the calls of stage prod go to its canary: only the canary has POST /orders.',
          affects: ['prod POST /orders'],
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a method of the draft that only the canary has: another rule says that',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [get, post],
            stages: [
              stage(
                'prod',
                { methods: [get] },
                { canary: canary({ snapshot: snapshot({ methods: [get, post] }) }) },
              ),
            ],
          }),
        ],
      }),
    },
    {
      when: 'an idle canary that differs',
      account: api({ methods: [get] }, { percentTraffic: 0, snapshot: snapshot({ methods: [signed] }) }),
    },
    {
      when: 'a canary that takes every call',
      account: api({ methods: [get] }, { percentTraffic: 100, snapshot: snapshot({ methods: [signed] }) }),
    },
    {
      when: 'a canary that asks for the same',
      account: api({ methods: [get, post] }, { snapshot: snapshot({ methods: [post, get] }) }),
    },
  ],
  cannotTell: [
    {
      when: 'when the stages were denied',
      account: account({ restApis: [restApi('shop', { stages: denied('GetStages') })] }),
      missing: ['GetStages'],
    },
    {
      when: "when the canary's deployment was denied",
      account: api({ methods: [get] }, { snapshot: snapshot({ methods: denied('GetDeployment') }) }),
      missing: ['GetDeployment'],
    },
    {
      when: "when the stage's deployment was denied",
      account: api({ methods: denied('GetDeployment of prod') }, { snapshot: snapshot({ methods: [get] }) }),
      missing: ['GetDeployment of prod'],
    },
    {
      when: 'scopes and authorizers, which no export of a canary gives',
      account: api(
        {
          methods: [guarded('GET', '/orders', 'people')],
          authorizers: [cognitoAuthorizer('people', [poolArn('eu-west-1_Old')])],
        },
        {
          snapshot: snapshot({
            methods: [
              method('GET', '/orders', {
                authorizationType: 'COGNITO_USER_POOLS',
                authorizer: denied('GetExport'),
                scopes: denied('GetExport'),
              }),
            ],
            authorizers: denied('GetExport'),
          }),
        },
      ),
      missing: ['GetExport'],
    },
  ],
  standsWithout: {
    'restApis.draft.methods':
      'then this rule says what only the canary has, which deployment/method-not-deployed cannot',
  },
});

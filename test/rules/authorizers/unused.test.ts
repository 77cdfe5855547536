import rule from '../../../lambda/rules/authorizers/unused';
import {
  account,
  canary,
  cognitoAuthorizer,
  denied,
  guarded,
  lambdaAuthorizer,
  method,
  poolArn,
  restApi,
  snapshot,
  stage,
} from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const pool = cognitoAuthorizer('pool', [poolArn('eu-west-1_Shop')]);
const open = method('GET', '/orders');
const signed = method('GET', '/orders', { authorizationType: 'AWS_IAM' });
const signedTwice = [signed, method('PUT', '/orders', { authorizationType: 'AWS_IAM' })];
const used = guarded('GET', '/orders', 'pool');
const served = { methods: [open], authorizers: [pool] };

export default ruleTable(rule, {
  flags: [
    {
      when: 'an authorizer that no method names',
      account: account({ restApis: [restApi('shop', served)] }),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying: 'No deployed method uses authorizer "pool".',
          affects: [],
        },
      ],
    },
    {
      when: 'one beside methods that ask for signatures, where its callers are refused',
      account: account({
        restApis: [restApi('shop', { methods: [signed], authorizers: [pool], stages: ['dev', 'prod'] })],
      }),
      expect: [
        {
          at: 'shop (idshop) authorizer pool',
          saying:
            'No deployed method uses authorizer "pool", while GET /orders asks for AWS signatures: callers with a bearer token are refused there.',
          affects: ['dev GET /orders', 'prod GET /orders'],
        },
      ],
    },
    {
      when: 'one that only an idle canary uses',
      account: account({
        restApis: [
          restApi('shop', {
            ...served,
            stages: [
              stage('prod', served, {
                canary: canary({ percentTraffic: 0, snapshot: snapshot({ methods: [used] }) }),
              }),
            ],
          }),
        ],
      }),
      expect: [{ at: 'shop (idshop) authorizer pool', saying: 'No deployed method uses authorizer "pool".' }],
    },
    {
      when: 'a Lambda authorizer beside methods that ask for signatures, those of a stage and its canary once',
      account: account({
        restApis: [
          restApi('shop', {
            methods: signedTwice,
            authorizers: [lambdaAuthorizer('lock')],
            stages: [
              stage(
                'prod',
                { methods: signedTwice },
                { canary: canary({ snapshot: snapshot({ methods: signedTwice }) }) },
              ),
            ],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) authorizer lock',
          saying:
            'No deployed method uses authorizer "lock", while GET /orders and PUT /orders ask for AWS signatures: callers with a bearer token are refused there.',
          affects: ['prod GET /orders', 'prod PUT /orders'],
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'one that methods name by its id',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [guarded('GET', '/orders', 'abc123')],
            authorizers: [{ ...pool, key: 'abc123', id: 'abc123' }],
          }),
        ],
      }),
    },
    {
      when: 'one that a method of one stage uses, named there as exports name it',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [open],
            authorizers: [{ ...pool, key: 'abc123' }],
            stages: ['dev', stage('prod', { methods: [used], authorizers: [pool] })],
          }),
        ],
      }),
    },
    {
      when: 'one that a canary with traffic uses',
      account: account({
        restApis: [
          restApi('shop', {
            ...served,
            stages: [stage('prod', served, { canary: canary({ snapshot: snapshot({ methods: [used] }) }) })],
          }),
        ],
      }),
    },
    {
      when: 'one that the draft uses: what is not deployed is said elsewhere',
      account: account({
        restApis: [
          restApi('shop', { methods: [used], authorizers: [pool], stages: [stage('prod', served)] }),
        ],
      }),
    },
    {
      when: 'an API without authorizers, its stages unread',
      account: account({ restApis: [restApi('shop', { methods: [open], stages: denied('GetStages') })] }),
    },
    {
      when: 'an API that no stage serves',
      account: account({ restApis: [restApi('shop', { ...served, stages: [] })] }),
    },
  ],
  cannotTell: [
    {
      when: 'when the authorizers were denied',
      account: account({ restApis: [restApi('shop', { authorizers: denied('GetAuthorizers') })] }),
      missing: ['GetAuthorizers'],
    },
    {
      when: 'when the stages were denied',
      account: account({ restApis: [restApi('shop', { ...served, stages: denied('GetStages') })] }),
      missing: ['GetStages'],
    },
    {
      when: 'when one stage could not be read and no other uses it',
      account: account({
        restApis: [
          restApi('shop', {
            ...served,
            stages: ['dev', stage('prod', { methods: denied('GetDeployment') })],
          }),
        ],
      }),
      missing: ['GetDeployment'],
    },
    {
      when: 'when a method does not say which authorizer it names',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [method('GET', '/orders', { authorizer: denied('GetExport') })],
            authorizers: [pool],
          }),
        ],
      }),
      missing: ['GetExport'],
    },
  ],
  standsWithout: {
    'restApis.stages.snapshot.methods.authorizationType': 'only whether the message speaks of signatures',
    'restApis.stages.canary.snapshot.methods.authorizationType':
      'only whether the message speaks of signatures',
  },
});

import rule from '../../../lambda/rules/deployment/method-not-deployed';
import { account, canary, denied, guarded, method, restApi, snapshot, stage } from '../../support/build';
import { judge, ruleTable } from '../../support/rule-table';

const get = method('GET', '/orders');
const post = method('POST', '/orders');
const proxy = guarded('ANY', '/{proxy+}', 'pool');

export default ruleTable(rule, {
  flags: [
    {
      when: 'the verb that one of two stages lacks',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [get, post],
            stages: [stage('prod', { methods: [get] }), stage('test', { methods: [get, post] })],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'POST /orders exists in the draft but not in the deployment that stage prod serves. Stage test serves it.',
          affects: ['prod POST /orders'],
        },
      ],
    },
    {
      when: 'methods of which another stage has one only',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [get, post, method('DELETE', '/orders')],
            stages: [stage('prod', { methods: [get] }), stage('test', { methods: [get, post] })],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'POST /orders and DELETE /orders exist in the draft but not in the deployment that stage prod serves.',
          affects: ['prod POST /orders', 'prod DELETE /orders'],
        },
        {
          at: 'shop (idshop) stage test',
          saying: 'DELETE /orders exists in the draft but not in the deployment that stage test serves.',
          affects: ['test DELETE /orders'],
        },
      ],
    },
    {
      when: 'calls that a greedy resource takes instead, with its authorization',
      account: account({
        restApis: [
          restApi('shop', { methods: [post, proxy], stages: [stage('prod', { methods: [proxy] })] }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'POST /orders is not deployed to stage prod: the calls go to ANY /{proxy+} (authorization COGNITO_USER_POOLS) instead.',
          reach: 'possible',
          affects: ['prod POST /orders'],
        },
      ],
    },
    {
      when: 'calls that the ANY of the same path takes instead',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [post, guarded('ANY', '/orders', 'people')],
            stages: [stage('prod', { methods: [guarded('ANY', '/orders', 'people')] })],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'POST /orders is not deployed to stage prod: the calls go to ANY /orders (authorization COGNITO_USER_POOLS) instead.',
          reach: 'possible',
          affects: ['prod POST /orders'],
        },
      ],
    },
    {
      when: 'a parameter that takes the calls, but not of every verb',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [method('ANY', '/orders'), method('GET', '/{id}')],
            stages: [stage('prod', { methods: [method('GET', '/{id}')] })],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'ANY /orders is not deployed to stage prod: some of the calls go to GET /{id} (authorization NONE) instead, the others are refused.',
          reach: 'possible',
        },
      ],
    },
    {
      when: 'a greedy parameter where a plain one is deployed',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [method('GET', '/{proxy+}')],
            stages: [stage('prod', { methods: [method('GET', '/{id}')] })],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'GET /{proxy+} is not deployed to stage prod: some of the calls go to GET /{id} (authorization NONE) instead, the others are refused.',
          reach: 'possible',
        },
      ],
    },
    {
      when: 'a greedy resource that does not match its own parent',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [method('GET', '/'), proxy],
            stages: [stage('prod', { methods: [proxy] })],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying: 'GET / exists in the draft but not in the deployment that stage prod serves.',
          affects: ['prod GET /'],
        },
      ],
    },
    {
      when: 'a method that only the canary has',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [get, post],
            stages: [
              stage(
                'prod',
                { methods: [get] },
                { canary: canary({ snapshot: snapshot({ methods: [post] }) }) },
              ),
            ],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'POST /orders exists in the draft but not in the deployment that stage prod serves; calls that its canary takes may find them.',
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'two methods of which a canary with variables of its own has both',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [get, post, method('PUT', '/orders')],
            stages: [
              stage(
                'prod',
                { methods: [get] },
                {
                  canary: canary({
                    variableOverrides: { backend: 'next' },
                    snapshot: snapshot({ methods: [post, method('PUT', '/orders')] }),
                  }),
                },
              ),
            ],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'POST /orders and PUT /orders exist in the draft but not in the deployment that stage prod serves; calls that its canary takes may find them.',
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'two methods of which a canary has one',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [get, post, method('PUT', '/orders')],
            stages: [
              stage(
                'prod',
                { methods: [get] },
                { canary: canary({ snapshot: snapshot({ methods: [post] }) }) },
              ),
            ],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'POST /orders and PUT /orders exist in the draft but not in the deployment that stage prod serves; calls that its canary takes may find them.',
          reach: 'some-calls',
        },
      ],
    },
    {
      when: 'two methods of which an idle canary has one',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [get, post, method('PUT', '/orders')],
            stages: [
              stage(
                'prod',
                { methods: [get] },
                { canary: canary({ percentTraffic: 0, snapshot: snapshot({ methods: [post] }) }) },
              ),
            ],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'POST /orders and PUT /orders exist in the draft but not in the deployment that stage prod serves.',
        },
      ],
    },
    {
      when: 'a method that a canary does not have either',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [get, post],
            stages: [
              stage(
                'prod',
                { methods: [get] },
                { canary: canary({ snapshot: snapshot({ methods: [get] }) }) },
              ),
            ],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying: 'POST /orders exists in the draft but not in the deployment that stage prod serves.',
        },
      ],
    },
    {
      when: 'an ANY and a GET that parameters take, one of them with an authorization that is unread',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [method('ANY', '/orders'), method('GET', '/orders'), method('PUT', '/carts')],
            stages: [
              stage('prod', {
                methods: [
                  method('GET', '/{id}', { authorizationType: denied('GetDeployment') }),
                  method('PUT', '/{id}'),
                ],
              }),
            ],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'ANY /orders, GET /orders and PUT /carts are not deployed to stage prod: some of the calls go to PUT /{id} (authorization NONE) and GET /{id} (authorization not readable) instead, the others are refused.',
          reach: 'possible',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a stage that serves the draft',
      account: account({ restApis: [restApi('shop', { methods: [get, post] })] }),
    },
    {
      when: 'a method that is deployed and gone from the draft',
      account: account({
        restApis: [restApi('shop', { methods: [get], stages: [stage('prod', { methods: [get, post] })] })],
      }),
    },
    {
      when: 'a path parameter that changed only its name',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [method('GET', '/orders/{orderId}')],
            stages: [stage('prod', { methods: [method('GET', '/orders/{id}')] })],
          }),
        ],
      }),
    },
    {
      when: 'an API without any stage: another rule says that',
      account: account({ restApis: [restApi('shop', { methods: [get], stages: [] })] }),
    },
  ],
  cannotTell: [
    {
      when: 'when the stages were denied',
      account: account({ restApis: [restApi('shop', { methods: [get], stages: denied('GetStages') })] }),
      missing: ['GetStages'],
    },
    {
      when: 'when the draft was denied',
      account: account({
        restApis: [
          restApi('shop', { methods: denied('GetResources'), stages: [stage('prod', { methods: [get] })] }),
        ],
      }),
      missing: ['GetResources'],
    },
    {
      when: 'when the deployment was denied',
      account: account({
        restApis: [
          restApi('shop', { methods: [get], stages: [stage('prod', { methods: denied('GetDeployment') })] }),
        ],
      }),
      missing: ['GetDeployment'],
    },
  ],
  standsWithout: {
    'restApis.draft.methods.integration': 'only a step of the fix',
    'restApis.stages.snapshot.methods.authorizationType':
      'the method that takes the calls takes them anyhow; the message says that its authorization is not readable',
  },
});

const takenBy = (taker: ReturnType<typeof method>) =>
  judge(
    rule,
    account({
      restApis: [restApi('shop', { methods: [post, taker], stages: [stage('prod', { methods: [taker] })] })],
    }),
  ).raised.map(({ flag }) => flag.symptom?.responseType);

const stepsFor = (draft: ReturnType<typeof method>) =>
  judge(
    rule,
    account({
      restApis: [restApi('shop', { methods: [draft], stages: [stage('prod', { methods: [] })] })],
    }),
  ).raised.flatMap(({ flag }) => flag.fix.map(({ step }) => step));

describe('what the caller meets and what to do', () => {
  test('the symptom is that of the method that takes the calls', () => {
    expect(takenBy(proxy)).toEqual(['UNAUTHORIZED']);
    expect(takenBy(method('ANY', '/{proxy+}', { authorizationType: 'AWS_IAM' }))).toEqual([
      'MISSING_AUTHENTICATION_TOKEN',
    ]);
    expect(takenBy(method('ANY', '/{proxy+}'))).toEqual([null]);
  });

  test('a method without integration gets one before the deployment', () => {
    const deploy = 'Deploy the API to the stage, so that callers meet the change.';
    expect(stepsFor(post)).toEqual([deploy]);
    expect(stepsFor({ ...post, integration: { state: 'known', value: null } })).toEqual([
      'Give POST /orders an integration first: AWS refuses to deploy a method without one.',
      deploy,
    ]);
  });
});

import { known } from '../../lambda/model/known';
import { readSaved, writeSaved } from '../../lambda/cli/saved-file';
import { UsageError } from '../../lambda/cli/usage-error';
import type { Account } from '../../lambda/model/account';
import {
  account,
  apiKey,
  appClient,
  canary,
  cognitoAuthorizer,
  deletedPool,
  denied,
  domainName,
  gatewayResponse,
  lambdaFunction,
  machineClient,
  method,
  restApi,
  snapshot,
  stage,
  usagePlan,
  userPool,
  vpcEndpoint,
} from '../support/build';

const methods = [method('GET', '/orders', { scopes: ['orders/read'] }), method('OPTIONS', '/orders')];

/** Something of everything that the model can hold. */
const rich: Account = account({
  restApis: [
    restApi('shop', {
      methods,
      authorizers: [
        cognitoAuthorizer('pool', ['arn:aws:cognito-idp:eu-west-1:222233334444:userpool/eu-west-1_Shop']),
      ],
      gatewayResponses: [gatewayResponse('UNAUTHORIZED')],
      policy: '{"Statement":[]}',
      stages: [
        stage('prod', { methods }, { canary: canary({ snapshot: snapshot({ methods }) }) }),
        stage('dark', { methods: denied('GetExport') }),
      ],
      newestDeployment: known({ id: 'd9', snapshot: snapshot({ methods }) }),
    }),
  ],
  usagePlans: [usagePlan('gold', [['idshop', 'prod']], ['key-a'])],
  apiKeys: [apiKey('a')],
  domains: [
    domainName('api.example.com', {
      mappings: [{ basePath: '', restApiId: 'idshop', stage: 'prod' }],
      routingRules: [
        {
          id: 'r1',
          priority: 1,
          basePaths: ['v1'],
          headers: [{ name: 'x', glob: 'y*' }],
          restApiId: 'idshop',
          stage: 'prod',
          stripBasePath: true,
        },
      ],
      mutualTls: { truststoreUri: 's3://b/t.pem', truststoreVersion: null, warnings: [] },
    }),
  ],
  domainAccessAssociations: [
    { domainArn: 'arn:aws:apigateway:eu-west-1::/domainnames/x', vpcEndpointId: 'vpce-1' },
  ],
  userPools: [
    userPool('eu-west-1_Shop', {
      clients: [appClient('web'), machineClient('job', ['orders/read'])],
      resourceServers: [{ identifier: 'orders', scopeNames: ['read'] }],
      triggers: { PreSignUp: 'arn:aws:lambda:eu-west-1:222233334444:function:f' },
    }),
    deletedPool('eu-west-1_Gone'),
  ],
  functions: [lambdaFunction('authorizer')],
  vpcEndpoints: [vpcEndpoint('vpce-1')],
  webAcls: [
    {
      arn: 'arn:acl',
      webAcl: {
        state: 'known',
        value: {
          arn: 'arn:acl',
          name: 'main',
          defaultAction: 'Allow',
          defaultBlockStatus: null,
          rules: [
            {
              name: 'crs',
              priority: 0,
              action: 'None',
              matches: 'managed AWSManagedRulesCommonRuleSet',
              managedGroup: 'AWS',
              ruleOverrides: { SizeRestrictions_BODY: 'Count' },
              blockStatus: null,
            },
          ],
        },
      },
    },
  ],
  distributions: [
    {
      arn: 'arn:dist',
      id: 'E1',
      domainName: 'd.cloudfront.net',
      aliases: [],
      enabled: true,
      origins: [
        {
          id: 'o',
          domainName: 'x.execute-api.eu-west-1.amazonaws.com',
          originPath: '/prod',
          customHeaders: ['x-api-key'],
        },
      ],
      behaviors: [
        {
          pathPattern: '*',
          allowedMethods: ['GET'],
          originId: 'o',
          forwards: {
            state: 'known',
            value: {
              mode: 'listed',
              headers: ['authorization'],
              authorizationInCachePolicy: true,
              forwardsHost: false,
            },
          },
        },
      ],
    },
  ],
  callerRoles: [
    {
      roleArn: 'arn:role',
      identityPoolId: 'p',
      use: 'group',
      mayInvoke: { state: 'known', value: { 'arn:x': true } },
    },
  ],
});

const blind = account({
  region: 'us-east-1',
  restApis: denied('GetRestApis'),
  userPools: denied('DescribeUserPool'),
});

/** The saved text with one thing changed. */
const changed = (
  change: (file: { accounts: Record<string, unknown>[]; schemaVersion: unknown }) => void,
): string => {
  const file = JSON.parse(writeSaved([rich, blind])) as Parameters<typeof change>[0];
  change(file);
  return JSON.stringify(file);
};

test('what was saved comes back whole', () => {
  expect(readSaved(writeSaved([rich, blind]), 'a.json')).toEqual([rich, blind]);
});

test.each([
  ['no JSON', '{', /^a\.json is not JSON: /],
  ['something else', '[]', /^a\.json is no saved audit: it has no schemaVersion/],
  ['a later version', changed((file) => (file.schemaVersion = 2)), /has schemaVersion 2; .* reads 1/],
  ['no account', changed((file) => (file.accounts = [])), /^a\.json: accounts: /],
  [
    'a field of another type',
    changed((file) => Object.assign(file.accounts[0] ?? {}, { accountId: 7 })),
    /^a\.json: accounts\[0\]\.accountId: .*expected string/,
  ],
  [
    'a field missing deep inside',
    changed((file) => {
      const [api] = (
        file.accounts[0] as unknown as {
          restApis: { value: { draft: { methods: { value: { verb?: string }[] } } }[] };
        }
      ).restApis.value;
      delete api?.draft.methods.value[1]?.verb;
    }),
    /^a\.json: accounts\[0\]\.restApis\.value\[0\]\.draft\.methods\.value\[1\]\.verb: /,
  ],
  [
    'a state that is neither known nor unreadable',
    changed((file) => Object.assign(file.accounts[1] ?? {}, { restApis: { state: 'guessed', value: [] } })),
    /^a\.json: accounts\[1\]\.restApis\.state: /,
  ],
])('refuses %s, naming the place', (_, text, message) => {
  expect(() => readSaved(text, 'a.json')).toThrow(UsageError);
  expect(() => readSaved(text, 'a.json')).toThrow(message);
});

test('takes no prototype and no field that the model does not have', () => {
  const text = changed((file) => {
    const stages = (
      file.accounts[0] as unknown as {
        restApis: { value: { stages: { value: Record<string, unknown>[] } }[] };
      }
    ).restApis.value[0]?.stages.value;
    Object.assign(stages?.[0] ?? {}, { variables: { a: 'b' }, secret: 'x' });
  }).replace(
    '"variables":{"a":"b"}',
    '"variables":{"a":"b","__proto__":"evil","constructor":"c"},"__proto__":{"polluted":true}',
  );
  expect(text).toContain('polluted');
  const [first] = readSaved(text, 'a.json');
  const [api] = first?.restApis.state === 'known' ? first.restApis.value : [];
  const [prod] = api?.stages.state === 'known' ? api.stages.value : [];
  expect(prod?.variables).toEqual({ a: 'b', constructor: 'c' });
  expect(Object.getPrototypeOf(prod?.variables)).toBe(Object.prototype);
  expect(prod).not.toHaveProperty('secret');
  expect(prod).not.toHaveProperty('polluted');
  expect({}).not.toHaveProperty('polluted');
});

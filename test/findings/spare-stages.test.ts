import { judgeApi } from '../../lambda/findings/judge';
import { easeSpareStages } from '../../lambda/findings/spare-stages';
import type { Stage } from '../../lambda/model/rest-api';
import stageInNoUsagePlan from '../../lambda/rules/api-keys/stage-in-no-usage-plan';
import executionLogsOff from '../../lambda/rules/observability/execution-logs-off';
import {
  account,
  apiKey,
  canary,
  cognitoAuthorizer,
  denied,
  domainName,
  guarded,
  method,
  restApi,
  stage,
  usagePlan,
} from '../support/build';

const keyed = method('GET', '/orders', { apiKeyRequired: true });
const served = { methods: [keyed] };
const DEPLOYMENT = { deploymentId: 'dep-1' };
const shop = (given: Partial<Stage> = {}, name = 'Stage') =>
  restApi('shop', {
    ...served,
    stages: [stage('Prod', served, DEPLOYMENT), stage(name, served, { ...DEPLOYMENT, ...given })],
  });

const plan = usagePlan('gold', [['idshop', 'Prod']], ['key-ours']);
const around = { usagePlans: [plan], apiKeys: [apiKey('ours')] };

const judged = (
  api: ReturnType<typeof restApi>,
  shared: Parameters<typeof account>[0] = around,
  rule = stageInNoUsagePlan,
) =>
  easeSpareStages(judgeApi([rule], api, account(shared)).raised, api, account(shared)).map(
    ({ flag, of }) => ({
      of,
      stage: flag.subject.stage,
      reach: flag.reach ?? rule.reach,
      commands: flag.fix.flatMap(({ commands }) => commands).length,
    }),
  );

test('what only the stage that SAM makes beside the other has is a note, without a command that opens that stage', () => {
  expect(judged(shop())).toEqual([
    { of: 'stage', stage: 'Stage', reach: 'possible', commands: 0 },
    { of: 'draft', stage: 'Stage', reach: 'possible', commands: 0 },
  ]);
});

test.each<[string, ReturnType<typeof restApi>, Parameters<typeof account>[0]?]>([
  ['another name', shop({}, 'Staging')],
  ['a deployment of its own', shop({ deploymentId: 'dep-2' })],
  [
    'no deployment that is known',
    restApi('shop', {
      ...served,
      stages: [stage('Prod', served, { deploymentId: null }), stage('Stage', served, { deploymentId: null })],
    }),
  ],
  ['no stage beside it', restApi('shop', { ...served, stages: [stage('Stage', served, DEPLOYMENT)] })],
  ['variables', shop({ variables: { env: 'staging' } })],
  ['a web ACL', shop({ webAclArn: 'arn:aws:wafv2:eu-west-1:222233334444:regional/webacl/a/b' })],
  ['a cache', shop({ cacheClusterEnabled: true })],
  ['an access log', shop({ accessLogFormat: '$context.requestId' })],
  ['a canary', shop({ canary: canary({ percentTraffic: 0 }) })],
  [
    'settings of methods',
    shop({
      methodSettings: {
        '*/*': {
          loggingLevel: 'INFO',
          cachingEnabled: false,
          requireAuthorizationForCacheControl: false,
          unauthorizedCacheControlHeaderStrategy: null,
        },
      },
    }),
  ],
  [
    'a domain',
    shop(),
    {
      ...around,
      domains: [
        domainName('staging.example.com', {
          mappings: [{ basePath: '', restApiId: 'idshop', stage: 'Stage' }],
        }),
      ],
    },
  ],
  [
    'a routing rule',
    shop(),
    {
      ...around,
      domains: [
        domainName('api.example.com', {
          routingMode: 'ROUTING_RULE_ONLY',
          routingRules: [
            {
              id: 'r1',
              priority: 1,
              basePaths: [],
              headers: [],
              restApiId: 'idshop',
              stage: 'Stage',
              stripBasePath: false,
            },
          ],
        }),
      ],
    },
  ],
])('a stage with %s is one that people use', (_, api, shared = around) => {
  expect(judged(api, shared)).toContainEqual(expect.objectContaining({ of: 'stage', reach: 'every-call' }));
});

test.each<[string, Parameters<typeof account>[0]]>([
  ['domains that could not be read', { ...around, domains: denied('GetDomainNames') }],
  [
    'mappings that could not be read',
    { ...around, domains: [domainName('a.example.com', { mappings: denied('GetBasePathMappings') })] },
  ],
  [
    'rules that could not be read',
    { ...around, domains: [domainName('a.example.com', { routingRules: denied('ListRoutingRules') })] },
  ],
])('%s say nothing against it', (_, shared) => {
  expect(judged(shop(), shared)).toContainEqual(expect.objectContaining({ of: 'stage', reach: 'possible' }));
});

test('a stage that a usage plan names is one that people use', () => {
  const named = { ...around, usagePlans: [usagePlan('gold', [['idshop', 'Stage']], ['key-ours'])] };
  expect(judged(shop(), named)).toEqual([
    expect.objectContaining({ of: 'stage', stage: 'Prod', reach: 'every-call' }),
    expect.objectContaining({ of: 'draft', stage: 'Prod', reach: 'every-call' }),
  ]);
});

test('a fault that both stages have is told once, of the one that people use', () => {
  expect(judged(shop(), {})).toEqual([
    expect.objectContaining({ of: 'stage', stage: 'Prod', reach: 'every-call' }),
    expect.objectContaining({ of: 'draft', stage: 'Prod', reach: 'every-call' }),
  ]);
});

test('so is one that no method stands for', () => {
  const methods = [guarded('GET', '/orders', 'pool')];
  const authorizers = [cognitoAuthorizer('pool', [])];
  const dark = { methods, authorizers };
  const api = restApi('shop', {
    ...dark,
    stages: [stage('Prod', dark, DEPLOYMENT), stage('Stage', dark, DEPLOYMENT)],
  });
  expect(judged(api, {}, executionLogsOff).map((one) => one.stage)).toEqual(['Prod', 'Prod']);
});

test('where stages could not be read, nothing is taken for spare', () => {
  const api = restApi('shop', { ...served, stages: denied('GetStages') });
  expect(judged(api)).toEqual([]);
});

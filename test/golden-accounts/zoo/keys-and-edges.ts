import { apiOrigin, behavior, distribution } from '../../support/distribution';
import { known } from '../../../lambda/model/known';
import type { WebAclRule } from '../../../lambda/model/edge';
import { apiKey, cognitoAuthorizer, guarded, method, restApi, stage, usagePlan } from '../../support/build';
import { ordersPool, type Area } from '../area';

const keyed = [method('GET', '/orders', { apiKeyRequired: true })];

/** Methods that need a key which nobody has. */
export const apiKeys: Area = {
  restApis: [
    restApi('unplanned', { methods: keyed }),
    restApi('keyless', { methods: keyed }),
    restApi('elsewhere', { methods: keyed, apiKeySource: 'AUTHORIZER' }),
  ],
  usagePlans: [usagePlan('silver', [['idkeyless', 'prod']], ['key-revoked'])],
  apiKeys: [apiKey('revoked', false), apiKey('forgotten')],
};

const aclArn = (name: string): string => `arn:aws:wafv2:eu-west-1:222233334444:regional/webacl/${name}/1a2b`;
const coreRuleSet: WebAclRule = {
  name: 'core',
  priority: 1,
  action: 'None',
  matches: 'managed AWSManagedRulesCommonRuleSet',
  managedGroup: 'AWSManagedRulesCommonRuleSet',
  ruleOverrides: {},
  blockStatus: null,
};
const webAcl = (name: string, defaultAction: string, rules: readonly WebAclRule[]) => ({
  arn: aclArn(name),
  webAcl: known({ arn: aclArn(name), name, defaultAction, defaultBlockStatus: null, rules }),
});
const office: WebAclRule = {
  ...coreRuleSet,
  name: 'office',
  action: 'Allow',
  matches: 'IP set office',
  managedGroup: null,
};
const post = [method('POST', '/orders')];
const walled = (name: string, acl: string) =>
  restApi(name, { methods: post, stages: [stage('prod', { methods: post }, { webAclArn: aclArn(acl) })] });

/** Web ACLs that stop calls before the API looks at them. */
export const webAcls: Area = {
  restApis: [walled('fenced', 'office'), walled('heavy', 'base'), walled('hidden', 'viewers')],
  webAcls: [
    webAcl('office', 'Block', [office]),
    webAcl('base', 'Allow', [coreRuleSet]),
    webAcl('viewers', 'Allow', [
      { ...office, action: 'Block', matches: 'not (IP set office)', byAddress: 'others' },
    ]),
  ],
  distributions: [
    distribution([apiOrigin('idhidden')], [behavior('*', 'idhidden')], {
      arn: 'arn:aws:cloudfront::222233334444:distribution/E3',
      id: 'E3',
      aliases: ['hidden.example.com'],
    }),
  ],
};

const pool = ordersPool('eu-west-1_Dark');
const scoped = {
  methods: [guarded('GET', '/orders', 'pool', ['orders/read'])],
  authorizers: [cognitoAuthorizer('pool', [pool.arn])],
};
const signed = method('GET', '/orders', { authorizationType: 'AWS_IAM' });

/** Signed callers who may not, and logs that say nothing. */
export const callersAndLogs: Area = {
  restApis: [
    restApi('dark', scoped),
    restApi('unwritten', {
      stages: [
        stage(
          'prod',
          {},
          {
            methodSettings: {
              '*/*': {
                loggingLevel: 'INFO',
                cachingEnabled: false,
                requireAuthorizationForCacheControl: true,
                unauthorizedCacheControlHeaderStrategy: null,
              },
            },
          },
        ),
      ],
    }),
    restApi('amplified', { methods: [signed] }),
  ],
  userPools: [pool],
  callerRoles: [
    {
      roleArn: 'arn:aws:iam::222233334444:role/app/Auth',
      identityPoolId: 'eu-west-1:pool',
      use: 'authenticated',
      mayInvoke: known({ 'arn:aws:execute-api:eu-west-1:222233334444:idamplified/prod/GET/orders': false }),
    },
  ],
};

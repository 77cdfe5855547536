import rule from '../../../lambda/rules/resource-policy/principal-needs-signed-caller';
import {
  account,
  allow,
  cognitoAuthorizer,
  custom,
  denied,
  deny,
  guarded,
  lambdaAuthorizer,
  method,
  poolArn,
  policy,
  restApi,
  stage,
} from '../../support/build';
import { ruleTable } from '../../support/rule-table';
import { beside } from './beside';

const authorizers = [lambdaAuthorizer('gate'), cognitoAuthorizer('pool', [poolArn('eu-west-1_Shop')])];
const get = method('GET', '/pets');
const shop = (text: string, methods = [get]) =>
  account({ restApis: [restApi('shop', { methods, authorizers, policy: text })] });
const role = 'arn:aws:iam::222233334444:role/clerk';

export default ruleTable(rule, {
  flags: [
    {
      when: 'an Allow for a role on open and Cognito methods',
      account: shop(policy(allow({ Principal: { AWS: role } })), [
        get,
        guarded('GET', '/bills', 'pool'),
        custom('GET', '/orders', 'gate'),
        method('GET', '/keys', { authorizationType: 'AWS_IAM' }),
      ]),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'Statement 1 allows only callers known by arn:aws:iam::222233334444:role/clerk; GET /pets and GET /bills have authorization NONE and COGNITO_USER_POOLS, so callers are anonymous.',
          affects: ['prod GET /pets', 'prod GET /bills'],
        },
      ],
    },
    {
      when: 'an organization, on anyone',
      account: shop(policy(allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abc123' } } }))),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'Statement 1 allows only callers known by aws:PrincipalOrgID; GET /pets has authorization NONE, so callers are anonymous.',
        },
      ],
    },
    {
      when: 'a federated identity on a Cognito method',
      account: shop(policy(allow({ Principal: { Federated: 'cognito-identity.amazonaws.com' } })), [
        guarded('GET', '/bills', 'pool'),
      ]),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'Statement 1 allows only callers known by cognito-identity.amazonaws.com; GET /bills has authorization COGNITO_USER_POOLS, so callers are anonymous.',
        },
      ],
    },
    {
      when: 'two Allows for roles on two Cognito methods, among statements about something else',
      account: shop(
        policy(
          ...beside,
          allow({ Principal: { AWS: role }, Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }),
          allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abc123' } } }),
        ),
        [guarded('GET', '/bills', 'pool'), guarded('PUT', '/bills', 'pool')],
      ),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'Statement 7 and statement 8 allow only callers known by arn:aws:iam::222233334444:role/clerk and aws:PrincipalOrgID; GET /bills and PUT /bills have authorization COGNITO_USER_POOLS, so callers are anonymous.',
        },
      ],
    },
    {
      when: 'an Allow for a role that only the draft has',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [get],
            policy: policy(allow({ Principal: { AWS: role } })),
            stages: [stage('prod', { methods: [get] })],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'Statement 1 allows only callers known by arn:aws:iam::222233334444:role/clerk; GET /pets has authorization NONE, so callers are anonymous.',
          when: 'after-next-deployment',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a Deny of callers of other accounts, which is what refuses those who do not sign',
      account: shop(
        policy(
          allow({ Principal: { AWS: role } }),
          deny({ Condition: { StringNotEquals: { 'aws:PrincipalAccount': '222233334444' } } }),
        ),
      ),
    },
    {
      when: 'an Allow for everybody, written as AWS principal',
      account: shop(policy(allow({ Principal: { AWS: '*' } }))),
    },
    {
      when: 'a role among everybody',
      account: shop(policy(allow({ Principal: { AWS: role } }), allow())),
    },
    {
      when: 'signed callers',
      account: shop(policy(allow({ Principal: { AWS: role } })), [
        method('GET', '/keys', { authorizationType: 'AWS_IAM' }),
      ]),
    },
    {
      when: 'a Lambda authorizer, where silence is no refusal',
      account: shop(policy(allow({ Principal: { AWS: role } })), [custom('GET', '/orders', 'gate')]),
    },
    {
      when: 'a Deny of everybody beside it: the principal is not what refuses',
      account: shop(policy(allow({ Principal: { AWS: role } }), deny())),
    },
    {
      when: 'an organization if the key is there',
      account: shop(
        policy(allow({ Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-abc123' } } })),
      ),
    },
  ],
  cannotTell: [
    {
      when: 'when the policy was denied',
      account: account({ restApis: [restApi('shop', { methods: [get], policy: denied('GetExport') })] }),
      missing: ['GetExport'],
    },
    {
      when: 'when the methods were denied',
      account: account({
        restApis: [
          restApi('shop', {
            methods: denied('GetResources'),
            policy: policy(allow({ Principal: { AWS: role } })),
          }),
        ],
      }),
      missing: ['GetResources'],
    },
    {
      when: 'when the authorization of the method was denied',
      account: shop(policy(allow({ Principal: { AWS: role } })), [
        method('GET', '/pets', { authorizationType: denied('GetDeployment') }),
      ]),
      missing: ['GetDeployment'],
    },
  ],
});

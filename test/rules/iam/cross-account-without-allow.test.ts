import rule from '../../../lambda/rules/iam/cross-account-without-allow';
import type { Method } from '../../../lambda/model/method';
import { account, allow, denied, deny, method, policy, restApi, stage } from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const PARTNER = 'arn:aws:iam::555566667777:role/partner';
const signed = method('GET', '/orders/{id}', { authorizationType: 'AWS_IAM' });
const under = (text: string | null, methods: readonly Method[] = [signed]) =>
  account({ restApis: [restApi('shop', { methods, policy: text })] });

export default ruleTable(rule, {
  flags: [
    {
      when: 'an Allow for a path that the API does not have',
      account: under(
        policy(allow({ Principal: { AWS: PARTNER }, Resource: 'execute-api:/prod/GET/order/*' })),
      ),
      expect: [
        {
          at: 'shop (idshop)',
          saying: `The resource policy names ${PARTNER} of another account, and no Allow lets it invoke GET /orders/{id} or any other AWS_IAM method.`,
          affects: ['prod GET /orders/{id}'],
        },
      ],
    },
    {
      when: 'a Deny that spares an account which nothing allows',
      account: under(
        policy(deny({ Condition: { StringNotEquals: { 'aws:PrincipalAccount': '555566667777' } } })),
      ),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The resource policy names 555566667777 of another account, and no Allow lets it invoke GET /orders/{id} or any other AWS_IAM method.',
        },
      ],
    },
    {
      when: 'an Allow for another action',
      account: under(
        policy(allow({ Principal: { AWS: '555566667777' }, Action: 'execute-api:InvalidateCache' })),
      ),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The resource policy names 555566667777 of another account, and no Allow lets it invoke GET /orders/{id} or any other AWS_IAM method.',
        },
      ],
    },
    {
      when: 'two roles of another account beside one that an Allow takes in',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [signed, method('ANY', '/carts', { authorizationType: 'AWS_IAM' })],
            policy: policy(
              allow({ Principal: { AWS: PARTNER }, Resource: 'execute-api:/prod/GET/order/*' }),
              allow({
                Resource: 'execute-api:/prod/GET/order/*',
                Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::555566667777:role/auditor' } },
              }),
              allow({ Principal: { AWS: 'arn:aws:iam::555566667777:role/admin' } }),
            ),
            stages: ['prod', 'test'],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying: `The resource policy names ${PARTNER} and arn:aws:iam::555566667777:role/auditor of other accounts, and no Allow lets them invoke GET /orders/{id} and ANY /carts or any other AWS_IAM method.`,
        },
      ],
    },
    {
      when: 'a role that a Deny spares as a principal',
      account: under(policy(deny({ Principal: undefined, NotPrincipal: { AWS: PARTNER } }))),
      expect: [
        {
          at: 'shop (idshop)',
          saying: `The resource policy names ${PARTNER} of another account, and no Allow lets it invoke GET /orders/{id} or any other AWS_IAM method.`,
        },
      ],
    },
    {
      when: 'a policy whose draft allows the call by now',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [signed],
            policy: policy(allow({ Principal: { AWS: PARTNER } })),
            stages: [
              stage('prod', {
                methods: [signed],
                policy: policy(
                  allow({ Principal: { AWS: PARTNER }, Resource: 'execute-api:/prod/GET/order' }),
                ),
              }),
            ],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying: `The resource policy names ${PARTNER} of another account, and no Allow lets it invoke GET /orders/{id} or any other AWS_IAM method.`,
        },
      ],
    },
    {
      when: 'a policy that the draft no longer has',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [signed],
            stages: [
              stage('prod', {
                methods: [signed],
                policy: policy(
                  allow({ Principal: { AWS: PARTNER }, Resource: 'execute-api:/prod/GET/order' }),
                ),
              }),
            ],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying: `The resource policy names ${PARTNER} of another account, and no Allow lets it invoke GET /orders/{id} or any other AWS_IAM method.`,
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'an Allow that takes in one real path of the method',
      account: under(
        policy(allow({ Principal: { AWS: PARTNER }, Resource: 'execute-api:/prod/GET/orders/7' })),
      ),
    },
    {
      when: 'the same fault about the own account, where IAM alone can allow',
      account: under(
        policy(
          allow({
            Principal: { AWS: 'arn:aws:iam::222233334444:role/own' },
            Resource: 'execute-api:/x/GET/x',
          }),
        ),
      ),
    },
    {
      when: 'an Allow for another stage of the API',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [signed],
            policy: policy(
              allow({ Principal: { AWS: '555566667777' }, Resource: 'execute-api:/partners/*' }),
            ),
            stages: ['prod', 'partners'],
          }),
        ],
      }),
    },
    {
      when: 'a spared account that an Allow for everybody takes in',
      account: under(
        policy(allow(), deny({ Condition: { StringNotEquals: { 'aws:PrincipalAccount': '555566667777' } } })),
      ),
    },
    {
      when: 'an API without AWS_IAM methods: another rule says that',
      account: under(policy(allow({ Principal: { AWS: PARTNER }, Resource: 'execute-api:/x/GET/x' })), [
        method('GET', '/orders'),
      ]),
    },
    { when: 'no policy', account: under(null) },
    { when: 'a policy that cannot be understood: another rule says that', account: under('{"Statement":1}') },
    {
      when: 'an account of which an Allow takes in one role',
      account: under(
        policy(
          allow({ Principal: { AWS: PARTNER } }),
          deny({ Condition: { StringNotEquals: { 'aws:PrincipalAccount': '555566667777' } } }),
        ),
      ),
    },
    {
      when: 'a role whose account an Allow takes in',
      account: under(
        policy(
          allow({ Principal: { AWS: 'arn:aws:iam::555566667777:root' } }),
          deny({ Condition: { ArnNotEquals: { 'aws:PrincipalArn': PARTNER } } }),
        ),
      ),
    },
    {
      when: 'an Allow for one verb of an ANY method, among others',
      account: under(
        policy(
          allow({
            Principal: { AWS: PARTNER },
            Resource: ['execute-api:/prod/GET/order', 'execute-api:/prod/PUT/carts'],
          }),
        ),
        [signed, method('ANY', '/carts', { authorizationType: 'AWS_IAM' })],
      ),
    },
    {
      when: 'an Allow for all but some methods',
      account: under(
        policy(
          allow({
            Principal: { AWS: PARTNER },
            Resource: undefined,
            NotResource: 'execute-api:/prod/GET/order',
          }),
        ),
      ),
    },
    {
      when: 'an Allow for the paths of whoever calls, among others',
      account: under(
        policy(
          allow({
            Principal: { AWS: PARTNER },
            Resource: ['execute-api:/prod/GET/order', 'execute-api:/prod/GET/${aws:PrincipalTag/area}'],
          }),
        ),
      ),
    },
    {
      when: 'an Allow without Resource, which may mean anything',
      account: under(
        policy(
          allow({ Principal: { AWS: PARTNER }, Resource: 'execute-api:/prod/GET/order' }),
          allow({ Principal: { AWS: PARTNER }, Resource: undefined }),
        ),
      ),
    },
    {
      when: 'an Allow without Principal, which may mean anybody',
      account: under(
        policy(
          allow({ Principal: { AWS: PARTNER }, Resource: 'execute-api:/prod/GET/order' }),
          allow({ Principal: undefined, Resource: 'execute-api:/prod/GET/order' }),
        ),
      ),
    },
    {
      when: 'a role of another account that a Deny is for',
      account: under(policy(deny({ Principal: { AWS: PARTNER } }))),
    },
    {
      when: 'an account that an Allow leaves out',
      account: under(
        policy(
          allow({
            Principal: { AWS: '222233334444' },
            Condition: { StringNotEquals: { 'aws:PrincipalAccount': '555566667777' } },
          }),
        ),
      ),
    },
    {
      when: 'an account by which another service calls',
      account: under(
        policy(
          allow({
            Principal: { Service: 'events.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': '555566667777' } },
          }),
        ),
      ),
    },
    {
      when: 'an identity provider of another account, and a deleted role',
      account: under(
        policy(
          allow({
            Principal: {
              AWS: 'AROAEXAMPLEEXAMPLEEX',
              Federated: 'arn:aws:iam::555566667777:saml-provider/partners',
            },
            Resource: 'execute-api:/prod/GET/order',
          }),
        ),
      ),
    },
    {
      when: 'a policy about the own account, over methods that were denied',
      account: account({
        restApis: [
          restApi('shop', {
            methods: denied('GetResources'),
            policy: policy(allow({ Principal: { AWS: '222233334444' } })),
          }),
        ],
      }),
    },
  ],
  cannotTell: [
    {
      when: 'when the policy was denied',
      account: account({ restApis: [restApi('shop', { methods: [signed], policy: denied('GetRestApis') })] }),
      missing: ['GetRestApis'],
    },
    {
      when: 'when the methods were denied',
      account: account({
        restApis: [
          restApi('shop', {
            methods: denied('GetResources'),
            policy: policy(allow({ Principal: { AWS: PARTNER } })),
          }),
        ],
      }),
      missing: ['GetResources'],
    },
    {
      when: 'when the authorization type of the only method is unknown',
      account: under(policy(allow({ Principal: { AWS: PARTNER } })), [
        method('GET', '/orders', { authorizationType: denied('GetDeployment') }),
      ]),
      missing: ['GetDeployment'],
    },
    {
      when: 'when the methods of the stage that may be meant were denied',
      account: account({
        restApis: [
          restApi('shop', {
            stages: [
              stage('prod', {
                methods: [signed],
                policy: policy(
                  allow({ Principal: { AWS: '555566667777' }, Resource: 'execute-api:/partners/*' }),
                ),
              }),
              stage('partners', { methods: denied('GetDeployment') }),
            ],
          }),
        ],
      }),
      missing: ['GetDeployment'],
    },
    {
      when: 'when the authorization type of another method is unknown',
      account: under(
        policy(allow({ Principal: { AWS: PARTNER }, Resource: 'execute-api:/prod/GET/order' })),
        [signed, method('GET', '/order', { authorizationType: denied('GetDeployment') })],
      ),
      missing: ['GetDeployment'],
    },
  ],
});

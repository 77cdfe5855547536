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
  ],
});

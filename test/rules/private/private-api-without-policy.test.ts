import rule from '../../../lambda/rules/private/private-api-without-policy';
import {
  account,
  allow,
  custom,
  denied,
  lambdaAuthorizer,
  method,
  policy,
  restApi,
  stage,
} from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const get = method('GET', '/pets');
const shop = (given: object) =>
  account({ restApis: [restApi('shop', { endpointTypes: ['PRIVATE'], methods: [get], ...given })] });

export default ruleTable(rule, {
  flags: [
    {
      when: 'every method, also behind a Lambda authorizer',
      account: shop({
        methods: [get, custom('GET', '/orders', 'gate')],
        authorizers: [lambdaAuthorizer('gate')],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying: 'The API is private and has no resource policy, so every call is refused.',
          affects: ['prod GET /pets', 'prod GET /orders'],
        },
      ],
    },
    {
      when: 'a policy that was never deployed',
      account: shop({ policy: policy(allow()), stages: [stage('prod', { methods: [get] })] }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The API is private, and what is deployed has no resource policy; the policy of the draft was never deployed.',
        },
      ],
    },
    {
      when: 'an empty policy text',
      account: shop({ policy: '' }),
      expect: [
        {
          at: 'shop (idshop)',
          saying: 'The API is private and has no resource policy, so every call is refused.',
        },
      ],
    },
    {
      when: 'an API with associated endpoints, which the policy is to name',
      account: shop({ vpcEndpointIds: ['vpce-0a', 'vpce-0b'] }),
      expect: [
        {
          at: 'shop (idshop)',
          saying: 'The API is private and has no resource policy, so every call is refused.',
        },
      ],
    },
  ],
  staysSilent: [
    { when: 'a private API with a policy, whatever it says', account: shop({ policy: policy() }) },
    { when: 'a public API, which needs none', account: shop({ endpointTypes: ['REGIONAL'] }) },
    { when: 'a private API without methods', account: shop({ methods: [] }) },
  ],
  cannotTell: [
    {
      when: 'when the policy was denied',
      account: shop({ policy: denied('GetExport') }),
      missing: ['GetExport'],
    },
    {
      when: 'when the methods were denied',
      account: shop({ methods: denied('GetResources') }),
      missing: ['GetResources'],
    },
  ],
});

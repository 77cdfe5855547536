import rule from '../../../lambda/rules/resource-policy/unreadable-policy';
import { account, allow, denied, method, policy, restApi, stage } from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const shop = (text: string) =>
  account({ restApis: [restApi('shop', { methods: [method('GET', '/pets')], policy: text })] });
/** As RestApi.policy comes over the wire. */
const escaped = JSON.stringify(policy(allow())).slice(1, -1);

export default ruleTable(rule, {
  flags: [
    {
      when: 'a text that is no JSON',
      account: shop('{"Version": "2012-10-17", "Statement": ['),
      expect: [
        {
          at: 'shop (idshop)',
          saying: 'The resource policy cannot be understood: it is not JSON.',
          affects: ['prod GET /pets'],
        },
      ],
    },
    {
      when: 'an Effect that does not exist',
      account: shop(policy(allow({ Effect: 'allow' }), { ...allow(), Effect: 'Permit' })),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The resource policy cannot be understood: Effect of statement 1 is neither Allow nor Deny.',
        },
      ],
    },
    {
      when: 'a principal that is no principal',
      account: shop(policy(allow({ Principal: 'everyone' }))),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The resource policy cannot be understood: Principal of statement 1 is neither "*" nor an object.',
        },
      ],
    },
    {
      when: 'what is served, where the draft has a document by now',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [method('GET', '/pets')],
            policy: policy(allow()),
            stages: [stage('prod', { methods: [method('GET', '/pets')], policy: '{' })],
          }),
        ],
      }),
      expect: [{ at: 'shop (idshop)', saying: 'The resource policy cannot be understood: it is not JSON.' }],
    },
    {
      when: 'a long text, of which the beginning is shown',
      account: shop(`{"Version": "2012-10-17", "Id": "${'x'.repeat(400)}`),
      expect: [{ at: 'shop (idshop)', saying: 'The resource policy cannot be understood: it is not JSON.' }],
    },
  ],
  staysSilent: [
    { when: 'a document', account: shop(policy(allow())) },
    { when: 'the doubly escaped form that AWS returns', account: shop(escaped) },
    { when: 'an empty text, which is no policy', account: shop('') },
    {
      when: 'no policy',
      account: account({ restApis: [restApi('shop', { methods: [method('GET', '/pets')] })] }),
    },
  ],
  cannotTell: [
    {
      when: 'when the policy was denied',
      account: account({
        restApis: [restApi('shop', { methods: [method('GET', '/pets')], policy: denied('GetExport') })],
      }),
      missing: ['GetExport'],
    },
  ],
  standsWithout: {
    'deployment.methods': 'only which methods are listed',
  },
});

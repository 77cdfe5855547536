import rule from '../../../lambda/rules/deployment/policy-not-deployed';
import { account, allow, denied, deny, method, policy, restApi, stage } from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const full = 'arn:aws:execute-api:eu-west-1:222233334444:idshop';
const office = { Condition: { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '198.51.100.7/32'] } } };
const methods = [method('GET', '/orders')];

const api = (draft: string | null, deployed: string | null) =>
  account({
    restApis: [
      restApi('shop', { methods, policy: draft, stages: [stage('prod', { methods, policy: deployed })] }),
    ],
  });

export default ruleTable(rule, {
  flags: [
    {
      when: 'an address that is allowed in the draft only',
      account: api(
        policy(allow(office)),
        policy(allow({ Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } })),
      ),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying: 'Stage prod enforces a resource policy that differs in meaning from that of the draft.',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'a policy that was removed, still enforced',
      account: api(null, policy(allow(office))),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying: 'Stage prod still enforces a resource policy that the draft no longer has.',
        },
      ],
    },
    {
      when: 'a policy that no deployment holds yet',
      account: api(policy(allow()), null),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying: 'Stage prod enforces no resource policy, and the draft has one.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a private API of which no policy is deployed: another rule says that',
      account: account({
        restApis: [
          restApi('shop', {
            endpointTypes: ['PRIVATE'],
            methods,
            policy: policy(allow()),
            stages: [stage('prod', { methods })],
          }),
        ],
      }),
    },
    {
      when: 'short and full ARN, one value and a list of one, formatting and statement order',
      account: api(
        policy(
          allow({ Sid: 'Everyone', Resource: ['execute-api:/*'] }),
          deny({
            Action: ['execute-api:Invoke'],
            Resource: `${full}/prod/GET/admin`,
            Principal: { AWS: '*' },
          }),
        ),
        JSON.stringify(
          JSON.parse(
            policy(
              deny({ Resource: [`${full}/prod/GET/admin`], Action: 'execute-api:invoke' }),
              allow({ Resource: `${full}/*` }),
            ),
          ),
          null,
          2,
        ),
      ),
    },
    {
      when: 'the values of a condition in another order, and one address for a range of one',
      account: api(
        policy(allow(office)),
        policy(allow({ Condition: { IpAddress: { 'AWS:SourceIP': ['198.51.100.7', '203.0.113.0/24'] } } })),
      ),
    },
    { when: 'no policy on either side', account: api(null, null) },
    { when: 'the same text that is no policy: another rule says that', account: api('{', '{') },
  ],
  cannotTell: [
    {
      when: 'when the stages were denied',
      account: account({ restApis: [restApi('shop', { stages: denied('GetStages') })] }),
      missing: ['GetStages'],
    },
    {
      when: 'when the export was denied',
      account: account({
        restApis: [restApi('shop', { stages: [stage('prod', { policy: denied('GetExport') })] })],
      }),
      missing: ['GetExport'],
    },
    {
      when: 'when the live policy was denied',
      account: account({
        restApis: [restApi('shop', { policy: denied('GetRestApis'), stages: [stage('prod')] })],
      }),
      missing: ['GetRestApis'],
    },
    {
      when: 'when the deployed text is no policy document',
      account: api(policy(allow()), '{"Statement"'),
      missing: ['GetExport'],
    },
    {
      when: 'when the policy of the draft is no document',
      account: api('{', policy(allow())),
      missing: ['GetRestApis'],
    },
  ],
  standsWithout: {
    'restApis.stages.snapshot.methods': 'only which methods are listed',
  },
});

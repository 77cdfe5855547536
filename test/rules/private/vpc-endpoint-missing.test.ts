import rule from '../../../lambda/rules/private/vpc-endpoint-missing';
import {
  account,
  allow,
  denied,
  deny,
  method,
  policy,
  restApi,
  stage,
  vpcEndpoint,
} from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const get = method('GET', '/pets');
const through = (...ids: readonly string[]) =>
  policy(allow(), deny({ Condition: { StringNotEquals: { 'aws:SourceVpce': ids } } }));
const shop = (given: object, endpoints: readonly string[] = ['vpce-0aaa']) =>
  account({
    restApis: [
      restApi('shop', { endpointTypes: ['PRIVATE'], methods: [get], policy: policy(allow()), ...given }),
    ],
    vpcEndpoints: endpoints.map((id) => vpcEndpoint(id)),
  });

export default ruleTable(rule, {
  flags: [
    {
      when: 'an association with an endpoint that is not there',
      account: shop({ vpcEndpointIds: ['vpce-0aaa', 'vpce-0gone'] }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            "vpce-0gone is not among the execute-api endpoints of this account: deleted, or another account's.",
          affects: ['prod GET /pets'],
        },
      ],
    },
    {
      when: 'a policy of which no endpoint is there',
      account: shop({ policy: through('vpce-0b', 'vpce-0c') }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            "vpce-0b and vpce-0c are not among the execute-api endpoints of this account: deleted, or another account's.",
        },
      ],
    },
    {
      when: 'a policy that names one of ours and another',
      account: shop({ policy: through('vpce-0aaa', 'vpce-0c') }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            "vpce-0c is not among the execute-api endpoints of this account: deleted, or another account's.",
          reach: 'possible',
        },
      ],
    },
    {
      when: 'an association and a policy, where the account has two other endpoints',
      account: shop(
        { vpcEndpointIds: ['vpce-0gone', 'vpce-0dead'], policy: through('vpce-0gone', 'vpce-0aaa') },
        ['vpce-0aaa', 'vpce-0bbb'],
      ),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            "vpce-0gone and vpce-0dead are not among the execute-api endpoints of this account: deleted, or another account's.",
        },
      ],
    },
    {
      when: 'an association of an account without endpoints',
      account: shop({ vpcEndpointIds: ['vpce-0gone'] }, []),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            "vpce-0gone is not among the execute-api endpoints of this account: deleted, or another account's.",
        },
      ],
    },
    {
      when: 'an association with an endpoint that is listed as deleted',
      account: account({
        restApis: [
          restApi('shop', { endpointTypes: ['PRIVATE'], methods: [get], vpcEndpointIds: ['vpce-0gone'] }),
        ],
        vpcEndpoints: [
          vpcEndpoint('vpce-0gone', { state: 'deleted' }),
          vpcEndpoint('vpce-0going', { state: 'deleting' }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            "vpce-0gone is not among the execute-api endpoints of this account: deleted, or another account's.",
        },
      ],
    },
    {
      when: 'an Allow for an endpoint that is not there',
      account: shop({
        policy: policy(allow({ Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-0gone' } } })),
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            "vpce-0gone is not among the execute-api endpoints of this account: deleted, or another account's.",
        },
      ],
    },
    {
      when: 'two endpoints, one of which the draft names no more',
      account: shop({
        policy: through('vpce-0b'),
        stages: [stage('prod', { methods: [get], policy: through('vpce-0b', 'vpce-0c') })],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            "vpce-0b and vpce-0c are not among the execute-api endpoints of this account: deleted, or another account's.",
        },
        {
          at: 'shop (idshop)',
          saying:
            "vpce-0b is not among the execute-api endpoints of this account: deleted, or another account's.",
          when: 'after-next-deployment',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'an endpoint that is still being made',
      account: account({
        restApis: [
          restApi('shop', { endpointTypes: ['PRIVATE'], methods: [get], vpcEndpointIds: ['vpce-0new'] }),
        ],
        vpcEndpoints: [vpcEndpoint('vpce-0new', { state: 'pending' })],
      }),
    },
    {
      when: 'endpoints that are there',
      account: shop({ vpcEndpointIds: ['vpce-0aaa'], policy: through('vpce-0aaa') }),
    },
    { when: 'a public API', account: shop({ endpointTypes: ['REGIONAL'], policy: through('vpce-0gone') }) },
    {
      when: 'a Deny of one endpoint',
      account: shop({
        policy: policy(allow(), deny({ Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-0gone' } } })),
      }),
    },
    {
      when: 'a pattern of endpoints',
      account: shop({
        policy: policy(
          allow({ Condition: { StringLike: { 'aws:SourceVpce': ['vpce-0go*', '*vpce-0gone'] } } }),
        ),
      }),
    },
    {
      when: 'an Allow of all endpoints but one',
      account: shop({
        policy: policy(allow({ Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-0gone' } } })),
      }),
    },
    {
      when: 'an endpoint that only a tag names',
      account: shop({
        policy: policy(allow({ Condition: { StringEquals: { 'aws:PrincipalTag/endpoint': 'vpce-0gone' } } })),
      }),
    },
  ],
  cannotTell: [
    {
      when: 'when the endpoints were denied',
      account: account({
        restApis: [
          restApi('shop', { endpointTypes: ['PRIVATE'], methods: [get], policy: through('vpce-0gone') }),
        ],
        vpcEndpoints: denied('DescribeVpcEndpoints'),
      }),
      missing: ['DescribeVpcEndpoints'],
    },
    {
      when: 'when the policy was denied',
      account: shop({ policy: denied('GetExport') }),
      missing: ['GetExport'],
    },
    {
      when: 'when the methods were denied',
      account: shop({ methods: denied('GetResources'), policy: through('vpce-0gone') }),
      missing: ['GetResources'],
    },
  ],
});

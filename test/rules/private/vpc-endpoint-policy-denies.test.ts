import rule from '../../../lambda/rules/private/vpc-endpoint-policy-denies';
import {
  account,
  allow,
  custom,
  denied,
  deny,
  lambdaAuthorizer,
  method,
  policy,
  restApi,
  vpcEndpoint,
} from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const role = { AWS: 'arn:aws:iam::222233334444:role/clerk' };
const api = (given: object = {}) =>
  restApi('shop', {
    endpointTypes: ['PRIVATE'],
    vpcEndpointIds: ['vpce-0a'],
    methods: [
      method('GET', '/pets'),
      custom('GET', '/orders', 'gate'),
      method('GET', '/keys', { authorizationType: 'AWS_IAM' }),
    ],
    authorizers: [lambdaAuthorizer('gate')],
    policy: policy(allow()),
    ...given,
  });
const shop = (text: string | null, given: object = {}) =>
  account({ restApis: [api(given)], vpcEndpoints: [vpcEndpoint('vpce-0a', { policy: text })] });
const says = (methods: string) =>
  `The policy of vpce-0a admits no caller to ${methods}: it refuses anonymous and bearer callers, or this API.`;
const unsigned = {
  at: 'shop (idshop)',
  saying:
    'The policy of vpce-0a admits only callers who sign, also to GET /pets, which asks for no signature itself: a call with a bearer token or without a signature gets 403.',
  reach: 'possible',
  affects: ['prod GET /pets'],
} as const;

export default ruleTable(rule, {
  flags: [
    {
      when: 'an Allow of another API',
      account: shop(policy(allow({ Resource: 'arn:aws:execute-api:eu-west-1:222233334444:other/*' }))),
      expect: [
        {
          at: 'shop (idshop)',
          saying: says('GET /pets, GET /orders and GET /keys'),
          affects: ['prod GET /pets', 'prod GET /orders', 'prod GET /keys'],
        },
      ],
    },
    {
      when: 'an Allow for a role: methods with bearer tokens for certain, open ones where callers do not sign',
      account: shop(policy(allow({ Principal: role }))),
      expect: [{ at: 'shop (idshop)', saying: says('GET /orders'), affects: ['prod GET /orders'] }, unsigned],
    },
    {
      when: 'a Deny of those outside the organization',
      account: shop(
        policy(allow(), deny({ Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } })),
      ),
      expect: [{ at: 'shop (idshop)', saying: says('GET /orders'), affects: ['prod GET /orders'] }, unsigned],
    },
    {
      when: 'the only endpoint of the account, where the API names none',
      account: shop(policy(allow({ Principal: role })), { vpcEndpointIds: [] }),
      expect: [{ at: 'shop (idshop)', saying: says('GET /orders'), affects: ['prod GET /orders'] }, unsigned],
    },
    {
      when: 'open methods only, which callers may sign',
      account: shop(policy(allow({ Principal: role })), {
        methods: [method('GET', '/pets'), method('PUT', '/pets')],
      }),
      expect: [
        {
          ...unsigned,
          saying:
            'The policy of vpce-0a admits only callers who sign, also to GET /pets and PUT /pets, which ask for no signature itself: a call with a bearer token or without a signature gets 403.',
          affects: ['prod GET /pets', 'prod PUT /pets'],
        },
      ],
    },
    {
      when: 'both endpoints of the account for what both refuse, where the API names none',
      account: account({
        restApis: [api({ vpcEndpointIds: [], policy: policy(allow()) })],
        vpcEndpoints: [
          vpcEndpoint('vpce-0a', { policy: policy(allow({ Principal: role })) }),
          vpcEndpoint('vpce-0b', { policy: policy(allow({ Principal: role, Action: '*' })) }),
        ],
      }),
      expect: [
        { at: 'shop (idshop)', saying: says('GET /orders').replace('0a', '0b') },
        { at: 'shop (idshop)', saying: says('GET /orders') },
        { ...unsigned, saying: unsigned.saying.replace('0a', '0b') },
        unsigned,
      ],
    },
    {
      when: 'one of two endpoints that the API names',
      account: account({
        restApis: [api({ vpcEndpointIds: ['vpce-0a', 'vpce-0b'] })],
        vpcEndpoints: [
          vpcEndpoint('vpce-0a', { policy: policy(allow({ Principal: role })) }),
          vpcEndpoint('vpce-0b'),
        ],
      }),
      expect: [{ at: 'shop (idshop)', saying: says('GET /orders') }, unsigned],
    },
  ],
  staysSilent: [
    {
      when: 'an endpoint that is listed as deleted',
      account: account({
        restApis: [api()],
        vpcEndpoints: [
          vpcEndpoint('vpce-0a', { state: 'deleted', policy: policy(allow({ Principal: role })) }),
        ],
      }),
    },
    {
      when: 'an open method that an Allow for everybody covers, beside one for a role',
      account: shop(policy(allow({ Principal: role }), allow({ Action: '*' })), {
        methods: [method('GET', '/pets')],
      }),
    },
    { when: 'full access', account: shop(policy(allow({ Action: '*' }))) },
    { when: 'no policy told, which is full access', account: shop(null) },
    {
      when: 'an Allow of this API',
      account: shop(policy(allow({ Resource: 'arn:aws:execute-api:eu-west-1:222233334444:idshop/*' }))),
    },
    {
      when: 'an Allow of the APIs of this account',
      account: shop(
        policy(allow({ Condition: { StringEquals: { 'aws:ResourceAccount': '222233334444' } } })),
      ),
    },
    {
      when: 'an endpoint that the API does not name, beside one that it names',
      account: account({
        restApis: [api()],
        vpcEndpoints: [
          vpcEndpoint('vpce-0a'),
          vpcEndpoint('vpce-0b', { policy: policy(allow({ Principal: role })) }),
        ],
      }),
    },
    {
      when: 'one of two endpoints, where the API names none',
      account: account({
        restApis: [api({ vpcEndpointIds: [] })],
        vpcEndpoints: [
          vpcEndpoint('vpce-0a'),
          vpcEndpoint('vpce-0b', { policy: policy(allow({ Principal: role })) }),
        ],
      }),
    },
    {
      when: 'signed callers',
      account: shop(policy(allow({ Principal: role })), {
        methods: [method('GET', '/keys', { authorizationType: 'AWS_IAM' })],
      }),
    },
    {
      when: 'a public API',
      account: shop(policy(allow({ Principal: role })), { endpointTypes: ['REGIONAL'] }),
    },
    { when: 'an empty policy text, which is full access', account: shop('') },
    {
      when: 'full access to methods that were denied',
      account: shop(null, { methods: denied('GetResources') }),
    },
    {
      when: 'an account without endpoints, whatever was denied',
      account: account({
        restApis: [api({ methods: denied('GetResources'), policy: denied('GetExport') })],
        vpcEndpoints: [],
      }),
    },
    {
      when: 'an endpoint of ours, where the API names one of another account',
      account: account({
        restApis: [api({ vpcEndpointIds: ['vpce-0theirs'] })],
        vpcEndpoints: [vpcEndpoint('vpce-0b', { policy: policy(allow({ Principal: role })) })],
      }),
    },
    {
      when: 'an authorization type that AWS added since',
      account: shop(policy(allow({ Principal: role })), {
        methods: [method('GET', '/pets', { authorizationType: 'PASSKEY' })],
      }),
    },
    {
      when: 'an open method that those who sign reach for certain, whatever an odd condition makes of others',
      account: shop(
        policy(
          allow({ Principal: role }),
          allow({ Condition: { StringEquals: { 'aws:SomethingNew': 'x' } } }),
        ),
        { methods: [method('GET', '/pets')] },
      ),
    },
  ],
  cannotTell: [
    {
      when: 'when the endpoints were denied',
      account: account({ restApis: [api()], vpcEndpoints: denied('DescribeVpcEndpoints') }),
      missing: ['DescribeVpcEndpoints'],
    },
    {
      when: 'when the methods were denied',
      account: shop(policy(allow({ Principal: role })), { methods: denied('GetResources') }),
      missing: ['GetResources'],
    },
    {
      when: 'when the authorization of the method was denied',
      account: shop(policy(allow({ Principal: role })), {
        methods: [method('GET', '/pets', { authorizationType: denied('GetDeployment') })],
      }),
      missing: ['GetDeployment'],
    },
    {
      when: 'when the policy of the API was denied, which may name endpoints',
      account: shop(policy(allow({ Principal: role })), { policy: denied('GetExport') }),
      missing: ['GetExport'],
    },
    { when: 'a policy that cannot be understood', account: shop('{'), missing: ['DescribeVpcEndpoints'] },
    {
      when: 'a condition that configuration does not answer',
      account: shop(policy(allow({ Condition: { StringEquals: { 'aws:ResourceOrgID': 'o-1' } } }))),
      missing: ['DescribeVpcEndpoints'],
    },
    {
      when: 'a short form, which nobody expands there',
      account: shop(policy(allow({ Resource: 'execute-api:/*' }))),
      missing: ['DescribeVpcEndpoints'],
    },
  ],
});

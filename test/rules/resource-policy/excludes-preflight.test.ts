import rule from '../../../lambda/rules/resource-policy/excludes-preflight';
import {
  account,
  allow,
  custom,
  denied,
  deny,
  lambdaAuthorizer,
  method,
  policy,
  preflight,
  restApi,
} from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const methods = [method('GET', '/pets'), method('POST', '/pets'), preflight('/pets')];
const shop = (text: string, given = methods) =>
  account({
    restApis: [restApi('shop', { methods: given, authorizers: [lambdaAuthorizer('gate')], policy: text })],
  });

export default ruleTable(rule, {
  flags: [
    {
      when: 'an Allow of the verbs alone',
      account: shop(policy(allow({ Resource: ['execute-api:/*/GET/*', 'execute-api:/*/POST/*'] }))),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The policy admits callers to GET /pets and POST /pets, but nobody to OPTIONS /pets, which browsers call first.',
          affects: ['prod OPTIONS /pets'],
        },
      ],
    },
    {
      when: 'an Allow of one verb, without a word about those that it refuses as well',
      account: shop(policy(allow({ Resource: 'execute-api:/*/POST/*' }))),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The policy admits callers to POST /pets, but nobody to OPTIONS /pets, which browsers call first.',
          affects: ['prod OPTIONS /pets'],
        },
      ],
    },
    {
      when: 'a Deny of OPTIONS',
      account: shop(policy(allow(), deny({ Resource: 'execute-api:/*/OPTIONS/*' }))),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The policy admits callers to GET /pets and POST /pets, but nobody to OPTIONS /pets, which browsers call first.',
        },
      ],
    },
    {
      when: 'a Lambda authorizer that needs no Allow beside a preflight that does',
      account: shop(policy(allow({ Resource: 'execute-api:/*/GET/health' })), [
        custom('GET', '/orders', 'gate'),
        preflight('/orders'),
        method('GET', '/health'),
      ]),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The policy admits callers to GET /orders, but nobody to OPTIONS /orders, which browsers call first.',
          affects: ['prod OPTIONS /orders'],
        },
      ],
    },
    {
      when: 'Denies of all but signed callers, by every form of a pattern',
      account: shop(
        policy(
          allow(),
          deny({
            Resource: [
              '*',
              'execute-api:/prod/*',
              'execute-api:/prod/*/pets',
              'execute-api:/prod/GET/none',
              'execute-api:/prod/GET',
              'execute-api:/prod',
              'arn:aws:execute-api:eu-west-1:222233334444:idshop/*',
            ],
            Condition: { StringNotEquals: { 'aws:PrincipalAccount': '222233334444' } },
          }),
        ),
        [method('GET', '/pets', { authorizationType: 'AWS_IAM' }), preflight('/pets')],
      ),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The policy admits callers to GET /pets, but nobody to OPTIONS /pets, which browsers call first.',
        },
      ],
    },
    {
      when: 'more Allows than are shown, none of OPTIONS',
      account: shop(
        policy(
          ...['GET', 'POST', 'PUT', 'PATCH'].map((verb) => allow({ Resource: `execute-api:/*/${verb}/*` })),
        ),
      ),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            'The policy admits callers to GET /pets and POST /pets, but nobody to OPTIONS /pets, which browsers call first.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a policy that allows nothing, where signed callers need no Allow: another rule says that',
      account: shop(policy(deny({ Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } })), [
        method('GET', '/pets', { authorizationType: 'AWS_IAM' }),
        preflight('/pets'),
      ]),
    },
    {
      when: 'an Allow that names OPTIONS too',
      account: shop(policy(allow({ Resource: ['execute-api:/*/GET/*', 'execute-api:/*/OPTIONS/*'] }))),
    },
    {
      when: 'paths without OPTIONS',
      account: shop(policy(allow({ Resource: 'execute-api:/*/GET/*' })), [method('GET', '/pets')]),
    },
    {
      when: 'a policy that allows nothing: another rule says that',
      account: shop(policy(deny({ Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } }))),
    },
    {
      when: 'a path of which no verb is admitted',
      account: shop(policy(allow({ Resource: 'execute-api:/*/GET/other' }))),
    },
  ],
  cannotTell: [
    {
      when: 'when the policy was denied',
      account: account({ restApis: [restApi('shop', { methods, policy: denied('GetExport') })] }),
      missing: ['GetExport'],
    },
    {
      when: 'when the methods were denied',
      account: account({
        restApis: [restApi('shop', { methods: denied('GetResources'), policy: policy(allow()) })],
      }),
      missing: ['GetResources'],
    },
    {
      when: 'when the authorization of the preflight was denied',
      account: shop(policy(allow({ Resource: 'execute-api:/*/GET/*' })), [
        method('GET', '/pets'),
        method('OPTIONS', '/pets', { authorizationType: denied('GetDeployment') }),
      ]),
      missing: ['GetDeployment'],
    },
  ],
});

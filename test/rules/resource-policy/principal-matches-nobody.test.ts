import rule from '../../../lambda/rules/resource-policy/principal-matches-nobody';
import { account, allow, deny, denied, method, policy, restApi, stage } from '../../support/build';
import { judge, ruleTable } from '../../support/rule-table';
import { beside } from './beside';

const ADMINS = 'arn:aws:iam::222233334444:role/admins';
const put = method('PUT', '/items', { authorizationType: 'AWS_IAM' });
const under = (text: string, methods = [put]) =>
  account({ restApis: [restApi('shop', { methods, policy: text })] });
const named = (principal: object, given: object = {}) => allow({ Principal: principal, ...given });
const at = 'shop (idshop)';

export default ruleTable(rule, {
  flags: [
    {
      when: 'a role under Federated',
      account: under(policy(named({ Federated: ADMINS }))),
      expect: [
        {
          at,
          saying: `Statement 1 allows ${ADMINS} (under Federated, where no caller is known by it): nobody is let into PUT /items by that.`,
          affects: ['prod PUT /items'],
        },
      ],
    },
    {
      when: 'a deleted role and a misplaced session, beside a role that is right',
      account: under(
        policy(
          named({
            AWS: [ADMINS, 'AROAEXAMPLEID1234567'],
            Service: 'arn:aws:sts::222233334444:assumed-role/clerk/shift',
          }),
        ),
      ),
      expect: [
        {
          at,
          saying:
            'Statement 1 allows AROAEXAMPLEID1234567 (the id of a user or role that was deleted) and arn:aws:sts::222233334444:assumed-role/clerk/shift (under Service, where no caller is known by it): nobody is let into PUT /items by that.',
        },
      ],
    },
    {
      when: 'two Allows among statements about something else, on the one method that they are for',
      account: under(
        policy(
          ...beside,
          allow({ Principal: { AWS: ADMINS }, Resource: 'execute-api:/prod/PUT/carts' }),
          named({ Federated: ADMINS }, { Resource: 'execute-api:/prod/PUT/items' }),
          named({ AWS: 'AIDAEXAMPLEID1234567' }, { Resource: 'execute-api:/prod/PUT/items' }),
        ),
        [put, method('PUT', '/carts', { authorizationType: 'AWS_IAM' }), method('GET', '/open')],
      ),
      expect: [
        {
          at,
          saying: `Statement 8 and statement 9 allow ${ADMINS} (under Federated, where no caller is known by it) and AIDAEXAMPLEID1234567 (the id of a user or role that was deleted): nobody is let into PUT /items by that.`,
          affects: ['prod PUT /items'],
        },
      ],
    },
    {
      when: 'a role under Federated, beside an Allow for everybody in one network',
      account: under(
        policy(
          named({ Federated: ADMINS }),
          allow({ Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }),
        ),
      ),
      expect: [
        {
          at,
          saying: `Statement 1 allows ${ADMINS} (under Federated, where no caller is known by it): nobody is let into PUT /items by that.`,
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a federated user under Federated: whether callers are known by that is not documented',
      account: under(policy(named({ Federated: 'arn:aws:sts::222233334444:federated-user/bob' }))),
    },
    { when: 'a role under AWS', account: under(policy(named({ AWS: ADMINS }))) },
    {
      when: 'identity providers under Federated, which sessions may be known by',
      account: under(
        policy(
          named({
            Federated: ['cognito-identity.amazonaws.com', 'arn:aws:iam::222233334444:saml-provider/idp'],
          }),
        ),
      ),
    },
    {
      when: 'an Allow for everybody beside it',
      account: under(policy(named({ Federated: ADMINS }), allow())),
    },
    {
      when: 'an Allow of other calls',
      account: under(policy(named({ Federated: ADMINS }, { Resource: 'execute-api:/prod/GET/*' }))),
    },
    {
      when: 'an Allow of something else than calls',
      account: under(policy(named({ Federated: ADMINS }, { Action: 'execute-api:InvalidateCache' }))),
    },
    {
      when: 'a Deny, which keeps nobody out either',
      account: under(
        policy(allow({ Principal: { AWS: ADMINS } }), deny({ Principal: { Federated: ADMINS } })),
      ),
    },
    {
      when: 'methods whose callers are anonymous: another rule says that',
      account: under(policy(named({ Federated: ADMINS })), [method('PUT', '/items')]),
    },
    { when: 'no policy', account: account({ restApis: [restApi('shop', { methods: [put] })] }) },
    {
      when: 'a Deny for everybody of some, beside a role that is right',
      account: under(
        policy(
          named({ AWS: ADMINS }),
          deny({ Resource: 'execute-api:/prod/GET/none' }),
          allow({ Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }),
        ),
      ),
    },
  ],
  cannotTell: [
    {
      when: 'when the policy was denied',
      account: account({ restApis: [restApi('shop', { methods: [put], policy: denied('GetRestApis') })] }),
      missing: ['GetRestApis'],
    },
    {
      when: 'when how a method is authorised was denied',
      account: under(policy(named({ Federated: ADMINS })), [
        method('PUT', '/items', { authorizationType: denied('GetDeployment') }),
      ]),
      missing: ['GetDeployment'],
    },
  ],
});

test('a draft that is mended already only has to be deployed', () => {
  const served = { methods: [put], policy: policy(named({ Federated: ADMINS })) };
  const api = restApi('shop', {
    methods: [put],
    policy: policy(named({ AWS: ADMINS })),
    stages: [stage('prod', served)],
  });
  const [raised] = judge(rule, account({ restApis: [api] })).raised;
  expect(raised?.flag.fix.flatMap(({ commands }) => commands)).toEqual([
    'aws apigateway create-deployment --region eu-west-1 --rest-api-id idshop --stage-name prod',
  ]);
});

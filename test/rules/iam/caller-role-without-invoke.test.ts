import rule from '../../../lambda/rules/iam/caller-role-without-invoke';
import type { CallerRole } from '../../../lambda/model/account';
import { known, type Known } from '../../../lambda/model/known';
import { account, denied, method, restApi } from '../../support/build';
import { judge, ruleTable } from '../../support/rule-table';

const API = 'arn:aws:execute-api:eu-west-1:222233334444:idshop';
const signed = method('GET', '/orders/{id}', { authorizationType: 'AWS_IAM' });
const shop = restApi('shop', { methods: [signed, method('GET', '/open')] });
const role = (
  name: string,
  mayInvoke: Known<Readonly<Record<string, boolean>>>,
  use = 'authenticated',
): CallerRole => ({
  roleArn: `arn:aws:iam::222233334444:role/app/${name}`,
  identityPoolId: 'eu-west-1:pool',
  use,
  mayInvoke,
});
const no = known({ [`${API}/prod/GET/orders/*`]: false });
const yes = known({ [`${API}/prod/GET/orders/*`]: true });
const of = (...callerRoles: readonly CallerRole[]) => account({ restApis: [shop], callerRoles });

export default ruleTable(rule, {
  flags: [
    {
      when: 'roles none of which may invoke',
      account: of(role('Auth', no), role('Admins', no, 'group')),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            "The identity pools' roles Auth and Admins are not allowed to invoke GET /orders/{id}, which asks for a signature.",
          affects: ['prod GET /orders/{id}'],
        },
      ],
    },
    {
      when: 'the one role there is, and two methods',
      account: account({
        restApis: [
          restApi('shop', { methods: [signed, method('ANY', '/carts', { authorizationType: 'AWS_IAM' })] }),
        ],
        callerRoles: [role('Auth', no)],
      }),
      expect: [
        {
          at: 'shop (idshop)',
          saying:
            "The identity pools' role Auth is not allowed to invoke GET /orders/{id} and ANY /carts, which ask for a signature.",
        },
      ],
    },
  ],
  staysSilent: [
    { when: 'one role that may invoke', account: of(role('Auth', no), role('Admins', yes, 'group')) },
    {
      when: 'answers about another API only',
      account: of(
        role('Auth', known({ 'arn:aws:execute-api:eu-west-1:222233334444:idother/prod/GET/': false })),
      ),
    },
    { when: 'the role of guests alone', account: of(role('Guests', no, 'unauthenticated')) },
    {
      when: 'an API without AWS_IAM methods',
      account: account({
        restApis: [restApi('shop', { methods: [method('GET', '/open')] })],
        callerRoles: [role('Auth', no)],
      }),
    },
    {
      when: 'a role that may invoke some of the methods',
      account: of(
        role('Auth', known({ [`${API}/prod/GET/orders/*`]: true, [`${API}/prod/ANY/carts`]: false })),
      ),
    },
    {
      when: 'the role of guests alone, where the stages were denied',
      account: account({
        restApis: [restApi('shop', { stages: denied('GetStages') })],
        callerRoles: [role('Guests', no, 'unauthenticated')],
      }),
    },
  ],
  cannotTell: [
    {
      when: 'when the roles were not read',
      account: account({ restApis: [shop], callerRoles: denied('ListIdentityPools') }),
      missing: ['ListIdentityPools'],
    },
    {
      when: 'when the one role that may invoke could be the unread one',
      account: of(role('Auth', no), role('Admins', denied('SimulatePrincipalPolicy'))),
      missing: ['SimulatePrincipalPolicy'],
    },
    {
      when: 'when the stages were denied',
      account: account({
        restApis: [restApi('shop', { stages: denied('GetStages') })],
        callerRoles: [role('Auth', no)],
      }),
      missing: ['GetStages'],
    },
    {
      when: 'when the deployed methods were denied',
      account: account({
        restApis: [restApi('shop', { methods: denied('GetDeployment') })],
        callerRoles: [role('Auth', no)],
      }),
      missing: ['GetDeployment'],
    },
    {
      when: 'when an authorization type is unknown',
      account: account({
        restApis: [
          restApi('shop', { methods: [method('GET', '/x', { authorizationType: denied('GetDeployment') })] }),
        ],
        callerRoles: [role('Auth', no)],
      }),
      missing: ['GetDeployment'],
    },
  ],
});

test('the fix allows the methods and nothing else', () => {
  const { raised } = judge(rule, of(role('Auth', no)));
  expect(raised[0]?.flag.fix[0]?.commands).toEqual([
    `aws iam put-role-policy --role-name Auth --policy-name invoke-idshop --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"execute-api:Invoke","Resource":["${API}/prod/GET/orders/*"]}]}'`,
  ]);
});

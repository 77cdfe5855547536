import { account, allow, deny, method, policy, restApi, vpcEndpoint } from '../../support/build';
import { admitted, at, cannotTell, factTable, request, signedBy, type FactRow } from './fact-table';

const pets = at('idshop', '/prod/pets');
const refusedByPolicy = { outcome: 'refused', status: 403, gate: 'resource-policy' } as const;

const shop = (authorizationType: string, text: string) =>
  account({
    restApis: [restApi('shop', { methods: [method('GET', '/pets', { authorizationType })], policy: text })],
  });
const ACCOUNT = '222233334444';
const ANN = `arn:aws:iam::${ACCOUNT}:user/people/ann`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/app`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/app/job-7`;
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;

/** Everybody but those of whom a condition does not hold. */
const signed = (
  fact: string,
  when: string,
  principalArn: string,
  condition: object,
  expect: FactRow['expect'],
): FactRow => ({
  fact,
  when,
  account: shop('AWS_IAM', policy(allow(), deny({ Condition: condition }))),
  request: request('GET', pets),
  identity: signedBy(principalArn),
  expect,
});
const unless = (key: string, value: string) => ({ StringNotEquals: { [key]: value } });
const named = { Null: { 'aws:username': 'false' } };

const onlyWith = (key: string, pattern: string) =>
  policy(allow({ Condition: { StringLike: { [key]: pattern } } }));
const open = (
  fact: string,
  when: string,
  text: string,
  headers: Readonly<Record<string, string>>,
  expect: FactRow['expect'],
): FactRow => ({
  fact,
  when,
  account: shop('NONE', text),
  request: request('GET', pets, { headers }),
  expect,
});

const inVpc = (
  fact: string,
  when: string,
  text: string,
  source: Partial<ReturnType<typeof request>['source']>,
  expect: FactRow['expect'],
): FactRow => ({
  fact,
  when,
  account: account({
    restApis: [
      restApi('shop', { methods: [method('GET', '/pets')], endpointTypes: ['PRIVATE'], policy: text }),
    ],
    vpcEndpoints: [vpcEndpoint('vpce-1')],
  }),
  request: request('GET', pets, { source: { ip: null, vpceId: 'vpce-1', vpcId: null, ...source } }),
  expect,
});
const only = (condition: object) => policy(allow({ Condition: condition }));
const isVpc = only({ StringEquals: { 'aws:SourceVpc': 'vpc-of-vpce-1' } });
const isVpce = only({ StringEquals: { 'aws:SourceVpce': 'vpce-1' } });
const isNear = only({ IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/8' } });

/** A GET of `/pets/{name}` at this path. */
const atPath = (
  fact: string,
  when: string,
  text: string,
  path: string,
  expect: FactRow['expect'],
): FactRow => ({
  fact,
  when,
  account: account({
    restApis: [restApi('shop', { methods: [method('GET', '/pets/{name}')], policy: text })],
  }),
  request: request('GET', at('idshop', `/prod${path}`)),
  expect,
});
const butBlackCat = policy(allow(), deny({ Resource: 'execute-api:/prod/GET/pets/black cat' }));

export default factTable('condition-keys', [
  atPath('POL-22', 'an empty policy, which is none', '', '/pets/cat', admitted),
  atPath('POL-15', 'an encoded path and a policy for all', policy(allow()), '/pets/black%20cat', admitted),
  atPath('POL-15', 'another path than the policy denies', butBlackCat, '/pets/white%20cat', admitted),
  atPath(
    'POL-15',
    'an encoded path that the policy denies in its plain form',
    butBlackCat,
    '/pets/black%20cat',
    cannotTell('resource-policy'),
  ),
  atPath(
    'POL-15',
    'an encoded path that the policy allows in its plain form only',
    policy(allow({ Resource: 'execute-api:/prod/GET/pets/black cat' })),
    '/pets/black%20cat',
    cannotTell('resource-policy'),
  ),

  signed('POL-3', 'a policy for the account', ANN, unless('aws:PrincipalAccount', ACCOUNT), admitted),
  signed(
    'POL-3',
    'a policy for another',
    ANN,
    unless('aws:PrincipalAccount', '999988887777'),
    refusedByPolicy,
  ),
  signed('POL-3', 'a policy for one user', ANN, unless('aws:PrincipalArn', ANN), admitted),
  signed('POL-3', 'a policy for a role', ROLE, unless('aws:PrincipalArn', ROLE), admitted),
  signed('POL-3', 'a policy for a user, and a role', ROLE, unless('aws:PrincipalArn', ANN), refusedByPolicy),
  signed(
    'POL-3',
    'a policy for a role, and a session, which may be of that role below a path',
    SESSION,
    unless('aws:PrincipalArn', ROLE),
    cannotTell('resource-policy'),
  ),
  signed(
    'POL-3',
    'a policy for a user name, which has no path',
    ANN,
    unless('aws:username', 'ann'),
    admitted,
  ),
  signed(
    'POL-3',
    'a policy for another user name',
    ANN,
    unless('aws:username', 'people/ann'),
    refusedByPolicy,
  ),
  signed('POL-26', 'a policy against users, and a role', ROLE, named, admitted),
  signed('POL-26', 'a policy against users, and a session', SESSION, named, admitted),
  signed('POL-26', 'a policy against users, and the root user, who has no name', ROOT, named, admitted),
  signed('POL-26', 'a policy against users, and one', ANN, named, refusedByPolicy),

  open(
    'POL-24',
    'the referer that the policy wants',
    onlyWith('aws:Referer', 'https://shop.example/*'),
    {
      referer: 'https://shop.example/pets',
    },
    admitted,
  ),
  open(
    'POL-24',
    'a Deny that may match and no Allow: refused, in which words is not known',
    policy(deny({ Condition: { StringLike: { 'aws:Referer': 'https://pets.example/*' } } })),
    {},
    { ...refusedByPolicy, cause: 'policy-allows-not', body: null },
  ),
  open(
    'POL-24',
    'another referer',
    onlyWith('aws:Referer', 'https://shop.example/*'),
    {
      referer: 'https://pets.example/',
    },
    refusedByPolicy,
  ),
  open(
    'POL-24',
    'a referer of which nothing was said',
    onlyWith('aws:Referer', 'https://shop.example/*'),
    {},
    cannotTell('resource-policy'),
  ),
  open(
    'POL-24',
    'the user agent that the policy wants',
    onlyWith('aws:UserAgent', 'shop/*'),
    {
      'user-agent': 'shop/1.2',
    },
    admitted,
  ),
  open(
    'POL-24',
    'another user agent',
    onlyWith('aws:UserAgent', 'shop/*'),
    {
      'user-agent': 'curl/8.9',
    },
    refusedByPolicy,
  ),
  open(
    'POL-24',
    'a user agent of which nothing was said',
    onlyWith('aws:UserAgent', 'shop/*'),
    {},
    cannotTell('resource-policy'),
  ),

  inVpc('PRV-1', 'the VPC endpoint that the policy wants', isVpce, {}, admitted),
  inVpc(
    'PRV-1',
    'an unknown endpoint of a VPC',
    isVpce,
    { vpceId: null, vpcId: 'vpc-of-vpce-1' },
    cannotTell('resource-policy'),
  ),
  inVpc('PRV-1', 'the VPC that the policy wants', isVpc, { vpcId: 'vpc-of-vpce-1' }, admitted),
  inVpc('POL-27', 'an address in the VPC that the policy wants', isNear, { ip: '10.1.2.3' }, admitted),
  inVpc(
    'POL-27',
    'an address in the VPC of which nothing was said',
    isNear,
    {},
    cannotTell('resource-policy'),
  ),
]);

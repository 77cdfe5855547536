import type { SignatureScope } from '../../../lambda/gateway/request';
import { account, allow, deny, method, policy, restApi, vpcEndpoint } from '../../support/build';
import {
  admitted,
  at,
  cannotTell,
  factTable,
  NOW,
  refused,
  request,
  signedBy,
  type FactRow,
} from './fact-table';

const role = 'arn:aws:iam::222233334444:role/app';
const staff = (resourcePolicy = policy(allow({ Principal: { AWS: role } }))) =>
  account({
    restApis: [
      restApi('shop', {
        methods: [method('GET', '/staff', { authorizationType: 'AWS_IAM' })],
        policy: resourcePolicy,
      }),
    ],
  });
const get = request('GET', at('idshop', '/prod/staff'));

/** Of the right call, right now. */
const right: SignatureScope = {
  service: 'execute-api',
  region: 'eu-west-1',
  day: '20261123',
  signedAt: NOW,
  lacks: null,
};

const signed = (given: Partial<SignatureScope> = {}, principalArn = role) => ({
  ...signedBy(principalArn),
  credential: { kind: 'signed', principalArn, scope: { ...right, ...given }, sentIn: 'header' } as const,
});

const minutes = (count: number): Date => new Date(NOW.getTime() + count * 60_000);

const wronglySigned = (message: string | null): FactRow['expect'] => ({
  ...refused(403, 'authentication', message, 'INVALID_SIGNATURE'),
  errorType: 'InvalidSignatureException',
});

const behindEndpoint = account({
  restApis: [
    restApi('shop', {
      methods: [method('GET', '/staff')],
      endpointTypes: ['PRIVATE'],
      policy: policy(allow()),
    }),
  ],
  vpcEndpoints: [vpcEndpoint('vpce-1', { policy: policy(allow({ Principal: { AWS: role } })) })],
});
const fromVpc = request('GET', at('idshop', '/prod/staff'), {
  source: { ip: null, vpceId: 'vpce-1', vpcId: null },
});

/** What scope and date of a signature decide. */
export default factTable('signatures', [
  {
    fact: 'IAM-4',
    when: "a signature for the service, the API's Region and the day",
    account: staff(),
    request: get,
    identity: signed(),
    expect: admitted,
  },
  {
    fact: 'IAM-4',
    when: 'a signature of version 4a, whose Regions are not looked at',
    account: staff(),
    request: get,
    identity: signed({ region: null }),
    expect: admitted,
  },
  {
    fact: 'IAM-4',
    when: 'a signature in the query, of which API Gateway says nothing',
    account: staff(),
    request: get,
    identity: { ...signed(), credential: { ...signed().credential, sentIn: 'query' } },
    expect: cannotTell('authentication'),
  },
  {
    fact: 'MIS-2',
    when: 'a signature for another Region',
    account: staff(),
    request: get,
    identity: signed({ region: 'us-east-1' }),
    expect: { ...wronglySigned(null), cause: 'signature-scope' },
  },
  {
    fact: 'MIS-2',
    when: 'a signature for another service',
    account: staff(),
    request: get,
    identity: signed({ service: 'apigateway' }),
    expect: { ...wronglySigned(null), cause: 'signature-scope' },
  },
  {
    fact: 'MSG-16',
    when: 'a scope of another day than the date, whose text hangs on what is wrong',
    account: staff(),
    request: get,
    identity: signed({ day: '20261122' }),
    expect: { ...wronglySigned(null), cause: 'signature-scope' },
  },
  {
    fact: 'MSG-17',
    when: 'a signature of six minutes ago',
    account: staff(),
    request: get,
    identity: signed({ signedAt: minutes(-6) }),
    expect: {
      ...wronglySigned('Signature expired: 20261123T095400Z is now earlier than … (… - 5 min.)'),
      cause: 'signature-time',
    },
  },
  {
    fact: 'MSG-17',
    when: 'a signature six minutes ahead',
    account: staff(),
    request: get,
    identity: signed({ signedAt: minutes(6) }),
    expect: {
      ...wronglySigned('Signature not yet current: 20261123T100600Z is still later than … (… + 5 min.)'),
      cause: 'signature-time',
    },
  },
  {
    fact: 'MIS-1',
    when: 'a clock that is five minutes off to the second',
    account: staff(),
    request: get,
    identity: signed({ signedAt: minutes(-5) }),
    expect: admitted,
  },
  {
    fact: 'MIS-1',
    when: 'a clock that is five minutes and a second off',
    account: staff(),
    request: get,
    identity: signed({ signedAt: new Date(minutes(5).getTime() + 1000) }),
    expect: wronglySigned('Signature not yet current: 20261123T100501Z is still later than … (… + 5 min.)'),
  },
  {
    fact: 'MIS-1',
    when: 'a call that is signed as it is made',
    account: staff(),
    request: get,
    identity: signed({ signedAt: null, day: null }),
    expect: admitted,
  },
  ...(
    [
      ['service', { service: null }],
      ['day', { day: null }],
      ['date', { signedAt: null }],
    ] as const
  ).map(([what, given]): FactRow => ({
    fact: 'IAM-4',
    when: `a signature of which no ${what} is told`,
    account: staff(),
    request: get,
    identity: signed(given),
    expect: admitted,
  })),
  {
    fact: 'MSG-10',
    when: 'a signature without the list of headers that it covers',
    account: staff(),
    request: get,
    identity: signed({ lacks: 'SignedHeaders' }),
    expect: {
      ...refused(403, 'authentication', null),
      errorType: 'IncompleteSignatureException',
      cause: 'signature-incomplete',
    },
  },
  {
    fact: 'POL-3',
    when: 'a signer of whom nothing is known, and a policy that allows one role',
    account: staff(),
    request: get,
    identity: signed({}, ''),
    expect: cannotTell('resource-policy'),
  },
  {
    fact: 'POL-3',
    when: 'a signer of whom nothing is known, and a policy that denies everybody',
    account: staff(policy(deny())),
    request: get,
    identity: signed({}, ''),
    expect: { outcome: 'refused', status: 403, gate: 'resource-policy', cause: 'policy-denies' },
  },
  ...(
    [
      ['user/staff/ana', admitted],
      ['user/ana/bob', { outcome: 'refused', status: 403, gate: 'resource-policy', cause: 'policy-denies' }],
      ['role/ana', { outcome: 'refused', status: 403, gate: 'resource-policy', cause: 'policy-denies' }],
    ] as const
  ).map(([name, expect]) => ({
    fact: 'POL-24',
    when: `a policy that denies all but one user name, and ${name}`,
    account: staff(policy(allow(), deny({ Condition: { StringNotEquals: { 'aws:username': 'ana' } } }))),
    request: get,
    identity: signed({}, `arn:aws:iam::222233334444:${name}`),
    expect,
  })),
  {
    fact: 'PRV-3',
    when: 'an endpoint whose policy wants a signer, and a signature for another Region',
    account: behindEndpoint,
    request: fromVpc,
    identity: signed({ region: 'us-east-1' }),
    expect: { outcome: 'refused', status: 403, gate: 'endpoint', cause: 'signature-scope', body: null },
  },
  {
    fact: 'PRV-3',
    when: 'the same and a right signature',
    account: behindEndpoint,
    request: fromVpc,
    identity: signed(),
    expect: admitted,
  },
  {
    fact: 'PRV-3',
    when: 'the same and a signer of whom nothing is known',
    account: behindEndpoint,
    request: fromVpc,
    identity: signed({}, ''),
    expect: cannotTell('endpoint'),
  },
  {
    fact: 'PRV-3',
    when: 'the same and a signature in the query',
    account: behindEndpoint,
    request: fromVpc,
    identity: { ...signed(), credential: { ...signed().credential, sentIn: 'query' } },
    expect: cannotTell('endpoint'),
  },
]);

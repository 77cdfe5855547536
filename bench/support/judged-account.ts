import type { Method } from '../../lambda/model/method';
import type { RestApi } from '../../lambda/model/rest-api';
import type { SharedAccount } from '../../lambda/model/account';
import type { AccountSource } from '../../lambda/source';
import * as build from '../../test/support/build';

export interface Size {
  readonly apis: number;
  readonly resources: number;
}

/** Three verbs of their own and a preflight: four methods a resource. */
const VERBS = ['GET', 'POST', 'DELETE'] as const;

/** What guards the methods of an API: every kind that API Gateway has, in turn. */
const KINDS = ['scopes', 'id-token', 'function', 'iam', 'key'] as const;
type Kind = (typeof KINDS)[number];

const POOL = 'eu-west-1_Bench';
const SCOPES = Array.from({ length: 10 }, (_, index) => `shop/scope${index}`);

const pathOf = (index: number): string =>
  index % 2 === 0 ? `/v1/things${index}` : `/v1/things${index - 1}/{id}`;

const methodOf = (kind: Kind, verb: string, path: string, index: number): Method => {
  switch (kind) {
    case 'scopes':
      return build.guarded(verb, path, 'pool', [SCOPES[index % SCOPES.length] ?? '']);
    case 'id-token':
      return build.guarded(verb, path, 'pool');
    case 'function':
      return build.custom(verb, path, 'check');
    case 'iam':
      return build.method(verb, path, { authorizationType: 'AWS_IAM' });
    case 'key':
      return build.method(verb, path, { apiKeyRequired: true });
  }
};

const POLICY = build.policy(
  build.allow({ Resource: 'execute-api:/*' }),
  build.deny({
    Resource: 'execute-api:/*/DELETE/v1/*',
    Condition: { NotIpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '198.51.100.0/24'] } },
  }),
);

/** Made afresh for each API, as an answer of AWS would be: nothing is shared between two of them. */
const makeApi = (index: number, { resources }: Size): RestApi => {
  const kind = KINDS[index % KINDS.length] ?? 'scopes';
  const methods = Array.from({ length: resources }, (_, place) => place).flatMap((place) => [
    ...VERBS.map((verb) => methodOf(kind, verb, pathOf(place), place)),
    build.preflight(pathOf(place)),
  ]);
  // Two APIs of a hundred are broken: their stage is in no plan, their pool is gone.
  const broken = index % 50 === 0;
  const authorizers =
    kind === 'function'
      ? [build.lambdaAuthorizer('check')]
      : kind === 'iam' || kind === 'key'
        ? []
        : [build.cognitoAuthorizer('pool', [build.poolArn(broken ? 'eu-west-1_Gone' : POOL)])];
  return build.restApi(`api${index}`, { methods, authorizers, policy: kind === 'iam' ? POLICY : null });
};

const sharedAccount = ({ apis }: Size): SharedAccount => {
  const {
    restApis: _,
    schemaVersion: __,
    ...shared
  } = build.account({
    userPools: [
      build.userPool(POOL, {
        clients: [
          build.appClient('web'),
          build.machineClient('batch', SCOPES),
          ...Array.from({ length: 18 }, (_, index) =>
            build.webClient(`site${index}`, ['openid', 'shop/scope1']),
          ),
        ],
        resourceServers: [
          { identifier: 'shop', scopeNames: SCOPES.map((scope) => scope.replace('shop/', '')) },
        ],
      }),
      build.deletedPool('eu-west-1_Gone'),
    ],
    functions: [build.lambdaFunction('check')],
    apiKeys: [build.apiKey('partner')],
    usagePlans: [
      build.usagePlan(
        'partners',
        Array.from({ length: apis }, (_, index) => [`idapi${index}`, 'prod'] as const).filter(
          (_, index) => index % 50 !== 4,
        ),
        ['key-partner'],
      ),
    ],
  });
  return shared;
};

/** What making the APIs has cost so far, in microseconds of CPU: it is no part of judging. */
export interface Making {
  cpu: number;
}

const spent = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return user + system;
};

/** An account as the collector streams it, made on the way: one API at a time, each dropped before the next. */
export const judgedSource = (size: Size, making: Making): AccountSource => {
  const shared = sharedAccount(size);
  return {
    kind: 'live',
    region: build.REGION,
    async *apis(progress) {
      for (let index = 0; index < size.apis; index += 1) {
        const before = process.cpuUsage();
        const api = makeApi(index, size);
        making.cpu += spent(before);
        yield { api, shared };
        progress(index + 1, size.apis);
      }
    },
    shared: () => Promise.resolve(shared),
    stats: () => ({
      awsCalls: 0,
      minimumCalls: 0,
      awsCallsByOperation: {},
      throttled: 0,
      cachedDeployments: 0,
    }),
  };
};

export const deployedMethods = ({ apis, resources }: Size): number => apis * resources * 4;

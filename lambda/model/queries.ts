import type { Deployment } from './deployment';
import type { Slices } from './account';
import { keptWith } from './kept';
import { known, mapKnown, type Known } from './known';
import type { Method } from './method';
import type { Authorizer } from './rest-api';
import { resolveVariables } from './stage-variables';
import type { UserPool } from './user-pool';

/** Whether keys open the stages that they name themselves: a region that had keys before there were usage plans, and never enabled them (KEY-11). */
export const goesByStageKeys = ({ features }: Slices['gatewayAccount']): boolean =>
  !features.includes('UsagePlans');

/** Enabled keys that name a stage themselves; they open it where `goesByStageKeys`. */
export const keysNaming = (apiKeys: Slices['apiKeys'], apiId: string, stage: string): Slices['apiKeys'] =>
  apiKeys.filter(({ enabled, stageKeys }) => enabled && stageKeys.includes(`${apiId}/${stage}`));

/** The authorizer a method names: `none` when it names none, `missing` when the snapshot has no such authorizer. */
export const authorizerOf = (
  deployment: Deployment,
  method: Method,
): Known<Authorizer | 'none' | 'missing'> => {
  if (method.authorizer.state === 'unreadable') return method.authorizer;
  const key = method.authorizer.value;
  if (key === null) return known('none');
  return mapKnown(
    deployment.authorizers,
    (authorizers) => authorizers.find((authorizer) => authorizer.key === key) ?? 'missing',
  );
};

/** One provider of a Cognito authorizer as a stage resolves it. */
export interface Provider {
  /** As stored. */
  readonly stored: string;
  /** `null`: a stage variable in it is undefined. */
  readonly arn: string | null;
}

export const providersOf = (
  authorizer: Authorizer,
  variables: Readonly<Record<string, string>>,
): readonly Provider[] =>
  authorizer.providerArns.map((stored) => ({ stored, arn: resolveVariables(stored, variables) }));

/** The pool behind an ARN: `null` when Cognito says it is gone, unreadable when it was not or could not be read. */
export const userPoolOf = (userPools: Slices['userPools'], arn: string): Known<UserPool | null> =>
  userPools.find((entry) => entry.arn === arn)?.pool ?? {
    state: 'unreadable',
    because: 'unsupported',
    operation: 'DescribeUserPool',
    subject: arn,
    detail: `the user pool ${arn} was not read`,
  };

/** Full names of the scopes that a pool's resource servers define (CLI-19). */
export const definedScopes = (pool: UserPool): Known<readonly string[]> =>
  mapKnown(pool.resourceServers, (servers) =>
    servers.flatMap((server) => server.scopeNames.map((name) => `${server.identifier}/${name}`)),
  );

/** Scopes that Cognito itself defines (COG-7). */
export const RESERVED_SCOPES: readonly string[] = [
  'openid',
  'email',
  'phone',
  'profile',
  'aws.cognito.signin.user.admin',
];

/** Methods by their path, in the order of the list. Many rules ask it of one list. */
export const methodsByPath = keptWith(
  (methods: readonly Method[]): ReadonlyMap<string, readonly Method[]> => {
    const found = new Map<string, Method[]>();
    for (const method of methods) {
      const own = found.get(method.path);
      if (own === undefined) found.set(method.path, [method]);
      else own.push(method);
    }
    return found;
  },
);

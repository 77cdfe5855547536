import { trustedPools, type Reader, type TrustedPool } from '../gateway/trusted-pools';
import type { Slices } from '../model/account';
import type { Deployment } from '../model/deployment';
import { keptWith } from '../model/kept';
import { isKnown, type Unreadable } from '../model/known';
import type { Method } from '../model/method';
import { authorizerOf } from '../model/queries';
import type { Authorizer } from '../model/rest-api';
import type { UserPool } from '../model/user-pool';

/** An authorizer in use: the methods of one deployment that it guards. */
export interface Guard {
  readonly authorizer: Authorizer;
  readonly methods: readonly [Method, ...Method[]];
}

export interface Guards {
  readonly guards: readonly Guard[];
  /** Methods that do not say how they are authorised: other guards, or other methods of these, may exist. */
  readonly gaps: readonly Unreadable[];
}

/** The read that told the scopes of methods. */
export const scopesRead = (deployment: Pick<Deployment, 'of'>): string =>
  deployment.of === 'draft' ? 'GetResources' : 'GetExport';

type Guarding = 'COGNITO_USER_POOLS' | 'CUSTOM';

const findGuards = (deployment: Deployment, type: Guarding): Guards => {
  if (!isKnown(deployment.methods)) return { guards: [], gaps: [deployment.methods] };
  const byKey = new Map<string, { authorizer: Authorizer; methods: [Method, ...Method[]] }>();
  const gaps = new Set<Unreadable>();
  for (const method of deployment.methods.value) {
    if (!isKnown(method.authorizationType)) gaps.add(method.authorizationType);
    else if (method.authorizationType.value === type) {
      const named = authorizerOf(deployment, method);
      if (!isKnown(named)) gaps.add(named);
      else if (named.value !== 'none' && named.value !== 'missing') {
        const authorizer = named.value;
        const fits =
          type === 'COGNITO_USER_POOLS'
            ? authorizer.kind === 'COGNITO_USER_POOLS'
            : authorizer.kind === 'TOKEN' || authorizer.kind === 'REQUEST';
        if (!fits) continue;
        const guard = byKey.get(authorizer.key);
        if (guard === undefined) byKey.set(authorizer.key, { authorizer, methods: [method] });
        else guard.methods.push(method);
      }
    }
  }
  return { guards: [...byKey.values()], gaps: [...gaps] };
};

/** Many rules ask it of one deployment. */
const guardsByType = keptWith((deployment: Deployment): Readonly<Record<Guarding, Guards>> => ({
  COGNITO_USER_POOLS: findGuards(deployment, 'COGNITO_USER_POOLS'),
  CUSTOM: findGuards(deployment, 'CUSTOM'),
}));

/**
 * The authorizers that guard methods of a deployment, with the methods whose type fits theirs: `COGNITO_USER_POOLS` behind Cognito,
 * `CUSTOM` behind the Lambda kinds. Methods whose authorizer is missing or of another type are other rules' business.
 */
export const guardsOf = (deployment: Deployment, type: Guarding): Guards => guardsByType(deployment)[type];

/** A method and the scopes it asks for. */
export interface ScopedMethod {
  readonly method: Method;
  readonly scopes: readonly [string, ...string[]];
}

export interface Split {
  /** Take access tokens (COG-2). */
  readonly scoped: readonly ScopedMethod[];
  /** Take ID tokens (COG-1). */
  readonly scopeless: readonly Method[];
  readonly gaps: readonly Unreadable[];
}

/** Methods by the kind of token they take. */
export const splitByToken = (methods: readonly Method[]): Split => {
  const scoped: ScopedMethod[] = [];
  const scopeless: Method[] = [];
  const gaps = new Set<Unreadable>();
  for (const method of methods) {
    if (!isKnown(method.scopes)) gaps.add(method.scopes);
    else {
      const [first, ...others] = method.scopes.value;
      if (first === undefined) scopeless.push(method);
      else scoped.push({ method, scopes: [first, ...others] });
    }
  }
  return { scoped, scopeless, gaps: [...gaps] };
};

/** A Cognito authorizer in use with the pools behind it. */
export interface CognitoGuard extends Guard {
  readonly trusted: readonly TrustedPool[];
}

export const cognitoGuards = (
  deployment: Deployment,
  userPools: Slices['userPools'],
  reader: Reader,
): { readonly guards: readonly CognitoGuard[]; readonly gaps: readonly Unreadable[] } => {
  const { guards, gaps } = guardsOf(deployment, 'COGNITO_USER_POOLS');
  return {
    guards: guards.map((guard) => ({
      ...guard,
      trusted: trustedPools(guard.authorizer, deployment.variables, userPools, reader),
    })),
    gaps,
  };
};

/** A pool that authorizers in use trust, with all methods of the deployment that take its tokens. */
export interface PoolInUse {
  readonly pool: UserPool;
  readonly methods: readonly Method[];
  readonly guards: readonly CognitoGuard[];
}

/** Existing pools behind the authorizers in use, each once; `gaps` holds what may hide others. */
export const poolsInUse = (
  deployment: Deployment,
  userPools: Slices['userPools'],
  reader: Reader,
): { readonly pools: readonly PoolInUse[]; readonly gaps: readonly Unreadable[] } => {
  const { guards, gaps } = cognitoGuards(deployment, userPools, reader);
  const byArn = new Map<string, { pool: UserPool; methods: Method[]; guards: CognitoGuard[] }>();
  const found = new Set(gaps);
  for (const guard of guards) {
    for (const { standing } of guard.trusted) {
      if (standing.is === 'unreadable') found.add(standing.gap);
      if (standing.is !== 'pool' && standing.is !== 'updated-issuer') continue;
      const entry = byArn.get(standing.pool.arn) ?? { pool: standing.pool, methods: [], guards: [] };
      if (entry.guards.includes(guard)) continue;
      byArn.set(standing.pool.arn, entry);
      entry.methods.push(...guard.methods);
      entry.guards.push(guard);
    }
  }
  return { pools: [...byArn.values()], gaps: [...found] };
};

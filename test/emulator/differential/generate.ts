import fc from 'fast-check';
import { valueOr } from '../../../lambda/model/known';
import type { Method } from '../../../lambda/model/method';
import type { Authorizer } from '../../../lambda/model/rest-api';
import { accounts } from '../../gateway/proof/generate';
import { poolArn } from '../../support/build';

/** A user pool of the two that there are, or one that never was. */
export type PoolName = 'A' | 'B' | 'never';

export interface CognitoSeed {
  readonly pools: readonly PoolName[];
  readonly header: string;
}

export interface LambdaSeed {
  readonly kind: 'TOKEN' | 'REQUEST';
  readonly header: string;
  readonly expression: string | null;
  readonly isThere: boolean;
}

export interface MethodSeed {
  readonly verb: string;
  readonly path: string;
  readonly type: 'NONE' | 'AWS_IAM' | 'CUSTOM' | 'COGNITO_USER_POOLS';
  readonly scopes: readonly string[];
  readonly keyed: boolean;
}

/** What of a generated account can be loaded into MiniStack and is served there as on AWS. */
export interface AccountSeed {
  readonly methods: readonly MethodSeed[];
  readonly cognito: CognitoSeed;
  readonly lambda: LambdaSeed;
  /** As generated: it may name the API that the proof knows. */
  readonly policy: string | null;
  /** Keys of the plan of the stage; `null`: no plan has it. */
  readonly keys: readonly ('on' | 'off')[] | null;
}

const PREFIX = 'method.request.header.';

const headerOf = ({ identitySources }: Authorizer): string => {
  const source = identitySources.find((one) => one.startsWith(PREFIX) && one !== PREFIX);
  return source === undefined ? 'Authorization' : source.slice(PREFIX.length);
};

const POOLS: Readonly<Record<string, PoolName>> = {
  [poolArn('eu-west-1_A')]: 'A',
  [poolArn('eu-west-1_B')]: 'B',
};

/** Methods that were generated to be unreadable or to dangle are open here. */
const methodSeed = (method: Method): MethodSeed => {
  const type = valueOr(method.authorizationType, 'NONE');
  const authorizer = valueOr(method.authorizer, null);
  const authorizerOf = { CUSTOM: 'fn', COGNITO_USER_POOLS: 'pool', AWS_IAM: null, NONE: null };
  const fits = type in authorizerOf && Reflect.get(authorizerOf, type) === authorizer;
  return {
    verb: method.verb,
    path: method.path,
    type: fits ? (type as MethodSeed['type']) : 'NONE',
    scopes: fits ? valueOr(method.scopes, []) : [],
    keyed: valueOr(method.apiKeyRequired, false),
  };
};

/**
 * The accounts of the proof, without what MiniStack does not model: private APIs, disabled endpoints, keys from authorizers, web ACLs,
 * stage variables, aud expressions, sources of a Lambda authorizer other than headers, domains.
 */
const seeds: fc.Arbitrary<AccountSeed> = accounts.map(({ restApis, slices }) => {
  const [api] = valueOr(restApis, []);
  const { methods, authorizers, policy } = api?.draft ?? {};
  const [pool, fn] = authorizers === undefined ? [] : valueOr(authorizers, []);
  if (methods === undefined || policy === undefined || pool === undefined || fn === undefined) {
    throw new Error('the proof generates no such account any more');
  }
  const plan = valueOr(slices.usagePlans, []).find(({ apiStages }) =>
    apiStages.some(({ restApiId }) => restApiId === api?.id),
  );
  return {
    methods: valueOr(methods, []).map(methodSeed),
    cognito: { pools: pool.providerArns.map((arn) => POOLS[arn] ?? 'never'), header: headerOf(pool) },
    lambda: {
      kind: fn.kind === 'TOKEN' ? 'TOKEN' : 'REQUEST',
      header: headerOf(fn),
      expression: fn.validationExpression,
      isThere: fn.uri?.includes(':gone/') !== true,
    },
    policy: valueOr(policy, null),
    keys: plan === undefined ? null : valueOr(plan.keyIds, []).map((id) => (id === 'key-off' ? 'off' : 'on')),
  };
});

export const CREDENTIALS = [
  'none',
  'garbage',
  'id token of A',
  'access token of A',
  'read token of A',
  'write token of A',
  'id token of B',
  'signature',
] as const;

export interface CallSeed {
  readonly verb: string;
  readonly path: string;
  readonly credential: (typeof CREDENTIALS)[number];
  readonly header: string;
  readonly key: 'none' | 'on' | 'off';
}

interface Aim extends Omit<CallSeed, 'verb' | 'path'> {
  /** Which of the methods is meant. */
  readonly place: number;
  /** Where the call goes when it misses; `null`: it does not. */
  readonly stray: Pick<CallSeed, 'verb' | 'path'> | null;
}

/** A call that the method takes, unless a more specific one does. */
const onto = ({ verb, path }: MethodSeed): Pick<CallSeed, 'verb' | 'path'> => ({
  verb: verb === 'ANY' ? 'PUT' : verb,
  path: path.replace('{id}', '7').replace('{proxy+}', 'a/b'),
});

const aims: fc.Arbitrary<Aim> = fc.record({
  place: fc.nat({ max: 3 }),
  stray: fc.oneof(
    { arbitrary: fc.constant(null), weight: 5 },
    {
      arbitrary: fc.record({
        verb: fc.constantFrom('GET', 'POST', 'PUT'),
        path: fc.constantFrom('/', '/pets', '/pets/7', '/v1/pets', '/files/a/b', '/nothing'),
      }),
      weight: 1,
    },
  ),
  credential: fc.constantFrom(...CREDENTIALS),
  header: fc.constantFrom('authorization', 'authorization', 'authorization', 'x-auth'),
  key: fc.constantFrom('on', 'on', 'off', 'none'),
});

export interface Case {
  readonly account: AccountSeed;
  readonly calls: readonly CallSeed[];
}

/** The most calls of one account: loading it costs more than a call. */
const MOST_CALLS = 30;

export const cases: fc.Arbitrary<Case> = fc
  .record({ account: seeds, aims: fc.array(aims, { minLength: 1, maxLength: MOST_CALLS, size: 'max' }) })
  .map(({ account, aims }) => ({
    account,
    calls: aims.map(({ place, stray, ...as }): CallSeed => {
      const method = account.methods[place % account.methods.length];
      if (method === undefined) throw new Error('an account without methods');
      return { ...(stray ?? onto(method)), ...as };
    }),
  }));

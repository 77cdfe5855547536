import type { Slices } from '../model/account';
import { isKnown, type Known, type Unreadable } from '../model/known';
import { RESERVED_SCOPES } from '../model/queries';
import type { Authorizer } from '../model/rest-api';
import type { UserPool } from '../model/user-pool';
import { refuses, unsure, type Answer } from './answer';
import {
  judgeAudience,
  judgeIssuer,
  judgeKind,
  judgeProviders,
  judgeScopes,
  tokenHeaderOf,
  type CognitoGate,
} from './gates/cognito';
import type { GateId } from './gates';
import { issuerOf } from './issuer';
import { UNAUTHORIZED } from './refusals';
import { conceivableTokens, obtainableTokens, type ObtainableToken } from './tokens';
import { trustedPools, unreadPools, workingPools, type Reader } from './trusted-pools';

/** What the two gates of a Cognito authorizer say to one token, or to the best of all. */
export interface TokenVerdict {
  readonly gate: Extract<GateId, 'authentication' | 'authorization'>;
  readonly answer: Answer;
}

/** A doubt in place of a refusal that the pool's trigger might still turn (CLI-4, COG-15). */
const doubted = (answer: Answer, because: string, fact: string): Answer =>
  answer.outcome === 'refuses' ? unsure(because, fact, answer.refusal) : answer;

const judgeCarried = (gate: CognitoGate, pool: UserPool, token: ObtainableToken): Answer => {
  const listed = judgeScopes(gate.scopes, token.scopes);
  // Custom scopes are listed as if they were issued (CLI-11); where nobody could look, only the reserved ones are sure.
  const sure = isKnown(pool.resourceServers)
    ? listed
    : judgeScopes(
        gate.scopes,
        token.scopes.filter((scope) => RESERVED_SCOPES.includes(scope)),
      );
  if (token.scopesMayChange) {
    return doubted(sure, "The pool's pre token generation trigger may add the scope.", 'CLI-4');
  }
  if (listed.outcome !== 'passes' || isKnown(pool.resourceServers)) return listed;
  return doubted(
    sure,
    `Whether the scope is defined is not known: ${pool.resourceServers.detail}.`,
    'CLI-11',
  );
};

/** How a token that an app client can obtain fares, sent in the right header before it expires. */
export const judgeObtainable = (gate: CognitoGate, pool: UserPool, token: ObtainableToken): TokenVerdict => {
  const issuer = issuerOf(pool.arn, pool.issuerType);
  const audience = judgeAudience(
    gate.authorizer.validationExpression,
    token.audience === 'client-id' ? [token.clientId] : null,
  );
  const atAuthentication: readonly (Answer | null)[] = [
    issuer === null
      ? unsure(
          'The pool is a replica in another Region, and whose issuer its tokens name is not known.',
          'COG-25',
        )
      : judgeIssuer(gate, issuer),
    token.audience === 'cannot-tell' && audience !== null
      ? doubted(
          audience,
          'A trigger or resource binding may put an audience into this access token.',
          'COG-15',
        )
      : audience,
    judgeKind(gate.scopes, token.kind),
  ];
  const atAuthorization = judgeCarried(gate, pool, token);
  const refused = atAuthentication.find((answer) => answer?.outcome === 'refuses') ?? null;
  if (refused !== null) return { gate: 'authentication', answer: refused };
  if (atAuthorization.outcome === 'refuses') return { gate: 'authorization', answer: atAuthorization };
  const doubt = atAuthentication.find((answer) => answer?.outcome === 'cannot-tell') ?? null;
  if (doubt !== null) return { gate: 'authentication', answer: doubt };
  return { gate: 'authorization', answer: atAuthorization };
};

interface Supply {
  readonly pools: readonly UserPool[];
  /** Why there may be more tokens than those of these pools. */
  readonly unknown: string | null;
  /** Some pool whose issuer is accepted has app clients. */
  readonly isUsed: boolean;
}

const hasClients = ({ clients }: UserPool): boolean => !isKnown(clients) || clients.value.length > 0;

/** What could not be read of a pool and may hide a token that gets in; `null` where even the best conceivable token does not. */
const hidingGap = (gate: CognitoGate, pool: UserPool): Unreadable | null => {
  const [gap = null] = obtainableTokens(pool).unknown;
  if (gap === null || !hasClients(pool)) return null;
  const conceivable = conceivableTokens(pool, isKnown(gate.scopes) ? gate.scopes.value : []);
  const none = conceivable.every((token) => judgeObtainable(gate, pool, token).answer.outcome === 'refuses');
  return none ? null : gap;
};

const supplyOf = (gate: CognitoGate, reader: Reader): Supply => {
  if (!isKnown(gate.userPools)) return { pools: [], unknown: gate.userPools.detail, isUsed: false };
  const trusted = trustedPools(gate.authorizer, gate.variables, gate.userPools.value, reader);
  const pools = trusted.flatMap(({ standing }) => ('pool' in standing ? [standing.pool] : []));
  const gaps = [...unreadPools(trusted), ...pools.map((pool) => hidingGap(gate, pool))];
  const unknown = gaps.find((gap) => gap !== null)?.detail ?? null;
  return { pools, unknown, isUsed: workingPools(trusted).some(hasClients) };
};

const noToken = (
  authorizer: Authorizer,
  verdicts: readonly TokenVerdict[],
  providers: number,
): TokenVerdict => {
  const further = verdicts.filter(({ gate }) => gate === 'authorization');
  const [closest] = further.length > 0 ? further : verdicts;
  if (closest !== undefined) {
    return {
      gate: closest.gate,
      answer: {
        ...closest.answer,
        because: `No token that an app client of the user pools of ${authorizer.name} can obtain gets in. The closest one: ${closest.answer.because}`,
      },
    };
  }
  return {
    gate: 'authentication',
    answer: refuses(
      'no-token',
      UNAUTHORIZED,
      providers === 0
        ? `None of the user pools of authorizer ${authorizer.name} exists.`
        : `No app client of the user pools of authorizer ${authorizer.name} can obtain a token.`,
      'CLI-12',
    ),
  };
};

/** The best that any registered app client can do at a Cognito authorizer. */
export const bestToken = (
  authorizer: Authorizer,
  scopes: Known<readonly string[]>,
  variables: Readonly<Record<string, string>>,
  userPools: Known<Slices['userPools']>,
  reader: Reader,
): TokenVerdict => {
  const gate: CognitoGate = { authorizer, scopes, variables, userPools };
  if (tokenHeaderOf(authorizer) === null) {
    return {
      gate: 'authentication',
      answer: refuses(
        'identity-source-malformed',
        UNAUTHORIZED,
        `The token source of authorizer ${authorizer.name} names no header that a request can have.`,
        'COG-11',
      ),
    };
  }
  const nobody = judgeProviders(gate);
  if (nobody !== null) return { gate: 'authentication', answer: nobody };
  const { pools, unknown, isUsed } = supplyOf(gate, reader);
  const verdicts: TokenVerdict[] = [];
  for (const pool of pools) {
    for (const token of obtainableTokens(pool).tokens) {
      const verdict = judgeObtainable(gate, pool, token);
      if (verdict.answer.outcome === 'passes') return verdict;
      verdicts.push(verdict);
    }
  }
  const doubt = verdicts.find(({ answer }) => answer.outcome === 'cannot-tell');
  if (doubt !== undefined) return doubt;
  const dead = noToken(authorizer, verdicts, pools.length);
  // Which tokens the clients ought to obtain hangs on the scopes, so without them no rule can name the cause.
  const gap = unknown ?? (isUsed && !isKnown(scopes) ? scopes.detail : null);
  if (gap === null) return dead;
  return {
    gate: dead.gate,
    answer: unsure(`Whether some token gets in is not known: ${gap}.`, 'CLI-12', UNAUTHORIZED),
  };
};

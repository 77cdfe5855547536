import type { SharedAccount } from '../model/account';
import type { Deployment } from '../model/deployment';
import { isKnown, valueOr } from '../model/known';
import { methodLabel, type Method } from '../model/method';
import { providersOf, userPoolOf } from '../model/queries';
import type { UserPool } from '../model/user-pool';
import type { Answer } from './answer';
import { workingAuthorizer } from './decide';
import type { CognitoGate } from './gates/cognito';
import { bestAnswers } from './reach';
import { takesCalls } from './route';
import { judgeObtainable } from './token-reach';
import { obtainableTokens, type Flow, type ObtainableToken, type TokenKind } from './tokens';

/** One cell of the access matrix: can this app client, by this flow, call the method? */
export interface MatrixCaller {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly flow: Flow;
  readonly token: TokenKind;
  readonly admitted: boolean | 'cannot-tell';
  readonly because: string;
}

export interface MatrixRow {
  readonly restApiId: string;
  readonly restApiName: string;
  readonly stage: string;
  /** `GET /pets`. */
  readonly method: string;
  readonly requires:
    'none' | 'iam' | 'api-key' | 'id-token' | 'access-token' | 'lambda-authorizer' | 'cannot-tell';
  readonly scopes: readonly string[];
  readonly callers: readonly MatrixCaller[];
}

/** Which credential a method takes, from the deployed configuration alone (COG-1, COG-2). */
export const requiredBy = (method: Method): MatrixRow['requires'] => {
  const { authorizationType, apiKeyRequired, scopes } = method;
  if (!isKnown(authorizationType)) return 'cannot-tell';
  switch (authorizationType.value) {
    case 'NONE':
      if (!isKnown(apiKeyRequired)) return 'cannot-tell';
      return apiKeyRequired.value ? 'api-key' : 'none';
    case 'AWS_IAM':
      return 'iam';
    case 'CUSTOM':
      return 'lambda-authorizer';
    case 'COGNITO_USER_POOLS':
      if (!isKnown(scopes)) return 'cannot-tell';
      return scopes.value.length === 0 ? 'id-token' : 'access-token';
    default:
      return 'cannot-tell';
  }
};

interface Client {
  readonly pool: UserPool;
  readonly token: ObtainableToken;
}

/** Tokens of the app clients behind the Cognito authorizers of a configuration, each pool once. */
const clientsOf = (deployment: Deployment, account: SharedAccount): readonly Client[] => {
  const { userPools } = account.slices;
  if (!isKnown(deployment.authorizers) || !isKnown(userPools)) return [];
  const named = new Set(
    deployment.authorizers.value.flatMap((authorizer) =>
      providersOf(authorizer, deployment.variables).map(({ arn }) => arn),
    ),
  );
  return [...named].flatMap((arn) => {
    const pool = arn === null ? null : valueOr(userPoolOf(userPools.value, arn), null);
    return pool === null ? [] : obtainableTokens(pool).tokens.map((token) => ({ pool, token }));
  });
};

type Cell = Pick<MatrixCaller, 'admitted' | 'because'>;

const cell = (answer: Answer): Cell => ({
  admitted: answer.outcome === 'passes' ? true : answer.outcome === 'refuses' ? false : 'cannot-tell',
  because: answer.because,
});

/** What a method makes of one token. */
const judgeTokenFor = (
  deployment: Deployment,
  method: Method,
  account: SharedAccount,
): ((client: Client) => Cell) => {
  const type = method.authorizationType;
  if (!isKnown(type)) return () => ({ admitted: 'cannot-tell', because: type.detail });
  switch (type.value) {
    case 'NONE':
      return () => ({ admitted: true, because: 'The method asks for no authorization.' });
    case 'AWS_IAM':
      return () => ({
        admitted: false,
        because: 'The method wants a Signature Version 4 signature, not a token.',
      });
    case 'CUSTOM':
      return () => ({ admitted: 'cannot-tell', because: "The Lambda authorizer's function decides." });
    case 'COGNITO_USER_POOLS': {
      const authorizer = workingAuthorizer({ deployment, method }, type.value);
      if ('outcome' in authorizer) return () => cell(authorizer);
      const gate: CognitoGate = {
        authorizer,
        scopes: method.scopes,
        variables: deployment.variables,
        userPools: account.slices.userPools,
      };
      return ({ pool, token }) => cell(judgeObtainable(gate, pool, token).answer);
    }
    default:
      return () => ({
        admitted: 'cannot-tell',
        because: `The authorization type ${type.value} is not known here.`,
      });
  }
};

/** What all clients meet: where a gate refuses even the best call, the token does not matter. */
const judgeBest = (deployment: Deployment, method: Method, account: SharedAccount): Cell | null => {
  const answers = bestAnswers(deployment, method, account).map(({ answer }) => answer);
  const refused = answers.find(({ outcome }) => outcome === 'refuses');
  if (refused !== undefined) return cell(refused);
  const doubt = answers.find(({ outcome }) => outcome === 'cannot-tell');
  return doubt === undefined ? null : cell(doubt);
};

const weakest = (own: Cell, best: Cell | null): Cell => {
  if (best === null || own.admitted === false) return own;
  if (best.admitted === false) return best;
  return own.admitted === true ? best : own;
};

/** The access matrix of one configuration: app client × flow × method that takes calls, with the reason in each cell. */
export const matrixOf = (deployment: Deployment, account: SharedAccount): readonly MatrixRow[] => {
  const { methods } = deployment;
  if (!isKnown(methods)) return [];
  const clients = clientsOf(deployment, account);
  const taking = methods.value.filter((method) => takesCalls(methods.value, method));
  return taking.map((method): MatrixRow => {
    const judge = judgeTokenFor(deployment, method, account);
    const best = judgeBest(deployment, method, account);
    return {
      restApiId: deployment.api.id,
      restApiName: deployment.api.name,
      stage: deployment.stage.name,
      method: methodLabel(method),
      requires: requiredBy(method),
      scopes: isKnown(method.scopes) ? method.scopes.value : [],
      callers: clients.map((client) => ({
        userPoolId: client.pool.id,
        clientId: client.token.clientId,
        clientName: client.token.clientName,
        flow: client.token.flow,
        token: client.token.kind,
        ...weakest(judge(client), best),
      })),
    };
  });
};

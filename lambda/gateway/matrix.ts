import type { Flow, TokenKind } from './tokens';

/** One cell of the access matrix: can this app client, by this flow, call the method? */
export interface MatrixCaller {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly flow: Flow;
  readonly token: TokenKind;
  readonly admitted: boolean | 'cannot-tell';
  readonly because: string;
}

export interface MatrixRow {
  readonly restApiId: string;
  readonly stage: string;
  /** `GET /pets`. */
  readonly method: string;
  readonly requires:
    'none' | 'iam' | 'api-key' | 'id-token' | 'access-token' | 'lambda-authorizer' | 'cannot-tell';
  readonly scopes: readonly string[];
  readonly callers: readonly MatrixCaller[];
}

import type { Slices } from '../../model/account';
import { isKnown, type Known } from '../../model/known';
import { providersOf, userPoolOf } from '../../model/queries';
import type { Authorizer } from '../../model/rest-api';
import { passes, refuses, unsure, type Answer } from '../answer';
import { matchExpression } from '../expression/match';
import { headerContent, parseIdentitySource, type HeaderContent } from '../identity-source';
import { expectedIssuer } from '../issuer';
import { CONTESTED, TOKEN_EXPIRED, UNAUTHORIZED } from '../refusals';
import type { Claims, Credential, Request } from '../request';
import { weigh } from '../weigh';

/** What a token meets at a Cognito authorizer: method scopes, stage variables, and the pools as far as they were read. */
export interface CognitoGate {
  readonly authorizer: Authorizer;
  readonly scopes: Known<readonly string[]>;
  readonly variables: Readonly<Record<string, string>>;
  readonly userPools: Known<Slices['userPools']>;
}

/** The header that carries the token; `null` when the identity source can match no request. */
export const tokenHeaderOf = (authorizer: Authorizer): string | null => {
  const [first = ''] = authorizer.identitySources;
  const source = parseIdentitySource(first);
  return source.from === 'header' ? source.name : null;
};

const unauthorized = (cause: string, because: string, fact: string): Answer =>
  refuses(cause, UNAUTHORIZED, because, fact);

/** COG-16: `Bearer` or the bare token; what other schemes do is not known. */
const judgeScheme = (scheme: string | null): Answer | null =>
  scheme === null || scheme.toLowerCase() === 'bearer'
    ? null
    : unsure(`AWS does not say whether a token after "${scheme}" is read.`, 'COG-16', UNAUTHORIZED);

/** Is there a pool at all that the authorizer could ask about a token? */
export const judgeProviders = (gate: CognitoGate): Answer | null => {
  const providers = providersOf(gate.authorizer, gate.variables);
  if (providers.some(({ arn }) => arn !== null)) return null;
  return refuses(
    'stage-variable-undefined',
    CONTESTED,
    providers.length === 0
      ? `Authorizer ${gate.authorizer.name} lists no user pool.`
      : `Authorizer ${gate.authorizer.name} names its user pool by a stage variable that this stage does not define.`,
    'COG-23',
  );
};

/** Is there a pool among the providers that issued this token? `null`: there is. */
export const judgeIssuer = (gate: CognitoGate, issuer: string | null): Answer | null => {
  const nobody = judgeProviders(gate);
  if (nobody !== null) return nobody;
  const providers = providersOf(gate.authorizer, gate.variables);
  const isPartial = providers.some(({ arn }) => arn === null);
  if (issuer === null) {
    return unauthorized('issuer-missing', 'The token names no issuer, so no user pool signed it.', 'MSG-27');
  }
  const issuerPool = providers.find(({ arn }) => arn !== null && expectedIssuer(arn) === issuer)?.arn ?? null;
  if (issuerPool === null) {
    const updated = issuer.startsWith('https://issuer-cognito-idp.');
    const because = updated
      ? 'The token has the updated issuer form, which API Gateway does not accept.'
      : `The token's issuer is none of the user pools of authorizer ${gate.authorizer.name}.`;
    return isPartial && !updated
      ? unsure(`${because} A further pool is named by an undefined stage variable.`, 'COG-23', null)
      : unauthorized(updated ? 'issuer-updated' : 'issuer-unknown', because, updated ? 'COG-24' : 'MSG-27');
  }
  const pool = isKnown(gate.userPools) ? userPoolOf(gate.userPools.value, issuerPool) : gate.userPools;
  if (isKnown(pool) && pool.value === null) {
    return refuses('user-pool-missing', CONTESTED, `User pool ${issuerPool} does not exist.`, 'COG-28');
  }
  if (isKnown(pool) && pool.value?.issuerType === 'UPDATED') {
    return unauthorized(
      'issuer-updated',
      `User pool ${issuerPool} issues tokens with the updated issuer, which API Gateway does not accept.`,
      'COG-24',
    );
  }
  return isPartial
    ? unsure(
        `The token's pool is listed, but another provider of authorizer ${gate.authorizer.name} is named by an undefined stage variable; what AWS does then is not known.`,
        'COG-23',
      )
    : null;
};

/** COG-13: the expression is matched against `aud`, which access tokens do not have. `null`: it matches. */
export const judgeAudience = (
  expression: string | null,
  audience: readonly string[] | null,
): Answer | null => {
  if (expression === null || expression === '') return null;
  const [only, ...others] = audience ?? [];
  if (only === undefined) {
    return unauthorized(
      'audience-missing',
      'The identity validation expression is matched against the aud claim, and this token has none.',
      'COG-13',
    );
  }
  if (others.length > 0) {
    return unsure('AWS does not say how a list of audiences is matched.', 'COG-13', UNAUTHORIZED);
  }
  switch (matchExpression(expression, only)) {
    case 'matches':
      return null;
    case 'differs':
      return unauthorized(
        'audience-mismatch',
        "The identity validation expression does not match the token's aud claim.",
        'COG-13',
      );
    case 'cannot-tell':
      return unsure(
        'Whether the identity validation expression matches this audience could not be worked out.',
        'COG-13',
        UNAUTHORIZED,
      );
  }
};

/** COG-1, COG-2: without scopes an ID token, with scopes an access token. `null`: this is one. */
export const judgeKind = (scopes: Known<readonly string[]>, kind: Claims['kind']): Answer | null => {
  if (!isKnown(scopes)) {
    return unsure(
      `Which token the method takes hangs on its scopes, and they could not be read: ${scopes.detail}.`,
      'COG-1',
      UNAUTHORIZED,
    );
  }
  const wanted = scopes.value.length === 0 ? 'id' : 'access';
  const taken = wanted === 'id' ? 'ID tokens' : 'access tokens';
  if (kind === 'unknown') {
    return unsure(
      `The token does not say in token_use whether it is an ID or an access token; the method takes ${taken}.`,
      'COG-1',
      UNAUTHORIZED,
    );
  }
  if (kind === wanted) return null;
  return wanted === 'id'
    ? unauthorized(
        'access-token-for-id',
        'The method has no authorization scopes, so it takes ID tokens only, and this is an access token.',
        'COG-5',
      )
    : unauthorized(
        'id-token-for-access',
        'The method has authorization scopes, so it takes access tokens only, and this is an ID token.',
        'COG-6',
      );
};

/** COG-2, COG-3: one scope of the method must be among the token's, by its full name (COG-7). */
export const judgeScopes = (scopes: Known<readonly string[]>, carried: readonly string[]): Answer => {
  if (!isKnown(scopes)) {
    return unsure(`The method's scopes could not be read: ${scopes.detail}.`, 'COG-2', UNAUTHORIZED);
  }
  if (scopes.value.length === 0) return passes('The method asks for no scope.', 'COG-1');
  const shared = scopes.value.filter((scope) => carried.includes(scope));
  if (shared.length === 0) {
    return unauthorized(
      'scope-missing',
      `The token carries none of the method's scopes (${scopes.value.join(', ')}).`,
      'COG-3',
    );
  }
  if (shared.every((scope) => scope === 'email')) {
    return unsure(
      'The scope email is the only one that matches, and a test against AWS saw it refused.',
      'COG-7a',
      UNAUTHORIZED,
    );
  }
  return passes(`The token carries ${shared.join(', ')}.`, 'COG-2');
};

const judgeTime = (claims: Claims, at: Date): Answer | null => {
  const now = at.getTime() / 1000;
  if (claims.expiresAt !== null && claims.expiresAt <= now) {
    return refuses(
      'token-expired',
      TOKEN_EXPIRED,
      `The token expired at ${new Date(claims.expiresAt * 1000).toISOString()}.`,
      'MSG-28',
    );
  }
  if ((claims.notBefore ?? 0) > now) {
    return unsure('The token is not valid yet (nbf), by our clock.', 'MSG-27', UNAUTHORIZED);
  }
  return null;
};

const judgeToken = (
  gate: CognitoGate,
  credential: Extract<Credential, { kind: 'token' }>,
  at: Date,
): Answer => {
  if (credential.signature === 'invalid') {
    return unauthorized('signature-invalid', "The token's signature does not hold.", 'MSG-27');
  }
  const { claims } = credential;
  return weigh(
    [
      judgeScheme(credential.scheme),
      judgeIssuer(gate, claims.issuer),
      judgeTime(claims, at),
      judgeAudience(gate.authorizer.validationExpression, claims.audience),
      judgeKind(gate.scopes, claims.kind),
    ],
    passes('The token is good for this authorizer and method.', 'COG-18'),
  );
};

const judgeMissing = (header: string, request: Request, credential: Credential): Answer => {
  const elsewhere =
    (credential.kind === 'token' || credential.kind === 'opaque') && credential.header !== null
      ? ` The credential is in ${credential.header}.`
      : Object.hasOwn(request.query, header)
        ? ' A query parameter of that name is not read.'
        : '';
  return unauthorized(
    elsewhere === '' ? 'token-missing' : 'token-in-wrong-header',
    `The authorizer reads the header ${header}, and the call has none.${elsewhere}`,
    elsewhere === '' ? 'MSG-27' : 'COG-12',
  );
};

const judgeContent = (
  content: HeaderContent,
  header: string,
  gate: CognitoGate,
  request: Request,
  credential: Credential,
): Answer => {
  switch (content.holds) {
    case 'nothing':
      return judgeMissing(header, request, credential);
    case 'signature':
      return unauthorized(
        'signature-for-token',
        'The header holds a Signature Version 4 signature, and the authorizer wants a JWT.',
        'IAM-3',
      );
    case 'text':
      return unauthorized('token-malformed', `The header ${header} holds no JWT.`, 'MSG-27');
    case 'credential':
      return content.credential.kind === 'opaque'
        ? unauthorized('token-malformed', content.credential.because, 'MSG-27')
        : judgeToken(gate, content.credential, request.at);
  }
};

/** Authentication by user pool: presence, pool, expiry, audience and kind of the token (section 2.5). */
export const authenticateByPool = (gate: CognitoGate, request: Request, credential: Credential): Answer => {
  const header = tokenHeaderOf(gate.authorizer);
  if (header === null) {
    return unauthorized(
      'identity-source-malformed',
      `The token source of authorizer ${gate.authorizer.name} names no header that a request can have.`,
      'COG-11',
    );
  }
  return judgeContent(headerContent(request, credential, header), header, gate, request, credential);
};

/** Authorization by scope, once the token is good. */
export const authorizeByScope = (gate: CognitoGate, credential: Credential): Answer =>
  judgeScopes(gate.scopes, credential.kind === 'token' ? credential.claims.scopes : []);

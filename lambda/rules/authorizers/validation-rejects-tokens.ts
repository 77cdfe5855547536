import { matchExpression, type ExpressionMatch } from '../../gateway/expression/match';
import { matchesNoHeader } from '../../gateway/expression/satisfiable';
import { conceivableTokens, obtainableTokens, opens, type ObtainableToken } from '../../gateway/tokens';
import { tokenSupply, unreadPools, workingPools } from '../../gateway/trusted-pools';
import type { SharedAccount } from '../../model/account';
import type { Deployment } from '../../model/deployment';
import { isKnown, unreadable, type Unreadable } from '../../model/known';
import type { Method } from '../../model/method';
import { redeployTo, updateAuthorizer } from '../authorizer-fixes';
import { cognitoGuards, guardsOf, splitByToken, type CognitoGuard, type Guard } from '../cognito-guards';
import { onlyOf } from '../only';
import { agree, listMethods, listNames, quote } from '../phrases';
import { deploymentRule } from '../rule';
import { JWT_HEADERS, OTHER_SCHEMES } from '../sample-tokens';
import { affectedOf, apiSubject, authorizerSubject } from '../subjects';
import { cannotTell, flag, UNAUTHORIZED, type Reach, type Verdict } from '../verdict';

type Place = Omit<SharedAccount, 'slices'>;

const unclear = (expression: string, authorizer: string): Unreadable =>
  unreadable({
    because: 'unsupported',
    operation: 'GetAuthorizers',
    subject: `identity validation expression of authorizer ${authorizer}`,
    detail: `whether the expression ${expression} matches the tokens of callers could not be worked out`,
  });

const setExpression = (deployment: Deployment, guard: Guard, place: Place, value: string): string =>
  updateAuthorizer(deployment, guard.authorizer, place.region, {
    op: 'replace',
    path: '/identityValidationExpression',
    value,
  });

const evidenceOf = (expression: string) => [
  { operation: 'GetAuthorizers', field: 'identityValidationExpression', value: expression },
];

const carriesAudience = ({ kind, audience }: ObtainableToken): boolean =>
  kind === 'access' && audience === 'cannot-tell';

/** Could a client that was not read obtain an access token with an audience? */
const mayHideAudience = ({ trusted }: CognitoGuard): boolean =>
  unreadPools(trusted).length > 0 ||
  workingPools(trusted).some(
    (pool) => obtainableTokens(pool).unknown.length > 0 && conceivableTokens(pool, []).some(carriesAudience),
  );

function* judgeScoped(
  deployment: Deployment,
  guard: CognitoGuard,
  methods: readonly { readonly method: Method; readonly scopes: readonly string[] }[],
  expression: string,
  place: Place,
): Iterable<Verdict> {
  const { authorizer } = guard;
  const subject = authorizerSubject(place, deployment.api, authorizer);
  if (methods.length === 0) return;
  const { tokens, unknown } = tokenSupply(guard.trusted);
  const access = tokens.filter(({ kind }) => kind === 'access');
  // Unread, they may hold the URL that would bring an audience, and the only scopes that machines could have.
  for (const { resourceServers } of workingPools(guard.trusted)) {
    if (!isKnown(resourceServers)) yield cannotTell(subject, resourceServers);
  }
  // Without any access token, rules about pools and clients speak.
  if (access.length === 0 && unknown.length === 0) return;
  const mayCarry = access.some(carriesAudience);
  const [gap] = unknown;
  if (gap !== undefined && !mayCarry && mayHideAudience(guard)) {
    yield cannotTell(subject, gap);
    return;
  }
  const named = methods.map(({ method }) => method);
  yield flag({
    subject,
    key: 'access',
    ...(mayCarry ? { reach: 'possible' } : {}),
    affected: affectedOf(deployment, named),
    message: mayCarry
      ? `Authorizer ${quote(authorizer.name)} matches ${quote(expression)} against the aud claim, which access tokens lack unless a trigger or resource binding adds it: ${listMethods(named)} ${agree(named.length, 'takes', 'take')} access tokens.`
      : `Authorizer ${quote(authorizer.name)} matches ${quote(expression)} against the aud claim, which access tokens lack, and ${listMethods(named)} ${agree(named.length, 'takes', 'take')} access tokens only.`,
    evidence: evidenceOf(expression),
    fix: [
      {
        step: 'Remove the expression: the scopes of the methods say who gets in.',
        commands: [setExpression(deployment, guard, place, '')],
      },
      redeployTo(deployment, place.region),
    ],
  });
}

function* judgeScopeless(
  deployment: Deployment,
  guard: CognitoGuard,
  methods: readonly Method[],
  expression: string,
  place: Place,
): Iterable<Verdict> {
  const { authorizer } = guard;
  const subject = authorizerSubject(place, deployment.api, authorizer);
  if (methods.length === 0) return;
  const { tokens, unknown } = tokenSupply(guard.trusted);
  const byClient = new Map<string, ObtainableToken>();
  for (const token of tokens) if (opens(token, [])) byClient.set(token.clientId, token);
  const answers = new Map<ExpressionMatch, ObtainableToken[]>();
  for (const token of byClient.values()) {
    const answer = matchExpression(expression, token.clientId);
    answers.set(answer, [...(answers.get(answer) ?? []), token]);
  }
  const unsure = answers.get('cannot-tell') ?? [];
  const refused = answers.get('differs') ?? [];
  if (unsure.length > 0) yield cannotTell(subject, unclear(expression, authorizer.name));
  // Among clients that could not be read, others may be refused.
  for (const gap of unknown) yield cannotTell(subject, gap);
  // Without any ID token, cognito/id-token-unobtainable speaks.
  if (refused.length === 0) return;
  const everyone = refused.length === byClient.size && unknown.length === 0;
  const reach: Reach = everyone ? 'every-call' : 'some-calls';
  const ids = refused.map(({ clientId }) => clientId);
  yield flag({
    subject,
    key: 'id',
    reach,
    affected: affectedOf(deployment, methods),
    message: `Authorizer ${quote(authorizer.name)} admits ID tokens whose aud matches ${quote(expression)}; the ${ids.length === 1 ? 'id' : 'ids'} of app ${ids.length === 1 ? 'client' : 'clients'} ${listNames(refused.map(({ clientName, clientId }) => `${quote(clientName)} (${clientId})`))} ${ids.length === 1 ? 'does' : 'do'} not match.`,
    evidence: [
      ...evidenceOf(expression),
      { operation: 'ListUserPoolClients', field: 'ClientId', value: ids.join(', ') },
    ],
    fix: [
      {
        step: 'Set an expression that the ids of all app clients match that are meant to call the API.',
        commands: [setExpression(deployment, guard, place, `^${onlyOf(byClient.keys()) ?? '<CLIENT_ID>'}$`)],
      },
      redeployTo(deployment, place.region),
    ],
  });
}

function* judgeToken(
  deployment: Deployment,
  guard: Guard,
  expression: string,
  place: Place,
): Iterable<Verdict> {
  const { authorizer, methods } = guard;
  const subject = authorizerSubject(place, deployment.api, authorizer);
  const none = matchesNoHeader(expression);
  if (!none) {
    const answers = [...JWT_HEADERS, ...OTHER_SCHEMES].map((value) => matchExpression(expression, value));
    if (answers.includes('matches')) return;
    if (answers.includes('cannot-tell')) {
      yield cannotTell(subject, unclear(expression, authorizer.name));
      return;
    }
  }
  yield flag({
    subject,
    key: 'token',
    reach: none ? 'every-call' : 'some-calls',
    affected: affectedOf(deployment, methods),
    message: none
      ? `Authorizer ${quote(authorizer.name)} takes tokens that match ${quote(expression)}, and no header value can match it.`
      : `Authorizer ${quote(authorizer.name)} takes tokens that match ${quote(expression)}, which neither a bare JWT nor "Bearer" and a JWT does: API Gateway refuses them without asking the function.`,
    evidence: evidenceOf(expression),
    fix: [
      {
        step: 'Remove the expression, so that the function judges every token; or set one that the tokens of your callers match.',
        commands: [setExpression(deployment, guard, place, '')],
      },
      redeployTo(deployment, place.region),
    ],
  });
}

export default deploymentRule({
  id: 'authorizers/validation-rejects-tokens',
  gate: 'authentication',
  symptom: UNAUTHORIZED,
  reach: 'every-call',
  title: 'The identity validation expression of an authorizer refuses the tokens callers hold',
  why: 'API Gateway refuses with 401 what an identity validation expression does not match. A Cognito authorizer matches it against the aud claim: ID tokens carry the id of their app client there, access tokens carry nothing. A TOKEN authorizer matches it against the header and does not call the function otherwise.',
  fix: [
    'Remove the expression from the authorizer, or set one that the tokens of callers match.',
    'Deploy the API to the stage.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html',
  ],
  facts: ['COG-13', 'COG-14', 'COG-15', 'LAM-2', 'MSG-20'],
  needs: ['userPools'],

  *check(deployment, account) {
    const { userPools } = account.slices;
    const cognito = cognitoGuards(deployment, userPools, account);
    for (const guard of cognito.guards) {
      const expression = guard.authorizer.validationExpression ?? '';
      if (expression === '') continue;
      const { scoped, scopeless, gaps } = splitByToken(guard.methods);
      for (const gap of gaps) {
        yield cannotTell(authorizerSubject(account, deployment.api, guard.authorizer), gap);
      }
      yield* judgeScoped(deployment, guard, scoped, expression, account);
      yield* judgeScopeless(deployment, guard, scopeless, expression, account);
    }
    const lambda = guardsOf(deployment, 'CUSTOM');
    for (const guard of lambda.guards) {
      const expression = guard.authorizer.validationExpression ?? '';
      // Without effect on REQUEST authorizers (LAM-2).
      if (expression !== '' && guard.authorizer.kind === 'TOKEN') {
        yield* judgeToken(deployment, guard, expression, account);
      }
    }
    for (const gap of new Set([...cognito.gaps, ...lambda.gaps])) {
      yield cannotTell(apiSubject(account, deployment.api), gap);
    }
  },
});

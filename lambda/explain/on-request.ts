import type { Arrival } from '../gateway/decide';
import { tokenHeaderOf } from '../gateway/gates/cognito';
import { issuerOf } from '../gateway/issuer';
import type { Credential, Request } from '../gateway/request';
import { isKnown, type Unreadable } from '../model/known';
import { authorizerOf, providersOf } from '../model/queries';
import type { Authorizer } from '../model/rest-api';
import type { AuthorizerAnswer, AuthorizerTrial, OnRequest } from '../source';
import { scrub } from './scrub';

/** What a person wants asked of AWS besides. */
export interface Wishes {
  readonly testInvoke: boolean;
  /** A user's name; `null`: nobody is asked about. */
  readonly user: string | null;
}

/** Where a call arrives, and with what. */
export interface Meeting {
  readonly request: Request;
  readonly credential: Credential;
  readonly arrival: Arrival;
}

const MOST_POLICY = 600;

const guardOf = ({ deployment, method }: Arrival): Authorizer | null => {
  if (deployment === null || method === null) return null;
  const found = authorizerOf(deployment, method);
  return isKnown(found) && typeof found.value !== 'string' ? found.value : null;
};

const allowWith = ({ permission }: Unreadable, option: string): string =>
  permission === undefined ? '' : ` Allow ${permission}: "permissions ${option}" prints the policy.`;

/** The draft's authorizer of the same name: exports of a stage tell names, and the test knows drafts only. */
const draftIdOf = ({ deployment }: Arrival, { id, name }: Authorizer): string | null => {
  if (deployment === null) return null;
  const { authorizers } = deployment.api.draft;
  const drafted = isKnown(authorizers) ? authorizers.value : [];
  return (drafted.find((one) => (id === null ? one.name === name : one.id === id)) ?? null)?.id ?? null;
};

const trialOf = (meeting: Meeting, authorizer: Authorizer): AuthorizerTrial | string => {
  const { request, credential, arrival } = meeting;
  const { deployment, entry } = arrival;
  const authorizerId = draftIdOf(arrival, authorizer);
  if (deployment === null || entry.target === null || authorizerId === null) {
    return `the draft of the API has no authorizer ${authorizer.name} any more`;
  }
  const value = credential.kind === 'token' || credential.kind === 'opaque' ? credential.value : null;
  if (value === null) return 'there is no token to send with it';
  if (
    authorizer.kind === 'COGNITO_USER_POOLS' &&
    credential.kind === 'token' &&
    credential.claims.kind === 'access'
  ) {
    return 'it takes ID tokens only, and this is an access token (TST-1)';
  }
  const sentIn = credential.kind === 'token' || credential.kind === 'opaque' ? credential.header : null;
  const query = new URLSearchParams(request.query).toString();
  return {
    restApiId: deployment.api.id,
    authorizerId,
    headers: {
      ...request.headers,
      [sentIn ?? tokenHeaderOf(authorizer) ?? 'authorization']: value.reveal(),
    },
    pathWithQuery: `${entry.target.path}${query === '' ? '' : `?${query}`}`,
    stageVariables: deployment.variables,
  };
};

const saidOf = ({ kind, name }: Authorizer, { status, policy }: AuthorizerAnswer): string => {
  const limits =
    'It tried the draft of the authorizer, and knows no method, no scopes and no deployment (TST-2, TST-4).';
  if (status !== 200)
    return `TestInvokeAuthorizer of authorizer ${name} answered ${String(status)}. ${limits}`;
  if (kind === 'COGNITO_USER_POOLS') {
    return `TestInvokeAuthorizer of authorizer ${name} answered 200: pool, signature, expiry and audience of the token are good. ${limits}`;
  }
  const shown = policy === null ? 'no policy' : `the policy ${policy.slice(0, MOST_POLICY)}`;
  return `TestInvokeAuthorizer of authorizer ${name} invoked its function, which answered with ${shown}. ${limits}`;
};

const NOT_ASKED = 'TestInvokeAuthorizer was not asked: ';

const tryAuthorizer = async (meeting: Meeting, ask: OnRequest): Promise<string> => {
  const authorizer = guardOf(meeting.arrival);
  if (authorizer === null) return `${NOT_ASKED}the call meets no method with an authorizer.`;
  const trial = trialOf(meeting, authorizer);
  if (typeof trial === 'string') return `${NOT_ASKED}${trial}.`;
  const answer = await ask.tryAuthorizer(trial);
  return isKnown(answer)
    ? saidOf(authorizer, answer.value)
    : `TestInvokeAuthorizer gave no answer: ${answer.detail}.${allowWith(answer, '--test-invoke')}`;
};

/** The pool of the token where the authorizer lists it, or the only one that it lists. */
const poolOf = ({ arrival, credential }: Meeting): string | null => {
  const authorizer = guardOf(arrival);
  if (authorizer?.kind !== 'COGNITO_USER_POOLS' || arrival.deployment === null) return null;
  const arns = providersOf(authorizer, arrival.deployment.variables).flatMap(({ arn }) => arn ?? []);
  const issuer = credential.kind === 'token' ? credential.claims.issuer : null;
  const issued = arns.find((arn) => issuerOf(arn, 'ORIGINAL') === issuer);
  return issued ?? (arns.length === 1 ? (arns[0] ?? null) : null);
};

/** CLI-20. */
const CANNOT_SIGN_IN: ReadonlySet<string> = new Set([
  'UNCONFIRMED',
  'RESET_REQUIRED',
  'FORCE_CHANGE_PASSWORD',
  'ARCHIVED',
  'COMPROMISED',
]);

const askUser = async (meeting: Meeting, username: string, ask: OnRequest): Promise<string> => {
  const pool = poolOf(meeting);
  if (pool === null) {
    return 'The user was not asked about: the call meets no authorizer whose one user pool is known.';
  }
  const found = await ask.userStatus(pool, username);
  if (!isKnown(found)) return `AdminGetUser gave no answer: ${found.detail}.${allowWith(found, '--user')}`;
  const who = `User ${username} of ${pool}`;
  if (found.value === null) return `${who} does not exist: nobody gets a token by that name.`;
  const { status, enabled } = found.value;
  if (!enabled)
    return `${who} is disabled: no token can be had at all. One that was issued before works until it expires.`;
  return CANNOT_SIGN_IN.has(status)
    ? `${who} is in status ${status}: until that is settled, no token can be had at all.`
    : `${who} is enabled and in status ${status}: nothing there stops a sign-in.`;
};

/** Asks AWS what a person wants asked besides; answers notes. No token appears in them. */
export const askBesides = async (
  meeting: Meeting,
  ask: OnRequest,
  { testInvoke, user }: Wishes,
): Promise<readonly string[]> => {
  const notes = [
    ...(testInvoke ? [await tryAuthorizer(meeting, ask)] : []),
    ...(user === null ? [] : [await askUser(meeting, user, ask)]),
  ];
  return scrub(notes, meeting.credential, []);
};

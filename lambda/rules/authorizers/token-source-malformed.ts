import { parseIdentitySource } from '../../gateway/identity-source';
import { resolveVariables } from '../../model/stage-variables';
import { redeployTo, updateAuthorizer } from '../authorizer-fixes';
import { guardsOf } from '../cognito-guards';
import { looksMisnamed, meantName } from '../identity-source-names';
import { quote } from '../phrases';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, authorizerSubject } from '../subjects';
import { cannotTell, flag, UNAUTHORIZED, type Reach } from '../verdict';

interface Fault {
  readonly reach: Reach;
  readonly because: string;
  /** What was meant, where that can be said. */
  readonly meant: string | null;
}

const HEADER = 'method.request.header.';
const QUERY = 'method.request.querystring.';
/** Documented for mappings; whether they work here is not said, so they are left alone. */
const UNCLEAR = /^(?:method\.request\.multivalue(?:header|querystring)|\$stageVariables)\../i;

const faultOf = (source: string, kind: string): Fault | null => {
  const parsed = parseIdentitySource(source);
  if (parsed.from === 'header' || parsed.from === 'querystring') {
    if (parsed.from === 'querystring' && kind !== 'REQUEST') {
      return { reach: 'every-call', because: 'this kind of authorizer reads a header only', meant: null };
    }
    if (!looksMisnamed(parsed.name)) return null;
    const what = parsed.from === 'header' ? 'a header' : 'a query parameter';
    const meant = meantName(parsed.name);
    return {
      reach: 'some-calls',
      because: `it asks for ${what} that is itself called ${quote(parsed.name)}`,
      meant:
        meant === parsed.name || meant === '' ? null : `${parsed.from === 'header' ? HEADER : QUERY}${meant}`,
    };
  }
  if (parsed.from === 'stage-variable' || parsed.from === 'context') {
    return kind === 'REQUEST'
      ? null
      : { reach: 'every-call', because: 'this kind of authorizer reads a header only', meant: null };
  }
  if (UNCLEAR.test(source)) return null;
  if (source.startsWith('method.request.path.')) {
    return { reach: 'every-call', because: 'path parameters are not allowed there', meant: null };
  }
  if (source.startsWith(HEADER)) {
    const named = source.length > HEADER.length;
    return {
      reach: 'every-call',
      because: named ? 'no header can have that name' : 'it names no header',
      meant: null,
    };
  }
  const bare = /^[A-Za-z][A-Za-z0-9-]*$/.test(source) ? `${HEADER}${source}` : null;
  return { reach: 'every-call', because: 'API Gateway knows no such location', meant: bare };
};

export default deploymentRule({
  id: 'authorizers/token-source-malformed',
  gate: 'authentication',
  symptom: UNAUTHORIZED,
  reach: 'every-call',
  title: 'The identity source of an authorizer matches no request that clients send',
  why: 'An authorizer looks for the token at its identity source: method.request.header.NAME, and for REQUEST authorizers also a query parameter, a stage variable or a context value. With a location that does not exist, or a name that repeats this syntax, the token is never found and every call is refused with 401.',
  fix: [
    'Set the identity source to method.request.header.Authorization, or to the header that clients send.',
    'Deploy the API to the stage.',
  ],
  sources: ['https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html'],
  facts: ['COG-11', 'LAM-1', 'LAM-3', 'LAM-4'],
  needs: [],

  *check(deployment, account) {
    const { api } = deployment;
    for (const type of ['COGNITO_USER_POOLS', 'CUSTOM'] as const) {
      const { guards, gaps } = guardsOf(deployment, type);
      for (const gap of gaps) yield cannotTell(apiSubject(account, api), gap);
      for (const { authorizer, methods } of guards) {
        const sources = authorizer.identitySources;
        const judged = sources.map((stored) => {
          // An undefined variable is authorizers/stage-variable-undefined.
          const source = resolveVariables(stored, deployment.variables)?.trim();
          return { stored, fault: source === undefined ? null : faultOf(source, authorizer.kind) };
        });
        // All of them, because the list is replaced whole: what mends one must not bring back another.
        const mended = judged.map(({ stored, fault }) =>
          fault === null ? stored : (fault.meant ?? `${HEADER}Authorization`),
        );
        for (const { stored, fault } of judged) {
          if (fault === null) continue;
          yield flag({
            subject: authorizerSubject(account, api, authorizer),
            key: stored,
            reach: fault.reach,
            affected: affectedOf(deployment, methods),
            message: `Authorizer ${quote(authorizer.name)} looks for the token at ${quote(stored)}: ${fault.because}.`,
            evidence: [{ operation: 'GetAuthorizers', field: 'identitySource', value: sources.join(',') }],
            fix: [
              {
                step: 'Set the identity source to what clients send.',
                commands: [
                  updateAuthorizer(deployment, authorizer, account.region, {
                    op: 'replace',
                    path: '/identitySource',
                    value: [...new Set(mended)].join(','),
                  }),
                ],
              },
              redeployTo(deployment, account.region),
            ],
          });
        }
      }
    }
  },
});

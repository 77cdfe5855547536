import { opens } from '../../gateway/tokens';
import { tokenSupply, unreadPools, workingPools } from '../../gateway/trusted-pools';
import { isKnown, type Unreadable } from '../../model/known';
import type { Method } from '../../model/method';
import { definedScopes, RESERVED_SCOPES } from '../../model/queries';
import { changeScopes, redeployTo } from '../authorizer-fixes';
import { defineScope } from '../client-fixes';
import { cognitoGuards, splitByToken, type CognitoGuard, scopesRead } from '../cognito-guards';
import { onlyOf } from '../only';
import { listMethods, listNames, nearest, quote } from '../phrases';
import { mayAddScopes, triggerDecides } from '../pre-token-trigger';
import { deploymentRule } from '../rule';
import { affectedOf, apiSubject, authorizerSubject } from '../subjects';
import { cannotTell, flag, UNAUTHORIZED, type FixStep } from '../verdict';

/** What the pools define, or why that is not known in full. */
const scopesOf = (
  guard: CognitoGuard,
): { readonly defined: readonly string[]; readonly gaps: readonly Unreadable[] } => {
  const gaps: Unreadable[] = [...unreadPools(guard.trusted)];
  const defined: string[] = [];
  for (const pool of workingPools(guard.trusted)) {
    const scopes = definedScopes(pool);
    if (isKnown(scopes)) defined.push(...scopes.value);
    else gaps.push(scopes);
  }
  return { defined, gaps };
};

/** The defined scope that was probably meant: the full form of a bare name, or one a slip away. */
const meantScope = (
  scope: string,
  defined: readonly string[],
): { readonly scope: string; readonly how: string } | null => {
  const full = defined.filter((one) => one.endsWith(`/${scope}`));
  const only = onlyOf(full);
  if (only !== undefined) return { scope: only, how: 'its full name is' };
  const close = nearest(scope, [...defined, ...RESERVED_SCOPES]);
  return close === null ? null : { scope: close, how: 'the nearest defined scope is' };
};

export default deploymentRule({
  id: 'cognito/scope-undefined',
  gate: 'authorization',
  symptom: UNAUTHORIZED,
  reach: 'every-call',
  title: 'Methods require a scope that no trusted user pool defines',
  why: 'A method with scopes admits access tokens that carry one of them, compared by full name: resource server identifier, slash, scope name. Cognito issues only reserved scopes and those that a resource server of the pool defines, so a scope that none defines is in no token.',
  fix: [
    'Put the scope that was meant on the methods and deploy the API to the stage,',
    'or define the scope on a resource server of the pool and allow it on the app clients that call the methods.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html',
    'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html',
  ],
  facts: ['COG-2', 'COG-3', 'COG-7', 'CLI-11', 'CLI-12', 'CLI-19'],
  needs: ['userPools'],

  *check(deployment, account) {
    const { api } = deployment;
    const { region } = account;
    const { guards, gaps } = cognitoGuards(deployment, account.slices.userPools, account);
    for (const gap of gaps) yield cannotTell(apiSubject(account, api), gap);
    for (const guard of guards) {
      const subject = authorizerSubject(account, api, guard.authorizer);
      const split = splitByToken(guard.methods);
      for (const gap of split.gaps) yield cannotTell(subject, gap);
      const pools = workingPools(guard.trusted);
      const [pool] = pools;
      const { defined, gaps: unread } = scopesOf(guard);
      const { tokens, unknown } = tokenSupply(guard.trusted);
      const exists = (scope: string): boolean => RESERVED_SCOPES.includes(scope) || defined.includes(scope);
      const undefinedScopes = new Map<string, { method: Method; otherwise: boolean }[]>();
      const untold = new Set<Unreadable>();
      for (const { method, scopes } of split.scoped) {
        if (scopes.every(exists)) continue;
        const opened = tokens.some((token) => opens(token, scopes));
        // With clients unread, another scope that exists may be obtainable: that every call fails is not proven.
        const perhaps = !opened && scopes.some(exists) ? unknown : [];
        for (const gap of perhaps) untold.add(gap);
        const otherwise = opened || perhaps.length > 0;
        for (const scope of scopes) {
          if (exists(scope)) continue;
          undefinedScopes.set(scope, [...(undefinedScopes.get(scope) ?? []), { method, otherwise }]);
        }
      }
      for (const gap of untold) yield cannotTell(subject, gap);
      for (const [scope, needs] of undefinedScopes) {
        const [gap] = unread;
        if (gap !== undefined) {
          yield cannotTell(subject, gap);
          continue;
        }
        // Without any pool that works, cognito/user-pool-missing and its kin speak.
        if (pool === undefined) continue;
        const deciding = pools.find(mayAddScopes);
        if (deciding !== undefined) {
          yield cannotTell(subject, triggerDecides(deciding));
          continue;
        }
        const stopped = needs.filter(({ otherwise }) => !otherwise);
        const methods = (stopped.length > 0 ? stopped : needs).map(({ method }) => method);
        const all = needs.map(({ method }) => method);
        const meant = meantScope(scope, defined);
        const where = pools.map((one) => one.id);
        const define = defineScope(pool, scope);
        const inPlace = changeScopes(deployment, all, region, {
          remove: scope,
          add: meant?.scope ?? '<RESOURCE_SERVER>/<SCOPE>',
        });
        const steps: FixStep[] = [];
        // Without a method to change the draft is mended already.
        if (inPlace.length > 0 && meant === null && define !== null) {
          steps.push(define, {
            step: 'Then add the scope to AllowedOAuthScopes of the app clients that call the methods.',
            commands: [],
          });
        } else {
          if (inPlace.length > 0) {
            steps.push({
              step:
                meant === null
                  ? 'Put a defined scope, by its full name, on the methods in place of the undefined one.'
                  : 'Put the scope that was meant on the methods in place of the undefined one.',
              commands: inPlace,
            });
          }
          steps.push(redeployTo(deployment, region));
        }
        yield flag({
          subject,
          key: scope,
          ...(stopped.length > 0 ? {} : { reach: 'some-calls' }),
          affected: affectedOf(deployment, methods),
          message: `${listMethods(methods)} ${methods.length === 1 ? 'requires' : 'require'} the scope ${quote(scope)}, which user ${where.length === 1 ? 'pool' : 'pools'} ${listNames(where)} ${where.length === 1 ? 'does' : 'do'} not define${meant === null ? '' : `; ${meant.how} ${quote(meant.scope)}`}.`,
          evidence: [
            { operation: scopesRead(deployment), field: 'authorizationScopes', value: scope },
            {
              operation: 'ListResourceServers',
              field: 'Scopes',
              value: defined.length === 0 ? 'none' : listNames(defined, 10),
            },
          ],
          fix: steps,
        });
      }
    }
  },
});

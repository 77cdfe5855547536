import { isKnown } from '../../model/known';
import type { ApiSummary } from '../../model/rest-api';
import { domainSubject, repoint, routeLabel, routeRead, routesOf } from '../domain-routes';
import { onlyOf } from '../only';
import { listNames, nearest, quote } from '../phrases';
import { accountRule } from '../rule';
import { cannotTell, flag, FORBIDDEN } from '../verdict';

export default accountRule({
  id: 'edge/mapping-to-missing-stage',
  gate: 'stage',
  symptom: FORBIDDEN,
  reach: 'every-call',
  callers: 'calls through the mapping',
  title: 'A custom domain leads to an API or stage that does not exist',
  why: 'A mapping or routing rule names an API and a stage. When the stage was deleted or renamed, or the API made anew under another id, calls through it find nothing behind the domain and are refused with a bare Forbidden. Names of stages are case sensitive.',
  fix: [
    'Point the mapping or rule to the API and stage that serve now; it takes effect without a deployment.',
    'Delete it, if nobody calls that base path any more.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-rules.html',
  ],
  facts: ['DOM-1', 'DOM-2', 'DOM-6', 'DOM-8', 'MSG-7'],
  needs: ['domains'],

  *check(account, apis) {
    const byId = new Map<string, ApiSummary>(apis.map((api) => [api.id, api]));
    for (const domain of account.slices.domains) {
      const subject = domainSubject(account, domain);
      const { routes, gaps } = routesOf(domain);
      for (const gap of gaps) yield cannotTell(subject, gap);
      for (const route of routes) {
        if (route.otherKind === true) continue;
        if (route.kindUnread !== null) {
          yield cannotTell(subject, route.kindUnread);
          continue;
        }
        const operation = routeRead(route);
        const key = `${route.by} ${route.name}`;
        const api = byId.get(route.restApiId);
        if (api === undefined) {
          // No REST API of ours: certain only where the HTTP APIs were asked too. Rules lead to REST APIs alone (DOM-8).
          const certain = route.by === 'rule' || route.otherKind === false;
          yield flag({
            subject,
            key,
            ...(certain ? {} : { reach: 'possible' }),
            affected: [],
            message: `The ${routeLabel(route)} of ${domain.name} names API ${route.restApiId}, ${
              certain
                ? 'which does not exist in this account and region.'
                : 'which is no REST API of this account and region: it is likely deleted, unless it is an HTTP API.'
            }`,
            evidence: [{ operation, field: 'restApiId', value: route.restApiId }],
            fix: [repoint(route, '/restapiId', '<REST_API_ID>', account.region)],
          });
          continue;
        }
        // The caller names the stage in the path.
        if (route.stage === null) continue;
        if (!isKnown(api.stageNames)) {
          yield cannotTell(subject, api.stageNames);
          continue;
        }
        const stages = api.stageNames.value;
        if (stages.includes(route.stage)) continue;
        const near = nearest(route.stage, stages);
        const meant = near ?? onlyOf(stages);
        yield flag({
          subject,
          key,
          affected: [],
          message: `The ${routeLabel(route)} of ${domain.name} names stage ${quote(route.stage)} of API ${api.name}, which has ${
            stages.length === 0 ? 'no stage' : `only ${listNames(stages.map(quote))}`
          }${near === null ? '' : `; ${quote(near)} was likely meant`}.`,
          evidence: [
            { operation, field: 'stage', value: route.stage },
            { operation: 'GetStages', field: 'item.stageName', value: stages.join(', ') },
          ],
          fix: [repoint(route, '/stage', meant ?? '<STAGE_NAME>', account.region)],
        });
      }
    }
  },
});

import { isKnown } from '../../model/known';
import type { ApiSummary } from '../../model/rest-api';
import { aws, patches } from '../commands';
import { domainArguments, domainSubject, routeLabel, routesOf, type DomainRoute } from '../domain-routes';
import { onlyOf } from '../only';
import { listNames, nearest, quote } from '../phrases';
import { accountRule } from '../rule';
import { cannotTell, flag, FORBIDDEN, type FixStep } from '../verdict';

const fixOf = (route: DomainRoute, path: '/restapiId' | '/stage', value: string, region: string): FixStep => {
  if (route.by === 'rule') {
    return {
      step: `Point the routing rule to ${value}. PutRoutingRule replaces the rule: repeat its conditions, its priority and the rest of its action.`,
      commands: [
        aws('apigatewayv2', 'get-routing-rule', region, {
          ...domainArguments(route.domain),
          routingRuleId: route.name,
        }),
      ],
    };
  }
  if (route.basePath.includes('/')) {
    return {
      step: `Find the id of the mapping ${route.name}, and set its ${path === '/stage' ? 'stage' : 'API'} to ${value} with update-api-mapping: a base path of several levels is out of reach of the older commands.`,
      commands: [aws('apigatewayv2', 'get-api-mappings', region, { domainName: route.domain.name })],
    };
  }
  return {
    step: `Point the mapping to ${path === '/stage' ? 'a stage' : 'an API'} that exists, or delete it.`,
    commands: [
      aws('apigateway', 'update-base-path-mapping', region, {
        ...domainArguments(route.domain),
        basePath: route.name,
        patchOperations: patches({ op: 'replace', path, value }),
      }),
    ],
  };
};

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
        const operation = route.by === 'rule' ? 'ListRoutingRules' : 'GetBasePathMappings';
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
            fix: [fixOf(route, '/restapiId', '<REST_API_ID>', account.region)],
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
          fix: [fixOf(route, '/stage', meant ?? '<STAGE_NAME>', account.region)],
        });
      }
    }
  },
});

import { usesMappings, usesRules } from '../../gateway/domain-routing';
import { isKnown } from '../../model/known';
import { aws } from '../commands';
import { domainArguments, domainSubject, isPrivateDomain, onlyStageOf, routesOf } from '../domain-routes';
import { onlyOf } from '../only';
import { accountRule } from '../rule';
import { cannotTell, flag, FORBIDDEN } from '../verdict';

export default accountRule({
  id: 'edge/domain-without-route',
  gate: 'endpoint',
  symptom: FORBIDDEN,
  reach: 'every-call',
  callers: 'calls to the domain',
  title: 'A custom domain leads to no API',
  why: 'A custom domain serves what its base path mappings or routing rules name. A domain with none of those in force refuses every call with a bare Forbidden, before any API is chosen. In the mode ROUTING_RULE_ONLY, mappings are still listed but serve nothing.',
  fix: [
    'Add a base path mapping, or a routing rule where the mode of the domain asks for rules.',
    'Delete the domain, if nobody uses it any more.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-routing-mode.html',
  ],
  facts: ['MSG-4', 'DOM-3', 'DOM-7', 'DOM-9'],
  needs: ['domains'],

  *check(account, apis) {
    for (const domain of account.slices.domains) {
      const subject = domainSubject(account, domain);
      const { routes, gaps } = routesOf(domain);
      if (routes.length > 0) continue;
      if (gaps.length > 0) {
        for (const gap of gaps) yield cannotTell(subject, gap);
        continue;
      }
      const idle = isKnown(domain.mappings) ? domain.mappings.value.length : 0;
      const without = usesMappings(domain)
        ? usesRules(domain)
          ? 'no base path mapping and no routing rule'
          : 'no base path mapping'
        : idle > 0
          ? 'no routing rule, and its base path mappings serve nothing in the mode ROUTING_RULE_ONLY'
          : 'no routing rule';
      const fitting = apis.filter(
        ({ endpointTypes }) => endpointTypes.includes('PRIVATE') === isPrivateDomain(domain),
      );
      const api = onlyOf(fitting);
      const stage = onlyStageOf(api);
      yield flag({
        subject,
        affected: [],
        message: `The domain ${domain.name} has ${without}: every call to it is refused.`,
        evidence: [
          { operation: 'GetDomainNames', field: 'routingMode', value: domain.routingMode },
          ...(usesMappings(domain)
            ? [{ operation: 'GetBasePathMappings', field: 'items', value: '[]' }]
            : []),
          ...(usesRules(domain)
            ? [{ operation: 'ListRoutingRules', field: 'RoutingRules', value: '[]' }]
            : []),
        ],
        fix: [
          usesMappings(domain)
            ? {
                step: 'Map an API to the domain.',
                commands: [
                  aws('apigateway', 'create-base-path-mapping', account.region, {
                    ...domainArguments(domain),
                    restApiId: api?.id ?? '<REST_API_ID>',
                    stage: stage ?? '<STAGE_NAME>',
                  }),
                ],
              }
            : idle > 0
              ? {
                  step: 'Let the base path mappings serve what no routing rule takes.',
                  commands: [
                    aws('apigateway', 'update-domain-name', account.region, {
                      ...domainArguments(domain),
                      patchOperations: {
                        json: [
                          {
                            op: 'replace',
                            path: '/routingMode',
                            value: 'ROUTING_RULE_THEN_BASE_PATH_MAPPING',
                          },
                        ],
                      },
                    }),
                  ],
                }
              : {
                  step: 'Add a routing rule without conditions, which takes every call that no other rule takes.',
                  commands: [
                    aws('apigatewayv2', 'create-routing-rule', account.region, {
                      ...domainArguments(domain),
                      priority: '100',
                      conditions: { json: [] },
                      actions: {
                        json: [
                          {
                            InvokeApi: { ApiId: api?.id ?? '<REST_API_ID>', Stage: stage ?? '<STAGE_NAME>' },
                          },
                        ],
                      },
                    }),
                  ],
                },
        ],
      });
    }
  },
});

import { aws } from '../commands';
import { usesMappings } from '../../gateway/domain-routing';
import { domainArguments, domainSubject, onlyStageOf, routeRead, routesOf } from '../domain-routes';
import { onlyOf } from '../only';
import { listNames, quote } from '../phrases';
import { accountRule } from '../rule';
import { cannotTell, flag, FORBIDDEN } from '../verdict';

export default accountRule({
  id: 'edge/domain-root-unmapped',
  gate: 'endpoint',
  symptom: FORBIDDEN,
  reach: 'possible',
  callers: 'calls outside the base paths of the domain',
  title: 'Nothing serves the root of a custom domain',
  why: 'A custom domain serves the base paths of its mappings and routing rules. A call to any other path, the root included, is refused with a bare Forbidden before any API is chosen. A client that leaves the base path out meets that.',
  fix: [
    'Have clients put the base path in front of the path.',
    'Or map an API to the root of the domain, if calls without a base path are meant to work.',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-rules-examples.html',
  ],
  facts: ['DOM-1', 'DOM-3', 'DOM-9', 'MSG-4'],
  needs: ['domains'],

  *check(account, apis) {
    for (const domain of account.slices.domains) {
      const subject = domainSubject(account, domain);
      const { routes, gaps } = routesOf(domain);
      if (routes.some(({ basePath }) => basePath === '')) continue;
      if (gaps.length > 0) {
        for (const gap of gaps) yield cannotTell(subject, gap);
        continue;
      }
      // Without any route every path is refused: edge/domain-without-route says that.
      const [first] = routes;
      if (first === undefined) continue;
      const basePaths = [...new Set(routes.map(({ basePath }) => basePath))];
      const restApiId = onlyOf(new Set(routes.map((route) => route.restApiId)));
      const named = onlyOf(new Set(routes.map(({ stage }) => stage)));
      const meant = apis.find(({ id }) => id === restApiId);
      yield flag({
        subject,
        affected: [],
        message: `The domain ${domain.name} serves only ${listNames(basePaths.map((one) => quote(`/${one}`)))}: a call to its root or to any other path gets 403.`,
        evidence: routes.map((route) => ({
          operation: routeRead(route),
          field: route.by === 'rule' ? `RoutingRules[${route.name}]` : 'items.basePath',
          value: `${route.basePath} to ${route.restApiId}`,
        })),
        fix: [
          {
            step: `Have clients call https://${domain.name}/${first.basePath} and so on, with the base path in front. To serve the root as well, map an API to it.`,
            commands: usesMappings(domain)
              ? [
                  aws('apigateway', 'create-base-path-mapping', account.region, {
                    ...domainArguments(domain),
                    restApiId: restApiId ?? '<REST_API_ID>',
                    stage: named ?? onlyStageOf(meant) ?? '<STAGE_NAME>',
                  }),
                ]
              : [],
          },
        ],
      });
    }
  },
});

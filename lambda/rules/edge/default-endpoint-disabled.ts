import { isKnown } from '../../model/known';
import { methodLabel } from '../../model/method';
import { aws } from '../commands';
import {
  domainArguments,
  isPrivateDomain,
  repoint,
  routeLabel,
  routeRead,
  routesOf,
  urlOf,
} from '../domain-routes';
import { onlyOf } from '../only';
import { agree, listNames, nearest, quote } from '../phrases';
import { apiRule } from '../rule';
import { apiSubject } from '../subjects';
import { cannotTell, flag, FORBIDDEN } from '../verdict';

export default apiRule({
  id: 'edge/default-endpoint-disabled',
  gate: 'endpoint',
  symptom: FORBIDDEN,
  reach: 'every-call',
  title: 'The default endpoint is disabled',
  why: 'With the default endpoint disabled, every call to the execute-api host is refused before any method is looked at, and only custom domains lead to the API. When no mapping or routing rule of a domain leads there, nothing does. Whether the switch also closes the ways of a private API through a VPC endpoint is not documented.',
  fix: [
    'Give the API a base path mapping on a custom domain.',
    'Or enable the default endpoint again; the switch takes effect with the next deployment or change of a stage.',
    'Move clients that still call the execute-api host to the URL of the domain.',
  ],
  scanners: {
    asks: 'the default endpoint is disabled',
    checks: ['CloudSploit apigatewayDefaultEndpointDisabled'],
    both: 'Both hold once a custom domain leads to the API and its clients have moved there; disable the endpoint after that, not before.',
  },
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html',
  ],
  facts: ['DOM-7', 'DOM-10', 'DEP-4', 'MSG-6'],
  needs: ['domains'],

  *check(api, account) {
    if (!api.disableExecuteApiEndpoint) return;
    const subject = apiSubject(account, api);
    const { domains } = account.slices;
    const evidence = [{ operation: 'GetRestApis', field: 'disableExecuteApiEndpoint', value: 'true' }];
    if (!isKnown(api.stages)) {
      yield cannotTell(subject, api.stages);
      return;
    }
    const stages = api.stages.value;
    // Nothing to call behind any endpoint: deployment/api-never-deployed says that.
    if (stages.length === 0) return;
    const names = stages.map(({ name }) => name);
    const all = domains.map(routesOf);
    const named = all.flatMap((one) => one.routes).filter((route) => route.restApiId === api.id);
    const routes = named.filter(({ stage }) => stage === null || names.includes(stage));
    if (routes.length > 0) {
      yield flag({
        subject,
        reach: 'possible',
        affected: [],
        message: `The execute-api host of this API refuses every call; it is served at ${listNames([...new Set(routes.map(urlOf))])}. Clients that still use the execute-api host get 403.`,
        evidence,
        fix: [
          {
            step: `Have clients call ${listNames([...new Set(routes.map(urlOf))])} instead of the execute-api host.`,
            commands: [],
          },
        ],
      });
      return;
    }
    const gaps = all.flatMap((one) => one.gaps);
    if (gaps.length > 0) {
      for (const gap of gaps) yield cannotTell(subject, gap);
      return;
    }
    const isPrivate = api.endpointTypes.includes('PRIVATE');
    const unused = domains.filter(
      (domain) =>
        isPrivateDomain(domain) === isPrivate &&
        domain.routingMode === 'BASE_PATH_MAPPING_ONLY' &&
        routesOf(domain).routes.length === 0,
    );
    const domain = onlyOf(unused);
    const stage = onlyOf(names);
    const astray = named.flatMap((route) => (route.stage === null ? [] : [{ route, stage: route.stage }]));
    yield flag({
      subject,
      // Whether the switch also closes the ways through a VPC endpoint is not documented.
      ...(isPrivate ? { reach: 'possible' as const } : {}),
      affected: stages.flatMap(({ name, snapshot }) =>
        isKnown(snapshot.methods)
          ? snapshot.methods.value.map((method) => ({
              restApiId: api.id,
              stage: name,
              method: methodLabel(method),
            }))
          : [],
      ),
      message: `The default endpoint of this API is disabled${
        astray.length === 0
          ? ' and no custom domain leads to it'
          : `, and ${listNames(astray.map(({ route }) => `${routeLabel(route)} of ${route.domain.name}`))} ${agree(astray.length, 'names the stage', 'name the stages')} ${listNames(astray.map((one) => quote(one.stage)))}, which it does not have`
      }: ${isPrivate ? 'likely ' : ''}nobody can call it.`,
      evidence: [
        ...evidence,
        ...(astray.length === 0
          ? [
              {
                operation: 'GetBasePathMappings',
                field: 'restApiId',
                value: `none of ${domains.length} domains names ${api.id}`,
              },
            ]
          : astray.map((one) => ({ operation: routeRead(one.route), field: 'stage', value: one.stage }))),
      ],
      fix:
        astray.length > 0
          ? astray.map((one) =>
              repoint(
                one.route,
                '/stage',
                nearest(one.stage, names) ?? stage ?? '<STAGE_NAME>',
                account.region,
              ),
            )
          : [
              {
                step: 'Map the API to a custom domain. To use the execute-api host instead, enable the default endpoint and deploy.',
                commands: [
                  aws('apigateway', 'create-base-path-mapping', account.region, {
                    ...(domain === undefined ? { domainName: '<DOMAIN_NAME>' } : domainArguments(domain)),
                    restApiId: api.id,
                    stage: stage ?? '<STAGE_NAME>',
                  }),
                ],
              },
            ],
    });
  },
});

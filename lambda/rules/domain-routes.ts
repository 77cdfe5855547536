import { usesMappings, usesRules } from '../gateway/domain-routing';
import type { Place } from '../model/account';
import type { DomainName } from '../model/edge';
import { isKnown, valueOr, type Unreadable } from '../model/known';
import type { ApiSummary } from '../model/rest-api';
import { aws, patches } from './commands';
import { onlyOf } from './only';
import { quote } from './phrases';
import type { FixStep, Subject } from './verdict';

/** One mapping or routing rule that is in force. */
export interface DomainRoute {
  readonly domain: DomainName;
  readonly by: 'mapping' | 'rule';
  /** Id of the rule; base path of the mapping, `(none)` for the root. */
  readonly name: string;
  /** Without slashes; empty: the root and all that nothing else takes. */
  readonly basePath: string;
  readonly restApiId: string;
  /** `null`: the caller puts the stage in the path (DOM-2). */
  readonly stage: string | null;
  /** Some calls only: the rule asks for headers. */
  readonly byHeader: boolean;
  readonly otherKind: boolean | null;
  readonly kindUnread: Unreadable | null;
}

export interface RoutesOfDomain {
  readonly routes: readonly DomainRoute[];
  readonly gaps: readonly Unreadable[];
}

/** What a domain routes, by its routing mode: mappings count for nothing where only rules do (DOM-7). */
export const routesOf = (domain: DomainName): RoutesOfDomain => {
  const routes: DomainRoute[] = [];
  const gaps: Unreadable[] = [];
  if (usesRules(domain)) {
    if (!isKnown(domain.routingRules)) gaps.push(domain.routingRules);
    else {
      for (const rule of domain.routingRules.value) {
        const basePaths = rule.basePaths.length === 0 ? [''] : rule.basePaths;
        for (const basePath of basePaths) {
          routes.push({
            domain,
            by: 'rule',
            name: rule.id,
            basePath,
            restApiId: rule.restApiId,
            stage: rule.stage,
            byHeader: rule.headers.length > 0,
            otherKind: null,
            kindUnread: null,
          });
        }
      }
    }
  }
  if (usesMappings(domain)) {
    if (!isKnown(domain.mappings)) gaps.push(domain.mappings);
    else {
      for (const { basePath, restApiId, stage, otherKind, kindUnread } of domain.mappings.value) {
        routes.push({
          domain,
          by: 'mapping',
          name: basePath === '' ? '(none)' : basePath,
          basePath,
          restApiId,
          stage,
          byHeader: false,
          otherKind: otherKind ?? null,
          kindUnread: kindUnread ?? null,
        });
      }
    }
  }
  return { routes, gaps };
};

/** The URL that a route serves: `https://api.example.com/v1`, the stage in it where the caller has to put it. */
export const urlOf = ({ domain, basePath, stage }: DomainRoute): string =>
  ['https:/', domain.name, basePath, stage === null ? '<STAGE_NAME>' : '']
    .filter((part) => part !== '')
    .join('/');

/** The stage of an API that a command can name without a guess. */
export const onlyStageOf = (api: ApiSummary | undefined): string | undefined =>
  api === undefined ? undefined : onlyOf(valueOr(api.stageNames, []));

export const isPrivateDomain = (domain: DomainName): boolean => domain.endpointTypes.includes('PRIVATE');

export const domainSubject = (place: Place, domain: DomainName): Subject => ({
  arn: domain.arn,
  label: `custom domain ${domain.name}`,
  region: place.region,
});

/** The arguments that name a domain in commands; a private one needs its id too (DOM-20). */
export const domainArguments = (domain: DomainName): Readonly<Record<string, string>> => ({
  domainName: domain.name,
  ...(domain.id === null ? {} : { domainNameId: domain.id }),
});

/** The read that told of a route. */
export const routeRead = ({ by }: DomainRoute): string =>
  by === 'rule' ? 'ListRoutingRules' : 'GetBasePathMappings';

/** `base path "v1"`, `routing rule "abc123"`. */
export const routeLabel = (route: DomainRoute): string =>
  `${route.by === 'rule' ? 'routing rule' : 'base path'} ${quote(route.name)}`;

/** Has a route lead to another API or stage. */
export const repoint = (
  route: DomainRoute,
  path: '/restapiId' | '/stage',
  value: string,
  region: string,
): FixStep => {
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

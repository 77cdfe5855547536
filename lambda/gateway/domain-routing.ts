import type { BasePathMapping, DomainName, RoutingRule } from '../model/edge';
import { keptWith } from '../model/kept';
import { isKnown } from '../model/known';
import { matches as globMatches } from './policy/glob';

/** Where a custom domain sends a call. `path` is what the API matches: the base path taken off, or not (DOM-1, DOM-8). */
export type DomainRoute =
  | {
      readonly to: 'api';
      readonly restApiId: string;
      /** `null`: the stage is the first segment of the path (DOM-2). */
      readonly stage: string | null;
      readonly path: string;
      readonly because: string;
      readonly fact: string;
    }
  | { readonly to: 'nowhere'; readonly because: string; readonly fact: string }
  | { readonly to: 'unknown'; readonly because: string; readonly fact: string };

/** Slashes doubled at the start do not count (MIS-6). */
const withoutLead = (path: string): string => path.replace(/^\/+/, '');

/** By whole segments. */
const isUnder = (path: string, basePath: string): boolean =>
  basePath === '' || path === basePath || path.startsWith(`${basePath}/`);

const strip = (path: string, basePath: string): string => {
  const rest = withoutLead(path).slice(basePath.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
};

const headersMatch = (rule: RoutingRule, headers: Readonly<Record<string, string>>): boolean =>
  rule.headers.every(({ name, glob }) => {
    const value = headers[name.toLowerCase()];
    return value !== undefined && globMatches(glob, value);
  });

/** Rules by priority, the lowest number first (DOM-8). */
const routeByRules = (
  rules: readonly RoutingRule[],
  path: string,
  headers: Readonly<Record<string, string>>,
): DomainRoute | null => {
  for (const rule of [...rules].sort((left, right) => left.priority - right.priority)) {
    if (!headersMatch(rule, headers)) continue;
    const basePaths = rule.basePaths.map(withoutLead);
    const given = withoutLead(path);
    const hit = basePaths.find((basePath) => isUnder(given, basePath));
    if (hit === undefined && basePaths.length > 0) {
      if (!basePaths.some((basePath) => given.startsWith(basePath))) continue;
      // A base path that ends inside a segment: AWS's page on rules does not say.
      return {
        to: 'unknown',
        because: `Whether routing rule ${rule.id} takes a path that only begins like its base path is not documented.`,
        fact: 'DOM-8',
      };
    }
    return {
      to: 'api',
      restApiId: rule.restApiId,
      stage: rule.stage,
      path: rule.stripBasePath && hit !== undefined ? strip(path, hit) : path,
      because: `Routing rule ${rule.id} (priority ${String(rule.priority)}) sends the call to stage ${rule.stage} of ${rule.restApiId}.`,
      fact: 'DOM-8',
    };
  }
  return null;
};

interface SortedMappings {
  readonly byString: boolean;
  /** Longest base path first. */
  readonly mappings: readonly BasePathMapping[];
}

const sortMappings = keptWith((mappings: readonly BasePathMapping[]): SortedMappings => ({
  byString: mappings.some(({ basePath }) => basePath.includes('/')),
  mappings: [...mappings].sort((left, right) => right.basePath.length - left.basePath.length),
}));

/** The longest match wins (DOM-3); with a multi-level mapping on the domain, prefixes match as strings (DOM-5). */
const routeByMappings = (all: readonly BasePathMapping[], path: string): DomainRoute | null => {
  const { byString, mappings } = sortMappings(all);
  const given = withoutLead(path);
  const longest = mappings.find(({ basePath }) =>
    byString ? given.startsWith(basePath) : isUnder(given, basePath),
  );
  if (longest === undefined) return null;
  const name = longest.basePath === '' ? '(none)' : longest.basePath;
  return {
    to: 'api',
    restApiId: longest.restApiId,
    stage: longest.stage,
    path: strip(path, longest.basePath),
    because: `Base path mapping ${name} sends the call to ${longest.restApiId}${
      longest.stage === null ? ', the stage being the first part of the path' : ` stage ${longest.stage}`
    }.`,
    fact: 'DOM-1',
  };
};

export const usesRules = (domain: DomainName): boolean => domain.routingMode.startsWith('ROUTING_RULE');
export const usesMappings = (domain: DomainName): boolean => domain.routingMode !== 'ROUTING_RULE_ONLY';

export const routeOnDomain = (
  domain: DomainName,
  path: string,
  headers: Readonly<Record<string, string>>,
): DomainRoute => {
  if (usesRules(domain)) {
    if (!isKnown(domain.routingRules)) {
      return {
        to: 'unknown',
        because: `The routing rules could not be read: ${domain.routingRules.detail}.`,
        fact: 'DOM-8',
      };
    }
    const routed = routeByRules(domain.routingRules.value, path, headers);
    if (routed !== null) return routed;
  }
  if (usesMappings(domain)) {
    if (!isKnown(domain.mappings)) {
      return {
        to: 'unknown',
        because: `The mappings could not be read: ${domain.mappings.detail}.`,
        fact: 'DOM-1',
      };
    }
    const routed = routeByMappings(domain.mappings.value, path);
    if (routed !== null) return routed;
  }
  return {
    to: 'nowhere',
    because: `No ${usesRules(domain) ? 'routing rule' : 'base path mapping'}${
      usesRules(domain) && usesMappings(domain) ? ' and no base path mapping' : ''
    } of ${domain.name} takes this path.`,
    fact: domain.routingMode === 'BASE_PATH_MAPPING_ONLY' ? 'DOM-3' : 'DOM-9',
  };
};

/** The domain that serves a host: its own name, or the wildcard of its parent. Private names may be shared by several domains (DOM-20). */
export const domainsFor = (domains: readonly DomainName[], host: string): readonly DomainName[] => {
  const exact = domains.filter(({ name }) => name.toLowerCase() === host);
  if (exact.length > 0) return exact;
  const wildcard = `*.${host.split('.').slice(1).join('.')}`;
  return domains.filter(({ name }) => name.toLowerCase() === wildcard);
};

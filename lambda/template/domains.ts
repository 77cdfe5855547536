import { domainNameArn } from '../model/arn';
import type { BasePathMapping, DomainName } from '../model/edge';
import { known, mapKnown, type Known } from '../model/known';
import type { RestApi } from '../model/rest-api';
import { heldOr, type Assembly } from './assembly';
import {
  each,
  everyOne,
  fields,
  gapAt,
  has,
  inside,
  requiredTextAt,
  standInAt,
  textAt,
  textsAt,
  unmade,
} from './properties';
import type { Readable } from './readable';
import type { Resource } from './stack';

const DOMAIN = 'AWS::ApiGateway::DomainName';
/** Of the second version, which serves REST APIs as well. */
const DOMAIN_V2 = 'AWS::ApiGatewayV2::DomainName';

/** Type of a mapping to the names of its properties. */
const MAPPINGS = [
  ['AWS::ApiGateway::BasePathMapping', 'BasePath', 'RestApiId'],
  ['AWS::ApiGatewayV2::ApiMapping', 'ApiMappingKey', 'ApiId'],
] as const;

interface Kinds {
  readonly restApis: ReadonlySet<string>;
  readonly others: ReadonlySet<string>;
}

const toMapping = (
  mapping: Resource,
  pathProperty: string,
  apiProperty: string,
  { restApis, others }: Kinds,
): Known<BasePathMapping> => {
  const api = standInAt(mapping, apiProperty) ?? '';
  const elsewhere = gapAt(mapping, apiProperty, `the template does not make ${api}`);
  return fields({
    basePath: mapKnown(textAt(mapping, pathProperty), (path) =>
      path === null || path === '(none)' ? '' : path.replaceAll(/^\/+|\/+$/g, ''),
    ),
    restApiId: known(api),
    stage: textAt(mapping, 'Stage'),
    ...(restApis.has(api)
      ? {}
      : others.has(api)
        ? { otherKind: known(true) }
        : { kindUnread: known(elsewhere) }),
  });
};

const mappingsBy = (
  assembly: Assembly,
  kinds: Kinds,
): ReadonlyMap<string, readonly Known<BasePathMapping>[]> => {
  const byDomain = new Map<string, Known<BasePathMapping>[]>();
  for (const [type, pathProperty, apiProperty] of MAPPINGS) {
    for (const mapping of assembly.all(type)) {
      for (const domain of assembly.kept(requiredTextAt(mapping, 'DomainName'))) {
        const read = unmade(mapping) ?? toMapping(mapping, pathProperty, apiProperty, kinds);
        byDomain.set(domain, [...(byDomain.get(domain) ?? []), read]);
      }
    }
  }
  return byDomain;
};

/** Where the two versions keep what is the same. */
const endpointOf = (domain: Resource): Readable => {
  if (domain.type === DOMAIN) return domain;
  const list = each(domain, 'DomainNameConfigurations');
  return (list.state === 'known' ? list.value[0] : undefined) ?? inside(domain, 'DomainNameConfigurations');
};

const toDomain = (domain: Resource, mappings: readonly Known<BasePathMapping>[]): Known<DomainName> => {
  const endpoint = endpointOf(domain);
  const types =
    domain.type === DOMAIN
      ? textsAt(inside(domain, 'EndpointConfiguration'), 'Types')
      : mapKnown(textAt(endpoint, 'EndpointType'), (type) => [type ?? 'REGIONAL']);
  const tls = inside(domain, 'MutualTlsAuthentication');
  const routingMode = textAt(domain, 'RoutingMode');
  const unread = mappings.find((one) => one.state === 'unreadable');
  const held = mappings.flatMap((one) => (one.state === 'known' ? [one.value] : []));
  return fields({
    arn: mapKnown(requiredTextAt(domain, 'DomainName'), (name) => domainNameArn(domain.place, name)),
    name: requiredTextAt(domain, 'DomainName'),
    id: known(null),
    endpointTypes: mapKnown(types, (list) => (list.length === 0 ? ['EDGE'] : list)),
    // CloudFormation waits until it is.
    status: known('AVAILABLE'),
    statusMessage: known(null),
    securityPolicy: textAt(endpoint, 'SecurityPolicy'),
    endpointAccessMode: textAt(domain, 'EndpointAccessMode'),
    mutualTls: has(domain, 'MutualTlsAuthentication')
      ? fields({
          truststoreUri: known(standInAt(tls, 'TruststoreUri') ?? ''),
          truststoreVersion: known(standInAt(tls, 'TruststoreVersion')),
          warnings: known([]),
        })
      : known(null),
    routingMode: mapKnown(routingMode, (mode) =>
      (mode ?? 'BASE_PATH_MAPPING_ONLY').replace('API_MAPPING', 'BASE_PATH_MAPPING'),
    ),
    policy: known(null),
    mappings: known(
      unread?.state === 'unreadable'
        ? unread
        : heldOr(
            held,
            gapAt(domain, '', 'the template maps nothing to it; there may be mappings in another'),
          ),
    ),
    routingRules: known(
      routingMode.state === 'known' && routingMode.value?.includes('ROUTING_RULE') !== true
        ? known([])
        : gapAt(domain, 'RoutingMode', 'routing rules are not read from templates'),
    ),
  });
};

/** The public domains of the template. Where an API is served by its domains alone and none leads there, one may be elsewhere. */
export const domainsOf = (assembly: Assembly, apis: readonly RestApi[]): Known<readonly DomainName[]> => {
  const kinds = {
    restApis: new Set(apis.map(({ id }) => id)),
    others: new Set(assembly.all('AWS::ApiGatewayV2::Api').map(({ id }) => id)),
  };
  const byDomain = mappingsBy(assembly, kinds);
  const resources = [...assembly.all(DOMAIN), ...assembly.all(DOMAIN_V2)];
  const domains = everyOne(resources, (domain) => {
    const name = requiredTextAt(domain, 'DomainName');
    return toDomain(domain, name.state === 'known' ? (byDomain.get(name.value) ?? []) : []);
  });
  if (domains.state === 'unreadable') return domains;
  const mapped = new Set(
    domains.value.flatMap(({ mappings }) =>
      mappings.state === 'known' ? mappings.value.map(({ restApiId }) => restApiId) : [],
    ),
  );
  const alone = apis.find(
    ({ id, disableExecuteApiEndpoint }) => disableExecuteApiEndpoint && !mapped.has(id),
  );
  if (alone === undefined) return domains;
  return gapAt(
    { id: alone.id, type: DOMAIN },
    '',
    'its default endpoint is disabled and the template has no domain that leads to it; there may be one in another',
  );
};

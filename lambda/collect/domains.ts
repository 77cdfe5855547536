import {
  GetBasePathMappingsCommand,
  GetDomainNamesCommand,
  type DomainName as AwsDomainName,
} from '@aws-sdk/client-api-gateway';
import {
  GetApiMappingsCommand,
  ListRoutingRulesCommand,
  type RoutingRule as AwsRoutingRule,
} from '@aws-sdk/client-apigatewayv2';
import type { Place } from '../model/account';
import { domainNameArn } from '../model/arn';
import type { BasePathMapping, DomainName, RoutingRule } from '../model/edge';
import { isKnown, known, type Known } from '../model/known';
import type { Door } from './door';
import { policyText } from './policy-text';
import {
  list,
  optionalFlag,
  optionalList,
  optionalNumber,
  optionalText,
  ShapeError,
  text,
  texts,
} from './shape';
import { PAGE_SIZES } from './page-sizes';

type ListedDomain = Omit<DomainName, 'mappings' | 'routingRules'>;

const toMutualTls = ({ mutualTlsAuthentication }: AwsDomainName): DomainName['mutualTls'] => {
  const field = 'items[].mutualTlsAuthentication';
  const truststoreUri = optionalText(mutualTlsAuthentication?.truststoreUri, `${field}.truststoreUri`);
  if (truststoreUri === null) return null;
  return {
    truststoreUri,
    truststoreVersion: optionalText(mutualTlsAuthentication?.truststoreVersion, `${field}.truststoreVersion`),
    warnings: texts(mutualTlsAuthentication?.truststoreWarnings, `${field}.truststoreWarnings`),
  };
};

/** @throws ShapeError */
export const toDomain = (place: Place, domain: AwsDomainName): ListedDomain => {
  const name = text(domain.domainName, 'items[].domainName');
  const routingMode = optionalText(domain.routingMode, 'items[].routingMode') ?? 'BASE_PATH_MAPPING_ONLY';
  return {
    arn: optionalText(domain.domainNameArn, 'items[].domainNameArn') ?? domainNameArn(place, name),
    name,
    id: optionalText(domain.domainNameId, 'items[].domainNameId'),
    endpointTypes: list(domain.endpointConfiguration?.types, 'items[].endpointConfiguration.types'),
    status: optionalText(domain.domainNameStatus, 'items[].domainNameStatus'),
    statusMessage: optionalText(domain.domainNameStatusMessage, 'items[].domainNameStatusMessage'),
    securityPolicy: optionalText(domain.securityPolicy, 'items[].securityPolicy'),
    endpointAccessMode: optionalText(domain.endpointAccessMode, 'items[].endpointAccessMode'),
    mutualTls: toMutualTls(domain),
    // The second version of the API and some pages say API_MAPPING (DOM-7).
    routingMode: routingMode.replace('API_MAPPING', 'BASE_PATH_MAPPING'),
    policy: policyText(optionalText(domain.policy, 'items[].policy')),
  };
};

/** Without slashes at either end; `(none)` is the root. */
const toBasePath = (shown: string | null): string =>
  shown === null || shown === '(none)' ? '' : shown.replaceAll(/^\/+|\/+$/g, '');

const domainLabel = ({ name, id }: ListedDomain): string => `domain ${name}${id === null ? '' : ` (${id})`}`;

const identity = ({
  name,
  id,
}: ListedDomain): { readonly domainName: string; readonly domainNameId?: string } => ({
  domainName: name,
  ...(id === null ? {} : { domainNameId: id }),
});

const readBasePathMappings = (door: Door, domain: ListedDomain): Promise<Known<readonly BasePathMapping[]>> =>
  door.readAll({
    operation: 'GetBasePathMappings',
    of: domainLabel(domain),
    send: ({ apiGateway }, position) =>
      apiGateway.send(
        new GetBasePathMappingsCommand({
          ...identity(domain),
          limit: PAGE_SIZES.GetBasePathMappings,
          position,
        }),
      ),
    take: ({ items, position }) => ({
      // A domain without mappings is answered with `{}` (aws-sdk-js#1416).
      items: optionalList(items, 'items').map(({ basePath, restApiId, stage }) => ({
        basePath: toBasePath(optionalText(basePath, 'items[].basePath')),
        restApiId: text(restApiId, 'items[].restApiId'),
        // `(none)` is how the console's API spells "no stage".
        stage: stage === '(none)' ? null : optionalText(stage, 'items[].stage'),
      })),
      next: position,
    }),
  });

/** No page size: AWS does not document the largest. */
const readApiMappings = (door: Door, domain: ListedDomain): Promise<Known<readonly BasePathMapping[]>> =>
  door.readAll({
    operation: 'GetApiMappings',
    of: domainLabel(domain),
    send: ({ apiGatewayV2 }, token) =>
      apiGatewayV2.send(new GetApiMappingsCommand({ DomainName: domain.name, NextToken: token })),
    take: ({ Items, NextToken }) => ({
      items: optionalList(Items, 'Items').map(({ ApiId, ApiMappingKey, Stage }) => ({
        basePath: toBasePath(optionalText(ApiMappingKey, 'Items[].ApiMappingKey')),
        restApiId: text(ApiId, 'Items[].ApiId'),
        stage: optionalText(Stage, 'Items[].Stage'),
      })),
      next: NextToken,
    }),
  });

/** Mappings of several levels exist on Regional domains with TLS 1.2 or better only, and the first version may leave them out (DOM-4). */
const mayHideMappings = ({ endpointTypes, securityPolicy }: ListedDomain): boolean =>
  endpointTypes.includes('REGIONAL') && securityPolicy !== 'TLS_1_0';

const readMappings = async (door: Door, domain: ListedDomain): Promise<DomainName['mappings']> => {
  const shown = await readBasePathMappings(door, domain);
  if (!isKnown(shown) || !mayHideMappings(domain)) return shown;
  const all = await readApiMappings(door, domain);
  if (!isKnown(all)) return all;
  const paths = new Set(shown.value.map(({ basePath }) => basePath));
  return known([...shown.value, ...all.value.filter(({ basePath }) => !paths.has(basePath))]);
};

/** @throws ShapeError */
export const toRoutingRule = (rule: AwsRoutingRule): RoutingRule => {
  const conditions = optionalList(rule.Conditions, 'RoutingRules[].Conditions');
  const [action] = list(rule.Actions, 'RoutingRules[].Actions');
  const priority = optionalNumber(rule.Priority, 'RoutingRules[].Priority');
  if (priority === null) throw new ShapeError('RoutingRules[].Priority');
  return {
    id: text(rule.RoutingRuleId, 'RoutingRules[].RoutingRuleId'),
    priority,
    basePaths: conditions.flatMap(({ MatchBasePaths }) =>
      texts(MatchBasePaths?.AnyOf, 'RoutingRules[].Conditions[].MatchBasePaths.AnyOf').map(toBasePath),
    ),
    headers: conditions.flatMap(({ MatchHeaders }) =>
      optionalList(MatchHeaders?.AnyOf, 'RoutingRules[].Conditions[].MatchHeaders.AnyOf').map((header) => ({
        name: text(header.Header, 'RoutingRules[].Conditions[].MatchHeaders.AnyOf[].Header'),
        glob: text(header.ValueGlob, 'RoutingRules[].Conditions[].MatchHeaders.AnyOf[].ValueGlob'),
      })),
    ),
    restApiId: text(action?.InvokeApi?.ApiId, 'RoutingRules[].Actions[].InvokeApi.ApiId'),
    stage: text(action?.InvokeApi?.Stage, 'RoutingRules[].Actions[].InvokeApi.Stage'),
    stripBasePath: optionalFlag(
      action?.InvokeApi?.StripBasePath,
      'RoutingRules[].Actions[].InvokeApi.StripBasePath',
    ),
  };
};

const readRoutingRules = async (door: Door, domain: ListedDomain): Promise<DomainName['routingRules']> => {
  if (!domain.routingMode.includes('ROUTING_RULE')) return known([]);
  return door.readAll({
    operation: 'ListRoutingRules',
    of: domainLabel(domain),
    send: ({ apiGatewayV2 }, token) =>
      apiGatewayV2.send(
        new ListRoutingRulesCommand({
          DomainName: domain.name,
          ...(domain.id === null ? {} : { DomainNameId: domain.id }),
          MaxResults: PAGE_SIZES.ListRoutingRules,
          NextToken: token,
        }),
      ),
    take: ({ RoutingRules, NextToken }) => ({
      items: list(RoutingRules, 'RoutingRules').map(toRoutingRule),
      next: NextToken,
    }),
  });
};

/** The account's own custom domains, public and private, with what they route to. */
export const readDomains = async (door: Door): Promise<Known<readonly DomainName[]>> => {
  const domains = await door.readAll({
    operation: 'GetDomainNames',
    of: `region ${door.place.region}`,
    send: ({ apiGateway }, position) =>
      apiGateway.send(
        new GetDomainNamesCommand({ resourceOwner: 'SELF', limit: PAGE_SIZES.GetDomainNames, position }),
      ),
    take: ({ items, position }) => ({
      items: list(items, 'items').map((domain) => toDomain(door.place, domain)),
      next: position,
    }),
  });
  if (!isKnown(domains)) return domains;
  const complete = async (domain: ListedDomain): Promise<DomainName> => {
    const [mappings, routingRules] = await Promise.all([
      readMappings(door, domain),
      readRoutingRules(door, domain),
    ]);
    return { ...domain, mappings, routingRules };
  };
  return known(await Promise.all(domains.value.map(complete)));
};

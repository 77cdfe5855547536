import { GetApisCommand } from '@aws-sdk/client-apigatewayv2';
import type { BasePathMapping, DomainName } from '../model/edge';
import { isKnown, known, mapKnown, type Known } from '../model/known';
import type { Door } from './door';
import { optionalList, text } from './shape';

/** Ids of the region's HTTP and WebSocket APIs, which share custom domains with REST APIs. No page size: AWS does not document the largest. */
const listOtherApis = (door: Door): Promise<Known<readonly string[]>> =>
  door.readAll({
    operation: 'GetApis',
    of: `region ${door.place.region}`,
    send: ({ apiGatewayV2 }, token) => apiGatewayV2.send(new GetApisCommand({ NextToken: token })),
    take: ({ Items, NextToken }) => ({
      items: optionalList(Items, 'Items').map(({ ApiId }) => text(ApiId, 'Items[].ApiId')),
      next: NextToken,
    }),
  });

/**
 * Says of each mapping that leads to no REST API whether it leads to an API of another kind. Where that cannot be read, the
 * mapping says why and nobody may call it dead.
 */
export const markOtherKinds = async (
  door: Door,
  domains: Known<readonly DomainName[]>,
  restApiIds: Known<ReadonlySet<string>>,
): Promise<Known<readonly DomainName[]>> => {
  if (!isKnown(domains) || !isKnown(restApiIds)) return domains;
  const isStrange = ({ restApiId }: BasePathMapping): boolean => !restApiIds.value.has(restApiId);
  const hasStranger = domains.value.some(
    ({ mappings }) => isKnown(mappings) && mappings.value.some(isStrange),
  );
  if (!hasStranger) return domains;
  const others = await listOtherApis(door);
  const ids = mapKnown(others, (all) => new Set(all));
  const mark = (mapping: BasePathMapping): BasePathMapping =>
    isKnown(ids)
      ? { ...mapping, otherKind: ids.value.has(mapping.restApiId) }
      : { ...mapping, kindUnread: ids };
  return known(
    domains.value.map((domain) =>
      isKnown(domain.mappings)
        ? {
            ...domain,
            mappings: known(
              domain.mappings.value.map((mapping) => (isStrange(mapping) ? mark(mapping) : mapping)),
            ),
          }
        : domain,
    ),
  );
};

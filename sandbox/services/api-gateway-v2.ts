import { createHash } from 'node:crypto';
import {
  ApiGatewayV2Client,
  GetApiMappings$,
  GetApis$,
  ListRoutingRules$,
  type ApiMapping,
  type GetApiMappingsCommandInput,
  type GetApiMappingsCommandOutput,
  type GetApisCommandInput,
  type GetApisCommandOutput,
  type ListRoutingRulesCommandInput,
  type ListRoutingRulesCommandOutput,
} from '@aws-sdk/client-apigatewayv2';
import type { BasePathMapping } from '@aws-sdk/client-api-gateway';
import type { Stored } from '../account-file';
import { pageOf, type Page } from '../paging';
import { operation, type Context, type Service } from '../service';
import { badRequest } from './api-gateway-support';
import { domainOf } from './api-gateway-domains';

const paged = <T>(
  all: readonly T[],
  limit: number | undefined,
  token: string | undefined,
  list: string,
  { pageSize }: Context,
): Page<T> =>
  pageOf(all, {
    limit,
    token,
    usual: 100,
    cap: Math.min(500, pageSize),
    list,
    invalidToken: () => badRequest('Invalid NextToken parameter specified'),
  });

const nextToken = ({ next }: Page<unknown>): { readonly NextToken?: string } =>
  next.token === undefined ? {} : { NextToken: next.token };

/** Version 2 shows the mappings that version 1 made, with `(none)` as an empty key. */
const mappingOf = (
  domain: string,
  { basePath, restApiId, stage }: Stored<BasePathMapping>,
): Stored<ApiMapping> => ({
  ApiId: restApiId,
  ApiMappingId: createHash('sha256').update(`${domain}/${basePath}`).digest('hex').slice(0, 6),
  ApiMappingKey: basePath === '(none)' ? '' : (basePath ?? ''),
  Stage: stage ?? '',
});

export const API_GATEWAY_V2: Service = {
  name: 'apigatewayv2',
  signingName: 'apigateway',
  iamPrefix: 'apigateway',
  protocol: 'rest-json',
  client: new ApiGatewayV2Client({ region: 'us-east-1' }),
  denied: { code: 'AccessDeniedException', status: 403 },
  throttled: { code: 'TooManyRequestsException', status: 429, message: 'Too Many Requests' },
  operations: [
    operation<GetApisCommandInput, GetApisCommandOutput>(GetApis$, (input, context) => {
      const limit = input.MaxResults === undefined ? undefined : Number(input.MaxResults);
      const page = paged(context.region.httpApis, limit, input.NextToken, 'apis', context);
      return { Items: page.items, ...nextToken(page) };
    }),
    operation<GetApiMappingsCommandInput, GetApiMappingsCommandOutput>(GetApiMappings$, (input, context) => {
      const name = input.DomainName ?? '';
      const domain = domainOf(name, undefined, context);
      const mappings =
        domain.apiMappings ?? domain.basePathMappings.map((mapping) => mappingOf(name, mapping));
      const limit = input.MaxResults === undefined ? undefined : Number(input.MaxResults);
      const page = paged(mappings, limit, input.NextToken, `apimappings of ${name}`, context);
      return { Items: page.items, ...nextToken(page) };
    }),
    operation<ListRoutingRulesCommandInput, ListRoutingRulesCommandOutput>(
      ListRoutingRules$,
      (input, context) => {
        const { routingRules } = domainOf(input.DomainName, input.DomainNameId, context);
        const list = `routingrules of ${input.DomainName}`;
        const page = paged(routingRules, input.MaxResults, input.NextToken, list, context);
        return { RoutingRules: page.items, ...nextToken(page) };
      },
    ),
  ],
};

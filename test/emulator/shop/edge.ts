import {
  CreateBasePathMappingCommand,
  CreateDeploymentCommand,
  CreateDomainNameCommand,
  DeleteStageCommand,
} from '@aws-sdk/client-api-gateway';
import { CreateApiCommand } from '@aws-sdk/client-apigatewayv2';
import {
  CreateCachePolicyCommand,
  CreateDistributionCommand,
  CreateOriginRequestPolicyCommand,
} from '@aws-sdk/client-cloudfront';
import { given, type ShopClients } from './clients';

const DOMAIN = 'api.shop.example.com';

/** A domain with one good mapping and one to a stage that was deleted. */
export const makeDomain = async (
  { gateway, gatewayV2 }: ShopClients,
  apis: { readonly ordersId: string; readonly returnsId: string },
): Promise<void> => {
  await gateway.send(
    new CreateDomainNameCommand({
      domainName: DOMAIN,
      regionalCertificateArn:
        'arn:aws:acm:us-east-1:111122223333:certificate/00000000-1111-2222-3333-444444444444',
      endpointConfiguration: { types: ['REGIONAL'] },
    }),
  );
  const retired = { restApiId: apis.returnsId, stageName: 'v2' };
  await gateway.send(new CreateDeploymentCommand(retired));
  for (const [basePath, restApiId, stage] of [
    ['orders', apis.ordersId, 'prod'],
    ['returns', apis.returnsId, 'v2'],
  ] as const) {
    await gateway.send(new CreateBasePathMappingCommand({ domainName: DOMAIN, basePath, restApiId, stage }));
  }
  await gateway.send(new DeleteStageCommand(retired));
  // Not audited, but domains may lead to it: the audit has to tell it from a REST API that is gone.
  await gatewayV2.send(new CreateApiCommand({ Name: 'events', ProtocolType: 'HTTP' }));
};

/** A distribution in front of an API with policies of the account's own. */
export const makeDistribution = async (
  { cloudFront }: ShopClients,
  { restApiId, region }: { readonly restApiId: string; readonly region: string },
): Promise<void> => {
  const cache = await cloudFront.send(
    new CreateCachePolicyCommand({
      CachePolicyConfig: {
        Name: 'by-authorization',
        MinTTL: 0,
        MaxTTL: 60,
        DefaultTTL: 1,
        ParametersInCacheKeyAndForwardedToOrigin: {
          EnableAcceptEncodingGzip: false,
          HeadersConfig: { HeaderBehavior: 'whitelist', Headers: { Quantity: 1, Items: ['Authorization'] } },
          CookiesConfig: { CookieBehavior: 'none' },
          QueryStringsConfig: { QueryStringBehavior: 'all' },
        },
      },
    }),
  );
  const origin = await cloudFront.send(
    new CreateOriginRequestPolicyCommand({
      OriginRequestPolicyConfig: {
        Name: 'all-but-host',
        HeadersConfig: { HeaderBehavior: 'allExcept', Headers: { Quantity: 1, Items: ['Host'] } },
        CookiesConfig: { CookieBehavior: 'all' },
        QueryStringsConfig: { QueryStringBehavior: 'all' },
      },
    }),
  );
  await cloudFront.send(
    new CreateDistributionCommand({
      DistributionConfig: {
        CallerReference: 'shop',
        Comment: 'orders',
        Enabled: true,
        Origins: {
          Quantity: 1,
          Items: [
            {
              Id: 'orders',
              DomainName: `${restApiId}.execute-api.${region}.amazonaws.com`,
              OriginPath: '/prod',
              CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'https-only' },
            },
          ],
        },
        DefaultCacheBehavior: {
          TargetOriginId: 'orders',
          ViewerProtocolPolicy: 'https-only',
          CachePolicyId: given(cache.CachePolicy?.Id, 'Id'),
          OriginRequestPolicyId: given(origin.OriginRequestPolicy?.Id, 'Id'),
        },
      },
    }),
  );
};

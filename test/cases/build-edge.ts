import type { SandboxAccount } from '../../sandbox/account-file';
import { ACCOUNT_ID, API_ID, REGION, STAGE } from './places';

type Domain = NonNullable<SandboxAccount['regions'][string]['domainNames']>[number];
type Distribution = NonNullable<SandboxAccount['distributions']>[number];

export interface DomainSketch {
  /** Stage by base path; `(none)` is the root. */
  readonly mappings: Readonly<Record<string, string>>;
  readonly truststore?: { readonly uri: string; readonly warnings: readonly string[] };
}

export interface DistributionSketch {
  /** Headers of the viewer that reach the API; `*` for all, Host included. */
  readonly headers: readonly string[];
}

/** A Regional custom domain in AWS's shape. */
export const domainOf = (domainName: string, { mappings, truststore }: DomainSketch): Domain => ({
  domainName,
  domainNameArn: `arn:aws:apigateway:${REGION}::/domainnames/${domainName}`,
  regionalDomainName: `d-example.execute-api.${REGION}.amazonaws.com`,
  endpointConfiguration: { types: ['REGIONAL'] },
  domainNameStatus: 'AVAILABLE',
  securityPolicy: 'TLS_1_2',
  routingMode: 'BASE_PATH_MAPPING_ONLY',
  ...(truststore === undefined
    ? {}
    : {
        mutualTlsAuthentication: {
          truststoreUri: truststore.uri,
          truststoreWarnings: [...truststore.warnings],
        },
      }),
  basePathMappings: Object.entries(mappings).map(([basePath, stage]) => ({
    basePath,
    restApiId: API_ID,
    stage,
  })),
});

const VERBS = ['HEAD', 'DELETE', 'POST', 'GET', 'OPTIONS', 'PUT', 'PATCH'] as const;

/** A distribution in front of the API, with the settings of the time before cache policies, as the reports have them. */
export const distributionOf = ({ headers }: DistributionSketch): Distribution => {
  const distribution = {
    Id: 'E3K7EXAMPLE9QX',
    ARN: `arn:aws:cloudfront::${ACCOUNT_ID}:distribution/E3K7EXAMPLE9QX`,
    Status: 'Deployed',
    DomainName: 'd2k8examplexyz.cloudfront.net',
    Enabled: true,
    Staging: false,
    Aliases: { Quantity: 0 },
    Origins: {
      Quantity: 1,
      Items: [
        {
          Id: 'api',
          DomainName: `${API_ID}.execute-api.${REGION}.amazonaws.com`,
          OriginPath: `/${STAGE}`,
          CustomHeaders: { Quantity: 0 },
        },
      ],
    },
    DefaultCacheBehavior: {
      TargetOriginId: 'api',
      ViewerProtocolPolicy: 'https-only',
      AllowedMethods: { Quantity: VERBS.length, Items: [...VERBS] },
      ForwardedValues: {
        QueryString: true,
        Cookies: { Forward: 'none' },
        Headers: { Quantity: headers.length, ...(headers.length === 0 ? {} : { Items: [...headers] }) },
      },
    },
    CacheBehaviors: { Quantity: 0 },
  };
  return distribution as unknown as Distribution;
};

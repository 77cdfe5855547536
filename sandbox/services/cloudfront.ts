import {
  CloudFrontClient,
  GetCachePolicy$,
  GetOriginRequestPolicy$,
  ListDistributions$,
  type GetCachePolicyCommandInput,
  type GetCachePolicyCommandOutput,
  type GetOriginRequestPolicyCommandInput,
  type GetOriginRequestPolicyCommandOutput,
  type ListDistributionsCommandInput,
  type ListDistributionsCommandOutput,
} from '@aws-sdk/client-cloudfront';
import { operation, type Context, type Service } from '../service';
import { AwsError } from '../wire/aws-error';

/** Distributions a page, unless fewer are asked for. */
const MOST = 100;

/** CloudFront pages by the id of the last item shown. */
const startOf = (marker: string | undefined, { account }: Context): number => {
  if (marker === undefined || marker === '') return 0;
  const index = account.distributions.findIndex(({ Id }) => Id === marker);
  if (index < 0) throw new AwsError('InvalidArgument', 400, 'The marker is invalid.');
  return index + 1;
};

const found = <T>(policy: T | undefined, code: string): T => {
  if (policy === undefined) throw new AwsError(code, 404, 'The specified policy does not exist.');
  return policy;
};

export const CLOUDFRONT: Service = {
  name: 'cloudfront',
  signingName: 'cloudfront',
  iamPrefix: 'cloudfront',
  protocol: 'rest-xml',
  client: new CloudFrontClient({ region: 'us-east-1' }),
  denied: { code: 'AccessDenied', status: 403 },
  throttled: { code: 'Throttling', status: 400, message: 'Rate exceeded' },
  operations: [
    operation<ListDistributionsCommandInput, ListDistributionsCommandOutput>(
      ListDistributions$,
      (input, context) => {
        const start = startOf(input.Marker, context);
        const end = start + Math.min(input.MaxItems ?? MOST, MOST, context.pageSize);
        const items = context.account.distributions.slice(start, end);
        const last = items.at(-1);
        const more = end < context.account.distributions.length;
        return {
          DistributionList: {
            Marker: input.Marker ?? '',
            ...(more && last?.Id !== undefined ? { NextMarker: last.Id } : {}),
            MaxItems: input.MaxItems ?? MOST,
            IsTruncated: more,
            Quantity: items.length,
            ...(items.length === 0 ? {} : { Items: items }),
          },
        };
      },
    ),
    operation<GetCachePolicyCommandInput, GetCachePolicyCommandOutput>(
      GetCachePolicy$,
      ({ Id }, { account }) => ({
        CachePolicy: found(
          account.cachePolicies.find((policy) => policy.Id === Id),
          'NoSuchCachePolicy',
        ),
        ETag: 'E2EXAMPLE',
      }),
    ),
    operation<GetOriginRequestPolicyCommandInput, GetOriginRequestPolicyCommandOutput>(
      GetOriginRequestPolicy$,
      ({ Id }, { account }) => ({
        OriginRequestPolicy: found(
          account.originRequestPolicies.find((policy) => policy.Id === Id),
          'NoSuchOriginRequestPolicy',
        ),
        ETag: 'E2EXAMPLE',
      }),
    ),
  ],
};

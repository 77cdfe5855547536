/** Which viewer headers a CloudFront policy lets through to the origin; names in lower case. */
export interface ForwardedHeaders {
  readonly behavior: 'none' | 'whitelist' | 'allViewer' | 'allViewerAndWhitelistCloudFront' | 'allExcept';
  readonly names: readonly string[];
}

const NONE: ForwardedHeaders = { behavior: 'none', names: [] };
const only = (...names: readonly string[]): ForwardedHeaders => ({ behavior: 'whitelist', names });

/**
 * AWS's own cache policies have the same ids everywhere.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 * Those that are not in this table are read like any other.
 */
export const MANAGED_CACHE_POLICIES: ReadonlyMap<string, ForwardedHeaders> = new Map([
  // Amplify
  ['2e54312d-136d-493c-8eb9-b001f22f67d2', only('authorization', 'cloudfront-viewer-country', 'host')],
  // CachingDisabled
  ['4135ea2d-6df8-44a3-9df3-4b5a84be39ad', NONE],
  // CachingOptimized
  ['658327ea-f89d-4fab-a63d-7e88639e58f6', NONE],
  // CachingOptimizedForUncompressedObjects
  ['b2884449-e4de-46a7-ac36-70bc7f1ddd6d', NONE],
]);

/**
 * AWS's own origin request policies.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
 */
export const MANAGED_ORIGIN_REQUEST_POLICIES: ReadonlyMap<string, ForwardedHeaders> = new Map([
  // AllViewer
  ['216adef6-5c7f-47e4-b989-5492eafa07d3', { behavior: 'allViewer', names: [] }],
  // AllViewerAndCloudFrontHeaders-2022-06: the CloudFront headers that it adds are none of the viewer's
  ['33f36d7e-f396-46d9-90e0-52428a34d9dc', { behavior: 'allViewerAndWhitelistCloudFront', names: [] }],
  // AllViewerExceptHostHeader
  ['b689b0a8-53d0-40ab-baf2-68738e2966ac', { behavior: 'allExcept', names: ['host'] }],
]);

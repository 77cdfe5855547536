import type { CloudFrontBehavior, Distribution } from '../../lambda/model/edge';
import { known } from '../../lambda/model/known';
import { REGION } from './build';

type Forwards = Extract<CloudFrontBehavior['forwards'], { state: 'known' }>['value'];

export const forwarding = (given: Partial<Forwards> = {}): CloudFrontBehavior['forwards'] =>
  known({
    mode: 'all-except',
    headers: ['host'],
    authorizationInCachePolicy: false,
    forwardsHost: false,
    ...given,
  });

/** A behaviour in front of an API that forwards all but Host, as AllViewerExceptHostHeader does. */
export const behavior = (
  pathPattern: string,
  originId: string,
  forwards: CloudFrontBehavior['forwards'] = forwarding(),
): CloudFrontBehavior => ({
  pathPattern,
  originId,
  forwards,
  allowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'],
});

type Origin = Distribution['origins'][number];

/** The execute-api host of an API as origin, under the API's id. */
export const apiOrigin = (apiId: string, originPath = '/prod', given: Partial<Origin> = {}): Origin => ({
  id: apiId,
  domainName: `${apiId}.execute-api.${REGION}.amazonaws.com`,
  originPath,
  customHeaders: [],
  ...given,
});

export const distribution = (
  origins: Distribution['origins'],
  behaviors: Distribution['behaviors'],
  given: Partial<Distribution> = {},
): Distribution => ({
  arn: 'arn:aws:cloudfront::222233334444:distribution/E1',
  id: 'E1',
  domainName: 'd111.cloudfront.net',
  aliases: ['www.example.com'],
  enabled: true,
  origins,
  behaviors,
  ...given,
});

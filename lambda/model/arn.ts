import type { Place } from './account';

/** `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`; the resource keeps its colons. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

export const parseArn = (text: string): Arn | null => {
  const [prefix, partition, service, region, accountId, ...resource] = text.split(':');
  if (prefix !== 'arn' || partition === undefined || service === undefined || resource.length === 0)
    return null;
  return {
    partition,
    service,
    region: region ?? '',
    accountId: accountId ?? '',
    resource: resource.join(':'),
  };
};

/** API Gateway's control-plane ARNs carry no account. */
export const restApiArn = (place: Place, apiId: string): string =>
  `arn:${place.partition}:apigateway:${place.region}::/restapis/${apiId}`;

export const stageArn = (place: Place, apiId: string, stage: string): string =>
  `${restApiArn(place, apiId)}/stages/${stage}`;

export const authorizerArn = (place: Place, apiId: string, authorizerId: string): string =>
  `${restApiArn(place, apiId)}/authorizers/${authorizerId}`;

export const domainNameArn = (place: Place, name: string): string =>
  `arn:${place.partition}:apigateway:${place.region}::/domainnames/${name}`;

export const usagePlanArn = (place: Place, id: string): string =>
  `arn:${place.partition}:apigateway:${place.region}::/usageplans/${id}`;

export const apiKeyArn = (place: Place, id: string): string =>
  `arn:${place.partition}:apigateway:${place.region}::/apikeys/${id}`;

/** The ARN a call is authorised against (POL-15). `path` as sent, with its leading slash. */
export const executeApiArn = (
  place: Place,
  apiId: string,
  stage: string,
  verb: string,
  path: string,
): string =>
  `arn:${place.partition}:execute-api:${place.region}:${place.accountId}:${apiId}/${stage}/${verb}${path}`;

/** The parts of `arn:P:cognito-idp:R:A:userpool/ID` with the pool's id; `null` when it is no such ARN. */
export const parseUserPoolArn = (text: string): (Arn & { readonly poolId: string }) | null => {
  const arn = parseArn(text);
  if (arn?.service !== 'cognito-idp' || !arn.resource.startsWith('userpool/')) return null;
  return { ...arn, poolId: arn.resource.slice('userpool/'.length) };
};

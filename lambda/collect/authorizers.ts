import { GetAuthorizersCommand, type Authorizer as AwsAuthorizer } from '@aws-sdk/client-api-gateway';
import type { Known } from '../model/known';
import type { Authorizer, ListedApi } from '../model/rest-api';
import type { Door } from './door';
import { apiLabel } from './rest-apis';
import { list, optionalNumber, optionalText, text, texts } from './shape';
import { PAGE_SIZES } from './page-sizes';

/** Several identity sources are one string, joined by commas and sometimes blanks. */
export const identitySources = (joined: string | null): readonly string[] =>
  (joined ?? '')
    .split(',')
    .map((source) => source.trim())
    .filter((source) => source !== '');

/** Seconds that an answer is kept: 300 unless said (LAM-9); a Cognito authorizer keeps none, whatever is sent (COG-26). */
export const resultTtl = (kind: string, seconds: number | null): number | null =>
  kind === 'COGNITO_USER_POOLS' ? null : (seconds ?? 300);

/** @throws ShapeError */
export const toAuthorizer = (authorizer: AwsAuthorizer): Authorizer => {
  const id = text(authorizer.id, 'items[].id');
  const kind = text(authorizer.type, 'items[].type');
  return {
    key: id,
    id,
    name: text(authorizer.name, 'items[].name'),
    kind,
    providerArns: texts(authorizer.providerARNs, 'items[].providerARNs'),
    uri: optionalText(authorizer.authorizerUri, 'items[].authorizerUri'),
    credentials: optionalText(authorizer.authorizerCredentials, 'items[].authorizerCredentials'),
    identitySources: identitySources(optionalText(authorizer.identitySource, 'items[].identitySource')),
    validationExpression: optionalText(
      authorizer.identityValidationExpression,
      'items[].identityValidationExpression',
    ),
    resultTtl: resultTtl(
      kind,
      optionalNumber(authorizer.authorizerResultTtlInSeconds, 'items[].authorizerResultTtlInSeconds'),
    ),
  };
};

/** The draft's authorizers; `null`: the API is gone. */
export const listAuthorizers = (door: Door, api: ListedApi): Promise<Known<readonly Authorizer[] | null>> =>
  door.findAll({
    operation: 'GetAuthorizers',
    of: apiLabel(api),
    absent: 'NotFoundException',
    send: ({ apiGateway }, position) =>
      apiGateway.send(
        new GetAuthorizersCommand({ restApiId: api.id, limit: PAGE_SIZES.GetAuthorizers, position }),
      ),
    take: ({ items, position }) => ({ items: list(items, 'items').map(toAuthorizer), next: position }),
  });

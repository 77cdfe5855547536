import { identitySources, resultTtl } from '../collect/authorizers';
import { known, mapKnown, type Known } from '../model/known';
import type { Authorizer } from '../model/rest-api';
import {
  everyOne,
  fields,
  gapAt,
  nameAt,
  numberAt,
  requiredTextAt,
  standInAt,
  standInFor,
  textAt,
} from './properties';
import type { Resource } from './stack';
import { isList, scalarText, Unresolved } from './value';

/** One provider that is not known leaves the others and the rest of the authorizer as they are. */
const providersAt = (authorizer: Resource): Known<readonly string[]> => {
  const given = authorizer.property('ProviderARNs') ?? [];
  if (given instanceof Unresolved) return known([standInFor(authorizer, 'ProviderARNs')]);
  if (!isList(given)) return gapAt(authorizer, 'ProviderARNs', 'it is no list');
  return known(given.map((one, index) => scalarText(one) ?? standInFor(authorizer, `ProviderARNs.${index}`)));
};

const toAuthorizer = (authorizer: Resource): Known<Authorizer> => {
  const kind = requiredTextAt(authorizer, 'Type');
  if (kind.state === 'unreadable') return kind;
  return fields({
    key: known(authorizer.id),
    id: known(authorizer.id),
    name: known(nameAt(authorizer, 'Name')),
    kind,
    providerArns: providersAt(authorizer),
    uri: known(standInAt(authorizer, 'AuthorizerUri')),
    credentials: known(standInAt(authorizer, 'AuthorizerCredentials')),
    identitySources: mapKnown(textAt(authorizer, 'IdentitySource'), identitySources),
    validationExpression: textAt(authorizer, 'IdentityValidationExpression'),
    resultTtl: mapKnown(numberAt(authorizer, 'AuthorizerResultTtlInSeconds'), (seconds) =>
      resultTtl(kind.value, seconds),
    ),
  });
};

export const authorizersOf = (authorizers: readonly Resource[]): Known<readonly Authorizer[]> =>
  everyOne(authorizers, toAuthorizer);

/** Any id matches. */
const ANYTHING = /^\^?\.[*+]\$?$/;

/**
 * The expression of a Cognito authorizer is matched with the id of the app client (COG-13), which AWS gives. One that refers to no
 * client of the template may be right for the real ids: the authorizers are not known.
 */
export const withKnownExpressions = (
  authorizers: Known<readonly Authorizer[]>,
  clientIds: readonly string[],
): Known<readonly Authorizer[]> => {
  if (authorizers.state === 'unreadable') return authorizers;
  const unclear = authorizers.value.find(
    ({ kind, validationExpression }) =>
      kind === 'COGNITO_USER_POOLS' &&
      validationExpression !== null &&
      !ANYTHING.test(validationExpression) &&
      !clientIds.some((id) => validationExpression.includes(id)),
  );
  if (unclear === undefined) return authorizers;
  return gapAt(
    { id: unclear.key, type: 'AWS::ApiGateway::Authorizer' },
    'IdentityValidationExpression',
    'it is matched with the ids of app clients, which are known after the deployment',
  );
};

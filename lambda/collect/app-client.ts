import type {
  TokenValidityUnitsType,
  UpdateUserPoolClientRequest,
  UserPoolClientType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { AppClientSettings, Json, Validity } from '../model/user-pool';
import { optionalFlag, optionalNumber, optionalText, ShapeError, texts } from './shape';

/**
 * Members of UpdateUserPoolClient's input, each of which it resets when left out. An allow-list: the answer also holds the secret
 * and dates, which the operation refuses.
 */
const UPDATE_MEMBERS: Readonly<Record<keyof UpdateUserPoolClientRequest, true>> = {
  UserPoolId: true,
  ClientId: true,
  ClientName: true,
  RefreshTokenValidity: true,
  AccessTokenValidity: true,
  IdTokenValidity: true,
  TokenValidityUnits: true,
  ReadAttributes: true,
  WriteAttributes: true,
  ExplicitAuthFlows: true,
  SupportedIdentityProviders: true,
  CallbackURLs: true,
  LogoutURLs: true,
  DefaultRedirectURI: true,
  AllowedOAuthFlows: true,
  AllowedOAuthScopes: true,
  AllowedOAuthFlowsUserPoolClient: true,
  AnalyticsConfiguration: true,
  PreventUserExistenceErrors: true,
  EnableTokenRevocation: true,
  EnablePropagateAdditionalUserContextData: true,
  AuthSessionValidity: true,
  RefreshTokenRotation: true,
};

const toJson = (value: unknown): Json | undefined => {
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  ) {
    return value;
  }
  if (Array.isArray(value)) return value.map((item: unknown) => toJson(item) ?? null);
  return typeof value === 'object' ? toJsonObject(value) : undefined;
};

const toJsonObject = (value: object): { readonly [key: string]: Json } =>
  Object.fromEntries(
    Object.entries(value).flatMap(([key, item]: [string, unknown]) => {
      const json = toJson(item);
      return json === undefined ? [] : [[key, json]];
    }),
  );

/** Of these, zero is how Cognito shows that nobody set them; it takes none. */
const UNSET_AT_ZERO: ReadonlySet<string> = new Set(['AccessTokenValidity', 'IdTokenValidity']);

/** An empty text stands for nothing as well; what means nothing cannot be sent back. */
const isUnset = (name: string, value: unknown): boolean =>
  value === '' || (value === 0 && UNSET_AT_ZERO.has(name));

const toUpdateInput = (client: object): AppClientSettings['updateInput'] =>
  toJsonObject(
    Object.fromEntries(
      Object.entries(client).filter(
        ([name, value]) => Object.hasOwn(UPDATE_MEMBERS, name) && !isUnset(name, value),
      ),
    ),
  );

const UNITS: ReadonlySet<string> = new Set(['seconds', 'minutes', 'hours', 'days']);

const isUnit = (unit: string): unit is Validity['unit'] => UNITS.has(unit);

const toValidity = (value: unknown, unit: unknown, usual: Validity['unit'], field: string): Validity => {
  const stated = optionalText(unit, `UserPoolClient.TokenValidityUnits.${field}`) ?? usual;
  if (!isUnit(stated)) throw new ShapeError(`UserPoolClient.TokenValidityUnits.${field}`);
  const number = optionalNumber(value, `UserPoolClient.${field}Validity`);
  // Zero is how Cognito shows that nobody set it.
  return { value: number === 0 ? null : number, unit: stated };
};

/**
 * An app client without its secret: that it has one is all we keep (CLI-13).
 * @throws ShapeError
 */
export const toAppClientSettings = (given: UserPoolClientType | undefined): AppClientSettings => {
  if (given === undefined) throw new ShapeError('UserPoolClient');
  const units: TokenValidityUnitsType = given.TokenValidityUnits ?? {};
  const flows = texts(given.ExplicitAuthFlows, 'UserPoolClient.ExplicitAuthFlows');
  return {
    hasSecret: typeof given.ClientSecret === 'string' && given.ClientSecret !== '',
    explicitAuthFlows: flows.length === 0 ? null : flows,
    oauthEnabled: optionalFlag(
      given.AllowedOAuthFlowsUserPoolClient,
      'UserPoolClient.AllowedOAuthFlowsUserPoolClient',
    ),
    oauthFlows: texts(given.AllowedOAuthFlows, 'UserPoolClient.AllowedOAuthFlows'),
    oauthScopes: texts(given.AllowedOAuthScopes, 'UserPoolClient.AllowedOAuthScopes'),
    callbackUrls: texts(given.CallbackURLs, 'UserPoolClient.CallbackURLs'),
    identityProviders: texts(given.SupportedIdentityProviders, 'UserPoolClient.SupportedIdentityProviders'),
    accessTokenValidity: toValidity(given.AccessTokenValidity, units.AccessToken, 'hours', 'AccessToken'),
    idTokenValidity: toValidity(given.IdTokenValidity, units.IdToken, 'hours', 'IdToken'),
    refreshTokenValidity: toValidity(given.RefreshTokenValidity, units.RefreshToken, 'days', 'RefreshToken'),
    updateInput: toUpdateInput(given),
  };
};

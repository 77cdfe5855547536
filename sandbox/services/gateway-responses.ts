import type { GatewayResponse } from '@aws-sdk/client-api-gateway';
import type { Stored } from '../account-file';

type Row = Stored<GatewayResponse>;

/** Every response type with its built-in status, in AWS's order; the two families have none. */
const BUILT_IN: readonly (readonly [string, string | null])[] = [
  ['ACCESS_DENIED', '403'],
  ['API_CONFIGURATION_ERROR', '500'],
  ['AUTHORIZER_CONFIGURATION_ERROR', '500'],
  ['AUTHORIZER_FAILURE', '500'],
  ['BAD_REQUEST_BODY', '400'],
  ['BAD_REQUEST_PARAMETERS', '400'],
  ['DEFAULT_4XX', null],
  ['DEFAULT_5XX', null],
  ['EXPIRED_TOKEN', '403'],
  ['INTEGRATION_FAILURE', '504'],
  ['INTEGRATION_TIMEOUT', '504'],
  ['INVALID_API_KEY', '403'],
  ['INVALID_SIGNATURE', '403'],
  ['MISSING_AUTHENTICATION_TOKEN', '403'],
  ['QUOTA_EXCEEDED', '429'],
  ['REQUEST_TOO_LARGE', '413'],
  ['RESOURCE_NOT_FOUND', '404'],
  ['THROTTLED', '429'],
  ['UNAUTHORIZED', '401'],
  ['UNSUPPORTED_MEDIA_TYPE', '415'],
  ['WAF_FILTERED', '403'],
];

const BUILT_IN_TEMPLATES = { 'application/json': '{"message":$context.error.messageString}' };

const statusOf = (status: string | null | undefined): { readonly statusCode?: string } =>
  typeof status === 'string' ? { statusCode: status } : {};

/**
 * All 21 rows. A customised row has its own values and the built-in ones for what it leaves out. An uncustomised row takes status,
 * headers and templates of its family (DEFAULT_4XX, DEFAULT_5XX) where that is customised, and stays marked as a default (CRS-12).
 */
export const gatewayResponseRows = (customised: readonly Row[]): readonly Row[] => {
  const custom = new Map(customised.map((row) => [row.responseType as string, row]));
  return BUILT_IN.map(([type, status]) => {
    const own = custom.get(type);
    const family =
      status === null ? undefined : custom.get(status.startsWith('4') ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
    const values = own ?? family;
    return {
      responseType: type as Row['responseType'],
      ...statusOf(values?.statusCode ?? status),
      responseParameters: values?.responseParameters ?? {},
      responseTemplates: values?.responseTemplates ?? BUILT_IN_TEMPLATES,
      defaultResponse: own === undefined,
    };
  });
};

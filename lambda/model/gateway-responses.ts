import type { GatewayResponse } from './rest-api';

/** Gateway response types with their own status (semantics §1.2); the families take in every type that nobody customised (GWR-1). */
const BUILT_IN: readonly (readonly [type: string, status: number, family: 'DEFAULT_4XX' | 'DEFAULT_5XX'])[] =
  [
    ['ACCESS_DENIED', 403, 'DEFAULT_4XX'],
    ['API_CONFIGURATION_ERROR', 500, 'DEFAULT_5XX'],
    ['AUTHORIZER_CONFIGURATION_ERROR', 500, 'DEFAULT_5XX'],
    ['AUTHORIZER_FAILURE', 500, 'DEFAULT_5XX'],
    ['BAD_REQUEST_BODY', 400, 'DEFAULT_4XX'],
    ['BAD_REQUEST_PARAMETERS', 400, 'DEFAULT_4XX'],
    ['EXPIRED_TOKEN', 403, 'DEFAULT_4XX'],
    ['INTEGRATION_FAILURE', 504, 'DEFAULT_5XX'],
    ['INTEGRATION_TIMEOUT', 504, 'DEFAULT_5XX'],
    ['INVALID_API_KEY', 403, 'DEFAULT_4XX'],
    ['INVALID_SIGNATURE', 403, 'DEFAULT_4XX'],
    ['MISSING_AUTHENTICATION_TOKEN', 403, 'DEFAULT_4XX'],
    ['QUOTA_EXCEEDED', 429, 'DEFAULT_4XX'],
    ['REQUEST_TOO_LARGE', 413, 'DEFAULT_4XX'],
    ['RESOURCE_NOT_FOUND', 404, 'DEFAULT_4XX'],
    ['THROTTLED', 429, 'DEFAULT_4XX'],
    ['UNAUTHORIZED', 401, 'DEFAULT_4XX'],
    ['UNSUPPORTED_MEDIA_TYPE', 415, 'DEFAULT_4XX'],
    ['WAF_FILTERED', 403, 'DEFAULT_4XX'],
  ];

const FAMILIES = ['DEFAULT_4XX', 'DEFAULT_5XX'] as const;

const BUILT_IN_TEMPLATES = { 'application/json': '{"message":$context.error.messageString}' };

/** A gateway response as somebody customised it. `null` and empty: not given. */
export interface CustomResponse {
  readonly type: string;
  readonly status: number | null;
  /** Header name in lower case to mapping value. */
  readonly headers: Readonly<Record<string, string>>;
  readonly templates: Readonly<Record<string, string>>;
}

const templatesOf = (custom: CustomResponse | undefined): Readonly<Record<string, string>> =>
  custom === undefined || Object.keys(custom.templates).length === 0 ? BUILT_IN_TEMPLATES : custom.templates;

/**
 * All rows as they take effect. A type that nobody customised takes status, headers and templates of its family's customised
 * default; a customised type inherits nothing and fills gaps from what is built in (CRS-12). Sorted by type, as AWS lists them.
 */
export const effectiveResponses = (customised: readonly CustomResponse[]): readonly GatewayResponse[] => {
  const byType = new Map(customised.map((custom) => [custom.type, custom]));
  const families = FAMILIES.map((type): GatewayResponse => {
    const custom = byType.get(type);
    return {
      type,
      status: custom?.status ?? null,
      headers: custom?.headers ?? {},
      templates: templatesOf(custom),
      customised: custom !== undefined,
    };
  });
  const specific = BUILT_IN.map(([type, status, family]): GatewayResponse => {
    const custom = byType.get(type);
    const source = custom ?? byType.get(family);
    return {
      type,
      status: source?.status ?? status,
      headers: source?.headers ?? {},
      templates: templatesOf(source),
      customised: custom !== undefined,
    };
  });
  return [...families, ...specific].sort((a, b) => a.type.localeCompare(b.type, 'en'));
};

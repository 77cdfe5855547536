import type { Address } from '../gateway/request';
import { ExplainInputError } from './input';

/** A URL taken apart, and as it may be shown: without user, password, fragment and long query values. */
export interface ParsedUrl {
  readonly address: Address;
  /** The host that is connected to, without its port, in lower case. */
  readonly host: string;
  readonly query: Readonly<Record<string, string>>;
  readonly shown: string;
  /** `user:password` of the URL. */
  readonly userInfo: string | null;
  /** The URL had a fragment, which no client sends. */
  readonly hadFragment: boolean;
}

const MAX_URL = 16_384;

const EXECUTE_API =
  /^([a-z0-9][a-z0-9-]*?)(?:-(vpce-[a-z0-9]+))?\.execute-api(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/;
const ENDPOINT_NAME =
  /^(vpce-[a-z0-9]+)-[a-z0-9]+(?:-[a-z0-9-]+)?\.execute-api\.([a-z0-9-]+)\.vpce\.amazonaws\.com(?:\.cn)?$/;

/** Blanks, quotes and angle brackets that come along when an address is copied. */
const unwrap = (text: string): string => text.trim().replace(/^['"<`]+|['">`]+$/g, '');

const parse = (text: string): URL => {
  if (text.length > MAX_URL)
    throw new ExplainInputError('url', `is longer than ${String(MAX_URL)} characters`);
  const plain = unwrap(text);
  if (plain === '') throw new ExplainInputError('url', 'is empty');
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(plain) ? plain : `https://${plain}`;
  try {
    return new URL(whole);
  } catch {
    throw new ExplainInputError('url', 'is not a URL');
  }
};

const hostOf = (text: string): string => {
  const host = text.trim().toLowerCase().replace(/\.$/, '');
  return /^\[.*\]$/.test(host) ? host : host.replace(/:\d+$/, '');
};

const addressOf = (url: URL, headers: Readonly<Record<string, string>>): Address => {
  const path = url.pathname;
  const named = hostOf(url.hostname);
  const endpoint = ENDPOINT_NAME.exec(named);
  // API Gateway goes by the Host header, wherever the connection was made to.
  const said = headers['host'] === undefined ? null : hostOf(headers['host']);
  const host = said ?? named;
  const own = EXECUTE_API.exec(host);
  if (endpoint !== null) {
    const restApiId = headers['x-apigw-api-id']?.trim() ?? own?.[1] ?? null;
    if (said !== null && own === null && restApiId === null) return { by: 'host', host: said, path };
    return {
      by: 'execute-api',
      restApiId,
      region: endpoint[2] ?? '',
      through: { form: 'endpoint-name', vpcEndpointId: endpoint[1] ?? '' },
      path,
    };
  }
  if (own === null) return { by: 'host', host, path };
  const [, restApiId = '', vpcEndpointId, region = ''] = own;
  const through = vpcEndpointId === undefined ? null : ({ form: 'alias', vpcEndpointId } as const);
  return { by: 'execute-api', restApiId, region, through, path };
};

/** Longer values may be tokens or keys. */
const SHOWN_VALUE = 24;

const showQuery = (query: URLSearchParams): string => {
  const parts = [...query].map(([name, value]) => `${name}=${value.length > SHOWN_VALUE ? '…' : value}`);
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
};

/** Dot segments are resolved and the host is folded as every client does; encoded slashes stay. */
export const parseUrl = (text: string, headers: Readonly<Record<string, string>>): ParsedUrl => {
  const url = parse(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new ExplainInputError('url', 'is not an http or https URL');
  }
  if (url.hostname === '') throw new ExplainInputError('url', 'names no host');
  return {
    address: addressOf(url, headers),
    host: hostOf(url.hostname),
    query: Object.fromEntries(url.searchParams),
    shown: `${url.protocol}//${url.host}${url.pathname}${showQuery(url.searchParams)}`,
    userInfo: url.username === '' ? null : `${url.username}:${url.password}`,
    hadFragment: url.hash !== '',
  };
};

import type { Call } from './world';

/** What a browser sends before a call from another origin. */
export const preflightOf = (call: Call, verb: string): Call => ({
  ...call,
  verb: 'OPTIONS',
  headers: {
    origin: 'https://shop.example.com',
    'access-control-request-method': verb,
    'access-control-request-headers': 'authorization',
  },
});

import { PLAIN_POOL } from '../build-user-pool';
import type { ReportedAccounts } from '../reported-account';

const COGNITO = { cognito: { type: 'COGNITO_USER_POOLS', pools: ['Users'] } } as const;
const PREFLIGHT = { auth: 'NONE', preflight: 'Content-Type,Authorization' } as const;

export const corsAccounts: ReportedAccounts = {
  c116: {
    sketch: {
      methods: {
        'POST /items': 'cognito',
        'OPTIONS /items': { auth: 'NONE', preflight: 'Content-Type,Authorization,X-Api-Key,X-Amz-Date' },
      },
      authorizers: COGNITO,
      pools: { Users: PLAIN_POOL },
      corsOnErrors: true,
    },
    assumed: ['one resource', 'a Cognito authorizer', 'the fixed list'],
    expected: {
      undecidable:
        "the missing headers are the application's own; which headers a client sends is not configuration, and those that the methods need are allowed (CRS-6)",
    },
  },
  c054: {
    sketch: {
      methods: {
        'ANY /{proxy+}': { auth: 'NONE', key: true },
        'OPTIONS /{proxy+}': { auth: 'NONE', key: true, preflight: 'Content-Type,X-Api-Key' },
      },
      apiKeys: { app: { enabled: true } },
      usagePlans: { plan: { stages: ['prod'], keys: ['app'] } },
      corsOnErrors: true,
    },
    assumed: ['a usage plan with a key', 'CORS on error responses'],
    expected: { named: 'cors/preflight-needs-authorization' },
    fixed: {
      methods: {
        'ANY /{proxy+}': { auth: 'NONE', key: true },
        'OPTIONS /{proxy+}': { auth: 'NONE', preflight: 'Content-Type,X-Api-Key' },
      },
    },
  },
  c052: {
    sketch: {
      methods: {
        'GET /items': 'cognito',
        'OPTIONS /items': { ...PREFLIGHT, auth: 'cognito' },
        'POST /items': 'cognito',
      },
      authorizers: COGNITO,
      pools: { Users: PLAIN_POOL },
      corsOnErrors: true,
    },
    assumed: ['the default authorizer is a Cognito one', 'one resource', 'CORS on error responses'],
    expected: { named: 'cors/preflight-needs-authorization' },
    fixed: { methods: { 'GET /items': 'cognito', 'OPTIONS /items': PREFLIGHT, 'POST /items': 'cognito' } },
  },
  c051: {
    sketch: {
      methods: { 'GET /foo': 'cognito', 'OPTIONS /foo': { ...PREFLIGHT, auth: 'cognito' } },
      authorizers: COGNITO,
      pools: { Users: PLAIN_POOL },
      corsOnErrors: true,
    },
    assumed: ['CORS on error responses'],
    expected: { named: 'cors/preflight-needs-authorization' },
    fixed: { methods: { 'GET /foo': 'cognito', 'OPTIONS /foo': PREFLIGHT } },
  },
  c053: {
    sketch: {
      methods: { 'GET /items': 'users', 'OPTIONS /items': { ...PREFLIGHT, auth: 'users' } },
      authorizers: { users: { type: 'TOKEN', ttl: 0 } },
      corsOnErrors: true,
    },
    assumed: ['the default authorizer is a Lambda one', 'one resource', 'CORS on error responses'],
    expected: { named: 'cors/preflight-needs-authorization' },
    fixed: { methods: { 'GET /items': 'users', 'OPTIONS /items': PREFLIGHT } },
  },
  c057: {
    sketch: {
      methods: { 'GET /projects/list': 'cognito', 'OPTIONS /projects/list': PREFLIGHT },
      authorizers: COGNITO,
      pools: { Users: PLAIN_POOL },
      stages: { myproject: {} },
    },
    assumed: ['a mock that answers the preflight: the browser gets as far as the call itself'],
    expected: { named: 'cors/error-responses-without-cors' },
    fixed: { corsOnErrors: true },
  },
  c058: {
    sketch: {
      methods: { 'GET /notes': 'users', 'OPTIONS /notes': PREFLIGHT },
      authorizers: { users: { type: 'TOKEN' } },
      stages: { dev: {} },
    },
    assumed: ['one resource', 'a mock that answers the preflight'],
    expected: { named: 'cors/error-responses-without-cors' },
    fixed: { corsOnErrors: true },
  },
};

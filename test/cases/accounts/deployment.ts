import { PLAIN_POOL } from '../build-user-pool';
import { allow, ALLOW_ALL, deny } from '../policy';
import type { ReportedAccounts } from '../reported-account';

const PREFLIGHT = { auth: 'NONE', preflight: 'Content-Type' } as const;

/** What the stage does not serve, or not yet. */
export const deploymentAccounts: ReportedAccounts = {
  c097: {
    sketch: { methods: { 'GET /{day}': 'NONE' }, stages: { api: {} } },
    expected: {
      undecidable:
        'an API without a method on / is usual (only {proxy+} promises all paths), and nothing tells that callers go there (RTE-1)',
    },
  },
  c095: {
    sketch: { methods: { 'ANY /{proxy+}': 'NONE' } },
    assumed: ['stage prod'],
    expected: { named: 'deployment/root-not-served' },
    fixed: { methods: { 'ANY /': 'NONE', 'ANY /{proxy+}': 'NONE' } },
  },
  c126: {
    sketch: {
      methods: { 'GET /health': 'NONE' },
      authorizers: { cognito: { type: 'COGNITO_USER_POOLS', pools: ['Users'] } },
      pools: { Users: PLAIN_POOL },
    },
    assumed: [
      'the called method was absent, as the commenter says that it was added; AWS deploys no API without methods, so one open method beside it',
    ],
    restsOn: 'that the called method was never made, rather than not deployed',
    expected: { named: 'authorizers/unused' },
    fixed: { methods: { 'GET /health': 'NONE', 'GET /items': 'cognito' } },
  },
  c125: {
    sketch: {
      methods: { 'GET /wallboard': 'NONE', 'OPTIONS /wallboard': PREFLIGHT },
      endpoint: 'EDGE',
      policy: { Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] },
      corsOnErrors: true,
      stages: null,
    },
    assumed: ['CORS on error responses'],
    expected: { named: 'deployment/api-never-deployed' },
    fixed: { stages: { prod: {} } },
  },
  c025: {
    sketch: {
      methods: { 'GET /items': 'users' },
      authorizers: { users: { type: 'TOKEN' } },
      deployed: { authorizers: { users: { type: 'TOKEN', source: 'method.request.header.Auth' } } },
    },
    assumed: ['the incomplete form: another token source', 'one method'],
    restsOn: 'which setting of the authorizer was older',
    expected: { named: 'deployment/authorizer-not-deployed' },
    fixed: { deployed: {} },
  },
  c033: {
    sketch: {
      methods: {
        'GET /notes': 'AWS_IAM',
        'OPTIONS /notes': {
          ...PREFLIGHT,
          preflight: 'Content-Type,Authorization,X-Amz-Date,X-Amz-Security-Token',
        },
      },
      corsOnErrors: true,
      deployed: { corsOnErrors: false },
    },
    assumed: [
      'GET /notes asks for signatures, as something refuses the call',
      'a mock that answers the preflight',
    ],
    expected: { named: 'deployment/gateway-responses-not-deployed' },
    also: {
      'cors/error-responses-without-cors':
        'the report: the browser sees a CORS failure, for the stage serves the old responses',
    },
    fixed: { deployed: {} },
  },
  c115: {
    sketch: {
      methods: { 'GET /items': 'NONE', 'OPTIONS /items': PREFLIGHT },
      corsOnErrors: true,
      deployed: { methods: { 'GET /items': 'NONE' } },
    },
    assumed: ['one resource', 'CORS on error responses'],
    expected: { named: 'deployment/method-not-deployed' },
    fixed: { deployed: {} },
  },
  c099: {
    sketch: {
      methods: { 'POST /account-interventions': 'NONE', 'POST /authenticate': 'NONE' },
      stages: { staging: {} },
      deployed: { methods: { 'POST /authenticate': 'NONE' } },
    },
    assumed: ['another endpoint that the stage serves'],
    expected: { named: 'deployment/method-not-deployed' },
    fixed: { deployed: {} },
  },
  c029: {
    sketch: {
      methods: { 'POST /': 'NONE' },
      stages: { api: {} },
      deployed: { methods: { 'GET /': 'NONE' } },
    },
    expected: { named: 'deployment/method-not-deployed' },
    fixed: { deployed: {} },
  },
  c023: {
    sketch: {
      methods: { 'GET /items': 'NONE' },
      policy: ALLOW_ALL,
      deployed: {
        policy: {
          Statement: [
            allow('execute-api:/*', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }),
            deny('execute-api:/*', { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }),
          ],
        },
      },
    },
    assumed: ['both policies: one office at first, everybody after the change'],
    restsOn: 'both policies',
    expected: { named: 'deployment/policy-not-deployed' },
    fixed: { deployed: {} },
  },
};
